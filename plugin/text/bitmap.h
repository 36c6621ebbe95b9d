/*
 * A text's letters and plain ends as bits, one a byte, so that a word's length is found by
 * counting zeroes instead of looking at its letters one by one.
 */
#ifndef GALLEY_TEXT_BITMAP_H
#define GALLEY_TEXT_BITMAP_H

#include <stddef.h>
#include <stdint.h>

/* 64 bytes of text, the first in the lowest bits. */
struct bitmap {
    uint64_t letters; /* A-Z a-z */
    uint64_t ends;    /* bytes that end a word of such letters for sure: space and comma */
};

/* How many bitmaps a text of `len` bytes needs. There is always one behind the text, where there
 * are only ends, so that a window may reach beyond. */
static inline size_t bitmap_count(size_t len) {
    return len / 64 + 2;
}

/* Fills bitmap_count(len) bitmaps. */
void bitmap_fill(struct bitmap *bitmaps, const char *text, size_t len);

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

#endif
