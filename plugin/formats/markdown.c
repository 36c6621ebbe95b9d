/*
 * Markdown (CommonMark with GitHub's tables): the prose, as MD4C divides it. Every paragraph,
 * heading, item and cell is a unit. Code blocks, blocks of HTML and front matter (YAML between
 * lines of three hyphens) are no text; a code span is U+FFFC; links and images have the text that
 * readers see.
 *
 * MD4C hands out the document's own bytes, so that their places are known; line breaks it hands out
 * without a place, which is behind the text before.
 */
#include "libraries/markdown.h"
#include "base/error.h"
#include "formats/annotation.h"
#include "formats/unit_builder.h"

#include <string.h>

enum { OBJECT_REPLACEMENT = 0xFFFC };

enum slice_kind {
    SLICE_TEXT,
    SLICE_REFERENCE, /* "&nbsp;" */
    SLICE_BREAK,     /* a line's end */
    SLICE_CODE,
    SLICE_END,        /* of a unit */
    SLICE_HEADING_END /* ... of a heading */
};

/* A stretch of the document. */
struct slice {
    uint32_t begin, len;
    uint8_t kind;
};

struct state {
    struct slice *slices;
    size_t n, capacity;
    size_t next; /* the first that no unit has had */
    struct unit_builder builder;
};

/* While MD4C reads. */
struct reading {
    struct reader *reader;
    struct state *state;
    const char *text; /* what MD4C reads: the document behind its front matter */
    size_t len;
    size_t at;       /* of the document: behind the last text */
    size_t n_hidden; /* blocks that are open and no prose */
    bool in_code;    /* a code span has just begun */
    bool is_heading;
};

enum { NO_MEMORY = 1 }; /* ends MD4C's work */

static unsigned detect(const char *text, size_t len) {
    return len > 4 && memcmp(text, "---\n", 4) == 0 ? 20 : 0;
}

static int add(struct reading *reading, enum slice_kind kind, size_t begin, size_t end) {
    struct state *state = reading->state;
    if (!arena_grow(reading->reader->arena, &state->slices, state->n, &state->capacity,
                    sizeof *state->slices, state->n + 1)) {
        return NO_MEMORY;
    }
    state->slices[state->n++] =
        (struct slice){(uint32_t)begin, (uint32_t)(end - begin), (uint8_t)kind};
    return 0;
}

static int end_unit(struct reading *reading) {
    const struct state *state = reading->state;
    if (state->n == 0 || state->slices[state->n - 1].kind >= SLICE_END) {
        return 0;
    }
    return add(reading, reading->is_heading ? SLICE_HEADING_END : SLICE_END, reading->at,
               reading->at);
}

static bool is_hidden(MD_BLOCKTYPE type) {
    return type == MD_BLOCK_CODE || type == MD_BLOCK_HTML;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context) {
    struct reading *reading = context;
    (void)detail;
    const int result = end_unit(reading);
    reading->n_hidden += is_hidden(type);
    reading->is_heading = type == MD_BLOCK_H;
    return result;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context) {
    struct reading *reading = context;
    (void)detail;
    const int result = end_unit(reading);
    reading->n_hidden -= is_hidden(type);
    reading->is_heading = false;
    return result;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context) {
    struct reading *reading = context;
    (void)detail;
    reading->in_code = type == MD_SPAN_CODE;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context) {
    (void)type;
    (void)detail;
    (void)context;
    return 0;
}

static int add_break(struct reading *reading) {
    const char *text = reading->reader->text;
    const char *feed = memchr(text + reading->at, '\n', reading->reader->len - reading->at);
    if (feed == NULL) {
        return 0;
    }
    const size_t begin = (size_t)(feed - text);
    reading->at = begin + 1;
    return add(reading, SLICE_BREAK, begin, begin + 1);
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE len, void *context) {
    struct reading *reading = context;
    if (reading->n_hidden > 0) {
        return 0;
    }
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        return add_break(reading);
    }
    if (text < reading->text || text + len > reading->text + reading->len) {
        return 0; /* what stands for something else, such as U+0000 */
    }
    const size_t begin = (size_t)(text - reading->reader->text);
    reading->at = begin + len;
    switch (type) {
    case MD_TEXT_NORMAL:
        return add(reading, SLICE_TEXT, begin, reading->at);
    case MD_TEXT_ENTITY:
        return add(reading, SLICE_REFERENCE, begin, reading->at);
    case MD_TEXT_CODE:
        if (reading->in_code) {
            reading->in_code = false;
            return add(reading, SLICE_CODE, begin, reading->at);
        }
        return 0;
    default:
        return 0;
    }
}

/* Behind the front matter; 0 where there is none. */
static size_t skip_front_matter(const char *text, size_t len) {
    const char *end = text + len;
    const char *line = text;
    bool is_first = true;
    while (line < end) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *line_end = feed == NULL ? end : feed;
        const size_t n = (size_t)(line_end - line) - (line_end > line && line_end[-1] == '\r');
        const bool is_rule =
            n == 3 && (memcmp(line, "---", 3) == 0 || (!is_first && memcmp(line, "...", 3) == 0));
        if (is_first ? !is_rule : is_rule) {
            return is_first ? 0 : (size_t)(line_end - text);
        }
        is_first = false;
        line = line_end + 1;
    }
    return 0;
}

static galley_status begin(struct reader *reader) {
    static const MD_PARSER parser = {.flags =
                                         MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
                                     .enter_block = enter_block,
                                     .leave_block = leave_block,
                                     .enter_span = enter_span,
                                     .leave_span = leave_span,
                                     .text = take_text};
    if (!library_load(LIBRARY_MARKDOWN)) {
        return library_missing(LIBRARY_MARKDOWN, reader->error);
    }
    struct state *state = arena_allocate_zeroed(reader->arena, sizeof *state);
    if (state == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    reader->state = state;
    const size_t front = skip_front_matter(reader->text, reader->len);
    struct reading reading = {.reader = reader,
                              .state = state,
                              .text = reader->text + front,
                              .len = reader->len - front,
                              .at = front};
    return md_parse(reading.text, (MD_SIZE)reading.len, &parser, &reading) == 0
               ? GALLEY_OK
               : error_set(reader->error, GALLEY_ERROR_MEMORY, "out of memory");
}

static galley_status add_slice(struct unit_builder *builder, const struct slice *slice) {
    const size_t begin = slice->begin;
    const size_t end = begin + slice->len;
    switch ((enum slice_kind)slice->kind) {
    case SLICE_TEXT:
        return unit_builder_add(builder, begin, end);
    case SLICE_REFERENCE:
        return unit_builder_add_escaped(builder, begin, end);
    case SLICE_BREAK:
        return unit_builder_add_character(builder, ' ', begin, end);
    case SLICE_CODE:
        return unit_builder_add_character(builder, OBJECT_REPLACEMENT, begin, end);
    default:
        return GALLEY_OK;
    }
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    struct unit_builder *builder = &state->builder;
    galley_status status = GALLEY_OK;
    *found = false;
    while (!*found && state->next < state->n && status == GALLEY_OK) {
        unit_builder_begin(builder, reader);
        builder->syntax = SYNTAX_MARKDOWN;
        const struct slice *slice;
        do {
            slice = &state->slices[state->next++];
            status = add_slice(builder, slice);
        } while (slice->kind < SLICE_END && state->next < state->n && status == GALLEY_OK);
        *found = unit_builder_has_text(builder);
        unit->kind = slice->kind == SLICE_HEADING_END ? UNIT_HEADING : UNIT_PARAGRAPH;
    }
    if (*found) {
        unit_builder_finish(builder, unit);
    }
    return status;
}

const struct format format_markdown = {
    .name = "markdown",
    .summary = "Markdown, the prose of it",
    .extensions = ".md .markdown",
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate_markdown,
    .strip = strip_markdown,
};
