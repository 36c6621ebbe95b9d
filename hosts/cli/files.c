#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool out_of_memory(void) {
    fprintf(stderr, "galley: out of memory\n");
    return false;
}

static bool add_path(struct file_list *list, const char *path) {
    if (list->n_paths == list->capacity) {
        const size_t capacity = list->capacity * 2 + 64;
        char **paths = realloc(list->paths, capacity * sizeof *paths);
        if (paths == NULL) {
            return out_of_memory();
        }
        list->paths = paths;
        list->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        return out_of_memory();
    }
    list->paths[list->n_paths++] = copy;
    return true;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The names in a directory, without hidden ones, in order. */
static bool read_names(const char *path, struct file_list *names, size_t *n_hidden) {
    DIR *directory = opendir(path);
    if (directory == NULL) {
        fprintf(stderr, "galley: %s: %s\n", path, strerror(errno));
        return false;
    }
    bool good = true;
    const struct dirent *entry;
    while (good && (entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] != '.') {
            good = add_path(names, entry->d_name);
        } else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            ++*n_hidden;
        }
    }
    closedir(directory);
    if (names->n_paths > 0) {
        qsort(names->paths, names->n_paths, sizeof *names->paths, compare_names);
    }
    return good;
}

static char *join(const char *directory, const char *name) {
    const size_t len = strlen(directory);
    char *path = malloc(len + strlen(name) + 2);
    if (path != NULL) {
        sprintf(path, "%s%s%s", directory, len > 0 && directory[len - 1] == '/' ? "" : "/", name);
    }
    return path;
}

/* Directories wait in a list of their own, so that depth costs no stack. */
static bool add_directory(struct file_list *list, const char *path) {
    struct file_list names = {0};
    bool good = read_names(path, &names, &list->n_skipped);
    for (size_t i = 0; i < names.n_paths; i++) {
        char *below = join(path, names.paths[i]);
        struct stat status;
        if (below == NULL) {
            good = out_of_memory();
            break;
        }
        if (lstat(below, &status) != 0) {
            fprintf(stderr, "galley: %s: %s\n", below, strerror(errno));
            good = false;
        } else if (S_ISDIR(status.st_mode)) {
            good = add_directory(list, below) && good;
        } else if (S_ISREG(status.st_mode) ||
                   (S_ISLNK(status.st_mode) && stat(below, &status) == 0 &&
                    S_ISREG(status.st_mode))) {
            good = add_path(list, below) && good;
        } else {
            list->n_skipped++;
        }
        free(below);
    }
    file_list_finish(&names);
    return good;
}

bool file_list_add(struct file_list *list, const char *path) {
    struct stat status;
    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return add_directory(list, path);
    }
    return add_path(list, path);
}

bool file_list_add_from(struct file_list *list, const char *path, bool nul) {
    struct file_data data;
    const char *reason = file_read(path, &data);
    if (reason != NULL) {
        fprintf(stderr, "galley: %s: %s\n", path, reason);
        return false;
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
    free(data.data);
    return good;
}

void file_list_finish(struct file_list *list) {
    for (size_t i = 0; i < list->n_paths; i++) {
        free(list->paths[i]);
    }
    free(list->paths);
    *list = (struct file_list){0};
}

static const char *read_all(int file, size_t expected, struct file_data *data) {
    size_t capacity = expected + 2;
    *data = (struct file_data){malloc(capacity), 0};
    while (data->data != NULL) {
        if (data->len + 1 >= capacity) {
            capacity += capacity / 2 + 65536;
            char *longer = realloc(data->data, capacity);
            if (longer == NULL) {
                break;
            }
            data->data = longer;
        }
        const ssize_t n = read(file, data->data + data->len, capacity - data->len - 1);
        if (n == 0) {
            data->data[data->len] = '\0';
            return NULL;
        }
        if (n < 0 && errno != EINTR) {
            const char *reason = strerror(errno);
            free(data->data);
            return reason;
        }
        data->len += n > 0 ? (size_t)n : 0;
    }
    free(data->data);
    return "out of memory";
}

const char *file_read(const char *path, struct file_data *data) {
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, 65536, data);
    }
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return strerror(errno);
    }
    struct stat status;
    const char *reason;
    if (fstat(file, &status) != 0) {
        reason = strerror(errno);
    } else if (S_ISDIR(status.st_mode)) {
        reason = strerror(EISDIR);
    } else {
        reason = read_all(file, status.st_size > 0 ? (size_t)status.st_size : 4096, data);
    }
    close(file);
    return reason;
}

/* Archives with a document's text in them: OPC's first entry is [Content_Types].xml by custom, ODF's
 * is its media type by rule. */
static bool is_office(const char *data, size_t len) {
    static const char opc[] = "[Content_Types].xml";
    static const char odf[] = "mimetypeapplication/vnd.oasis.opendocument.text";
    enum { NAME = 30 }; /* where the first entry's name stands in a ZIP file */
    return len > NAME + sizeof odf && memcmp(data, "PK\x03\x04", 4) == 0 &&
           (memcmp(data + NAME, opc, sizeof opc - 1) == 0 ||
            memcmp(data + NAME, odf, sizeof odf - 1) == 0);
}

bool file_is_binary(const struct file_data *data) {
    const size_t head = data->len < 8000 ? data->len : 8000;
    if (head >= 2 && (memcmp(data->data, "\xFF\xFE", 2) == 0 ||
                      memcmp(data->data, "\xFE\xFF", 2) == 0)) {
        return false;
    }
    if (head >= 4 && memcmp(data->data, "\0\0\xFE\xFF", 4) == 0) {
        return false;
    }
    if (is_office(data->data, head)) {
        return false;
    }
    return memchr(data->data, '\0', head) != NULL;
}
