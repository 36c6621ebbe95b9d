/*
 * A progress bar in the last line of the terminal: how far, how fast, how long still. Silent where
 * standard error is no terminal.
 */
#ifndef GALLEY_CLI_PROGRESS_H
#define GALLEY_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool shown;
    size_t n_all;
    int64_t began, drawn; /* milliseconds; drawn: when it last was */
};

void progress_begin(struct progress *progress, size_t n_all, bool quiet);
void progress_step(struct progress *progress, size_t n_done);
void progress_end(struct progress *progress);

#endif
