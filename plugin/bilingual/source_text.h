/*
 * A source that a host hands over beside a text (galley_input): its paragraphs, one for each of the
 * text's.
 */
#ifndef GALLEY_BILINGUAL_SOURCE_TEXT_H
#define GALLEY_BILINGUAL_SOURCE_TEXT_H

#include "formats/format.h"

struct source_text {
    galley_string *paragraphs;
    size_t n, capacity;
};

/* Reads the source's paragraphs as plain text has them. The text must be valid UTF-8 and live as
 * long as the arena. */
galley_status source_text_read(struct arena *arena, const char *text, size_t len,
                               struct source_text *source);

/* How many units the reader's format gives for its document; the reader is read to its end. */
galley_status source_text_count(struct reader reader, size_t *n);

#endif
