/*
 * Preparing a unit: tokens, sentences and quotations in one pass over its text.
 */
#ifndef GALLEY_TEXT_PREPARATION_H
#define GALLEY_TEXT_PREPARATION_H

#include "language/pack.h"
#include "text/unit.h"

/* The arrays are kept from unit to unit and so is what a unit leaves open: a quotation that runs
 * over paragraphs. One preparation belongs to one document. */
struct preparation {
    const struct memory *memory;
    const struct pack *pack;
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
    uint32_t open_marks[8]; /* opening quotation marks, outermost first, of the units so far */
    size_t n_open;
};

void preparation_init(struct preparation *preparation, const struct memory *memory,
                      const struct pack *pack);
void preparation_finish(struct preparation *preparation);

/* Fills the unit's arrays, which stay valid until the next call. Linear in unit->len. */
galley_status preparation_run(struct preparation *preparation, struct unit *unit);

#endif
