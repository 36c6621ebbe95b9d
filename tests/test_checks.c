/*
 * Checks as stories: a text with its defects in [[ ]], and texts that must stay silent.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void spelling(void) {
    static const char *const stories[] = {
        "The committee [[recieved]] the letter on Monday.",
        "She promised [[tosupport]] the new plan.",
        "They were late [[inthe]] morning.",
        "The ministers of the [[G20due]] to meet here went home.",
        "It was a [[govenment]] matter, he said.",
        "The Qatari envoy Hamad Al-Thawadi spoke to Zsófia Nagyházi in Szentendre.",
        "A 25-year-old from Krasnoyarsk won the 4x100m relay in 38.5s.",
        "The COVID-19 app for the iPhone was livestreamed on YouTube.",
        "Mr. O'Brien's mother-in-law doesn't use e-mail.",
        "An organiser in a colour suit.",
        "An organizer in a color suit.",
        "The superyacht belonged to an oligarch.",
    };
    expect_all_marked("spelling", stories, LENGTH(stories));
}

static void sentences(void) {
    expect_stories("sentence-break");
    expect_stories("capitalization");
    expect_stories("agreement");
    expect_stories("splice");
    static const char *const entities[] = {
        "The G20 met. The G20 will meet again. Some call it the [[G-20]].",
        "COVID-19 is Covid-19. The score was 3-2.",
    };
    expect_all_marked("entity", entities, LENGTH(entities));
}

static void untranslated(void) {
    static const char *const stories[] = {
        "The treaty covers energy [[y la seguridad de las fronteras]] and trade.",
        "The ministers spoke about [[die wirtschaftlichen Beziehungen zwischen]] both states.",
        "The mayor said [[que les habitants doivent quitter]] the town.",
        "The answer was [[安全保障]] and nothing more.",
        "The newspaper Le Monde and the Bundestag met in Rio de Janeiro.",
        "The coup d'état cost 500 euros per capita.",
    };
    expect_all_marked("untranslated", stories, LENGTH(stories));
}

static void pronouns(void) {
    static const char *const stories[] = {
        "Robert Miller opened the bridge on Monday. He said it was late.\n\n"
        "“It took us a year,” [[she]] added.",
        "Robert Miller opened the bridge. His wife was there. She said it was late.",
        "Robert Miller and Susan Baker opened the bridge. He cut the tape, she said.",
        "Robert Miller opened the bridge. They said it was late.",
        "Robert Miller opened the bridge. “My mother would be glad; she said so,” he added.",
    };
    expect_all_marked("pronoun", stories, LENGTH(stories));
}

/* What a suggestion repairs stays repaired. */
static void suggestions_repair(void) {
    const char *text = "It rained. He left the the room on thursday , and went tosupport them.. "
                       "The agenda. of the summit was long,then he say no.";
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = check_text(engine, text);
    CU_ASSERT(galley_document_n_issues(document) >= 7);
    char *repaired = apply_suggestions(document, text);
    galley_document_destroy(document);
    document = check_text(engine, repaired);
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 0);
    CU_ASSERT_STRING_EQUAL(repaired, "It rained. He left the room on Thursday, and went to support "
                                     "them. The agenda of the summit was long, then he says no.");
    free(repaired);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* Every check ends on any text, in time that grows with the text. */
static void hostile_texts_end(void) {
    static const char *const pieces[] = {
        "a",        " ",    "\n",       "\n\n",
        ".",        ",",    "(",        "“",
        "\"",       "the ", "he said ", "Ab ",
        "xqzt ",    "A-1 ", "\xCC\x81", "\xE4\xB8\xAD",
        "\xD8\xA7", "… ",   "é ",       "http://a.b/c ",
        "'",        "1,",
    };
    enum { SIZE = 400000 };
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(pieces); i++) {
        const size_t len = strlen(pieces[i]);
        char *text = malloc(SIZE + 8);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        size_t n = 0;
        while (n + len <= SIZE) {
            memcpy(text + n, pieces[i], len);
            n += len;
        }
        text[n] = '\0';
        galley_document *document = check_text(engine, text);
        CU_ASSERT_PTR_NOT_NULL(document);
        galley_document_destroy(document);
        free(text);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"spelling", spelling},
        {"sentences", sentences},
        {"untranslated", untranslated},
        {"pronouns", pronouns},
        {"suggestions repair", suggestions_repair},
        {"hostile texts end", hostile_texts_end},
    };
    return run_tests("checks", cases, LENGTH(cases));
}
