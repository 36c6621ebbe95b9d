/*
 * `galley stats`: what is wrong with a collection: issues by check and severity for 1,000 words,
 * how scores are spread, the texts that are reported most, the documents that score worst. Memory
 * does not grow with the number of documents.
 */
#include "stats.h"

#include "check.h"
#include "interruption.h"
#include "output.h"
#include "say.h"
#include "work.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
    SCORES = 1001,         /* in tenths */
    TEXTS_SLOTS = 1 << 17, /* a table twice as large as what it holds */
    TEXTS_MAX = TEXTS_SLOTS / 2,
    TEXT_LEN_MAX = 60, /* longer ones are passages, not words */
    LISTED = 10
};

/* A text that was reported, and how often. */
struct text_count {
    char *text; /* NULL: a free slot */
    const char *check;
    size_t n;
};

struct worst_document {
    char *path;
    double score;
    size_t n_issues;
};

struct stats {
    struct work work;
    size_t n_by_score[SCORES];
    struct text_count *texts; /* TEXTS_SLOTS */
    size_t n_texts;
    bool texts_cut;
    struct worst_document worst[LISTED]; /* the worst first */
    size_t n_worst;
};

/* ---- counting ---- */

static void count_text(struct stats *stats, const galley_issue *issue) {
    if (issue->waived || issue->text.len == 0 || issue->text.len > TEXT_LEN_MAX) {
        return;
    }
    /* FNV-1a */
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < issue->text.len; i++) {
        hash = (hash ^ (unsigned char)issue->text.data[i]) * 1099511628211u;
    }
    for (size_t slot = hash % TEXTS_SLOTS;; slot = (slot + 1) % TEXTS_SLOTS) {
        struct text_count *count = &stats->texts[slot];
        if (count->text == NULL) {
            char *copy = stats->n_texts < TEXTS_MAX ? strdup(issue->text.data) : NULL;
            stats->texts_cut |= copy == NULL;
            if (copy != NULL) {
                *count = (struct text_count){copy, issue->check, 1};
                stats->n_texts++;
            }
            return;
        }
        if (strcmp(count->check, issue->check) == 0 && strcmp(count->text, issue->text.data) == 0) {
            count->n++;
            return;
        }
    }
}

static bool is_worse(double score, size_t n_issues, const struct worst_document *than) {
    return score < than->score || (score == than->score && n_issues > than->n_issues);
}

/* Inserts the document into the list of the worst, if it belongs there. */
static void rank(struct stats *stats, const char *path, const galley_summary *summary) {
    const size_t n_issues = summary->n_issues - summary->n_waived;
    size_t at = stats->n_worst;
    while (at > 0 && is_worse(summary->score, n_issues, &stats->worst[at - 1])) {
        at--;
    }
    if (at == LISTED || n_issues == 0) {
        return;
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        return;
    }
    if (stats->n_worst == LISTED) {
        free(stats->worst[LISTED - 1].path);
    } else {
        stats->n_worst++;
    }
    memmove(&stats->worst[at + 1], &stats->worst[at],
            (stats->n_worst - 1 - at) * sizeof *stats->worst);
    stats->worst[at] = (struct worst_document){copy, summary->score, n_issues};
}

static bool count_document(struct work *work, struct job *job) {
    struct stats *stats = work->context;
    galley_summary summary = {.size = sizeof summary};
    if (job->document == NULL) {
        say("%s: %s", work_name(job->file->path), job->error.message);
        return true;
    }
    if (work->plugin->document_summary(job->document, &summary) != GALLEY_OK) {
        return true;
    }
    stats->n_by_score[(size_t)(summary.score * 10 + 0.5)]++;
    rank(stats, work_name(job->file->path), &summary);
    for (size_t i = 0; i < summary.n_issues; i++) {
        galley_issue issue = {.size = sizeof issue};
        if (work->plugin->document_issue(job->document, i, &issue) == GALLEY_OK) {
            count_text(stats, &issue);
        }
    }
    return true;
}

/* The score that so many percent of the documents do not exceed. */
static double score_at(const struct stats *stats, size_t percent) {
    const size_t wanted = (stats->work.summary.n_documents * percent + 99) / 100;
    size_t n = 0;
    for (size_t i = 0; i < SCORES; i++) {
        n += stats->n_by_score[i];
        if (n >= wanted && n > 0) {
            return (double)i / 10;
        }
    }
    return 0;
}

static double per_thousand(const struct stats *stats, size_t n) {
    const size_t n_words = stats->work.summary.n_words;
    return n_words == 0 ? 0 : (double)n * 1000 / (double)n_words;
}

static int compare_counts(const void *left, const void *right) {
    const struct text_count *a = left;
    const struct text_count *b = right;
    if (a->n != b->n) {
        return a->n < b->n ? 1 : -1;
    }
    return a->text == NULL || b->text == NULL ? (a->text == NULL) - (b->text == NULL)
                                              : strcmp(a->text, b->text);
}

/* ---- writing ---- */

static json_t *rounded(double value) {
    return json_real((double)(long)(value * 100 + 0.5) / 100);
}

static json_t *checks_as_json(const struct stats *stats) {
    const struct summary *summary = &stats->work.summary;
    json_t *checks = json_object();
    for (size_t i = 0; i < summary->n_checks; i++) {
        const size_t *n = summary->checks[i].n_by_severity;
        json_t *check = json_object();
        size_t sum = 0;
        for (int severity = GALLEY_CRITICAL; severity >= GALLEY_NEUTRAL; severity--) {
            json_object_set_new(check, stats->work.plugin->severity_name((galley_severity)severity),
                                json_integer((json_int_t)n[severity]));
            sum += n[severity];
        }
        json_object_set_new(check, "issues", json_integer((json_int_t)sum));
        json_object_set_new(check, "per-1000-words", rounded(per_thousand(stats, sum)));
        json_object_set_new(checks, summary->checks[i].name, check);
    }
    return checks;
}

static json_t *scores_as_json(const struct stats *stats) {
    json_t *scores = json_object();
    static const struct {
        const char *name;
        size_t percent;
    } points[] = {
        {"lowest", 0}, {"quartile", 25}, {"median", 50}, {"upper-quartile", 75}, {"highest", 100}};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        json_object_set_new(scores, points[i].name, rounded(score_at(stats, points[i].percent)));
    }
    json_object_set_new(scores, "all", rounded(summary_score(&stats->work.summary)));
    return scores;
}

static json_t *lists_as_json(const struct stats *stats, json_t **documents) {
    json_t *texts = json_array();
    for (size_t i = 0; i < LISTED && i < stats->n_texts; i++) {
        const struct text_count *count = &stats->texts[i];
        json_array_append_new(texts, json_pack("{s:s, s:s, s:I}", "text", count->text, "check",
                                               count->check, "issues", (json_int_t)count->n));
    }
    *documents = json_array();
    for (size_t i = 0; i < stats->n_worst; i++) {
        const struct worst_document *worst = &stats->worst[i];
        json_t *path = json_string(worst->path);
        json_array_append_new(*documents, json_pack("{s:o, s:o, s:I}", "uri",
                                                    path != NULL ? path : json_string("not UTF-8"),
                                                    "score", rounded(worst->score), "issues",
                                                    (json_int_t)worst->n_issues));
    }
    return texts;
}

static int write_json(const char *data, size_t len, void *output) {
    return output_write(output, data, len) ? 0 : -1;
}

static bool print_json(const struct stats *stats, struct output_file *output) {
    const struct summary *summary = &stats->work.summary;
    json_t *documents;
    json_t *texts = lists_as_json(stats, &documents);
    json_t *all = json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "documents",
        (json_int_t)summary->n_documents, "failed", (json_int_t)summary->n_failed, "words",
        (json_int_t)summary->n_words, "issues", (json_int_t)summary->n_issues, "waived",
        (json_int_t)summary->n_waived, "pass", (json_int_t)summary->n_by_verdict[GALLEY_PASS],
        "review", (json_int_t)summary->n_by_verdict[GALLEY_REVIEW], "fail",
        (json_int_t)summary->n_by_verdict[GALLEY_FAIL], "scores", scores_as_json(stats), "checks",
        checks_as_json(stats), "texts", texts, "worst", documents);
    const bool good =
        all != NULL &&
        json_dump_callback(all, write_json, output, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0 &&
        output_write(output, "\n", 1);
    json_decref(all);
    return good || (output->problem == 0 && say("out of memory"));
}

static void print(struct output_file *output, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void print(struct output_file *output, const char *format, ...) {
    char line[4400];
    va_list arguments;
    va_start(arguments, format);
    const int len = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (int i = 0; i + 1 < len && i + 1 < (int)sizeof line; i++) {
        line[i] = (unsigned char)line[i] < 0x20 && i + 1 < len ? ' ' : line[i];
    }
    output_write(output, line, len < (int)sizeof line ? (size_t)len : sizeof line - 1);
}

static void print_checks(const struct stats *stats, struct output_file *output) {
    const struct summary *summary = &stats->work.summary;
    print(output, "\n");
    print(output, "%-16s %8s %10s %9s %9s %9s %9s\n", "check", "issues", "per 1,000", "critical",
          "major", "minor", "neutral");
    for (size_t i = 0; i < summary->n_checks; i++) {
        const size_t *n = summary->checks[i].n_by_severity;
        const size_t sum = n[0] + n[1] + n[2] + n[3];
        print(output, "%-16s %8zu %10.2f %9zu %9zu %9zu %9zu\n", summary->checks[i].name, sum,
              per_thousand(stats, sum), n[GALLEY_CRITICAL], n[GALLEY_MAJOR], n[GALLEY_MINOR],
              n[GALLEY_NEUTRAL]);
    }
}

static void print_text(const struct stats *stats, struct output_file *output) {
    const struct summary *summary = &stats->work.summary;
    print(output,
          "%zu documents, %zu words: %zu pass, %zu review, %zu fail, %zu could not be checked\n",
          summary->n_documents, summary->n_words, summary->n_by_verdict[GALLEY_PASS],
          summary->n_by_verdict[GALLEY_REVIEW], summary->n_by_verdict[GALLEY_FAIL],
          summary->n_failed);
    print(output, "%zu issues, %.2f in 1,000 words; %zu more are waived\n", summary->n_issues,
          per_thousand(stats, summary->n_issues), summary->n_waived);
    print(output, "scores: all %.1f; lowest %.1f, quartiles %.1f, %.1f, %.1f, highest %.1f\n",
          summary_score(summary), score_at(stats, 0), score_at(stats, 25), score_at(stats, 50),
          score_at(stats, 75), score_at(stats, 100));
    if (summary->n_checks > 0) {
        print_checks(stats, output);
    }
    if (stats->n_texts > 0) {
        print(output, "\n");
        print(output, "reported most%s\n", stats->texts_cut ? " (of the first 65,536 texts)" : "");
    }
    for (size_t i = 0; i < LISTED && i < stats->n_texts; i++) {
        print(output, "%8zu  %s (%s)\n", stats->texts[i].n, stats->texts[i].text,
              stats->texts[i].check);
    }
    if (stats->n_worst > 0) {
        print(output, "\n");
        print(output, "worst documents\n");
    }
    for (size_t i = 0; i < stats->n_worst; i++) {
        print(output, "%8.1f  %s (%zu issues)\n", stats->worst[i].score, stats->worst[i].path,
              stats->worst[i].n_issues);
    }
}

/* ---- the command ---- */

/* The report that is wanted: text, or JSON. False after a message. */
static bool read_format(const struct options *options, bool *json, const char **path) {
    const struct report_wishes *wishes = &options->reports;
    *json = wishes->n_items > 0 && strcmp(wishes->items[0].format, "json") == 0;
    *path = wishes->n_items > 0 && wishes->items[0].path != NULL ? wishes->items[0].path
                                                                 : options->output;
    return (wishes->n_items == 0 ||
            (wishes->n_items == 1 && (*json || strcmp(wishes->items[0].format, "text") == 0))) ||
           say("stats writes text or json, and one of them");
}

static bool count_and_print(struct stats *stats, bool json, const char *path) {
    struct output_file output;
    if (!output_open(&output, path, NULL)) {
        return false;
    }
    bool good = work_run(&stats->work);
    if (interrupted()) {
        say("interrupted: partial figures, of the first %zu of %zu documents", stats->work.n_done,
            stats->work.options->files.n_files);
    }
    qsort(stats->texts, TEXTS_SLOTS, sizeof *stats->texts, compare_counts);
    if (good && json) {
        good = print_json(stats, &output);
    } else if (good) {
        print_text(stats, &output);
    }
    return output_close(&output, good) && good;
}

int stats_run(const galley_plugin *plugin, const struct options *options) {
    struct stats *stats = calloc(1, sizeof *stats);
    bool json;
    const char *path;
    if (stats != NULL) {
        stats->texts = calloc(TEXTS_SLOTS, sizeof *stats->texts);
    }
    if (stats == NULL || stats->texts == NULL) {
        free(stats);
        say("out of memory");
        return EXIT_FAILED;
    }
    stats->work = (struct work){
        .plugin = plugin, .options = options, .write = count_document, .context = stats};
    scopes_init(&stats->work.scopes, plugin, options);
    interruption_watch();
    const bool good = read_format(options, &json, &path) &&
                      scopes_judge_options(&stats->work.scopes) &&
                      count_and_print(stats, json, path);
    const int status =
        good && work_exit_status(&stats->work) != EXIT_FAILED ? EXIT_OPEN : EXIT_FAILED;
    for (size_t i = 0; i < TEXTS_SLOTS; i++) {
        free(stats->texts[i].text);
    }
    for (size_t i = 0; i < stats->n_worst; i++) {
        free(stats->worst[i].path);
    }
    summary_finish(&stats->work.summary);
    scopes_finish(&stats->work.scopes);
    free(stats->texts);
    free(stats);
    return status;
}
