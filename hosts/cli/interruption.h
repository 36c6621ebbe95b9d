/*
 * Ctrl-C and termination: the first one asks the command to stop where it is and keep what it has,
 * the second one ends it at once.
 */
#ifndef GALLEY_CLI_INTERRUPTION_H
#define GALLEY_CLI_INTERRUPTION_H

#include <stdbool.h>

/* Takes SIGINT and SIGTERM from now on; SIGPIPE becomes a failed write. */
void interruption_watch(void);

bool interrupted(void);

/* Waits until `file` can be read. False when an interruption came first. */
bool interruption_wait(int file);

/* Waits until `file` can be read, at most so long. Answers whether it can. */
bool interruption_wait_for(int file, int milliseconds);

#endif
