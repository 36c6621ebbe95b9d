/*
 * Where language packs are.
 */
#ifndef GALLEY_PACK_SEARCH_H
#define GALLEY_PACK_SEARCH_H

#include "galley.h"

enum { PACK_PATH_MAX = 4096 };

/* Writes the path of the folder to look into after `index` others; `setting` is the value of
 * dictionary-path: its folders, or when it is empty the build tree and the installation around the
 * library, then where it was configured to be installed. False when there is no further one. A
 * folder need not exist; one whose path is too long is an empty string. */
bool pack_folder(galley_string setting, size_t index, char path[PACK_PATH_MAX]);

#endif
