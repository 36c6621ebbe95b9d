/*
 * `galley check`: a report on documents, or one document with its issues in place, or without them.
 */
#include "check.h"

#include "interruption.h"
#include "output.h"
#include "reports.h"
#include "say.h"
#include "stream.h"
#include "watch.h"
#include "work.h"

#include <stdio.h>

struct checking {
    struct work work;
    galley_engine *plain; /* when no document has an engine */
    struct report_set reports;
    struct output_file output; /* of the document itself */
};

static bool write_reports(struct work *work, struct job *job) {
    struct checking *checking = work->context;
    return job->document != NULL
               ? report_set_add(&checking->reports, job->document)
               : report_set_add_error(&checking->reports, work_name(job->file->path), &job->error);
}

/* The document itself, with the issues in place or without any. */
static bool write_itself(struct work *work, struct job *job) {
    struct checking *checking = work->context;
    if (job->document == NULL) {
        return say("%s: %s", work_name(job->file->path), job->error.message);
    }
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const galley_plugin *plugin = work->plugin;
    return (work->options->strip ? plugin->document_strip : plugin->document_annotate)(
               job->document, output_write, &checking->output, &error) == GALLEY_OK ||
           (checking->output.problem != 0 ? false : say("%s", error.message));
}

/* An engine for the reports; its scope is held to the end. */
static const galley_engine *any_engine(struct checking *checking) {
    struct work *work = &checking->work;
    const struct file_list *files = &work->options->files;
    const struct scope *scope =
        scopes_find(&work->scopes, files->n_files == 0 ? "-" : files->files[0].path);
    if (scope != NULL && scope->engine != NULL) {
        return scope->engine;
    }
    checking->plain = scopes_plain_engine(work->plugin);
    return checking->plain;
}

static void warn(void *context, const char *origin, const char *message) {
    struct checking *checking = context;
    if (origin == NULL) {
        say("%s", message);
    } else {
        say("%s: warning: %s", origin, message);
    }
    if (!report_set_warn(&checking->reports, origin, message)) {
        checking->work.failed = true;
    }
}

static void warn_of_run(struct checking *checking) {
    struct work *work = &checking->work;
    if (interrupted()) {
        char message[128];
        snprintf(message, sizeof message,
                 "interrupted: a partial report, of the first %zu of %zu documents", work->n_done,
                 work->options->files.n_files);
        warn(checking, NULL, message);
    } else {
        scopes_warn(&work->scopes,
                    work->summary.n_failed == 0 && work->options->files.n_failed == 0, warn,
                    checking);
    }
}

static bool rewrites(const struct options *options) {
    return options->annotate || options->strip;
}

static bool rewrite_one(struct checking *checking) {
    if (!output_open(&checking->output, checking->work.options->output, NULL)) {
        return false;
    }
    const bool good = work_run(&checking->work) && !interrupted();
    return output_close(&checking->output, good) && good;
}

/* A partial report that says so is worth its place; what could not be written is not. */
static bool report_all(struct checking *checking) {
    struct work *work = &checking->work;
    const galley_engine *engine = any_engine(checking);
    if (engine == NULL ||
        !report_set_open(&checking->reports, work->plugin, engine, &work->options->reports)) {
        return false;
    }
    if (work_run(work)) {
        warn_of_run(checking);
    }
    return report_set_close(&checking->reports, !work->failed) && !work->failed;
}

static int check_and_report(struct checking *checking) {
    struct work *work = &checking->work;
    const struct options *options = work->options;
    work->failed = !(rewrites(options) ? rewrite_one(checking) : report_all(checking));
    if (options->verbose || (!options->quiet && options->files.n_files > 1)) {
        summary_say(&work->summary, work->plugin, &options->files, options->verbose);
    }
    /* The gate has no say in what the document was. */
    return options->strip && !work->failed ? EXIT_OPEN : work_exit_status(work);
}

/* One run over the options' documents. */
static int check_once(const galley_plugin *plugin, const struct options *options) {
    struct checking checking = {
        .work = {.plugin = plugin,
                 .options = options,
                 .write = rewrites(options) ? write_itself : write_reports}};
    checking.work.context = &checking;
    scopes_init(&checking.work.scopes, plugin, options);
    int result = EXIT_FAILED;
    if (scopes_judge_options(&checking.work.scopes)) {
        result = check_and_report(&checking);
    }
    summary_finish(&checking.work.summary);
    scopes_finish(&checking.work.scopes);
    plugin->engine_destroy(checking.plain);
    return result;
}

/* Whether a report goes to a file, which then is to be about all documents. */
static bool writes_files(const struct options *options) {
    for (size_t i = 0; i < options->reports.n_items; i++) {
        if (options->reports.items[i].path != NULL) {
            return true;
        }
    }
    return false;
}

/* Checks what changed, whenever it does. The documents of a directory are found anew each time. */
static int check_changes(const galley_plugin *plugin, const struct options *options) {
    struct watch *watch = watch_create(options);
    int result = watch == NULL ? EXIT_FAILED : check_once(plugin, options);
    struct file_list changed = {.includes = options->files.includes,
                                .excludes = options->files.excludes};
    bool all = false;
    while (watch != NULL && !interrupted() && watch_wait(watch, &changed, &all)) {
        struct options now = *options;
        if (all || writes_files(options)) {
            options_list_again(&now);
        } else {
            now.files = changed;
            now.folders = (struct string_list){0};
        }
        const int status = check_once(plugin, &now);
        result = interrupted() ? result : status;
        if (now.files.files != changed.files) {
            file_list_clear(&now.files);
        }
        file_list_clear(&changed);
    }
    watch_destroy(watch);
    return result;
}

int check_run(const galley_plugin *plugin, const struct options *options) {
    if (options->stream) {
        return stream_run(plugin, options);
    }
    interruption_watch();
    return options->watch ? check_changes(plugin, options) : check_once(plugin, options);
}
