/*
 * HTML as news sites write it: what readers read, in blocks. Navigation, scripts, forms and code
 * are passed over, and so is what is marked translate="no" or with another language (HTML Living
 * Standard, sections 3.2.6.2 and 3.2.6.3).
 */
#include "base/ascii.h"
#include "formats/annotation.h"
#include "formats/prose.h"

#include <string.h>

static const char *const inline_names[] = {
    "a",    "abbr",   "acronym", "b",   "bdi", "bdo",  "big",   "cite", "data", "del", "dfn",
    "em",   "font",   "i",       "img", "ins", "mark", "meter", "q",    "ruby", "s",   "small",
    "span", "strike", "strong",  "sub", "sup", "time", "tt",    "u",    "var",  "wbr", NULL};
static const char *const skipped_names[] = {
    "script", "style",  "noscript", "template", "svg",   "math",  "nav",
    "form",   "button", "select",   "code",     "kbd",   "samp",  "pre",
    "iframe", "object", "textarea", "canvas",   "audio", "video", NULL};
static const char *const heading_names[] = {"title", "h1", "h2", "h3", "h4", "h5", "h6", NULL};
static const char *const attribute_names[] = {"alt", "title", NULL};

static const struct prose_rules rules = {inline_names, skipped_names, heading_names,
                                         attribute_names, true};

static bool has_word(const char *text, size_t len, const char *word) {
    const size_t word_len = strlen(word);
    for (size_t i = 0; i + word_len <= len; i++) {
        size_t same = 0;
        while (same < word_len && ascii_lower(text[i + same]) == word[same]) {
            same++;
        }
        if (same == word_len) {
            return true;
        }
    }
    return false;
}

static unsigned detect(const char *text, size_t len) {
    const size_t head = len < 1024 ? len : 1024;
    if (has_word(text, head, "<!doctype html") || has_word(text, head, "<html")) {
        return 90;
    }
    return 0;
}

static galley_status begin(struct reader *reader) {
    return prose_begin(reader, &rules);
}

const struct format format_html = {
    .name = "html",
    .summary = "HTML, the text that readers see",
    .extensions = ".html .htm .xhtml",
    .detect = detect,
    .begin = begin,
    .next = prose_next,
    .annotate = annotate_html,
    .strip = strip_html,
};
