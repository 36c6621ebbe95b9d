/*
 * Strings of JSON (RFC 8259, section 7) with their exact bytes, for formats that keep text in them.
 * A JSON library tells what a string says, not where in the file each of its characters stands.
 */
#ifndef GALLEY_FORMATS_JSON_TEXT_H
#define GALLEY_FORMATS_JSON_TEXT_H

#include "formats/unit_builder.h"

struct json_string {
    size_t begin, end; /* between the quotation marks */
};

/* The string that begins with the quotation mark at *at; moves *at behind it. False when it does
 * not end before `end`. */
bool json_read_string(const struct reader *reader, size_t *at, size_t end,
                      struct json_string *string);

/* Whether it is `name`, as it is written. */
bool json_is(const struct reader *reader, struct json_string string, const char *name);

/* The character of the escape at `at`; *behind is where that ends. A lone surrogate is U+FFFD. */
uint32_t json_read_escape(const struct reader *reader, size_t at, size_t end, size_t *behind);

/* The string's text. */
galley_status json_build(struct reader *reader, struct unit_builder *builder,
                         struct json_string string);

#endif
