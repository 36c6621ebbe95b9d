/*
 * The command line of `galley check`.
 */
#ifndef GALLEY_CLI_OPTIONS_H
#define GALLEY_CLI_OPTIONS_H

#include "files.h"
#include "reports.h"
#include "settings_file.h"

struct options {
    struct report_wishes reports;
    const char *output; /* NULL: standard output */
    size_t n_jobs;      /* 0: one a core */
    bool verbose, quiet, no_config;
    bool annotate;      /* write the document itself, not a report */
    struct setting_list settings; /* from the settings file, then the command line */
    struct file_list files;
};

/* Reads the arguments behind "check". Answers false after a message on standard error. */
bool options_read(struct options *options, int n_arguments, char **arguments);
void options_finish(struct options *options);

#endif
