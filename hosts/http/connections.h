/*
 * Open connections and when they began what they are at. A client that lets a request trickle in
 * (slow loris) is never idle, so the daemon's own time limit does not end it: this does.
 */
#ifndef GALLEY_HTTP_CONNECTIONS_H
#define GALLEY_HTTP_CONNECTIONS_H

#include "metrics.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct connection {
    struct connection *next, *previous;
    int socket;
    int64_t since;  /* milliseconds: when it was opened, or answered last */
    bool receiving; /* false while its request is worked on */
    bool cut;
};

struct connections {
    struct connection *first;
    pthread_mutex_t lock;
    struct metrics *metrics;
};

void connections_init(struct connections *connections, struct metrics *metrics);
void connections_finish(struct connections *connections);

/* NULL without memory: the connection is then only bound by the daemon's limit. */
struct connection *connections_add(struct connections *connections, int socket);
void connections_remove(struct connections *connections, struct connection *connection);

/* The request is all there, or was answered. Accept NULL. */
void connections_received(struct connections *connections, struct connection *connection);
void connections_answered(struct connections *connections, struct connection *connection);

/* Shuts those that have been receiving for more than `limit` milliseconds. Answers how many are
 * open. */
size_t connections_cut(struct connections *connections, int64_t limit);

#endif
