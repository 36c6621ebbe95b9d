/*
 * The language server: LSP 3.17 (https://microsoft.github.io/language-server-protocol/) on top of
 * the library. One thread reads messages, answers them in order and checks what is due when
 * nothing else waits; a check of a story takes about a millisecond, so nothing needs a thread of
 * its own.
 *
 * Handlers answer a new reference: a result, or NULL when they set `failure`.
 */
#ifndef GALLEY_LSP_SERVER_H
#define GALLEY_LSP_SERVER_H

#include "../cli/clock.h"
#include "open_document.h"
#include "wire.h"

enum error_code { /* JSON-RPC 2.0 section 5.1 and LSP 3.17, ErrorCodes */
                  ERROR_PARSE = -32700,
                  ERROR_INVALID_REQUEST = -32600,
                  ERROR_METHOD_NOT_FOUND = -32601,
                  ERROR_INVALID_PARAMS = -32602,
                  ERROR_INTERNAL = -32603,
                  ERROR_NOT_INITIALIZED = -32002,
                  ERROR_REQUEST_CANCELLED = -32800
};

struct failure {
    int code; /* 0: none */
    const char *message;
};

/* What the editor said it can do. */
struct client_abilities {
    enum position_encoding encoding;
    bool pulls;         /* asks for diagnostics itself, so that they are not pushed */
    bool refreshes;     /* takes workspace/diagnostic/refresh */
    bool configuration; /* answers workspace/configuration */
    bool watches_files; /* watches files that the server names */
    bool progress;      /* shows progress that the server begins */
};

struct folder_job;

struct server {
    const galley_plugin *plugin;
    struct wire wire;
    struct client_abilities client;
    struct projects projects;
    struct open_document **documents;
    size_t n_documents;
    char **folders; /* paths of the workspace */
    size_t n_folders;
    json_t *queue;               /* messages that wait for their turn */
    struct folder_job *job;      /* a check of whole folders, or NULL */
    int64_t debounce;            /* milliseconds from the last change to the check */
    json_int_t next_id;          /* of the server's own requests */
    json_int_t configuration_id; /* of the one that asks for settings */
    bool initialized, shut_down, exiting;
    struct failure failure; /* of the request that is answered now */
};

/* Serves until the editor says exit or closes. Answers the exit status: 0 after a shutdown. */
int server_run(const galley_plugin *plugin, int in, int out);

/* --- sending (messages.c) --- */

/* They take the reference to result and params. */
void send_result(struct server *server, json_t *id, json_t *result);
void send_error(struct server *server, json_t *id, int code, const char *message);
void send_notification(struct server *server, const char *method, json_t *params);
json_int_t send_request(struct server *server, const char *method, json_t *params);

/* Answers NULL, for `return fail(...)`. */
json_t *fail(struct server *server, int code, const char *message);

/* --- documents (documents.c) --- */

void take_open(struct server *server, json_t *params);
void take_change(struct server *server, json_t *params);
void take_close(struct server *server, json_t *params);

/* What projects.closing is: an engine goes, and the results that it made go before it. */
void forget_results_of(void *context, galley_engine *engine);

struct open_document *server_document(const struct server *server, const char *uri);

/* The document that params' textDocument names, checked; NULL after a failure. */
struct open_document *checked_document(struct server *server, const json_t *params);

json_t *range_json(const struct open_document *document, const struct server *server, size_t offset,
                   size_t length);

/* Reads {"line", "character"}. */
bool read_position(const json_t *json, struct position *position);

/* --- the editor (client.c) --- */

json_t *answer_initialize(struct server *server, json_t *params);
json_t *answer_shutdown(struct server *server, json_t *params);
void take_initialized(struct server *server, json_t *params);
void take_exit(struct server *server, json_t *params);
void take_configuration(struct server *server, json_t *params);
void take_watched_files(struct server *server, json_t *params);
void take_folders(struct server *server, json_t *params);
void take_progress_cancel(struct server *server, json_t *params);

/* Takes the editor's settings in place of the old ones and checks all documents again. */
void client_settings(struct server *server, json_t *settings);

/* --- what is answered (diagnostics.c, actions.c, hover.c, folders.c) --- */

json_t *diagnostic_json(const struct server *server, const struct open_document *document,
                        size_t issue);
json_t *diagnostics_json(const struct server *server, const struct open_document *document);
void publish_diagnostics(struct server *server, struct open_document *document);
json_t *answer_diagnostic(struct server *server, json_t *params);

json_t *answer_code_action(struct server *server, json_t *params);
json_t *answer_execute_command(struct server *server, json_t *params);
json_t *answer_hover(struct server *server, json_t *params);
json_t *answer_code_lens(struct server *server, json_t *params);

/* Begins to check all files of the workspace, one between two messages. With an id, the reports
 * become the answer to that workspace/diagnostic request; without, they are published. */
bool folder_job_begin(struct server *server, json_t *id, const json_t *params);
void folder_job_step(struct server *server);
/* Ends the job; `id` and `token` NULL: whatever it is; else only if it is that request's or has
 * that progress token. */
void folder_job_cancel(struct server *server, const json_t *id, const json_t *token);

/* Whether adding to the personal word list worked. */
bool add_personal_word(struct server *server, const char *word, size_t len);

/* Checks every open document again, after settings or words changed. */
void server_recheck(struct server *server);

#endif
