/*
 * SARIF 2.1.0 (OASIS, errata 01), which code hosts and editors read: the checks are rules, a waived
 * issue is a suppressed result, suggestions are fixes. Sections named below are the standard's.
 *
 * Warnings, and documents that could not be read, are notifications of the invocation (3.20.21). It
 * stands behind the results, so they are kept until the end; memory grows with their number only.
 */
#include "reports/report.h"
#include "waivers/waiver.h"

#include <string.h>

struct sarif_state {
    bool any;            /* result was written */
    bool failed;         /* a document could not be read */
    char *notifications; /* JSON, items divided by commas */
    size_t len, capacity;
};

/* Section 3.27.10: level. */
static const char *const levels[] = {[GALLEY_NEUTRAL] = "note",
                                     [GALLEY_MINOR] = "warning",
                                     [GALLEY_MAJOR] = "error",
                                     [GALLEY_CRITICAL] = "error"};

static void write_message(struct output *out, galley_string text) {
    output_text(out, "\"message\":{\"text\":");
    output_json_string(out, text.data, text.len);
    output_text(out, "}");
}

/* A path as a URI reference (3.4.3; RFC 3986): bytes that may not stand there in %XX. A colon would
 * make a scheme of what is before it. */
static void write_uri(struct output *out, const char *uri, size_t len) {
    static const char digits[] = "0123456789ABCDEF";
    output_text(out, len > 0 && uri[0] == '/' ? "\"file://" : "\"");
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)uri[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            (c != '\0' && strchr("-._~/!$'()*+,;=@", c) != NULL)) {
            output_bytes(out, uri + i, 1);
        } else {
            const char escaped[] = {'%', digits[c >> 4], digits[c & 15]};
            output_bytes(out, escaped, sizeof escaped);
        }
    }
    output_text(out, "\"");
}

static void write_artifact(struct output *out, const char *uri, size_t len) {
    output_text(out, "\"artifactLocation\":{\"uri\":");
    write_uri(out, uri, len);
    output_text(out, "}");
}

/* Section 3.30; the end column is that of the character behind. */
static void write_region(struct output *out, const struct place *place) {
    size_t end_line, end_column;
    place_end(place, &end_line, &end_column);
    output_text(out, "{\"startLine\":");
    output_number(out, place->line);
    output_json_number(out, "startColumn", place->column);
    output_json_number(out, "endLine", end_line);
    output_json_number(out, "endColumn", end_column);
    output_json_number(out, "byteOffset", place->offset);
    output_json_number(out, "byteLength", place->length);
}

static void write_location(struct output *out, galley_string uri, const struct place *place) {
    output_text(out, "\"physicalLocation\":{");
    write_artifact(out, uri.data, uri.len);
    output_json_key(out, "region");
    write_region(out, place);
    output_json_key(out, "snippet");
    output_text(out, "{\"text\":");
    output_json_string(out, place->text.data, place->text.len);
    output_text(out, "}}}");
}

static void write_related(struct output *out, galley_string uri, const struct issue *issue) {
    if (issue->n_related == 0) {
        return;
    }
    output_json_key(out, "relatedLocations");
    output_text(out, "[");
    for (size_t i = 0; i < issue->n_related; i++) {
        output_text(out, i == 0 ? "{" : ",{");
        write_location(out, uri, &issue->related[i].place);
        output_text(out, ",");
        write_message(out, issue->related[i].message);
        output_text(out, "}");
    }
    output_text(out, "]");
}

/* Section 3.55. */
static void write_fix(struct output *out, galley_string uri, const struct issue *issue,
                      galley_string suggestion) {
    output_text(out, "{\"artifactChanges\":[{");
    write_artifact(out, uri.data, uri.len);
    output_text(out, ",\"replacements\":[{\"deletedRegion\":");
    write_region(out, &issue->place);
    output_text(out, "},\"insertedContent\":{\"text\":");
    output_json_string(out, suggestion.data, suggestion.len);
    output_text(out, "}}]}]}");
}

static void write_fixes(struct output *out, const struct galley_document *document,
                        const struct issue *issue) {
    bool any = false;
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        const galley_string suggestion = issue->suggestions[i];
        if (is_plain_edit(document, issue, suggestion)) {
            output_text(out, any ? "," : ",\"fixes\":[");
            write_fix(out, document->uri, issue, suggestion);
            any = true;
        }
    }
    output_text(out, any ? "]" : "");
}

/* Section 3.35. */
static void write_suppression(struct output *out, const struct waiver *waiver) {
    if (waiver == NULL) {
        return;
    }
    output_text(out, ",\"suppressions\":[{\"kind\":\"external\"");
    if (waiver->reason.len > 0) {
        output_json_text(out, "justification", waiver->reason);
    }
    output_text(out, ",\"properties\":{\"origin\":");
    output_json_string(out, waiver->origin.data, waiver->origin.len);
    output_text(out, "}}]");
}

/* The rules are the checks that run; this is a check's place among them. */
static size_t rule_index(const struct galley_report *report, const struct check *check) {
    size_t n = 0;
    for (size_t i = 0; registry_check(i) != check; i++) {
        n += report->engine->checks[i].enabled;
    }
    return n;
}

static void write_result(const struct galley_report *report, struct output *out,
                         const struct galley_document *document, const struct issue *issue) {
    output_text(out, "{\"ruleId\":\"");
    output_text(out, issue->check->name);
    output_text(out, "\"");
    output_json_number(out, "ruleIndex", rule_index(report, issue->check));
    output_json_static(out, "level", levels[issue->severity]);
    output_text(out, ",");
    write_message(out, issue->message);
    output_text(out, ",\"locations\":[{");
    write_location(out, document->uri, &issue->place);
    output_text(out, "}]");
    write_related(out, document->uri, issue);
    output_text(out, ",\"partialFingerprints\":{\"galleyContext/v1\":\"");
    output_fingerprint(out, document, issue);
    output_text(out, "\"}");
    write_fixes(out, document, issue);
    write_suppression(out, issue->waiver);
    output_text(out, ",\"properties\":{\"severity\":\"");
    output_text(out, galley_severity_name(issue->severity));
    output_text(out, "\"");
    output_json_static(out, "locQualityIssueType", issue->check->its_type);
    output_text(out, "}}");
}

/* Section 3.49: a check as a rule. */
static void write_rule(struct output *out, const struct check *check) {
    output_text(out, "{\"id\":\"");
    output_text(out, check->name);
    output_text(out, "\",\"shortDescription\":{\"text\":");
    output_json_string(out, check->summary, strlen(check->summary));
    output_text(out, "}");
    if (check->explanation != NULL && check->explanation[0] != '\0') {
        output_text(out, ",\"help\":{\"text\":");
        output_json_string(out, check->explanation, strlen(check->explanation));
        output_text(out, "}");
    }
    output_text(out, ",\"defaultConfiguration\":{\"level\":\"");
    output_text(out, levels[check->severity]);
    output_text(out, "\"},\"properties\":{\"mqm\":");
    output_json_string(out, check->mqm, strlen(check->mqm));
    output_text(out, "}}");
}

static galley_status begin(struct galley_report *report, struct output *out) {
    output_text(out, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                     "schemas/sarif-schema-2.1.0.json\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n"
                     "\"tool\":{\"driver\":{\"name\":\"galley\",\"version\":\"" GALLEY_VERSION
                     "\",\"rules\":[");
    const char *separator = "\n";
    for (size_t i = 0; i < registry_n_checks(); i++) {
        if (report->engine->checks[i].enabled) {
            output_text(out, separator);
            write_rule(out, registry_check(i));
            separator = ",\n";
        }
    }
    output_text(out, "]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[");
    return GALLEY_OK;
}

/* A galley_write that keeps what is written; `context` is the report. */
static bool keep(void *context, const char *data, size_t len) {
    struct galley_report *report = context;
    struct sarif_state *state = report->state;
    if (!memory_grow(&report->memory, &state->notifications, &state->capacity, 1,
                     state->len + len)) {
        return false;
    }
    memcpy(state->notifications + state->len, data, len);
    state->len += len;
    return true;
}

/* Section 3.58: a notification about a line of a document, or about all of it when line is 0. */
static galley_status add_notification(struct galley_report *report, const char *level,
                                      galley_string uri, size_t line, galley_string message) {
    const struct sarif_state *state = report->state;
    struct output kept;
    output_init(&kept, keep, report);
    output_text(&kept, state->len > 0 ? ",\n{\"level\":\"" : "\n{\"level\":\"");
    output_text(&kept, level);
    output_text(&kept, "\",");
    write_message(&kept, message);
    if (uri.len > 0) {
        output_text(&kept, ",\"locations\":[{\"physicalLocation\":{");
        write_artifact(&kept, uri.data, uri.len);
        if (line > 0) {
            output_text(&kept, ",\"region\":{\"startLine\":");
            output_number(&kept, line);
            output_text(&kept, "}");
        }
        output_text(&kept, "}}]");
    }
    output_text(&kept, "}");
    return output_flush(&kept) == GALLEY_OK ? GALLEY_OK : GALLEY_ERROR_MEMORY;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    struct sarif_state *state = report->state;
    for (size_t i = 0; i < document->n_issues; i++) {
        output_text(out, state->any ? ",\n" : "\n");
        state->any = true;
        write_result(report, out, document, document->issues[i]);
    }
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < document->n_warnings && status == GALLEY_OK; i++) {
        const struct warning *warning = &document->warnings[i];
        status = add_notification(report, "warning", document->uri, warning->place.line,
                                  warning->message);
    }
    return status;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)out;
    struct sarif_state *state = report->state;
    state->failed = true;
    return add_notification(report, "error", (galley_string){uri, strlen(uri)}, problem->line,
                            (galley_string){problem->message, strlen(problem->message)});
}

/* About the run as a whole; where it comes from ("FILE:LINE") is part of the message. */
static galley_status add_warning(struct galley_report *report, galley_string origin,
                                 galley_string message, struct output *out) {
    (void)out;
    struct arena arena;
    arena_init(&arena, &report->memory);
    const galley_string text = origin.len == 0
                                   ? message
                                   : arena_format(&arena, "%.*s: %.*s", (int)origin.len,
                                                  origin.data, (int)message.len, message.data);
    const galley_status status =
        text.data == NULL ? GALLEY_ERROR_MEMORY
                          : add_notification(report, "warning", (galley_string){"", 0}, 0, text);
    arena_finish(&arena);
    return status;
}

static galley_status end(struct galley_report *report, struct output *out) {
    const struct sarif_state *state = report->state;
    output_text(out, "\n],\n\"invocations\":[{\"executionSuccessful\":");
    output_text(out, state->failed ? "false" : "true");
    output_text(out, ",\"toolExecutionNotifications\":[");
    if (state->len > 0) {
        output_bytes(out, state->notifications, state->len);
    }
    output_text(out, "]}]\n}]}\n");
    return GALLEY_OK;
}

static void finish(struct galley_report *report) {
    struct sarif_state *state = report->state;
    memory_free(&report->memory, state->notifications);
}

const struct report_format report_sarif = {
    .name = "sarif",
    .summary = "SARIF 2.1.0, for code hosts and editors",
    .state_size = sizeof(struct sarif_state),
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .warning = add_warning,
    .end = end,
    .finish = finish,
};
