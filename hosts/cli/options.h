/*
 * The command lines of the commands that take documents: check, fix, stats and config.
 */
#ifndef GALLEY_CLI_OPTIONS_H
#define GALLEY_CLI_OPTIONS_H

#include "file_list.h"
#include "reports.h"
#include "settings_file.h"

enum command { COMMAND_CHECK = 1, COMMAND_FIX = 2, COMMAND_STATS = 4, COMMAND_CONFIG = 8 };

struct options {
    struct report_wishes reports;
    const char *output; /* NULL: standard output */
    const char *only;   /* of fix: checks whose issues are fixed; NULL: all */
    size_t n_jobs;      /* 0: one a core */
    bool verbose, quiet;
    bool annotate, strip; /* write the document itself, not a report: with its issues, or without */
    bool stream, watch;
    bool dry_run, interactive; /* of fix */
    const char *config;        /* read in place of all .galley.ini; NULL: none */
    bool no_config;
    struct setting_list settings; /* of the command line */
    struct file_list files;
    struct string_list folders; /* directories that were named */
    const char *argument;       /* the first one that is no option, or NULL */
};

/* Reads the arguments behind the command's name. False after a message. */
bool options_read(struct options *options, enum command command, int n_arguments, char **arguments);
void options_finish(struct options *options);

/* Makes the list of files anew, from the files and directories that were named: `options` is a copy
 * whose own list is the caller's to clear. */
void options_list_again(struct options *options);

/* How many documents are worked on at once. */
size_t options_n_jobs(const struct options *options);

#endif
