#include "base/file.h"

#include "base/error.h"
#include "text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes. A list of this size has a million entries; what is larger is the wrong file. */
enum { FILE_LEN_MAX = 1 << 28 };

static galley_status fail(const char *path, const char *reason, galley_error *error) {
    return error_set(error, GALLEY_ERROR_SETTINGS, "%.*s: %s", error_cut(strlen(path)), path,
                     reason);
}

/* Reads until the end or `size` bytes; the length, or SIZE_MAX with errno set. */
static size_t read_all(int file, char *data, size_t size) {
    size_t len = 0;
    while (len < size) {
        const ssize_t n = read(file, data + len, size - len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return SIZE_MAX;
        }
        if (n == 0) {
            break;
        }
        len += (size_t)n;
    }
    return len;
}

static galley_status read_file(struct arena *arena, const char *path, int file, galley_string *text,
                               galley_error *error) {
    struct stat status;
    if (fstat(file, &status) != 0) {
        return fail(path, strerror(errno), error);
    }
    if (!S_ISREG(status.st_mode) || status.st_size > FILE_LEN_MAX) {
        return fail(path, "not a regular file of a sensible size", error);
    }
    const size_t size = (size_t)status.st_size;
    char *data = arena_allocate(arena, size + 1);
    if (data == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    const size_t len = read_all(file, data, size);
    if (len == SIZE_MAX) {
        return fail(path, strerror(errno), error);
    }
    data[len] = '\0';
    if (utf8_valid_len(data, len) < len || memchr(data, '\0', len) != NULL) {
        return fail(path, "not UTF-8 text", error);
    }
    const size_t mark = len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *text = (galley_string){data + mark, len - mark};
    return GALLEY_OK;
}

galley_status file_read_text(struct arena *arena, const char *path, galley_string *text,
                             galley_error *error) {
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return fail(path, strerror(errno), error);
    }
    const galley_status status = read_file(arena, path, file, text, error);
    close(file);
    return status;
}
