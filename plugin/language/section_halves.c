/*
 * Marks the rarer half of every word that two other words make with a blank in it (halves.h). The
 * section itself stays empty: the marks are signs of the forms.
 */
#include "language/halves.h"
#include "language/section.h"
#include "text/utf8.h"

static void mark_halves(const struct section_source *source, uint32_t whole) {
    const struct pack *pack = source->pack;
    const galley_string text = pack_form_text(pack, whole);
    for (size_t at = 1; at < text.len; at++) {
        if (utf8_is_continuation(text.data[at])) {
            continue;
        }
        const uint32_t left = pack_find(pack, text.data, at);
        const uint32_t right = pack_find(pack, text.data + at, text.len - at);
        if (left != FORM_NONE && right != FORM_NONE &&
            halves_judge(pack, left, right, whole) != HALVES_NONE) {
            const bool left_is_rarer = pack_facts(pack, left)->zipf < pack_facts(pack, right)->zipf;
            source->signs[left_is_rarer ? left : right] |= SIGN_HALF;
        }
    }
}

bool section_halves_compile(const struct section_source *source, struct buffer *out,
                            galley_error *error) {
    (void)out;
    (void)error;
    for (uint32_t form = 0; form < pack_n_lower_forms(source->pack); form++) {
        mark_halves(source, form);
    }
    return true;
}
