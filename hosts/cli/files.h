/*
 * Which documents to check, and reading them.
 */
#ifndef GALLEY_CLI_FILES_H
#define GALLEY_CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct file_list {
    char **paths;
    size_t n_paths, capacity;
    size_t n_skipped; /* hidden or binary files inside directories */
};

/* Adds a file, "-", or all files of a directory, its own directories included, in the order of
 * their names. Hidden files inside a directory are skipped; links to directories are not followed,
 * so that no loop is walked. Answers false after a message when memory or the directory fails; the
 * list stays good. */
bool file_list_add(struct file_list *list, const char *path);

/* Adds the paths of a list: one a line, or divided by NUL bytes. "-" is standard input. */
bool file_list_add_from(struct file_list *list, const char *path, bool nul);
void file_list_finish(struct file_list *list);

/* Bytes of a document. */
struct file_data {
    char *data; /* malloc'ed, with a NUL behind the last byte */
    size_t len;
};

/* Reads a whole file, a FIFO or standard input ("-"). Answers NULL, or why it cannot. */
const char *file_read(const char *path, struct file_data *data);

/* A NUL byte among the first 8,000 makes a file binary, unless it begins with a byte order mark of
 * UTF-16 or UTF-32, or is an office document (DOCX, ODT). */
bool file_is_binary(const struct file_data *data);

#endif
