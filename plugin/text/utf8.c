/*
 * UTF-8 with a fast path for ASCII, eight bytes at a time: news is mostly ASCII with a few quotes
 * and accents.
 */
#include "text/utf8.h"

#include <stdbool.h>
#include <string.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* The length of the valid sequence at text, or 0. Table 3-7 of the Unicode Standard. */
static size_t sequence_len(const unsigned char *text, size_t len) {
    const unsigned char lead = text[0];
    if (lead < 0x80) {
        return 1;
    }
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || len < wanted) {
        return 0;
    }
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead == 0xE0) {
        low = 0xA0;
    } else if (lead == 0xED) {
        high = 0x9F;
    } else if (lead == 0xF0) {
        low = 0x90;
    } else if (lead == 0xF4) {
        high = 0x8F;
    }
    if (text[1] < low || text[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < wanted; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return wanted;
}

size_t utf8_valid_len(const char *text, size_t len) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    while (at < len) {
        uint64_t word;
        while (len - at >= sizeof word) {
            memcpy(&word, bytes + at, sizeof word);
            if ((word & HIGH_BITS) != 0) {
                break;
            }
            at += sizeof word;
        }
        if (at == len) {
            break;
        }
        const size_t n = sequence_len(bytes + at, len - at);
        if (n == 0) {
            break;
        }
        at += n;
    }
    return at;
}

const char *utf8_fault(const char *text, size_t len) {
    const unsigned char *bytes = (const unsigned char *)text;
    if (len == 0) {
        return "the text ends";
    }
    if ((bytes[0] & 0xC0) == 0x80) {
        return "a continuation byte without a lead byte";
    }
    if (bytes[0] == 0xC0 || bytes[0] == 0xC1) {
        return "an overlong form";
    }
    if (bytes[0] > 0xF4) {
        return "a byte that UTF-8 never uses";
    }
    const size_t wanted = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    for (size_t i = 1; i < wanted; i++) {
        if (i >= len) {
            return "the text ends inside a character";
        }
        if ((bytes[i] & 0xC0) != 0x80) {
            return "a lead byte without its continuation bytes";
        }
    }
    if (bytes[0] == 0xED) {
        return "a surrogate";
    }
    return bytes[0] == 0xF4 ? "a number above U+10FFFF" : "an overlong form";
}

size_t utf8_put(char *out, uint32_t code_point) {
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t utf8_count(const char *text, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        n += !utf8_is_continuation(text[i]);
    }
    return n;
}

void utf8_trim_partial(char *text) {
    const size_t len = strlen(text);
    const size_t valid = utf8_valid_len(text, len);
    if (len - valid < 4) {
        text[valid] = '\0';
    }
}

void utf8_make_valid(char *text) {
    const size_t len = strlen(text);
    for (size_t at = utf8_valid_len(text, len); at < len;
         at += utf8_valid_len(text + at, len - at)) {
        text[at] = '?';
    }
}
