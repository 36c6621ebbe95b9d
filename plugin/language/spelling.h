/*
 * Spelling: what an engine knows of right words beside its language pack: the user's word lists,
 * which of two spelling standards the text should keep to, and what to suggest for a wrong word.
 *
 * A struct spelling does not change after it was made; any number of threads may read it at once.
 */
#ifndef GALLEY_LANGUAGE_SPELLING_H
#define GALLEY_LANGUAGE_SPELLING_H

#include "base/limits.h"
#include "language/pack.h"

struct spelling;

/* `language` is a BCP 47 tag: a region that pack_standard knows ("en-US", "en-GB") chooses a
 * spelling standard, none accepts both. `word_lists` names files of the user's words, separated by
 * ':' (an empty string or NULL: none): plain lists with a word a line and '#' before comments, or
 * Hunspell .dic files, with the .aff of the same name beside them where there is one.
 *
 * `memory` and `pack` must outlive the result. Fails with GALLEY_ERROR_DICTIONARY when a list
 * cannot be read. */
galley_status spelling_create(const struct memory *memory, const struct pack *pack,
                              const char *language, const char *word_lists,
                              struct spelling **spelling, galley_error *error);
void spelling_destroy(struct spelling *spelling);

/* Whether a word list has the word. A lower-case entry also accepts the word with a capital and in
 * capitals; an entry with capitals only accepts itself and all capitals. */
bool spelling_is_user_word(const struct spelling *spelling, const char *word, size_t len);

/* FORM_VARIANT_A or FORM_VARIANT_B when the language names a standard, else 0. */
uint16_t spelling_standard(const struct spelling *spelling);

/* How common the unknown word is as a word of its own, as a Zipf value × 25: what the frequency
 * list says of it, or what is to be expected of a word made of a known one ("unpledged"). 0:
 * nothing speaks for it. */
unsigned spelling_own_zipf(const struct spelling *spelling, const char *word, size_t len);

/* Whether new words are made with this before them: "petro" of "petro-rich". */
bool spelling_is_prefix(const struct spelling *spelling, const char *text, size_t len);

/* ---- lost blanks (segmentation.c) ---- */

enum division_strength {
    DIVISION_NONE,
    DIVISION_POSSIBLE, /* a name and what names end in: believe it when the text has the name, too
                        */
    DIVISION_LIKELY,
    DIVISION_CERTAIN /* a function word that begins a sentence, and a common word */
};

struct division {
    enum division_strength strength;
    size_t at;        /* bytes before the lost blank */
    size_t second_at; /* before a second one, or 0 */
    uint32_t left;    /* the form before the first blank, or FORM_NONE */
    unsigned zipf;    /* the sum of the parts' Zipf values × 25 */
};

/* Where blanks may have been lost in a word that is none: always beside a function word, for two
 * other words in a row are a compound as often as not. `letter_case` is enum letter_case of the
 * word, `starts` says that a sentence starts with it. */
struct division spelling_divide(const struct spelling *spelling, const char *word, size_t len,
                                unsigned letter_case, bool starts);

/* ---- slips (suggestions.c) ---- */

/* What may have been meant. `cost` falls with likelihood: about the negative natural logarithm of
 * the probability that the writer meant this word and slipped so. */
struct suggestion {
    char text[2 * LIMIT_WORD_LEN]; /* NUL-terminated; empty before spelling_write_texts */
    size_t len;
    float cost;
    float slip;    /* the part of the cost that is not the word's rarity */
    uint32_t form; /* of the word */
};

/* Writes the words that one slip may have made `word` of: a letter lost, added, doubled, hit for
 * another, or two swapped (Damerau). The likeliest first; answers how many. Takes no memory. Work
 * is bounded whatever the word is. */
size_t spelling_suggest(const struct spelling *spelling, const char *word, size_t len,
                        struct suggestion *suggestions, size_t n_max);

/* Writes what is suggested for `word`, in its kind of capitals. Not done before somebody wants to
 * read it, as most suggestions are only weighed. */
void spelling_write_texts(const struct spelling *spelling, const char *word, size_t len,
                          struct suggestion *suggestions, size_t n);

/* The same for two slips in one word: letters swapped, doubled or halved, too many, hit beside
 * their key, and one of them lost. Some ten thousand lookups; for words of SPELLING_TWICE_MIN to
 * SPELLING_TWICE_MAX bytes, since two slips make too many words of shorter ones. */
enum { SPELLING_TWICE_MIN = 8, SPELLING_TWICE_MAX = 16 };
size_t spelling_suggest_twice(const struct spelling *spelling, const char *word, size_t len,
                              struct suggestion *suggestions, size_t n_max);

/* The best of those that one slip of the commonest kinds may have made it of: two letters swapped,
 * one doubled, one of a double lost; never the first letter. False: there is none. Some lookups a
 * letter, where spelling_suggest makes fifty. */
bool spelling_suggest_mistyped(const struct spelling *spelling, const char *word, size_t len,
                               struct suggestion *suggestion);

/* ---- what explains a word (explanation.c) ---- */

/* How many powers of ten a slip is likelier than a word of its own that is as common as own_zipf
 * (spelling_own_zipf), without the factor that all slips share. */
float spelling_slip_margin(const struct spelling *spelling, const struct suggestion *slip,
                           unsigned own_zipf);

/* The same for any of several slips: how much likelier one of them is, whichever it was. Those into
 * words that are right with a capital only do not count. */
float spelling_slips_margin(const struct spelling *spelling, const struct suggestion *slips,
                            size_t n_slips, unsigned own_zipf);

/* What it takes to believe in a slip. The shorter a word, the more words are near it. */
float spelling_wanted_margin(size_t len);

/* How many powers of ten more the parts' frequencies speak for a lost blank than is neutral. */
float spelling_division_margin(const struct division *division);

/* Whether a slip or a lost blank in common words explains the unknown word in small letters, all
 * by itself. */
bool spelling_explains(const struct spelling *spelling, const char *word, size_t len);

/* ... or does so better than another language that writes the word as often as `zipf` (Zipf value ×
 * 25) says, when this one has a head start of so many powers of ten. */
bool spelling_explains_better(const struct spelling *spelling, const char *word, size_t len,
                              unsigned zipf, float head_start);

#endif
