/*
 * Running text in marked-up documents, for HTML and XML alike: blocks of text divided by elements,
 * inline elements that divide nothing, elements whose content is not text for readers.
 */
#ifndef GALLEY_FORMATS_PROSE_H
#define GALLEY_FORMATS_PROSE_H

#include "formats/markup.h"
#include "formats/unit_builder.h"
#include "its/its_marks.h"

/* Which elements are what. Lists end in NULL. */
struct prose_rules {
    const char *const *inline_names;  /* do not divide */
    const char *const *skipped_names; /* their content is passed over */
    const char *const *heading_names;
    const char *const *attribute_names; /* attributes that readers see */
    bool html;
};

struct prose {
    const struct prose_rules *rules;
    struct markup markup;
    struct unit_builder builder, attribute;
    bool heading;
    size_t skip_depth; /* elements named skip_name that are open inside the skipped one, and it */
    char skip_name[32];
    size_t skip_name_len;
    struct {
        size_t begin, end;
    } attributes[16]; /* seen in the block, given out behind it */
    size_t n_attributes;
    bool at_end;
    struct its_marks its; /* none where the document has no markup of ITS */
    size_t n_events;      /* seen so far */
};

/* Sets the reader's state. */
galley_status prose_begin(struct reader *reader, const struct prose_rules *rules);
galley_status prose_next(struct reader *reader, struct unit *unit, bool *found);

#endif
