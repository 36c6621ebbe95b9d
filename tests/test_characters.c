/*
 * Characters that are not what they look like: what is found, what it is repaired to.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void stories(void) {
    static const char *const texts[] = {
        "The visit of Mr. [[Рutin]] was short.",
        "They met in [[Lоndоn]] and in a [[сору]] of it.",
        "Germany[[â€™]]s role is a na[[Ã¯]]ve one.",
        "The bread [[&amp;]] butter[[&nbsp;]]of it[[&#39;]]s life.",
        "A word[[\xE2\x80\x8B]]with a gap and a bell[[\x07]].",
        "The mayor of Str[[\xEF\xBF\xBD\xEF\xBF\xBD]]burg was late.",
        "It cost [[１２３]] dollars and [[ＡＢＣ]] was paid.",
        "The book [[「]]The River[[」]] and the [[«]]new[[»]] one; but «новый» and 「川」 stay.",
        "It is 5 µm, 3 Ω and a β-blocker; AT&T; and R&D; an Âge and SÃO PAULO.",
        "The key “Ü” is stuck on JOSÉ’s machine, and so are ‘Ö’ and “Ä”.",
        "An [[Å’]]uvre of “[[Ð’Ð¼]]”.",
        "A family \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 and the word שלום\xE2\x80\x8F here.",
    };
    expect_all_marked("characters", texts, LENGTH(texts));
}

static void repairs(void) {
    static const char *const rows[][2] = {
        {"The Рutin visit.", "The Putin visit."},
        {"Germanyâ€™s â€œroleâ€\xC2\x9D.", "Germany’s “role”."},
        {"An ÃƒÂ©tude, A\xCC\x83\xC2\xA9tude.", "An étude, étude."},
        {"Bread &amp; butter&nbsp;&#x201C;now&rdquo;.", "Bread & butter “now”."},
        {"A\xE2\x80\x8B word.", "A word."},
        {"「Yes」, «no», ２０２２", "“Yes”, “no”, 2022"},
    };
    galley_engine *engine = test_engine("only", "characters");
    for (size_t i = 0; i < LENGTH(rows); i++) {
        galley_document *document = check_text(engine, rows[i][0]);
        char *repaired = apply_suggestions(document, rows[i][0]);
        CU_ASSERT_STRING_EQUAL(repaired, rows[i][1]);
        galley_document *again = check_text(engine, repaired);
        CU_ASSERT_EQUAL(galley_document_n_issues(again), 0);
        galley_document_destroy(again);
        galley_document_destroy(document);
        free(repaired);
    }
    galley_engine_destroy(engine);
}

static void hostile(void) {
    static const char *const pieces[] = {"Ã",   "â€",           "&",    "&#",
                                         "аb ", "\xE2\x80\x8D", "\x01", "A\xCC\x83"};
    galley_engine *engine = test_engine("only", "characters");
    for (size_t i = 0; i < LENGTH(pieces); i++) {
        const size_t len = strlen(pieces[i]);
        const size_t n = 100000 / len;
        char *text = malloc(n * len + 1);
        for (size_t k = 0; k < n; k++) {
            memcpy(text + k * len, pieces[i], len);
        }
        text[n * len] = '\0';
        galley_document_destroy(check_text(engine, text));
        free(text);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"stories", stories},
        {"repairs", repairs},
        {"hostile texts end", hostile},
    };
    return run_tests("characters", cases, LENGTH(cases));
}
