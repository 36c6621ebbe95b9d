#include "open_document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *path_of_uri(const char *uri) {
    if (strncmp(uri, "file://", 7) != 0) {
        return NULL;
    }
    const char *from = strchr(uri + 7, '/'); /* an authority is passed over */
    char *path = from == NULL ? NULL : malloc(strlen(from) + 1);
    if (path == NULL) {
        return NULL;
    }
    char *to = path;
    while (*from != '\0') {
        const int high = *from == '%' ? hex_value(from[1]) : -1;
        const int low = high < 0 ? -1 : hex_value(from[2]);
        const bool decoded = low >= 0 && (high != 0 || low != 0);
        *to++ = decoded ? (char)(high * 16 + low) : *from;
        from += decoded ? 3 : 1;
    }
    *to = '\0';
    return path;
}

char *uri_of_path(const char *path) {
    static const char hex[] = "0123456789ABCDEF";
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    char *uri = malloc(strlen("file://") + strlen(path) * 3 + 1);
    if (uri == NULL) {
        return NULL;
    }
    char *to = uri + sprintf(uri, "file://");
    for (; *path != '\0'; path++) {
        const unsigned char c = (unsigned char)*path;
        if (strchr(plain, c) != NULL) {
            *to++ = *path;
        } else {
            *to++ = '%';
            *to++ = hex[c >> 4];
            *to++ = hex[c & 15];
        }
    }
    *to = '\0';
    return uri;
}

/* Editors' names of languages (LSP 3.17, TextDocumentItem) that are formats of galley's. Others,
 * plain text too, which is what editors call everything they do not know, are left to the content
 * and the name. */
static const char *format_of_language(const char *language_id) {
    static const char *const pairs[][2] = {
        {"html", "html"},
        {"markdown", "markdown"},
        {"po", "po"},
        {"subrip", "subtitles"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strcmp(language_id, pairs[i][0]) == 0) {
            return pairs[i][1];
        }
    }
    return NULL;
}

struct open_document *open_document_create(const char *uri, const char *language_id,
                                           json_int_t version, const char *text, size_t len) {
    struct open_document *document = calloc(1, sizeof *document);
    if (document == NULL) {
        return NULL;
    }
    document->uri = strdup(uri);
    document->path = path_of_uri(uri);
    document->format = format_of_language(language_id);
    document->version = version;
    document->capacity = len + 4096;
    document->text = malloc(document->capacity);
    if (document->uri == NULL || document->text == NULL ||
        !line_index_build(&document->lines, text, len)) {
        open_document_destroy(document, NULL);
        return NULL;
    }
    memcpy(document->text, text, len);
    document->len = len;
    return document;
}

void open_document_destroy(struct open_document *document, const galley_plugin *plugin) {
    if (document == NULL) {
        return;
    }
    if (plugin != NULL) {
        open_document_forget(document, plugin);
    }
    line_index_finish(&document->lines);
    free(document->uri);
    free(document->path);
    free(document->text);
    free(document);
}

void open_document_forget(struct open_document *document, const galley_plugin *plugin) {
    plugin->document_destroy(document->result);
    document->result = NULL;
    document->engine = NULL;
    document->revision++;
}

bool open_document_replace(struct open_document *document, const galley_plugin *plugin,
                           size_t start, size_t end, const char *text, size_t len) {
    open_document_forget(document, plugin);
    end = end < start ? start : end;
    const size_t new_len = document->len - (end - start) + len;
    if (new_len > document->capacity) {
        char *grown = realloc(document->text, new_len * 2);
        if (grown == NULL) {
            return false;
        }
        document->text = grown;
        document->capacity = new_len * 2;
    }
    memmove(document->text + start + len, document->text + end, document->len - end);
    memcpy(document->text + start, text, len);
    document->len = new_len;
    return line_index_build(&document->lines, document->text, document->len);
}

bool open_document_check(struct open_document *document, struct projects *projects) {
    struct project *project = projects_find(projects, document->path);
    if (project == NULL || project->engine == NULL) {
        snprintf(document->problem, sizeof document->problem, "%s",
                 project == NULL ? "out of memory" : project->problem);
        return false;
    }
    if (document->result != NULL && document->engine == project->engine) {
        return true;
    }
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const galley_input input = {.size = sizeof input,
                                .data = document->text,
                                .data_len = document->len,
                                .copy = true,
                                .uri = document->uri,
                                .format = document->format,
                                .encoding = "UTF-8"};
    document->problem[0] = '\0';
    if (projects->plugin->check(project->engine, &input, &document->result, &error) != GALLEY_OK) {
        document->result = NULL;
        snprintf(document->problem, sizeof document->problem, "%s", error.message);
        return false;
    }
    document->engine = project->engine;
    return true;
}

struct position open_document_position(const struct open_document *document, size_t offset,
                                       enum position_encoding encoding) {
    return position_of_offset(&document->lines, document->text, document->len, offset, encoding);
}

size_t open_document_offset(const struct open_document *document, struct position position,
                            enum position_encoding encoding) {
    return offset_of_position(&document->lines, document->text, document->len, position, encoding);
}
