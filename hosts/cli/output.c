#define _GNU_SOURCE /* O_TMPFILE */

#include "output.h"

#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool fail(const char *path, int problem) {
    return say("%s: %s", path == NULL ? "standard output" : path, strerror(problem));
}

/* A file without a name, which goes by itself when the command ends before its time. */
static int open_nameless(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    const int file = folder == NULL ? -1 : open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    free(folder);
    return file;
}

static int open_temporary(struct output_file *output) {
    const char *path = output->real;
    const char *slash = strrchr(path, '/');
    const size_t folder_len = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    const size_t size = strlen(path) + 32;
    output->temporary = malloc(size);
    if (output->temporary == NULL) {
        return -1;
    }
    int file = open_nameless(path);
    if (file >= 0) {
        snprintf(output->temporary, size, "%.*s.%s.%ld", (int)folder_len, path, path + folder_len,
                 (long)getpid());
        return file;
    }
    /* Not every file system has files without a name. */
    snprintf(output->temporary, size, "%.*s.%s.XXXXXX", (int)folder_len, path, path + folder_len);
    file = mkostemp(output->temporary, O_CLOEXEC);
    output->named = file >= 0;
    return file;
}

/* Opens what is to become the file, or what is there and cannot be replaced. */
static int open_output(struct output_file *output) {
    struct stat status;
    const bool there = stat(output->path, &status) == 0;
    output->real = there ? realpath(output->path, NULL) : strdup(output->path);
    if (output->real == NULL) {
        return -1;
    }
    if (there && !S_ISREG(status.st_mode)) {
        return open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    }
    return open_temporary(output);
}

static void release(struct output_file *output) {
    free(output->real);
    free(output->temporary);
    output->real = output->temporary = NULL;
}

static void take_mode(int file, const struct stat *like) {
    if (like == NULL) {
        const mode_t mask = umask(0);
        umask(mask);
        fchmod(file, 0666 & ~mask);
        return;
    }
    /* The owner first: giving a file away clears some bits of its mode. */
    const int owned = fchown(file, like->st_uid, like->st_gid);
    (void)owned; /* only root may give files away */
    fchmod(file, like->st_mode & 07777);
}

bool output_open(struct output_file *output, const char *path, const struct stat *like) {
    *output = (struct output_file){.path = path, .file = stdout};
    if (path == NULL) {
        return true;
    }
    const int file = open_output(output);
    output->file = file < 0 ? NULL : fdopen(file, "wb");
    if (output->file == NULL) {
        fail(path, errno);
        release(output);
        return false;
    }
    setvbuf(output->file, NULL, _IOFBF, 1 << 16);
    if (output->temporary != NULL) {
        take_mode(file, like);
    }
    return true;
}

bool output_write(void *context, const char *data, size_t len) {
    struct output_file *output = context;
    if (output->problem == 0 && fwrite(data, 1, len, output->file) != len) {
        output->problem = errno;
    }
    return output->problem == 0;
}

bool output_flush(struct output_file *output) {
    if (output->problem == 0 && fflush(output->file) != 0) {
        output->problem = errno;
    }
    return output->problem == 0;
}

/* Gives the file its temporary name, if it has none yet. */
static bool name_file(struct output_file *output) {
    char own[64];
    snprintf(own, sizeof own, "/proc/self/fd/%d", fileno(output->file));
    if (!output->named) {
        unlink(output->temporary); /* of a command with the same number that was killed */
        output->named = linkat(AT_FDCWD, own, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) == 0;
    }
    return output->named;
}

/* Puts the whole file in its place. */
static bool place_file(struct output_file *output) {
    return fsync(fileno(output->file)) == 0 && name_file(output) &&
           rename(output->temporary, output->real) == 0;
}

bool output_close(struct output_file *output, bool keep) {
    bool good = output_flush(output);
    if (output->path == NULL) {
        return good || fail(NULL, output->problem);
    }
    const bool placed = good && keep && output->temporary != NULL;
    if (placed && !place_file(output)) {
        output->problem = errno;
    }
    if (fclose(output->file) != 0 && output->problem == 0) {
        output->problem = errno;
    }
    good = output->problem == 0;
    if (!good) {
        fail(output->path, output->problem);
    }
    if ((!good || !placed) && output->named) {
        unlink(output->temporary);
    }
    release(output);
    return good;
}
