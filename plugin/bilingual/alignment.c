/*
 * Dynamic programming over the sentences of both sides, in a band around the diagonal. The cost of
 * putting sentences together is that of their lengths (a normal distribution whose variance grows
 * with the length: Gale and Church 1993, section 3.2) and of the kind of the bead, less what they
 * share.
 */
#include "bilingual/alignment.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { BAND = 12 }; /* sentences that an alignment may be off the diagonal, to either side */

/* Characters of variance for each character of a target whose source has as many characters.
 * Measured on professional translations of news: 2.2 from Russian and Icelandic; 7 from Japanese,
 * where a character takes three of English. Gale and Church (1993) had 6.8 for debates of a
 * parliament. */
static const double VARIANCE = 1.9;

enum {
    PASSAGES_MAX =
        20000, /* sentences of a unit: with more, which no text has, nothing is aligned */
    PRIOR_CHARACTERS = 300, /* so much text the languages' usual ratio of lengths weighs as */
    HISTORY_CHARACTERS =
        1000,  /* what was learnt before weighs no more: a file may hold many texts */
    ROUNDS = 2 /* alignments of a unit: the first one is to learn the ratio */
};
static const double ODD = 2.5; /* deviation of sentences that the ratio is not learnt from */

/* What the kinds of beads cost: minus the logarithm of how often translators use them. */
static const float COST_OMITTED = 3;
static const float COST_ADDED = 6;
static const float COST_MERGED = 3;
static const float COST_PART = 3;
static const float COST_MERGED_MORE = 5;
static const float COST_MERGED_BOTH = 9;
static const float LOST_MAX = 4; /* numbers that a translation has not are held against it so far */
static const float SHARED_BONUS = 0.9f; /* for each unit of weight */

struct kind {
    uint8_t n_source, n_target;
    float cost;
};

static const struct kind kinds[] = {
    {1, 1, 0},
    {1, 2, COST_MERGED},
    {2, 1, COST_MERGED},
    {1, 0, COST_OMITTED},
    {0, 1, COST_ADDED},
    {2, 2, COST_MERGED_BOTH},
    {1, 3, COST_MERGED_MORE},
    {3, 1, COST_MERGED_MORE},
};

struct cell {
    float cost;
    uint8_t kind; /* index of the bead that ends here */
};

enum { WIDTH = 2 * BAND + 1, N_KINDS = sizeof kinds / sizeof *kinds };

/* ---- the band ---- */

/* The target index in the middle of the band at source index s. */
static size_t middle(const struct alignment *alignment, size_t s) {
    return alignment->source.n == 0 ? 0 : s * alignment->target.n / alignment->source.n;
}

/* The place of (s, t) in an array over the band; SIZE_MAX outside. */
static size_t in_band(const struct alignment *alignment, size_t s, size_t t) {
    const size_t shifted = t + BAND;
    const size_t begin = middle(alignment, s);
    return shifted < begin || shifted - begin >= WIDTH ? SIZE_MAX : s * WIDTH + shifted - begin;
}

float alignment_shared(const struct alignment *alignment, size_t s, size_t t) {
    const size_t place =
        s < alignment->source.n && t < alignment->target.n ? in_band(alignment, s, t) : SIZE_MAX;
    return place == SIZE_MAX ? 0 : alignment->shared[place];
}

size_t alignment_bead(const struct alignment *alignment, bool of_source, size_t offset) {
    const struct passages *passages = of_source ? &alignment->source : &alignment->target;
    size_t low = 0;
    size_t high = alignment->n_beads;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct bead *bead = &alignment->beads[middle];
        const size_t behind = of_source ? bead->source_end : bead->target_end;
        if (behind == 0 || passages->items[behind - 1].end <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds up the anchors of both sides by sentences. At most FREQUENT of a key are on either side. */
static void share_anchors(struct alignment *alignment) {
    const struct passages *source = &alignment->source;
    const struct passages *target = &alignment->target;
    for (size_t s = 0, t = 0; s < source->n_anchors && t < target->n_anchors;) {
        const uint64_t key = source->anchors[s].key;
        if (key != target->anchors[t].key) {
            const bool source_is_first = key < target->anchors[t].key;
            s += source_is_first;
            t += !source_is_first;
            continue;
        }
        for (size_t i = t; i < target->n_anchors && target->anchors[i].key == key; i++) {
            const size_t place =
                in_band(alignment, source->anchors[s].passage, target->anchors[i].passage);
            if (place != SIZE_MAX) {
                alignment->shared[place] +=
                    fminf(source->anchors[s].weight, target->anchors[i].weight);
            }
        }
        s++;
    }
}

/* ---- costs ---- */

double alignment_deviation(const struct alignment *alignment, double expected, double found) {
    const double mean = (expected + found) / 2;
    return (found - expected) / sqrt(mean * alignment->variance + 1);
}

void alignment_measure(const struct alignment *alignment, const struct bead *bead, double *expected,
                       double *found) {
    *expected = *found = 0;
    for (size_t s = bead->source; s < bead->source_end; s++) {
        *expected += alignment->source.items[s].characters * alignment->ratio;
    }
    for (size_t t = bead->target; t < bead->target_end; t++) {
        *found += alignment->target.items[t].characters;
    }
}

static float length_cost(const struct alignment *alignment, double expected, double found) {
    const double deviation = alignment_deviation(alignment, expected, found);
    /* Minus the logarithm of the probability to be off by so much or more, by the approximation of
     * López-Benítez and Casadevall (Versatile, Accurate, and Analytically Tractable Approximation
     * for the Gaussian Q-Function, 2011). */
    const float off = (float)fabs(deviation);
    const float cost = 0.3842f * off * off + 0.764f * off;
    /* A translation may lack a part: that is as rare as a sentence without one, however long. */
    return deviation < 0 ? fminf(cost, COST_PART + off / 4) : cost;
}

static float bead_cost(const struct alignment *alignment, const struct kind *kind, size_t s,
                       size_t t) {
    const struct bead bead = {(uint32_t)s, (uint32_t)(s + kind->n_source), (uint32_t)t,
                              (uint32_t)(t + kind->n_target)};
    double expected;
    double found;
    float shared = 0;
    if (kind->n_source == 0 || kind->n_target == 0) {
        return kind->cost;
    }
    alignment_measure(alignment, &bead, &expected, &found);
    float lost = 0;
    for (size_t i = s; i < s + kind->n_source; i++) {
        lost += alignment->source.items[i].lost;
        for (size_t k = t; k < t + kind->n_target; k++) {
            shared += alignment_shared(alignment, i, k);
        }
    }
    return kind->cost + length_cost(alignment, expected, found) - SHARED_BONUS * shared +
           fminf(lost, LOST_MAX);
}

/* The cheapest way to (s, t). */
static void fill_cell(struct alignment *alignment, size_t s, size_t t, struct cell *cell) {
    *cell = (struct cell){FLT_MAX, N_KINDS};
    if (s == 0 && t == 0) {
        cell->cost = 0;
        return;
    }
    for (uint8_t i = 0; i < N_KINDS; i++) {
        const struct kind *kind = &kinds[i];
        if (s < kind->n_source || t < kind->n_target) {
            continue;
        }
        const size_t from = in_band(alignment, s - kind->n_source, t - kind->n_target);
        if (from == SIZE_MAX || alignment->cells[from].cost == FLT_MAX) {
            continue;
        }
        const float cost = alignment->cells[from].cost +
                           bead_cost(alignment, kind, s - kind->n_source, t - kind->n_target);
        if (cost < cell->cost) {
            *cell = (struct cell){cost, i};
        }
    }
}

static void fill_band(struct alignment *alignment) {
    for (size_t s = 0; s <= alignment->source.n; s++) {
        const size_t begin = middle(alignment, s);
        for (size_t i = 0; i < WIDTH; i++) {
            const size_t t = begin + i < BAND ? SIZE_MAX : begin + i - BAND;
            struct cell *cell = &alignment->cells[s * WIDTH + i];
            if (t <= alignment->target.n) {
                fill_cell(alignment, s, t, cell);
            } else {
                *cell = (struct cell){FLT_MAX, N_KINDS};
            }
        }
    }
}

/* Walks the cheapest way back and writes its beads from the first one on. */
static galley_status take_beads(struct alignment *alignment) {
    size_t s = alignment->source.n;
    size_t t = alignment->target.n;
    alignment->n_beads = 0;
    if (!arena_grow(alignment->arena, &alignment->beads, 0, &alignment->bead_capacity,
                    sizeof *alignment->beads, s + t + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    struct bead *beads = alignment->beads;
    while (s > 0 || t > 0) {
        const uint8_t kind = alignment->cells[in_band(alignment, s, t)].kind;
        if (kind == N_KINDS) {
            alignment->n_beads = 0; /* no way inside the band: nothing is known */
            return GALLEY_OK;
        }
        const struct bead bead = {(uint32_t)(s - kinds[kind].n_source), (uint32_t)s,
                                  (uint32_t)(t - kinds[kind].n_target), (uint32_t)t};
        beads[alignment->n_beads++] = bead;
        s = bead.source;
        t = bead.target;
    }
    for (size_t i = 0; i < alignment->n_beads / 2; i++) {
        const struct bead bead = beads[i];
        beads[i] = beads[alignment->n_beads - 1 - i];
        beads[alignment->n_beads - 1 - i] = bead;
    }
    return GALLEY_OK;
}

/* ---- how long translations are ---- */

/* The characters of sentences that are each other's, one for one. */
static void count_pairs(const struct alignment *alignment, double *source_len, double *target_len) {
    for (size_t i = 0; i < alignment->n_beads; i++) {
        const struct bead *bead = &alignment->beads[i];
        double expected;
        double found;
        alignment_measure(alignment, bead, &expected, &found);
        if (bead->source_end - bead->source == 1 && bead->target_end - bead->target == 1 &&
            fabs(alignment_deviation(alignment, expected, found)) < ODD) {
            *source_len += expected / alignment->ratio;
            *target_len += found;
        }
    }
}

static void set_ratio(struct alignment *alignment, double usual, double source_len,
                      double target_len) {
    alignment->ratio = (alignment->target_len + target_len + usual * PRIOR_CHARACTERS) /
                       (alignment->source_len + source_len + PRIOR_CHARACTERS);
    alignment->variance = VARIANCE * fmax(alignment->ratio, 1);
}

static galley_status align(struct alignment *alignment, const struct bilingual *bilingual) {
    const double usual = bilingual_length_ratio(bilingual);
    double source_len = 0;
    double target_len = 0;
    galley_status status = GALLEY_OK;
    for (int round = 0; round < ROUNDS && status == GALLEY_OK; round++) {
        set_ratio(alignment, usual, source_len, target_len);
        fill_band(alignment);
        status = take_beads(alignment);
        source_len = target_len = 0;
        count_pairs(alignment, &source_len, &target_len);
    }
    alignment->source_len += source_len;
    alignment->target_len += target_len;
    if (alignment->source_len > HISTORY_CHARACTERS) {
        alignment->target_len *= HISTORY_CHARACTERS / alignment->source_len;
        alignment->source_len = HISTORY_CHARACTERS;
    }
    return status;
}

static galley_status run(struct alignment *alignment, const struct bilingual *bilingual,
                         const struct unit *unit) {
    galley_status status = alignment_find_passages(alignment, bilingual, unit);
    if (status == GALLEY_OK) {
        status = alignment_find_anchors(alignment, bilingual);
    }
    const size_t n = (alignment->source.n + 1) * WIDTH;
    alignment->n_beads = 0;
    if (status != GALLEY_OK || alignment->source.n > PASSAGES_MAX ||
        alignment->target.n > PASSAGES_MAX) {
        return status;
    }
    if (!arena_grow(alignment->arena, &alignment->shared, 0, &alignment->shared_capacity,
                    sizeof *alignment->shared, n) ||
        !arena_grow(alignment->arena, &alignment->cells, 0, &alignment->cell_capacity,
                    sizeof *alignment->cells, n)) {
        return GALLEY_ERROR_MEMORY;
    }
    memset(alignment->shared, 0, n * sizeof *alignment->shared);
    share_anchors(alignment);
    return align(alignment, bilingual);
}

galley_status alignment_of(const struct bilingual *bilingual, const struct unit *unit,
                           const struct alignment **alignment) {
    struct alignment *own = bilingual->alignment;
    *alignment = own;
    if (own->done) {
        return GALLEY_OK;
    }
    own->done = true;
    return run(own, bilingual, unit);
}
