/*
 * The people of a document, as hosts see them: each with its mentions and quotations, for a view of
 * who says what. Made only where the setting "speakers" asks for it.
 */
#ifndef GALLEY_PEOPLE_H
#define GALLEY_PEOPLE_H

#include "document.h"

struct analysis;

/* A mention or quotation of a person. */
struct person_place {
    struct place place;
    galley_mention_kind kind;
    bool quoted;
    float confidence; /* that it is this person's, 0 to 1 */
};

struct person {
    galley_string name;
    galley_gender gender;
    float confidence; /* of the gender, 0.5 to 1; 0 when it is unknown */
    struct person_place *mentions, *quotations;
    size_t n_mentions, n_quotations;
};

/* Fills document->people, in the order of their first mentions. */
galley_status people_collect(struct galley_document *document, const struct analysis *analysis);

#endif
