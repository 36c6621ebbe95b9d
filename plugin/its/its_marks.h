/*
 * ITS 2.0 for readers of running text: what its markup says of each of the scanner's events, in a
 * byte an event, and which characters and how many the elements may hold. The tree that it took to
 * find out is gone by then.
 */
#ifndef GALLEY_ITS_ITS_MARKS_H
#define GALLEY_ITS_ITS_MARKS_H

#include "formats/format.h"

enum {
    ITS_MARK_SKIP = 1,   /* not to be translated, in another language, for another locale, or ITS's
                            own markup */
    ITS_MARK_WITHIN = 2, /* the element stands within text */
    ITS_MARK_NESTED = 4, /* within text, with a text of its own */
    ITS_MARK_SPACE = 8   /* white space counts */
};

/* How much an element may hold. */
struct its_storage {
    size_t first, last; /* numbers of the events of its tags */
    size_t max_bytes;
    const char *encoding;
    bool crlf;
};

struct its_marks {
    const uint8_t *marks;          /* by number of the event */
    const char *const *characters; /* the same: the class that is allowed there, or NULL for any;
                                      NULL where no element has one */
    size_t n;
    const struct its_storage *storages; /* by their first events */
    size_t n_storages;
};

/* Whether the text has markup of ITS, or the settings have rules: only then a tree is worth it. */
bool its_marks_needed(const struct reader *reader, bool html);

galley_status its_marks_read(struct its_marks *marks, struct reader *reader, bool html);

#endif
