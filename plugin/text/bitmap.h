/*
 * A text's letters, plain ends and odd bytes as bits, one a byte: a word's length is found by
 * counting zeroes instead of looking at its letters one by one, and who looks for something that
 * is rare skips whole lines at once.
 */
#ifndef GALLEY_TEXT_BITMAP_H
#define GALLEY_TEXT_BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 64 bytes of text, the first in the lowest bits. */
struct bitmap {
    uint64_t letters; /* A-Z a-z */
    uint64_t ends;    /* bytes that end a word of such letters for sure: space and comma */
    uint64_t odd;     /* beyond ASCII, controls and line ends, "&" */
};

/* How many bitmaps a text of `len` bytes needs. There is always one behind the text, where there
 * are only ends, so that a window may reach beyond. */
static inline size_t bitmap_count(size_t len) {
    return len / 64 + 2;
}

/* Fills bitmap_count(len) bitmaps. */
void bitmap_fill(struct bitmap *bitmaps, const char *text, size_t len);

/* The ways to do it; all give the same bits. Those that this machine does not have answer false and
 * leave the bitmaps alone. */
enum bitmap_way { BITMAP_PORTABLE, BITMAP_SSE2, BITMAP_AVX2 };
bool bitmap_fill_by(enum bitmap_way way, struct bitmap *bitmaps, const char *text, size_t len);

/* 64 bits from the `shift`th of low on. */
static inline uint64_t bitmap_join(uint64_t low, uint64_t high, size_t shift) {
    return low >> shift | high << 1 << (63 - shift);
}

/* The bits of the 64 bytes from `at` on; `at` is inside the text. */
static inline uint64_t bitmap_letters(const struct bitmap *bitmaps, size_t at) {
    const struct bitmap *bitmap = &bitmaps[at / 64];
    return bitmap_join(bitmap[0].letters, bitmap[1].letters, at % 64);
}

/* How many ones there are from the lowest bit on, up to 64. */
static inline unsigned bitmap_run(uint64_t bits) {
    return ~bits == 0 ? 64 : (unsigned)__builtin_ctzll(~bits);
}

/* Where the first odd byte stands from `at` on, or `len`, the text's length. */
static inline size_t bitmap_next_odd(const struct bitmap *bitmaps, size_t at, size_t len) {
    if (at >= len) {
        return len;
    }
    size_t index = at / 64;
    uint64_t odd = bitmaps[index].odd >> at % 64 << at % 64;
    while (odd == 0) {
        index++;
        if (index * 64 >= len) {
            return len;
        }
        odd = bitmaps[index].odd;
    }
    return index * 64 + (size_t)__builtin_ctzll(odd);
}

#endif
