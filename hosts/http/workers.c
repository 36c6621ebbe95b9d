#include "workers.h"

#include <microhttpd.h>
#include <stdlib.h>

static void serve(struct workers *workers, struct request *request) {
    const int64_t limit = (int64_t)workers->service->options->timeout * 1000;
    if (clock_milliseconds() - request->arrived > limit) {
        answer_text(&request->answer, 503, "its turn did not come in time");
        request->answer.retry_after = 1;
    } else {
        request->route->answer(workers->service, request, &request->answer);
    }
    request->answered = true;
    MHD_resume_connection(request->connection);
}

static void *work(void *context) {
    struct workers *workers = context;
    pthread_mutex_lock(&workers->lock);
    for (;;) {
        struct request *request = workers->first;
        if (request == NULL && workers->ending) {
            break;
        }
        if (request == NULL) {
            pthread_cond_wait(&workers->work, &workers->lock);
            continue;
        }
        workers->first = request->next;
        workers->last = workers->first == NULL ? NULL : workers->last;
        workers->n_waiting--;
        atomic_store(&workers->service->metrics.waiting, workers->n_waiting);
        pthread_mutex_unlock(&workers->lock);
        serve(workers, request);
        pthread_mutex_lock(&workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

bool workers_start(struct workers *workers, struct service *service) {
    *workers = (struct workers){.service = service};
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->work, NULL);
    const size_t n = service->options->n_workers;
    workers->threads = calloc(n, sizeof *workers->threads);
    while (workers->threads != NULL && workers->n_threads < n &&
           pthread_create(&workers->threads[workers->n_threads], NULL, work, workers) == 0) {
        workers->n_threads++;
    }
    return workers->n_threads > 0;
}

bool workers_take(struct workers *workers, struct request *request) {
    pthread_mutex_lock(&workers->lock);
    const bool room = workers->n_waiting < workers->service->options->max_queue;
    if (room) {
        /* Suspended before a worker can see it and resume it. */
        MHD_suspend_connection(request->connection);
        request->next = NULL;
        *(workers->last == NULL ? &workers->first : &workers->last->next) = request;
        workers->last = request;
        workers->n_waiting++;
        atomic_store(&workers->service->metrics.waiting, workers->n_waiting);
        pthread_cond_signal(&workers->work);
    }
    pthread_mutex_unlock(&workers->lock);
    return room;
}

void workers_stop(struct workers *workers) {
    pthread_mutex_lock(&workers->lock);
    workers->ending = true;
    pthread_cond_broadcast(&workers->work);
    pthread_mutex_unlock(&workers->lock);
    for (size_t i = 0; i < workers->n_threads; i++) {
        pthread_join(workers->threads[i], NULL);
    }
    free(workers->threads);
    pthread_cond_destroy(&workers->work);
    pthread_mutex_destroy(&workers->lock);
}
