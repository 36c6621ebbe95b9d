/*
 * What can be done about an issue: put a suggestion in its place, take the word as one's own, mend
 * everything that is safe to mend.
 */
#include "edits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Issues that one request gets actions for: each may cost a check of the document. */
enum { ISSUES_MAX = 16 };

/* "Write “to support”", as a label. */
static json_t *label(const char *before, galley_string text, const char *after) {
    return json_sprintf("%s“%.*s”%s", before, (int)(text.len > 80 ? 0 : text.len), text.data,
                        after);
}

static void add_suggestions(const struct server *server, const struct open_document *document,
                            size_t index, const galley_issue *issue, json_t *actions) {
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        galley_string suggestion;
        if (server->plugin->document_suggestion(document->result, index, i, &suggestion) !=
            GALLEY_OK) {
            continue;
        }
        json_t *title = suggestion.len > 0 ? label("Write ", suggestion, "")
                                           : label("Delete ", issue->text, "");
        json_t *edits = suggestion_edits(server, document, index, i);
        if (edits == NULL) {
            json_decref(title);
            continue;
        }
        json_array_append_new(
            actions, json_pack("{s:o, s:s, s:[o], s:b, s:o}", "title", title, "kind", "quickfix",
                               "diagnostics", diagnostic_json(server, document, index),
                               "isPreferred", i == 0, "edit", workspace_edit(document, edits)));
    }
}

/* A word list takes words; two that ran together are none. */
static bool is_one_word(galley_string text) {
    return text.len > 0 && text.len <= 200 && memchr(text.data, ' ', text.len) == NULL &&
           memchr(text.data, '\n', text.len) == NULL;
}

static void add_word_action(const struct server *server, const struct open_document *document,
                            size_t index, const galley_issue *issue, json_t *actions) {
    if (strcmp(issue->check, "spelling") != 0 || !is_one_word(issue->text) ||
        server->projects.personal_words == NULL) {
        return;
    }
    json_array_append_new(actions,
                          json_pack("{s:o, s:s, s:[o], s:{s:s, s:s, s:[o]}}", "title",
                                    label("Add ", issue->text, " to the personal word list"),
                                    "kind", "quickfix", "diagnostics",
                                    diagnostic_json(server, document, index), "command", "title",
                                    "Add to the personal word list", "command", "galley.addWord",
                                    "arguments", json_stringn(issue->text.data, issue->text.len)));
}

static void add_ignore_action(const struct server *server, const struct open_document *document,
                              size_t index, const galley_issue *issue, json_t *actions) {
    json_t *edits = ignore_edits(server, document, index);
    if (edits != NULL) {
        json_array_append_new(actions,
                              json_pack("{s:o, s:s, s:[o], s:o}", "title",
                                        label("Ignore ", issue->text, " here"), "kind", "quickfix",
                                        "diagnostics", diagnostic_json(server, document, index),
                                        "edit", workspace_edit(document, edits)));
    }
}

/* Whether the editor asked for this kind of action: for none in particular, for it, or for a kind
 * above it ("source" for "source.fixAll.galley"). */
static bool wanted(const json_t *only, const char *kind) {
    if (!json_is_array(only)) {
        return true;
    }
    size_t i;
    json_t *value;
    json_array_foreach(only, i, value) {
        const char *text = json_is_string(value) ? json_string_value(value) : "?";
        const size_t len = strlen(text);
        if (strncmp(kind, text, len) == 0 && (len == 0 || kind[len] == '\0' || kind[len] == '.')) {
            return true;
        }
    }
    return false;
}

json_t *answer_code_action(struct server *server, json_t *params) {
    struct open_document *document = checked_document(server, params);
    if (document == NULL) {
        return NULL;
    }
    const json_t *range = json_object_get(params, "range");
    const json_t *only = json_object_get(json_object_get(params, "context"), "only");
    struct position start, end;
    if (!read_position(json_object_get(range, "start"), &start) ||
        !read_position(json_object_get(range, "end"), &end)) {
        return fail(server, ERROR_INVALID_PARAMS, "no range");
    }
    const size_t from = open_document_offset(document, start, server->client.encoding);
    const size_t to = open_document_offset(document, end, server->client.encoding);
    json_t *actions = json_array();
    const size_t n = server->plugin->document_n_issues(document->result);
    size_t n_taken = 0;
    for (size_t i = 0; i < n && n_taken < ISSUES_MAX && wanted(only, "quickfix"); i++) {
        galley_issue issue = {.size = sizeof issue};
        server->plugin->document_issue(document->result, i, &issue);
        if (issue.offset <= to && issue.offset + issue.length >= from && !issue.waived) {
            n_taken++;
            add_suggestions(server, document, i, &issue, actions);
            add_word_action(server, document, i, &issue, actions);
            add_ignore_action(server, document, i, &issue, actions);
        }
    }
    json_t *edits = wanted(only, "source.fixAll.galley") ? safe_edits(server, document) : NULL;
    if (json_array_size(edits) > 0) {
        json_array_append_new(
            actions, json_pack("{s:s, s:s, s:o}", "title", "Mend all that is safe to mend", "kind",
                               "source.fixAll.galley", "edit", workspace_edit(document, edits)));
    } else {
        json_decref(edits);
    }
    return actions;
}

/* Makes the folders that `path` is in. */
static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

bool add_personal_word(struct server *server, const char *word, size_t len) {
    char *path = server->projects.personal_words;
    if (path == NULL || !is_one_word((galley_string){.data = word, .len = len})) {
        return false;
    }
    make_folders(path);
    char *line = malloc(len + 1);
    const int file =
        line == NULL ? -1 : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool good = false;
    if (file >= 0) {
        memcpy(line, word, len);
        line[len] = '\n';
        good = write(file, line, len + 1) == (ssize_t)len + 1;
        good = close(file) == 0 && good;
    }
    free(line);
    return good;
}

json_t *answer_execute_command(struct server *server, json_t *params) {
    const char *command = json_string_value(json_object_get(params, "command"));
    const json_t *argument = json_array_get(json_object_get(params, "arguments"), 0);
    if (command != NULL && strcmp(command, "galley.addWord") == 0) {
        if (!json_is_string(argument) ||
            !add_personal_word(server, json_string_value(argument), json_string_length(argument))) {
            return fail(server, ERROR_INTERNAL, "the personal word list cannot be written");
        }
        projects_reset(&server->projects);
        server_recheck(server);
        return json_null();
    }
    if (command != NULL && strcmp(command, "galley.checkFolders") == 0) {
        folder_job_cancel(server, NULL, NULL);
        if (!folder_job_begin(server, NULL, params)) {
            return fail(server, ERROR_INTERNAL, "the folders cannot be read");
        }
        return json_null();
    }
    return fail(server, ERROR_INVALID_PARAMS, "galley.addWord and galley.checkFolders are known");
}
