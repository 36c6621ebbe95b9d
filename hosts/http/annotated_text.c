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

size_t utf16_walk(struct utf16_walker *walker, size_t offset) {
    offset = offset < walker->len ? offset : walker->len;
    if (offset < walker->offset) { /* out of order: from the begin */
        walker->offset = 0;
        walker->units = 0;
    }
    walker->units += utf16_units(walker->text + walker->offset, offset - walker->offset);
    walker->offset = offset;
    return walker->units;
}

static bool add_piece(struct annotated_text *text, const json_t *json) {
    const json_t *plain = json_object_get(json, "text");
    const json_t *markup = json_object_get(json, "markup");
    const json_t *meaning = json_object_get(json, "interpretAs");
    const json_t *sent = plain != NULL ? plain : markup;
    const json_t *read = plain != NULL ? plain : meaning;
    if (!json_is_string(sent) || (read != NULL && !json_is_string(read))) {
        return false;
    }
    text->pieces[text->n_pieces++] = (struct annotated_piece){
        .start = text->text.len, .sent_start = text->sent_len, .markup = plain == NULL};
    text->sent_len += utf16_units(json_string_value(sent), json_string_length(sent));
    return read == NULL ||
           buffer_add(&text->text, json_string_value(read), json_string_length(read));
}

bool annotated_text_read(struct annotated_text *text, const char *json, size_t len) {
    *text = (struct annotated_text){0};
    json_t *data = json_loadb(json, len, 0, NULL);
    const json_t *all = json_object_get(data, "annotation");
    const json_t *whole = json_object_get(data, "text");
    bool good = false;
    if (json_is_string(whole)) {
        good = buffer_add(&text->text, json_string_value(whole), json_string_length(whole));
        text->sent_len = utf16_units(json_string_value(whole), json_string_length(whole));
    } else if (json_is_array(all)) {
        text->pieces = calloc(json_array_size(all) + 1, sizeof *text->pieces);
        good = text->pieces != NULL;
        for (size_t i = 0; good && i < json_array_size(all); i++) {
            good = add_piece(text, json_array_get(all, i));
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

size_t annotated_offset(const struct annotated_text *text, size_t offset) {
    size_t low = 0, high = text->n_pieces;
    if (high == 0) {
        return utf16_units(text->text.data, offset);
    }
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (text->pieces[middle].start <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const struct annotated_piece *piece = &text->pieces[low];
    if (piece->markup) {
        return piece->sent_start;
    }
    return piece->sent_start + utf16_units(text->text.data + piece->start, offset - piece->start);
}

size_t annotated_end(const struct annotated_text *text, size_t end) {
    size_t last = end;
    while (last > 0 && ((unsigned char)text->text.data[--last] & 0xC0) == 0x80) {
    }
    return annotated_offset(text, last) + utf16_units(text->text.data + last, end - last);
}
