/*
 * The documents that the editor has open, kept as it has them: text synchronization, incremental
 * (LSP 3.17, Text Document Synchronization).
 */
#include "server.h"

#include <stdlib.h>
#include <string.h>

struct open_document *server_document(const struct server *server, const char *uri) {
    for (size_t i = 0; i < server->n_documents; i++) {
        if (strcmp(server->documents[i]->uri, uri) == 0) {
            return server->documents[i];
        }
    }
    return NULL;
}

static struct open_document *named_document(const struct server *server, const json_t *params) {
    const json_t *uri = json_object_get(json_object_get(params, "textDocument"), "uri");
    return json_is_string(uri) ? server_document(server, json_string_value(uri)) : NULL;
}

struct open_document *checked_document(struct server *server, const json_t *params) {
    struct open_document *document = named_document(server, params);
    if (document == NULL) {
        fail(server, ERROR_INVALID_PARAMS, "the document is not open");
        return NULL;
    }
    if (!open_document_check(document, &server->projects)) {
        fail(server, ERROR_INTERNAL, document->problem);
        return NULL;
    }
    return document;
}

bool read_position(const json_t *json, struct position *position) {
    const json_t *line = json_object_get(json, "line");
    const json_t *character = json_object_get(json, "character");
    if (!json_is_integer(line) || !json_is_integer(character) || json_integer_value(line) < 0 ||
        json_integer_value(character) < 0) {
        return false;
    }
    *position = (struct position){.line = (size_t)json_integer_value(line),
                                  .character = (size_t)json_integer_value(character)};
    return true;
}

static void wait_for_check(struct server *server, struct open_document *document) {
    if (!server->client.pulls) {
        document->due = clock_milliseconds() + server->debounce;
    }
}

void take_open(struct server *server, json_t *params) {
    const char *uri, *language_id = "";
    json_int_t version = 0;
    const json_t *text;
    if (json_unpack(params, "{s:{s:s, s?s, s?I, s:o}}", "textDocument", "uri", &uri, "languageId",
                    &language_id, "version", &version, "text", &text) != 0 ||
        !json_is_string(text) || server_document(server, uri) != NULL) {
        return;
    }
    struct open_document **grown =
        realloc(server->documents, (server->n_documents + 1) * sizeof *grown);
    if (grown == NULL) {
        return;
    }
    server->documents = grown;
    struct open_document *document = open_document_create(
        uri, language_id, version, json_string_value(text), json_string_length(text));
    if (document != NULL) {
        server->documents[server->n_documents++] = document;
        wait_for_check(server, document);
        document->due = document->due == 0 ? 0 : clock_milliseconds();
    }
}

/* One TextDocumentContentChangeEvent: a range, or the whole text. */
static void apply_change(struct server *server, struct open_document *document,
                         const json_t *change) {
    const json_t *text = json_object_get(change, "text");
    const json_t *range = json_object_get(change, "range");
    size_t from = 0, to = document->len;
    struct position start, end;
    if (!json_is_string(text)) {
        return;
    }
    if (json_is_object(range)) {
        if (!read_position(json_object_get(range, "start"), &start) ||
            !read_position(json_object_get(range, "end"), &end)) {
            return;
        }
        from = open_document_offset(document, start, server->client.encoding);
        to = open_document_offset(document, end, server->client.encoding);
    }
    open_document_replace(document, server->plugin, from, to, json_string_value(text),
                          json_string_length(text));
}

void take_change(struct server *server, json_t *params) {
    struct open_document *document = named_document(server, params);
    if (document == NULL) {
        return;
    }
    const json_t *version = json_object_get(json_object_get(params, "textDocument"), "version");
    if (json_is_integer(version)) {
        document->version = json_integer_value(version);
    }
    size_t i;
    json_t *change;
    json_array_foreach(json_object_get(params, "contentChanges"), i, change) {
        apply_change(server, document, change);
    }
    wait_for_check(server, document);
}

void take_close(struct server *server, json_t *params) {
    struct open_document *document = named_document(server, params);
    for (size_t i = 0; document != NULL && i < server->n_documents; i++) {
        if (server->documents[i] == document) {
            server->documents[i] = server->documents[--server->n_documents];
            send_notification(server, "textDocument/publishDiagnostics",
                              json_pack("{s:s, s:[]}", "uri", document->uri, "diagnostics"));
            open_document_destroy(document, server->plugin);
            return;
        }
    }
}

void server_recheck(struct server *server) {
    for (size_t i = 0; i < server->n_documents; i++) {
        open_document_forget(server->documents[i], server->plugin);
        wait_for_check(server, server->documents[i]);
    }
    if (server->client.pulls && server->client.refreshes) {
        send_request(server, "workspace/diagnostic/refresh", json_null());
    }
}

/* An engine goes: what it made must go before. */
void forget_results_of(void *context, galley_engine *engine) {
    struct server *server = context;
    for (size_t i = 0; i < server->n_documents; i++) {
        if (server->documents[i]->engine == engine) {
            open_document_forget(server->documents[i], server->plugin);
        }
    }
}
