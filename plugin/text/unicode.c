#include "text/unicode.h"

#include "libraries/icu.h"

uint32_t unicode_fold_by_icu(uint32_t code_point) {
    return library_load(LIBRARY_ICU)
               ? (uint32_t)u_foldCase((UChar32)code_point, U_FOLD_CASE_DEFAULT)
               : code_point;
}

uint32_t unicode_lower_by_icu(uint32_t code_point) {
    return library_load(LIBRARY_ICU) ? (uint32_t)u_tolower((UChar32)code_point) : code_point;
}

bool unicode_ends_sentence_by_icu(uint32_t code_point) {
    return library_load(LIBRARY_ICU) && u_hasBinaryProperty((UChar32)code_point, UCHAR_S_TERM);
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
    enum { MICRO = 0xB5 };
    if (code_point < CHARACTER_TABLE_END) {
        const bool is_letter =
            character_is_letter((enum character)character_table[code_point]) && code_point != MICRO;
        return is_letter ? USCRIPT_LATIN : USCRIPT_COMMON;
    }
    UErrorCode status = U_ZERO_ERROR;
    const int script = library_load(LIBRARY_ICU) ? uscript_getScript((UChar32)code_point, &status)
                                                 : USCRIPT_UNKNOWN;
    return U_FAILURE(status) ? USCRIPT_UNKNOWN : script;
}

int unicode_direction(uint32_t code_point) {
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

size_t unicode_compose(const char *text, size_t len, char *composed, size_t room) {
    enum { UNITS_MAX = 256 };
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
