/*
 * The sex of the persons that a sentence speaks of, as its source shows it.
 */
#ifndef GALLEY_BILINGUAL_GENDERS_H
#define GALLEY_BILINGUAL_GENDERS_H

#include "checks/check.h"

/* Reports for the check of `run` (one that uses the source) the pronouns of sentences in which they
 * are all of one sex, while all that shows a sex in the source's sentences is of the other: “he”
 * for «она», or where «сказала» has no pronoun. Nothing for a unit without a source. Which words
 * show it, and how surely, is in dictionaries/numbers/more.tsv: “sie”, which is also “they”, makes
 * everything unsure. */
galley_status bilingual_compare_genders(struct check_run *run, const struct unit *unit);

#endif
