/*
 * LanguageTool's annotated text, {"annotation":[{"text":…},{"markup":…,"interpretAs":…}]}: the
 * text to check is the texts with what the markup is to be read as; offsets that go back to the
 * client count everything as it was sent.
 */
#ifndef GALLEY_HTTP_ANNOTATED_TEXT_H
#define GALLEY_HTTP_ANNOTATED_TEXT_H

#include "request.h"

struct annotated_piece {
    size_t start;      /* byte in the text to check */
    size_t sent_start; /* UTF-16 unit of what was sent, markup included */
    bool markup;
};

struct annotated_text {
    struct buffer text;
    struct annotated_piece *pieces; /* NULL for plain text: one piece */
    size_t n_pieces;
    size_t sent_len; /* UTF-16 units */
};

/* Reads the JSON. False when it is not of this shape, or without memory. */
bool annotated_text_read(struct annotated_text *text, const char *json, size_t len);
void annotated_text_finish(struct annotated_text *text);

/* Where each byte offset of the text is in what was sent. Offsets must come in order; the walker
 * goes through the text once. */
struct utf16_walker {
    const char *text;
    size_t len;
    size_t offset, units;
};

size_t utf16_units(const char *text, size_t len);

/* UTF-16 units from the text's begin to byte `offset`. */
size_t utf16_walk(struct utf16_walker *walker, size_t offset);

/* The place, in UTF-16 units of what was sent, of byte `offset` of the text. */
size_t annotated_offset(const struct annotated_text *text, size_t offset);

/* The same for the end of a span, which markup that follows it does not belong to. */
size_t annotated_end(const struct annotated_text *text, size_t end);

#endif
