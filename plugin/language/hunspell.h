/*
 * Hunspell dictionaries (hunspell(5)), expanded into their forms. The pack compiler reads the
 * language's dictionaries so, and spelling.c the user's own.
 */
#ifndef GALLEY_LANGUAGE_HUNSPELL_H
#define GALLEY_LANGUAGE_HUNSPELL_H

#include "base/arena.h"

/* What an expansion hands out: one form. `derived` says that an affix rule made it, `hidden` that
 * it is never to be suggested. Answers false to stop. */
typedef bool hunspell_take(void *context, const char *form, bool derived, bool hidden);

/* A compound rule's piece: a word with those of its flags that rules name. */
typedef bool hunspell_take_piece(void *context, const char *word, const char *flags);

struct hunspell_receiver {
    void *context;
    hunspell_take *take;
    hunspell_take_piece *take_piece;
    bool (*take_rule)(void *context, const char *pattern);
    bool (*take_forbidden)(void *context, const char *form);
};

/* Expands DIRECTORY/NAME.dic by DIRECTORY/NAME.aff (hunspell(5)): prefixes, suffixes, their
 * products and continuation classes; all four kinds of FLAG; NEEDAFFIX, ONLYINCOMPOUND, NOSUGGEST,
 * FORBIDDENWORD, FULLSTRIP, AF. The files must be in UTF-8. */
bool hunspell_expand(struct arena *arena, const char *directory, const char *name,
                     const struct hunspell_receiver *receiver, galley_error *error);

#endif
