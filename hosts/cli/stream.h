#ifndef GALLEY_CLI_STREAM_H
#define GALLEY_CLI_STREAM_H

#include "options.h"
#include "plugin.h"

/* `galley check --stream`: JSON Lines in, JSON Lines out; the command's exit status. */
int stream_run(const galley_plugin *plugin, const struct options *options);

#endif
