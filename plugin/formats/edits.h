/*
 * Edits: what is to stand in place of stretches of a document's text. Everything else is written
 * as the bytes that were read, whatever the encoding.
 */
#ifndef GALLEY_FORMATS_EDITS_H
#define GALLEY_FORMATS_EDITS_H

#include "base/arena.h"
#include "reports/output.h"
#include "text/encoding.h"

/* What becomes of a new character that the document's encoding does not have. */
enum edit_fallback {
    EDIT_FAIL,      /* the whole writing fails: nothing may be lost */
    EDIT_REFERENCE, /* "&#8220;": XML and HTML */
    EDIT_JSON,      /* "\u201c" */
    EDIT_QUESTION   /* "?": comments */
};

struct edit {
    size_t begin, end; /* bytes of the document's text */
    size_t text, len;  /* the new text, in edits->text */
    size_t order;      /* edits at one place stay in the order they were made in */
    size_t gone;       /* once sorted: bytes that the edits before it take away */
    enum edit_fallback fallback;
};

struct edits {
    const struct memory *memory;
    struct edit *items;
    size_t n, capacity;
    char *text;
    size_t text_len, text_capacity;
    struct output out;
};

void edits_init(struct edits *edits, const struct memory *memory);
void edits_finish(struct edits *edits);

/* Replaces [begin, end). The new text is what is written to the output until edits_end, which also
 * tells whether there was memory for it. */
struct output *edits_begin(struct edits *edits, size_t begin, size_t end,
                           enum edit_fallback fallback);
galley_status edits_end(struct edits *edits);

galley_status edits_delete(struct edits *edits, size_t begin, size_t end);

/* By place; at one place as they were made. */
void edits_sort(struct edits *edits);

/* The place in an edited text that is `offset` in the original, and the other way round. Only
 * deletions count; the edits are sorted. */
size_t edits_forward(const struct edits *edits, size_t offset);
size_t edits_back(const struct edits *edits, size_t offset);

/* Writes the input's bytes with the sorted edits in place. Where they overlap, the first counts
 * for the stretch. */
galley_status edits_write(const struct edits *edits, const struct decoded *decoded,
                          const char *data, size_t data_len, galley_write write, void *context,
                          galley_error *error);

#endif
