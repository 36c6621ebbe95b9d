/*
 * Plain text. Blank lines divide paragraphs. Inside such a block, lines that were wrapped at a
 * screen's width belong together; a block with a line longer than any screen was not wrapped, and
 * then every line is a paragraph of its own (a headline above its story, one paragraph a line).
 */
#include "formats/format.h"
#include "waivers/marks.h"

#include <string.h>

/* Bytes. Mail and editors wrap at 72 to 100 columns; 120 leaves room for multi-byte letters. */
enum { LONGEST_WRAPPED_LINE = 120 };

struct state {
    size_t at;        /* where the rest of the text begins */
    size_t block_end; /* end of the block that is being divided into lines, or 0 */
};

static unsigned detect(const char *text, size_t len) {
    (void)text;
    (void)len;
    return 1;
}

static galley_status begin(struct reader *reader) {
    reader->state = arena_allocate_zeroed(reader->arena, sizeof(struct state));
    return reader->state == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

/* An empty line, or an ignore mark, which is no text either. */
static bool is_blank(const char *text, size_t begin, size_t end) {
    if (marks_is_line(text, begin, end)) {
        return true;
    }
    while (begin < end && (text[begin] == ' ' || text[begin] == '\t' || text[begin] == '\r')) {
        begin++;
    }
    return begin == end;
}

/* The end of the line at `at`: its line feed, its lone carriage return, or the end of the text. */
static size_t line_end(const char *text, size_t at, size_t len) {
    const char *feed = memchr(text + at, '\n', len - at);
    const size_t end = feed == NULL ? len : (size_t)(feed - text);
    const char *carriage = memchr(text + at, '\r', end - at);
    return carriage != NULL && carriage + 1 < text + end ? (size_t)(carriage - text) : end;
}

/* Finds the block from state->at and whether its lines are paragraphs of their own. */
static size_t find_block(const struct reader *reader, size_t at, bool *wrapped) {
    size_t end = at;
    *wrapped = true;
    while (at < reader->len) {
        const size_t line = line_end(reader->text, at, reader->len);
        if (is_blank(reader->text, at, line)) {
            break;
        }
        if (line - at > LONGEST_WRAPPED_LINE) {
            *wrapped = false;
        }
        end = line;
        at = line + 1;
    }
    return end;
}

/* The text without white space around it. */
static void trim(struct unit *unit) {
    while (unit->len > 0 && strchr(" \t\r\n", unit->text[0]) != NULL && unit->text[0] != '\0') {
        unit->text++;
        unit->document_offset++;
        unit->len--;
    }
    while (unit->len > 0 && unit->text[unit->len - 1] != '\0' &&
           strchr(" \t\r\n", unit->text[unit->len - 1]) != NULL) {
        unit->len--;
    }
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    *found = false;
    while (state->at < reader->len && !*found) {
        size_t end = line_end(reader->text, state->at, reader->len);
        if (state->at >= state->block_end) {
            if (is_blank(reader->text, state->at, end)) {
                state->at = end + 1;
                continue;
            }
            bool wrapped;
            const size_t block_end = find_block(reader, state->at, &wrapped);
            if (wrapped) {
                end = block_end;
            } else {
                state->block_end = block_end;
            }
        }
        unit->text = reader->text + state->at;
        unit->len = end - state->at;
        unit->document_offset = state->at;
        unit->kind = UNIT_PARAGRAPH;
        trim(unit);
        *found = unit->len > 0;
        state->at = end + 1;
    }
    return GALLEY_OK;
}

const struct format format_text = {
    .name = "text",
    .summary = "plain text, paragraphs divided by blank lines",
    .extensions = ".txt .text",
    .detect = detect,
    .begin = begin,
    .next = next,
};
