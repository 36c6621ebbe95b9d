/*
 * XLIFF as CAT tools write it. The files of tests/data/dialects share their defects: "tosupport"
 * in a text that is open for editing, "inthe" in a locked one, "ofthe" in an approved one, and
 * "hasbeen" in what is no text of the document: comments, earlier versions, proposals, what was
 * deleted or is protected.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name;
    bool has_locked, has_approved;
} files[] = {
    {"trados.sdlxliff", true, true}, {"memoq.mqxliff", true, true}, {"phrase.mxliff", true, false},
    {"weblate.xlf", false, true},    {"omegat.xlf", false, true},   {"core.xlf", false, true},
};

static char *read_file(const char *name, size_t *len) {
    char path[4096];
    snprintf(path, sizeof path, "%s/dialects/%s", test_path("GALLEY_TEST_DATA"), name);
    return read_test_file(path, len);
}

/* The misspelt words in their order, waived ones in brackets. */
static void list_finds(const galley_document *document, char list[256]) {
    list[0] = '\0';
    for (size_t i = 0; i < galley_document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        galley_document_issue(document, i, &issue);
        char find[64];
        snprintf(find, sizeof find, issue.waived ? "[%.40s]" : "%.40s", issue.text.data);
        strcat(list, i > 0 ? " " : "");
        strncat(list, find, 255 - strlen(list));
    }
}

/* Whether the three words stand in the list, and as they should. */
static bool is_right(const char *list, size_t file, bool waives_locked, bool waives_approved) {
    const char *locked = strstr(list, "inthe");
    const char *approved = strstr(list, "ofthe");
    return strstr(list, "tosupport") != NULL && strstr(list, "[tosupport]") == NULL &&
           strstr(list, "hasbeen") == NULL && (locked != NULL) == files[file].has_locked &&
           (approved != NULL) == files[file].has_approved &&
           (locked == NULL || (locked > list && locked[-1] == '[') == waives_locked) &&
           (approved == NULL || (approved > list && approved[-1] == '[') == waives_approved);
}

static void expect_waived(const char *setting, bool waives_locked, bool waives_approved) {
    galley_engine *engine =
        setting == NULL ? test_engine("only", "spelling") : test_engine("waive-segments", setting);
    for (size_t i = 0; i < LENGTH(files); i++) {
        size_t len;
        char *data = read_file(files[i].name, &len);
        galley_document *document = check_bytes(engine, files[i].name, data, len);
        char list[256];
        list_finds(document, list);
        if (!is_right(list, i, waives_locked, waives_approved)) {
            printf("    %s: %s\n", files[i].name, list);
            CU_FAIL("finds that differ");
        }
        galley_document_destroy(document);
        free(data);
    }
    galley_engine_destroy(engine);
}

static void locked_segments_are_waived(void) {
    expect_waived(NULL, true, false);
}

static void settings_say_which_segments(void) {
    expect_waived("none", false, false);
    expect_waived("approved", false, true);
    expect_waived("approved, locked", true, true);
    galley_settings *settings;
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_settings_set(settings, "waive-segments", 14, "open", 4, NULL),
                    GALLEY_ERROR_SETTINGS);
    galley_settings_destroy(settings);
}

/* Annotations are written into what is open, and come and go without a trace. */
static void annotations_leave_locked_segments_alone(void) {
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(files); i++) {
        size_t len;
        char *data = read_file(files[i].name, &len);
        struct collected once = {0};
        struct collected bare = {0};
        struct collected twice = {0};
        galley_document *document = check_bytes(engine, files[i].name, data, len);
        CU_ASSERT_EQUAL(galley_document_annotate(document, collect, &once, NULL), GALLEY_OK);
        CU_ASSERT_PTR_NOT_NULL(strstr(once.data, ">tosupport</mrk>"));
        CU_ASSERT_PTR_NULL(strstr(once.data, ">inthe</mrk>"));
        CU_ASSERT_PTR_NOT_NULL(strstr(once.data, " its:version=\"2.0\""));
        CU_ASSERT_PTR_NULL(strstr(once.data, "mid=\"galley"));
        galley_document *again = check_bytes(engine, files[i].name, once.data, once.len);
        CU_ASSERT_EQUAL(galley_document_annotate(again, collect, &twice, NULL), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_strip(again, collect, &bare, NULL), GALLEY_OK);
        CU_ASSERT_STRING_EQUAL(once.data, twice.data);
        CU_ASSERT_STRING_EQUAL(bare.data, data);
        galley_document_destroy(again);
        galley_document_destroy(document);
        free(once.data);
        free(twice.data);
        free(bare.data);
        free(data);
    }
    galley_engine_destroy(engine);
}

/* A pc of the source that the target has as sc and ec, and what is protected, is all there. */
static void codes_are_the_same_in_other_forms(void) {
    galley_engine *engine = test_engine("only", "markup");
    for (size_t i = 0; i < LENGTH(files); i++) {
        size_t len;
        char *data = read_file(files[i].name, &len);
        galley_document *document = check_bytes(engine, files[i].name, data, len);
        char list[256];
        list_finds(document, list);
        CU_ASSERT_STRING_EQUAL(list, "");
        galley_document_destroy(document);
        free(data);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"locked segments are waived", locked_segments_are_waived},
        {"settings say which segments", settings_say_which_segments},
        {"annotations leave locked segments alone", annotations_leave_locked_segments_alone},
        {"codes are the same in other forms", codes_are_the_same_in_other_forms},
    };
    return run_tests("dialects", cases, LENGTH(cases));
}
