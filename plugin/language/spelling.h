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

/* What may have been meant. `cost` falls with likelihood: about the negative natural logarithm of
 * the probability that the writer meant this word and slipped so. */
struct suggestion {
    char text[2 * LIMIT_WORD_LEN]; /* NUL-terminated, in the wrong word's kind of capitals */
    size_t len;
    float cost;
    uint8_t n_edits; /* slips of one letter (Damerau); 0 when `divided` */
    bool divided;    /* the wrong word was several words run together */
    uint32_t form;   /* of the word, FORM_NONE when divided */
};

/* Writes what the word may have meant, the likeliest first, and answers how many. Does not look at
 * user words. Takes no memory. Work is bounded whatever the word is. */
size_t spelling_suggest(const struct spelling *spelling, const char *word, size_t len,
                        struct suggestion *suggestions, size_t n_max);

#endif
