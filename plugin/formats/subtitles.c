/*
 * Subtitles: SubRip (.srt) and WebVTT (W3C). A sentence runs over several cues, so cues are joined
 * until one ends with a sentence's last mark; numbers, times, notes and tags are no text.
 */
#include "formats/annotation.h"
#include "formats/markup.h"
#include "formats/unit_builder.h"

#include <string.h>

enum { CUES_JOINED_MAX = 12 }; /* a sentence that runs on longer has lost its stop */

struct state {
    size_t at;
    struct unit_builder builder;
};

static size_t line_end(const struct reader *reader, size_t at) {
    const char *feed = memchr(reader->text + at, '\n', reader->len - at);
    return feed == NULL ? reader->len : (size_t)(feed - reader->text);
}

static bool has_arrow(const char *text, size_t begin, size_t end) {
    for (size_t i = begin; i + 3 <= end; i++) {
        if (text[i] == '-' && text[i + 1] == '-' && text[i + 2] == '>') {
            return true;
        }
    }
    return false;
}

static unsigned detect(const char *text, size_t len) {
    if (len >= 6 && memcmp(text, "WEBVTT", 6) == 0) {
        return 100;
    }
    size_t digits = 0;
    while (digits < len && text[digits] >= '0' && text[digits] <= '9') {
        digits++;
    }
    const size_t head = len < 128 ? len : 128;
    return digits > 0 && has_arrow(text, digits, head) ? 90 : 0;
}

static galley_status begin(struct reader *reader) {
    reader->state = arena_allocate_zeroed(reader->arena, sizeof(struct state));
    return reader->state == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static bool is_blank(const struct reader *reader, size_t begin, size_t end) {
    while (begin < end && (reader->text[begin] == ' ' || reader->text[begin] == '\r' ||
                           reader->text[begin] == '\t')) {
        begin++;
    }
    return begin == end;
}

/* One line of a cue, without its tags. */
static galley_status add_line(struct reader *reader, struct unit_builder *builder, size_t begin,
                              size_t end) {
    struct markup markup;
    markup_init(&markup, reader->text, end, true);
    markup.at = begin;
    galley_status status = GALLEY_OK;
    while (status == GALLEY_OK) {
        const struct markup_event event = markup_next(&markup);
        if (event.kind == MARKUP_FINISHED) {
            break;
        }
        if (event.kind == MARKUP_TEXT) {
            status = unit_builder_add_escaped(builder, event.begin, event.end);
        }
    }
    if (status == GALLEY_OK && builder->len > 0 && end < reader->len) {
        status = unit_builder_add_character(builder, ' ', end, end + 1);
    }
    return status;
}

static bool ends_sentence(const struct unit_builder *builder) {
    size_t len = builder->len;
    while (len > 0 && strchr(" \"'])", builder->text[len - 1]) != NULL) {
        len--;
    }
    if (len >= 3 && memcmp(builder->text + len - 3, "\xE2\x80\x9D", 3) == 0) {
        len -= 3;
    }
    return len > 0 && strchr(".!?", builder->text[len - 1]) != NULL;
}

/* Moves behind the next line of times; false at the end of the text. */
static bool find_cue(struct reader *reader, struct state *state) {
    while (state->at < reader->len) {
        const size_t begin = state->at;
        const size_t end = line_end(reader, begin);
        state->at = end + 1;
        if (has_arrow(reader->text, begin, end)) {
            return true;
        }
    }
    return false;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    struct unit_builder *builder = &state->builder;
    unit_builder_begin(builder, reader);
    builder->syntax = SYNTAX_XML_TEXT;
    int cues = 0;
    while (cues < CUES_JOINED_MAX && find_cue(reader, state)) {
        while (state->at < reader->len) {
            const size_t begin = state->at;
            const size_t end = line_end(reader, begin);
            if (is_blank(reader, begin, end)) {
                break;
            }
            const galley_status status = add_line(reader, builder, begin, end);
            if (status != GALLEY_OK) {
                return status;
            }
            state->at = end + 1;
        }
        if (ends_sentence(builder)) {
            break;
        }
        cues += unit_builder_has_text(builder);
    }
    *found = unit_builder_has_text(builder);
    unit_builder_finish(builder, unit);
    unit->kind = UNIT_PARAGRAPH;
    return GALLEY_OK;
}

static const char note_start[] = "NOTE galley: ";

static bool is_webvtt(const char *text, size_t len) {
    return annotation_begins(text, text + len, "WEBVTT");
}

/* A note before the cue of each issue. SubRip has no notes. */
static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    const char *text = annotation->text;
    if (!is_webvtt(text, annotation->len)) {
        return GALLEY_ERROR_UNSUPPORTED;
    }
    const char *line_break = annotation_line_break(text, annotation->len);
    size_t cue = 0;
    size_t next = 0;
    bool inside = false;
    galley_status status = GALLEY_OK;
    for (size_t at = 0; at < annotation->len && status == GALLEY_OK;) {
        const char *feed = memchr(text + at, '\n', annotation->len - at);
        const size_t end = feed == NULL ? annotation->len : (size_t)(feed - text) + 1;
        const bool blank = text[at] == '\n' || text[at] == '\r';
        cue = inside || blank ? cue : at;
        inside = !blank;
        for (; next < annotation->n_notes && annotation->notes[next].begin < end &&
               status == GALLEY_OK;
             next++) {
            struct output *out = edits_begin(edits, cue, cue, EDIT_QUESTION);
            output_text(out, note_start);
            annotation_write_line(out, &annotation->notes[next]);
            output_text(out, line_break);
            output_text(out, line_break);
            status = edits_end(edits);
        }
        at = end;
    }
    return status;
}

static galley_status strip(const char *text, size_t len, struct edits *edits) {
    galley_status status = GALLEY_OK;
    for (size_t at = 0; at < len && status == GALLEY_OK && is_webvtt(text, len);) {
        const char *feed = memchr(text + at, '\n', len - at);
        size_t end = feed == NULL ? len : (size_t)(feed - text) + 1;
        if (annotation_begins(text + at, text + end, note_start)) {
            end += end < len && text[end] == '\r';
            end += end < len && text[end] == '\n';
            status = edits_delete(edits, at, end);
        }
        at = end;
    }
    return status;
}

const struct format format_subtitles = {
    .name = "subtitles",
    .summary = "SubRip and WebVTT subtitles",
    .extensions = ".srt .vtt",
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate,
    .strip = strip,
};
