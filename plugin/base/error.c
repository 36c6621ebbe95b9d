/*
 * Errors as the caller sees them: a status, a place, one sentence.
 */
#include "base/error.h"

#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static galley_status fill(galley_error *error, galley_status status, size_t offset, size_t line,
                          const char *format, va_list arguments) {
    if (error == NULL || error->size < ERROR_SIZE_MIN) {
        return status;
    }
    error->status = status;
    error->offset = offset;
    error->line = line;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    /* Names and values of others are cut to fit, perhaps inside a character, or are no UTF-8. */
    utf8_trim_partial(error->message);
    utf8_make_valid(error->message);
    return status;
}

galley_status error_set(galley_error *error, galley_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, 0, 0, format, arguments);
    va_end(arguments);
    return status;
}

galley_status error_set_at(galley_error *error, galley_status status, size_t offset, size_t line,
                           const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, offset, line, format, arguments);
    va_end(arguments);
    return status;
}

const char *galley_status_name(galley_status status) {
    static const char *const names[] = {
        [GALLEY_OK] = "ok",
        [GALLEY_ERROR_MEMORY] = "memory",
        [GALLEY_ERROR_ARGUMENT] = "argument",
        [GALLEY_ERROR_ENCODING] = "encoding",
        [GALLEY_ERROR_FORMAT] = "format",
        [GALLEY_ERROR_SETTINGS] = "settings",
        [GALLEY_ERROR_DICTIONARY] = "dictionary",
        [GALLEY_ERROR_UNSUPPORTED] = "unsupported",
        [GALLEY_ERROR_LIMIT] = "limit",
        [GALLEY_ERROR_WRITE] = "write",
    };
    return (unsigned)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

size_t error_line(const char *text, size_t offset) {
    size_t line = 1;
    for (size_t i = 0; i < offset; i++) {
        line += text[i] == '\n';
    }
    return line;
}
