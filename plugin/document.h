/*
 * A document on its way through the house: its text, its issues, its summary.
 */
#ifndef GALLEY_DOCUMENT_H
#define GALLEY_DOCUMENT_H

#include "engine.h"
#include "issue.h"
#include "text/encoding.h"

struct format;

struct galley_document {
    struct memory memory;
    struct arena arena;
    const struct galley_engine *engine;
    const struct format *format;
    galley_string uri, language;

    struct decoded decoded; /* the text, and the way back to the input's bytes */

    struct issue **issues; /* ordered when the document is done */
    size_t n_issues, issue_capacity;
    size_t n_dropped; /* beyond LIMIT_ISSUES */

    const struct check *only_check; /* set: the issues of all other checks are dropped */

    size_t n_words;
    size_t n_untranslated; /* of these, in other languages; written by that check */
    size_t n_by_severity[4];
    double penalty; /* points of all issues that count */
    unsigned score; /* 0 to 100000, in 1/1000 */
    galley_verdict verdict;
    galley_string reason; /* why the gate is shut; empty when it is not */
};

/* Drops what is covered, orders the issues and gives every place its line and column. */
galley_status document_arrange(struct galley_document *document);

/* Fills the summary's figures and the verdict from the arranged issues. */
galley_status document_judge(struct galley_document *document);

#endif
