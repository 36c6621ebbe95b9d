/*
 * Parts of speech in context: an averaged perceptron (Collins 2002, "Discriminative training
 * methods for hidden Markov models") that reads from left to right. What the pack says that a word
 * can be is what it chooses from; words whose part is certain cost nothing.
 *
 * It sees a word as a symbol: frequent and function words as themselves, all others as the set of
 * parts they can have.
 *
 * Its features, for the word w, the tags t1 and t2 before it, and the symbols around:
 *
 *     s   w                 t   t1        tt  t1 t2     ts  t1 w     b   symbol before
 *     a   symbol behind     sa  w, behind               aa  the second symbol behind
 *     ta  t1, behind        bs  before, w               w   the word itself, where s is a set
 *
 * Each has a row of weights, one for each tag.
 */
#ifndef GALLEY_LANGUAGE_TAGGER_H
#define GALLEY_LANGUAGE_TAGGER_H

#include "language/weights.h"
#include "text/unit.h"

/* The numbers of enum part_of_speech's bits, and the rest. */
enum tag {
    TAG_NOUN,
    TAG_NOUN_PLURAL,
    TAG_PROPER_NOUN,
    TAG_PRONOUN,
    TAG_DETERMINER,
    TAG_ADJECTIVE,
    TAG_ADVERB,
    TAG_ADPOSITION,
    TAG_COORDINATOR,
    TAG_SUBORDINATOR,
    TAG_PARTICLE,
    TAG_NUMERAL,
    TAG_INTERJECTION,
    TAG_AUXILIARY,
    TAG_VERB_BASE,
    TAG_VERB_SINGULAR,
    TAG_VERB_PAST,
    TAG_VERB_PARTICIPLE,
    TAG_VERB_GERUND,
    TAG_COMMA,
    TAG_STOP,  /* . ? ! ; : */
    TAG_OTHER, /* any other mark */
    TAG_BEGIN  /* before the first word */
};

enum tagger_feature {
    TAGGER_S,
    TAGGER_T,
    TAGGER_TT,
    TAGGER_TS,
    TAGGER_B,
    TAGGER_A,
    TAGGER_SA,
    TAGGER_AA,
    TAGGER_TA,
    TAGGER_BS,
    TAGGER_W,
    TAGGER_FEATURES
};

/* A symbol is a form (below PACK_FORM_MASK), a set of parts of speech (SYMBOL_SET), or what is said
 * below; words may have flags. */
enum symbol {
    SYMBOL_CLITIC = 1 << 22,
    SYMBOL_TITLE = 1 << 23, /* a capital inside a sentence */
    SYMBOL_ING = 1 << 19,   /* endings of words that nothing is known of; 3 bits */
    SYMBOL_ED = 2 << 19,
    SYMBOL_S = 3 << 19,
    SYMBOL_LY = 4 << 19,
    SYMBOL_CAPITALS = 5 << 19, /* "NATO", "iPhone" */
    SYMBOL_MARK = 1 << 29,     /* with the code point */
    SYMBOL_NUMBER = 1 << 28,
    SYMBOL_LINK,
    SYMBOL_NOTHING_BEFORE,
    SYMBOL_NOTHING_BEHIND
};
#define SYMBOL_SET UINT32_C(0x80000000)

enum {
    TAGGER_COMMON = 125, /* 25 × log10 in 10^9 words: seen as itself from here on */
    TAGGER_KNOWN = 75    /* feature w from here on */
};

/* A word as the tagger sees it. */
struct tagged_word {
    const struct token *token;
    const struct form_facts *facts; /* never NULL; zeroes for what is no form */
    uint32_t symbol;
    uint32_t start_symbol; /* where it begins a sentence */
    uint32_t word;         /* for feature w: its form, or FORM_NONE */
    uint32_t tags;         /* what it can be: a set of 1 << tag */
    uint32_t start_tags;
};

/* Fills words[0, n) for the tokens. */
void tagger_see(const struct pack *pack, const struct unit *unit, const struct token *tokens,
                size_t n, struct tagged_word *words);

/* Writes the tags of words[0, n_tags), of a sentence that goes on to words[n): n_tags <= n. The
 * first of them begins it. Whoever looks at a part of a sentence only, and begins in its middle,
 * gets a slightly worse first tag. */
void tagger_tag(const struct weights *weights, const struct tagged_word *words, size_t n,
                size_t n_tags, uint8_t *tags);

#endif
