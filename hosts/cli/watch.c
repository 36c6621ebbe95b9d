#include "watch.h"

#include "interruption.h"
#include "say.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUIET = 200 /* milliseconds without a change; an editor writes more than once */ };

struct watched_folder {
    int number; /* inotify's */
    char *path; /* as the user would write it; "" is where the command runs */
    bool whole; /* a directory that was named, or one below: every file in it counts */
};

struct watch {
    const struct options *options;
    int inotify;
    struct watched_folder *folders;
    size_t n_folders, capacity;
};

static char *join(const char *folder, const char *name) {
    const size_t len = strlen(folder);
    char *path = malloc(len + strlen(name) + 2);
    if (path != NULL) {
        sprintf(path, "%s%s%s", folder, len == 0 || folder[len - 1] == '/' ? "" : "/", name);
    }
    return path;
}

static bool add_folder(struct watch *watch, const char *path, bool whole) {
    const int number = inotify_add_watch(watch->inotify, path[0] == '\0' ? "." : path,
                                         IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR);
    if (number < 0) {
        return say("%s cannot be watched: %s", path, strerror(errno));
    }
    for (size_t i = 0; i < watch->n_folders; i++) {
        if (watch->folders[i].number == number) {
            watch->folders[i].whole |= whole;
            return true;
        }
    }
    if (watch->n_folders == watch->capacity) {
        const size_t capacity = watch->capacity * 2 + 16;
        struct watched_folder *folders = realloc(watch->folders, capacity * sizeof *folders);
        if (folders == NULL) {
            return say("out of memory");
        }
        watch->folders = folders;
        watch->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        return say("out of memory");
    }
    watch->folders[watch->n_folders++] = (struct watched_folder){number, copy, whole};
    return true;
}

/* A folder and those below, hidden ones and links left out. Depth is bounded by PATH_MAX. */
static bool add_tree(struct watch *watch, const char *path) {
    bool good = add_folder(watch, path, true);
    DIR *directory = good ? opendir(path) : NULL;
    const struct dirent *entry;
    while (good && directory != NULL && (entry = readdir(directory)) != NULL) {
        char *below = entry->d_name[0] == '.' ? NULL : join(path, entry->d_name);
        struct stat status;
        if (below != NULL && lstat(below, &status) == 0 && S_ISDIR(status.st_mode)) {
            good = add_tree(watch, below);
        }
        free(below);
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return good;
}

/* The folder of a file that was named. */
static bool add_folder_of(struct watch *watch, const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? strdup("")
                   : slash == path ? strdup("/")
                                   : strndup(path, (size_t)(slash - path));
    const bool good = folder != NULL && add_folder(watch, folder, false);
    free(folder);
    return good;
}

struct watch *watch_create(const struct options *options) {
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL) {
        say("out of memory");
        return NULL;
    }
    watch->options = options;
    watch->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    bool good = watch->inotify >= 0 || say("inotify: %s", strerror(errno));
    for (size_t i = 0; i < options->folders.n_items && good; i++) {
        good = add_tree(watch, options->folders.items[i]);
    }
    for (size_t i = 0; i < options->files.n_files && good; i++) {
        if (!options->files.files[i].found) {
            good = add_folder_of(watch, options->files.files[i].path);
        }
    }
    if (!good) {
        watch_destroy(watch);
        watch = NULL;
    }
    return watch;
}

void watch_destroy(struct watch *watch) {
    if (watch == NULL) {
        return;
    }
    if (watch->inotify >= 0) {
        close(watch->inotify);
    }
    for (size_t i = 0; i < watch->n_folders; i++) {
        free(watch->folders[i].path);
    }
    free(watch->folders);
    free(watch);
}

static bool was_named(const struct options *options, const char *path) {
    for (size_t i = 0; i < options->files.n_files; i++) {
        if (!options->files.files[i].found && strcmp(options->files.files[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const struct file_list *list, const char *path) {
    for (size_t i = 0; i < list->n_files; i++) {
        if (strcmp(list->files[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

/* What has come to stand at the path. */
static bool take_path(struct watch *watch, const struct watched_folder *folder, const char *path,
                      uint32_t mask, struct file_list *list) {
    const struct options *options = watch->options;
    struct stat status;
    if (lstat(path, &status) != 0) {
        return true; /* gone again */
    }
    if (S_ISDIR(status.st_mode)) {
        /* Files that were written before the watch was there come with it. */
        return !folder->whole || (add_tree(watch, path) && file_list_add(list, path));
    }
    const bool wanted =
        was_named(options, path) || (folder->whole && file_list_wants(&options->files, path));
    if (!wanted || (mask & IN_CREATE) != 0 || is_listed(list, path)) {
        return true; /* one that is created will be written and closed */
    }
    return file_list_add(list, path);
}

static bool take_event(struct watch *watch, const struct inotify_event *event,
                       struct file_list *list, bool *all) {
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
        *all = true;
        return true;
    }
    size_t i = 0;
    while (i < watch->n_folders && watch->folders[i].number != event->wd) {
        i++;
    }
    if (i == watch->n_folders || event->len == 0) {
        return true;
    }
    if (strcmp(event->name, ".galley.ini") == 0 || strcmp(event->name, ".galley-ignore") == 0) {
        *all = true;
        return true;
    }
    const struct watched_folder folder = watch->folders[i];
    char *path = join(folder.path, event->name);
    const bool good = path != NULL &&
                      (event->name[0] == '.' || take_path(watch, &folder, path, event->mask, list));
    free(path);
    return good;
}

bool watch_wait(struct watch *watch, struct file_list *list, bool *all) {
    union {
        struct inotify_event event; /* for its alignment */
        char bytes[16384];
    } buffer;
    *all = false;
    bool any = false;
    while (any ? interruption_wait_for(watch->inotify, QUIET) : interruption_wait(watch->inotify)) {
        const ssize_t n = read(watch->inotify, buffer.bytes, sizeof buffer.bytes);
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *event =
                (const struct inotify_event *)(const void *)(buffer.bytes + at);
            if (!take_event(watch, event, list, all)) {
                return false;
            }
            at += (ssize_t)(sizeof *event + event->len);
        }
        any = *all || list->n_files > 0;
    }
    return !interrupted();
}
