/*
 * A baseline: the issues of a day, so that the gate sees only those that came later. A line has
 * the check, two keys and, for people, the document and the text:
 *
 *     spelling <TAB> 9ae16a3b2f90404f <TAB> c3a5c85c97cb3127 <TAB> a/story.txt <TAB> tosupport
 *
 * The keys are hashes of the check, the text and the words before it, and of the check, the text
 * and the words behind it. An issue is in the baseline when one of its two keys is: the document
 * and the line do not matter. Nothing is counted, so that the answer for one document does not
 * depend on those checked before.
 */
#include "base/ascii.h"
#include "base/cut.h"
#include "waivers/waivers.h"

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"

#include <string.h>

enum {
    CONTEXT_WORDS = 3,  /* on each side; fewer are found in many places, more are edited often */
    CONTEXT_BYTES = 160 /* on each side, for texts without spaces */
};

/* Where the words before `end` begin; *n_words is how many there are. */
static size_t words_before(const char *text, size_t end, size_t *n_words) {
    size_t at = end;
    *n_words = 0;
    while (at > 0 && end - at < CONTEXT_BYTES) {
        if (!ascii_is_space(text[at - 1]) && (at == end || ascii_is_space(text[at]))) {
            if (*n_words == CONTEXT_WORDS) {
                break;
            }
            ++*n_words;
        }
        at--;
    }
    return at;
}

static size_t words_behind(const char *text, size_t len, size_t begin, size_t *n_words) {
    size_t at = begin;
    *n_words = 0;
    while (at < len && at - begin < CONTEXT_BYTES) {
        if (!ascii_is_space(text[at]) && (at == begin || ascii_is_space(text[at - 1]))) {
            if (*n_words == CONTEXT_WORDS) {
                break;
            }
            ++*n_words;
        }
        at++;
    }
    return at;
}

void waivers_context_keys(const char *document, size_t len, const char *check, struct span span,
                          uint64_t keys[2]) {
    size_t n_before;
    size_t n_behind;
    const size_t before = words_before(document, span.begin, &n_before);
    const size_t behind = words_behind(document, len, span.end, &n_behind);
    uint64_t hash = waiver_hash_text(HASH_START, check, strlen(check));
    hash = waiver_hash_text(hash, document + span.begin, span.end - span.begin);
    keys[0] = waiver_hash_text(hash ^ 1, document + before, span.begin - before);
    keys[1] = waiver_hash_text(hash ^ 2, document + span.end, behind - span.end);
    /* Few words say little: at the document's ends both sides must agree. */
    if (n_before < 2) {
        keys[0] = waiver_hash_text(keys[0], document + span.end, behind - span.end);
    }
    if (n_behind < 2) {
        keys[1] = waiver_hash_text(keys[1], document + before, span.begin - before);
    }
}

static bool read_key(galley_string field, uint64_t *key) {
    *key = 0;
    for (size_t i = 0; i < field.len; i++) {
        const char c = field.data[i];
        const unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                               : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                                                      : 16;
        if (digit > 15) {
            return false;
        }
        *key = *key << 4 | digit;
    }
    return field.len == 16;
}

static galley_status add_line(struct waivers *waivers, const char *path, size_t number,
                              galley_string line, galley_error *error) {
    const galley_string name = string_cut(&line, '\t');
    const struct check *check = registry_find_check(name.data, name.len);
    uint64_t keys[2];
    if (!read_key(string_cut(&line, '\t'), &keys[0]) ||
        !read_key(string_cut(&line, '\t'), &keys[1])) {
        return error_set_at(error, GALLEY_ERROR_SETTINGS, 0, number,
                            "%.*s:%zu: not a line of a baseline; “--format=baseline” writes one",
                            error_cut(strlen(path)), path, number);
    }
    if (check == NULL) {
        return GALLEY_OK; /* of a check that there is no more */
    }
    struct waiver waiver = {.checks = (uint64_t)1 << registry_check_index(check),
                            .reason = {"in the baseline", 15},
                            .from_baseline = true};
    waiver.files = string_cut(&line, '\t');
    waiver.text = string_cut(&line, '\t');
    waiver.files = arena_copy(&waivers->arena, waiver.files.data, waiver.files.len);
    waiver.text = arena_copy(&waivers->arena, waiver.text.data, waiver.text.len);
    waiver.origin = arena_format(&waivers->arena, "%s:%zu", path, number);
    uint32_t index = 0;
    if (waiver.files.data == NULL || waiver.text.data == NULL || waiver.origin.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    galley_status status = waivers_add(waivers, &waiver, &index);
    for (size_t i = 0; i < 2 && status == GALLEY_OK; i++) {
        status = waivers_add_key(waivers, &waivers->contexts, keys[i], index);
    }
    return status;
}

galley_status waivers_read_baseline(struct waivers *waivers, const char *path,
                                    galley_error *error) {
    galley_string text;
    galley_status status = file_read_text(&waivers->arena, path, &text, error);
    size_t number = 0;
    while (status == GALLEY_OK && text.len > 0) {
        galley_string line = string_cut(&text, '\n');
        line.len -= line.len > 0 && line.data[line.len - 1] == '\r';
        number++;
        if (line.len > 0 && line.data[0] != '#') {
            status = add_line(waivers, path, number, line, error);
        }
    }
    return status;
}
