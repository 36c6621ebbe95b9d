/*
 * How fast units are prepared: tokens, forms, sentences and quotations, on one core.
 *
 *     bench_text PACK TEXT [ROUNDS]
 *
 * Every line of TEXT is a unit. Prints the median of the rounds (9 unless told) in MB/s (10^6
 * bytes) and in nanoseconds a token, and how the tokens are shared out.
 */
#include "base/limits.h"
#include "bench.h"
#include "text/preparation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct counts {
    size_t n_tokens, n_sentences, n_quotations, n_unknown, n_marks, n_units;
};

static struct counts prepare_lines(struct preparation *preparation, const char *text, size_t len) {
    struct counts counts = {0};
    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        const size_t line_len = end == NULL ? len - at : (size_t)(end - text) - at;
        struct unit unit = {.text = text + at, .len = line_len};
        if (preparation_run(preparation, &unit) != GALLEY_OK) {
            fprintf(stderr, "a line cannot be prepared\n");
            exit(2);
        }
        counts.n_units++;
        counts.n_tokens += unit.n_tokens;
        counts.n_sentences += unit.n_sentences;
        counts.n_quotations += unit.n_quotations;
        counts.n_unknown += unit.n_unknown;
        counts.n_marks += unit.n_marks;
        at += line_len + 1;
    }
    return counts;
}

int main(int n_arguments, char **arguments) {
    enum { ROUNDS_MAX = 999 };
    const size_t n_rounds = n_arguments > 3 ? strtoul(arguments[3], NULL, 10) : 9;
    if (n_arguments < 3 || n_rounds == 0 || n_rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: bench_text PACK TEXT [ROUNDS]\n");
        return 2;
    }
    const struct memory memory = {0};
    struct pack *pack;
    galley_error error = {.size = sizeof error};
    if (pack_open(&memory, arguments[1], &pack, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    size_t len;
    char *text = bench_read_file(arguments[2], &len);
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    static double seconds[ROUNDS_MAX];
    struct counts counts = {0};
    for (size_t i = 0; i < n_rounds; i++) {
        const double begin = bench_seconds();
        counts = prepare_lines(&preparation, text, len);
        seconds[i] = bench_seconds() - begin;
    }
    qsort(seconds, n_rounds, sizeof *seconds, bench_compare);
    const double median = seconds[n_rounds / 2];
    printf("%.1f MB/s, %.2f ns a token (median of %zu; best %.1f MB/s)\n",
           (double)len / median / 1e6, median * 1e9 / (double)counts.n_tokens, n_rounds,
           (double)len / seconds[0] / 1e6);
    printf(
        "%zu bytes, %zu units, %zu tokens, %zu marks, %zu unknown, %zu sentences, %zu quotations\n",
        len, counts.n_units, counts.n_tokens, counts.n_marks, counts.n_unknown, counts.n_sentences,
        counts.n_quotations);
    preparation_finish(&preparation);
    pack_close(pack);
    free(text);
    return 0;
}
