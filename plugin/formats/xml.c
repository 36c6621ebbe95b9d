/*
 * XML of any vocabulary: each element is a block, except those
 * that such vocabularies use inside running text. ITS 2.0's local its:translate="no" and xml:lang
 * are honoured.
 */
#include "formats/annotation.h"
#include "formats/prose.h"

#include <string.h>

static const char *const inline_names[] = {
    "a",        "abbr",   "alt-code", "b",         "chron",   "cite",    "classifier",
    "copyrite", "em",     "emphasis", "event",     "foreign", "frac",    "function",
    "i",        "lang",   "link",     "location",  "mark",    "money",   "num",
    "org",      "person", "postaddr", "pronounce", "q",       "span",    "strong",
    "sub",      "sup",    "term",     "u",         "ulink",   "virtloc", NULL};
static const char *const skipped_names[] = {"script", "style", "code", "rules", NULL};
static const char *const heading_names[] = {"title", "headline", "hl1", "hl2", "slugline", NULL};
static const char *const attribute_names[] = {NULL};

static const struct prose_rules rules = {inline_names, skipped_names, heading_names,
                                         attribute_names, false};

static unsigned detect(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')) {
        at++;
    }
    return len - at > 5 && memcmp(text + at, "<?xml", 5) == 0 ? 40 : 0;
}

static galley_status begin(struct reader *reader) {
    const galley_status status = markup_verify_xml(reader);
    return status == GALLEY_OK ? prose_begin(reader, &rules) : status;
}

const struct format format_xml = {
    .name = "xml",
    .summary = "XML of any vocabulary",
    .extensions = ".xml",
    .detect = detect,
    .begin = begin,
    .next = prose_next,
    .annotate = annotate_xml,
    .strip = strip_xml,
};
