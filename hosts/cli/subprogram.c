#include "subprogram.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *command;
    const char *folder; /* of the program's source, and so of the program in the build tree */
} subprograms[] = {
    {"lsp", "lsp"},
    {"serve", "http"},
};

static const char *folder_of(const char *command) {
    for (size_t i = 0; i < sizeof subprograms / sizeof *subprograms; i++) {
        if (strcmp(subprograms[i].command, command) == 0) {
            return subprograms[i].folder;
        }
    }
    return NULL;
}

bool subprogram_is(const char *command) {
    return folder_of(command) != NULL;
}

int subprogram_run(const char *command, char **arguments) {
    char own[PATH_MAX];
    const ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
    own[len < 0 ? 0 : len] = '\0';
    char *slash = strrchr(own, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    const char *const places[][3] = {
        {own, "/../", folder_of(command)}, /* the build tree */
        {own, "/../libexec/", "galley"},   /* an installation that was moved */
        {GALLEY_LIBEXEC_DIR, "", ""},
    };
    int problem = ENOENT;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char path[PATH_MAX + 64];
        snprintf(path, sizeof path, "%s%s%s/galley-%s", places[i][0], places[i][1], places[i][2],
                 command);
        arguments[0] = path;
        execv(path, arguments);
        problem = errno == ENOENT || errno == ENOTDIR ? problem : errno;
    }
    fprintf(stderr, "galley: galley-%s cannot be run: %s\n", command, strerror(problem));
    return 2;
}
