#ifndef GALLEY_CLI_STATS_H
#define GALLEY_CLI_STATS_H

#include "options.h"
#include "plugin.h"

/* `galley stats`: figures about a collection of documents; EXIT_FAILED when one could not be
 * checked. */
int stats_run(const galley_plugin *plugin, const struct options *options);

#endif
