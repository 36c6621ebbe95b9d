/*
 * Weights of linear models, trained elsewhere (dictionaries/LANGUAGE/derive/train.py) and kept in
 * the pack: a feature is a name with up to four values, and has a weight.
 *
 * The section "weights", little-endian: the number of places (a power of two) and of rows, both
 * uint32_t; a uint32_t fingerprint for each place (0 is free); a uint16_t for each place; rows of
 * WEIGHTS_ROW int8_t. A feature is at the place that its key tells, or at one of the following
 * ones, cyclically. What is there is the feature's weight (an int16_t), or the number of the row
 * that has its weights for each of several outcomes. A feature that the table does not have passes
 * for another in about one of 10^9 cases.
 */
#ifndef GALLEY_LANGUAGE_WEIGHTS_H
#define GALLEY_LANGUAGE_WEIGHTS_H

#include "language/pack.h"

enum { WEIGHTS_ROW = 24 };

struct weights {
    uint32_t mask;
    uint32_t n_rows;
    const uint32_t *fingerprints; /* NULL: the pack has none */
    const uint16_t *values;
    const int8_t *rows;
};

/* Checks the section's bounds. */
void weights_open(struct weights *weights, const struct pack *pack);

/* Adds a value to a key; a key begins as the feature's number. */
static inline uint64_t weight_key(uint64_t key, uint32_t value) {
    key = (key * UINT64_C(0xD1342543DE82EF95) ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return key ^ key >> 29;
}

static inline uint32_t weight_fingerprint(uint64_t key) {
    const uint32_t fingerprint = (uint32_t)key;
    return fingerprint == 0 ? 1 : fingerprint;
}

static inline uint32_t weight_place(uint64_t key) {
    return (uint32_t)(key >> 32);
}

/* Has the feature's cache line come. */
static inline void weights_prefetch(const struct weights *weights, uint64_t key) {
    __builtin_prefetch(&weights->fingerprints[weight_place(key) & weights->mask]);
    __builtin_prefetch(&weights->values[weight_place(key) & weights->mask]);
}

/* What is at the feature's place, or NULL. */
static inline const uint16_t *weights_look(const struct weights *weights, uint64_t key) {
    const uint32_t fingerprint = weight_fingerprint(key);
    uint32_t at = weight_place(key) & weights->mask;
    /* A damaged table may have no free place: no more steps than places. */
    for (uint32_t steps = 0; steps <= weights->mask && weights->fingerprints[at] != 0; steps++) {
        if (weights->fingerprints[at] == fingerprint) {
            return &weights->values[at];
        }
        at = (at + 1) & weights->mask;
    }
    return NULL;
}

/* 0 for a feature that has none. */
static inline int weights_find(const struct weights *weights, uint64_t key) {
    const uint16_t *value = weights_look(weights, key);
    return value == NULL ? 0 : (int16_t)*value;
}

/* WEIGHTS_ROW weights, or NULL. */
static inline const int8_t *weights_find_row(const struct weights *weights, uint64_t key) {
    const uint16_t *row = weights_look(weights, key);
    return row == NULL || *row >= weights->n_rows ? NULL
                                                  : weights->rows + (size_t)*row * WEIGHTS_ROW;
}

#endif
