/*
 * The command line of `galley serve`.
 */
#ifndef GALLEY_HTTP_OPTIONS_H
#define GALLEY_HTTP_OPTIONS_H

#include "../cli/settings_file.h"

struct options {
    const char *address; /* to listen on, numeric; "127.0.0.1" */
    unsigned port;       /* 0: any free one */
    char **hosts;        /* names beside localhost that a Host header may have */
    size_t n_hosts;
    const char *origin; /* that browsers may call from (CORS), or NULL */
    char **tokens;      /* one of them must be shown, if there are any */
    size_t n_tokens;
    const char *words;  /* file of words that clients may add to, or NULL */
    unsigned n_workers; /* checks at once */
    unsigned max_queue; /* requests that wait for a worker; more get 429 */
    unsigned max_connections;
    unsigned timeout; /* seconds a request may take to arrive, and to wait */
    size_t max_size;  /* bytes of a request's body */
    bool quiet;
    struct setting_list settings;
};

/* False after a message; exit status 2 then, or 0 when --help was asked for. */
bool options_read(struct options *options, int n_arguments, char **arguments, int *exit_status);
void options_finish(struct options *options);

#endif
