/*
 * The library writes a mended document as a whole; editors want the places that change. So old and
 * new text are held against each other line by line, or where lines came or went as a whole.
 *
 * Whether a mark waives an issue is not guessed from the format: the mark is put in, the document
 * checked again, and offered only if that issue is waived and no other one appeared.
 */
#include "edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *data;
    size_t len, capacity;
};

static bool add(void *context, const char *data, size_t len) {
    struct text *text = context;
    if (len > text->capacity - text->len) {
        const size_t capacity = (text->len + len) * 2;
        char *grown = realloc(text->data, capacity);
        if (grown == NULL) {
            return false;
        }
        text->data = grown;
        text->capacity = capacity;
    }
    if (len > 0) {
        memcpy(text->data + text->len, data, len);
    }
    text->len += len;
    return true;
}

static bool is_inside_character(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

static json_t *edit_json(const struct server *server, const struct open_document *document,
                         size_t offset, size_t length, const char *text, size_t len) {
    return json_pack("{s:o, s:o}", "range", range_json(document, server, offset, length), "newText",
                     json_stringn(text, len));
}

json_t *workspace_edit(const struct open_document *document, json_t *edits) {
    json_t *changes = json_object();
    json_object_set_new(changes, document->uri, edits);
    return json_pack("{s:o}", "changes", changes);
}

/* An edit of what differs between the document's piece at `offset` and `text`, if anything does. */
static void add_difference(const struct server *server, const struct open_document *document,
                           size_t offset, size_t length, const char *text, size_t len,
                           json_t *edits) {
    const char *old = document->text + offset;
    size_t same = 0, tail = 0;
    while (same < length && same < len && old[same] == text[same]) {
        same++;
    }
    if (same == length && same == len) {
        return;
    }
    while (tail < length - same && tail < len - same &&
           old[length - tail - 1] == text[len - tail - 1]) {
        tail++;
    }
    while (same > 0 && ((same < length && is_inside_character(old[same])) ||
                        (same < len && is_inside_character(text[same])))) {
        same--;
    }
    while (tail > 0 && is_inside_character(old[length - tail])) {
        tail--;
    }
    json_array_append_new(edits, edit_json(server, document, offset + same, length - same - tail,
                                           text + same, len - same - tail));
}

static size_t line_len(const char *text, size_t len) {
    const char *end = len == 0 ? NULL : memchr(text, '\n', len);
    return end == NULL ? len : (size_t)(end - text) + 1;
}

static size_t count_lines(const char *text, size_t len) {
    size_t n = 1;
    for (size_t i = 0; i < len; i++) {
        n += text[i] == '\n';
    }
    return n;
}

static json_t *differences(const struct server *server, const struct open_document *document,
                           const struct text *text) {
    json_t *edits = json_array();
    if (count_lines(document->text, document->len) != count_lines(text->data, text->len)) {
        add_difference(server, document, 0, document->len, text->data, text->len, edits);
        return edits;
    }
    for (size_t i = 0, k = 0; i < document->len || k < text->len;) {
        const size_t old_len = line_len(document->text + i, document->len - i);
        const size_t new_len = line_len(text->data + k, text->len - k);
        add_difference(server, document, i, old_len, text->data + k, new_len, edits);
        i += old_len;
        k += new_len;
    }
    return edits;
}

/* ---------------------------------------------------------------------------------------- */
/* Suggestions                                                                               */

struct chosen {
    size_t issue, suggestion;
};

static size_t choose(void *context, const galley_document *document, size_t issue) {
    const struct chosen *chosen = context;
    (void)document;
    return issue == chosen->issue ? chosen->suggestion : GALLEY_FIX_NONE;
}

static json_t *fix_edits(const struct server *server, const struct open_document *document,
                         const galley_fix_options *options) {
    struct text text = {.data = NULL};
    size_t n_fixed = 0;
    json_t *edits = NULL;
    if (server->plugin->document_fix(document->result, options, add, &text, &n_fixed, NULL) ==
            GALLEY_OK &&
        n_fixed > 0) {
        edits = differences(server, document, &text);
    }
    free(text.data);
    return edits;
}

/* Whether the suggestion can stand in the document as it is: the text is plain, the issue's bytes
 * are its text, and nothing in either is a mark in any format. */
static bool is_spelt_alike(const struct open_document *document, const galley_issue *issue,
                           galley_string suggestion) {
    static const char marks[] = "&<>\"'\\\n\r\t*_[]`|";
    if (issue->length != issue->text.len ||
        memcmp(document->text + issue->offset, issue->text.data, issue->length) != 0) {
        return false;
    }
    for (size_t i = 0; i < suggestion.len; i++) {
        if (strchr(marks, suggestion.data[i]) != NULL) {
            return false;
        }
    }
    for (size_t i = 0; i < issue->length; i++) {
        if (strchr(marks, document->text[issue->offset + i]) != NULL) {
            return false;
        }
    }
    return true;
}

json_t *suggestion_edits(const struct server *server, const struct open_document *document,
                         size_t index, size_t suggestion) {
    galley_issue issue = {.size = sizeof issue};
    galley_string text;
    if (server->plugin->document_issue(document->result, index, &issue) != GALLEY_OK ||
        server->plugin->document_suggestion(document->result, index, suggestion, &text) !=
            GALLEY_OK) {
        return NULL;
    }
    if (is_spelt_alike(document, &issue, text)) {
        json_t *edits = json_array();
        json_array_append_new(
            edits, edit_json(server, document, issue.offset, issue.length, text.data, text.len));
        return edits;
    }
    struct chosen chosen = {.issue = index, .suggestion = suggestion};
    const galley_fix_options options = {
        .size = sizeof options, .choose = choose, .context = &chosen};
    return fix_edits(server, document, &options);
}

json_t *safe_edits(const struct server *server, const struct open_document *document) {
    json_t *edits = fix_edits(server, document, NULL);
    return edits == NULL ? json_array() : edits;
}

/* ---------------------------------------------------------------------------------------- */
/* Marks                                                                                     */

enum {
    MARK_TEXT_MAX = 120
}; /* a longer text is not named: the check is waived for the paragraph */

/* CHECK "TEXT", with the text on one line. */
static bool add_scope(struct text *mark, const galley_issue *issue) {
    bool good = add(mark, issue->check, strlen(issue->check));
    if (issue->text.len == 0 || issue->text.len > MARK_TEXT_MAX) {
        return good;
    }
    good = good && add(mark, " \"", 2);
    for (size_t i = 0; i < issue->text.len; i++) {
        const char c = issue->text.data[i];
        good = good && (c != '"' || add(mark, "\\", 1)) &&
               add(mark, c == '\n' || c == '\r' ? " " : &issue->text.data[i], 1);
    }
    return good && add(mark, "\"", 1);
}

static size_t start_of_line(const struct open_document *document, size_t offset) {
    while (offset > 0 && document->text[offset - 1] != '\n') {
        offset--;
    }
    return offset;
}

/* Behind the last empty line above, where a PO entry or a cue begins. */
static size_t start_of_block(const struct open_document *document, size_t offset) {
    offset = start_of_line(document, offset);
    while (offset > 1 && document->text[offset - 2] != '\n') {
        offset = start_of_line(document, offset - 1);
    }
    return offset;
}

/* How marks are written, and where each may stand; the first that does its work is taken. */
static const struct {
    const char *before, *behind;
    size_t (*place)(const struct open_document *document, size_t offset); /* NULL: at the issue */
    bool web_vtt; /* only there, and there only these */
} kinds[] = {
    {"NOTE galley:ignore ", "\n\n", start_of_block, true},
    {"# galley:ignore ", "\n", start_of_block, false},
    {"# galley:ignore ", "\n", start_of_line, false},
    {"<!-- galley:ignore ", " -->", NULL, false},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

static bool same_string(galley_string a, galley_string b) {
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

/* Whether `checked` is the document with this one issue waived and nothing else changed. */
static bool waives_only(const galley_plugin *plugin, const galley_document *before,
                        const galley_document *checked, size_t index) {
    galley_summary old_summary = {.size = sizeof old_summary},
                   new_summary = {.size = sizeof new_summary};
    plugin->document_summary(before, &old_summary);
    plugin->document_summary(checked, &new_summary);
    const size_t n = old_summary.n_issues;
    bool waived = n == new_summary.n_issues && same_string(old_summary.format, new_summary.format);
    for (size_t i = 0; i < n && waived; i++) {
        galley_issue old = {.size = sizeof old}, new = {.size = sizeof new};
        plugin->document_issue(before, i, &old);
        plugin->document_issue(checked, i, &new);
        /* The same text may stand twice in the paragraph: then both are waived. */
        const bool meant = strcmp(new.check, old.check) == 0 && same_string(new.text, old.text);
        waived = meant && (i == index ? new.waived : new.waived >= old.waived);
    }
    return waived;
}

static json_t *try_mark(const struct server *server, const struct open_document *document,
                        size_t index, size_t offset, const struct text *mark) {
    struct text text = {.data = NULL};
    galley_document *checked = NULL;
    json_t *edits = NULL;
    bool good = add(&text, document->text, offset) && add(&text, mark->data, mark->len) &&
                add(&text, document->text + offset, document->len - offset);
    const galley_input input = {.size = sizeof input,
                                .data = text.data,
                                .data_len = text.len,
                                .uri = document->uri,
                                .format = document->format,
                                .encoding = "UTF-8"};
    good = good && server->plugin->check(document->engine, &input, &checked, NULL) == GALLEY_OK;
    if (good && waives_only(server->plugin, document->result, checked, index)) {
        edits = json_array();
        json_array_append_new(edits, edit_json(server, document, offset, 0, mark->data, mark->len));
    }
    server->plugin->document_destroy(checked);
    free(text.data);
    return edits;
}

json_t *ignore_edits(const struct server *server, const struct open_document *document,
                     size_t index) {
    galley_issue issue = {.size = sizeof issue};
    if (server->plugin->document_issue(document->result, index, &issue) != GALLEY_OK ||
        issue.waived) {
        return NULL;
    }
    static const char signature[] = "WEBVTT";
    const bool web_vtt = document->len > strlen(signature) &&
                         memcmp(document->text, signature, strlen(signature)) == 0;
    json_t *edits = NULL;
    for (size_t i = 0; i < N_KINDS && edits == NULL; i++) {
        if (kinds[i].web_vtt != web_vtt) {
            continue;
        }
        struct text mark = {.data = NULL};
        const size_t offset =
            kinds[i].place == NULL ? issue.offset : kinds[i].place(document, issue.offset);
        if (add(&mark, kinds[i].before, strlen(kinds[i].before)) && add_scope(&mark, &issue) &&
            add(&mark, kinds[i].behind, strlen(kinds[i].behind))) {
            edits = try_mark(server, document, index, offset, &mark);
        }
        free(mark.data);
    }
    return edits;
}
