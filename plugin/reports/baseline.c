/*
 * A baseline: the issues that count, a line each, for the setting `baseline` to waive from then on.
 * waivers/baseline.c reads it. Documents that could not be read leave a comment.
 */
#include "reports/report.h"
#include "text/utf8.h"
#include "waivers/waivers.h"

#include <string.h>

/* A field of the line: control characters would end it. */
static void write_field(struct output *out, const char *text, size_t len) {
    enum { FIELD_LEN_MAX = 120 };
    output_text(out, "\t");
    for (size_t i = 0; i < len; i++) {
        if (i >= FIELD_LEN_MAX && !utf8_is_continuation(text[i])) {
            output_text(out, "…");
            return;
        }
        output_bytes(out, (unsigned char)text[i] < 0x20 ? " " : text + i, 1);
    }
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "# galley baseline: check, keys of the text and what is around it, document, "
                     "text.\n# “--format=baseline” writes it anew.\n");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    (void)report;
    for (size_t i = 0; i < document->n_issues; i++) {
        const struct issue *issue = document->issues[i];
        if (issue->waiver != NULL && !issue->waiver->from_baseline) {
            continue;
        }
        uint64_t keys[2];
        waivers_context_keys(document->decoded.text, document->decoded.len, issue->check->name,
                             issue->place.span, keys);
        output_text(out, issue->check->name);
        output_text(out, "\t");
        output_hexadecimal(out, keys[0]);
        output_text(out, "\t");
        output_hexadecimal(out, keys[1]);
        write_field(out, document->uri.data, document->uri.len);
        write_field(out, issue->place.text.data, issue->place.text.len);
        output_text(out, "\n");
    }
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    output_text(out, "# not read:");
    write_field(out, uri, strlen(uri));
    write_field(out, problem->message, strlen(problem->message));
    output_text(out, "\n");
    return GALLEY_OK;
}

const struct report_format report_baseline = {
    .name = "baseline",
    .summary = "the issues as a list for the setting “baseline”",
    .begin = begin,
    .document = add_document,
    .error = add_error,
};
