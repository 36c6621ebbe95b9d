/*
 * The public interface as a host meets it: arguments, settings, errors, encodings, memory faults.
 */
#include "runner.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static galley_status set(galley_settings *settings, const char *key, const char *value,
                         galley_error *error) {
    return galley_settings_set(settings, key, strlen(key), value, strlen(value), error);
}

static void null_pointers_are_errors(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_settings *settings = NULL;
    galley_document *document = NULL;
    galley_report *report = NULL;
    galley_string string;
    galley_input input = {.size = sizeof input, .data = "Text.", .data_len = 5};
    CU_ASSERT_EQUAL(galley_settings_create(NULL, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_settings_set(NULL, "a", 1, "b", 1, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_settings_set(settings, NULL, 1, "b", 1, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_settings_set(settings, "only", 4, NULL, 1, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_settings_get(settings, "only", 4, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_engine_create(NULL, &engine, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_engine_create(settings, NULL, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_check(NULL, &input, &document, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_check(engine, NULL, &document, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_check(engine, &input, NULL, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_document_n_issues(NULL), 0);
    CU_ASSERT_EQUAL(galley_document_suggestion(NULL, 0, 0, &string), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_report_create(NULL, "xml", NULL, &report, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_report_create(engine, NULL, NULL, &report, NULL), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_report_finish(NULL, collect, NULL), GALLEY_ERROR_ARGUMENT);
    galley_document_destroy(NULL);
    galley_report_destroy(NULL);
    galley_settings_destroy(NULL);
    galley_engine_destroy(NULL);
    galley_settings_destroy(settings);
    galley_engine_destroy(engine);
}

static void small_structures_are_errors(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = NULL;
    galley_input input = {
        .size = offsetof(galley_input, source) - 1, .data = "Text.", .data_len = 5};
    CU_ASSERT_EQUAL(galley_check(engine, &input, &document, NULL), GALLEY_ERROR_ARGUMENT);
    input.size = sizeof input;
    CU_ASSERT_EQUAL_FATAL(galley_check(engine, &input, &document, NULL), GALLEY_OK);
    galley_summary summary = {.size = 8};
    CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_ERROR_ARGUMENT);
    galley_check_info info = {.size = 8};
    CU_ASSERT_EQUAL(galley_engine_check_info(engine, 0, &info), GALLEY_ERROR_ARGUMENT);
    const galley_allocator allocator = {.size = 4};
    galley_settings *settings = NULL;
    CU_ASSERT_EQUAL(galley_settings_create(&allocator, &settings), GALLEY_ERROR_ARGUMENT);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void the_table_has_every_function(void) {
    const galley_plugin *plugin = galley_plugin_entry(GALLEY_ABI);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plugin);
    CU_ASSERT_PTR_NULL(galley_plugin_entry(GALLEY_ABI + 1));
    CU_ASSERT_PTR_NULL(galley_plugin_entry(0));
    CU_ASSERT_EQUAL(plugin->size, sizeof *plugin);
    CU_ASSERT_STRING_EQUAL(plugin->version(), galley_version());
    /* All members behind the two numbers are function pointers. */
    const unsigned char *bytes = (const unsigned char *)plugin;
    for (size_t at = offsetof(galley_plugin, version); at < sizeof *plugin; at += sizeof(void *)) {
        const unsigned char none[sizeof(void *)] = {0};
        CU_ASSERT_NOT_EQUAL(memcmp(bytes + at, none, sizeof none), 0);
    }
}

static void settings_are_judged_when_set(void) {
    static const struct {
        const char *key, *value, *message;
    } wrong[] = {
        {"langauge", "en", "the nearest one is “language”"},
        {"language", "e_n", "BCP 47"},
        {"fail-on", "mayor", "“major”"},
        {"min-score", "101", "0 to 100"},
        {"min-score", "ninety", "0 to 100"},
        {"only", "speling", "the nearest one is “spelling”"},
        {"severity.speling", "minor", "the nearest one is “spelling”"},
        {"severity.spelling", "high", "“minor”"},
        {"fail-on.spelling", "mayor", "“never”"},
        {"penalty.mayor", "5", "the nearest one is “penalty.major”"},
        {"penalty.major", "-5", "0 to 1000"},
        {"max-issues", "-1", "whole number"},
        {"suggestions", "true", "“yes” or “no”"},
        {"language", "\xFF", "not UTF-8"},
        {"", "x", "unknown setting"},
    };
    galley_settings *settings = NULL;
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL(set(settings, wrong[i].key, wrong[i].value, &error), GALLEY_ERROR_SETTINGS);
        if (strstr(error.message, wrong[i].message) == NULL) {
            printf("    %s\n", error.message);
            CU_FAIL("the message does not help");
        }
    }
    galley_string value;
    CU_ASSERT_EQUAL(galley_settings_get(settings, "fail-on", 7, &value), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(value.data, "major");
    CU_ASSERT_EQUAL(set(settings, "fail-on", "critical", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "fail-on", "minor", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_settings_get(settings, "fail-on", 7, &value), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(value.data, "minor");
    CU_ASSERT_EQUAL(galley_settings_get(settings, "nothing", 7, &value), GALLEY_ERROR_SETTINGS);
    galley_settings_destroy(settings);
}

/* A manual page's text without the backslashes before hyphens. */
static char *read_manual(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/../../docs/galley.ini.5", test_path("GALLEY_TEST_DATA"));
    char *text = read_test_file(path, NULL);
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (from[0] != '\\' || from[1] != '-') {
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

static void the_manual_names_every_setting(void) {
    char *manual = read_manual();
    CU_ASSERT(galley_settings_n_keys() > 20);
    for (size_t i = 0; i < galley_settings_n_keys(); i++) {
        galley_setting_key key = {.size = sizeof key};
        CU_ASSERT_EQUAL_FATAL(galley_settings_key(i, &key), GALLEY_OK);
        CU_ASSERT(key.takes[0] != '\0');
        if (strstr(manual, key.name) == NULL) {
            printf("    %s%s\n", key.name, key.variable);
            CU_FAIL("docs/galley.ini.5 does not name the key");
        }
        if (i > 0) {
            galley_setting_key before = {.size = sizeof before};
            galley_settings_key(i - 1, &before);
            CU_ASSERT(strcmp(before.name, key.name) < 0);
        }
    }
    galley_setting_key key = {.size = sizeof key};
    CU_ASSERT_EQUAL(galley_settings_key(galley_settings_n_keys(), &key), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_settings_key(0, NULL), GALLEY_ERROR_ARGUMENT);
    free(manual);
}

static void a_missing_pack_says_where_it_looked(void) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "dictionary-path", "/nowhere:/elsewhere", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_engine_create(settings, &engine, &error), GALLEY_ERROR_DICTIONARY);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "/nowhere/en.galley"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "/elsewhere/en.galley"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "dictionary-path"));
    CU_ASSERT_EQUAL(set(settings, "language", "xx", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_engine_create(settings, &engine, &error), GALLEY_ERROR_DICTIONARY);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "xx.galley"));
    galley_settings_destroy(settings);
}

static void broken_utf8_is_named(void) {
    static const struct {
        const char *text;
        size_t len, offset;
        const char *reason;
    } broken[] = {
        {"abc\xFFxyz", 7, 3, "never uses"},
        {"ab\xC3", 3, 2, "ends inside"},
        {"a\xED\xA0\x80", 4, 1, "surrogate"},
        {"\xC0\xAF", 2, 0, "overlong"},
        {"line\nline\x80", 10, 9, "continuation byte"},
        {"\xEF\xBB\xBFx\xF5", 5, 4, "never uses"},
    };
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(broken); i++) {
        galley_document *document = NULL;
        galley_error error = {.size = sizeof error};
        const galley_input input = {
            .size = sizeof input, .data = broken[i].text, .data_len = broken[i].len};
        CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_ENCODING);
        CU_ASSERT_EQUAL(error.offset, broken[i].offset);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, broken[i].reason));
        CU_ASSERT_PTR_NULL(document);
    }
    galley_engine_destroy(engine);
}

/* "tosupport" behind a line with letters of two bytes, in an encoding. */
struct encoded {
    const char *name, *data;
    size_t offset, length;
};

static void offsets_are_those_of_the_input(void) {
    static const struct encoded encoded[] = {
        {NULL, "Caf\xC3\xA9.\nIt went tosupport him.", 15, 9},
        {NULL,
         "\xEF\xBB\xBF"
         "Caf\xC3\xA9.\r\nIt went tosupport him.",
         19, 9},
        {"ISO-8859-1", "Caf\xE9.\nIt went tosupport him.", 14, 9},
        {"windows-1252", "Caf\xE9.\nIt went tosupport him.", 14, 9},
    };
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(encoded); i++) {
        galley_document *document = NULL;
        galley_error error = {.size = sizeof error};
        const galley_input input = {.size = sizeof input,
                                    .data = encoded[i].data,
                                    .data_len = strlen(encoded[i].data),
                                    .encoding = encoded[i].name};
        CU_ASSERT_EQUAL_FATAL(galley_check(engine, &input, &document, &error), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        galley_issue issue = {.size = sizeof issue};
        CU_ASSERT_EQUAL(galley_document_issue(document, 0, &issue), GALLEY_OK);
        CU_ASSERT_EQUAL(issue.offset, encoded[i].offset);
        CU_ASSERT_EQUAL(issue.length, encoded[i].length);
        CU_ASSERT_EQUAL(issue.line, 2);
        CU_ASSERT_EQUAL(issue.column, 9);
        CU_ASSERT_STRING_EQUAL(issue.text.data, "tosupport");
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void utf16_is_read_by_its_mark(void) {
    const char *text = "Caf\xE9.\nIt went tosupport him.";
    char little[128] = {(char)0xFF, (char)0xFE};
    char big[128] = {(char)0xFE, (char)0xFF};
    size_t len = 2;
    for (const char *c = text; *c != '\0'; c++, len += 2) {
        little[len] = *c;
        big[len + 1] = *c;
    }
    galley_engine *engine = test_engine("only", "spelling");
    const char *both[] = {little, big};
    for (size_t i = 0; i < 2; i++) {
        galley_document *document = NULL;
        galley_input input = {.size = sizeof input, .data = both[i], .data_len = len};
        CU_ASSERT_EQUAL_FATAL(galley_check(engine, &input, &document, NULL), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        galley_issue issue = {.size = sizeof issue};
        CU_ASSERT_EQUAL(galley_document_issue(document, 0, &issue), GALLEY_OK);
        CU_ASSERT_EQUAL(issue.offset, 2 + 2 * 14);
        CU_ASSERT_EQUAL(issue.length, 2 * 9);
        galley_document_destroy(document);
        input.data_len--; /* half a code unit at the end */
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_ENCODING);
        CU_ASSERT_EQUAL(error.offset, len - 2);
    }
    galley_engine_destroy(engine);
}

static void unknown_names_are_unsupported(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = NULL;
    galley_report *report = NULL;
    galley_error error = {.size = sizeof error};
    galley_input input = {
        .size = sizeof input, .data = "x", .data_len = 1, .encoding = "no-such-charset"};
    CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_UNSUPPORTED);
    input.encoding = NULL;
    input.format = "papyrus";
    CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_UNSUPPORTED);
    input.format = NULL;
    input.language = "xx";
    CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_UNSUPPORTED);
    CU_ASSERT_EQUAL(galley_report_create(engine, "jsonn", NULL, &report, &error),
                    GALLEY_ERROR_UNSUPPORTED);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "“json"));
    galley_engine_destroy(engine);
}

static void an_empty_text_has_no_issues(void) {
    static const char *const texts[] = {"", "\n", "\n\n \t\r\n", "\xEF\xBB\xBF"};
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(texts); i++) {
        galley_document *document = check_text(engine, texts[i]);
        galley_summary summary = {.size = sizeof summary};
        CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
        CU_ASSERT_EQUAL(summary.n_issues, 0);
        CU_ASSERT_EQUAL(summary.n_words, 0);
        CU_ASSERT_EQUAL(summary.verdict, GALLEY_PASS);
        CU_ASSERT_DOUBLE_EQUAL(summary.score, 100, 1e-9);
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void the_score_is_mqms(void) {
    /* Twenty words and one major issue of five points: 100 (1 - 5/20). */
    const char *text = "The delegates came back to the hall in the evening, and most of them went "
                       "tosupport the new plan there.";
    galley_engine *engine = test_engine("only", "spelling");
    galley_document *document = check_text(engine, text);
    galley_summary summary = {.size = sizeof summary};
    CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
    CU_ASSERT_EQUAL(summary.n_words, 20);
    CU_ASSERT_EQUAL(summary.n_by_severity[GALLEY_MAJOR], 1);
    CU_ASSERT_DOUBLE_EQUAL(summary.score, 75, 0.01);
    CU_ASSERT_EQUAL(summary.verdict, GALLEY_FAIL);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    engine = test_engine("fail-on", "never");
    document = check_text(engine, text);
    CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
    CU_ASSERT_EQUAL(summary.verdict, GALLEY_REVIEW);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* Forty words with two major issues, ten points: 100 (1 - 10/40) is 75. */
static const char forty_words[] =
    "The delegates came back to the hall in the evening, and most of them went tosupport the new "
    "plan there. The delegates came back to the hall in the evening, and some of them went "
    "tooppose the new plan there.";

static void the_gate_shuts_for_a_reason(void) {
    static const struct {
        const char *key, *value;
        galley_verdict verdict;
        const char *reason;
        double score;
    } gates[] = {
        {"fail-on", "major", GALLEY_FAIL, "2 issues of a severity that shuts the gate", 75},
        {"fail-on", "critical", GALLEY_REVIEW, "", 75},
        {"fail-on", "never", GALLEY_REVIEW, "", 75},
        {"fail-on.spelling", "never", GALLEY_REVIEW, "", 75},
        {"fail-on.whitespace", "never", GALLEY_FAIL, "2 issues of", 75},
        {"severity.spelling", "minor", GALLEY_REVIEW, "", 95},
        {"severity.spelling", "neutral", GALLEY_PASS, "", 100},
        {"severity.spelling", "critical", GALLEY_FAIL, "2 critical issues", 0},
        {"penalty.major", "10", GALLEY_FAIL, "2 issues of", 50},
        {"penalty.major", "1000", GALLEY_FAIL, "2 issues of", 0},
        {"weight.spelling", "0.5", GALLEY_FAIL, "2 issues of", 87.5},
        {"weight.spelling", "0", GALLEY_FAIL, "2 issues of", 100},
        {"min-score", "75", GALLEY_FAIL, "2 issues of a severity that shuts the gate", 75},
        {"min-score", "75.001", GALLEY_FAIL, "; score 75.000 is below 75.001", 75},
        {"max-issues", "2", GALLEY_FAIL, "2 issues of a severity that shuts the gate", 75},
        {"max-issues", "1", GALLEY_FAIL, "; 2 issues, at most 1", 75},
        {"max-issues.spelling", "0", GALLEY_FAIL, "; 2 of spelling, at most 0", 75},
        {"max-issues.quotes", "0", GALLEY_FAIL, "2 issues of a severity that shuts the gate", 75},
    };
    for (size_t i = 0; i < LENGTH(gates); i++) {
        galley_engine *engine = test_engine(gates[i].key, gates[i].value);
        galley_document *document = check_text(engine, forty_words);
        galley_summary summary = {.size = sizeof summary};
        CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
        if (summary.verdict != gates[i].verdict ||
            strstr(summary.reason.data, gates[i].reason) == NULL ||
            (gates[i].reason[0] == '\0') != (summary.reason.len == 0)) {
            printf("    %s = %s: %s, “%s”\n", gates[i].key, gates[i].value,
                   galley_verdict_name(summary.verdict), summary.reason.data);
            CU_FAIL("another verdict");
        }
        CU_ASSERT_DOUBLE_EQUAL(summary.score, gates[i].score, 0.001);
        CU_ASSERT_EQUAL(summary.n_issues, 2);
        galley_document_destroy(document);
        galley_engine_destroy(engine);
    }
}

static void critical_always_shuts(void) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    const char *packs = test_path("GALLEY_TEST_PACKS");
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "dictionary-path", packs, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "fail-on", "never", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "fail-on.spelling", "never", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "weight.spelling", "0", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(set(settings, "severity.spelling", "critical", NULL), GALLEY_OK);
    CU_ASSERT_EQUAL_FATAL(galley_engine_create(settings, &engine, NULL), GALLEY_OK);
    galley_document *document = check_text(engine, forty_words);
    galley_summary summary = {.size = sizeof summary};
    CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
    CU_ASSERT_EQUAL(summary.verdict, GALLEY_FAIL);
    CU_ASSERT_DOUBLE_EQUAL(summary.score, 100, 0.001);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    galley_settings_destroy(settings);
}

/* A host built before the structures grew. */
static void old_hosts_get_the_fields_they_know(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = check_text(engine, forty_words);
    galley_summary summary = {.size = offsetof(galley_summary, penalty), .penalty = -1};
    CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
    CU_ASSERT_EQUAL(summary.n_issues, 2);
    CU_ASSERT_DOUBLE_EQUAL(summary.penalty, -1, 0);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static const char defective[] =
    "The minister met the the press on thursday , and he went tosupport her.\n\n"
    "“It is late, he said. Sergei Lavrov said that he had come. she denounced it.\n\n"
    "The plan para la seguridad de las fronteras stressed that the As a result of it. of course.";

/* Everything once, from settings to a report; GALLEY_OK or the first failure. */
static galley_status run_once(const galley_allocator *allocator) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_document *document = NULL;
    galley_report *report = NULL;
    struct collected collected = {0};
    const char *packs = test_path("GALLEY_TEST_PACKS");
    const galley_input input = {.size = sizeof input,
                                .data = defective,
                                .data_len = sizeof defective - 1,
                                .copy = true,
                                .uri = "story.txt"};
    galley_status status = galley_settings_create(allocator, &settings);
    if (status == GALLEY_OK) {
        status = set(settings, "dictionary-path", packs, NULL);
    }
    if (status == GALLEY_OK) {
        status = galley_engine_create(settings, &engine, NULL);
    }
    if (status == GALLEY_OK) {
        status = galley_check(engine, &input, &document, NULL);
    }
    if (status == GALLEY_OK) {
        status = galley_report_create(engine, "xml", NULL, &report, NULL);
    }
    if (status == GALLEY_OK) {
        status = galley_report_add(report, document, collect, &collected);
    }
    if (status == GALLEY_OK) {
        status = galley_report_finish(report, collect, &collected);
    }
    galley_report_destroy(report);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    galley_settings_destroy(settings);
    free(collected.data);
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
            CU_ASSERT(fails_at > 10);
            break;
        }
        if (status != GALLEY_OK && status != GALLEY_ERROR_MEMORY) {
            printf("    allocation %zu: %s\n", fails_at, galley_status_name(status));
            CU_FAIL("a failed allocation is reported as something else");
            break;
        }
    }
}

static void *check_often(void *context) {
    const galley_engine *engine = context;
    size_t n_issues = 0;
    for (int i = 0; i < 50; i++) {
        const galley_input input = {
            .size = sizeof input, .data = defective, .data_len = sizeof defective - 1};
        galley_document *document = NULL;
        if (galley_check(engine, &input, &document, NULL) == GALLEY_OK) {
            n_issues += galley_document_n_issues(document);
        }
        galley_document_destroy(document);
    }
    return (void *)(uintptr_t)n_issues;
}

static void threads_share_an_engine(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    pthread_t threads[8];
    void *results[8];
    for (size_t i = 0; i < LENGTH(threads); i++) {
        CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL, check_often, engine), 0);
    }
    for (size_t i = 0; i < LENGTH(threads); i++) {
        CU_ASSERT_EQUAL(pthread_join(threads[i], &results[i]), 0);
        CU_ASSERT_PTR_EQUAL(results[i], results[0]);
    }
    CU_ASSERT((uintptr_t)results[0] >= 50);
    galley_engine_destroy(engine);
}

struct told_languages {
    size_t n;
    char first[16];
    bool british;
};

static void hear_language(void *context, const galley_language *language) {
    struct told_languages *told = context;
    if (told->n++ == 0) {
        snprintf(told->first, sizeof told->first, "%s", language->tag.data);
    }
    told->british = told->british || (strcmp(language->tag.data, "en-GB") == 0 &&
                                      strcmp(language->name.data, "English (United Kingdom)") == 0);
}

static void languages_are_those_of_the_packs(void) {
    const char *packs = test_path("GALLEY_TEST_PACKS");
    galley_settings *settings = NULL;
    struct told_languages told = {.n = 0};
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_settings_languages(NULL, hear_language, &told), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_settings_languages(settings, NULL, &told), GALLEY_ERROR_ARGUMENT);
    set(settings, "dictionary-path", "/nonexistent", NULL);
    CU_ASSERT_EQUAL(galley_settings_languages(settings, hear_language, &told), GALLEY_OK);
    CU_ASSERT_EQUAL(told.n, 0);
    char path[4096];
    snprintf(path, sizeof path, "/nonexistent::%s", packs);
    set(settings, "dictionary-path", path, NULL);
    CU_ASSERT_EQUAL(galley_settings_languages(settings, hear_language, &told), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(told.first, "en");
    CU_ASSERT(told.british);
    const size_t n = told.n;
    snprintf(path, sizeof path, "%s:%s", packs, packs); /* each pack is told of once */
    set(settings, "dictionary-path", path, NULL);
    CU_ASSERT_EQUAL(galley_settings_languages(settings, hear_language, &told), GALLEY_OK);
    CU_ASSERT_EQUAL(told.n, 2 * n);
    galley_settings_destroy(settings);
}

int main(void) {
    static const struct test_case cases[] = {
        {"null pointers are errors", null_pointers_are_errors},
        {"small structures are errors", small_structures_are_errors},
        {"the table has every function", the_table_has_every_function},
        {"settings are judged when set", settings_are_judged_when_set},
        {"the manual names every setting", the_manual_names_every_setting},
        {"languages are those of the packs", languages_are_those_of_the_packs},
        {"a missing pack says where it looked", a_missing_pack_says_where_it_looked},
        {"broken UTF-8 is named", broken_utf8_is_named},
        {"offsets are those of the input", offsets_are_those_of_the_input},
        {"UTF-16 is read by its mark", utf16_is_read_by_its_mark},
        {"unknown names are unsupported", unknown_names_are_unsupported},
        {"an empty text has no issues", an_empty_text_has_no_issues},
        {"the score is MQM's", the_score_is_mqms},
        {"the gate shuts for a reason", the_gate_shuts_for_a_reason},
        {"critical always shuts", critical_always_shuts},
        {"old hosts get the fields they know", old_hosts_get_the_fields_they_know},
        {"every allocation may fail", every_allocation_may_fail},
        {"threads share an engine", threads_share_an_engine},
    };
    return run_tests("engine", cases, LENGTH(cases));
}
