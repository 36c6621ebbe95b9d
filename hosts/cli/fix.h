#ifndef GALLEY_CLI_FIX_H
#define GALLEY_CLI_FIX_H

#include "options.h"
#include "plugin.h"

/* `galley fix`: puts suggestions in place. The command's exit status: EXIT_OPEN unless something
 * could not be done. */
int fix_run(const galley_plugin *plugin, const struct options *options);

#endif
