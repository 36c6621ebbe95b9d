/*
 * What languages are called, and which one is most often written in a script (CLDR), a section of
 * the pack.
 */
#ifndef GALLEY_LANGUAGE_LANGUAGE_NAMES_H
#define GALLEY_LANGUAGE_LANGUAGE_NAMES_H

#include "language/pack.h"

/* The section "language-names": "ru=Russian" for languages and "8=ru" for scripts (UScriptCode),
 * each with a closing NUL. */

/* The English name of the language (BCP 47) without its country and script. data is NULL when there
 * is none. */
galley_string language_name(const struct pack *pack, const char *tag);

/* The tag of the language that is most often written in the script; data is NULL for none. */
galley_string language_of_script(const struct pack *pack, int script);

#endif
