#include "file_list.h"

#include "base/glob.h"
#include "files.h"
#include "say.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* realloc for a list that grows by one; NULL after a message. */
static void *grown(void *items, size_t item_size, size_t n, size_t *capacity) {
    if (n < *capacity) {
        return items;
    }
    const size_t wanted = *capacity * 2 + 64;
    void *longer = realloc(items, wanted * item_size);
    if (longer == NULL) {
        say("out of memory");
        return NULL;
    }
    *capacity = wanted;
    return longer;
}

bool string_list_add(struct string_list *list, const char *text) {
    const char **items = grown(list->items, sizeof *items, list->n_items, &list->capacity);
    if (items == NULL) {
        return false;
    }
    list->items = items;
    list->items[list->n_items++] = text;
    return true;
}

void string_list_finish(struct string_list *list) {
    free(list->items);
    *list = (struct string_list){0};
}

static bool add_file(struct file_list *list, const char *path, bool found) {
    struct listed_file *files = grown(list->files, sizeof *files, list->n_files, &list->capacity);
    if (files == NULL) {
        return false;
    }
    list->files = files;
    char *copy = strdup(path);
    if (copy == NULL) {
        return say("out of memory");
    }
    list->files[list->n_files++] = (struct listed_file){copy, found};
    return true;
}

static bool matches_any(const struct string_list *globs, const char *path) {
    for (size_t i = 0; i < globs->n_items; i++) {
        if (glob_matches(globs->items[i], path)) {
            return true;
        }
    }
    return false;
}

bool file_list_wants(const struct file_list *list, const char *path) {
    return (list->includes.n_items == 0 || matches_any(&list->includes, path)) &&
           !matches_any(&list->excludes, path);
}

static void skip(struct file_list *list, size_t *count, const char *path, const char *why) {
    ++*count;
    if (list->names_skipped) {
        say("%s: skipped: %s", path, why);
    }
}

static int compare_files(const void *left, const void *right) {
    const struct listed_file *a = left;
    const struct listed_file *b = right;
    return strcmp(a->path, b->path);
}

static char *join(const char *directory, const char *name) {
    const size_t len = strlen(directory);
    char *path = malloc(len + strlen(name) + 2);
    if (path != NULL) {
        sprintf(path, "%s%s%s", directory, len > 0 && directory[len - 1] == '/' ? "" : "/", name);
    }
    return path;
}

/* The paths of what is in a directory, in order, without hidden ones. False without memory. */
static bool read_directory(struct file_list *list, const char *path, struct file_list *inside) {
    DIR *directory = opendir(path);
    if (directory == NULL) {
        say("%s: %s", path, strerror(errno));
        list->n_failed++;
        return true;
    }
    bool good = true;
    const struct dirent *entry;
    while (good && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        char *below = join(path, entry->d_name);
        if (below == NULL) {
            good = say("out of memory");
        } else if (entry->d_name[0] == '.') {
            skip(list, &list->n_hidden, below, "hidden");
        } else {
            good = add_file(inside, below, true);
        }
        free(below);
    }
    closedir(directory);
    if (inside->n_files > 0) {
        qsort(inside->files, inside->n_files, sizeof *inside->files, compare_files);
    }
    return good;
}

static bool add_directory(struct file_list *list, const char *path);

static bool add_found(struct file_list *list, const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) {
        say("%s: %s", path, strerror(errno));
        list->n_failed++;
        return true;
    }
    if (S_ISDIR(status.st_mode)) {
        if (!matches_any(&list->excludes, path)) {
            return add_directory(list, path);
        }
        skip(list, &list->n_excluded, path, "excluded");
    } else if (S_ISLNK(status.st_mode) && stat(path, &status) != 0) {
        skip(list, &list->n_special, path, strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        skip(list, &list->n_special, path,
             S_ISDIR(status.st_mode) ? "a link to a directory" : "not a file");
    } else if (!file_list_wants(list, path)) {
        skip(list, &list->n_excluded, path, "excluded");
    } else {
        return add_file(list, path, true);
    }
    return true;
}

/* Calls itself for directories below; how deep is bounded by the length of a path (PATH_MAX). */
static bool add_directory(struct file_list *list, const char *path) {
    struct file_list inside = {0};
    bool good = read_directory(list, path, &inside);
    for (size_t i = 0; i < inside.n_files && good; i++) {
        good = add_found(list, inside.files[i].path);
    }
    file_list_finish(&inside);
    return good;
}

bool file_list_add(struct file_list *list, const char *path) {
    struct stat status;
    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return add_directory(list, path);
    }
    return add_file(list, path, false);
}

bool file_list_add_from(struct file_list *list, const char *path, bool nul) {
    struct file_data data;
    const char *reason = file_read(path, &data);
    if (reason != NULL) {
        return say("%s: %s", path, reason);
    }
    bool good = true;
    for (size_t at = 0; at < data.len && good;) {
        const char *end = memchr(data.data + at, nul ? '\0' : '\n', data.len - at);
        const size_t behind = end == NULL ? data.len : (size_t)(end - data.data);
        data.data[behind] = '\0';
        if (behind > at) {
            good = file_list_add(list, data.data + at);
        }
        at = behind + 1;
    }
    file_release(&data);
    return good;
}

void file_list_clear(struct file_list *list) {
    for (size_t i = 0; i < list->n_files; i++) {
        free(list->files[i].path);
    }
    free(list->files);
    *list = (struct file_list){.includes = list->includes,
                               .excludes = list->excludes,
                               .names_skipped = list->names_skipped};
}

void file_list_finish(struct file_list *list) {
    file_list_clear(list);
    string_list_finish(&list->includes);
    string_list_finish(&list->excludes);
}
