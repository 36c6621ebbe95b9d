#include "settings_file.h"

#include "base/nearest.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- lists ---- */

bool setting_list_add(struct setting_list *list, const char *key, const char *value,
                      const char *origin) {
    if (list->n_entries == list->capacity) {
        const size_t capacity = list->capacity * 2 + 16;
        struct setting_entry *entries = realloc(list->entries, capacity * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        list->entries = entries;
        list->capacity = capacity;
    }
    struct setting_entry *entry = &list->entries[list->n_entries++];
    *entry = (struct setting_entry){strdup(key), strdup(value), strdup(origin)};
    return entry->key != NULL && entry->value != NULL && entry->origin != NULL;
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

const struct setting_entry *setting_list_find(const struct setting_list *list, const char *key) {
    for (size_t i = list->n_entries; i > 0; i--) {
        if (strcmp(list->entries[i - 1].key, key) == 0) {
            return &list->entries[i - 1];
        }
    }
    return NULL;
}

/* ---- one file ---- */

/* Debian's inih cuts longer lines into pieces. */
enum { LINE_LEN_MAX = 198, KEY_LEN_MAX = 256 };

static const char *const sections[] = {
    "galley",  "fail-on", "locale",   "forbid", "max-issues",
    "penalty", "replace", "severity", "weight",
};

enum { N_SECTIONS = sizeof sections / sizeof *sections };

struct reading {
    struct setting_list *list;
    const char *path;
    size_t folder_len; /* of path, with its slash */
    FILE *file;
    size_t line;                 /* the one that inih has */
    char text[LINE_LEN_MAX + 2]; /* what stands there */
    char last_key[KEY_LEN_MAX];  /* of the last entry, whose value may go on */
    bool root;
    bool failed;
    galley_error *error;
};

/* Fills the error with the place and the reason. Always false. */
static bool fail(struct reading *reading, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(struct reading *reading, const char *format, ...) {
    galley_error *error = reading->error;
    if (!reading->failed) {
        error->status = GALLEY_ERROR_SETTINGS;
        error->line = reading->line;
        const int len = snprintf(error->message, sizeof error->message,
                                 "%.200s:%zu: ", reading->path, reading->line);
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message + len, sizeof error->message - (size_t)len, format, arguments);
        va_end(arguments);
    }
    reading->failed = true;
    return false;
}

/* inih's reader: one line at a time, so that its number is known to whoever gets its key. */
static char *read_line(char *text, int size, void *context) {
    struct reading *reading = context;
    if (reading->failed || fgets(text, size, reading->file) == NULL) {
        return NULL;
    }
    reading->line++;
    const size_t len = strlen(text);
    if (len > LINE_LEN_MAX && text[len - 1] != '\n') {
        fail(reading, "a line of more than %d bytes; a value goes on in an indented line",
             LINE_LEN_MAX);
        return NULL;
    }
    memcpy(reading->text, text, len < sizeof reading->text ? len + 1 : 0);
    if (text[0] == '[' && strstr(text, " = ") != NULL) {
        text[0] = '.'; /* a pattern that begins with a class of characters, no section */
    }
    return text;
}

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

static bool takes_paths(const char *key) {
    static const char *const keys[] = {"baseline", "dictionary-path", "ignore", "its-rules",
                                       "word-lists"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static bool add_entry(struct reading *reading, const char *key, const char *value) {
    char *resolved = takes_paths(key) ? resolve_paths(reading, value) : strdup(value);
    char origin[4400];
    snprintf(origin, sizeof origin, "%.4096s:%zu", reading->path, reading->line);
    const bool added = resolved != NULL && setting_list_add(reading->list, key, resolved, origin);
    free(resolved);
    snprintf(reading->last_key, sizeof reading->last_key, "%s", key);
    return added || fail(reading, "out of memory");
}

/* A value that goes on in an indented line: a list grows. */
static bool extend_entry(struct reading *reading, const char *value) {
    struct setting_entry *entry = &reading->list->entries[reading->list->n_entries - 1];
    const char *separator = takes_paths(entry->key) ? ":" : " ";
    char *resolved = takes_paths(entry->key) ? resolve_paths(reading, value) : strdup(value);
    char *longer = resolved == NULL
                       ? NULL
                       : realloc(entry->value, strlen(entry->value) + strlen(resolved) + 2);
    if (longer == NULL) {
        free(resolved);
        return fail(reading, "out of memory");
    }
    entry->value = longer;
    if (longer[0] != '\0' && resolved[0] != '\0') {
        strcat(longer, separator);
    }
    strcat(longer, resolved);
    free(resolved);
    return true;
}

static char *trim(char *text) {
    text += strspn(text, " \t");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
        text[--len] = '\0';
    }
    return text;
}

/* A rule of the house style: what is before " = " is a pattern, which may have signs that inih
 * takes for its own, such as the ":" of "(?:". */
static bool take_rule(struct reading *reading, const char *section) {
    char text[sizeof reading->text + 2];
    strcpy(text, reading->text);
    trim(text);
    const size_t len = strlen(text);
    char *equals = strstr(text, " = ");
    if (equals == NULL && len > 2 && strcmp(text + len - 2, " =") == 0) {
        equals = text + len - 2;
        text[len] = text[len + 1] = '\0'; /* nothing behind it */
    }
    if (equals == NULL) {
        return fail(reading, "a rule is “PATTERN = %s”, with blanks around the “=”",
                    strcmp(section, "replace") == 0 ? "REPLACEMENT" : "MESSAGE");
    }
    *equals = '\0';
    char key[KEY_LEN_MAX];
    snprintf(key, sizeof key, "%s.%s", section, trim(text));
    return add_entry(reading, key, trim(equals + 3));
}

static bool take_root(struct reading *reading, const char *value) {
    reading->root = strcmp(value, "yes") == 0;
    return reading->root || strcmp(value, "no") == 0 ||
           fail(reading, "“root” takes “yes” or “no”, not “%.100s”", value);
}

static bool unknown_section(struct reading *reading, const char *section) {
    const char *nearest = nearest_name(sections, N_SECTIONS, section, strlen(section));
    return nearest == NULL ? fail(reading, "there is no section [%.60s]", section)
                           : fail(reading, "there is no section [%.60s]; the nearest one is [%s]",
                                  section, nearest);
}

/* inih calls this for every key, and again with the same key for every line that its value goes on
 * in. 0 marks the line as wrong. */
static int take_key(void *context, const char *section, const char *key, const char *value) {
    struct reading *reading = context;
    size_t i = 0;
    while (i < N_SECTIONS && strcmp(sections[i], section) != 0) {
        i++;
    }
    if (i == N_SECTIONS && section[0] != '\0') {
        return unknown_section(reading, section);
    }
    const bool indented = reading->text[0] == ' ' || reading->text[0] == '\t';
    if (strcmp(section, "replace") == 0 || strcmp(section, "forbid") == 0) {
        return take_rule(reading, section);
    }
    char full[KEY_LEN_MAX];
    const bool general = section[0] == '\0' || strcmp(section, "galley") == 0;
    snprintf(full, sizeof full, "%s%s%s", general ? "" : section, general ? "" : ".", key);
    if (indented && strcmp(full, reading->last_key) == 0) {
        return extend_entry(reading, value);
    }
    if (strcmp(full, "root") == 0) {
        return take_root(reading, value);
    }
    return add_entry(reading, full, value);
}

static bool read_file(struct reading *reading) {
    reading->file = fopen(reading->path, "re");
    struct stat status;
    if (reading->file == NULL || fstat(fileno(reading->file), &status) != 0 ||
        S_ISDIR(status.st_mode)) {
        const int problem = reading->file == NULL ? errno : EISDIR;
        reading->error->status = GALLEY_ERROR_SETTINGS;
        snprintf(reading->error->message, sizeof reading->error->message, "%.300s: %s",
                 reading->path, strerror(problem));
        reading->failed = true;
    } else {
        const int wrong = ini_parse_stream(read_line, reading, take_key, reading);
        if (wrong > 0) {
            reading->line = (size_t)wrong;
            fail(reading, "not a “key = value” line");
        } else if (ferror(reading->file)) {
            fail(reading, "cannot be read further");
        }
    }
    if (reading->file != NULL) {
        fclose(reading->file);
    }
    return !reading->failed;
}

static struct reading reading_of(struct setting_list *list, const char *path, galley_error *error) {
    const char *slash = strrchr(path, '/');
    return (struct reading){.list = list,
                            .path = path,
                            .folder_len = slash == NULL ? 0 : (size_t)(slash - path) + 1,
                            .error = error};
}

bool settings_file_read(struct setting_list *list, const char *path, galley_error *error) {
    struct reading reading = reading_of(list, path, error);
    return read_file(&reading);
}

/* ---- all files of a folder ---- */

static char *join(const char *folder, const char *name) {
    char *path = malloc(strlen(folder) + strlen(name) + 2);
    if (path != NULL) {
        sprintf(path, "%s/%s", folder, name);
    }
    return path;
}

static bool has(const char *folder, const char *name) {
    char *path = join(folder, name);
    const bool found = path != NULL && access(path, F_OK) == 0;
    free(path);
    return found;
}

/* Cuts the last name off; false when there is none any more. "" is the root folder. */
static bool go_up(char *folder) {
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

char *settings_folder_find(const char *folder) {
    char *path = strdup(strcmp(folder, "/") == 0 ? "" : folder);
    if (path == NULL) {
        return NULL;
    }
    do {
        if (has(path, ".galley.ini") || has(path, ".galley-ignore")) {
            return path;
        }
    } while (go_up(path));
    free(path);
    return NULL;
}

/* The path as people write it from where the command runs. */
static const char *shortened(const char *path) {
    static char current[4096];
    if (current[0] == '\0' && getcwd(current, sizeof current) == NULL) {
        return path;
    }
    const size_t len = strlen(current);
    return strncmp(path, current, len) == 0 && path[len] == '/' ? path + len + 1 : path;
}

/* Puts `more` before the list's entries. */
static bool prepend(struct setting_list *list, struct setting_list *more) {
    for (size_t i = 0; i < list->n_entries; i++) {
        const struct setting_entry *entry = &list->entries[i];
        if (!setting_list_add(more, entry->key, entry->value, entry->origin)) {
            return false;
        }
    }
    setting_list_finish(list);
    *list = *more;
    return true;
}

/* One folder's files on the way up. */
struct gathering {
    struct setting_list *list;
    char *ignore_files; /* found so far, separated by ':' */
    bool root;
    bool settings; /* read .galley.ini too */
};

static bool add_ignore_file(struct gathering *gathering, const char *path) {
    const size_t len = gathering->ignore_files == NULL ? 0 : strlen(gathering->ignore_files);
    char *longer = malloc(len + strlen(path) + 2);
    if (longer == NULL) {
        return false;
    }
    sprintf(longer, "%s%s%s", path, len == 0 ? "" : ":", len == 0 ? "" : gathering->ignore_files);
    free(gathering->ignore_files);
    gathering->ignore_files = longer;
    return true;
}

static bool gather_folder(struct gathering *gathering, const char *folder, galley_error *error) {
    char *ignore = join(folder, ".galley-ignore");
    char *settings = join(folder, ".galley.ini");
    bool good = ignore != NULL && settings != NULL;
    if (good && access(ignore, F_OK) == 0) {
        good = add_ignore_file(gathering, shortened(ignore));
    }
    if (!good) {
        snprintf(error->message, sizeof error->message, "out of memory");
    } else if (gathering->settings && access(settings, F_OK) == 0) {
        struct setting_list own = {0};
        struct reading reading = reading_of(&own, shortened(settings), error);
        good = read_file(&reading) && prepend(gathering->list, &own);
        gathering->root = reading.root;
        if (!good) {
            setting_list_finish(&own);
        }
    }
    free(ignore);
    free(settings);
    return good;
}

bool settings_folder_read(struct setting_list *list, const char *folder, const char *config,
                          galley_error *error) {
    struct setting_list found = {0};
    struct gathering gathering = {.list = &found, .settings = config == NULL};
    char *path = folder == NULL ? NULL : strdup(folder);
    bool good = config == NULL || settings_file_read(&found, config, error);
    while (good && path != NULL) {
        good = gather_folder(&gathering, path, error);
        if (gathering.root || !go_up(path)) {
            break;
        }
    }
    if (good && gathering.ignore_files != NULL && setting_list_find(&found, "ignore") == NULL) {
        good = setting_list_add(&found, "ignore", gathering.ignore_files, "found upward");
    }
    for (size_t i = 0; i < found.n_entries && good; i++) {
        const struct setting_entry *entry = &found.entries[i];
        good = setting_list_add(list, entry->key, entry->value, entry->origin);
    }
    free(gathering.ignore_files);
    free(path);
    setting_list_finish(&found);
    return good;
}

static int64_t changed(const char *folder, const char *name) {
    char *path = join(folder, name);
    struct stat status;
    const bool there = path != NULL && stat(path, &status) == 0;
    free(path);
    return there ? (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec : 0;
}

int64_t settings_folder_changed(const char *folder) {
    char *path = folder == NULL ? NULL : strdup(folder);
    int64_t last = 0;
    while (path != NULL) {
        const int64_t times[] = {changed(path, ".galley.ini"), changed(path, ".galley-ignore")};
        for (size_t i = 0; i < 2; i++) {
            last = times[i] > last ? times[i] : last;
        }
        if (!go_up(path)) {
            break;
        }
    }
    free(path);
    return last;
}

/* ---- handing over ---- */

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

char *settings_personal_words(void) {
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    const bool own = config != NULL && config[0] == '/';
    const char *base = own ? config : home;
    if (base == NULL) {
        return NULL;
    }
    const char *rest = own ? "/galley/words.txt" : "/.config/galley/words.txt";
    char *path = malloc(strlen(base) + strlen(rest) + 1);
    if (path != NULL) {
        strcpy(path, base);
        strcat(path, rest);
    }
    return path;
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
