/*
 * The key of a word in a pack: its letters folded to one case, eight bytes a chunk, and their hash.
 *
 * Folding is the simple case folding of Unicode (UAX #44, CaseFolding.txt, statuses C and S), with
 * U+2019 written as an apostrophe. A key is padded with NUL bytes to whole chunks. A scanner that
 * reads text in eight-byte steps can fold and hash on its way: pack_fold, then pack_hash_pair for
 * the first two chunks, which is all there is of nearly every word, and pack_hash_more for further
 * pairs.
 *
 * The hash multiplies two chunks into 128 bits and folds these (the "mum" of wyhash, which is in
 * the public domain): one multiplication for a word of up to 16 bytes, whatever its length.
 */
#ifndef GALLEY_LANGUAGE_PACK_HASH_H
#define GALLEY_LANGUAGE_PACK_HASH_H

#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PACK_KEY_CHUNKS = LIMIT_WORD_LEN / 8 };

/* Eight bytes. A chunk in memory is the text itself, whatever the machine's byte order. */
static inline uint64_t pack_load8(const char *text) {
    uint64_t chunk;
    memcpy(&chunk, text, sizeof chunk);
    return chunk;
}

/* 1 to 7 bytes, padded with zeroes, without reading a byte beyond. */
static inline uint64_t pack_load_tail(const char *text, size_t len) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (len >= 4) {
        uint32_t first;
        uint32_t last;
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + len - 4, sizeof last);
        return (uint64_t)first | (uint64_t)last << 8 * (len - 4);
    }
    const unsigned char *bytes = (const unsigned char *)text;
    return (uint64_t)bytes[0] | (uint64_t)bytes[len / 2] << 8 * (len / 2) |
           (uint64_t)bytes[len - 1] << 8 * (len - 1);
#else
    uint64_t chunk = 0;
    memcpy(&chunk, text, len);
    return chunk;
#endif
}

/* Small letters for the capitals among eight ASCII bytes. Only right when pack_is_ascii. */
static inline uint64_t pack_fold(uint64_t chunk) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t from_a = chunk + (0x80 - 'A') * ones;
    const uint64_t behind_z = chunk + (0x80 - 'Z' - 1) * ones;
    return chunk | ((from_a & ~behind_z & (0x80 * ones)) >> 2);
}

static inline bool pack_is_ascii(uint64_t chunk) {
    return (chunk & UINT64_C(0x8080808080808080)) == 0;
}

/* The two halves of the product of 128 bits, one over the other. */
static inline uint64_t pack_multiply(uint64_t a, uint64_t b) {
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 uint128;
    const uint128 product = (uint128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    const uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX);
    const uint64_t left = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
    const uint64_t right = (a & UINT32_MAX) * (b >> 32) + (left & UINT32_MAX);
    return (a * b) ^ ((a >> 32) * (b >> 32) + (left >> 32) + (right >> 32));
#endif
}

/* The hash of a key of one chunk (the second is 0 then) or two. */
static inline uint64_t pack_hash_pair(uint64_t first, uint64_t second) {
    return pack_multiply(first ^ UINT64_C(0x243F6A8885A308D3),
                         second ^ UINT64_C(0x9E3779B97F4A7C15));
}

/* Takes in two more chunks of a longer key; the second is 0 where there is none. */
static inline uint64_t pack_hash_more(uint64_t hash, uint64_t first, uint64_t second) {
    return pack_multiply(hash ^ first ^ UINT64_C(0x13198A2E03707344),
                         second ^ UINT64_C(0xD6E8FEB86659FD93));
}

struct pack_key {
    uint64_t hash;
    size_t n_chunks;
    uint64_t chunks[PACK_KEY_CHUNKS + 1];
};

/* Answers false for what is no key of any form: nothing, more than LIMIT_WORD_LEN bytes, a NUL byte
 * at the end. `word` is valid UTF-8. */
bool pack_key_make(struct pack_key *key, const char *word, size_t len);

#endif
