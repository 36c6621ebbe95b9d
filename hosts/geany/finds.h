/*
 * What galley found in one open document, in positions of its buffer: Geany's editor counts bytes
 * of UTF-8, as the library does.
 */
#ifndef GALLEY_GEANY_FINDS_H
#define GALLEY_GEANY_FINDS_H

#include "../cli/project.h"

#include <geanyplugin.h>

struct find {
    gint start, end; /* bytes of the buffer */
    gint line;       /* 1-based, when it was checked */
    galley_severity severity;
    gboolean fixable; /* without a look at it */
    gchar *check, *message;
    gchar **suggestions; /* ends in NULL; "" is: delete it */
};

struct finds {
    GPtrArray *all;  /* of struct find, ordered by start */
    gchar *summary;  /* the verdict in a line, or why there is none */
    gboolean failed; /* it could not be checked; summary says why */
};

/* Checks the buffer of `document`. Free with finds_destroy. */
struct finds *finds_check(struct projects *projects, GeanyDocument *document);
void finds_destroy(gpointer finds); /* NULL is none; a GDestroyNotify */

/* Moves what stands behind an insertion (`change` > 0) or deletion (< 0) of so many bytes at
 * `position`, and drops what it changed. Whether any was dropped. */
gboolean finds_follow(struct finds *finds, gint position, gint change);

/* The first find at a position of the buffer, or NULL. */
struct find *finds_at(const struct finds *finds, gint position);

#endif
