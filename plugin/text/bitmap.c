/*
 * Bitmaps, 16 bytes at a time where there is SSE2 and 8 elsewhere.
 */
#include "text/bitmap.h"

#include <string.h>

#if defined(__SSE2__)

#include <emmintrin.h>

static inline uint64_t bits_of(__m128i bytes) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

static inline void fill_part(struct bitmap *bitmap, const char *text, unsigned shift) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    /* Letters folded and moved to the lowest signed bytes: -128 for "a", -103 for "z". */
    const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const __m128i moved = _mm_sub_epi8(folded, _mm_set1_epi8((char)('a' + 128)));
    const __m128i letters = _mm_cmplt_epi8(moved, _mm_set1_epi8(-128 + 26));
    const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
    bitmap->letters |= bits_of(letters) << shift;
    bitmap->ends |= bits_of(ends) << shift;
}

enum { PART = 16 };

#else

#include "language/pack_hash.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* The high bits of eight bytes as the lowest eight bits. */
static inline uint64_t bits_of(uint64_t highs) {
    return (highs >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The high bits of the bytes below 0x80 that are equal to c. */
static inline uint64_t equal(uint64_t low, uint64_t bytes, unsigned char c) {
    return ~(((low ^ (c * ONES)) + 0x7F * ONES) | bytes) & HIGHS;
}

static inline void fill_part(struct bitmap *bitmap, const char *text, unsigned shift) {
    const uint64_t bytes = pack_load8(text);
    const uint64_t low = bytes & ~HIGHS;
    const uint64_t folded = low | 0x20 * ONES;
    const uint64_t letters =
        (folded + (0x80 - 'a') * ONES) & ~(folded + (0x80 - 'z' - 1) * ONES) & ~bytes & HIGHS;
    const uint64_t ends = equal(low, bytes, ' ') | equal(low, bytes, ',');
    bitmap->letters |= bits_of(letters) << shift;
    bitmap->ends |= bits_of(ends) << shift;
}

enum { PART = 8 };

#endif

static void fill_one(struct bitmap *bitmap, const char *text) {
    *bitmap = (struct bitmap){0};
    for (unsigned at = 0; at < 64; at += PART) {
        fill_part(bitmap, text + at, at);
    }
}

void bitmap_fill(struct bitmap *bitmaps, const char *text, size_t len) {
    size_t at = 0;
    struct bitmap *bitmap = bitmaps;
    for (; at + 64 <= len; at += 64) {
        fill_one(bitmap, text + at);
        bitmap++;
    }
    char rest[64] = {0};
    memcpy(rest, text + at, len - at);
    fill_one(bitmap, rest);
    bitmap->ends |= UINT64_MAX << (len - at);
    bitmap[1] = (struct bitmap){.ends = UINT64_MAX};
}
