/*
 * Workers: threads that make answers of requests, and the queue in front of them, which has an
 * end: what finds it full is refused at once.
 */
#ifndef GALLEY_HTTP_WORKERS_H
#define GALLEY_HTTP_WORKERS_H

#include "../cli/clock.h"
#include "service.h"

struct workers {
    struct service *service;
    pthread_t *threads;
    size_t n_threads;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct request *first, *last;
    size_t n_waiting;
    bool ending;
};

/* False when not one thread can be had. */
bool workers_start(struct workers *workers, struct service *service);

/* Hands a request over, whose connection is suspended; it is resumed when the answer is made.
 * False when the queue is full: nothing was taken. */
bool workers_take(struct workers *workers, struct request *request);

/* Ends after what waits is answered. */
void workers_stop(struct workers *workers);

#endif
