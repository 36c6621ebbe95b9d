#include "formats/prose.h"

#include <stdlib.h>
#include <string.h>

galley_status prose_begin(struct reader *reader, const struct prose_rules *rules) {
    struct prose *prose = arena_allocate_zeroed(reader->arena, sizeof *prose);
    if (prose == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    prose->rules = rules;
    markup_begin(&prose->markup, reader, rules->html);
    unit_builder_begin(&prose->builder, reader);
    reader->state = prose;
    return its_marks_needed(reader, rules->html) ? its_marks_read(&prose->its, reader, rules->html)
                                                 : GALLEY_OK;
}

static bool is_listed(const struct prose *prose, const struct markup_event *event,
                      const char *const *names) {
    for (; *names != NULL; names++) {
        if (markup_is(&prose->markup, event, *names)) {
            return true;
        }
    }
    return false;
}

/* HTML's and ITS 2.0's local markup that says: this is not to be translated. */
static bool says_no(const struct prose *prose, const struct markup_event *event) {
    return markup_attribute_is(&prose->markup, event, "translate", "no");
}

/* A language that is not the document's, by lang or xml:lang. */
static bool is_other_language(const struct reader *reader, const struct prose *prose,
                              const struct markup_event *event) {
    size_t begin;
    size_t end;
    if (!markup_attribute(&prose->markup, event, "lang", &begin, &end) || begin == end) {
        return false;
    }
    const size_t len = strcspn(reader->language, "-");
    for (size_t i = 0; i < len; i++) {
        if (begin + i >= end || (reader->text[begin + i] | 0x20) != (reader->language[i] | 0x20)) {
            return true;
        }
    }
    return begin + len < end && reader->text[begin + len] != '-';
}

static void start_skipping(struct prose *prose, const struct markup_event *event) {
    const size_t len = event->name_end - event->name_begin;
    if (len < sizeof prose->skip_name) {
        memcpy(prose->skip_name, prose->markup.text + event->name_begin, len);
        prose->skip_name_len = len;
        prose->skip_depth = 1;
    }
}

static bool is_skip_name(const struct prose *prose, const struct markup_event *event) {
    return event->name_end - event->name_begin == prose->skip_name_len &&
           memcmp(prose->markup.text + event->name_begin, prose->skip_name, prose->skip_name_len) ==
               0;
}

static void keep_attributes(struct prose *prose, const struct markup_event *event) {
    const size_t room = sizeof prose->attributes / sizeof *prose->attributes;
    for (const char *const *name = prose->rules->attribute_names; *name != NULL; name++) {
        size_t begin;
        size_t end;
        if (prose->n_attributes < room &&
            markup_attribute(&prose->markup, event, *name, &begin, &end) && end > begin) {
            prose->attributes[prose->n_attributes].begin = begin;
            prose->attributes[prose->n_attributes].end = end;
            prose->n_attributes++;
        }
    }
}

/* What ITS says of the event, and of the element that it belongs to. */
static unsigned its_marks_of(const struct prose *prose) {
    return prose->n_events <= prose->its.n ? prose->its.marks[prose->n_events - 1] : 0;
}

/* Where ITS has a say, it says it for each piece of text; elements inside may say otherwise. */
static bool begins_skipping(const struct reader *reader, const struct prose *prose,
                            const struct markup_event *event) {
    if (is_listed(prose, event, prose->rules->skipped_names)) {
        return true;
    }
    return prose->its.n == 0 && (says_no(prose, event) ||
                                 (event->begin > 0 && !markup_is(&prose->markup, event, "html") &&
                                  is_other_language(reader, prose, event)));
}

/* Takes a tag in; true when it ends a block. */
static bool take_tag(const struct reader *reader, struct prose *prose,
                     const struct markup_event *event) {
    const unsigned its = prose->its.n == 0 ? 0 : its_marks_of(prose);
    const bool within =
        is_listed(prose, event, prose->rules->inline_names) || (its & ITS_MARK_WITHIN) != 0;
    const bool divides = !within || (its & ITS_MARK_NESTED) != 0;
    if (event->kind == MARKUP_START && begins_skipping(reader, prose, event)) {
        start_skipping(prose, event);
    } else if (event->kind != MARKUP_END && (its & ITS_MARK_SKIP) == 0) {
        keep_attributes(prose, event);
    }
    if (divides && event->kind == MARKUP_START && !unit_builder_has_text(&prose->builder)) {
        prose->heading = is_listed(prose, event, prose->rules->heading_names);
    }
    return divides;
}

/* ---- what the block may hold ---- */

static galley_status add_limit(struct reader *reader, struct prose *prose,
                               const struct unit_limit *limit) {
    if (limit->begin == limit->end) {
        return GALLEY_OK;
    }
    if (!arena_grow(reader->arena, &prose->limits, prose->n_limits, &prose->limit_capacity,
                    sizeof *prose->limits, prose->n_limits + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    prose->limits[prose->n_limits++] = *limit;
    return GALLEY_OK;
}

/* Notes which characters the text from `begin` on may have. */
static galley_status limit_characters(struct reader *reader, struct prose *prose, size_t begin) {
    if (prose->its.characters == NULL || prose->n_events > prose->its.n ||
        prose->its.characters[prose->n_events - 1] == NULL) {
        return GALLEY_OK;
    }
    const struct unit_limit limit = {.begin = begin,
                                     .end = prose->builder.len,
                                     .characters = prose->its.characters[prose->n_events - 1]};
    return add_limit(reader, prose, &limit);
}

/* Opens the element of the event that was just read, where it has a size. Its block has begun. */
static void open_storage(struct prose *prose) {
    if (prose->next_storage >= prose->its.n_storages ||
        prose->its.storages[prose->next_storage].first + 1 != prose->n_events) {
        return;
    }
    const struct its_storage *storage = &prose->its.storages[prose->next_storage++];
    if (prose->n_open < PROSE_STORAGES_MAX) {
        prose->open[prose->n_open++] =
            (struct open_storage){.storage = storage, .begin = prose->builder.len};
    }
}

/* Closes the elements that end at or before the event that was just read; the block still has their
 * text. */
static galley_status close_storages(struct reader *reader, struct prose *prose) {
    galley_status status = GALLEY_OK;
    while (prose->n_open > 0 && status == GALLEY_OK &&
           prose->open[prose->n_open - 1].storage->last < prose->n_events) {
        const struct open_storage *open = &prose->open[--prose->n_open];
        const struct unit_limit limit = {.begin = open->begin,
                                         .end = prose->builder.len,
                                         .max_bytes = open->storage->max_bytes,
                                         .encoding = open->storage->encoding,
                                         .crlf = open->storage->crlf};
        status = open->broken ? GALLEY_OK : add_limit(reader, prose, &limit);
    }
    return status;
}

/* A block was given: what is open has text of its own no more. */
static void break_storages(struct prose *prose) {
    for (size_t i = 0; i < prose->n_open; i++) {
        prose->open[i].broken = true;
    }
}

static int compare_limits(const void *left, const void *right) {
    const struct unit_limit *a = left;
    const struct unit_limit *b = right;
    return a->begin != b->begin ? (a->begin > b->begin) - (a->begin < b->begin)
                                : (a->end < b->end) - (a->end > b->end);
}

/* Gives the block's limits in their order, without the white space at its end. */
static void give_limits(struct prose *prose, struct unit *unit) {
    size_t n = 0;
    for (size_t i = 0; i < prose->n_limits; i++) {
        struct unit_limit limit = prose->limits[i];
        limit.end = limit.end < unit->len ? limit.end : unit->len;
        if (limit.begin < limit.end) {
            prose->limits[n++] = limit;
        }
    }
    if (n > 1) {
        qsort(prose->limits, n, sizeof *prose->limits, compare_limits);
    }
    unit->limits = prose->limits;
    unit->n_limits = n;
    prose->n_limits = 0;
}

static void give_block(struct reader *reader, struct prose *prose, struct unit *unit) {
    unit_builder_finish(&prose->builder, unit);
    give_limits(prose, unit);
    break_storages(prose);
    unit->kind = prose->heading ? UNIT_HEADING : UNIT_PARAGRAPH;
    prose->heading = false;
    unit_builder_begin(&prose->builder, reader);
}

static galley_status give_attribute(struct reader *reader, struct prose *prose, struct unit *unit,
                                    bool *found) {
    prose->n_attributes--;
    struct unit_builder *builder = &prose->attribute;
    unit_builder_begin(builder, reader);
    builder->syntax = SYNTAX_XML_ATTRIBUTE;
    const size_t before = prose->attributes[prose->n_attributes].begin - 1;
    if (reader->text[before] != '"' && reader->text[before] != '\'') {
        builder->keeps_pieces = false; /* without quotation marks nothing can be put in its place */
    }
    const galley_status status =
        unit_builder_add_escaped(builder, prose->attributes[prose->n_attributes].begin,
                                 prose->attributes[prose->n_attributes].end);
    *found = status == GALLEY_OK && unit_builder_has_text(builder);
    unit_builder_finish(builder, unit);
    unit->kind = UNIT_ATTRIBUTE;
    return status;
}

static galley_status take_event(struct reader *reader, struct prose *prose,
                                const struct markup_event *event, bool *divides) {
    *divides = false;
    prose->n_events++;
    if (prose->skip_depth > 0) {
        if (event->kind == MARKUP_START && is_skip_name(prose, event)) {
            prose->skip_depth++;
        } else if (event->kind == MARKUP_END && is_skip_name(prose, event)) {
            prose->skip_depth--;
        }
        return GALLEY_OK;
    }
    if (prose->its.n > 0 && (event->kind == MARKUP_TEXT || event->kind == MARKUP_CDATA)) {
        const unsigned its = its_marks_of(prose);
        if ((its & ITS_MARK_SKIP) != 0) {
            return GALLEY_OK;
        }
        prose->builder.keep_space = (its & ITS_MARK_SPACE) != 0;
    }
    switch (event->kind) {
    case MARKUP_TEXT:
        /* The title's text may hold references, but no elements. */
        prose->builder.syntax =
            prose->markup.raw_name[0] == '\0' ? SYNTAX_XML_TEXT : SYNTAX_RAW_TEXT;
        return unit_builder_add_escaped(&prose->builder, event->begin, event->end);
    case MARKUP_CDATA:
        return unit_builder_add_cdata(&prose->builder, event->content_begin, event->content_end);
    case MARKUP_START:
    case MARKUP_EMPTY:
    case MARKUP_END:
        *divides = take_tag(reader, prose, event);
        return GALLEY_OK;
    case MARKUP_OTHER:
    case MARKUP_FINISHED:
        break;
    }
    return GALLEY_OK;
}

galley_status prose_next(struct reader *reader, struct unit *unit, bool *found) {
    struct prose *prose = reader->state;
    *found = false;
    while (!prose->at_end || prose->n_attributes > 0) {
        if (prose->n_attributes > 0 && !unit_builder_has_text(&prose->builder)) {
            const galley_status status = give_attribute(reader, prose, unit, found);
            if (status != GALLEY_OK || *found) {
                return status;
            }
            continue;
        }
        const struct markup_event event = markup_next(&prose->markup);
        bool divides;
        const size_t before = prose->builder.len;
        galley_status status = take_event(reader, prose, &event, &divides);
        if (status == GALLEY_OK && prose->builder.len > before) {
            status = limit_characters(reader, prose, before);
        }
        if (status == GALLEY_OK && prose->n_open > 0) {
            status = close_storages(reader, prose);
        }
        if (status != GALLEY_OK) {
            return status;
        }
        prose->at_end = event.kind == MARKUP_FINISHED;
        if ((divides || prose->at_end) && unit_builder_has_text(&prose->builder)) {
            give_block(reader, prose, unit);
            open_storage(prose);
            *found = true;
            return GALLEY_OK;
        }
        if (divides) {
            unit_builder_begin(&prose->builder, reader);
            prose->n_limits = 0;
        }
        open_storage(prose);
    }
    return GALLEY_OK;
}
