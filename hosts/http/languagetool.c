/*
 * LanguageTool's public HTTP API (https://languagetool.org/http-api/), so that its clients work
 * with galley unchanged: /v2/check, /v2/languages, /v2/words. Offsets count UTF-16 code units.
 *
 * A check is a rule whose id is its name in capitals behind GALLEY_: GALLEY_SENTENCE_BREAK.
 */
#include "annotated_text.h"
#include "service.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 40, LINE = 2000, MAX_CHECKS = 64, MAX_NAMES = 2048 };

/* LanguageTool's categories that clients know by colour and name. */
static const struct {
    const char *id, *name;
    const char *checks; /* each between blanks */
} categories[] = {
    {"TYPOS", "Possible Typo", " spelling untranslated entity "},
    {"GRAMMAR", "Grammar", " agreement pronoun person splice sentence-break "},
    {"PUNCTUATION", "Punctuation", " punctuation quotes "},
    {"TYPOGRAPHY", "Typography", " whitespace characters "},
    {"CASING", "Capitalization", " capitalization "},
    {"REDUNDANCY", "Redundant Phrases", " duplication boilerplate "},
    {"STYLE", "Style", " style terminology "},
    {"MISC", "Miscellaneous", ""},
};

enum { N_CATEGORIES = sizeof categories / sizeof *categories };

static size_t category_of(const char *check) {
    char padded[64];
    snprintf(padded, sizeof padded, " %s ", check);
    size_t i = 0;
    while (i + 1 < N_CATEGORIES && strstr(categories[i].checks, padded) == NULL) {
        i++;
    }
    return i;
}

static void rule_id(const char *check, char *id, size_t size) {
    snprintf(id, size, "GALLEY_%s", check);
    for (char *c = id; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    }
}

/* Whether the comma-separated list names the item. */
static bool list_has(const char *list, const char *item) {
    const size_t len = strlen(item);
    for (const char *at = list; at != NULL && (at = strstr(at, item)) != NULL; at += len) {
        if ((at == list || at[-1] == ',') && (at[len] == '\0' || at[len] == ',')) {
            return true;
        }
    }
    return false;
}

static void add_name(char *names, const char *name) {
    const size_t len = strlen(names);
    snprintf(names + len, MAX_NAMES - len, "%s%s", len > 0 ? "," : "", name);
}

/* What the client's rules and categories mean in checks. `plain` is any engine: its checks' names
 * count. */
static void choose_checks(const struct service *service, const struct request *request,
                          const galley_engine *plain, char *only, char *disable) {
    const char *enabled = request_field(request, "enabledRules");
    const char *disabled = request_field(request, "disabledRules");
    const char *enabled_categories = request_field(request, "enabledCategories");
    const char *disabled_categories = request_field(request, "disabledCategories");
    const char *enabled_only = request_field(request, "enabledOnly");
    if (disabled == NULL && disabled_categories == NULL && enabled_only == NULL) {
        return; /* as nearly all requests */
    }
    const bool just_enabled = enabled_only != NULL && (strcmp(enabled_only, "true") == 0 ||
                                                       strcmp(enabled_only, "yes") == 0);
    for (size_t i = 0; i < service->plugin->engine_n_checks(plain); i++) {
        galley_check_info info = {.size = sizeof info};
        service->plugin->engine_check_info(plain, i, &info);
        char id[64];
        rule_id(info.name, id, sizeof id);
        const char *category = categories[category_of(info.name)].id;
        if (list_has(disabled, id) || list_has(disabled_categories, category)) {
            add_name(disable, info.name);
        }
        if (just_enabled && (list_has(enabled, id) || list_has(enabled_categories, category))) {
            add_name(only, info.name);
        }
    }
}

/* "auto" means the server's language, in the variant of it that the client prefers. */
static const char *wanted_language(const struct service *service, const struct request *request,
                                   char *variant, size_t size) {
    const char *language = request_field(request, "language");
    const char *variants = request_field(request, "preferredVariants");
    if (language == NULL || strcmp(language, "auto") != 0) {
        return language;
    }
    const size_t len = strlen(service->language);
    while (variants != NULL && variants[0] != '\0') {
        const size_t n = strcspn(variants, ",");
        if (n > len && n < size && memcmp(variants, service->language, len) == 0 &&
            variants[len] == '-') {
            memcpy(variant, variants, n);
            variant[n] = '\0';
            return variant;
        }
        variants += n + (variants[n] == ',');
    }
    return NULL;
}

static struct shared_engine *take_engine(struct service *service, const struct request *request,
                                         galley_error *error) {
    char variant[40];
    struct choice choice = {.language = wanted_language(service, request, variant, sizeof variant),
                            .source_language = request_field(request, "motherTongue")};
    struct shared_engine *shared = engines_take(&service->engines, &choice, error);
    if (shared == NULL) {
        return NULL;
    }
    char only[MAX_NAMES] = "", disable[MAX_NAMES] = "";
    choose_checks(service, request, shared->engine, only, disable);
    if (only[0] != '\0' || disable[0] != '\0') {
        engines_release(&service->engines, shared);
        choice.only = only;
        choice.disable = disable;
        shared = engines_take(&service->engines, &choice, error);
    }
    return shared;
}

/* ---------------------------------------------------------------------------------------- */
/* The answer's parts                                                                        */

static json_t *language_json(const struct service *service, const char *code) {
    const char *name = code;
    for (size_t i = 0; i < json_array_size(service->languages); i++) {
        const json_t *language = json_array_get(service->languages, i);
        if (strcmp(json_string_value(json_object_get(language, "longCode")), code) == 0) {
            name = json_string_value(json_object_get(language, "name"));
        }
    }
    return json_pack("{s:s, s:s, s:{s:s, s:s, s:f}}", "name", name, "code", code,
                     "detectedLanguage", "name", name, "code", code, "confidence", 1.0);
}

static bool is_inside_character(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* A piece of the text around the issue, cut at characters. */
static json_t *context_json(const char *text, size_t len, const galley_issue *issue) {
    size_t start = issue->offset > CONTEXT ? issue->offset - CONTEXT : 0;
    size_t end = issue->offset + issue->length + CONTEXT;
    end = end < len ? end : len;
    while (start > 0 && is_inside_character(text[start])) {
        start--;
    }
    while (end < len && is_inside_character(text[end])) {
        end++;
    }
    struct buffer buffer = {0};
    buffer_add(&buffer, "...", start > 0 ? 3 : 0);
    const size_t offset = (start > 0 ? 3 : 0) + utf16_units(text + start, issue->offset - start);
    buffer_add(&buffer, text + start, end - start);
    buffer_add(&buffer, "...", end < len ? 3 : 0);
    for (size_t i = 0; i < buffer.len; i++) {
        buffer.data[i] = buffer.data[i] == '\n' ? ' ' : buffer.data[i];
    }
    json_t *context = json_pack("{s:o, s:I, s:I}", "text",
                                json_stringn(buffer.data == NULL ? "" : buffer.data, buffer.len),
                                "offset", (json_int_t)offset, "length",
                                (json_int_t)utf16_units(text + issue->offset, issue->length));
    free(buffer.data);
    return context;
}

/* The line that the issue begins in, as far as LINE reaches: a text that is one line would come
 * back whole with every match. */
static json_t *line_json(const char *text, size_t len, size_t offset) {
    const size_t first = offset > LINE ? offset - LINE : 0;
    const size_t last = len - offset > LINE ? offset + LINE : len;
    size_t start = offset, end = offset;
    while (start > first && text[start - 1] != '\n') {
        start--;
    }
    while (end < last && text[end] != '\n') {
        end++;
    }
    while (start < offset && is_inside_character(text[start])) {
        start++;
    }
    while (end > offset && end < len && is_inside_character(text[end])) {
        end--;
    }
    return json_stringn(text + start, end - start);
}

static json_t *replacements_json(const galley_plugin *plugin, const galley_document *document,
                                 size_t index, size_t n) {
    json_t *all = json_array();
    for (size_t i = 0; i < n; i++) {
        galley_string suggestion;
        if (plugin->document_suggestion(document, index, i, &suggestion) == GALLEY_OK) {
            json_array_append_new(
                all, json_pack("{s:o}", "value", json_stringn(suggestion.data, suggestion.len)));
        }
    }
    return all;
}

static json_t *rule_json(const struct service *service, const galley_engine *engine,
                         const galley_issue *issue) {
    char id[64];
    rule_id(issue->check, id, sizeof id);
    const size_t category = category_of(issue->check);
    const char *description = issue->check;
    for (size_t i = 0; i < service->plugin->engine_n_checks(engine); i++) {
        galley_check_info info = {.size = sizeof info};
        service->plugin->engine_check_info(engine, i, &info);
        if (strcmp(info.name, issue->check) == 0) {
            description = info.summary;
        }
    }
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:s}}", "id", id, "description", description,
                     "issueType", issue->its_type, "category", "id", categories[category].id,
                     "name", categories[category].name);
}

static json_t *match_json(const struct service *service, const galley_engine *engine,
                          const galley_document *document, struct annotated_text *text,
                          size_t index) {
    galley_issue issue = {.size = sizeof issue};
    if (service->plugin->document_issue(document, index, &issue) != GALLEY_OK) {
        return NULL;
    }
    const size_t offset = annotated_offset(text, issue.offset);
    const size_t end = issue.length > 0 ? annotated_end(text, issue.offset + issue.length) : offset;
    const char *type = strcmp(issue.its_type, "misspelling") == 0 ? "UnknownWord" : "Other";
    return json_pack("{s:o, s:s, s:o, s:I, s:I, s:o, s:o, s:{s:s}, s:o, s:b, s:i}", "message",
                     json_stringn(issue.message.data, issue.message.len), "shortMessage", "",
                     "replacements",
                     replacements_json(service->plugin, document, index, issue.n_suggestions),
                     "offset", (json_int_t)offset, "length", (json_int_t)(end - offset), "context",
                     context_json(text->text.data, text->text.len, &issue), "sentence",
                     line_json(text->text.data, text->text.len, issue.offset), "type", "typeName",
                     type, "rule", rule_json(service, engine, &issue),
                     "ignoreForIncompleteSentence", 0, "contextForSureMatch", 0);
}

static json_t *matches_json(const struct service *service, const galley_engine *engine,
                            const galley_document *document, struct annotated_text *text) {
    json_t *all = json_array();
    const size_t n = service->plugin->document_n_issues(document);
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(all, match_json(service, engine, document, text, i));
    }
    return all;
}

static json_t *result_json(const struct service *service, const galley_engine *engine,
                           const galley_document *document, struct annotated_text *text) {
    galley_summary summary = {.size = sizeof summary};
    service->plugin->document_summary(document, &summary);
    char language[36];
    snprintf(language, sizeof language, "%.*s", (int)summary.language.len, summary.language.data);
    return json_pack("{s:{s:s, s:s, s:s, s:i, s:b, s:s}, s:{s:b}, s:o, s:o}", "software", "name",
                     "galley", "version", service->plugin->version(), "buildDate", "", "apiVersion",
                     1, "premium", 0, "status", "", "warnings", "incompleteResults", 0, "language",
                     language_json(service, language), "matches",
                     matches_json(service, engine, document, text));
}

void answer_json(struct answer *answer, json_t *json) {
    struct buffer buffer = {.data = json == NULL ? NULL : json_dumps(json, JSON_COMPACT)};
    json_decref(json);
    if (buffer.data == NULL) {
        answer_text(answer, 503, "out of memory");
        return;
    }
    buffer.len = strlen(buffer.data);
    answer_buffer(answer, 200, "application/json", &buffer);
}

/* ---------------------------------------------------------------------------------------- */
/* Routes                                                                                    */

static bool read_text(const struct request *request, struct annotated_text *text,
                      struct answer *answer) {
    const struct field *plain = request_find(request, "text");
    const struct field *data = request_find(request, "data");
    *text = (struct annotated_text){0};
    if (plain == NULL && data == NULL) {
        answer_text(answer, 400, "Error: Missing 'text' or 'data' parameter");
        return false;
    }
    const bool good = plain != NULL ? annotated_text_take(text, plain->value, plain->len)
                                    : annotated_text_read(text, data->value, data->len);
    if (!good) {
        answer_text(answer, 400, "Error: 'data' is not annotated text in JSON");
    }
    return good;
}

/* Checks the text and makes the answer. */
static void check_text(struct service *service, const struct shared_engine *shared,
                       struct annotated_text *text, struct answer *answer) {
    galley_document *document = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const galley_input input = {.size = sizeof input,
                                .data = text->text.data == NULL ? "" : text->text.data,
                                .data_len = text->text.len,
                                .format = "text",
                                .encoding = "UTF-8"};
    const galley_status status = service_check(service, shared->engine, &input, &document, &error);
    if (status == GALLEY_OK) {
        answer_json(answer, result_json(service, shared->engine, document, text));
    } else {
        char message[520];
        snprintf(message, sizeof message, "Error: %s", error.message);
        answer_text(answer, status_of_error(status), message);
    }
    service->plugin->document_destroy(document);
}

void answer_v2_check(struct service *service, const struct request *request,
                     struct answer *answer) {
    struct annotated_text text;
    if (!read_text(request, &text, answer)) {
        return;
    }
    galley_error error = {
        .size = sizeof error, .status = GALLEY_ERROR_MEMORY, .message = "out of memory"};
    struct shared_engine *shared = take_engine(service, request, &error);
    if (shared == NULL) {
        const struct choice choice = {.language = request_field(request, "language")};
        answer_engine_error(answer, &choice, &error);
    } else {
        check_text(service, shared, &text, answer);
        engines_release(&service->engines, shared);
    }
    annotated_text_finish(&text);
}

void answer_v2_languages(struct service *service, const struct request *request,
                         struct answer *answer) {
    (void)request;
    /* A copy: its references are counted apart from other threads'. */
    answer_json(answer, json_deep_copy(service->languages));
}

void answer_v2_words(struct service *service, const struct request *request,
                     struct answer *answer) {
    const char *offset_text = request_field(request, "offset");
    const char *limit_text = request_field(request, "limit");
    const size_t offset = offset_text == NULL ? 0 : strtoul(offset_text, NULL, 10);
    const size_t limit = limit_text == NULL ? 10 : strtoul(limit_text, NULL, 10);
    json_t *all = json_array();
    pthread_mutex_lock(&service->words.lock);
    for (size_t i = offset; i < service->words.n_words && i - offset < limit; i++) {
        json_array_append_new(all, json_string(service->words.words[i]));
    }
    pthread_mutex_unlock(&service->words.lock);
    answer_json(answer, json_pack("{s:o}", "words", all));
}

static void change_words(struct service *service, const struct request *request,
                         struct answer *answer, const char *name,
                         enum words_answer (*change)(struct words *, const char *)) {
    const char *word = request_field(request, "word");
    if (service->words.path == NULL) {
        answer_text(answer, 403, "Error: this server keeps no words (--words=FILE)");
        return;
    }
    const enum words_answer result = word == NULL ? WORDS_FAILED : change(&service->words, word);
    if (result == WORDS_FAILED) {
        answer_text(answer, 400, "Error: 'word' is missing, has blanks, or cannot be kept");
        return;
    }
    if (result == WORDS_CHANGED) {
        engines_reset(&service->engines);
    }
    answer_json(answer, json_pack("{s:b}", name, result == WORDS_CHANGED));
}

void answer_v2_words_add(struct service *service, const struct request *request,
                         struct answer *answer) {
    change_words(service, request, answer, "added", words_add);
}

void answer_v2_words_delete(struct service *service, const struct request *request,
                            struct answer *answer) {
    change_words(service, request, answer, "deleted", words_remove);
}
