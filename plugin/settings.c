/*
 * Settings: one table of keys, each with its default and the kind of value it takes. A value is
 * judged when it is set, so that the message can name the key and what it would have taken.
 */
#include "settings.h"

#include "base/error.h"
#include "base/nearest.h"
#include "checks/registry.h"
#include "style/house_style.h"
#include "text/utf8.h"
#include "waivers/waiver.h"

#include <string.h>

enum value_kind {
    VALUE_TEXT,     /* anything */
    VALUE_LANGUAGE, /* BCP 47 tag, or empty */
    VALUE_CHECKS,   /* names of checks */
    VALUE_SEVERITY,
    VALUE_SEVERITY_OR_NEVER,
    VALUE_SCORE, /* 0 to 100, with up to three decimals */
    VALUE_WEIGHT,
    VALUE_COUNT,   /* a whole number, or "none" */
    VALUE_DAY,     /* 2027-01-31, or empty */
    VALUE_FORBID,  /* behind a pattern: a message, or empty */
    VALUE_REPLACE, /* behind a pattern: what to write */
    VALUE_BOOLEAN,
    VALUE_SEGMENTS,
    VALUE_DATE_ORDER, /* the four of locale.*, each of which may be empty */
    VALUE_HOURS,
    VALUE_UNITS,
    VALUE_QUOTES
};

struct key {
    const char *name; /* ends in '.' where a check's name or a pattern follows */
    const char *value;
    enum value_kind kind;
};

static const struct key keys[] = {
    {"baseline", "", VALUE_TEXT},
    {"dictionary-path", "", VALUE_TEXT},
    {"disable", "", VALUE_CHECKS},
    {"fail-on", "major", VALUE_SEVERITY_OR_NEVER},
    {"fail-on.", "", VALUE_SEVERITY_OR_NEVER},
    {"forbid.", "", VALUE_FORBID},
    {"glossary", "", VALUE_TEXT},
    {"ignore", "", VALUE_TEXT},
    {"input-encoding", "", VALUE_TEXT},
    {"input-format", "", VALUE_TEXT},
    {"its-rules", "", VALUE_TEXT},
    {"language", "en", VALUE_LANGUAGE},
    {"locale.date", "", VALUE_DATE_ORDER},
    {"locale.hours", "", VALUE_HOURS},
    {"locale.quotes", "", VALUE_QUOTES},
    {"locale.units", "", VALUE_UNITS},
    {"max-issues", "none", VALUE_COUNT},
    {"max-issues.", "none", VALUE_COUNT},
    {"min-score", "0", VALUE_SCORE},
    {"only", "", VALUE_CHECKS},
    {"penalty.critical", "25", VALUE_WEIGHT},
    {"penalty.major", "5", VALUE_WEIGHT},
    {"penalty.minor", "1", VALUE_WEIGHT},
    {"penalty.neutral", "0", VALUE_WEIGHT},
    {"replace.", "", VALUE_REPLACE},
    {"severity.", "", VALUE_SEVERITY},
    {"source-column", "", VALUE_TEXT},
    {"source-language", "", VALUE_LANGUAGE},
    {"speakers", "no", VALUE_BOOLEAN},
    {"suggestions", "yes", VALUE_BOOLEAN},
    {"text-column", "", VALUE_TEXT},
    {"today", "", VALUE_DAY},
    {"waive-segments", "locked", VALUE_SEGMENTS},
    {"weight.", "1", VALUE_WEIGHT},
    {"word-lists", "", VALUE_TEXT},
};

enum { N_KEYS = sizeof keys / sizeof *keys };

static bool same(const char *name, const char *text, size_t len) {
    return strlen(name) == len && memcmp(name, text, len) == 0;
}

static bool is_prefix_key(const struct key *key) {
    return key->name[strlen(key->name) - 1] == '.';
}

static bool holds_pattern(const struct key *key) {
    return key->kind == VALUE_FORBID || key->kind == VALUE_REPLACE;
}

/* The key that `text` names, with the check or pattern behind its dot where it takes one. */
static const struct key *find_key(const char *text, size_t len) {
    for (size_t i = 0; i < N_KEYS; i++) {
        const size_t name_len = strlen(keys[i].name);
        if (same(keys[i].name, text, len) && !is_prefix_key(&keys[i])) {
            return &keys[i];
        }
        if (is_prefix_key(&keys[i]) && len > name_len &&
            memcmp(keys[i].name, text, name_len) == 0 &&
            (holds_pattern(&keys[i]) ||
             registry_find_check(text + name_len, len - name_len) != NULL)) {
            return &keys[i];
        }
    }
    return NULL;
}

static galley_status unknown_key(const char *text, size_t len, galley_error *error) {
    for (size_t i = 0; i < N_KEYS; i++) {
        const size_t name_len = strlen(keys[i].name);
        if (is_prefix_key(&keys[i]) && len > name_len &&
            memcmp(keys[i].name, text, name_len) == 0) {
            return registry_unknown_check(text + name_len, len - name_len, error);
        }
    }
    const char *names[N_KEYS];
    for (size_t i = 0; i < N_KEYS; i++) {
        names[i] = keys[i].name;
    }
    const char *nearest = nearest_name(names, N_KEYS, text, len);
    if (nearest != NULL) {
        return error_set(error, GALLEY_ERROR_SETTINGS,
                         "unknown setting “%.*s”; the nearest one is “%s”", error_cut(len), text,
                         nearest);
    }
    return error_set(error, GALLEY_ERROR_SETTINGS, "unknown setting “%.*s”", error_cut(len), text);
}

static bool is_language_tag(const char *text, size_t len) {
    size_t part = 0;
    for (size_t i = 0; i < len; i++) {
        const char c = text[i];
        if (c == '-') {
            if (part == 0) {
                return false;
            }
            part = 0;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   (i > 0 && c >= '0' && c <= '9')) {
            if (++part > 8) {
                return false;
            }
        } else {
            return false;
        }
    }
    return len == 0 || (part > 0 && len >= 2 && len <= 35);
}

/* Digits, then at most three decimals. */
static bool parse_thousandths(const char *text, size_t len, long *thousandths) {
    long value = 0;
    size_t decimals = 0;
    bool point = false;
    bool digits = false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '.' && !point) {
            point = true;
        } else if (text[i] >= '0' && text[i] <= '9' && value < 100000000L &&
                   (!point || decimals < 3)) {
            value = value * 10 + (text[i] - '0');
            decimals += point;
            digits = true;
        } else {
            return false;
        }
    }
    for (; decimals < 3; decimals++) {
        value *= 10;
    }
    *thousandths = value;
    return digits;
}

long settings_thousandths(galley_string value) {
    long thousandths = 0;
    parse_thousandths(value.data, value.len, &thousandths);
    return thousandths;
}

bool settings_severity(galley_string value, galley_severity *severity) {
    for (int i = GALLEY_NEUTRAL; i <= GALLEY_CRITICAL; i++) {
        if (same(galley_severity_name((galley_severity)i), value.data, value.len)) {
            *severity = (galley_severity)i;
            return true;
        }
    }
    return false;
}

bool settings_next_name(galley_string *list, galley_string *name) {
    size_t begin = 0;
    while (begin < list->len && (list->data[begin] == ',' || list->data[begin] == ' ' ||
                                 list->data[begin] == '\t' || list->data[begin] == '\n')) {
        begin++;
    }
    size_t end = begin;
    while (end < list->len && list->data[end] != ',' && list->data[end] != ' ' &&
           list->data[end] != '\t' && list->data[end] != '\n') {
        end++;
    }
    *name = (galley_string){list->data + begin, end - begin};
    list->data += end;
    list->len -= end;
    return name->len > 0;
}

static galley_status judge_checks(const char *value, size_t len, galley_error *error) {
    galley_string list = {value, len};
    galley_string name;
    while (settings_next_name(&list, &name)) {
        if (registry_find_check(name.data, name.len) == NULL) {
            return registry_unknown_check(name.data, name.len, error);
        }
    }
    return GALLEY_OK;
}

/* What the values of a kind are, in words. */
static const char *takes(enum value_kind kind) {
    switch (kind) {
    case VALUE_LANGUAGE:
        return "a BCP 47 language tag such as “en” or “en-GB”";
    case VALUE_CHECKS:
        return "names of checks, separated by commas";
    case VALUE_SEVERITY_OR_NEVER:
        return "“neutral”, “minor”, “major”, “critical” or “never”";
    case VALUE_SEVERITY:
        return "“neutral”, “minor”, “major” or “critical”";
    case VALUE_SCORE:
        return "a number from 0 to 100";
    case VALUE_WEIGHT:
        return "a number from 0 to 1000";
    case VALUE_COUNT:
        return "a whole number, or “none”";
    case VALUE_DAY:
        return "a day such as 2027-01-31";
    case VALUE_BOOLEAN:
        return "“yes” or “no”";
    case VALUE_FORBID:
        return "a message, or nothing";
    case VALUE_REPLACE:
        return "what to write; behind “ | ”, a message";
    case VALUE_SEGMENTS:
        return "“locked”, “approved”, both, or “none”";
    case VALUE_DATE_ORDER:
        return "“day-first”, “month-first”, “year-first” or nothing";
    case VALUE_HOURS:
        return "“12”, “24” or nothing";
    case VALUE_UNITS:
        return "“metric”, “imperial” or nothing";
    case VALUE_QUOTES:
        return "an opening and a closing mark, such as “«»”, or nothing";
    case VALUE_TEXT:
        break;
    }
    return "text";
}

static bool is_segments(galley_string list) {
    galley_string name;
    size_t n = 0;
    if (same("none", list.data, list.len)) {
        return true;
    }
    for (; settings_next_name(&list, &name); n++) {
        if (!same("locked", name.data, name.len) && !same("approved", name.data, name.len)) {
            return false;
        }
    }
    return n > 0;
}

/* Whether a kind has the value; names of checks are judged by judge_checks. */
static bool is_value(enum value_kind kind, const char *value, size_t len) {
    long number = 0;
    galley_severity severity;
    switch (kind) {
    case VALUE_LANGUAGE:
        return is_language_tag(value, len);
    case VALUE_SEVERITY_OR_NEVER:
        return same("never", value, len) ||
               settings_severity((galley_string){value, len}, &severity);
    case VALUE_SEVERITY:
        return settings_severity((galley_string){value, len}, &severity);
    case VALUE_SCORE:
        return parse_thousandths(value, len, &number) && number <= 100000;
    case VALUE_WEIGHT:
        return parse_thousandths(value, len, &number) && number <= 1000000;
    case VALUE_COUNT:
        return same("none", value, len) ||
               (memchr(value, '.', len) == NULL && parse_thousandths(value, len, &number));
    case VALUE_DAY:
        return len == 0 || waiver_day(value, len) != 0;
    case VALUE_BOOLEAN:
        return same("yes", value, len) || same("no", value, len);
    case VALUE_SEGMENTS:
        return is_segments((galley_string){value, len});
    case VALUE_DATE_ORDER:
        return len == 0 || same("day-first", value, len) || same("month-first", value, len) ||
               same("year-first", value, len);
    case VALUE_HOURS:
        return len == 0 || same("12", value, len) || same("24", value, len);
    case VALUE_UNITS:
        return len == 0 || same("metric", value, len) || same("imperial", value, len);
    case VALUE_QUOTES:
        return len == 0 || utf8_count(value, len) == 2;
    case VALUE_TEXT:
    case VALUE_CHECKS:
    case VALUE_FORBID:
    case VALUE_REPLACE:
        break;
    }
    return true;
}

galley_status galley_settings_create(const galley_allocator *allocator,
                                     galley_settings **settings) {
    if (settings == NULL) {
        return GALLEY_ERROR_ARGUMENT;
    }
    struct memory memory = {0};
    if (allocator != NULL) {
        if (allocator->size < sizeof *allocator || allocator->allocate == NULL) {
            return GALLEY_ERROR_ARGUMENT;
        }
        memory = (struct memory){allocator->allocate, allocator->context};
    }
    galley_settings *made = memory_allocate(&memory, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    *made = (galley_settings){.memory = memory};
    *settings = made;
    return GALLEY_OK;
}

void galley_settings_destroy(galley_settings *settings) {
    if (settings == NULL) {
        return;
    }
    const struct memory memory = settings->memory;
    for (size_t i = 0; i < settings->n_items; i++) {
        memory_free(&memory, settings->items[i].key);
        memory_free(&memory, settings->items[i].value);
    }
    memory_free(&memory, settings->items);
    memory_free(&memory, settings);
}

static struct setting *find_item(const struct galley_settings *settings, const char *key,
                                 size_t key_len) {
    for (size_t i = 0; i < settings->n_items; i++) {
        struct setting *item = &settings->items[i];
        if (item->key_len == key_len && memcmp(item->key, key, key_len) == 0) {
            return item;
        }
    }
    return NULL;
}

static char *copy_text(const struct memory *memory, const char *text, size_t len) {
    char *copy = memory_allocate(memory, len + 1);
    if (copy != NULL) {
        if (len > 0) {
            memcpy(copy, text, len);
        }
        copy[len] = '\0';
    }
    return copy;
}

static galley_status add_item(galley_settings *settings, const char *key, size_t key_len,
                              char *value, size_t value_len) {
    if (!memory_grow(&settings->memory, &settings->items, &settings->capacity,
                     sizeof *settings->items, settings->n_items + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    char *name = copy_text(&settings->memory, key, key_len);
    if (name == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    settings->items[settings->n_items++] = (struct setting){name, value, key_len, value_len};
    return GALLEY_OK;
}

static galley_status judge_setting(const struct memory *memory, const char *key, size_t key_len,
                                   const char *value, size_t value_len, galley_error *error) {
    if (utf8_valid_len(key, key_len) != key_len || memchr(key, '\0', key_len) != NULL) {
        return error_set(error, GALLEY_ERROR_SETTINGS, "the setting's name is not text");
    }
    if (value_len > 0 &&
        (utf8_valid_len(value, value_len) != value_len || memchr(value, '\0', value_len) != NULL)) {
        return error_set(error, GALLEY_ERROR_SETTINGS, "the value of “%.*s” is not UTF-8 text",
                         error_cut(key_len), key);
    }
    const struct key *known = find_key(key, key_len);
    if (known == NULL) {
        return unknown_key(key, key_len, error);
    }
    if (known->kind == VALUE_CHECKS) {
        return judge_checks(value, value_len, error);
    }
    if (holds_pattern(known)) {
        const size_t name_len = strlen(known->name);
        return house_style_judge(memory, key + name_len, key_len - name_len, error);
    }
    if (!is_value(known->kind, value, value_len)) {
        return error_set(error, GALLEY_ERROR_SETTINGS, "“%.*s” takes %s, not “%.*s”",
                         error_cut(key_len), key, takes(known->kind), error_cut(value_len), value);
    }
    return GALLEY_OK;
}

galley_status galley_settings_set(galley_settings *settings, const char *key, size_t key_len,
                                  const char *value, size_t value_len, galley_error *error) {
    if (settings == NULL || key == NULL || (value == NULL && value_len > 0)) {
        return GALLEY_ERROR_ARGUMENT;
    }
    value = value == NULL ? "" : value;
    galley_status status = judge_setting(&settings->memory, key, key_len, value, value_len, error);
    if (status != GALLEY_OK) {
        return status;
    }
    char *copy = copy_text(&settings->memory, value, value_len);
    if (copy == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    struct setting *item = find_item(settings, key, key_len);
    if (item != NULL) {
        memory_free(&settings->memory, item->value);
        item->value = copy;
        item->value_len = value_len;
        return GALLEY_OK;
    }
    status = add_item(settings, key, key_len, copy, value_len);
    if (status != GALLEY_OK) {
        memory_free(&settings->memory, copy);
        return error_set(error, status, "out of memory");
    }
    return GALLEY_OK;
}

galley_status galley_settings_get(const galley_settings *settings, const char *key, size_t key_len,
                                  galley_string *value) {
    if (settings == NULL || key == NULL || value == NULL) {
        return GALLEY_ERROR_ARGUMENT;
    }
    const struct key *known = find_key(key, key_len);
    if (known == NULL) {
        return GALLEY_ERROR_SETTINGS;
    }
    const struct setting *item = find_item(settings, key, key_len);
    *value = item != NULL ? (galley_string){item->value, item->value_len}
                          : (galley_string){known->value, strlen(known->value)};
    return GALLEY_OK;
}

size_t galley_settings_n_keys(void) {
    return N_KEYS;
}

galley_status galley_settings_key(size_t index, galley_setting_key *key) {
    if (key == NULL || key->size < sizeof *key || index >= N_KEYS) {
        return GALLEY_ERROR_ARGUMENT;
    }
    key->name = keys[index].name;
    key->variable = holds_pattern(&keys[index])   ? "PATTERN"
                    : is_prefix_key(&keys[index]) ? "CHECK"
                                                  : "";
    key->value = keys[index].value;
    key->takes = takes(keys[index].kind);
    return GALLEY_OK;
}

galley_string settings_value(const struct galley_settings *settings, const char *key) {
    galley_string value = {"", 0};
    galley_settings_get(settings, key, strlen(key), &value);
    return value;
}

galley_string settings_check_value(const struct galley_settings *settings, const char *prefix,
                                   const char *check) {
    const size_t prefix_len = strlen(prefix);
    for (size_t i = 0; i < settings->n_items; i++) {
        const struct setting *item = &settings->items[i];
        if (item->key_len > prefix_len && memcmp(item->key, prefix, prefix_len) == 0 &&
            strcmp(item->key + prefix_len, check) == 0) {
            return (galley_string){item->value, item->value_len};
        }
    }
    return (galley_string){"", 0};
}
