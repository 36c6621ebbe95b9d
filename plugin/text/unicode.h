/*
 * Properties of characters (UAX #44), by simple rules for those that nearly all text in Latin
 * letters is made of (tests hold them against ICU), and from ICU for the others, which is loaded
 * then. Without ICU a character has the properties of one that is not assigned.
 */
#ifndef GALLEY_TEXT_UNICODE_H
#define GALLEY_TEXT_UNICODE_H

#include "text/character.h"

#include <stddef.h>

/* ASCII, Latin-1 and Latin Extended-A. */
enum { UNICODE_LATIN_END = 0x180 };

/* For code points that are not answered for here. */
uint32_t unicode_fold_others(uint32_t code_point);
uint32_t unicode_lower_others(uint32_t code_point);
bool unicode_ends_sentence_others(uint32_t code_point);

/* The capitals of these letters are 32 before them, or next to them. */
static inline uint32_t unicode_latin_lower(uint32_t code_point) {
    enum { Y_DIAERESIS = 0x178, SMALL_Y_DIAERESIS = 0xFF };
    if (character_table[code_point] != CHARACTER_UPPER) {
        return code_point;
    }
    return code_point < 0x100          ? code_point + 32
           : code_point == Y_DIAERESIS ? SMALL_Y_DIAERESIS
                                       : code_point + 1;
}

/* Simple case folding (CaseFolding.txt, statuses C and S). */
static inline uint32_t unicode_fold(uint32_t code_point) {
    enum { MICRO = 0xB5, I_WITH_DOT = 0x130, LONG_S = 0x17F };
    const bool regular = code_point < UNICODE_LATIN_END && code_point != MICRO &&
                         code_point != I_WITH_DOT && code_point != LONG_S;
    return regular ? unicode_latin_lower(code_point) : unicode_fold_others(code_point);
}

/* Simple lower case. */
static inline uint32_t unicode_lower(uint32_t code_point) {
    enum { I_WITH_DOT = 0x130 };
    return code_point < UNICODE_LATIN_END && code_point != I_WITH_DOT
               ? unicode_latin_lower(code_point)
               : unicode_lower_others(code_point);
}

/* Sentence_Terminal: a stop, in any script. */
static inline bool unicode_ends_sentence(uint32_t code_point) {
    return code_point < CHARACTER_TABLE_END
               ? code_point == '.' || code_point == '?' || code_point == '!'
               : unicode_ends_sentence_others(code_point);
}

uint32_t unicode_upper(uint32_t code_point);
bool unicode_is_graphic(uint32_t code_point); /* shows: neither space nor control */
int unicode_type(uint32_t code_point);        /* General_Category: UCharCategory */
int unicode_script(uint32_t code_point);      /* Script: UScriptCode */
int unicode_direction(uint32_t code_point);   /* Bidi_Class: UCharDirection */
bool unicode_is_wide(uint32_t code_point);    /* East_Asian_Width W or F */
int unicode_digit(uint32_t code_point);       /* of a decimal digit, else -1 */
double unicode_number(uint32_t code_point);   /* of "½", "四"; negative for none */

/* Composes letters and combining marks (UAX #15, NFC): at most `room` bytes of UTF-8. The length,
 * or 0 when it cannot. */
size_t unicode_compose(const char *text, size_t len, char *composed, size_t room);

#endif
