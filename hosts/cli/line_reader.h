/*
 * Lines of a stream that never ends: memory is bounded by the longest line that is taken.
 */
#ifndef GALLEY_CLI_LINE_READER_H
#define GALLEY_CLI_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a line, 64 MiB: a book has one or two. */
#define LINE_READER_MAX ((size_t)64 << 20)

struct line_reader {
    int file;
    char *data;
    size_t begin, end, capacity; /* what was read and not taken yet: data[begin, end) */
    bool ended, skipping;
    int problem; /* the errno that ended it, or 0 */
};

enum line_result { LINE_READ, LINE_TOO_LONG, LINE_END };

void line_reader_init(struct line_reader *reader, int file);
void line_reader_finish(struct line_reader *reader);

/* Takes the next line without its end: malloc'ed, NUL-terminated. One that is too long is passed
 * over, and answered once. An interruption is an end. Without memory it ends, with ENOMEM. */
enum line_result line_reader_next(struct line_reader *reader, char **line, size_t *len);

#endif
