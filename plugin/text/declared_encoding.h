/*
 * The encoding that a document names in its own text: the XML declaration (XML 1.0, section 4.3.3
 * and appendix F), a meta element of HTML (HTML standard, 13.2.3.2), the header of a PO file
 * (gettext manual, “Header Entry”).
 */
#ifndef GALLEY_TEXT_DECLARED_ENCODING_H
#define GALLEY_TEXT_DECLARED_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

enum { DECLARED_ENCODING_LEN = 64 }; /* with the closing NUL */

/* Writes the encoding's IANA name. False where there is none, where the bytes cannot be in it, and
 * for UTF-8 and ASCII, which need no conversion. Looks at the first 4,096 bytes. */
bool declared_encoding(const char *data, size_t len, char name[DECLARED_ENCODING_LEN]);

#endif
