/*
 * Preparing a unit: tokens, sentences and quotations in one pass over its text.
 */
#ifndef GALLEY_TEXT_PREPARATION_H
#define GALLEY_TEXT_PREPARATION_H

#include "base/arena.h"
#include "language/pack_table.h"
#include "text/bitmap.h"
#include "text/unit.h"

/* Words of these classes hardly ever begin a name, so that with a capital they begin a sentence. */
enum {
    SENTENCE_BEGINNERS = CLASS_FUNCTION | CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE |
                         CLASS_PRONOUN_NEUTER | CLASS_PRONOUN_PLURAL | CLASS_PRONOUN_FIRST
};

enum { PREPARATION_WRITINGS = 4, PREPARATION_DEPTH = 8, PREPARATION_PENDING = 128 };

/* A word that waits for its form, or has it and waits for the words before it. */
struct pending_word {
    uint64_t hash; /* 0: found */
    struct pack_found found;
    uint32_t token;
};

/* What was found of a word before. News is Zipf-distributed: nearly all words of a text are among
 * few, and these few stay near the processor when the pack's table does not. */
struct recent_word {
    uint64_t hash; /* 0: none */
    struct pack_found found;
};

enum { PREPARATION_RECENT_BITS = 12, PREPARATION_RECENT = 1 << PREPARATION_RECENT_BITS };

/* The arrays are kept from unit to unit and so is what a unit leaves open: a quotation that runs
 * over paragraphs. One preparation belongs to one document and one thread. */
struct preparation {
    const struct memory *memory;
    const struct pack *pack;
    const struct pack_table *table; /* of the pack */
    uint32_t n_lower_forms;         /* of the pack */
    struct token *tokens;
    size_t n_tokens, token_capacity;
    struct sentence *sentences;
    size_t n_sentences, sentence_capacity;
    struct quotation *quotations;
    size_t n_quotations, quotation_capacity;
    uint32_t *unknown;
    size_t n_unknown, unknown_capacity;
    struct noted_word *noted;
    size_t n_noted, noted_capacity;
    uint32_t *capitals;
    size_t n_capitals, capital_capacity;
    uint32_t *compounds;
    size_t n_compounds, compound_capacity;
    uint32_t *marks;
    size_t n_marks, mark_capacity;
    uint32_t *stops; /* tokens that a sentence may end with: stops, words with a final dot, and
                        the last ones of lines */
    size_t n_stops, stop_capacity;
    struct bitmaps bitmaps; /* of the text, in one block that begins with the letters */
    uint64_t *bitmap_block;
    size_t bitmap_capacity;
    size_t n_words; /* runs of tokens between white space */
    struct pending_word pending[PREPARATION_PENDING];
    size_t n_pending;
    struct recent_word *recent; /* PREPARATION_RECENT of them, each in the place of its hash */
    size_t room;                /* tokens that all of these lists have room for */
    uint32_t signs;
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
galley_status preparation_find_quotations(struct preparation *preparation, const struct unit *unit);

#endif
