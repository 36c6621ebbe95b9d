/*
 * Text: tokens, sentences and quotations of units, held against tables of texts and what they
 * should give; hostile texts; failing memory. test_boundaries.c has the vectors of UAX #29.
 */
#include "base/limits.h"
#include "runner.h"
#include "text/character.h"
#include "text/declared_encoding.h"
#include "text/plain_key.h"
#include "text/preparation.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

static const struct memory memory;
static struct pack *pack;

struct output {
    char text[4096];
    size_t len;
};

static void put(struct output *output, const char *text, size_t len) {
    CU_ASSERT_FATAL(output->len + len < sizeof output->text);
    memcpy(output->text + output->len, text, len);
    output->len += len;
    output->text[output->len] = '\0';
}

static void expect_output(const char *input, const struct output *output, const char *wanted) {
    if (strcmp(output->text, wanted) != 0) {
        CU_FAIL("not what was expected");
        fprintf(stderr, "\n  text    %s\n  gives   %s\n  wanted  %s\n", input, output->text,
                wanted);
    }
}

/* What holds for every prepared unit. */
static void expect_invariants(const struct unit *unit) {
    size_t end = 0;
    size_t n_words = 0;
    unsigned flags = 0;
    bool ok = true;
    for (size_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        bool space = false;
        bool line = false;
        bool gap = token->offset > end + 1;
        for (size_t at = end; at < token->offset;) {
            gap |= unit->text[at] == '\t';
            const enum character character = character_of(utf8_next(unit->text, &at));
            ok &= character_is_space(character);
            space = true;
            line |= character == CHARACTER_LINE;
        }
        ok &= token->offset >= end && token->len > 0 && token->offset + token->len <= unit->len;
        ok &= space == ((token->flags & TOKEN_SPACE_BEFORE) != 0);
        ok &= line == ((token->flags & TOKEN_LINE_BEFORE) != 0);
        ok &= gap == ((token->flags & TOKEN_GAP_BEFORE) != 0);
        n_words += i == 0 || space;
        end = token->offset + token->len;
        flags |= token->flags;
    }
    while (end < unit->len && ok) {
        ok = character_is_space(character_of(utf8_next(unit->text, &end)));
    }
    ok &= flags == unit->flags && n_words == unit->n_words;
    uint32_t covered = 0;
    for (size_t i = 0; i < unit->n_sentences; i++) {
        ok &= unit->sentences[i].first == covered && unit->sentences[i].end > covered;
        ok &= (unit->tokens[covered].flags & TOKEN_SENTENCE_START) != 0;
        covered = unit->sentences[i].end;
    }
    ok &= covered == unit->n_tokens;
    uint32_t first = 0;
    for (size_t i = 0; i < unit->n_quotations; i++) {
        const struct quotation *quotation = &unit->quotations[i];
        ok &= quotation->first >= first && quotation->end > quotation->first &&
              quotation->end <= unit->n_tokens;
        first = quotation->first;
    }
    size_t n_unknown = 0;
    size_t n_marks = 0;
    for (uint32_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind == TOKEN_MARK) {
            ok &= n_marks < unit->n_marks && unit->marks[n_marks] == i;
            n_marks++;
        } else if ((token->kind == TOKEN_WORD || token->kind == TOKEN_FOREIGN) &&
                   (token->form == FORM_NONE || (token->letter_case == CASE_LOWER &&
                                                 token->form >= pack_n_lower_forms(pack)))) {
            ok &= n_unknown < unit->n_unknown && unit->unknown[n_unknown] == i;
            n_unknown++;
        }
    }
    ok &= n_unknown == unit->n_unknown && n_marks == unit->n_marks;
    CU_ASSERT(ok);
}

static void prepare(struct preparation *preparation, struct unit *unit, const char *text,
                    size_t len) {
    unit->text = text;
    unit->len = len;
    CU_ASSERT_FATAL(preparation_run(preparation, unit) == GALLEY_OK);
    expect_invariants(unit);
}

/* ---- tokens ---- */

/* Tokens divided by blanks; behind a token without a space before it stands "+" in front. The kind
 * is a sign behind: nothing for a word, # number, . mark, & link, @ handle, ~ foreign. */
static void render_tokens(const struct unit *unit, struct output *output) {
    static const char kinds[] = {0, '#', '_', '&', '@', '~'};
    for (size_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        if (i > 0) {
            put(output, " ", 1);
            if ((token->flags & TOKEN_SPACE_BEFORE) == 0) {
                put(output, "+", 1);
            }
        }
        put(output, unit_token_text(unit, token), token->len);
        if (kinds[token->kind] != 0) {
            put(output, &kinds[token->kind], 1);
        }
    }
}

static void test_tokens(void) {
    static const char *const cases[][2] = {
        {"", ""},
        {" \t\r\n ", ""},
        {"plain words here", "plain words here"},
        {"A stop.", "A stop +._"},
        {"The talks about G20due dates", "The talks about G20due dates"},
        {"It ended.The next day", "It ended +._ +The next day"},
        {"it ended.the next day", "it ended +._ +the next day"},
        {"1,234.5 and 10% of $3.5bn", "1,234.5# and 10# +%_ of $_ +3.5bn"},
        {"a 5G network in 2022-23 at 10:30", "a 5G network in 2022-23# at 10:30#"},
        {"on 9/11, by 3pm on the 21st", "on 9/11# +,_ by 3pm on the 21st"},
        {"2010–2015 and 1'000'000", "2010–2015# and 1'000'000#"},
        {"a 10-year-old F-16", "a 10-year-old F-16"},
        {"5,6 7, 8", "5,6# 7# +,_ 8#"},
        {"don't, Ukraine's, O'Brien", "don't +,_ Ukraine's +,_ O'Brien"},
        {"don’t, Ukraine’s, O’Brien", "don’t +,_ Ukraine’s +,_ O’Brien"},
        {"the allies’ plan", "the allies’ plan"},
        {"the allies' plan", "the allies' plan"},
        {"the ’90s and '80s", "the ’90s and '80s"},
        {"He said 'yes' twice", "He said '_ +yes +'_ twice"},
        {"‘the boys’ toys’ were", "‘_ +the boys’ toys +’_ were"},
        {"‘one’ and ‘two’", "‘_ +one +’_ and ‘_ +two +’_"},
        {"Kim Ju-ae sent an e-mail", "Kim Ju-ae sent an e-mail"},
        {"pre- and post-war", "pre +-_ and post-war"},
        {"the U.S. Senate at 9 a.m. today", "the U.S. Senate at 9# a.m. today"},
        {"U.S.-led and the U.S.'s", "U.S.-led and the U.S.'s"},
        {"J. K. Rowling and J.K. Rowling", "J. K. Rowling and J.K. Rowling"},
        {"J.Smith, J.K.Smith", "J. +Smith +,_ J.K. +Smith"},
        {"Mr. Smith met Gen. Jones", "Mr. Smith met Gen. Jones"},
        {"Is plan B. He said no. Then", "Is plan B +._ He said no +._ Then"},
        {"see No. 5, no. 6", "see No. 5# +,_ no. 6#"},
        {"she sat. on the chair", "she sat +._ on the chair"},
        {"Acme Inc. of Ohio, Acme Inc.", "Acme Inc. of Ohio +,_ Acme Inc."},
        {"a Ph.D. in law", "a Ph.D. in law"},
        {"wait... no -- yes — maybe…", "wait +..._ no --_ yes —_ maybe +…_"},
        {"well!! no?!", "well +!_ +!_ no +?_ +!_"},
        {"see https://example.org/a_(b)?c=d. Then", "see https://example.org/a_(b)?c=d& +._ Then"},
        {"(www.example.org), example.com!", "(_ +www.example.org& +)_ +,_ example.com& +!_"},
        {"at news.example.co.uk/x today", "at news.example.co.uk/x& today"},
        {"write to j.doe+x@mail.example.org.", "write to j.doe+x@mail.example.org& +._"},
        {"ask @some_one about #Vote2024 and #1", "ask @some_one@ about #Vote2024@ and #_ +1#"},
        {"AT&T and R&D", "AT&T and R&D"},
        {"and/or", "and +/_ +or"},
        {"café naïve Zoë Łódź", "café naïve Zoë Łódź"},
        {"cafe\xCC\x81 x", "cafe\xCC\x81 x"},
        {"the word слово and 東京タワー too", "the word слово~ and 東京タワー~ too"},
        {"2023年の首脳会議", "2023# +年の首脳会議~"},
        {"Токyo is mixed", "Токyo is mixed"},
        {"ราคาสูง", "ราคาสูง~"},
        {"“Yes,” she said", "“_ +Yes +,_ +”_ she said"},
        {"a\xC2\xA0"
         "b\xE2\x80\xA8"
         "c",
         "a b c"},
        {"soft\xC2\xADhyphen", "soft\xC2\xADhyphen"},
        {"thumbs \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD up",
         "thumbs \xF0\x9F\x91\x8D_ +\xF0\x9F\x8F\xBD_ up"},
        {"-5 degrees, 20°C", "-_ +5# degrees +,_ 20# +°_ +C"},
    };
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unit unit = {0};
        struct output output = {.text = ""};
        prepare(&preparation, &unit, cases[i][0], strlen(cases[i][0]));
        render_tokens(&unit, &output);
        expect_output(cases[i][0], &output, cases[i][1]);
    }
    preparation_finish(&preparation);
}

static void test_case_and_flags(void) {
    static const struct {
        const char *word;
        enum letter_case letter_case;
        unsigned flags;
    } cases[] = {
        {"word", CASE_LOWER, 0},
        {"Word", CASE_TITLE, 0},
        {"I", CASE_TITLE, 0},
        {"NATO", CASE_UPPER, 0},
        {"iPhone", CASE_MIXED, 0},
        {"McDonald", CASE_MIXED, 0},
        {"Émile", CASE_TITLE, TOKEN_NON_ASCII},
        {"ÉTAT", CASE_UPPER, TOKEN_NON_ASCII},
        {"Ju-ae", CASE_TITLE, TOKEN_HYPHEN},
        {"Asia-Pacific", CASE_TITLE, TOKEN_HYPHEN},
        {"O'Brien", CASE_MIXED, TOKEN_APOSTROPHE},
        {"don't", CASE_LOWER, TOKEN_APOSTROPHE},
        {"NATO's", CASE_UPPER, TOKEN_APOSTROPHE | TOKEN_CLITIC},
        {"Xqzzy’s", CASE_TITLE, TOKEN_APOSTROPHE | TOKEN_CLITIC | TOKEN_NON_ASCII},
        {"workers'", CASE_LOWER, TOKEN_APOSTROPHE | TOKEN_CLITIC},
        {"U.S.", CASE_UPPER, TOKEN_DOT},
        {"U.S.'s", CASE_UPPER, TOKEN_DOT | TOKEN_APOSTROPHE | TOKEN_CLITIC},
        {"a.m.", CASE_LOWER, TOKEN_DOT},
        {"G20", CASE_TITLE, TOKEN_DIGIT},
        {"G20due", CASE_TITLE, TOKEN_DIGIT},
        {"3.5bn", CASE_LOWER, TOKEN_DIGIT | TOKEN_DOT},
        {"COVID-19", CASE_UPPER, TOKEN_DIGIT | TOKEN_HYPHEN},
    };
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unit unit = {0};
        prepare(&preparation, &unit, cases[i].word, strlen(cases[i].word));
        const bool ok = unit.n_tokens == 1 && unit.tokens[0].kind == TOKEN_WORD &&
                        unit.tokens[0].letter_case == cases[i].letter_case &&
                        unit.tokens[0].flags == (cases[i].flags | TOKEN_SENTENCE_START);
        if (!ok) {
            CU_FAIL("case or flags");
            fprintf(stderr, "\n  %s: %zu tokens, case %u, flags %x\n", cases[i].word, unit.n_tokens,
                    unit.tokens[0].letter_case, unit.tokens[0].flags);
        }
    }
    preparation_finish(&preparation);
}

static uint32_t form_in(struct preparation *preparation, const char *text, size_t index) {
    struct unit unit = {0};
    prepare(preparation, &unit, text, strlen(text));
    CU_ASSERT_FATAL(index < unit.n_tokens);
    return unit.tokens[index].form;
}

static void test_forms(void) {
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    const uint32_t government = pack_find(pack, "government", 10);
    CU_ASSERT_FATAL(government != FORM_NONE);
    CU_ASSERT(form_in(&preparation, "the government", 1) == government);
    CU_ASSERT(form_in(&preparation, "THE GOVERNMENT said", 1) == government);
    CU_ASSERT(form_in(&preparation, "The government's plan", 1) == government);
    CU_ASSERT(form_in(&preparation, "The government’s plan", 1) == government);
    CU_ASSERT(form_in(&preparation, "Government.", 0) == government);
    CU_ASSERT(form_in(&preparation, "a longer text before it, then: government", 8) == government);
    CU_ASSERT(form_in(&preparation, "Mr. Smith", 0) == pack_find(pack, "mr.", 3));
    CU_ASSERT(form_in(&preparation, "it said no. Then", 2) == pack_find(pack, "no", 2));
    CU_ASSERT(form_in(&preparation, "a café here", 1) == pack_find(pack, "café", 5));
    CU_ASSERT(form_in(&preparation, "qqgovernment", 0) == FORM_NONE);
    CU_ASSERT(form_in(&preparation, "1,000", 0) == FORM_NONE);

    /* Every length of word, at every distance from the text's end. */
    static const char *const words[] = {"a",
                                        "is",
                                        "the",
                                        "that",
                                        "which",
                                        "should",
                                        "between",
                                        "national",
                                        "president",
                                        "government",
                                        "responsible",
                                        "organisation",
                                        "international",
                                        "responsibility",
                                        "representatives",
                                        "responsibilities",
                                        "telecommunication",
                                        "telecommunications"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (size_t before = 0; before < 70; before++) {
            for (size_t behind = 0; behind < 70; behind += before % 7 + 1) {
                const size_t len = strlen(words[i]);
                char *text = malloc(before + len + behind);
                CU_ASSERT_FATAL(text != NULL);
                memset(text, ' ', before + len + behind);
                memcpy(text + before, words[i], len);
                struct unit unit = {0};
                prepare(&preparation, &unit, text, before + len + behind);
                CU_ASSERT(unit.n_tokens == 1 && unit.tokens[0].offset == before &&
                          unit.tokens[0].len == len && unit.tokens[0].letter_case == CASE_LOWER &&
                          unit.tokens[0].form == pack_find(pack, words[i], len));
                free(text);
            }
        }
    }
    preparation_finish(&preparation);
}

/* ---- sentences ---- */

/* The text with "|" between sentences. */
static void test_sentences(void) {
    static const char *const cases[] = {
        "One.| Two.| Three",
        "Is it?| It is!| Good.",
        "The agenda. of the G20 was long.",
        "It ended.|The next day came.",
        "“He left.| She stayed,” he said.| They agreed.",
        "“He left.”| She stayed.",
        "“Why?” he asked.| Nobody knew.",
        "“Why?” Anna Smith asked.| Nobody knew.",
        "“Why?”| Then he left.",
        "Mr. Smith met Dr. Jones.| They spoke.",
        "The U.S. Senate met.| It voted.",
        "It happened in the U.S.| The Senate met.",
        "At 9 a.m. Monday it began.",
        "It rose 1.5 percent.| Then it fell.",
        "J. K. Rowling wrote it.| J. Smith read it.",
        "He waited...| Then he left.",
        "He waited... and left.",
        "He spoke of ... Ukraine and peace.",
        "Acme Inc. said so.| It is Acme Inc.| It did.",
        "The first was in No. 5.| The second was not.",
        "1. The first point",
        "It is so (he said.)| Then not.",
        "彼は来た。|彼女は行った。",
        "Blank line\n\nNext paragraph.",
        "A short headline\nThis is a paragraph that was wrapped at a certain width, so that the\n"
        "next word would not fit on it. It goes on.",
    };
    static const char *const lines[] = {
        "Blank line|\n\nNext paragraph.",
        "A short headline|\nThis is a paragraph that was wrapped at a certain width, so that the\n"
        "next word would not fit on it.| It goes on.",
    };
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char plain[512];
        size_t len = 0;
        for (const char *at = cases[i]; *at != '\0'; at++) {
            if (*at != '|') {
                plain[len] = *at;
                len++;
            }
        }
        plain[len] = '\0';
        struct unit unit = {0};
        struct output output = {.text = ""};
        prepare(&preparation, &unit, plain, len);
        size_t done = 0;
        for (size_t j = 0; j + 1 < unit.n_sentences; j++) {
            const struct token *last = &unit.tokens[unit.sentences[j].end - 1];
            put(&output, plain + done, last->offset + last->len - done);
            put(&output, "|", 1);
            done = last->offset + last->len;
        }
        put(&output, plain + done, len - done);
        const char *wanted = cases[i];
        for (size_t j = 0; j < sizeof lines / sizeof *lines; j++) {
            wanted = strncmp(wanted, lines[j], 5) == 0 ? lines[j] : wanted;
        }
        expect_output(plain, &output, wanted);
    }
    preparation_finish(&preparation);
}

/* ---- quotations ---- */

/* The unit's text with [ ] around quotations, "[+" for one that goes on, "~]" for one that nothing
 * closes. */
static void render_quotations(const struct unit *unit, struct output *output) {
    size_t done = 0;
    for (uint32_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        put(output, unit->text + done, token->offset - done);
        for (size_t j = 0; j < unit->n_quotations; j++) {
            if (unit->quotations[j].first == i) {
                put(output, "[+", unit->quotations[j].continued ? 2 : 1);
            }
        }
        put(output, unit_token_text(unit, token), token->len);
        done = token->offset + token->len;
        for (size_t j = unit->n_quotations; j > 0; j--) {
            if (unit->quotations[j - 1].end == i + 1) {
                const char *end = unit->quotations[j - 1].unclosed ? "~]" : "]";
                put(output, end, strlen(end));
            }
        }
    }
}

static void test_quotations(void) {
    /* Units of one document are divided by "¶". */
    static const char *const cases[][2] = {
        {"He said “yes” and “no”.", "He said [“yes”] and [“no”]."},
        {"He said \"yes\" and \"no\".", "He said [\"yes\"] and [\"no\"]."},
        {"“It was ‘good’,” he said.", "[“It was [‘good’],”] he said."},
        {"‘It was “good”,’ he said.", "[‘It was [“good”],’] he said."},
        {"'It was \"good\",' he said.", "['It was [\"good\"],'] he said."},
        {"«Oui», dit-il.", "[«Oui»], dit-il."},
        {"« Oui », dit-il.", "[« Oui »], dit-il."},
        {"„Ja“, sagte er. »Nein«, sagte sie.", "[„Ja“], sagte er. [»Nein«], sagte sie."},
        {"”Ja”, sade han.", "[”Ja”], sade han."},
        {"彼は「はい」と言った。", "彼は[「はい」]と言った。"},
        {"It’s the allies’ plan, isn’t it?", "It’s the allies’ plan, isn’t it?"},
        {"“The allies’ plan isn’t ours,” he said.", "[“The allies’ plan isn’t ours,”] he said."},
        {"‘The boys’ toys’ were lost.", "[‘The boys’ toys’] were lost."},
        {"the '90s, rock and roll", "the '90s, rock and roll"},
        {"a 6'2\" man of 24\" width", "a 6'2\" man of 24\" width"},
        {"“We will fight, he said. “We will win,” he said.",
         "[“We will fight, he said. ~][“We will win,”] he said."},
        {"“He said “go!” and I went,” she said.", "[“He said [“go!”] and I went,”] she said."},
        {"\"He said \"go\"\", she said.", "[\"He said [\"go\"]\"], she said."},
        {"“One. “Two. “Three,” he said.", "[“One. ~][“Two. ~][“Three,”] he said."},
        {"He said “yes and left.", "He said [“yes and left.~]"},
        {"He said yes” and left.", "He said yes” and left."},
        {"“One.¶“Two.¶“Three,” he said.", "[“One.~]¶[+“Two.~]¶[+“Three,”] he said."},
        {"\"One.¶\"Two,\" he said.", "[\"One.~]¶[+\"Two,\"] he said."},
        {"“One.¶Two,” he said.", "[“One.~]¶[+Two,”] he said."},
        {"“One.¶He left.¶“Three,” she said.", "[“One.~]¶He left.¶[“Three,”] she said."},
        {"“One.¶He said “two” then.", "[“One.~]¶He said [“two”] then."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct preparation preparation;
        preparation_init(&preparation, &memory, pack);
        struct output output = {.text = ""};
        const char *at = cases[i][0];
        for (;;) {
            const char *end = strstr(at, "¶");
            struct unit unit = {0};
            prepare(&preparation, &unit, at, end == NULL ? strlen(at) : (size_t)(end - at));
            render_quotations(&unit, &output);
            if (end == NULL) {
                break;
            }
            at = end + strlen("¶");
            put(&output, "¶", strlen("¶"));
        }
        /* An unclosed quotation's end may fall in front of white space. */
        struct output wanted = {.text = ""};
        for (const char *c = cases[i][1]; *c != '\0'; c++) {
            if (strncmp(c, " ~]", 3) == 0) {
                put(&wanted, "~] ", 3);
                c += 2;
            } else {
                put(&wanted, c, 1);
            }
        }
        expect_output(cases[i][0], &output, wanted.text);
        preparation_finish(&preparation);
    }
}

static void test_quoted_flag(void) {
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    const char text[] = "He “is here” now";
    struct unit unit = {0};
    prepare(&preparation, &unit, text, strlen(text));
    static const bool quoted[] = {false, false, true, true, false, false};
    CU_ASSERT_FATAL(unit.n_tokens == 6);
    for (size_t i = 0; i < 6; i++) {
        CU_ASSERT(((unit.tokens[i].flags & TOKEN_QUOTED) != 0) == quoted[i]);
    }
    preparation_finish(&preparation);
}

/* A divided unit goes on inside the quotation that its first part opened. */
static void test_divided_unit(void) {
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    struct unit unit = {0};
    prepare(&preparation, &unit, "“One ", strlen("“One "));
    struct unit rest = {.continues = true};
    prepare(&preparation, &rest, "two” three", strlen("two” three"));
    CU_ASSERT_FATAL(rest.n_quotations == 1);
    CU_ASSERT(rest.quotations[0].continued && !rest.quotations[0].unclosed &&
              rest.quotations[0].first == 0 && rest.quotations[0].end == 2);
    preparation_finish(&preparation);
}

/* ---- Unicode ---- */

static void test_character_tables(void) {
    for (uint32_t i = 0; i <= 0x10FFFF; i++) {
        enum character wanted = character_of_icu(i);
        if (i == '\t') {
            wanted = CHARACTER_SPACE;
        } else if ((i >= '\n' && i <= '\r') || i == 0x85) {
            wanted = CHARACTER_LINE;
        }
        if (character_of(i) != wanted) {
            CU_FAIL("a table differs from ICU");
            fprintf(stderr, "U+%04X\n", (unsigned)i);
        }
        /* White space ends words wherever Unicode says so, and nowhere else. */
        if (character_is_space(character_of(i)) != (bool)u_isUWhiteSpace((UChar32)i)) {
            CU_FAIL("white space differs from ICU");
            fprintf(stderr, "U+%04X\n", (unsigned)i);
        }
    }
}

/* What is answered without ICU is what ICU says. */
static void test_properties(void) {
    for (uint32_t i = 0; i <= 0x10FFFF; i++) {
        const UChar32 c = (UChar32)i;
        UErrorCode status = U_ZERO_ERROR;
        const int script = uscript_getScript(c, &status);
        const bool same = unicode_fold(i) == (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT) &&
                          unicode_lower(i) == (uint32_t)u_tolower(c) &&
                          unicode_upper(i) == (uint32_t)u_toupper(c) &&
                          unicode_ends_sentence(i) == (bool)u_hasBinaryProperty(c, UCHAR_S_TERM) &&
                          unicode_is_graphic(i) == (bool)u_isgraph(c) &&
                          unicode_type(i) == u_charType(c) && unicode_script(i) == script &&
                          unicode_digit(i) == u_charDigitValue(c);
        if (!same) {
            CU_FAIL("a property differs from ICU");
            fprintf(stderr, "U+%04X\n", (unsigned)i);
        }
    }
}

/* Letters with one or two diacritical marks are composed as ICU composes them. */
static void test_composition(void) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    for (uint32_t i = 0; i < 128 * 128 * 3; i++) {
        const UChar letter = (UChar)(i % 128 < 26   ? 'a' + i % 128
                                     : i % 128 < 32 ? 0x300 + i % 128
                                                    : 0x80 + i % 128);
        const UChar wide[3] = {letter, (UChar)(0x300 + i / 128 % 0x70), (UChar)(0x300 + i % 7)};
        const int32_t n = i >= 128 * 128 * 2 ? 3 : 2;
        UChar normal[8];
        char text[16], composed[16], wanted[16];
        int32_t len = 0, wanted_len = 0;
        u_strToUTF8(text, sizeof text, &len, wide, n, &status);
        const int32_t normal_len = unorm2_normalize(nfc, wide, n, normal, 8, &status);
        u_strToUTF8(wanted, sizeof wanted, &wanted_len, normal, normal_len, &status);
        const size_t found = unicode_compose(text, (size_t)len, composed, sizeof composed);
        CU_ASSERT_FATAL(U_SUCCESS(status));
        CU_ASSERT(found == (size_t)wanted_len && memcmp(composed, wanted, found) == 0);
    }
}

/* ---- encodings ---- */

static void test_declared_encodings(void) {
    static const struct {
        const char *text, *name; /* NULL: none that counts */
    } documents[] = {
        {"<?xml version='1.0' encoding='KOI8-R'?><a/>", "KOI8-R"},
        {"<?xml version=\"1.0\" encoding = \"Shift_JIS\" standalone=\"yes\"?><a/>", "Shift_JIS"},
        {"<?xml version=\"1.0\"?><a encoding=\"KOI8-R\"/>", NULL},
        {"<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>", NULL},
        {"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", NULL},
        {"<?xml version=\"1.0\" encoding=\"\"?><a/>", NULL},
        {"<?xml version=\"1.0\" encoding=\"latin1\"", NULL},
        {" \n<!doctype html><META Charset=big5><p>x", "big5"},
        {"<html><meta name=a content=b><meta http-equiv=content-type "
         "content=\"text/html; charset=ISO-8859-1\">",
         "windows-1252"},
        {"<html><meta name=a><p>charset=big5", NULL},
        {"<meta charset=big5", NULL},
        {"A story about <meta charset=big5>", NULL},
        {"# a\nmsgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=EUC-JP\\n\"\n",
         "EUC-JP"},
        {"msgid \"charset=EUC-JP\"\n", NULL},
        {"charset=EUC-JP", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        char name[DECLARED_ENCODING_LEN] = "";
        const bool found = declared_encoding(documents[i].text, strlen(documents[i].text), name);
        CU_ASSERT_EQUAL(found, documents[i].name != NULL);
        CU_ASSERT(!found || strcmp(name, documents[i].name) == 0);
    }
    char long_name[4096] = "<?xml version=\"1.0\" encoding=\"";
    memset(long_name + strlen(long_name), 'x', 200);
    strcat(long_name, "\"?>");
    char name[DECLARED_ENCODING_LEN];
    CU_ASSERT_FALSE(declared_encoding(long_name, strlen(long_name), name));
    CU_ASSERT(declared_encoding("<\0?\0x\0", 6, name));
    CU_ASSERT_STRING_EQUAL(name, "UTF-16LE");
    CU_ASSERT(declared_encoding("\0<\0?\0x", 6, name));
    CU_ASSERT_STRING_EQUAL(name, "UTF-16BE");
}

/* ---- bitmaps and keys ---- */

/* The ways to fill bitmaps give the same bits, for any text and any length. */
static void test_bitmap_ways(void) {
    enum { LEN = 300, N = LEN / 64 + 2 };
    uint64_t random = 7;
    for (size_t len = 0; len < LEN; len++) {
        char text[LEN] = {0};
        for (size_t i = 0; i < len; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            text[i] = (char)(random >> (random >> 62 == 0 ? 56 : 57)); /* ASCII for the most part */
        }
        uint64_t wanted[3 * N];
        const size_t n = bitmap_count(len);
        const struct bitmaps bitmaps = {wanted, wanted + n, wanted + 2 * n};
        CU_ASSERT(bitmap_fill_by(BITMAP_PORTABLE, &bitmaps, text, len));
        for (size_t i = 0; i < len; i++) {
            const unsigned char byte = (unsigned char)text[i];
            const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
            const bool odd = byte < ' ' || byte >= 0x7F || byte == '&';
            CU_ASSERT((bitmaps.letters[i / 64] >> i % 64 & 1) == letter);
            CU_ASSERT((bitmaps.ends[i / 64] >> i % 64 & 1) == (byte == ' ' || byte == ','));
            CU_ASSERT((bitmaps.odd[i / 64] >> i % 64 & 1) == odd);
            CU_ASSERT((bitmap_from(bitmaps.letters, i) & 1) == letter);
            CU_ASSERT(((bitmap_from(bitmaps.ends, i) ^ bitmap_window(bitmaps.ends, i))
                       << (64 - BITMAP_WINDOW)) == 0);
        }
        CU_ASSERT(bitmap_window(bitmaps.letters, len) << (64 - BITMAP_WINDOW) == 0);
        for (enum bitmap_way way = BITMAP_SSE2; way <= BITMAP_AVX2; way++) {
            uint64_t bits[3 * N];
            if (bitmap_fill_by(way, &(struct bitmaps){bits, bits + n, bits + 2 * n}, text, len)) {
                CU_ASSERT(memcmp(bits, wanted, 3 * n * sizeof *wanted) == 0);
            }
        }
    }
}

static void test_next_bit(void) {
    char text[200];
    uint64_t letters[5];
    uint64_t ends[5];
    uint64_t odd[5];
    memset(text, 'x', sizeof text);
    text[0] = text[63] = text[64] = text[199] = '&';
    bitmap_fill(&(struct bitmaps){letters, ends, odd}, text, sizeof text);
    CU_ASSERT(bitmap_next(odd, 0, 200) == 0);
    CU_ASSERT(bitmap_next(odd, 1, 200) == 63);
    CU_ASSERT(bitmap_next(odd, 64, 200) == 64);
    CU_ASSERT(bitmap_next(odd, 65, 200) == 199);
    CU_ASSERT(bitmap_next(odd, 65, 199) == 199);
    CU_ASSERT(bitmap_next(odd, 200, 200) == 200);
}

/* The key that is made from sixteen bytes is the one of the pack, and both ways make it. */
static void test_plain_keys(void) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    for (size_t len = 1; len <= PLAIN_KEY_LETTERS; len++) {
        for (unsigned capitals = 0; capitals < 1u << (len < 10 ? len : 10); capitals++) {
            char text[PLAIN_KEY_LETTERS + 1] = "zZzZzZzZzZzZzZzZ"; /* what comes behind */
            size_t n_capitals = 0;
            for (size_t i = 0; i < len; i++) {
                const bool capital = (capitals >> i % 10 & 1) != 0;
                text[i] = capital ? (char)(letters[(i + len) % 26] - 32) : letters[(i + len) % 26];
                n_capitals += capital;
            }
            struct pack_key wanted;
            const struct plain_key key = plain_key_make(text, len);
            const struct plain_key portable = plain_key_portable(text, len);
            CU_ASSERT(pack_key_make(&wanted, text, len));
            CU_ASSERT(pack_hash_pair(key.chunks[0], key.chunks[1]) == wanted.hash);
            CU_ASSERT(memcmp(key.chunks, portable.chunks, sizeof key.chunks) == 0);
            CU_ASSERT(key.letter_case == portable.letter_case);
            CU_ASSERT(key.letter_case == (n_capitals == 0                     ? CASE_LOWER
                                          : n_capitals == 1 && text[0] <= 'Z' ? CASE_TITLE
                                          : n_capitals == len                 ? CASE_UPPER
                                                                              : CASE_MIXED));
        }
    }
}

/* ---- hostile texts ---- */

/* Prepares a text of `len` bytes as one document: units of LIMIT_UNIT_LEN. What is quadratic does
 * not come back from that. */
static void prepare_pieces(const char *piece, size_t len) {
    const size_t piece_len = strlen(piece);
    const size_t unit_len = LIMIT_UNIT_LEN / piece_len * piece_len;
    char *text = malloc(LIMIT_UNIT_LEN);
    CU_ASSERT_FATAL(text != NULL);
    for (size_t at = 0; at < unit_len; at++) {
        text[at] = piece[at % piece_len];
    }
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    for (size_t done = 0; done < len; done += unit_len) {
        struct unit unit = {.continues = done > 0, .text = text, .len = unit_len};
        CU_ASSERT_FATAL(preparation_run(&preparation, &unit) == GALLEY_OK);
        if (done == 0) {
            expect_invariants(&unit);
        }
    }
    preparation_finish(&preparation);
    free(text);
}

static void test_hostile_texts(void) {
    static const char *const pieces[] = {
        "x",         /* a word of 1 MB */
        "\xCC\x81",  /* combining marks */
        "a\xCC\x81", /* letters with one each */
        ".",
        "!",
        "\n",
        "\r\n",
        " ",
        "'",
        "\"",
        "’",
        "“",
        "”",
        "(",
        "-",
        "@",
        "#",
        ":",
        "&",
        "_",
        "a.",
        "aa.",
        "a.b ",
        "Aa. ",
        "A. ",
        "a'",
        "a-",
        "a@",
        "a:",
        "a:/",
        "1.",
        "1,",
        "1'",
        "1-",
        "a' ",
        " 'a",
        "‘a’ ",
        "‘",
        "‘a' b",
        "! A ",
        "!a",
        ". ",
        "...",
        "….",
        "“a. ",
        "\"a\"",
        "Mr.",
        "Mr. ",
        "U.S.",
        "www.",
        "http://",
        "a@b.",
        "a.com ",
        "“A?” ",
        "\xCD\xB8",                         /* U+0378, unassigned */
        "\xEF\xBF\xBF",                     /* U+FFFF, no character */
        "\xF4\x8F\xBF\xBF",                 /* U+10FFFF */
        "\xD7\xA9\xD7\x9C ",                /* Hebrew */
        "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", /* Arabic */
        "\xE2\x80\xAE",                     /* right-to-left override */
        "\xE6\xBC\xA2",
        "\xE6\xBC\xA2"
        "a",
        "\xF0\x9F\x98\x80",
        "1\xEF\xB8\x8F\xE2\x83\xA3",
        "é",
        "éa",
        "e\xC2\xAD",
        "\xE2\x80\x8B",
        "ꙮ",
        "Ω",
        "я",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        prepare_pieces(pieces[i], (size_t)1 << 20);
    }
    prepare_pieces("\xCC\x81", 20000000); /* ten million combining marks */
}

static void test_unit_limit(void) {
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    char *text = malloc(LIMIT_UNIT_LEN + 1);
    CU_ASSERT_FATAL(text != NULL);
    memset(text, '.', LIMIT_UNIT_LEN + 1);
    struct unit unit = {.text = text, .len = LIMIT_UNIT_LEN + 1};
    CU_ASSERT(preparation_run(&preparation, &unit) == GALLEY_ERROR_LIMIT);
    unit.len = LIMIT_UNIT_LEN;
    CU_ASSERT(preparation_run(&preparation, &unit) == GALLEY_OK);
    free(text);
    preparation_finish(&preparation);
}

/* Random code points of the kinds that rules look at, so that no order of them breaks an
 * invariant. */
static void test_random_texts(void) {
    static const char *const pieces[] = {
        "a",        "B",
        "the",      "He",
        "Mr",       "U",
        "no",       "x9",
        "5",        "1,000",
        ".",        ".",
        ",",        "'",
        "’",        "‘",
        "“",        "”",
        "\"",       "«",
        "»",        "„",
        "-",        "–",
        "—",        "...",
        "…",        "!",
        "?",        "(",
        ")",        "@",
        "#",        "&",
        ":",        "/",
        "_",        " ",
        " ",        " ",
        " ",        "\n",
        "\n\n",     "\r\n",
        "\xC2\xA0", "\xE2\x80\xA9",
        "é",        "É",
        "\xCC\x81", "\xE2\x80\x8D",
        "я",        "東",
        "タ",       "ก",
        "ש",        "س",
        "😀",        "com",
        "www.",     "://",
        "said",     "´",
        "`",        "·",
        "%",        "\x01",
        "²",        "µ",
        "Ⅳ",        "ǅ",
        "。",       "「",
        "」",       "'s",
        "’s",       "\xF3\xA0\x80\x81",
    };
    uint64_t random = 42;
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    for (size_t round = 0; round < 20000; round++) {
        char text[400];
        size_t len = 0;
        for (size_t n = round % 40; n > 0; n--) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            const char *piece = pieces[(random >> 33) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *exact = malloc(len + 1); /* a byte read beyond is seen by the sanitizer */
        CU_ASSERT_FATAL(exact != NULL);
        memcpy(exact + 1, text, len);
        struct unit unit = {.continues = round % 3 == 0};
        prepare(&preparation, &unit, exact + 1, len);
        free(exact);
    }
    preparation_finish(&preparation);
}

/* ---- failing memory ---- */

struct failing {
    size_t n_left; /* allocations until the first that fails */
    size_t n_failed;
};

static void *allocate_failing(void *context, void *old, size_t new_size) {
    struct failing *failing = context;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    if (failing->n_left == 0) {
        failing->n_failed++;
        return NULL;
    }
    failing->n_left--;
    return realloc(old, new_size);
}

static void test_failing_memory(void) {
    static char text[30000];
    size_t len = 0;
    while (len + 40 < sizeof text) {
        const char piece[] = "He said: “No.” She left! ";
        memcpy(text + len, piece, sizeof piece - 1);
        len += sizeof piece - 1;
    }
    size_t n_rounds = 0;
    struct failing failing;
    do {
        failing = (struct failing){.n_left = n_rounds};
        const struct memory failing_memory = {.allocate = allocate_failing, .context = &failing};
        struct preparation preparation;
        preparation_init(&preparation, &failing_memory, pack);
        struct unit unit = {.text = text, .len = len};
        const galley_status status = preparation_run(&preparation, &unit);
        CU_ASSERT(status == (failing.n_failed == 0 ? GALLEY_OK : GALLEY_ERROR_MEMORY));
        /* It may be used on. */
        failing.n_left = SIZE_MAX;
        CU_ASSERT(preparation_run(&preparation, &unit) == GALLEY_OK);
        expect_invariants(&unit);
        preparation_finish(&preparation);
        n_rounds++;
    } while (failing.n_failed > 0);
    CU_ASSERT(n_rounds > 20);
}

int main(void) {
    char path[1024];
    galley_error error = {.size = sizeof error};
    snprintf(path, sizeof path, "%s/en.galley", test_path("GALLEY_TEST_PACKS"));
    if (pack_open(&memory, path, &pack, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    static const struct test_case cases[] = {
        {"tokens", test_tokens},
        {"case and flags", test_case_and_flags},
        {"forms", test_forms},
        {"sentences", test_sentences},
        {"quotations", test_quotations},
        {"quoted flag", test_quoted_flag},
        {"a divided unit", test_divided_unit},
        {"character tables", test_character_tables},
        {"properties of characters", test_properties},
        {"composition", test_composition},
        {"declared encodings", test_declared_encodings},
        {"ways to fill bitmaps", test_bitmap_ways},
        {"next bit", test_next_bit},
        {"plain keys", test_plain_keys},
        {"hostile texts", test_hostile_texts},
        {"random texts", test_random_texts},
        {"the limit of a unit", test_unit_limit},
        {"failing memory", test_failing_memory},
    };
    const int result = run_tests("text", cases, sizeof cases / sizeof *cases);
    pack_close(pack);
    return result;
}
