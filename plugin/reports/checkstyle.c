/*
 * Checkstyle's XML (https://checkstyle.org), which nearly every CI system reads: a file element a
 * document, an error element an issue. Waived issues are left out, as the format has no word for
 * them. Checkstyle's severities are error, warning and info.
 */
#include "reports/report.h"

static const char *const severities[] = {[GALLEY_NEUTRAL] = "info",
                                         [GALLEY_MINOR] = "warning",
                                         [GALLEY_MAJOR] = "error",
                                         [GALLEY_CRITICAL] = "error"};

static void write_issue(struct output *out, const struct issue *issue) {
    output_text(out, "    <error");
    output_xml_number(out, "line", issue->place.line);
    output_xml_number(out, "column", issue->place.column);
    output_xml_static(out, "severity", severities[issue->severity]);
    output_xml_attribute(out, "message", issue->message);
    output_text(out, " source=\"galley.");
    output_text(out, issue->check->name);
    output_text(out, "\"/>\n");
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">\n");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    (void)report;
    output_text(out, "  <file");
    output_xml_attribute(out, "name", document->uri);
    output_text(out, ">\n");
    for (size_t i = 0; i < document->n_issues; i++) {
        if (document->issues[i]->waiver == NULL) {
            write_issue(out, document->issues[i]);
        }
    }
    output_text(out, "  </file>\n");
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    output_text(out, "  <file");
    output_xml_static(out, "name", uri);
    output_text(out, ">\n    <error");
    output_xml_number(out, "line", problem->line);
    output_xml_static(out, "severity", "error");
    output_xml_static(out, "message", problem->message);
    output_text(out, " source=\"galley\"/>\n  </file>\n");
    return GALLEY_OK;
}

static galley_status end(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "</checkstyle>\n");
    return GALLEY_OK;
}

const struct report_format report_checkstyle = {
    .name = "checkstyle",
    .summary = "Checkstyle's XML, for CI systems",
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .end = end,
};
