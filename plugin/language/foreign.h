/*
 * Words of other languages than the pack's: how much more likely a word is in each of them than in
 * this one. The evidence is a logarithm of a likelihood ratio: a word's frequency in its language's
 * list, and for a word on no list a model of the language's letters (interpolated trigrams, Witten
 * and Bell 1991), as language identification does it (Dunning 1994).
 *
 * For the cold path: the bitmaps say which known words are worth a look, the rest is asked only
 * around them and around unknown words.
 */
#ifndef GALLEY_LANGUAGE_FOREIGN_H
#define GALLEY_LANGUAGE_FOREIGN_H

#include "language/pack.h"
#include "language/unlisted.h"

enum {
    FOREIGN_LANGUAGES = 48, /* of the evidence: those in the script of the pack's language */
    FOREIGN_SCRIPTS = 16,   /* further languages, in other scripts */
    FOREIGN_ROW = FOREIGN_LANGUAGES + 1,
    FOREIGN_SYMBOLS = 255, /* letters that the models know, numbered from 1; 0 is any other */
    FOREIGN_NO_TRIGRAM = 255
};

/* What else a phrase of the pack may be; sets. */
enum foreign_phrase {
    FOREIGN_PARTICLE = 1 << 0,     /* a small word of names: "van" */
    FOREIGN_NAMING = 1 << 1,       /* introduces a foreign word: "called" */
    FOREIGN_LOAN = 1 << 2,         /* a foreign phrase that the language uses: "en route" */
    FOREIGN_LOAN_PART = 1 << 3,    /* one of its words */
    FOREIGN_ABBREVIATION = 1 << 4, /* of another language: "EE.UU." */
    FOREIGN_TITLED = 1 << 6,       /* introduces one that begins with a capital: "newspaper" */
    FOREIGN_ADDRESS = 1 << 7,      /* a word of addresses: "ulitsa" */
    FOREIGN_SMALL = 1 << 8,        /* "en": this language has it in phrases only */
    FOREIGN_ARTICLE = 1 << 5 /* a particle that also stands before nouns with capitals: "das" */
};

/* The section "foreign", little-endian: this head and then, each at a multiple of 8 bytes, the
 * arrays in the order of their counts. */
struct foreign_head {
    uint32_t n_languages; /* with models; the pack's own language follows them in every row */
    uint32_t n_scripts;
    uint32_t n_symbols;  /* uint16_t: code points in rising order; the first is symbol 1 */
    uint32_t n_places;   /* uint32_t, and one more: a power of two from 2 on */
    uint32_t n_entries;  /* uint32_t, then as many struct foreign_entry */
    uint32_t n_trigrams; /* struct foreign_trigram, a power of two */
    uint32_t n_rows;     /* of n_languages + 1 bytes each */
    uint32_t n_phrases;  /* struct foreign_phrase_place, a power of two */
    uint32_t n_forms;    /* bits of each of three bitmaps over the forms, padded to whole words */
    uint32_t text_len;   /* char: the abbreviations' translations */
    uint64_t capitals;   /* languages that write nouns with a capital */
    char tags[FOREIGN_LANGUAGES + FOREIGN_SCRIPTS][8]; /* BCP 47 */
    float unlisted[FOREIGN_ROW + 7]; /* ln of the probability of a word that is not on the list */
};

/* Words are in the order of their folded texts' hashes. The highest bits of a hash are a place,
 * which says where the entries with them begin, and the low half is the entry's check. A word has
 * an entry for each language that lists it, next to one another. */
struct foreign_entry {
    uint8_t language;
    uint8_t zipf; /* × 25 */
};

/* Where the row of three symbols is. A row has a byte for every language, the pack's own behind the
 * others: minus the logarithm of the third letter's probability behind the first two, in 1/16. With
 * the first FOREIGN_NO_TRIGRAM: that of a bigram; with the first two: of a letter; with the last:
 * what a trigram costs that was never seen behind these two. The rows are in the order of how often
 * they are needed, so that usual words share few pages. */
struct foreign_trigram {
    uint8_t symbols[3];
    uint8_t used;
    uint32_t row;
};

struct foreign_phrase_place {
    uint64_t hash; /* 0 is free */
    uint32_t kinds;
    uint32_t text; /* of an abbreviation: where its translation begins << 8 | language */
};

/* What a pack knows, checked once. `head` is NULL when it knows nothing. */
struct foreign {
    const struct foreign_head *head;
    const uint16_t *symbols;
    const uint32_t *places;
    const uint32_t *checks; /* of the entries */
    const struct foreign_entry *entries;
    const struct foreign_trigram *trigrams;
    const uint8_t *rows;
    const struct foreign_phrase_place *phrases;
    const uint64_t *seeds;    /* forms that another language uses far more often */
    const uint64_t *possible; /* ... more often */
    const uint64_t *phrased;  /* forms that are phrases, or one of a loan's words */
    const char *texts;
    const struct pack *pack;
    struct unlisted unlisted;
};

/* Answers false for a pack without the section, or with a damaged one. */
bool foreign_open(struct foreign *foreign, const struct pack *pack);

static inline bool foreign_has_bit(const uint64_t *bits, uint32_t form) {
    return (bits[form / 64] >> form % 64 & 1) != 0;
}

/* A word in the light of every language. */
struct foreign_evidence {
    float of[FOREIGN_LANGUAGES]; /* ln P(word | language) - ln P(word | the pack's language) */
    uint64_t listed;             /* languages that have the word on their list */
    float unknown;               /* the same for a language that nobody knows */
    unsigned zipf;               /* in the pack's language, × 25; 0: it does not have the word */
    uint8_t zipf_of[FOREIGN_LANGUAGES]; /* on the lists, × 25; 0: not listed */
    bool is_flat;                       /* of[] is the same in all languages that do not list it */
    bool is_known;                      /* the pack has it */
    bool is_lower;                      /* ... it as a word in small letters */
};

/* `form` is the pack's form of the word or FORM_NONE. Bounded work. */
void foreign_weigh(const struct foreign *foreign, const char *word, size_t len, uint32_t form,
                   struct foreign_evidence *evidence);

/* Whether any language has the word on its list. */
bool foreign_is_listed(const struct foreign *foreign, const char *word, size_t len);

/* The kinds of a phrase (enum foreign_phrase) whose words are separated by one space. */
uint32_t foreign_phrase_kinds(const struct foreign *foreign, const char *text, size_t len);

/* ... of a word, whose form in the pack is `form` or that has none. */
uint32_t foreign_word_kinds(const struct foreign *foreign, const char *word, size_t len,
                            uint32_t form);

/* What the language writes for the abbreviation of another one, and that language's number; NULL
 * for none. NUL-terminated. */
const char *foreign_abbreviation(const struct foreign *foreign, const char *text, size_t len,
                                 size_t *language);

/* The language, of those in other scripts too, that has the most of these words: its number, or
 * SIZE_MAX when none has any. `usual` (BCP 47) is preferred when it has about as many. */
size_t foreign_guess(const struct foreign *foreign, const char *const *words, const size_t *lens,
                     size_t n_words, const char *usual);

/* ---- shared with the compiler ---- */

enum { FOREIGN_WORD_SYMBOLS = LIMIT_WORD_LEN + 3 };

/* The word as symbols between two opening and one closing boundary (symbol 1 is the boundary).
 * Answers how many; 0 for a word that is no key of a pack. */
size_t foreign_symbols(const uint16_t *symbols, uint32_t n_symbols, const char *folded, size_t len,
                       uint8_t out[FOREIGN_WORD_SYMBOLS]);

/* Writes the folded word (pack_hash.h), NUL-padded; answers its length, 0 for no key. */
size_t foreign_fold(const char *word, size_t len, char folded[LIMIT_WORD_LEN + 8], uint64_t *hash);

uint64_t foreign_phrase_hash(const char *text, size_t len);

/* Where a trigram is or may be put. */
static inline uint32_t foreign_trigram_place(uint8_t a, uint8_t b, uint8_t c) {
    const uint32_t key = (uint32_t)a << 16 | (uint32_t)b << 8 | c;
    return (key * 2654435761u) >> 8;
}

#endif
