/*
 * Links inside running text: URLs (RFC 3986), bare domain names and e-mail addresses.
 */
#ifndef GALLEY_TEXT_LINK_H
#define GALLEY_TEXT_LINK_H

#include "language/pack.h"

/* The length of the link that begins at text[0], a letter or digit, or 0 when there is none. The
 * pack tells domain names from words that a stop runs together ("example.is"). Where there is none,
 * writes to *tried before which offset no link begins either, so that a run of dotted words is read
 * once. Reads the link and a bounded number of bytes. */
size_t link_len(const struct pack *pack, const char *text, size_t len, size_t *tried);

#endif
