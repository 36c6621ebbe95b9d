#include "plugin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

const galley_plugin *plugin_load(void) {
    const char *name = getenv("GALLEY_LIBRARY");
    if (name == NULL || name[0] == '\0') {
        name = GALLEY_LIBRARY_NAME;
    }
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "galley: the library cannot be loaded: %s\n", dlerror());
        return NULL;
    }
    galley_plugin_entry_function entry;
    *(void **)&entry = dlsym(library, "galley_plugin_entry");
    const galley_plugin *plugin = entry == NULL ? NULL : entry(GALLEY_ABI);
    if (plugin == NULL || plugin->size < sizeof *plugin) {
        fprintf(stderr, "galley: %s does not speak interface %d\n", name, GALLEY_ABI);
        return NULL;
    }
    return plugin;
}
