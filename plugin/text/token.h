/*
 * Tokens, sentences and quotations of one unit: plain arrays of positions, no copies of the text.
 */
#ifndef GALLEY_TEXT_TOKEN_H
#define GALLEY_TEXT_TOKEN_H

#include <stddef.h>
#include <stdint.h>

enum token_kind {
    TOKEN_WORD, /* letters, with inner apostrophes and hyphens; also "G20", "3.5bn", "U.S.", "J." */
    TOKEN_NUMBER, /* digits with their separators: "1,234.5", "2022-23", "10%" without the sign */
    TOKEN_MARK,   /* one punctuation mark or symbol; a run of the same dots or dashes is one */
    TOKEN_LINK,   /* URL, domain or e-mail address */
    TOKEN_HANDLE, /* @name or #tag */
    TOKEN_FOREIGN /* a run of letters of a script that the language is not written in */
};

enum letter_case {
    CASE_NONE,  /* no cased letter */
    CASE_LOWER, /* "word" */
    CASE_TITLE, /* "Word", "I", "Ju-ae"; "O'Brien" counts as mixed */
    CASE_UPPER, /* "NATO", "U.S.", two capitals or more and no small letter */
    CASE_MIXED  /* "iPhone", "McDonald" */
};

enum token_flag {
    TOKEN_SPACE_BEFORE = 1 << 0,   /* white space stands between it and the token before */
    TOKEN_LINE_BEFORE = 1 << 1,    /* ... with a line break in it */
    TOKEN_SENTENCE_START = 1 << 2, /* first token of a sentence */
    TOKEN_QUOTED = 1 << 3,         /* inside quotation marks */
    TOKEN_HYPHEN = 1 << 4,         /* has a hyphen inside */
    TOKEN_APOSTROPHE = 1 << 5,     /* has an apostrophe inside or at one of its ends */
    TOKEN_DIGIT = 1 << 6,          /* a word with digits in it */
    TOKEN_NON_ASCII = 1 << 7,
    TOKEN_DOT = 1 << 8,         /* a word with dots in it or at its end that belong to it */
    TOKEN_GAP_BEFORE = 1 << 10, /* more than a blank or a line's end may stand before it */
    TOKEN_CLITIC = 1 << 9       /* form and letter_case are those of the word without what
                                   follows its last apostrophe: "Ukraine" of "Ukraine's" */
};

/* Invariants: tokens are in order and do not overlap; offset + len is inside the unit; text
 * between two tokens is white space only. 16 bytes, so that four share a cache line. */
struct token {
    uint32_t offset; /* bytes from the start of the unit's text */
    uint32_t len;    /* bytes */
    union {
        uint32_t form; /* words: the lexicon's form, or FORM_NONE */
        uint32_t mark; /* marks: the code point (the first one); FORM_NONE for other kinds */
    };
    uint8_t kind;
    uint8_t letter_case;
    uint16_t flags;
};

/* Invariants: sentences cover all tokens of the unit, in order, without gaps. */
struct sentence {
    uint32_t first, end; /* token indices, end is behind the last */
};

/* A stretch inside quotation marks. Nested ones follow the one they are in. When the next unit
 * opens the same mark again, which is how news prints a quotation of several paragraphs, its first
 * quotation is `continued` and this one's missing end is no fault. */
struct quotation {
    uint32_t first, end; /* token indices: the opening mark and behind the closing one */
    uint8_t depth;       /* 0 for an outer one */
    uint8_t continued;   /* opened in an earlier unit: `first` is the unit's first token, which is
                            the repeated opening mark where there is one */
    uint8_t unclosed;    /* nothing in this unit closes it; `end` is the unit's end, or the mark
                            that opens the next of the same kind */
};

#endif
