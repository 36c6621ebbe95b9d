#ifndef GALLEY_CLI_CHECK_H
#define GALLEY_CLI_CHECK_H

#include "options.h"
#include "plugin.h"

enum { EXIT_OPEN = 0, EXIT_SHUT = 1, EXIT_FAILED = 2 };

/* Checks all documents and writes the report; the command's exit status. */
int check_run(const galley_plugin *plugin, const struct options *options);

#endif
