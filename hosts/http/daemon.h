/*
 * The HTTP side: libmicrohttpd's daemon reads requests, this decides whether they may come in, and
 * workers answer them.
 */
#ifndef GALLEY_HTTP_DAEMON_H
#define GALLEY_HTTP_DAEMON_H

#include "connections.h"
#include "workers.h"

struct MHD_Daemon;

struct daemon {
    struct service *service;
    struct workers workers;
    struct connections connections;
    struct MHD_Daemon *mhd;
};

/* Listens and serves, in threads of its own. False after a message. */
bool daemon_start(struct daemon *daemon, struct service *service);

/* The port it listens at. */
unsigned daemon_port(const struct daemon *daemon);

/* Takes no new connections, answers what has begun (for `seconds` at most), and ends. */
void daemon_stop(struct daemon *daemon, unsigned seconds);

#endif
