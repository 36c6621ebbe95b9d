/*
 * A document's bytes are read into memory as long as they are few. What is large goes into a
 * nameless file of our own, which is mapped: its pages come when they are read and go when memory
 * is wanted. The document's own file is not mapped, for whoever cuts it short meanwhile would end
 * the process (SIGBUS), and whoever writes to it would change what was checked already.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_TMPFILE, madvise */
#endif
#include "files.h"

#include "interruption.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BINARY_HEAD = 8000,
    MAPPED_LEN = 1 << 24, /* bytes from which on a document is mapped */
    LARGE_LEN = 1 << 20,  /* ... and from which on it is read into huge pages */
    HUGE_PAGE = 1 << 21,
    PIECE_LEN = 1 << 20 /* that are copied at a time */
};

/* A byte more than the library takes of one document (docs/limits.md), for it to say so. */
static const size_t endless = ((size_t)1 << 31) + 1;

static const char out_of_memory[] = "out of memory";

/* ---- a file of our own ---- */

/* Opens one that has no name, and goes when it is closed; -1: there is no place for it. */
static int open_nameless(void) {
    const char *folder = getenv("TMPDIR");
    folder = folder == NULL || folder[0] == '\0' ? "/var/tmp" : folder;
#ifdef O_TMPFILE
    const int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (file >= 0) {
        return file;
    }
#endif
    char path[4096];
    const int len = snprintf(path, sizeof path, "%s/galley-XXXXXX", folder);
    const int named = len < 0 || (size_t)len >= sizeof path ? -1 : mkostemp(path, O_CLOEXEC);
    if (named >= 0) {
        unlink(path);
    }
    return named;
}

static bool write_whole(int file, const char *data, size_t len) {
    while (len > 0) {
        const ssize_t n = write(file, data, len);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        data += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* ---- what is read ---- */

struct reading {
    char *buffer; /* all that was read, or, with a file, room for a piece of it */
    size_t capacity, len;
    int own;   /* the file; -1: none */
    bool maps; /* a file is wanted once there is much */
};

/* Moves a buffer that gets long to memory in huge pages (MADV_HUGEPAGE of Linux), with room for all
 * that is not mapped: the first touch of a page takes longer than reading a page of text. */
static bool make_large_room(struct reading *reading, size_t capacity) {
    const size_t size =
        (capacity < MAPPED_LEN ? MAPPED_LEN : capacity) / HUGE_PAGE * HUGE_PAGE + HUGE_PAGE;
    void *large = NULL;
    if (posix_memalign(&large, HUGE_PAGE, size) != 0) {
        return false;
    }
#ifdef MADV_HUGEPAGE
    madvise(large, size, MADV_HUGEPAGE);
#endif
    if (reading->len > 0) {
        memcpy(large, reading->buffer, reading->len);
    }
    free(reading->buffer);
    reading->buffer = large;
    reading->capacity = size;
    return true;
}

static bool make_room(struct reading *reading, size_t capacity) {
    if (capacity <= reading->capacity) {
        return true;
    }
    if (capacity >= LARGE_LEN && reading->capacity < LARGE_LEN) {
        return make_large_room(reading, capacity);
    }
    char *longer = realloc(reading->buffer, capacity);
    if (longer == NULL) {
        return false;
    }
    reading->buffer = longer;
    reading->capacity = capacity;
    return true;
}

/* Puts what was read into a file. Where none is to be had it stays in memory. */
static void move_out(struct reading *reading) {
    reading->maps = false;
    reading->own = open_nameless();
    if (reading->own >= 0 && !write_whole(reading->own, reading->buffer, reading->len)) {
        close(reading->own);
        reading->own = -1;
    }
}

/* Back into memory, with the last n bytes, which stand in the buffer: the disk is full. */
static bool move_back(struct reading *reading, size_t n) {
    char *all = malloc(reading->len + n + PIECE_LEN);
    size_t at = 0;
    for (ssize_t got = 1; all != NULL && at < reading->len && got > 0;) {
        got = pread(reading->own, all + at, reading->len - at, (off_t)at);
        at += got > 0 ? (size_t)got : 0;
    }
    if (at < reading->len) {
        free(all);
        return false;
    }
    memcpy(all + at, reading->buffer, n);
    free(reading->buffer);
    reading->buffer = all;
    reading->capacity = reading->len + n + PIECE_LEN;
    close(reading->own);
    reading->own = -1;
    return true;
}

/* Takes the n bytes that stand where `room` said. */
static bool take(struct reading *reading, size_t n) {
    if (reading->own >= 0 && !write_whole(reading->own, reading->buffer, n) &&
        (ftruncate(reading->own, (off_t)reading->len) != 0 || !move_back(reading, n))) {
        return false;
    }
    reading->len += n;
    if (reading->maps && reading->len >= MAPPED_LEN) {
        move_out(reading);
    }
    return true;
}

/* Where the next bytes go, and how many have room there; NULL: out of memory. */
static char *room(struct reading *reading, size_t *size) {
    if (reading->own >= 0) {
        *size = reading->capacity < PIECE_LEN ? reading->capacity : PIECE_LEN;
        return reading->buffer;
    }
    if (reading->len + 1 >= reading->capacity &&
        !make_room(reading, reading->capacity + reading->capacity / 2 + 65536)) {
        return NULL;
    }
    *size = reading->capacity - reading->len - 1;
    return reading->buffer + reading->len;
}

/* Gives back what is not needed of the last huge page. */
static void trim(const struct reading *reading) {
#ifdef MADV_DONTNEED
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t begin = (reading->len / page + 1) * page;
    const size_t end = (begin + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    if (reading->capacity >= LARGE_LEN && end <= reading->capacity && end > begin) {
        madvise(reading->buffer + begin, end - begin, MADV_DONTNEED);
    }
#else
    (void)reading;
#endif
}

/* Hands over what was read. */
static const char *end_reading(struct reading *reading, struct file_data *data) {
    *data = (struct file_data){.data = reading->buffer, .len = reading->len};
    if (reading->own < 0) {
        data->data[data->len] = '\0';
        trim(reading);
        return NULL;
    }
    /* The byte more that the file is made longer by is zero. */
    void *mapped = ftruncate(reading->own, (off_t)reading->len + 1) != 0
                       ? MAP_FAILED
                       : mmap(NULL, reading->len + 1, PROT_READ, MAP_PRIVATE, reading->own, 0);
    const char *reason = mapped == MAP_FAILED ? strerror(errno) : NULL;
    close(reading->own);
    free(reading->buffer);
    data->data = mapped == MAP_FAILED ? NULL : mapped;
    data->is_mapped = true;
    return reason;
}

/* Reads up to `limit` bytes. `waits`: bytes may be long in coming, and an interruption ends that.
 */
static const char *read_all(int file, size_t expected, size_t limit, bool waits, bool maps,
                            struct file_data *data) {
    struct reading reading = {.own = -1, .maps = maps};
    const char *reason =
        make_room(&reading, expected < MAPPED_LEN || !maps ? expected + 2 : MAPPED_LEN + 2)
            ? NULL
            : out_of_memory;
    while (reason == NULL) {
        size_t wanted;
        char *place = room(&reading, &wanted);
        wanted = place != NULL && wanted > limit - reading.len ? limit - reading.len : wanted;
        const bool there = !waits || interruption_wait(file);
        const ssize_t n = place != NULL && there ? read(file, place, wanted) : 0;
        if (place == NULL) {
            reason = out_of_memory;
        } else if (!there) {
            reason = "interrupted";
        } else if (n < 0 && errno != EINTR) {
            reason = strerror(errno);
        } else if (n == 0) {
            return end_reading(&reading, data);
        } else if (n > 0 && !take(&reading, (size_t)n)) {
            reason = out_of_memory;
        } else if (waits && reading.len >= BINARY_HEAD && reading.own < 0) {
            const struct file_data head = {.data = reading.buffer, .len = reading.len};
            if (file_is_binary(&head)) {
                return end_reading(&reading,
                                   data); /* nobody wants the rest, which may have no end */
            }
        }
    }
    if (reading.own >= 0) {
        close(reading.own);
    }
    free(reading.buffer);
    return reason;
}

static const char *open_file(const char *path, int *file, struct stat *status) {
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*file < 0 || fstat(*file, status) != 0) {
        return strerror(errno);
    }
    return S_ISDIR(status->st_mode) ? strerror(EISDIR) : NULL;
}

static const char *read_path(const char *path, bool maps, struct file_data *data) {
    *data = (struct file_data){.len = 0};
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, 65536, endless, true, maps, data);
    }
    int file;
    struct stat status;
    const char *reason = open_file(path, &file, &status);
    if (reason == NULL && S_ISREG(status.st_mode) && status.st_size > 0) {
        const size_t size = (size_t)status.st_size;
        reason = read_all(file, size, size, false, maps, data);
    } else if (reason == NULL) {
        reason = read_all(file, 4096, endless, !S_ISREG(status.st_mode), maps, data);
    }
    if (file >= 0) {
        close(file);
    }
    return reason;
}

const char *file_read(const char *path, struct file_data *data) {
    return read_path(path, false, data);
}

const char *file_read_document(const char *path, struct file_data *data) {
    return read_path(path, true, data);
}

void file_release(struct file_data *data) {
    if (data->is_mapped && data->data != NULL) {
        munmap(data->data, data->len + 1);
    } else {
        free(data->data);
    }
    data->data = NULL;
}

void file_passed(void *context, size_t begin, size_t end) {
    const struct file_data *data = context;
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    begin = begin / page * page;
    end = end / page * page;
    if (data->is_mapped && end > begin) {
        madvise(data->data + begin, end - begin, MADV_DONTNEED);
    }
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
    if (head >= 4 && (memcmp(data->data, "\0\0\xFE\xFF", 4) == 0 ||
                      memcmp(data->data, "<\0?\0", 4) == 0 ||
                      memcmp(data->data, "\0<\0?", 4) == 0)) {
        return false; /* UTF-32, and XML in UTF-16 without a mark */
    }
    if (is_office(data->data, head)) {
        return false;
    }
    return memchr(data->data, '\0', head) != NULL;
}
