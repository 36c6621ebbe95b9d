/*
 * A document that an editor has open: its text as the editor sees it, and what galley says of it.
 */
#ifndef GALLEY_LSP_OPEN_DOCUMENT_H
#define GALLEY_LSP_OPEN_DOCUMENT_H

#include "../cli/project.h"
#include "position.h"

#include <jansson.h>
#include <stdint.h>

struct open_document {
    char *uri;
    char *path;         /* of a file: URI, else NULL */
    const char *format; /* by the editor's languageId; NULL: galley finds out. Static */
    json_int_t version;
    char *text; /* UTF-8 */
    size_t len, capacity;
    struct line_index lines;
    uint64_t revision; /* counts changes of the text and of the settings */

    galley_engine *engine;   /* that made `result`, not owned */
    galley_document *result; /* NULL before the first check and after a change */
    char problem[480];       /* why there is no result, or empty */
    int64_t due;             /* when to check and publish, in milliseconds; 0: nothing waits */
};

/* Makes a document; the strings are copied. NULL without memory. */
struct open_document *open_document_create(const char *uri, const char *language_id,
                                           json_int_t version, const char *text, size_t len);
void open_document_destroy(struct open_document *document, const galley_plugin *plugin);

/* Puts `text` in place of [start, end). False without memory; the old text then stands. */
bool open_document_replace(struct open_document *document, const galley_plugin *plugin,
                           size_t start, size_t end, const char *text, size_t len);

/* Forgets the result, so that the next use checks again. */
void open_document_forget(struct open_document *document, const galley_plugin *plugin);

/* Checks, unless there is a result that still holds. Answers whether there is one; problem says
 * why not. */
bool open_document_check(struct open_document *document, struct projects *projects);

struct position open_document_position(const struct open_document *document, size_t offset,
                                       enum position_encoding encoding);
size_t open_document_offset(const struct open_document *document, struct position position,
                            enum position_encoding encoding);

/* The path of a file: URI, percent signs decoded; malloc'ed, NULL for any other URI (RFC 8089). */
char *path_of_uri(const char *uri);

/* The file: URI of an absolute path; malloc'ed, NULL without memory. */
char *uri_of_path(const char *path);

#endif
