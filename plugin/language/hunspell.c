/*
 * Expanding a Hunspell dictionary into all its forms (hunspell(5)).
 *
 * The .aff file gives classes of affixes, named by flags; the .dic file gives stems with flags. A
 * form is a stem with a prefix, a suffix, or both where both classes allow the product. An affix
 * may have flags of its own (continuation classes), which add a second suffix or prefix.
 */
#include "language/hunspell.h"

#include "base/error.h"
#include "language/section.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    FLAGS_MAX = 256,    /* of one stem */
    CONDITION_MAX = 64, /* code points of an affix's condition */
    FORM_MAX = 512      /* bytes of one form */
};

enum flag_kind { FLAG_CHARACTER, FLAG_LONG, FLAG_NUMBER, FLAG_UTF8 };

/* What an affix's condition asks of one character. */
struct condition {
    bool negated;
    const char *set; /* characters, or NULL for any */
    size_t set_len;
};

struct affix {
    uint32_t flag;
    bool is_prefix;
    bool crosses;
    const char *strip;
    const char *add;
    uint32_t *flags; /* continuation classes */
    size_t n_flags;
    struct condition *conditions;
    size_t n_conditions;
    uint32_t next; /* index + 1 of the next affix of the same flag */
};

struct flag_set {
    uint32_t flags[FLAGS_MAX];
    size_t n;
};

struct expansion {
    struct arena *arena;
    const struct hunspell_receiver *receiver;
    galley_error *error;
    enum flag_kind flag_kind;
    bool full_strip;
    uint32_t need_affix, only_in_compound, no_suggest, forbidden; /* 0: not used */
    struct flag_set *aliases;
    size_t n_aliases, alias_capacity;
    struct affix *affixes;
    size_t n_affixes, affix_capacity;
    uint32_t *first_of; /* by flag: index + 1 of its first affix */
    const char **rules;
    size_t n_rules, rule_capacity;
};

/* ---- flags ---- */

/* Reads the flag at *at and moves behind it; 0 at the end. */
static uint32_t next_flag(const struct expansion *expansion, const char **at) {
    const unsigned char *text = (const unsigned char *)*at;
    if (text[0] == '\0') {
        return 0;
    }
    uint32_t flag = text[0];
    switch (expansion->flag_kind) {
    case FLAG_CHARACTER:
        *at += 1;
        return flag;
    case FLAG_LONG:
        *at += text[1] == '\0' ? 1 : 2;
        return flag << 8 | text[1];
    case FLAG_NUMBER: {
        char *end;
        flag = (uint32_t)strtoul(*at, &end, 10);
        *at = *end == ',' ? end + 1 : end == *at ? end + strlen(end) : end;
        return flag & 0xFFFF;
    }
    case FLAG_UTF8: {
        size_t position = 0;
        flag = utf8_next(*at, &position);
        *at += position;
        return flag & 0xFFFF;
    }
    }
    return 0;
}

static void read_flags(const struct expansion *expansion, const char *text, struct flag_set *set) {
    set->n = 0;
    char *end;
    const unsigned long alias = strtoul(text, &end, 10);
    if (expansion->n_aliases > 0 && end != text && *end == '\0') {
        if (alias >= 1 && alias <= expansion->n_aliases) {
            *set = expansion->aliases[alias - 1];
        }
        return;
    }
    uint32_t flag;
    while (set->n < FLAGS_MAX && (flag = next_flag(expansion, &text)) != 0) {
        set->flags[set->n] = flag;
        set->n++;
    }
}

static bool has_flag(const uint32_t *flags, size_t n, uint32_t flag) {
    for (size_t i = 0; flag != 0 && i < n; i++) {
        if (flags[i] == flag) {
            return true;
        }
    }
    return false;
}

/* ---- the .aff file ---- */

/* The next word of a line, NUL-terminated in place; NULL at its end. */
static char *next_word(char **at) {
    char *word = *at + strspn(*at, " \t");
    if (*word == '\0') {
        return NULL;
    }
    char *end = word + strcspn(word, " \t");
    *at = end;
    if (*end != '\0') {
        *end = '\0';
        *at = end + 1;
    }
    return word;
}

static bool read_condition(struct expansion *expansion, const char *text, struct affix *affix) {
    affix->conditions =
        arena_allocate_zeroed(expansion->arena, CONDITION_MAX * sizeof *affix->conditions);
    if (affix->conditions == NULL) {
        return false;
    }
    if (strcmp(text, ".") == 0) {
        return true;
    }
    size_t at = 0;
    while (text[at] != '\0' && affix->n_conditions < CONDITION_MAX) {
        struct condition *condition = &affix->conditions[affix->n_conditions];
        affix->n_conditions++;
        const char *close = text[at] == '[' ? strchr(text + at, ']') : NULL;
        if (close != NULL) {
            at++;
            condition->negated = text[at] == '^';
            at += condition->negated;
            condition->set = text + at;
            condition->set_len = (size_t)(close - (text + at));
            at = (size_t)(close - text) + 1;
        } else if (text[at] == '.') {
            at++;
        } else {
            condition->set = text + at;
            utf8_next(text, &at);
            condition->set_len = (size_t)(text + at - condition->set);
        }
    }
    return true;
}

/* "SFX D y ied [^aeiou]y": one affix. */
static bool read_affix(struct expansion *expansion, char *rest, bool is_prefix, bool crosses) {
    const char *flag = next_word(&rest);
    const char *strip = next_word(&rest);
    char *add = next_word(&rest);
    const char *condition = next_word(&rest);
    if (flag == NULL || strip == NULL || add == NULL ||
        !memory_grow(expansion->arena->memory, &expansion->affixes, &expansion->affix_capacity,
                     sizeof *expansion->affixes, expansion->n_affixes + 1)) {
        return false;
    }
    struct affix *affix = &expansion->affixes[expansion->n_affixes];
    *affix = (struct affix){.is_prefix = is_prefix, .crosses = crosses};
    affix->flag = next_flag(expansion, &flag);
    affix->strip = strcmp(strip, "0") == 0 ? "" : strip;
    char *slash = strchr(add, '/');
    if (slash != NULL) {
        struct flag_set set;
        *slash = '\0';
        read_flags(expansion, slash + 1, &set);
        affix->n_flags = set.n;
        affix->flags = arena_allocate(expansion->arena, (set.n + 1) * sizeof *affix->flags);
        if (affix->flags == NULL) {
            return false;
        }
        memcpy(affix->flags, set.flags, set.n * sizeof *affix->flags);
    }
    affix->add = strcmp(add, "0") == 0 ? "" : add;
    expansion->n_affixes++;
    affix->next = expansion->first_of[affix->flag & 0xFFFF];
    expansion->first_of[affix->flag & 0xFFFF] = (uint32_t)expansion->n_affixes;
    return read_condition(expansion, condition == NULL ? "." : condition, affix);
}

/* "SFX D Y 4" and the four lines behind it. */
static bool read_affixes(struct expansion *expansion, struct table *table, char *rest,
                         bool is_prefix) {
    next_word(&rest);
    const char *crosses = next_word(&rest);
    const char *count = next_word(&rest);
    if (crosses == NULL || count == NULL) {
        return table_fail(table, expansion->error, "an affix class without a number of affixes");
    }
    for (unsigned long n = strtoul(count, NULL, 10); n > 0; n--) {
        if (!table_next(table)) {
            return table_fail(table, expansion->error, "an affix class is cut off");
        }
        char *line = table->fields[0];
        next_word(&line);
        if (!read_affix(expansion, line, is_prefix, crosses[0] == 'Y')) {
            return table_fail(table, expansion->error, "not an affix");
        }
    }
    return true;
}

static bool read_flag_kind(struct expansion *expansion, const char *value) {
    static const char *const names[] = {"", "long", "num", "UTF-8"};
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        if (strcmp(value, names[i]) == 0) {
            expansion->flag_kind = (enum flag_kind)i;
            return true;
        }
    }
    return false;
}

/* AF and COMPOUNDRULE: the first line gives a number, which is not needed. */
static bool read_listed(struct expansion *expansion, const char *keyword, const char *value,
                        bool *first_alias, bool *first_rule) {
    const bool is_alias = strcmp(keyword, "AF") == 0;
    bool *first = is_alias ? first_alias : first_rule;
    if (*first) {
        *first = false;
        return true;
    }
    if (!is_alias) {
        if (!memory_grow(expansion->arena->memory, &expansion->rules, &expansion->rule_capacity,
                         sizeof *expansion->rules, expansion->n_rules + 1)) {
            return false;
        }
        expansion->rules[expansion->n_rules] = value;
        expansion->n_rules++;
        return expansion->receiver->take_rule(expansion->receiver->context, value);
    }
    struct flag_set set;
    const size_t n_aliases = expansion->n_aliases;
    expansion->n_aliases = 0;
    read_flags(expansion, value, &set);
    expansion->n_aliases = n_aliases;
    if (!memory_grow(expansion->arena->memory, &expansion->aliases, &expansion->alias_capacity,
                     sizeof *expansion->aliases, n_aliases + 1)) {
        return false;
    }
    expansion->aliases[n_aliases] = set;
    expansion->n_aliases++;
    return true;
}

static bool read_option(struct expansion *expansion, const char *keyword, const char *value) {
    const struct {
        const char *keyword;
        uint32_t *flag;
    } flags[] = {{"NEEDAFFIX", &expansion->need_affix},
                 {"PSEUDOROOT", &expansion->need_affix},
                 {"ONLYINCOMPOUND", &expansion->only_in_compound},
                 {"NOSUGGEST", &expansion->no_suggest},
                 {"FORBIDDENWORD", &expansion->forbidden}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(keyword, flags[i].keyword) == 0) {
            *flags[i].flag = next_flag(expansion, &value);
        }
    }
    if (strcmp(keyword, "FLAG") == 0) {
        return read_flag_kind(expansion, value);
    }
    if (strcmp(keyword, "SET") == 0) {
        return strcmp(value, "UTF-8") == 0;
    }
    return true;
}

static bool read_aff(struct expansion *expansion, struct table *table) {
    bool first_alias = true;
    bool first_rule = true;
    while (table_next(table)) {
        char *rest = table->fields[0];
        const char *keyword = next_word(&rest);
        if (keyword == NULL) {
            continue;
        }
        if (strcmp(keyword, "PFX") == 0 || strcmp(keyword, "SFX") == 0) {
            if (!read_affixes(expansion, table, rest, keyword[0] == 'P')) {
                return false;
            }
            continue;
        }
        const char *value = next_word(&rest);
        if (value == NULL) {
            expansion->full_strip |= strcmp(keyword, "FULLSTRIP") == 0;
            continue;
        }
        if (strcmp(keyword, "AF") == 0 || strcmp(keyword, "COMPOUNDRULE") == 0) {
            if (!read_listed(expansion, keyword, value, &first_alias, &first_rule)) {
                return table_fail(table, expansion->error, "not understood, or no memory");
            }
        } else if (!read_option(expansion, keyword, value)) {
            return table_fail(table, expansion->error, "%s %s is not supported", keyword, value);
        }
    }
    return true;
}

/* ---- forms ---- */

static bool condition_takes(const struct condition *condition, const char *text, size_t len) {
    if (condition->set == NULL) {
        return true;
    }
    bool found = false;
    size_t at = 0;
    while (at < condition->set_len && !found) {
        const size_t begin = at;
        utf8_next(condition->set, &at);
        found = at - begin == len && memcmp(condition->set + begin, text, len) == 0;
    }
    return found != condition->negated;
}

/* Whether the stem's begin (of a prefix) or end (of a suffix) meets the affix's condition. */
static bool affix_fits(const struct expansion *expansion, const struct affix *affix,
                       const char *stem, size_t len) {
    const size_t strip_len = strlen(affix->strip);
    if (len < strip_len || (len == strip_len && !expansion->full_strip) ||
        memcmp(affix->is_prefix ? stem : stem + len - strip_len, affix->strip, strip_len) != 0) {
        return false;
    }
    size_t at = affix->is_prefix ? 0 : len;
    for (size_t i = 0; i < affix->n_conditions; i++) {
        const size_t begin = at;
        if (affix->is_prefix) {
            if (at == len) {
                return false;
            }
            utf8_next(stem, &at);
            if (!condition_takes(&affix->conditions[i], stem + begin, at - begin)) {
                return false;
            }
        } else {
            if (at == 0) {
                return false;
            }
            utf8_previous(stem, &at);
            if (!condition_takes(&affix->conditions[affix->n_conditions - 1 - i], stem + at,
                                 begin - at)) {
                return false;
            }
        }
    }
    return true;
}

/* The stem with the affix; answers its length, 0 when it does not fit into FORM_MAX. */
static size_t affix_apply(const struct affix *affix, const char *stem, size_t len,
                          char out[FORM_MAX]) {
    const size_t strip_len = strlen(affix->strip);
    const size_t add_len = strlen(affix->add);
    const size_t rest_len = len - strip_len;
    if (rest_len + add_len >= FORM_MAX) {
        return 0;
    }
    memcpy(out + (affix->is_prefix ? add_len : 0), stem + (affix->is_prefix ? strip_len : 0),
           rest_len);
    memcpy(out + (affix->is_prefix ? 0 : rest_len), affix->add, add_len);
    out[rest_len + add_len] = '\0';
    return rest_len + add_len;
}

/* A stem on its way to its forms. */
struct stem {
    const char *text;
    size_t len;
    const uint32_t *flags; /* classes that may still be applied */
    size_t n_flags;
    unsigned n_suffixes, n_prefixes; /* that it has already */
    bool hidden;
};

static bool expand_stem(const struct expansion *expansion, const struct stem *stem);

/* One form made by `affix`, and the forms that it leads to: by its own continuation classes, and,
 * behind a suffix, by the stem's prefixes. */
static bool expand_affix(const struct expansion *expansion, const struct stem *stem,
                         const struct affix *affix) {
    char text[FORM_MAX];
    const size_t len = affix_apply(affix, stem->text, stem->len, text);
    if (len == 0) {
        return true;
    }
    if (!has_flag(affix->flags, affix->n_flags, expansion->need_affix) &&
        !has_flag(affix->flags, affix->n_flags, expansion->only_in_compound) &&
        !expansion->receiver->take(expansion->receiver->context, text, true, stem->hidden)) {
        return false;
    }
    struct stem next = *stem;
    next.text = text;
    next.len = len;
    next.n_suffixes += !affix->is_prefix;
    next.n_prefixes += affix->is_prefix;
    if (affix->n_flags > 0) {
        next.flags = affix->flags;
        next.n_flags = affix->n_flags;
        if (!expand_stem(expansion, &next)) {
            return false;
        }
    }
    if (affix->is_prefix || !affix->crosses || stem->n_prefixes > 0) {
        return true;
    }
    for (size_t i = 0; i < stem->n_flags; i++) {
        uint32_t at = expansion->first_of[stem->flags[i] & 0xFFFF];
        for (; at != 0; at = expansion->affixes[at - 1].next) {
            const struct affix *prefix = &expansion->affixes[at - 1];
            if (prefix->is_prefix && prefix->crosses && affix_fits(expansion, prefix, text, len) &&
                !expand_affix(expansion, &next, prefix)) {
                return false;
            }
        }
    }
    return true;
}

static bool expand_stem(const struct expansion *expansion, const struct stem *stem) {
    for (size_t i = 0; i < stem->n_flags; i++) {
        uint32_t at = expansion->first_of[stem->flags[i] & 0xFFFF];
        for (; at != 0; at = expansion->affixes[at - 1].next) {
            const struct affix *affix = &expansion->affixes[at - 1];
            const bool room = affix->is_prefix ? stem->n_prefixes == 0 : stem->n_suffixes < 2;
            if (room && affix_fits(expansion, affix, stem->text, stem->len) &&
                !expand_affix(expansion, stem, affix)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- the .dic file ---- */

/* Cuts the line's morphological fields off and answers where its flags begin (NULL: none). */
static char *split_entry(char *line) {
    char *flags = NULL;
    char *out = line;
    for (char *at = line; *at != '\0'; at++) {
        if (*at == '\\' && at[1] == '/' && flags == NULL) {
            continue;
        }
        if (*at == '/' && flags == NULL && at > line && at[-1] != '\\') {
            *out = '\0';
            out++;
            flags = out;
            continue;
        }
        if (*at == ' ' && (flags != NULL || (at[1] != '\0' && at[2] != '\0' && at[3] == ':'))) {
            break;
        }
        *out = *at;
        out++;
    }
    *out = '\0';
    return flags;
}

/* Hands the word's flags that compound rules name to the receiver. */
static bool take_piece(const struct expansion *expansion, const char *word,
                       const struct flag_set *set) {
    char named[FLAGS_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++) {
        for (size_t r = 0; r < expansion->n_rules; r++) {
            if (set->flags[i] < 0x80 && strchr(expansion->rules[r], (int)set->flags[i]) != NULL) {
                named[n] = (char)set->flags[i];
                n++;
                break;
            }
        }
    }
    named[n] = '\0';
    return n == 0 || expansion->receiver->take_piece(expansion->receiver->context, word, named);
}

static bool expand_entry(const struct expansion *expansion, char *line) {
    const struct hunspell_receiver *receiver = expansion->receiver;
    const char *flags = split_entry(line);
    struct flag_set set = {.n = 0};
    if (flags != NULL) {
        read_flags(expansion, flags, &set);
    }
    const char *word = line;
    if (has_flag(set.flags, set.n, expansion->forbidden)) {
        return receiver->take_forbidden(receiver->context, word);
    }
    if (!take_piece(expansion, word, &set)) {
        return false;
    }
    const struct stem stem = {.text = word,
                              .len = strlen(word),
                              .flags = set.flags,
                              .n_flags = set.n,
                              .hidden = has_flag(set.flags, set.n, expansion->no_suggest)};
    if (has_flag(set.flags, set.n, expansion->only_in_compound)) {
        return true;
    }
    if (!has_flag(set.flags, set.n, expansion->need_affix) &&
        !receiver->take(receiver->context, word, false, stem.hidden)) {
        return false;
    }
    return expand_stem(expansion, &stem);
}

static bool open_table(const struct expansion *expansion, struct table *table,
                       const char *directory, const char *name, const char *ending) {
    const galley_string file = arena_format(expansion->arena, "%s%s", name, ending);
    if (file.data == NULL ||
        !table_open(table, expansion->arena, directory, file.data, expansion->error)) {
        return false;
    }
    if (table->text.data == NULL) {
        error_set(expansion->error, GALLEY_ERROR_DICTIONARY, "%s: no such file", table->path);
        return false;
    }
    return true;
}

bool hunspell_expand(struct arena *arena, const char *directory, const char *name,
                     const struct hunspell_receiver *receiver, galley_error *error) {
    struct expansion expansion = {.arena = arena, .receiver = receiver, .error = error};
    struct table table;
    bool done = false;
    expansion.first_of = arena_allocate_zeroed(arena, 0x10000 * sizeof *expansion.first_of);
    if (expansion.first_of == NULL) {
        error_set(error, GALLEY_ERROR_MEMORY, "no memory");
        goto end;
    }
    if (!open_table(&expansion, &table, directory, name, ".aff") || !read_aff(&expansion, &table) ||
        !open_table(&expansion, &table, directory, name, ".dic")) {
        goto end;
    }
    table_next(&table); /* the number of entries */
    while (table_next(&table)) {
        if (!expand_entry(&expansion, table.fields[0])) {
            error_set(error, GALLEY_ERROR_MEMORY, "%s:%zu: no memory", table.path, table.line);
            goto end;
        }
    }
    done = true;
end:
    memory_free(arena->memory, expansion.affixes);
    memory_free(arena->memory, expansion.aliases);
    memory_free(arena->memory, expansion.rules);
    return done;
}
