/*
 * The house style: rules of the settings, and patterns that would hang a program without limits.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

struct rule {
    const char *key, *value;
};

static galley_settings *settings_with(const galley_allocator *allocator, const struct rule *rules,
                                      size_t n_rules) {
    static const struct rule fixed[] = {{"only", "style"}};
    const char *packs = test_path("GALLEY_TEST_PACKS");
    galley_settings *settings = NULL;
    if (galley_settings_create(allocator, &settings) != GALLEY_OK) {
        return NULL;
    }
    bool good = galley_settings_set(settings, "dictionary-path", strlen("dictionary-path"), packs,
                                    strlen(packs), NULL) == GALLEY_OK;
    for (size_t i = 0; i < LENGTH(fixed) && good; i++) {
        good = galley_settings_set(settings, fixed[i].key, strlen(fixed[i].key), fixed[i].value,
                                   strlen(fixed[i].value), NULL) == GALLEY_OK;
    }
    for (size_t i = 0; i < n_rules && good; i++) {
        good = galley_settings_set(settings, rules[i].key, strlen(rules[i].key), rules[i].value,
                                   strlen(rules[i].value), NULL) == GALLEY_OK;
    }
    if (!good) {
        galley_settings_destroy(settings);
        settings = NULL;
    }
    return settings;
}

static galley_engine *engine_with(const struct rule *rules, size_t n_rules) {
    galley_settings *settings = settings_with(NULL, rules, n_rules);
    galley_engine *engine = NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(settings);
    CU_ASSERT_EQUAL_FATAL(galley_engine_create(settings, &engine, NULL), GALLEY_OK);
    galley_settings_destroy(settings);
    return engine;
}

static const struct rule house[] = {
    {"replace.\\bper cent\\b", "percent"},
    {"replace.(?i)\\bkiev\\b", "Kyiv | the capital's name in Ukrainian"},
    {"replace.\\bcoloured (\\w+)", "$1 of colour"},
    {"replace.\\b[Vv]ery\\s+", ""},
    {"replace.naïve", "artless"},
    {"forbid.passed away", "write “died”"},
    {"forbid.\\bclearly\\b", ""},
};

static void rules_find_their_places(void) {
    static const char *const stories[] = {
        "It rose 5 [[per cent]] and then ten [[per\n   cent]] more; percentages, supercent.",
        "From [[KIEV]] and [[Kiev]] to Kyiv.",
        "The [[coloured people]] of the town.",
        "A [[very ]]long way, [[clearly]]. Every day.",
        "“[[naïve]]”, he said of the “naïf”.",
        "She had [[passed away]] at home. They passed him away.",
        "Nothing of that is here.",
    };
    galley_engine *engine = engine_with(house, LENGTH(house));
    for (size_t i = 0; i < LENGTH(stories); i++) {
        expect_marked(engine, stories[i]);
    }
    galley_engine_destroy(engine);
}

static void suggestions_and_messages(void) {
    static const char text[] =
        "Coloured or coloured people in Kiev rose per cent; one passed away, clearly very old.";
    static const char *const messages[] = {
        "the house style is “people of colour”", "the capital's name in Ukrainian",
        "the house style is “percent”",          "write “died”",
        "the house style forbids this",          "the house style leaves this out",
    };
    galley_engine *engine = engine_with(house, LENGTH(house));
    galley_document *document = check_text(engine, text);
    CU_ASSERT_EQUAL_FATAL(galley_document_n_issues(document), LENGTH(messages));
    for (size_t i = 0; i < LENGTH(messages); i++) {
        galley_issue issue = {.size = sizeof issue};
        CU_ASSERT_EQUAL(galley_document_issue(document, i, &issue), GALLEY_OK);
        CU_ASSERT_STRING_EQUAL(issue.message.data, messages[i]);
        CU_ASSERT_STRING_EQUAL(issue.its_type, "style");
        CU_ASSERT_EQUAL(galley_document_fixable(document, i), issue.n_suggestions == 1);
    }
    char *fixed = apply_suggestions(document, text);
    CU_ASSERT_STRING_EQUAL(fixed,
                           "Coloured or people of colour in Kyiv rose percent; one passed away, "
                           "clearly old.");
    free(fixed);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void wrong_patterns_are_errors(void) {
    static const struct {
        const char *key, *message;
    } wrong[] = {
        {"replace.(foo", "missing closing parenthesis (behind its byte 4)"},
        {"forbid.[a-", "missing terminating ]"},
        {"forbid.a\\Cb", "\\C"},
        {"forbid.((((a{900}){900}){900}){900})", "too large"},
        {"forbid.", "unknown setting"},
    };
    galley_settings *settings = NULL;
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL(
            galley_settings_set(settings, wrong[i].key, strlen(wrong[i].key), "x", 1, &error),
            GALLEY_ERROR_SETTINGS);
        if (strstr(error.message, wrong[i].message) == NULL) {
            printf("    %s: %s\n", wrong[i].key, error.message);
            CU_FAIL("the message does not help");
        }
    }
    galley_settings_destroy(settings);
}

/* The first warning's message, or "". */
static void first_warning(const galley_document *document, char *message, size_t size) {
    galley_place warning = {.size = sizeof warning};
    message[0] = '\0';
    if (galley_document_warning(document, 0, &warning) == GALLEY_OK) {
        snprintf(message, size, "%s", warning.message.data);
    }
}

static char *repeated(const char *piece, size_t n, const char *end) {
    const size_t len = strlen(piece);
    char *text = malloc(n * len + strlen(end) + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    for (size_t i = 0; i < n; i++) {
        memcpy(text + i * len, piece, len);
    }
    strcpy(text + n * len, end);
    return text;
}

/* Each of these takes time that is exponential, or grows with a high power of the text, where
 * nothing bounds it. (A character that the pattern asks for and the text does not have would end
 * the search before it begins: the classes are there to prevent that.) */
static void catastrophic_patterns_end(void) {
    static const char *const patterns[] = {
        "(a+)+$",     "(a|a)*$",
        "(a|aa)+\\d", "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(.*a){20}",  "(?:a?){40}a{40}\\d",
        "(a*)*\\d",   "([^b]*)*\\d",
    };
    for (size_t i = 0; i < LENGTH(patterns); i++) {
        char key[128];
        snprintf(key, sizeof key, "forbid.%s", patterns[i]);
        const struct rule rules[] = {{key, ""}, {"forbid.clearly", "no"}};
        galley_engine *engine = engine_with(rules, LENGTH(rules));
        char *text = repeated("a", 20000, "-\n\nclearly\n\naaaa\n");
        galley_document *document = check_text(engine, text);
        char message[256];
        first_warning(document, message, sizeof message);
        if (strstr(message, "takes too long") == NULL) {
            printf("    %s: no warning (%s)\n", patterns[i], message);
            CU_FAIL("a pattern that should have gone over its limits");
        }
        CU_ASSERT_EQUAL(galley_document_n_warnings(document), 1);
        /* The other rule is still at work. */
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        galley_document_destroy(document);
        free(text);
        galley_engine_destroy(engine);
    }
}

static void every_place_of_a_long_text_is_found(void) {
    static const struct rule rules[] = {{"forbid.é+y", ""}, {"forbid.x", ""}};
    galley_engine *engine = engine_with(rules, LENGTH(rules));
    enum { N = 3000 };
    /* Characters of two bytes across the windows of the search, and many places in one window. */
    char *text = repeated("éé ééy éxx", N, "");
    galley_document *document = check_text(engine, text);
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 3 * N);
    CU_ASSERT_EQUAL(galley_document_n_warnings(document), 0);
    galley_document_destroy(document);
    free(text);
    galley_engine_destroy(engine);
}

static void a_replacement_names_its_groups(void) {
    static const struct rule rules[] = {{"replace.(foo)", "$7"}, {"replace.(bar)", "${1}s"}};
    galley_engine *engine = engine_with(rules, LENGTH(rules));
    galley_document *document = check_text(engine, "A foo and a bar and a foo.");
    char message[256];
    first_warning(document, message, sizeof message);
    CU_ASSERT_PTR_NOT_NULL(strstr(message, "a group that it does not have"));
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void a_replacement_may_be_long(void) {
    char *long_word = repeated("w", 3000, "");
    const struct rule rules[] = {{"replace.foo", long_word}};
    galley_engine *engine = engine_with(rules, 1);
    galley_document *document = check_text(engine, "A foo.");
    galley_string suggestion = {NULL, 0};
    CU_ASSERT_EQUAL(galley_document_suggestion(document, 0, 0, &suggestion), GALLEY_OK);
    CU_ASSERT_EQUAL(suggestion.len, 3000);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    free(long_word);
}

static galley_status run_once(const galley_allocator *allocator) {
    static const char text[] = "Ten per cent.\n\nKiev, very clearly, passed away.";
    galley_settings *settings = settings_with(allocator, house, LENGTH(house));
    galley_engine *engine = NULL;
    galley_document *document = NULL;
    galley_status status =
        settings == NULL ? GALLEY_ERROR_MEMORY : galley_engine_create(settings, &engine, NULL);
    if (status == GALLEY_OK) {
        const galley_input input = {
            .size = sizeof input, .data = text, .data_len = sizeof text - 1};
        status = galley_check(engine, &input, &document, NULL);
    }
    if (status == GALLEY_OK) {
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 5);
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    galley_settings_destroy(settings);
    return status;
}

static void every_allocation_may_fail(void) {
    for (size_t fails_at = 1;; fails_at++) {
        struct faulty_allocator faulty = {.fails_at = fails_at};
        const galley_allocator allocator = {
            .size = sizeof allocator, .allocate = faulty_allocate, .context = &faulty};
        const galley_status status = run_once(&allocator);
        CU_ASSERT_EQUAL(faulty.n_live, 0);
        if (faulty.n_calls < fails_at) {
            CU_ASSERT_EQUAL(status, GALLEY_OK);
            CU_ASSERT(fails_at > 50);
            break;
        }
        if (status != GALLEY_ERROR_MEMORY) {
            printf("    allocation %zu: %s\n", fails_at, galley_status_name(status));
            CU_FAIL("a failed allocation is reported as something else");
            break;
        }
    }
}

int main(void) {
    static const struct test_case cases[] = {
        {"rules find their places", rules_find_their_places},
        {"suggestions and messages", suggestions_and_messages},
        {"wrong patterns are errors", wrong_patterns_are_errors},
        {"catastrophic patterns end", catastrophic_patterns_end},
        {"every place of a long text is found", every_place_of_a_long_text_is_found},
        {"a replacement names its groups", a_replacement_names_its_groups},
        {"a replacement may be long", a_replacement_may_be_long},
        {"every allocation may fail", every_allocation_may_fail},
    };
    return run_tests("style", cases, LENGTH(cases));
}
