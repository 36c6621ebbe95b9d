/*
 * A document on its way through the house: its text, its issues, its summary.
 */
#ifndef GALLEY_DOCUMENT_H
#define GALLEY_DOCUMENT_H

#include "engine.h"
#include "formats/container.h"
#include "issue.h"
#include "text/encoding.h"
#include "waivers/locks.h"
#include "waivers/marks.h"

struct format;
struct person;

struct warning {
    struct place place;
    galley_string message;
};

/* Finds the lines of rising offsets of the document's text, in one walk over it. */
struct line_finder {
    const char *text;
    size_t len, at, line;
    bool lone_carriage_returns; /* they break lines themselves */
    struct passed passed;
};

struct galley_document {
    struct memory memory;
    struct arena arena;
    const struct galley_engine *engine;
    const struct format *format;
    galley_string uri, language;
    galley_string source; /* handed over beside the text; data is NULL when there is none */
    galley_string source_language;

    const char *data; /* the input's bytes, or those of the archive's part with the text */
    size_t data_len;
    struct container container;
    struct decoded decoded; /* the text, and the way back to the input's bytes */
    struct passed passed;   /* whom to tell what of it was read, while galley_check runs */

    struct issue **issues; /* ordered when the document is done */
    size_t n_issues, issue_capacity;
    size_t n_dropped; /* beyond LIMIT_ISSUES */

    struct warning *warnings; /* in the order they were found, then of their places */
    size_t n_warnings, warning_capacity;
    struct ignore_marks marks;
    struct lock_list locks;

    struct person *people; /* people.h; with the setting "speakers" */
    size_t n_people;

    const struct check *only_check;   /* set: the section's issues of all others are dropped */
    size_t section_issue;             /* the first that may be of the section that is read */
    size_t section_begin;             /* byte of the text */
    struct line_finder section_lines; /* has come so far; all zeroes before the first use */

    size_t n_words;
    size_t n_foreign, n_judged; /* words left in another language, of how many; by that check */
    unsigned untranslated;      /* their share in percent, in 1/1000 */
    size_t n_waived;            /* issues that do not count */
    size_t n_by_severity[4];    /* of those that do */
    double penalty;             /* points of all issues that count */
    unsigned score;             /* 0 to 100000, in 1/1000 */
    galley_verdict verdict;
    galley_string reason; /* why the gate is shut; empty when it is not */
};

/* Drops what is covered of the issues of the section that was read. */
void document_arrange_section(struct galley_document *document);

/* Orders the issues. */
void document_arrange(struct galley_document *document);

/* Gives every place its offset in the input, its line and its column, in one pass over the text. */
galley_status document_locate(struct galley_document *document);

/* Begins where the section does that is read. */
void line_finder_init(struct line_finder *finder, struct galley_document *document);

/* The line, 1-based, of an offset that is not before the one asked for last. */
size_t line_finder_line(struct line_finder *finder, size_t offset);

/* Adds a warning: something that whoever runs the check should know of, and no defect of the text.
 * At most LIMIT_WARNINGS are kept. */
galley_status document_warn(struct galley_document *document, struct span span, const char *format,
                            ...) __attribute__((format(printf, 3, 4)));

/* Fills the summary's figures and the verdict from the arranged issues. */
galley_status document_judge(struct galley_document *document);

/* The first issue that begins at or behind a place of the text. */
size_t document_find_issue(const struct galley_document *document, size_t place);

/* ITS 2.0's number for a severity, 0 to 100. */
unsigned severity_its(galley_severity severity);

#endif
