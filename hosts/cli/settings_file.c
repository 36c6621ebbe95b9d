#include "settings_file.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool setting_list_add(struct setting_list *list, const char *key, const char *value,
                      const char *origin) {
    if (list->n_entries == list->capacity) {
        const size_t capacity = list->capacity * 2 + 16;
        struct setting_entry *entries = realloc(list->entries, capacity * sizeof *entries);
        if (entries == NULL) {
            fprintf(stderr, "galley: out of memory\n");
            return false;
        }
        list->entries = entries;
        list->capacity = capacity;
    }
    struct setting_entry *entry = &list->entries[list->n_entries++];
    *entry = (struct setting_entry){strdup(key), strdup(value), strdup(origin)};
    if (entry->key == NULL || entry->value == NULL || entry->origin == NULL) {
        fprintf(stderr, "galley: out of memory\n");
        return false;
    }
    return true;
}

void setting_list_finish(struct setting_list *list) {
    for (size_t i = 0; i < list->n_entries; i++) {
        free(list->entries[i].key);
        free(list->entries[i].value);
        free(list->entries[i].origin);
    }
    free(list->entries);
    *list = (struct setting_list){0};
}

struct reading {
    struct setting_list *list;
    const char *path;
    size_t folder_len; /* of path, with its slash */
    bool failed;
};

/* The list of paths with relative ones put behind the settings file's folder. */
static char *resolve_paths(const struct reading *reading, const char *value) {
    size_t n = 1;
    for (const char *c = value; *c != '\0'; c++) {
        n += *c == ':';
    }
    char *resolved = malloc(strlen(value) + n * reading->folder_len + 1);
    if (resolved == NULL) {
        return NULL;
    }
    size_t len = 0;
    while (*value != '\0') {
        const size_t item = strcspn(value, ":");
        if (item > 0 && value[0] != '/') {
            memcpy(resolved + len, reading->path, reading->folder_len);
            len += reading->folder_len;
        }
        memcpy(resolved + len, value, item);
        len += item;
        value += item;
        if (*value == ':') {
            resolved[len++] = *value++;
        }
    }
    resolved[len] = '\0';
    return resolved;
}

static bool is_section_of_checks(const char *section) {
    return strcmp(section, "fail-on") == 0 || strcmp(section, "penalty") == 0 ||
           strcmp(section, "severity") == 0 || strcmp(section, "weight") == 0 ||
           strcmp(section, "max-issues") == 0;
}

/* inih calls this for every key; 0 makes ini_parse answer the line. */
static int take_key(void *context, const char *section, const char *key, const char *value) {
    struct reading *reading = context;
    char full[256];
    if (is_section_of_checks(section)) {
        snprintf(full, sizeof full, "%s.%s", section, key);
    } else if (section[0] == '\0' || strcmp(section, "galley") == 0) {
        snprintf(full, sizeof full, "%s", key);
    } else {
        fprintf(stderr,
                "galley: %s: there is no section [%s]; known are [galley], [severity], "
                "[weight], [penalty], [fail-on] and [max-issues]\n",
                reading->path, section);
        reading->failed = true;
        return 0;
    }
    const bool paths = strcmp(full, "word-lists") == 0 || strcmp(full, "dictionary-path") == 0;
    char *resolved = paths ? resolve_paths(reading, value) : NULL;
    if (paths && resolved == NULL) {
        return 0;
    }
    const bool added =
        setting_list_add(reading->list, full, paths ? resolved : value, reading->path);
    free(resolved);
    return added;
}

bool settings_file_read(struct setting_list *list, const char *path) {
    const char *slash = strrchr(path, '/');
    struct reading reading = {
        .list = list, .path = path, .folder_len = slash == NULL ? 0 : (size_t)(slash - path) + 1};
    const int line = ini_parse(path, take_key, &reading);
    if (line == 0) {
        return true;
    }
    if (line < 0) {
        fprintf(stderr, "galley: %s: %s\n", path, strerror(errno));
    } else if (!reading.failed) {
        fprintf(stderr, "galley: %s:%d: not a “key = value” line\n", path, line);
    }
    return false;
}

char *settings_file_find(const char *folder) {
    char *path = malloc(strlen(folder) + sizeof "/.galley.ini");
    if (path == NULL) {
        return NULL;
    }
    strcpy(path, folder);
    for (;;) {
        const size_t len = strlen(path);
        strcpy(path + len, "/.galley.ini");
        if (access(path, F_OK) == 0) {
            return path;
        }
        path[len] = '\0';
        char *slash = strrchr(path, '/');
        if (slash == NULL) {
            free(path);
            return NULL;
        }
        *slash = '\0';
    }
}

const struct setting_entry *setting_list_apply(const struct setting_list *list,
                                               const galley_plugin *plugin,
                                               galley_settings *settings, galley_error *error) {
    for (size_t i = 0; i < list->n_entries; i++) {
        const struct setting_entry *entry = &list->entries[i];
        if (plugin->settings_set(settings, entry->key, strlen(entry->key), entry->value,
                                 strlen(entry->value), error) != GALLEY_OK) {
            return entry;
        }
    }
    return NULL;
}

bool settings_add_word_list(const galley_plugin *plugin, galley_settings *settings,
                            const char *path, galley_error *error) {
    static const char key[] = "word-lists";
    if (path == NULL || access(path, R_OK) != 0) {
        return true;
    }
    galley_string lists = {.data = "", .len = 0};
    plugin->settings_get(settings, key, sizeof key - 1, &lists);
    char *joined = malloc(lists.len + strlen(path) + 2);
    if (joined == NULL) {
        return false;
    }
    const int len =
        sprintf(joined, "%.*s%s%s", (int)lists.len, lists.data, lists.len > 0 ? ":" : "", path);
    const bool good = plugin->settings_set(settings, key, sizeof key - 1, joined, (size_t)len,
                                           error) == GALLEY_OK;
    free(joined);
    return good;
}
