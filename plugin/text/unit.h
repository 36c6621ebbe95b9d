/*
 * A unit: one stretch of running text, as a format found it and the text room prepared it.
 */
#ifndef GALLEY_TEXT_UNIT_H
#define GALLEY_TEXT_UNIT_H

#include "language/pack.h"
#include "text/bitmap.h"
#include "text/token.h"

#include <stdbool.h>

enum unit_kind {
    UNIT_PARAGRAPH,
    UNIT_HEADING, /* known to be one from the format */
    UNIT_SEGMENT, /* a translator's segment, with its source where the file carries it */
    UNIT_ATTRIBUTE
};

/* A stretch of the document's text, in bytes; stays valid when the unit does not. */
struct span {
    size_t begin, end;
};

/* One step of the map from a unit's text to the document's. From text_offset to the next segment's,
 * each text_step bytes of the unit stand for document_step bytes of the document: 1 and 1 for text
 * as it stands, 1 and 5 for "&" written "&amp;". */
struct map_segment {
    size_t text_offset;
    size_t document_offset;
    uint32_t text_step;
    uint32_t document_step;
};

/* The signs that are rare enough for a list. */
enum {
    SIGNS_NOTED = SIGN_PRONOUN | SIGN_PERSON | SIGN_REPORTING | SIGN_ENTITY | SIGN_SEED |
                  SIGN_STANDARD | SIGN_HALF
};

/* A word that some check wants to see, and why. */
struct noted_word {
    uint32_t token;
    uint32_t signs; /* all signs of its form (enum form_sign), not only those of SIGNS_NOTED */
};

/* How characters are written in a stretch of the document, for whoever puts others in their place.
 */
enum syntax {
    SYNTAX_PLAIN,
    SYNTAX_XML_TEXT,      /* between tags; references */
    SYNTAX_XML_ATTRIBUTE, /* between quotation marks; references */
    SYNTAX_RAW_TEXT,      /* HTML's title: references, but no elements */
    SYNTAX_CDATA,
    SYNTAX_C_STRING, /* PO */
    SYNTAX_JSON_STRING,
    SYNTAX_CSV_FIELD, /* between quotation marks, which are doubled inside */
    SYNTAX_CSV_BARE,  /* a field without: no separator and no line break may stand there */
    SYNTAX_MARKDOWN
};

/* A stretch of the document that is text and nothing else: no tag begins or ends inside. */
struct piece {
    size_t begin, end; /* bytes of the document's text */
    enum syntax syntax;
};

/* Inline markup that the format keeps outside the text: XLIFF's <g id="1">, <x id="2"/>. */
struct inline_code {
    uint32_t offset; /* byte of the text that it stands before */
    uint32_t label_len;
    const char *label; /* as the document writes it */
    uint64_t hash;     /* of its name and id: the same for what must be on both sides */
};

/* What the file allows in a stretch of a unit's text. */
struct unit_limit {
    size_t begin, end;      /* bytes of the unit's text */
    size_t max_characters;  /* code points, or 0 */
    size_t max_bytes;       /* in the encoding below, or 0 */
    const char *encoding;   /* an IANA charset name; NULL: UTF-8 */
    bool crlf;              /* a line break is stored as two characters */
    const char *characters; /* a class of them (its/allowed_characters.h); NULL: any */
};

/* Why a stretch of the document is not to be edited, as the tool that wrote the file says. */
enum lock_kind { LOCK_APPROVED, LOCK_LOCKED, LOCK_KINDS };

struct lock {
    size_t begin, end; /* bytes of the document's text */
    enum lock_kind kind;
};

/* Valid during the call that it is given to: the arrays and the source are used again for the next
 * unit. A check may remember pieces of the text as long as its state (checks/check.h). */
struct unit {
    const char *text; /* valid UTF-8, not NUL-terminated */
    size_t len;
    size_t index; /* 0 for the document's first unit */
    enum unit_kind kind;
    bool continues; /* goes on where the unit before was divided (LIMIT_UNIT_LEN) */

    const char *source; /* what it was translated from, or NULL */
    size_t source_len;
    const char *source_language; /* BCP 47, NUL-terminated, as the file says; NULL: it does not */
    const struct inline_code *codes, *source_codes; /* in order */
    size_t n_codes, n_source_codes;

    const struct unit_limit *limits; /* by their begins */
    size_t n_limits;

    const struct lock *locks; /* by their begins */
    size_t n_locks;

    size_t text_skipped;    /* bytes of the divided unit before this part of it */
    size_t document_offset; /* where it begins in the document's text, when map is NULL */
    const struct map_segment *map;
    size_t n_map;
    const struct piece
        *pieces; /* what it is made of, in order; NULL unless the reader keeps them */
    size_t n_pieces;

    const struct token *tokens;
    size_t n_tokens;
    const struct sentence *sentences;
    size_t n_sentences;
    const struct quotation *quotations;
    size_t n_quotations;

    /* Token indices in order, so that a check need not look at every token. */
    const uint32_t *unknown; /* TOKEN_WORD and TOKEN_FOREIGN without a form, and words in small
                                letters whose form is only right with capitals */
    size_t n_unknown;
    const uint32_t *marks; /* TOKEN_MARK */
    size_t n_marks;
    const uint32_t *capitals; /* TOKEN_WORD with a capital, wherever it stands */
    size_t n_capitals;
    const uint32_t *compounds; /* words that are not just ASCII letters: with a digit, hyphen, dot,
                                  apostrophe or letters beyond ASCII; and links */
    size_t n_compounds;
    const uint64_t *odd; /* a bit a byte that is no plain text: bitmap_next (text/bitmap.h) */
    size_t n_words;      /* runs of tokens between white space, as wc counts them */
    const struct noted_word *noted; /* words with a sign of SIGNS_NOTED */
    size_t n_noted;
    uint32_t
        signs; /* union of the signs (enum form_sign) of all words: what the unit cannot hold */
    uint16_t flags; /* union of the token flags */
};

/* Where `offset` of a mapped text stands behind the map. */
size_t map_offset(const struct map_segment *map, size_t n_map, size_t offset, bool end);

/* Where the byte at `offset` of the unit's text stands in the document's text. An offset inside a
 * step of more than one byte answers the step's begin, or its end when `end` is true. */
static inline size_t unit_document_offset(const struct unit *unit, size_t offset, bool end) {
    const size_t whole = unit->text_skipped + offset;
    return unit->map == NULL || unit->n_map == 0 ? unit->document_offset + whole
                                                 : map_offset(unit->map, unit->n_map, whole, end);
}

/* The stretch of the document that unit->text[begin, end) stands for. */
static inline struct span unit_span(const struct unit *unit, size_t begin, size_t end) {
    return (struct span){unit_document_offset(unit, begin, false),
                         unit_document_offset(unit, end, end > begin)};
}

/* The other way round: the byte of the unit's text that stands for the document's; false when none
 * does. */
bool unit_text_offset(const struct unit *unit, size_t place, bool end, size_t *offset);

static inline const char *unit_token_text(const struct unit *unit, const struct token *token) {
    return unit->text + token->offset;
}

#endif
