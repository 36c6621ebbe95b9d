/*
 * The readable tables of a language pack, and the buffers that sections are made in. Part of the
 * pack compiler.
 */
#include "base/error.h"
#include "language/section.h"
#include "text/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The whole file with a closing NUL. data is NULL when it cannot be had. */
static galley_string read_file(struct arena *arena, FILE *file) {
    const galley_string nothing = {NULL, 0};
    if (fseek(file, 0, SEEK_END) != 0) {
        return nothing;
    }
    const long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0) {
        return nothing;
    }
    char *data = arena_allocate(arena, (size_t)size + 1);
    if (data == NULL || fread(data, 1, (size_t)size, file) != (size_t)size) {
        return nothing;
    }
    data[size] = '\0';
    return (galley_string){data, (size_t)size};
}

bool table_open(struct table *table, struct arena *arena, const char *directory, const char *name,
                galley_error *error) {
    const galley_string path = arena_format(arena, "%s/%s", directory, name);
    *table = (struct table){.path = path.data};
    if (path.data == NULL) {
        error_set(error, GALLEY_ERROR_MEMORY, "no memory");
        return false;
    }
    FILE *file = fopen(path.data, "rb");
    if (file == NULL) {
        if (errno == ENOENT) {
            return true;
        }
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: %s", path.data, strerror(errno));
        return false;
    }
    table->text = read_file(arena, file);
    fclose(file);
    if (table->text.data == NULL) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: cannot be read", path.data);
        return false;
    }
    const size_t valid_len = utf8_valid_len(table->text.data, table->text.len);
    if (valid_len < table->text.len || strlen(table->text.data) < table->text.len) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: not UTF-8 text", path.data);
        return false;
    }
    table->next = (char *)(uintptr_t)table->text.data;
    if (table->text.len >= 3 && memcmp(table->next, "\xEF\xBB\xBF", 3) == 0) {
        table->next += 3;
    }
    return true;
}

static void split_fields(struct table *table, char *line) {
    table->n_fields = 0;
    for (;;) {
        table->fields[table->n_fields] = line;
        table->n_fields++;
        char *tab = strchr(line, '\t');
        if (tab == NULL || table->n_fields == TABLE_FIELDS_MAX) {
            return;
        }
        *tab = '\0';
        line = tab + 1;
    }
}

bool table_next(struct table *table) {
    while (table->next != NULL && *table->next != '\0') {
        char *line = table->next;
        char *end = strchr(line, '\n');
        if (end == NULL) {
            end = line + strlen(line);
            table->next = end;
        } else {
            table->next = end + 1;
        }
        *end = '\0';
        if (end > line && end[-1] == '\r') {
            end[-1] = '\0';
        }
        table->line++;
        if (line[0] != '\0' && line[0] != '#') {
            split_fields(table, line);
            return true;
        }
    }
    return false;
}

bool table_fail(const struct table *table, galley_error *error, const char *format, ...) {
    char what[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    error_set_at(error, GALLEY_ERROR_DICTIONARY, 0, table->line, "%s:%zu: %s", table->path,
                 table->line, what);
    return false;
}

bool buffer_append(struct buffer *buffer, const void *data, size_t len) {
    if (len > SIZE_MAX - buffer->len ||
        !memory_grow(buffer->memory, &buffer->data, &buffer->capacity, 1, buffer->len + len)) {
        return false;
    }
    if (len > 0) {
        memcpy(buffer->data + buffer->len, data, len);
    }
    buffer->len += len;
    return true;
}

bool buffer_append_u32(struct buffer *buffer, uint32_t number) {
    return buffer_append(buffer, &number, sizeof number);
}

bool buffer_append_u64(struct buffer *buffer, uint64_t number) {
    return buffer_append(buffer, &number, sizeof number);
}

bool buffer_align(struct buffer *buffer, size_t alignment) {
    static const char zeroes[64];
    while (buffer->len % alignment != 0) {
        const size_t missing = alignment - buffer->len % alignment;
        if (!buffer_append(buffer, zeroes, missing < sizeof zeroes ? missing : sizeof zeroes)) {
            return false;
        }
    }
    return true;
}

void buffer_finish(struct buffer *buffer) {
    memory_free(buffer->memory, buffer->data);
    *buffer = (struct buffer){.memory = buffer->memory};
}
