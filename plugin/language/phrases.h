/*
 * Phrases of several words that checks ask for: what websites put around a story, names that are
 * written wrongly as a rule. From the pack's phrases.tsv.
 */
#ifndef GALLEY_LANGUAGE_PHRASES_H
#define GALLEY_LANGUAGE_PHRASES_H

#include "language/pack.h"

/* Kinds, as a set; in phrases.tsv by the names behind them. */
enum phrase_kind {
    PHRASE_FURNITURE = 1 << 0,       /* "furniture": all of a line of a web page */
    PHRASE_FURNITURE_BEGIN = 1 << 1, /* "furniture-begin": how such a short line begins */
    PHRASE_FURNITURE_ITEM = 1 << 2,  /* "furniture-item": a line of several of these is a bar */
    PHRASE_MISNAMED = 1 << 3,        /* "misnamed": a name that is written otherwise */
    PHRASE_FURNITURE_LABEL = 1 << 4, /* "furniture-label": with a colon it begins such a line */
    PHRASE_GENERIC = 1 << 5,         /* "generic": a people's name that needs no capital there */
    PHRASE_ARTICLE = 1 << 6          /* "article": a name whose article has a small letter */
};

enum { PHRASE_WORDS_MAX = 8 };

/* The section "phrases", little-endian: this head, n_places places (a power of two) and text_len
 * bytes. */
struct phrases_head {
    uint32_t n_places;
    uint32_t text_len;
};

struct phrase_place {
    uint64_t hash; /* 0 is free */
    uint32_t kinds;
    uint32_t text; /* of a misnamed one: what is right, strings that an empty one ends */
};

struct phrases {
    const struct phrases_head *head; /* NULL: the pack has none */
    const struct phrase_place *places;
    const char *texts;
};

/* Checks the section's bounds. */
void phrases_open(struct phrases *phrases, const struct pack *pack);

/* A hash that is made word by word: phrase_hash_step(0, ...), and so on. Folds capitals. */
uint64_t phrase_hash_step(uint64_t hash, const char *word, size_t len);

/* NULL for no phrase. */
const struct phrase_place *phrases_find(const struct phrases *phrases, uint64_t hash);

#endif
