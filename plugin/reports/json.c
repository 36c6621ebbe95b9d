/*
 * JSON: one object for the whole report ("json"), or one line a document ("jsonl", for which a
 * line has the same object). Numbers and order of keys are fixed, so that reports can be compared.
 */
#include "people.h"
#include "reports/report.h"
#include "waivers/waiver.h"

#include <string.h>

static void write_place(struct output *out, const struct place *place) {
    output_text(out, "\"offset\":");
    output_number(out, place->offset);
    output_json_number(out, "length", place->length);
    output_json_number(out, "line", place->line);
    output_json_number(out, "column", place->column);
}

static void write_suggestions(struct output *out, const struct issue *issue) {
    output_json_key(out, "suggestions");
    output_text(out, "[");
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        output_text(out, i == 0 ? "" : ",");
        output_json_string(out, issue->suggestions[i].data, issue->suggestions[i].len);
    }
    output_text(out, "]");
}

static void write_related(struct output *out, const struct issue *issue) {
    if (issue->n_related == 0) {
        return;
    }
    output_json_key(out, "related");
    output_text(out, "[");
    for (size_t i = 0; i < issue->n_related; i++) {
        const struct related *related = &issue->related[i];
        output_text(out, i == 0 ? "{" : ",{");
        write_place(out, &related->place);
        output_json_text(out, "text", related->place.text);
        output_json_text(out, "message", related->message);
        output_text(out, "}");
    }
    output_text(out, "]");
}

static void write_waiver(struct output *out, const struct waiver *waiver) {
    if (waiver == NULL) {
        return;
    }
    output_text(out, ",\"waived\":{\"by\":");
    output_json_string(out, waiver->origin.data, waiver->origin.len);
    output_json_text(out, "reason", waiver->reason);
    output_text(out, "}");
}

static void write_warnings(struct output *out, const struct galley_document *document) {
    if (document->n_warnings == 0) {
        return;
    }
    output_json_key(out, "warnings");
    output_text(out, "[");
    for (size_t i = 0; i < document->n_warnings; i++) {
        output_text(out, i == 0 ? "{" : ",{");
        write_place(out, &document->warnings[i].place);
        output_json_text(out, "message", document->warnings[i].message);
        output_text(out, "}");
    }
    output_text(out, "]");
}

static void write_issue(struct output *out, const struct issue *issue) {
    output_text(out, "{\"check\":\"");
    output_text(out, issue->check->name);
    output_text(out, "\",");
    write_place(out, &issue->place);
    output_json_static(out, "severity", galley_severity_name(issue->severity));
    output_json_static(out, "type", issue->check->its_type);
    output_json_text(out, "message", issue->message);
    output_json_text(out, "text", issue->place.text);
    write_suggestions(out, issue);
    write_related(out, issue);
    write_waiver(out, issue->waiver);
    output_text(out, "}");
}

static void write_person_places(struct output *out, const struct person *person, bool pronouns) {
    bool first = true;
    output_text(out, "[");
    for (size_t i = 0; i < person->n_mentions; i++) {
        const struct person_place *mention = &person->mentions[i];
        if ((mention->kind == GALLEY_MENTION_PRONOUN) != pronouns) {
            continue;
        }
        output_text(out, first ? "{" : ",{");
        first = false;
        write_place(out, &mention->place);
        output_json_text(out, "text", mention->place.text);
        if (pronouns) {
            output_json_number(out, "confidence", (size_t)(mention->confidence * 100));
        }
        output_text(out, mention->quoted ? ",\"quoted\":true}" : "}");
    }
    output_text(out, "]");
}

/* Who is spoken of and who says what; confidences in percent. */
static void write_speakers(struct output *out, const struct galley_document *document) {
    if (!document->engine->speakers) {
        return;
    }
    output_json_key(out, "speakers");
    output_text(out, "[");
    for (size_t i = 0; i < document->n_people; i++) {
        const struct person *person = &document->people[i];
        output_text(out, i == 0 ? "{\"name\":" : ",{\"name\":");
        output_json_string(out, person->name.data, person->name.len);
        output_json_static(out, "gender", galley_gender_name(person->gender));
        output_json_number(out, "confidence", (size_t)(person->confidence * 100));
        output_json_key(out, "mentions");
        write_person_places(out, person, false);
        output_json_key(out, "pronouns");
        write_person_places(out, person, true);
        output_json_key(out, "quotations");
        output_text(out, "[");
        for (size_t k = 0; k < person->n_quotations; k++) {
            output_text(out, k == 0 ? "{" : ",{");
            write_place(out, &person->quotations[k].place);
            output_json_number(out, "confidence", (size_t)(person->quotations[k].confidence * 100));
            output_text(out, "}");
        }
        output_text(out, "]}");
    }
    output_text(out, "]");
}

static void write_document(struct output *out, const struct galley_document *document) {
    output_text(out, "{\"uri\":");
    output_json_string(out, document->uri.data, document->uri.len);
    output_json_text(out, "language", document->language);
    output_json_number(out, "words", document->n_words);
    output_json_key(out, "score");
    output_score(out, document->score);
    output_json_static(out, "verdict", galley_verdict_name(document->verdict));
    if (document->untranslated > 0) {
        output_json_key(out, "untranslated");
        output_score(out, document->untranslated);
    }
    if (document->reason.len > 0) {
        output_json_text(out, "reason", document->reason);
    }
    output_json_key(out, "issues");
    output_text(out, "[");
    for (size_t i = 0; i < document->n_issues; i++) {
        output_text(out, i == 0 ? "" : ",");
        write_issue(out, document->issues[i]);
    }
    output_text(out, "]");
    write_warnings(out, document);
    write_speakers(out, document);
    output_text(out, "}");
}

static void write_error(struct output *out, const char *uri, const galley_error *problem) {
    output_text(out, "{\"uri\":");
    output_json_string(out, uri, strlen(uri));
    output_text(out, ",\"error\":{\"status\":\"");
    output_text(out, galley_status_name(problem->status));
    output_text(out, "\"");
    output_json_static(out, "message", problem->message);
    output_json_number(out, "offset", problem->offset);
    output_json_number(out, "line", problem->line);
    output_text(out, "},\"issues\":[]}");
}

static galley_status begin_json(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "{\"galley\":\"" GALLEY_VERSION "\",\"documents\":[");
    return GALLEY_OK;
}

static void separate(const struct galley_report *report, struct output *out) {
    output_text(out, report->n_documents == 1 ? "\n" : ",\n");
}

static galley_status add_json(struct galley_report *report, const struct galley_document *document,
                              struct output *out) {
    separate(report, out);
    write_document(out, document);
    return GALLEY_OK;
}

static galley_status add_json_error(struct galley_report *report, const char *uri,
                                    const galley_error *problem, struct output *out) {
    separate(report, out);
    write_error(out, uri, problem);
    return GALLEY_OK;
}

static void write_run_warning(struct output *out, galley_string origin, galley_string message) {
    output_text(out, "{\"origin\":");
    output_json_string(out, origin.data, origin.len);
    output_json_text(out, "message", message);
    output_text(out, "}");
}

static galley_status add_json_warning(struct galley_report *report, galley_string origin,
                                      galley_string message, struct output *out) {
    output_text(out, report->n_warnings == 0 ? "\n],\"warnings\":[\n" : ",\n");
    write_run_warning(out, origin, message);
    return GALLEY_OK;
}

static galley_status end_json(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "\n]}\n");
    return GALLEY_OK;
}

static galley_status add_line(struct galley_report *report, const struct galley_document *document,
                              struct output *out) {
    (void)report;
    write_document(out, document);
    output_text(out, "\n");
    return GALLEY_OK;
}

static galley_status add_error_line(struct galley_report *report, const char *uri,
                                    const galley_error *problem, struct output *out) {
    (void)report;
    write_error(out, uri, problem);
    output_text(out, "\n");
    return GALLEY_OK;
}

static galley_status add_warning_line(struct galley_report *report, galley_string origin,
                                      galley_string message, struct output *out) {
    (void)report;
    output_text(out, "{\"warning\":");
    write_run_warning(out, origin, message);
    output_text(out, "}\n");
    return GALLEY_OK;
}

const struct report_format report_json = {
    .name = "json",
    .summary = "one JSON object with all documents",
    .begin = begin_json,
    .document = add_json,
    .error = add_json_error,
    .warning = add_json_warning,
    .end = end_json,
};

const struct report_format report_jsonl = {
    .name = "jsonl",
    .summary = "one JSON object a document, one a line",
    .document = add_line,
    .error = add_error_line,
    .warning = add_warning_line,
};
