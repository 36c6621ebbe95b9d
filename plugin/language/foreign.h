/*
 * Words of other languages than the pack's: which languages often use a word that this one hardly
 * has. For the cold path: only words that are suspicious already are looked up.
 */
#ifndef GALLEY_LANGUAGE_FOREIGN_H
#define GALLEY_LANGUAGE_FOREIGN_H

#include "language/pack.h"

enum { FOREIGN_LANGUAGES = 32, FOREIGN_NAME_LEN = 24 };

/* The section "foreign", little-endian: this head, then `n_places` places of a hash table. */
struct foreign_head {
    uint32_t n_languages;
    uint32_t n_places; /* a power of two */
    char tags[FOREIGN_LANGUAGES][8];
    char names[FOREIGN_LANGUAGES][FOREIGN_NAME_LEN];
};

struct foreign_place {
    uint64_t hash;      /* of the folded word (pack_hash.h); 0 is free */
    uint32_t languages; /* a bit for each, by their order in the head */
    uint32_t reserved;
};

/* What a pack knows, checked once. `head` is NULL when it knows nothing. */
struct foreign {
    const struct foreign_head *head;
    const struct foreign_place *places;
};

void foreign_open(struct foreign *foreign, const struct pack *pack);

/* The languages that often use the word, as a set of bits; 0 for none. */
uint32_t foreign_find(const struct foreign *foreign, const char *word, size_t len);

#endif
