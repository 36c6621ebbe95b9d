/*
 * What the analysis sees of each pronoun, for bench/fit_pronouns.py.
 *
 *     bench_pronouns PACK TEXT...
 *
 * Every line of a TEXT is a unit. Prints for each text "D", its path, and for each he or she:
 * "P", begin, end, gender (1 a man's), flags, place, odds, the signs; then for each candidate
 * "C", features (hexadecimal), odds of a man, probability, name.
 */
#include "analysis/rooms.h"
#include "analysis/weights.h"
#include "base/limits.h"
#include "bench.h"
#include "text/preparation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void read_units(struct analysis *analysis, struct preparation *preparation, const char *text,
                       size_t len) {
    size_t index = 0;
    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        const size_t line_len = end == NULL ? len - at : (size_t)(end - text) - at;
        struct unit unit = {
            .text = text + at, .len = line_len, .index = index, .document_offset = at};
        if (line_len > 0) {
            index++;
            if (preparation_run(preparation, &unit) != GALLEY_OK ||
                analysis_unit(analysis, &unit) != GALLEY_OK) {
                fprintf(stderr, "a line cannot be read\n");
                exit(2);
            }
        }
        at += line_len + 1;
    }
}

static void print_judgement(const struct analysis *analysis, const struct mention *mention,
                            const struct judgement *judgement) {
    printf("P\t%zu\t%zu\t%d\t%x\t%d\t%.3f", mention->span.begin, mention->span.end,
           mention->gender == GENDER_MALE, mention->flags, (int)candidates_place(mention),
           (double)judgement->odds);
    for (int i = 0; i < WEIGHED_COUNT; i++) {
        printf("\t%.3f", (double)judgement->signs[i]);
    }
    printf("\n");
    for (size_t i = 0; i < judgement->n; i++) {
        const struct candidate *candidate = &judgement->candidates[i];
        const struct entity *entity =
            candidate->entity == ENTITY_NONE ? NULL : &analysis->entities[candidate->entity];
        printf("C\t%llx\t%.3f\t%.4f\t%.*s\n", (unsigned long long)candidate->features,
               log((double)judgement->man[i] / (1 - (double)judgement->man[i])),
               (double)candidate->score, entity == NULL ? 1 : (int)entity->name_len,
               entity == NULL ? "-" : entity->name);
    }
}

static void print_text(const struct memory *memory, const struct pack *pack, const char *path) {
    size_t len;
    char *text = bench_read_file(path, &len);
    struct arena arena;
    struct preparation preparation;
    struct analysis *analysis;
    arena_init(&arena, memory);
    preparation_init(&preparation, memory, pack);
    if (analysis_create(&arena, pack, len, &analysis) != GALLEY_OK) {
        exit(2);
    }
    read_units(analysis, &preparation, text, len);
    if (analysis_finish(analysis) != GALLEY_OK || analysis_resolve(analysis) != GALLEY_OK) {
        exit(2);
    }
    printf("D\t%s\n", path);
    struct salience salience;
    salience_begin(&salience, analysis);
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (mention->kind == MENTION_PRONOUN && mention->gender != GENDER_NEUTER) {
            struct judgement judgement;
            pronoun_judge(&salience, i, &judgement);
            print_judgement(analysis, mention, &judgement);
        }
        salience_see(&salience, mention);
    }
    preparation_finish(&preparation);
    arena_finish(&arena);
    free(text);
}

/* A line of its own: the weights of each row by place, separated by commas. */
#define PRINT_WEIGHTS(label, n, weights)                                                           \
    do {                                                                                           \
        printf("\n%s", label);                                                                     \
        for (int row = 0; row < (n); row++) {                                                      \
            for (int place = 0; place < PLACES; place++) {                                         \
                printf("%c%g", place == 0 ? '\t' : ',', (double)(weights)[row][place]);            \
            }                                                                                      \
        }                                                                                          \
    } while (0)

int main(int n_arguments, char **arguments) {
    if (n_arguments < 3) {
        fprintf(stderr, "usage: bench_pronouns PACK TEXT...\n");
        return 2;
    }
    const struct memory memory = {NULL, NULL};
    struct pack *pack;
    galley_error error = {.size = sizeof error};
    if (pack_open(&memory, arguments[1], &pack, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    printf("F");
#define PRINT_NAME(name) printf("\t" #name);
    FEATURES(PRINT_NAME)
    PRINT_WEIGHTS("M", FEATURE_COUNT, meant_weights);
    PRINT_WEIGHTS("T", FEATURE_COUNT, telling_weights);
    printf("\nS");
    SIGNS(PRINT_NAME)
    PRINT_WEIGHTS("W", WEIGHED_COUNT, sign_weights);
    printf("\n");
    for (int i = 2; i < n_arguments; i++) {
        print_text(&memory, pack, arguments[i]);
    }
    pack_close(pack);
    return 0;
}
