/*
 * JSON Lines, a segment a line: {"id": …, "text": "…", "source": "…"}. "paragraphs": ["…", …] in
 * place of "text" is read as one unit a paragraph; a list of as many strings in "source" has their
 * sources. Anything else in the object is passed over. The
 * scanner only finds strings and their exact bytes; RFC 8259 says what they are.
 */
#include "base/ascii.h"
#include "base/error.h"
#include "formats/annotation.h"
#include "formats/json_text.h"

#include <string.h>

struct state {
    size_t at;           /* the next line */
    size_t line;         /* its number */
    size_t line_end;     /* of the line whose paragraphs are being given out */
    size_t paragraph_at; /* in it, or 0 */
    size_t source_at;    /* of the next paragraph's source, or 0 */
    struct json_string source;
    struct unit_builder text_builder, source_builder;
};

static unsigned detect(const char *text, size_t len) {
    return len > 2 && text[0] == '{' && memchr(text, '"', len < 64 ? len : 64) != NULL ? 40 : 0;
}

static galley_status begin(struct reader *reader) {
    reader->state = arena_allocate_zeroed(reader->arena, sizeof(struct state));
    return reader->state == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

/* What a line has of interest. */
struct line {
    struct json_string text, source;
    size_t paragraphs, sources; /* behind the "[", or 0 */
};

/* Reads the keys of the line's object; strings inside other values are passed over by depth. */
static bool read_line(const struct reader *reader, size_t at, size_t end, struct line *line) {
    *line = (struct line){.paragraphs = 0};
    size_t depth = 0;
    while (at < end && ascii_is_space(reader->text[at])) {
        at++;
    }
    if (at < end && reader->text[at] != '{') {
        return false;
    }
    while (at < end) {
        const char c = reader->text[at];
        if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        } else if (c == '"') {
            struct json_string key;
            if (!json_read_string(reader, &at, end, &key)) {
                return false;
            }
            size_t value = at;
            while (value < end && strchr(" \t:", reader->text[value]) != NULL) {
                value++;
            }
            if (depth == 1 && value > at && value < end) {
                at = value;
                struct json_string *wanted = json_is(reader, key, "text")     ? &line->text
                                             : json_is(reader, key, "source") ? &line->source
                                                                              : NULL;
                if (wanted != NULL && reader->text[at] == '"') {
                    if (!json_read_string(reader, &at, end, wanted)) {
                        return false;
                    }
                } else if (json_is(reader, key, "paragraphs") && reader->text[at] == '[') {
                    line->paragraphs = at + 1;
                } else if (wanted == &line->source && reader->text[at] == '[') {
                    line->sources = at + 1;
                } else if (reader->text[at] == '"' && !json_read_string(reader, &at, end, &key)) {
                    return false;
                }
            }
            continue;
        }
        at++;
    }
    return depth == 0;
}

static galley_status give(struct reader *reader, struct state *state, struct json_string span,
                          struct unit *unit, bool *found) {
    struct unit_builder *builder = &state->text_builder;
    galley_status status = json_build(reader, builder, span);
    *found = status == GALLEY_OK && unit_builder_has_text(builder);
    unit_builder_finish(builder, unit);
    unit->kind = UNIT_SEGMENT;
    if (*found && state->source.end > state->source.begin) {
        struct unit source = {0};
        status = json_build(reader, &state->source_builder, state->source);
        unit_builder_finish(&state->source_builder, &source);
        unit->source = source.text;
        unit->source_len = source.len;
    }
    return status;
}

/* The next string of the array that *place is in; 0 in *place, and false, behind the last one. */
static bool next_string(struct reader *reader, const struct state *state, size_t *place,
                        struct json_string *span) {
    size_t at = *place;
    while (at < state->line_end && reader->text[at] != '"' && reader->text[at] != ']') {
        at++;
    }
    if (at >= state->line_end || reader->text[at] == ']' ||
        !json_read_string(reader, &at, state->line_end, span)) {
        *place = 0;
        return false;
    }
    *place = at;
    return true;
}

/* The next paragraph, with its source where there is one. */
static bool next_paragraph(struct reader *reader, struct state *state, struct json_string *span) {
    if (state->source_at > 0 && !next_string(reader, state, &state->source_at, &state->source)) {
        state->source = (struct json_string){0};
    }
    return next_string(reader, state, &state->paragraph_at, span);
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    *found = false;
    while (!*found && (state->paragraph_at > 0 || state->at < reader->len)) {
        struct json_string span;
        galley_status status = GALLEY_OK;
        if (state->paragraph_at > 0) {
            if (next_paragraph(reader, state, &span)) {
                status = give(reader, state, span, unit, found);
            }
        } else {
            const char *feed = memchr(reader->text + state->at, '\n', reader->len - state->at);
            const size_t from = state->at;
            state->line_end = feed == NULL ? reader->len : (size_t)(feed - reader->text);
            state->at = state->line_end + 1;
            state->line++;
            struct line line;
            if (!read_line(reader, from, state->line_end, &line)) {
                return error_set_at(reader->error, GALLEY_ERROR_FORMAT, from, state->line,
                                    "broken JSON in line %zu", state->line);
            }
            state->source = line.source;
            state->paragraph_at = line.paragraphs;
            state->source_at = line.sources;
            if (line.paragraphs == 0 && line.text.end > line.text.begin) {
                status = give(reader, state, line.text, unit, found);
            }
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static const char member_start[] = ",\"galley\":[{\"check\":";

static void write_member(struct output *out, const char *name, galley_string value) {
    output_text(out, ",");
    output_json_string(out, name, strlen(name));
    output_text(out, ":");
    output_json_string(out, value.data, value.len);
}

static galley_string string_of(const char *text) {
    return (galley_string){text, strlen(text)};
}

static void write_note(struct output *out, const struct note *note, bool first) {
    output_text(out, first ? member_start : ",{\"check\":");
    output_json_string(out, note->check, strlen(note->check));
    write_member(out, "severity", string_of(note->severity));
    write_member(out, "type", string_of(note->its_type));
    write_member(out, "at", note->text);
    write_member(out, "message", note->comment);
    output_text(out, note->waived ? ",\"waived\":true,\"suggestions\":[" : ",\"suggestions\":[");
    for (size_t i = 0; i < note->n_suggestions; i++) {
        output_text(out, i == 0 ? "" : ",");
        output_json_string(out, note->suggestions[i].data, note->suggestions[i].len);
    }
    output_text(out, "]}");
}

/* The object of each line is given a last member "galley": the issues of its text. */
static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    const char *text = annotation->text;
    size_t next = 0;
    galley_status status = GALLEY_OK;
    for (size_t at = 0; next < annotation->n_notes && status == GALLEY_OK;) {
        const char *feed = memchr(text + at, '\n', annotation->len - at);
        const size_t end = feed == NULL ? annotation->len : (size_t)(feed - text) + 1;
        size_t place = end;
        while (place > at && text[place - 1] != '}') {
            place--;
        }
        if (annotation->notes[next].begin < end && place > at) {
            struct output *out = edits_begin(edits, place - 1, place - 1, EDIT_JSON);
            for (bool first = true;
                 next < annotation->n_notes && annotation->notes[next].begin < end; next++) {
                write_note(out, &annotation->notes[next], first);
                first = false;
            }
            output_text(out, "]");
            status = edits_end(edits);
        }
        if (end == annotation->len) {
            break;
        }
        at = end;
    }
    return status;
}

/* Behind the array that begins before `at`. */
static size_t array_end(const char *text, size_t at, size_t len) {
    size_t depth = 1;
    for (bool in_string = false; at < len && depth > 0; at++) {
        if (in_string) {
            at += text[at] == '\\';
            in_string = at < len && text[at] != '"';
        } else if (text[at] == '"') {
            in_string = true;
        } else if (text[at] == '[') {
            depth++;
        } else if (text[at] == ']') {
            depth--;
        }
    }
    return at < len ? at : len;
}

static galley_status strip(const char *text, size_t len, struct edits *edits) {
    const char *end = text + len;
    galley_status status = GALLEY_OK;
    const char *at = annotation_find(text, end, member_start);
    while (at != NULL && status == GALLEY_OK) {
        const size_t begin = (size_t)(at - text);
        const size_t behind = array_end(text, begin + strlen(",\"galley\":["), len);
        status = edits_delete(edits, begin, behind);
        at = annotation_find(text + behind, end, member_start);
    }
    return status;
}

const struct format format_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines with text and source",
    .extensions = ".jsonl .ndjson",
    .collects = true,
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate,
    .strip = strip,
};
