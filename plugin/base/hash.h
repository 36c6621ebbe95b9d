/*
 * FNV-1a with 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): begins with HASH_START and
 * takes one value after the other. For tables in memory and keys in files, not against people who
 * want collisions.
 */
#ifndef GALLEY_BASE_HASH_H
#define GALLEY_BASE_HASH_H

#include <stdint.h>

#define HASH_START UINT64_C(14695981039346656037)

static inline uint64_t hash_add(uint64_t hash, uint64_t value) {
    return (hash ^ value) * UINT64_C(1099511628211);
}

#endif
