/*
 * Words that numbers are written with, in every language that a text may be translated from: number
 * words, multipliers ("million", "万"), months, percent, units and currencies, and how a language
 * writes digits. Pronouns with a sex are among them, as they are a closed list that is needed of
 * every language as well. dictionaries/numbers says where they come from.
 */
#ifndef GALLEY_LANGUAGE_NUMERALS_H
#define GALLEY_LANGUAGE_NUMERALS_H

#include "language/pack.h"

enum {
    NUMERAL_LANGUAGES_MAX = 64,
    NUMERAL_UNITS_MAX = 64,
    NUMERAL_NO_LANGUAGE = NUMERAL_LANGUAGES_MAX,
    NUMERAL_FILTER_WORDS = 4096 /* of 64 bits */
};

enum numeral_kind {
    NUMERAL_CARDINAL,
    NUMERAL_ORDINAL,
    NUMERAL_MULTIPLIER, /* what stands before it is multiplied */
    NUMERAL_PERHAPS,    /* one, or some other word of one letter: "m" */
    NUMERAL_MONTH,
    NUMERAL_PERCENT,
    NUMERAL_UNIT,     /* the value is the number of the unit */
    NUMERAL_CURRENCY, /* the value is the three letters of ISO 4217, first one highest */
    NUMERAL_IMPLIED,  /* says a number without being one: "dozen", "both" */
    NUMERAL_ERA,      /* a year behind it is counted from this one */
    NUMERAL_NOON,     /* hours beside it are those of the afternoon */
    NUMERAL_JOINER,   /* stands between the words of a number: "and" */
    NUMERAL_SUFFIX,   /* stands behind digits and says nothing: "th" */
    NUMERAL_MALE,     /* no number: a pronoun that speaks of a man, or of a thing */
    NUMERAL_FEMALE,   /* ... of a woman, or of a thing */
    NUMERAL_KINDS
};

/* Scripts that a language may mix, whose characters say more and less. */
enum numeral_script { SCRIPT_HAN, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_OTHER, SCRIPTS };

struct numeral_language {
    char tag[8];         /* BCP 47 */
    uint32_t characters; /* that say what a hundred of English say */
    uint32_t decimal;    /* separators: code points; ' ' for any space, '\'' for any apostrophe */
    uint32_t group;
    uint8_t compounds; /* numbers are written in one word: "zweihundertdrei" */
    uint8_t unspaced;  /* no spaces between words */
    uint8_t reserved[2];
    uint16_t weights[SCRIPTS]; /* what a character says, in percent of an average one; all 0 where
                                  they are alike */
};

/* Systems of units; those that all share are of any. */
enum unit_system { UNITS_ANY, UNITS_METRIC, UNITS_IMPERIAL };

struct numeral_unit {
    char name[8];
    uint32_t dimension; /* units of one dimension can be converted */
    uint32_t system;    /* enum unit_system */
    double factor; /* times this, plus the offset, it is so many of the dimension's basic unit */
    double offset;
};

/* The section "numerals": this head, then n_places of struct numeral_place. */
struct numerals_head {
    uint32_t n_languages, n_units;
    uint32_t n_places; /* a power of two */
    uint32_t reserved;
    struct numeral_language languages[NUMERAL_LANGUAGES_MAX];
    struct numeral_unit units[NUMERAL_UNITS_MAX];
    uint64_t filter[NUMERAL_FILTER_WORDS]; /* a bit for each hash: most words are none, and this
                                              much of the table stays in the cache */
};

/* Open addressing with linear probing; a word of several kinds has several places. */
struct numeral_place {
    uint64_t hash; /* of word and language; 0 is free */
    double value;
    uint32_t kind;
    uint32_t reserved;
};

/* What a pack knows, checked once. `head` is NULL when it knows nothing. */
struct numerals {
    const struct numerals_head *head;
    const struct numeral_place *places;
};

/* What a word is, in one language. */
struct numeral {
    uint32_t kinds; /* set of 1 << enum numeral_kind */
    double values[NUMERAL_KINDS];
};

/* Answers false for a pack without the section, or with a damaged one. */
bool numerals_open(struct numerals *numerals, const struct pack *pack);

/* The number of the language of a BCP 47 tag, or NUMERAL_NO_LANGUAGE. */
unsigned numerals_language(const struct numerals *numerals, const char *tag);

/* How many average characters of the language say what the text says: its characters, weighed by
 * their scripts where the language mixes some. */
double numerals_length(const struct numerals *numerals, unsigned language, const char *text,
                       size_t len);

/* Looks a word up, in any mixture of capitals. False when the language has no such word. */
bool numerals_find(const struct numerals *numerals, unsigned language, const char *word, size_t len,
                   struct numeral *numeral);

static inline bool numeral_is(const struct numeral *numeral, enum numeral_kind kind) {
    return (numeral->kinds >> kind & 1) != 0;
}

/* Shared with the compiler. */
static inline uint64_t numeral_hash(uint64_t word_hash, unsigned language) {
    const uint64_t hash =
        (word_hash ^ (language + 1) * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
    return (hash ^ hash >> 32) | 1;
}

/* The hash's bit in the filter. */
static inline uint32_t numeral_filter_bit(uint64_t hash) {
    return (uint32_t)(hash >> 40) % (NUMERAL_FILTER_WORDS * 64);
}

#endif
