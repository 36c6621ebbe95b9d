/*
 * Which documents to check: files, what is in directories, lists.
 */
#ifndef GALLEY_CLI_FILE_LIST_H
#define GALLEY_CLI_FILE_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* A few strings of the command line. */
struct string_list {
    const char **items;
    size_t n_items, capacity;
};

bool string_list_add(struct string_list *list, const char *text);
void string_list_finish(struct string_list *list);

struct listed_file {
    char *path; /* as the user would write it; "-" is standard input */
    bool found; /* in a directory; else it was named */
};

struct file_list {
    struct listed_file *files;
    size_t n_files, capacity;
    struct string_list includes, excludes; /* globs (docs/settings.md) for what is in directories */
    bool names_skipped;                    /* say each file that is skipped */
    size_t n_hidden, n_special, n_excluded; /* skipped in directories */
    size_t n_failed;                        /* directories that cannot be read, which was said */
};

/* Adds a file, "-", or all files of a directory, its own directories included, in the order of
 * their names. Hidden files inside a directory are skipped, and so is what is no file; links to
 * directories are not followed, so that no loop is walked. False after a message when memory is
 * out. */
bool file_list_add(struct file_list *list, const char *path);

/* Adds the paths of a list: one a line, or divided by NUL bytes. "-" is standard input. False after
 * a message. */
bool file_list_add_from(struct file_list *list, const char *path, bool nul);

/* Whether a file inside a directory that was named belongs to the list. */
bool file_list_wants(const struct file_list *list, const char *path);

/* Takes all files out; the globs stay. */
void file_list_clear(struct file_list *list);
void file_list_finish(struct file_list *list);

#endif
