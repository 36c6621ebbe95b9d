/*
 * Marks that a translation keeps whatever the languages: the question or exclamation that a text
 * ends with, the stop or colon, the number of brackets.
 */
#ifndef GALLEY_BILINGUAL_MARKS_H
#define GALLEY_BILINGUAL_MARKS_H

#include "checks/check.h"

/* Compares the unit with its source and reports for the check of `run`, which need not be one that
 * needs a source. Nothing for a unit without one. Linear. */
galley_status bilingual_compare_marks(struct check_run *run, const struct unit *unit);

#endif
