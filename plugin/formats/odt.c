/*
 * ODT (ODF 1.3, part 3, section 5): paragraphs, headings, lists and tables of the content.
 * Comments, tracked deletions and forms are no text. Issues are written as comments
 * (office:annotation, section 14.1) around the text that they are about.
 */
#include "formats/annotation.h"
#include "formats/office.h"
#include "formats/package.h"

#include <string.h>

static const char *const paragraphs[] = {"text:p", "text:h", NULL};
static const char *const spaces[] = {"text:s", "text:tab", "text:line-break", NULL};
static const char *const skipped[] = {"office:annotation", "text:tracked-changes",
                                      "office:forms",      "text:note-citation",
                                      "svg:title",         "svg:desc",
                                      "office:scripts",    NULL};
static const char *const headings[] = {"text:h", NULL};
static const struct office_names names = {paragraphs, NULL, spaces, skipped, headings};

static const char own_start[] = "<office:annotation office:name=\"" ANNOTATION_ID;
static const char own_end[] = "<office:annotation-end office:name=\"" ANNOTATION_ID;

static unsigned detect(const char *text, size_t len) {
    return markup_detect(text, len, "<office:document-content");
}

static galley_status begin(struct reader *reader) {
    return office_begin(reader, &names);
}

static void write_name(struct output *out, size_t number) {
    output_number(out, number + 1);
    output_text(out, "\"");
}

/* A comment for the note whose first mark begins here. */
static void write_comment(struct output *out, const struct annotation *annotation,
                          const struct note *note) {
    output_text(out, own_start);
    write_name(out, (size_t)(note - annotation->notes));
    output_text(
        out,
        "><dc:creator xmlns:dc=\"http://purl.org/dc/elements/1.1/\">galley</dc:creator><text:p>");
    annotation_write_xml_line(out, note);
    output_text(out, "</text:p></office:annotation>");
}

static void write_end(struct output *out, const struct annotation *annotation,
                      const struct note *note) {
    output_text(out, own_end);
    write_name(out, (size_t)(note - annotation->notes));
    output_text(out, "/>");
}

static bool has_note(const struct annotation *annotation, const struct mark *mark,
                     const struct note *note) {
    for (size_t i = 0; i < mark->n_notes; i++) {
        if (annotation->mark_notes[mark->first_note + i] == note) {
            return true;
        }
    }
    return false;
}

static galley_status write_edit(struct edits *edits, size_t at, const struct annotation *annotation,
                                const struct mark *mark, const struct mark *neighbour, bool ends) {
    struct output *out = edits_begin(edits, at, at, EDIT_REFERENCE);
    for (size_t i = 0; i < mark->n_notes; i++) {
        const struct note *note = annotation->mark_notes[mark->first_note + i];
        if (neighbour != NULL && has_note(annotation, neighbour, note)) {
            continue;
        }
        if (ends) {
            write_end(out, annotation, note);
        } else {
            write_comment(out, annotation, note);
        }
    }
    return edits_end(edits);
}

/* Comments begin and end between runs and inside them, so that nothing has to be divided. A note of
 * several marks has one comment, from its first mark to its last. */
static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < annotation->n_marks && status == GALLEY_OK; i++) {
        const struct mark *mark = &annotation->marks[i];
        if (mark->syntax != SYNTAX_XML_TEXT) {
            continue; /* nothing can begin inside a CDATA section */
        }
        status = write_edit(edits, mark->begin, annotation, mark, i == 0 ? NULL : mark - 1, false);
        if (status == GALLEY_OK) {
            status = write_edit(edits, mark->end, annotation, mark,
                                i + 1 < annotation->n_marks ? mark + 1 : NULL, true);
        }
    }
    return status;
}

static galley_status strip(const char *text, size_t len, struct edits *edits) {
    const galley_status status =
        annotation_strip(text, len, edits, own_start, "</office:annotation>");
    return status == GALLEY_OK ? annotation_strip(text, len, edits, own_end, "/>") : status;
}

/* ---- the manifest (ODF 1.3, part 2, section 4.3) ---- */

static galley_status change_entries(const struct annotation *annotation,
                                    const struct container *container, bool keeps_original,
                                    struct arena *arena, struct container_change *changes,
                                    size_t *n_changes, galley_error *error) {
    static const char name[] = "META-INF/manifest.xml";
    static const char line[] = "<manifest:file-entry manifest:full-path=\"" CONTAINER_ORIGINAL
                               "\" manifest:media-type=\"application/zip\"/>";
    struct container_entry entry = {.name = name};
    galley_status status = container_read_entries(arena, container, &entry, 1, error);
    struct package_part manifest = {.arena = arena, .text = entry.text};
    if (status == GALLEY_OK) {
        status = package_take_out(&manifest, line, "/>");
    }
    if (status == GALLEY_OK && annotation != NULL && keeps_original) {
        status = package_put_before(&manifest, "</manifest:manifest>", package_string(line));
    }
    if (status == GALLEY_OK) {
        package_add_change(&manifest, name, changes, n_changes);
    }
    return status;
}

const struct format format_odt = {
    .name = "odt",
    .summary = "ODT, the text of the document",
    .extensions = ".odt .ott",
    .detect = detect,
    .begin = begin,
    .next = office_next,
    .annotate = annotate,
    .strip = strip,
    .change_entries = change_entries,
};
