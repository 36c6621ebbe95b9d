/*
 * Characters of ASCII, whatever the locale.
 */
#ifndef GALLEY_BASE_ASCII_H
#define GALLEY_BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether `len` bytes are the same but for capitals. Nothing is read behind the first that differs.
 */
static inline bool ascii_same(const char *a, const char *b, size_t len) {
    size_t i = 0;
    while (i < len && ascii_lower(a[i]) == ascii_lower(b[i])) {
        i++;
    }
    return i == len;
}

/* What XML calls white space (1.0, production 3). */
static inline bool ascii_is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#endif
