/*
 * Ignore marks: waivers that an author writes into the document, in a comment of its format or, in
 * plain text, on a line of its own.
 *
 *     <!-- galley:ignore spelling because the minister said it so -->   the next paragraph or
 * segment # galley:ignore-file quotes because verse                          the whole document
 *     [galley:ignore-start *] ... [galley:ignore-end]                    what is between
 *
 * A mark inside a paragraph is for that paragraph.
 */
#ifndef GALLEY_WAIVERS_MARKS_H
#define GALLEY_WAIVERS_MARKS_H

#include "waivers/waiver.h"

enum mark_scope { MARK_NEXT, MARK_FILE, MARK_START, MARK_END };

struct ignore_mark {
    enum mark_scope scope;
    bool placed; /* `covers` is known */
    bool used;
    struct span span;   /* the mark itself, without what opens and closes its comment */
    struct span covers; /* of the document's text */
    struct waiver waiver;
};

struct ignore_marks {
    struct ignore_mark *items; /* in the order of the text */
    size_t n_items, capacity;
    size_t n_placed; /* the first ones that need no unit any more */
};

struct galley_document;

/* Finds the marks of a document whose text is there and whose units are not read yet. A mark that
 * is not understood becomes a warning. */
galley_status marks_find(struct galley_document *document);

/* Tells the marks of the next unit, in order. */
void marks_see_unit(struct galley_document *document, const struct unit *unit);

/* Whether the line text[begin, end) is a mark and nothing else, as plain text has them. */
bool marks_is_line(const char *text, size_t begin, size_t end);

#endif
