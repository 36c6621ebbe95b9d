#include "language/halves.h"

/* Zipf values × 25. The measure is how many powers of ten the whole is more frequent than the
 * halves would be side by side if words stood in any order. Pairs that belong together ("every
 * one", "health care") stand together up to a thousand times as often as that; hence the margins,
 * which no pair in a million words of edited news passes but those that are errors. */
enum {
    ZIPF_OF_ALL = 225, /* of a word that is all of a text */
    ZIPF_UNLISTED = 38,
    SHORTEST_HALF = 2,
    WHOLE_OF_FUNCTION = 132, /* a common word, of a function word and another */
    MARGIN_LIKELY = 69,
    MARGIN_CERTAIN = 82,
    WHOLE_OF_OTHERS = 80,
    MARGIN_OTHERS = 110
};

/* Words on no list of frequencies are written now and then, too. */
static int zipf_of(const struct form_facts *facts) {
    return facts->zipf < ZIPF_UNLISTED ? ZIPF_UNLISTED : facts->zipf;
}

enum halves halves_judge(const struct pack *pack, uint32_t left, uint32_t right, uint32_t whole) {
    const uint32_t n_lower = pack_n_lower_forms(pack);
    if (left >= n_lower || right >= n_lower || whole >= n_lower ||
        pack_form_len(pack, left) < SHORTEST_HALF || pack_form_len(pack, right) < SHORTEST_HALF) {
        return HALVES_NONE;
    }
    const struct form_facts *facts = pack_facts(pack, left);
    const int zipf = zipf_of(pack_facts(pack, whole));
    const int margin = zipf + ZIPF_OF_ALL - zipf_of(facts) - zipf_of(pack_facts(pack, right));
    if ((facts->classes & CLASS_FUNCTION) != 0) {
        return zipf < WHOLE_OF_FUNCTION || margin < MARGIN_LIKELY ? HALVES_NONE
               : margin < MARGIN_CERTAIN                          ? HALVES_LIKELY
                                                                  : HALVES_CERTAIN;
    }
    return zipf >= WHOLE_OF_OTHERS && margin >= MARGIN_OTHERS ? HALVES_LIKELY : HALVES_NONE;
}
