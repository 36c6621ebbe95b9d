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

enum { PROSE_STORAGES_MAX = 16 }; /* nested elements with a size; what is deeper has none */

/* An element that may hold only so much, and where its text begins in the block. */
struct open_storage {
    const struct its_storage *storage;
    size_t begin;
    bool broken; /* it has more blocks than one, and no length of its own */
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
    struct its_marks its;      /* none where the document has no markup of ITS */
    size_t n_events;           /* seen so far */
    struct unit_limit *limits; /* of the block */
    size_t n_limits, limit_capacity;
    struct open_storage open[PROSE_STORAGES_MAX]; /* elements with a size, the innermost last */
    size_t n_open, next_storage;
};

/* Sets the reader's state. */
galley_status prose_begin(struct reader *reader, const struct prose_rules *rules);
galley_status prose_next(struct reader *reader, struct unit *unit, bool *found);

#endif
