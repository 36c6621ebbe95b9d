/*
 * HTML: one page that needs nothing else, for people who read what was found. It has no script and
 * forbids any: the filters are check boxes that the stylesheet asks for with :has(), and documents
 * are details elements, open where the verdict asks for a reader.
 *
 * Documents stream; the charts stand at the end, where their figures are known, so that memory does
 * not grow with the number of documents. The score of each stands in its own heading as a bar.
 */
#include "reports/html_style.h"
#include "reports/report.h"
#include "text/utf8.h"
#include "waivers/waiver.h"

#include <string.h>

enum {
    N_SCORES = 10, /* bars of the chart of scores */
    ACTIVE_MAX =
        8, /* issues that are shown at once at one place of the text; more are only listed */
};

struct html_state {
    size_t n_issues[REGISTRY_CHECKS_MAX][4]; /* those that count, by check and severity */
    size_t n_waived, n_words, n_errors;
    size_t n_verdicts[3];
    size_t n_scores[N_SCORES];
};

static void write_text(struct output *out, galley_string text) {
    output_xml_text(out, text.data, text.len);
}

/* Text of the document: line breaks stay what they are. */
static void write_lines(struct output *out, const char *text, size_t len) {
    while (len > 0) {
        const char *feed = memchr(text, '\n', len);
        size_t line = feed == NULL ? len : (size_t)(feed - text);
        const bool carriage = feed != NULL && line > 0 && text[line - 1] == '\r';
        output_xml_text(out, text, carriage ? line - 1 : line);
        if (feed != NULL) {
            output_text(out, "\n");
            line++;
        }
        text += line;
        len -= line;
    }
}

/* ---- the text with its issues ---- */

static void write_classes(struct output *out, const struct issue *issue) {
    output_text(out, " class=\"c-");
    output_text(out, issue->check->name);
    output_text(out, " ");
    output_text(out, galley_severity_name(issue->severity));
    output_text(out, issue->waiver == NULL ? "\"" : " waived\"");
}

/* "d3i17": an issue of a document; `kind` is what of it. */
static void write_id(struct output *out, const struct galley_report *report, char kind,
                     size_t issue) {
    output_text(out, "d");
    output_number(out, report->n_documents);
    output_bytes(out, &kind, 1);
    output_number(out, issue + 1);
}

/* What is open at one place of the text, in the order it was opened. */
struct marks {
    const struct galley_report *report;
    struct output *out;
    struct issue *const *issues;
    size_t active[ACTIVE_MAX]; /* numbers of issues */
    size_t n_active;
};

static void open_mark(struct marks *marks, size_t number, bool first) {
    output_text(marks->out, "<mark");
    write_classes(marks->out, marks->issues[number]);
    if (first) {
        output_text(marks->out, " id=\"");
        write_id(marks->out, marks->report, 'm', number);
        output_text(marks->out, "\"");
    }
    output_text(marks->out, ">");
}

/* The number behind what is marked leads to the message. */
static void write_number(struct marks *marks, size_t number) {
    output_text(marks->out, "<a class=\"number ");
    output_text(marks->out, galley_severity_name(marks->issues[number]->severity));
    output_text(marks->out, " c-");
    output_text(marks->out, marks->issues[number]->check->name);
    output_text(marks->out, "\" href=\"#");
    write_id(marks->out, marks->report, 'i', number);
    output_text(marks->out, "\" aria-label=\"issue ");
    output_number(marks->out, number + 1);
    output_text(marks->out, "\">");
    output_number(marks->out, number + 1);
    output_text(marks->out, "</a>");
}

/* Marks may cross, elements may not: at every border all are closed, and those that go on are
 * opened again. */
static void close_all(struct marks *marks) {
    for (size_t i = 0; i < marks->n_active; i++) {
        output_text(marks->out, "</mark>");
    }
}

static void drop_ended(struct marks *marks, size_t at) {
    size_t kept = 0;
    for (size_t i = 0; i < marks->n_active; i++) {
        const size_t number = marks->active[i];
        if (marks->issues[number]->place.span.end > at) {
            marks->active[kept++] = number;
        } else {
            write_number(marks, number);
        }
    }
    marks->n_active = kept;
}

static size_t next_end(const struct marks *marks, size_t limit) {
    for (size_t i = 0; i < marks->n_active; i++) {
        const size_t end = marks->issues[marks->active[i]]->place.span.end;
        limit = end < limit ? end : limit;
    }
    return limit;
}

static void write_document_text(const struct galley_report *report,
                                const struct galley_document *document, struct output *out) {
    struct marks marks = {.report = report, .out = out, .issues = document->issues};
    const struct decoded *decoded = &document->decoded;
    size_t at = 0;
    size_t next = 0;
    for (;;) {
        const size_t begin =
            next < document->n_issues ? document->issues[next]->place.span.begin : decoded->len;
        const size_t border = next_end(&marks, begin);
        write_lines(out, decoded->text + at, border - at);
        at = border;
        close_all(&marks);
        drop_ended(&marks, at);
        for (size_t i = 0; i < marks.n_active; i++) {
            open_mark(&marks, marks.active[i], false);
        }
        for (; next < document->n_issues && document->issues[next]->place.span.begin == at;
             next++) {
            open_mark(&marks, next, true);
            if (marks.n_active == ACTIVE_MAX || document->issues[next]->place.span.end == at) {
                output_text(out, "</mark>");
                write_number(&marks, next);
            } else {
                marks.active[marks.n_active++] = next;
            }
        }
        if (at == decoded->len && next == document->n_issues && marks.n_active == 0) {
            return;
        }
    }
}

/* ---- the list of issues ---- */

static void write_suggestions(struct output *out, const struct issue *issue) {
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        output_text(out, i == 0 ? "<p>write: <ins>" : " <ins>");
        if (issue->suggestions[i].len == 0) {
            output_text(out, "(nothing)");
        }
        write_text(out, issue->suggestions[i]);
        output_text(out, "</ins>");
    }
    output_text(out, issue->n_suggestions > 0 ? "</p>" : "");
}

static void write_place(struct output *out, const struct place *place) {
    output_number(out, place->line);
    output_text(out, ":");
    output_number(out, place->column);
}

static void write_related(struct output *out, const struct issue *issue) {
    for (size_t i = 0; i < issue->n_related; i++) {
        output_text(out, "<p class=\"related\">");
        write_place(out, &issue->related[i].place);
        output_text(out, " ");
        write_text(out, issue->related[i].message);
        output_text(out, "</p>");
    }
}

static void write_waiver(struct output *out, const struct waiver *waiver) {
    if (waiver == NULL) {
        return;
    }
    output_text(out, "<p class=\"related\">waived by ");
    write_text(out, waiver->origin);
    output_text(out, waiver->reason.len > 0 ? ": " : "");
    write_text(out, waiver->reason);
    output_text(out, "</p>");
}

static void write_issue(const struct galley_report *report, struct output *out,
                        const struct issue *issue, size_t number) {
    output_text(out, "<li");
    write_classes(out, issue);
    output_text(out, " id=\"");
    write_id(out, report, 'i', number);
    output_text(out, "\"><p class=\"where\">");
    output_number(out, number + 1);
    output_text(out, " · <b>");
    output_text(out, galley_severity_name(issue->severity));
    output_text(out, "</b> ");
    output_text(out, issue->check->name);
    output_text(out, " · <a href=\"#");
    write_id(out, report, 'm', number);
    output_text(out, "\">line ");
    write_place(out, &issue->place);
    output_text(out, "</a></p><p>");
    write_text(out, issue->message);
    output_text(out, "</p>");
    write_suggestions(out, issue);
    write_related(out, issue);
    write_waiver(out, issue->waiver);
    output_text(out, "</li>\n");
}

static void write_warnings(struct output *out, const struct galley_document *document) {
    for (size_t i = 0; i < document->n_warnings; i++) {
        output_text(out, "<p class=\"reason\">warning, line ");
        output_number(out, document->warnings[i].place.line);
        output_text(out, ": ");
        write_text(out, document->warnings[i].message);
        output_text(out, "</p>\n");
    }
}

/* ---- a document ---- */

static void count(struct html_state *state, const struct galley_document *document) {
    for (size_t i = 0; i < document->n_issues; i++) {
        const struct issue *issue = document->issues[i];
        if (issue->waiver != NULL) {
            state->n_waived++;
        } else {
            state->n_issues[registry_check_index(issue->check)][issue->severity]++;
        }
    }
    state->n_words += document->n_words;
    state->n_verdicts[document->verdict]++;
    const size_t bar = document->score / (100000 / N_SCORES);
    state->n_scores[bar < N_SCORES ? bar : N_SCORES - 1]++;
}

static void write_bar(struct output *out, unsigned score) {
    output_text(out, "<span class=\"score\" aria-hidden=\"true\"><i style=\"width:");
    output_score(out, score);
    output_text(out, "%\"></i></span> ");
}

static void write_heading(struct output *out, const struct galley_document *document) {
    const char *verdict = galley_verdict_name(document->verdict);
    output_text(out, "<details class=\"document ");
    output_text(out, verdict);
    output_text(out,
                document->verdict == GALLEY_PASS ? "\"><summary><h2>" : "\" open><summary><h2>");
    write_text(out, document->uri);
    output_text(out, "</h2> <span class=\"verdict\">");
    output_text(out, verdict);
    output_text(out, "</span> ");
    write_bar(out, document->score);
    output_text(out, "<span class=\"figures\">score ");
    output_score(out, document->score);
    output_text(out, ", ");
    output_number(out, document->n_words);
    output_text(out, document->n_words == 1 ? " word, " : " words, ");
    const size_t n_counted = document->n_issues - document->n_waived;
    output_number(out, n_counted);
    output_text(out, n_counted == 1 ? " issue" : " issues");
    if (document->n_waived > 0) {
        output_text(out, ", ");
        output_number(out, document->n_waived);
        output_text(out, " waived");
    }
    output_text(out, "</span></summary>\n");
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    count(report->state, document);
    write_heading(out, document);
    if (document->reason.len > 0) {
        output_text(out, "<p class=\"reason\">");
        write_text(out, document->reason);
        output_text(out, "</p>\n");
    }
    write_warnings(out, document);
    output_text(out, "<div class=\"columns\">\n<div class=\"text\" dir=\"auto\"");
    output_xml_attribute(out, "lang", document->language);
    output_text(out, ">");
    write_document_text(report, document, out);
    output_text(out, "</div>\n<ol class=\"issues\">\n");
    for (size_t i = 0; i < document->n_issues; i++) {
        write_issue(report, out, document->issues[i], i);
    }
    output_text(out, "</ol>\n</div>\n</details>\n");
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    struct html_state *state = report->state;
    state->n_errors++;
    output_text(out, "<details class=\"document fail\" open><summary><h2>");
    output_xml_text(out, uri, strlen(uri));
    output_text(out, "</h2> <span class=\"verdict\">could not be read</span></summary>\n"
                     "<p class=\"reason\">");
    output_xml_text(out, problem->message, strlen(problem->message));
    output_text(out, "</p>\n</details>\n");
    return GALLEY_OK;
}

static galley_status add_warning(struct galley_report *report, galley_string origin,
                                 galley_string message, struct output *out) {
    (void)report;
    output_text(out, "<p class=\"reason\">Warning: ");
    output_xml_text(out, origin.data, origin.len);
    output_text(out, origin.len > 0 ? ": " : "");
    output_xml_text(out, message.data, message.len);
    output_text(out, "</p>\n");
    return GALLEY_OK;
}

/* ---- the page ---- */

static const char *const severities[] = {"critical", "major", "minor", "neutral"};

/* Hides what is marked or listed under a class when its box is not checked. */
static void write_filter_rule(struct output *out, const char *prefix, const char *name) {
    output_text(out, "body:has(#f-");
    output_text(out, name);
    output_text(out, ":not(:checked)) :is(li,.number).");
    output_text(out, prefix);
    output_text(out, name);
    output_text(out, "{display:none}body:has(#f-");
    output_text(out, name);
    output_text(out, ":not(:checked)) mark.");
    output_text(out, prefix);
    output_text(out, name);
    output_text(out, "{background:none;border:0}\n");
}

static void write_box(struct output *out, const char *name) {
    output_text(out, "<label><input type=\"checkbox\" checked id=\"f-");
    output_text(out, name);
    output_text(out, "\"> ");
    output_text(out, name);
    output_text(out, "</label>\n");
}

static bool is_enabled(const struct galley_report *report, size_t check) {
    return report->engine->checks[check].enabled;
}

static void write_filters(const struct galley_report *report, struct output *out) {
    output_text(out, "<form aria-label=\"What is shown\">\n<fieldset><legend>Severity</legend>\n");
    for (size_t i = 0; i < 4; i++) {
        write_box(out, severities[i]);
    }
    output_text(out, "</fieldset>\n<fieldset><legend>Check</legend>\n");
    for (size_t i = 0; i < registry_n_checks(); i++) {
        if (is_enabled(report, i)) {
            write_box(out, registry_check(i)->name);
        }
    }
    output_text(out, "</fieldset>\n</form>\n");
}

static galley_status begin(struct galley_report *report, struct output *out) {
    output_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'\">\n"
                     "<meta name=\"generator\" content=\"galley " GALLEY_VERSION "\">\n"
                     "<title>galley report</title>\n<style>\n");
    output_text(out, html_style);
    for (size_t i = 0; i < 4; i++) {
        write_filter_rule(out, "", severities[i]);
    }
    for (size_t i = 0; i < registry_n_checks(); i++) {
        if (is_enabled(report, i)) {
            write_filter_rule(out, "c-", registry_check(i)->name);
        }
    }
    output_text(out, "</style>\n</head>\n<body>\n<header>\n<h1>galley report</h1>\n"
                     "<p class=\"skip\"><a href=\"#summary\">Summary and charts</a></p>\n");
    write_filters(report, out);
    output_text(out, "</header>\n<main>\n");
    return GALLEY_OK;
}

static size_t count_check(const struct html_state *state, size_t check) {
    size_t n = 0;
    for (size_t i = 0; i < 4; i++) {
        n += state->n_issues[check][i];
    }
    return n;
}

/* A bar as wide as `part` of `whole`. */
static void write_chart_cell(struct output *out, size_t part, size_t whole) {
    output_text(out, "<td class=\"bar major\" aria-hidden=\"true\"><i style=\"width:");
    output_number(out, whole == 0 ? 0 : part * 100 / whole);
    output_text(out, "%\"></i></td>");
}

static void write_cell(struct output *out, size_t number) {
    output_text(out, "<td>");
    output_number(out, number);
    output_text(out, "</td>");
}

static void write_checks_chart(const struct html_state *state, struct output *out) {
    size_t most = 0;
    for (size_t i = 0; i < registry_n_checks(); i++) {
        const size_t n = count_check(state, i);
        most = n > most ? n : most;
    }
    output_text(out,
                "<table>\n<caption>Issues by check</caption>\n<thead><tr><th scope=\"col\">check"
                "</th><th scope=\"col\">critical</th><th scope=\"col\">major</th>"
                "<th scope=\"col\">minor</th><th scope=\"col\">neutral</th>"
                "<th scope=\"col\">all</th><td></td></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < registry_n_checks(); i++) {
        const size_t n = count_check(state, i);
        if (n == 0) {
            continue;
        }
        output_text(out, "<tr><th scope=\"row\">");
        output_text(out, registry_check(i)->name);
        output_text(out, "</th>");
        for (size_t k = 4; k > 0; k--) {
            write_cell(out, state->n_issues[i][k - 1]);
        }
        write_cell(out, n);
        write_chart_cell(out, n, most);
        output_text(out, "</tr>\n");
    }
    output_text(out, "</tbody>\n</table>\n");
}

static void write_scores_chart(const struct html_state *state, struct output *out) {
    size_t most = 0;
    for (size_t i = 0; i < N_SCORES; i++) {
        most = state->n_scores[i] > most ? state->n_scores[i] : most;
    }
    output_text(out, "<table>\n<caption>Documents by score</caption>\n<thead><tr><th scope=\"col\">"
                     "score</th><th scope=\"col\">documents</th><td></td></tr></thead>\n<tbody>\n");
    for (size_t i = N_SCORES; i > 0; i--) {
        output_text(out, "<tr><th scope=\"row\">");
        output_number(out, (i - 1) * 100 / N_SCORES);
        output_text(out, " to ");
        output_number(out, i * 100 / N_SCORES);
        output_text(out, "</th>");
        write_cell(out, state->n_scores[i - 1]);
        write_chart_cell(out, state->n_scores[i - 1], most);
        output_text(out, "</tr>\n");
    }
    output_text(out, "</tbody>\n</table>\n");
}

static void write_figure(struct output *out, size_t number, const char *what) {
    output_number(out, number);
    output_text(out, what);
}

static galley_status end(struct galley_report *report, struct output *out) {
    const struct html_state *state = report->state;
    output_text(out, "</main>\n<footer id=\"summary\">\n<h2>Summary</h2>\n<p>");
    write_figure(out, report->n_documents, " documents, ");
    write_figure(out, state->n_words, " words; ");
    write_figure(out, state->n_verdicts[GALLEY_PASS], " pass, ");
    write_figure(out, state->n_verdicts[GALLEY_REVIEW], " to review, ");
    write_figure(out, state->n_verdicts[GALLEY_FAIL], " fail, ");
    write_figure(out, state->n_errors, " could not be read; ");
    write_figure(out, state->n_waived, " issues waived</p>\n<div class=\"charts\">\n");
    write_checks_chart(state, out);
    write_scores_chart(state, out);
    output_text(out, "</div>\n</footer>\n</body>\n</html>\n");
    return GALLEY_OK;
}

const struct report_format report_html = {
    .name = "html",
    .summary = "one page for people: text with highlights, filters, charts",
    .state_size = sizeof(struct html_state),
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .warning = add_warning,
    .end = end,
};
