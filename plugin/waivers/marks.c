#include "waivers/marks.h"

#include "base/error.h"
#include "document.h"

#include <string.h>

static const char word[] = "galley:ignore";
enum { WORD_LEN = sizeof word - 1 };

static bool is_space(char c) {
    return c == ' ' || c == '\t';
}

/* What opens a comment, and what closes it; NULL: the line's end does. The first of a line but for
 * white space, except that of markup, which stands anywhere. */
static const struct {
    const char *open, *close;
} comments[] = {
    {"<!--", "-->"}, {"/*", "*/"}, {"[", "]"},     {"#", NULL},
    {"//", NULL},    {";", NULL},  {"NOTE", NULL}, {"", NULL},
};

enum { N_COMMENTS = sizeof comments / sizeof *comments };

/* Which comment the mark at `at` stands in; N_COMMENTS: in none, so that it is no mark. */
static size_t find_comment(const char *text, size_t at) {
    while (at > 0 && is_space(text[at - 1])) {
        at--;
    }
    for (size_t i = 0; i < N_COMMENTS; i++) {
        const size_t len = strlen(comments[i].open);
        if (at < len || memcmp(text + at - len, comments[i].open, len) != 0) {
            continue;
        }
        size_t line = at - len;
        while (line > 0 && is_space(text[line - 1])) {
            line--;
        }
        if (i == 0 || line == 0 || text[line - 1] == '\n' || text[line - 1] == '\r') {
            return i;
        }
    }
    return N_COMMENTS;
}

static size_t find(const char *text, size_t at, size_t end, const char *what) {
    const size_t len = strlen(what);
    for (; at + len <= end; at++) {
        const char *first = memchr(text + at, what[0], end - at - len + 1);
        if (first == NULL) {
            break;
        }
        at = (size_t)(first - text);
        if (memcmp(first, what, len) == 0) {
            return at;
        }
    }
    return end;
}

static size_t line_end(const char *text, size_t at, size_t len) {
    while (at < len && text[at] != '\n' && text[at] != '\r') {
        at++;
    }
    return at;
}

/* Where the mark at `at` ends. Only a comment of markup runs over lines. */
static size_t find_end(const char *text, size_t at, size_t len, size_t comment) {
    const char *close = comments[comment].close;
    const size_t end = comment == 0 ? len : line_end(text, at, len);
    return close == NULL ? end : find(text, at, end, close);
}

/* The next "galley:ignore" from `at`; colons are rare in news. */
static size_t find_word(const char *text, size_t at, size_t len, struct passed *passed) {
    enum { COLON = 6 };
    at += COLON;
    while (at < len) {
        const size_t piece = len - at < PASSED_PIECE ? len - at : PASSED_PIECE;
        const char *colon = memchr(text + at, ':', piece);
        if (colon != NULL && text + len - colon >= WORD_LEN - COLON &&
            memcmp(colon - COLON, word, WORD_LEN) == 0) {
            return (size_t)(colon - text) - COLON;
        }
        at = colon == NULL ? at + piece : (size_t)(colon - text) + 1;
        passed_to(passed, at);
    }
    return len;
}

static bool starts_with(const char *text, size_t at, size_t end, const char *what) {
    const size_t len = strlen(what);
    return end - at >= len && memcmp(text + at, what, len) == 0 &&
           (at + len == end || strchr(" \t\r\n", text[at + len]) != NULL);
}

/* Reads the scope behind the word and moves *at behind it; false when it is another word. */
static bool read_scope(const char *text, size_t *at, size_t end, enum mark_scope *scope) {
    static const struct {
        const char *suffix;
        enum mark_scope scope;
    } scopes[] = {
        {"-file", MARK_FILE}, {"-start", MARK_START}, {"-end", MARK_END}, {"", MARK_NEXT}};
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (starts_with(text, *at, end, scopes[i].suffix)) {
            *at += strlen(scopes[i].suffix);
            *scope = scopes[i].scope;
            return true;
        }
    }
    return false;
}

/* The start that an end closes: the last one that is open. */
static void close_range(struct ignore_marks *marks, size_t end) {
    for (size_t i = marks->n_items; i > 0; i--) {
        struct ignore_mark *mark = &marks->items[i - 1];
        if (mark->scope == MARK_START && mark->covers.end == SIZE_MAX) {
            mark->covers.end = end;
            return;
        }
    }
}

static galley_status read_waiver(struct galley_document *document, struct ignore_mark *mark,
                                 size_t at, size_t line, bool *good) {
    const char *text = document->decoded.text;
    galley_error why = {.size = sizeof why};
    bool empty = true;
    for (size_t i = at; i < mark->span.end; i++) {
        empty = empty && strchr(" \t\r\n", text[i]) != NULL;
    }
    /* Without checks: all of them. */
    const galley_status status =
        empty ? waiver_read(&document->arena, "*", 1, &mark->waiver, &why)
              : waiver_read(&document->arena, text + at, mark->span.end - at, &mark->waiver, &why);
    *good = status == GALLEY_OK;
    if (status == GALLEY_ERROR_SETTINGS) {
        return document_warn(document, mark->span, "the ignore mark is not understood: %s",
                             why.message);
    }
    mark->waiver.origin = arena_format(&document->arena, "%s:%zu", document->uri.data, line);
    return mark->waiver.origin.data == NULL ? GALLEY_ERROR_MEMORY : status;
}

static galley_status add_mark(struct galley_document *document, size_t begin, size_t comment,
                              size_t line) {
    const char *text = document->decoded.text;
    struct ignore_marks *marks = &document->marks;
    struct ignore_mark mark = {
        .span = {begin, find_end(text, begin, document->decoded.len, comment)}};
    size_t at = begin + WORD_LEN;
    if (!read_scope(text, &at, mark.span.end, &mark.scope)) {
        return document_warn(document, mark.span,
                             "the ignore mark is not understood: it begins with galley:ignore, "
                             "galley:ignore-file, galley:ignore-start or galley:ignore-end");
    }
    if (mark.scope == MARK_END) {
        close_range(marks, begin);
        return GALLEY_OK;
    }
    bool good = false;
    galley_status status = read_waiver(document, &mark, at, line, &good);
    if (status != GALLEY_OK || !good) {
        return status;
    }
    mark.placed = mark.scope != MARK_NEXT;
    mark.covers = mark.scope == MARK_FILE    ? (struct span){0, SIZE_MAX}
                  : mark.scope == MARK_START ? (struct span){mark.span.end, SIZE_MAX}
                                             : (struct span){0, 0};
    if (!memory_grow(&document->memory, &marks->items, &marks->capacity, sizeof *marks->items,
                     marks->n_items + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    marks->items[marks->n_items++] = mark;
    return GALLEY_OK;
}

galley_status marks_find(struct galley_document *document) {
    const char *text = document->decoded.text;
    const size_t len = document->decoded.len;
    size_t line = 1;
    size_t counted = 0;
    struct passed *passed = &document->passed;
    for (size_t at = find_word(text, 0, len, passed); at < len;
         at = find_word(text, at + 1, len, passed)) {
        const size_t comment = find_comment(text, at);
        if (comment == N_COMMENTS) {
            continue;
        }
        if (document->marks.n_items >= LIMIT_MARKS) {
            return document_warn(document, (struct span){at, at + WORD_LEN},
                                 "this ignore mark and those behind it are too many");
        }
        for (; counted < at; counted++) {
            line += text[counted] == '\n';
        }
        const galley_status status = add_mark(document, at, comment, line);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    passed_all(passed, len);
    return GALLEY_OK;
}

void marks_see_unit(struct galley_document *document, const struct unit *unit) {
    struct ignore_marks *marks = &document->marks;
    const size_t begin = unit_document_offset(unit, 0, false);
    const size_t end = unit_document_offset(unit, unit->len, true);
    for (size_t i = 0; unit->continues && i < marks->n_placed; i++) {
        struct ignore_mark *mark = &marks->items[i];
        if (mark->scope == MARK_NEXT && mark->covers.end <= begin &&
            begin - mark->covers.end <= LIMIT_UNIT_LEN) {
            mark->covers.end = end; /* the paragraph goes on */
        }
    }
    for (; marks->n_placed < marks->n_items; marks->n_placed++) {
        struct ignore_mark *mark = &marks->items[marks->n_placed];
        if (!mark->placed && mark->span.begin >= end) {
            break;
        }
        if (!mark->placed) {
            mark->covers = (struct span){begin, end};
            mark->placed = true;
        }
    }
}

bool marks_is_line(const char *text, size_t begin, size_t end) {
    while (begin < end && is_space(text[begin])) {
        begin++;
    }
    if (begin == end || strchr("<[#/;Ng", text[begin]) == NULL) {
        return false;
    }
    for (size_t i = 0; i < N_COMMENTS; i++) {
        const size_t len = strlen(comments[i].open);
        size_t at = begin;
        if (end - at >= len && memcmp(text + at, comments[i].open, len) == 0) {
            at += len;
            while (at < end && is_space(text[at])) {
                at++;
            }
            if (end - at >= WORD_LEN && memcmp(text + at, word, WORD_LEN) == 0) {
                return true;
            }
        }
    }
    return false;
}
