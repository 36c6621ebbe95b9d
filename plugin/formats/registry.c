/*
 * The one list of formats, and how the right one is found: content first, then the name's ending.
 */
#include "base/ascii.h"
#include "formats/format.h"

#include <string.h>

extern const struct format format_csv;
extern const struct format format_docx;
extern const struct format format_html;
extern const struct format format_jsonl;
extern const struct format format_markdown;
extern const struct format format_news;
extern const struct format format_ninjs;
extern const struct format format_odt;
extern const struct format format_po;
extern const struct format format_subtitles;
extern const struct format format_text;
extern const struct format format_tmx;
extern const struct format format_xliff;
extern const struct format format_xml;

/* clang-format off */
static const struct format *const formats[] = {
    &format_text, /* the last resort */
    &format_html,
    &format_xliff,
    &format_tmx,
    &format_xml,
    &format_markdown,
    &format_po,
    &format_subtitles,
    &format_jsonl,
    &format_csv,
    &format_docx,
    &format_news,
    &format_ninjs,
    &format_odt,
};
/* clang-format on */

enum { N_FORMATS = sizeof formats / sizeof *formats };

const struct format *format_find(const char *name, size_t len) {
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strlen(formats[i]->name) == len && memcmp(formats[i]->name, name, len) == 0) {
            return formats[i];
        }
    }
    return NULL;
}

/* Whether the name's ending is one of a list such as ".txt .text", in small or large letters. */
static bool has_extension(const char *uri, const char *extensions) {
    const size_t uri_len = strlen(uri);
    while (*extensions != '\0') {
        const size_t len = strcspn(extensions, " ");
        if (len < uri_len) {
            const char *ending = uri + uri_len - len;
            size_t same = 0;
            while (same < len && ascii_lower(ending[same]) == extensions[same]) {
                same++;
            }
            if (same == len) {
                return true;
            }
        }
        extensions += len + (extensions[len] == ' ');
    }
    return false;
}

const struct format *format_detect(const char *text, size_t len, const char *uri) {
    const struct format *best = &format_text;
    unsigned best_score = 0;
    for (size_t i = 0; i < N_FORMATS; i++) {
        const unsigned score =
            formats[i]->detect(text, len) + (has_extension(uri, formats[i]->extensions) ? 50u : 0u);
        if (score > best_score) {
            best = formats[i];
            best_score = score;
        }
    }
    return best;
}
