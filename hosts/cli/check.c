/*
 * `galley check`: threads read and check documents in any order; the report is written in the
 * order of the list by whoever finishes the next one due. A few documents are ahead of the writer
 * at most, so that memory does not grow with their number.
 */
#include "check.h"

#include "output.h"
#include "reports.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void interrupt(int signal) {
    (void)signal;
    interrupted = 1;
}

struct result {
    bool done;
    bool skipped; /* binary, found in a directory */
    galley_document *document;
    struct file_data data;
    galley_error error; /* when document is NULL */
};

struct work {
    const galley_plugin *plugin;
    const struct options *options;
    galley_engine *engine;
    struct report_set reports;
    struct output_file *output; /* of an annotated document */
    struct result *results; /* a ring of n_results */
    size_t n_results;
    size_t next_to_check, next_to_write;
    bool write_failed;
    size_t n_failed, n_shut, n_words, n_issues, n_skipped;
    pthread_mutex_t lock;
    pthread_cond_t written;
};

static const char *name_of(const char *path) {
    return strcmp(path, "-") == 0 ? "<stdin>" : path;
}

static void check_one(struct work *work, const char *path, struct result *result) {
    *result = (struct result){.error = {.size = sizeof result->error}};
    const char *reason = file_read(path, &result->data);
    if (reason != NULL) {
        result->error.status = GALLEY_ERROR_ARGUMENT;
        snprintf(result->error.message, sizeof result->error.message, "cannot be read: %s",
                 reason);
        return;
    }
    if (file_is_binary(&result->data)) {
        result->error.status = GALLEY_ERROR_FORMAT;
        snprintf(result->error.message, sizeof result->error.message,
                 "a binary file, not text");
        return;
    }
    const galley_input input = {.size = sizeof input,
                                .data = result->data.data,
                                .data_len = result->data.len,
                                .uri = name_of(path)};
    work->plugin->check(work->engine, &input, &result->document, &result->error);
}

static void count(struct work *work, const struct result *result) {
    galley_summary summary = {.size = sizeof summary};
    if (work->plugin->document_summary(result->document, &summary) != GALLEY_OK) {
        return;
    }
    work->n_words += summary.n_words;
    work->n_issues += summary.n_issues;
    work->n_shut += summary.verdict == GALLEY_FAIL;
}

/* The document itself, with the issues in place. */
static bool write_annotated(struct work *work, const char *name, const struct result *result) {
    galley_error error = result->error;
    if (result->document == NULL) {
        fprintf(stderr, "galley: %s: %s\n", name, error.message);
        return false;
    }
    if (work->plugin->document_annotate(result->document, output_write, work->output, &error) !=
        GALLEY_OK) {
        fprintf(stderr, "galley: %s\n", error.message);
        return false;
    }
    return true;
}

static bool write_reports(struct work *work, const char *name, const struct result *result) {
    return result->document != NULL ? report_set_add(&work->reports, result->document)
                                    : report_set_add_error(&work->reports, name, &result->error);
}

/* Writes what is due. Called with the lock held. */
static void write_due(struct work *work) {
    for (;;) {
        struct result *result = &work->results[work->next_to_write % work->n_results];
        if (!result->done) {
            return;
        }
        if (result->document != NULL) {
            count(work, result);
        } else {
            work->n_failed++;
        }
        const char *name = name_of(work->options->files.paths[work->next_to_write]);
        const bool written = work->options->annotate ? write_annotated(work, name, result)
                                                     : write_reports(work, name, result);
        work->write_failed = work->write_failed || !written;
        work->plugin->document_destroy(result->document);
        free(result->data.data);
        *result = (struct result){.done = false};
        work->next_to_write++;
        pthread_cond_broadcast(&work->written);
    }
}

static void *check_many(void *context) {
    struct work *work = context;
    pthread_mutex_lock(&work->lock);
    while (work->next_to_check < work->options->files.n_paths && !work->write_failed &&
           !interrupted) {
        const size_t index = work->next_to_check;
        if (index >= work->next_to_write + work->n_results) {
            pthread_cond_wait(&work->written, &work->lock);
            continue;
        }
        work->next_to_check++;
        pthread_mutex_unlock(&work->lock);
        struct result result;
        check_one(work, work->options->files.paths[index], &result);
        pthread_mutex_lock(&work->lock);
        result.done = true;
        work->results[index % work->n_results] = result;
        write_due(work);
    }
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

static size_t count_jobs(const struct options *options) {
    size_t n = options->n_jobs;
    if (n == 0) {
        const long cores = sysconf(_SC_NPROCESSORS_ONLN);
        n = cores < 1 ? 1 : (size_t)cores;
    }
    return n < options->files.n_paths ? n : options->files.n_paths;
}

/* Runs the workers, this thread among them; fewer where no more threads can be had. */
static bool run_workers(struct work *work) {
    const size_t n_jobs = count_jobs(work->options);
    if (n_jobs == 0) {
        return true;
    }
    work->n_results = n_jobs * 4;
    work->results = calloc(work->n_results, sizeof *work->results);
    pthread_t *threads = calloc(n_jobs, sizeof *threads);
    if (work->results == NULL || threads == NULL) {
        free(threads);
        fprintf(stderr, "galley: out of memory\n");
        return false;
    }
    size_t n_threads = 0;
    while (n_threads + 1 < n_jobs &&
           pthread_create(&threads[n_threads], NULL, check_many, work) == 0) {
        n_threads++;
    }
    check_many(work);
    for (size_t i = 0; i < n_threads; i++) {
        pthread_join(threads[i], NULL);
    }
    free(threads);
    return true;
}

static bool make_engine(struct work *work) {
    galley_settings *settings = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    if (work->plugin->settings_create(NULL, &settings) != GALLEY_OK) {
        fprintf(stderr, "galley: out of memory\n");
        return false;
    }
    const struct setting_entry *refused =
        setting_list_apply(&work->options->settings, work->plugin, settings, &error);
    bool good = refused == NULL;
    if (!good) {
        fprintf(stderr, "galley: %s: %s\n", refused->origin, error.message);
    } else if (work->plugin->engine_create(settings, &work->engine, &error) != GALLEY_OK) {
        fprintf(stderr, "galley: %s\n", error.message);
        good = false;
    }
    work->plugin->settings_destroy(settings);
    return good;
}

static void say_summary(const struct work *work) {
    if (interrupted) {
        fprintf(stderr, "galley: interrupted; the report has the first %zu of %zu documents\n",
                work->next_to_write, work->options->files.n_paths);
    }
    if (work->options->verbose) {
        fprintf(stderr, "%zu documents, %zu words, %zu issues; %zu shut the gate, %zu could not "
                        "be checked, %zu hidden or special files skipped\n",
                work->next_to_write, work->n_words, work->n_issues, work->n_shut, work->n_failed,
                work->options->files.n_skipped);
    }
}

static bool annotate_one(struct work *work) {
    struct output_file output;
    if (!output_open(&output, work->options->output)) {
        return false;
    }
    work->output = &output;
    const bool good = run_workers(work) && !work->write_failed;
    return output_close(&output, good) && good;
}

static bool report_all(struct work *work) {
    if (!report_set_open(&work->reports, work->plugin, work->engine, &work->options->reports)) {
        return false;
    }
    const bool good = run_workers(work) && !work->write_failed;
    return report_set_close(&work->reports, good) && good;
}

static int check_and_report(struct work *work) {
    const bool good = work->options->annotate ? annotate_one(work) : report_all(work);
    say_summary(work);
    if (!good || work->n_failed > 0 || interrupted) {
        return EXIT_FAILED;
    }
    return work->n_shut > 0 ? EXIT_SHUT : EXIT_OPEN;
}

int check_run(const galley_plugin *plugin, const struct options *options) {
    struct work work = {.plugin = plugin, .options = options};
    pthread_mutex_init(&work.lock, NULL);
    pthread_cond_init(&work.written, NULL);
    struct sigaction action = {.sa_handler = interrupt};
    action.sa_flags = (int)SA_RESETHAND; /* a second one ends the command at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    int result = EXIT_FAILED;
    if (make_engine(&work)) {
        result = check_and_report(&work);
    }
    plugin->engine_destroy(work.engine);
    free(work.results);
    pthread_cond_destroy(&work.written);
    pthread_mutex_destroy(&work.lock);
    return result;
}
