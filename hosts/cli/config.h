#ifndef GALLEY_CLI_CONFIG_H
#define GALLEY_CLI_CONFIG_H

#include "options.h"
#include "plugin.h"

/* `galley config`: prints the settings that hold for a file or folder, with where each value came
 * from, as a settings file. The command's exit status. */
int config_run(const galley_plugin *plugin, const struct options *options);

#endif
