/*
 * Annotations in HTML (ITS 2.0, sections 6 and 8.17): <span its-loc-quality-issue-type="…" …>, with
 * standoff blocks in <script type="application/its+xml">. What is in an attribute or in the title
 * can have no span; a global rule with a selector names it. Markdown may hold HTML, and is given
 * the same.
 *
 * The way back looks for exactly what was written: every span and script of ours has an id that
 * begins with "galley-", and a span of ours holds no tag, so that the next </span> is its own.
 */
#include "base/ascii.h"
#include "formats/annotation.h"
#include "formats/markup.h"

#include <string.h>

static const struct issue_names names = {"its-",
                                         "loc-quality-issue-type",
                                         "loc-quality-issue-comment",
                                         "loc-quality-issue-severity",
                                         "loc-quality-issue-profile-ref",
                                         "loc-quality-issue-enabled"};

static const char span_start[] = "<span id=\"" ANNOTATION_ID;
static const char span_end[] = "</span>";
static const char script_start[] = "<script id=\"" ANNOTATION_ID;
static const char script_end[] = "</script>";
static const char markdown_gap[] = "\n\n";

static bool is_inline(const struct mark *mark) {
    return mark->syntax == SYNTAX_XML_TEXT || mark->syntax == SYNTAX_MARKDOWN;
}

static galley_status add_span(const struct annotation *annotation, size_t index,
                              struct edits *edits) {
    const struct mark *mark = &annotation->marks[index];
    struct output *out = edits_begin(edits, mark->begin, mark->begin, EDIT_REFERENCE);
    output_text(out, span_start);
    output_number(out, index + 1);
    output_text(out, "\"");
    if (annotation_mark_is_simple(annotation, mark)) {
        annotation_write_issue(out, &names, annotation->mark_notes[mark->first_note]);
    } else {
        output_text(out, " its-loc-quality-issues-ref=\"#" ANNOTATION_GROUP_ID);
        output_number(out, annotation_group(annotation, index) + 1);
        output_text(out, "\"");
    }
    output_text(out, ">");
    const galley_status status = edits_end(edits);
    if (status != GALLEY_OK) {
        return status;
    }
    output_text(edits_begin(edits, mark->end, mark->end, EDIT_REFERENCE), span_end);
    return edits_end(edits);
}

static galley_status add_spans(const struct annotation *annotation, struct edits *edits) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < annotation->n_marks && status == GALLEY_OK; i++) {
        if (is_inline(&annotation->marks[i])) {
            status = add_span(annotation, i, edits);
        }
    }
    return status;
}

static void write_script_start(struct output *out, const char *id) {
    output_text(out, script_start);
    output_text(out, id);
}

/* The standoff blocks of all spans that need one; whether there was any. */
static bool write_groups(struct output *out, const struct annotation *annotation) {
    bool any = false;
    for (size_t i = 0; i < annotation->n_marks; i++) {
        const struct mark *mark = &annotation->marks[i];
        if (!is_inline(mark) || annotation_mark_is_simple(annotation, mark) ||
            annotation_group(annotation, i) != i) {
            continue;
        }
        any = true;
        write_script_start(out, "lqi-");
        output_number(out, i + 1);
        output_text(
            out, "\" type=\"application/its+xml\"><its:locQualityIssues xmlns:its=\"" ITS_NAMESPACE
                 "\" version=\"2.0\" xml:id=\"" ANNOTATION_GROUP_ID);
        output_number(out, i + 1);
        output_text(out, "\">");
        annotation_write_group(out, annotation, mark, "its");
        output_text(out, "</its:locQualityIssues>");
        output_text(out, script_end);
    }
    return any;
}

/* How many elements of each name have begun, for selectors that count them. */
enum { COUNTED_NAMES_MAX = 64, COUNTED_NAME_LEN = 24 };

struct count {
    char name[COUNTED_NAME_LEN];
    size_t n;
};

struct rules {
    const struct annotation *annotation;
    struct output *out;
    struct count counts[COUNTED_NAMES_MAX];
    size_t n_counts;
    size_t next; /* mark */
    bool any;
};

/* Counts the element; NULL when there are too many names, or the name is no usual one. */
static const struct count *count_element(struct rules *rules, const struct markup_event *event) {
    char name[COUNTED_NAME_LEN];
    const size_t len = event->name_end - event->name_begin;
    if (len >= sizeof name) {
        return NULL;
    }
    for (size_t i = 0; i < len; i++) {
        name[i] = ascii_lower(rules->annotation->text[event->name_begin + i]);
        if (name[i] == ':') {
            return NULL;
        }
    }
    name[len] = '\0';
    size_t at = 0;
    while (at < rules->n_counts && strcmp(rules->counts[at].name, name) != 0) {
        at++;
    }
    if (at == COUNTED_NAMES_MAX) {
        return NULL;
    }
    struct count *count = &rules->counts[at];
    if (at == rules->n_counts) {
        memcpy(count->name, name, len + 1);
        count->n = 0;
        rules->n_counts++;
    }
    count->n++;
    return count;
}

static void write_rules_start(struct rules *rules) {
    if (!rules->any) {
        write_script_start(rules->out, "rules");
        output_text(rules->out,
                    "\" type=\"application/its+xml\"><its:rules xmlns:its=\"" ITS_NAMESPACE
                    "\" xmlns:h=\"http://www.w3.org/1999/xhtml\" "
                    "version=\"2.0\">");
    }
    rules->any = true;
}

/* Rules for the mark's notes; `attribute` names it, or is empty for the element's own text. */
static void write_rules(struct rules *rules, const struct mark *mark, const struct count *element,
                        const char *attribute, size_t attribute_len) {
    struct output *out = rules->out;
    for (size_t i = 0; i < mark->n_notes; i++) {
        write_rules_start(rules);
        output_text(out, "<its:locQualityIssueRule selector=\"/descendant::h:");
        output_text(out, element->name);
        output_text(out, "[");
        output_number(out, element->n);
        output_text(out, attribute_len > 0 ? "]/@" : "]");
        for (size_t k = 0; k < attribute_len; k++) {
            const char c = ascii_lower(attribute[k]);
            output_bytes(out, &c, 1);
        }
        output_text(out, "\"");
        annotation_write_issue(out, &annotation_its_names,
                               rules->annotation->mark_notes[mark->first_note + i]);
        output_text(out, "/>");
    }
}

/* Takes the marks before the end of the event: those in its attributes. */
static void take_attributes(struct rules *rules, const struct markup *markup,
                            const struct markup_event *event, const struct count *element) {
    const struct annotation *annotation = rules->annotation;
    struct markup_attribute attribute;
    size_t at = event->name_end;
    while (markup_next_attribute(markup, event, &at, &attribute)) {
        for (; rules->next < annotation->n_marks &&
               annotation->marks[rules->next].begin <= attribute.value_end;
             rules->next++) {
            if (annotation->marks[rules->next].syntax == SYNTAX_XML_ATTRIBUTE && element != NULL) {
                write_rules(rules, &annotation->marks[rules->next], element,
                            annotation->text + attribute.name_begin,
                            attribute.name_end - attribute.name_begin);
            }
        }
    }
}

/* Passes over the marks before `end`; those in raw text get rules for `element`. */
static void take_text(struct rules *rules, size_t end, const struct count *element) {
    const struct annotation *annotation = rules->annotation;
    for (; rules->next < annotation->n_marks && annotation->marks[rules->next].begin < end;
         rules->next++) {
        if (annotation->marks[rules->next].syntax == SYNTAX_RAW_TEXT && element != NULL) {
            write_rules(rules, &annotation->marks[rules->next], element, "", 0);
        }
    }
}

/* Writes the rules, and finds where the standoff belongs: before </body>, or at the end. */
static size_t scan(struct rules *rules) {
    const struct annotation *annotation = rules->annotation;
    struct markup markup;
    markup_init(&markup, annotation->text, annotation->len, true);
    size_t place = annotation->len;
    const struct count *element = NULL;
    for (;;) {
        const struct markup_event event = markup_next(&markup);
        if (event.kind == MARKUP_FINISHED) {
            break;
        }
        if (event.kind == MARKUP_START || event.kind == MARKUP_EMPTY) {
            take_text(rules, event.begin, NULL);
            element = count_element(rules, &event);
            if (rules->next < annotation->n_marks &&
                annotation->marks[rules->next].begin < event.end) {
                take_attributes(rules, &markup, &event, element);
            }
        } else if (event.kind == MARKUP_END && markup_is(&markup, &event, "body")) {
            place = event.begin;
        } else if (event.kind == MARKUP_TEXT) {
            take_text(rules, event.end, element);
        }
    }
    if (rules->any) {
        output_text(rules->out, "</its:rules>");
        output_text(rules->out, script_end);
    }
    return place;
}

galley_status annotate_html(const struct annotation *annotation, struct edits *edits) {
    galley_status status = add_spans(annotation, edits);
    if (status != GALLEY_OK || annotation->n_marks == 0) {
        return status;
    }
    const size_t n = edits->n;
    struct output *out = edits_begin(edits, 0, 0, EDIT_REFERENCE);
    struct rules rules = {.annotation = annotation, .out = out};
    const size_t place = scan(&rules);
    const bool any = write_groups(out, annotation) || rules.any;
    status = edits_end(edits);
    if (status == GALLEY_OK) {
        edits->items[n].begin = edits->items[n].end = place;
        edits->n = any ? edits->n : n;
    }
    return status;
}

/* At the end of the text, a blank line before it: a block of its own (CommonMark 4.6, kind 1). */
galley_status annotate_markdown(const struct annotation *annotation, struct edits *edits) {
    galley_status status = add_spans(annotation, edits);
    if (status != GALLEY_OK) {
        return status;
    }
    const size_t n = edits->n;
    struct output *out = edits_begin(edits, annotation->len, annotation->len, EDIT_REFERENCE);
    output_text(out, markdown_gap);
    const bool any = write_groups(out, annotation);
    status = edits_end(edits);
    edits->n = any || status != GALLEY_OK ? edits->n : n;
    return status;
}

/* Whether the start tag at `at` is one of our spans: an id of a number, then only ITS. */
static bool is_span(const char *at, const char *end) {
    at += sizeof span_start - 1;
    const char *digits = at;
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return at > digits && annotation_begins(at, end, "\" its-loc-quality-issue");
}

/* Takes out the span that begins at *at; moves *at into it. */
static galley_status strip_span(const char *text, const char **at, const char *end,
                                struct edits *edits) {
    const char *tag_end = memchr(*at, '>', (size_t)(end - *at));
    const char *close = tag_end == NULL ? NULL : annotation_find(tag_end, end, span_end);
    if (close == NULL) {
        *at = end;
        return GALLEY_OK;
    }
    const size_t close_begin = (size_t)(close - text);
    galley_status status = edits_delete(edits, (size_t)(*at - text), (size_t)(tag_end + 1 - text));
    if (status == GALLEY_OK) {
        status = edits_delete(edits, close_begin, close_begin + sizeof span_end - 1);
    }
    *at = close;
    return status;
}

/* Takes out the script that begins at *at, and `gap` bytes before it. */
static galley_status strip_script(const char *text, const char **at, const char *end, size_t gap,
                                  struct edits *edits) {
    const char *close = annotation_find(*at, end, script_end);
    if (close == NULL) {
        *at = end;
        return GALLEY_OK;
    }
    const size_t begin = (size_t)(*at - text);
    *at = close;
    return edits_delete(edits, begin - (gap < begin ? gap : begin),
                        (size_t)(close - text) + sizeof script_end - 1);
}

static galley_status strip(const char *text, size_t len, size_t gap, struct edits *edits) {
    const char *end = text + len;
    galley_status status = GALLEY_OK;
    for (const char *at = annotation_find(text, end, "<s"); at != NULL && status == GALLEY_OK;
         at = annotation_find(at, end, "<s")) {
        if (annotation_begins(at, end, span_start) && is_span(at, end)) {
            status = strip_span(text, &at, end, edits);
        } else if (annotation_begins(at, end, script_start)) {
            status = strip_script(text, &at, end, gap, edits);
            gap = 0; /* the blocks stand side by side */
        } else {
            at++;
        }
    }
    return status;
}

galley_status strip_html(const char *text, size_t len, struct edits *edits) {
    return strip(text, len, 0, edits);
}

galley_status strip_markdown(const char *text, size_t len, struct edits *edits) {
    return strip(text, len, sizeof markdown_gap - 1, edits);
}
