/*
 * A unit beside its source: both sides read in their languages, for the checks that compare them.
 * Made when a document has the first unit with a source; nothing of this runs without one.
 */
#ifndef GALLEY_BILINGUAL_BILINGUAL_H
#define GALLEY_BILINGUAL_BILINGUAL_H

#include "bilingual/side.h"
#include "language/foreign.h"
#include "text/unit.h"

struct bilingual {
    const struct memory *memory;
    struct numerals numerals;
    struct foreign foreign;
    struct side source, target; /* of the unit that was read last */
    bool language_known;        /* the source's language was given, not guessed */
    uint32_t *order;            /* quantities of one side by value: matching's own */
    size_t order_capacity;
};

/* `source_language` (BCP 47) may be empty: it is then guessed from the first sources. The memory
 * must outlive it. */
void bilingual_init(struct bilingual *bilingual, const struct memory *memory,
                    const struct pack *pack, const char *source_language);
/* Takes a zeroed one too. */
void bilingual_finish(struct bilingual *bilingual);

/* Reads a unit that has a source. Linear in both texts. */
galley_status bilingual_read(struct bilingual *bilingual, const struct unit *unit);

/* Finds the counterparts of all quantities: struct quantity, match and partner. */
galley_status bilingual_match_quantities(struct bilingual *bilingual);

#endif
