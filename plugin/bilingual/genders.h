/*
 * The sex of the persons that a unit speaks of, as its source shows it.
 */
#ifndef GALLEY_BILINGUAL_GENDERS_H
#define GALLEY_BILINGUAL_GENDERS_H

#include "checks/check.h"

/* Reports for the check of `run` (one that uses the source) a unit whose pronouns are all of one
 * sex while its source's are all of the other: “he” for «она». Nothing for a unit without a source.
 * Only pronouns that mean nothing else count (dictionaries/numbers/more.tsv), so that “sie”, which
 * is also “they”, says nothing. */
galley_status bilingual_compare_genders(struct check_run *run, const struct unit *unit);

#endif
