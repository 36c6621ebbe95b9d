/*
 * Quotation marks by code point, as sentences and quotations need them.
 */
#ifndef GALLEY_TEXT_MARK_H
#define GALLEY_TEXT_MARK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    MARK_DOUBLE = '"',
    MARK_SINGLE = '\'',
    MARK_SINGLE_OPENING = 0x2018,  /* ‘ */
    MARK_SINGLE_CLOSING = 0x2019,  /* ’ */
    MARK_SINGLE_LOW = 0x201A,      /* ‚ */
    MARK_SINGLE_REVERSED = 0x201B, /* ‛ */
    MARK_DOUBLE_OPENING = 0x201C,  /* “ */
    MARK_DOUBLE_CLOSING = 0x201D,  /* ” */
    MARK_DOUBLE_LOW = 0x201E,      /* „ */
    MARK_DOUBLE_REVERSED = 0x201F, /* ‟ */
    MARK_GUILLEMET_LEFT = 0xAB,    /* « */
    MARK_GUILLEMET_RIGHT = 0xBB,   /* » */
    MARK_SMALL_LEFT = 0x2039,      /* ‹ */
    MARK_SMALL_RIGHT = 0x203A,     /* › */
    MARK_CORNER_LEFT = 0x300C,     /* 「 */
    MARK_CORNER_RIGHT = 0x300D,
    MARK_WHITE_CORNER_LEFT = 0x300E,
    MARK_WHITE_CORNER_RIGHT = 0x300F
};

static inline bool mark_is_quotation(uint32_t code_point) {
    if (code_point < 0x80) {
        return code_point == MARK_DOUBLE || code_point == MARK_SINGLE;
    }
    return (code_point >= MARK_SINGLE_OPENING && code_point <= MARK_DOUBLE_REVERSED) ||
           code_point == MARK_GUILLEMET_LEFT || code_point == MARK_GUILLEMET_RIGHT ||
           code_point == MARK_SMALL_LEFT || code_point == MARK_SMALL_RIGHT ||
           (code_point >= MARK_CORNER_LEFT && code_point <= MARK_WHITE_CORNER_RIGHT);
}

/* Those that an apostrophe may be taken for. */
static inline bool mark_is_single(uint32_t code_point) {
    return code_point == MARK_SINGLE ||
           (code_point >= MARK_SINGLE_OPENING && code_point <= MARK_SINGLE_REVERSED);
}

static inline bool mark_is_opening_bracket(uint32_t code_point) {
    return code_point == '(' || code_point == '[' || code_point == '{';
}

static inline bool mark_is_closing_bracket(uint32_t code_point) {
    return code_point == ')' || code_point == ']' || code_point == '}';
}

/* Whether the stop may end a sentence: Unicode's Sentence_Terminal, and the ellipsis. */
bool mark_is_stop(uint32_t code_point);

#endif
