#include "formats/unit_builder.h"

#include "libraries/xml.h"
#include "text/utf8.h"

#include <string.h>

enum { OBJECT_REPLACEMENT = 0xFFFC };

void unit_builder_begin(struct unit_builder *builder, const struct reader *reader) {
    *builder = (struct unit_builder){.arena = reader->arena,
                                     .document = reader->text,
                                     .text = builder->text,
                                     .capacity = builder->capacity,
                                     .map = builder->map,
                                     .map_capacity = builder->map_capacity,
                                     .pieces = builder->pieces,
                                     .piece_capacity = builder->piece_capacity,
                                     .codes = builder->codes,
                                     .code_capacity = builder->code_capacity,
                                     .keeps_pieces = reader->keeps_pieces,
                                     .ends_in_space = true};
}

/* Remembers that document[begin, end) is text, where that is asked for. */
static bool keep_piece(struct unit_builder *builder, size_t begin, size_t end, enum syntax syntax) {
    if (!builder->keeps_pieces || begin == end) {
        return true;
    }
    if (builder->n_pieces > 0) {
        struct piece *last = &builder->pieces[builder->n_pieces - 1];
        if (last->end == begin && last->syntax == syntax) {
            last->end = end;
            return true;
        }
    }
    if (!arena_grow(builder->arena, &builder->pieces, builder->n_pieces, &builder->piece_capacity,
                    sizeof *builder->pieces, builder->n_pieces + 1)) {
        return false;
    }
    builder->pieces[builder->n_pieces++] = (struct piece){begin, end, syntax};
    return true;
}

static bool make_room(struct unit_builder *builder, size_t len) {
    return arena_grow(builder->arena, &builder->text, builder->len, &builder->capacity, 1,
                      builder->len + len);
}

static bool add_segment(struct unit_builder *builder, size_t offset, uint32_t text_step,
                        uint32_t document_step) {
    if (builder->n_map > 0) {
        const struct map_segment *last = &builder->map[builder->n_map - 1];
        const size_t into = builder->len - last->text_offset;
        if (last->text_step == text_step && last->document_step == document_step &&
            last->document_offset + into / text_step * document_step == offset) {
            return true;
        }
    }
    if (!arena_grow(builder->arena, &builder->map, builder->n_map, &builder->map_capacity,
                    sizeof *builder->map, builder->n_map + 1)) {
        return false;
    }
    builder->map[builder->n_map++] =
        (struct map_segment){builder->len, offset, text_step, document_step};
    return true;
}

static bool is_space(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static galley_status add_character(struct unit_builder *builder, uint32_t code_point, size_t begin,
                                   size_t end) {
    if (is_space(code_point) && !builder->keep_space) {
        if (builder->ends_in_space) {
            return GALLEY_OK;
        }
        code_point = ' ';
    }
    char bytes[4];
    const size_t len = utf8_put(bytes, code_point);
    if (!make_room(builder, len) ||
        !add_segment(builder, begin, (uint32_t)len, (uint32_t)(end - begin))) {
        return GALLEY_ERROR_MEMORY;
    }
    memcpy(builder->text + builder->len, bytes, len);
    builder->len += len;
    builder->ends_in_space = is_space(code_point);
    return GALLEY_OK;
}

galley_status unit_builder_add_character(struct unit_builder *builder, uint32_t code_point,
                                         size_t begin, size_t end) {
    if (code_point != OBJECT_REPLACEMENT && !keep_piece(builder, begin, end, builder->syntax)) {
        return GALLEY_ERROR_MEMORY;
    }
    return add_character(builder, code_point, begin, end);
}

galley_status unit_builder_add_code(struct unit_builder *builder, size_t begin, size_t end,
                                    uint64_t hash) {
    if (!arena_grow(builder->arena, &builder->codes, builder->n_codes, &builder->code_capacity,
                    sizeof *builder->codes, builder->n_codes + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    builder->codes[builder->n_codes++] = (struct inline_code){.offset = (uint32_t)builder->len,
                                                              .label_len = (uint32_t)(end - begin),
                                                              .label = builder->document + begin,
                                                              .hash = hash};
    return GALLEY_OK;
}

/* A stretch without white space that would be collapsed. */
static galley_status add_bytes(struct unit_builder *builder, size_t begin, size_t end) {
    if (begin == end) {
        return GALLEY_OK;
    }
    if (!make_room(builder, end - begin) || !add_segment(builder, begin, 1, 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    memcpy(builder->text + builder->len, builder->document + begin, end - begin);
    builder->len += end - begin;
    builder->ends_in_space = false;
    return GALLEY_OK;
}

/* The end of the bytes from `at` on that stay as they are: words with one blank between two. */
static size_t plain_end(const char *document, size_t at, size_t end) {
    bool in_word = false;
    while (at < end) {
        const unsigned char byte = (unsigned char)document[at];
        if (byte <= ' ' && is_space(byte) &&
            (!in_word || byte != ' ' || at + 1 == end ||
             is_space((unsigned char)document[at + 1]))) {
            break;
        }
        in_word = true;
        at++;
    }
    return at;
}

static galley_status add_stretch(struct unit_builder *builder, size_t begin, size_t end) {
    if (builder->keep_space) {
        return add_bytes(builder, begin, end);
    }
    galley_status status = GALLEY_OK;
    while (begin < end && status == GALLEY_OK) {
        const size_t at = plain_end(builder->document, begin, end);
        status = add_bytes(builder, begin, at);
        if (at < end && status == GALLEY_OK) {
            status = add_character(builder, ' ', at, at + 1);
        }
        begin = at + 1;
    }
    return status;
}

galley_status unit_builder_add(struct unit_builder *builder, size_t begin, size_t end) {
    return make_room(builder, end - begin) && keep_piece(builder, begin, end, builder->syntax)
               ? add_stretch(builder, begin, end)
               : GALLEY_ERROR_MEMORY;
}

galley_status unit_builder_add_cdata(struct unit_builder *builder, size_t begin, size_t end) {
    return make_room(builder, end - begin) && keep_piece(builder, begin, end, SYNTAX_CDATA)
               ? add_stretch(builder, begin, end)
               : GALLEY_ERROR_MEMORY;
}

/* The number of "&#8217;" or "&#x2019;", whose digits are text[at, end); 0 when it is none. */
static uint32_t character_number(const char *text, size_t at, size_t end) {
    const bool hexadecimal = at < end && (text[at] == 'x' || text[at] == 'X');
    uint32_t number = 0;
    at += hexadecimal;
    if (at == end) {
        return 0;
    }
    for (; at < end; at++) {
        const char c = text[at];
        uint32_t digit;
        if (c >= '0' && c <= '9') {
            digit = (uint32_t)(c - '0');
        } else if (hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            digit = (uint32_t)((c | 0x20) - 'a' + 10);
        } else {
            return 0;
        }
        number = number * (hexadecimal ? 16 : 10) + digit;
        if (number > 0x10FFFF) {
            return 0;
        }
    }
    return number >= 0xD800 && number <= 0xDFFF ? 0 : number;
}

/* What the reference document[begin, end), from "&" to ";", stands for; 0 when nobody knows. XML's
 * five entities are among HTML's. */
static uint32_t reference_character(const char *document, size_t begin, size_t end) {
    if (document[begin + 1] == '#') {
        return character_number(document, begin + 2, end - 1);
    }
    char name[16];
    const size_t len = end - begin - 2;
    if (len == 0 || len >= sizeof name) {
        return 0;
    }
    memcpy(name, document + begin + 1, len);
    name[len] = '\0';
    if (strcmp(name, "apos") == 0) {
        return '\'';
    }
    const htmlEntityDesc *entity =
        library_load(LIBRARY_XML) ? htmlEntityLookup((const xmlChar *)name) : NULL;
    return entity == NULL ? 0 : entity->value;
}

galley_status unit_builder_add_escaped(struct unit_builder *builder, size_t begin, size_t end) {
    enum { LONGEST_REFERENCE = 18 };
    const enum syntax syntax = builder->syntax == SYNTAX_PLAIN ? SYNTAX_XML_TEXT : builder->syntax;
    galley_status status =
        make_room(builder, end - begin) && keep_piece(builder, begin, end, syntax)
            ? GALLEY_OK
            : GALLEY_ERROR_MEMORY;
    size_t plain = begin;
    for (size_t at = begin; at < end && status == GALLEY_OK; at++) {
        const char *ampersand = memchr(builder->document + at, '&', end - at);
        if (ampersand == NULL) {
            break;
        }
        at = (size_t)(ampersand - builder->document);
        const size_t room = end - at < LONGEST_REFERENCE ? end - at : LONGEST_REFERENCE;
        const char *semicolon = memchr(ampersand, ';', room);
        const size_t behind = semicolon == NULL ? at : (size_t)(semicolon - builder->document) + 1;
        const uint32_t code_point = behind - at < 3 || semicolon == NULL
                                        ? 0
                                        : reference_character(builder->document, at, behind);
        if (code_point == 0) {
            continue;
        }
        status = add_stretch(builder, plain, at);
        if (status == GALLEY_OK) {
            status = add_character(builder, code_point, at, behind);
        }
        plain = behind;
        at = behind - 1;
    }
    return status == GALLEY_OK ? add_stretch(builder, plain, end) : status;
}

bool unit_builder_has_text(const struct unit_builder *builder) {
    for (size_t i = 0; i < builder->len; i++) {
        if (!is_space((unsigned char)builder->text[i])) {
            return true;
        }
    }
    return false;
}

void unit_builder_finish(struct unit_builder *builder, struct unit *unit) {
    while (builder->len > 0 && is_space((unsigned char)builder->text[builder->len - 1])) {
        builder->len--;
    }
    unit->text = builder->text == NULL ? "" : builder->text;
    unit->len = builder->len;
    unit->document_offset = builder->n_map == 0 ? 0 : builder->map[0].document_offset;
    unit->map = builder->n_map == 0 ? NULL : builder->map;
    unit->n_map = builder->n_map;
    unit->codes = builder->codes;
    unit->n_codes = builder->n_codes;
    unit->pieces = builder->n_pieces == 0 ? NULL : builder->pieces;
    unit->n_pieces = builder->n_pieces;
}

galley_string unit_builder_unescape(struct arena *arena, const char *document, size_t begin,
                                    size_t end) {
    const struct reader reader = {.arena = arena, .text = document};
    struct unit_builder builder = {0};
    struct unit unit = {0};
    unit_builder_begin(&builder, &reader);
    builder.keep_space = true;
    if (unit_builder_add_escaped(&builder, begin, end) != GALLEY_OK) {
        return (galley_string){NULL, 0};
    }
    unit_builder_finish(&builder, &unit);
    return arena_copy(arena, unit.text, unit.len);
}
