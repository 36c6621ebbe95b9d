#include "connections.h"

#include "../cli/clock.h"

#include <stdlib.h>
#include <sys/socket.h>

void connections_init(struct connections *connections, struct metrics *metrics) {
    *connections = (struct connections){.metrics = metrics};
    pthread_mutex_init(&connections->lock, NULL);
}

void connections_finish(struct connections *connections) {
    while (connections->first != NULL) {
        connections_remove(connections, connections->first);
    }
    pthread_mutex_destroy(&connections->lock);
}

struct connection *connections_add(struct connections *connections, int socket) {
    struct connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL) {
        return NULL;
    }
    connection->socket = socket;
    connection->since = clock_milliseconds();
    connection->receiving = true;
    pthread_mutex_lock(&connections->lock);
    connection->next = connections->first;
    if (connections->first != NULL) {
        connections->first->previous = connection;
    }
    connections->first = connection;
    pthread_mutex_unlock(&connections->lock);
    atomic_fetch_add(&connections->metrics->connections, 1);
    return connection;
}

void connections_remove(struct connections *connections, struct connection *connection) {
    if (connection == NULL) {
        return;
    }
    pthread_mutex_lock(&connections->lock);
    *(connection->previous == NULL ? &connections->first : &connection->previous->next) =
        connection->next;
    if (connection->next != NULL) {
        connection->next->previous = connection->previous;
    }
    pthread_mutex_unlock(&connections->lock);
    free(connection);
    atomic_fetch_sub(&connections->metrics->connections, 1);
}

void connections_received(struct connections *connections, struct connection *connection) {
    if (connection != NULL) {
        pthread_mutex_lock(&connections->lock);
        connection->receiving = false;
        pthread_mutex_unlock(&connections->lock);
    }
}

void connections_answered(struct connections *connections, struct connection *connection) {
    if (connection != NULL) {
        pthread_mutex_lock(&connections->lock);
        connection->receiving = true;
        connection->since = clock_milliseconds();
        pthread_mutex_unlock(&connections->lock);
    }
}

size_t connections_cut(struct connections *connections, int64_t limit) {
    const int64_t now = clock_milliseconds();
    size_t n = 0;
    pthread_mutex_lock(&connections->lock);
    for (struct connection *c = connections->first; c != NULL; c = c->next) {
        n++;
        if (c->receiving && !c->cut && now - c->since > limit) {
            c->cut = true;
            shutdown(c->socket, SHUT_RDWR); /* the daemon then closes it */
            atomic_fetch_add(&connections->metrics->timed_out, 1);
        }
    }
    pthread_mutex_unlock(&connections->lock);
    return n;
}
