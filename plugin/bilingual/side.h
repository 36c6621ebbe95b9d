/*
 * What the checks with a source compare: each side of a unit, read in its own language by the same
 * readers, so that what one of them misses it misses on both sides.
 */
#ifndef GALLEY_BILINGUAL_SIDE_H
#define GALLEY_BILINGUAL_SIDE_H

#include "base/arena.h"
#include "language/numerals.h"
#include "text/unit.h"

/* What a program or browser reads inside a text. */
enum code_kind {
    CODE_TAG,         /* <b>, </b>, <br/> */
    CODE_ENTITY,      /* &nbsp; */
    CODE_PLACEHOLDER, /* %1$s, %(name)s, {0}, {{name}}, ${name}, {n, plural, …} */
    CODE_LINK,        /* https://example.org/page */
    CODE_MAIL,        /* news@example.org */
    CODE_INLINE       /* what the format keeps outside the text (unit.h); U+FFFC may stand there */
};

/* Offsets are bytes of the side's text. */
struct code {
    uint32_t begin, end;
    const char *label; /* what it is, for messages */
    uint32_t label_len;
    enum code_kind kind;
    bool opens, closes;  /* tags; <br/> does neither */
    uint64_t hash;       /* equal for what must be the same on both sides */
    uint64_t loose_hash; /* without the number of an argument: "%s" and "%1$s" */
    bool matched;        /* the other side has it */
};

enum quantity_flag {
    QUANTITY_DIGITS = 1 << 0,  /* written in digits, at least in part */
    QUANTITY_GLUED = 1 << 1,   /* part of a name: "G20", "COVID-19", "5G" */
    QUANTITY_HOUR = 1 << 2,    /* of a time of day */
    QUANTITY_MONTH = 1 << 3,   /* a month's name */
    QUANTITY_PART = 1 << 4,    /* of a date, time, score or range: "2019/20" */
    QUANTITY_IMPLIED = 1 << 5, /* said without a number: "both", "dozen", "XIX" */
    QUANTITY_FOREIGN = 1 << 6, /* with the separators of another language */
    QUANTITY_ORDINAL = 1 << 7,
    QUANTITY_NOON = 1 << 9,      /* an hour with a word for the half of the day: "p.m." */
    QUANTITY_MULTIPLIED = 1 << 8 /* with a word such as "million" */
};

/* What matching found on the other side. */
enum quantity_match {
    MATCH_NONE,    /* nothing that could be the same number */
    MATCH_ONE,     /* its counterpart, quantity.partner */
    MATCH_SIMILAR, /* the same number in another guise: another unit, a year's last digits */
    MATCH_USED     /* the same number, but every one of them is some other's counterpart */
};

enum quantity_measure { MEASURE_NONE, MEASURE_PERCENT, MEASURE_UNIT, MEASURE_CURRENCY };

/* What a word says of the sex of a person that a text speaks of (dictionaries/numbers/more.tsv). */
enum gendered_kind {
    GENDERED_UNCLEAR, /* it may mean others, too: "sie" is "she" and "they" */
    GENDERED_PRONOUN, /* "she" */
    GENDERED_VERB, /* what a woman did, or anything whose word is of this gender: «сказала» */
    GENDERED_NO_OTHER, /* it may mean a thing, but nobody of the other sex: «его» */
    GENDERED_KINDS
};

struct gendered {
    uint32_t begin;
    uint8_t kind; /* enum gendered_kind */
    bool female;
};

/* A number of the text with what is counted. */
struct quantity {
    uint32_t begin, end;             /* of the number itself */
    uint32_t outer_begin, outer_end; /* with sign or unit */
    double value;
    double other;    /* what it may be as well, or the same as value */
    uint16_t flags;  /* set of enum quantity_flag */
    uint8_t measure; /* enum quantity_measure */
    uint8_t match;   /* enum quantity_match */
    uint32_t unit;   /* number of the unit, or the currency's letters (numerals.h) */
    uint32_t partner;
};

struct side {
    const char *text; /* valid UTF-8 */
    size_t len;
    unsigned language;  /* numeral's number, or NUMERAL_NO_LANGUAGE */
    struct code *codes; /* in order, without overlap */
    size_t n_codes, code_capacity;
    struct gendered *gendered; /* in order */
    size_t n_gendered, gendered_capacity;
    struct quantity *quantities; /* in order */
    size_t n_quantities, quantity_capacity;
};

/* Letters of scripts that put no spaces between words. */
static inline bool side_is_unspaced(uint32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x2E80 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

/* Each fills one of the lists, which are the arena's and used again for the next unit, and is
 * linear in the text. Codes come first: numbers inside them are none of the text's. */
galley_status side_read_codes(struct side *side, struct arena *arena,
                              const struct inline_code *codes, size_t n_codes);
galley_status side_read_quantities(struct side *side, struct arena *arena,
                                   const struct numerals *numerals);

#endif
