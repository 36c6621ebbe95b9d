/*
 * The loop: reads messages, answers them one after the other, publishes what is due, and goes on
 * with the folders when there is nothing else to do.
 */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEBOUNCE = 10,     /* milliseconds without a change before a check */
    MAX_WAITING = 1000 /* messages read ahead; more wait in the pipe */
};

static const struct {
    const char *method;
    json_t *(*answer)(struct server *server, json_t *params);
} requests[] = {
    {"initialize", answer_initialize},
    {"shutdown", answer_shutdown},
    {"textDocument/codeAction", answer_code_action},
    {"textDocument/codeLens", answer_code_lens},
    {"textDocument/diagnostic", answer_diagnostic},
    {"textDocument/hover", answer_hover},
    {"workspace/executeCommand", answer_execute_command},
};

static const struct {
    const char *method;
    void (*take)(struct server *server, json_t *params);
} notifications[] = {
    {"exit", take_exit},
    {"initialized", take_initialized},
    {"textDocument/didChange", take_change},
    {"textDocument/didClose", take_close},
    {"textDocument/didOpen", take_open},
    {"window/workDoneProgress/cancel", take_progress_cancel},
    {"workspace/didChangeConfiguration", take_configuration},
    {"workspace/didChangeWatchedFiles", take_watched_files},
    {"workspace/didChangeWorkspaceFolders", take_folders},
};

static void answer_request(struct server *server, json_t *id, const char *method, json_t *params) {
    if (strcmp(method, "workspace/diagnostic") == 0 && server->initialized) {
        folder_job_cancel(server, NULL, NULL);
        if (!folder_job_begin(server, id, params)) {
            send_error(server, id, ERROR_INTERNAL, "out of memory");
        }
        return;
    }
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        if (strcmp(requests[i].method, method) != 0) {
            continue;
        }
        if (!server->initialized && i != 0) {
            send_error(server, id, ERROR_NOT_INITIALIZED, "initialize comes first");
            return;
        }
        if (server->shut_down) {
            send_error(server, id, ERROR_INVALID_REQUEST, "shut down already");
            return;
        }
        server->failure = (struct failure){0, NULL};
        json_t *result = requests[i].answer(server, params);
        if (server->failure.code != 0) {
            send_error(server, id, server->failure.code, server->failure.message);
        } else {
            send_result(server, id, result);
        }
        return;
    }
    send_error(server, id, ERROR_METHOD_NOT_FOUND, "no such method");
}

static void take_notification(struct server *server, const char *method, json_t *params) {
    for (size_t i = 0; i < sizeof notifications / sizeof *notifications; i++) {
        const bool early = notifications[i].take == take_exit;
        if (strcmp(notifications[i].method, method) == 0 && (server->initialized || early)) {
            notifications[i].take(server, params);
        }
    }
}

/* The answer to a request of the server's own. Only that for settings carries anything. */
static void take_response(struct server *server, const json_t *message) {
    const json_t *id = json_object_get(message, "id");
    const json_t *result = json_object_get(message, "result");
    if (json_is_integer(id) && json_integer_value(id) == server->configuration_id &&
        server->configuration_id != 0 && json_is_array(result)) {
        json_t *settings = json_array_get(result, 0);
        if (json_is_object(settings)) {
            client_settings(server, settings);
        }
    }
}

static void handle(struct server *server, json_t *message) {
    json_t *id = json_object_get(message, "id");
    const char *method = json_string_value(json_object_get(message, "method"));
    json_t *params = json_object_get(message, "params");
    if (method == NULL) {
        take_response(server, message);
    } else if (id != NULL) {
        answer_request(server, id, method, params);
    } else {
        take_notification(server, method, params);
    }
}

/* A request that is cancelled while it waits is answered and forgotten. */
static void cancel(struct server *server, const json_t *id) {
    folder_job_cancel(server, id, NULL);
    size_t i;
    json_t *waiting;
    json_array_foreach(server->queue, i, waiting) {
        json_t *other = json_object_get(waiting, "id");
        if (other != NULL && json_object_get(waiting, "method") != NULL && json_equal(other, id)) {
            send_error(server, other, ERROR_REQUEST_CANCELLED, "cancelled");
            json_array_remove(server->queue, i);
            return;
        }
    }
}

static void take_message(struct server *server, const char *text, size_t len) {
    json_error_t error;
    json_t *message = json_loadb(text, len, JSON_ALLOW_NUL, &error);
    if (message == NULL) {
        send_error(server, NULL, ERROR_PARSE, error.text);
        return;
    }
    const char *method = json_string_value(json_object_get(message, "method"));
    if (!json_is_object(message)) {
        send_error(server, NULL, ERROR_INVALID_REQUEST, "not a message of JSON-RPC 2.0");
    } else if (method != NULL && strcmp(method, "$/cancelRequest") == 0) {
        const json_t *id = json_object_get(json_object_get(message, "params"), "id");
        if (id != NULL) {
            cancel(server, id);
        }
    } else {
        json_array_append(server->queue, message);
    }
    json_decref(message);
}

static void read_messages(struct server *server, int wait) {
    const char *text;
    size_t len;
    wire_read(&server->wire, wait);
    while (wire_next(&server->wire, &text, &len)) {
        take_message(server, text, len);
    }
}

/* Milliseconds until something is to be done: -1 when nothing but a message can bring it. */
static int time_to_wait(const struct server *server) {
    if (json_array_size(server->queue) > 0 || server->job != NULL) {
        return 0;
    }
    int64_t wait = -1;
    const int64_t now = clock_milliseconds();
    for (size_t i = 0; i < server->n_documents; i++) {
        const int64_t due = server->documents[i]->due;
        const int64_t left = due == 0 ? -1 : due <= now ? 0 : due - now;
        wait = left < 0 || (wait >= 0 && wait < left) ? wait : left;
    }
    return (int)(wait > 60000 ? 60000 : wait);
}

/* Publishes the first document that is due. */
static bool publish_due(struct server *server) {
    const int64_t now = clock_milliseconds();
    for (size_t i = 0; i < server->n_documents; i++) {
        struct open_document *document = server->documents[i];
        if (document->due != 0 && document->due <= now) {
            publish_diagnostics(server, document);
            return true;
        }
    }
    return false;
}

static void serve(struct server *server) {
    while (!server->exiting && !server->wire.broken) {
        if (json_array_size(server->queue) < MAX_WAITING) {
            read_messages(server, time_to_wait(server));
        }
        json_t *message = json_array_get(server->queue, 0);
        if (message != NULL) {
            json_incref(message);
            json_array_remove(server->queue, 0);
            handle(server, message);
            json_decref(message);
        } else if (server->wire.ended) {
            return;
        } else if (!publish_due(server) && server->job != NULL) {
            folder_job_step(server);
        }
    }
}

static void finish(struct server *server) {
    if (server->job != NULL) {
        folder_job_cancel(server, NULL, NULL);
    }
    for (size_t i = 0; i < server->n_documents; i++) {
        open_document_destroy(server->documents[i], server->plugin);
    }
    server->n_documents = 0;
    free(server->documents);
    for (size_t i = 0; i < server->n_folders; i++) {
        free(server->folders[i]);
    }
    free(server->folders);
    projects_finish(&server->projects);
    json_decref(server->queue);
    wire_finish(&server->wire);
}

int server_run(const galley_plugin *plugin, int in, int out) {
    struct server server = {.plugin = plugin, .debounce = DEBOUNCE, .queue = json_array()};
    wire_init(&server.wire, in, out);
    projects_init(&server.projects, plugin);
    server.projects.closing = forget_results_of;
    server.projects.context = &server;
    server.projects.speakers = true; /* for hover */
    serve(&server);
    const bool good = server.shut_down && !server.wire.broken;
    if (server.wire.broken) {
        fprintf(stderr, "galley-lsp: what came is not a message of LSP's base protocol\n");
    }
    finish(&server);
    return good ? 0 : 1;
}
