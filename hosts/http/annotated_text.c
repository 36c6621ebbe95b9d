#include "annotated_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

size_t utf16_units(const char *text, size_t len) {
    size_t units = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        units += (c & 0xC0) != 0x80;
        units += c >= 0xF0;
    }
    return units;
}

/* Adds a piece that was sent as `sent` and is read as `read`. */
static bool add_piece(struct annotated_text *text, const char *sent, size_t sent_len,
                      const char *read, size_t read_len, bool markup) {
    text->pieces[text->n_pieces++] = (struct annotated_piece){.start = text->text.len,
                                                              .start_units = text->text_units,
                                                              .sent_start = text->sent_units,
                                                              .markup = markup};
    text->sent_units += utf16_units(sent, sent_len);
    text->text_units += utf16_units(read, read_len);
    return buffer_add(&text->text, read, read_len);
}

static bool read_piece(struct annotated_text *text, const json_t *json) {
    const json_t *plain = json_object_get(json, "text");
    const json_t *markup = json_object_get(json, "markup");
    const json_t *meaning = json_object_get(json, "interpretAs");
    const json_t *sent = plain != NULL ? plain : markup;
    const json_t *read = plain != NULL ? plain : meaning;
    if (!json_is_string(sent) || (read != NULL && !json_is_string(read))) {
        return false;
    }
    return add_piece(text, json_string_value(sent), json_string_length(sent),
                     read == NULL ? "" : json_string_value(read), json_string_length(read),
                     plain == NULL);
}

static bool make_pieces(struct annotated_text *text, size_t n) {
    *text = (struct annotated_text){.pieces = calloc(n > 0 ? n : 1, sizeof *text->pieces)};
    return text->pieces != NULL;
}

bool annotated_text_take(struct annotated_text *text, const char *plain, size_t len) {
    const bool good = make_pieces(text, 1) && add_piece(text, plain, len, plain, len, false);
    if (!good) {
        annotated_text_finish(text);
    }
    return good;
}

bool annotated_text_read(struct annotated_text *text, const char *json, size_t len) {
    *text = (struct annotated_text){0};
    json_t *data = json_loadb(json, len, 0, NULL);
    const json_t *all = json_object_get(data, "annotation");
    const json_t *whole = json_object_get(data, "text");
    bool good = false;
    if (json_is_string(whole)) {
        good = annotated_text_take(text, json_string_value(whole), json_string_length(whole));
    } else if (json_is_array(all)) {
        good = make_pieces(text, json_array_size(all));
        for (size_t i = 0; good && i < json_array_size(all); i++) {
            good = read_piece(text, json_array_get(all, i));
        }
    }
    json_decref(data);
    if (!good) {
        annotated_text_finish(text);
    }
    return good;
}

void annotated_text_finish(struct annotated_text *text) {
    free(text->text.data);
    free(text->pieces);
    *text = (struct annotated_text){0};
}

/* UTF-16 units of the text before `offset`, counted from the last place. */
static size_t units_before(struct annotated_text *text, size_t offset) {
    struct utf16_place *place = &text->place;
    offset = offset < text->text.len ? offset : text->text.len;
    if (offset >= place->offset) {
        place->units += utf16_units(text->text.data + place->offset, offset - place->offset);
    } else {
        place->units -= utf16_units(text->text.data + offset, place->offset - offset);
    }
    place->offset = offset;
    return place->units;
}

size_t annotated_offset(struct annotated_text *text, size_t offset) {
    size_t low = 0, high = text->n_pieces;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (text->pieces[middle].start <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const struct annotated_piece *piece = &text->pieces[low];
    return piece->markup ? piece->sent_start
                         : piece->sent_start + units_before(text, offset) - piece->start_units;
}

size_t annotated_end(struct annotated_text *text, size_t end) {
    size_t last = end;
    while (last > 0 && ((unsigned char)text->text.data[--last] & 0xC0) == 0x80) {
    }
    return annotated_offset(text, last) + utf16_units(text->text.data + last, end - last);
}
