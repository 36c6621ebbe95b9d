/*
 * Reading pack.ini, the Hunspell dictionaries it names, and the tables, into the drafts of forms.
 *
 * pack.ini has
 *
 *     [pack]       language = BCP 47 tag
 *     [hunspell]   dictionaries = names of .aff/.dic pairs; the forms of all are accepted
 *     [words]      what run time needs, handed on as it stands (docs of each key in pack.ini)
 *
 * A key given twice, or on indented lines below, goes on with a space.
 *
 * Tables that make words: words, names, given_names, surnames, flags, classes, variants, spellings. Tables that
 * only say something of words that others make: frequency, parts. A frequency list is counted from
 * running text, typing errors and all, and must not make them words.
 */
#include "base/error.h"
#include "language/hunspell.h"
#include "language/pack_compiler.h"
#include "language/pack_format.h"

#include <ini.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uscript.h>

/* ---- pack.ini ---- */

struct setting {
    char key[64];
    struct buffer value;
};

struct settings_reading {
    struct compiler *compiler;
    struct setting settings[32]; /* of [words] */
    size_t n;
    struct buffer dictionaries;
    bool failed;
};

static bool append_value(struct buffer *buffer, const char *value) {
    return (buffer->len == 0 || buffer_append(buffer, " ", 1)) &&
           buffer_append(buffer, value, strlen(value));
}

static struct setting *find_setting(struct settings_reading *reading, const char *key) {
    for (size_t i = 0; i < reading->n; i++) {
        if (strcmp(reading->settings[i].key, key) == 0) {
            return &reading->settings[i];
        }
    }
    if (reading->n == sizeof reading->settings / sizeof *reading->settings ||
        strlen(key) >= sizeof reading->settings[0].key) {
        return NULL;
    }
    struct setting *setting = &reading->settings[reading->n];
    reading->n++;
    strcpy(setting->key, key);
    setting->value = (struct buffer){.memory = reading->compiler->arena->memory};
    return setting;
}

static int take_setting(void *context, const char *section, const char *key, const char *value) {
    struct settings_reading *reading = context;
    struct compiler *compiler = reading->compiler;
    if (strcmp(section, "pack") == 0 && strcmp(key, "language") == 0 &&
        strlen(value) < sizeof compiler->language) {
        strcpy(compiler->language, value);
        return 1;
    }
    if (strcmp(section, "hunspell") == 0 && strcmp(key, "dictionaries") == 0) {
        return append_value(&reading->dictionaries, value);
    }
    struct setting *setting =
        strcmp(section, "words") == 0 ? find_setting(reading, key) : NULL;
    return setting != NULL && append_value(&setting->value, value);
}

/* The setting "scripts": what the language is written in (text/character.h). */
static bool add_scripts(struct compiler *compiler) {
    UScriptCode scripts[8];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t n = uscript_getCode(compiler->language, scripts, 8, &status);
    bool done = buffer_append(&compiler->settings, "scripts=", strlen("scripts="));
    for (int32_t i = 0; done && U_SUCCESS(status) && i < n; i++) {
        const galley_string number =
            arena_format(compiler->arena, i == 0 ? "%u" : " %u", (unsigned)scripts[i]);
        done = number.data != NULL && buffer_append(&compiler->settings, number.data, number.len);
    }
    return done && buffer_append(&compiler->settings, "", 1);
}

bool compiler_read_settings(struct compiler *compiler) {
    const struct memory *memory = compiler->arena->memory;
    struct settings_reading reading = {.compiler = compiler, .dictionaries = {.memory = memory}};
    const galley_string path = arena_format(compiler->arena, "%s/pack.ini", compiler->directory);
    const int line = path.data == NULL ? -2 : ini_parse(path.data, take_setting, &reading);
    bool done = line == 0 && compiler->language[0] != '\0';
    if (line == -1) {
        error_set(compiler->error, GALLEY_ERROR_DICTIONARY, "%s: cannot be opened", path.data);
    } else if (line > 0) {
        error_set_at(compiler->error, GALLEY_ERROR_DICTIONARY, 0, (size_t)line,
                     "%s:%d: an unknown key, or not \"key = value\"", path.data, line);
    } else if (!done) {
        error_set(compiler->error, GALLEY_ERROR_DICTIONARY, "%s/pack.ini: names no language",
                  compiler->directory);
    }
    for (size_t i = 0; i < reading.n; i++) {
        struct setting *setting = &reading.settings[i];
        done = done && buffer_append(&compiler->settings, setting->key, strlen(setting->key)) &&
               buffer_append(&compiler->settings, "=", 1) &&
               buffer_append(&compiler->settings, setting->value.data, setting->value.len) &&
               buffer_append(&compiler->settings, "", 1);
        buffer_finish(&setting->value);
    }
    done = done && add_scripts(compiler);
    compiler->dictionaries =
        arena_copy(compiler->arena, reading.dictionaries.data, reading.dictionaries.len);
    buffer_finish(&reading.dictionaries);
    return done && compiler->dictionaries.data != NULL;
}

/* ---- Hunspell dictionaries ---- */

static bool take_form(void *context, const char *form, bool derived, bool hidden) {
    struct compiler *compiler = context;
    bool is_word;
    const char *apostrophe = strrchr(form, '\'');
    /* "minister's": a host and a clitic, which pack_find_host takes apart. "it's" is an entry. */
    if (derived && apostrophe != NULL && strcmp(apostrophe, "'s") == 0) {
        return true;
    }
    struct draft *draft = drafts_add_spelling(&compiler->drafts, form, &is_word);
    if (draft == NULL) {
        return !is_word;
    }
    draft->facts.flags |= FORM_DICTIONARY;
    if (hidden) {
        draft->facts.hints |= HINT_NO_SUGGESTION;
    }
    return true;
}

/* A piece of compounds: "P", its flags, a TAB, the word, NUL; a rule: "R", the pattern, NUL. */
static bool take_piece(void *context, const char *word, const char *flags) {
    struct compiler *compiler = context;
    return buffer_append(&compiler->compounds, "P", 1) &&
           buffer_append(&compiler->compounds, flags, strlen(flags)) &&
           buffer_append(&compiler->compounds, "\t", 1) &&
           buffer_append(&compiler->compounds, word, strlen(word) + 1);
}

static bool take_rule(void *context, const char *pattern) {
    struct compiler *compiler = context;
    return buffer_append(&compiler->compounds, "R", 1) &&
           buffer_append(&compiler->compounds, pattern, strlen(pattern) + 1);
}

/* Affix rules may make the form, but it is no word. A table may still have it. */
static bool take_forbidden(void *context, const char *form) {
    struct compiler *compiler = context;
    bool is_word;
    struct draft *draft = drafts_add(&compiler->drafts, form, &is_word);
    if (draft != NULL) {
        draft->forbidden = true;
    }
    return draft != NULL || !is_word;
}

bool compiler_read_dictionaries(struct compiler *compiler) {
    const struct hunspell_receiver receiver = {.context = compiler,
                                               .take = take_form,
                                               .take_piece = take_piece,
                                               .take_rule = take_rule,
                                               .take_forbidden = take_forbidden};
    char *names = (char *)(uintptr_t)compiler->dictionaries.data;
    for (char *name = strtok(names, " "); name != NULL; name = strtok(NULL, " ")) {
        /* Between dictionaries: flags mean something else in each. */
        if (!buffer_append(&compiler->compounds, "D", 2) ||
            !hunspell_expand(compiler->arena, compiler->hunspell_directory, name, &receiver,
                             compiler->error)) {
            return false;
        }
    }
    return true;
}

/* ---- tables ---- */

struct word_value {
    const char *name;
    uint32_t value;
};

static const struct word_value part_names[] = {
    {"noun", PART_NOUN},
    {"noun_plural", PART_NOUN_PLURAL},
    {"proper_noun", PART_PROPER_NOUN},
    {"pronoun", PART_PRONOUN},
    {"determiner", PART_DETERMINER},
    {"adjective", PART_ADJECTIVE},
    {"adverb", PART_ADVERB},
    {"adposition", PART_ADPOSITION},
    {"coordinator", PART_COORDINATOR},
    {"subordinator", PART_SUBORDINATOR},
    {"particle", PART_PARTICLE},
    {"numeral", PART_NUMERAL},
    {"interjection", PART_INTERJECTION},
    {"auxiliary", PART_AUXILIARY},
    {"verb_base", PART_VERB_BASE},
    {"verb_singular", PART_VERB_SINGULAR},
    {"verb_past", PART_VERB_PAST},
    {"verb_participle", PART_VERB_PARTICIPLE},
    {"verb_gerund", PART_VERB_GERUND},
    {NULL, 0}};

static const struct word_value class_names[] = {
    {"pronoun_male", CLASS_PRONOUN_MALE},
    {"pronoun_female", CLASS_PRONOUN_FEMALE},
    {"pronoun_neuter", CLASS_PRONOUN_NEUTER},
    {"pronoun_plural", CLASS_PRONOUN_PLURAL},
    {"pronoun_first", CLASS_PRONOUN_FIRST},
    {"pronoun_subject", CLASS_PRONOUN_SUBJECT},
    {"pronoun_object", CLASS_PRONOUN_OBJECT},
    {"pronoun_possessive", CLASS_PRONOUN_POSSESSIVE},
    {"pronoun_reflexive", CLASS_PRONOUN_REFLEXIVE},
    {"reporting_verb", CLASS_REPORTING_VERB},
    {"title_male", CLASS_TITLE_MALE},
    {"title_female", CLASS_TITLE_FEMALE},
    {"title", CLASS_TITLE},
    {"role_male", CLASS_ROLE_MALE},
    {"role_female", CLASS_ROLE_FEMALE},
    {"role", CLASS_ROLE},
    {"repeatable", CLASS_REPEATABLE},
    {"abbreviation_inner", CLASS_ABBREVIATION_INNER},
    {"abbreviation_any", CLASS_ABBREVIATION_ANY},
    {"function", CLASS_FUNCTION},
    {"mandative", CLASS_MANDATIVE},
    {"attribution", CLASS_ATTRIBUTION},
    {"definite", CLASS_DEFINITE},
    {"relative", CLASS_RELATIVE},
    {"transition", CLASS_TRANSITION},
    {"conjunction", CLASS_CONJUNCTION},
    {"auxiliary_singular", CLASS_AUXILIARY_SINGULAR},
    {"auxiliary_plural", CLASS_AUXILIARY_PLURAL},
    {"capitalized", CLASS_CAPITALIZED},
    {"emphatic", CLASS_EMPHATIC},
    {"paired", CLASS_PAIRED},
    {NULL, 0}};

static const struct word_value flag_names[] = {{"place", FORM_PLACE},
                                               {"organisation", FORM_ORGANISATION},
                                               {"demonym", FORM_DEMONYM},
                                               {"calendar", FORM_CALENDAR},
                                               {"abbreviation", FORM_ABBREVIATION},
                                               {"loanword", FORM_LOANWORD},
                                               {"unit", FORM_UNIT},
                                               {"variant_a", FORM_VARIANT_A},
                                               {"variant_b", FORM_VARIANT_B},
                                               {"given_name", FORM_GIVEN_NAME},
                                               {"surname", FORM_SURNAME},
                                               {NULL, 0}};

/* The union of the names in `list`, which are separated by ','; 0 where one is unknown. */
static uint32_t read_values(const struct word_value *values, const char *list) {
    uint32_t set = 0;
    while (*list != '\0') {
        const size_t len = strcspn(list, ",");
        const struct word_value *value = values;
        while (value->name != NULL &&
               (strlen(value->name) != len || memcmp(value->name, list, len) != 0)) {
            value++;
        }
        if (value->name == NULL) {
            return 0;
        }
        set |= value->value;
        list += len + (list[len] == ',');
    }
    return set;
}

/* Takes one line of a table. Answers false with the error set. */
typedef bool take_line(struct compiler *compiler, const struct table *table);

/* The draft of a word that the table makes; false with the error set when there is no memory, and
 * *draft NULL where the text is several words, which the forms have no place for. */
static bool add_word(struct compiler *compiler, const struct table *table, const char *word,
                     struct draft **draft) {
    bool is_word;
    *draft = drafts_add_spelling(&compiler->drafts, word, &is_word);
    if (*draft != NULL) {
        (*draft)->forbidden = false;
    }
    return *draft != NULL || !is_word || table_fail(table, compiler->error, "no memory");
}

static bool take_word(struct compiler *compiler, const struct table *table) {
    struct draft *draft;
    return add_word(compiler, table, table->fields[0], &draft);
}

static bool take_flags(struct compiler *compiler, const struct table *table) {
    struct draft *draft;
    const uint32_t flags =
        table->n_fields < 2 ? 0 : read_values(flag_names, table->fields[1]);
    if (flags == 0) {
        return table_fail(table, compiler->error, "not \"form TAB flag,flag\", or an unknown flag");
    }
    if (!add_word(compiler, table, table->fields[0], &draft)) {
        return false;
    }
    if (draft != NULL) {
        draft->facts.flags |= (uint16_t)flags;
    }
    return true;
}

static bool take_classes(struct compiler *compiler, const struct table *table) {
    const uint32_t class = read_values(class_names, table->fields[0]);
    if (class == 0) {
        return table_fail(table, compiler->error, "unknown class \"%s\"", table->fields[0]);
    }
    for (size_t i = 1; i < table->n_fields; i++) {
        char *rest = table->fields[i];
        for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) {
            struct draft *draft;
            if (!add_word(compiler, table, word, &draft)) {
                return false;
            }
            if (draft != NULL) {
                draft->facts.classes |= class;
            }
        }
    }
    return true;
}

/* 10 × log10, as n_bearers counts. */
static uint8_t bearers(double n) {
    const double value = n < 1 ? 0 : 10 * log10(n);
    return value > 255 ? 255 : value < 1 ? 1 : (uint8_t)value;
}

static bool take_given_name(struct compiler *compiler, const struct table *table) {
    struct draft *draft;
    if (table->n_fields < 3) {
        return table_fail(table, compiler->error, "not \"Name TAB men TAB women\"");
    }
    const double men = strtod(table->fields[1], NULL);
    const double women = strtod(table->fields[2], NULL);
    if (!(men >= 0 && women >= 0 && men + women > 0)) {
        return table_fail(table, compiler->error, "no numbers of men and women");
    }
    if (!add_word(compiler, table, table->fields[0], &draft)) {
        return false;
    }
    if (draft != NULL) {
        draft->facts.flags |= FORM_GIVEN_NAME;
        draft->facts.male = (uint8_t)(255 * men / (men + women) + 0.5);
        draft->facts.n_bearers = bearers(men + women);
    }
    return true;
}

static bool take_surname(struct compiler *compiler, const struct table *table) {
    struct draft *draft;
    if (!add_word(compiler, table, table->fields[0], &draft)) {
        return false;
    }
    if (draft != NULL) {
        draft->facts.flags |= FORM_SURNAME;
    }
    return true;
}

static bool take_variants(struct compiler *compiler, const struct table *table) {
    const size_t begin = compiler->variants.len;
    uint32_t n = 0;
    if (!buffer_append_u32(&compiler->variants, PACK_GROUP)) {
        return table_fail(table, compiler->error, "no memory");
    }
    for (size_t i = 0; i < table->n_fields; i++) {
        struct draft *draft;
        if (!add_word(compiler, table, table->fields[i], &draft)) {
            return false;
        }
        if (draft != NULL) {
            n++;
            if (!buffer_append_u32(&compiler->variants,
                                   (uint32_t)(draft - compiler->drafts.items))) {
                return table_fail(table, compiler->error, "no memory");
            }
        }
    }
    if (n < 2) {
        compiler->variants.len = begin;
        return true;
    }
    const uint32_t head = PACK_GROUP | n;
    memcpy(compiler->variants.data + begin, &head, sizeof head);
    return true;
}

static bool take_parts(struct compiler *compiler, const struct table *table) {
    const uint32_t parts =
        table->n_fields < 2 ? 0 : read_values(part_names, table->fields[1]);
    if (parts == 0) {
        return table_fail(table, compiler->error, "not \"form TAB tag,tag\", or an unknown tag");
    }
    struct draft *draft = drafts_find(&compiler->drafts, table->fields[0]);
    if (draft != NULL) {
        draft->facts.parts |= parts;
    }
    return true;
}

static bool take_frequency(struct compiler *compiler, const struct table *table) {
    char *end = NULL;
    const double zipf = table->n_fields < 2 ? -1 : strtod(table->fields[1], &end);
    if (!(zipf >= 0 && zipf <= 10) || end == table->fields[1]) {
        return table_fail(table, compiler->error, "not \"form TAB zipf\"");
    }
    struct draft *draft = drafts_find(&compiler->drafts, table->fields[0]);
    const uint8_t value = (uint8_t)(25 * zipf + 0.5);
    if (draft != NULL && draft->facts.zipf < value) {
        draft->facts.zipf = value;
    }
    return true;
}

bool compiler_read_tables(struct compiler *compiler) {
    static const struct {
        const char *name;
        take_line *take;
    } tables[] = {{"words.tsv", take_word},
                  {"names.tsv", take_flags},
                  {"given_names.tsv", take_given_name},
                  {"surnames.tsv", take_surname},
                  {"flags.tsv", take_flags},
                  {"classes.tsv", take_classes},
                  {"variants.tsv", take_variants},
                  {"spellings.tsv", take_variants},
                  /* behind the tables that make words */
                  {"parts.tsv", take_parts},
                  {"frequency.tsv", take_frequency}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct table table;
        if (!table_open(&table, compiler->arena, compiler->directory, tables[i].name,
                        compiler->error)) {
            return false;
        }
        while (table_next(&table)) {
            if (!tables[i].take(compiler, &table)) {
                return false;
            }
        }
    }
    return true;
}
