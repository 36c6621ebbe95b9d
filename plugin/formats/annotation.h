/*
 * Annotations in place: what a format is given to write, and what the markup formats share.
 *
 * An issue's span may cross tags. So the text is divided into marks: stretches of text without a
 * tag inside, each with all the issues that cover it. Marks never overlap and never cross a tag,
 * and what is written around them stays well-formed; an issue of several marks, and a mark of
 * several issues, goes through a standoff block (ITS 2.0, section 8.17).
 */
#ifndef GALLEY_FORMATS_ANNOTATION_H
#define GALLEY_FORMATS_ANNOTATION_H

#include "formats/edits.h"
#include "formats/format.h"

/* An issue, as a format sees it. */
struct note {
    size_t begin, end; /* bytes of the text that is annotated */
    const char *check, *its_type, *severity;
    unsigned its_severity; /* 0 to 100 */
    galley_string text;    /* what stands there */
    galley_string comment; /* the message */
    const galley_string *suggestions;
    size_t n_suggestions;
    bool waived;
    size_t n_marks;
};

/* Notes of one mark: more at one place help nobody. */
enum { MARK_NOTES_MAX = 16 };

struct mark {
    size_t begin, end;
    enum syntax syntax;
    size_t first_note, n_notes; /* in annotation->mark_notes */
};

/* The text has no annotations of ours: those that were there are thought away. */
struct annotation {
    const char *text;
    size_t len;
    const char *language;     /* BCP 47 */
    const struct note *notes; /* by place */
    size_t n_notes;
    const struct mark *marks; /* by place, without overlap */
    size_t n_marks;
    const struct note *const *mark_notes;
};

/* What our ids begin with, how a document says that it has annotations of ours, and what stands
 * before the name of a check. */
#define ANNOTATION_ID "galley-"
#define ANNOTATION_GROUP_ID "galley-lqi-"
#define ANNOTATION_NAMESPACE "urn:galley:annotations:1"
#define ANNOTATION_PROFILE "urn:galley:check:"
#define ITS_NAMESPACE "http://www.w3.org/2005/11/its"

/* The message with its suggestions behind it, as text of XML. */
void annotation_write_comment(struct output *out, const struct note *note);

/* "spelling (major): message → “suggestion”" on one line, as it stands, as a field of a table (with
 * quotation marks doubled where it is a quoted one), or as text of XML. */
void annotation_write_line(struct output *out, const struct note *note);
void annotation_write_field(struct output *out, const struct note *note, bool doubles_marks);
void annotation_write_xml_line(struct output *out, const struct note *note);

/* The attributes of an issue are written in three ways: with ITS's prefix, without one on ITS's own
 * elements, and in HTML's manner. */
struct issue_names {
    const char *prefix;
    const char *type, *comment, *severity, *profile, *enabled;
};
extern const struct issue_names annotation_its_names; /* on ITS's own elements */

void annotation_write_issue(struct output *out, const struct issue_names *names,
                            const struct note *note);

/* One issue, and nowhere else: needs no standoff block. */
bool annotation_mark_is_simple(const struct annotation *annotation, const struct mark *mark);

/* Neighbouring marks with the same issues share the standoff block of the first of them; its
 * index. */
size_t annotation_group(const struct annotation *annotation, size_t index);

/* The block's locQualityIssue elements. */
void annotation_write_group(struct output *out, const struct annotation *annotation,
                            const struct mark *mark, const char *prefix);

/* Line breaks as the document has them: "\r\n" or "\n". */
const char *annotation_line_break(const char *text, size_t len);

/* The first `what` in the text, or NULL; and whether the text begins with it. */
const char *annotation_find(const char *text, const char *end, const char *what);
bool annotation_begins(const char *text, const char *end, const char *what);

/* Takes out every stretch from `start` to the end of the next `finish`. */
galley_status annotation_strip(const char *text, size_t len, struct edits *edits, const char *start,
                               const char *finish);

/* HTML, and Markdown, which may hold HTML: spans and standoff blocks, and the way back. */
galley_status annotate_html(const struct annotation *annotation, struct edits *edits);
galley_status annotate_markdown(const struct annotation *annotation, struct edits *edits);
galley_status strip_html(const char *text, size_t len, struct edits *edits);
galley_status strip_markdown(const char *text, size_t len, struct edits *edits);

/* XML of any vocabulary with its:span, XLIFF with mrk; the way back is one. */
galley_status annotate_xml(const struct annotation *annotation, struct edits *edits);
galley_status annotate_xliff(const struct annotation *annotation, struct edits *edits);
galley_status strip_xml(const char *text, size_t len, struct edits *edits);

#endif
