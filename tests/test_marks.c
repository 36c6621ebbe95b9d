/*
 * Duplications, marks and spaces as stories, and what their suggestions make of a text.
 */
#include "checks/registry.h"
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void duplication(void) {
    expect_stories("duplication");
}

static void quotes(void) {
    expect_stories("quotes");
}

static void punctuation(void) {
    expect_stories("punctuation");
}

static void whitespace(void) {
    expect_stories("whitespace");
}

static void entity(void) {
    expect_stories("entity");
}

/* A loop is one issue, and a critical one. */
static void loops_are_one_issue(void) {
    static const char *const texts[] = {
        "The train stopped in Bern, Bern, Bern, Bern, Bern, Bern, Bern, Bern.",
        "He could run to the bridge, he could run to the bridge, he could run to the bridge, he "
        "could run to the bridge, he could not.",
        "It was told that they are not able to do it, that they are able to do it, that they are "
        "not able to do it, they are able to do it, that they are not able to do it, and went.",
        "It is late. The council said that it would pay for all of the repairs at once. The "
        "council said that it would pay for all of the repairs at once. The council said that it "
        "would pay for all of the repairs at once.",
        "He cried hahahahahahahahahaha and left.",
    };
    galley_engine *engine = test_engine("only", "duplication");
    for (size_t i = 0; i < LENGTH(texts); i++) {
        galley_document *document = check_text(engine, texts[i]);
        galley_issue issue = {.size = sizeof issue};
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        if (galley_document_n_issues(document) == 1) {
            galley_document_issue(document, 0, &issue);
            CU_ASSERT_EQUAL(issue.severity, GALLEY_CRITICAL);
        }
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

/* Two spaces here and there are somebody's habit: one issue with its other places. */
static void habits_are_one_issue(void) {
    galley_engine *engine = test_engine("only", "whitespace");
    galley_document *document =
        check_text(engine, "One  two three.\n\nFour  five six  seven.\n\nEight  nine.");
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    galley_issue issue = {.size = sizeof issue};
    galley_document_issue(document, 0, &issue);
    CU_ASSERT_EQUAL(issue.severity, GALLEY_NEUTRAL);
    CU_ASSERT_EQUAL(issue.n_related, 3);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* How many issues have a suggestion. */
static size_t count_suggested(const galley_document *document) {
    size_t n = 0;
    for (size_t i = 0; i < galley_document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        galley_document_issue(document, i, &issue);
        n += issue.n_suggestions > 0;
    }
    return n;
}

/* What the first suggestions make of a check's stories is right: for that check, or, with "" in
 * `only`, for all. */
static void expect_repaired(const char *check, const char *only) {
    struct stories stories = read_stories(check);
    galley_engine *engine = *only == '\0' ? test_engine(NULL, NULL) : test_engine("only", only);
    for (size_t i = 0; i < stories.n; i++) {
        char *text = unmarked(stories.texts[i]);
        galley_document *document = check_text(engine, text);
        char *repaired = apply_suggestions(document, text);
        galley_document_destroy(document);
        document = check_text(engine, repaired);
        if (count_suggested(document) > 0) {
            printf("    %s: not repaired: %s\n", check, repaired);
            CU_FAIL("a suggestion that leaves something to repair");
        }
        galley_document_destroy(document);
        free(repaired);
        free(text);
    }
    CU_ASSERT(stories.n > 0);
    free_stories(&stories);
    galley_engine_destroy(engine);
}

static bool has_stories(const char *check) {
    char path[4096];
    snprintf(path, sizeof path, "%s/stories/%s.txt", test_path("GALLEY_TEST_DATA"), check);
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL;
}

/* Of every check of the registry that has a file of stories. */
static void suggestions_repair(void) {
    size_t n = 0;
    for (size_t i = 0; i < registry_n_checks(); i++) {
        const char *name = registry_check(i)->name;
        if (has_stories(name)) {
            expect_repaired(name, name);
            expect_repaired(name, "");
            n++;
        }
    }
    CU_ASSERT(n >= 4);
}

int main(void) {
    static const struct test_case cases[] = {
        {"duplication", duplication},
        {"quotes", quotes},
        {"punctuation", punctuation},
        {"whitespace", whitespace},
        {"entity", entity},
        {"loops are one issue", loops_are_one_issue},
        {"habits are one issue", habits_are_one_issue},
        {"suggestions repair", suggestions_repair},
    };
    return run_tests("marks", cases, LENGTH(cases));
}
