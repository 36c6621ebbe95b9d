/*
 * What a run found, added up.
 */
#ifndef GALLEY_CLI_SUMMARY_H
#define GALLEY_CLI_SUMMARY_H

#include "file_list.h"
#include "plugin.h"

#include <stdio.h>

enum { SUMMARY_CHECKS_MAX = 64 };

struct summary {
    size_t n_documents; /* that were checked */
    size_t n_by_verdict[3];
    size_t n_failed; /* could not be read or parsed */
    size_t n_binary; /* skipped in directories */
    size_t n_words;
    size_t n_issues, n_waived; /* n_issues without those */
    double penalty;            /* points, as in galley_summary */
    struct {
        const char *name;
        size_t n_by_severity[4];
    } checks[SUMMARY_CHECKS_MAX]; /* those that found something */
    size_t n_checks;
    char *slowest; /* path, and how long it took */
    double slowest_seconds;
};

void summary_finish(struct summary *summary);

/* Adds a checked document. */
void summary_add(struct summary *summary, const galley_plugin *plugin,
                 const galley_document *document);

/* Notes how long a document took. */
void summary_time(struct summary *summary, const char *path, double seconds);

/* The MQM score of all documents together, 0 to 100, as docs/gate.md has it. */
double summary_score(const struct summary *summary);

/* Prints it on standard error; the slowest file only when `verbose`. */
void summary_say(const struct summary *summary, const galley_plugin *plugin,
                 const struct file_list *files, bool verbose);

#endif
