/*
 * DOCX (ISO/IEC 29500-1, section 17): the main document's paragraphs. Text that was deleted while
 * changes are tracked, and field instructions, are no text.
 */
#include "formats/office.h"

static const char *const paragraphs[] = {"w:p", NULL};
static const char *const spaces[] = {"w:tab", "w:br", "w:cr", "w:noBreakHyphen", NULL};
static const char *const skipped[] = {"w:pPr",       "w:rPr",       "w:del", "w:moveFrom",
                                      "w:instrText", "mc:Fallback", NULL};
static const char *const headings[] = {NULL};
static const struct office_names names = {paragraphs, "w:t", spaces, skipped, headings};

static unsigned detect(const char *text, size_t len) {
    return office_detect(text, len, "<w:document");
}

static galley_status begin(struct reader *reader) {
    return office_begin(reader, &names);
}

const struct format format_docx = {
    .name = "docx",
    .summary = "DOCX, the text of the main document",
    .extensions = ".docx .docm",
    .detect = detect,
    .begin = begin,
    .next = office_next,
};
