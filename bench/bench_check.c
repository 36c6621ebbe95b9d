/*
 * How fast a loaded library checks a text again and again, and what each check takes of it.
 *
 *     bench_check TEXT [ROUNDS [DIVISOR]]
 *
 * Prints processor time, the median of the rounds (9 unless told) and the best: all checks, none,
 * each check alone less none. With a DIVISOR only so many bytes of the text's begin are checked as
 * the text's length divided by it. One thread.
 */
#include "bench.h"
#include <galley.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MAX = 999, CHECKS_MAX = 64 };

struct text {
    char *data;
    size_t len;
};

static void fail(const char *what) {
    fprintf(stderr, "bench_check: %s\n", what);
    exit(2);
}

static struct text read_file(const char *path) {
    struct text text;
    text.data = bench_read_file(path, &text.len);
    return text;
}

static galley_engine *make_engine(const char *key, const char *value) {
    galley_settings *settings;
    galley_engine *engine;
    galley_error error = {.size = sizeof error};
    if (galley_settings_create(NULL, &settings) != GALLEY_OK ||
        galley_settings_set(settings, key, strlen(key), value, strlen(value), &error) !=
            GALLEY_OK ||
        galley_engine_create(settings, &engine, &error) != GALLEY_OK) {
        fail(error.message);
    }
    galley_settings_destroy(settings);
    return engine;
}

struct seconds {
    double median, best;
};

/* What checking the text takes. */
static struct seconds measure(const galley_engine *engine, const struct text *text, size_t n_rounds,
                              galley_summary *summary) {
    static double seconds[ROUNDS_MAX];
    const galley_input input = {
        .size = sizeof input, .data = text->data, .data_len = text->len, .format = "text"};
    for (size_t i = 0; i < n_rounds; i++) {
        galley_document *document;
        galley_error error = {.size = sizeof error};
        const double begin = bench_seconds();
        if (galley_check(engine, &input, &document, &error) != GALLEY_OK) {
            fail(error.message);
        }
        seconds[i] = bench_seconds() - begin;
        galley_document_summary(document, summary);
        galley_document_destroy(document);
    }
    qsort(seconds, n_rounds, sizeof *seconds, bench_compare);
    return (struct seconds){seconds[n_rounds / 2], seconds[0]};
}

static void print_line(const char *name, struct seconds taken, const struct text *text,
                       size_t n_issues) {
    printf("%-18s %9.3f ms, best %9.3f; %8.1f MB/s, best %8.1f; %6zu issues\n", name,
           taken.median * 1e3, taken.best * 1e3, (double)text->len / taken.median / 1e6,
           (double)text->len / taken.best / 1e6, n_issues);
}

int main(int n_arguments, char **arguments) {
    const size_t n_rounds = n_arguments > 2 ? strtoul(arguments[2], NULL, 10) : 9;
    const size_t divisor = n_arguments > 3 ? strtoul(arguments[3], NULL, 10) : 1;
    if (n_arguments < 2 || n_rounds == 0 || n_rounds > ROUNDS_MAX || divisor == 0) {
        fprintf(stderr, "usage: bench_check TEXT [ROUNDS [DIVISOR]]\n");
        return 2;
    }
    struct text text = read_file(arguments[1]);
    text.len /= divisor;
    galley_summary summary = {.size = sizeof summary};
    galley_engine *all = make_engine("only", "");
    const struct seconds whole = measure(all, &text, n_rounds, &summary);
    printf("%zu bytes, %zu words\n", text.len, summary.n_words);
    print_line("all", whole, &text, summary.n_issues);

    const char *names[CHECKS_MAX];
    char every[2048] = "";
    size_t n_checks = 0;
    for (size_t i = 0; i < galley_engine_n_checks(all) && n_checks < CHECKS_MAX; i++) {
        galley_check_info info = {.size = sizeof info};
        galley_engine_check_info(all, i, &info);
        names[n_checks] = info.name;
        n_checks++;
        if (strlen(every) + strlen(info.name) + 2 > sizeof every) {
            fail("too many checks");
        }
        strcat(strcat(every, every[0] == '\0' ? "" : ","), info.name);
    }
    galley_engine *none = make_engine("disable", every);
    const struct seconds rest = measure(none, &text, n_rounds, &summary);
    print_line("no check", rest, &text, summary.n_issues);
    galley_engine_destroy(none);
    for (size_t i = 0; i < n_checks; i++) {
        galley_engine *one = make_engine("only", names[i]);
        const struct seconds taken = measure(one, &text, n_rounds, &summary);
        printf("  + %-14s %9.3f ms, best %9.3f; %35zu issues\n", names[i],
               (taken.median - rest.median) * 1e3, (taken.best - rest.best) * 1e3,
               summary.n_issues);
        galley_engine_destroy(one);
    }
    galley_engine_destroy(all);
    free(text.data);
    return 0;
}
