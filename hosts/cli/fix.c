/*
 * `galley fix`: suggestions in place of issues. A document is written beside its name, with its
 * mode and encoding, and renamed over it; one that was changed since it was read is left alone.
 */
#include "fix.h"

#include "check.h"
#include "diff.h"
#include "interruption.h"
#include "output.h"
#include "say.h"
#include "work.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixing {
    struct work work;
    struct job *job; /* the document under way */
    bool all_safe;   /* of this document: ask no more */
    bool stop;       /* ask no more at all, and change nothing further */
    size_t n_fixed, n_documents;
    bool failed; /* something could not be done */
};

/* What a document is to become. */
struct buffer {
    char *data;
    size_t len, capacity;
};

static bool append(void *context, const char *data, size_t len) {
    struct buffer *buffer = context;
    if (len > buffer->capacity - buffer->len) {
        const size_t capacity = buffer->len + len + buffer->capacity / 2 + 4096;
        char *longer = realloc(buffer->data, capacity);
        if (longer == NULL) {
            return false;
        }
        buffer->data = longer;
        buffer->capacity = capacity;
    }
    memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    return true;
}

/* ---- which suggestion ---- */

static bool list_has(const char *list, const char *name) {
    const size_t len = strlen(name);
    while (*list != '\0') {
        const size_t item = strcspn(list, ", ");
        if (item == len && memcmp(list, name, len) == 0) {
            return true;
        }
        list += item + (list[item] != '\0');
    }
    return false;
}

/* The line around an issue, for whoever has to choose. Nothing where the file's bytes are not those
 * of the text (UTF-16). */
static void show_place(const struct job *job, const galley_issue *issue) {
    enum { AROUND = 60 };
    const char *data = job->data.data;
    size_t begin = issue->offset;
    size_t end = issue->offset + issue->length;
    if (end > job->data.len || issue->text.len != issue->length ||
        memcmp(data + begin, issue->text.data, issue->text.len) != 0) {
        return;
    }
    while (begin > 0 && issue->offset - begin < AROUND && data[begin - 1] != '\n') {
        begin--;
    }
    while (end < job->data.len && end - issue->offset - issue->length < AROUND &&
           data[end] != '\n' && data[end] != '\r') {
        end++;
    }
    while (begin < issue->offset && (data[begin] & 0xC0) == 0x80) {
        begin++;
    }
    while (end > issue->offset + issue->length && (data[end] & 0xC0) == 0x80) {
        end--;
    }
    say_plainly("  %.*s[%s]%.*s", (int)(issue->offset - begin), data + begin, issue->text.data,
                (int)(end - issue->offset - issue->length), data + issue->offset + issue->length);
}

static void show_issue(struct fixing *fixing, const galley_document *document, size_t index,
                       const galley_issue *issue) {
    const galley_plugin *plugin = fixing->work.plugin;
    say_plainly("%s:%zu:%zu: %s [%s]", fixing->job->file->path, issue->line, issue->column,
                issue->message.data, issue->check);
    show_place(fixing->job, issue);
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        galley_string suggestion = {"", 0};
        plugin->document_suggestion(document, index, i, &suggestion);
        say_plainly("  %zu: %s", i + 1, suggestion.len == 0 ? "(delete it)" : suggestion.data);
    }
}

/* One line of standard input; false at its end or when the user wants to stop. */
static bool read_answer(char *answer, int size) {
    fputs("number, Enter to leave it, a for all safe ones here, q to stop: ", stderr);
    fflush(stderr);
    return interruption_wait(STDIN_FILENO) && fgets(answer, size, stdin) != NULL;
}

/* Asks until the answer is one. */
static size_t ask(struct fixing *fixing, const galley_document *document, size_t index,
                  const galley_issue *issue) {
    show_issue(fixing, document, index, issue);
    char answer[32];
    while (read_answer(answer, sizeof answer)) {
        char *end;
        const unsigned long number = strtoul(answer, &end, 10);
        if (answer[0] == '\n') {
            return GALLEY_FIX_NONE;
        }
        if (end > answer && *end == '\n' && number >= 1 && number <= issue->n_suggestions) {
            return number - 1;
        }
        if (strcmp(answer, "q\n") == 0) {
            break;
        }
        if (strcmp(answer, "a\n") == 0) {
            fixing->all_safe = true;
            return fixing->work.plugin->document_fixable(document, index) ? 0 : GALLEY_FIX_NONE;
        }
    }
    fixing->stop = true;
    return GALLEY_FIX_NONE;
}

/* A galley_fix_options.choose. */
static size_t choose(void *context, const galley_document *document, size_t index) {
    struct fixing *fixing = context;
    const struct options *options = fixing->work.options;
    galley_issue issue = {.size = sizeof issue};
    if (fixing->stop || fixing->work.plugin->document_issue(document, index, &issue) != GALLEY_OK ||
        issue.waived || (options->only != NULL && !list_has(options->only, issue.check))) {
        return GALLEY_FIX_NONE;
    }
    if (options->interactive && !fixing->all_safe) {
        return ask(fixing, document, index, &issue);
    }
    return fixing->work.plugin->document_fixable(document, index) ? 0 : GALLEY_FIX_NONE;
}

/* ---- writing ---- */

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Puts the document in the place of the file it was read from; behind a link, that is the file the
 * link names. */
static bool replace_file(const struct job *job, const struct buffer *buffer) {
    const char *path = job->file->path;
    char *real = realpath(path, NULL);
    struct stat now;
    struct output_file output;
    bool good = real != NULL && stat(real, &now) == 0;
    if (!good) {
        say("%s: %s", path, strerror(errno));
    } else if (!S_ISREG(now.st_mode)) {
        good = say("%s: not a file that can be replaced", path);
    } else if (!same_file(&now, &job->status)) {
        good = say("%s: changed since it was read; left as it is", path);
    } else if (access(real, W_OK) != 0) {
        good = say("%s: %s", path, strerror(errno));
    } else {
        good = output_open(&output, real, &now);
        if (good) {
            const bool written = output_write(&output, buffer->data, buffer->len);
            good = output_close(&output, written) && written;
        }
    }
    free(real);
    return good;
}

static bool put(const struct fixing *fixing, const struct job *job, const struct buffer *buffer,
                size_t n_fixed) {
    struct output_file output;
    if (fixing->work.options->dry_run) {
        return n_fixed == 0 || diff_print(work_name(job->file->path), job->data.data, job->data.len,
                                          buffer->data, buffer->len);
    }
    if (strcmp(job->file->path, "-") == 0) {
        output_open(&output, NULL, NULL);
        const bool written = output_write(&output, buffer->data, buffer->len);
        return output_close(&output, true) && written;
    }
    return n_fixed == 0 || replace_file(job, buffer);
}

static bool fix_document(struct work *work, struct job *job) {
    struct fixing *fixing = work->context;
    const galley_fix_options fix_options = {
        .size = sizeof fix_options, .choose = choose, .context = fixing};
    struct buffer buffer = {NULL, 0, 0};
    galley_error error = job->error;
    size_t n_fixed = 0;
    fixing->job = job;
    fixing->all_safe = false;
    if (job->document == NULL ||
        work->plugin->document_fix(job->document, &fix_options, append, &buffer, &n_fixed,
                                   &error) != GALLEY_OK) {
        fixing->failed = true;
        say("%s: %s", work_name(job->file->path), error.message);
    } else if (interrupted() || !put(fixing, job, &buffer, n_fixed)) {
        fixing->failed = true;
    } else {
        fixing->n_fixed += n_fixed;
        fixing->n_documents += n_fixed > 0;
        if (work->options->verbose && n_fixed > 0) {
            say("%s: %zu fixed", work_name(job->file->path), n_fixed);
        }
    }
    free(buffer.data);
    work->enough = work->enough || fixing->stop;
    return true;
}

/* ---- the command ---- */

/* Whether --only names checks that there are. */
static bool judge_only(const galley_plugin *plugin, const char *only) {
    galley_settings *settings = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const bool good = only == NULL || (plugin->settings_create(NULL, &settings) == GALLEY_OK &&
                                       plugin->settings_set(settings, "only", strlen("only"), only,
                                                            strlen(only), &error) == GALLEY_OK);
    plugin->settings_destroy(settings);
    return good || say("the option --only: %s", error.message);
}

static void say_done(const struct fixing *fixing) {
    const struct work *work = &fixing->work;
    const struct options *options = work->options;
    if (interrupted()) {
        say("interrupted: %zu of %zu documents were gone through, each is whole", work->n_done,
            options->files.n_files);
    }
    if (!options->quiet) {
        say("%zu %s in %zu of %zu documents", fixing->n_fixed,
            options->dry_run ? "can be fixed" : "fixed", fixing->n_documents, work->n_done);
    }
}

int fix_run(const galley_plugin *plugin, const struct options *options) {
    struct fixing fixing = {.work = {.plugin = plugin, .options = options, .write = fix_document}};
    fixing.work.context = &fixing;
    scopes_init(&fixing.work.scopes, plugin, options);
    interruption_watch();
    setvbuf(stdin, NULL, _IONBF, 0); /* so that a wait for input waits for what was not read */
    bool good = scopes_judge_options(&fixing.work.scopes) && judge_only(plugin, options->only);
    if (good) {
        good = work_run(&fixing.work);
        say_done(&fixing);
    }
    good = good && !fixing.failed && options->files.n_failed == 0 && !interrupted();
    summary_finish(&fixing.work.summary);
    scopes_finish(&fixing.work.scopes);
    return good ? EXIT_OPEN : EXIT_FAILED;
}
