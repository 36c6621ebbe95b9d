/*
 * A list that grows in an arena without moving what is in it: its blocks double in size, so that
 * there are few of them, and none is ever copied and left behind. All zeroes is an empty one.
 */
#ifndef GALLEY_BASE_LIST_H
#define GALLEY_BASE_LIST_H

#include "base/arena.h"

enum { LIST_FIRST_BITS = 4, LIST_BLOCKS = 44 }; /* 2^4 items, and 2^48 at most */

struct list {
    char *blocks[LIST_BLOCKS];
    size_t n;
};

/* Item i of those of item_size bytes. It stays where it is. */
static inline void *list_at(const struct list *list, size_t item_size, size_t i) {
    const unsigned long long number = (unsigned long long)i + (1u << LIST_FIRST_BITS);
    const unsigned bits = 63 - (unsigned)__builtin_clzll(number);
    return list->blocks[bits - LIST_FIRST_BITS] + (number - (1ull << bits)) * item_size;
}

/* Adds an item, aligned for any type and not cleared; NULL when there is no memory. */
static inline void *list_add(struct arena *arena, struct list *list, size_t item_size) {
    const unsigned long long number = (unsigned long long)list->n + (1u << LIST_FIRST_BITS);
    const unsigned block = 63 - (unsigned)__builtin_clzll(number) - LIST_FIRST_BITS;
    if (block >= LIST_BLOCKS || item_size > SIZE_MAX >> (block + LIST_FIRST_BITS)) {
        return NULL;
    }
    if (list->blocks[block] == NULL) {
        list->blocks[block] = (char *)arena_allocate(arena, item_size << (block + LIST_FIRST_BITS));
        if (list->blocks[block] == NULL) {
            return NULL;
        }
    }
    return list_at(list, item_size, list->n++);
}

#endif
