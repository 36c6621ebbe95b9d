/*
 * GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/): a JSON array of
 * issues with a fingerprint each, by which a merge request shows those that are new. Waived issues
 * are left out, as the format has no word for them.
 */
#include "reports/report.h"

#include <string.h>

struct gitlab_state {
    bool any; /* issue was written */
};

static const char *const severities[] = {[GALLEY_NEUTRAL] = "info",
                                         [GALLEY_MINOR] = "minor",
                                         [GALLEY_MAJOR] = "major",
                                         [GALLEY_CRITICAL] = "critical"};

static void begin_item(struct galley_report *report, struct output *out, galley_string message) {
    struct gitlab_state *state = report->state;
    output_text(out, state->any ? ",\n" : "\n");
    state->any = true;
    output_text(out, "{\"type\":\"issue\"");
    output_json_text(out, "description", message);
}

static void write_location(struct output *out, galley_string uri, size_t line) {
    output_json_key(out, "location");
    output_text(out, "{\"path\":");
    output_json_string(out, uri.data, uri.len);
    output_text(out, ",\"lines\":{\"begin\":");
    output_number(out, line == 0 ? 1 : line);
    output_text(out, "}}}");
}

static void write_issue(struct galley_report *report, struct output *out,
                        const struct galley_document *document, const struct issue *issue) {
    begin_item(report, out, issue->message);
    output_json_static(out, "check_name", issue->check->name);
    output_text(out, ",\"categories\":[\"Style\"]");
    output_text(out, ",\"fingerprint\":\"");
    output_fingerprint(out, document, issue);
    output_text(out, "\"");
    output_json_static(out, "severity", severities[issue->severity]);
    write_location(out, document->uri, issue->place.line);
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "[");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    for (size_t i = 0; i < document->n_issues; i++) {
        if (document->issues[i]->waiver == NULL) {
            write_issue(report, out, document, document->issues[i]);
        }
    }
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    begin_item(report, out, (galley_string){problem->message, strlen(problem->message)});
    output_json_static(out, "check_name", "unreadable");
    output_text(out, ",\"categories\":[\"Bug Risk\"]");
    output_json_key(out, "fingerprint");
    output_json_string(out, uri, strlen(uri)); /* a document is unreadable once */
    output_json_static(out, "severity", "blocker");
    write_location(out, (galley_string){uri, strlen(uri)}, problem->line);
    return GALLEY_OK;
}

static galley_status end(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "\n]\n");
    return GALLEY_OK;
}

const struct report_format report_gitlab = {
    .name = "gitlab",
    .summary = "GitLab's code quality report",
    .state_size = sizeof(struct gitlab_state),
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .end = end,
};
