/*
 * Where the report goes: standard output, or a file that is written beside its name and renamed
 * over it, so that a crash leaves the old one whole.
 */
#ifndef GALLEY_CLI_OUTPUT_H
#define GALLEY_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct output_file {
    const char *path; /* NULL: standard output */
    char *temporary;
    FILE *file;
};

/* False after a message. */
bool output_open(struct output_file *output, const char *path);

/* A galley_write; `context` is the struct output_file. */
bool output_write(void *context, const char *data, size_t len);

/* Puts the file in its place, or removes it when `keep` is false. False after a message. */
bool output_close(struct output_file *output, bool keep);

#endif
