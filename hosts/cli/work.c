#include "work.h"

#include "check.h"
#include "clock.h"
#include "interruption.h"
#include "pipeline.h"
#include "say.h"

#include <stdlib.h>
#include <string.h>

const char *work_name(const char *path) {
    return strcmp(path, "-") == 0 ? "<stdin>" : path;
}

static void *take_job(void *context) {
    struct work *work = context;
    const struct file_list *files = &work->options->files;
    if (work->n_taken == files->n_files || work->enough || interrupted()) {
        return NULL;
    }
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL) {
        work->failed = true;
        say("out of memory");
        return NULL;
    }
    job->file = &files->files[work->n_taken++];
    job->scope = scopes_find(&work->scopes, job->file->path);
    return job;
}

static void refuse(struct job *job, galley_status status, const char *what, const char *reason) {
    job->error.status = status;
    snprintf(job->error.message, sizeof job->error.message, "%s%s", what, reason);
}

static void check_job(const struct work *work, struct job *job) {
    job->error = (galley_error){.size = sizeof job->error};
    if (job->scope == NULL || job->scope->engine == NULL) {
        job->error = job->scope == NULL ? (galley_error){.size = sizeof job->error,
                                                         .status = GALLEY_ERROR_MEMORY,
                                                         .message = "out of memory"}
                                        : job->scope->error;
        return;
    }
    const char *path = job->file->path;
    if (strcmp(path, "-") != 0) {
        (void)stat(path, &job->status); /* a path that is not there is said when it is read */
    }
    const char *reason = file_read_document(path, &job->data);
    if (reason != NULL) {
        refuse(job, GALLEY_ERROR_ARGUMENT, "cannot be read: ", reason);
        return;
    }
    if (file_is_binary(&job->data)) {
        job->skipped = job->file->found;
        refuse(job, GALLEY_ERROR_FORMAT, "a binary file, not text", "");
        return;
    }
    const galley_input input = {.size = sizeof input,
                                .data = job->data.data,
                                .data_len = job->data.len,
                                .uri = work_name(path),
                                .passed = job->data.is_mapped ? file_passed : NULL,
                                .passed_context = &job->data};
    work->plugin->check(job->scope->engine, &input, &job->document, &job->error);
}

static void run_job(void *context, void *item) {
    struct job *job = item;
    const int64_t began = clock_microseconds();
    check_job(context, job);
    job->seconds = (double)(clock_microseconds() - began) / 1e6;
}

static void count_job(struct work *work, const struct job *job) {
    if (job->skipped) {
        work->summary.n_binary++;
        if (work->options->verbose) {
            say("%s: skipped: binary", job->file->path);
        }
    } else if (job->document == NULL) {
        work->summary.n_failed++;
    } else {
        summary_add(&work->summary, work->plugin, job->document);
        summary_time(&work->summary, job->file->path, job->seconds);
        scope_note_waivers(job->scope, work->plugin, job->document);
    }
}

static bool write_job(void *context, void *item) {
    struct work *work = context;
    struct job *job = item;
    if (!work->failed) {
        count_job(work, job);
        work->failed = !job->skipped && !work->write(work, job);
        work->n_done += !work->failed;
        progress_step(&work->progress, work->n_done);
    }
    work->plugin->document_destroy(job->document);
    scopes_release(&work->scopes, job->scope);
    file_release(&job->data);
    free(job);
    return !work->failed;
}

bool work_run(struct work *work) {
    static const struct pipeline_steps steps = {take_job, run_job, write_job};
    const size_t n_files = work->options->files.n_files;
    const size_t n_jobs = options_n_jobs(work->options);
    progress_begin(&work->progress, n_files, work->options->quiet);
    const bool good =
        n_files == 0 || pipeline_run(&steps, work, n_jobs < n_files ? n_jobs : n_files);
    progress_end(&work->progress);
    return good && !work->failed;
}

int work_exit_status(const struct work *work) {
    if (work->failed || work->summary.n_failed > 0 || work->options->files.n_failed > 0 ||
        interrupted()) {
        return EXIT_FAILED;
    }
    return work->summary.n_by_verdict[GALLEY_FAIL] > 0 ? EXIT_SHUT : EXIT_OPEN;
}
