/*
 * Counters in Prometheus' text format (exposition format 0.0.4). Thread-safe: atomic numbers.
 */
#ifndef GALLEY_HTTP_METRICS_H
#define GALLEY_HTTP_METRICS_H

#include <stdatomic.h>
#include <stddef.h>

enum { METRIC_STATUS_CLASSES = 6, METRIC_BUCKETS = 8 };

struct metrics {
    atomic_ullong by_status[METRIC_STATUS_CLASSES]; /* by the first digit: [2] is 2xx */
    atomic_ullong refused;                          /* 429 */
    atomic_ullong timed_out;                        /* connections cut for taking too long */
    atomic_ullong documents, words, bytes, issues;
    atomic_ullong waiting;                        /* requests in the queue now */
    atomic_ullong connections;                    /* open now */
    atomic_ullong seconds_bucket[METRIC_BUCKETS]; /* of answered requests, not cumulative */
    atomic_ullong microseconds;                   /* the sum */
    atomic_ullong answered;
};

/* Notes a request that took so long from its arrival to its answer. */
void metrics_answered(struct metrics *metrics, unsigned status, long long microseconds);

#endif
