#include "position.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool add_line(struct line_index *index, size_t start) {
    if (index->n_lines == index->capacity) {
        const size_t capacity = index->capacity * 2 + 64;
        size_t *starts = realloc(index->starts, capacity * sizeof *starts);
        if (starts == NULL) {
            return false;
        }
        index->starts = starts;
        index->capacity = capacity;
    }
    index->starts[index->n_lines++] = start;
    return true;
}

bool line_index_build(struct line_index *index, const char *text, size_t len) {
    index->n_lines = 0;
    if (!add_line(index, 0)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        const bool ends =
            text[i] == '\n' || (text[i] == '\r' && (i + 1 == len || text[i + 1] != '\n'));
        if (ends && !add_line(index, i + 1)) {
            return false;
        }
    }
    return true;
}

void line_index_finish(struct line_index *index) {
    free(index->starts);
    *index = (struct line_index){0};
}

/* Bytes and code units of the character that begins with `lead`. */
static size_t sequence_len(unsigned char lead) {
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static size_t units_of(size_t n_bytes, enum position_encoding encoding) {
    switch (encoding) {
    case POSITION_UTF8:
        return n_bytes;
    case POSITION_UTF16:
        return n_bytes == 4 ? 2 : 1;
    case POSITION_UTF32:
        break;
    }
    return 1;
}

/* The line that `offset` is in: the last one that begins at or before it. */
static size_t line_of(const struct line_index *index, size_t offset) {
    size_t low = 0, high = index->n_lines;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (index->starts[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

struct position position_of_offset(const struct line_index *index, const char *text, size_t len,
                                   size_t offset, enum position_encoding encoding) {
    offset = offset < len ? offset : len;
    struct position position = {.line = line_of(index, offset)};
    for (size_t i = index->starts[position.line]; i < offset;) {
        const size_t n = sequence_len((unsigned char)text[i]);
        position.character += units_of(n, encoding);
        i += n;
    }
    return position;
}

size_t offset_of_position(const struct line_index *index, const char *text, size_t len,
                          struct position position, enum position_encoding encoding) {
    if (position.line >= index->n_lines) {
        return len;
    }
    const size_t end = position.line + 1 < index->n_lines ? index->starts[position.line + 1] : len;
    size_t offset = index->starts[position.line];
    for (size_t units = 0; offset < end && text[offset] != '\n' && text[offset] != '\r';) {
        const size_t n = sequence_len((unsigned char)text[offset]);
        units += units_of(n, encoding);
        if (units > position.character) {
            break;
        }
        offset += n;
    }
    return offset < len ? offset : len;
}
