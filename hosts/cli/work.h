/*
 * One document on its way through a command: read, checked under the settings of its folder, handed
 * over in the order of the list.
 */
#ifndef GALLEY_CLI_WORK_H
#define GALLEY_CLI_WORK_H

#include "files.h"
#include "progress.h"
#include "scopes.h"
#include "summary.h"

#include <stdatomic.h>
#include <sys/stat.h>

struct job {
    const struct listed_file *file;
    struct scope *scope; /* NULL: no memory for it */
    struct file_data data;
    struct stat status; /* of the file before it was read */
    bool skipped;       /* binary, found in a directory */
    galley_document *document;
    galley_error error; /* when document is NULL */
    double seconds;     /* of reading and checking */
};

struct work {
    const galley_plugin *plugin;
    const struct options *options;
    struct scopes scopes;
    struct summary summary;
    struct progress progress;
    size_t n_taken, n_done; /* of the list's files */
    /* Does what the command does with a document, in the order of the list; not called for skipped
     * ones. False: stop. */
    bool (*write)(struct work *work, struct job *job);
    void *context; /* of the command */
    /* Whoever takes a document reads what whoever writes one has said. */
    atomic_bool failed; /* a write */
    atomic_bool enough; /* take no more documents; those under way are handed over */
};

/* Checks all documents of the list. False when it could not go on. */
bool work_run(struct work *work);

/* The name of a document in reports. */
const char *work_name(const char *path);

/* The command's exit status behind the run: EXIT_FAILED when anything could not be done. */
int work_exit_status(const struct work *work);

#endif
