/*
 * gettext PO: msgid as source, msgstr as target, joined over their lines (GNU gettext manual, "The
 * Format of PO Files"). Obsolete entries (#~) and the header are passed over.
 */
#include "base/error.h"
#include "formats/annotation.h"
#include "formats/unit_builder.h"

#include <string.h>

struct state {
    size_t at;
    struct unit_builder source, plural, target;
    bool has_source, has_plural;
};

static unsigned detect(const char *text, size_t len) {
    const size_t head = len < 8192 ? len : 8192;
    for (size_t at = 0; at + 7 < head;) {
        if (memcmp(text + at, "msgid \"", 7) == 0) {
            return 80;
        }
        const char *feed = memchr(text + at, '\n', head - at);
        if (feed == NULL) {
            break;
        }
        at = (size_t)(feed - text) + 1;
    }
    return 0;
}

static galley_status begin(struct reader *reader) {
    reader->state = arena_allocate_zeroed(reader->arena, sizeof(struct state));
    return reader->state == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static uint32_t escaped_character(char c) {
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return (unsigned char)c;
    }
}

/* Adds the string that begins with the quotation mark at `at`; answers where its line ends. */
static galley_status add_string(struct reader *reader, struct unit_builder *builder, size_t at,
                                size_t end) {
    galley_status status = GALLEY_OK;
    size_t plain = ++at;
    while (at < end && reader->text[at] != '"' && status == GALLEY_OK) {
        if (reader->text[at] == '\\' && at + 1 < end) {
            status = unit_builder_add(builder, plain, at);
            if (status == GALLEY_OK) {
                status = unit_builder_add_character(
                    builder, escaped_character(reader->text[at + 1]), at, at + 2);
            }
            at += 2;
            plain = at;
        } else {
            at++;
        }
    }
    if (status == GALLEY_OK && (at >= end || reader->text[at] != '"')) {
        const size_t line = error_line(reader->text, at < end ? at : end);
        return error_set_at(reader->error, GALLEY_ERROR_FORMAT, end, line,
                            "broken PO: a string without its end in line %zu", line);
    }
    return status == GALLEY_OK ? unit_builder_add(builder, plain, at) : status;
}

static bool line_starts(const struct reader *reader, size_t at, size_t end, const char *word) {
    const size_t len = strlen(word);
    return end - at > len && memcmp(reader->text + at, word, len) == 0;
}

static size_t line_end(const struct reader *reader, size_t at) {
    const char *feed = memchr(reader->text + at, '\n', reader->len - at);
    return feed == NULL ? reader->len : (size_t)(feed - reader->text);
}

/* Reads the strings from the keyword's line on, to the last of its continuation lines. */
static galley_status read_strings(struct reader *reader, struct state *state,
                                  struct unit_builder *builder) {
    galley_status status = GALLEY_OK;
    unit_builder_begin(builder, reader);
    builder->syntax = SYNTAX_C_STRING;
    bool first = true;
    while (state->at < reader->len && status == GALLEY_OK) {
        const size_t end = line_end(reader, state->at);
        const char *quote = memchr(reader->text + state->at, '"', end - state->at);
        if (quote == NULL || (!first && reader->text[state->at] != '"')) {
            break;
        }
        status = add_string(reader, builder, (size_t)(quote - reader->text), end);
        state->at = end + 1;
        first = false;
    }
    if (first) {
        state->at = line_end(reader, state->at) + 1; /* a keyword without its string */
    }
    return status;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    *found = false;
    while (state->at < reader->len) {
        const size_t end = line_end(reader, state->at);
        galley_status status = GALLEY_OK;
        if (line_starts(reader, state->at, end, "msgid ")) {
            status = read_strings(reader, state, &state->source);
            state->has_source = unit_builder_has_text(&state->source);
            state->has_plural = false;
        } else if (line_starts(reader, state->at, end, "msgid_plural ")) {
            status = read_strings(reader, state, &state->plural);
            state->has_plural = unit_builder_has_text(&state->plural);
        } else if (line_starts(reader, state->at, end, "msgstr")) {
            /* msgstr[0] is of msgid, the others are of msgid_plural. */
            const bool is_plural = state->has_plural &&
                                   line_starts(reader, state->at, end, "msgstr[") &&
                                   !line_starts(reader, state->at, end, "msgstr[0]");
            status = read_strings(reader, state, &state->target);
            if (status == GALLEY_OK && state->has_source && unit_builder_has_text(&state->target)) {
                struct unit source = {0};
                struct unit_builder copy = is_plural ? state->plural : state->source;
                unit_builder_finish(&copy, &source);
                unit_builder_finish(&state->target, unit);
                unit->kind = UNIT_SEGMENT;
                unit->source = source.text;
                unit->source_len = source.len;
                *found = true;
                return GALLEY_OK;
            }
        } else {
            state->at = end + 1;
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static const char comment_start[] = "# galley: ";

/* A scan over the lines of entries. */
struct entries {
    const char *text;
    size_t len;
    size_t line, end; /* the line, and where the next one begins */
    size_t entry;     /* where its entry begins */
    bool behind_translation, inside;
};

static bool next_line(struct entries *entries) {
    entries->line = entries->end;
    if (entries->line >= entries->len) {
        return false;
    }
    const char *line = entries->text + entries->line;
    const char *feed = memchr(line, '\n', entries->len - entries->line);
    entries->end = feed == NULL ? entries->len : (size_t)(feed - entries->text) + 1;
    const char *end = entries->text + entries->end;
    const bool blank = line[0] == '\n' || line[0] == '\r';
    const bool begins = line[0] == '#' || annotation_begins(line, end, "msgctxt ") ||
                        annotation_begins(line, end, "msgid ");
    if (!blank && (!entries->inside || (entries->behind_translation && begins))) {
        entries->entry = entries->line;
        entries->behind_translation = false;
    }
    entries->inside = !blank;
    entries->behind_translation =
        entries->behind_translation || annotation_begins(line, end, "msgstr");
    return true;
}

/* A translator's comment for each issue, before its entry. */
static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    const char *line_break = annotation_line_break(annotation->text, annotation->len);
    struct entries entries = {.text = annotation->text, .len = annotation->len};
    size_t next = 0;
    while (next < annotation->n_notes && next_line(&entries)) {
        for (; next < annotation->n_notes && annotation->notes[next].begin < entries.end; next++) {
            struct output *out = edits_begin(edits, entries.entry, entries.entry, EDIT_QUESTION);
            output_text(out, comment_start);
            annotation_write_line(out, &annotation->notes[next]);
            output_text(out, line_break);
            const galley_status status = edits_end(edits);
            if (status != GALLEY_OK) {
                return status;
            }
        }
    }
    return GALLEY_OK;
}

static galley_status strip(const char *text, size_t len, struct edits *edits) {
    struct entries entries = {.text = text, .len = len};
    galley_status status = GALLEY_OK;
    while (status == GALLEY_OK && next_line(&entries)) {
        if (annotation_begins(text + entries.line, text + entries.end, comment_start)) {
            status = edits_delete(edits, entries.line, entries.end);
        }
    }
    return status;
}

const struct format format_po = {
    .name = "po",
    .summary = "gettext PO, msgstr against msgid",
    .extensions = ".po .pot",
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate,
    .strip = strip,
};
