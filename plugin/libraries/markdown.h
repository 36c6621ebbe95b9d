/*
 * MD4C, once library_load(LIBRARY_MARKDOWN) has said yes.
 */
#ifndef GALLEY_LIBRARIES_MARKDOWN_H
#define GALLEY_LIBRARIES_MARKDOWN_H

#include "libraries/library.h"

#include <md4c.h>

#define MARKDOWN_FUNCTIONS(use) use(md_parse)

extern struct markdown_functions { MARKDOWN_FUNCTIONS(LIBRARY_MEMBER) } library_markdown;

#ifndef LIBRARY_NAMES
#define md_parse (*library_markdown.call_md_parse)
#endif

#endif
