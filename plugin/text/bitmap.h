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
#include <string.h>

/* Bitmaps of one text: 64 bytes of it a number, the first in the lowest bits. */
struct bitmaps {
    uint64_t *letters; /* A-Z a-z */
    uint64_t *ends;    /* bytes that end a word of such letters for sure: space and comma */
    uint64_t *odd;     /* beyond ASCII, controls and line ends, "&" */
};

/* How many numbers each bitmap of a text of `len` bytes has. There is always one behind the text,
 * where there are only ends, so that a window may reach beyond. */
static inline size_t bitmap_count(size_t len) {
    return len / 64 + 2;
}

/* Fills three times bitmap_count(len) numbers. */
void bitmap_fill(const struct bitmaps *bitmaps, const char *text, size_t len);

/* The ways to do it; all give the same bits. Those that this machine does not have answer false and
 * leave the bitmaps alone. */
enum bitmap_way { BITMAP_PORTABLE, BITMAP_SSE2, BITMAP_AVX2 };
bool bitmap_fill_by(enum bitmap_way way, const struct bitmaps *bitmaps, const char *text,
                    size_t len);

/* The bits of the 64 bytes from `at` on; `at` is at most the text's length. */
static inline uint64_t bitmap_from(const uint64_t *bits, size_t at) {
    const size_t shift = at % 64;
    return bits[at / 64] >> shift | bits[at / 64 + 1] << 1 << (63 - shift);
}

/* The same, but only the lowest BITMAP_WINDOW of them count. */
enum { BITMAP_WINDOW = 57 };

static inline uint64_t bitmap_window(const uint64_t *bits, size_t at) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t window;
    memcpy(&window, (const char *)bits + at / 8, sizeof window);
    return window >> at % 8;
#else
    return bitmap_from(bits, at);
#endif
}

/* How many ones there are from the lowest bit on, up to 64. */
static inline unsigned bitmap_run(uint64_t bits) {
    return ~bits == 0 ? 64 : (unsigned)__builtin_ctzll(~bits);
}

/* Where the first one stands from `at` on, or `len`, the text's length. */
static inline size_t bitmap_next(const uint64_t *bits, size_t at, size_t len) {
    if (at >= len) {
        return len;
    }
    size_t index = at / 64;
    uint64_t left = bits[index] >> at % 64 << at % 64;
    while (left == 0) {
        index++;
        if (index * 64 >= len) {
            return len;
        }
        left = bits[index];
    }
    return index * 64 + (size_t)__builtin_ctzll(left);
}

#endif
