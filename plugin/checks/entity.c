/*
 * entity: one name written in several ways in one text, such as "G20" and "G-20".
 *
 * Not reported: words that only differ in capitals ("COVID-19", "Covid-19"), compounds without a
 * capital ("e-mail"), and ages or scores ("25-year-old", "3-2").
 *
 * The rule: names with a hyphen or a digit in them are the same where their letters and digits are.
 * The rarer spelling is reported, with a place of the other one.
 */
#include "checks/check.h"

#include <string.h>

enum { LONGEST_NAME = 40 };

struct name {
    uint64_t key;      /* of letters and digits; 0: free */
    uint64_t spelling; /* of all bytes, in small letters */
    struct span first;
    const char *text;
    uint32_t len;
    uint32_t n;
};

struct state {
    struct name *names; /* a hash table by key: spellings of one key stand in a row */
    size_t n_names, capacity;
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static uint64_t hash_name(const char *text, size_t len, bool with_hyphens) {
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < len; i++) {
        if (with_hyphens || text[i] != '-') {
            hash = (hash ^ (unsigned char)lower(text[i])) * UINT64_C(1099511628211);
        }
    }
    return hash | 1;
}

static bool is_name(const struct unit *unit, const struct token *token) {
    if (token->kind != TOKEN_WORD || (token->flags & (TOKEN_HYPHEN | TOKEN_DIGIT)) == 0 ||
        token->letter_case == CASE_LOWER || token->letter_case == CASE_NONE ||
        token->len > LONGEST_NAME || (token->flags & (TOKEN_APOSTROPHE | TOKEN_NON_ASCII)) != 0) {
        return false;
    }
    const char first = unit->text[token->offset];
    if (first < 'A' || first > 'Z') {
        return false;
    }
    /* "Anti-war": one capital, at a sentence's begin perhaps, and small letters behind. */
    const char *hyphen = memchr(unit->text + token->offset, '-', token->len);
    return (token->flags & TOKEN_DIGIT) != 0 ||
           (hyphen != NULL && hyphen + 1 < unit->text + token->offset + token->len &&
            hyphen[1] >= 'A' && hyphen[1] <= 'Z');
}

static bool make_room(struct check_run *run) {
    struct state *state = run->state;
    if (state->n_names * 2 < state->capacity) {
        return true;
    }
    const size_t capacity = state->capacity == 0 ? 64 : state->capacity * 2;
    struct name *names = arena_allocate_zeroed(run->arena, capacity * sizeof *names);
    if (names == NULL) {
        return false;
    }
    for (size_t i = 0; i < state->capacity; i++) {
        if (state->names[i].key != 0) {
            size_t at = state->names[i].key & (capacity - 1);
            while (names[at].key != 0) {
                at = (at + 1) & (capacity - 1);
            }
            names[at] = state->names[i];
        }
    }
    state->names = names;
    state->capacity = capacity;
    return true;
}

static galley_status take(struct check_run *run, const struct unit *unit,
                          const struct token *token) {
    struct state *state = run->state;
    const char *text = unit_token_text(unit, token);
    const uint64_t key = hash_name(text, token->len, false);
    const uint64_t spelling = hash_name(text, token->len, true);
    if (!make_room(run)) {
        return GALLEY_ERROR_MEMORY;
    }
    size_t at = key & (state->capacity - 1);
    while (state->names[at].key != 0 &&
           (state->names[at].key != key || state->names[at].spelling != spelling)) {
        at = (at + 1) & (state->capacity - 1);
    }
    struct name *name = &state->names[at];
    if (name->key == 0) {
        *name = (struct name){.key = key,
                              .spelling = spelling,
                              .first = check_span(unit, token->offset, token->offset + token->len),
                              .text = text,
                              .len = token->len};
        state->n_names++;
    }
    name->n++;
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    if ((unit->flags & (TOKEN_HYPHEN | TOKEN_DIGIT)) == 0) {
        return status;
    }
    for (size_t i = 0; i < unit->n_tokens && status == GALLEY_OK; i++) {
        if (is_name(unit, &unit->tokens[i])) {
            status = take(run, unit, &unit->tokens[i]);
        }
    }
    return status;
}

/* The commonest other spelling of a name, the earlier one among equals; NULL when there is none or
 * this one is preferred. */
static const struct name *find_preferred(const struct state *state, const struct name *name) {
    const struct name *preferred = NULL;
    size_t at = name->key & (state->capacity - 1);
    for (; state->names[at].key != 0; at = (at + 1) & (state->capacity - 1)) {
        const struct name *other = &state->names[at];
        if (other->key != name->key || other == name) {
            continue;
        }
        const bool better = other->n > name->n ||
                            (other->n == name->n && other->first.begin < name->first.begin);
        if (better && (preferred == NULL || other->n > preferred->n)) {
            preferred = other;
        }
    }
    return preferred;
}

static galley_status check_document(struct check_run *run) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < state->capacity && status == GALLEY_OK; i++) {
        const struct name *name = &state->names[i];
        const struct name *preferred = name->key == 0 ? NULL : find_preferred(state, name);
        if (preferred == NULL) {
            continue;
        }
        struct issue *issue;
        status = check_report(run, name->first, run->check->severity, &issue,
                              "“%.*s” is “%.*s” elsewhere in the text", (int)name->len, name->text,
                              (int)preferred->len, preferred->text);
        if (status == GALLEY_OK) {
            status = check_suggest(run, issue, preferred->text, preferred->len);
        }
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, preferred->first, "the other spelling");
        }
    }
    return status;
}

const struct check check_entity = {
    .name = "entity",
    .its_type = "inconsistent-entities",
    .mqm = "terminology/inconsistent",
    .summary = "one name written in several ways",
    .explanation = "A name that the text writes in several ways (“G20” and “G-20”). The rarer one "
                   "is reported, with a place of the other. Capitals make no difference.",
    .severity = GALLEY_MINOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
