/*
 * Libraries that only some documents need: libzip (and libcrypto behind it), libxml2, ICU and MD4C take
 * more time to load than a short text takes to check. They are loaded when something first asks for
 * them. Each has a header here, which takes the place of its own ones and lists its functions that
 * are used; a call of one is a call through a pointer.
 *
 * Who calls such a function has asked library_load before. A library that is not there is a
 * mistake of the installation. Where an error can be told it is (library_missing); what cannot does
 * as well as it can without, and every document fails from then on (library_status), so that nobody
 * takes half an answer for a whole one.
 */
#ifndef GALLEY_LIBRARIES_LIBRARY_H
#define GALLEY_LIBRARIES_LIBRARY_H

#include "galley.h"

#include <stdbool.h>

enum library {
    LIBRARY_ICU, /* libicuuc: characters, encodings, names of languages */
    LIBRARY_MARKDOWN,
    LIBRARY_XML,
    LIBRARY_ZIP,
    LIBRARY_COUNT
};

/* Whether the library's functions may be called. Loads it when it is not loaded yet; any thread may
 * ask. */
bool library_load(enum library library);

/* Says that the library could not be loaded; GALLEY_ERROR_UNSUPPORTED. */
galley_status library_missing(enum library library, galley_error *error);

/* library_missing for one that some call did without, else GALLEY_OK. */
galley_status library_status(galley_error *error);

/* Members of the tables of functions (X macros over a library's list). */
#define LIBRARY_MEMBER(name) __typeof__(&name) call_##name;

#endif
