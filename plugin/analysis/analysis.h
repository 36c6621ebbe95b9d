/*
 * Who is spoken of: mentions of persons and other entities, who says each quotation, and what the
 * text claims of their gender. Prepared once for a document, read by the checks that ask for it
 * (struct check, needs_analysis) in their `document` function, when analysis_finish has run.
 */
#ifndef GALLEY_ANALYSIS_ANALYSIS_H
#define GALLEY_ANALYSIS_ANALYSIS_H

#include "language/pack.h"
#include "text/unit.h"

struct analysis;

/* All memory is the arena's. */
galley_status analysis_create(struct arena *arena, const struct pack *pack,
                              struct analysis **analysis);

/* Takes in one prepared unit, in document order. */
galley_status analysis_unit(struct analysis *analysis, const struct unit *unit);

/* Draws the conclusions, once, behind the last unit. */
galley_status analysis_finish(struct analysis *analysis);

#endif
