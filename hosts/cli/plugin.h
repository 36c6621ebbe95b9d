/*
 * Loading the library.
 */
#ifndef GALLEY_CLI_PLUGIN_H
#define GALLEY_CLI_PLUGIN_H

#include <galley.h>

/* The library's functions, or NULL after a message on standard error. GALLEY_LIBRARY in the
 * environment names another file to load. Stays loaded until the process ends. */
const galley_plugin *plugin_load(void);

#endif
