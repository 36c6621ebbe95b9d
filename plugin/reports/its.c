/*
 * The documents' texts as XML with the issues in place (ITS 2.0, section 8.17), for hosts that have
 * no place for annotations in their own format: a paragraph a unit, its:span around what an issue
 * is about. An issue that shares its place with others, or is cut by one, stands in a standoff
 * block behind the paragraph. The score is the text's quality rating (section 8.18). texts.rng
 * describes it.
 */
#include "annotate.h"
#include "reports/report.h"

#include <string.h>

enum { ACTIVE_MAX = 8 }; /* issues at one place of the text; more at one place help nobody */

/* An issue of the unit that is being written. */
struct find {
    const struct issue *issue;
    size_t begin, end; /* bytes of the unit's text */
    size_t n_segments; /* that it was cut into */
};

/* A stretch of the unit's text that the same issues are about. */
struct segment {
    size_t begin, end;
    size_t finds[ACTIVE_MAX];
    size_t n_finds;
};

/* One document being written. */
struct writing {
    const struct galley_document *document;
    struct output *out;
    struct arena arena;
    size_t n_groups; /* standoff blocks so far, for their names */
};

/* ---- where the issues stand in a unit ---- */

static galley_status find_issues(struct writing *writing, const struct unit *unit,
                                 struct find **finds, size_t *n_finds) {
    const struct galley_document *document = writing->document;
    const size_t begin = unit_document_offset(unit, 0, false);
    const size_t end = unit_document_offset(unit, unit->len, true);
    const size_t first = document_find_issue(document, begin);
    size_t n = 0;
    while (first + n < document->n_issues && document->issues[first + n]->place.span.begin <= end) {
        n++;
    }
    *n_finds = 0;
    *finds = arena_allocate_zeroed(&writing->arena, (n + 1) * sizeof **finds);
    if (*finds == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    for (size_t i = first; i < first + n; i++) {
        const struct span span = document->issues[i]->place.span;
        struct find find = {.issue = document->issues[i]};
        if (unit_text_offset(unit, span.begin, false, &find.begin) &&
            unit_text_offset(unit, span.end, span.end > span.begin, &find.end) &&
            find.end >= find.begin) {
            (*finds)[(*n_finds)++] = find;
        }
    }
    return GALLEY_OK;
}

/* The state of a sweep over the unit's text. */
struct sweep {
    struct find *finds;
    size_t n_finds, next;
    struct segment *segments;
    size_t n_segments;
    struct segment current; /* its finds are those that cover the place */
};

static void end_segment(struct sweep *sweep, size_t end) {
    sweep->current.end = end;
    if (sweep->current.n_finds > 0 && end > sweep->current.begin) {
        sweep->segments[sweep->n_segments++] = sweep->current;
        for (size_t i = 0; i < sweep->current.n_finds; i++) {
            sweep->finds[sweep->current.finds[i]].n_segments++;
        }
    }
    sweep->current.begin = end;
}

static void drop_ended(struct sweep *sweep, size_t at) {
    size_t n = 0;
    for (size_t i = 0; i < sweep->current.n_finds; i++) {
        if (sweep->finds[sweep->current.finds[i]].end > at) {
            sweep->current.finds[n++] = sweep->current.finds[i];
        }
    }
    sweep->current.n_finds = n;
}

/* Takes in what begins at the place; what is empty is a segment of its own. */
static void take_beginning(struct sweep *sweep, size_t at) {
    for (; sweep->next < sweep->n_finds && sweep->finds[sweep->next].begin <= at; sweep->next++) {
        struct find *find = &sweep->finds[sweep->next];
        if (find->end <= at) {
            sweep->segments[sweep->n_segments++] =
                (struct segment){.begin = at, .end = at, .finds = {sweep->next}, .n_finds = 1};
            find->n_segments++;
        } else if (sweep->current.n_finds < ACTIVE_MAX) {
            sweep->current.finds[sweep->current.n_finds++] = sweep->next;
        }
    }
}

/* Divides the text at every begin and end. */
static void make_segments(struct sweep *sweep, size_t len) {
    for (size_t at = 0;;) {
        end_segment(sweep, at);
        drop_ended(sweep, at);
        take_beginning(sweep, at);
        if (at >= len) {
            return;
        }
        size_t border = sweep->next < sweep->n_finds ? sweep->finds[sweep->next].begin : len;
        for (size_t i = 0; i < sweep->current.n_finds; i++) {
            const size_t end = sweep->finds[sweep->current.finds[i]].end;
            border = end < border ? end : border;
        }
        at = border < len ? border : len;
    }
}

/* ---- writing ---- */

static bool is_simple(const struct sweep *sweep, const struct segment *segment) {
    return segment->n_finds == 1 && sweep->finds[segment->finds[0]].n_segments == 1;
}

static void write_issue(struct output *out, const struct issue_names *names,
                        const struct issue *issue) {
    const struct note note = annotate_note(issue);
    annotation_write_issue(out, names, &note);
}

static void write_name(struct output *out, size_t number) {
    output_text(out, ANNOTATION_GROUP_ID);
    output_number(out, number);
    output_text(out, "\"");
}

static void write_segments(struct writing *writing, const struct unit *unit,
                           const struct sweep *sweep) {
    struct output *out = writing->out;
    size_t at = 0;
    size_t group = writing->n_groups;
    for (size_t i = 0; i < sweep->n_segments; i++) {
        const struct segment *segment = &sweep->segments[i];
        output_xml_text(out, unit->text + at, segment->begin - at);
        output_text(out, "<its:span");
        if (is_simple(sweep, segment)) {
            write_issue(out, &annotation_its_names, sweep->finds[segment->finds[0]].issue);
        } else {
            output_text(out, " locQualityIssuesRef=\"#");
            write_name(out, ++group);
        }
        output_text(out, ">");
        output_xml_text(out, unit->text + segment->begin, segment->end - segment->begin);
        output_text(out, "</its:span>");
        at = segment->end;
    }
    output_xml_text(out, unit->text + at, unit->len - at);
}

static void write_groups(struct writing *writing, const struct sweep *sweep) {
    struct output *out = writing->out;
    for (size_t i = 0; i < sweep->n_segments; i++) {
        const struct segment *segment = &sweep->segments[i];
        if (is_simple(sweep, segment)) {
            continue;
        }
        output_text(out, "    <its:locQualityIssues xml:id=\"");
        write_name(out, ++writing->n_groups);
        output_text(out, ">");
        for (size_t k = 0; k < segment->n_finds; k++) {
            output_text(out, "<its:locQualityIssue");
            write_issue(out, &annotation_its_names, sweep->finds[segment->finds[k]].issue);
            output_text(out, "/>");
        }
        output_text(out, "</its:locQualityIssues>\n");
    }
}

static const char *kind_of(const struct unit *unit) {
    switch (unit->kind) {
    case UNIT_HEADING:
        return "heading";
    case UNIT_SEGMENT:
        return "segment";
    case UNIT_ATTRIBUTE:
        return "attribute";
    default:
        return "paragraph";
    }
}

static galley_status write_unit(void *context, const struct unit *unit) {
    struct writing *writing = context;
    struct output *out = writing->out;
    struct sweep sweep = {.next = 0};
    galley_status status = find_issues(writing, unit, &sweep.finds, &sweep.n_finds);
    if (status == GALLEY_OK) {
        /* Each issue begins, ends, or is a segment: never more than these. */
        sweep.segments =
            arena_allocate(&writing->arena, (3 * sweep.n_finds + 1) * sizeof *sweep.segments);
        status = sweep.segments == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
    }
    if (status != GALLEY_OK) {
        return status;
    }
    make_segments(&sweep, unit->len);
    output_text(out, "    <p");
    output_xml_static(out, "kind", kind_of(unit));
    output_text(out, ">");
    write_segments(writing, unit, &sweep);
    output_text(out, "</p>\n");
    write_groups(writing, &sweep);
    return GALLEY_OK;
}

static galley_status begin(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<texts xmlns=\"urn:galley:texts:1\" "
                "xmlns:its=\"" ITS_NAMESPACE "\" its:version=\"2.0\">\n");
    return GALLEY_OK;
}

static galley_status add_document(struct galley_report *report,
                                  const struct galley_document *document, struct output *out) {
    output_text(out, "  <text");
    output_xml_attribute(out, "href", document->uri);
    output_xml_attribute(out, "xml:lang", document->language);
    output_text(out, " xml:space=\"preserve\"");
    output_text(out, "\n        its:locQualityRatingScore=\"");
    output_score(out, document->score);
    output_text(out, "\" its:locQualityRatingScoreThreshold=\"");
    output_score(out, document->engine->min_score);
    output_text(out, "\" its:locQualityRatingProfileRef=\"urn:galley:score\"");
    output_xml_static(out, "verdict", galley_verdict_name(document->verdict));
    output_text(out, ">\n");
    struct writing writing = {.document = document, .out = out};
    arena_init(&writing.arena, &report->memory);
    const galley_status status =
        document_each_unit(document, document->decoded.text, document->decoded.len, &writing.arena,
                           write_unit, &writing, NULL);
    arena_finish(&writing.arena);
    output_text(out, "  </text>\n");
    return status;
}

static galley_status add_error(struct galley_report *report, const char *uri,
                               const galley_error *problem, struct output *out) {
    (void)report;
    output_text(out, "  <error");
    output_xml_static(out, "href", uri);
    output_xml_number(out, "line", problem->line);
    output_text(out, ">");
    output_xml_text(out, problem->message, strlen(problem->message));
    output_text(out, "</error>\n");
    return GALLEY_OK;
}

static galley_status end(struct galley_report *report, struct output *out) {
    (void)report;
    output_text(out, "</texts>\n");
    return GALLEY_OK;
}

const struct report_format report_its = {
    .name = "its",
    .summary = "the texts as XML with the issues in place (ITS 2.0)",
    .begin = begin,
    .document = add_document,
    .error = add_error,
    .end = end,
};
