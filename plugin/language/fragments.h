/*
 * Fragments of other languages in a unit: stretches of words that some other language explains
 * better than the pack's own.
 *
 * Every word gets a score in every language, its evidence (foreign.h) held within bounds: a word
 * alone must not decide, and one that may be a name says little. Around each seed, a word that is
 * unknown or at home elsewhere, the stretch with the greatest sum is taken (the maximum sum of a
 * segment, Kadane), in the language where it is greatest.
 */
#ifndef GALLEY_LANGUAGE_FRAGMENTS_H
#define GALLEY_LANGUAGE_FRAGMENTS_H

#include "language/foreign.h"
#include "text/common_runs.h"
#include "text/unit.h"

enum { FRAGMENT_SLOTS = 128, FRAGMENT_UNKNOWN = FOREIGN_LANGUAGES };

/* How a unit is written: a headline may have capitals throughout. */
enum fragment_line {
    FRAGMENT_LINE_USUAL,
    FRAGMENT_LINE_SHOUTED, /* "EL GOBIERNO APRUEBA LA LEY" */
    FRAGMENT_LINE_TITLED   /* "El Gobierno Aprueba la Ley" */
};

/* What the words that speak for a fragment say for every language: evidence (foreign.h), summed up.
 */
struct fragment_languages {
    float sum[FOREIGN_LANGUAGES];
    uint16_t n_listed[FOREIGN_LANGUAGES]; /* words that are on its list */
};

struct fragment {
    size_t first, end; /* tokens, end is behind the last */
    size_t n_words;
    size_t n_telling;   /* words that speak for the language, not only go with it */
    size_t telling;     /* token of the one that does most */
    bool is_certain;    /* that one is a word that its language uses all the time */
    bool tells_by_list; /* that one is on the language's list */
    bool is_set_off;    /* a title or an explained word (set_off.h) */
    size_t language;    /* as in struct foreign_head, or FRAGMENT_UNKNOWN */
    float score;
    struct fragment_languages languages;
};

/* A word's scores. */
struct fragment_score {
    size_t token;
    uint64_t turn;   /* of the finder that it is of; 0: none */
    bool is_word;    /* has scores; else it is a mark or number */
    uint64_t core;   /* languages in which it is no part of a name: in small letters */
    uint64_t listed; /* languages that have it on their list */
    float of[FOREIGN_LANGUAGES + 1];
};

struct fragment_finder {
    struct foreign foreign;
    const struct unit *unit;
    uint64_t turn;                                /* counts the units */
    size_t at;                                    /* token that the search goes on from */
    size_t done;                                  /* tokens before are in fragments already */
    size_t next_unknown, next_noted;              /* in the unit's lists: not before `at` */
    enum fragment_line line;                      /* the unit */
    bool has_runs;                                /* `runs` are read */
    struct common_runs runs;                      /* with the unit's source */
    struct fragment_score scores[FRAGMENT_SLOTS]; /* of tokens, by their index's last bits */
};

void fragment_finder_start(struct fragment_finder *finder, const struct unit *unit);

/* What token i is to a fragment beside it (enum foreign_phrase). */
uint32_t fragment_finder_kinds(const struct fragment_finder *finder, size_t i);

/* Whether token i is in a phrase that the language has taken over ("en route"). */
bool fragment_finder_is_loan(const struct fragment_finder *finder, size_t i);

/* The next fragment of the unit, in order; false when there is none. */
bool fragment_finder_next(struct fragment_finder *finder, struct fragment *fragment);

/* Whether the unit has a word that a fragment could begin with. */
bool unit_has_seeds(const struct foreign *foreign, const struct unit *unit);

#endif
