/*
 * Characters of ASCII, whatever the locale.
 */
#ifndef GALLEY_BASE_ASCII_H
#define GALLEY_BASE_ASCII_H

#include <stdbool.h>

static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* What XML calls white space (1.0, production 3). */
static inline bool ascii_is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#endif
