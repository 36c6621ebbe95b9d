/*
 * Reading a document's bytes.
 */
#ifndef GALLEY_CLI_FILES_H
#define GALLEY_CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a document, with a NUL behind the last one. */
struct file_data {
    char *data;
    size_t len;
    bool is_mapped; /* and not to be written; else malloc'ed */
};

/* Reads a file, a FIFO or standard input ("-") as far as it goes; of a regular file what was there
 * when it was opened, so that one that grows has an end. Answers NULL, or why it cannot. */
const char *file_read(const char *path, struct file_data *data);

/* The same, and what is large is mapped, so that it need not be in memory as a whole. */
const char *file_read_document(const char *path, struct file_data *data);

void file_release(struct file_data *data);

/* Lets go of pages that have been read, which come back when they are read again; for
 * galley_input.passed. `context` is the struct file_data. */
void file_passed(void *context, size_t begin, size_t end);

/* A NUL byte among the first 8,000 makes a file binary, unless it begins with a byte order mark of
 * UTF-16 or UTF-32, or is an office document (DOCX, ODT). */
bool file_is_binary(const struct file_data *data);

#endif
