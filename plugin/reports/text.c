/*
 * Text for people: a line for each issue as compilers write it, then the line it stands in with a
 * caret below, then what to write instead.
 */
#include "reports/report.h"

#include "libraries/icu.h"
#include "text/unicode.h"
#include "text/utf8.h"
#include "waivers/waiver.h"

#include <string.h>

enum { CONTEXT_DEFAULT = 200 }; /* columns of a line that are shown when nobody said how many */

static void colour(const struct galley_report *report, struct output *out, const char *code) {
    if (report->options.colour) {
        output_text(out, "\x1b[");
        output_text(out, code);
        output_text(out, "m");
    }
}

static const char *severity_colour(galley_severity severity) {
    switch (severity) {
    case GALLEY_CRITICAL:
        return "1;35";
    case GALLEY_MAJOR:
        return "1;31";
    case GALLEY_MINOR:
        return "1;33";
    default:
        return "1;34";
    }
}

/* Terminal columns of a code point: none for what is combined or controls, two for East Asian wide
 * ones (UAX #11). */
static size_t width_of(uint32_t code_point) {
    if (code_point < 0x300) {
        return code_point >= 0x20 && code_point != 0x7F &&
               !(code_point >= 0x80 && code_point < 0xA0);
    }
    const int type = unicode_type(code_point);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) {
        return 0;
    }
    return unicode_is_wide(code_point) ? 2 : 1;
}

static bool is_line_break(char c) {
    return c == '\n' || c == '\r';
}

/* The piece of the line around a span that fits into `columns`, and whether it was cut. */
struct excerpt {
    size_t begin, end;
    bool cut_before, cut_after;
};

static struct excerpt find_excerpt(const struct decoded *decoded, struct span span,
                                   size_t columns) {
    struct excerpt excerpt = {.begin = span.begin, .end = span.begin};
    size_t used = 0;
    while (excerpt.begin > 0 && !is_line_break(decoded->text[excerpt.begin - 1]) &&
           used < columns / 2) {
        used += width_of(utf8_previous(decoded->text, &excerpt.begin));
    }
    excerpt.cut_before = excerpt.begin > 0 && !is_line_break(decoded->text[excerpt.begin - 1]);
    while (excerpt.end < decoded->len && !is_line_break(decoded->text[excerpt.end]) &&
           used < columns) {
        used += width_of(utf8_next(decoded->text, &excerpt.end));
    }
    excerpt.cut_after = excerpt.end < decoded->len && !is_line_break(decoded->text[excerpt.end]);
    return excerpt;
}

/* Text of the document for a terminal: control characters would move its cursor. */
static void write_plain(struct output *out, const char *text, size_t begin, size_t end) {
    for (size_t at = begin; at < end;) {
        const size_t from = at;
        const uint32_t code_point = utf8_next(text, &at);
        if (code_point == '\t' || code_point == '\n' || code_point == '\r') {
            output_text(out, " ");
        } else if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0)) {
            output_text(out, "\xEF\xBF\xBD");
        } else {
            output_bytes(out, text + from, at - from);
        }
    }
}

static size_t columns_of(const char *text, size_t begin, size_t end) {
    size_t columns = 0;
    for (size_t at = begin; at < end;) {
        const uint32_t code_point = utf8_next(text, &at);
        const bool replaced = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
        columns += replaced ? 1 : width_of(code_point);
    }
    return columns;
}

static void write_excerpt(const struct galley_report *report, struct output *out,
                          const struct decoded *decoded, const struct issue *issue) {
    const size_t room = report->options.columns == 0   ? CONTEXT_DEFAULT
                        : report->options.columns < 24 ? 20
                                                       : report->options.columns - 6;
    const struct span span = issue->place.span;
    const struct excerpt excerpt = find_excerpt(decoded, span, room);
    output_text(out, excerpt.cut_before ? "  …" : "  ");
    write_plain(out, decoded->text, excerpt.begin, excerpt.end);
    output_text(out, excerpt.cut_after ? "…\n  " : "\n  ");
    const size_t before =
        columns_of(decoded->text, excerpt.begin, span.begin) + (excerpt.cut_before ? 1 : 0);
    for (size_t i = 0; i < before; i++) {
        output_text(out, " ");
    }
    colour(report, out, "32");
    output_text(out, "^");
    const size_t end = span.end < excerpt.end ? span.end : excerpt.end;
    const size_t marked = columns_of(decoded->text, span.begin, end);
    for (size_t i = 1; i < marked; i++) {
        output_text(out, "~");
    }
    colour(report, out, "0");
    output_text(out, "\n");
}

static void write_uri(struct output *out, galley_string uri) {
    write_plain(out, uri.data, 0, uri.len);
}

static void write_position(struct output *out, galley_string uri, const struct place *place) {
    write_uri(out, uri);
    output_text(out, ":");
    output_number(out, place->line);
    output_text(out, ":");
    output_number(out, place->column);
    output_text(out, ": ");
}

static void write_suggestions(const struct galley_report *report, struct output *out,
                              const struct issue *issue) {
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        const galley_string suggestion = issue->suggestions[i];
        output_text(out, i == 0 ? "  write: " : ", ");
        if (suggestion.len == 0) {
            output_text(out, "(nothing)");
            continue;
        }
        colour(report, out, "32");
        write_plain(out, suggestion.data, 0, suggestion.len);
        colour(report, out, "0");
    }
    if (issue->n_suggestions > 0) {
        output_text(out, "\n");
    }
}

static void write_waiver(const struct galley_report *report, struct output *out,
                         const struct waiver *waiver) {
    output_text(out, "  ");
    colour(report, out, "36");
    output_text(out, "waived");
    colour(report, out, "0");
    output_text(out, " by ");
    write_plain(out, waiver->origin.data, 0, waiver->origin.len);
    if (waiver->reason.len > 0) {
        output_text(out, ": ");
        write_plain(out, waiver->reason.data, 0, waiver->reason.len);
    }
    output_text(out, "\n");
}

static void write_warning(const struct galley_report *report, struct output *out, galley_string uri,
                          const struct warning *warning) {
    write_position(out, uri, &warning->place);
    colour(report, out, "35");
    output_text(out, "warning");
    colour(report, out, "0");
    output_text(out, ": ");
    write_plain(out, warning->message.data, 0, warning->message.len);
    output_text(out, "\n");
}

static void write_issue(const struct galley_report *report, struct output *out,
                        const struct galley_document *document, const struct issue *issue) {
    colour(report, out, "1");
    write_position(out, document->uri, &issue->place);
    colour(report, out, severity_colour(issue->severity));
    output_text(out, galley_severity_name(issue->severity));
    colour(report, out, "0");
    output_text(out, ": ");
    write_plain(out, issue->message.data, 0, issue->message.len);
    output_text(out, " [");
    output_text(out, issue->check->name);
    output_text(out, "]\n");
    if (issue->waiver != NULL) {
        write_waiver(report, out, issue->waiver);
    }
    write_excerpt(report, out, &document->decoded, issue);
    write_suggestions(report, out, issue);
    for (size_t i = 0; i < issue->n_related; i++) {
        const struct related *related = &issue->related[i];
        output_text(out, "  ");
        write_position(out, document->uri, &related->place);
        write_plain(out, related->message.data, 0, related->message.len);
        output_text(out, "\n");
    }
}

static void write_counts(struct output *out, const struct galley_document *document) {
    output_number(out, document->n_words);
    output_text(out, document->n_words == 1 ? " word, " : " words, ");
    const size_t n_counted = document->n_issues - document->n_waived;
    output_number(out, n_counted);
    output_text(out, n_counted == 1 ? " issue" : " issues");
    const char *separator = " (";
    for (int severity = GALLEY_CRITICAL; severity >= GALLEY_NEUTRAL; severity--) {
        if (document->n_by_severity[severity] > 0) {
            output_text(out, separator);
            output_number(out, document->n_by_severity[severity]);
            output_text(out, " ");
            output_text(out, galley_severity_name((galley_severity)severity));
            separator = ", ";
        }
    }
    output_text(out, n_counted > 0 ? "), " : ", ");
    if (document->n_waived > 0) {
        output_number(out, document->n_waived);
        output_text(out, " waived, ");
    }
    output_text(out, "score ");
    output_score(out, document->score);
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    for (size_t i = 0; i < document->n_issues; i++) {
        write_issue(report, out, document, document->issues[i]);
    }
    for (size_t i = 0; i < document->n_warnings; i++) {
        write_warning(report, out, document->uri, &document->warnings[i]);
    }
    write_uri(out, document->uri);
    output_text(out, ": ");
    colour(report, out, document->verdict == GALLEY_FAIL ? "1;31" : "1;32");
    output_text(out, galley_verdict_name(document->verdict));
    colour(report, out, "0");
    output_text(out, ": ");
    write_counts(out, document);
    if (document->reason.len > 0) {
        output_text(out, ": ");
        write_plain(out, document->reason.data, 0, document->reason.len);
    }
    output_text(out, "\n");
    return GALLEY_OK;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    write_plain(out, uri, 0, strlen(uri));
    if (problem->line > 0) {
        output_text(out, ":");
        output_number(out, problem->line);
    }
    output_text(out, ": ");
    colour(report, out, "1;31");
    output_text(out, "error");
    colour(report, out, "0");
    output_text(out, ": ");
    write_plain(out, problem->message, 0, strlen(problem->message));
    output_text(out, "\n");
    return GALLEY_OK;
}

static galley_status add_warning(struct galley_report *report, galley_string origin,
                                 galley_string message, struct output *out) {
    if (origin.len > 0) {
        write_plain(out, origin.data, 0, origin.len);
        output_text(out, ": ");
    }
    colour(report, out, "35");
    output_text(out, "warning");
    colour(report, out, "0");
    output_text(out, ": ");
    write_plain(out, message.data, 0, message.len);
    output_text(out, "\n");
    return GALLEY_OK;
}

const struct report_format report_text = {
    .name = "text",
    .summary = "lines for people, with a caret and suggestions",
    .document = add_document,
    .error = add_error,
    .warning = add_warning,
};
