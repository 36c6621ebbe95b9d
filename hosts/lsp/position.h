/*
 * Positions in a text: LSP counts lines from 0 and, inside a line, the code units that client and
 * server agreed on (3.17, PositionEncodingKind); galley counts bytes of UTF-8.
 */
#ifndef GALLEY_LSP_POSITION_H
#define GALLEY_LSP_POSITION_H

#include <stdbool.h>
#include <stddef.h>

enum position_encoding { POSITION_UTF8, POSITION_UTF16, POSITION_UTF32 };

struct position {
    size_t line, character;
};

/* A place inside a long line, from which counting goes on. */
struct milestone {
    size_t offset;                     /* bytes from the text's start, at a character */
    size_t utf16_units, n_code_points; /* from the line's start */
};

/* Where each line of a text begins. A line ends with \n, \r\n or \r, as LSP has it. Milestones
 * stand about every 1,000 bytes of a line, so that a story on one line costs no more than others.
 */
struct line_index {
    size_t *starts; /* bytes; starts[0] is 0 */
    size_t n_lines, capacity;
    struct milestone *milestones;
    size_t n_milestones, milestones_capacity;
};

/* Finds the lines of `text`; the old ones are forgotten. False without memory. */
bool line_index_build(struct line_index *index, const char *text, size_t len);
void line_index_finish(struct line_index *index);

struct position position_of_offset(const struct line_index *index, const char *text, size_t len,
                                   size_t offset, enum position_encoding encoding);

/* A position behind a line's end means the line's end, one behind the last line the text's. */
size_t offset_of_position(const struct line_index *index, const char *text, size_t len,
                          struct position position, enum position_encoding encoding);

#endif
