/*
 * Filling the caller's galley_error.
 */
#ifndef GALLEY_BASE_ERROR_H
#define GALLEY_BASE_ERROR_H

#include "galley.h"

/* The smallest galley_error that a host may pass: the first interface's. */
#define ERROR_SIZE_MIN sizeof(galley_error)

/* Writes status and message into `error` (which may be NULL) and answers the status, so that a
 * function can `return error_set(error, GALLEY_ERROR_FORMAT, "…")`. */
galley_status error_set(galley_error *error, galley_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with the place in the input. */
galley_status error_set_at(galley_error *error, galley_status status, size_t offset, size_t line,
                           const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The line, from 1, that the byte at `offset` of a text is in: for errors, as it reads all before. */
size_t error_line(const char *text, size_t offset);

/* The precision for a "%.*s" of text that somebody else wrote: all of it, or a beginning that
 * leaves room for the sentence around it. */
static inline int error_cut(size_t len) {
    return len > 120 ? 120 : (int)len;
}

#endif
