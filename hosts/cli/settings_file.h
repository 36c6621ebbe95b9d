/*
 * Settings from .galley.ini and the command line, with where each came from. docs/settings.md is
 * the user's page.
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

/* False when memory is out. */
bool setting_list_add(struct setting_list *list, const char *key, const char *value,
                      const char *origin);
void setting_list_finish(struct setting_list *list);

/* The last entry with the key, or NULL. */
const struct setting_entry *setting_list_find(const struct setting_list *list, const char *key);

/* Reads a settings file (INI): keys of the section [galley], or before any section, are settings;
 * the other sections hold keys that begin with their name and a dot. Relative paths in values count
 * from the file's folder. False after filling *error, whose message names file and line. */
bool settings_file_read(struct setting_list *list, const char *path, galley_error *error);

/* The folder that decides about the documents in `folder`: itself or the nearest one above that has
 * a .galley.ini or a .galley-ignore. malloc'ed; NULL when there is none. */
char *settings_folder_find(const char *folder);

/* Reads what holds for documents in the folder that settings_folder_find answered: every
 * .galley.ini from the outermost one down to the folder's, beginning with the nearest that says
 * "root = yes"; unless one of them sets `ignore`, this becomes the list of all .galley-ignore files
 * on that way. `config`: read this file in place of them (NULL: do not). False after filling
 * *error. */
bool settings_folder_read(struct setting_list *list, const char *folder, const char *config,
                          galley_error *error);

/* When the last change was made to any file that settings_folder_read reads, in nanoseconds since
 * the epoch; 0 when there is none. */
int64_t settings_folder_changed(const char *folder);

/* Hands the entries to the library. Answers the first one that it refuses, and why in *error; NULL
 * when it took them all. */
const struct setting_entry *setting_list_apply(const struct setting_list *list,
                                               const galley_plugin *plugin,
                                               galley_settings *settings, galley_error *error);

/* The path of the user's own word list: $XDG_CONFIG_HOME/galley/words.txt, or the same under
 * ~/.config. NULL without a home. malloc'ed; there need be no such file. */
char *settings_personal_words(void);

/* Adds a word list to those that the settings name, if `path` is one that can be read (NULL is
 * none). False after filling *error. */
bool settings_add_word_list(const galley_plugin *plugin, galley_settings *settings,
                            const char *path, galley_error *error);

#endif
