/*
 * The scanner that finds the tokens of a unit, and what its parts share: tokens.c is the pass over
 * the text, words.c reads what is not a plain word.
 */
#ifndef GALLEY_TEXT_SCANNER_H
#define GALLEY_TEXT_SCANNER_H

#include "base/limits.h"
#include "language/pack_table.h"
#include "text/character.h"
#include "text/preparation.h"
#include "text/utf8.h"

enum {
    APOSTROPHE = '\'',
    APOSTROPHE_OPENING = 0x2018,
    APOSTROPHE_TURNED = 0x2019,
    APOSTROPHE_FULL_WIDTH = 0xFF07,
    ACUTE = 0xB4,
    MICRO_SIGN = 0xB5,
    MIDDLE_DOT = 0xB7,
    HYPHEN = 0x2010,
    HYPHEN_NON_BREAKING = 0x2011,
    EN_DASH = 0x2013,
    EM_DASH = 0x2014,
    HORIZONTAL_BAR = 0x2015,
    ELLIPSIS = 0x2026
};

/* Bytes that are read ahead to decide about one mark; a bound keeps the pass linear. */
enum { SCANNER_LOOK_AHEAD = 256 };

struct scanner {
    struct preparation *preparation;
    const char *text;
    size_t len;
    size_t at;            /* behind the last token */
    uint16_t space;       /* TOKEN_SPACE_BEFORE, TOKEN_LINE_BEFORE of the next token */
    bool single_open;     /* a single quotation mark was opened, nothing closed it yet */
    size_t no_link_until; /* no link begins before this offset */
};

/* What an ASCII byte may be, or be part of. */
enum {
    BYTE_MARK = 1 << 0,  /* a mark that is a token by itself, whatever ASCII comes behind */
    BYTE_STOP = 1 << 1,  /* a mark that may end a sentence */
    BYTE_JOINS = 1 << 2, /* a word of letters may go on behind it, or be something else */
    BYTE_LINK = 1 << 3   /* stands in a link's scheme, local part or label; "." does, too */
};

extern const uint8_t scanner_bytes[128];

/* One code point of the text and where it ends. */
struct letter {
    uint32_t code_point;
    enum character character;
    size_t end;
};

/* A word or number, and what is found out while it is read. */
struct word {
    size_t begin, end;
    unsigned flags;
    unsigned writing; /* of its letters: the first that is not WRITING_ANY */
    size_t n_letters, n_digits;
    size_t n_part;       /* letters and digits since the last joiner */
    bool is_dotted;      /* "U.S", "a.m": single letters with dots between */
    bool is_over;        /* nothing joins any more */
    enum character last; /* its last letter or digit, whatever combines with it */
};

/* The code point at `at`; a space behind the end. */
static inline struct letter letter_at(const struct scanner *scanner, size_t at) {
    if (at >= scanner->len) {
        return (struct letter){' ', CHARACTER_SPACE, at};
    }
    const uint32_t code_point = utf8_next(scanner->text, &at);
    return (struct letter){code_point, character_of(code_point), at};
}

static inline bool is_apostrophe(uint32_t code_point) {
    return code_point == APOSTROPHE || code_point == APOSTROPHE_TURNED;
}

/* Adds a token; there must be room for it. The scanner goes on behind it. */
static inline struct token *add_token(struct scanner *scanner, enum token_kind kind, size_t begin,
                                      size_t end, unsigned flags) {
    struct preparation *preparation = scanner->preparation;
    struct token *token = &preparation->tokens[preparation->n_tokens];
    preparation->n_tokens++;
    *token = (struct token){
        .offset = (uint32_t)begin,
        .len = (uint32_t)(end - begin),
        .form = FORM_NONE,
        .kind = (uint8_t)kind,
        .letter_case = CASE_NONE,
        .flags = (uint16_t)(flags | scanner->space),
    };
    preparation->flags |= token->flags;
    preparation->n_words += scanner->space & TOKEN_SPACE_BEFORE;
    scanner->space = 0;
    scanner->at = end;
    return token;
}

/* The last token may end a sentence. */
static inline void add_stop(struct preparation *preparation) {
    const uint32_t last = (uint32_t)(preparation->n_tokens - 1);
    if (preparation->n_stops == 0 || preparation->stops[preparation->n_stops - 1] != last) {
        preparation->stops[preparation->n_stops] = last;
        preparation->n_stops++;
    }
}

/* Gives the word its form, and puts it into the lists that it belongs to: without a branch, for
 * what a word is cannot be foreseen. */
static inline void note_word(struct preparation *preparation, uint32_t index,
                             struct pack_found found) {
    struct token *token = &preparation->tokens[index];
    const unsigned letter_case = token->letter_case;
    const uint32_t not_lower = 0 - (uint32_t)(letter_case != CASE_LOWER);
    const uint32_t limit = preparation->n_lower_forms | not_lower; /* FORM_NONE is all ones */
    token->form = found.form;
    preparation->signs |= found.signs;
    preparation->unknown[preparation->n_unknown] = index;
    preparation->n_unknown += found.form >= limit;
    preparation->capitals[preparation->n_capitals] = index;
    preparation->n_capitals +=
        (unsigned)(letter_case > CASE_LOWER) & (unsigned)(token->kind == TOKEN_WORD);
    preparation->noted[preparation->n_noted] = (struct noted_word){index, found.signs};
    preparation->n_noted += (found.signs & SIGNS_NOTED) != 0;
}

/* Gives the last token, a word, a form that was looked up already. */
static inline void note_found(struct preparation *preparation, uint32_t form) {
    struct pending_word *pending = &preparation->pending[preparation->n_pending];
    pending->hash = 0;
    pending->found.form = form;
    pending->found.signs = form == FORM_NONE ? 0 : pack_signs(preparation->pack, form);
    pending->token = (uint32_t)(preparation->n_tokens - 1);
    preparation->n_pending++;
}

/* Puts the last token into the list of words that are not just letters. */
static inline void note_compound(struct preparation *preparation) {
    preparation->compounds[preparation->n_compounds] = (uint32_t)(preparation->n_tokens - 1);
    preparation->n_compounds++;
}

/* Gives the pending words their forms. */
void scanner_resolve(struct preparation *preparation);

/* Where the recent word with this hash is, if it is one. */
static inline struct recent_word *recent_place(const struct preparation *preparation,
                                               uint64_t hash) {
    return &preparation->recent[hash >> (64 - PREPARATION_RECENT_BITS)];
}

/* Looks a word up at once, the recent ones first. */
static inline uint32_t find_form(const struct scanner *scanner, size_t begin, size_t end) {
    struct pack_key key;
    if (end - begin > LIMIT_WORD_LEN || !pack_key_make(&key, scanner->text + begin, end - begin)) {
        return FORM_NONE;
    }
    struct recent_word *recent = recent_place(scanner->preparation, key.hash);
    if (recent->hash != key.hash) {
        *recent =
            (struct recent_word){key.hash, pack_table_find(scanner->preparation->table, key.hash)};
    }
    return recent->found.form;
}

static inline uint32_t classes_of(const struct scanner *scanner, uint32_t form) {
    return form == FORM_NONE ? 0 : pack_facts(scanner->preparation->pack, form)->classes;
}

/* Adds the word, number or link at `begin`. Its first letter or digit is at first_letter; between
 * them there is at most an apostrophe. */
void scanner_add_word(struct scanner *scanner, size_t begin, size_t first_letter);

/* Whether the stop at the word's end belongs to it: "Mr.", "Inc.", "J.". An abbreviation that is
 * also a word ("No.", "Sat.") takes it only where no sentence can end. *form is the form without
 * the stop; writes the form `dotted` of the word with it where it is taken for an abbreviation. */
bool scanner_takes_dot(const struct scanner *scanner, const struct word *word,
                       enum letter_case letter_case, uint32_t dotted, uint32_t *form);

#endif
