#define PCRE2_CODE_UNIT_WIDTH 8

#include "style/house_style.h"

#include "base/error.h"
#include "base/limits.h"

#include <pcre2.h>
#include <string.h>

struct house_style {
    struct memory memory;
    struct arena arena;
    pcre2_general_context *general;
    struct style_rule *rules;
    size_t n_rules, capacity;
};

struct style_search {
    const struct house_style *style;
    const char *text;
    size_t len;
    pcre2_match_context *limits;
    pcre2_match_data *match;
    const struct style_rule *rule;
    size_t at;         /* where the search goes on */
    size_t window_end; /* the last place where a match may begin for now */
    unsigned n_found;  /* in this window */
};

/* ---- compiling ---- */

static void *take_memory(size_t size, void *context) {
    return memory_allocate(context, size);
}

static void give_memory(void *piece, void *context) {
    if (piece != NULL) {
        memory_free(context, piece);
    }
}

static pcre2_general_context *make_general(const struct memory *memory) {
    /* PCRE2 hands the context back as it was given; nothing writes to it. */
    return pcre2_general_context_create(take_memory, give_memory, (void *)(uintptr_t)memory);
}

static bool may_follow_blank(char c) {
    return c == '*' || c == '+' || c == '?' || c == '{';
}

/* Writes the pattern with every plain blank as "any white space", since texts break lines anywhere.
 * Blanks in classes, behind a backslash and before a quantifier stay. `to` has room for four bytes
 * a byte. */
static size_t widen_blanks(const char *pattern, size_t len, char *to) {
    size_t n = 0;
    bool in_class = false;
    for (size_t i = 0; i < len; i++) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < len) {
            to[n++] = c;
            to[n++] = pattern[++i];
            continue;
        }
        const bool quantified = i + 1 < len && may_follow_blank(pattern[i + 1]);
        if (c == ' ' && !in_class && !quantified) {
            memcpy(to + n, "\\s+", 3);
            n += 3;
            continue;
        }
        in_class = c == '[' ? true : c == ']' ? false : in_class;
        to[n++] = c;
    }
    return n;
}

/* Whether blanks mean something else: the pattern is quoted, or written with blanks for reading. */
static bool keeps_blanks(const char *pattern, size_t len) {
    for (size_t i = 0; i + 1 < len; i++) {
        if (memcmp(pattern + i, "\\Q", 2) == 0 ||
            (i + 2 < len && memcmp(pattern + i, "(?x", 3) == 0)) {
            return true;
        }
    }
    return false;
}

/* NULL with the number of PCRE2's error in *problem and its place in *where. */
static pcre2_code *compile(pcre2_general_context *general, const char *pattern, size_t len,
                           int *problem, size_t *where) {
    const uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    pcre2_compile_context *context = pcre2_compile_context_create(general);
    *problem = PCRE2_ERROR_NOMEMORY;
    *where = 0;
    pcre2_code *code =
        context == NULL ? NULL
                        : pcre2_compile((PCRE2_SPTR)pattern, len, options, problem, where, context);
    pcre2_compile_context_free(context);
    return code;
}

static galley_status refuse(int problem, size_t where, const char *pattern, size_t len,
                            galley_error *error) {
    if (problem == PCRE2_ERROR_NOMEMORY || problem == PCRE2_ERROR_HEAP_FAILED) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    char reason[120];
    pcre2_get_error_message(problem, (PCRE2_UCHAR *)reason, sizeof reason);
    return error_set(error, GALLEY_ERROR_SETTINGS, "“%.*s” is no pattern: %s (behind its byte %zu)",
                     error_cut(len), pattern, reason, where);
}

galley_status house_style_judge(const struct memory *memory, const char *pattern, size_t len,
                                galley_error *error) {
    pcre2_general_context *general = make_general(memory);
    int problem = PCRE2_ERROR_NOMEMORY;
    size_t where = 0;
    pcre2_code *code = general == NULL ? NULL : compile(general, pattern, len, &problem, &where);
    const galley_status status =
        code == NULL ? refuse(problem, where, pattern, len, error) : GALLEY_OK;
    pcre2_code_free(code);
    pcre2_general_context_free(general);
    return status;
}

static galley_status compile_rule(struct house_style *style, struct style_rule *rule,
                                  galley_error *error) {
    const size_t len = rule->pattern.len;
    int problem = 0;
    size_t where = 0;
    /* As it is written, so that an error is where its author sees it. */
    rule->code = compile(style->general, rule->pattern.data, len, &problem, &where);
    if (rule->code == NULL) {
        return refuse(problem, where, rule->pattern.data, len, error);
    }
    if (memchr(rule->pattern.data, ' ', len) == NULL || keeps_blanks(rule->pattern.data, len)) {
        return GALLEY_OK;
    }
    char *widened = memory_allocate(&style->memory, len * 4 + 1);
    if (widened == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    const size_t widened_len = widen_blanks(rule->pattern.data, len, widened);
    pcre2_code *code = compile(style->general, widened, widened_len, &problem, &where);
    memory_free(&style->memory, widened);
    if (code == NULL) {
        return refuse(problem, where, rule->pattern.data, len, error);
    }
    pcre2_code_free(rule->code);
    rule->code = code;
    return GALLEY_OK;
}

/* Divides "REPLACEMENT | MESSAGE". */
static void divide_replacement(struct style_rule *rule) {
    const galley_string value = rule->replacement;
    for (size_t i = 0; i + 3 <= value.len; i++) {
        if (memcmp(value.data + i, " | ", 3) == 0) {
            rule->replacement.len = i;
            rule->message = (galley_string){value.data + i + 3, value.len - i - 3};
            return;
        }
    }
}

static galley_status add_rule(struct house_style *style, const struct setting *setting,
                              size_t prefix_len, bool replaces, galley_error *error) {
    if (!memory_grow(&style->memory, &style->rules, &style->capacity, sizeof *style->rules,
                     style->n_rules + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    const galley_string pattern =
        arena_copy(&style->arena, setting->key + prefix_len, setting->key_len - prefix_len);
    const galley_string value = arena_copy(&style->arena, setting->value, setting->value_len);
    if (pattern.data == NULL || value.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    struct style_rule *rule = &style->rules[style->n_rules++];
    *rule = (struct style_rule){.pattern = pattern, .message = {"", 0}};
    if (replaces) {
        rule->replacement = value;
        divide_replacement(rule);
    } else {
        rule->message = value;
    }
    return compile_rule(style, rule, error);
}

galley_status house_style_create(const struct memory *memory,
                                 const struct galley_settings *settings, struct house_style **style,
                                 galley_error *error) {
    static const char replace[] = "replace.";
    static const char forbid[] = "forbid.";
    struct house_style *made = memory_allocate(memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *made = (struct house_style){.memory = *memory};
    arena_init(&made->arena, &made->memory);
    made->general = make_general(&made->memory);
    galley_status status = made->general == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
    for (size_t i = 0; i < settings->n_items && status == GALLEY_OK; i++) {
        const struct setting *setting = &settings->items[i];
        if (strncmp(setting->key, replace, sizeof replace - 1) == 0) {
            status = add_rule(made, setting, sizeof replace - 1, true, error);
        } else if (strncmp(setting->key, forbid, sizeof forbid - 1) == 0) {
            status = add_rule(made, setting, sizeof forbid - 1, false, error);
        }
    }
    if (status != GALLEY_OK) {
        house_style_destroy(made);
        return status == GALLEY_ERROR_MEMORY ? error_set(error, status, "out of memory") : status;
    }
    *style = made;
    return GALLEY_OK;
}

void house_style_destroy(struct house_style *style) {
    if (style == NULL) {
        return;
    }
    for (size_t i = 0; i < style->n_rules; i++) {
        pcre2_code_free(style->rules[i].code);
    }
    const struct memory memory = style->memory;
    pcre2_general_context_free(style->general);
    memory_free(&memory, style->rules);
    arena_finish(&style->arena);
    memory_free(&memory, style);
}

size_t house_style_n_rules(const struct house_style *style) {
    return style == NULL ? 0 : style->n_rules;
}

const struct style_rule *house_style_rule(const struct house_style *style, size_t index) {
    return &style->rules[index];
}

/* ---- matching ---- */

static uint32_t count_groups(const struct house_style *style) {
    uint32_t most = 0;
    for (size_t i = 0; i < style->n_rules; i++) {
        uint32_t n = 0;
        pcre2_pattern_info(style->rules[i].code, PCRE2_INFO_CAPTURECOUNT, &n);
        most = n > most ? n : most;
    }
    return most;
}

struct style_search *style_search_create(const struct house_style *style, const char *text,
                                         size_t len) {
    struct style_search *search = memory_allocate(&style->memory, sizeof *search);
    if (search == NULL) {
        return NULL;
    }
    *search = (struct style_search){.style = style, .text = text, .len = len};
    search->limits = pcre2_match_context_create(style->general);
    search->match = pcre2_match_data_create(count_groups(style) + 1, style->general);
    if (search->limits == NULL || search->match == NULL) {
        style_search_destroy(search);
        return NULL;
    }
    pcre2_set_heap_limit(search->limits, LIMIT_PATTERN_HEAP);
    return search;
}

void style_search_destroy(struct style_search *search) {
    if (search == NULL) {
        return;
    }
    const struct memory memory = search->style->memory;
    pcre2_match_data_free(search->match);
    pcre2_match_context_free(search->limits);
    memory_free(&memory, search);
}

static void open_window(struct style_search *search) {
    search->n_found = 0;
    search->window_end = search->at + LIMIT_PATTERN_WINDOW;
    if (search->window_end > search->len) {
        search->window_end = search->len;
    }
}

void style_search_begin(struct style_search *search, size_t rule) {
    search->rule = &search->style->rules[rule];
    search->at = 0;
    open_window(search);
}

/* Steps for one more match in this window. PCRE2 does not tell how many a match took, so what is
 * left is bounded by a series whose sum is finite: the window takes less than twice the limit. */
static uint32_t steps_for(unsigned n_found) {
    const uint32_t share = (n_found + 1) * (n_found + 1);
    const uint32_t steps = LIMIT_PATTERN_STEPS / share;
    return steps < LIMIT_PATTERN_STEPS_MIN ? LIMIT_PATTERN_STEPS_MIN : steps;
}

enum style_result style_search_next(struct style_search *search, size_t *begin, size_t *end) {
    for (;;) {
        pcre2_set_match_limit(search->limits, steps_for(search->n_found));
        pcre2_set_offset_limit(search->limits, search->window_end);
        const int n =
            pcre2_match(search->rule->code, (PCRE2_SPTR)search->text, search->len, search->at,
                        PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, search->match, search->limits);
        if (n > 0) {
            const size_t *places = pcre2_get_ovector_pointer(search->match);
            *begin = places[0];
            *end = places[1];
            search->n_found++;
            /* A look behind may begin a match before where the search began (\K). */
            if (*begin < search->at || *end <= search->at) {
                return STYLE_NONE;
            }
            search->at = *end;
            if (search->at > search->window_end) {
                open_window(search);
            }
            return STYLE_FOUND;
        }
        if (n != PCRE2_ERROR_NOMATCH) {
            return n == PCRE2_ERROR_NOMEMORY ? STYLE_NO_MEMORY : STYLE_TOO_SLOW;
        }
        if (search->window_end == search->len) {
            return STYLE_NONE;
        }
        /* On, to the first character behind the window. */
        search->at = search->window_end + 1;
        while (search->at < search->len && (search->text[search->at] & 0xC0) == 0x80) {
            search->at++;
        }
        open_window(search);
    }
}

/* pcre2_substitute's answer for the place that was found last; *len as it takes and gives it. */
static int substitute(struct style_search *search, char *text, size_t *len) {
    const galley_string replacement = search->rule->replacement;
    return pcre2_substitute(search->rule->code, (PCRE2_SPTR)search->text, search->len, 0,
                            PCRE2_SUBSTITUTE_MATCHED | PCRE2_SUBSTITUTE_REPLACEMENT_ONLY |
                                PCRE2_SUBSTITUTE_EXTENDED | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH |
                                PCRE2_NO_UTF_CHECK,
                            search->match, search->limits, (PCRE2_SPTR)replacement.data,
                            replacement.len, (PCRE2_UCHAR *)text, len);
}

enum style_result style_search_replacement(struct style_search *search, struct arena *arena,
                                           galley_string *written) {
    char first[256];
    size_t len = sizeof first;
    int result = substitute(search, first, &len);
    if (result >= 0) {
        *written = arena_copy(arena, first, len);
        return written->data == NULL ? STYLE_NO_MEMORY : STYLE_FOUND;
    }
    /* Too long: PCRE2 then says how long, with the NUL. Without memory it says nothing. */
    if (result != PCRE2_ERROR_NOMEMORY) {
        return STYLE_NONE;
    }
    char *longer = len > sizeof first ? arena_allocate(arena, len) : NULL;
    if (longer == NULL) {
        return STYLE_NO_MEMORY;
    }
    result = substitute(search, longer, &len);
    *written = (galley_string){longer, len};
    return result >= 0 ? STYLE_FOUND : STYLE_NO_MEMORY;
}
