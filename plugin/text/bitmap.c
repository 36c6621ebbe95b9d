/*
 * Bitmaps: 32 bytes at a time where the machine has AVX2, 16 where it has SSE2, and 8 in a plain
 * register elsewhere.
 */
#include "text/bitmap.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#define HAS_SSE2 1
#else
#define HAS_SSE2 0
#endif

/* 64 bytes. */
struct bitmap {
    uint64_t letters, ends, odd;
};

typedef void fill_block(struct bitmap *bitmap, const char *text);

/* ---- portable ---- */

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Eight bytes, the first the lowest, whatever the machine's order. */
static inline uint64_t load_little(const char *text) {
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    return bytes;
}

/* The high bits of eight bytes as the lowest eight bits. */
static inline uint64_t bits_of_highs(uint64_t highs) {
    return (highs >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The high bits of the bytes below 0x80 that are equal to c. */
static inline uint64_t equal(uint64_t low, uint64_t bytes, unsigned char c) {
    return ~(((low ^ (c * ONES)) + 0x7F * ONES) | bytes) & HIGHS;
}

static void fill_portable(struct bitmap *bitmap, const char *text) {
    *bitmap = (struct bitmap){0};
    for (unsigned at = 0; at < 64; at += 8) {
        const uint64_t bytes = load_little(text + at);
        const uint64_t low = bytes & ~HIGHS;
        const uint64_t folded = low | 0x20 * ONES;
        const uint64_t letters =
            (folded + (0x80 - 'a') * ONES) & ~(folded + (0x80 - 'z' - 1) * ONES) & ~bytes & HIGHS;
        const uint64_t ends = equal(low, bytes, ' ') | equal(low, bytes, ',');
        const uint64_t controls = ~(low + (0x80 - 0x20) * ONES) & HIGHS;
        const uint64_t odd =
            (bytes & HIGHS) | controls | equal(low, bytes, '&') | equal(low, bytes, 0x7F);
        bitmap->letters |= bits_of_highs(letters) << at;
        bitmap->ends |= bits_of_highs(ends) << at;
        bitmap->odd |= bits_of_highs(odd) << at;
    }
}

/* ---- SSE2 and AVX2 ---- */

#if HAS_SSE2

static inline uint64_t bits_of_16(__m128i bytes) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

static void fill_sse2(struct bitmap *bitmap, const char *text) {
    *bitmap = (struct bitmap){0};
    for (unsigned at = 0; at < 64; at += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        /* Letters folded and moved to the lowest signed bytes: -128 for "a", -103 for "z". */
        const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        const __m128i moved = _mm_sub_epi8(folded, _mm_set1_epi8((char)('a' + 128)));
        const __m128i letters = _mm_cmplt_epi8(moved, _mm_set1_epi8(-128 + 26));
        const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                          _mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
        /* Signed, bytes beyond ASCII are below the controls. */
        const __m128i odd = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                         _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')),
                                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F))));
        bitmap->letters |= bits_of_16(letters) << at;
        bitmap->ends |= bits_of_16(ends) << at;
        bitmap->odd |= bits_of_16(odd) << at;
    }
}

__attribute__((target("avx2"))) static inline uint64_t bits_of_32(__m256i bytes) {
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes);
}

__attribute__((target("avx2"))) static void fill_avx2(struct bitmap *bitmap, const char *text) {
    *bitmap = (struct bitmap){0};
    for (unsigned at = 0; at < 64; at += 32) {
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text + at));
        const __m256i folded = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
        const __m256i moved = _mm256_sub_epi8(folded, _mm256_set1_epi8((char)('a' + 128)));
        const __m256i letters = _mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 26), moved);
        const __m256i ends = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(' ')),
                                             _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(',')));
        const __m256i odd =
            _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes),
                            _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('&')),
                                            _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F))));
        bitmap->letters |= bits_of_32(letters) << at;
        bitmap->ends |= bits_of_32(ends) << at;
        bitmap->odd |= bits_of_32(odd) << at;
    }
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2");
}

#endif

/* ---- texts ---- */

static inline void put(const struct bitmaps *bitmaps, size_t index, const struct bitmap *bitmap) {
    bitmaps->letters[index] = bitmap->letters;
    bitmaps->ends[index] = bitmap->ends;
    bitmaps->odd[index] = bitmap->odd;
}

static inline void fill_with(fill_block *fill, const struct bitmaps *bitmaps, const char *text,
                             size_t len) {
    struct bitmap bitmap;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        fill(&bitmap, text + at);
        put(bitmaps, at / 64, &bitmap);
    }
    char rest[64] = {0};
    memcpy(rest, text + at, len - at);
    fill(&bitmap, rest);
    bitmap.ends |= UINT64_MAX << (len - at);
    bitmap.odd &= ~(UINT64_MAX << (len - at));
    put(bitmaps, at / 64, &bitmap);
    put(bitmaps, at / 64 + 1, &(struct bitmap){.ends = UINT64_MAX});
}

bool bitmap_fill_by(enum bitmap_way way, const struct bitmaps *bitmaps, const char *text,
                    size_t len) {
    switch (way) {
    case BITMAP_PORTABLE:
        fill_with(fill_portable, bitmaps, text, len);
        return true;
#if HAS_SSE2
    case BITMAP_SSE2:
        fill_with(fill_sse2, bitmaps, text, len);
        return true;
    case BITMAP_AVX2:
        if (has_avx2()) {
            fill_with(fill_avx2, bitmaps, text, len);
        }
        return has_avx2();
#endif
    default:
        return false;
    }
}

void bitmap_fill(const struct bitmaps *bitmaps, const char *text, size_t len) {
    if (!bitmap_fill_by(BITMAP_AVX2, bitmaps, text, len) &&
        !bitmap_fill_by(BITMAP_SSE2, bitmaps, text, len)) {
        bitmap_fill_by(BITMAP_PORTABLE, bitmaps, text, len);
    }
}
