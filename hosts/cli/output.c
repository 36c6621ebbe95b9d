#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *path) {
    fprintf(stderr, "galley: %s: %s\n", path == NULL ? "standard output" : path, strerror(errno));
    return false;
}

bool output_open(struct output_file *output, const char *path) {
    *output = (struct output_file){.path = path, .file = stdout};
    if (path == NULL) {
        return true;
    }
    static const char ending[] = ".XXXXXX";
    output->temporary = malloc(strlen(path) + sizeof ending);
    if (output->temporary == NULL) {
        return fail(path);
    }
    strcpy(output->temporary, path);
    strcat(output->temporary, ending);
    const int file = mkstemp(output->temporary);
    if (file < 0) {
        fail(path);
        free(output->temporary);
        return false;
    }
    /* mkstemp's files are for their owner only; a report is as readable as any new file. */
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(file, 0666 & ~mask);
    output->file = fdopen(file, "wb");
    return output->file != NULL || fail(path);
}

bool output_write(void *context, const char *data, size_t len) {
    struct output_file *output = context;
    return fwrite(data, 1, len, output->file) == len;
}

bool output_close(struct output_file *output, bool keep) {
    bool good = fflush(output->file) == 0 && ferror(output->file) == 0;
    if (output->path == NULL) {
        return good || fail(NULL);
    }
    good = good && fsync(fileno(output->file)) == 0;
    good = fclose(output->file) == 0 && good;
    if (good && keep) {
        good = rename(output->temporary, output->path) == 0;
    }
    if (!good) {
        fail(output->path);
    }
    if (!good || !keep) {
        unlink(output->temporary);
    }
    free(output->temporary);
    return good;
}
