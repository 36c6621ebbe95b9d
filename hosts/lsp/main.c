/*
 * galley-lsp: the language server on standard input and output. `galley lsp` runs it.
 */
#include "server.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int n_arguments, char **arguments) {
    for (int i = 1; i < n_arguments; i++) {
        if (strcmp(arguments[i], "--stdio") != 0) { /* what editors pass by custom */
            fprintf(stderr, "usage: galley lsp [--stdio]\n");
            return 2;
        }
    }
    const galley_plugin *plugin = plugin_load();
    if (plugin == NULL) {
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    return server_run(plugin, STDIN_FILENO, STDOUT_FILENO);
}
