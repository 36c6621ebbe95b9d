/*
 * Documents that are archives of parts (OPC, ISO/IEC 29500-2: DOCX; ODF 1.3, part 2: ODT). One part
 * has the text; it is what formats read, and what offsets count in. Written back, that part is
 * replaced and the others stay the bytes they are.
 *
 * Archives come from strangers: nothing is unpacked to a file, only one entry is read, by its exact
 * name, and no further than its limits.
 */
#ifndef GALLEY_FORMATS_CONTAINER_H
#define GALLEY_FORMATS_CONTAINER_H

#include "base/arena.h"

/* An annotated archive keeps the one that was annotated, so that it can be given back byte for
 * byte: packed again, entries would have other sizes, times and places. */
#define CONTAINER_ORIGINAL "galley/original.zip"

struct container {
    const char *part; /* the entry's name, static; NULL: the document is no archive */
    const char *data; /* the archive */
    size_t data_len;
};

/* Whether the bytes are an archive of this kind (they begin as a ZIP file's first entry does). */
bool container_is(const char *data, size_t len);

/* Finds the part with the text and reads it into the arena. GALLEY_ERROR_FORMAT for archives that
 * are broken, encrypted, or hold no part that is known; GALLEY_ERROR_LIMIT for a part that is too
 * large, or unpacks to too many times its size. */
galley_status container_read(struct arena *arena, const char *data, size_t len,
                             struct container *container, const char **part, size_t *part_len,
                             galley_error *error);

/* An entry by its name; data is NULL when there is none. */
struct container_entry {
    const char *name;
    galley_string text;
};

/* Reads other entries than the part with the text. */
galley_status container_read_entries(struct arena *arena, const struct container *container,
                                     struct container_entry *entries, size_t n_entries,
                                     galley_error *error);

/* What becomes of an entry: a new text, or (data is NULL) nothing at all. */
struct container_change {
    const char *name;
    galley_string text;
};

/* The original that the archive keeps, if it still says what the archive with these changes, which
 * take the annotations out, would say: each entry has the same text. An archive that was edited
 * since does not; *original is {NULL, 0} then. */
galley_status container_find_original(struct arena *arena, const struct container *container,
                                      const struct container_change *changes, size_t n_changes,
                                      galley_string *original, galley_error *error);

/* Whether the archive has an entry CONTAINER_ORIGINAL, whatever is in it. */
galley_status container_has_original(const struct container *container, bool *has,
                                     galley_error *error);

/* Writes the archive with changed entries; those that it has not are added. */
galley_status container_write(const struct memory *memory, const struct container *container,
                              const struct container_change *changes, size_t n_changes,
                              galley_write write, void *context, galley_error *error);

#endif
