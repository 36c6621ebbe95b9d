/*
 * The text of office documents' XML: paragraphs whose text is spread over runs, with tabs and line
 * breaks as elements. DOCX and ODT differ in names only.
 */
#ifndef GALLEY_FORMATS_OFFICE_H
#define GALLEY_FORMATS_OFFICE_H

#include "formats/markup.h"
#include "formats/unit_builder.h"

/* Element names with their usual prefixes; lists end in NULL. */
struct office_names {
    const char *const *paragraphs;
    const char *text;           /* the only element whose text counts; NULL: all of a paragraph's */
    const char *const *spaces;  /* stand for white space */
    const char *const *skipped; /* their content is no text of the document */
    const char *const *headings; /* paragraphs that are headings by their name */
};

struct office {
    const struct office_names *names;
    struct markup markup;
    struct unit_builder builder;
    bool heading;
    size_t paragraph_depth, text_depth, skip_depth;
};

/* Sets the reader's state, after making sure that the XML is well-formed. */
galley_status office_begin(struct reader *reader, const struct office_names *names);
galley_status office_next(struct reader *reader, struct unit *unit, bool *found);

/* Whether the tag has exactly this name, its prefix included. */
bool office_is(const struct markup *markup, const struct markup_event *event, const char *name);

#endif
