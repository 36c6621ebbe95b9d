/*
 * Which sentences of the source are said where in the target.
 *
 * Sentences are aligned by their lengths (Gale and Church, A Program for Aligning Sentences in
 * Bilingual Corpora, 1993) and by what both sides have in common: numbers, links, and words that
 * sound alike in any script (names, international words), compared by their consonants.
 */
#ifndef GALLEY_BILINGUAL_ALIGNMENT_H
#define GALLEY_BILINGUAL_ALIGNMENT_H

#include "bilingual/bilingual.h"

/* A sentence of one side. */
struct passage {
    uint32_t begin, end; /* bytes of the side's text */
    float characters;
    float lost; /* of the source: weight of its numbers that the target does not have */
};

/* Something that both sides may have in common. */
struct anchor {
    uint64_t key;
    uint32_t passage;
    float weight;
};

/* Source sentences [source, source_end) are target sentences [target, target_end); one of the two
 * ranges may be empty. */
struct bead {
    uint32_t source, source_end, target, target_end;
};

struct passages {
    struct passage *items;
    size_t n, capacity;
    struct anchor *anchors; /* sorted by key once aligned */
    size_t n_anchors, anchor_capacity;
};

/* Kept from unit to unit; zeroed but for the arena before the first one. */
struct alignment {
    bool done;           /* for the unit that was read last */
    struct arena *arena; /* of all its arrays, which grow to the largest unit's */
    struct passages source, target;
    struct bead *beads; /* in order */
    size_t n_beads, bead_capacity;
    float
        *shared; /* weight of what source sentence and target sentence have in common, in a band */
    size_t shared_capacity;
    struct cell *cells; /* of the band */
    size_t cell_capacity;
    double ratio;                  /* characters of the target for one of the source */
    double variance;               /* of a target's length, for each of its characters */
    double source_len, target_len; /* characters of sentences so far that are each other's, without
                                      those whose lengths look odd: what the ratio comes from */
};

/* The alignment of the unit that `bilingual` has read, made when it is asked for first. Linear in
 * the text: sentences are compared within a band around the diagonal. It has no beads where there
 * are too many sentences. */
galley_status alignment_of(const struct bilingual *bilingual, const struct unit *unit,
                           const struct alignment **alignment);

/* The bead that an offset of the source, or of the target, lies in; n_beads where there is none. */
size_t alignment_bead(const struct alignment *alignment, bool of_source, size_t offset);

/* What source sentence s and target sentence t have in common; 0 outside the band. */
float alignment_shared(const struct alignment *alignment, size_t s, size_t t);

/* How many standard deviations longer the target is than expected; both in characters. */
double alignment_deviation(const struct alignment *alignment, double expected, double found);

/* Characters of a bead: those that its target should have, and has. */
void alignment_measure(const struct alignment *alignment, const struct bead *bead, double *expected,
                       double *found);

enum { NAME_LEN_MAX = 48 };

/* A person's name of the source: [begin, end) of its text, and the given name in Latin letters. */
struct missing_name {
    size_t begin, end;
    char given[NAME_LEN_MAX];
    size_t given_len;
};

/* The next person's name of the source, from the byte *at on, whose family name no word of the
 * target sounds like; moves *at behind it. A name is a given name that the pack knows, written in
 * Latin letters or those of another script that has capitals, and another word with a capital.
 * Scripts without capitals do not show where a name is. False when there is no more. A scan over
 * the source is n log n. */
bool alignment_missing_name(const struct alignment *alignment, const struct bilingual *bilingual,
                            const struct pack *pack, size_t *at, struct missing_name *name);

/* ---- steps of alignment_run ---- */

/* Divides the source into sentences, takes over the target's. */
galley_status alignment_find_passages(struct alignment *alignment,
                                      const struct bilingual *bilingual, const struct unit *unit);

/* Finds the anchors of both sides. */
galley_status alignment_find_anchors(struct alignment *alignment,
                                     const struct bilingual *bilingual);

#endif
