/*
 * Issues as LSP diagnostics, pushed after a change or pulled by the editor.
 */
#include "server.h"

#include <stdio.h>
#include <string.h>

/* What ITS 2.0 says of each type of issue. */
#define ITS_TYPES "https://www.w3.org/TR/its20/#lqissue-typevalues"

static json_t *position_json(struct position position) {
    return json_pack("{s:I, s:I}", "line", (json_int_t)position.line, "character",
                     (json_int_t)position.character);
}

json_t *range_json(const struct open_document *document, const struct server *server, size_t offset,
                   size_t length) {
    const enum position_encoding encoding = server->client.encoding;
    return json_pack("{s:o, s:o}", "start",
                     position_json(open_document_position(document, offset, encoding)), "end",
                     position_json(open_document_position(document, offset + length, encoding)));
}

/* LSP's 1 error, 2 warning, 3 information, 4 hint. */
static int lsp_severity(galley_severity severity) {
    switch (severity) {
    case GALLEY_CRITICAL:
        return 1;
    case GALLEY_MAJOR:
        return 2;
    case GALLEY_MINOR:
        return 3;
    case GALLEY_NEUTRAL:
        break;
    }
    return 4;
}

static json_t *string_json(galley_string string) {
    return json_stringn(string.data, string.len);
}

static json_t *related_json(const struct server *server, const struct open_document *document,
                            size_t issue, size_t n_related) {
    json_t *all = json_array();
    for (size_t i = 0; i < n_related; i++) {
        galley_place place = {.size = sizeof place};
        if (server->plugin->document_related(document->result, issue, i, &place) != GALLEY_OK) {
            continue;
        }
        json_t *message = string_json(place.message.len > 0 ? place.message : place.text);
        json_array_append_new(
            all, json_pack("{s:{s:s, s:o}, s:o}", "location", "uri", document->uri, "range",
                           range_json(document, server, place.offset, place.length), "message",
                           message));
    }
    return all;
}

json_t *diagnostic_json(const struct server *server, const struct open_document *document,
                        size_t issue) {
    galley_issue info = {.size = sizeof info};
    if (server->plugin->document_issue(document->result, issue, &info) != GALLEY_OK) {
        return NULL;
    }
    json_t *diagnostic =
        json_pack("{s:o, s:i, s:s, s:{s:s}, s:s, s:o}", "range",
                  range_json(document, server, info.offset, info.length), "severity",
                  lsp_severity(info.severity), "code", info.check, "codeDescription", "href",
                  ITS_TYPES, "source", "galley", "message", string_json(info.message));
    if (diagnostic != NULL && info.n_related > 0) {
        json_object_set_new(diagnostic, "relatedInformation",
                            related_json(server, document, issue, info.n_related));
    }
    return diagnostic;
}

/* One diagnostic at the top: the document or the settings are broken. */
static json_t *problem_json(const struct open_document *document) {
    return json_pack("[{s:{s:{s:i, s:i}, s:{s:i, s:i}}, s:i, s:s, s:s}]", "range", "start", "line",
                     0, "character", 0, "end", "line", 0, "character", 0, "severity", 1, "source",
                     "galley", "message", document->problem);
}

json_t *diagnostics_json(const struct server *server, const struct open_document *document) {
    if (document->result == NULL) {
        return problem_json(document);
    }
    json_t *all = json_array();
    const size_t n = server->plugin->document_n_issues(document->result);
    for (size_t i = 0; i < n; i++) {
        galley_issue issue = {.size = sizeof issue};
        server->plugin->document_issue(document->result, i, &issue);
        if (!issue.waived) {
            json_array_append_new(all, diagnostic_json(server, document, i));
        }
    }
    return all;
}

void publish_diagnostics(struct server *server, struct open_document *document) {
    document->due = 0;
    open_document_check(document, &server->projects);
    send_notification(server, "textDocument/publishDiagnostics",
                      json_pack("{s:s, s:I, s:o}", "uri", document->uri, "version",
                                document->version, "diagnostics",
                                diagnostics_json(server, document)));
}

json_t *answer_diagnostic(struct server *server, json_t *params) {
    const char *uri = "";
    const char *previous = "";
    json_unpack(params, "{s?{s?s}, s?s}", "textDocument", "uri", &uri, "previousResultId",
                &previous);
    struct open_document *document = server_document(server, uri);
    if (document == NULL) {
        return fail(server, ERROR_INVALID_PARAMS, "the document is not open");
    }
    open_document_check(document, &server->projects);
    char id[24];
    snprintf(id, sizeof id, "%llu", (unsigned long long)document->revision);
    if (strcmp(id, previous) == 0) {
        return json_pack("{s:s, s:s}", "kind", "unchanged", "resultId", id);
    }
    return json_pack("{s:s, s:s, s:o}", "kind", "full", "resultId", id, "items",
                     diagnostics_json(server, document));
}
