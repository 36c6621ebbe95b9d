/*
 * Hostile texts through all checks: one piece again and again, with nothing that news would have
 * between. What is quadratic does not come back from megabytes of it; what it remembers is counted,
 * and must not grow faster than the text.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of a text; sanitizers take ten times as long, and more. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SIZE = 1 << 17 };
#else
enum { SIZE = 1 << 20 };
#endif

/* Checks `len` bytes of the piece; how much memory that took at most. */
static size_t check_pieces(const char *piece, size_t len, bool *ok) {
    struct counting_allocator counted = {0};
    const galley_allocator allocator = {
        .size = sizeof allocator, .allocate = counting_allocate, .context = &counted};
    galley_error error = {.size = sizeof error};
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_document *document = NULL;
    const size_t piece_len = strlen(piece);
    len = len / piece_len * piece_len;
    char *text = malloc(len);
    CU_ASSERT_FATAL(text != NULL);
    for (size_t at = 0; at < len; at += piece_len) {
        memcpy(text + at, piece, piece_len);
    }
    const char *packs = test_path("GALLEY_TEST_PACKS");
    const galley_input input = {
        .size = sizeof input, .data = text, .data_len = len, .format = "text"};
    *ok = galley_settings_create(&allocator, &settings) == GALLEY_OK &&
          galley_settings_set(settings, "dictionary-path", strlen("dictionary-path"), packs,
                              strlen(packs), &error) == GALLEY_OK &&
          galley_engine_create(settings, &engine, &error) == GALLEY_OK &&
          galley_check(engine, &input, &document, &error) == GALLEY_OK;
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    galley_settings_destroy(settings);
    free(text);
    CU_ASSERT_EQUAL(counted.live, 0);
    return counted.most;
}

static void time_and_memory_are_linear(void) {
    static const char *const pieces[] = {
        "x",         /* one word */
        "\xCC\x81",  /* combining marks */
        "a\xCC\x81", /* letters with one each */
        ".",         /* nothing but marks */
        "! ",
        "(",
        "“ ",
        "\"",
        "’",
        "- ", /* what opens and is not closed */
        "\n",
        "\r\n",
        "\t",
        " ",
        "a  ",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D ", /* from right to left */
        "\xE2\x80\xAE",                      /* the override to there */
        "\xCD\xB8 ",                         /* unassigned */
        "\xEF\xBF\xBD",                      /* what becomes of a lone surrogate */
        "word ",
        "He ",
        "she he ",
        "NATO ",
        "Xyzzy ",
        "xyzzy ",
        "U.S. ",
        "1,",
        "a-",
        "a’",
        "a@b.",
        "http://",
        "&amp;",
        "the the ",
        "Anna said. ",
        "Anna Smith met Berta Jones. ",
        "The minister said on Monday that she would not go to the summit in Bern today. ",
        "“I will,” he said. ",
    };
    enum { SMALL = SIZE / 4, LARGE = SIZE, KEPT_ANYWAY = 1 << 20 };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        bool ok[2];
        const size_t small = check_pieces(pieces[i], SMALL, &ok[0]);
        const size_t large = check_pieces(pieces[i], LARGE, &ok[1]);
        /* Arrays double: what is a little more than four times as much may be eight times. */
        if (!ok[0] || !ok[1] || large > 2 * (LARGE / SMALL) * small + KEPT_ANYWAY) {
            CU_FAIL("not checked, or with memory out of proportion");
            fprintf(stderr, "\n  %s: %zu bytes for %d, %zu for %d\n", pieces[i], small, SMALL,
                    large, LARGE);
        }
    }
}

/* One line, much longer than a unit. */
static void a_long_line_is_checked(void) {
    bool ok;
    check_pieces("The minister went to Bern on Monday, and nobody knew why (or asked), ", 8 * SIZE,
                 &ok);
    CU_ASSERT(ok);
}

int main(void) {
    static const struct test_case cases[] = {
        {"time and memory are linear", time_and_memory_are_linear},
        {"a long line is checked", a_long_line_is_checked},
    };
    return run_tests("hostile", cases, sizeof cases / sizeof *cases);
}
