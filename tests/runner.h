/*
 * What every test runner shares: one suite a runner, and an engine over the built language pack.
 */
#ifndef GALLEY_TESTS_RUNNER_H
#define GALLEY_TESTS_RUNNER_H

#include "galley.h"

#include <CUnit/Basic.h>

struct test_case {
    const char *name;
    void (*run)(void);
};

/* Runs the cases as one CUnit suite; main's exit status. */
int run_tests(const char *suite, const struct test_case *cases, size_t n_cases);

/* An environment variable that tests/meson.build sets; ends the runner where it is missing. */
const char *test_path(const char *variable);

/* An engine with the built packs and one more setting (key NULL: none). Never NULL. */
galley_engine *test_engine(const char *key, const char *value);

/* A marked story: "He spoke [[tosupport]] her". Checks it without the marks with only the named
 * check ("" for all of them) and holds the issues against the marks: each must be touched, and no
 * other place. Failures name the story. */
void expect_marked(const galley_engine *engine, const char *story);

/* The same for many stories with one check. */
void expect_all_marked(const char *check, const char *const *stories, size_t n_stories);

/* The stories of tests/data/stories/CHECK.txt: one a line, "¶" between paragraphs, "#" before
 * comments. */
struct stories {
    char *file;
    char **texts;
    size_t n;
};
struct stories read_stories(const char *check);
void free_stories(struct stories *stories);

/* The same as expect_all_marked for such a file. */
void expect_stories(const char *check);

/* A story without its marks, malloc'ed. */
char *unmarked(const char *story);

/* Checks a text and answers the document; the caller destroys it. NULL after a failure. */
galley_document *check_text(const galley_engine *engine, const char *text);

/* The same for bytes with a name (NULL: none). */
galley_document *check_bytes(const galley_engine *engine, const char *uri, const char *data,
                             size_t len);

/* Applies the first suggestion of every issue that has one, last to first. malloc'ed. */
char *apply_suggestions(const galley_document *document, const char *text);

/* A whole file, NUL-terminated, malloc'ed; ends the runner where it cannot be read. */
char *read_test_file(const char *path, size_t *len);

/* An allocator that fails at one call: `allocate` is faulty_allocate, `context` this. */
struct faulty_allocator {
    size_t n_calls, fails_at;
    size_t n_live; /* pieces that were not given back */
};
void *faulty_allocate(void *context, void *old, size_t size);

/* An allocator that counts the bytes: `allocate` is counting_allocate, `context` this. */
struct counting_allocator {
    size_t live, most;
};
void *counting_allocate(void *context, void *old, size_t size);

/* Collects what a report writes. */
struct collected {
    char *data; /* NUL-terminated, malloc'ed */
    size_t len;
};
bool collect(void *context, const char *data, size_t len);

#endif
