/*
 * The score and the verdict.
 *
 * MQM 2.0's quality score without calibration (https://themqm.org/error-types-2/the-mqm-scoring-
 * models/): the penalties of all issues, 0, 1, 5 and 25 by severity, times the check's weight, per
 * word, taken from 100.
 */
#include "document.h"

static const unsigned penalties[] = {
    [GALLEY_NEUTRAL] = 0, [GALLEY_MINOR] = 1, [GALLEY_MAJOR] = 5, [GALLEY_CRITICAL] = 25};

static bool is_shut(const struct galley_document *document, const size_t *n_by_check) {
    const struct galley_engine *engine = document->engine;
    if (document->score < engine->min_score || document->n_issues > engine->max_issues) {
        return true;
    }
    if (engine->fail_on_set) {
        for (size_t severity = engine->fail_on; severity <= GALLEY_CRITICAL; severity++) {
            if (document->n_by_severity[severity] > 0) {
                return true;
            }
        }
    }
    for (size_t i = 0; i < registry_n_checks(); i++) {
        if (n_by_check[i] > engine->checks[i].max_issues) {
            return true;
        }
    }
    return document->n_by_severity[GALLEY_CRITICAL] > 0;
}

void document_judge(struct galley_document *document) {
    size_t n_by_check[REGISTRY_CHECKS_MAX] = {0};
    double penalty = 0;
    for (size_t i = 0; i < document->n_issues; i++) {
        const struct issue *issue = document->issues[i];
        const size_t index = registry_check_index(issue->check);
        n_by_check[index]++;
        document->n_by_severity[issue->severity]++;
        penalty += penalties[issue->severity] * (document->engine->checks[index].weight / 1000.0);
    }
    const double words = document->n_words == 0 ? 1 : (double)document->n_words;
    const double score = 100000.0 * (1.0 - penalty / words);
    document->score = score <= 0 ? 0 : (unsigned)(score + 0.5);
    if (is_shut(document, n_by_check)) {
        document->verdict = GALLEY_FAIL;
    } else if (document->n_issues > document->n_by_severity[GALLEY_NEUTRAL]) {
        document->verdict = GALLEY_REVIEW;
    } else {
        document->verdict = GALLEY_PASS;
    }
}

const char *galley_severity_name(galley_severity severity) {
    static const char *const names[] = {[GALLEY_NEUTRAL] = "neutral",
                                        [GALLEY_MINOR] = "minor",
                                        [GALLEY_MAJOR] = "major",
                                        [GALLEY_CRITICAL] = "critical"};
    return (unsigned)severity < sizeof names / sizeof *names ? names[severity] : "unknown";
}

const char *galley_verdict_name(galley_verdict verdict) {
    static const char *const names[] = {
        [GALLEY_PASS] = "pass", [GALLEY_REVIEW] = "review", [GALLEY_FAIL] = "fail"};
    return (unsigned)verdict < sizeof names / sizeof *names ? names[verdict] : "unknown";
}
