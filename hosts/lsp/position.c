#include "position.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MILESTONE = 1024 }; /* bytes between two */

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

static bool add_milestone(struct line_index *index, const struct milestone *milestone) {
    if (index->n_milestones == index->milestones_capacity) {
        const size_t capacity = index->milestones_capacity * 2 + 64;
        struct milestone *milestones =
            realloc(index->milestones, capacity * sizeof *index->milestones);
        if (milestones == NULL) {
            return false;
        }
        index->milestones = milestones;
        index->milestones_capacity = capacity;
    }
    index->milestones[index->n_milestones++] = *milestone;
    return true;
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

bool line_index_build(struct line_index *index, const char *text, size_t len) {
    index->n_lines = 0;
    index->n_milestones = 0;
    if (!add_line(index, 0)) {
        return false;
    }
    struct milestone here = {.offset = 0};
    size_t last = 0; /* the line's start or its last milestone */
    while (here.offset < len) {
        const size_t at = here.offset;
        const size_t n = sequence_len((unsigned char)text[at]);
        here.offset += n;
        here.utf16_units += units_of(n, POSITION_UTF16);
        here.n_code_points++;
        if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == len || text[at + 1] != '\n'))) {
            here = (struct milestone){.offset = at + 1};
            last = at + 1;
            if (!add_line(index, at + 1)) {
                return false;
            }
        } else if (here.offset - last >= MILESTONE) {
            last = here.offset;
            if (!add_milestone(index, &here)) {
                return false;
            }
        }
    }
    return true;
}

void line_index_finish(struct line_index *index) {
    free(index->starts);
    free(index->milestones);
    *index = (struct line_index){0};
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

/* Units from the line's start to the milestone. */
static size_t units_to(const struct line_index *index, const struct milestone *milestone,
                       size_t line, enum position_encoding encoding) {
    switch (encoding) {
    case POSITION_UTF8:
        break;
    case POSITION_UTF16:
        return milestone->utf16_units;
    case POSITION_UTF32:
        return milestone->n_code_points;
    }
    return milestone->offset - index->starts[line];
}

/* Where to begin counting in `line` to come to `offset`, or to so many `units`, whichever is first:
 * the last milestone before both, else the line's start. `offset` lies in the line. */
static size_t nearest(const struct line_index *index, size_t line, size_t offset, size_t *units,
                      enum position_encoding encoding) {
    const size_t start = index->starts[line];
    size_t low = 0, high = index->n_milestones; /* below low: before both */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct milestone *milestone = &index->milestones[middle];
        if (milestone->offset <= start ||
            (milestone->offset <= offset && units_to(index, milestone, line, encoding) <= *units)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const struct milestone *found = low == 0 ? NULL : &index->milestones[low - 1];
    const bool inside = found != NULL && found->offset > start;
    *units = inside ? units_to(index, found, line, encoding) : 0;
    return inside ? found->offset : start;
}

struct position position_of_offset(const struct line_index *index, const char *text, size_t len,
                                   size_t offset, enum position_encoding encoding) {
    offset = offset < len ? offset : len;
    struct position position = {.line = line_of(index, offset), .character = SIZE_MAX};
    for (size_t i = nearest(index, position.line, offset, &position.character, encoding);
         i < offset;) {
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
    size_t units = position.character;
    size_t offset = nearest(index, position.line, end, &units, encoding);
    while (offset < end && text[offset] != '\n' && text[offset] != '\r') {
        const size_t n = sequence_len((unsigned char)text[offset]);
        units += units_of(n, encoding);
        if (units > position.character) {
            break;
        }
        offset += n;
    }
    return offset < len ? offset : len;
}
