/*
 * Long documents: what checks remember is judged and forgotten section by section, so that memory
 * does not grow with the text, and places stay exact across the borders.
 */
#include "runner.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text that is written piece by piece. */
struct text {
    char *data;
    size_t len, capacity;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...) {
    enum { PIECE_MAX = 1024 };
    if (text->capacity - text->len < PIECE_MAX) {
        text->capacity = text->capacity * 2 + PIECE_MAX;
        text->data = realloc(text->data, text->capacity);
        CU_ASSERT_FATAL(text->data != NULL);
    }
    va_list arguments;
    va_start(arguments, format);
    const int len = vsnprintf(text->data + text->len, PIECE_MAX, format, arguments);
    va_end(arguments);
    CU_ASSERT_FATAL(len >= 0 && len < PIECE_MAX);
    text->len += (size_t)len;
}

/* Paragraphs that differ, with people and pronouns, until the text has so many bytes. */
static void add_story(struct text *text, size_t len) {
    for (unsigned i = (unsigned)(text->len / 100); text->len < len; i++) {
        add(text,
            "Anna Keller told the council of the town on day %u that she had not read the %u pages "
            "of the plan, and that her %u friends would not come to the hall.\n\n",
            i, i * 7 % 1000, i % 10);
    }
}

static void add_memory_start(struct text *text) {
    add(text, "<tmx version=\"1.4\"><header srclang=\"de\"/><body>\n");
}

static void add_segment(struct text *text, unsigned number, const char *end) {
    add(text,
        "<tu><tuv xml:lang=\"de\"><seg>Der Rat tagte am Tag %u im Rathaus&#46;</seg></tuv>"
        "<tuv xml:lang=\"en\"><seg>The council met on day %u in the town hall%s</seg></tuv></tu>\n",
        number, number, end);
}

static void add_memory_end(struct text *text) {
    add(text, "</body></tmx>\n");
}

/* Checks the text; answers how many bytes that took at most, and the document unless `document` is
 * NULL. */
static size_t check(const struct text *text, const char *only, galley_document **document,
                    galley_engine **engine) {
    struct counting_allocator counted = {0};
    const galley_allocator allocator = {
        .size = sizeof allocator, .allocate = counting_allocate, .context = &counted};
    const galley_input input = {.size = sizeof input, .data = text->data, .data_len = text->len};
    const char *packs = test_path("GALLEY_TEST_PACKS");
    galley_settings *settings = NULL;
    galley_engine *made = NULL;
    galley_document *checked = NULL;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_FATAL(
        galley_settings_create(document == NULL ? &allocator : NULL, &settings) == GALLEY_OK &&
        galley_settings_set(settings, "dictionary-path", strlen("dictionary-path"), packs,
                            strlen(packs), &error) == GALLEY_OK &&
        galley_settings_set(settings, "only", strlen("only"), only, strlen(only), &error) ==
            GALLEY_OK &&
        galley_engine_create(settings, &made, &error) == GALLEY_OK &&
        galley_check(made, &input, &checked, &error) == GALLEY_OK);
    galley_settings_destroy(settings);
    if (document != NULL) {
        *document = checked;
        *engine = made;
        return 0;
    }
    galley_document_destroy(checked);
    galley_engine_destroy(made);
    CU_ASSERT_EQUAL(counted.live, 0);
    return counted.most;
}

/* More sections take no more memory than a few. */
static void memory_is_bounded(void) {
    enum { SECTION = (int)LIMIT_UNDIVIDED_LEN, NEARLY = 1 << 18 };
    struct text text = {NULL, 0, 0};
    add_story(&text, 3 * SECTION / 2);
    const size_t two_stories = check(&text, "", NULL, NULL);
    add_story(&text, 5 * SECTION);
    CU_ASSERT(check(&text, "", NULL, NULL) <= two_stories + NEARLY);
    text.len = 0;
    add_memory_start(&text);
    unsigned n = 0;
    for (; n < 4 * LIMIT_SECTION_UNITS; n++) {
        add_segment(&text, n, ".");
    }
    const size_t half = text.len;
    add_memory_end(&text);
    const size_t four = check(&text, "spelling,entity,pronoun,duplication", NULL, NULL);
    text.len = half;
    for (; n < 8 * LIMIT_SECTION_UNITS; n++) {
        add_segment(&text, n, ".");
    }
    add_memory_end(&text);
    const size_t eight = check(&text, "spelling,entity,pronoun,duplication", NULL, NULL);
    CU_ASSERT(eight <= four + NEARLY);
    free(text.data);
}

static galley_issue issue_at(const galley_document *document, size_t index) {
    galley_issue issue = {.size = sizeof issue};
    CU_ASSERT_EQUAL(galley_document_issue(document, index, &issue), GALLEY_OK);
    return issue;
}

/* A name that is written in two ways is one find where both are in one section. */
static void names_are_compared_within_a_section(void) {
    struct text text = {NULL, 0, 0};
    galley_document *document;
    galley_engine *engine;
    add(&text, "The G20 met in Bern. The G-20 went home.\n\n");
    add_story(&text, LIMIT_SECTION_LEN + LIMIT_SECTION_LEN / 8);
    add(&text, "Then COVID19 came.\n\n");
    add_story(&text, text.len + LIMIT_SECTION_LEN + LIMIT_SECTION_LEN / 8);
    add(&text, "And COVID-19 went.\n");
    check(&text, "entity", &document, &engine);
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    CU_ASSERT_EQUAL(issue_at(document, 0).line, 1);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    free(text.data);
}

static bool warns_of(const galley_document *document, const char *what) {
    galley_place warning = {.size = sizeof warning};
    bool found = false;
    for (size_t i = 0; galley_document_warning(document, i, &warning) == GALLEY_OK; i++) {
        found = found || strstr(warning.message.data, what) != NULL;
    }
    return found;
}

/* The last segment's misspelling, behind references and borders of sections, and what the source
 * was translated to before. */
static void places_are_exact_behind_borders(void) {
    struct text text = {NULL, 0, 0};
    galley_document *document;
    galley_engine *engine;
    add_memory_start(&text);
    const unsigned n = (unsigned)LIMIT_SECTION_UNITS * 2 + 100;
    for (unsigned i = 0; i < n; i++) {
        add_segment(&text, i, ".");
    }
    add_segment(&text, 5, ", and they recieved him&#46;");
    add_memory_end(&text);
    check(&text, "spelling,inconsistent", &document, &engine);
    CU_ASSERT_EQUAL_FATAL(galley_document_n_issues(document), 2);
    const galley_issue twice = issue_at(document, 0);
    const galley_issue slip = issue_at(document, 1);
    CU_ASSERT_STRING_EQUAL(twice.check, "inconsistent");
    CU_ASSERT_STRING_EQUAL(slip.text.data, "recieved");
    CU_ASSERT_EQUAL(slip.line, n + 2);
    CU_ASSERT(memcmp(text.data + slip.offset, "recieved", slip.length) == 0);
    galley_place before = {.size = sizeof before};
    CU_ASSERT_EQUAL(galley_document_related(document, 0, 0, &before), GALLEY_OK);
    CU_ASSERT_EQUAL(before.line, 7);
    CU_ASSERT(warns_of(document, "its 3 sections"));
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    free(text.data);
}

/* One line of several sections: units are divided, and sections end between their parts. */
static void a_long_line_has_sections(void) {
    struct text text = {NULL, 0, 0};
    galley_document *document;
    galley_engine *engine;
    while (text.len < 2 * LIMIT_SECTION_LEN + LIMIT_SECTION_LEN / 2) {
        add(&text, "The council of the town met again on day %zu in the old hall. ", text.len);
    }
    const size_t place = text.len;
    add(&text, "They recieved the plan.\n");
    check(&text, "", &document, &engine);
    CU_ASSERT_EQUAL_FATAL(galley_document_n_issues(document), 1);
    CU_ASSERT_EQUAL(issue_at(document, 0).offset, place + strlen("They "));
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    free(text.data);
}

/* What was told of a document's bytes. */
struct told {
    size_t len, next, n_walks;
    bool is_over;
};

static void take_told(void *context, size_t begin, size_t end) {
    struct told *told = context;
    CU_ASSERT(!told->is_over && begin < end && end <= told->len);
    if (begin <= 3) {
        told->next = begin; /* a new walk, behind a byte order mark */
    }
    CU_ASSERT_EQUAL(begin, told->next);
    told->next = end;
    told->n_walks += end == told->len;
}

/* Every walk over the bytes tells how far it has come, from their begin to their end. */
static void what_was_read_is_told(void) {
    struct text text = {NULL, 0, 0};
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = NULL;
    galley_error error = {.size = sizeof error};
    add(&text, "\xEF\xBB\xBF");
    add_story(&text, 10 * LIMIT_SECTION_LEN);
    add(&text, "They recieved the plan.\n");
    struct told told = {.len = text.len};
    const galley_input input = {.size = sizeof input,
                                .data = text.data,
                                .data_len = text.len,
                                .passed = take_told,
                                .passed_context = &told};
    CU_ASSERT_EQUAL_FATAL(galley_check(engine, &input, &document, &error), GALLEY_OK);
    told.is_over = true;
    CU_ASSERT(told.n_walks >= 4);
    CU_ASSERT_EQUAL_FATAL(galley_document_n_issues(document), 1);
    CU_ASSERT_STRING_EQUAL(issue_at(document, 0).text.data, "recieved");
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    free(text.data);
}

int main(void) {
    static const struct test_case cases[] = {
        {"memory is bounded", memory_is_bounded},
        {"names are compared within a section", names_are_compared_within_a_section},
        {"places are exact behind borders", places_are_exact_behind_borders},
        {"a long line has sections", a_long_line_has_sections},
        {"what was read is told", what_was_read_is_told},
    };
    return run_tests("sections", cases, sizeof cases / sizeof *cases);
}
