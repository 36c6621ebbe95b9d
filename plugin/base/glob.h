/*
 * File name patterns: "*" any run without "/", "**" any run, "?" one character but "/".
 */
#ifndef GALLEY_BASE_GLOB_H
#define GALLEY_BASE_GLOB_H

#include <stdbool.h>

/* Whether the pattern matches the path, or what follows one of its slashes: "a/x*.txt" matches
 * "/home/a/x1.txt". A pattern with a leading slash matches from the path's begin only. */
bool glob_matches(const char *pattern, const char *path);

#endif
