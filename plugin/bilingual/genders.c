#include "bilingual/genders.h"

#include "bilingual/bilingual.h"

#include <string.h>

/* A pronoun of the source also speaks of a thing, whose word has a gender; the target has "it" for
 * that. So a pronoun with a sex in the target speaks of a person, and with one sex alone on each
 * side of the same. */
galley_status bilingual_compare_genders(struct check_run *run, const struct unit *unit) {
    const struct side *source = &run->bilingual->source;
    const struct side *target = &run->bilingual->target;
    if (unit->source == NULL || source->n_unclear > 0 ||
        (source->n_male > 0) == (source->n_female > 0) ||
        (target->n_male > 0) == (target->n_female > 0) ||
        (source->n_male > 0) == (target->n_male > 0)) {
        return GALLEY_OK;
    }
    const bool is_male = target->n_male > 0;
    const size_t place = is_male ? target->first_male : target->first_female;
    return check_report(run, bilingual_token(unit, place), run->check->severity, NULL,
                        is_male ? "the source speaks of a woman" : "the source speaks of a man");
}
