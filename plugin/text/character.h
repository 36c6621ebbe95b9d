/*
 * What a code point is to the tokeniser. ASCII, Latin-1, Latin Extended-A and -B, diacritical
 * marks, General Punctuation, superscripts, subscripts and currency symbols come from a table of
 * constants, Cyrillic and some blocks of symbols from rules (tests hold both against ICU); the rest
 * is asked of ICU.
 */
#ifndef GALLEY_TEXT_CHARACTER_H
#define GALLEY_TEXT_CHARACTER_H

#include <stdbool.h>
#include <stdint.h>

enum character {
    CHARACTER_SPACE,     /* Zs and TAB */
    CHARACTER_LINE,      /* LF, VT, FF, CR, NEL, line and paragraph separator */
    CHARACTER_LOWER,     /* Ll */
    CHARACTER_UPPER,     /* Lu, Lt */
    CHARACTER_LETTER,    /* letters without case, letter-like numbers: Lm, Lo, Nl */
    CHARACTER_DIGIT,     /* Nd, No */
    CHARACTER_CONNECTOR, /* Pc: "_" */
    CHARACTER_EXTEND,    /* combining marks and format characters: part of what they follow */
    CHARACTER_MARK       /* everything else: punctuation, symbols, controls, unassigned */
};

enum {
    CHARACTER_TABLE_END = 0x250,
    PUNCTUATION_TABLE_BEGIN = 0x2000,
    PUNCTUATION_TABLE_END = 0x20D0,
    COMBINING_BEGIN = 0x300, /* Combining Diacritical Marks */
    COMBINING_END = 0x370,
    CYRILLIC_BEGIN = 0x400,
    CYRILLIC_END = 0x500,
    VIETNAMESE_BEGIN = 0x1E00, /* Latin Extended Additional */
    VIETNAMESE_END = 0x1F00,
    WIDE_BEGIN = 0xFF01, /* Halfwidth and Fullwidth Forms, as far as they are ASCII's */
    WIDE_END = 0xFF5F,
    WIDE_TO_ASCII = WIDE_BEGIN - '!'
};

extern const uint8_t character_table[CHARACTER_TABLE_END];
extern const uint8_t punctuation_table[PUNCTUATION_TABLE_END - PUNCTUATION_TABLE_BEGIN];

/* The same for code points outside the tables: some blocks that news has a character of now and
 * then, and that Unicode will not add to, and the answer of ICU for all others. */
enum character character_of_others(uint32_t code_point);
enum character character_of_icu(uint32_t code_point);

static inline enum character character_of(uint32_t code_point) {
    if (code_point < CHARACTER_TABLE_END) {
        return (enum character)character_table[code_point];
    }
    const uint32_t punctuation = code_point - PUNCTUATION_TABLE_BEGIN;
    if (punctuation < PUNCTUATION_TABLE_END - PUNCTUATION_TABLE_BEGIN) {
        return (enum character)punctuation_table[punctuation];
    }
    if (code_point - COMBINING_BEGIN < COMBINING_END - COMBINING_BEGIN) {
        return CHARACTER_EXTEND;
    }
    return character_of_others(code_point);
}

static inline bool character_is_letter(enum character character) {
    return character >= CHARACTER_LOWER && character <= CHARACTER_LETTER;
}

/* A letter or a digit. */
static inline bool character_is_word(enum character character) {
    return character >= CHARACTER_LOWER && character <= CHARACTER_DIGIT;
}

static inline bool character_is_space(enum character character) {
    return character <= CHARACTER_LINE;
}

/* What a letter is written in, as far as tokens are told apart by it. */
enum writing {
    WRITING_ANY,   /* a letter that all scripts share, or a digit */
    WRITING_LATIN, /* used in every language, for names */
    WRITING_CASED, /* another script with capitals: Greek, Cyrillic, Armenian ... */
    WRITING_OTHERS /* from here on: one number for each other script; Han and Kana are one */
};

unsigned character_writing(uint32_t code_point);

/* Adds the scripts that a language is written in, as numbers of enum writing, to
 * writings[0..n_max) and answers how many. Greek answers WRITING_CASED like all cased scripts.
 * `scripts` are UScriptCode numbers with blanks between, as packs have them. */
unsigned language_writings(const char *scripts, unsigned writings[], unsigned n_max);

#endif
