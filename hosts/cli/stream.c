/*
 * `galley check --stream`: a filter. Each line of standard input is a document, {"uri": …, "text":
 * …}; its report is one line of standard output, in the same order. Only a few lines are ahead of
 * the output, so memory does not grow, and who does not read the output stops the input. A line
 * that is no document gives one line with an error.
 */
#include "stream.h"

#include "check.h"
#include "interruption.h"
#include "line_reader.h"
#include "output.h"
#include "pipeline.h"
#include "say.h"
#include "scopes.h"
#include "summary.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct streaming {
    const galley_plugin *plugin;
    const galley_engine *engine;
    galley_report *report;
    struct output_file output;
    struct line_reader reader;
    size_t line; /* the last that was taken */
    struct summary summary;
    bool out_of_memory;
};

/* One line on its way. */
struct item {
    size_t number;
    char *line; /* NULL: it was too long */
    size_t len;
    json_t *json;
    char name[32];   /* "<stdin>:7", for a line without a uri */
    const char *uri; /* of the JSON, or name */
    galley_document *document;
    galley_error error;
};

static bool is_blank(const char *line) {
    return line[strspn(line, " \t\r")] == '\0';
}

static void *take_item(void *context) {
    struct streaming *streaming = context;
    struct item *item = calloc(1, sizeof *item);
    enum line_result result = item == NULL ? LINE_END : LINE_READ;
    while (result == LINE_READ) {
        result = line_reader_next(&streaming->reader, &item->line, &item->len);
        streaming->line += result != LINE_END;
        if (result != LINE_READ || !is_blank(item->line)) {
            break;
        }
        free(item->line);
        item->line = NULL;
    }
    streaming->out_of_memory = item == NULL;
    if (result == LINE_END) {
        free(item);
        return NULL;
    }
    item->number = streaming->line;
    return item;
}

/* Makes the line's report an error. */
static void refuse(struct item *item, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void refuse(struct item *item, const char *format, ...) {
    item->error.status = GALLEY_ERROR_FORMAT;
    item->error.line = item->number;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(item->error.message, sizeof item->error.message, format, arguments);
    va_end(arguments);
}

/* A member that is a string, or NULL. False when it is something else. */
static bool string_member(struct item *item, const char *name, const char **value) {
    const json_t *member = json_object_get(item->json, name);
    *value = json_string_value(member);
    if (member != NULL && *value == NULL && !json_is_null(member)) {
        refuse(item, "“%s” is not a string", name);
        return false;
    }
    return true;
}

static bool parse(struct item *item) {
    json_error_t problem;
    if (item->line == NULL) {
        refuse(item, "the line is longer than %zu bytes", LINE_READER_MAX);
        return false;
    }
    item->json = json_loadb(item->line, item->len, JSON_ALLOW_NUL, &problem);
    if (item->json == NULL) {
        refuse(item, "not JSON: %s, at byte %d", problem.text, problem.position);
        return false;
    }
    if (!json_is_object(item->json)) {
        refuse(item, "not a JSON object");
        return false;
    }
    return true;
}

static void check_item(const struct streaming *streaming, struct item *item) {
    galley_input input = {.size = sizeof input};
    const char *uri = NULL;
    const char *id = NULL;
    if (!parse(item) || !string_member(item, "id", &id) || !string_member(item, "uri", &uri)) {
        return;
    }
    item->uri = uri != NULL ? uri : id != NULL ? id : item->uri;
    if (!string_member(item, "text", &input.data) ||
        !string_member(item, "format", &input.format) ||
        !string_member(item, "language", &input.language)) {
        return;
    }
    const bool by_line = json_object_get(item->json, "source") != NULL ||
                         json_object_get(item->json, "paragraphs") != NULL;
    if (by_line) {
        /* A segment with its source, or paragraphs: the line is a document of JSON Lines itself. */
        input.data = item->line;
        input.data_len = item->len;
        input.format = "jsonl";
    } else if (input.data != NULL) {
        input.data_len = json_string_length(json_object_get(item->json, "text"));
    } else {
        refuse(item, "there is no “text”");
        return;
    }
    input.encoding = "UTF-8"; /* as all JSON, whatever the text says of itself */
    input.uri = item->uri;
    streaming->plugin->check(streaming->engine, &input, &item->document, &item->error);
}

static void run_item(void *context, void *job) {
    struct item *item = job;
    snprintf(item->name, sizeof item->name, "<stdin>:%zu", item->number);
    item->uri = item->name;
    item->error = (galley_error){.size = sizeof item->error};
    check_item(context, item);
}

static bool write_item(void *context, void *job) {
    struct streaming *streaming = context;
    const galley_plugin *plugin = streaming->plugin;
    struct item *item = job;
    galley_status status;
    if (item->document != NULL) {
        summary_add(&streaming->summary, plugin, item->document);
        status =
            plugin->report_add(streaming->report, item->document, output_write, &streaming->output);
    } else {
        streaming->summary.n_failed++;
        status = plugin->report_add_error(streaming->report, item->uri, &item->error, output_write,
                                          &streaming->output);
    }
    const bool good = status == GALLEY_OK && output_flush(&streaming->output);
    plugin->document_destroy(item->document);
    json_decref(item->json);
    free(item->line);
    free(item);
    return good;
}

/* Runs the filter; false when it could not go on to the input's end. */
static bool run(struct streaming *streaming, const struct options *options) {
    static const struct pipeline_steps steps = {take_item, run_item, write_item};
    bool good = output_open(&streaming->output, options->output, NULL);
    if (!good) {
        return false;
    }
    good =
        pipeline_run(&steps, streaming, options_n_jobs(options)) && streaming->output.problem == 0;
    if (streaming->reader.problem != 0) {
        good = say("standard input: %s", strerror(streaming->reader.problem));
    } else if (streaming->out_of_memory) {
        good = say("out of memory");
    }
    if (interrupted()) {
        say("interrupted: reports of the first %zu lines were written", streaming->line);
    }
    return output_close(&streaming->output, good) && good;
}

int stream_run(const galley_plugin *plugin, const struct options *options) {
    struct streaming streaming = {.plugin = plugin};
    struct scopes scopes;
    galley_error error = {.size = sizeof error};
    scopes_init(&scopes, plugin, options);
    interruption_watch();
    line_reader_init(&streaming.reader, STDIN_FILENO);
    json_object_seed(0); /* before threads make objects */
    const struct scope *scope = scopes_judge_options(&scopes) ? scopes_find(&scopes, "-") : NULL;
    streaming.engine = scope == NULL ? NULL : scope->engine;
    bool good = streaming.engine != NULL;
    if (good && plugin->report_create(streaming.engine, "jsonl", NULL, &streaming.report, &error) !=
                    GALLEY_OK) {
        good = say("%s", error.message);
    }
    good = good && run(&streaming, options);
    if (options->verbose) {
        summary_say(&streaming.summary, plugin, &options->files, false);
    }
    const struct summary *summary = &streaming.summary;
    const int status = !good || summary->n_failed > 0 || interrupted() ? EXIT_FAILED
                       : summary->n_by_verdict[GALLEY_FAIL] > 0        ? EXIT_SHUT
                                                                       : EXIT_OPEN;
    plugin->report_destroy(streaming.report);
    line_reader_finish(&streaming.reader);
    summary_finish(&streaming.summary);
    scopes_finish(&scopes);
    return status;
}
