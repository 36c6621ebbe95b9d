#define _GNU_SOURCE /* memfd_create */

#include "diff.h"

#include "say.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A file in memory with the bytes; -1 when there is none. Inherited by the program that is run. */
static int file_with(const char *data, size_t len) {
    const int file = memfd_create("galley", 0);
    while (file >= 0 && len > 0) {
        const ssize_t n = write(file, data, len);
        if (n < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        data += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return file;
}

/* "--label=NAME" in one line, malloc'ed. */
static char *label(const char *name) {
    char *text = malloc(strlen(name) + sizeof "--label=");
    if (text != NULL) {
        sprintf(text, "--label=%s", name);
        for (char *c = text; *c != '\0'; c++) {
            *c = (unsigned char)*c < 0x20 ? '?' : *c;
        }
    }
    return text;
}

static bool run(char **arguments) {
    pid_t process;
    fflush(stdout);
    const int problem = posix_spawnp(&process, arguments[0], NULL, NULL, arguments, environ);
    if (problem != 0) {
        return say("%s cannot be run: %s", arguments[0], strerror(problem));
    }
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) {
            return say("%s: %s", arguments[0], strerror(errno));
        }
    }
    /* 1: the texts differ, which is what it is asked about. */
    return (WIFEXITED(status) && WEXITSTATUS(status) <= 1) || say("%s failed", arguments[0]);
}

bool diff_print(const char *name, const char *before, size_t before_len, const char *after,
                size_t after_len) {
    char paths[2][32];
    char *labelled = label(name);
    const int files[] = {file_with(before, before_len), file_with(after, after_len)};
    bool good = labelled != NULL && files[0] >= 0 && files[1] >= 0;
    if (good) {
        for (size_t i = 0; i < 2; i++) {
            snprintf(paths[i], sizeof paths[i], "/dev/fd/%d", files[i]);
        }
        char program[] = "diff";
        char unified[] = "-au";
        char *arguments[] = {program, unified, labelled, labelled, paths[0], paths[1], NULL};
        good = run(arguments);
    } else {
        say("%s: no room for a diff", name);
    }
    for (size_t i = 0; i < 2; i++) {
        if (files[i] >= 0) {
            close(files[i]);
        }
    }
    free(labelled);
    return good;
}
