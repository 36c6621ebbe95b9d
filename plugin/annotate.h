/*
 * Reading a document once more, to write it back.
 */
#ifndef GALLEY_ANNOTATE_H
#define GALLEY_ANNOTATE_H

#include "document.h"
#include "formats/annotation.h"
#include "formats/edits.h"
#include "formats/format.h"

/* Hands every unit of the text to `take`, undivided and with its pieces. What the reader needs is
 * taken from the arena. */
galley_status document_each_unit(const struct galley_document *document, const char *text,
                                 size_t len, struct arena *arena,
                                 galley_status (*take)(void *context, const struct unit *unit),
                                 void *context, galley_error *error);

/* The issue as formats see it, at its place in the document. */
struct note annotate_note(const struct issue *issue);

/* Writes the input's bytes with the sorted edits in place; an archive with its part edited. */
galley_status document_write(const galley_document *document, const struct edits *edits,
                             galley_write write, void *context, galley_error *error);

#endif
