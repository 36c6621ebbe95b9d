/*
 * "Did you mean": the nearest of a few known names.
 */
#ifndef GALLEY_BASE_NEAREST_H
#define GALLEY_BASE_NEAREST_H

#include <stddef.h>

/* The one of n_names names with the smallest edit distance (Levenshtein, bytes) to text, or NULL
 * where even that one differs in more than a third of its letters. */
const char *nearest_name(const char *const *names, size_t n_names, const char *text, size_t len);

#endif
