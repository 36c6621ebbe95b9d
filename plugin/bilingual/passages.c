/*
 * Sentences of the source. Nothing is known of its abbreviations; a wrong division costs little, as
 * alignment puts two sentences together where that fits better.
 */
#include "bilingual/alignment.h"
#include "text/character.h"
#include "text/mark.h"
#include "text/utf8.h"

static bool is_closer(uint32_t c) {
    return mark_is_quotation(c) || mark_is_closing_bracket(c) || c == 0xFF09;
}

/* Stops that need no space behind them. */
static bool is_wide_stop(uint32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E;
}

static galley_status add_passage(struct passages *passages, struct arena *arena,
                                 const struct bilingual *bilingual, const struct side *side,
                                 size_t begin, size_t end) {
    const char *text = side->text;
    while (begin < end && character_is_space(character_of((unsigned char)text[begin]))) {
        begin++;
    }
    if (begin == end) {
        return GALLEY_OK;
    }
    if (!arena_grow(arena, &passages->items, passages->n, &passages->capacity,
                    sizeof *passages->items, passages->n + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    passages->items[passages->n++] = (struct passage){
        .begin = (uint32_t)begin,
        .end = (uint32_t)end,
        .characters = (float)bilingual_length(bilingual, side, text + begin, end - begin)};
    return GALLEY_OK;
}

/* Behind the stop that ends at `at`, with what closes there; 0 when the sentence goes on, as behind
 * a quotation inside it. */
static size_t sentence_end(const struct side *side, size_t at, bool is_wide) {
    size_t end = at;
    uint32_t c = ' ';
    bool closes = false;
    for (size_t next = at; next < side->len;) {
        c = utf8_next(side->text, &next);
        if (!is_closer(c) && !mark_is_stop(c) &&
            !(is_wide && character_is_space(character_of(c)))) {
            break;
        }
        is_wide |= is_wide_stop(c);
        if (!character_is_space(character_of(c))) {
            closes |= is_closer(c);
            end = next;
        }
    }
    if (end == side->len || (is_wide && !closes)) {
        return end;
    }
    size_t next = end;
    c = utf8_next(side->text, &next);
    if (!character_is_space(character_of(c))) {
        return 0;
    }
    while (next < side->len && character_is_space(character_of(c))) {
        c = utf8_next(side->text, &next);
    }
    return character_of(c) == CHARACTER_LOWER ? 0 : end;
}

static galley_status divide_source(struct passages *passages, struct arena *arena,
                                   const struct bilingual *bilingual) {
    const struct side *side = &bilingual->source;
    galley_status status = GALLEY_OK;
    size_t begin = 0;
    passages->n = 0;
    for (size_t at = 0; at < side->len && status == GALLEY_OK;) {
        const uint32_t c = utf8_next(side->text, &at);
        const bool is_line = c == '\n';
        if (!is_line && !mark_is_stop(c) && !is_wide_stop(c)) {
            continue;
        }
        const size_t end = is_line ? at : sentence_end(side, at, is_wide_stop(c));
        if (end > 0) {
            status = add_passage(passages, arena, bilingual, side, begin, end);
            begin = at = end;
        }
    }
    return status == GALLEY_OK ? add_passage(passages, arena, bilingual, side, begin, side->len)
                               : status;
}

static galley_status take_target(struct passages *passages, struct arena *arena,
                                 const struct bilingual *bilingual, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    passages->n = 0;
    for (size_t i = 0; i < unit->n_sentences && status == GALLEY_OK; i++) {
        const struct token *first = &unit->tokens[unit->sentences[i].first];
        const struct token *last = &unit->tokens[unit->sentences[i].end - 1];
        if (unit->sentences[i].end > unit->sentences[i].first) {
            status = add_passage(passages, arena, bilingual, &bilingual->target, first->offset,
                                 last->offset + last->len);
        }
    }
    return status;
}

galley_status alignment_find_passages(struct alignment *alignment,
                                      const struct bilingual *bilingual, const struct unit *unit) {
    const galley_status status = divide_source(&alignment->source, alignment->arena, bilingual);
    return status == GALLEY_OK ? take_target(&alignment->target, alignment->arena, bilingual, unit)
                               : status;
}
