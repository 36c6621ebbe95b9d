#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

void wire_init(struct wire *wire, int in, int out) {
    *wire = (struct wire){.in = in, .out = out};
}

void wire_finish(struct wire *wire) {
    free(wire->buffer);
    wire->buffer = NULL;
}

/* Moves what was not taken to the front and makes room for more. */
static bool make_room(struct wire *wire) {
    if (wire->taken > 0) {
        memmove(wire->buffer, wire->buffer + wire->taken, wire->len - wire->taken);
        wire->len -= wire->taken;
        wire->taken = 0;
    }
    if (wire->capacity - wire->len >= 4096) {
        return true;
    }
    const size_t capacity = wire->capacity * 2 + 65536;
    char *buffer = realloc(wire->buffer, capacity);
    if (buffer == NULL) {
        wire->broken = true;
        return false;
    }
    wire->buffer = buffer;
    wire->capacity = capacity;
    return true;
}

bool wire_read(struct wire *wire, int milliseconds) {
    struct pollfd wait = {.fd = wire->in, .events = POLLIN};
    if (wire->ended || wire->broken || poll(&wait, 1, milliseconds) <= 0 || !make_room(wire)) {
        return false;
    }
    const ssize_t n = read(wire->in, wire->buffer + wire->len, wire->capacity - wire->len);
    if (n < 0) {
        wire->ended = errno != EINTR && errno != EAGAIN;
        return false;
    }
    wire->ended = n == 0;
    wire->len += (size_t)n;
    return n > 0;
}

/* The value of Content-Length among the header lines; false without a sane one. */
static bool content_length(const char *header, size_t header_len, size_t *length) {
    static const char name[] = "content-length:";
    const char *end = header + header_len;
    for (const char *line = header; line < end;) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        line_end = line_end == NULL ? end : line_end;
        if ((size_t)(line_end - line) > sizeof name &&
            strncasecmp(line, name, sizeof name - 1) == 0) {
            char digits[24] = "";
            const char *value = line + sizeof name - 1;
            while (value < line_end && (*value == ' ' || *value == '\t')) {
                value++;
            }
            size_t n = 0;
            while (value + n < line_end && n < sizeof digits - 1 && value[n] >= '0' &&
                   value[n] <= '9') {
                digits[n] = value[n];
                n++;
            }
            *length = (size_t)strtoull(digits, NULL, 10);
            return n > 0 && *length <= WIRE_MAX_MESSAGE;
        }
        line = line_end + 1;
    }
    return false;
}

bool wire_next(struct wire *wire, const char **message, size_t *len) {
    const char *start = wire->buffer + wire->taken;
    const size_t available = wire->len - wire->taken;
    if (wire->broken || available == 0) {
        return false;
    }
    const char *blank = memmem(start, available, "\r\n\r\n", 4);
    if (blank == NULL) {
        wire->broken = available > WIRE_MAX_HEADER;
        return false;
    }
    const size_t header_len = (size_t)(blank - start) + 4;
    size_t length = 0;
    if (header_len > WIRE_MAX_HEADER || !content_length(start, header_len, &length)) {
        wire->broken = true;
        return false;
    }
    if (available - header_len < length) {
        return false;
    }
    *message = start + header_len;
    *len = length;
    wire->taken += header_len + length;
    return true;
}

static bool write_all(int fd, const char *data, size_t len) {
    while (len > 0) {
        const ssize_t n = write(fd, data, len);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        if (n > 0) {
            data += n;
            len -= (size_t)n;
        }
    }
    return true;
}

bool wire_write(struct wire *wire, const char *message, size_t len) {
    char header[64];
    const int n = snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", len);
    return write_all(wire->out, header, (size_t)n) && write_all(wire->out, message, len);
}
