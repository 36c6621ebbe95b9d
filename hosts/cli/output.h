/*
 * Where a report or a document goes: standard output, or a file that is written without a name, or
 * beside its own, and put in its place when it is whole. A crash at any moment leaves the old file
 * or the new one.
 */
#ifndef GALLEY_CLI_OUTPUT_H
#define GALLEY_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>

struct output_file {
    const char *path; /* NULL: standard output */
    char *real;       /* what `path` leads to over links, malloc'ed */
    char *temporary;  /* its name until it is in place; NULL: written directly */
    bool named;       /* `temporary` is there already */
    FILE *file;
    int problem; /* the errno of the first write that failed, or 0 */
};

/* A link stays, and the file behind it is replaced; a device or FIFO is written to. `like`: the
 * file takes its mode and, as far as allowed, its owner; NULL: those of a new file. False after a
 * message. */
bool output_open(struct output_file *output, const char *path, const struct stat *like);

/* A galley_write; `context` is the struct output_file. */
bool output_write(void *context, const char *data, size_t len);

/* Hands over what is in the buffer. */
bool output_flush(struct output_file *output);

/* Puts the file in its place, or removes it when `keep` is false. False after a message. */
bool output_close(struct output_file *output, bool keep);

#endif
