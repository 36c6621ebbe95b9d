/*
 * How often the frequency list has words that the pack does not accept: typing errors that many
 * make, words of other languages, words too young for a dictionary. Read by spelling, which weighs
 * "a slip of a common word" against "a word of its own".
 *
 * The section "unlisted" is n (uint32_t), n hashes in rising order (uint32_t, the high half of
 * pack_hash_end's), and n Zipf values (uint8_t, × 25 as in struct form_facts).
 */
#ifndef GALLEY_LANGUAGE_UNLISTED_H
#define GALLEY_LANGUAGE_UNLISTED_H

#include "language/pack.h"

struct unlisted {
    const uint32_t *hashes;
    const uint8_t *zipfs;
    uint32_t n;
};

/* Checks the section's bounds; a pack without one has no unlisted words. */
galley_status unlisted_open(const struct pack *pack, struct unlisted *unlisted,
                            galley_error *error);

/* The word's Zipf value × 25; 0 for a word that the list does not have. */
unsigned unlisted_zipf(const struct unlisted *unlisted, const char *word, size_t len);

#endif
