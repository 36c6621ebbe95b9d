/*
 * DOCX (ISO/IEC 29500-1, section 17): the main document's paragraphs. Text that was deleted while
 * changes are tracked, and field instructions, are no text.
 *
 * Issues are written as comments (section 17.13.4): ranges in the main document around the runs
 * that an issue touches, and the comments themselves in a part of their own, which is made,
 * declared and related where the document has none. Comments of others stay; ours are known by
 * their author and their numbers.
 */
#include "formats/annotation.h"
#include "formats/container.h"
#include "formats/office.h"
#include "formats/package.h"

#include <string.h>

static const char *const paragraphs[] = {"w:p", NULL};
static const char *const spaces[] = {"w:tab", "w:br", "w:cr", "w:noBreakHyphen", NULL};
static const char *const skipped[] = {"w:pPr",       "w:rPr",       "w:del", "w:moveFrom",
                                      "w:instrText", "mc:Fallback", NULL};
static const char *const headings[] = {NULL};
static const struct office_names names = {paragraphs, "w:t", spaces, skipped, headings};

/* Numbers of comments are signed 32-bit; nobody counts up to ours. */
#define OWN_NUMBER "1907"
enum { OWN_NUMBER_DIGITS = 6 }; /* behind it */

static const char range_start[] = "<w:commentRangeStart w:id=\"" OWN_NUMBER;
static const char range_end[] = "<w:commentRangeEnd w:id=\"" OWN_NUMBER;
static const char reference_end[] = "\"/></w:r>";
static const char comment_start[] = "<w:comment w:author=\"galley\" w:id=\"" OWN_NUMBER;
static const char comment_end[] = "</w:comment>";

static unsigned detect(const char *text, size_t len) {
    return markup_detect(text, len, "<w:document");
}

static galley_status begin(struct reader *reader) {
    return office_begin(reader, &names);
}

/* ---- ranges in the main document ---- */

static void write_number(struct output *out, size_t number) {
    char digits[OWN_NUMBER_DIGITS];
    for (size_t i = OWN_NUMBER_DIGITS; i > 0; i--, number /= 10) {
        digits[i - 1] = (char)('0' + number % 10);
    }
    output_bytes(out, digits, sizeof digits);
}

/* Runs are looked for in the order of the text, each stretch once. */
struct runs {
    const struct annotation *annotation;
    size_t at;    /* looked through up to here */
    size_t begin; /* of the last run that begins before; SIZE_MAX: none does */
    size_t end;   /* of the run that was last asked for */
};

/* Where the run begins that holds the text at `at`. */
static size_t run_begin(struct runs *runs, size_t at) {
    static const char tag[] = "<w:r";
    const char *text = runs->annotation->text;
    for (const char *found = annotation_find(text + runs->at, text + at, tag); found != NULL;
         found = annotation_find(found + 1, text + at, tag)) {
        if (found[4] == '>' || found[4] == ' ') {
            runs->begin = (size_t)(found - text);
        }
    }
    /* A tag may lie across the place that was looked up to. */
    runs->at = at < strlen(tag) ? runs->at : at - strlen(tag);
    return runs->begin;
}

static size_t run_end(struct runs *runs, size_t at) {
    static const char tag[] = "</w:r>";
    const char *text = runs->annotation->text;
    if (runs->end < at) {
        const char *found = annotation_find(text + at, text + runs->annotation->len, tag);
        runs->end = found == NULL ? SIZE_MAX : (size_t)(found - text) + strlen(tag);
    }
    return runs->end;
}

static galley_status write_range(struct edits *edits, size_t begin, size_t end, size_t number) {
    struct output *out = edits_begin(edits, begin, begin, EDIT_REFERENCE);
    output_text(out, range_start);
    write_number(out, number);
    output_text(out, "\"/>");
    galley_status status = edits_end(edits);
    if (status == GALLEY_OK) {
        out = edits_begin(edits, end, end, EDIT_REFERENCE);
        output_text(out, range_end);
        write_number(out, number);
        output_text(out, "\"/><w:r><w:commentReference w:id=\"" OWN_NUMBER);
        write_number(out, number);
        output_text(out, reference_end);
        status = edits_end(edits);
    }
    return status;
}

/* The notes in the order of their first marks, which is theirs. */
static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    struct runs runs = {.annotation = annotation, .begin = SIZE_MAX};
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < annotation->n_notes && status == GALLEY_OK; i++) {
        const struct note *note = &annotation->notes[i];
        const size_t begin = note->n_marks == 0 ? SIZE_MAX : run_begin(&runs, note->begin);
        const size_t end = begin == SIZE_MAX ? SIZE_MAX : run_end(&runs, note->end);
        if (end != SIZE_MAX) {
            status = write_range(edits, begin, end, i);
        }
    }
    return status;
}

static galley_status strip(const char *text, size_t len, struct edits *edits) {
    const galley_status status = annotation_strip(text, len, edits, range_start, "\"/>");
    return status == GALLEY_OK ? annotation_strip(text, len, edits, range_end, reference_end)
                               : status;
}

/* ---- the other parts ---- */

static const char comments_name[] = "word/comments.xml";
static const char comments_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\""
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";
static const char comments_tail[] = "</w:comments>";
static const char types_name[] = "[Content_Types].xml";
static const char type[] =
    "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.wordprocessingml.comments+xml\"/>";
static const char original_type[] =
    "<Override PartName=\"/" CONTAINER_ORIGINAL "\" ContentType=\"application/zip\"/>";
static const char relations_name[] = "word/_rels/document.xml.rels";
static const char relations_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\""
    "http://schemas.openxmlformats.org/package/2006/relationships\">";
static const char relation[] =
    "<Relationship Id=\"galley-comments\" Type=\"http://schemas.openxmlformats.org/officeDocument/"
    "2006/relationships/comments\" Target=\"comments.xml\"/>";

/* A galley_write into the arena. */
struct collecting {
    struct arena *arena;
    char *text;
    size_t len, capacity;
};

static bool collect(void *context, const char *data, size_t len) {
    struct collecting *collecting = context;
    if (!arena_grow(collecting->arena, &collecting->text, collecting->len, &collecting->capacity, 1,
                    collecting->len + len)) {
        return false;
    }
    memcpy(collecting->text + collecting->len, data, len);
    collecting->len += len;
    return true;
}

static galley_status write_comments(const struct annotation *annotation, struct arena *arena,
                                    galley_string *text) {
    struct collecting collecting = {.arena = arena};
    struct output out;
    output_init(&out, collect, &collecting);
    for (size_t i = 0; i < annotation->n_notes; i++) {
        if (annotation->notes[i].n_marks == 0) {
            continue;
        }
        output_text(&out, comment_start);
        write_number(&out, i);
        output_text(&out, "\" w:initials=\"g\"><w:p><w:r><w:t xml:space=\"preserve\">");
        annotation_write_xml_line(&out, &annotation->notes[i]);
        output_text(&out, "</w:t></w:r></w:p>");
        output_text(&out, comment_end);
    }
    const galley_status status = output_flush(&out);
    *text = (galley_string){collecting.text, collecting.len};
    return status == GALLEY_OK ? GALLEY_OK : GALLEY_ERROR_MEMORY;
}

struct parts {
    struct package_part comments, types, relations;
};

static galley_status read_parts(const struct container *container, struct arena *arena,
                                struct parts *parts, galley_error *error) {
    struct container_entry entries[] = {
        {.name = comments_name}, {.name = types_name}, {.name = relations_name}};
    const galley_status status =
        container_read_entries(arena, container, entries, sizeof entries / sizeof *entries, error);
    *parts = (struct parts){{.arena = arena, .text = entries[0].text},
                            {.arena = arena, .text = entries[1].text},
                            {.arena = arena, .text = entries[2].text}};
    return status;
}

/* Without ours; parts that were made for them go. */
static galley_status strip_parts(struct parts *parts) {
    galley_status status = package_take_out(&parts->comments, comment_start, comment_end);
    if (status == GALLEY_OK) {
        status = package_take_out(&parts->types, original_type, "/>");
    }
    if (status != GALLEY_OK || parts->comments.text.data == NULL ||
        parts->comments.text.len != strlen(comments_head) + strlen(comments_tail) ||
        memcmp(parts->comments.text.data, comments_head, strlen(comments_head)) != 0) {
        return status;
    }
    parts->comments.text = (galley_string){NULL, 0};
    parts->comments.changed = true;
    status = package_take_out(&parts->types, type, "/>");
    if (status == GALLEY_OK) {
        status = package_take_out(&parts->relations, relation, "/>");
    }
    const galley_string left = parts->relations.text;
    if (status == GALLEY_OK && left.data != NULL &&
        left.len == strlen(relations_head) + strlen("</Relationships>") &&
        memcmp(left.data, relations_head, strlen(relations_head)) == 0) {
        parts->relations.text = (galley_string){NULL, 0};
    }
    return status;
}

static galley_status make_part(struct package_part *part, const char *head, const char *tail) {
    part->text = arena_format(part->arena, "%s%s", head, tail);
    part->changed = true;
    return part->text.data == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static galley_status annotate_parts(struct parts *parts, galley_string comments,
                                    bool keeps_original) {
    galley_status status = keeps_original ? package_put_before(&parts->types, "</Types>",
                                                               package_string(original_type))
                                          : GALLEY_OK;
    if (status == GALLEY_OK && parts->comments.text.data == NULL) {
        status = make_part(&parts->comments, comments_head, comments_tail);
        if (status == GALLEY_OK && parts->relations.text.data == NULL) {
            status = make_part(&parts->relations, relations_head, "</Relationships>");
        }
        if (status == GALLEY_OK) {
            status =
                package_put_before(&parts->relations, "</Relationships>", package_string(relation));
        }
        if (status == GALLEY_OK) {
            status = package_put_before(&parts->types, "</Types>", package_string(type));
        }
    }
    return status == GALLEY_OK ? package_put_before(&parts->comments, comments_tail, comments)
                               : status;
}

static galley_status change_entries(const struct annotation *annotation,
                                    const struct container *container, bool keeps_original,
                                    struct arena *arena, struct container_change *changes,
                                    size_t *n_changes, galley_error *error) {
    struct parts parts;
    galley_string comments = {"", 0};
    galley_status status = read_parts(container, arena, &parts, error);
    if (status == GALLEY_OK) {
        status = strip_parts(&parts);
    }
    if (status == GALLEY_OK && annotation != NULL) {
        status = write_comments(annotation, arena, &comments);
    }
    if (status == GALLEY_OK && annotation != NULL && comments.len > 0) {
        status = annotate_parts(&parts, comments, keeps_original);
    }
    if (status == GALLEY_OK) {
        package_add_change(&parts.comments, comments_name, changes, n_changes);
        package_add_change(&parts.types, types_name, changes, n_changes);
        package_add_change(&parts.relations, relations_name, changes, n_changes);
    }
    return status;
}

const struct format format_docx = {
    .name = "docx",
    .summary = "DOCX, the text of the main document",
    .extensions = ".docx .docm",
    .detect = detect,
    .begin = begin,
    .next = office_next,
    .annotate = annotate,
    .strip = strip,
    .change_entries = change_entries,
};
