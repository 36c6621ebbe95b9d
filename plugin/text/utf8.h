/*
 * UTF-8 (RFC 3629): validation, decoding, counting. Everything behind the formats may rely on
 * valid UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
 */
#ifndef GALLEY_TEXT_UTF8_H
#define GALLEY_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the byte goes on with a character that begins before it. */
static inline bool utf8_is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The length of the longest valid prefix; `len` when all of it is valid. */
size_t utf8_valid_len(const char *text, size_t len);

/* Why the byte at text[0] starts no valid sequence: a short English phrase. */
const char *utf8_fault(const char *text, size_t len);

/* The code point at *position, which must be inside valid UTF-8; moves *position behind it. */
static inline uint32_t utf8_next(const char *text, size_t *position) {
    const unsigned char *at = (const unsigned char *)text + *position;
    if (at[0] < 0x80) {
        *position += 1;
        return at[0];
    }
    if (at[0] < 0xE0) {
        *position += 2;
        return (uint32_t)(at[0] & 0x1F) << 6 | (uint32_t)(at[1] & 0x3F);
    }
    if (at[0] < 0xF0) {
        *position += 3;
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 |
               (uint32_t)(at[2] & 0x3F);
    }
    *position += 4;
    return (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
           (uint32_t)(at[2] & 0x3F) << 6 | (uint32_t)(at[3] & 0x3F);
}

/* The code point that ends before *position (> 0); moves *position to its first byte. */
static inline uint32_t utf8_previous(const char *text, size_t *position) {
    do {
        *position -= 1;
    } while (utf8_is_continuation(text[*position]) && *position > 0);
    size_t at = *position;
    return utf8_next(text, &at);
}

/* Writes a code point's 1 to 4 bytes and answers how many. */
size_t utf8_put(char *out, uint32_t code_point);

/* How many code points. */
size_t utf8_count(const char *text, size_t len);

/* Writes "?" over every byte of a NUL-terminated string that is no part of valid UTF-8. */
void utf8_make_valid(char *text);

/* Shortens a NUL-terminated string so that it does not end inside a sequence. */
void utf8_trim_partial(char *text);

#endif
