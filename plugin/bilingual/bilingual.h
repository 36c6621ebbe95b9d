/*
 * A unit beside its source: both sides read in their languages, for the checks that compare them.
 * Made when a document has the first unit with a source; nothing of this runs without one.
 */
#ifndef GALLEY_BILINGUAL_BILINGUAL_H
#define GALLEY_BILINGUAL_BILINGUAL_H

#include "bilingual/side.h"
#include "language/foreign.h"
#include "text/unit.h"

/* One of what is being matched, in the order of its value. */
struct ranked {
    double value;
    uint32_t index;
};

struct alignment; /* alignment.h */

struct bilingual {
    struct arena *arena; /* of all lists */
    struct numerals numerals;
    struct foreign foreign;
    const char *romanised;      /* romanised.h */
    struct side source, target; /* of the unit that was read last */
    bool language_set;          /* the source's language is a setting */
    bool language_guessed;      /* ... was guessed from sources of this document */
    char given_language[16];    /* the unit's own, cut, which is read anew when it changes; or "" */
    struct ranked *ranks;       /* what is being matched, both sides: matching's own */
    size_t rank_capacity;
    void *keys; /* the same for codes */
    size_t key_capacity;
    struct alignment *alignment; /* of the unit that was read last, once a check has asked for it */
};

/* `source_language` (BCP 47) may be empty: it is then what the units say, or guessed from the first
 * sources. The arena must
 * outlive it; there is nothing to free. */
void bilingual_init(struct bilingual *bilingual, struct arena *arena, const struct pack *pack,
                    const char *source_language);

/* Reads a unit that has a source. Linear in both texts. */
galley_status bilingual_read(struct bilingual *bilingual, const struct unit *unit);

/* The same for the unit's text alone. */
galley_status bilingual_read_text(struct bilingual *bilingual, const struct unit *unit);

/* How many characters of the target say what one of the source says, as the two languages usually
 * do; 1 when they are not known. */
double bilingual_length_ratio(const struct bilingual *bilingual);

/* How long a text of one side is, in characters of its language's average. */
double bilingual_length(const struct bilingual *bilingual, const struct side *side,
                        const char *text, size_t len);

/* Where a place of one side should be on the other: at the same share of the text. */
size_t bilingual_place(const struct side *from, size_t offset, const struct side *to);

/* The token at or before an offset of the unit's text; all of a text without tokens. */
struct span bilingual_token(const struct unit *unit, size_t offset);

/* The token where a place of the source should be: something to point at where something is
 * missing. */
struct span bilingual_span(const struct bilingual *bilingual, const struct unit *unit,
                           size_t source_offset);

/* ---- steps of bilingual_read ---- */

/* Finds the counterparts of all quantities: struct quantity, match and partner. */
galley_status bilingual_match_quantities(struct bilingual *bilingual);

/* Finds which codes the other side has as well: struct code, matched. */
galley_status bilingual_match_codes(struct bilingual *bilingual);

#endif
