#include "formats/edits.h"

#include "base/error.h"
#include "libraries/icu.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void edits_init(struct edits *edits, const struct memory *memory) {
    edits->memory = memory;
    edits->items = NULL;
    edits->n = edits->capacity = 0;
    edits->text = NULL;
    edits->text_len = edits->text_capacity = 0;
}

void edits_finish(struct edits *edits) {
    memory_free(edits->memory, edits->items);
    memory_free(edits->memory, edits->text);
    edits_init(edits, edits->memory);
}

static bool append(void *context, const char *data, size_t len) {
    struct edits *edits = context;
    if (!memory_grow(edits->memory, &edits->text, &edits->text_capacity, 1,
                     edits->text_len + len)) {
        return false;
    }
    memcpy(edits->text + edits->text_len, data, len);
    edits->text_len += len;
    return true;
}

struct output *edits_begin(struct edits *edits, size_t begin, size_t end,
                           enum edit_fallback fallback) {
    output_init(&edits->out, append, edits);
    if (memory_grow(edits->memory, &edits->items, &edits->capacity, sizeof *edits->items,
                    edits->n + 1)) {
        edits->items[edits->n] = (struct edit){.begin = begin,
                                               .end = end,
                                               .text = edits->text_len,
                                               .order = edits->n,
                                               .fallback = fallback};
    } else {
        edits->out.failed = true;
    }
    return &edits->out;
}

galley_status edits_end(struct edits *edits) {
    if (output_flush(&edits->out) != GALLEY_OK) {
        return GALLEY_ERROR_MEMORY;
    }
    struct edit *edit = &edits->items[edits->n++];
    edit->len = edits->text_len - edit->text;
    return GALLEY_OK;
}

galley_status edits_delete(struct edits *edits, size_t begin, size_t end) {
    edits_begin(edits, begin, end, EDIT_FAIL);
    return edits_end(edits);
}

static int compare(const void *left, const void *right) {
    const struct edit *a = left;
    const struct edit *b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* Makes one of deletions that overlap: hostile documents have annotations inside annotations. */
static void fuse_deletions(struct edits *edits) {
    size_t n = 0;
    for (size_t i = 0; i < edits->n; i++) {
        const struct edit *edit = &edits->items[i];
        struct edit *last = n == 0 ? NULL : &edits->items[n - 1];
        if (last != NULL && last->len == 0 && edit->len == 0 && edit->begin < last->end) {
            last->end = edit->end > last->end ? edit->end : last->end;
        } else {
            edits->items[n++] = *edit;
        }
    }
    edits->n = n;
}

void edits_sort(struct edits *edits) {
    if (edits->n > 1) {
        qsort(edits->items, edits->n, sizeof *edits->items, compare);
        fuse_deletions(edits);
    }
    size_t gone = 0;
    for (size_t i = 0; i < edits->n; i++) {
        edits->items[i].gone = gone;
        gone += edits->items[i].end - edits->items[i].begin;
    }
}

/* The last edit that begins before the offset, NULL when none does. What `is_left` asks for is the
 * begin in what is left of the text by the edits before it. */
static const struct edit *edit_before(const struct edits *edits, size_t offset, bool is_left) {
    size_t low = 0; /* those before `low` begin before the offset */
    size_t high = edits->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct edit *edit = &edits->items[middle];
        if (edit->begin - (is_left ? edit->gone : 0) < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? NULL : &edits->items[low - 1];
}

size_t edits_forward(const struct edits *edits, size_t offset) {
    const struct edit *last = edit_before(edits, offset, false);
    if (last == NULL) {
        return offset;
    }
    const size_t inside = last->end < offset ? last->end : offset;
    return offset - last->gone - (inside - last->begin);
}

size_t edits_back(const struct edits *edits, size_t offset) {
    const struct edit *last = edit_before(edits, offset, true);
    if (last == NULL) {
        return offset;
    }
    return offset + last->gone + (last->end - last->begin);
}

/* Encodings whose bytes mean something only behind what stands before them. */
static bool is_stateful(const UConverter *converter) {
    switch (ucnv_getType(converter)) {
    case UCNV_ISO_2022:
    case UCNV_HZ:
    case UCNV_SCSU:
    case UCNV_UTF7:
    case UCNV_BOCU1:
    case UCNV_IMAP_MAILBOX:
    case UCNV_EBCDIC_STATEFUL:
    case UCNV_COMPOUND_TEXT:
        return true;
    default:
        return false;
    }
}

/* ICU's converter for "UTF-16" would begin everything it writes with a byte order mark. */
static const char *charset_to_write(const char *charset) {
    if (ucnv_compareNames(charset, "UTF-16") == 0) {
        return "UTF-16BE";
    }
    return ucnv_compareNames(charset, "UTF-32") == 0 ? "UTF-32BE" : charset;
}

/* One character in the converter's encoding; 0 bytes when that has no such character. */
static size_t encode(UConverter *converter, uint32_t code_point, char *bytes, size_t room) {
    UChar units[2];
    const UChar *at = units;
    size_t n = 0;
    if (code_point >= 0x10000) {
        units[n++] = (UChar)(0xD7C0 + (code_point >> 10));
        units[n++] = (UChar)(0xDC00 + (code_point & 0x3FF));
    } else {
        units[n++] = (UChar)code_point;
    }
    char *target = bytes;
    UErrorCode code = U_ZERO_ERROR;
    ucnv_resetFromUnicode(converter);
    ucnv_fromUnicode(converter, &target, bytes + room, &at, units + n, NULL, true, &code);
    return U_FAILURE(code) ? 0 : (size_t)(target - bytes);
}

static void spell_fallback(char *text, size_t room, uint32_t code_point,
                           enum edit_fallback fallback) {
    const unsigned number = (unsigned)code_point;
    if (fallback == EDIT_REFERENCE) {
        snprintf(text, room, "&#%u;", number);
    } else if (fallback == EDIT_JSON && code_point >= 0x10000) {
        snprintf(text, room, "\\u%04x\\u%04x", 0xD7C0 + (number >> 10), 0xDC00 + (number & 0x3FF));
    } else if (fallback == EDIT_JSON) {
        snprintf(text, room, "\\u%04x", number);
    } else {
        snprintf(text, room, "?");
    }
}

static galley_status write_encoded(UConverter *converter, const struct edits *edits,
                                   const struct edit *edit, struct output *out,
                                   galley_error *error) {
    const char *text = edits->text + edit->text;
    for (size_t at = 0; at < edit->len;) {
        const uint32_t code_point = utf8_next(text, &at);
        char bytes[32];
        size_t len = encode(converter, code_point, bytes, sizeof bytes);
        if (len > 0) {
            output_bytes(out, bytes, len);
            continue;
        }
        if (edit->fallback == EDIT_FAIL) {
            return error_set(error, GALLEY_ERROR_ENCODING,
                             "the document's encoding has no character U+%04X", code_point);
        }
        char spelt[16];
        spell_fallback(spelt, sizeof spelt, code_point, edit->fallback);
        for (const char *c = spelt; *c != '\0'; c++) {
            len = encode(converter, (unsigned char)*c, bytes, sizeof bytes);
            output_bytes(out, bytes, len);
        }
    }
    return GALLEY_OK;
}

static galley_status open_converter(const struct decoded *decoded, UConverter **converter,
                                    galley_error *error) {
    *converter = NULL;
    if (decoded->map == NULL) {
        return GALLEY_OK; /* UTF-8, as the edits are */
    }
    UErrorCode code = U_ZERO_ERROR;
    *converter = ucnv_open(charset_to_write(decoded->charset), &code);
    if (U_FAILURE(code)) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    if (is_stateful(*converter)) {
        ucnv_close(*converter);
        return error_set(error, GALLEY_ERROR_UNSUPPORTED,
                         "a document in %s cannot be written back: its bytes depend on those "
                         "before them",
                         decoded->charset);
    }
    ucnv_setFromUCallBack(*converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    ucnv_setFallback(*converter, false);
    return GALLEY_OK;
}

galley_status edits_write(const struct edits *edits, const struct decoded *decoded,
                          const char *data, size_t data_len, galley_write write, void *context,
                          galley_error *error) {
    UConverter *converter;
    galley_status status = open_converter(decoded, &converter, error);
    if (status != GALLEY_OK) {
        return status;
    }
    struct output out;
    output_init(&out, write, context);
    size_t at = 0;
    size_t at_input = 0;
    for (size_t i = 0; i < edits->n && status == GALLEY_OK; i++) {
        const struct edit *edit = &edits->items[i];
        if (edit->begin >= at) {
            const size_t begin = decoded_input_offset(decoded, edit->begin, edit->begin > 0);
            output_bytes(&out, data + at_input, begin - at_input);
            at_input = begin;
            at = edit->begin;
        }
        if (edit->end > at) {
            at = edit->end;
            at_input = decoded_input_offset(decoded, at, true);
        }
        if (converter == NULL) {
            output_bytes(&out, edits->text + edit->text, edit->len);
        } else {
            status = write_encoded(converter, edits, edit, &out, error);
        }
    }
    output_bytes(&out, data + at_input, data_len - at_input);
    if (converter != NULL) {
        ucnv_close(converter);
    }
    if (status == GALLEY_OK && output_flush(&out) != GALLEY_OK) {
        status = error_set(error, GALLEY_ERROR_WRITE, "the text could not be written");
    }
    return status;
}
