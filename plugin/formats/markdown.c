/*
 * Markdown (CommonMark): prose only. Code, link targets, images' addresses, HTML tags and the marks
 * of headings, lists, quotes and emphasis are no text. A paragraph is a unit, and so is every
 * heading and list item.
 */
#include "formats/annotation.h"
#include "formats/unit_builder.h"

#include <string.h>

struct state {
    size_t at;
    bool fenced; /* inside ``` or ~~~ */
    struct unit_builder builder;
};

static unsigned detect(const char *text, size_t len) {
    return len > 4 && memcmp(text, "---\n", 4) == 0 ? 20 : 0;
}

static galley_status begin(struct reader *reader) {
    reader->state = arena_allocate_zeroed(reader->arena, sizeof(struct state));
    return reader->state == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static size_t line_end(const struct reader *reader, size_t at) {
    const char *feed = memchr(reader->text + at, '\n', reader->len - at);
    return feed == NULL ? reader->len : (size_t)(feed - reader->text);
}

static size_t skip_space(const struct reader *reader, size_t at, size_t end) {
    while (at < end && strchr(" \t\r", reader->text[at]) != NULL && reader->text[at] != '\0') {
        at++;
    }
    return at;
}

static size_t run_of(const struct reader *reader, size_t at, size_t end, char c) {
    size_t n = 0;
    while (at + n < end && reader->text[at + n] == c) {
        n++;
    }
    return n;
}

/* A line that begins a block of its own: what stands before its text. */
struct lead {
    size_t text; /* where the text begins */
    bool heading, item, rule, fence, blank;
};

static struct lead read_lead(const struct reader *reader, size_t at, size_t end) {
    struct lead lead = {.text = skip_space(reader, at, end)};
    while (lead.text < end && reader->text[lead.text] == '>') {
        lead.text = skip_space(reader, lead.text + 1, end);
    }
    if (lead.text == end) {
        lead.blank = true;
        return lead;
    }
    const char c = reader->text[lead.text];
    const size_t n = run_of(reader, lead.text, end, c);
    const size_t behind = lead.text + n;
    const bool spaced = behind < end && reader->text[behind] == ' ';
    if ((c == '`' || c == '~') && n >= 3) {
        lead.fence = true;
    } else if (c == '#' && n <= 6 && spaced) {
        lead.heading = true;
        lead.text = behind + 1;
    } else if ((c == '-' || c == '*' || c == '_' || c == '=') && n >= 3 &&
               skip_space(reader, behind, end) == end) {
        lead.rule = true;
    } else if ((c == '-' || c == '*' || c == '+') && n == 1 && spaced) {
        lead.item = true;
        lead.text = behind + 1;
    } else if (c >= '0' && c <= '9') {
        size_t digits = lead.text;
        while (digits < end && reader->text[digits] >= '0' && reader->text[digits] <= '9') {
            digits++;
        }
        if (digits + 1 < end && (reader->text[digits] == '.' || reader->text[digits] == ')') &&
            reader->text[digits + 1] == ' ' && digits - lead.text <= 9) {
            lead.item = true;
            lead.text = digits + 2;
        }
    }
    return lead;
}

/* Behind the code span, tag, link target or escape that begins at `at`; `at` itself when there is
 * none. */
static size_t skip_inline(const struct reader *reader, size_t at, size_t end) {
    const char c = reader->text[at];
    if (c == '`') {
        const size_t n = run_of(reader, at, end, '`');
        for (size_t i = at + n; i < end; i++) {
            const size_t closing = run_of(reader, i, end, '`');
            if (closing == n) {
                return i + n;
            }
            i += closing;
        }
    } else if (c == '<') {
        const char *close = memchr(reader->text + at, '>', end - at);
        return close == NULL ? at : (size_t)(close - reader->text) + 1;
    } else if (c == ']' && at + 1 < end && reader->text[at + 1] == '(') {
        const char *close = memchr(reader->text + at, ')', end - at);
        return close == NULL ? at : (size_t)(close - reader->text) + 1;
    } else if (c == '[' || c == ']' || c == '*' ||
               (c == '!' && at + 1 < end && reader->text[at + 1] == '[') ||
               (c == '_' && (at == 0 || reader->text[at - 1] == ' ' || at + 1 == end ||
                             strchr(" .,;:!?)", reader->text[at + 1]) != NULL)) ||
               (c == '\\' && at + 1 < end && strchr("\\`*_[]()#+-.!<>", reader->text[at + 1]))) {
        return at + 1;
    }
    return at;
}

static galley_status add_line(struct reader *reader, struct unit_builder *builder, size_t at,
                              size_t end) {
    galley_status status = GALLEY_OK;
    size_t plain = at;
    while (at < end && status == GALLEY_OK) {
        const size_t behind = skip_inline(reader, at, end);
        if (behind == at) {
            at++;
            continue;
        }
        status = unit_builder_add(builder, plain, at);
        at = plain = behind;
    }
    if (status == GALLEY_OK) {
        status = unit_builder_add(builder, plain, end);
    }
    if (status == GALLEY_OK && end < reader->len) {
        status = unit_builder_add_character(builder, ' ', end, end + 1);
    }
    return status;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    struct unit_builder *builder = &state->builder;
    unit_builder_begin(builder, reader);
    builder->syntax = SYNTAX_MARKDOWN;
    unit->kind = UNIT_PARAGRAPH;
    while (state->at < reader->len) {
        const size_t end = line_end(reader, state->at);
        const struct lead lead = read_lead(reader, state->at, end);
        const bool starts = lead.heading || lead.item;
        if (unit_builder_has_text(builder) && (starts || lead.blank || lead.rule || lead.fence)) {
            break;
        }
        state->at = end + 1;
        if (lead.fence) {
            state->fenced = !state->fenced;
        } else if (!state->fenced && !lead.blank && !lead.rule) {
            const galley_status status = add_line(reader, builder, lead.text, end);
            if (status != GALLEY_OK) {
                return status;
            }
            if (lead.heading && unit_builder_has_text(builder)) {
                unit->kind = UNIT_HEADING;
                break;
            }
        }
    }
    *found = unit_builder_has_text(builder);
    unit_builder_finish(builder, unit);
    return GALLEY_OK;
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
