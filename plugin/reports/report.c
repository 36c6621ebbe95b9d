/*
 * The one list of reports, and what hosts call.
 */
#include "reports/report.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "formats/format.h"
#include "text/utf8.h"
#include "waivers/waivers.h"

#include <string.h>

extern const struct report_format report_baseline;
extern const struct report_format report_checkstyle;
extern const struct report_format report_csv;
extern const struct report_format report_github;
extern const struct report_format report_gitlab;
extern const struct report_format report_html;
extern const struct report_format report_its;
extern const struct report_format report_json;
extern const struct report_format report_jsonl;
extern const struct report_format report_junit;
extern const struct report_format report_sarif;
extern const struct report_format report_text;
extern const struct report_format report_xml;

/* clang-format off */
static const struct report_format *const formats[] = {
    &report_text,
    &report_xml,
    &report_json,
    &report_jsonl,
    &report_its,
    &report_html,
    &report_csv,
    &report_sarif,
    &report_junit,
    &report_checkstyle,
    &report_github,
    &report_gitlab,
    &report_baseline,
};
/* clang-format on */

enum { N_FORMATS = sizeof formats / sizeof *formats };

static const struct report_format *find_format(const char *name) {
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strcmp(formats[i]->name, name) == 0) {
            return formats[i];
        }
    }
    return NULL;
}

static galley_status unknown_format(const char *name, galley_error *error) {
    const char *names[N_FORMATS];
    for (size_t i = 0; i < N_FORMATS; i++) {
        names[i] = formats[i]->name;
    }
    const char *nearest = nearest_name(names, N_FORMATS, name, strlen(name));
    return error_set(error, GALLEY_ERROR_UNSUPPORTED,
                     "there is no report “%.*s”; the nearest one is “%s”", error_cut(strlen(name)),
                     name, nearest == NULL ? "xml" : nearest);
}

galley_status galley_report_create(const galley_engine *engine, const char *format,
                                   const galley_report_options *options, galley_report **report,
                                   galley_error *error) {
    if (engine == NULL || format == NULL || report == NULL ||
        (options != NULL && options->size < sizeof *options)) {
        return error_set(error, GALLEY_ERROR_ARGUMENT,
                         "a NULL pointer where one is needed, or options of too small a size");
    }
    const struct report_format *found = find_format(format);
    if (found == NULL) {
        return unknown_format(format, error);
    }
    galley_report *made = memory_allocate(&engine->memory, sizeof *made + found->state_size);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    memset(made, 0, sizeof *made + found->state_size);
    made->format = found;
    made->engine = engine;
    made->memory = engine->memory;
    made->state = made + 1;
    if (options != NULL) {
        made->options = *options;
    }
    *report = made;
    return GALLEY_OK;
}

static galley_status begin_document(galley_report *report, struct output *out) {
    if (report->n_documents++ > 0) {
        return GALLEY_OK;
    }
    return report->format->begin == NULL ? GALLEY_OK : report->format->begin(report, out);
}

static galley_status leave(galley_status status, struct output *out) {
    const galley_status written = output_flush(out);
    return status == GALLEY_OK ? written : status;
}

galley_status galley_report_add(galley_report *report, const galley_document *document,
                                galley_write write, void *context) {
    if (report == NULL || document == NULL || write == NULL || report->finished ||
        report->n_warnings > 0) {
        return GALLEY_ERROR_ARGUMENT;
    }
    struct output out;
    output_init(&out, write, context);
    galley_status status = begin_document(report, &out);
    if (status == GALLEY_OK) {
        status = report->format->document(report, document, &out);
    }
    return leave(status, &out);
}

/* A file's name as UTF-8, of the report's memory. */
static char *copy_name(const galley_report *report, const char *name) {
    name = name == NULL ? "" : name;
    char *copy = memory_allocate(&report->memory, strlen(name) + 1);
    if (copy != NULL) {
        strcpy(copy, name);
        utf8_make_valid(copy);
    }
    return copy;
}

galley_status galley_report_add_error(galley_report *report, const char *uri,
                                      const galley_error *problem, galley_write write,
                                      void *context) {
    if (report == NULL || problem == NULL || write == NULL || report->finished ||
        report->n_warnings > 0 || problem->size < ERROR_SIZE_MIN) {
        return GALLEY_ERROR_ARGUMENT;
    }
    char *name = copy_name(report, uri);
    if (name == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    struct output out;
    output_init(&out, write, context);
    galley_status status = begin_document(report, &out);
    if (status == GALLEY_OK) {
        status = report->format->error(report, name, problem, &out);
    }
    memory_free(&report->memory, name);
    return leave(status, &out);
}

galley_status galley_report_add_warning(galley_report *report, const char *origin,
                                        const char *message, galley_write write, void *context) {
    if (report == NULL || message == NULL || write == NULL || report->finished) {
        return GALLEY_ERROR_ARGUMENT;
    }
    char *place = copy_name(report, origin);
    char *text = copy_name(report, message);
    galley_status status = place == NULL || text == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
    struct output out;
    output_init(&out, write, context);
    if (status == GALLEY_OK && report->n_documents == 0 && report->n_warnings == 0 &&
        report->format->begin != NULL) {
        status = report->format->begin(report, &out);
    }
    if (status == GALLEY_OK && report->format->warning != NULL) {
        status = report->format->warning(report, (galley_string){place, strlen(place)},
                                         (galley_string){text, strlen(text)}, &out);
    }
    report->n_warnings += status == GALLEY_OK;
    memory_free(&report->memory, place);
    memory_free(&report->memory, text);
    return leave(status, &out);
}

galley_status galley_report_finish(galley_report *report, galley_write write, void *context) {
    if (report == NULL || write == NULL || report->finished) {
        return GALLEY_ERROR_ARGUMENT;
    }
    struct output out;
    output_init(&out, write, context);
    galley_status status = GALLEY_OK;
    if (report->n_documents == 0 && report->n_warnings == 0 && report->format->begin != NULL) {
        status = report->format->begin(report, &out);
    }
    if (status == GALLEY_OK && report->format->end != NULL) {
        status = report->format->end(report, &out);
    }
    report->finished = true;
    return leave(status, &out);
}

void galley_report_destroy(galley_report *report) {
    if (report == NULL) {
        return;
    }
    if (report->format->finish != NULL) {
        report->format->finish(report);
    }
    const struct memory memory = report->memory;
    memory_free(&memory, report);
}

void output_score(struct output *out, unsigned score) {
    const unsigned tenths = (score + 50) / 100;
    output_number(out, tenths / 10);
    output_text(out, ".");
    output_number(out, tenths % 10);
}

void place_end(const struct place *place, size_t *line, size_t *column) {
    *line = place->line;
    *column = place->column;
    for (size_t i = 0; i < place->text.len; i++) {
        const char c = place->text.data[i];
        const bool breaks =
            c == '\n' ||
            (c == '\r' && (i + 1 == place->text.len || place->text.data[i + 1] != '\n'));
        if (breaks) {
            ++*line;
            *column = 1;
        } else {
            *column += !utf8_is_continuation(c);
        }
    }
}

/* Characters that HTML, XML, JSON, PO, CSV or Markdown may write in another way. */
static bool is_plain(galley_string text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] < 0x20 || strchr("&<>\"\\`*_[]", text.data[i]) != NULL) {
            return false;
        }
    }
    return true;
}

bool is_plain_edit(const struct galley_document *document, const struct issue *issue,
                   galley_string suggestion) {
    return strcmp(document->format->name, "text") == 0 ||
           (is_plain(issue->place.text) && is_plain(suggestion));
}

void output_fingerprint(struct output *out, const struct galley_document *document,
                        const struct issue *issue) {
    uint64_t keys[2];
    waivers_context_keys(document->decoded.text, document->decoded.len, issue->check->name,
                         issue->place.span, keys);
    uint64_t hash = hash_add(hash_add(HASH_START, keys[0]), keys[1]);
    for (size_t i = 0; i < document->uri.len; i++) {
        hash = hash_add(hash, (unsigned char)document->uri.data[i]);
    }
    output_hexadecimal(out, hash);
}
