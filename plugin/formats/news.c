/*
 * News items in XML: NITF (IPTC, 3.6) and NewsML-G2 (IPTC, 2.x). Their prose is the headline, the
 * description and the content; names of subjects, rights, catalogues and other metadata are no text
 * of the story. A NewsML-G2 item holds its story as NITF or XHTML, so both are read by one set of
 * rules.
 */
#include "formats/annotation.h"
#include "formats/prose.h"

#include <string.h>

static const char *const inline_names[] = {
    "a",      "abbr",       "acronym",  "alt-code",  "b",     "bdo",     "chron",
    "cite",   "classifier", "copyrite", "em",        "event", "frac",    "function",
    "i",      "lang",       "location", "mark",      "money", "num",     "object.title",
    "org",    "person",     "postaddr", "pronounce", "q",     "small",   "span",
    "strong", "sub",        "sup",      "time",      "u",     "virtloc", "wbr",
    NULL};

/* NITF's head but for its title, and the parts of both that hold no prose. */
static const char *const skipped_names[] = {"script",
                                            "style",
                                            "code",
                                            "pre",
                                            "docdata",
                                            "tobject",
                                            "iim",
                                            "pubdata",
                                            "revision-history",
                                            "media-reference",
                                            "media-metadata",
                                            "media-producer",
                                            "nitf-table-metadata",
                                            "nitf-col",
                                            "itemMeta",
                                            "rightsInfo",
                                            "catalog",
                                            "catalogRef",
                                            "hopHistory",
                                            "assert",
                                            "inlineRef",
                                            "derivedFrom",
                                            "partMeta",
                                            "header",
                                            "altId",
                                            "altRep",
                                            "audience",
                                            "by",
                                            "contributor",
                                            "contentCreated",
                                            "contentModified",
                                            "creator",
                                            "creditline",
                                            "exclAudience",
                                            "genre",
                                            "infoSource",
                                            "keyword",
                                            "language",
                                            "located",
                                            "provider",
                                            "rating",
                                            "related",
                                            "remoteContent",
                                            "signal",
                                            "slugline",
                                            "subject",
                                            "userInteraction",
                                            "distributor",
                                            NULL};
static const char *const heading_names[] = {"title", "headline", "hl1", "hl2", "hedline",
                                            "h1",    "h2",       "h3",  "h4",  NULL};
static const char *const attribute_names[] = {NULL};

static const struct prose_rules rules = {inline_names, skipped_names, heading_names,
                                         attribute_names, false};

/* The root's name tells, whatever its prefix. */
static unsigned detect(const char *text, size_t len) {
    static const char *const roots[] = {"nitf", "newsItem", "newsMessage", "packageItem"};
    struct markup markup;
    markup_init(&markup, text, len < 8192 ? len : 8192, false);
    for (struct markup_event event = markup_next(&markup); event.kind != MARKUP_FINISHED;
         event = markup_next(&markup)) {
        if (event.kind == MARKUP_START) {
            for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
                if (markup_is(&markup, &event, roots[i])) {
                    return 100;
                }
            }
            return 0;
        }
        if (event.kind == MARKUP_TEXT && event.begin == 0 && text[0] != '<' && text[0] != ' ' &&
            text[0] != '\n') {
            return 0; /* not XML at all */
        }
    }
    return 0;
}

static galley_status begin(struct reader *reader) {
    const galley_status status = markup_verify_xml(reader);
    return status == GALLEY_OK ? prose_begin(reader, &rules) : status;
}

const struct format format_news = {
    .name = "news",
    .summary = "news items: NITF and NewsML-G2",
    .extensions = ".nitf .newsml",
    .detect = detect,
    .begin = begin,
    .next = prose_next,
    .annotate = annotate_xml,
    .strip = strip_xml,
};
