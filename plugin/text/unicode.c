#include "text/unicode.h"

#include "libraries/icu.h"
#include "text/utf8.h"

#include <string.h>

/* The small letter of a regular pair, or what has no case at all; 0 for what ICU must say. */
static uint32_t regular_lower(uint32_t code_point) {
    enum { COMBINING_IOTA = 0x345, PALOCHKA = 0x4C0, SHARP_S = 0x1E9E, SMALL_S_WITH_DOT = 0x1E9B };
    if ((code_point >= COMBINING_BEGIN && code_point < COMBINING_IOTA) ||
        (code_point >= PUNCTUATION_TABLE_BEGIN && code_point < PUNCTUATION_TABLE_END)) {
        return code_point;
    }
    if (code_point >= WIDE_BEGIN && code_point < WIDE_END) {
        return unicode_latin_lower(code_point - WIDE_TO_ASCII) + WIDE_TO_ASCII;
    }
    const bool is_cyrillic = code_point >= CYRILLIC_BEGIN && code_point < CYRILLIC_END;
    const bool is_vietnamese = code_point >= VIETNAMESE_BEGIN && code_point < VIETNAMESE_END;
    if ((!is_cyrillic && !is_vietnamese) || code_point == PALOCHKA || code_point == SHARP_S ||
        code_point == SMALL_S_WITH_DOT) {
        return 0;
    }
    if (character_of(code_point) != CHARACTER_UPPER) {
        return code_point;
    }
    return code_point < 0x410   ? code_point + 80
           : code_point < 0x430 ? code_point + 32
                                : code_point + 1;
}

uint32_t unicode_fold_others(uint32_t code_point) {
    const uint32_t lower = regular_lower(code_point);
    if (lower != 0 || !library_load(LIBRARY_ICU)) {
        return lower != 0 ? lower : code_point;
    }
    return (uint32_t)u_foldCase((UChar32)code_point, U_FOLD_CASE_DEFAULT);
}

uint32_t unicode_lower_others(uint32_t code_point) {
    const uint32_t lower = regular_lower(code_point);
    if (lower != 0 || !library_load(LIBRARY_ICU)) {
        return lower != 0 ? lower : code_point;
    }
    return (uint32_t)u_tolower((UChar32)code_point);
}

bool unicode_ends_sentence_others(uint32_t code_point) {
    enum {
        DASHES = 0x2010,
        DOT_LEADER = 0x2024,
        DOUBLE_EXCLAMATION = 0x203C, /* ‼ ‽ */
        HYPHEN_BULLET = 0x2043,      /* from here on */
        DOUBLE_QUESTION = 0x2047,    /* ⁇ ⁈ ⁉ */
        TIRONIAN_ET = 0x204A,        /* from here on */
        SYMBOLS_END = 0x2C00,
        NO_BREAK = 0xFEFF
    };
    const bool is_none = (code_point >= COMBINING_BEGIN && code_point < COMBINING_END) ||
                         (code_point >= CYRILLIC_BEGIN && code_point < CYRILLIC_END) ||
                         (code_point >= VIETNAMESE_BEGIN && code_point < VIETNAMESE_END) ||
                         (code_point >= DASHES && code_point < DOT_LEADER) ||
                         (code_point > DOT_LEADER && code_point < DOUBLE_EXCLAMATION) ||
                         (code_point >= HYPHEN_BULLET && code_point < DOUBLE_QUESTION) ||
                         (code_point >= TIRONIAN_ET && code_point < SYMBOLS_END) ||
                         code_point == NO_BREAK;
    if (code_point >= WIDE_BEGIN && code_point < WIDE_END) {
        return unicode_ends_sentence(code_point - WIDE_TO_ASCII);
    }
    return !is_none && library_load(LIBRARY_ICU) &&
           u_hasBinaryProperty((UChar32)code_point, UCHAR_S_TERM);
}

uint32_t unicode_upper(uint32_t code_point) {
    if (code_point < 0x80) {
        return code_point >= 'a' && code_point <= 'z' ? code_point - 32 : code_point;
    }
    return library_load(LIBRARY_ICU) ? (uint32_t)u_toupper((UChar32)code_point) : code_point;
}

bool unicode_is_graphic(uint32_t code_point) {
    enum { NO_BREAK_SPACE = 0xA0, SOFT_HYPHEN = 0xAD };
    if (code_point < CHARACTER_TABLE_END) {
        return (code_point > ' ' && code_point < 0x7F) ||
               (code_point > NO_BREAK_SPACE && code_point != SOFT_HYPHEN);
    }
    return library_load(LIBRARY_ICU) && u_isgraph((UChar32)code_point);
}

int unicode_type(uint32_t code_point) {
    return library_load(LIBRARY_ICU) ? u_charType((UChar32)code_point) : U_UNASSIGNED;
}

int unicode_script(uint32_t code_point) {
    enum { MICRO = 0xB5, DASIA = 0x485, PSILI = 0x486 };
    if (code_point < CHARACTER_TABLE_END) {
        const bool is_letter =
            character_is_letter((enum character)character_table[code_point]) && code_point != MICRO;
        return is_letter ? USCRIPT_LATIN : USCRIPT_COMMON;
    }
    if (code_point >= COMBINING_BEGIN && code_point < COMBINING_END) {
        return USCRIPT_INHERITED;
    }
    if (code_point >= CYRILLIC_BEGIN && code_point < CYRILLIC_END) {
        return code_point == PSILI || code_point == DASIA ? USCRIPT_INHERITED : USCRIPT_CYRILLIC;
    }
    if (code_point >= VIETNAMESE_BEGIN && code_point < VIETNAMESE_END) {
        return USCRIPT_LATIN;
    }
    if (code_point >= WIDE_BEGIN && code_point < WIDE_END) {
        return unicode_script(code_point - WIDE_TO_ASCII);
    }
    UErrorCode status = U_ZERO_ERROR;
    const int script = library_load(LIBRARY_ICU) ? uscript_getScript((UChar32)code_point, &status)
                                                 : USCRIPT_UNKNOWN;
    return U_FAILURE(status) ? USCRIPT_UNKNOWN : script;
}

int unicode_direction(uint32_t code_point) {
    if (code_point < UNICODE_LATIN_END ||
        (code_point >= CYRILLIC_BEGIN && code_point < CYRILLIC_END)) {
        if (character_is_letter(character_of(code_point))) {
            return U_LEFT_TO_RIGHT;
        }
    }
    return library_load(LIBRARY_ICU) ? (int)u_charDirection((UChar32)code_point) : U_OTHER_NEUTRAL;
}

bool unicode_is_wide(uint32_t code_point) {
    const int width = library_load(LIBRARY_ICU)
                          ? u_getIntPropertyValue((UChar32)code_point, UCHAR_EAST_ASIAN_WIDTH)
                          : U_EA_NEUTRAL;
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

int unicode_digit(uint32_t code_point) {
    if (code_point < CHARACTER_TABLE_END) {
        return code_point >= '0' && code_point <= '9' ? (int)(code_point - '0') : -1;
    }
    return library_load(LIBRARY_ICU) ? u_charDigitValue((UChar32)code_point) : -1;
}

double unicode_number(uint32_t code_point) {
    return library_load(LIBRARY_ICU) ? u_getNumericValue((UChar32)code_point) : U_NO_NUMERIC_VALUE;
}

/* ---- composition ---- */

enum { COMPOSED_BEGIN = 0xC0 };

/* clang-format off */

/* The letters and the diacritical marks that each code point from U+00C0 on is composed of
 * (UnicodeData.txt). */
static const char composed_letters[UNICODE_LATIN_END - COMPOSED_BEGIN + 1] =
    "AAAAAA CEEEEIIII NOOOOO  UUUUY  " /* U+00C0 */
    "aaaaaa ceeeeiiii nooooo  uuuuy y" /* U+00E0 */
    "AaAaAaCcCcCcCcDd  EeEeEeEeEeGgGg" /* U+0100 */
    "GgGgHh  IiIiIiIiI   JjKk LlLlLl " /* U+0120 */
    "   NnNnNn   OoOoOo  RrRrRrSsSsSs" /* U+0140 */
    "SsTtTt  UuUuUuUuUuUuWwYyYZzZzZz " /* U+0160 */;
static const char composed_marks[UNICODE_LATIN_END - COMPOSED_BEGIN + 1] =
    "`'^~:o ,`'^:`'^: ~`'^~:  `'^:'  " /* U+00C0 */
    "`'^~:o ,`'^:`'^: ~`'^~:  `'^:' :" /* U+00E0 */
    "--uu;;''^^..vvvv  --uu..;;vv^^uu" /* U+0100 */
    "..,,^^  ~~--uu;;.   ^^,, '',,vv " /* U+0120 */
    "   '',,vv   --uu\"\"  '',,vv''^^,," /* U+0140 */
    "vv,,vv  ~~--uuoo\"\";;^^^^:''..vv " /* U+0160 */;
/* clang-format on */

static const struct {
    char sign; /* in composed_marks */
    uint16_t mark;
} signs[] = {{'`', 0x300}, {'\'', 0x301}, {'^', 0x302}, {'~', 0x303}, {'-', 0x304},
             {'u', 0x306}, {'.', 0x307},  {':', 0x308}, {'o', 0x30A}, {'"', 0x30B},
             {'v', 0x30C}, {',', 0x327},  {';', 0x328}};

/* NUL for other marks. */
static char sign_of(uint32_t mark) {
    char sign = '\0';
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        sign = signs[i].mark == mark ? signs[i].sign : sign;
    }
    return sign;
}

/* 0: none that is known here. */
static uint32_t composed_of(uint32_t letter, uint32_t mark) {
    const char sign = sign_of(mark);
    for (size_t i = 0; sign != '\0' && i < UNICODE_LATIN_END - COMPOSED_BEGIN; i++) {
        if (composed_marks[i] == sign && (uint32_t)composed_letters[i] == letter) {
            return (uint32_t)(COMPOSED_BEGIN + i);
        }
    }
    return 0;
}

static bool is_combining(uint32_t code_point) {
    return code_point >= COMBINING_BEGIN && code_point < COMBINING_END;
}

/* Composes where all that is to be composed are letters and marks of the tables, one mark each. 0
 * when there is anything else, or no room. */
static size_t compose_latin(const char *text, size_t len, char *composed, size_t room) {
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code_point = utf8_next(text, &at);
        size_t behind = at;
        const uint32_t next = at < len ? utf8_next(text, &behind) : 0;
        if (is_combining(next)) {
            code_point = composed_of(code_point, next);
            at = behind;
            if (code_point == 0 || (at < len && is_combining(utf8_next(text, &behind)))) {
                return 0;
            }
        }
        const bool stands_alone = n == 0 && sign_of(code_point) != '\0';
        char sequence[4];
        const size_t size = utf8_put(sequence, code_point);
        if ((code_point >= COMBINING_BEGIN && !stands_alone) || size > room - n) {
            return 0;
        }
        memcpy(composed + n, sequence, size);
        n += size;
    }
    return n;
}

size_t unicode_compose(const char *text, size_t len, char *composed, size_t room) {
    enum { UNITS_MAX = 256 };
    const size_t latin_len = compose_latin(text, len, composed, room);
    if (latin_len > 0) {
        return latin_len;
    }
    if (len > UNITS_MAX || !library_load(LIBRARY_ICU)) {
        return 0;
    }
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[UNITS_MAX];
    UChar normal[UNITS_MAX];
    int32_t n_wide = 0;
    int32_t composed_len = 0;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    u_strFromUTF8(wide, UNITS_MAX, &n_wide, text, (int32_t)len, &status);
    const int32_t n = unorm2_normalize(nfc, wide, n_wide, normal, UNITS_MAX, &status);
    u_strToUTF8(composed, (int32_t)room, &composed_len, normal, n, &status);
    return U_FAILURE(status) ? 0 : (size_t)composed_len;
}
