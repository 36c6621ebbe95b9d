#include "reports/output.h"

#include "text/utf8.h"

#include <string.h>

void output_init(struct output *out, galley_write write, void *context) {
    out->write = write;
    out->context = context;
    out->failed = false;
    out->len = 0;
}

galley_status output_flush(struct output *out) {
    if (out->len > 0 && !out->failed) {
        out->failed = !out->write(out->context, out->buffer, out->len);
    }
    out->len = 0;
    return out->failed ? GALLEY_ERROR_WRITE : GALLEY_OK;
}

void output_bytes(struct output *out, const char *data, size_t len) {
    if (len == 0) {
        return; /* `data` may be NULL */
    }
    if (len > sizeof out->buffer - out->len) {
        output_flush(out);
        if (len > sizeof out->buffer) {
            out->failed = out->failed || !out->write(out->context, data, len);
            return;
        }
    }
    memcpy(out->buffer + out->len, data, len);
    out->len += len;
}

void output_text(struct output *out, const char *text) {
    output_bytes(out, text, strlen(text));
}

void output_number(struct output *out, uint64_t number) {
    char digits[20];
    size_t begin = sizeof digits;
    do {
        digits[--begin] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    output_bytes(out, digits + begin, sizeof digits - begin);
}

void output_hexadecimal(struct output *out, uint64_t number) {
    char digits[16];
    for (size_t i = sizeof digits; i > 0; i--, number >>= 4) {
        digits[i - 1] = "0123456789abcdef"[number & 15];
    }
    output_bytes(out, digits, sizeof digits);
}

void output_json_string(struct output *out, const char *data, size_t len) {
    static const char hexadecimal[] = "0123456789abcdef";
    output_text(out, "\"");
    size_t begin = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)data[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) {
            continue;
        }
        output_bytes(out, data + begin, i - begin);
        begin = i + 1;
        if (c == '"' || c == '\\') {
            const char escaped[] = {'\\', (char)c};
            output_bytes(out, escaped, sizeof escaped);
        } else if (c == '\n') {
            output_text(out, "\\n");
        } else if (c == '\t') {
            output_text(out, "\\t");
        } else {
            const char escaped[] = {'\\', 'u', '0', '0', hexadecimal[c >> 4], hexadecimal[c & 15]};
            output_bytes(out, escaped, sizeof escaped);
        }
    }
    output_bytes(out, data + begin, len - begin);
    output_text(out, "\"");
}

void output_json_key(struct output *out, const char *key) {
    output_text(out, ",\"");
    output_text(out, key);
    output_text(out, "\":");
}

void output_json_text(struct output *out, const char *key, galley_string value) {
    output_json_key(out, key);
    output_json_string(out, value.data, value.len);
}

void output_json_static(struct output *out, const char *key, const char *value) {
    output_json_text(out, key, (galley_string){value, strlen(value)});
}

void output_json_number(struct output *out, const char *key, uint64_t value) {
    output_json_key(out, key);
    output_number(out, value);
}

/* What stands for a character in XML, or NULL for itself. */
static const char *xml_reference(uint32_t code_point) {
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return code_point < 0x20 || code_point == 0xFFFE || code_point == 0xFFFF ? "\xEF\xBF\xBD"
                                                                                 : NULL;
    }
}

void output_xml_text(struct output *out, const char *data, size_t len) {
    size_t begin = 0;
    for (size_t at = 0; at < len;) {
        const size_t from = at;
        const char *reference = xml_reference(utf8_next(data, &at));
        if (reference != NULL) {
            output_bytes(out, data + begin, from - begin);
            output_text(out, reference);
            begin = at;
        }
    }
    output_bytes(out, data + begin, len - begin);
}

void output_xml_attribute(struct output *out, const char *name, galley_string value) {
    output_text(out, " ");
    output_text(out, name);
    output_text(out, "=\"");
    output_xml_text(out, value.data, value.len);
    output_text(out, "\"");
}

void output_xml_static(struct output *out, const char *name, const char *value) {
    output_xml_attribute(out, name, (galley_string){value, strlen(value)});
}

void output_xml_number(struct output *out, const char *name, uint64_t value) {
    output_text(out, " ");
    output_text(out, name);
    output_text(out, "=\"");
    output_number(out, value);
    output_text(out, "\"");
}
