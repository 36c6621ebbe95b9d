/*
 * Settings from .galley.ini and the command line, with where each came from.
 */
#ifndef GALLEY_CLI_SETTINGS_FILE_H
#define GALLEY_CLI_SETTINGS_FILE_H

#include "plugin.h"

struct setting_entry {
    char *key, *value, *origin; /* origin: "FILE:LINE" or "the option --min-score" */
};

struct setting_list {
    struct setting_entry *entries; /* later ones win */
    size_t n_entries, capacity;
};

bool setting_list_add(struct setting_list *list, const char *key, const char *value,
                      const char *origin);
void setting_list_finish(struct setting_list *list);

/* Reads a settings file (INI): keys of the section [galley], or before any section, are settings;
 * keys of [severity], [weight] and [max-issues] are checks. Relative paths of `word-lists` and
 * `dictionary-path` count from the file's folder. False after a message. */
bool settings_file_read(struct setting_list *list, const char *path);

/* The nearest .galley.ini in `folder` or above; malloc'ed, NULL when there is none. */
char *settings_file_find(const char *folder);

/* Hands the entries to the library. Answers the first one that it refuses, and why in *error; NULL
 * when it took them all. */
const struct setting_entry *setting_list_apply(const struct setting_list *list,
                                               const galley_plugin *plugin,
                                               galley_settings *settings, galley_error *error);

/* Adds a word list to those that the settings name, if `path` is one that can be read (NULL is
 * none). False after filling *error. */
bool settings_add_word_list(const galley_plugin *plugin, galley_settings *settings,
                            const char *path, galley_error *error);

#endif
