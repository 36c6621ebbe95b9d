/*
 * Two words that are one with a blank too many: "to gether", "be cause". Both halves are words, so
 * only their frequencies tell: side by side by chance they are far rarer than the whole.
 *
 * The pack marks the rarer half of every such word (SIGN_HALF, section_halves.c), so that a text's
 * other words cost nothing.
 */
#ifndef GALLEY_LANGUAGE_HALVES_H
#define GALLEY_LANGUAGE_HALVES_H

#include "language/pack.h"

enum halves {
    HALVES_NONE,
    HALVES_LIKELY, /* written as one by most people: "mid fielder"; or right once in a while */
    HALVES_CERTAIN /* a function word, and a rest that makes no sense behind it */
};

/* What the forms `left` and `right`, side by side, are of the form `whole`; all three must be words
 * in small letters. */
enum halves halves_judge(const struct pack *pack, uint32_t left, uint32_t right, uint32_t whole);

#endif
