#include "formats/markup.h"

#include "base/ascii.h"
#include "formats/annotation.h"

#include "base/error.h"
#include "libraries/xml.h"

#include <limits.h>
#include <string.h>

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           (unsigned char)c >= 0x80;
}

static bool is_name(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

unsigned markup_detect(const char *text, size_t len, const char *root) {
    enum { HEAD = 4096 };
    return annotation_find(text, text + (len < HEAD ? len : HEAD), root) != NULL ? 100 : 0;
}

void markup_init(struct markup *markup, const char *text, size_t len, bool html) {
    *markup = (struct markup){.text = text, .len = len, .html = html};
}

void markup_begin(struct markup *markup, const struct reader *reader, bool html) {
    markup_init(markup, reader->text, reader->len, html);
    markup->passed = reader->passed;
}

static bool starts_with(const struct markup *markup, size_t at, const char *what) {
    const size_t len = strlen(what);
    return markup->len - at >= len && memcmp(markup->text + at, what, len) == 0;
}

/* Behind the first `what` from `at`, or the end of the text. */
static size_t behind(const struct markup *markup, size_t at, const char *what) {
    const size_t len = strlen(what);
    while (at < markup->len) {
        const char *found = memchr(markup->text + at, what[0], markup->len - at);
        if (found == NULL) {
            break;
        }
        at = (size_t)(found - markup->text);
        if (starts_with(markup, at, what)) {
            return at + len;
        }
        at++;
    }
    return markup->len;
}

/* Behind the ">" of the tag at `at`; quotation marks may hold one. */
static size_t tag_end(const struct markup *markup, size_t at) {
    char quote = '\0';
    for (; at < markup->len; at++) {
        const char c = markup->text[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '>') {
            return at + 1;
        } else if ((c == '"' || c == '\'') && markup->text[at - 1] == '=') {
            quote = c;
        } else if ((c == '"' || c == '\'') && !markup->html) {
            quote = c;
        }
    }
    return markup->len;
}

/* A declaration such as <!DOCTYPE>, whose internal subset has tags of its own. */
static size_t declaration_end(const struct markup *markup, size_t at) {
    size_t depth = 0;
    for (; at < markup->len; at++) {
        const char c = markup->text[at];
        if (c == '"' || c == '\'') {
            const char *close = memchr(markup->text + at + 1, c, markup->len - at - 1);
            if (close == NULL) {
                return markup->len;
            }
            at = (size_t)(close - markup->text);
        } else if (c == '[') {
            depth++;
        } else if (c == ']' && depth > 0) {
            depth--;
        } else if (c == '>' && depth == 0) {
            return at + 1;
        }
    }
    return markup->len;
}

static bool same_name(const struct markup *markup, size_t begin, size_t end, const char *name) {
    const size_t len = strlen(name);
    if (end - begin != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        const char c = markup->text[begin + i];
        if ((markup->html ? ascii_lower(c) : c) != name[i]) {
            return false;
        }
    }
    return true;
}

/* HTML, section 13.2.5: elements whose content is not markup. */
static void enter_raw_element(struct markup *markup, const struct markup_event *event) {
    static const char *const raw[] = {"script", "style",  "textarea", "title",
                                      "xmp",    "iframe", "noembed",  "noframes"};
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
        if (same_name(markup, event->name_begin, event->name_end, raw[i])) {
            memcpy(markup->raw_name, raw[i], strlen(raw[i]) + 1);
        }
    }
}

static bool tag_begins(const struct markup *markup, size_t at) {
    return at + 1 < markup->len && (is_name_start(markup->text[at + 1]) ||
                                    markup->text[at + 1] == '!' || markup->text[at + 1] == '?' ||
                                    (markup->text[at + 1] == '/' && at + 2 < markup->len &&
                                     is_name_start(markup->text[at + 2])));
}

/* Whether the end tag of the raw element stands at `at`. */
static bool raw_ends(const struct markup *markup, size_t at) {
    const size_t len = strlen(markup->raw_name);
    return starts_with(markup, at, "</") && markup->len - at >= 2 + len &&
           same_name(markup, at + 2, at + 2 + len, markup->raw_name);
}

static size_t text_end(const struct markup *markup, size_t at) {
    while (at < markup->len) {
        const char *found = memchr(markup->text + at, '<', markup->len - at);
        if (found == NULL) {
            return markup->len;
        }
        at = (size_t)(found - markup->text);
        if (markup->raw_name[0] != '\0' ? raw_ends(markup, at)
                                        : !markup->html || tag_begins(markup, at)) {
            return at;
        }
        at++;
    }
    return markup->len;
}

static struct markup_event read_tag(struct markup *markup) {
    const size_t at = markup->at;
    const bool closes = markup->text[at + 1] == '/';
    struct markup_event event = {.kind = closes ? MARKUP_END : MARKUP_START, .begin = at};
    event.name_begin = at + 1 + closes;
    event.name_end = event.local_begin = event.name_begin;
    while (event.name_end < markup->len && is_name(markup->text[event.name_end])) {
        event.name_end++;
        if (markup->text[event.name_end - 1] == ':') {
            event.local_begin = event.name_end;
        }
    }
    event.end = tag_end(markup, event.name_end);
    if (closes) {
        markup->raw_name[0] = '\0';
    } else if (event.end - event.begin > 2 && markup->text[event.end - 2] == '/') {
        event.kind = MARKUP_EMPTY;
    } else if (markup->html) {
        enter_raw_element(markup, &event);
    }
    return event;
}

static struct markup_event read_other(const struct markup *markup) {
    struct markup_event event = {.kind = MARKUP_OTHER, .begin = markup->at};
    if (starts_with(markup, markup->at, "<!--")) {
        event.end = behind(markup, markup->at + 4, "-->");
    } else if (!markup->html && starts_with(markup, markup->at, "<![CDATA[")) {
        event.kind = MARKUP_CDATA;
        event.content_begin = markup->at + 9;
        event.end = behind(markup, event.content_begin, "]]>");
        event.content_end = event.end >= event.content_begin + 3 ? event.end - 3 : event.end;
    } else if (starts_with(markup, markup->at, "<?") && !markup->html) {
        event.end = behind(markup, markup->at + 2, "?>");
    } else {
        event.end = declaration_end(markup, markup->at + 1);
    }
    return event;
}

struct markup_event markup_next(struct markup *markup) {
    struct markup_event event = {.kind = MARKUP_FINISHED, .begin = markup->at, .end = markup->at};
    if (markup->at >= markup->len) {
        return event;
    }
    if (markup->passed != NULL) {
        passed_to(markup->passed, markup->at);
    }
    const size_t end = text_end(markup, markup->at);
    if (end > markup->at) {
        event.kind = MARKUP_TEXT;
        event.end = end;
    } else if (markup->at + 1 >= markup->len) {
        event.kind = MARKUP_TEXT;
        event.end = markup->len;
    } else if (markup->text[markup->at + 1] == '!' || markup->text[markup->at + 1] == '?') {
        event = read_other(markup);
    } else {
        event = read_tag(markup);
    }
    markup->at = event.end;
    return event;
}

bool markup_is(const struct markup *markup, const struct markup_event *event, const char *name) {
    return same_name(markup, event->local_begin, event->name_end, name);
}

/* Whether [begin, end) names the attribute that is asked for. */
static bool names_attribute(const struct markup *markup, size_t begin, size_t end,
                            const char *name) {
    if (same_name(markup, begin, end, name)) {
        return true;
    }
    if (strchr(name, ':') != NULL) {
        return false;
    }
    for (size_t i = begin; i < end; i++) {
        if (markup->text[i] == ':' && end - begin > 0 && !same_name(markup, begin, i, "xmlns") &&
            same_name(markup, i + 1, end, name)) {
            return true;
        }
    }
    return false;
}

bool markup_next_attribute(const struct markup *markup, const struct markup_event *event,
                           size_t *at, struct markup_attribute *attribute) {
    const char *text = markup->text;
    size_t i = *at;
    while (i < event->end && !is_name_start(text[i])) {
        i++;
    }
    if (i >= event->end) {
        *at = event->end;
        return false;
    }
    *attribute = (struct markup_attribute){.name_begin = i};
    while (i < event->end && is_name(text[i])) {
        i++;
    }
    attribute->name_end = i;
    while (i < event->end && is_space(text[i])) {
        i++;
    }
    attribute->value_begin = attribute->value_end = i;
    if (i < event->end && text[i] == '=') {
        i++;
        while (i < event->end && is_space(text[i])) {
            i++;
        }
        const char quote = i < event->end ? text[i] : '\0';
        attribute->quoted = quote == '"' || quote == '\'';
        i += attribute->quoted;
        attribute->value_begin = i;
        while (i < event->end &&
               (attribute->quoted ? text[i] != quote : !is_space(text[i]) && text[i] != '>')) {
            i++;
        }
        attribute->value_end = i;
        i += attribute->quoted;
    }
    *at = i < event->end ? i : event->end;
    return true;
}

bool markup_attribute(const struct markup *markup, const struct markup_event *event,
                      const char *name, size_t *begin, size_t *end) {
    struct markup_attribute attribute;
    size_t at = event->name_end;
    while (markup_next_attribute(markup, event, &at, &attribute)) {
        if (names_attribute(markup, attribute.name_begin, attribute.name_end, name)) {
            *begin = attribute.value_begin;
            *end = attribute.value_end;
            return true;
        }
    }
    return false;
}

bool markup_attribute_is(const struct markup *markup, const struct markup_event *event,
                         const char *name, const char *value) {
    size_t begin;
    size_t end;
    const size_t len = strlen(value);
    return markup_attribute(markup, event, name, &begin, &end) && end - begin == len &&
           memcmp(markup->text + begin, value, len) == 0;
}

static void ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

galley_status markup_verify_xml(const struct reader *reader) {
    const char *text = reader->text;
    const size_t len = reader->len;
    galley_error *error = reader->error;
    if (len > INT_MAX) {
        return error_set(error, GALLEY_ERROR_LIMIT, "an XML document of more than 2 GB");
    }
    if (!library_load(LIBRARY_XML)) {
        return library_missing(LIBRARY_XML, error);
    }
    /* No callbacks at all: the parser only reads. Without XML_PARSE_NOENT and with no handler for
     * entities nothing is expanded or loaded; without XML_PARSE_HUGE its own limits hold. */
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC};
    handler.error = ignore_message;
    handler.warning = ignore_message;
    handler.fatalError = ignore_message;
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    if (context == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                                   XML_PARSE_NOWARNING);
    enum { CHUNK = 1 << 16 };
    int code = 0;
    for (size_t at = 0; at < len && code == 0; at += CHUNK) {
        const size_t n = len - at < CHUNK ? len - at : CHUNK;
        code = xmlParseChunk(context, text + at, (int)n, 0);
        if (reader->passed != NULL) {
            passed_to(reader->passed, at);
        }
    }
    if (reader->passed != NULL) {
        passed_all(reader->passed, len);
    }
    if (code == 0) {
        code = xmlParseChunk(context, NULL, 0, 1);
    }
    galley_status status = GALLEY_OK;
    if (context->wellFormed == 0) {
        const xmlError *last = xmlCtxtGetLastError(context);
        const char *reason =
            last == NULL || last->message == NULL ? "not well-formed XML" : last->message;
        const size_t line = last == NULL || last->line < 0 ? 0 : (size_t)last->line;
        status = error_set_at(error,
                              code == XML_ERR_NO_MEMORY ? GALLEY_ERROR_MEMORY : GALLEY_ERROR_FORMAT,
                              0, line, "broken XML: %.*s", (int)strcspn(reason, "\n"), reason);
    }
    xmlFreeParserCtxt(context);
    return status;
}
