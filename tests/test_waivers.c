/*
 * Waivers: ignore files, baselines and ignore marks, as a host meets them.
 */
#include "runner.h"

#include "base/glob.h"
#include "waivers/waiver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* A file of this name with this text, in the folder of the runner. */
static void write_file(const char *path, const char *text, size_t len) {
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(text, 1, len, file), len);
    fclose(file);
}

static const char ignore_path[] = "waivers-test.galley-ignore";
static const char baseline_path[] = "waivers-test.baseline";

/* An engine for spelling with an ignore file (NULL: none) and a baseline, on 2027-01-31. */
static galley_status make_engine(const char *ignore, const char *baseline, galley_engine **engine,
                                 galley_error *error) {
    const char *const settings_of[][2] = {
        {"dictionary-path", test_path("GALLEY_TEST_PACKS")},
        {"only", "spelling,duplication"},
        {"today", "2027-01-31"},
        {"ignore", ignore == NULL ? "" : ignore_path},
        {"baseline", baseline == NULL ? "" : baseline_path},
    };
    if (ignore != NULL) {
        write_file(ignore_path, ignore, strlen(ignore));
    }
    if (baseline != NULL) {
        write_file(baseline_path, baseline, strlen(baseline));
    }
    galley_settings *settings = NULL;
    galley_status status = galley_settings_create(NULL, &settings);
    for (size_t i = 0; i < LENGTH(settings_of) && status == GALLEY_OK; i++) {
        status = galley_settings_set(settings, settings_of[i][0], strlen(settings_of[i][0]),
                                     settings_of[i][1], strlen(settings_of[i][1]), error);
    }
    if (status == GALLEY_OK) {
        status = galley_engine_create(settings, engine, error);
    }
    galley_settings_destroy(settings);
    unlink(ignore_path);
    unlink(baseline_path);
    return status;
}

static galley_document *check_named(const galley_engine *engine, const char *uri,
                                    const char *text) {
    return check_bytes(engine, uri, text, strlen(text));
}

/* "tosupport=waived tooppose=" in the order of the issues. */
static void describe(const galley_document *document, char *text, size_t size) {
    text[0] = '\0';
    for (size_t i = 0; i < galley_document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        CU_ASSERT_EQUAL(galley_document_issue(document, i, &issue), GALLEY_OK);
        snprintf(text + strlen(text), size - strlen(text), "%s%s%s", i == 0 ? "" : " ",
                 issue.text.data, issue.waived ? "=waived" : "");
    }
}

static void expect_issues(const galley_document *document, const char *expected) {
    char found[512];
    describe(document, found, sizeof found);
    if (strcmp(found, expected) != 0) {
        printf("    found “%s”, not “%s”\n", found, expected);
        CU_FAIL("other issues");
    }
    CU_PASS("issues");
}

static void expect_warning(const galley_document *document, const char *expected) {
    for (size_t i = 0; i < galley_document_n_warnings(document); i++) {
        galley_place place = {.size = sizeof place};
        CU_ASSERT_EQUAL(galley_document_warning(document, i, &place), GALLEY_OK);
        if (expected != NULL && strstr(place.message.data, expected) != NULL) {
            return;
        }
        printf("    warning: %s\n", place.message.data);
    }
    if (expected != NULL || galley_document_n_warnings(document) > 0) {
        printf("    not as expected: %s\n", expected == NULL ? "no warning" : expected);
        CU_FAIL("another warning");
    }
}

static const char story[] = "They went tosupport her and tooppose him.\n";

static void an_ignore_file_waives(void) {
    static const struct {
        const char *ignore, *issues;
    } cases[] = {
        {"# nothing\n\n", "tosupport tooppose"},
        {"spelling because so\n", "tosupport=waived tooppose=waived"},
        {"* because so\n", "tosupport=waived tooppose=waived"},
        {"spelling \"tosupport\" because so\n", "tosupport=waived tooppose"},
        {"spelling “tosupport” because so\r\n", "tosupport=waived tooppose"},
        {"spelling \" tosupport \" because white space is not compared",
         "tosupport=waived tooppose"},
        {"duplication because another check\n", "tosupport tooppose"},
        {"duplication,spelling \"tooppose\" because so\n", "tosupport tooppose=waived"},
        {"spelling in a/*.txt because so\n", "tosupport=waived tooppose=waived"},
        {"spelling in b/*.txt because so\n", "tosupport tooppose"},
        {"spelling \"tosupport\" in **/story.txt until 2027-01-31 because so\n",
         "tosupport=waived tooppose"},
        {"\xEF\xBB\xBFspelling \"tosupport\" until 2028-02-29 because leap years count\n",
         "tosupport=waived tooppose"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        galley_engine *engine = NULL;
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL_FATAL(make_engine(cases[i].ignore, NULL, &engine, &error), GALLEY_OK);
        galley_document *document = check_named(engine, "/home/a/story.txt", story);
        expect_issues(document, cases[i].issues);
        expect_warning(document, NULL);
        galley_document_destroy(document);
        galley_engine_destroy(engine);
    }
}

static void a_waived_issue_does_not_count(void) {
    galley_engine *engine = NULL;
    CU_ASSERT_EQUAL_FATAL(
        make_engine("# why\nspelling because it was said so\n", NULL, &engine, NULL), GALLEY_OK);
    galley_document *document = check_named(engine, "story.txt", story);
    galley_summary summary = {.size = sizeof summary};
    CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
    CU_ASSERT_EQUAL(summary.n_issues, 2);
    CU_ASSERT_EQUAL(summary.n_waived, 2);
    CU_ASSERT_EQUAL(summary.n_by_severity[GALLEY_MAJOR], 0);
    CU_ASSERT_EQUAL(summary.verdict, GALLEY_PASS);
    CU_ASSERT_DOUBLE_EQUAL(summary.score, 100, 0);
    galley_issue issue = {.size = sizeof issue};
    CU_ASSERT_EQUAL(galley_document_issue(document, 0, &issue), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(issue.waiver.data, "waivers-test.galley-ignore:2");
    CU_ASSERT_STRING_EQUAL(issue.reason.data, "it was said so");
    CU_ASSERT_EQUAL(issue.waiver_index, 0);
    CU_ASSERT_EQUAL(galley_engine_n_waivers(engine), 1);
    galley_waiver waiver = {.size = sizeof waiver};
    CU_ASSERT_EQUAL(galley_engine_waiver(engine, 0, &waiver), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(waiver.reason.data, "it was said so");
    CU_ASSERT_FALSE(waiver.expired);
    CU_ASSERT_EQUAL(galley_engine_waiver(engine, 1, &waiver), GALLEY_ERROR_ARGUMENT);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void an_expired_waiver_is_a_warning(void) {
    galley_engine *engine = NULL;
    CU_ASSERT_EQUAL_FATAL(
        make_engine("spelling \"tosupport\" until 2027-01-30 because so\n", NULL, &engine, NULL),
        GALLEY_OK);
    galley_document *document = check_named(engine, "story.txt", story);
    expect_issues(document, "tosupport tooppose");
    expect_warning(document, "galley-ignore:1 expired on 2027-01-30");
    galley_waiver waiver = {.size = sizeof waiver};
    CU_ASSERT_EQUAL(galley_engine_waiver(engine, 0, &waiver), GALLEY_OK);
    CU_ASSERT(waiver.expired);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void a_broken_ignore_file_names_its_line(void) {
    static const struct {
        const char *ignore, *message;
    } cases[] = {
        {"spelling\n", "galley-ignore:1: a waiver says why"},
        {"\n# fine\nspeling because so\n",
         "galley-ignore:3: there is no check “speling”; the nearest"},
        {"spelling \"tosupport because so\n", "not closed"},
        {"spelling until tomorrow because so\n", "2027-01-31, not “tomorrow”"},
        {"spelling until 2027-02-29 because so\n", "not “2027-02-29”"},
        {"spelling since 2027-02-01 because so\n", "“since” is not understood"},
        {"spelling in\n", "a pattern of file names"},
        {"spelling because \xFF\n", "not UTF-8"},
        {", because so\n", "begins with the names of checks"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        galley_engine *engine = NULL;
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL(make_engine(cases[i].ignore, NULL, &engine, &error), GALLEY_ERROR_SETTINGS);
        if (strstr(error.message, cases[i].message) == NULL) {
            printf("    %s\n", error.message);
            CU_FAIL("the message does not help");
        }
        galley_engine_destroy(engine);
    }
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error};
    const char *packs = test_path("GALLEY_TEST_PACKS");
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    galley_settings_set(settings, "dictionary-path", 15, packs, strlen(packs), NULL);
    galley_settings_set(settings, "ignore", 6, "/nowhere/x", 10, NULL);
    CU_ASSERT_EQUAL(galley_engine_create(settings, &engine, &error), GALLEY_ERROR_SETTINGS);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "/nowhere/x: No such file"));
    galley_settings_destroy(settings);
}

/* The baseline of one text, malloc'ed. */
static char *baseline_of(const char *text) {
    galley_engine *engine = NULL;
    galley_report *report = NULL;
    struct collected collected = {0};
    CU_ASSERT_EQUAL_FATAL(make_engine(NULL, NULL, &engine, NULL), GALLEY_OK);
    galley_document *document = check_named(engine, "old\xFF.txt", text);
    CU_ASSERT_EQUAL_FATAL(galley_report_create(engine, "baseline", NULL, &report, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_report_add(report, document, collect, &collected), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_report_finish(report, collect, &collected), GALLEY_OK);
    galley_report_destroy(report);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    return collected.data;
}

static void a_baseline_waives_what_moved(void) {
    static const char old[] = "The ministers met on Monday in the capital. They went tosupport her "
                              "in the evening, when all was said.\n";
    static const struct {
        const char *text, *issues;
    } cases[] = {
        {old, "tosupport=waived"},
        /* lines before it, wrapped anew, with other line ends */
        {"A new headline\r\n\r\nThe ministers met on Monday in the capital.\r\nThey went "
         "tosupport\r\nher in the evening,\r\nwhen all was said.\r\n",
         "tosupport=waived"},
        /* edited behind it, or before it */
        {"The ministers met on Monday in the capital. They went tosupport him at night.\n",
         "tosupport=waived"},
        {"They flew tosupport her in the evening, when all was said.\n", "tosupport=waived"},
        /* on both sides: new */
        {"The envoys flew out tosupport him at night, as was said.\n", "tosupport"},
        /* another text in the same place, and the same twice */
        {"The ministers met on Monday in the capital. They went tooppose her in the evening.\n",
         "tooppose"},
        {"They went tosupport her in the evening. The envoys flew out tosupport him at night.\n",
         "tosupport=waived tosupport"},
    };
    char *baseline = baseline_of(old);
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_EQUAL_FATAL(make_engine(NULL, baseline, &engine, &error), GALLEY_OK);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        galley_document *document = check_named(engine, "new.txt", cases[i].text);
        expect_issues(document, cases[i].issues);
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
    free(baseline);
}

static void a_broken_baseline_names_its_line(void) {
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_EQUAL(make_engine(NULL, "# comment\nspelling\t12\n", &engine, &error),
                    GALLEY_ERROR_SETTINGS);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "waivers-test.baseline:2: not a line"));
    /* A check that an older galley had is no reason to stop. */
    CU_ASSERT_EQUAL(
        make_engine(NULL, "older\t0123456789abcdef\t0123456789abcdef\ta\tb\n", &engine, &error),
        GALLEY_OK);
    galley_engine_destroy(engine);
}

static void marks_waive(void) {
    static const struct {
        const char *uri, *text, *issues, *warning;
    } cases[] = {
        {"a.txt", "# galley:ignore\nThey went tosupport her.\n\nAll went tooppose him.\n",
         "tosupport=waived tooppose", NULL},
        {"a.txt", "[galley:ignore spelling because so]\nThey went tosupport her.\n",
         "tosupport=waived", NULL},
        {"a.txt", "galley:ignore spelling\n\n\nThey went tosupport her.\n", "tosupport=waived",
         NULL},
        {"a.txt",
         "// galley:ignore spelling \"tooppose\" because so\nThey went tosupport her and "
         "tooppose him.\n",
         "tosupport tooppose=waived", NULL},
        {"a.txt", "They went tosupport her.\n\n; galley:ignore-file spelling\n", "tosupport=waived",
         NULL},
        {"a.txt",
         "Away tosupport her.\n\n# galley:ignore-start\nThey went tooppose him.\n\n"
         "# galley:ignore-end\nAll went tosupport her.\n",
         "tosupport tooppose=waived tosupport", NULL},
        {"a.txt", "# galley:ignore-start\nThey went tooppose him.\n", "tooppose=waived", NULL},
        {"a.txt", "# galley:ignore duplication\nThey went tosupport her.\n", "tosupport",
         "the ignore mark waives nothing"},
        {"a.txt", "# galley:ignore speling\nThey went tosupport her.\n", "tosupport",
         "there is no check “speling”"},
        {"a.txt", "# galley:ignore-all\nThey went tosupport her.\n", "tosupport",
         "it begins with galley:ignore"},
        {"a.txt", "# galley:ignore spelling until 2027-01-30\nThey went tosupport her.\n",
         "tosupport", "a.txt:1 expired on 2027-01-30"},
        /* prose about marks is no mark */
        {"a.txt", "They write galley:ignore before it and went tosupport her.\n", "tosupport",
         NULL},
        {"a.html",
         "<html><body><!-- galley:ignore spelling\n because so --><p>They went tosupport her.</p>"
         "<p>All went tooppose him.</p></body></html>",
         "tosupport=waived tooppose", NULL},
        {"a.html",
         "<html><body><p>They went <!-- galley:ignore --> tosupport her.</p>"
         "<p>All went tooppose him.</p></body></html>",
         "tosupport=waived tooppose", NULL},
        {"a.md",
         "# News\n\n<!-- galley:ignore -->\nThey went tosupport her.\n\nAll went tooppose "
         "him.\n",
         "tosupport=waived tooppose", NULL},
        {"a.po",
         "# galley:ignore spelling because so\nmsgid \"a\"\nmsgstr \"They went tosupport her.\"\n\n"
         "msgid \"b\"\nmsgstr \"All went tooppose him.\"\n",
         "tosupport=waived tooppose", NULL},
    };
    galley_engine *engine = NULL;
    CU_ASSERT_EQUAL_FATAL(make_engine(NULL, NULL, &engine, NULL), GALLEY_OK);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        galley_document *document = check_named(engine, cases[i].uri, cases[i].text);
        expect_issues(document, cases[i].issues);
        expect_warning(document, cases[i].warning);
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void globs_match(void) {
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {
        {"a.txt", "a.txt", true},
        {"a.txt", "/x/y/a.txt", true},
        {"a.txt", "ba.txt", false},
        {"*.txt", "x/a.txt", true},
        {"x/*.txt", "x/y/a.txt", false},
        {"x/**.txt", "x/y/a.txt", true},
        {"x/**/a.txt", "x/a.txt", true},
        {"x/**/a.txt", "x/y/z/a.txt", true},
        {"/x/*", "/x/a", true},
        {"/x/*", "/w/x/a", false},
        {"?.txt", "a.txt", true},
        {"?.txt", "/.txt", false},
        {"**", "anything/at/all", true},
        {"*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false},
        {"", "", true},
        {"x/**/y/*.t", "x/y/q/y/a.t", true},
        {"x/**", "w/x/y", true},
        {"*", "a/b", true},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        if (glob_matches(cases[i].pattern, cases[i].path) != cases[i].matches) {
            printf("    %s on %s\n", cases[i].pattern, cases[i].path);
            CU_FAIL("a glob");
        }
        CU_PASS("compared");
    }
}

/* Reads waivers and applies them, with the language pack left out of the count of calls. */
static galley_status waive_once(const galley_allocator *allocator) {
    static const char text[] = "# galley:ignore duplication\nThey went tosupport her her.\n\n"
                               "# galley:ignore quotes\nAll went tooppose him.\n";
    const char *packs = test_path("GALLEY_TEST_PACKS");
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_document *document = NULL;
    galley_status status = galley_settings_create(allocator, &settings);
    const char *const values[][2] = {{"dictionary-path", packs},
                                     {"only", "spelling,duplication"},
                                     {"ignore", ignore_path},
                                     {"baseline", baseline_path}};
    for (size_t i = 0; i < LENGTH(values) && status == GALLEY_OK; i++) {
        status = galley_settings_set(settings, values[i][0], strlen(values[i][0]), values[i][1],
                                     strlen(values[i][1]), NULL);
    }
    if (status == GALLEY_OK) {
        status = galley_engine_create(settings, &engine, NULL);
    }
    const galley_input input = {
        .size = sizeof input, .data = text, .data_len = sizeof text - 1, .uri = "a.txt"};
    if (status == GALLEY_OK) {
        status = galley_check(engine, &input, &document, NULL);
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    galley_settings_destroy(settings);
    return status;
}

static void every_allocation_may_fail(void) {
    static const char ignore[] = "spelling \"tooppose\" in *.txt until 2020-01-31 because so\n";
    char *baseline = baseline_of("They went tosupport her her.\n");
    write_file(ignore_path, ignore, strlen(ignore));
    write_file(baseline_path, baseline, strlen(baseline));
    for (size_t fails_at = 1;; fails_at++) {
        struct faulty_allocator faulty = {.fails_at = fails_at};
        const galley_allocator allocator = {
            .size = sizeof allocator, .allocate = faulty_allocate, .context = &faulty};
        const galley_status status = waive_once(&allocator);
        CU_ASSERT_EQUAL(faulty.n_live, 0);
        if (faulty.n_calls < fails_at) {
            CU_ASSERT_EQUAL(status, GALLEY_OK);
            break;
        }
        if (status != GALLEY_OK && status != GALLEY_ERROR_MEMORY) {
            printf("    allocation %zu: %s\n", fails_at, galley_status_name(status));
            CU_FAIL("a failed allocation is reported as something else");
            break;
        }
    }
    unlink(ignore_path);
    unlink(baseline_path);
    free(baseline);
}

int main(void) {
    static const struct test_case cases[] = {
        {"an ignore file waives", an_ignore_file_waives},
        {"a waived issue does not count", a_waived_issue_does_not_count},
        {"an expired waiver is a warning", an_expired_waiver_is_a_warning},
        {"a broken ignore file names its line", a_broken_ignore_file_names_its_line},
        {"a baseline waives what moved", a_baseline_waives_what_moved},
        {"a broken baseline names its line", a_broken_baseline_names_its_line},
        {"marks waive", marks_waive},
        {"globs match", globs_match},
        {"every allocation may fail", every_allocation_may_fail},
    };
    return run_tests("waivers", cases, LENGTH(cases));
}
