/*
 * Reading the small text files that settings name: lists, waivers, baselines.
 */
#ifndef GALLEY_BASE_FILE_H
#define GALLEY_BASE_FILE_H

#include "base/arena.h"

/* The whole file as valid UTF-8 without a byte order mark, with a closing NUL, in the arena. Fails
 * with a message that names the path. */
galley_status file_read_text(struct arena *arena, const char *path, galley_string *text,
                             galley_error *error);

#endif
