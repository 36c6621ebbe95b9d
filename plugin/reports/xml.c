/*
 * XML: standoff annotations after ITS 2.0 (https://www.w3.org/TR/its20/, section 8.17), described
 * by annotations.rng. Written as a stream of start and end tags; only the escaping is needed of an
 * XML library, and the tests hold every report against the schema with libxml2.
 */
#include "reports/report.h"
#include "waivers/waiver.h"

#include <string.h>

static void element(struct output *out, const char *name, galley_string text) {
    output_text(out, "      <");
    output_text(out, name);
    output_text(out, ">");
    output_xml_text(out, text.data, text.len);
    output_text(out, "</");
    output_text(out, name);
    output_text(out, ">\n");
}

static void place_attributes(struct output *out, const struct place *place) {
    output_xml_number(out, "offset", place->offset);
    output_xml_number(out, "length", place->length);
    output_xml_number(out, "line", place->line);
    output_xml_number(out, "column", place->column);
}

static void write_related(struct output *out, const struct related *related) {
    output_text(out, "      <related");
    place_attributes(out, &related->place);
    output_xml_attribute(out, "comment", related->message);
    output_text(out, ">");
    output_xml_text(out, related->place.text.data, related->place.text.len);
    output_text(out, "</related>\n");
}

static void write_waiver(struct output *out, const struct waiver *waiver) {
    if (waiver == NULL) {
        return;
    }
    output_text(out, "      <waived");
    output_xml_attribute(out, "by", waiver->origin);
    output_text(out, ">");
    output_xml_text(out, waiver->reason.data, waiver->reason.len);
    output_text(out, "</waived>\n");
}

static void write_warning(struct output *out, const struct warning *warning) {
    output_text(out, "    <warning");
    place_attributes(out, &warning->place);
    output_text(out, ">");
    output_xml_text(out, warning->message.data, warning->message.len);
    output_text(out, "</warning>\n");
}

static void write_issue(struct output *out, const struct issue *issue) {
    output_text(out, "    <issue");
    output_xml_static(out, "check", issue->check->name);
    output_xml_static(out, "severity", galley_severity_name(issue->severity));
    place_attributes(out, &issue->place);
    output_text(out, "\n          ");
    output_xml_static(out, "its:locQualityIssueType", issue->check->its_type);
    output_xml_number(out, "its:locQualityIssueSeverity", severity_its(issue->severity));
    if (issue->waiver != NULL) {
        output_xml_static(out, "its:locQualityIssueEnabled", "no");
    }
    output_text(out, "\n          ");
    output_xml_attribute(out, "its:locQualityIssueComment", issue->message);
    output_text(out, ">\n");
    element(out, "text", issue->place.text);
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        element(out, "suggestion", issue->suggestions[i]);
    }
    for (size_t i = 0; i < issue->n_related; i++) {
        write_related(out, &issue->related[i]);
    }
    write_waiver(out, issue->waiver);
    output_text(out, "    </issue>\n");
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<annotations xmlns=\"urn:galley:annotations:1\" "
                     "xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\">\n");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    (void)report;
    output_text(out, "  <document");
    output_xml_attribute(out, "href", document->uri);
    output_xml_attribute(out, "xml:lang", document->language);
    output_xml_number(out, "words", document->n_words);
    output_text(out, " score=\"");
    output_score(out, document->score);
    output_text(out, "\"");
    output_xml_static(out, "verdict", galley_verdict_name(document->verdict));
    if (document->untranslated > 0) {
        output_text(out, " untranslated=\"");
        output_score(out, document->untranslated);
        output_text(out, "\"");
    }
    if (document->reason.len > 0) {
        output_xml_attribute(out, "reason", document->reason);
    }
    output_text(out, ">\n");
    for (size_t i = 0; i < document->n_issues; i++) {
        write_issue(out, document->issues[i]);
    }
    for (size_t i = 0; i < document->n_warnings; i++) {
        write_warning(out, &document->warnings[i]);
    }
    output_text(out, "  </document>\n");
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    output_text(out, "  <error");
    output_xml_static(out, "href", uri);
    output_xml_static(out, "status", galley_status_name(problem->status));
    output_xml_number(out, "offset", problem->offset);
    output_xml_number(out, "line", problem->line);
    output_text(out, ">");
    output_xml_text(out, problem->message, strlen(problem->message));
    output_text(out, "</error>\n");
    return GALLEY_OK;
}

static galley_status add_warning(struct galley_report *report, galley_string origin,
                                 galley_string message, struct output *out) {
    (void)report;
    output_text(out, "  <warning");
    if (origin.len > 0) {
        output_xml_attribute(out, "origin", origin);
    }
    output_text(out, ">");
    output_xml_text(out, message.data, message.len);
    output_text(out, "</warning>\n");
    return GALLEY_OK;
}

static galley_status end(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "</annotations>\n");
    return GALLEY_OK;
}

const struct report_format report_xml = {
    .name = "xml",
    .summary = "standoff XML annotations (ITS 2.0)",
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .warning = add_warning,
    .end = end,
};
