/*
 * Messages on standard error.
 */
#ifndef GALLEY_CLI_SAY_H
#define GALLEY_CLI_SAY_H

#include <stdbool.h>

/* Prints "galley: ", the text and a line end. Control characters, which names of files may have,
 * are written as escapes, so that a message is one line and moves no cursor. Clears a progress bar
 * that stands there first. Always false, for `return say(…)`. */
bool say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same without "galley: ". */
void say_plainly(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Shows text in the last line of the terminal until the next message; NULL takes it away. */
void say_for_now(const char *text);

#endif
