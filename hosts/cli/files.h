/*
 * Reading a document's bytes.
 */
#ifndef GALLEY_CLI_FILES_H
#define GALLEY_CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a document. */
struct file_data {
    char *data; /* malloc'ed, with a NUL behind the last byte */
    size_t len;
};

/* Reads a file, a FIFO or standard input ("-") as far as it goes; of a regular file what was there
 * when it was opened, so that one that grows has an end. Answers NULL, or why it cannot. */
const char *file_read(const char *path, struct file_data *data);

/* A NUL byte among the first 8,000 makes a file binary, unless it begins with a byte order mark of
 * UTF-16 or UTF-32, or is an office document (DOCX, ODT). */
bool file_is_binary(const struct file_data *data);

#endif
