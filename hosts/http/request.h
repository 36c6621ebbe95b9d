/*
 * A request with its parameters, and the answer that is made of it by a worker.
 */
#ifndef GALLEY_HTTP_REQUEST_H
#define GALLEY_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct MHD_Connection;
struct MHD_PostProcessor;
struct service;
struct request;

struct field {
    char *name, *value; /* value: any bytes, NUL-terminated beside its length */
    size_t len;
};

enum { MAX_FIELDS = 64 };

/* Bytes that grow; `failed` once memory was short. */
struct buffer {
    char *data;
    size_t len, capacity;
    bool failed;
};

bool buffer_add(struct buffer *buffer, const char *data, size_t len);

struct answer {
    unsigned status;  /* of HTTP */
    const char *type; /* Content-Type; static */
    char *body;       /* malloc'ed */
    size_t len;
    unsigned retry_after; /* seconds, or 0 */
};

struct route {
    const char *path;
    const char *methods; /* "GET POST" */
    bool form;           /* a body is a form, whose fields join those of the query */
    bool quick;          /* answered at once, without a worker */
    void (*answer)(struct service *service, const struct request *request, struct answer *answer);
};

struct request {
    struct MHD_Connection *connection;
    struct MHD_PostProcessor *form;
    const struct route *route;
    char method[8];
    struct field fields[MAX_FIELDS];
    size_t n_fields;
    struct buffer body;
    char content_type[96];
    char accept[96];
    bool too_large, no_memory;
    unsigned refusal; /* an HTTP status to answer with, or 0 */
    const char *refusal_message;
    int64_t arrived; /* milliseconds */
    bool answered;
    struct answer answer;
    struct request *next; /* in the queue of workers */
};

/* The value of a field, or NULL. */
const char *request_field(const struct request *request, const char *name);
const struct field *request_find(const struct request *request, const char *name);

/* Adds to a field's value, or makes the field. */
bool request_add_field(struct request *request, const char *name, const char *data, size_t len);

void request_finish(struct request *request);

/* Makes `answer` a message: plain text for people and programs. */
void answer_text(struct answer *answer, unsigned status, const char *text);

/* Takes the buffer's bytes. */
void answer_buffer(struct answer *answer, unsigned status, const char *type, struct buffer *buffer);

#endif
