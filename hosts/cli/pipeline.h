/*
 * Jobs that are taken in order, run by any number of threads at once and written in the order they
 * were taken. A few jobs are ahead of the writer at most, so that memory does not grow with their
 * number and a reader of the output that is slow slows the input down.
 */
#ifndef GALLEY_CLI_PIPELINE_H
#define GALLEY_CLI_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

struct pipeline_steps {
    /* The next job, or NULL when there is none any more. One thread at a time. */
    void *(*take)(void *context);
    /* Any thread, many at once. */
    void (*run)(void *context, void *job);
    /* Writes and frees a job, one thread at a time, in the order of `take`. False: take no more;
     * what was taken is still run and handed over, to be freed. */
    bool (*write)(void *context, void *job);
};

/* Runs all jobs on n_threads threads, this one among them; on fewer where no more can be had. False
 * after a message when memory is out. */
bool pipeline_run(const struct pipeline_steps *steps, void *context, size_t n_threads);

#endif
