/*
 * What the editor is and wants: its abilities, its settings, its folders; the begin of a session.
 *
 * Settings have the keys of a settings file, as an object, with or without a section "galley":
 * {"language": "en-GB", "severity": {"whitespace": "neutral"}}.
 */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SETTING_DEPTH = 4 };

static void take_settings(struct server *server, const char *prefix, json_t *settings, int depth) {
    const char *name;
    json_t *value;
    json_object_foreach(settings, name, value) {
        char key[128], text[64];
        const int len =
            snprintf(key, sizeof key, "%s%s%s", prefix, prefix[0] == '\0' ? "" : ".", name);
        const char *found = len < (int)sizeof key ? json_string_value(value) : NULL;
        if (json_is_object(value) && depth < MAX_SETTING_DEPTH) {
            take_settings(server, key, value, depth + 1);
        } else if (json_is_number(value)) {
            snprintf(text, sizeof text, "%.10g", json_number_value(value));
            found = text;
        } else if (json_is_boolean(value)) {
            found = json_is_true(value) ? "yes" : "no";
        }
        if (strcmp(key, "debounce") == 0 && json_is_integer(value)) {
            server->debounce = json_integer_value(value) < 0 ? 0 : json_integer_value(value);
        } else if (found != NULL) {
            setting_list_add(&server->projects.client, key, found, "the editor's settings");
        }
    }
}

/* Takes the editor's settings, which may be inside a section "galley", in place of the old. */
void client_settings(struct server *server, json_t *settings) {
    json_t *section = json_object_get(settings, "galley");
    projects_reset(&server->projects);
    setting_list_finish(&server->projects.client);
    take_settings(server, "", section != NULL ? section : settings, 0);
    if (server->initialized) { /* before that, nothing but the answer may be sent */
        server_recheck(server);
    }
}

static void ask_for_settings(struct server *server) {
    if (server->client.configuration) {
        server->configuration_id =
            send_request(server, "workspace/configuration",
                         json_pack("{s:[{s:s}]}", "items", "section", "galley"));
    }
}

void take_configuration(struct server *server, json_t *params) {
    json_t *settings = json_object_get(params, "settings");
    if (json_is_object(settings) && json_object_size(settings) > 0) {
        client_settings(server, settings);
    } else {
        ask_for_settings(server);
    }
}

void take_watched_files(struct server *server, json_t *params) {
    (void)params; /* only settings files and word lists are watched */
    projects_reset(&server->projects);
    server_recheck(server);
}

static bool ability(const json_t *json, const char *a, const char *b, const char *c) {
    const json_t *value = json_object_get(json_object_get(json, a), b);
    return c == NULL ? json_is_true(value) : json_is_true(json_object_get(value, c));
}

static void read_abilities(struct server *server, const json_t *abilities) {
    struct client_abilities *client = &server->client;
    const json_t *general = json_object_get(abilities, "general");
    const json_t *workspace = json_object_get(abilities, "workspace");
    client->encoding = POSITION_UTF16;
    size_t i;
    json_t *encoding;
    json_array_foreach(json_object_get(general, "positionEncodings"), i, encoding) {
        if (json_is_string(encoding) && strcmp(json_string_value(encoding), "utf-8") == 0) {
            client->encoding = POSITION_UTF8;
        }
    }
    client->pulls =
        json_is_object(json_object_get(json_object_get(abilities, "textDocument"), "diagnostic"));
    client->refreshes = ability(workspace, "diagnostics", "refreshSupport", NULL);
    client->configuration = json_is_true(json_object_get(workspace, "configuration"));
    client->watches_files =
        ability(workspace, "didChangeWatchedFiles", "dynamicRegistration", NULL);
    client->progress = ability(abilities, "window", "workDoneProgress", NULL);
}

static void add_folder(struct server *server, const json_t *uri) {
    char *path = json_is_string(uri) ? path_of_uri(json_string_value(uri)) : NULL;
    char **grown =
        path == NULL ? NULL : realloc(server->folders, (server->n_folders + 1) * sizeof *grown);
    if (grown == NULL) {
        free(path);
        return;
    }
    server->folders = grown;
    server->folders[server->n_folders++] = path;
}

static void remove_folder(struct server *server, const json_t *uri) {
    char *path = json_is_string(uri) ? path_of_uri(json_string_value(uri)) : NULL;
    for (size_t i = 0; path != NULL && i < server->n_folders; i++) {
        if (strcmp(server->folders[i], path) == 0) {
            free(server->folders[i]);
            server->folders[i] = server->folders[--server->n_folders];
            break;
        }
    }
    free(path);
}

void take_folders(struct server *server, json_t *params) {
    const json_t *event = json_object_get(params, "event");
    size_t i;
    json_t *folder;
    json_array_foreach(json_object_get(event, "removed"), i, folder) {
        remove_folder(server, json_object_get(folder, "uri"));
    }
    json_array_foreach(json_object_get(event, "added"), i, folder) {
        add_folder(server, json_object_get(folder, "uri"));
    }
}

static json_t *abilities_json(const struct server *server) {
    return json_pack("{s:s, s:{s:b, s:i, s:{s:b}}, s:b, s:{s:[s, s]}, s:{s:b}, s:{s:[s, s], s:b},"
                     " s:{s:s, s:b, s:b, s:b}, s:{s:{s:b, s:b}}}",
                     "positionEncoding",
                     server->client.encoding == POSITION_UTF8 ? "utf-8" : "utf-16",
                     "textDocumentSync", "openClose", 1, "change", 2, "save", "includeText", 0,
                     "hoverProvider", 1, "codeActionProvider", "codeActionKinds", "quickfix",
                     "source.fixAll.galley", "codeLensProvider", "resolveProvider", 0,
                     "executeCommandProvider", "commands", "galley.addWord", "galley.checkFolders",
                     "workDoneProgress", 1, "diagnosticProvider", "identifier", "galley",
                     "interFileDependencies", 0, "workspaceDiagnostics", 1, "workDoneProgress", 1,
                     "workspace", "workspaceFolders", "supported", 1, "changeNotifications", 1);
}

json_t *answer_initialize(struct server *server, json_t *params) {
    if (server->initialized) {
        return fail(server, ERROR_INVALID_REQUEST, "initialized already");
    }
    read_abilities(server, json_object_get(params, "capabilities"));
    const json_t *folders = json_object_get(params, "workspaceFolders");
    size_t i;
    json_t *folder;
    json_array_foreach(folders, i, folder) {
        add_folder(server, json_object_get(folder, "uri"));
    }
    if (json_array_size(folders) == 0) {
        add_folder(server, json_object_get(params, "rootUri"));
    }
    client_settings(server, json_object_get(params, "initializationOptions"));
    server->initialized = true;
    return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", abilities_json(server), "serverInfo",
                     "name", "galley", "version", server->plugin->version());
}

void take_initialized(struct server *server, json_t *params) {
    (void)params;
    if (server->client.watches_files) {
        send_request(server, "client/registerCapability",
                     json_pack("{s:[{s:s, s:s, s:{s:[{s:s}]}}]}", "registrations", "id",
                               "galley.settings", "method", "workspace/didChangeWatchedFiles",
                               "registerOptions", "watchers", "globPattern", "**/.galley*"));
    }
    ask_for_settings(server);
}

json_t *answer_shutdown(struct server *server, json_t *params) {
    (void)params;
    server->shut_down = true;
    return json_null();
}

void take_exit(struct server *server, json_t *params) {
    (void)params;
    server->exiting = true;
}

void take_progress_cancel(struct server *server, json_t *params) {
    folder_job_cancel(server, NULL, json_object_get(params, "token"));
}
