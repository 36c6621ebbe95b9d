/*
 * Lists in a string: lines, fields of a line, paths.
 */
#ifndef GALLEY_BASE_CUT_H
#define GALLEY_BASE_CUT_H

#include "galley.h"

#include <string.h>

/* Cuts the piece up to the next divider, or up to the end, off *rest, and the divider with it. A
 * list is done when *rest is empty, so that a divider at its end divides nothing. */
static inline galley_string string_cut(galley_string *rest, char divider) {
    const char *found = memchr(rest->data, divider, rest->len);
    const size_t len = found == NULL ? rest->len : (size_t)(found - rest->data);
    const size_t taken = found == NULL ? len : len + 1;
    const galley_string piece = {rest->data, len};
    rest->data += taken;
    rest->len -= taken;
    return piece;
}

#endif
