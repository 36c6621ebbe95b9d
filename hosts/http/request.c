#include "request.h"

#include <stdlib.h>
#include <string.h>

bool buffer_add(struct buffer *buffer, const char *data, size_t len) {
    if (buffer->failed) {
        return false;
    }
    if (len > buffer->capacity - buffer->len) {
        const size_t capacity = (buffer->len + len) * 2 + 1024;
        char *grown = realloc(buffer->data, capacity);
        if (grown == NULL) {
            buffer->failed = true;
            return false;
        }
        buffer->data = grown;
        buffer->capacity = capacity;
    }
    if (len > 0) {
        memcpy(buffer->data + buffer->len, data, len);
        buffer->len += len;
    }
    return true;
}

const struct field *request_find(const struct request *request, const char *name) {
    for (size_t i = 0; i < request->n_fields; i++) {
        if (strcmp(request->fields[i].name, name) == 0) {
            return &request->fields[i];
        }
    }
    return NULL;
}

const char *request_field(const struct request *request, const char *name) {
    const struct field *field = request_find(request, name);
    return field == NULL ? NULL : field->value;
}

bool request_add_field(struct request *request, const char *name, const char *data, size_t len) {
    struct field *field = NULL;
    for (size_t i = 0; i < request->n_fields && field == NULL; i++) {
        field = strcmp(request->fields[i].name, name) == 0 ? &request->fields[i] : NULL;
    }
    if (field == NULL) {
        char *copy = request->n_fields == MAX_FIELDS ? NULL : strdup(name);
        if (copy == NULL) {
            return false;
        }
        field = &request->fields[request->n_fields++];
        *field = (struct field){.name = copy};
    }
    char *value = realloc(field->value, field->len + len + 1);
    if (value == NULL) {
        return false;
    }
    if (len > 0) {
        memcpy(value + field->len, data, len);
    }
    field->value = value;
    field->len += len;
    value[field->len] = '\0';
    return true;
}

void request_finish(struct request *request) {
    for (size_t i = 0; i < request->n_fields; i++) {
        free(request->fields[i].name);
        free(request->fields[i].value);
    }
    free(request->body.data);
    free(request->answer.body);
}

void answer_text(struct answer *answer, unsigned status, const char *text) {
    free(answer->body);
    answer->status = status;
    answer->type = "text/plain; charset=utf-8";
    answer->len = strlen(text);
    answer->body = malloc(answer->len + 1);
    if (answer->body == NULL) {
        answer->len = 0;
        return;
    }
    memcpy(answer->body, text, answer->len);
    answer->body[answer->len] = '\n';
    answer->len++;
}

void answer_buffer(struct answer *answer, unsigned status, const char *type,
                   struct buffer *buffer) {
    if (buffer->failed) {
        free(buffer->data);
        answer_text(answer, 503, "out of memory");
    } else {
        free(answer->body);
        answer->status = status;
        answer->type = type;
        answer->body = buffer->data;
        answer->len = buffer->len;
    }
    *buffer = (struct buffer){0};
}
