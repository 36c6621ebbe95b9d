/*
 * LanguageTool's annotated text, {"annotation":[{"text":…},{"markup":…,"interpretAs":…}]}: the
 * text to check is the texts with what the markup is to be read as; offsets that go back to the
 * client count everything as it was sent.
 */
#ifndef GALLEY_HTTP_ANNOTATED_TEXT_H
#define GALLEY_HTTP_ANNOTATED_TEXT_H

#include "request.h"

struct annotated_piece {
    size_t start;       /* byte in the text to check */
    size_t start_units; /* the same in UTF-16 units */
    size_t sent_start;  /* UTF-16 unit of what was sent, markup included */
    bool markup;
};

/* A place in the text, known in bytes and in UTF-16 units. */
struct utf16_place {
    size_t offset, units;
};

struct annotated_text {
    struct buffer text;
    struct annotated_piece *pieces; /* at least one, which may be all of the text */
    size_t n_pieces;
    size_t text_units, sent_units; /* of the text, and of what was sent */
    struct utf16_place place;      /* asked for last */
};

/* Takes plain text. False without memory. */
bool annotated_text_take(struct annotated_text *text, const char *plain, size_t len);

/* Reads the JSON. False when it is not of this shape, or without memory. */
bool annotated_text_read(struct annotated_text *text, const char *json, size_t len);
void annotated_text_finish(struct annotated_text *text);

size_t utf16_units(const char *text, size_t len);

/* The place, in UTF-16 units of what was sent, of byte `offset` of the text. Counts from the place
 * that was asked for last, so that many places in order cost one pass. */
size_t annotated_offset(struct annotated_text *text, size_t offset);

/* The same for the end of a span of at least one byte, which markup behind it does not belong to.
 */
size_t annotated_end(struct annotated_text *text, size_t end);

#endif
