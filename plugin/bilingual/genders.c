#include "bilingual/genders.h"

#include "bilingual/alignment.h"

/* The words with a sex of a stretch of a side, by sex (0 male, 1 female) and kind. */
struct genders {
    size_t n[2][GENDERED_KINDS];
};

/* The first of the side's words that begins at or behind the offset. */
static size_t first_gendered(const struct side *side, size_t offset) {
    size_t low = 0;
    size_t high = side->n_gendered;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (side->gendered[middle].begin < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct genders count(const struct side *side, size_t begin, size_t end) {
    struct genders genders = {{{0}}};
    for (size_t i = first_gendered(side, begin);
         i < side->n_gendered && side->gendered[i].begin < end; i++) {
        genders.n[side->gendered[i].female][side->gendered[i].kind]++;
    }
    return genders;
}

/* Whether words of the kind are of one sex alone; writes it. */
static bool is_of_one(const struct genders *genders, enum gendered_kind kind, bool *female) {
    *female = genders->n[1][kind] > 0;
    return (genders->n[0][kind] > 0) != *female;
}

/* The sex of whom the source speaks, by what says it most clearly: pronouns, those that may mean a
 * thing, verbs. False where they are not sure or contradict one another. */
static bool source_sex(const struct genders *source, bool *female) {
    const size_t n_pronouns = source->n[0][GENDERED_PRONOUN] + source->n[1][GENDERED_PRONOUN];
    if (source->n[0][GENDERED_UNCLEAR] + source->n[1][GENDERED_UNCLEAR] > 0) {
        return false;
    }
    if (n_pronouns > 0) {
        return is_of_one(source, GENDERED_PRONOUN, female) &&
               source->n[!*female][GENDERED_NO_OTHER] == 0;
    }
    if (source->n[0][GENDERED_NO_OTHER] + source->n[1][GENDERED_NO_OTHER] > 0) {
        return is_of_one(source, GENDERED_NO_OTHER, female) &&
               source->n[!*female][GENDERED_VERB] == 0;
    }
    return is_of_one(source, GENDERED_VERB, female);
}

/* A pronoun of the source also speaks of a thing, whose word has a gender; the target has "it" for
 * that. So a pronoun with a sex in the target speaks of a person, and with one sex alone on each
 * side of the same. */
static galley_status compare(struct check_run *run, const struct unit *unit,
                             const struct genders *source, size_t begin, size_t end) {
    const struct side *target = &run->bilingual->target;
    const struct genders genders = count(target, begin, end);
    galley_status status = GALLEY_OK;
    bool female;
    bool meant_female;
    if (!source_sex(source, &meant_female) || !is_of_one(&genders, GENDERED_PRONOUN, &female) ||
        female == meant_female) {
        return GALLEY_OK;
    }
    for (size_t i = first_gendered(target, begin);
         i < target->n_gendered && target->gendered[i].begin < end && status == GALLEY_OK; i++) {
        status = check_report(
            run, bilingual_token(unit, target->gendered[i].begin), run->check->severity, NULL,
            female ? "the source speaks of a man here" : "the source speaks of a woman here");
    }
    return status;
}

galley_status bilingual_compare_genders(struct check_run *run, const struct unit *unit) {
    const struct side *source = &run->bilingual->source;
    const struct side *target = &run->bilingual->target;
    if (unit->source == NULL || source->n_gendered == 0 || target->n_gendered == 0) {
        return GALLEY_OK;
    }
    const struct alignment *alignment;
    galley_status status = alignment_of(run->bilingual, unit, &alignment);
    for (size_t i = 0; status == GALLEY_OK && i < alignment->n_beads; i++) {
        const struct bead *bead = &alignment->beads[i];
        if (bead->source == bead->source_end || bead->target == bead->target_end) {
            continue;
        }
        const struct genders genders = count(source, alignment->source.items[bead->source].begin,
                                             alignment->source.items[bead->source_end - 1].end);
        status = compare(run, unit, &genders, alignment->target.items[bead->target].begin,
                         alignment->target.items[bead->target_end - 1].end);
    }
    return status;
}
