/*
 * The hash table of a pack's forms, for who looks up every word of a text: pack_table_prefetch as
 * soon as a word's hash is known, pack_table_find some words later.
 */
#ifndef GALLEY_LANGUAGE_PACK_TABLE_H
#define GALLEY_LANGUAGE_PACK_TABLE_H

#include "language/pack.h"
#include "language/pack_format.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

struct pack_table {
    const struct pack_bucket *buckets;
    const uint64_t *dotted; /* form-dotted */
    uint32_t n_buckets;
    uint32_t n_forms;
    uint32_t longest_search;
};

/* A form and its signs (enum form_sign). */
struct pack_found {
    uint32_t form; /* or FORM_NONE */
    uint32_t signs;
};

static inline const struct pack_bucket *pack_table_bucket(const struct pack_table *table,
                                                          uint64_t hash) {
    return &table->buckets[(hash >> 32) * table->n_buckets >> 32];
}

static inline void pack_table_prefetch(const struct pack_table *table, uint64_t hash) {
    __builtin_prefetch(pack_table_bucket(table, hash));
}

/* False when no form with this hash ends in a stop. */
static inline bool pack_table_may_be_dotted(const struct pack_table *table, uint64_t hash) {
    const uint64_t bit = hash >> PACK_DOTTED_SHIFT;
    return (table->dotted[bit / 64] >> bit % 64 & 1) != 0;
}

/* A bit for each slot with the fingerprint. */
static inline unsigned pack_bucket_slots(const struct pack_bucket *bucket, uint32_t fingerprint) {
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi32((int)fingerprint);
    const __m128i *lanes = (const __m128i *)(const void *)bucket->fingerprints;
    const __m128i low = _mm_cmpeq_epi32(_mm_load_si128(lanes), wanted);
    const __m128i high = _mm_cmpeq_epi32(_mm_load_si128(lanes + 1), wanted);
    return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(low)) |
           (unsigned)_mm_movemask_ps(_mm_castsi128_ps(high)) << 4;
#else
    unsigned slots = 0;
    for (unsigned slot = 0; slot < PACK_BUCKET_SLOTS; slot++) {
        slots |= (unsigned)(bucket->fingerprints[slot] == fingerprint) << slot;
    }
    return slots;
#endif
}

/* Whether a word that is not in the bucket may be in the next one. */
static inline bool pack_bucket_is_passed(const struct pack_bucket *bucket, uint64_t hash) {
    return (bucket->forms[hash % PACK_BUCKET_SLOTS] & PACK_PASSED) != 0;
}

/* The rest of the search, where the word's own bucket does not have it. */
struct pack_found pack_table_search(const struct pack_table *table, uint64_t hash);

static inline struct pack_found pack_table_take(const struct pack_table *table, uint32_t entry) {
    const uint32_t form = entry & PACK_FORM_MASK;
    /* A damaged pack may name forms that are not there: then they have no signs either. */
    return form < table->n_forms ? (struct pack_found){form, (entry & ~PACK_PASSED) >> PACK_FORM_BITS}
                                 : (struct pack_found){FORM_NONE, 0};
}

static inline struct pack_found pack_table_find(const struct pack_table *table, uint64_t hash) {
    const struct pack_bucket *bucket = pack_table_bucket(table, hash);
    const uint32_t fingerprint = (uint32_t)hash == 0 ? 1 : (uint32_t)hash;
    const unsigned slots = pack_bucket_slots(bucket, fingerprint);
    if (__builtin_expect(slots == 0, 0)) {
        return pack_bucket_is_passed(bucket, hash) ? pack_table_search(table, hash)
                                                   : (struct pack_found){FORM_NONE, 0};
    }
    return pack_table_take(table, bucket->forms[__builtin_ctz(slots)]);
}

#endif
