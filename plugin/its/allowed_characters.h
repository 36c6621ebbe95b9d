/*
 * ITS 2.0, section 8.20: the characters that a place may hold, as a character class of regular
 * expressions: "." for any but line breaks, one character, or "[…]" with characters, ranges and the
 * escapes of XML Schema, and "[^…]" for all others.
 */
#ifndef GALLEY_ITS_ALLOWED_CHARACTERS_H
#define GALLEY_ITS_ALLOWED_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the NUL-terminated UTF-8 text is such a class; a longer one than
 * ALLOWED_CHARACTERS_LEN_MAX is none, so that a stranger's costs little for each character. */
bool allowed_characters_valid(const char *class);
enum { ALLOWED_CHARACTERS_LEN_MAX = 512 };

/* Whether a valid class has the character. */
bool allowed_characters_have(const char *class, uint32_t c);

#endif
