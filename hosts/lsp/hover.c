/*
 * What the editor shows on request: an issue explained where the pointer is, and the score above
 * the first line.
 */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_LINES_MAX = 5 }; /* of a person, in a hover */

/* Markdown that is put together; without memory it stays as it is. */
struct markdown {
    char *text;
    size_t len;
};

static void add(struct markdown *markdown, const char *text, size_t len) {
    char *grown = realloc(markdown->text, markdown->len + len + 1);
    if (grown == NULL) {
        return;
    }
    memcpy(grown + markdown->len, text, len);
    markdown->text = grown;
    markdown->len += len;
    grown[markdown->len] = '\0';
}

static void add_text(struct markdown *markdown, const char *text) {
    add(markdown, text, strlen(text));
}

/* Text of the document or a message: what Markdown would read as marks is escaped. */
static void add_escaped(struct markdown *markdown, galley_string text) {
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\`*_{}[]()<>#+-.!|", text.data[i]) != NULL && text.data[i] != '\0') {
            add(markdown, "\\", 1);
        }
        add(markdown, text.data[i] == '\n' ? " " : &text.data[i], 1);
    }
}

static void add_suggestions(const struct server *server, const struct open_document *document,
                            size_t issue, size_t n, struct markdown *markdown) {
    for (size_t i = 0; i < n; i++) {
        galley_string suggestion;
        if (server->plugin->document_suggestion(document->result, issue, i, &suggestion) ==
            GALLEY_OK) {
            add_text(markdown, i == 0 ? "\n\nwrite: **" : ", **");
            add_escaped(markdown, suggestion.len > 0
                                      ? suggestion
                                      : (galley_string){.data = "(nothing)", .len = 9});
            add_text(markdown, "**");
        }
    }
}

static void add_related(const struct server *server, const struct open_document *document,
                        size_t issue, size_t n, struct markdown *markdown) {
    for (size_t i = 0; i < n; i++) {
        galley_place place = {.size = sizeof place};
        if (server->plugin->document_related(document->result, issue, i, &place) != GALLEY_OK) {
            continue;
        }
        char line[48];
        snprintf(line, sizeof line, "\n- line %zu: ", place.line);
        add_text(markdown, i == 0 ? "\n\nelsewhere:\n" : "");
        add_text(markdown, line);
        add_escaped(markdown, place.message.len > 0 ? place.message : place.text);
    }
}

static void add_explanation(const struct server *server, const galley_engine *engine,
                            const char *check, struct markdown *markdown) {
    for (size_t i = 0; i < server->plugin->engine_n_checks(engine); i++) {
        galley_check_info info = {.size = sizeof info};
        server->plugin->engine_check_info(engine, i, &info);
        if (strcmp(info.name, check) == 0 && info.explanation[0] != '\0') {
            add_text(markdown, "\n\n*");
            add_escaped(markdown,
                        (galley_string){.data = info.explanation, .len = strlen(info.explanation)});
            add_text(markdown, "*");
        }
    }
}

static void add_issue(const struct server *server, const struct open_document *document,
                      size_t index, const galley_issue *issue, struct markdown *markdown) {
    add_text(markdown, markdown->len > 0 ? "\n\n---\n\n**" : "**");
    add_text(markdown, issue->check);
    add_text(markdown, "** (");
    add_text(markdown, server->plugin->severity_name(issue->severity));
    add_text(markdown, "): ");
    add_escaped(markdown, issue->message);
    if (issue->waived) {
        add_text(markdown, "\n\nwaived: ");
        add_escaped(markdown, issue->reason.len > 0 ? issue->reason : issue->waiver);
    }
    add_suggestions(server, document, index, issue->n_suggestions, markdown);
    add_related(server, document, index, issue->n_related, markdown);
    add_explanation(server, document->engine, issue->check, markdown);
}

/* What is known of somebody: "**Victor Lungu**, male (99 % sure), named on lines 5, 7, 11". */
static void add_person(const struct server *server, const struct open_document *document,
                       size_t index, const galley_person *person, struct markdown *markdown) {
    char number[64];
    add_text(markdown, "**");
    add_escaped(markdown, person->name);
    add_text(markdown, "**");
    if (person->gender != GALLEY_GENDER_UNKNOWN) {
        snprintf(number, sizeof number, ", %s (%.0f %% sure)",
                 server->plugin->gender_name(person->gender), person->confidence * 100);
        add_text(markdown, number);
    }
    size_t n_named = 0, n_pronouns = 0;
    for (size_t i = 0; i < person->n_mentions; i++) {
        galley_mention mention = {.size = sizeof mention};
        server->plugin->document_mention(document->result, index, i, &mention);
        n_pronouns += mention.kind == GALLEY_MENTION_PRONOUN;
        if (mention.kind == GALLEY_MENTION_NAME && n_named++ < NAMED_LINES_MAX) {
            snprintf(number, sizeof number, n_named == 1 ? ", named on line %zu" : ", %zu",
                     mention.line);
            add_text(markdown, number);
        }
    }
    snprintf(number, sizeof number, "%s; %zu pronoun%s, %zu quotation%s",
             n_named > NAMED_LINES_MAX ? " …" : "", n_pronouns, n_pronouns == 1 ? "" : "s",
             person->n_quotations, person->n_quotations == 1 ? "" : "s");
    add_text(markdown, number);
}

/* Who is meant by the word at `offset`, if anybody; the word's range. */
static json_t *add_mentioned(const struct server *server, const struct open_document *document,
                             size_t offset, struct markdown *markdown) {
    const galley_plugin *plugin = server->plugin;
    for (size_t i = 0; i < plugin->document_n_people(document->result); i++) {
        galley_person person = {.size = sizeof person};
        plugin->document_person(document->result, i, &person);
        for (size_t k = 0; k < person.n_mentions; k++) {
            galley_mention mention = {.size = sizeof mention};
            plugin->document_mention(document->result, i, k, &mention);
            if (mention.offset <= offset && offset < mention.offset + mention.length) {
                add_text(markdown, markdown->len > 0 ? "\n\n---\n\n“" : "“");
                add_escaped(markdown, mention.text);
                add_text(markdown, "”: ");
                add_person(server, document, i, &person, markdown);
                return range_json(document, server, mention.offset, mention.length);
            }
        }
    }
    return NULL;
}

json_t *answer_hover(struct server *server, json_t *params) {
    struct open_document *document = checked_document(server, params);
    struct position position;
    if (document == NULL || !read_position(json_object_get(params, "position"), &position)) {
        return document == NULL ? NULL : fail(server, ERROR_INVALID_PARAMS, "no position");
    }
    const size_t offset = open_document_offset(document, position, server->client.encoding);
    struct markdown markdown = {0};
    json_t *range = NULL;
    const size_t n = server->plugin->document_n_issues(document->result);
    for (size_t i = 0; i < n; i++) {
        galley_issue issue = {.size = sizeof issue};
        server->plugin->document_issue(document->result, i, &issue);
        if (issue.offset > offset) {
            break; /* they are in order */
        }
        if (offset <= issue.offset + issue.length) {
            add_issue(server, document, i, &issue, &markdown);
            json_decref(range);
            range = range_json(document, server, issue.offset, issue.length);
        }
    }
    json_t *word = add_mentioned(server, document, offset, &markdown);
    if (range == NULL) {
        range = word;
    } else {
        json_decref(word);
    }
    json_t *hover = json_null();
    if (markdown.text != NULL) {
        hover = json_pack("{s:{s:s, s:s}, s:o}", "contents", "kind", "markdown", "value",
                          markdown.text, "range", range);
    }
    free(markdown.text);
    return hover;
}

json_t *answer_code_lens(struct server *server, json_t *params) {
    struct open_document *document = checked_document(server, params);
    if (document == NULL) {
        return NULL;
    }
    galley_summary summary = {.size = sizeof summary};
    if (server->plugin->document_summary(document->result, &summary) != GALLEY_OK) {
        return json_array();
    }
    const size_t n_issues = summary.n_issues - summary.n_waived;
    char title[128];
    snprintf(title, sizeof title, "galley: %s, score %.1f of 100, %zu issue%s in %zu words",
             server->plugin->verdict_name(summary.verdict), summary.score, n_issues,
             n_issues == 1 ? "" : "s", summary.n_words);
    return json_pack("[{s:o, s:{s:s, s:s}}]", "range", range_json(document, server, 0, 0),
                     "command", "title", title, "command", "");
}
