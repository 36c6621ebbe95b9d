#include "files.h"

#include "interruption.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BINARY_HEAD = 8000 };

/* A byte more than the library takes of one document (docs/limits.md), for it to say so. */
static const size_t endless = ((size_t)1 << 31) + 1;

/* Reads up to `limit` bytes. `waits`: bytes may be long in coming, and an interruption ends that.
 */
static const char *read_all(int file, size_t expected, size_t limit, bool waits,
                            struct file_data *data) {
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
        size_t wanted = capacity - data->len - 1;
        wanted = wanted < limit - data->len ? wanted : limit - data->len;
        const bool there = !waits || interruption_wait(file);
        const ssize_t n = there ? read(file, data->data + data->len, wanted) : 0;
        if (n == 0 && there) {
            data->data[data->len] = '\0';
            return NULL;
        }
        if (!there || (n < 0 && errno != EINTR)) {
            const char *reason = there ? strerror(errno) : "interrupted";
            free(data->data);
            return reason;
        }
        data->len += n > 0 ? (size_t)n : 0;
        if (waits && data->len >= BINARY_HEAD && file_is_binary(data)) {
            data->data[data->len] = '\0';
            return NULL; /* nobody wants the rest, which may have no end */
        }
    }
    free(data->data);
    return "out of memory";
}

static const char *open_file(const char *path, int *file, struct stat *status) {
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*file < 0 || fstat(*file, status) != 0) {
        return strerror(errno);
    }
    return S_ISDIR(status->st_mode) ? strerror(EISDIR) : NULL;
}

const char *file_read(const char *path, struct file_data *data) {
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, 65536, endless, true, data);
    }
    int file;
    struct stat status;
    const char *reason = open_file(path, &file, &status);
    if (reason == NULL && S_ISREG(status.st_mode) && status.st_size > 0) {
        const size_t size = (size_t)status.st_size;
        reason = read_all(file, size, size, false, data);
    } else if (reason == NULL) {
        reason = read_all(file, 4096, endless, !S_ISREG(status.st_mode), data);
    }
    if (file >= 0) {
        close(file);
    }
    return reason;
}

/* Archives with a document's text in them, by their first entry: ODF's is its media type by rule,
 * that of OPC one of a few by custom. */
static bool is_office(const char *data, size_t len) {
    enum { NAME = 30 }; /* where the first entry's name stands in a ZIP file */
    static const char *const names[] = {"[Content_Types].xml", "_rels/", "docProps/", "word/",
                                        "mimetypeapplication/vnd.oasis.opendocument.text"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const size_t name_len = strlen(names[i]);
        if (len > NAME + name_len && memcmp(data, "PK\x03\x04", 4) == 0 &&
            memcmp(data + NAME, names[i], name_len) == 0) {
            return true;
        }
    }
    return false;
}

bool file_is_binary(const struct file_data *data) {
    const size_t head = data->len < BINARY_HEAD ? data->len : BINARY_HEAD;
    if (head >= 2 &&
        (memcmp(data->data, "\xFF\xFE", 2) == 0 || memcmp(data->data, "\xFE\xFF", 2) == 0)) {
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
