/*
 * Compiles the section "numerals" (numerals.h) from ../numbers: languages.tsv, units.tsv, a table
 * of each language, and more.tsv, whose rows begin with a language's tag.
 */
#include "base/error.h"
#include "language/numerals.h"
#include "language/section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct word {
    uint64_t hash;
    double value;
    uint32_t kind;
};

struct making {
    const struct section_source *source;
    galley_error *error;
    struct numerals_head head;
    struct word *words;
    size_t n_words, capacity;
    const char *dimensions[NUMERAL_UNITS_MAX];
    uint32_t n_dimensions;
};

static const char *const kind_names[NUMERAL_KINDS] = {
    "cardinal", "ordinal", "multiplier", "perhaps", "month",  "percent", "unit",  "currency",
    "implied",  "era",     "noon",       "joiner",  "suffix", "male",    "female"};

static uint32_t dimension_of(struct making *making, const char *name) {
    for (uint32_t i = 0; i < making->n_dimensions; i++) {
        if (strcmp(making->dimensions[i], name) == 0) {
            return i;
        }
    }
    making->dimensions[making->n_dimensions] = name;
    return making->n_dimensions++;
}

static bool read_units(struct making *making) {
    struct table table;
    if (!table_open(&table, making->source->arena, making->source->directory,
                    "../numbers/units.tsv", making->error)) {
        return false;
    }
    while (table_next(&table)) {
        if (table.n_fields < 4 || making->head.n_units == NUMERAL_UNITS_MAX ||
            strlen(table.fields[0]) >= sizeof making->head.units[0].name) {
            return table_fail(&table, making->error,
                              "not \"unit TAB dimension TAB factor TAB system\"");
        }
        struct numeral_unit *unit = &making->head.units[making->head.n_units++];
        strcpy(unit->name, table.fields[0]);
        unit->dimension = dimension_of(making, table.fields[1]);
        unit->factor = strtod(table.fields[2], NULL);
        unit->system = strcmp(table.fields[3], "metric") == 0     ? UNITS_METRIC
                       : strcmp(table.fields[3], "imperial") == 0 ? UNITS_IMPERIAL
                                                                  : UNITS_ANY;
        unit->offset = table.n_fields > 4 ? strtod(table.fields[4], NULL) : 0;
    }
    return true;
}

/* The value of a row; false for a unit or currency that there is none of. */
static bool read_value(const struct making *making, enum numeral_kind kind, const char *text,
                       double *value) {
    if (kind == NUMERAL_CURRENCY) {
        *value = strlen(text) == 3 ? (text[0] << 16) + (text[1] << 8) + text[2] : 0;
        return *value > 0;
    }
    if (kind == NUMERAL_UNIT) {
        for (uint32_t i = 0; i < making->head.n_units; i++) {
            if (strcmp(making->head.units[i].name, text) == 0) {
                *value = i;
                return true;
            }
        }
        return false;
    }
    char *end;
    *value = strtod(text, &end);
    return end != text && *end == '\0';
}

static bool set_trait(struct numeral_language *language, const char *kind, const char *value) {
    const uint32_t number = (uint32_t)strtoul(value, NULL, 10);
    if (strcmp(kind, "decimal") == 0) {
        language->decimal = number;
    } else if (strcmp(kind, "group") == 0) {
        language->group = number;
    } else if (strcmp(kind, "compounds") == 0) {
        language->compounds = number != 0;
    } else if (strcmp(kind, "unspaced") == 0) {
        language->unspaced = number != 0;
    } else {
        return false;
    }
    return true;
}

/* A row's last three fields: word, kind, value. */
static bool add_row(struct making *making, struct table *table, char *const *fields,
                    unsigned language) {
    if (strcmp(fields[0], "*") == 0) {
        return set_trait(&making->head.languages[language], fields[1], fields[2]) ||
               table_fail(table, making->error, "nothing is known of “%s”", fields[1]);
    }
    unsigned kind = 0;
    while (kind < NUMERAL_KINDS && strcmp(kind_names[kind], fields[1]) != 0) {
        kind++;
    }
    struct word word = {.kind = kind};
    struct pack_key key;
    if (kind == NUMERAL_KINDS || !pack_key_make(&key, fields[0], strlen(fields[0])) ||
        !read_value(making, (enum numeral_kind)kind, fields[2], &word.value)) {
        return table_fail(table, making->error, "not \"word TAB kind TAB value\"");
    }
    if (!memory_grow(making->source->arena->memory, &making->words, &making->capacity,
                     sizeof *making->words, making->n_words + 1)) {
        error_set(making->error, GALLEY_ERROR_MEMORY, "no memory");
        return false;
    }
    word.hash = numeral_hash(key.hash, language);
    making->words[making->n_words++] = word;
    return true;
}

static bool read_words(struct making *making, unsigned language) {
    char name[40];
    snprintf(name, sizeof name, "../numbers/%s.tsv", making->head.languages[language].tag);
    struct table table;
    if (!table_open(&table, making->source->arena, making->source->directory, name,
                    making->error)) {
        return false;
    }
    while (table_next(&table)) {
        if (table.n_fields != 3) {
            return table_fail(&table, making->error, "not \"word TAB kind TAB value\"");
        }
        if (!add_row(making, &table, table.fields, language)) {
            return false;
        }
    }
    return true;
}

static bool read_languages(struct making *making) {
    struct table table;
    if (!table_open(&table, making->source->arena, making->source->directory,
                    "../numbers/languages.tsv", making->error)) {
        return false;
    }
    while (table_next(&table)) {
        if (table.n_fields != 2 || making->head.n_languages == NUMERAL_LANGUAGES_MAX ||
            strlen(table.fields[0]) >= sizeof making->head.languages[0].tag) {
            return table_fail(&table, making->error, "not \"language TAB characters\"");
        }
        const unsigned language = making->head.n_languages++;
        strcpy(making->head.languages[language].tag, table.fields[0]);
        making->head.languages[language].characters = (uint32_t)strtoul(table.fields[1], NULL, 10);
        if (!read_words(making, language)) {
            return false;
        }
    }
    return true;
}

static bool read_scripts(struct making *making) {
    static const char *const names[SCRIPTS] = {"han", "hiragana", "katakana", "other"};
    struct table table;
    if (!table_open(&table, making->source->arena, making->source->directory,
                    "../numbers/scripts.tsv", making->error)) {
        return false;
    }
    while (table_next(&table)) {
        unsigned language = 0;
        unsigned script = 0;
        while (table.n_fields == 3 && language < making->head.n_languages &&
               strcmp(making->head.languages[language].tag, table.fields[0]) != 0) {
            language++;
        }
        while (table.n_fields == 3 && script < SCRIPTS &&
               strcmp(names[script], table.fields[1]) != 0) {
            script++;
        }
        if (table.n_fields != 3 || language == making->head.n_languages || script == SCRIPTS) {
            return table_fail(&table, making->error, "not \"language TAB script TAB percent\"");
        }
        making->head.languages[language].weights[script] =
            (uint16_t)strtoul(table.fields[2], NULL, 10);
    }
    return true;
}

static bool read_more(struct making *making) {
    struct table table;
    if (!table_open(&table, making->source->arena, making->source->directory, "../numbers/more.tsv",
                    making->error)) {
        return false;
    }
    while (table_next(&table)) {
        unsigned language = 0;
        while (language < making->head.n_languages && table.n_fields == 4 &&
               strcmp(making->head.languages[language].tag, table.fields[0]) != 0) {
            language++;
        }
        if (table.n_fields != 4 || language == making->head.n_languages) {
            return table_fail(&table, making->error,
                              "not \"language TAB word TAB kind TAB value\"");
        }
        if (!add_row(making, &table, table.fields + 1, language)) {
            return false;
        }
    }
    return true;
}

/* One place a word and kind: what is said later does not change what was said first. */
static void put_word(struct numeral_place *places, uint32_t mask, const struct word *word) {
    uint32_t at = (uint32_t)(word->hash >> 8) & mask;
    while (places[at].hash != 0) {
        if (places[at].hash == word->hash && places[at].kind == word->kind) {
            return;
        }
        at = (at + 1) & mask;
    }
    places[at] = (struct numeral_place){word->hash, word->value, word->kind, 0};
}

static bool write_section(struct making *making, struct buffer *out) {
    uint32_t n_places = 64;
    while (n_places < making->n_words + making->n_words / 3) {
        n_places *= 2;
    }
    struct numeral_place *places =
        arena_allocate_zeroed(making->source->arena, n_places * sizeof *places);
    if (places == NULL) {
        return false;
    }
    for (size_t i = 0; i < making->n_words; i++) {
        const uint32_t bit = numeral_filter_bit(making->words[i].hash);
        put_word(places, n_places - 1, &making->words[i]);
        making->head.filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    making->head.n_places = n_places;
    return buffer_append(out, &making->head, sizeof making->head) &&
           buffer_append(out, places, n_places * sizeof *places);
}

bool section_numerals_compile(const struct section_source *source, struct buffer *out,
                              galley_error *error) {
    struct making *making = arena_allocate_zeroed(source->arena, sizeof *making);
    if (making == NULL) {
        error_set(error, GALLEY_ERROR_MEMORY, "no memory");
        return false;
    }
    making->source = source;
    making->error = error;
    bool done =
        read_units(making) && read_languages(making) && read_scripts(making) && read_more(making);
    if (done && making->head.n_languages > 0 && !write_section(making, out)) {
        error_set(error, GALLEY_ERROR_MEMORY, "no memory");
        done = false;
    }
    memory_free(source->arena->memory, making->words);
    return done;
}
