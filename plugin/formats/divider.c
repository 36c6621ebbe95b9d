/*
 * Dividing long units, so that the memory for tokens is bounded whatever a file looks like.
 */
#include "base/ascii.h"
#include "base/limits.h"
#include "formats/format.h"
#include "text/utf8.h"

/* Where to divide text that is longer than LIMIT_UNIT_LEN: behind the last white space, else
 * between two characters. */
static size_t cut(const char *text) {
    for (size_t at = LIMIT_UNIT_LEN; at > LIMIT_UNIT_LEN / 2; at--) {
        if (ascii_is_space(text[at - 1])) {
            return at;
        }
    }
    size_t at = LIMIT_UNIT_LEN;
    while (utf8_is_continuation(text[at])) {
        at--;
    }
    return at;
}

galley_status divider_next(struct divider *divider, struct reader *reader, struct unit *unit,
                           bool *found) {
    const bool continues = divider->done < divider->whole.len;
    if (!continues) {
        divider->whole = (struct unit){0};
        divider->done = 0;
        const galley_status status = reader->format->next(reader, &divider->whole, found);
        if (status != GALLEY_OK || !*found) {
            return status;
        }
        if (divider->whole.len > LIMIT_UNIT_LEN) { /* its parts are not what the source says */
            divider->whole.source = NULL;
            divider->whole.source_len = 0;
            divider->whole.n_limits = 0;
        }
    }
    *found = true;
    *unit = divider->whole;
    unit->text += divider->done;
    unit->len -= divider->done;
    unit->text_skipped = divider->done;
    unit->continues = continues;
    if (unit->len > LIMIT_UNIT_LEN) {
        unit->len = cut(unit->text);
    }
    divider->done += unit->len;
    return GALLEY_OK;
}
