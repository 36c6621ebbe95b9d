/*
 * Scanning markup for its spans: XML 1.0 and HTML, event by event, each with its exact bytes.
 *
 * libxml2 tells whether XML is well-formed (markup_verify_xml), but not where in the file each
 * character of a text came from; annotations in place need that. The scanner below does nothing
 * else: it divides bytes into tags, text, comments and so on. It never recurses, never expands an
 * entity of a DTD, and every event is at least one byte long, so that it ends on any input.
 */
#ifndef GALLEY_FORMATS_MARKUP_H
#define GALLEY_FORMATS_MARKUP_H

#include "formats/format.h"

enum markup_kind {
    MARKUP_TEXT,
    MARKUP_CDATA,
    MARKUP_START, /* <name ...> */
    MARKUP_EMPTY, /* <name .../> */
    MARKUP_END,   /* </name> */
    MARKUP_OTHER, /* comment, processing instruction, declaration */
    MARKUP_FINISHED
};

/* Offsets are bytes of the document's text. */
struct markup_event {
    enum markup_kind kind;
    size_t begin, end;                 /* the whole event */
    size_t name_begin, name_end;       /* tags: the name, with its prefix */
    size_t local_begin;                /* behind the prefix */
    size_t content_begin, content_end; /* CDATA: what is inside */
};

struct markup {
    const char *text;
    size_t len;
    size_t at;
    bool html;         /* raw text elements and unquoted attributes; "<" before no name is text */
    char raw_name[12]; /* HTML: inside this element ("script") nothing is markup but its end */
    struct passed *passed; /* told of every event; NULL: nobody asks */
};

/* 100 when `root` ("<tmx") begins an element near the text's begin, else 0. */
unsigned markup_detect(const char *text, size_t len, const char *root);

void markup_init(struct markup *markup, const char *text, size_t len, bool html);

/* The same for a reader's text. */
void markup_begin(struct markup *markup, const struct reader *reader, bool html);

/* The next event; MARKUP_FINISHED behind the last. */
struct markup_event markup_next(struct markup *markup);

/* Whether the tag's name is `name`, without a namespace prefix and (in HTML) in any letter case. */
bool markup_is(const struct markup *markup, const struct markup_event *event, const char *name);

/* One attribute of a tag. */
struct markup_attribute {
    size_t name_begin, name_end;
    size_t value_begin, value_end; /* between the quotation marks */
    bool quoted;
};

/* The attribute from *at on; moves *at behind it. Begin with the event's name_end. */
bool markup_next_attribute(const struct markup *markup, const struct markup_event *event,
                           size_t *at, struct markup_attribute *attribute);

/* The value of a tag's attribute, as it stands between its quotation marks. False when the tag has
 * none. `name` may have a prefix ("xml:lang"); without one, prefixes in the tag are passed over. */
bool markup_attribute(const struct markup *markup, const struct markup_event *event,
                      const char *name, size_t *begin, size_t *end);

/* The attribute's value is exactly `value`. */
bool markup_attribute_is(const struct markup *markup, const struct markup_event *event,
                         const char *name, const char *value);

/* Whether the reader's text is well-formed XML: GALLEY_ERROR_FORMAT with line and libxml2's reason
 * when not. Fetches nothing and expands nothing. */
galley_status markup_verify_xml(const struct reader *reader);

#endif
