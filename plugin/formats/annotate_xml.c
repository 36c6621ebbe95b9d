/*
 * Annotations in XML. Any vocabulary is given its:span with ITS 2.0's attributes; XLIFF has an
 * element of its own for it: <mrk type="its:generic"> in 2.x (XLIFF 2.1, section 5.9), and
 * <mrk mtype="x-its"> in 1.2 (the W3C's ITS and XLIFF 1.2 mapping), with an xml:id, as a mid would
 * have to name a segment of the source. Standoff blocks stand in the unit (XLIFF) or at the root's
 * end. What is written is valid against the schemas of XLIFF 1.2 (strict), 2.1 and 2.2 with ITS's.
 * Text in a CDATA section is let out of it: the section is closed before each tag of ours and
 * opened behind it.
 *
 * The root is given the namespaces once, behind its own attributes, those of this library first:
 * that says where the additions begin, and that there are any. The way back takes out elements
 * whose id begins with "galley-", and needs that mark to believe them.
 */
#include "formats/annotation.h"
#include "formats/markup.h"

#include <string.h>

static const char root_mark[] = " xmlns:galley=\"" ANNOTATION_NAMESPACE "\"";
static const char section_start[] = "<![CDATA[";
static const char section_end[] = "]]>";

enum dialect { DIALECT_ANY, DIALECT_XLIFF_1, DIALECT_XLIFF_2 };

enum { PREFIX_LEN_MAX = 32 };

struct annotating {
    const struct annotation *annotation;
    struct edits *edits;
    struct markup markup;
    enum dialect dialect;
    char its[PREFIX_LEN_MAX]; /* the prefix of ITS in this document */
    char issue_prefix[PREFIX_LEN_MAX + 1];
    struct issue_names names;
    size_t next; /* the first mark whose standoff has not been written */
};

static bool is_text(const struct markup *markup, size_t begin, size_t end, const char *what) {
    const size_t len = strlen(what);
    return end - begin == len && memcmp(markup->text + begin, what, len) == 0;
}

/* The first tag of the document. */
static struct markup_event find_root(struct markup *markup) {
    struct markup_event event;
    do {
        event = markup_next(markup);
    } while (event.kind != MARKUP_START && event.kind != MARKUP_EMPTY &&
             event.kind != MARKUP_FINISHED);
    return event;
}

/* Before the ">" or "/>" of a start tag. */
static size_t tag_inside_end(const struct markup_event *tag) {
    return tag->end - (tag->kind == MARKUP_EMPTY ? 2 : 1);
}

/* Whether `prefix` is bound to anything but ITS anywhere: then it cannot be used. */
static bool is_bound_elsewhere(const struct annotation *annotation, const char *prefix) {
    char declaration[PREFIX_LEN_MAX + 8] = "xmlns:";
    strcat(declaration, prefix);
    const size_t len = strlen(declaration);
    const char *end = annotation->text + annotation->len;
    for (const char *at = annotation->text; at < end; at++) {
        at = memchr(at, 'x', (size_t)(end - at));
        if (at == NULL) {
            break;
        }
        if ((size_t)(end - at) <= len || memcmp(at, declaration, len) != 0) {
            continue;
        }
        const char *value = at + len;
        while (value < end && (*value == ' ' || *value == '=' || *value == '"' || *value == '\'' ||
                               *value == '\t' || *value == '\n' || *value == '\r')) {
            value++;
        }
        if (value > at + len && ((size_t)(end - value) < sizeof ITS_NAMESPACE - 1 ||
                                 memcmp(value, ITS_NAMESPACE, sizeof ITS_NAMESPACE - 1) != 0)) {
            return true;
        }
    }
    return false;
}

/* The prefix that the root binds to ITS; false when there is none. */
static bool find_prefix(struct annotating *annotating, const struct markup_event *root) {
    const struct markup *markup = &annotating->markup;
    struct markup_attribute attribute;
    size_t at = root->name_end;
    while (markup_next_attribute(markup, root, &at, &attribute)) {
        const size_t len = attribute.name_end - attribute.name_begin;
        if (len > 6 && len - 6 < PREFIX_LEN_MAX &&
            memcmp(markup->text + attribute.name_begin, "xmlns:", 6) == 0 &&
            is_text(markup, attribute.value_begin, attribute.value_end, ITS_NAMESPACE)) {
            memcpy(annotating->its, markup->text + attribute.name_begin + 6, len - 6);
            annotating->its[len - 6] = '\0';
            return !is_bound_elsewhere(annotating->annotation, annotating->its);
        }
    }
    return false;
}

/* Chooses the prefix and declares on the root what is not declared yet. */
static galley_status annotate_root(struct annotating *annotating, const struct markup_event *root) {
    const size_t place = tag_inside_end(root);
    struct output *out = edits_begin(annotating->edits, place, place, EDIT_REFERENCE);
    output_text(out, root_mark);
    if (!find_prefix(annotating, root)) {
        strcpy(annotating->its,
               is_bound_elsewhere(annotating->annotation, "its") ? "galley-its" : "its");
        output_text(out, " xmlns:");
        output_text(out, annotating->its);
        output_text(out, "=\"" ITS_NAMESPACE "\"");
    }
    strcpy(annotating->issue_prefix, annotating->its);
    strcat(annotating->issue_prefix, ":");
    annotating->names = annotation_its_names;
    annotating->names.prefix = annotating->issue_prefix;
    char version[PREFIX_LEN_MAX + 8];
    strcpy(version, annotating->issue_prefix);
    strcat(version, "version");
    size_t begin;
    size_t end;
    if (!markup_attribute(&annotating->markup, root, version, &begin, &end)) {
        output_text(out, " ");
        output_text(out, version);
        output_text(out, "=\"2.0\"");
    }
    return edits_end(annotating->edits);
}

static void write_element(struct output *out, const struct annotating *annotating,
                          const char *start) {
    output_text(out, start);
    if (annotating->dialect == DIALECT_ANY) {
        output_text(out, annotating->issue_prefix);
        output_text(out, "span");
    } else {
        output_text(out, "mrk");
    }
}

static void write_span_start(struct output *out, const struct annotating *annotating,
                             size_t index) {
    static const char *const ids[] = {
        [DIALECT_ANY] = " xml:id=\"" ANNOTATION_ID,
        [DIALECT_XLIFF_1] = " xml:id=\"" ANNOTATION_ID,
        [DIALECT_XLIFF_2] = " id=\"" ANNOTATION_ID,
    };
    static const char *const types[] = {
        [DIALECT_ANY] = "\"",
        [DIALECT_XLIFF_1] = "\" mtype=\"x-its\"",
        [DIALECT_XLIFF_2] = "\" type=\"its:generic\"",
    };
    const struct annotation *annotation = annotating->annotation;
    const struct mark *mark = &annotation->marks[index];
    write_element(out, annotating, "<");
    output_text(out, ids[annotating->dialect]);
    output_number(out, index + 1);
    output_text(out, types[annotating->dialect]);
    const bool any = annotating->dialect == DIALECT_ANY;
    if (annotation_mark_is_simple(annotation, mark)) {
        annotation_write_issue(out, any ? &annotation_its_names : &annotating->names,
                               annotation->mark_notes[mark->first_note]);
    } else {
        output_text(out, " ");
        output_text(out, any ? "" : annotating->issue_prefix);
        output_text(out, annotating->dialect == DIALECT_XLIFF_2
                             ? "locQualityIssuesRef=\"#its=" ANNOTATION_GROUP_ID
                             : "locQualityIssuesRef=\"#" ANNOTATION_GROUP_ID);
        output_number(out, annotation_group(annotation, index) + 1);
        output_text(out, "\"");
    }
    output_text(out, ">");
}

static bool is_inline(const struct mark *mark) {
    return mark->syntax == SYNTAX_XML_TEXT || mark->syntax == SYNTAX_CDATA;
}

static galley_status add_spans(struct annotating *annotating) {
    const struct annotation *annotation = annotating->annotation;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < annotation->n_marks && status == GALLEY_OK; i++) {
        const struct mark *mark = &annotation->marks[i];
        if (!is_inline(mark)) {
            continue;
        }
        const bool section = mark->syntax == SYNTAX_CDATA;
        struct output *out =
            edits_begin(annotating->edits, mark->begin, mark->begin, EDIT_REFERENCE);
        output_text(out, section ? section_end : "");
        write_span_start(out, annotating, i);
        output_text(out, section ? section_start : "");
        status = edits_end(annotating->edits);
        if (status != GALLEY_OK) {
            break;
        }
        out = edits_begin(annotating->edits, mark->end, mark->end, EDIT_REFERENCE);
        output_text(out, section ? section_end : "");
        write_element(out, annotating, "</");
        output_text(out, ">");
        output_text(out, section ? section_start : "");
        status = edits_end(annotating->edits);
    }
    return status;
}

/* Writes the standoff blocks of the marks before `end` to stand at `place`. */
static galley_status add_groups(struct annotating *annotating, size_t end, size_t place) {
    const struct annotation *annotation = annotating->annotation;
    galley_status status = GALLEY_OK;
    for (; annotating->next < annotation->n_marks && status == GALLEY_OK &&
           annotation->marks[annotating->next].begin < end;
         annotating->next++) {
        const size_t index = annotating->next;
        const struct mark *mark = &annotation->marks[index];
        if (!is_inline(mark) || annotation_mark_is_simple(annotation, mark) ||
            annotation_group(annotation, index) != index) {
            continue;
        }
        struct output *out = edits_begin(annotating->edits, place, place, EDIT_REFERENCE);
        output_text(out, "<");
        output_text(out, annotating->issue_prefix);
        output_text(out, "locQualityIssues xml:id=\"" ANNOTATION_GROUP_ID);
        output_number(out, index + 1);
        output_text(out, annotating->dialect == DIALECT_ANY ? "\" version=\"2.0\">" : "\">");
        annotation_write_group(out, annotation, mark, annotating->its);
        output_text(out, "</");
        output_text(out, annotating->issue_prefix);
        output_text(out, "locQualityIssues>");
        status = edits_end(annotating->edits);
    }
    return status;
}

/* Finds where the standoff of each unit belongs. */
static galley_status add_standoff(struct annotating *annotating) {
    static const char *const containers[] = {
        [DIALECT_ANY] = NULL, [DIALECT_XLIFF_1] = "trans-unit", [DIALECT_XLIFF_2] = "unit"};
    const char *container = containers[annotating->dialect];
    struct markup *markup = &annotating->markup;
    size_t place = 0;
    galley_status status = GALLEY_OK;
    while (status == GALLEY_OK && annotating->next < annotating->annotation->n_marks) {
        const struct markup_event event = markup_next(markup);
        if (event.kind == MARKUP_FINISHED) {
            break;
        }
        if (container == NULL) {
            /* The root's end is the last end tag. */
            place = event.kind == MARKUP_END ? event.begin : place;
        } else if (event.kind == MARKUP_START && markup_is(markup, &event, container)) {
            place = event.end;
        } else if (event.kind == MARKUP_END && markup_is(markup, &event, container)) {
            status = add_groups(annotating, event.begin,
                                annotating->dialect == DIALECT_XLIFF_2 ? place : event.begin);
        }
    }
    return status == GALLEY_OK && container == NULL ? add_groups(annotating, SIZE_MAX, place)
                                                    : status;
}

static galley_status annotate(const struct annotation *annotation, enum dialect dialect,
                              struct edits *edits) {
    struct annotating annotating = {.annotation = annotation, .edits = edits, .dialect = dialect};
    markup_init(&annotating.markup, annotation->text, annotation->len, false);
    const struct markup_event root = find_root(&annotating.markup);
    if (root.kind == MARKUP_FINISHED || annotation->n_marks == 0) {
        return GALLEY_OK;
    }
    if (dialect == DIALECT_XLIFF_2) {
        size_t begin;
        size_t end;
        if (!markup_attribute(&annotating.markup, &root, "version", &begin, &end) || begin == end ||
            annotation->text[begin] != '2') {
            annotating.dialect = DIALECT_XLIFF_1;
        }
    }
    galley_status status = annotate_root(&annotating, &root);
    if (status == GALLEY_OK) {
        status = add_spans(&annotating);
    }
    return status == GALLEY_OK ? add_standoff(&annotating) : status;
}

galley_status annotate_xml(const struct annotation *annotation, struct edits *edits) {
    return annotate(annotation, DIALECT_ANY, edits);
}

galley_status annotate_xliff(const struct annotation *annotation, struct edits *edits) {
    return annotate(annotation, DIALECT_XLIFF_2, edits);
}

/* Where the root's additions begin, or `inside_end` when it has none. */
static size_t find_root_mark(const struct markup *markup, const struct markup_event *root) {
    const size_t inside_end = tag_inside_end(root);
    const size_t len = sizeof root_mark - 1;
    struct markup_attribute attribute;
    size_t at = root->name_end;
    while (markup_next_attribute(markup, root, &at, &attribute)) {
        if (is_text(markup, attribute.name_begin, attribute.name_end, "xmlns:galley") &&
            inside_end - attribute.name_begin >= len - 1 &&
            memcmp(markup->text + attribute.name_begin - 1, root_mark, len) == 0) {
            return attribute.name_begin - 1;
        }
    }
    return inside_end;
}

/* Whether the start tag is one of ours. */
static bool is_ours(const struct markup *markup, const struct markup_event *event) {
    struct markup_attribute attribute;
    size_t at = event->name_end;
    /* Our id is the first attribute. */
    const size_t len = sizeof ANNOTATION_ID - 1;
    return (markup_is(markup, event, "span") || markup_is(markup, event, "mrk") ||
            markup_is(markup, event, "locQualityIssues")) &&
           markup_next_attribute(markup, event, &at, &attribute) &&
           attribute.value_end - attribute.value_begin > len &&
           memcmp(markup->text + attribute.value_begin, ANNOTATION_ID, len) == 0;
}

/* Takes out a tag, and the borders of the CDATA section that it divided. */
static galley_status delete_tag(const struct markup *markup, size_t begin, size_t end,
                                struct edits *edits) {
    const size_t before = sizeof section_end - 1;
    const size_t behind = sizeof section_start - 1;
    if (begin >= before && markup->len - end >= behind &&
        memcmp(markup->text + begin - before, section_end, before) == 0 &&
        memcmp(markup->text + end, section_start, behind) == 0) {
        begin -= before;
        end += behind;
    }
    return edits_delete(edits, begin, end);
}

galley_status strip_xml(const char *text, size_t len, struct edits *edits) {
    struct markup markup;
    markup_init(&markup, text, len, false);
    const struct markup_event root = find_root(&markup);
    if (root.kind != MARKUP_START) {
        return GALLEY_OK;
    }
    const size_t mark = find_root_mark(&markup, &root);
    if (mark == tag_inside_end(&root)) {
        return GALLEY_OK;
    }
    galley_status status = edits_delete(edits, mark, tag_inside_end(&root));
    bool in_span = false;
    size_t group = 0; /* where the standoff block that is open begins */
    while (status == GALLEY_OK) {
        const struct markup_event event = markup_next(&markup);
        if (event.kind == MARKUP_FINISHED) {
            break;
        }
        if (event.kind == MARKUP_START && is_ours(&markup, &event)) {
            if (markup_is(&markup, &event, "locQualityIssues")) {
                group = event.begin;
            } else {
                in_span = true;
                status = delete_tag(&markup, event.begin, event.end, edits);
            }
        } else if (event.kind == MARKUP_END && in_span) {
            in_span = false;
            status = delete_tag(&markup, event.begin, event.end, edits);
        } else if (event.kind == MARKUP_END && group > 0) {
            status = edits_delete(edits, group, event.end);
            group = 0;
        }
    }
    return status;
}
