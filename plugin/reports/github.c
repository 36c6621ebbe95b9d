/*
 * Workflow commands of GitHub Actions, which show an issue at its line of a change
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). Values are
 * escaped as the runner reads them: % and line breaks anywhere, : and , in properties too.
 */
#include "reports/report.h"

#include <string.h>

static const char *const commands[] = {[GALLEY_NEUTRAL] = "notice",
                                       [GALLEY_MINOR] = "warning",
                                       [GALLEY_MAJOR] = "error",
                                       [GALLEY_CRITICAL] = "error"};

static void write_value(struct output *out, galley_string value, bool property) {
    for (size_t i = 0; i < value.len; i++) {
        const char c = value.data[i];
        const char *escaped = c == '%'               ? "%25"
                              : c == '\r'            ? "%0D"
                              : c == '\n'            ? "%0A"
                              : c == ':' && property ? "%3A"
                              : c == ',' && property ? "%2C"
                                                     : NULL;
        if (escaped == NULL) {
            output_bytes(out, &c, 1);
        } else {
            output_text(out, escaped);
        }
    }
}

static void begin_command(struct output *out, const char *command, galley_string uri) {
    output_text(out, "::");
    output_text(out, command);
    output_text(out, " file=");
    write_value(out, uri, true);
}

static void write_number(struct output *out, const char *key, size_t value) {
    output_text(out, key);
    output_number(out, value);
}

/* A waived issue is a notice, with why it is waived. */
static void write_issue(struct output *out, const struct galley_document *document,
                        const struct issue *issue) {
    size_t end_line, end_column;
    place_end(&issue->place, &end_line, &end_column);
    begin_command(out, issue->waiver == NULL ? commands[issue->severity] : "notice", document->uri);
    write_number(out, ",line=", issue->place.line);
    write_number(out, ",endLine=", end_line);
    if (end_line == issue->place.line) {
        /* Columns are only allowed within one line; the last one is part of the place. */
        write_number(out, ",col=", issue->place.column);
        write_number(out,
                     ",endColumn=", end_column > issue->place.column ? end_column - 1 : end_column);
    }
    output_text(out, ",title=galley ");
    output_text(out, issue->check->name);
    output_text(out, issue->waiver == NULL ? "::" : " (waived)::");
    write_value(out, issue->message, false);
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        output_text(out, i == 0 ? "; write: " : ", ");
        write_value(out, issue->suggestions[i], false);
    }
    output_text(out, "\n");
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    (void)report;
    for (size_t i = 0; i < document->n_issues; i++) {
        write_issue(out, document, document->issues[i]);
    }
    if (document->verdict == GALLEY_FAIL) {
        begin_command(out, "error", document->uri);
        output_text(out, ",title=galley gate::");
        write_value(out, document->reason, false);
        output_text(out, "\n");
    }
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    begin_command(out, "error", (galley_string){uri, strlen(uri)});
    if (problem->line > 0) {
        write_number(out, ",line=", problem->line);
    }
    output_text(out, ",title=galley::");
    write_value(out, (galley_string){problem->message, strlen(problem->message)}, false);
    output_text(out, "\n");
    return GALLEY_OK;
}

static galley_status add_warning(struct galley_report *report, galley_string origin,
                                 galley_string message, struct output *out) {
    (void)report;
    output_text(out, "::warning title=galley::");
    write_value(out, origin, false);
    output_text(out, origin.len > 0 ? ": " : "");
    write_value(out, message, false);
    output_text(out, "\n");
    return GALLEY_OK;
}

const struct report_format report_github = {
    .name = "github",
    .summary = "annotations of GitHub Actions",
    .document = add_document,
    .error = add_error,
    .warning = add_warning,
};
