/*
 * What annotations of every format share.
 */
#include "formats/annotation.h"

#include <string.h>

/* On one line, and without the "-->" that ends a WebVTT note. */
static void write_line(struct output *out, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        const bool breaks = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ||
                            (text[i] == '>' && i > 0 && text[i - 1] == '-');
        output_bytes(out, breaks ? " " : &text[i], 1);
    }
}

static void write_message(struct output *out, const struct note *note,
                          void (*write)(struct output *, const char *, size_t)) {
    write(out, note->comment.data, note->comment.len);
    for (size_t i = 0; i < note->n_suggestions; i++) {
        const char *before = i == 0 ? " → “" : " | “";
        write(out, before, strlen(before));
        write(out, note->suggestions[i].data, note->suggestions[i].len);
        write(out, "”", strlen("”"));
    }
}

void annotation_write_comment(struct output *out, const struct note *note) {
    write_message(out, note, output_xml_text);
}

static void write_head(struct output *out, const struct note *note) {
    output_text(out, note->check);
    output_text(out, " (");
    output_text(out, note->severity);
    output_text(out, note->waived ? ", waived): " : "): ");
}

void annotation_write_line(struct output *out, const struct note *note) {
    write_head(out, note);
    write_message(out, note, write_line);
}

static void write_doubled(struct output *out, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        write_line(out, text + i, 1);
        if (text[i] == '"') {
            output_text(out, "\"");
        }
    }
}

void annotation_write_field(struct output *out, const struct note *note, bool doubles_marks) {
    write_head(out, note);
    write_message(out, note, doubles_marks ? write_doubled : write_line);
}

void annotation_write_xml_line(struct output *out, const struct note *note) {
    write_head(out, note);
    write_message(out, note, output_xml_text);
}

static void write_attribute_name(struct output *out, const struct issue_names *names,
                                 const char *name) {
    output_text(out, " ");
    output_text(out, names->prefix);
    output_text(out, name);
    output_text(out, "=\"");
}

void annotation_write_issue(struct output *out, const struct issue_names *names,
                            const struct note *note) {
    write_attribute_name(out, names, names->type);
    output_text(out, note->its_type);
    output_text(out, "\"");
    write_attribute_name(out, names, names->comment);
    annotation_write_comment(out, note);
    output_text(out, "\"");
    write_attribute_name(out, names, names->severity);
    output_number(out, note->its_severity);
    output_text(out, "\"");
    write_attribute_name(out, names, names->profile);
    output_text(out, ANNOTATION_PROFILE);
    output_text(out, note->check);
    output_text(out, "\"");
    if (note->waived) {
        write_attribute_name(out, names, names->enabled);
        output_text(out, "no\"");
    }
}

const struct issue_names annotation_its_names = {"",
                                                 "locQualityIssueType",
                                                 "locQualityIssueComment",
                                                 "locQualityIssueSeverity",
                                                 "locQualityIssueProfileRef",
                                                 "locQualityIssueEnabled"};

bool annotation_mark_is_simple(const struct annotation *annotation, const struct mark *mark) {
    return mark->n_notes == 1 && annotation->mark_notes[mark->first_note]->n_marks == 1;
}

size_t annotation_group(const struct annotation *annotation, size_t index) {
    const struct mark *mark = &annotation->marks[index];
    while (index > 0) {
        const struct mark *before = &annotation->marks[index - 1];
        if (before->n_notes != mark->n_notes ||
            memcmp(&annotation->mark_notes[before->first_note],
                   &annotation->mark_notes[mark->first_note],
                   mark->n_notes * sizeof *annotation->mark_notes) != 0) {
            break;
        }
        index--;
    }
    return index;
}

void annotation_write_group(struct output *out, const struct annotation *annotation,
                            const struct mark *mark, const char *prefix) {
    for (size_t i = 0; i < mark->n_notes; i++) {
        output_text(out, "<");
        output_text(out, prefix);
        output_text(out, ":locQualityIssue");
        annotation_write_issue(out, &annotation_its_names,
                               annotation->mark_notes[mark->first_note + i]);
        output_text(out, "/>");
    }
}

const char *annotation_line_break(const char *text, size_t len) {
    const char *feed = memchr(text, '\n', len);
    return feed != NULL && feed > text && feed[-1] == '\r' ? "\r\n" : "\n";
}

const char *annotation_find(const char *text, const char *end, const char *what) {
    const size_t len = strlen(what);
    while ((size_t)(end - text) >= len) {
        const char *found = memchr(text, what[0], (size_t)(end - text) - len + 1);
        if (found == NULL) {
            return NULL;
        }
        if (memcmp(found, what, len) == 0) {
            return found;
        }
        text = found + 1;
    }
    return NULL;
}

bool annotation_begins(const char *text, const char *end, const char *what) {
    const size_t len = strlen(what);
    return (size_t)(end - text) >= len && memcmp(text, what, len) == 0;
}

galley_status annotation_strip(const char *text, size_t len, struct edits *edits, const char *start,
                               const char *finish) {
    const char *end = text + len;
    galley_status status = GALLEY_OK;
    for (const char *at = annotation_find(text, end, start); at != NULL && status == GALLEY_OK;
         at = annotation_find(at, end, start)) {
        const char *last = annotation_find(at, end, finish);
        if (last == NULL) {
            break;
        }
        last += strlen(finish);
        status = edits_delete(edits, (size_t)(at - text), (size_t)(last - text));
        at = last;
    }
    return status;
}
