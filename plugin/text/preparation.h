/*
 * Preparing a unit: tokens, sentences and quotations in one pass over its text.
 */
#ifndef GALLEY_TEXT_PREPARATION_H
#define GALLEY_TEXT_PREPARATION_H

#include "base/arena.h"
#include "language/pack.h"
#include "text/bitmap.h"
#include "text/unit.h"

/* Words of these classes hardly ever begin a name, so that with a capital they begin a sentence. */
enum {
    SENTENCE_BEGINNERS = CLASS_FUNCTION | CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE |
                         CLASS_PRONOUN_NEUTER | CLASS_PRONOUN_PLURAL | CLASS_PRONOUN_FIRST
};

enum { PREPARATION_WRITINGS = 4, PREPARATION_DEPTH = 8, RECENT_BITS = 12 };

/* A word of up to eight letters and what the pack knows of it. */
struct recent_word {
    uint64_t chunk; /* its key (pack_hash.h), 0 in a free place */
    uint32_t form;
    uint32_t classes;
};

/* The arrays are kept from unit to unit and so is what a unit leaves open: a quotation that runs
 * over paragraphs. One preparation belongs to one document and one thread. */
struct preparation {
    const struct memory *memory;
    const struct pack *pack;
    uint32_t n_lower_forms; /* of the pack */
    struct token *tokens;
    size_t n_tokens, token_capacity;
    struct sentence *sentences;
    size_t n_sentences, sentence_capacity;
    struct quotation *quotations;
    size_t n_quotations, quotation_capacity;
    uint32_t *unknown;
    size_t n_unknown, unknown_capacity;
    uint32_t *marks;
    size_t n_marks, mark_capacity;
    uint32_t *stops; /* tokens that a sentence may end with: stops, words with a final dot, and
                        the last ones of lines */
    size_t n_stops, stop_capacity;
    struct bitmap *bitmaps; /* of the text */
    size_t bitmap_capacity;
    struct recent_word *recent; /* 2^RECENT_BITS words looked up before, NULL before the first */
    size_t room; /* tokens that all of tokens, unknown, marks and stops have room for */
    uint32_t classes;
    uint16_t flags;
    uint32_t open_marks[PREPARATION_DEPTH]; /* opening quotation marks, outermost first, that the
                                               unit before left open */
    size_t n_open;
    unsigned writings[PREPARATION_WRITINGS]; /* what the language is written in (enum writing) */
    unsigned n_writings;                     /* 0 until a letter needs to know */
};

void preparation_init(struct preparation *preparation, const struct memory *memory,
                      const struct pack *pack);
void preparation_finish(struct preparation *preparation);

/* Fills the unit's arrays, which stay valid until the next call. Linear in unit->len.
 * GALLEY_ERROR_MEMORY, or GALLEY_ERROR_LIMIT for a unit above LIMIT_UNIT_LEN; the preparation may
 * be used on after either. */
galley_status preparation_run(struct preparation *preparation, struct unit *unit);

/* The phases of preparation_run, in this order. */
galley_status preparation_find_tokens(struct preparation *preparation, const struct unit *unit);
galley_status preparation_find_sentences(struct preparation *preparation, const struct unit *unit);
galley_status preparation_find_quotations(struct preparation *preparation,
                                          const struct unit *unit);

#endif
