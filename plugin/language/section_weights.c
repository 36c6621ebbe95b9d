/*
 * Compiles the section "weights" (weights.h) from weights.tsv: lines of
 *
 *     tag       FEATURE VALUE...  TAG=WEIGHT TAG=WEIGHT ...     (tagger.h)
 *     junction  FEATURE VALUE...  WEIGHT                        (junction.h)
 *     content   FEATURE VALUE...  WEIGHT                        (... for content words and names)
 *
 * A value is a tag, a kind, a number, or a symbol: a word, ":" and the parts of speech of a set,
 * "'" and a mark, "#" for a number, "@" for a link, "<" and ">" for nothing before and behind.
 * Words and sets end in "'" with a clitic, and then in "^" with a capital.
 */
#include "base/error.h"
#include "language/junction.h"
#include "language/pack_format.h"
#include "language/section.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What the values of a feature are: s a symbol, t a tag, k a kind, n a number. */
struct feature {
    const char *name;
    const char *values;
};

static const struct feature tagger_features[] = {
    [TAGGER_S] = {"s", "s"},    [TAGGER_T] = {"t", "t"},   [TAGGER_TT] = {"tt", "tt"},
    [TAGGER_TS] = {"ts", "ts"}, [TAGGER_B] = {"b", "s"},   [TAGGER_A] = {"a", "s"},
    [TAGGER_SA] = {"sa", "ss"}, [TAGGER_AA] = {"aa", "s"}, [TAGGER_TA] = {"ta", "ts"},
    [TAGGER_BS] = {"bs", "ss"}, [TAGGER_W] = {"w", "s"},   {NULL, NULL}};

/* From JUNCTION_BIAS on. */
static const struct feature junction_features[] = {{"bias", ""},
                                                   {"own", "s"},
                                                   {"kind", "k"},
                                                   {"b1", "s"},
                                                   {"b2", "s"},
                                                   {"a1", "s"},
                                                   {"a2", "s"},
                                                   {"l1", "t"},
                                                   {"l12", "tt"},
                                                   {"r0", "t"},
                                                   {"r01", "tt"},
                                                   {"l1r0", "tt"},
                                                   {"l12r0", "ttt"},
                                                   {"l1r01", "ttt"},
                                                   {"in", "ttt"},
                                                   {"b1r0", "st"},
                                                   {"b1r01", "stt"},
                                                   {"b1kind", "sk"},
                                                   {"l1kind", "tk"},
                                                   {"l1kindr1", "tkt"},
                                                   {"b1own", "ss"},
                                                   {"kindr1", "kt"},
                                                   {"b1kindr1", "skt"},
                                                   {"kinda1", "ks"},
                                                   {"state", "n"},
                                                   {"ahead", "n"},
                                                   {"stateahead", "nn"},
                                                   {"stateaheadkind", "nnk"},
                                                   {"statel1ahead", "ntn"},
                                                   {"b1stateahead", "snn"},
                                                   {"phrase", "nt"},
                                                   {"phrasestate", "ntn"},
                                                   {"phraseahead", "ntnk"},
                                                   {"prepositionahead", "snk"},
                                                   {"case", "nk"},
                                                   {"object", "nt"},
                                                   {"objectkind", "nkt"},
                                                   {"objectahead", "nnt"},
                                                   {"objectaheadkind", "nntk"},
                                                   {"objectstate", "nnn"},
                                                   {"w1", "s"},
                                                   {"ownw", "s"},
                                                   {"ownwl1", "st"},
                                                   {NULL, NULL}};

static const char *const tag_names[] = {
    "noun",         "noun_plural", "proper_noun", "pronoun",       "determiner", "adjective",
    "adverb",       "adposition",  "coordinator", "subordinator",  "particle",   "numeral",
    "interjection", "auxiliary",   "verb_base",   "verb_singular", "verb_past",  "verb_participle",
    "verb_gerund",  "comma",       "stop",        "other",         "begin",      NULL};

/* By enum junction_kind. */
static const char *const kind_names[] = {
    "function",     "word",        "named word", "unknown",    "name",
    "person",       "person word", "place",      "place word", "demonym",
    "demonym word", "calendar",    "numeral",    "rare name",  NULL};

struct weight {
    uint64_t key;
    uint16_t value; /* the weight, or the number of a row */
};

struct making {
    const struct pack *pack;
    struct buffer weights; /* struct weight */
    struct buffer rows;    /* WEIGHTS_ROW × int8_t each */
};

static bool find_name(const char *const *names, const char *name, size_t len, uint32_t *number) {
    for (uint32_t i = 0; names[i] != NULL; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) {
            *number = i;
            return true;
        }
    }
    return false;
}

/* ---- values ---- */

/* Cuts a final `c` off. */
static bool cut_final(const char *text, size_t *len, char c) {
    if (*len < 2 || text[*len - 1] != c) {
        return false;
    }
    (*len)--;
    return true;
}

static bool read_set(const char *text, size_t len, uint32_t *symbol) {
    static const struct {
        const char *name;
        uint32_t symbol;
    } others[] = {{"?ing", SYMBOL_ING}, {"?ed", SYMBOL_ED}, {"?s", SYMBOL_S},
                  {"?ly", SYMBOL_LY},   {"?", 0},           {"A", SYMBOL_CAPITALS}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strlen(others[i].name) == len && memcmp(others[i].name, text, len) == 0) {
            *symbol |= others[i].symbol;
            return true;
        }
    }
    while (len > 0) {
        const char *plus = memchr(text, '+', len);
        const size_t name_len = plus == NULL ? len : (size_t)(plus - text);
        uint32_t tag;
        if (!find_name(tag_names, text, name_len, &tag) || tag > TAG_VERB_GERUND) {
            return false;
        }
        *symbol |= UINT32_C(1) << tag;
        const size_t read = name_len + (plus != NULL);
        text += read;
        len -= read;
    }
    return true;
}

static bool read_symbol(const struct pack *pack, const char *text, uint32_t *symbol) {
    static const char singles[] = "#@<>";
    static const uint32_t single_symbols[] = {SYMBOL_NUMBER, SYMBOL_LINK, SYMBOL_NOTHING_BEFORE,
                                              SYMBOL_NOTHING_BEHIND};
    size_t len = strlen(text);
    if (len == 1 && strchr(singles, text[0]) != NULL) {
        *symbol = single_symbols[strchr(singles, text[0]) - singles];
        return true;
    }
    if (text[0] == '\'' && len > 1) {
        size_t at = 1;
        *symbol = SYMBOL_MARK | utf8_next(text, &at);
        return true;
    }
    *symbol = cut_final(text, &len, '^') ? (uint32_t)SYMBOL_TITLE : 0;
    *symbol |= cut_final(text, &len, '\'') ? (uint32_t)SYMBOL_CLITIC : 0;
    if (text[0] == ':') {
        *symbol |= SYMBOL_SET;
        return read_set(text + 1, len - 1, symbol);
    }
    const uint32_t form = pack_find(pack, text, len);
    *symbol |= form;
    return form != FORM_NONE;
}

static bool read_value(const struct pack *pack, char kind, const char *text, uint32_t *value) {
    switch (kind) {
    case 's':
        return read_symbol(pack, text, value);
    case 't':
        return find_name(tag_names, text, strlen(text), value);
    case 'k':
        return find_name(kind_names, text, strlen(text), value);
    default:
        *value = (uint32_t)strtoul(text, NULL, 10);
        return text[0] >= '0' && text[0] <= '9';
    }
}

/* ---- lines ---- */

static bool read_weight(const char *text, int8_t *weight) {
    char *end;
    const long value = strtol(text, &end, 10);
    *weight = (int8_t)value;
    return end != text && value >= INT8_MIN && value <= INT8_MAX;
}

static bool put_weight(struct making *making, uint64_t key, const char *text) {
    int8_t value;
    const bool good = read_weight(text, &value);
    const struct weight weight = {key, (uint16_t)(int16_t)value};
    return good && buffer_append(&making->weights, &weight, sizeof weight);
}

/* "noun=-12 verb_base=3" */
static bool put_row(struct making *making, uint64_t key, const char *text) {
    int8_t row[WEIGHTS_ROW] = {0};
    const size_t number = making->rows.len / WEIGHTS_ROW;
    while (*text != '\0') {
        const size_t len = strcspn(text, "= ");
        uint32_t tag;
        if (text[len] != '=' || !find_name(tag_names, text, len, &tag) || tag > TAG_VERB_GERUND ||
            !read_weight(text + len + 1, &row[tag])) {
            return false;
        }
        text += len;
        text += strcspn(text, " ");
        text += *text == ' ';
    }
    const struct weight weight = {key, (uint16_t)number};
    return number <= UINT16_MAX && buffer_append(&making->rows, row, sizeof row) &&
           buffer_append(&making->weights, &weight, sizeof weight);
}

/* A word that the pack does not have, as one of another pack's dictionaries, is passed over. */
static bool read_line(struct making *making, const struct table *table) {
    const bool is_tag = strcmp(table->fields[0], "tag") == 0;
    const bool is_content = strcmp(table->fields[0], "content") == 0;
    const struct feature *features = is_tag ? tagger_features : junction_features;
    if (table->n_fields < 3 ||
        !(is_tag || is_content || strcmp(table->fields[0], "junction") == 0)) {
        return false;
    }
    size_t number = 0;
    while (features[number].name != NULL && strcmp(features[number].name, table->fields[1]) != 0) {
        number++;
    }
    const char *values = features[number].values;
    if (values == NULL || table->n_fields != 3 + strlen(values)) {
        return false;
    }
    uint64_t key =
        is_tag ? number : JUNCTION_BIAS + number + (is_content ? (size_t)JUNCTION_CONTENT : 0);
    for (size_t i = 0; values[i] != '\0'; i++) {
        uint32_t value;
        if (!read_value(making->pack, values[i], table->fields[2 + i], &value)) {
            return values[i] == 's' && table->fields[2 + i][0] != ':';
        }
        key = weight_key(key, value);
    }
    const char *last = table->fields[table->n_fields - 1];
    return is_tag ? put_row(making, key, last) : put_weight(making, key, last);
}

/* ---- the section ---- */

static bool write_places(const struct making *making, struct arena *arena, struct buffer *out) {
    const struct weight *weights = (const void *)making->weights.data;
    const size_t n = making->weights.len / sizeof *weights;
    uint32_t n_places = 64;
    while (n_places < n + n / 2) {
        n_places *= 2;
    }
    uint32_t *fingerprints = arena_allocate_zeroed(arena, n_places * sizeof *fingerprints);
    uint16_t *values = arena_allocate_zeroed(arena, n_places * sizeof *values);
    if (fingerprints == NULL || values == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t at = weight_place(weights[i].key) & (n_places - 1);
        while (fingerprints[at] != 0) {
            at = (at + 1) & (n_places - 1);
        }
        fingerprints[at] = weight_fingerprint(weights[i].key);
        values[at] = weights[i].value;
    }
    return buffer_append_u32(out, n_places) &&
           buffer_append_u32(out, (uint32_t)(making->rows.len / WEIGHTS_ROW)) &&
           buffer_append(out, fingerprints, n_places * sizeof *fingerprints) &&
           buffer_append(out, values, n_places * sizeof *values) &&
           buffer_append(out, making->rows.data, making->rows.len);
}

bool section_weights_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error) {
    struct table table;
    if (!table_open(&table, source->arena, source->directory, "weights.tsv", error)) {
        return false;
    }
    struct making making = {source->pack, {.memory = out->memory}, {.memory = out->memory}};
    bool good = true;
    while (good && table.text.data != NULL && table_next(&table)) {
        good = read_line(&making, &table) ||
               table_fail(&table, error, "an unknown feature, or values that it cannot have");
    }
    if (good && making.weights.len > 0 && !write_places(&making, source->arena, out)) {
        error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory", table.path);
        good = false;
    }
    buffer_finish(&making.weights);
    buffer_finish(&making.rows);
    return good;
}
