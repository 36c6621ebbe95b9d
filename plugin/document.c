/*
 * A document: decoding, the loop over its units, and what becomes of its issues.
 *
 * What checks remember lives as long as the section that is read, which is the whole document
 * unless that has more than LIMIT_UNDIVIDED_LEN bytes: then it is judged and forgotten every
 * LIMIT_SECTION_LEN bytes of text, and memory stays what it is. A format that collects segments has
 * sections of LIMIT_SECTION_UNITS.
 */
#include "document.h"

#include "analysis/analysis.h"
#include "base/error.h"
#include "bilingual/bilingual.h"
#include "bilingual/source_text.h"
#include "formats/format.h"
#include "libraries/library.h"
#include "people.h"
#include "text/preparation.h"
#include "text/utf8.h"
#include "waivers/waivers.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

galley_status document_warn(struct galley_document *document, struct span span, const char *format,
                            ...) {
    if (document->n_warnings >= LIMIT_WARNINGS) {
        return GALLEY_OK;
    }
    if (!memory_grow(&document->memory, &document->warnings, &document->warning_capacity,
                     sizeof *document->warnings, document->n_warnings + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    va_list arguments;
    va_start(arguments, format);
    const galley_string message = arena_format_list(&document->arena, format, arguments);
    va_end(arguments);
    if (message.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    document->warnings[document->n_warnings++] =
        (struct warning){.place = {.span = span}, .message = message};
    return GALLEY_OK;
}

/* Everything that one check of one document needs besides the document. */
struct pipeline {
    struct galley_document *document;
    struct reader reader;
    struct divider divider;
    struct preparation preparation;
    struct analysis *analysis;
    struct bilingual bilingual;     /* its arena is NULL until a unit has a source */
    bool wants_source;              /* a check does */
    struct source_text source_text; /* handed over beside the document */
    size_t next_paragraph;          /* of it */
    struct arena section;           /* for what the section's checks remember, and its text */
    size_t section_len, section_units, n_sections;
    struct check_run runs[REGISTRY_CHECKS_MAX];
    size_t n_runs;
};

static galley_status start_checks(struct pipeline *pipeline) {
    struct galley_document *document = pipeline->document;
    const struct galley_engine *engine = document->engine;
    for (size_t i = 0; i < registry_n_checks(); i++) {
        const struct check *check = registry_check(i);
        if (!engine->checks[i].enabled) {
            continue;
        }
        struct check_run *run = &pipeline->runs[pipeline->n_runs++];
        *run = (struct check_run){
            .check = check,
            .pack = engine->pack,
            .spelling = engine->spelling,
            .style = engine->style,
            .bilingual = check->needs_source || check->uses_source ? &pipeline->bilingual : NULL,
            .document = document,
            .arena = check->spans_sections ? &document->arena : &pipeline->section,
        };
        pipeline->wants_source |= check->needs_source || check->uses_source;
        if (check->state_size > 0) {
            run->state = arena_allocate_zeroed(&document->arena, check->state_size);
            if (run->state == NULL) {
                return GALLEY_ERROR_MEMORY;
            }
        }
    }
    return GALLEY_OK;
}

/* Bytes of text after which a section ends. People are asked for of the document as a whole. */
static size_t section_limit(const struct galley_document *document) {
    return document->engine->speakers || document->decoded.len <= LIMIT_UNDIVIDED_LEN
               ? SIZE_MAX
               : LIMIT_SECTION_LEN;
}

/* Bytes of text that the section will have at most. */
static size_t likely_section_len(const struct galley_document *document) {
    const size_t left = document->decoded.len - document->section_begin;
    const size_t limit = section_limit(document);
    return left < limit ? left : limit;
}

static galley_status begin_section(struct pipeline *pipeline) {
    enum {
        RESERVED_FROM = 1 << 18, /* bytes of text; a shorter one takes little memory */
        MEMORY_A_BYTE = 4        /* what the analysis and the checks remember of news */
    };
    const struct galley_engine *engine = pipeline->document->engine;
    pipeline->n_sections++;
    if (engine->wants_analysis) {
        const size_t len = likely_section_len(pipeline->document);
        if (len >= RESERVED_FROM) {
            arena_reserve(&pipeline->section, len * MEMORY_A_BYTE);
        }
        const galley_status status =
            analysis_create(&pipeline->section, engine->pack, len, &pipeline->analysis);
        if (status != GALLEY_OK) {
            return status;
        }
        pipeline->analysis->resolves_quoted = engine->speakers;
    }
    for (size_t i = 0; i < pipeline->n_runs; i++) {
        struct check_run *run = &pipeline->runs[i];
        if (run->check->needs_analysis) {
            run->analysis = pipeline->analysis;
        }
    }
    return GALLEY_OK;
}

/* Asks the checks for what they find in the section as a whole, or in the whole document. */
static galley_status judge_section(struct pipeline *pipeline, bool is_last) {
    galley_status status = GALLEY_OK;
    if (pipeline->analysis != NULL) {
        status = analysis_finish(pipeline->analysis);
    }
    if (status == GALLEY_OK && pipeline->document->engine->speakers) {
        status = analysis_attribute(pipeline->analysis);
    }
    if (status == GALLEY_OK && pipeline->document->engine->speakers) {
        status = people_collect(pipeline->document, pipeline->analysis);
    }
    for (size_t i = 0; i < pipeline->n_runs && status == GALLEY_OK; i++) {
        struct check_run *run = &pipeline->runs[i];
        if (run->check->document != NULL && (is_last || !run->check->spans_sections)) {
            status = run->check->document(run);
        }
    }
    document_arrange_section(pipeline->document);
    return status;
}

static bool section_is_full(const struct pipeline *pipeline) {
    const struct galley_document *document = pipeline->document;
    return pipeline->section_len >= section_limit(document) ||
           (document->format->collects && !document->engine->speakers &&
            pipeline->section_units >= LIMIT_SECTION_UNITS);
}

static galley_status warn_of_sections(struct pipeline *pipeline) {
    return pipeline->n_sections == 1
               ? GALLEY_OK
               : document_warn(pipeline->document, (struct span){0, 0},
                               "the document is long: names, sentences and pronouns were compared "
                               "within each of its %zu sections, not across them",
                               pipeline->n_sections);
}

static galley_status warn_of_dropped(struct galley_document *document) {
    return document->n_dropped == 0
               ? GALLEY_OK
               : document_warn(document, (struct span){0, 0},
                               "the list of issues ends after %zu of them; %zu more were found",
                               document->n_issues, document->n_dropped);
}

/* Judges the section and begins the one of the next unit. */
static galley_status change_section(struct pipeline *pipeline, const struct unit *next) {
    const galley_status status = judge_section(pipeline, false);
    if (status != GALLEY_OK) {
        return status;
    }
    for (size_t i = 0; i < pipeline->n_runs; i++) {
        const struct check_run *run = &pipeline->runs[i];
        if (!run->check->spans_sections && run->check->state_size > 0) {
            memset(run->state, 0, run->check->state_size);
        }
    }
    arena_clear(&pipeline->section);
    pipeline->section_len = pipeline->section_units = 0;
    pipeline->document->section_begin = unit_document_offset(next, 0, false);
    return begin_section(pipeline);
}

/* Formats use the memory of a text again for the next one; checks remember words. */
static galley_status keep_text(struct pipeline *pipeline, struct unit *unit) {
    const struct decoded *decoded = &pipeline->document->decoded;
    const uintptr_t begin = (uintptr_t)decoded->text;
    const uintptr_t text = (uintptr_t)unit->text;
    pipeline->section_len += unit->len;
    pipeline->section_units++;
    if (text >= begin && text < begin + decoded->len) {
        return GALLEY_OK;
    }
    unit->text = arena_copy(&pipeline->section, unit->text, unit->len).data;
    return unit->text == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static galley_status read_source(struct pipeline *pipeline, const struct unit *unit) {
    struct galley_document *document = pipeline->document;
    if (pipeline->bilingual.arena == NULL) {
        bilingual_init(&pipeline->bilingual, &document->arena, document->engine->pack,
                       document->source_language.data);
    }
    return bilingual_read(&pipeline->bilingual, unit);
}

static galley_status check_unit(struct pipeline *pipeline, struct unit *unit) {
    galley_status status = preparation_run(&pipeline->preparation, unit);
    if (status != GALLEY_OK) {
        return status;
    }
    pipeline->document->n_words += unit->n_words;
    if (pipeline->document->marks.n_items > 0) {
        marks_see_unit(pipeline->document, unit);
    }
    if (unit->n_locks > 0) {
        status = locks_see_unit(pipeline->document, unit);
    }
    if (pipeline->analysis != NULL && status == GALLEY_OK) {
        status = analysis_unit(pipeline->analysis, unit);
    }
    if (status == GALLEY_OK && unit->source != NULL && pipeline->wants_source) {
        status = read_source(pipeline, unit);
    }
    for (size_t i = 0; i < pipeline->n_runs && status == GALLEY_OK; i++) {
        struct check_run *run = &pipeline->runs[i];
        if (run->check->unit != NULL && !(run->check->needs_source && unit->source == NULL)) {
            status = run->check->unit(run, unit);
        }
    }
    return status;
}

/* Takes the source that was handed over, if it has a paragraph for each of the document's units. */
static galley_status take_source_text(struct pipeline *pipeline) {
    struct galley_document *document = pipeline->document;
    struct source_text *source = &pipeline->source_text;
    if (document->source.data == NULL || !pipeline->wants_source) {
        return GALLEY_OK;
    }
    size_t n = 0;
    galley_status status =
        source_text_read(&document->arena, document->source.data, document->source.len, source);
    if (status == GALLEY_OK) {
        status = source_text_count(pipeline->reader, &n);
    }
    if (status == GALLEY_OK && n != source->n) {
        status = document_warn(
            document, (struct span){0, 0},
            "the source has %zu paragraphs and the text %zu: nothing is compared", source->n, n);
        source->n = 0;
    }
    return status;
}

/* Gives the unit its paragraph of the source. One that was divided is not compared. */
static void give_source(struct pipeline *pipeline, struct unit *unit) {
    if (unit->continues || pipeline->next_paragraph >= pipeline->source_text.n) {
        return;
    }
    const galley_string paragraph = pipeline->source_text.paragraphs[pipeline->next_paragraph++];
    if (unit->source == NULL && pipeline->divider.whole.len <= LIMIT_UNIT_LEN) {
        unit->source = paragraph.data;
        unit->source_len = paragraph.len;
    }
}

static galley_status check_units(struct pipeline *pipeline) {
    galley_status status = take_source_text(pipeline);
    if (status == GALLEY_OK) {
        status = pipeline->reader.format->begin(&pipeline->reader);
    }
    for (size_t index = 0; status == GALLEY_OK; index++) {
        struct unit unit;
        bool found = false;
        status = divider_next(&pipeline->divider, &pipeline->reader, &unit, &found);
        if (status != GALLEY_OK || !found) {
            break;
        }
        unit.index = index;
        give_source(pipeline, &unit);
        if (section_is_full(pipeline)) {
            status = change_section(pipeline, &unit);
        }
        if (status == GALLEY_OK) {
            status = keep_text(pipeline, &unit);
        }
        if (status == GALLEY_OK) {
            status = check_unit(pipeline, &unit);
        }
        passed_to(&pipeline->document->passed, unit_document_offset(&unit, unit.len, true));
    }
    if (pipeline->reader.format->finish != NULL) {
        pipeline->reader.format->finish(&pipeline->reader);
    }
    passed_all(&pipeline->document->passed, pipeline->reader.len);
    return status;
}

static galley_status run_checks(struct galley_document *document, galley_error *error) {
    struct pipeline pipeline = {.document = document};
    pipeline.reader = (struct reader){
        .format = document->format,
        .arena = &document->arena,
        .text = document->decoded.text,
        .len = document->decoded.len,
        .uri = document->uri.data,
        .language = document->language.data,
        .source_language = document->source_language.data,
        .its_rules = document->engine->its_rules,
        .n_its_rules = document->engine->n_its_rules,
        .text_column = document->engine->text_column.data,
        .source_column = document->engine->source_column.data,
        .passed = &document->passed,
        .error = error,
    };
    preparation_init(&pipeline.preparation, &document->memory, document->engine->pack);
    arena_init(&pipeline.section, &document->memory);
    galley_status status = start_checks(&pipeline);
    if (status == GALLEY_OK) {
        status = begin_section(&pipeline);
    }
    if (status == GALLEY_OK) {
        status = check_units(&pipeline);
    }
    if (status == GALLEY_OK) {
        status = judge_section(&pipeline, true);
    }
    if (status == GALLEY_OK) {
        status = warn_of_sections(&pipeline);
    }
    if (status == GALLEY_OK) {
        status = warn_of_dropped(document);
    }
    arena_finish(&pipeline.section);
    preparation_finish(&pipeline.preparation);
    return status;
}

/* A language of which the engine's pack is the general one: "en-GB" for "en". */
static bool pack_speaks(const struct pack *pack, const char *language) {
    const char *own = pack_language(pack);
    const size_t len = strcspn(own, "-");
    for (size_t i = 0; i < len; i++) {
        const char c = language[i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != own[i]) {
            return false;
        }
    }
    return language[len] == '\0' || language[len] == '-';
}

/* A document's name; file names need not be UTF-8, and reports are. */
static galley_string copy_name(struct arena *arena, const char *name) {
    const size_t len = strlen(name);
    char *copy = arena_allocate(arena, len + 1);
    if (copy == NULL) {
        return (galley_string){NULL, 0};
    }
    memcpy(copy, name, len + 1);
    utf8_make_valid(copy);
    return (galley_string){copy, len};
}

static galley_status take_names(struct galley_document *document, const galley_input *input,
                                galley_error *error) {
    const struct galley_engine *engine = document->engine;
    const char *uri = input->uri == NULL ? "" : input->uri;
    const char *language = input->language == NULL ? engine->language.data : input->language;
    if (!pack_speaks(engine->pack, language)) {
        return error_set(error, GALLEY_ERROR_UNSUPPORTED,
                         "the engine has the language “%s”, not “%.*s”",
                         pack_language(engine->pack), error_cut(strlen(language)), language);
    }
    document->uri = copy_name(&document->arena, uri);
    document->language = arena_copy(&document->arena, language, strlen(language));
    return document->uri.data == NULL || document->language.data == NULL ? GALLEY_ERROR_MEMORY
                                                                         : GALLEY_OK;
}

static galley_status take_source(struct galley_document *document, const galley_input *input,
                                 galley_error *error) {
    const char *language = input->source_language == NULL ? document->engine->source_language.data
                                                          : input->source_language;
    document->source_language = arena_copy(&document->arena, language, strlen(language));
    if (document->source_language.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    if (input->source == NULL) {
        return GALLEY_OK;
    }
    if (input->source_len > LIMIT_DOCUMENT_LEN) {
        return error_set(error, GALLEY_ERROR_LIMIT, "the source has %zu bytes; the limit is %zu",
                         input->source_len, LIMIT_DOCUMENT_LEN);
    }
    const size_t valid = utf8_valid_len(input->source, input->source_len);
    if (valid != input->source_len) {
        return error_set_at(error, GALLEY_ERROR_ENCODING, valid, 0,
                            "the source is not UTF-8 at byte %zu", valid);
    }
    document->source = arena_copy(&document->arena, input->source, input->source_len);
    return document->source.data == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static galley_status take_text(struct galley_document *document, const galley_input *input,
                               galley_error *error) {
    if (input->data_len > LIMIT_DOCUMENT_LEN) {
        return error_set(error, GALLEY_ERROR_LIMIT, "the document has %zu bytes; the limit is %zu",
                         input->data_len, LIMIT_DOCUMENT_LEN);
    }
    const char *data = input->data_len == 0 ? "" : input->data;
    if (input->copy) {
        data = arena_copy(&document->arena, data, input->data_len).data;
        if (data == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    document->data = data;
    document->data_len = input->data_len;
    if (!input->copy) {
        document->passed = (struct passed){.tell = input->passed, .context = input->passed_context};
    }
    if (container_is(data, input->data_len)) {
        const galley_status status =
            container_read(&document->arena, data, input->data_len, &document->container,
                           &document->data, &document->data_len, error);
        if (status != GALLEY_OK) {
            return status;
        }
        document->passed.tell = NULL;
    }
    const char *charset = input->encoding;
    if (charset == NULL && document->engine->input_encoding.len > 0) {
        charset = document->engine->input_encoding.data;
    }
    const galley_status status = decode(&document->arena, document->data, document->data_len,
                                        charset, &document->passed, &document->decoded, error);
    if (document->decoded.map != NULL) {
        document->passed.tell = NULL; /* what is read from here on is the document's own */
    }
    return status;
}

static galley_status take_format(struct galley_document *document, const galley_input *input,
                                 galley_error *error) {
    const char *name = input->format;
    if (name == NULL && document->engine->input_format.len > 0) {
        name = document->engine->input_format.data;
    }
    if (name == NULL) {
        document->format =
            format_detect(document->decoded.text, document->decoded.len, document->uri.data);
        return GALLEY_OK;
    }
    document->format = format_find(name, strlen(name));
    if (document->format == NULL) {
        return error_set(error, GALLEY_ERROR_UNSUPPORTED, "there is no input format “%.*s”",
                         error_cut(strlen(name)), name);
    }
    return GALLEY_OK;
}

static galley_status check_document(struct galley_document *document, const galley_input *input,
                                    galley_error *error) {
    galley_status status = take_names(document, input, error);
    if (status == GALLEY_OK) {
        status = take_source(document, input, error);
    }
    if (status == GALLEY_OK) {
        status = take_text(document, input, error);
    }
    if (status == GALLEY_OK) {
        status = take_format(document, input, error);
    }
    if (status == GALLEY_OK) {
        status = marks_find(document);
    }
    if (status == GALLEY_OK) {
        status = run_checks(document, error);
    }
    if (status == GALLEY_OK) {
        document_arrange(document);
        status = waivers_apply(document);
    }
    if (status == GALLEY_OK) {
        status = document_locate(document);
    }
    if (status == GALLEY_OK) {
        status = document_judge(document);
    }
    if (status == GALLEY_OK) {
        status = library_status(error);
    }
    if (status == GALLEY_ERROR_MEMORY) {
        error_set(error, status, "out of memory");
    }
    document->passed.tell = NULL;
    return status;
}

galley_status galley_check(const galley_engine *engine, const galley_input *input,
                           galley_document **document, galley_error *error) {
    if (engine == NULL || input == NULL || document == NULL) {
        return error_set(error, GALLEY_ERROR_ARGUMENT, "a NULL pointer where one is needed");
    }
    /* Hosts that were compiled before a field was added have a smaller structure. */
    galley_input known = {.size = sizeof known};
    if (input->size < offsetof(galley_input, source) ||
        (input->data == NULL && input->data_len > 0)) {
        return error_set(error, GALLEY_ERROR_ARGUMENT,
                         "the input's size is too small, or its data is NULL");
    }
    memcpy(&known, input, input->size < sizeof known ? input->size : sizeof known);
    struct galley_document *made = memory_allocate(&engine->memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *made = (struct galley_document){.memory = engine->memory, .engine = engine};
    arena_init(&made->arena, &made->memory);
    const galley_status status = check_document(made, &known, error);
    if (status != GALLEY_OK) {
        galley_document_destroy(made);
        return status;
    }
    *document = made;
    return GALLEY_OK;
}

void galley_document_destroy(galley_document *document) {
    if (document == NULL) {
        return;
    }
    const struct memory memory = document->memory;
    memory_free(&memory, document->issues);
    memory_free(&memory, document->warnings);
    memory_free(&memory, document->marks.items);
    memory_free(&memory, document->locks.items);
    arena_finish(&document->arena);
    memory_free(&memory, document);
}
