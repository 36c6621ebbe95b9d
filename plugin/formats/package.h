/*
 * Changing the small parts of a package that say what else is in it: lists of content types,
 * relationships, manifests.
 */
#ifndef GALLEY_FORMATS_PACKAGE_H
#define GALLEY_FORMATS_PACKAGE_H

#include "formats/container.h"

/* One part being changed, in the arena. */
struct package_part {
    struct arena *arena;
    galley_string text; /* data is NULL: there is none */
    bool changed;
};

galley_string package_string(const char *text);

/* Takes out every stretch from `start` to the end of the next `finish`. */
galley_status package_take_out(struct package_part *part, const char *start, const char *finish);

/* Puts `what` before the last `tail`; without one the part is not what it should be and stays. */
galley_status package_put_before(struct package_part *part, const char *tail, galley_string what);

/* Adds the part's text to the changes if it has changed. */
void package_add_change(const struct package_part *part, const char *name,
                        struct container_change *changes, size_t *n_changes);

#endif
