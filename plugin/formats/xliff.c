/*
 * XLIFF 1.2 and 2.x (OASIS), and what CAT tools make of them: each trans-unit (1.2) or segment
 * (2.x) with its source and target. Inline codes never divide a word: paired ones (g, pc, mrk)
 * vanish, those that stand for something (x, ph) become U+FFFC, and what 1.2 keeps inside bpt, ept,
 * it and ph is native code and no text. What is protected (mrk with mtype="protected" or
 * translate="no") becomes U+FFFC as well; what a reviser deleted (SDL's x-sdl-deleted) is gone.
 *
 * Only a source and a target right inside a trans-unit or segment count: proposals (alt-trans,
 * mtc:match) and memoQ's earlier versions (mq:historical-unit) have such elements, too.
 *
 * Tools lock what nobody is to edit: memoQ with mq:locked="locked" and Phrase with m:locked="true"
 * on the trans-unit; Trados with locked="true" on the sdl:seg, behind the target, whose id is the
 * mid of a mrk with mtype="seg". Approved are a trans-unit with approved="yes", a target with the
 * state "final" or "signed-off" (1.2), a segment with the state "final" (2.x), and what memoQ's
 * mq:status and Trados's conf call a reviewer's.
 */
#include "base/hash.h"
#include "formats/annotation.h"
#include "formats/markup.h"
#include "formats/unit_builder.h"
#include "its/allowed_characters.h"

#include <stdlib.h>
#include <string.h>

enum { OBJECT_REPLACEMENT = 0xFFFC };

enum side { SIDE_NONE, SIDE_SOURCE, SIDE_TARGET };

enum { SCOPES_MAX = 64 }; /* nested files, groups and units that may say translate="no" */

/* Part of a target that its tool counts as a segment. */
struct segment {
    uint64_t id;
    size_t begin, end; /* bytes of the document */
};

/* What is said of a segment outside of it. */
struct segment_state {
    uint64_t id;
    unsigned locks; /* set of 1u << enum lock_kind */
};

/* A value of the document that units have in common. */
struct kept {
    size_t begin, end; /* bytes of the document */
    const char *value; /* NULL: none yet */
};

struct state {
    struct markup markup;
    size_t depth;           /* elements that are open */
    size_t container_depth; /* ... when the trans-unit or segment was opened; 0: outside */
    uint64_t untranslated;  /* a bit a scope, the innermost at n_scopes - 1: translate="no" */
    size_t n_scopes;
    struct unit_builder source, target;
    enum side side;
    bool has_target;
    size_t target_begin, target_end;  /* bytes of the document */
    struct unit_limit limit;          /* of the unit */
    struct kept encoding, characters; /* that the last units with a limit named */
    struct kept source_language;      /* its value is NULL when unknown */
    size_t code_depth;                /* inside bpt, ept, it, ph: native code */
    size_t hidden_depth;              /* of the mrk whose text is not read; 0: none */
    uint64_t hidden_from;     /* id of the sm whose text is not read, up to its em; 0: none */
    unsigned locks;           /* of the trans-unit or segment: set of 1u << enum lock_kind */
    struct segment *segments; /* of the target, in order */
    size_t n_segments, segment_capacity;
    size_t segment_depth; /* of the one that is open; 0: none */
    struct segment_state *segment_states;
    size_t n_segment_states, segment_state_capacity;
    struct lock *unit_locks; /* of the unit that was given last */
    size_t unit_lock_capacity;
};

static unsigned detect(const char *text, size_t len) {
    return markup_detect(text, len, "<xliff");
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

/* An attribute's value, for comparing. */
static uint64_t hash_attribute(const struct markup *markup, const struct markup_event *event,
                               const char *name) {
    size_t begin;
    size_t end;
    uint64_t hash = HASH_START;
    if (!markup_attribute(markup, event, name, &begin, &end)) {
        return 0;
    }
    for (size_t i = begin; i < end; i++) {
        hash = hash_add(hash, (unsigned char)markup->text[i]);
    }
    return hash | 1;
}

/* What must be the same on both sides: the element and its id. A pc may be taken apart into an sc
 * and an ec, which are that pc still (XLIFF 2.1, section 4.7.2.3). */
static uint64_t hash_code(const struct markup *markup, const struct markup_event *event) {
    uint64_t hash = HASH_START;
    if (markup_is(markup, event, "sc")) {
        hash = hash_add(hash_add(hash, 'p'), 'c');
    } else {
        for (size_t i = event->name_begin; i < event->name_end; i++) {
            hash = hash_add(hash, (unsigned char)markup->text[i]);
        }
    }
    return hash_add(hash, hash_attribute(markup, event, "id"));
}

/* The end of a code whose start is compared. */
static bool is_known_end(const struct markup *markup, const struct markup_event *event) {
    size_t begin;
    size_t end;
    return markup_is(markup, event, "ec") &&
           markup_attribute(markup, event, "startRef", &begin, &end);
}

static bool is_hidden(const struct state *state) {
    return state->side == SIDE_NONE || state->code_depth > 0 || state->hidden_depth > 0 ||
           state->hidden_from != 0;
}

static galley_status add_object(struct state *state, const struct markup_event *event) {
    return unit_builder_add_character(builder_of(state), OBJECT_REPLACEMENT, event->begin,
                                      event->end);
}

static galley_status take_code(struct state *state, const struct markup_event *event) {
    if (is_hidden(state) || is_annotation(state, event) || is_known_end(&state->markup, event)) {
        return GALLEY_OK;
    }
    const galley_status status = unit_builder_add_code(builder_of(state), event->begin, event->end,
                                                       hash_code(&state->markup, event));
    return status == GALLEY_OK && stands_for_something(state, event) ? add_object(state, event)
                                                                     : status;
}

/* ---- what is said of a unit ---- */

/* Whether the attribute has this name, prefix or not. */
static bool is_named(const struct markup *markup, const struct markup_attribute *attribute,
                     const char *name) {
    size_t begin = attribute->name_begin;
    for (size_t i = begin; i < attribute->name_end; i++) {
        begin = markup->text[i] == ':' ? i + 1 : begin;
    }
    const size_t len = strlen(name);
    return attribute->name_end - begin == len && memcmp(markup->text + begin, name, len) == 0;
}

static bool is_value(const struct markup *markup, const struct markup_attribute *attribute,
                     const char *const *values) {
    const size_t len = attribute->value_end - attribute->value_begin;
    for (; *values != NULL; values++) {
        if (strlen(*values) == len &&
            memcmp(markup->text + attribute->value_begin, *values, len) == 0) {
            return true;
        }
    }
    return false;
}

/* The attribute's whole number, or 0. */
static size_t number_of(const struct markup *markup, const struct markup_attribute *attribute) {
    size_t number = 0;
    size_t at = attribute->value_begin;
    for (; at < attribute->value_end && markup->text[at] >= '0' && markup->text[at] <= '9' &&
           number < SIZE_MAX / 16;
         at++) {
        number = number * 10 + (size_t)(markup->text[at] - '0');
    }
    return at == attribute->value_end ? number : 0;
}

/* An attribute's value, the document's [begin, end), without its references, NUL-terminated; copied
 * once for all units that say the same. NULL when there is no memory. */
static const char *keep(struct reader *reader, struct kept *kept, size_t begin, size_t end) {
    if (kept->value == NULL || kept->end - kept->begin != end - begin ||
        memcmp(reader->text + kept->begin, reader->text + begin, end - begin) != 0) {
        kept->begin = begin;
        kept->end = end;
        kept->value = unit_builder_unescape(reader->arena, reader->text, begin, end).data;
    }
    return kept->value;
}

/* What an attribute of a unit, a segment, a target or Trados's sdl:seg says about being edited: a
 * set of 1u << enum lock_kind. */
static unsigned lock_of(const struct markup *markup, const struct markup_attribute *attribute) {
    static const char *const locked[] = {"locked", "true", "yes", "1", NULL};
    static const char *const approved[] = {"yes", NULL};
    static const char *const states[] = {"final", "signed-off", NULL};
    static const char *const reviewed[] = {"Proofread", "Reviewer1Confirmed", NULL};
    static const char *const confirmed[] = {"ApprovedTranslation", "ApprovedSignOff", NULL};
    static const struct {
        const char *name;
        const char *const *values;
        enum lock_kind kind;
    } rules[] = {
        {"locked", locked, LOCK_LOCKED},    {"approved", approved, LOCK_APPROVED},
        {"state", states, LOCK_APPROVED},   {"status", reviewed, LOCK_APPROVED},
        {"conf", confirmed, LOCK_APPROVED},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (is_named(markup, attribute, rules[i].name)) {
            return is_value(markup, attribute, rules[i].values) ? 1u << rules[i].kind : 0;
        }
    }
    return 0;
}

static unsigned locks_of(const struct markup *markup, const struct markup_event *event) {
    struct markup_attribute attribute;
    unsigned locks = 0;
    for (size_t at = event->name_end; markup_next_attribute(markup, event, &at, &attribute);) {
        locks |= lock_of(markup, &attribute);
    }
    return locks;
}

/* Opens a file, group or unit, which may say translate="no" or take it back. */
static void open_scope(struct state *state, const struct markup_event *event) {
    const size_t last = state->n_scopes < SCOPES_MAX ? state->n_scopes : SCOPES_MAX;
    bool no = last > 0 && (state->untranslated >> (last - 1) & 1) != 0;
    no = markup_attribute_is(&state->markup, event, "translate", "no") ||
         (no && !markup_attribute_is(&state->markup, event, "translate", "yes"));
    if (state->n_scopes < SCOPES_MAX) {
        state->untranslated &= ~(UINT64_C(1) << last);
        state->untranslated |= (uint64_t)no << last;
    }
    state->n_scopes++;
}

static bool is_translated(const struct state *state) {
    const size_t n = state->n_scopes < SCOPES_MAX ? state->n_scopes : SCOPES_MAX;
    return n == 0 || (state->untranslated >> (n - 1) & 1) == 0;
}

static bool is_scope(const struct state *state, const struct markup_event *event) {
    static const char *const names[] = {"trans-unit", "unit", "group", "file"};
    return is_one_of(&state->markup, event, names, sizeof names / sizeof *names);
}

/* What the unit's target may hold: XLIFF 1.2, section 2.3 (maxwidth, size-unit, maxbytes),
 * XLIFF 2.1's Size and Length Restriction module, and ITS 2.0, sections 8.20 (allowedCharacters)
 * and 8.21 (storageSize). Widths in pixels and the like are nobody's to measure here. */
static galley_status take_unit(struct reader *reader, struct state *state,
                               const struct markup_event *event) {
    static const char *const characters[] = {"char", NULL};
    static const char *const bytes[] = {"byte", NULL};
    static const char *const crlf[] = {"crlf", NULL};
    const struct markup *markup = &state->markup;
    struct markup_attribute attribute;
    struct unit_limit *limit = &state->limit;
    size_t width = 0;
    size_t stored = 0;
    bool in_characters = false;
    bool in_bytes = false;
    bool has_memory = true;
    *limit = (struct unit_limit){0};
    state->locks = 0;
    for (size_t at = event->name_end; markup_next_attribute(markup, event, &at, &attribute);) {
        if (is_named(markup, &attribute, "maxwidth")) {
            width = number_of(markup, &attribute);
        } else if (is_named(markup, &attribute, "size-unit")) {
            in_characters = is_value(markup, &attribute, characters);
            in_bytes = is_value(markup, &attribute, bytes);
        } else if (is_named(markup, &attribute, "maxbytes")) {
            limit->max_bytes = number_of(markup, &attribute);
        } else if (is_named(markup, &attribute, "sizeRestriction")) {
            limit->max_characters = number_of(markup, &attribute);
        } else if (is_named(markup, &attribute, "storageSize")) {
            stored = number_of(markup, &attribute);
        } else if (is_named(markup, &attribute, "storageEncoding")) {
            limit->encoding =
                keep(reader, &state->encoding, attribute.value_begin, attribute.value_end);
            has_memory = has_memory && limit->encoding != NULL;
        } else if (is_named(markup, &attribute, "lineBreakType")) {
            limit->crlf = is_value(markup, &attribute, crlf);
        } else if (is_named(markup, &attribute, "allowedCharacters")) {
            limit->characters =
                keep(reader, &state->characters, attribute.value_begin, attribute.value_end);
            has_memory = has_memory && limit->characters != NULL;
        } else {
            state->locks |= lock_of(markup, &attribute);
        }
    }
    if (!has_memory) {
        return GALLEY_ERROR_MEMORY;
    }
    limit->max_characters = in_characters ? width : limit->max_characters;
    limit->max_bytes = stored > 0 ? stored : in_bytes ? width : limit->max_bytes;
    limit->encoding = stored > 0 ? limit->encoding : NULL;
    if (limit->characters != NULL && !allowed_characters_valid(limit->characters)) {
        limit->characters = NULL;
    }
    return GALLEY_OK;
}

/* The source's language, where the element has the attribute. */
static galley_status take_language(struct reader *reader, struct state *state,
                                   const struct markup_event *event, const char *name) {
    size_t begin;
    size_t end;
    return !markup_attribute(&state->markup, event, name, &begin, &end) ||
                   keep(reader, &state->source_language, begin, end) != NULL
               ? GALLEY_OK
               : GALLEY_ERROR_MEMORY;
}

/* ---- inside a unit ---- */

static void open_container(struct reader *reader, struct state *state,
                           const struct markup_event *event) {
    if (markup_is(&state->markup, event, "segment")) {
        state->locks |= locks_of(&state->markup, event);
    }
    state->container_depth = state->depth;
    state->has_target = false;
    state->side = SIDE_NONE;
    state->n_segments = state->n_segment_states = 0;
    unit_builder_begin(&state->source, reader);
    unit_builder_begin(&state->target, reader);
}

static void open_side(struct reader *reader, struct state *state,
                      const struct markup_event *event) {
    const bool is_target = markup_is(&state->markup, event, "target");
    state->side = is_target ? SIDE_TARGET : SIDE_SOURCE;
    state->code_depth = state->hidden_depth = state->segment_depth = 0;
    state->hidden_from = 0;
    unit_builder_begin(builder_of(state), reader);
    if (is_target) {
        state->has_target = true;
        state->target_begin = state->target_end = event->end;
        state->locks |= locks_of(&state->markup, event);
        state->n_segments = 0;
    }
}

/* Opens a mark: a segment of the tool, or what is not to be read. */
static galley_status open_mark(struct reader *reader, struct state *state,
                               const struct markup_event *event) {
    const struct markup *markup = &state->markup;
    if (is_hidden(state)) {
        return GALLEY_OK;
    }
    if (markup_attribute_is(markup, event, "mtype", "x-sdl-deleted")) {
        state->hidden_depth = state->depth;
        return GALLEY_OK;
    }
    if (markup_attribute_is(markup, event, "mtype", "protected") ||
        markup_attribute_is(markup, event, "translate", "no")) {
        state->hidden_depth = state->depth;
        return add_object(state, event);
    }
    if (state->side != SIDE_TARGET || state->segment_depth > 0 ||
        !markup_attribute_is(markup, event, "mtype", "seg")) {
        return GALLEY_OK;
    }
    if (!arena_grow(reader->arena, &state->segments, state->n_segments, &state->segment_capacity,
                    sizeof *state->segments, state->n_segments + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    state->segments[state->n_segments++] =
        (struct segment){hash_attribute(markup, event, "mid"), event->end, event->end};
    state->segment_depth = state->depth;
    return GALLEY_OK;
}

/* Takes what Trados says of a segment behind the target. */
static galley_status take_segment_state(struct reader *reader, struct state *state,
                                        const struct markup_event *event) {
    const unsigned locks = locks_of(&state->markup, event);
    if (locks == 0) {
        return GALLEY_OK;
    }
    if (!arena_grow(reader->arena, &state->segment_states, state->n_segment_states,
                    &state->segment_state_capacity, sizeof *state->segment_states,
                    state->n_segment_states + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    state->segment_states[state->n_segment_states++] =
        (struct segment_state){hash_attribute(&state->markup, event, "id"), locks};
    return GALLEY_OK;
}

/* Marks between two empty elements (2.x). */
static galley_status take_empty(struct reader *reader, struct state *state,
                                const struct markup_event *event) {
    const struct markup *markup = &state->markup;
    if (state->side == SIDE_NONE) {
        return state->container_depth > 0 && markup_is(markup, event, "seg")
                   ? take_segment_state(reader, state, event)
                   : GALLEY_OK;
    }
    if (markup_is(markup, event, "sm") && !is_hidden(state) &&
        markup_attribute_is(markup, event, "translate", "no")) {
        state->hidden_from = hash_attribute(markup, event, "id");
        return state->hidden_from == 0 ? GALLEY_OK : add_object(state, event);
    }
    if (markup_is(markup, event, "em") && state->hidden_from != 0 &&
        state->hidden_from == hash_attribute(markup, event, "startRef")) {
        state->hidden_from = 0;
        return GALLEY_OK;
    }
    return take_code(state, event);
}

static bool is_container(const struct state *state, const struct markup_event *event) {
    return markup_is(&state->markup, event, "trans-unit") ||
           markup_is(&state->markup, event, "segment");
}

static bool is_side(const struct state *state, const struct markup_event *event) {
    return markup_is(&state->markup, event, "source") || markup_is(&state->markup, event, "target");
}

/* A tag outside of source and target. */
static galley_status take_outer_start(struct reader *reader, struct state *state,
                                      const struct markup_event *event) {
    const struct markup *markup = &state->markup;
    galley_status status = GALLEY_OK;
    if (markup_is(markup, event, "xliff")) {
        return take_language(reader, state, event, "srcLang");
    }
    if (state->container_depth > 0) {
        if (state->depth == state->container_depth + 1 && is_side(state, event)) {
            open_side(reader, state, event);
        } else if (markup_is(markup, event, "seg")) {
            status = take_segment_state(reader, state, event);
        }
        return status;
    }
    if (markup_is(markup, event, "file")) {
        status = take_language(reader, state, event, "source-language");
    }
    if (is_scope(state, event)) {
        open_scope(state, event);
    }
    if (status == GALLEY_OK &&
        (markup_is(markup, event, "trans-unit") || markup_is(markup, event, "unit"))) {
        status = take_unit(reader, state, event);
    }
    if (is_container(state, event)) {
        open_container(reader, state, event);
    }
    return status;
}

static galley_status take_start(struct reader *reader, struct state *state,
                                const struct markup_event *event) {
    state->depth++;
    if (state->side == SIDE_NONE) {
        return take_outer_start(reader, state, event);
    }
    if (markup_is(&state->markup, event, "mrk")) {
        return open_mark(reader, state, event);
    }
    const galley_status status = take_code(state, event);
    state->code_depth += holds_code(state, event);
    return status;
}

/* Whether the end tag closes a unit that is to be checked. */
static bool take_end(struct state *state, const struct markup_event *event) {
    const size_t depth = state->depth--;
    if (state->side != SIDE_NONE && depth == state->container_depth + 1) {
        state->target_end = state->side == SIDE_TARGET ? event->begin : state->target_end;
        state->side = SIDE_NONE;
    } else if (state->side != SIDE_NONE) {
        state->code_depth -= state->code_depth > 0 && holds_code(state, event);
        state->hidden_depth = depth == state->hidden_depth ? 0 : state->hidden_depth;
        if (depth == state->segment_depth) {
            state->segments[state->n_segments - 1].end = event->begin;
            state->segment_depth = 0;
        }
    } else if (state->container_depth > 0 && depth == state->container_depth) {
        const bool checked =
            state->has_target && is_translated(state) && unit_builder_has_text(&state->target);
        state->container_depth = 0;
        state->n_scopes -= markup_is(&state->markup, event, "trans-unit");
        return checked;
    } else if (state->container_depth == 0 && is_scope(state, event)) {
        state->n_scopes--;
    }
    return false;
}

/* ---- giving ---- */

static int compare_segment_states(const void *left, const void *right) {
    const struct segment_state *a = left;
    const struct segment_state *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

/* What the tool says of a segment; the states are in the order of their ids. */
static unsigned locks_of_segment(const struct state *state, uint64_t id) {
    const struct segment_state key = {.id = id};
    const struct segment_state *found =
        state->n_segment_states == 0
            ? NULL
            : bsearch(&key, state->segment_states, state->n_segment_states,
                      sizeof *state->segment_states, compare_segment_states);
    return found == NULL ? 0 : found->locks;
}

static void add_locks(struct lock *locks, size_t *n, unsigned kinds, size_t begin, size_t end) {
    for (unsigned kind = 0; kinds >> kind != 0; kind++) {
        if ((kinds >> kind & 1) != 0) {
            locks[(*n)++] = (struct lock){begin, end, (enum lock_kind)kind};
        }
    }
}

static galley_status give_locks(struct reader *reader, struct state *state, struct unit *unit) {
    const size_t n_most = (state->n_segments + 1) * LOCK_KINDS;
    if (state->locks == 0 && state->n_segment_states == 0) {
        return GALLEY_OK;
    }
    if (!arena_grow(reader->arena, &state->unit_locks, 0, &state->unit_lock_capacity,
                    sizeof *state->unit_locks, n_most)) {
        return GALLEY_ERROR_MEMORY;
    }
    struct lock *locks = state->unit_locks;
    size_t n = 0;
    add_locks(locks, &n, state->locks, state->target_begin, state->target_end);
    if (state->n_segment_states > 0) {
        qsort(state->segment_states, state->n_segment_states, sizeof *state->segment_states,
              compare_segment_states);
    }
    for (size_t i = 0; i < state->n_segments; i++) {
        const struct segment *segment = &state->segments[i];
        add_locks(locks, &n, locks_of_segment(state, segment->id) & ~state->locks, segment->begin,
                  segment->end);
    }
    unit->locks = locks;
    unit->n_locks = n;
    return GALLEY_OK;
}

static galley_status give_unit(struct reader *reader, struct state *state, struct unit *unit) {
    unit_builder_finish(&state->target, unit);
    unit->kind = UNIT_SEGMENT;
    state->limit.end = unit->len;
    unit->limits = &state->limit;
    unit->n_limits = state->limit.max_characters > 0 || state->limit.max_bytes > 0 ||
                     state->limit.characters != NULL;
    if (unit_builder_has_text(&state->source)) {
        struct unit source = {0};
        unit_builder_finish(&state->source, &source);
        unit->source = source.text;
        unit->source_len = source.len;
        unit->source_language = state->source_language.value;
        unit->source_codes = source.codes;
        unit->n_source_codes = source.n_codes;
    }
    return give_locks(reader, state, unit);
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
            status = take_empty(reader, state, &event);
            break;
        case MARKUP_END:
            if (take_end(state, &event)) {
                *found = true;
                return give_unit(reader, state, unit);
            }
            break;
        case MARKUP_TEXT:
            if (!is_hidden(state)) {
                status = unit_builder_add_escaped(builder_of(state), event.begin, event.end);
            }
            break;
        case MARKUP_CDATA:
            if (!is_hidden(state)) {
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
