#include "formats/json_text.h"

#include <string.h>

bool json_read_string(const struct reader *reader, size_t *at, size_t end,
                      struct json_string *span) {
    size_t i = *at + 1;
    span->begin = i;
    while (i < end && reader->text[i] != '"') {
        i += reader->text[i] == '\\' ? 2 : 1;
    }
    if (i >= end) {
        return false;
    }
    span->end = i;
    *at = i + 1;
    return true;
}

bool json_is(const struct reader *reader, struct json_string span, const char *name) {
    const size_t len = strlen(name);
    return span.end - span.begin == len && memcmp(reader->text + span.begin, name, len) == 0;
}

static uint32_t hexadecimal(const char *text) {
    uint32_t number = 0;
    for (int i = 0; i < 4; i++) {
        const char c = text[i];
        const uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                               : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                               : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                      : 16;
        if (digit == 16) {
            return UINT32_MAX;
        }
        number = number * 16 + digit;
    }
    return number;
}

uint32_t json_read_escape(const struct reader *reader, size_t at, size_t end, size_t *behind) {
    static const char names[] = "bfnrt";
    static const char values[] = "\b\f\n\r\t";
    const char c = reader->text[at + 1];
    *behind = at + 2;
    const char *name = c == '\0' ? NULL : strchr(names, c);
    if (name != NULL) {
        return (unsigned char)values[name - names];
    }
    if (c != 'u' || end - at < 6) {
        return (unsigned char)c;
    }
    uint32_t code_point = hexadecimal(reader->text + at + 2);
    *behind = at + 6;
    if (code_point >= 0xD800 && code_point <= 0xDBFF && end - at >= 12 &&
        reader->text[at + 6] == '\\' && reader->text[at + 7] == 'u') {
        const uint32_t low = hexadecimal(reader->text + at + 8);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *behind = at + 12;
            return 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF) ? 0xFFFD
                                                                                   : code_point;
}

galley_status json_build(struct reader *reader, struct unit_builder *builder,
                         struct json_string span) {
    unit_builder_begin(builder, reader);
    builder->keep_space = true;
    builder->syntax = SYNTAX_JSON_STRING;
    galley_status status = GALLEY_OK;
    size_t plain = span.begin;
    for (size_t at = span.begin; at < span.end && status == GALLEY_OK;) {
        if (reader->text[at] != '\\') {
            at++;
            continue;
        }
        size_t behind;
        status = unit_builder_add(builder, plain, at);
        const uint32_t code_point = json_read_escape(reader, at, span.end, &behind);
        if (status == GALLEY_OK) {
            status = unit_builder_add_character(builder, code_point, at, behind);
        }
        at = plain = behind;
    }
    return status == GALLEY_OK ? unit_builder_add(builder, plain, span.end) : status;
}
