/*
 * Commands that are programs of their own, so that `galley check` does not load what only they
 * need: `galley lsp` runs galley-lsp.
 */
#ifndef GALLEY_CLI_SUBPROGRAM_H
#define GALLEY_CLI_SUBPROGRAM_H

#include <stdbool.h>

/* Whether `command` is one of them. */
bool subprogram_is(const char *command);

/* Becomes the program, with arguments[0] and what follows. Answers only when that fails, after a
 * message: an exit status. */
int subprogram_run(const char *command, char **arguments);

#endif
