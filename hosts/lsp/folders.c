/*
 * Checking whole folders: one file at a time between two messages, with progress that the editor
 * shows and can cancel (LSP 3.17, Work Done Progress and Workspace Diagnostics).
 */
#include "../cli/files.h"
#include "server.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_FILES = 100000, MAX_FILE_SIZE = 64 << 20 };

struct folder_job {
    char **paths;
    size_t n_paths, capacity, next;
    json_t *id;    /* of the request that waits for the reports, or NULL: they are published */
    json_t *token; /* of the progress, or NULL */
    json_t *items; /* the reports */
};

static void job_free(struct folder_job *job) {
    for (size_t i = 0; i < job->n_paths; i++) {
        free(job->paths[i]);
    }
    free(job->paths);
    json_decref(job->id);
    json_decref(job->token);
    json_decref(job->items);
    free(job);
}

static bool add_path(struct folder_job *job, const char *path) {
    if (job->n_paths == job->capacity) {
        const size_t capacity = job->capacity * 2 + 64;
        char **paths = realloc(job->paths, capacity * sizeof *paths);
        if (paths == NULL) {
            return false;
        }
        job->paths = paths;
        job->capacity = capacity;
    }
    job->paths[job->n_paths] = strdup(path);
    return job->paths[job->n_paths] != NULL && ++job->n_paths < MAX_FILES;
}

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Lists the regular files below `folder`; hidden ones are passed over, links are not followed. */
static void list_files(struct folder_job *job, char *folder) {
    char *const roots[] = {folder, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    bool room = tree != NULL;
    for (FTSENT *entry; room && (entry = fts_read(tree)) != NULL;) {
        if (entry->fts_level > 0 && entry->fts_name[0] == '.') {
            fts_set(tree, entry, FTS_SKIP);
        } else if (entry->fts_info == FTS_F && entry->fts_statp->st_size <= MAX_FILE_SIZE) {
            room = add_path(job, entry->fts_path);
        }
    }
    if (tree != NULL) {
        fts_close(tree);
    }
}

static void send_progress(struct server *server, const struct folder_job *job, json_t *value) {
    if (job->token == NULL) {
        json_decref(value);
        return;
    }
    send_notification(server, "$/progress",
                      json_pack("{s:O, s:o}", "token", job->token, "value", value));
}

bool folder_job_begin(struct server *server, json_t *id, const json_t *params) {
    struct folder_job *job = calloc(1, sizeof *job);
    if (job == NULL) {
        return false;
    }
    job->id = json_incref(id);
    job->items = json_array();
    job->token = json_incref(json_object_get(params, "workDoneToken"));
    if (job->token == NULL && id == NULL && server->client.progress) {
        job->token = json_string("galley/folders");
        send_request(server, "window/workDoneProgress/create",
                     json_pack("{s:O}", "token", job->token));
    }
    for (size_t i = 0; i < server->n_folders; i++) {
        list_files(job, server->folders[i]);
    }
    server->job = job;
    send_progress(server, job,
                  json_pack("{s:s, s:s, s:b, s:i}", "kind", "begin", "title", "galley",
                            "cancellable", 1, "percentage", 0));
    return true;
}

static void job_end(struct server *server) {
    struct folder_job *job = server->job;
    server->job = NULL;
    char message[64];
    snprintf(message, sizeof message, "%zu of %zu files checked", job->next, job->n_paths);
    send_progress(server, job, json_pack("{s:s, s:s}", "kind", "end", "message", message));
    if (job->id != NULL) {
        send_result(server, job->id, json_pack("{s:O}", "items", job->items));
    }
    job_free(job);
}

void folder_job_cancel(struct server *server, const json_t *id, const json_t *token) {
    struct folder_job *job = server->job;
    const bool any = id == NULL && token == NULL;
    if (job == NULL || !(any || (id != NULL && json_equal(job->id, id)) ||
                         (token != NULL && json_equal(job->token, token)))) {
        return;
    }
    if (job->id != NULL) {
        send_error(server, job->id, ERROR_REQUEST_CANCELLED, "cancelled");
        json_decref(job->id);
        job->id = NULL;
    }
    job_end(server);
}

/* The whole file as a document, or NULL for one that is not text or cannot be read. */
static struct open_document *read_document(const char *path) {
    struct open_document *document = NULL;
    struct file_data data;
    char *uri = uri_of_path(path);
    if (uri != NULL && file_read(path, &data) == NULL) {
        if (!file_is_binary(&data)) {
            document = open_document_create(uri, "", 0, data.data, data.len);
        }
        file_release(&data);
    }
    free(uri);
    return document;
}

static void report(struct server *server, struct folder_job *job, struct open_document *document,
                   bool open) {
    json_t *diagnostics = diagnostics_json(server, document);
    if (job->id != NULL) {
        json_array_append_new(
            job->items,
            json_pack("{s:s, s:s, s:o, s:o}", "kind", "full", "uri", document->uri, "version",
                      open ? json_integer(document->version) : json_null(), "items", diagnostics));
    } else {
        send_notification(
            server, "textDocument/publishDiagnostics",
            json_pack("{s:s, s:o}", "uri", document->uri, "diagnostics", diagnostics));
    }
}

static void check_file(struct server *server, struct folder_job *job, const char *path) {
    char *uri = uri_of_path(path);
    struct open_document *open = uri == NULL ? NULL : server_document(server, uri);
    free(uri);
    struct open_document *document = open == NULL ? read_document(path) : open;
    /* A file that is no document (an image, a script with broken bytes) has nothing to say. */
    if (document != NULL && open_document_check(document, &server->projects)) {
        report(server, job, document, open != NULL);
    }
    if (open == NULL) {
        open_document_destroy(document, server->plugin);
    }
}

void folder_job_step(struct server *server) {
    struct folder_job *job = server->job;
    if (job->next < job->n_paths) {
        const int before = (int)(job->next * 100 / job->n_paths);
        check_file(server, job, job->paths[job->next++]);
        const int now = (int)(job->next * 100 / job->n_paths);
        if (now != before) {
            send_progress(server, job,
                          json_pack("{s:s, s:i}", "kind", "report", "percentage", now));
        }
    }
    if (job->next == job->n_paths) {
        job_end(server);
    }
}
