/*
 * A format: bytes in, units out. It knows no language. The input is UTF-8 by the time a format
 * sees it, whatever the file's encoding.
 */
#ifndef GALLEY_FORMATS_FORMAT_H
#define GALLEY_FORMATS_FORMAT_H

#include "base/arena.h"
#include "base/passed.h"
#include "text/unit.h"

struct annotation; /* formats/annotation.h */
struct container;  /* formats/container.h */
struct container_change;
struct edits;          /* formats/edits.h */
struct its_rules_file; /* its/its.h */

/* A document being read. */
struct reader {
    const struct format *format;
    struct arena *arena; /* the document's */
    const char *text;
    size_t len;
    const char *uri; /* NUL-terminated, may be empty */
    const char
        *language; /* BCP 47 tag of the text to check: which side of a bilingual file it is */
    const char *source_language;             /* BCP 47 tag, or empty */
    const char *text_column, *source_column; /* of a table, by name; empty: the usual ones */
    const struct its_rules_file *its_rules;  /* of the settings, for markup */
    size_t n_its_rules;
    bool keeps_pieces;     /* units say what stretches of the document they are made of */
    struct passed *passed; /* what walks over the whole text tell; NULL: nobody asks */
    void *state;           /* the format's own, from the arena */
    galley_error *error;
};

struct format {
    const char *name;
    const char *summary;
    const char *extensions; /* ".txt .text" */
    bool collects;          /* segments that need not belong together: a translation memory */
    /* Whether the beginning of the text looks like this format: 0 no, 100 certainly. */
    unsigned (*detect)(const char *text, size_t len);
    galley_status (*begin)(struct reader *reader);
    /* Writes the next unit's text and place, and true to *found; false behind the last one. What
     * the unit points to stays until the next call. */
    galley_status (*next)(struct reader *reader, struct unit *unit, bool *found);
    void (*finish)(struct reader *reader); /* frees what is not the arena's; may be NULL */
    /* Adds the edits that put annotations into the document, and those that take them out again;
     * both NULL where the format has no place for them. */
    galley_status (*annotate)(const struct annotation *annotation, struct edits *edits);
    galley_status (*strip)(const char *text, size_t len, struct edits *edits);
    /* Of an archive: what becomes of its other entries when annotations are put in, or (annotation
     * is NULL) only taken out; at most FORMAT_CHANGES_MAX changes. With `keeps_original` the
     * annotated archive has an entry CONTAINER_ORIGINAL. */
    galley_status (*change_entries)(const struct annotation *annotation,
                                    const struct container *container, bool keeps_original,
                                    struct arena *arena, struct container_change *changes,
                                    size_t *n_changes, galley_error *error);
};

enum { FORMAT_CHANGES_MAX = 3 };

/* The one list of formats is in registry.c. NULL when there is none of this name. */
const struct format *format_find(const char *name, size_t len);

/* The format that content and name speak for; plain text when nothing does. */
const struct format *format_detect(const char *text, size_t len, const char *uri);

/* Gives units no longer than LIMIT_UNIT_LEN: divides a longer one at white space. */
struct divider {
    struct unit whole;
    size_t done; /* bytes of `whole` that were given out */
};

/* As format->next, with long units divided. */
galley_status divider_next(struct divider *divider, struct reader *reader, struct unit *unit,
                           bool *found);

#endif
