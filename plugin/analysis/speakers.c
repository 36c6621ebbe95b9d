/*
 * Who says each quotation, in the orders that news has them:
 *
 *     “…,” said Lavrov          the first mention behind it that speaks, in its sentence
 *     Lavrov said: “…”          the last one before it that speaks, in its sentence
 *     “…”. The minister added   one that speaks in the next sentence, when none did before
 *     “…,” he said. “…”         a quotation without one goes on with the last, in its paragraph
 *     “… ¶ “…”                  a quotation over several paragraphs is one
 *     ¶ “…” ¶                   a paragraph that is all quotation goes on with the last speaker
 *
 * Words in quotation marks that nobody is near to say ("the “reset” button") have no speaker.
 */
#include "analysis/rooms.h"

#include "text/mark.h"

enum {
    NEIGHBOURS = 8,  /* mentions that are looked at on either side */
    SPEECH_WORDS = 4 /* fewer are no sentence, unless a speaker stands in the same one */
};

static const float SURE_BEHIND = 0.95F;
static const float SURE_BEFORE = 0.9F;
static const float SURE_GOES_ON = 0.85F;
static const float SURE_NEXT = 0.7F;
static const float SURE_LAST = 0.5F;

/* ---- reading ---- */

static galley_status add_quotation(struct analysis *analysis, const struct unit *unit,
                                   const struct quotation *quotation, uint32_t first_sentence,
                                   uint32_t last_sentence) {
    if (!arena_grow(analysis->arena, &analysis->quotations, analysis->n_quotations,
                    &analysis->quotation_capacity, sizeof *analysis->quotations,
                    analysis->n_quotations + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    const struct token *first = &unit->tokens[quotation->first];
    const struct token *last = &unit->tokens[quotation->end - 1];
    analysis->quotations[analysis->n_quotations++] = (struct quotation_record){
        .span = unit_span(unit, first->offset, last->offset + last->len),
        .unit = analysis->n_units,
        .first_sentence = first_sentence,
        .last_sentence = last_sentence,
        .n_tokens = quotation->end - quotation->first,
        .continued = quotation->continued != 0,
        .whole = quotation->first == 0 && quotation->end == unit->n_tokens,
        .speaker = ENTITY_NONE,
        .tag = UINT32_MAX,
    };
    return GALLEY_OK;
}

/* Walks over quotations and sentences side by side. */
galley_status speakers_read(struct analysis *analysis, const struct unit *unit) {
    uint32_t n_told = 0;
    size_t sentence = 0;
    for (size_t i = 0; i < unit->n_quotations; i++) {
        const struct quotation *quotation = &unit->quotations[i];
        if (quotation->depth > 0 || quotation->end <= quotation->first) {
            continue;
        }
        while (sentence + 1 < unit->n_sentences &&
               unit->sentences[sentence].end <= quotation->first) {
            n_told += mentions_is_told(unit, sentence);
            sentence++;
        }
        const uint32_t first = n_told;
        while (sentence + 1 < unit->n_sentences && unit->sentences[sentence].end < quotation->end) {
            n_told += mentions_is_told(unit, sentence);
            sentence++;
        }
        const galley_status status =
            add_quotation(analysis, unit, quotation, analysis->n_sentences + first,
                          analysis->n_sentences + n_told);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

/* ---- attributing ---- */

static bool speaks(const struct mention *mention) {
    return (mention->flags & MENTION_SPEAKS) != 0 && (mention->flags & MENTION_QUOTED) == 0 &&
           mention->entity != ENTITY_NONE;
}

static void attribute(struct analysis *analysis, struct quotation_record *quotation, size_t tag,
                      float confidence) {
    const struct mention *mention = &analysis->mentions[tag];
    quotation->tag = (uint32_t)tag;
    quotation->speaker = mention->entity;
    quotation->confidence =
        mention->kind == MENTION_PRONOUN ? confidence * mention->confidence : confidence;
}

/* A speaker behind the quotation, before the next one begins; `from` is the first mention behind
 * it. In its sentence, or in the next one. */
static bool attribute_behind(struct analysis *analysis, size_t index, size_t from, bool next) {
    struct quotation_record *quotation = &analysis->quotations[index];
    for (size_t i = from; i < analysis->n_mentions && i < from + NEIGHBOURS; i++) {
        const struct mention *mention = &analysis->mentions[i];
        const bool in_place = mention->unit == quotation->unit &&
                              mention->sentence == quotation->last_sentence + (next ? 1u : 0u) &&
                              (index + 1 == analysis->n_quotations ||
                               mention->span.begin < analysis->quotations[index + 1].span.begin);
        if (in_place && speaks(mention)) {
            attribute(analysis, quotation, i, next ? SURE_NEXT : SURE_BEHIND);
            return true;
        }
        if (!in_place && mention->sentence > quotation->last_sentence + 1) {
            return false;
        }
    }
    return false;
}

/* A speaker before it in its sentence; `to` is the first mention that is not before it. */
static bool attribute_before(struct analysis *analysis, size_t index, size_t to) {
    struct quotation_record *quotation = &analysis->quotations[index];
    for (size_t i = to; i > 0 && i + NEIGHBOURS > to; i--) {
        const struct mention *mention = &analysis->mentions[i - 1];
        if (mention->unit != quotation->unit || mention->sentence != quotation->first_sentence) {
            return false;
        }
        if (speaks(mention)) {
            attribute(analysis, quotation, i - 1, SURE_BEFORE);
            return true;
        }
    }
    return false;
}

static void attribute_as(struct quotation_record *quotation, const struct quotation_record *last,
                         float confidence) {
    quotation->speaker = last->speaker;
    quotation->tag = last->tag;
    quotation->confidence = confidence * last->confidence;
}

/* What goes on from a quotation before. */
static void attribute_on(struct analysis *analysis, size_t index) {
    struct quotation_record *quotation = &analysis->quotations[index];
    const struct quotation_record *last = index == 0 ? NULL : quotation - 1;
    if (last == NULL || last->speaker == ENTITY_NONE) {
        return;
    }
    if (quotation->continued) {
        attribute_as(quotation, last, 1);
    } else if (quotation->n_tokens >= SPEECH_WORDS && quotation->unit == last->unit) {
        attribute_as(quotation, last, SURE_GOES_ON);
    } else if (quotation->whole && quotation->unit == last->unit + 1) {
        attribute_as(quotation, last, SURE_LAST);
    }
}

/* A quotation over several paragraphs is tagged at its end more often than at its begin. */
static void attribute_back(struct analysis *analysis) {
    for (size_t i = analysis->n_quotations; i > 1; i--) {
        struct quotation_record *quotation = &analysis->quotations[i - 2];
        const struct quotation_record *next = quotation + 1;
        if (next->continued && next->speaker != ENTITY_NONE &&
            quotation->confidence < next->confidence) {
            attribute_as(quotation, next, 1);
        }
    }
}

void speakers_attribute(struct analysis *analysis) {
    size_t mention = 0;
    for (size_t i = 0; i < analysis->n_quotations; i++) {
        const struct span span = analysis->quotations[i].span;
        while (mention < analysis->n_mentions &&
               analysis->mentions[mention].span.begin < span.begin) {
            mention++;
        }
        const size_t before = mention;
        while (mention < analysis->n_mentions &&
               analysis->mentions[mention].span.begin < span.end) {
            analysis->mentions[mention].quotation = (uint32_t)i;
            mention++;
        }
        if (!attribute_behind(analysis, i, mention, false) &&
            !attribute_before(analysis, i, before)) {
            attribute_on(analysis, i);
            if (analysis->quotations[i].speaker == ENTITY_NONE &&
                analysis->quotations[i].n_tokens >= SPEECH_WORDS) {
                attribute_behind(analysis, i, mention, true);
            }
        }
    }
    attribute_back(analysis);
}
