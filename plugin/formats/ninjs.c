/*
 * ninjs (IPTC, 1.x and 2.x), a news item in JSON: headline, description and body, in properties of
 * their own (body_text, body_xhtml, …) or in arrays of objects with a value (bodies, headlines,
 * descriptions). Text that is HTML is read in blocks; its tags divide no word.
 */
#include "base/ascii.h"
#include "base/error.h"
#include "formats/annotation.h"
#include "formats/json_text.h"

#include <string.h>

enum { DEPTH_MAX = 64, TAG_NAME_MAX = 16 };

struct state {
    size_t at;
    struct {
        bool object;
        struct json_string key; /* what the object or array is the value of */
    } open[DEPTH_MAX];
    size_t depth;
    struct json_string html; /* what is left of a text that is HTML; empty: none */
    bool heading;
    struct unit_builder builder;
};

static unsigned detect(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && ascii_is_space(text[at])) {
        at++;
    }
    const size_t head = len < 65536 ? len : 65536;
    if (at == len || text[at] != '{' || annotation_find(text, text + head, "\"uri\"") == NULL) {
        return 0;
    }
    static const char *const keys[] = {"\"headlines\"", "\"bodies\"", "\"body_", "\"description_"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (annotation_find(text, text + head, keys[i]) != NULL) {
            return 60;
        }
    }
    return 0;
}

static galley_status begin(struct reader *reader) {
    reader->state = arena_allocate_zeroed(reader->arena, sizeof(struct state));
    return reader->state == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static galley_status broken(struct reader *reader, size_t at, const char *why) {
    const size_t line = error_line(reader->text, at);
    return error_set_at(reader->error, GALLEY_ERROR_FORMAT, at, line, "broken JSON in line %zu: %s",
                        line, why);
}

static bool begins(const struct reader *reader, struct json_string string, const char *what) {
    return annotation_begins(reader->text + string.begin, reader->text + string.end, what);
}

/* Whether a value of the key is text of the story; `inside` is the key of the array that the
 * value's object stands in. */
static bool is_story(const struct reader *reader, struct json_string key, struct json_string inside,
                     bool *heading) {
    *heading = json_is(reader, key, "headline") ||
               (json_is(reader, key, "value") && json_is(reader, inside, "headlines"));
    return *heading || begins(reader, key, "body_") || begins(reader, key, "description_") ||
           (json_is(reader, key, "value") &&
            (json_is(reader, inside, "bodies") || json_is(reader, inside, "descriptions")));
}

/* ---- text that is HTML ---- */

static bool is_html(const struct reader *reader, struct json_string value) {
    const char *text = reader->text + value.begin;
    const size_t len = value.end - value.begin;
    static const char *const signs[] = {"</", "<\\/", "/>", "\\u003c"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (annotation_find(text, text + len, signs[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* The character at `at`, escapes read. */
static uint32_t character(const struct reader *reader, size_t at, size_t end, size_t *behind) {
    if (reader->text[at] == '\\' && at + 1 < end) {
        return json_read_escape(reader, at, end, behind);
    }
    *behind = at + 1;
    return (unsigned char)reader->text[at];
}

static bool is_inline(const char *name) {
    static const char *const names[] = {"a",     "abbr", "b",      "bdi", "cite", "code", "del",
                                        "em",    "font", "i",      "ins", "mark", "q",    "s",
                                        "small", "span", "strong", "sub", "sup",  "time", "u"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Behind the tag whose "<" ends at `at`, and whether it divides the text; `at` itself when no tag
 * begins there. */
static size_t pass_tag(const struct reader *reader, size_t at, size_t end, bool *divides) {
    char name[TAG_NAME_MAX + 1];
    size_t len = 0;
    size_t behind = at;
    uint32_t c = at < end ? character(reader, at, end, &behind) : 0;
    if (c == '/') {
        at = behind;
        c = at < end ? character(reader, at, end, &behind) : 0;
    }
    const bool tag = c == '!' || (c < 0x80 && ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
    if (!tag) {
        return SIZE_MAX;
    }
    bool in_name = true;
    while (at < end && c != '>') {
        in_name = in_name && c < 0x80 && c > ' ' && c != '/';
        if (in_name && len < TAG_NAME_MAX) {
            name[len++] = ascii_lower((char)c);
        }
        at = behind;
        c = at < end ? character(reader, at, end, &behind) : '>';
    }
    name[len] = '\0';
    *divides = !is_inline(name);
    return at < end ? behind : end;
}

/* The next block of the text; what is left of it stays in state->html. */
static galley_status read_block(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    struct unit_builder *builder = &state->builder;
    unit_builder_begin(builder, reader);
    builder->keeps_pieces = false; /* an edit would have to be spelt twice */
    const size_t end = state->html.end;
    size_t at = state->html.begin;
    size_t plain = at;
    bool divides = false;
    galley_status status = GALLEY_OK;
    while (at < end && !divides && status == GALLEY_OK) {
        size_t behind;
        const uint32_t c = character(reader, at, end, &behind);
        const bool escape = reader->text[at] == '\\';
        const size_t tag = c == '<' ? pass_tag(reader, behind, end, &divides) : SIZE_MAX;
        if (!escape && tag == SIZE_MAX) {
            at = behind;
            continue;
        }
        status = unit_builder_add_escaped(builder, plain, at);
        if (tag != SIZE_MAX) {
            behind = tag;
        } else if (status == GALLEY_OK) {
            status = unit_builder_add_character(builder, c, at, behind);
        }
        at = plain = behind;
        divides = divides && unit_builder_has_text(builder);
    }
    if (status == GALLEY_OK) {
        status = unit_builder_add_escaped(builder, plain, at);
    }
    state->html.begin = at;
    *found = status == GALLEY_OK && unit_builder_has_text(builder);
    unit_builder_finish(builder, unit);
    return status;
}

/* ---- the object ---- */

static galley_status take_text(struct reader *reader, struct json_string value, struct unit *unit,
                               bool *found) {
    struct state *state = reader->state;
    if (is_html(reader, value)) {
        state->html = value;
        return GALLEY_OK;
    }
    struct unit_builder *builder = &state->builder;
    const galley_status status = json_build(reader, builder, value);
    *found = status == GALLEY_OK && unit_builder_has_text(builder);
    unit_builder_finish(builder, unit);
    return status;
}

/* A string in an object: a key with its value. */
static galley_status take_member(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    const size_t from = state->at;
    struct json_string key;
    if (!json_read_string(reader, &state->at, reader->len, &key)) {
        return broken(reader, from, "a string without an end");
    }
    while (state->at < reader->len &&
           (ascii_is_space(reader->text[state->at]) || reader->text[state->at] == ':')) {
        state->at++;
    }
    const char c = state->at < reader->len ? reader->text[state->at] : '\0';
    if (c == '{' || c == '[') {
        if (state->depth == DEPTH_MAX) {
            return broken(reader, state->at, "values are nested too deep");
        }
        state->open[state->depth].object = c == '{';
        state->open[state->depth++].key = key;
        state->at++;
    } else if (c == '"') {
        struct json_string value;
        if (!json_read_string(reader, &state->at, reader->len, &value)) {
            return broken(reader, from, "a string without an end");
        }
        const struct json_string none = {0, 0};
        const struct json_string inside =
            state->depth >= 2 ? state->open[state->depth - 2].key : none;
        if (is_story(reader, key, inside, &state->heading)) {
            return take_text(reader, value, unit, found);
        }
    }
    return GALLEY_OK;
}

static galley_status take_value(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    const char c = reader->text[state->at];
    if (c == '"' && state->depth > 0 && state->open[state->depth - 1].object) {
        return take_member(reader, unit, found);
    }
    if (c == '"') {
        struct json_string passed;
        return json_read_string(reader, &state->at, reader->len, &passed)
                   ? GALLEY_OK
                   : broken(reader, state->at, "a string without an end");
    }
    if (c == '{' || c == '[') {
        if (state->depth == DEPTH_MAX) {
            return broken(reader, state->at, "values are nested too deep");
        }
        state->open[state->depth].object = c == '{';
        state->open[state->depth++].key = (struct json_string){0, 0};
    } else if (c == '}' || c == ']') {
        if (state->depth == 0 || state->open[state->depth - 1].object != (c == '}')) {
            return broken(reader, state->at, "a bracket that nothing opened");
        }
        state->depth--;
    }
    state->at++;
    return GALLEY_OK;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    galley_status status = GALLEY_OK;
    *found = false;
    while (!*found && status == GALLEY_OK) {
        if (state->html.begin < state->html.end) {
            status = read_block(reader, unit, found);
        } else if (state->at < reader->len) {
            status = take_value(reader, unit, found);
        } else {
            break;
        }
    }
    if (status == GALLEY_OK && !*found && state->depth > 0) {
        return broken(reader, reader->len, "it ends inside a value");
    }
    unit->kind = state->heading ? UNIT_HEADING : UNIT_PARAGRAPH;
    return status;
}

const struct format format_ninjs = {
    .name = "ninjs",
    .summary = "ninjs news items in JSON",
    .extensions = ".ninjs .json",
    .detect = detect,
    .begin = begin,
    .next = next,
};
