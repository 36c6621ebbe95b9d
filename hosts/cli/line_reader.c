#include "line_reader.h"

#include "interruption.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEP = 65536 };

void line_reader_init(struct line_reader *reader, int file) {
    *reader = (struct line_reader){.file = file};
}

void line_reader_finish(struct line_reader *reader) {
    free(reader->data);
    reader->data = NULL;
}

/* Makes room behind what is there. */
static bool make_room(struct line_reader *reader) {
    if (reader->begin > 0) {
        memmove(reader->data, reader->data + reader->begin, reader->end - reader->begin);
        reader->end -= reader->begin;
        reader->begin = 0;
    }
    if (reader->capacity - reader->end >= STEP) {
        return true;
    }
    const size_t capacity = reader->capacity * 2 + STEP;
    char *longer = realloc(reader->data, capacity);
    if (longer == NULL) {
        reader->problem = ENOMEM;
        return false;
    }
    reader->data = longer;
    reader->capacity = capacity;
    return true;
}

/* Reads some more; false at the end. */
static bool read_more(struct line_reader *reader) {
    if (reader->ended || !make_room(reader)) {
        return false;
    }
    for (;;) {
        const bool there = interruption_wait(reader->file);
        const ssize_t n =
            there ? read(reader->file, reader->data + reader->end, reader->capacity - reader->end)
                  : 0;
        if (n > 0) {
            reader->end += (size_t)n;
            return true;
        }
        if (n == 0 || errno != EINTR) {
            reader->problem = n == 0 ? 0 : errno;
            reader->ended = true;
            /* What was begun when an interruption came is no line. */
            reader->begin = interrupted() ? reader->end : reader->begin;
            return false;
        }
    }
}

/* Gives back memory that a long line took. */
static void shrink(struct line_reader *reader) {
    enum { KEPT = 1 << 20 };
    if (reader->capacity > KEPT && reader->begin == reader->end) {
        free(reader->data);
        *reader = (struct line_reader){
            .file = reader->file, .ended = reader->ended, .problem = reader->problem};
    }
}

static enum line_result take(struct line_reader *reader, size_t len, size_t behind, char **line,
                             size_t *line_len) {
    const bool skipped = reader->skipping || len > LINE_READER_MAX;
    *line = skipped ? NULL : malloc(len + 1);
    if (*line != NULL) {
        memcpy(*line, reader->data + reader->begin, len);
        (*line)[len] = '\0';
        *line_len = len;
    }
    reader->skipping = false;
    reader->begin = behind;
    shrink(reader);
    if (*line == NULL && !skipped) {
        reader->problem = ENOMEM;
        return LINE_END;
    }
    return skipped ? LINE_TOO_LONG : LINE_READ;
}

enum line_result line_reader_next(struct line_reader *reader, char **line, size_t *len) {
    size_t searched = 0;
    for (;;) {
        const size_t there = reader->end - reader->begin;
        const char *from = there == 0 ? NULL : reader->data + reader->begin;
        const char *feed = from == NULL ? NULL : memchr(from + searched, '\n', there - searched);
        if (feed != NULL) {
            const size_t line_len = (size_t)(feed - from);
            return take(reader, line_len, reader->begin + line_len + 1, line, len);
        }
        searched = there;
        if (there > LINE_READER_MAX) {
            reader->skipping = true;
            reader->begin = reader->end;
            searched = 0;
        }
        if (!read_more(reader)) {
            const size_t rest = reader->end - reader->begin;
            if (reader->problem != 0 || (rest == 0 && !reader->skipping)) {
                return LINE_END;
            }
            return take(reader, rest, reader->end, line, len);
        }
    }
}
