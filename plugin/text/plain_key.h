/*
 * The key (language/pack_hash.h) and the case of a word of 1 to 16 ASCII letters, made from sixteen
 * bytes at once, without a branch on its length.
 */
#ifndef GALLEY_TEXT_PLAIN_KEY_H
#define GALLEY_TEXT_PLAIN_KEY_H

#include "language/pack_hash.h"
#include "text/token.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { PLAIN_KEY_LETTERS = 16 };

/* Up to sixteen letters, in small ones and padded with zeroes. */
struct plain_key {
    uint64_t chunks[2];
    enum letter_case letter_case;
};

/* Sixteen bytes of which the first are ones, loaded from where the wanted number of them is left.
 */
static const unsigned char plain_key_masks[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                  0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

/* The case of `len` letters, by the bits of those that are capitals. Few words have more than one
 * capital. */
static inline enum letter_case plain_key_case(uint32_t capitals, size_t len) {
    if (__builtin_expect(capitals <= 1, 1)) {
        return (enum letter_case)(CASE_LOWER + capitals); /* CASE_TITLE is the next */
    }
    return capitals == (UINT32_C(1) << len) - 1 ? CASE_UPPER : CASE_MIXED;
}

/* The key of the first `len` of sixteen bytes. */
static inline struct plain_key plain_key_portable(const char *text, size_t len) {
    const uint64_t bits = UINT64_C(0x2020202020202020);
    struct plain_key key;
    uint32_t capitals = 0;
    for (unsigned i = 0; i < 2; i++) {
        uint64_t mask;
        memcpy(&mask, plain_key_masks + PLAIN_KEY_LETTERS - len + 8 * i, sizeof mask);
        const uint64_t bytes = pack_load8(text + 8 * i) & mask;
        key.chunks[i] = bytes | (bits & mask);
        uint64_t highs = (key.chunks[i] ^ bytes) >> 5; /* 1 where a capital stands */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        highs = __builtin_bswap64(highs);
#endif
        capitals |= (uint32_t)(highs * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
    }
    key.letter_case = plain_key_case(capitals, len);
    return key;
}

/* The same, the fastest way. */
static inline struct plain_key plain_key_make(const char *text, size_t len) {
#if defined(__SSE2__) && defined(__x86_64__)
    const __m128i mask =
        _mm_loadu_si128((const __m128i *)(const void *)(plain_key_masks + PLAIN_KEY_LETTERS - len));
    const __m128i bytes = _mm_and_si128(mask, _mm_loadu_si128((const __m128i *)(const void *)text));
    const __m128i small = _mm_or_si128(bytes, _mm_and_si128(mask, _mm_set1_epi8(0x20)));
    /* The bit that small letters have, moved to where movemask looks. */
    const uint32_t small_bits = (uint32_t)_mm_movemask_epi8(_mm_slli_epi16(bytes, 2));
    struct plain_key key;
    key.chunks[0] = (uint64_t)_mm_cvtsi128_si64(small);
    key.chunks[1] = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(small, small));
    key.letter_case = plain_key_case(~small_bits & ((UINT32_C(1) << len) - 1), len);
    return key;
#else
    return plain_key_portable(text, len);
#endif
}

#endif
