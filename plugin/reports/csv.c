/*
 * Comma-separated values (RFC 4180), a row an issue, for spreadsheets. A field that a spreadsheet
 * would take for a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe
 * before it, since the text is a stranger's (OWASP, "CSV Injection").
 */
#include "reports/report.h"
#include "waivers/waiver.h"

#include <string.h>

static void write_field(struct output *out, galley_string value) {
    output_text(out, "\"");
    if (value.len > 0 && strchr("=+-@\t\r", value.data[0]) != NULL) {
        output_text(out, "'");
    }
    size_t begin = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '"') {
            output_bytes(out, value.data + begin, i + 1 - begin);
            begin = i; /* the mark is written twice */
        }
    }
    output_bytes(out, value.data + begin, value.len - begin);
    output_text(out, "\"");
}

static void write_text(struct output *out, const char *text) {
    write_field(out, (galley_string){text, strlen(text)});
}

static void write_number(struct output *out, size_t number) {
    output_text(out, ",");
    output_number(out, number);
}

static void write_issue(struct output *out, const struct galley_document *document,
                        const struct issue *issue) {
    write_field(out, document->uri);
    write_number(out, issue->place.line);
    write_number(out, issue->place.column);
    write_number(out, issue->place.offset);
    write_number(out, issue->place.length);
    output_text(out, ",");
    output_text(out, issue->check->name);
    output_text(out, ",");
    output_text(out, galley_severity_name(issue->severity));
    output_text(out, ",");
    output_text(out, issue->check->its_type);
    output_text(out, ",");
    write_field(out, issue->place.text);
    output_text(out, ",");
    write_field(out, issue->message);
    output_text(out, ",");
    write_field(out, issue->n_suggestions > 0 ? issue->suggestions[0] : (galley_string){"", 0});
    output_text(out, ",");
    write_field(out, issue->waiver != NULL ? issue->waiver->origin : (galley_string){"", 0});
    output_text(out, "\r\n");
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "document,line,column,offset,length,check,severity,type,text,message,"
                     "suggestion,waived\r\n");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    (void)report;
    for (size_t i = 0; i < document->n_issues; i++) {
        write_issue(out, document, document->issues[i]);
    }
    return GALLEY_OK;
}

/* A row with "error" for the check. */
static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    write_text(out, uri);
    write_number(out, problem->line);
    output_text(out, ",,");
    output_number(out, problem->offset);
    output_text(out, ",,error,,,,");
    write_text(out, problem->message);
    output_text(out, ",,\r\n");
    return GALLEY_OK;
}

const struct report_format report_csv = {
    .name = "csv",
    .summary = "a row an issue, for spreadsheets",
    .begin = begin,
    .document = add_document,
    .error = add_error,
};
