/*
 * What it takes to find who is spoken of, and whom pronouns mean (plugin/analysis), on one core.
 *
 *     bench_people PACK TEXT [ROUNDS]
 *
 * Every line of TEXT is a unit, and so many bytes as a long document's are a section. Says in how
 * many sections anybody had to look for whom pronouns mean (analysis_resolve), and prints
 * processor time, the median of the rounds (9 unless told) and the best, of the two halves:
 * analysis_unit (as preparation and it take, less what preparation takes) and analysis_finish.
 */
#include "analysis/analysis.h"
#include "base/limits.h"
#include "bench.h"
#include "text/preparation.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS_MAX = 999 };

struct bench {
    const struct pack *pack;
    struct preparation preparation;
    struct arena arena;
    const char *text;
    size_t len;
    bool analyses;
    double finishing; /* seconds in this round */
    size_t n_mentions, n_entities, n_sections, n_resolved;
};

static void fail(const char *what) {
    fprintf(stderr, "bench_people: %s\n", what);
    exit(2);
}

static struct analysis *begin_section(struct bench *bench, size_t left) {
    enum { MEMORY_A_BYTE = 4 };
    struct analysis *analysis = NULL;
    const size_t len = left < LIMIT_SECTION_LEN ? left : LIMIT_SECTION_LEN;
    arena_clear(&bench->arena);
    arena_reserve(&bench->arena, len * MEMORY_A_BYTE);
    if (bench->analyses &&
        analysis_create(&bench->arena, bench->pack, len, &analysis) != GALLEY_OK) {
        fail("no memory");
    }
    return analysis;
}

static void end_section(struct bench *bench, struct analysis *analysis) {
    if (analysis == NULL) {
        return;
    }
    const double begin = bench_seconds();
    if (analysis_finish(analysis) != GALLEY_OK) {
        fail("no memory");
    }
    bench->finishing += bench_seconds() - begin;
    bench->n_mentions += analysis->n_mentions;
    bench->n_entities += analysis->n_entities;
    bench->n_sections++;
    bench->n_resolved += analysis->is_resolved;
}

/* Seconds that the whole text takes. */
static double run(struct bench *bench) {
    const double begin = bench_seconds();
    bench->finishing = 0;
    bench->n_mentions = bench->n_entities = bench->n_sections = bench->n_resolved = 0;
    struct analysis *analysis = begin_section(bench, bench->len);
    size_t section = 0;
    for (size_t at = 0; at < bench->len;) {
        const char *end = memchr(bench->text + at, '\n', bench->len - at);
        const size_t line_len = end == NULL ? bench->len - at : (size_t)(end - bench->text) - at;
        struct unit unit = {.text = bench->text + at, .len = line_len, .document_offset = at};
        if (at - section >= LIMIT_SECTION_LEN) {
            end_section(bench, analysis);
            analysis = begin_section(bench, bench->len - at);
            section = at;
        }
        if (line_len > 0 && (preparation_run(&bench->preparation, &unit) != GALLEY_OK ||
                             (analysis != NULL && analysis_unit(analysis, &unit) != GALLEY_OK))) {
            fail("a line cannot be read");
        }
        at += line_len + 1;
    }
    end_section(bench, analysis);
    return bench_seconds() - begin;
}

/* Sorts the rounds' seconds and prints them, less those of what they hold besides. */
static void print_line(const char *name, double *seconds, const double *less, size_t n) {
    qsort(seconds, n, sizeof *seconds, bench_compare);
    printf("%-16s %9.3f ms, best %9.3f\n", name, (seconds[n / 2] - less[n / 2]) * 1e3,
           (seconds[0] - less[0]) * 1e3);
}

int main(int n_arguments, char **arguments) {
    const size_t n_rounds = n_arguments > 3 ? strtoul(arguments[3], NULL, 10) : 9;
    if (n_arguments < 3 || n_rounds == 0 || n_rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: bench_people PACK TEXT [ROUNDS]\n");
        return 2;
    }
    const struct memory memory = {0};
    struct pack *pack;
    galley_error error = {.size = sizeof error};
    if (pack_open(&memory, arguments[1], &pack, &error) != GALLEY_OK) {
        fail(error.message);
    }
    struct bench bench = {.pack = pack};
    char *text = bench_read_file(arguments[2], &bench.len);
    bench.text = text;
    preparation_init(&bench.preparation, &memory, pack);
    arena_init(&bench.arena, &memory);
    static double nothing[ROUNDS_MAX], preparing[ROUNDS_MAX], units[ROUNDS_MAX],
        finishing[ROUNDS_MAX];
    for (size_t i = 0; i < n_rounds; i++) {
        bench.analyses = false;
        preparing[i] = run(&bench);
        bench.analyses = true;
        units[i] = run(&bench);
        units[i] -= bench.finishing;
        finishing[i] = bench.finishing;
    }
    printf("%zu bytes, %zu mentions, %zu entities, pronouns resolved in %zu of %zu sections\n",
           bench.len, bench.n_mentions, bench.n_entities, bench.n_resolved, bench.n_sections);
    print_line("preparation", preparing, nothing, n_rounds);
    print_line("analysis_unit", units, preparing, n_rounds);
    print_line("analysis_finish", finishing, nothing, n_rounds);
    arena_finish(&bench.arena);
    preparation_finish(&bench.preparation);
    pack_close(pack);
    free(text);
    return 0;
}
