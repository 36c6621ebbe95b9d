/*
 * XLIFF 1.2 and 2.x (OASIS), and what CAT tools make of them: each trans-unit (1.2) or segment
 * (2.x) with its source and target. Inline codes never divide a word: paired ones (g, pc, mrk)
 * vanish, those that stand for something (x, ph) become U+FFFC, and what 1.2 keeps inside bpt, ept,
 * it and ph is native code and no text.
 */
#include "base/hash.h"
#include "formats/annotation.h"
#include "formats/markup.h"
#include "formats/unit_builder.h"

#include <string.h>

enum { OBJECT_REPLACEMENT = 0xFFFC };

enum side { SIDE_NONE, SIDE_SOURCE, SIDE_TARGET };

struct state {
    struct markup markup;
    struct unit_builder source, target;
    enum side side;
    bool has_target;
    bool skipped;                     /* translate="no" on the unit */
    size_t max_characters, max_bytes; /* of the unit; 0: any */
    const char *storage_encoding;
    const char *source_language; /* NULL: unknown */
    size_t code_depth;           /* inside bpt, ept, it, ph: native code */
};

static unsigned detect(const char *text, size_t len) {
    const size_t head = len < 2048 ? len : 2048;
    for (size_t i = 0; i + 7 < head; i++) {
        if (text[i] == '<' && memcmp(text + i, "<xliff", 6) == 0) {
            return 100;
        }
    }
    return 0;
}

static galley_status begin(struct reader *reader) {
    const galley_status status = markup_verify_xml(reader->text, reader->len, reader->error);
    if (status != GALLEY_OK) {
        return status;
    }
    struct state *state = arena_allocate_zeroed(reader->arena, sizeof *state);
    if (state == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    markup_init(&state->markup, reader->text, reader->len, false);
    reader->state = state;
    return GALLEY_OK;
}

static bool is_one_of(const struct markup *markup, const struct markup_event *event,
                      const char *const *names, size_t n_names) {
    for (size_t i = 0; i < n_names; i++) {
        if (markup_is(markup, event, names[i])) {
            return true;
        }
    }
    return false;
}

static bool holds_code(const struct state *state, const struct markup_event *event) {
    static const char *const names[] = {"bpt", "ept", "it", "ph", "ut"};
    return is_one_of(&state->markup, event, names, sizeof names / sizeof *names);
}

static bool stands_for_something(const struct state *state, const struct markup_event *event) {
    static const char *const names[] = {"x", "ph", "it", "cp"};
    return is_one_of(&state->markup, event, names, sizeof names / sizeof *names);
}

static struct unit_builder *builder_of(struct state *state) {
    return state->side == SIDE_TARGET ? &state->target : &state->source;
}

/* Annotations of the text are none of its markup. */
static bool is_annotation(const struct state *state, const struct markup_event *event) {
    static const char *const names[] = {"mrk", "sm", "em", "sub"};
    return is_one_of(&state->markup, event, names, sizeof names / sizeof *names);
}

/* What must be the same on both sides: the element and its id. */
static uint64_t hash_code(const struct markup *markup, const struct markup_event *event) {
    size_t begin = event->end;
    size_t end = event->end;
    uint64_t hash = HASH_START;
    for (size_t i = event->name_begin; i < event->name_end; i++) {
        hash = hash_add(hash, (unsigned char)markup->text[i]);
    }
    markup_attribute(markup, event, "id", &begin, &end);
    for (size_t i = begin; i < end; i++) {
        hash = hash_add(hash, (unsigned char)markup->text[i]);
    }
    return hash;
}

static galley_status take_code(struct state *state, const struct markup_event *event) {
    if (state->side == SIDE_NONE || state->code_depth > 0 || is_annotation(state, event)) {
        return GALLEY_OK;
    }
    const galley_status status = unit_builder_add_code(builder_of(state), event->begin, event->end,
                                                       hash_code(&state->markup, event));
    if (status != GALLEY_OK || !stands_for_something(state, event)) {
        return status;
    }
    return unit_builder_add_character(builder_of(state), OBJECT_REPLACEMENT, event->begin,
                                      event->end);
}

/* The attribute's whole number, or 0. */
static size_t number_attribute(const struct markup *markup, const struct markup_event *event,
                               const char *name) {
    size_t begin;
    size_t end;
    size_t number = 0;
    if (!markup_attribute(markup, event, name, &begin, &end)) {
        return 0;
    }
    for (; begin < end && markup->text[begin] >= '0' && markup->text[begin] <= '9' &&
           number < SIZE_MAX / 16;
         begin++) {
        number = number * 10 + (size_t)(markup->text[begin] - '0');
    }
    return begin == end ? number : 0;
}

/* Lengths that the unit declares: XLIFF 1.2, section 2.3 (maxwidth, size-unit, maxbytes),
 * XLIFF 2.1's Size and Length Restriction module, and ITS 2.0, section 8.21 (storageSize). Widths
 * in pixels and the like are nobody's to measure here. */
static galley_status take_limits(struct reader *reader, struct state *state,
                                 const struct markup_event *event) {
    const struct markup *markup = &state->markup;
    size_t begin;
    size_t end;
    state->max_bytes = number_attribute(markup, event, "maxbytes");
    state->max_characters = markup_attribute_is(markup, event, "size-unit", "char")
                                ? number_attribute(markup, event, "maxwidth")
                                : number_attribute(markup, event, "slr:sizeRestriction");
    if (markup_attribute_is(markup, event, "size-unit", "byte")) {
        state->max_bytes = number_attribute(markup, event, "maxwidth");
    }
    const size_t stored = number_attribute(markup, event, "its:storageSize");
    state->max_bytes = stored > 0 ? stored : state->max_bytes;
    state->storage_encoding = NULL;
    if (stored > 0 && markup_attribute(markup, event, "its:storageEncoding", &begin, &end)) {
        const galley_string name = arena_copy(reader->arena, markup->text + begin, end - begin);
        state->storage_encoding = name.data;
        return name.data == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
    }
    return GALLEY_OK;
}

/* The source's language, where the element has the attribute. */
static galley_status take_language(struct reader *reader, struct state *state,
                                   const struct markup_event *event, const char *name) {
    size_t begin;
    size_t end;
    if (!markup_attribute(&state->markup, event, name, &begin, &end)) {
        return GALLEY_OK;
    }
    const galley_string tag = arena_copy(reader->arena, reader->text + begin, end - begin);
    state->source_language = tag.data;
    return tag.data == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static galley_status take_start(struct reader *reader, struct state *state,
                                const struct markup_event *event) {
    const struct markup *markup = &state->markup;
    if (markup_is(markup, event, "xliff")) {
        return take_language(reader, state, event, "srcLang");
    }
    if (markup_is(markup, event, "file") && state->side == SIDE_NONE) {
        return take_language(reader, state, event, "source-language");
    }
    if (markup_is(markup, event, "trans-unit") || markup_is(markup, event, "unit")) {
        state->skipped = markup_attribute_is(markup, event, "translate", "no");
        state->has_target = false;
        return take_limits(reader, state, event);
    } else if (state->side == SIDE_NONE && markup_is(markup, event, "source")) {
        unit_builder_begin(&state->source, reader);
        state->has_target = false;
        state->side = SIDE_SOURCE;
    } else if (state->side == SIDE_NONE && markup_is(markup, event, "target")) {
        unit_builder_begin(&state->target, reader);
        state->has_target = true;
        state->side = SIDE_TARGET;
    } else if (state->side != SIDE_NONE && holds_code(state, event)) {
        const galley_status status = take_code(state, event);
        state->code_depth++;
        return status;
    } else {
        return take_code(state, event);
    }
    return GALLEY_OK;
}

/* Whether the end tag closes a unit that is to be checked. */
static bool take_end(struct state *state, const struct markup_event *event) {
    const struct markup *markup = &state->markup;
    if (state->code_depth > 0 && holds_code(state, event)) {
        state->code_depth--;
    } else if (markup_is(markup, event, "source") || markup_is(markup, event, "target")) {
        const bool target = state->side == SIDE_TARGET;
        state->side = SIDE_NONE;
        state->code_depth = 0;
        return target && state->has_target && !state->skipped &&
               unit_builder_has_text(&state->target);
    }
    return false;
}

static galley_status give_unit(struct state *state, struct unit *unit) {
    unit_builder_finish(&state->target, unit);
    unit->kind = UNIT_SEGMENT;
    unit->max_characters = state->max_characters;
    unit->max_bytes = state->max_bytes;
    unit->storage_encoding = state->storage_encoding;
    if (unit_builder_has_text(&state->source)) {
        struct unit source = {0};
        unit_builder_finish(&state->source, &source);
        unit->source = source.text;
        unit->source_len = source.len;
        unit->source_language = state->source_language;
        unit->source_codes = source.codes;
        unit->n_source_codes = source.n_codes;
    }
    return GALLEY_OK;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    *found = false;
    for (;;) {
        const struct markup_event event = markup_next(&state->markup);
        galley_status status = GALLEY_OK;
        switch (event.kind) {
        case MARKUP_FINISHED:
            return GALLEY_OK;
        case MARKUP_START:
            status = take_start(reader, state, &event);
            break;
        case MARKUP_EMPTY:
            status = take_code(state, &event);
            break;
        case MARKUP_END:
            if (take_end(state, &event)) {
                *found = true;
                return give_unit(state, unit);
            }
            break;
        case MARKUP_TEXT:
            if (state->side != SIDE_NONE && state->code_depth == 0) {
                status = unit_builder_add_escaped(builder_of(state), event.begin, event.end);
            }
            break;
        case MARKUP_CDATA:
            if (state->side != SIDE_NONE && state->code_depth == 0) {
                status = unit_builder_add_cdata(builder_of(state), event.content_begin,
                                                event.content_end);
            }
            break;
        case MARKUP_OTHER:
            break;
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
}

const struct format format_xliff = {
    .name = "xliff",
    .summary = "XLIFF 1.2 and 2.x, target against source",
    .extensions = ".xlf .xliff .sdlxliff .mqxliff .mxliff",
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate_xliff,
    .strip = strip_xml,
};
