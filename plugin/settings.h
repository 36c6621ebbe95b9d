/*
 * Settings as keys and values, and as the engine reads them.
 */
#ifndef GALLEY_SETTINGS_H
#define GALLEY_SETTINGS_H

#include "base/arena.h"

struct setting {
    char *key, *value; /* NUL-terminated, of the settings' memory */
    size_t key_len, value_len;
};

struct galley_settings {
    struct memory memory;
    struct setting *items; /* those that were set; all others are at their default */
    size_t n_items, capacity;
};

/* The value of a key that exists: as set, or its default. Never NULL. Keys that do not exist
 * answer an empty string. */
galley_string settings_value(const struct galley_settings *settings, const char *key);

/* The same for a key with a check's name, such as "severity.spelling". Empty when not set. */
galley_string settings_check_value(const struct galley_settings *settings, const char *prefix,
                                   const char *check);

/* A value that was validated as a number, times 1000. */
long settings_thousandths(galley_string value);

bool settings_severity(galley_string value, galley_severity *severity);

/* Takes the next name off a list separated by commas and white space. */
bool settings_next_name(galley_string *list, galley_string *name);

#endif
