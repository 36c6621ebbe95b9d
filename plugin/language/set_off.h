/*
 * Foreign words that a text sets off: titles in quotation marks, names of newspapers and films,
 * words that it explains ("known as siesta", "ema (votive tablets)").
 */
#ifndef GALLEY_LANGUAGE_SET_OFF_H
#define GALLEY_LANGUAGE_SET_OFF_H

#include "language/fragments.h"

/* Whether the fragment is there on purpose. Looks at a few tokens on either side. */
bool fragment_is_set_off(const struct fragment_finder *finder, const struct fragment *fragment);

/* Whether tokens [first, end) of the unit are all that stands between two brackets behind a word:
 * the original of what was translated, as "the Federal Council (Bundesrat)". */
bool unit_has_in_brackets(const struct unit *unit, size_t first, size_t end);

#endif
