/*
 * The reports of one run: any number at once, each in a format of its own and to a place of its
 * own ("--format=text --format=html:qa.html").
 */
#ifndef GALLEY_CLI_REPORTS_H
#define GALLEY_CLI_REPORTS_H

#include "output.h"
#include "plugin.h"

/* What the command line says of one: the format's name, and the file it goes to (NULL: standard
 * output). */
struct report_wish {
    char *format;     /* malloc'ed */
    const char *path; /* of the command line */
};

struct report_wishes {
    struct report_wish *items;
    size_t n_items, capacity;
};

/* Adds "NAME" or "NAME:FILE". False after a message. */
bool report_wishes_add(struct report_wishes *wishes, const char *value);

/* Gives the one without a file that of --output (which may be NULL), and makes one where none is
 * wished for: text on a terminal, else XML. False after a message: two reports to one place, or an
 * --output that no report goes to. */
bool report_wishes_settle(struct report_wishes *wishes, const char *output);
void report_wishes_finish(struct report_wishes *wishes);

struct report_set {
    const galley_plugin *plugin;
    struct open_report *items;
    size_t n_items;
};

/* Starts all reports: their files are open, and nothing is in its place yet. False after a
 * message, with the set closed. */
bool report_set_open(struct report_set *set, const galley_plugin *plugin,
                     const galley_engine *engine, const struct report_wishes *wishes);

/* Write to all; false when one could not be written. */
bool report_set_add(struct report_set *set, const galley_document *document);
bool report_set_add_error(struct report_set *set, const char *uri, const galley_error *error);

/* A warning about the run, behind all documents; `origin` ("FILE:LINE") may be NULL. */
bool report_set_warn(struct report_set *set, const char *origin, const char *message);

/* Ends the reports and puts the files in their places, or removes them when `keep` is false. False
 * after a message. */
bool report_set_close(struct report_set *set, bool keep);

#endif
