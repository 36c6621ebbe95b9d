/*
 * Building an engine: where the language pack is, and what the settings ask for.
 */
#include "engine.h"

#include "base/error.h"
#include "base/file.h"
#include "bilingual/glossary.h"
#include "formats/format.h"
#include "its/its.h"
#include "language/pack_search.h"
#include "language/spelling.h"
#include "settings.h"
#include "style/house_style.h"
#include "text/utf8.h"
#include "waivers/waivers.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A search for one pack: the path that was tried last, and all of them for the message. */
struct search {
    char name[48];
    char path[PACK_PATH_MAX + 64];
    char tried[384];
    size_t tried_len;
};

static bool find_pack(struct search *search, galley_string folders) {
    char folder[PACK_PATH_MAX];
    for (size_t i = 0; pack_folder(folders, i, folder); i++) {
        snprintf(search->path, sizeof search->path, "%s/%s", folder, search->name);
        if (folder[0] == '\0') {
            continue;
        }
        if (access(search->path, F_OK) == 0) {
            return true;
        }
        const size_t left = sizeof search->tried - search->tried_len;
        const int more = snprintf(search->tried + search->tried_len, left, "%s%s",
                                  search->tried_len == 0 ? "" : ", ", search->path);
        if (more > 0 && (size_t)more < left) {
            search->tried_len += (size_t)more;
        }
    }
    return false;
}

static galley_status open_pack(struct galley_engine *engine, const struct galley_settings *settings,
                               galley_error *error) {
    struct search search = {.tried_len = 0};
    const size_t len = strcspn(engine->language.data, "-");
    snprintf(search.name, sizeof search.name, "%.*s.galley", (int)len, engine->language.data);
    for (char *c = search.name; *c != '\0'; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    if (!find_pack(&search, settings_value(settings, "dictionary-path"))) {
        return error_set(error, GALLEY_ERROR_DICTIONARY,
                         "no language pack %s; looked for it as %s. Install the language's package "
                         "or name its folder in the setting dictionary-path",
                         search.name, search.tried);
    }
    return pack_open(&engine->memory, search.path, &engine->pack, error);
}

static bool copy_value(struct galley_engine *engine, const struct galley_settings *settings,
                       const char *key, galley_string *copy) {
    const galley_string value = settings_value(settings, key);
    *copy = arena_copy(&engine->arena, value.data, value.len);
    return copy->data != NULL;
}

static bool list_names(galley_string list, const char *name) {
    galley_string item;
    while (settings_next_name(&list, &item)) {
        if (strlen(name) == item.len && memcmp(name, item.data, item.len) == 0) {
            return true;
        }
    }
    return false;
}

static size_t count_value(galley_string value) {
    return value.len == 0 || value.data[0] == 'n' ? SIZE_MAX
                                                  : (size_t)settings_thousandths(value) / 1000;
}

/* The check's own threshold, or the one for all. */
static unsigned fail_on_of(const struct galley_settings *settings, const char *check) {
    galley_string value = settings_check_value(settings, "fail-on.", check);
    if (value.len == 0) {
        value = settings_value(settings, "fail-on");
    }
    galley_severity severity;
    return settings_severity(value, &severity) ? (unsigned)severity : CHECK_NEVER_FAILS;
}

static void read_penalties(struct galley_engine *engine, const struct galley_settings *settings) {
    static const char *const keys[] = {[GALLEY_NEUTRAL] = "penalty.neutral",
                                       [GALLEY_MINOR] = "penalty.minor",
                                       [GALLEY_MAJOR] = "penalty.major",
                                       [GALLEY_CRITICAL] = "penalty.critical"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        engine->penalties[i] = (unsigned)settings_thousandths(settings_value(settings, keys[i]));
    }
}

/* The checks of check->covers, a bit each. */
static uint64_t covers_of(const struct check *check) {
    uint64_t covers = 0;
    for (size_t i = 0; i < registry_n_checks() && check->covers != NULL; i++) {
        const galley_string list = {check->covers, strlen(check->covers)};
        covers |= (uint64_t)list_names(list, registry_check(i)->name) << i;
    }
    return covers;
}

static void read_check_settings(struct galley_engine *engine,
                                const struct galley_settings *settings) {
    const galley_string only = settings_value(settings, "only");
    const galley_string disable = settings_value(settings, "disable");
    for (size_t i = 0; i < registry_n_checks(); i++) {
        const struct check *check = registry_check(i);
        struct check_settings *own = &engine->checks[i];
        own->enabled =
            (only.len == 0 || list_names(only, check->name)) && !list_names(disable, check->name);
        own->covers = covers_of(check);
        own->severity_set = settings_severity(
            settings_check_value(settings, "severity.", check->name), &own->severity);
        own->fail_on = fail_on_of(settings, check->name);
        const galley_string weight = settings_check_value(settings, "weight.", check->name);
        own->weight = weight.len == 0 ? 1000 : (unsigned)settings_thousandths(weight);
        own->max_issues = count_value(settings_check_value(settings, "max-issues.", check->name));
        engine->wants_analysis |= own->enabled && check->needs_analysis;
    }
}

static bool setting_is(const struct galley_settings *settings, const char *key, const char *value) {
    return strcmp(settings_value(settings, key).data, value) == 0;
}

static void read_locale_rules(struct galley_engine *engine,
                              const struct galley_settings *settings) {
    struct locale_rules *rules = &engine->locale;
    rules->date = setting_is(settings, "locale.date", "day-first")     ? DATE_DAY_FIRST
                  : setting_is(settings, "locale.date", "month-first") ? DATE_MONTH_FIRST
                  : setting_is(settings, "locale.date", "year-first")  ? DATE_YEAR_FIRST
                                                                       : DATE_ANY;
    rules->hours =
        (unsigned)(settings_thousandths(settings_value(settings, "locale.hours")) / 1000);
    rules->units = setting_is(settings, "locale.units", "metric")     ? UNITS_METRIC
                   : setting_is(settings, "locale.units", "imperial") ? UNITS_IMPERIAL
                                                                      : UNITS_ANY;
    const galley_string quotes = settings_value(settings, "locale.quotes");
    size_t at = 0;
    for (int i = 0; i < 2 && at < quotes.len; i++) {
        rules->quotes[i] = utf8_next(quotes.data, &at);
    }
    rules->are_set = rules->date != DATE_ANY || rules->hours != 0 || rules->units != UNITS_ANY ||
                     rules->quotes[0] != 0;
}

static galley_status read_settings(struct galley_engine *engine,
                                   const struct galley_settings *settings, galley_error *error) {
    if (!copy_value(engine, settings, "language", &engine->language) ||
        !copy_value(engine, settings, "source-language", &engine->source_language) ||
        !copy_value(engine, settings, "text-column", &engine->text_column) ||
        !copy_value(engine, settings, "source-column", &engine->source_column) ||
        !copy_value(engine, settings, "input-format", &engine->input_format) ||
        !copy_value(engine, settings, "input-encoding", &engine->input_encoding)) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    if (engine->input_format.len > 0 &&
        format_find(engine->input_format.data, engine->input_format.len) == NULL) {
        return error_set(error, GALLEY_ERROR_UNSUPPORTED, "there is no input format “%.*s”",
                         error_cut(engine->input_format.len), engine->input_format.data);
    }
    if (engine->language.len == 0) {
        return error_set(error, GALLEY_ERROR_SETTINGS, "the setting “language” is empty");
    }
    read_penalties(engine, settings);
    engine->min_score = (unsigned)settings_thousandths(settings_value(settings, "min-score"));
    engine->max_issues = count_value(settings_value(settings, "max-issues"));
    engine->suggestions = settings_value(settings, "suggestions").data[0] == 'y';
    engine->speakers = settings_value(settings, "speakers").data[0] == 'y';
    engine->wants_analysis = engine->speakers;
    const galley_string segments = settings_value(settings, "waive-segments");
    engine->waived_locks = (unsigned)list_names(segments, "locked") << LOCK_LOCKED |
                           (unsigned)list_names(segments, "approved") << LOCK_APPROVED;
    read_check_settings(engine, settings);
    read_locale_rules(engine, settings);
    return GALLEY_OK;
}

/* The files of the setting "its-rules". */
static galley_status read_its_rules(struct galley_engine *engine, galley_string paths,
                                    galley_error *error) {
    size_t n = 0;
    for (size_t i = 0; i < paths.len; i++) {
        n += paths.data[i] == ':';
    }
    struct its_rules_file *files = arena_allocate(&engine->arena, (n + 1) * sizeof *files);
    if (files == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    engine->its_rules = files;
    galley_status status = GALLEY_OK;
    while (paths.len > 0 && status == GALLEY_OK) {
        const size_t len = strcspn(paths.data, ":");
        struct its_rules_file *file = &files[engine->n_its_rules];
        file->path = arena_copy(&engine->arena, paths.data, len);
        if (file->path.data == NULL) {
            return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
        }
        if (len > 0) {
            status = file_read_text(&engine->arena, file->path.data, &file->text, error);
            engine->n_its_rules++;
        }
        const size_t behind = len + (len < paths.len);
        paths = (galley_string){paths.data + behind, paths.len - behind};
    }
    return status;
}

static galley_status load_language(struct galley_engine *engine,
                                   const struct galley_settings *settings, galley_error *error) {
    galley_status status = open_pack(engine, settings, error);
    if (status == GALLEY_OK) {
        status =
            spelling_create(&engine->memory, engine->pack, engine->language.data,
                            settings_value(settings, "word-lists").data, &engine->spelling, error);
    }
    return status;
}

static galley_status load_waivers(struct galley_engine *engine,
                                  const struct galley_settings *settings, galley_error *error) {
    const galley_string today = settings_value(settings, "today");
    return waivers_create(&engine->memory, settings_value(settings, "ignore"),
                          settings_value(settings, "baseline"), waiver_day(today.data, today.len),
                          &engine->waivers, error);
}

galley_status galley_engine_create(const galley_settings *settings, galley_engine **engine,
                                   galley_error *error) {
    if (settings == NULL || engine == NULL) {
        return error_set(error, GALLEY_ERROR_ARGUMENT, "a NULL pointer where one is needed");
    }
    galley_engine *made = memory_allocate(&settings->memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *made = (galley_engine){.memory = settings->memory};
    arena_init(&made->arena, &made->memory);
    galley_status status = read_settings(made, settings, error);
    if (status == GALLEY_OK) {
        status = load_language(made, settings, error);
    }
    if (status == GALLEY_OK) {
        status = load_waivers(made, settings, error);
    }
    if (status == GALLEY_OK) {
        status = read_its_rules(made, settings_value(settings, "its-rules"), error);
    }
    if (status == GALLEY_OK) {
        status = house_style_create(&made->memory, settings, &made->style, error);
    }
    if (status == GALLEY_OK) {
        status = glossary_create(&made->memory, settings_value(settings, "glossary"),
                                 made->language.data, made->source_language.data, &made->glossary,
                                 error);
    }
    if (status != GALLEY_OK) {
        galley_engine_destroy(made);
        return status;
    }
    *engine = made;
    return GALLEY_OK;
}

void galley_engine_destroy(galley_engine *engine) {
    if (engine == NULL) {
        return;
    }
    const struct memory memory = engine->memory;
    house_style_destroy(engine->style);
    glossary_destroy(engine->glossary);
    waivers_destroy(engine->waivers);
    spelling_destroy(engine->spelling);
    pack_close(engine->pack);
    arena_finish(&engine->arena);
    memory_free(&memory, engine);
}

size_t galley_engine_n_checks(const galley_engine *engine) {
    return engine == NULL ? 0 : registry_n_checks();
}

galley_status galley_engine_check_info(const galley_engine *engine, size_t index,
                                       galley_check_info *info) {
    if (engine == NULL || info == NULL || info->size < sizeof *info ||
        index >= registry_n_checks()) {
        return GALLEY_ERROR_ARGUMENT;
    }
    const struct check *check = registry_check(index);
    info->name = check->name;
    info->its_type = check->its_type;
    info->mqm = check->mqm;
    info->summary = check->summary;
    info->explanation = check->explanation == NULL ? "" : check->explanation;
    info->severity = check->severity;
    info->enabled = engine->checks[index].enabled;
    return GALLEY_OK;
}
