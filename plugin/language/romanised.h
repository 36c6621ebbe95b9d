/*
 * How letters of any script sound, as ASCII letters: one character at a time, by ICU's
 * transliteration "Any-Latin; Latin-ASCII" when the pack is made. Rough, and meant for comparing
 * names of two languages.
 */
#ifndef GALLEY_LANGUAGE_ROMANISED_H
#define GALLEY_LANGUAGE_ROMANISED_H

#include "language/pack.h"

/* The section "romanised": ROMANISED_LEN bytes for each code point of the ranges, in small letters,
 * padded with NUL. */
enum {
    ROMANISED_LEN = 4,
    ROMANISED_BEGIN = 0xC0, /* Latin-1's letters to Kana */
    ROMANISED_END = 0x3100,
    ROMANISED_HANGUL_BEGIN = 0xAC00,
    ROMANISED_HANGUL_END = 0xD7A4,
    ROMANISED_N = ROMANISED_END - ROMANISED_BEGIN + ROMANISED_HANGUL_END - ROMANISED_HANGUL_BEGIN
};

/* NULL for a pack without the section. */
const char *romanised_open(const struct pack *pack);

/* The sound of a code point beyond ASCII: ROMANISED_LEN bytes, or NULL for one without. */
static inline const char *romanised_letters(const char *romanised, uint32_t code_point) {
    if (romanised == NULL) {
        return NULL;
    }
    if (code_point >= ROMANISED_BEGIN && code_point < ROMANISED_END) {
        return romanised + (size_t)(code_point - ROMANISED_BEGIN) * ROMANISED_LEN;
    }
    if (code_point >= ROMANISED_HANGUL_BEGIN && code_point < ROMANISED_HANGUL_END) {
        return romanised +
               (size_t)(ROMANISED_END - ROMANISED_BEGIN + code_point - ROMANISED_HANGUL_BEGIN) *
                   ROMANISED_LEN;
    }
    return NULL;
}

#endif
