/*
 * galley's own API: a document as it is, any format the library reads, any report it writes.
 *
 *     POST /v1/check?name=story.html&report=xml&language=en    the body is the document
 */
#include "service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned status_of_error(galley_status status) {
    switch (status) {
    case GALLEY_ERROR_MEMORY:
        return 503;
    case GALLEY_ERROR_LIMIT:
        return 413;
    case GALLEY_ERROR_WRITE:
        return 500;
    default:
        return 400;
    }
}

void answer_engine_error(struct answer *answer, const struct choice *choice,
                         const galley_error *error) {
    char message[520];
    if (error->status == GALLEY_ERROR_DICTIONARY && choice->language != NULL) {
        /* The library's message has the folders it looked in, which are nobody's business. */
        snprintf(message, sizeof message, "Error: “%.40s” is no language this server knows",
                 choice->language);
    } else {
        snprintf(message, sizeof message, "Error: %s", error->message);
    }
    answer_text(answer, status_of_error(error->status), message);
}

static bool write_buffer(void *context, const char *data, size_t len) {
    return buffer_add(context, data, len);
}

/* The reports that an Accept header or the parameter `report` can name. */
static const struct {
    const char *report, *accept, *type;
} reports[] = {
    {"json", "application/json", "application/json"},
    {"xml", "application/xml", "application/xml"},
    {"jsonl", "application/jsonl", "application/jsonl"},
    {"text", "text/plain", "text/plain; charset=utf-8"},
};

enum { N_REPORTS = sizeof reports / sizeof *reports };

static size_t wanted_report(const struct request *request) {
    const char *name = request_field(request, "report");
    for (size_t i = 0; i < N_REPORTS; i++) {
        if (name != NULL ? strcmp(reports[i].report, name) == 0
                         : strstr(request->accept, reports[i].accept) != NULL) {
            return i;
        }
    }
    return name == NULL ? 0 : N_REPORTS;
}

static galley_status report(const struct service *service, const galley_engine *engine,
                            const galley_document *document, const char *format,
                            struct buffer *buffer, galley_error *error) {
    const galley_plugin *plugin = service->plugin;
    galley_report *report = NULL;
    galley_status status = plugin->report_create(engine, format, NULL, &report, error);
    if (status == GALLEY_OK) {
        status = plugin->report_add(report, document, write_buffer, buffer);
    }
    if (status == GALLEY_OK) {
        status = plugin->report_finish(report, write_buffer, buffer);
    }
    plugin->report_destroy(report);
    return status;
}

static void count(struct service *service, const galley_document *document, size_t n_bytes) {
    galley_summary summary = {.size = sizeof summary};
    if (service->plugin->document_summary(document, &summary) == GALLEY_OK) {
        atomic_fetch_add(&service->metrics.documents, 1);
        atomic_fetch_add(&service->metrics.words, summary.n_words);
        atomic_fetch_add(&service->metrics.issues, summary.n_issues);
        atomic_fetch_add(&service->metrics.bytes, n_bytes);
    }
}

galley_status service_check(struct service *service, const galley_engine *engine,
                            const galley_input *input, galley_document **document,
                            galley_error *error) {
    const galley_status status = service->plugin->check(engine, input, document, error);
    if (status == GALLEY_OK) {
        count(service, *document, input->data_len);
    }
    return status;
}

void answer_v1_check(struct service *service, const struct request *request,
                     struct answer *answer) {
    const size_t wanted = wanted_report(request);
    if (wanted == N_REPORTS) {
        answer_text(answer, 400, "report is one of json, xml, jsonl, text");
        return;
    }
    const struct choice choice = {.language = request_field(request, "language"),
                                  .source_language = request_field(request, "source-language"),
                                  .only = request_field(request, "only"),
                                  .disable = request_field(request, "disable"),
                                  .speakers = request_field(request, "speakers")};
    galley_error error = {
        .size = sizeof error, .status = GALLEY_ERROR_MEMORY, .message = "out of memory"};
    struct shared_engine *shared = engines_take(&service->engines, &choice, &error);
    if (shared == NULL) {
        answer_engine_error(answer, &choice, &error);
        return;
    }
    const galley_input input = {.size = sizeof input,
                                .data = request->body.data,
                                .data_len = request->body.len,
                                .uri = request_field(request, "name"),
                                .format = request_field(request, "format"),
                                .encoding = request_field(request, "encoding")};
    galley_document *document = NULL;
    struct buffer buffer = {0};
    galley_status status = service_check(service, shared->engine, &input, &document, &error);
    if (status == GALLEY_OK) {
        status = report(service, shared->engine, document, reports[wanted].report, &buffer, &error);
    }
    service->plugin->document_destroy(document);
    engines_release(&service->engines, shared);
    if (status == GALLEY_OK) {
        answer_buffer(answer, 200, reports[wanted].type, &buffer);
    } else {
        free(buffer.data);
        answer_text(answer, status_of_error(status), error.message);
    }
}

struct shared_engine *service_default_engine(struct service *service, struct answer *answer) {
    const struct choice choice = {.language = NULL};
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    struct shared_engine *shared = engines_take(&service->engines, &choice, &error);
    if (shared == NULL) {
        answer_text(answer, 503, error.message);
    }
    return shared;
}

void answer_v1_checks(struct service *service, const struct request *request,
                      struct answer *answer) {
    (void)request;
    struct shared_engine *shared = service_default_engine(service, answer);
    if (shared == NULL) {
        return;
    }
    json_t *all = json_array();
    for (size_t i = 0; i < service->plugin->engine_n_checks(shared->engine); i++) {
        galley_check_info info = {.size = sizeof info};
        service->plugin->engine_check_info(shared->engine, i, &info);
        json_array_append_new(
            all, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "name", info.name, "type",
                           info.its_type, "mqm", info.mqm, "summary", info.summary, "explanation",
                           info.explanation, "severity",
                           service->plugin->severity_name(info.severity), "enabled", info.enabled));
    }
    engines_release(&service->engines, shared);
    answer_json(answer, all);
}
