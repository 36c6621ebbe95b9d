/*
 * What the files of spelling share: spelling.c makes a struct spelling, segmentation.c finds lost
 * blanks, suggestions.c finds slips. Not for others.
 */
#ifndef GALLEY_LANGUAGE_SPELLING_WORDS_H
#define GALLEY_LANGUAGE_SPELLING_WORDS_H

#include "language/spelling.h"
#include "language/unlisted.h"

struct user_word {
    const char *text;
    uint32_t len;
    uint32_t hash;
};

/* An affix of pack.ini: "ies/y" is {"ies", "y"}; "s^x^ch" is {"s", "", "x^ch"}: never behind these.
 */
struct affix_setting {
    galley_string add, strip, not_behind;
};

enum { AFFIXES_MAX = 128 };

struct spelling {
    const struct memory *memory;
    struct arena arena; /* user words' texts */
    const struct pack *pack;
    uint16_t standard;
    struct unlisted unlisted;
    struct user_word *words;  /* open addressing; len 0 is a free place */
    size_t n_words, capacity; /* capacity is a power of two, or 0 */
    galley_string letters, keyboard, particles, name_endings, name_tails; /* of pack.ini */
    struct affix_setting prefixes[AFFIXES_MAX], suffixes[AFFIXES_MAX];
    size_t n_prefixes, n_suffixes;
};

/* Whether a list of pack.ini, separated by blanks, names the word. */
bool list_has(galley_string list, const char *word, size_t len);

/* The facts of a word, or NULL. */
const struct form_facts *spelling_facts(const struct spelling *spelling, const char *word,
                                        size_t len);

#endif
