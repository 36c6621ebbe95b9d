#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int run_tests(const char *suite, const struct test_case *cases, size_t n_cases) {
    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 2;
    }
    CU_pSuite made = CU_add_suite(suite, NULL, NULL);
    for (size_t i = 0; made != NULL && i < n_cases; i++) {
        if (CU_add_test(made, cases[i].name, cases[i].run) == NULL) {
            made = NULL;
        }
    }
    int result = 2;
    if (made != NULL) {
        CU_basic_set_mode(CU_BRM_VERBOSE);
        CU_basic_run_tests();
        result = CU_get_number_of_failures() == 0 ? 0 : 1;
    }
    CU_cleanup_registry();
    return result;
}

const char *test_path(const char *variable) {
    const char *value = getenv(variable);
    if (value == NULL) {
        fprintf(stderr, "%s is not set; run the tests with meson test\n", variable);
        exit(2);
    }
    return value;
}

galley_engine *test_engine(const char *key, const char *value) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error};
    const char *packs = test_path("GALLEY_TEST_PACKS");
    galley_status status = galley_settings_create(NULL, &settings);
    if (status == GALLEY_OK) {
        status = galley_settings_set(settings, "dictionary-path", strlen("dictionary-path"), packs,
                                     strlen(packs), &error);
    }
    if (status == GALLEY_OK && key != NULL) {
        status = galley_settings_set(settings, key, strlen(key), value, strlen(value), &error);
    }
    if (status == GALLEY_OK) {
        status = galley_engine_create(settings, &engine, &error);
    }
    galley_settings_destroy(settings);
    if (status != GALLEY_OK) {
        fprintf(stderr, "no engine: %s\n", error.message);
        exit(2);
    }
    return engine;
}

galley_document *check_bytes(const galley_engine *engine, const char *uri, const char *data,
                             size_t len) {
    galley_document *document = NULL;
    galley_error error = {.size = sizeof error};
    const galley_input input = {.size = sizeof input, .data = data, .data_len = len, .uri = uri};
    if (galley_check(engine, &input, &document, &error) != GALLEY_OK) {
        printf("    %s: not checked: %s\n", uri == NULL ? "" : uri, error.message);
        CU_FAIL("galley_check failed");
        return NULL;
    }
    return document;
}

galley_document *check_text(const galley_engine *engine, const char *text) {
    return check_bytes(engine, NULL, text, strlen(text));
}

enum { MARKS_MAX = 64 };

struct marked {
    char *text;
    size_t begin[MARKS_MAX], end[MARKS_MAX];
    size_t n_marks;
};

static struct marked read_marks(const char *story) {
    struct marked marked = {.text = malloc(strlen(story) + 1)};
    size_t len = 0;
    for (const char *at = story; *at != '\0' && marked.text != NULL;) {
        if (strncmp(at, "[[", 2) == 0 && marked.n_marks < MARKS_MAX) {
            marked.begin[marked.n_marks] = len;
            at += 2;
        } else if (strncmp(at, "]]", 2) == 0 && marked.n_marks < MARKS_MAX) {
            marked.end[marked.n_marks++] = len;
            at += 2;
        } else {
            marked.text[len++] = *at++;
        }
    }
    if (marked.text != NULL) {
        marked.text[len] = '\0';
    }
    return marked;
}

void expect_marked(const galley_engine *engine, const char *story) {
    struct marked marked = read_marks(story);
    galley_document *document = check_text(engine, marked.text);
    bool found[MARKS_MAX] = {false};
    const size_t n_issues = galley_document_n_issues(document);
    for (size_t i = 0; i < n_issues; i++) {
        galley_issue issue = {.size = sizeof issue};
        galley_document_issue(document, i, &issue);
        bool expected = false;
        for (size_t mark = 0; mark < marked.n_marks; mark++) {
            if (issue.offset < marked.end[mark] + (marked.begin[mark] == marked.end[mark]) &&
                issue.offset + issue.length > marked.begin[mark]) {
                found[mark] = true;
                expected = true;
            }
        }
        if (!expected) {
            printf("    reported “%s” (%s: %s) in: %s\n", issue.text.data, issue.check,
                   issue.message.data, story);
            CU_FAIL("an issue where none is");
        }
    }
    for (size_t mark = 0; mark < marked.n_marks; mark++) {
        if (!found[mark]) {
            printf("    missed mark %zu in: %s\n", mark + 1, story);
            CU_FAIL("a defect that is not found");
        }
    }
    CU_PASS("story");
    galley_document_destroy(document);
    free(marked.text);
}

void expect_all_marked(const char *check, const char *const *stories, size_t n_stories) {
    galley_engine *engine = test_engine("only", check);
    for (size_t i = 0; i < n_stories; i++) {
        expect_marked(engine, stories[i]);
    }
    galley_engine_destroy(engine);
}

/* "¶" and the blanks around it become an empty line; in place. */
static void break_paragraphs(char *text) {
    static const char mark[] = "¶";
    char *to = text;
    for (const char *at = text; *at != '\0';) {
        if (strncmp(at, mark, sizeof mark - 1) != 0) {
            *to++ = *at++;
            continue;
        }
        while (to > text && to[-1] == ' ') {
            to--;
        }
        *to++ = '\n';
        *to++ = '\n';
        at += sizeof mark - 1;
        at += strspn(at, " ");
    }
    *to = '\0';
}

struct stories read_stories(const char *check) {
    char path[4096];
    snprintf(path, sizeof path, "%s/stories/%s.txt", test_path("GALLEY_TEST_DATA"), check);
    struct stories stories = {.file = read_test_file(path, NULL)};
    size_t n_lines = 1;
    for (const char *at = stories.file; *at != '\0'; at++) {
        n_lines += *at == '\n';
    }
    stories.texts = malloc(n_lines * sizeof *stories.texts);
    if (stories.texts == NULL) {
        exit(2);
    }
    char *rest = NULL;
    for (char *line = strtok_r(stories.file, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (*line != '#') {
            break_paragraphs(line);
            stories.texts[stories.n++] = line;
        }
    }
    return stories;
}

void free_stories(struct stories *stories) {
    free(stories->texts);
    free(stories->file);
}

void expect_stories(const char *check) {
    struct stories stories = read_stories(check);
    CU_ASSERT(stories.n > 0);
    expect_all_marked(check, (const char *const *)stories.texts, stories.n);
    free_stories(&stories);
}

char *unmarked(const char *story) {
    return read_marks(story).text;
}

char *apply_suggestions(const galley_document *document, const char *text) {
    size_t len = strlen(text);
    char *applied = malloc(len + 1);
    if (applied == NULL) {
        exit(2);
    }
    memcpy(applied, text, len + 1);
    size_t limit = len; /* what lies behind was changed already */
    for (size_t i = galley_document_n_issues(document); i > 0; i--) {
        galley_issue issue = {.size = sizeof issue};
        galley_string suggestion;
        galley_document_issue(document, i - 1, &issue);
        if (issue.n_suggestions == 0 || issue.offset + issue.length > limit ||
            galley_document_suggestion(document, i - 1, 0, &suggestion) != GALLEY_OK) {
            continue;
        }
        char *longer = malloc(len + suggestion.len + 1);
        if (longer == NULL) {
            exit(2);
        }
        const size_t behind = issue.offset + issue.length;
        memcpy(longer, applied, issue.offset);
        memcpy(longer + issue.offset, suggestion.data, suggestion.len);
        memcpy(longer + issue.offset + suggestion.len, applied + behind, len - behind + 1);
        len = len - issue.length + suggestion.len;
        free(applied);
        applied = longer;
        limit = issue.offset;
    }
    return applied;
}

char *read_test_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    const long size = ftell(file);
    rewind(file);
    char *data = malloc((size_t)size + 1);
    if (size < 0 || data == NULL || fread(data, 1, (size_t)size, file) != (size_t)size) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    fclose(file);
    data[size] = '\0';
    if (len != NULL) {
        *len = (size_t)size;
    }
    return data;
}

bool collect(void *context, const char *data, size_t len) {
    struct collected *collected = context;
    char *longer = realloc(collected->data, collected->len + len + 1);
    if (longer == NULL) {
        return false;
    }
    memcpy(longer + collected->len, data, len);
    collected->data = longer;
    collected->len += len;
    longer[collected->len] = '\0';
    return true;
}

void *faulty_allocate(void *context, void *old, size_t size) {
    struct faulty_allocator *faulty = context;
    if (size == 0) {
        faulty->n_live -= old != NULL;
        free(old);
        return NULL;
    }
    if (++faulty->n_calls == faulty->fails_at) {
        return NULL;
    }
    faulty->n_live += old == NULL;
    return realloc(old, size);
}

void *counting_allocate(void *context, void *old, size_t size) {
    enum { HEAD = 2 * sizeof(size_t) }; /* the size, in front of each piece */
    struct counting_allocator *counted = context;
    size_t *block = old == NULL ? NULL : (size_t *)(void *)((char *)old - HEAD);
    const size_t old_size = block == NULL ? 0 : *block;
    if (size == 0) {
        counted->live -= old_size;
        free(block);
        return NULL;
    }
    block = realloc(block, size + HEAD);
    if (block == NULL) {
        return NULL;
    }
    *block = size;
    counted->live += size - old_size;
    counted->most = counted->live > counted->most ? counted->live : counted->most;
    return (char *)block + HEAD;
}
