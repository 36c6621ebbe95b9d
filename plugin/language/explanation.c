/*
 * What explains an unknown word better: a slip of the writer's, or a new word? Both are weighed in
 * powers of ten: how often the word that was meant is written, times how seldom such a slip is
 * made, against how often the unknown word itself is written.
 */
#include "language/spelling_words.h"
#include "text/token.h"

#include <math.h>

float spelling_slip_margin(const struct spelling *spelling, const struct suggestion *slip,
                           unsigned own_zipf) {
    static const float unseen = 0.8F; /* Zipf value of a word that nothing speaks for */
    static const float per_cost = 0.35F;
    const float own = (float)own_zipf / 25.0F;
    const float meant = (float)pack_facts(spelling->pack, slip->form)->zipf / 25.0F;
    return meant - (own < unseen ? unseen : own) - per_cost * slip->slip;
}

float spelling_slips_margin(const struct spelling *spelling, const struct suggestion *slips,
                            size_t n_slips, unsigned own_zipf) {
    static const float far_fetched = 1.0F; /* a slip that costs more is believed by itself only */
    float sum = 0;
    for (size_t i = 0; i < n_slips; i++) {
        if ((i == 0 || slips[i].slip < far_fetched) &&
            (pack_facts(spelling->pack, slips[i].form)->flags & FORM_LOWER) != 0) {
            sum += powf(10, spelling_slip_margin(spelling, &slips[i], own_zipf));
        }
    }
    return sum > 0 ? log10f(sum) : -INFINITY;
}

float spelling_wanted_margin(size_t len) {
    static const float wanted[] = {9.0F, 9.0F, 9.0F, 2.6F, 2.0F, 1.6F, 1.3F, 1.0F, 0.8F};
    return wanted[len < 8 ? len : 8];
}

float spelling_division_margin(const struct division *division) {
    static const float neutral = 12.0F;
    static const float of_second_blank = 8.0F;
    return (float)division->zipf / 25.0F - neutral -
           (division->second_at > 0 ? of_second_blank : 0);
}

/* Whether a slip or a lost blank says more than a word that is as common as own_zipf. */
static bool explains(const struct spelling *spelling, const char *word, size_t len,
                     unsigned own_zipf, float wanted) {
    static const float of_new_word = 4.0F;
    const struct division division = spelling_divide(spelling, word, len, CASE_LOWER, false);
    if (division.strength >= DIVISION_LIKELY &&
        (float)own_zipf / 25.0F - of_new_word <= spelling_division_margin(&division)) {
        return true;
    }
    struct suggestion slip;
    return spelling_suggest(spelling, word, len, &slip, 1) > 0 &&
           (pack_facts(spelling->pack, slip.form)->flags & FORM_LOWER) != 0 &&
           spelling_slip_margin(spelling, &slip, own_zipf) >= wanted;
}

bool spelling_explains(const struct spelling *spelling, const char *word, size_t len) {
    return explains(spelling, word, len, spelling_own_zipf(spelling, word, len),
                    spelling_wanted_margin(len));
}

bool spelling_explains_better(const struct spelling *spelling, const char *word, size_t len,
                              unsigned zipf, float head_start) {
    const float common = (float)zipf - 25.0F * head_start;
    return common <= 0 || explains(spelling, word, len, (unsigned)common, 0);
}
