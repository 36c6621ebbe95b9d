#include "text/mojibake.h"

#include "text/unicode.h"
#include "text/utf8.h"

/* Windows-1252, 0x80 to 0x9F; 0 where it has nothing and Latin-1's control character stands. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* The byte that the code point was read from; 0 for none beyond ASCII. */
static unsigned char byte_of(uint32_t code_point) {
    if (code_point >= 0x80 && code_point <= 0xFF) {
        return (unsigned char)code_point;
    }
    for (unsigned i = 0; i < 32; i++) {
        if (windows_1252[i] == code_point && code_point != 0) {
            return (unsigned char)(0x80 + i);
        }
    }
    return 0;
}

/* The next code point, composed when it is one of "Ã", "Â", "ã", "â" in two. */
static uint32_t next_composed(const char *text, size_t len, size_t *at) {
    enum { CIRCUMFLEX = 0x302, TILDE = 0x303 };
    const uint32_t code_point = utf8_next(text, at);
    if ((code_point == 'A' || code_point == 'a') && *at < len) {
        size_t behind = *at;
        const uint32_t mark = utf8_next(text, &behind);
        if (mark == CIRCUMFLEX || mark == TILDE) {
            *at = behind;
            return (code_point == 'A' ? 0xC2U : 0xE2U) + (mark == TILDE);
        }
    }
    return code_point;
}

size_t mojibake_len(const char *text, size_t len, uint32_t *meant) {
    char bytes[4];
    size_t at = 0;
    size_t n = 0;
    size_t wanted = 1;
    while (n < wanted && at < len) {
        const unsigned char byte = byte_of(next_composed(text, len, &at));
        if (n == 0) {
            wanted = byte >= 0xC2 && byte <= 0xDF   ? 2
                     : byte >= 0xE0 && byte <= 0xEF ? 3
                     : byte >= 0xF0 && byte <= 0xF4 ? 4
                                                    : 0;
        }
        if (wanted == 0 || byte == 0) {
            return 0;
        }
        bytes[n++] = (char)byte;
    }
    if (n < wanted || utf8_valid_len(bytes, n) != n) {
        return 0;
    }
    size_t position = 0;
    *meant = utf8_next(bytes, &position);
    /* "Ã" and a space that was a no-break one are "à"; a control character was never meant. */
    return unicode_is_graphic(*meant) ? at : 0;
}
