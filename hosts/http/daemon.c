#include "daemon.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { MEMORY_PER_CONNECTION = 32 * 1024, FORM_BUFFER = 16 * 1024 };

/* ---------------------------------------------------------------------------------------- */
/* May it come in?                                                                           */

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* Whether the Host header names this server. A page elsewhere whose name was made to point here
 * (DNS rebinding) has another one. */
static bool host_is_ours(const struct options *options, const char *host) {
    if (host == NULL) {
        return true; /* HTTP/1.0; browsers always send one */
    }
    const size_t bracket = host[0] == '[' ? strcspn(host, "]") + 1 : 0;
    const size_t len = bracket > 0 ? bracket : strcspn(host, ":");
    const char *const known[] = {"localhost", "127.0.0.1", "[::1]", options->address};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i]) == len && strncasecmp(known[i], host, len) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < options->n_hosts; i++) {
        if (strlen(options->hosts[i]) == len && strncasecmp(options->hosts[i], host, len) == 0) {
            return true;
        }
    }
    return false;
}

/* Compares without telling by its time where the first difference is. */
static bool same_secret(const char *secret, const char *shown) {
    const size_t len = strlen(secret), shown_len = strlen(shown);
    unsigned char difference = len != shown_len;
    for (size_t i = 0; i < shown_len; i++) {
        difference |= (unsigned char)(secret[len == 0 ? 0 : i % len] ^ shown[i]);
    }
    return difference == 0;
}

/* A token comes as "Authorization: Bearer …", or as LanguageTool's apiKey in the query. */
static bool token_is_known(const struct options *options, struct MHD_Connection *connection) {
    const char *authorization = header(connection, "Authorization");
    const char *shown = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "apiKey");
    if (authorization != NULL && strncasecmp(authorization, "Bearer ", 7) == 0) {
        shown = authorization + 7;
    }
    bool known = options->n_tokens == 0;
    for (size_t i = 0; i < options->n_tokens && shown != NULL; i++) {
        known |= same_secret(options->tokens[i], shown);
    }
    return known;
}

/* A page of another origin, which CORS does not let read the answer, may not cause work either. */
static bool origin_is_ours(const struct options *options, struct MHD_Connection *connection) {
    const char *origin = header(connection, "Origin");
    if (origin == NULL || strncmp(origin, "http", 4) != 0) {
        return true; /* a program, an add-on or a file */
    }
    if (options->origin != NULL &&
        (strcmp(options->origin, "*") == 0 || strcmp(options->origin, origin) == 0)) {
        return true;
    }
    const char *host = strstr(origin, "://");
    return host != NULL && header(connection, "Host") != NULL &&
           strcasecmp(host + 3, header(connection, "Host")) == 0;
}

static bool method_is_allowed(const struct route *route, const char *method) {
    const size_t len = strlen(method);
    const char *found = strstr(route->methods, method);
    return found != NULL && (found[len] == ' ' || found[len] == '\0') &&
           (found == route->methods || found[-1] == ' ');
}

static bool announces_too_much(const struct options *options, struct MHD_Connection *connection) {
    const char *length = header(connection, "Content-Length");
    return length != NULL && strtoull(length, NULL, 10) > options->max_size;
}

static void refuse(struct request *request, unsigned status, const char *message) {
    request->refusal = status;
    request->refusal_message = message;
}

/* Decides by the header alone. */
static void admit(const struct daemon *daemon, struct request *request, const char *path) {
    const struct options *options = daemon->service->options;
    struct MHD_Connection *connection = request->connection;
    const bool open = strcmp(path, "/healthz") == 0;
    request->route = service_route(path);
    if (!host_is_ours(options, header(connection, "Host"))) {
        refuse(request, 421, "this server does not go by that name (--host)");
    } else if (request->route == NULL) {
        refuse(request, 404, "there is nothing here; docs/server.md lists what there is");
    } else if (!origin_is_ours(options, connection)) {
        refuse(request, 403, "pages of that origin may not call (--allow-origin)");
    } else if (!open && !request->route->quick && !token_is_known(options, connection)) {
        refuse(request, 401, "a token is missing or wrong");
    } else if (!method_is_allowed(request->route, request->method)) {
        refuse(request, 405, "not with this method");
    } else if (announces_too_much(options, connection)) {
        refuse(request, 413, "larger than this server takes (--max-size)");
    }
}

/* ---------------------------------------------------------------------------------------- */
/* Reading                                                                                   */

static enum MHD_Result take_query(void *context, enum MHD_ValueKind kind, const char *key,
                                  const char *value) {
    (void)kind;
    struct request *request = context;
    value = value == NULL ? "" : value;
    request->no_memory |= !request_add_field(request, key, value, strlen(value));
    return MHD_YES;
}

static enum MHD_Result take_form(void *context, enum MHD_ValueKind kind, const char *key,
                                 const char *file_name, const char *content_type,
                                 const char *transfer_encoding, const char *data, uint64_t offset,
                                 size_t size) {
    (void)kind, (void)file_name, (void)content_type, (void)transfer_encoding, (void)offset;
    struct request *request = context;
    request->no_memory |= !request_add_field(request, key, data, size);
    return request->no_memory ? MHD_NO : MHD_YES;
}

static void copy_header(struct request *request, const char *name, char *copy, size_t size) {
    const char *value = header(request->connection, name);
    snprintf(copy, size, "%s", value == NULL ? "" : value);
}

static struct request *begin(struct daemon *daemon, struct MHD_Connection *connection,
                             const char *path, const char *method) {
    struct request *request = calloc(1, sizeof *request);
    if (request == NULL) {
        return NULL;
    }
    request->connection = connection;
    request->arrived = clock_milliseconds();
    snprintf(request->method, sizeof request->method, "%s", method);
    copy_header(request, "Content-Type", request->content_type, sizeof request->content_type);
    copy_header(request, "Accept", request->accept, sizeof request->accept);
    admit(daemon, request, path);
    if (request->refusal == 0) {
        MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_query, request);
    }
    if (request->refusal == 0 && request->route->form && strcmp(method, "POST") == 0) {
        request->form = MHD_create_post_processor(connection, FORM_BUFFER, take_form, request);
        if (request->form == NULL) {
            refuse(request, 415, "a form: application/x-www-form-urlencoded");
        }
    }
    return request;
}

static void receive(const struct daemon *daemon, struct request *request, const char *data,
                    size_t len) {
    request->body.len += request->form != NULL ? len : 0; /* counted; the fields have the bytes */
    request->too_large |=
        request->body.len + (request->form != NULL ? 0 : len) > daemon->service->options->max_size;
    if (request->refusal != 0 || request->too_large || request->no_memory) {
        return;
    }
    if (request->form != NULL) {
        if (MHD_post_process(request->form, data, len) != MHD_YES) {
            refuse(request, 400, "the form is broken, or has too many fields");
        }
    } else {
        request->no_memory = !buffer_add(&request->body, data, len);
    }
}

/* ---------------------------------------------------------------------------------------- */
/* Answering                                                                                 */

static void add_headers(const struct daemon *daemon, const struct request *request,
                        struct MHD_Response *response) {
    const struct options *options = daemon->service->options;
    const struct answer *answer = &request->answer;
    MHD_add_response_header(response, "Content-Type", answer->type);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Content-Security-Policy",
                            "default-src 'none'; script-src 'self'; style-src 'self'; "
                            "connect-src 'self'; img-src data:; form-action 'none'; "
                            "frame-ancestors 'none'; base-uri 'none'");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    if (answer->retry_after > 0) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%u", answer->retry_after);
        MHD_add_response_header(response, "Retry-After", seconds);
    }
    if (answer->status == 405) {
        MHD_add_response_header(response, "Allow", request->route->methods);
    }
    if (answer->status == 401) {
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    }
    if (options->origin != NULL) {
        MHD_add_response_header(response, "Access-Control-Allow-Origin", options->origin);
        MHD_add_response_header(response, "Access-Control-Allow-Headers",
                                "Authorization, Content-Type");
        MHD_add_response_header(response, "Vary", "Origin");
    }
}

static enum MHD_Result respond(struct daemon *daemon, struct request *request) {
    struct answer *answer = &request->answer;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(answer->len, answer->body, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        return MHD_NO;
    }
    answer->body = NULL;
    add_headers(daemon, request, response);
    const enum MHD_Result result =
        MHD_queue_response(request->connection, answer->status, response);
    MHD_destroy_response(response);
    metrics_answered(&daemon->service->metrics, answer->status,
                     (clock_milliseconds() - request->arrived) * 1000);
    return result;
}

/* The request is all there. */
static enum MHD_Result answer_request(struct daemon *daemon, struct request *request) {
    struct answer *answer = &request->answer;
    if (request->answered) {
        return respond(daemon, request);
    }
    if (request->form != NULL && MHD_destroy_post_processor(request->form) != MHD_YES) {
        refuse(request, 400, "the form is broken");
    }
    request->form = NULL;
    if (request->too_large) {
        refuse(request, 413, "larger than this server takes (--max-size)");
    } else if (request->no_memory) {
        refuse(request, 503, "out of memory, or too many fields");
    }
    if (request->refusal != 0) {
        answer_text(answer, request->refusal, request->refusal_message);
        return respond(daemon, request);
    }
    if (request->route->quick) {
        request->route->answer(daemon->service, request, answer);
        return respond(daemon, request);
    }
    if (workers_take(&daemon->workers, request)) {
        return MHD_YES;
    }
    answer_text(answer, 429, "too many requests wait");
    answer->retry_after = 1;
    return respond(daemon, request);
}

static struct connection *watched(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

/* CORS: a browser asks before it sends a request with a header of its own. */
static enum MHD_Result answer_options(struct daemon *daemon, struct request *request) {
    if (request->refusal == 405 && daemon->service->options->origin != NULL) {
        request->refusal = 0;
        answer_text(&request->answer, 200, request->route->methods);
        return respond(daemon, request);
    }
    return answer_request(daemon, request);
}

/* libmicrohttpd calls this with the header, with each piece of the body, at the body's end, and
 * after a worker resumed the connection. */
static enum MHD_Result access_handler(void *context, struct MHD_Connection *connection,
                                      const char *path, const char *method, const char *version,
                                      const char *data, size_t *len, void **state) {
    (void)version;
    struct daemon *daemon = context;
    struct request *request = *state;
    if (request == NULL) {
        const bool head = strcmp(method, "HEAD") == 0;
        *state = begin(daemon, connection, path, head ? "GET" : method);
        request = *state;
        if (request == NULL) {
            return MHD_NO;
        }
        /* Refused before its body is sent, which then need not come. */
        const bool early = request->refusal == 413;
        return early ? answer_request(daemon, request) : MHD_YES;
    }
    if (*len > 0) {
        receive(daemon, request, data, *len);
        *len = 0;
        return MHD_YES;
    }
    connections_received(&daemon->connections, watched(connection));
    return strcmp(request->method, "OPTIONS") == 0 ? answer_options(daemon, request)
                                                   : answer_request(daemon, request);
}

static void request_completed(void *context, struct MHD_Connection *connection, void **state,
                              enum MHD_RequestTerminationCode reason) {
    (void)reason;
    struct daemon *daemon = context;
    struct request *request = *state;
    connections_answered(&daemon->connections, watched(connection));
    if (request != NULL) {
        if (request->form != NULL) {
            MHD_destroy_post_processor(request->form);
        }
        request_finish(request);
        free(request);
        *state = NULL;
    }
}

static void connection_changed(void *context, struct MHD_Connection *connection, void **state,
                               enum MHD_ConnectionNotificationCode code) {
    struct daemon *daemon = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *state = info == NULL ? NULL : connections_add(&daemon->connections, info->connect_fd);
    } else {
        connections_remove(&daemon->connections, *state);
        *state = NULL;
    }
}

static void log_nothing(void *context, const char *format, va_list arguments) {
    (void)context, (void)format, (void)arguments; /* broken requests are the client's matter */
}

/* ---------------------------------------------------------------------------------------- */

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static bool read_address(const struct options *options, union address *address) {
    const uint16_t port = htons((uint16_t)options->port);
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, options->address, &address->v4.sin_addr) == 1) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = port;
        return true;
    }
    if (inet_pton(AF_INET6, options->address, &address->v6.sin6_addr) == 1) {
        address->v6.sin6_family = AF_INET6;
        address->v6.sin6_port = port;
        return true;
    }
    fprintf(stderr, "galley serve: --address takes a numeric address, not “%s”\n",
            options->address);
    return false;
}

bool daemon_start(struct daemon *daemon, struct service *service) {
    const struct options *options = service->options;
    union address address;
    *daemon = (struct daemon){.service = service};
    if (!read_address(options, &address)) {
        return false;
    }
    connections_init(&daemon->connections, &service->metrics);
    if (!workers_start(&daemon->workers, service)) {
        fprintf(stderr, "galley serve: no thread can be started\n");
        workers_stop(&daemon->workers);
        return false;
    }
    /* Not epoll, which libmicrohttpd asks for edges only: the end of a half-closed connection that
     * comes together with its last bytes is then not seen before the time limit. */
    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    flags |= address.any.sa_family == AF_INET6 ? (unsigned)MHD_USE_IPv6 : 0;
    errno = 0;
    daemon->mhd = MHD_start_daemon(
        flags, (uint16_t)options->port, NULL, NULL, access_handler, daemon,
        MHD_OPTION_EXTERNAL_LOGGER, log_nothing, NULL, MHD_OPTION_SOCK_ADDR, &address.any,
        MHD_OPTION_NOTIFY_COMPLETED, request_completed, daemon, MHD_OPTION_NOTIFY_CONNECTION,
        connection_changed, daemon, MHD_OPTION_CONNECTION_LIMIT, options->max_connections,
        MHD_OPTION_CONNECTION_TIMEOUT, options->timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY_PER_CONNECTION, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_END);
    if (daemon->mhd == NULL) {
        fprintf(stderr, "galley serve: cannot listen at %s, port %u: %s\n", options->address,
                options->port, strerror(errno));
        workers_stop(&daemon->workers);
        return false;
    }
    return true;
}

unsigned daemon_port(const struct daemon *daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon->mhd, MHD_DAEMON_INFO_BIND_PORT);
    return info == NULL ? 0 : info->port;
}

void daemon_stop(struct daemon *daemon, unsigned seconds) {
    const MHD_socket listening = MHD_quiesce_daemon(daemon->mhd);
    const int64_t end = clock_milliseconds() + (int64_t)seconds * 1000;
    const struct timespec pause = {.tv_nsec = 10000000};
    while (atomic_load(&daemon->service->metrics.waiting) > 0 && clock_milliseconds() < end) {
        nanosleep(&pause, NULL);
    }
    workers_stop(&daemon->workers); /* what waited was answered; now it is sent */
    nanosleep(&pause, NULL);
    MHD_stop_daemon(daemon->mhd);
    if (listening != MHD_INVALID_SOCKET) {
        /* quiescing handed the socket back */
        shutdown(listening, SHUT_RDWR);
    }
    connections_finish(&daemon->connections);
}
