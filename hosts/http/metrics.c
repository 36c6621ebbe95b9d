#include "metrics.h"

#include "service.h"

#include <stdio.h>

/* Upper bounds in microseconds; the last bucket has none. */
static const long long bounds[METRIC_BUCKETS] = {500,   1000,   2500,    10000,
                                                 50000, 250000, 1000000, -1};

void metrics_answered(struct metrics *metrics, unsigned status, long long microseconds) {
    size_t bucket = 0;
    while (bucket + 1 < METRIC_BUCKETS && microseconds > bounds[bucket]) {
        bucket++;
    }
    atomic_fetch_add(&metrics->by_status[status / 100 % METRIC_STATUS_CLASSES], 1);
    atomic_fetch_add(&metrics->refused, status == 429);
    atomic_fetch_add(&metrics->seconds_bucket[bucket], 1);
    atomic_fetch_add(&metrics->microseconds, (unsigned long long)microseconds);
    atomic_fetch_add(&metrics->answered, 1);
}

static void add_line(struct buffer *buffer, const char *format, const char *label,
                     unsigned long long value) {
    char line[256];
    const int len = snprintf(line, sizeof line, format, label, value);
    buffer_add(buffer, line, len < (int)sizeof line ? (size_t)len : sizeof line - 1);
}

static void add_one(struct buffer *buffer, const char *kind, const char *name, const char *help,
                    unsigned long long value) {
    char line[256];
    const int len =
        snprintf(line, sizeof line, "# HELP galley_%s %s\n# TYPE galley_%s %s\ngalley_%s %llu\n",
                 name, help, name, kind, name, value);
    buffer_add(buffer, line, len < (int)sizeof line ? (size_t)len : sizeof line - 1);
}

static void add_seconds(struct buffer *buffer, struct metrics *metrics) {
    static const char head[] = "# HELP galley_request_seconds From arrival to answer.\n"
                               "# TYPE galley_request_seconds histogram\n";
    buffer_add(buffer, head, sizeof head - 1);
    unsigned long long sum = 0;
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        char bound[32] = "+Inf";
        if (bounds[i] > 0) {
            snprintf(bound, sizeof bound, "%g", (double)bounds[i] / 1e6);
        }
        sum += atomic_load(&metrics->seconds_bucket[i]);
        add_line(buffer, "galley_request_seconds_bucket{le=\"%s\"} %llu\n", bound, sum);
    }
    char total[32];
    snprintf(total, sizeof total, "%.6f", (double)atomic_load(&metrics->microseconds) / 1e6);
    add_line(buffer, "galley_request_seconds_sum %s\ngalley_request_seconds_count %llu\n", total,
             atomic_load(&metrics->answered));
}

void answer_metrics(struct service *service, const struct request *request, struct answer *answer) {
    (void)request;
    struct metrics *metrics = &service->metrics;
    struct buffer buffer = {0};
    static const char head[] =
        "# HELP galley_requests_total Answered requests by class of status.\n"
        "# TYPE galley_requests_total counter\n";
    buffer_add(&buffer, head, sizeof head - 1);
    for (size_t i = 2; i < METRIC_STATUS_CLASSES; i++) {
        const char label[] = {(char)('0' + i), 'x', 'x', '\0'};
        add_line(&buffer, "galley_requests_total{status=\"%s\"} %llu\n", label,
                 atomic_load(&metrics->by_status[i]));
    }
    add_one(&buffer, "counter", "refused_total", "Requests answered 429.",
            atomic_load(&metrics->refused));
    add_one(&buffer, "counter", "timed_out_total", "Connections cut for taking too long.",
            atomic_load(&metrics->timed_out));
    add_one(&buffer, "counter", "documents_total", "Documents checked.",
            atomic_load(&metrics->documents));
    add_one(&buffer, "counter", "words_total", "Words checked.", atomic_load(&metrics->words));
    add_one(&buffer, "counter", "bytes_total", "Bytes checked.", atomic_load(&metrics->bytes));
    add_one(&buffer, "counter", "issues_total", "Issues found.", atomic_load(&metrics->issues));
    add_one(&buffer, "gauge", "waiting", "Requests that wait for a worker.",
            atomic_load(&metrics->waiting));
    add_one(&buffer, "gauge", "connections", "Open connections.",
            atomic_load(&metrics->connections));
    add_seconds(&buffer, metrics);
    answer_buffer(answer, 200, "text/plain; version=0.0.4; charset=utf-8", &buffer);
}

void answer_health(struct service *service, const struct request *request, struct answer *answer) {
    (void)request;
    /* Well means: an engine as the settings want it can be had. */
    struct shared_engine *shared = service_default_engine(service, answer);
    if (shared == NULL) {
        return;
    }
    engines_release(&service->engines, shared);
    answer_text(answer, 200, "ok");
}
