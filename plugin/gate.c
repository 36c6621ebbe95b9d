/*
 * The score and the verdict, after MQM 2.0's scoring model without calibration
 * (https://themqm.org/error-types-2/the-mqm-scoring-models/; docs/gate.md).
 *
 * In its words: the absolute penalty total is the sum of severity multiplier times error type
 * weight over all issues; divided by the words evaluated and normed to a reference of 1,000 words
 * it is the normed penalty total; the score is 100 (1 - normed penalty total / 1000), and never
 * below 0. Penalties and weights are thousandths, so that the sum is exact.
 */
#include "document.h"

/* What was counted of one document. */
struct tally {
    size_t n_counted;  /* issues of any severity */
    size_t n_reaching; /* as severe as their check's threshold or worse */
    size_t n_by_check[REGISTRY_CHECKS_MAX];
    uint64_t penalty; /* in millionths of a point */
};

static void count_issues(struct galley_document *document, struct tally *tally) {
    const struct galley_engine *engine = document->engine;
    for (size_t i = 0; i < document->n_issues; i++) {
        const struct issue *issue = document->issues[i];
        if (issue->waiver != NULL) {
            document->n_waived++;
            continue;
        }
        const size_t index = registry_check_index(issue->check);
        const struct check_settings *settings = &engine->checks[index];
        tally->n_counted++;
        tally->n_by_check[index]++;
        tally->n_reaching += (unsigned)issue->severity >= settings->fail_on;
        tally->penalty += (uint64_t)engine->penalties[issue->severity] * settings->weight;
        document->n_by_severity[issue->severity]++;
    }
}

/* Appends a reason why the gate is shut to those there are. */
static galley_status add_reason(struct galley_document *document, galley_string reason) {
    if (reason.data != NULL && document->reason.len > 0) {
        reason = arena_format(&document->arena, "%s; %s", document->reason.data, reason.data);
    }
    if (reason.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    document->reason = reason;
    return GALLEY_OK;
}

static const char *plural(size_t n) {
    return n == 1 ? "" : "s";
}

static galley_status judge_severities(struct galley_document *document, const struct tally *tally) {
    const size_t n_critical = document->n_by_severity[GALLEY_CRITICAL];
    galley_status status = GALLEY_OK;
    if (n_critical > 0) {
        status = add_reason(document, arena_format(&document->arena, "%zu critical issue%s",
                                                   n_critical, plural(n_critical)));
    } else if (tally->n_reaching > 0) {
        status = add_reason(document, arena_format(&document->arena,
                                                   "%zu issue%s of a severity that shuts the gate",
                                                   tally->n_reaching, plural(tally->n_reaching)));
    }
    return status;
}

static galley_status judge_score(struct galley_document *document) {
    const unsigned wanted = document->engine->min_score;
    if (document->score >= wanted) {
        return GALLEY_OK;
    }
    return add_reason(document, arena_format(&document->arena, "score %u.%03u is below %u.%03u",
                                             document->score / 1000, document->score % 1000,
                                             wanted / 1000, wanted % 1000));
}

static galley_status judge_counts(struct galley_document *document, const struct tally *tally) {
    const struct galley_engine *engine = document->engine;
    galley_status status = GALLEY_OK;
    if (tally->n_counted > engine->max_issues) {
        status = add_reason(document, arena_format(&document->arena, "%zu issues, at most %zu",
                                                   tally->n_counted, engine->max_issues));
    }
    for (size_t i = 0; i < registry_n_checks() && status == GALLEY_OK; i++) {
        if (tally->n_by_check[i] > engine->checks[i].max_issues) {
            status =
                add_reason(document, arena_format(&document->arena, "%zu of %s, at most %zu",
                                                  tally->n_by_check[i], registry_check(i)->name,
                                                  engine->checks[i].max_issues));
        }
    }
    return status;
}

static unsigned score_of(double penalty, size_t n_words) {
    const double words = n_words == 0 ? 1 : (double)n_words;
    const double normed = penalty / words * 1000;
    const double score = 100000.0 * (1.0 - normed / 1000);
    return score <= 0 ? 0 : (unsigned)(score + 0.5);
}

galley_status document_judge(struct galley_document *document) {
    struct tally tally = {.penalty = 0};
    count_issues(document, &tally);
    document->penalty = (double)tally.penalty / 1e6;
    document->score = score_of(document->penalty, document->n_words);
    document->reason = (galley_string){"", 0};
    galley_status status = judge_severities(document, &tally);
    if (status == GALLEY_OK) {
        status = judge_score(document);
    }
    if (status == GALLEY_OK) {
        status = judge_counts(document, &tally);
    }
    const bool counts = tally.n_counted > document->n_by_severity[GALLEY_NEUTRAL];
    document->verdict = document->reason.len > 0 ? GALLEY_FAIL
                        : counts                 ? GALLEY_REVIEW
                                                 : GALLEY_PASS;
    return status;
}

const char *galley_severity_name(galley_severity severity) {
    static const char *const names[] = {[GALLEY_NEUTRAL] = "neutral",
                                        [GALLEY_MINOR] = "minor",
                                        [GALLEY_MAJOR] = "major",
                                        [GALLEY_CRITICAL] = "critical"};
    return (unsigned)severity < sizeof names / sizeof *names ? names[severity] : "unknown";
}

unsigned severity_its(galley_severity severity) {
    static const unsigned values[] = {
        [GALLEY_NEUTRAL] = 0, [GALLEY_MINOR] = 20, [GALLEY_MAJOR] = 50, [GALLEY_CRITICAL] = 100};
    return values[severity];
}

const char *galley_verdict_name(galley_verdict verdict) {
    static const char *const names[] = {
        [GALLEY_PASS] = "pass", [GALLEY_REVIEW] = "review", [GALLEY_FAIL] = "fail"};
    return (unsigned)verdict < sizeof names / sizeof *names ? names[verdict] : "unknown";
}
