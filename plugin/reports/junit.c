/*
 * JUnit's XML as Jenkins, GitLab and others read it: every document is a test of the gate. It fails
 * when its verdict is "fail", with the reason and all issues as the failure's text; the issues of
 * one that passes stand in its output. A document that could not be read is an error.
 */
#include "reports/report.h"
#include "waivers/waiver.h"

#include <string.h>

static void write_text(struct output *out, galley_string text) {
    output_xml_text(out, text.data, text.len);
}

/* "LINE:COLUMN: severity: message [check]" as in the text report. */
static void write_issue(struct output *out, const struct issue *issue) {
    output_number(out, issue->place.line);
    output_text(out, ":");
    output_number(out, issue->place.column);
    output_text(out, ": ");
    output_text(out, galley_severity_name(issue->severity));
    output_text(out, ": ");
    write_text(out, issue->message);
    output_text(out, " [");
    output_text(out, issue->check->name);
    output_text(out, issue->waiver == NULL ? "]" : "] (waived)");
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        output_text(out, i == 0 ? " write: " : ", ");
        write_text(out, issue->suggestions[i]);
    }
    output_text(out, "\n");
}

static void write_issues(struct output *out, const struct galley_document *document) {
    for (size_t i = 0; i < document->n_issues; i++) {
        write_issue(out, document->issues[i]);
    }
}

/* A suite of one test, so that its counts are known when it begins. */
static void begin_suite(struct output *out, galley_string uri, const char *failures,
                        const char *errors) {
    output_text(out, "  <testsuite");
    output_xml_attribute(out, "name", uri);
    output_xml_static(out, "tests", "1");
    output_xml_static(out, "failures", failures);
    output_xml_static(out, "errors", errors);
    output_text(out, ">\n    <testcase classname=\"galley\"");
    output_xml_attribute(out, "name", uri);
    output_xml_static(out, "time", "0");
    output_text(out, ">\n");
}

static void end_suite(struct output *out) {
    output_text(out, "    </testcase>\n  </testsuite>\n");
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"galley\">\n");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    (void)report;
    const bool failed = document->verdict == GALLEY_FAIL;
    begin_suite(out, document->uri, failed ? "1" : "0", "0");
    if (failed) {
        output_text(out, "      <failure type=\"gate\"");
        output_xml_attribute(out, "message", document->reason);
        output_text(out, ">");
        write_issues(out, document);
        output_text(out, "</failure>\n");
    } else if (document->n_issues > 0) {
        output_text(out, "      <system-out>");
        write_issues(out, document);
        output_text(out, "</system-out>\n");
    }
    end_suite(out);
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    begin_suite(out, (galley_string){uri, strlen(uri)}, "0", "1");
    output_text(out, "      <error");
    output_xml_static(out, "type", galley_status_name(problem->status));
    output_xml_static(out, "message", problem->message);
    output_text(out, "/>\n");
    end_suite(out);
    return GALLEY_OK;
}

static galley_status end(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "</testsuites>\n");
    return GALLEY_OK;
}

const struct report_format report_junit = {
    .name = "junit",
    .summary = "JUnit's XML: a document is a test, which fails when the gate is shut",
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .end = end,
};
