/*
 * Marks beyond ASCII, as ICU knows them.
 */
#include "text/mark.h"

#include "text/unicode.h"

bool mark_is_stop(uint32_t code_point) {
    enum { ELLIPSIS = 0x2026 };
    if (code_point < 0x80) {
        return code_point == '.' || code_point == '?' || code_point == '!';
    }
    return code_point == ELLIPSIS || unicode_ends_sentence(code_point);
}
