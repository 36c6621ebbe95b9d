#include "formats/office.h"

#include <string.h>

bool office_is(const struct markup *markup, const struct markup_event *event, const char *name) {
    const size_t len = strlen(name);
    return event->name_end - event->name_begin == len &&
           memcmp(markup->text + event->name_begin, name, len) == 0;
}

static bool is_listed(const struct office *office, const struct markup_event *event,
                      const char *const *names) {
    for (; *names != NULL; names++) {
        if (office_is(&office->markup, event, *names)) {
            return true;
        }
    }
    return false;
}

galley_status office_begin(struct reader *reader, const struct office_names *names) {
    const galley_status status = markup_verify_xml(reader);
    if (status != GALLEY_OK) {
        return status;
    }
    struct office *office = arena_allocate_zeroed(reader->arena, sizeof *office);
    if (office == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    office->names = names;
    markup_begin(&office->markup, reader, false);
    unit_builder_begin(&office->builder, reader);
    reader->state = office;
    return GALLEY_OK;
}

/* The paragraph that was read so far, if it has text. */
static bool give(struct reader *reader, struct office *office, struct unit *unit) {
    const bool has_text = unit_builder_has_text(&office->builder);
    if (has_text) {
        unit_builder_finish(&office->builder, unit);
        unit->kind = office->heading ? UNIT_HEADING : UNIT_PARAGRAPH;
    }
    office->heading = false;
    unit_builder_begin(&office->builder, reader);
    return has_text;
}

/* Inside what is passed over only the depth counts. */
static void skip_event(struct office *office, const struct markup_event *event) {
    if (event->kind == MARKUP_START) {
        office->skip_depth++;
    } else if (event->kind == MARKUP_END) {
        office->skip_depth--;
    }
}

/* True when a paragraph is complete. A paragraph inside another one, such as a text box's or a
 * footnote's, is one of its own. */
static bool take_start(struct reader *reader, struct office *office,
                       const struct markup_event *event, struct unit *unit) {
    if (is_listed(office, event, office->names->skipped)) {
        office->skip_depth = 1;
    } else if (is_listed(office, event, office->names->paragraphs)) {
        const bool found = give(reader, office, unit);
        office->paragraph_depth++;
        office->heading = is_listed(office, event, office->names->headings);
        return found;
    } else if (office->names->text != NULL &&
               office_is(&office->markup, event, office->names->text)) {
        office->text_depth++;
    }
    return false;
}

static bool take_end(struct reader *reader, struct office *office, const struct markup_event *event,
                     struct unit *unit) {
    if (is_listed(office, event, office->names->paragraphs)) {
        office->paragraph_depth -= office->paragraph_depth > 0;
        return give(reader, office, unit);
    }
    if (office->names->text != NULL && office_is(&office->markup, event, office->names->text)) {
        office->text_depth -= office->text_depth > 0;
    }
    return false;
}

static bool counts(const struct office *office) {
    return office->names->text != NULL ? office->text_depth > 0 : office->paragraph_depth > 0;
}

static galley_status take_event(struct reader *reader, struct office *office,
                                const struct markup_event *event, struct unit *unit, bool *found) {
    if (office->skip_depth > 0) {
        skip_event(office, event);
        return GALLEY_OK;
    }
    if ((event->kind == MARKUP_START || event->kind == MARKUP_EMPTY) &&
        is_listed(office, event, office->names->spaces)) {
        return unit_builder_add_character(&office->builder, ' ', event->begin, event->end);
    }
    switch (event->kind) {
    case MARKUP_START:
        *found = take_start(reader, office, event, unit);
        return GALLEY_OK;
    case MARKUP_END:
        *found = take_end(reader, office, event, unit);
        return GALLEY_OK;
    case MARKUP_TEXT:
        return counts(office) ? unit_builder_add_escaped(&office->builder, event->begin, event->end)
                              : GALLEY_OK;
    case MARKUP_CDATA:
        return counts(office) ? unit_builder_add_cdata(&office->builder, event->content_begin,
                                                       event->content_end)
                              : GALLEY_OK;
    case MARKUP_EMPTY:
    case MARKUP_OTHER:
    case MARKUP_FINISHED:
        break;
    }
    return GALLEY_OK;
}

galley_status office_next(struct reader *reader, struct unit *unit, bool *found) {
    struct office *office = reader->state;
    galley_status status = GALLEY_OK;
    *found = false;
    while (!*found && status == GALLEY_OK) {
        const struct markup_event event = markup_next(&office->markup);
        if (event.kind == MARKUP_FINISHED) {
            break;
        }
        status = take_event(reader, office, &event, unit, found);
    }
    return status;
}
