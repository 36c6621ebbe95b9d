/*
 * Letters of other scripts that look like Latin ones (UTS #39), a section of the pack.
 */
#ifndef GALLEY_LANGUAGE_LOOK_ALIKES_H
#define GALLEY_LANGUAGE_LOOK_ALIKES_H

#include "language/pack.h"

/* The section "look-alikes": uint32_t in rising order, a letter's code point above
 * LOOK_ALIKE_BITS and the ASCII letter that it looks like below, in the same case. */
enum { LOOK_ALIKE_BITS = 8 };

/* The ASCII letter that the letter looks like; 0 for none. */
uint32_t look_alike_of(const struct pack *pack, uint32_t letter);

#endif
