/*
 * Character tables, and ICU behind them.
 */
#include "text/character.h"

#include "libraries/icu.h"
#include "text/unicode.h"

#include <stddef.h>

/* One letter a code point keeps the tables readable: sixteen to a line. */
enum {
    S = CHARACTER_SPACE,
    N = CHARACTER_LINE,
    L = CHARACTER_LOWER,
    U = CHARACTER_UPPER,
    O = CHARACTER_LETTER,
    D = CHARACTER_DIGIT,
    C = CHARACTER_CONNECTOR,
    E = CHARACTER_EXTEND,
    M = CHARACTER_MARK
};

/* clang-format off */
const uint8_t character_table[CHARACTER_TABLE_END] = {
    M, M, M, M, M, M, M, M, M, S, N, N, N, N, M, M, /* U+0000 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+0010 */
    S, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+0020 */
    D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M, /* U+0030 */
    M, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* U+0040 */
    U, U, U, U, U, U, U, U, U, U, U, M, M, M, M, C, /* U+0050 */
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* U+0060 */
    L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, M, /* U+0070 */
    M, M, M, M, M, N, M, M, M, M, M, M, M, M, M, M, /* U+0080 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+0090 */
    S, M, M, M, M, M, M, M, M, M, O, M, M, E, M, M, /* U+00A0 */
    M, M, D, D, M, L, M, M, M, D, O, M, D, D, D, M, /* U+00B0 */
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* U+00C0 */
    U, U, U, U, U, U, U, M, U, U, U, U, U, U, U, L, /* U+00D0 */
    L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* U+00E0 */
    L, L, L, L, L, L, L, M, L, L, L, L, L, L, L, L, /* U+00F0 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0100 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0110 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0120 */
    U, L, U, L, U, L, U, L, L, U, L, U, L, U, L, U, /* U+0130 */
    L, U, L, U, L, U, L, U, L, L, U, L, U, L, U, L, /* U+0140 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0150 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0160 */
    U, L, U, L, U, L, U, L, U, U, L, U, L, U, L, L, /* U+0170 */
    L, U, U, L, U, L, U, U, L, U, U, U, L, L, U, U, /* U+0180 */
    U, U, L, U, U, L, U, U, U, L, L, L, U, U, L, U, /* U+0190 */
    U, L, U, L, U, L, U, U, L, U, L, L, U, L, U, U, /* U+01A0 */
    L, U, U, U, L, U, L, U, U, L, L, O, U, L, L, L, /* U+01B0 */
    O, O, O, O, U, U, L, U, U, L, U, U, L, U, L, U, /* U+01C0 */
    L, U, L, U, L, U, L, U, L, U, L, U, L, L, U, L, /* U+01D0 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+01E0 */
    L, U, U, L, U, L, U, U, U, L, U, L, U, L, U, L, /* U+01F0 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0200 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0210 */
    U, L, U, L, U, L, U, L, U, L, U, L, U, L, U, L, /* U+0220 */
    U, L, U, L, L, L, L, L, L, L, U, U, L, U, U, L, /* U+0230 */
    L, U, L, U, U, U, U, L, U, L, U, L, U, L, U, L, /* U+0240 */
};

const uint8_t punctuation_table[PUNCTUATION_TABLE_END - PUNCTUATION_TABLE_BEGIN] = {
    S, S, S, S, S, S, S, S, S, S, S, E, E, E, E, E, /* U+2000 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+2010 */
    M, M, M, M, M, M, M, M, N, N, E, E, E, E, E, S, /* U+2020 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, C, /* U+2030 */
    C, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+2040 */
    M, M, M, M, C, M, M, M, M, M, M, M, M, M, M, S, /* U+2050 */
    E, E, E, E, E, M, E, E, E, E, E, E, E, E, E, E, /* U+2060 */
    D, O, M, M, D, D, D, D, D, D, M, M, M, M, M, O, /* U+2070 */
    D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M, /* U+2080 */
    O, O, O, O, O, O, O, O, O, O, O, O, O, M, M, M, /* U+2090 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+20A0 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+20B0 */
    M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, /* U+20C0 */
};

/* clang-format on */

enum character character_of_icu(uint32_t code_point) {
    switch (unicode_type(code_point)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
        return CHARACTER_UPPER;
    case U_LOWERCASE_LETTER:
        return CHARACTER_LOWER;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
        return CHARACTER_LETTER;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_OTHER_NUMBER:
        return CHARACTER_DIGIT;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_FORMAT_CHAR:
        return CHARACTER_EXTEND;
    case U_SPACE_SEPARATOR:
        return CHARACTER_SPACE;
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return CHARACTER_LINE;
    case U_CONNECTOR_PUNCTUATION:
        return CHARACTER_CONNECTOR;
    default:
        return CHARACTER_MARK;
    }
}

/* Cyrillic, U+0400 to U+04FF. */
static enum character character_of_cyrillic(uint32_t code_point) {
    enum { THOUSANDS = 0x482, MARKS_END = 0x48A, PALOCHKA = 0x4C0, SMALL_PALOCHKA = 0x4CF };
    if (code_point < 0x460) {
        return code_point < 0x430 ? CHARACTER_UPPER : CHARACTER_LOWER;
    }
    if (code_point >= THOUSANDS && code_point < MARKS_END) {
        return code_point == THOUSANDS ? CHARACTER_MARK : CHARACTER_EXTEND;
    }
    /* A capital and its small letter take turns; twice there is one alone. */
    const bool shifted = code_point > PALOCHKA && code_point < SMALL_PALOCHKA;
    return code_point != SMALL_PALOCHKA && (code_point % 2 == 0) != shifted ? CHARACTER_UPPER
                                                                            : CHARACTER_LOWER;
}

/* Latin Extended Additional, U+1E00 to U+1EFF: Vietnamese and others. */
static enum character character_of_vietnamese(uint32_t code_point) {
    enum { ONLY_SMALL = 0x1E96, SHARP_S = 0x1E9E, PAIRS_AGAIN = 0x1EA0 };
    if (code_point >= ONLY_SMALL && code_point < PAIRS_AGAIN) {
        return code_point == SHARP_S ? CHARACTER_UPPER : CHARACTER_LOWER;
    }
    return code_point % 2 == 0 ? CHARACTER_UPPER : CHARACTER_LOWER;
}

enum character character_of_others(uint32_t code_point) {
    enum {
        ARROWS = 0x2190,
        ENCLOSED = 0x2460,
        BOXES = 0x2500,
        DINGBAT_DIGITS = 0x2776,
        NO_BREAK = 0xFEFF
    };
    if (code_point >= CYRILLIC_BEGIN && code_point < CYRILLIC_END) {
        return character_of_cyrillic(code_point);
    }
    if (code_point >= VIETNAMESE_BEGIN && code_point < VIETNAMESE_END) {
        return character_of_vietnamese(code_point);
    }
    if ((code_point >= ARROWS && code_point < ENCLOSED) ||
        (code_point >= BOXES && code_point < DINGBAT_DIGITS)) {
        return CHARACTER_MARK;
    }
    if (code_point >= WIDE_BEGIN && code_point < WIDE_END) {
        return (enum character)character_table[code_point - WIDE_TO_ASCII];
    }
    return code_point == NO_BREAK ? CHARACTER_EXTEND : character_of_icu(code_point);
}

static unsigned writing_of_script(int script) {
    switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
    case USCRIPT_INVALID_CODE:
        return WRITING_ANY;
    case USCRIPT_LATIN:
        return WRITING_LATIN;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_KATAKANA_OR_HIRAGANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_SIMPLIFIED_HAN:
    case USCRIPT_TRADITIONAL_HAN:
    case USCRIPT_JAPANESE:
        return WRITING_OTHERS + USCRIPT_HAN;
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
        return WRITING_CASED;
    default:
        return library_load(LIBRARY_ICU) && uscript_isCased((UScriptCode)script)
                   ? WRITING_CASED
                   : WRITING_OTHERS + (unsigned)script;
    }
}

unsigned character_writing(uint32_t code_point) {
    return writing_of_script(unicode_script(code_point));
}

unsigned language_writings(const char *scripts, unsigned writings[], unsigned n_max) {
    unsigned n_writings = 0;
    while (*scripts >= '0' && *scripts <= '9' && n_writings < n_max) {
        unsigned script = 0;
        for (; *scripts >= '0' && *scripts <= '9'; scripts++) {
            script = script * 10 + (unsigned)(*scripts - '0');
        }
        scripts += *scripts == ' ';
        writings[n_writings] = writing_of_script((int)script);
        n_writings++;
    }
    return n_writings;
}
