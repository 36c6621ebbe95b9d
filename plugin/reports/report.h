/*
 * A report: issues and documents in, text out. One file a format, each a const descriptor; the
 * registry in report.c is the one list. Reports stream: what belongs to a document is written when
 * the document is added.
 */
#ifndef GALLEY_REPORTS_REPORT_H
#define GALLEY_REPORTS_REPORT_H

#include "document.h"
#include "reports/output.h"

struct galley_report {
    const struct report_format *format;
    const struct galley_engine *engine;
    galley_report_options options;
    struct memory memory;
    size_t n_documents; /* added so far, those that could not be read included */
    size_t n_warnings;  /* about the run; no document comes behind the first */
    bool finished;
    void *state; /* state_size bytes of the format's own, zeroed at first */
};

struct report_format {
    const char *name;
    const char *summary;
    size_t state_size;
    galley_status (*begin)(struct galley_report *report, struct output *out);
    galley_status (*document)(struct galley_report *report, const struct galley_document *document,
                              struct output *out);
    galley_status (*error)(struct galley_report *report, const char *uri,
                           const galley_error *problem, struct output *out);
    galley_status (*warning)(struct galley_report *report, galley_string origin,
                             galley_string message, struct output *out); /* may be NULL */
    galley_status (*end)(struct galley_report *report, struct output *out);
    void (*finish)(struct galley_report *report); /* frees what `state` holds; may be NULL */
};

/* A score in 1/1000 as "91.1". */
void output_score(struct output *out, unsigned score);

/* Where a place ends: the line and column of the character behind its last one. */
void place_end(const struct place *place, size_t *line, size_t *column);

/* Whether hosts may put the issue's suggestions in place as they stand: no syntax of the formats
 * would have to spell the text or the suggestion in another way. */
bool is_plain_edit(const struct galley_document *document, const struct issue *issue,
                   galley_string suggestion);

/* A number for the issue that stays when its text moves: of the check, what stands there, and what
 * is around it. As 16 hexadecimal digits. */
void output_fingerprint(struct output *out, const struct galley_document *document,
                        const struct issue *issue);

#endif
