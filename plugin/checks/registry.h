/*
 * The one list of checks. A new check is a file of its own and a line in registry.c.
 */
#ifndef GALLEY_CHECKS_REGISTRY_H
#define GALLEY_CHECKS_REGISTRY_H

#include "checks/check.h"

enum { REGISTRY_CHECKS_MAX = 64 };

size_t registry_n_checks(void);
const struct check *registry_check(size_t index);

/* NULL when there is no such check. */
const struct check *registry_find_check(const char *name, size_t len);

/* The check's place in the list; the list's length for one that is not in it. */
size_t registry_check_index(const struct check *check);

/* GALLEY_ERROR_SETTINGS, with a message that names the nearest check. */
galley_status registry_unknown_check(const char *name, size_t len, galley_error *error);

#endif
