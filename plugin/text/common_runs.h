/*
 * Runs of words that a translation has in common with its source: three words or more in a row, as
 * they are written, marks and spaces left out of account.
 *
 * The source's runs of three are kept in a filter of fixed size (Bloom 1970, two bits a run), so
 * that reading takes one pass and no memory. A run that is none is taken for one in about a
 * thousand of a source of a thousand words; sources of more than COMMON_RUNS_WORDS words have none.
 */
#ifndef GALLEY_TEXT_COMMON_RUNS_H
#define GALLEY_TEXT_COMMON_RUNS_H

#include "text/unit.h"

#include <stdbool.h>

enum { COMMON_RUNS_BITS = 1 << 16, COMMON_RUNS_WORDS = 6000 };

struct common_runs {
    uint64_t bits[COMMON_RUNS_BITS / 64];
    size_t n_words; /* of the source; 0: no run is in common */
};

/* Reads the unit's source; one without has no runs. Linear in its length. */
void common_runs_read(struct common_runs *runs, const struct unit *unit);

/* Whether token i of that unit, a word or number, is in a run. Looks at a bounded number of tokens
 * to either side. */
bool common_runs_has(const struct common_runs *runs, const struct unit *unit, size_t i);

#endif
