#include "summary.h"

#include "say.h"

#include <stdlib.h>
#include <string.h>

void summary_finish(struct summary *summary) {
    free(summary->slowest);
    *summary = (struct summary){0};
}

static void count_issue(struct summary *summary, const galley_issue *issue) {
    if (issue->waived) {
        summary->n_waived++;
        return;
    }
    summary->n_issues++;
    size_t i = 0;
    while (i < summary->n_checks && strcmp(summary->checks[i].name, issue->check) != 0) {
        i++;
    }
    if (i == SUMMARY_CHECKS_MAX) {
        return;
    }
    if (i == summary->n_checks) {
        summary->checks[summary->n_checks++].name = issue->check;
    }
    summary->checks[i].n_by_severity[issue->severity]++;
}

void summary_add(struct summary *summary, const galley_plugin *plugin,
                 const galley_document *document) {
    galley_summary own = {.size = sizeof own};
    if (plugin->document_summary(document, &own) != GALLEY_OK) {
        return;
    }
    summary->n_documents++;
    summary->n_by_verdict[own.verdict]++;
    summary->n_words += own.n_words;
    summary->penalty += own.penalty;
    for (size_t i = 0; i < own.n_issues; i++) {
        galley_issue issue = {.size = sizeof issue};
        if (plugin->document_issue(document, i, &issue) == GALLEY_OK) {
            count_issue(summary, &issue);
        }
    }
}

void summary_time(struct summary *summary, const char *path, double seconds) {
    if (summary->slowest == NULL || seconds > summary->slowest_seconds) {
        free(summary->slowest);
        summary->slowest = strdup(path);
        summary->slowest_seconds = seconds;
    }
}

double summary_score(const struct summary *summary) {
    const double words = summary->n_words == 0 ? 1 : (double)summary->n_words;
    const double score = 100 * (1 - summary->penalty / words);
    return score < 0 ? 0 : score;
}

static size_t total(const size_t *n_by_severity) {
    return n_by_severity[0] + n_by_severity[1] + n_by_severity[2] + n_by_severity[3];
}

static const char *plural(size_t n) {
    return n == 1 ? "" : "s";
}

static void say_issues(const struct summary *summary, const galley_plugin *plugin) {
    if (summary->n_checks == 0) {
        return;
    }
    say_plainly("  %-16s %8s %9s %9s %9s %9s", "check", "issues",
                plugin->severity_name(GALLEY_CRITICAL), plugin->severity_name(GALLEY_MAJOR),
                plugin->severity_name(GALLEY_MINOR), plugin->severity_name(GALLEY_NEUTRAL));
    size_t sums[4] = {0};
    for (size_t i = 0; i < summary->n_checks; i++) {
        const size_t *n = summary->checks[i].n_by_severity;
        say_plainly("  %-16s %8zu %9zu %9zu %9zu %9zu", summary->checks[i].name, total(n),
                    n[GALLEY_CRITICAL], n[GALLEY_MAJOR], n[GALLEY_MINOR], n[GALLEY_NEUTRAL]);
        for (size_t k = 0; k < 4; k++) {
            sums[k] += n[k];
        }
    }
    say_plainly("  %-16s %8zu %9zu %9zu %9zu %9zu", "all", summary->n_issues, sums[GALLEY_CRITICAL],
                sums[GALLEY_MAJOR], sums[GALLEY_MINOR], sums[GALLEY_NEUTRAL]);
}

void summary_say(const struct summary *summary, const galley_plugin *plugin,
                 const struct file_list *files, bool verbose) {
    say_plainly("%zu document%s, %zu word%s, %zu issue%s, %zu waived, score %.1f: %zu pass, "
                "%zu review, %zu fail, %zu could not be checked",
                summary->n_documents, plural(summary->n_documents), summary->n_words,
                plural(summary->n_words), summary->n_issues, plural(summary->n_issues),
                summary->n_waived, summary_score(summary), summary->n_by_verdict[GALLEY_PASS],
                summary->n_by_verdict[GALLEY_REVIEW], summary->n_by_verdict[GALLEY_FAIL],
                summary->n_failed + files->n_failed);
    say_issues(summary, plugin);
    if (files->n_hidden + files->n_special + files->n_excluded + summary->n_binary > 0) {
        say_plainly("skipped in directories: %zu hidden, %zu binary, %zu special, %zu excluded",
                    files->n_hidden, summary->n_binary, files->n_special, files->n_excluded);
    }
    if (verbose && summary->slowest != NULL) {
        say_plainly("slowest: %s, %.1f ms", summary->slowest, summary->slowest_seconds * 1000);
    }
}
