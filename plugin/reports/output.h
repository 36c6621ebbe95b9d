/*
 * Where reports write: a small buffer before the caller's write function. A failed write is
 * remembered, so that only the end needs to ask.
 */
#ifndef GALLEY_REPORTS_OUTPUT_H
#define GALLEY_REPORTS_OUTPUT_H

#include "galley.h"

struct output {
    galley_write write;
    void *context;
    bool failed;
    size_t len;
    char buffer[8192];
};

void output_init(struct output *out, galley_write write, void *context);
void output_bytes(struct output *out, const char *data, size_t len);
void output_text(struct output *out, const char *text);
void output_number(struct output *out, uint64_t number);

/* 16 lower-case digits. */
void output_hexadecimal(struct output *out, uint64_t number);
galley_status output_flush(struct output *out);

/* A JSON string (RFC 8259), quotation marks included. */
void output_json_string(struct output *out, const char *data, size_t len);

/* A member of a JSON object behind another one: a comma, the key, the value. */
void output_json_key(struct output *out, const char *key);
void output_json_text(struct output *out, const char *key, galley_string value);
void output_json_static(struct output *out, const char *key, const char *value);
void output_json_number(struct output *out, const char *key, uint64_t value);

/* Text of XML 1.0, also good inside an attribute in double quotation marks: & < > " and white
 * space other than the space as references; characters that XML 1.0 does not allow (section 2.2)
 * as U+FFFD. */
void output_xml_text(struct output *out, const char *data, size_t len);

/* An attribute of an XML start tag, with the space before it. */
void output_xml_attribute(struct output *out, const char *name, galley_string value);
void output_xml_static(struct output *out, const char *name, const char *value);
void output_xml_number(struct output *out, const char *name, uint64_t value);

#endif
