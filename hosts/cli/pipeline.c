#include "pipeline.h"

#include "say.h"

#include <pthread.h>
#include <stdlib.h>

enum { JOBS_PER_THREAD = 8 };

struct pipeline {
    const struct pipeline_steps *steps;
    void *context;
    pthread_mutex_t taking; /* held over `take` and what is before it, never over a write */
    size_t n_taken;
    bool ended;

    pthread_mutex_t lock; /* for what follows; taken behind `taking`, held over nothing slow */
    pthread_cond_t written;
    void **done; /* a ring: jobs that were run and wait for their turn */
    size_t n_slots;
    size_t n_written;
    bool writing; /* somebody is at it, and will see what is put into the ring meanwhile */
    bool stopped;
};

/* Waits for a free slot. False when no more jobs are wanted. */
static bool wait_for_slot(struct pipeline *pipeline) {
    pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->stopped && pipeline->n_taken >= pipeline->n_written + pipeline->n_slots) {
        pthread_cond_wait(&pipeline->written, &pipeline->lock);
    }
    const bool wanted = !pipeline->stopped;
    pthread_mutex_unlock(&pipeline->lock);
    return wanted;
}

static void *take(struct pipeline *pipeline, size_t *index) {
    pthread_mutex_lock(&pipeline->taking);
    void *job = NULL;
    if (!pipeline->ended && wait_for_slot(pipeline)) {
        job = pipeline->steps->take(pipeline->context);
    }
    pipeline->ended = job == NULL;
    *index = pipeline->n_taken;
    pipeline->n_taken += job != NULL;
    pthread_mutex_unlock(&pipeline->taking);
    return job;
}

/* Puts the job into its slot, and writes what is due unless somebody is at it. */
static void put(struct pipeline *pipeline, size_t index, void *job) {
    pthread_mutex_lock(&pipeline->lock);
    pipeline->done[index % pipeline->n_slots] = job;
    if (!pipeline->writing) {
        pipeline->writing = true;
        void *due;
        while ((due = pipeline->done[pipeline->n_written % pipeline->n_slots]) != NULL) {
            pthread_mutex_unlock(&pipeline->lock);
            const bool good = pipeline->steps->write(pipeline->context, due);
            pthread_mutex_lock(&pipeline->lock);
            pipeline->done[pipeline->n_written % pipeline->n_slots] = NULL;
            pipeline->n_written++;
            pipeline->stopped = pipeline->stopped || !good;
            pthread_cond_broadcast(&pipeline->written);
        }
        pipeline->writing = false;
    }
    pthread_mutex_unlock(&pipeline->lock);
}

static void *work(void *context) {
    struct pipeline *pipeline = context;
    size_t index;
    void *job;
    while ((job = take(pipeline, &index)) != NULL) {
        pipeline->steps->run(pipeline->context, job);
        put(pipeline, index, job);
    }
    return NULL;
}

bool pipeline_run(const struct pipeline_steps *steps, void *context, size_t n_threads) {
    struct pipeline pipeline = {
        .steps = steps, .context = context, .n_slots = n_threads * JOBS_PER_THREAD};
    pipeline.done = calloc(pipeline.n_slots, sizeof *pipeline.done);
    pthread_t *threads = calloc(n_threads, sizeof *threads);
    if (pipeline.done == NULL || threads == NULL) {
        free(pipeline.done);
        free(threads);
        return say("out of memory");
    }
    pthread_mutex_init(&pipeline.taking, NULL);
    pthread_mutex_init(&pipeline.lock, NULL);
    pthread_cond_init(&pipeline.written, NULL);
    size_t n = 0;
    while (n + 1 < n_threads && pthread_create(&threads[n], NULL, work, &pipeline) == 0) {
        n++;
    }
    work(&pipeline);
    for (size_t i = 0; i < n; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_cond_destroy(&pipeline.written);
    pthread_mutex_destroy(&pipeline.lock);
    pthread_mutex_destroy(&pipeline.taking);
    free(pipeline.done);
    free(threads);
    return true;
}
