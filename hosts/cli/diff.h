/*
 * A unified diff of two texts, as diff(1) writes it.
 */
#ifndef GALLEY_CLI_DIFF_H
#define GALLEY_CLI_DIFF_H

#include <stdbool.h>
#include <stddef.h>

/* Prints it on standard output, with `name` for both sides. False after a message. */
bool diff_print(const char *name, const char *before, size_t before_len, const char *after,
                size_t after_len);

#endif
