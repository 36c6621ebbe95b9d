/*
 * Messages that leave the server (JSON-RPC 2.0).
 */
#include "server.h"

#include <stdlib.h>
#include <string.h>

static void send_json(struct server *server, json_t *message) {
    char *text = message == NULL ? NULL : json_dumps(message, JSON_COMPACT);
    if (text != NULL && !wire_write(&server->wire, text, strlen(text))) {
        server->exiting = true;
    }
    free(text);
    json_decref(message);
}

void send_result(struct server *server, json_t *id, json_t *result) {
    send_json(server, json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result",
                                result == NULL ? json_null() : result));
}

void send_error(struct server *server, json_t *id, int code, const char *message) {
    send_json(server,
              json_pack("{s:s, s:O?, s:{s:i, s:s}}", "jsonrpc", "2.0", "id",
                        id == NULL ? json_null() : id, "error", "code", code, "message", message));
}

void send_notification(struct server *server, const char *method, json_t *params) {
    send_json(server,
              json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method", method, "params", params));
}

json_int_t send_request(struct server *server, const char *method, json_t *params) {
    const json_int_t id = ++server->next_id;
    send_json(server, json_pack("{s:s, s:I, s:s, s:o}", "jsonrpc", "2.0", "id", id, "method",
                                method, "params", params));
    return id;
}

json_t *fail(struct server *server, int code, const char *message) {
    server->failure = (struct failure){code, message};
    return NULL;
}
