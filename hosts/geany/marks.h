/*
 * Underlines in the editor: one Scintilla indicator for each severity.
 */
#ifndef GALLEY_GEANY_MARKS_H
#define GALLEY_GEANY_MARKS_H

#include "finds.h"

/* Draws the finds (NULL: none) in place of what was drawn before. */
void marks_draw(ScintillaObject *editor, const struct finds *finds);

#endif
