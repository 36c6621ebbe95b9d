/*
 * UTF-8, which nearly all input is, is checked and left where it is. Other charsets go through
 * ICU one code point at a time, which also gives the way back: a new map segment begins wherever
 * the ratio of bytes changes, so that a text of one script needs few of them.
 */
#include "text/encoding.h"

#include "base/error.h"
#include "base/limits.h"
#include "libraries/icu.h"
#include "text/declared_encoding.h"
#include "text/utf8.h"

#include <string.h>

struct byte_order_mark {
    const char *bytes;
    size_t len;
    const char *charset;
};

/* The longer ones first: UTF-32LE begins as UTF-16LE does. Unicode 15, table 2-4. */
static const struct byte_order_mark byte_order_marks[] = {
    {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xEF\xBB\xBF", 3, "UTF-8"},
    {"\xFF\xFE", 2, "UTF-16LE"},     {"\xFE\xFF", 2, "UTF-16BE"},
};

static const struct byte_order_mark *find_mark(const char *data, size_t len) {
    for (size_t i = 0; i < sizeof byte_order_marks / sizeof *byte_order_marks; i++) {
        const struct byte_order_mark *mark = &byte_order_marks[i];
        if (len >= mark->len && memcmp(data, mark->bytes, mark->len) == 0) {
            return mark;
        }
    }
    return NULL;
}

/* As utf8_valid_len, piece by piece. */
static size_t valid_len(const char *text, size_t len, struct passed *passed) {
    size_t at = 0;
    while (at < len) {
        const size_t piece = len - at < PASSED_PIECE ? len - at : PASSED_PIECE;
        const size_t valid = utf8_valid_len(text + at, piece);
        if (valid == 0) {
            break; /* no character is longer than a piece */
        }
        at += valid;
        passed_to(passed, at);
    }
    return at;
}

static galley_status keep_utf8(const char *data, size_t len, size_t skipped, struct passed *passed,
                               struct decoded *decoded, galley_error *error) {
    const char *text = data + skipped;
    const size_t text_len = len - skipped;
    passed->skipped = skipped;
    const size_t valid = valid_len(text, text_len, passed);
    passed_all(passed, text_len);
    if (valid < text_len) {
        return error_set_at(error, GALLEY_ERROR_ENCODING, skipped + valid, error_line(text, valid),
                            "not valid UTF-8: %s (0x%02X) at byte %zu",
                            utf8_fault(text + valid, text_len - valid),
                            (unsigned)(unsigned char)text[valid], skipped + valid);
    }
    *decoded =
        (struct decoded){.text = text, .len = text_len, .skipped = skipped, .charset = "UTF-8"};
    return GALLEY_OK;
}

struct conversion {
    struct arena *arena;
    char *text;
    size_t len, capacity;
    struct map_segment *map;
    size_t n_map, map_capacity;
};

static bool add_code_point(struct conversion *conversion, uint32_t code_point, size_t offset,
                           size_t n_bytes) {
    if (!arena_grow(conversion->arena, &conversion->text, conversion->len, &conversion->capacity, 1,
                    conversion->len + 4)) {
        return false;
    }
    const size_t len = utf8_put(conversion->text + conversion->len, code_point);
    const struct map_segment *last =
        conversion->n_map == 0 ? NULL : &conversion->map[conversion->n_map - 1];
    if (last == NULL || last->text_step != len || last->document_step != n_bytes) {
        if (!arena_grow(conversion->arena, &conversion->map, conversion->n_map,
                        &conversion->map_capacity, sizeof *conversion->map,
                        conversion->n_map + 1)) {
            return false;
        }
        conversion->map[conversion->n_map++] =
            (struct map_segment){conversion->len, offset, (uint32_t)len, (uint32_t)n_bytes};
    }
    conversion->len += len;
    return true;
}

static galley_status convert(struct arena *arena, UConverter *converter, const char *data,
                             size_t len, size_t skipped, struct passed *passed,
                             struct decoded *decoded, galley_error *error) {
    struct conversion conversion = {.arena = arena};
    const char *at = data + skipped;
    const char *end = data + len;
    while (at < end) {
        const char *begin = at;
        passed_to(passed, (size_t)(at - data));
        UErrorCode code = U_ZERO_ERROR;
        const UChar32 code_point = ucnv_getNextUChar(converter, &at, end, &code);
        if (code == U_INDEX_OUTOFBOUNDS_ERROR) {
            break; /* only state was left, such as an escape sequence */
        }
        if (U_FAILURE(code) || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
            const size_t offset = (size_t)(begin - data);
            return error_set_at(error, GALLEY_ERROR_ENCODING, offset, 0,
                                "not valid %s: %s at byte %zu", decoded->charset,
                                code == U_TRUNCATED_CHAR_FOUND
                                    ? "the text ends inside a character"
                                    : "bytes that stand for no character",
                                offset);
        }
        if (!add_code_point(&conversion, (uint32_t)code_point, (size_t)(begin - data),
                            (size_t)(at - begin))) {
            return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
        }
    }
    passed_all(passed, len);
    decoded->text = conversion.text == NULL ? "" : conversion.text;
    decoded->len = conversion.len;
    decoded->skipped = conversion.n_map == 0 ? skipped : 0;
    decoded->map = conversion.map;
    decoded->n_map = conversion.n_map;
    return GALLEY_OK;
}

/* Whether two names are one charset's: "utf8" and "UTF-8". */
static bool is_same_charset(const char *one, const char *other) {
    return strcmp(one, other) == 0 ||
           (library_load(LIBRARY_ICU) && ucnv_compareNames(one, other) == 0);
}

/* Whether the bytes say themselves that they are UTF-8: valid, and not ASCII alone. */
static bool speaks_utf8(const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)data[i] >= 0x80) {
            return utf8_valid_len(data, len) == len;
        }
    }
    return false;
}

galley_status decode(struct arena *arena, const char *data, size_t len, const char *charset,
                     struct passed *passed, struct decoded *decoded, galley_error *error) {
    const struct byte_order_mark *mark = find_mark(data, len);
    char declared[DECLARED_ENCODING_LEN];
    size_t skipped = 0;
    /* Whoever converts a file seldom mends what it declares; hardly any text in another encoding is
     * valid UTF-8. */
    const bool is_declared = charset == NULL && mark == NULL &&
                             declared_encoding(data, len, declared) && !speaks_utf8(data, len);
    charset = is_declared ? declared : charset;
    if (mark != NULL && (charset == NULL || is_same_charset(charset, mark->charset) ||
                         (mark->len < 4 && is_same_charset(charset, "UTF-16")) ||
                         (mark->len == 4 && is_same_charset(charset, "UTF-32")))) {
        charset = mark->charset;
        skipped = mark->len;
    }
    if (charset == NULL || is_same_charset(charset, "UTF-8")) {
        return keep_utf8(data, len, skipped, passed, decoded, error);
    }
    if (!library_load(LIBRARY_ICU)) {
        return library_missing(LIBRARY_ICU, error);
    }
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &code);
    if (U_FAILURE(code)) {
        return is_declared && code != U_MEMORY_ALLOCATION_ERROR
                   ? keep_utf8(data, len, skipped, passed, decoded, error)
                   : error_set(error,
                               code == U_MEMORY_ALLOCATION_ERROR ? GALLEY_ERROR_MEMORY
                                                                 : GALLEY_ERROR_UNSUPPORTED,
                               "there is no encoding “%.*s”", error_cut(strlen(charset)), charset);
    }
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    const galley_string name = arena_copy(arena, charset, strlen(charset));
    galley_status status = GALLEY_ERROR_MEMORY;
    if (name.data != NULL) {
        *decoded = (struct decoded){.charset = name.data};
        status = convert(arena, converter, data, len, skipped, passed, decoded, error);
    }
    ucnv_close(converter);
    return status;
}

size_t decoded_input_offset(const struct decoded *decoded, size_t offset, bool end) {
    if (decoded->map == NULL) {
        return decoded->skipped + offset;
    }
    return map_offset(decoded->map, decoded->n_map, offset, end);
}
