/*
 * Edits of a document that mend it or waive an issue in it, as LSP wants them.
 */
#ifndef GALLEY_LSP_EDITS_H
#define GALLEY_LSP_EDITS_H

#include "server.h"

/* A WorkspaceEdit with the TextEdits, which it takes. */
json_t *workspace_edit(const struct open_document *document, json_t *edits);

/* TextEdits that put a suggestion in the place of an issue, spelt as the document's format demands
 * it. NULL where that is not possible. */
json_t *suggestion_edits(const struct server *server, const struct open_document *document,
                         size_t issue, size_t suggestion);

/* TextEdits for all issues that are fixable without a look; an empty array where there are none. */
json_t *safe_edits(const struct server *server, const struct open_document *document);

/* TextEdits that put a mark into the document which waives this issue (docs/waivers.md). NULL where
 * the format has no such mark, or none that waives just this. */
json_t *ignore_edits(const struct server *server, const struct open_document *document,
                     size_t issue);

#endif
