/*
 * TMX 1.4b: of each translation unit the variant in the language to check, with the first other one
 * as its source. Native code inside bpt, ept, it, ph, ut is no text.
 */
#include "base/ascii.h"
#include "formats/annotation.h"
#include "formats/markup.h"
#include "formats/unit_builder.h"

#include <string.h>

enum { LONGEST_TAG = 35 };

struct state {
    struct markup markup;
    struct unit_builder source, target, *open;
    bool has_source, has_target;
    bool is_target;                        /* of the variant that is open */
    char source_language[LONGEST_TAG + 1]; /* of the last variant that was one; empty: unknown */
    size_t code_depth;
};

static unsigned detect(const char *text, size_t len) {
    return markup_detect(text, len, "<tmx");
}

static galley_status begin(struct reader *reader) {
    const galley_status status = markup_verify_xml(reader);
    if (status != GALLEY_OK) {
        return status;
    }
    struct state *state = arena_allocate_zeroed(reader->arena, sizeof *state);
    if (state == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    markup_begin(&state->markup, reader, false);
    reader->state = state;
    return GALLEY_OK;
}

/* Whether a tag such as "EN-US" names the same language as `language`, whatever the regions. */
static bool same_language(const char *tag, size_t len, const char *language) {
    size_t i = 0;
    while (i < len && tag[i] != '-' && tag[i] != '_' &&
           ascii_lower(tag[i]) == ascii_lower(language[i])) {
        i++;
    }
    return (i == len || tag[i] == '-' || tag[i] == '_') &&
           (language[i] == '\0' || language[i] == '-');
}

static bool variant_is_target(const struct reader *reader, const struct markup_event *event) {
    const struct state *state = reader->state;
    size_t from;
    size_t to;
    return markup_attribute(&state->markup, event, "lang", &from, &to) &&
           to - from <= LONGEST_TAG &&
           same_language(reader->text + from, to - from, reader->language);
}

static void take_source_language(struct reader *reader, const struct markup_event *event) {
    struct state *state = reader->state;
    size_t from;
    size_t to;
    if (markup_attribute(&state->markup, event, "lang", &from, &to) && to - from <= LONGEST_TAG) {
        memcpy(state->source_language, reader->text + from, to - from);
        state->source_language[to - from] = '\0';
    }
}

static bool holds_code(const struct state *state, const struct markup_event *event) {
    static const char *const names[] = {"bpt", "ept", "it", "ph", "ut"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (markup_is(&state->markup, event, names[i])) {
            return true;
        }
    }
    return false;
}

static void take_start(struct reader *reader, struct state *state,
                       const struct markup_event *event) {
    if (markup_is(&state->markup, event, "tu")) {
        state->has_source = state->has_target = false;
    } else if (markup_is(&state->markup, event, "tuv")) {
        state->is_target = variant_is_target(reader, event);
        if (!state->is_target && !state->has_source) {
            take_source_language(reader, event);
        }
    } else if (markup_is(&state->markup, event, "seg")) {
        bool *has = state->is_target ? &state->has_target : &state->has_source;
        if (!*has) {
            *has = true;
            state->open = state->is_target ? &state->target : &state->source;
            unit_builder_begin(state->open, reader);
        }
    } else if (state->open != NULL && holds_code(state, event)) {
        state->code_depth++;
    }
}

/* Whether the end tag closes a unit that is to be checked. */
static bool take_end(struct state *state, const struct markup_event *event) {
    if (markup_is(&state->markup, event, "seg")) {
        state->open = NULL;
        state->code_depth = 0;
    } else if (state->code_depth > 0 && holds_code(state, event)) {
        state->code_depth--;
    }
    return markup_is(&state->markup, event, "tu") && state->has_target &&
           unit_builder_has_text(&state->target);
}

static void give_unit(struct state *state, struct unit *unit) {
    unit_builder_finish(&state->target, unit);
    unit->kind = UNIT_SEGMENT;
    if (state->has_source) {
        struct unit source = {0};
        unit_builder_finish(&state->source, &source);
        unit->source = source.text;
        unit->source_len = source.len;
        unit->source_language = state->source_language[0] == '\0' ? NULL : state->source_language;
    }
    state->has_target = false;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    *found = false;
    for (;;) {
        const struct markup_event event = markup_next(&state->markup);
        const bool inside = state->open != NULL && state->code_depth == 0;
        galley_status status = GALLEY_OK;
        if (event.kind == MARKUP_FINISHED) {
            return GALLEY_OK;
        }
        if (event.kind == MARKUP_START) {
            take_start(reader, state, &event);
        } else if (event.kind == MARKUP_END && take_end(state, &event)) {
            give_unit(state, unit);
            *found = true;
            return GALLEY_OK;
        } else if (event.kind == MARKUP_TEXT && inside) {
            status = unit_builder_add_escaped(state->open, event.begin, event.end);
        } else if (event.kind == MARKUP_CDATA && inside) {
            status = unit_builder_add_cdata(state->open, event.content_begin, event.content_end);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
}

static const char prop_start[] = "<prop type=\"x-galley\">";
static const char prop_end[] = "</prop>";

/* A property of the variant for each issue: the segment itself stays as it is, for memories match
 * on it. TMX 1.4b lets nothing of another namespace in. */
static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    struct markup markup;
    markup_init(&markup, annotation->text, annotation->len, false);
    size_t place = 0;
    size_t next = 0;
    galley_status status = GALLEY_OK;
    while (next < annotation->n_notes && status == GALLEY_OK) {
        const struct markup_event event = markup_next(&markup);
        if (event.kind == MARKUP_FINISHED) {
            break;
        }
        for (; next < annotation->n_notes && annotation->notes[next].begin < event.end &&
               status == GALLEY_OK;
             next++) {
            struct output *out = edits_begin(edits, place, place, EDIT_REFERENCE);
            output_text(out, prop_start);
            annotation_write_xml_line(out, &annotation->notes[next]);
            output_text(out, prop_end);
            status = edits_end(edits);
        }
        if (event.kind == MARKUP_START && markup_is(&markup, &event, "tuv")) {
            place = event.end;
        }
    }
    return status;
}

static galley_status strip(const char *text, size_t len, struct edits *edits) {
    const char *end = text + len;
    galley_status status = GALLEY_OK;
    const char *at = annotation_find(text, end, prop_start);
    while (at != NULL && status == GALLEY_OK) {
        const char *close = annotation_find(at, end, prop_end);
        if (close == NULL) {
            break;
        }
        const size_t behind = (size_t)(close - text) + sizeof prop_end - 1;
        status = edits_delete(edits, (size_t)(at - text), behind);
        at = annotation_find(text + behind, end, prop_start);
    }
    return status;
}

const struct format format_tmx = {
    .name = "tmx",
    .summary = "TMX 1.4b translation memories",
    .extensions = ".tmx",
    .collects = true,
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate,
    .strip = strip,
};
