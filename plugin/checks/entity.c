/*
 * entity: one name written in several ways in one text, such as "G20" and "G-20", "Kyiv" and
 * "Kiev", "Kim Ju-ae" and "Kim Jue", "al Qaeda" and "al-Qaeda", "Xi Jinping" and "Jinping Xi", or
 * one letter off ("Krasnovodsk", "Krasnavodsk"); names that machines write wrongly ("France
 * Press"); and well-known names with a slip ("Toyko").
 *
 * Acronyms with and without dots ("U.S.", "US") are neutral.
 *
 * Not reported: words that only differ in capitals ("COVID-19", "Covid-19"), compounds without a
 * capital ("e-mail"), ages or scores ("25-year-old", "3-2"), names that differ at their end, which
 * are often two people's ("Ivanov", "Ivanova").
 *
 * The rule: names are the same where their letters and digits are, where two words of a person's
 * name stand the other way round, where the pack says so, where
 * they follow the same word and only their vowels differ, or where one letter inside differs and
 * one of them comes but once, be the other one known or not. Behind another given name it is
 * another person. The rarer spelling is reported, with a place of the other one.
 */
#include "base/ascii.h"
#include "base/hash.h"
#include "checks/check.h"
#include "language/phrases.h"
#include "language/spelling.h"
#include "text/mark.h"

#include <string.h>

enum {
    LONGEST_NAME = 40,
    UNKNOWN_MAX = 1024, /* unknown names of a document that are compared with each other */
    UNKNOWN_SLOTS = 2 * UNKNOWN_MAX,
    SHORTEST_UNKNOWN = 6 /* bytes; shorter names are one letter apart by chance */
};

struct name {
    uint64_t key;      /* of letters and digits; 0: free */
    uint64_t spelling; /* of all bytes, in small letters */
    struct span first;
    const char *text;
    uint32_t len;
    uint32_t n;
};

/* A name that the pack does not know. */
struct unknown {
    const char *text;
    uint32_t len;
    uint32_t n;
    uint64_t before; /* hash of the capitalised word before it; 0: none */
    struct span first;
    bool hyphen;
    bool reported;
};

enum { KNOWN_MAX = 512, COMPANIONS = 3 };

enum { PARTICLES_MAX = 32, PARTICLE_BITS = 1024, LONGEST_PARTICLE = 3 };

/* A name that the pack knows. */
struct known {
    uint32_t form, n;
    const char *text;
    uint32_t len;
    struct span first;
    uint64_t before[COMPANIONS]; /* as in struct unknown, of its first places */
};

struct state {
    struct known *known; /* KNOWN_MAX, by form, open addressing; n is 0 where it is free */
    size_t n_known;
    struct name *names; /* a hash table by key: spellings of one key stand in a row */
    size_t n_names, capacity;
    struct unknown *unknown; /* UNKNOWN_MAX, NULL before the first */
    uint16_t *unknown_slots; /* UNKNOWN_SLOTS: 1 + the index of a name by its hash; 0: free */
    size_t n_unknown;
    struct phrases phrases;
    uint32_t particles[PARTICLES_MAX]; /* forms of "al", "bin" */
    size_t n_particles;
    uint64_t particle_bits[PARTICLE_BITS / 64]; /* those of their lowest bits */
    bool opened;
};

/* Sets the keys of persons, whose words make one key in either order, apart from others. */
#define PERSON UINT64_C(0xD6E8FEB86659FD93)

static uint64_t hash_name(const char *text, size_t len, bool with_hyphens) {
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < len; i++) {
        if (with_hyphens || (text[i] != '-' && text[i] != ' ')) {
            hash = hash_add(hash, (unsigned char)ascii_lower(text[i]));
        }
    }
    return hash | 1;
}

static void open_particles(const struct check_run *run, struct state *state) {
    const galley_string list = pack_setting(run->pack, "name-particles");
    for (int place = 0; state->n_particles < PARTICLES_MAX; place++) {
        const galley_string word = check_word_of_list(list, place);
        if (word.len == 0) {
            return;
        }
        const uint32_t form = pack_find(run->pack, word.data, word.len);
        if (form != FORM_NONE) {
            state->particles[state->n_particles++] = form;
            state->particle_bits[form % PARTICLE_BITS / 64] |= UINT64_C(1) << form % 64;
        }
    }
}

static bool is_particle(const struct state *state, uint32_t form) {
    if ((state->particle_bits[form % PARTICLE_BITS / 64] >> form % 64 & 1) == 0) {
        return false;
    }
    for (size_t i = 0; i < state->n_particles; i++) {
        if (state->particles[i] == form) {
            return true;
        }
    }
    return false;
}

/* "al-Qaeda": a particle in small letters before the name. */
static bool has_particle(const struct check_run *run, const struct unit *unit,
                         const struct token *token) {
    const char *text = unit_token_text(unit, token);
    const size_t reach = token->len < LONGEST_PARTICLE + 2 ? token->len : LONGEST_PARTICLE + 2;
    const char *hyphen = memchr(text, '-', reach);
    return hyphen != NULL && hyphen + 1 < text + token->len && hyphen[1] >= 'A' &&
           hyphen[1] <= 'Z' && token->len <= LONGEST_NAME &&
           (token->flags & (TOKEN_APOSTROPHE | TOKEN_NON_ASCII)) == 0 &&
           is_particle(run->state, pack_find(run->pack, text, (size_t)(hyphen - text)));
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

static galley_status take(struct check_run *run, struct span span, const char *text, size_t len,
                          uint64_t key, uint64_t spelling) {
    struct state *state = run->state;
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
        *name = (struct name){
            .key = key, .spelling = spelling, .first = span, .text = text, .len = (uint32_t)len};
        state->n_names++;
    }
    name->n++;
    return GALLEY_OK;
}

static galley_status take_token(struct check_run *run, const struct unit *unit,
                                const struct token *token, uint64_t key, uint64_t spelling) {
    return take(run, unit_span(unit, token->offset, token->offset + token->len),
                unit_token_text(unit, token), token->len, key, spelling);
}

/* A name that the pack knows in several spellings: its key is theirs all. */
static galley_status take_variant(struct check_run *run, const struct unit *unit,
                                  const struct token *token) {
    enum { SPELLINGS = 8 };
    if ((pack_facts(run->pack, token->form)->flags & FORM_LOWER) != 0) {
        return GALLEY_OK;
    }
    uint32_t forms[SPELLINGS];
    const size_t n = pack_variants(run->pack, token->form, forms, SPELLINGS);
    uint32_t least = token->form;
    for (size_t i = 0; i < n && i < SPELLINGS; i++) {
        least = forms[i] < least ? forms[i] : least;
    }
    return n == 0 ? GALLEY_OK
                  : take_token(run, unit, token,
                               (least + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15) | 1,
                               token->form + UINT64_C(1));
}

/* "France Press": a phrase from token i on that the pack says is written otherwise. */
static galley_status check_misnamed(struct check_run *run, const struct unit *unit, size_t i,
                                    size_t *end) {
    const struct state *state = run->state;
    const struct phrase_place *found = NULL;
    uint64_t hash = 0;
    for (size_t at = i; at < unit->n_tokens && at < i + PHRASE_WORDS_MAX; at++) {
        const struct token *token = &unit->tokens[at];
        if (token->kind != TOKEN_WORD || token->letter_case == CASE_LOWER) {
            break;
        }
        hash = phrase_hash_step(hash, unit_token_text(unit, token), token->len);
        const struct phrase_place *place = phrases_find(&state->phrases, hash);
        if (place != NULL && (place->kinds & PHRASE_MISNAMED) != 0) {
            found = place;
            *end = at + 1;
        }
    }
    if (found == NULL) {
        return GALLEY_OK;
    }
    const struct token *last = &unit->tokens[*end - 1];
    const char *right = state->phrases.texts + found->text;
    struct issue *issue;
    galley_status status =
        check_report(run, unit_span(unit, unit->tokens[i].offset, last->offset + last->len),
                     run->check->severity, &issue, "the name is “%s”", right);
    for (; status == GALLEY_OK && *right != '\0'; right += strlen(right) + 1) {
        status = check_suggest(run, issue, right, strlen(right));
    }
    return status;
}

static bool is_unknown_name(const struct token *token) {
    return token->kind == TOKEN_WORD && token->form == FORM_NONE &&
           token->letter_case == CASE_TITLE && token->len <= LONGEST_NAME && token->len > 2 &&
           (token->flags & (TOKEN_DIGIT | TOKEN_DOT | TOKEN_APOSTROPHE | TOKEN_QUOTED)) == 0;
}

/* Of the capitalised word before token i, 0: none, or one that is no name ("Then"). */
static uint64_t hash_before(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const bool follows = i > 0 && token[-1].kind == TOKEN_WORD &&
                         token[-1].letter_case == CASE_TITLE &&
                         (token->flags & TOKEN_SENTENCE_START) == 0 &&
                         token[-1].form >= pack_n_lower_forms(run->pack);
    return follows ? hash_name(unit_token_text(unit, &token[-1]), token[-1].len, true) : 0;
}

/* The slot of the unknown name that is written so, or the free one that waits for it. */
static uint16_t *find_unknown(const struct state *state, const char *text, size_t len) {
    size_t at = (size_t)(hash_name(text, len, true) >> 8) % UNKNOWN_SLOTS;
    for (;;) {
        uint16_t *slot = &state->unknown_slots[at];
        const struct unknown *name = &state->unknown[*slot - 1];
        if (*slot == 0 || (name->len == len && memcmp(name->text, text, len) == 0)) {
            return slot;
        }
        at = (at + 1) % UNKNOWN_SLOTS;
    }
}

static galley_status take_unknown(struct check_run *run, const struct unit *unit, size_t i) {
    struct state *state = run->state;
    const struct token *token = &unit->tokens[i];
    const char *text = unit_token_text(unit, token);
    if (state->unknown == NULL) {
        state->unknown = arena_allocate(run->arena, UNKNOWN_MAX * sizeof *state->unknown);
        state->unknown_slots =
            arena_allocate_zeroed(run->arena, UNKNOWN_SLOTS * sizeof *state->unknown_slots);
        if (state->unknown == NULL || state->unknown_slots == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    uint16_t *slot = find_unknown(state, text, token->len);
    if (*slot > 0) {
        state->unknown[*slot - 1].n++;
        return GALLEY_OK;
    }
    if (state->n_unknown == UNKNOWN_MAX) {
        return GALLEY_OK;
    }
    *slot = (uint16_t)(state->n_unknown + 1);
    state->unknown[state->n_unknown++] = (struct unknown){
        .text = text,
        .len = token->len,
        .n = 1,
        .before = hash_before(run, unit, i),
        .first = unit_span(unit, token->offset, token->offset + token->len),
        .hyphen = (token->flags & TOKEN_HYPHEN) != 0,
    };
    return GALLEY_OK;
}

static galley_status check_known(struct check_run *run, const struct unit *unit) {
    const uint32_t n_lower = pack_n_lower_forms(run->pack);
    galley_status status = GALLEY_OK;
    size_t done = 0; /* tokens before are in a phrase already */
    for (size_t i = 0; i < unit->n_noted && status == GALLEY_OK; i++) {
        const size_t at = unit->noted[i].token;
        const struct token *token = &unit->tokens[at];
        if ((unit->noted[i].signs & SIGN_ENTITY) == 0 || token->letter_case != CASE_TITLE ||
            at < done) {
            continue;
        }
        size_t end = at;
        status = check_misnamed(run, unit, at, &end);
        if (status == GALLEY_OK && end == at && token->form >= n_lower) {
            status = take_variant(run, unit, token);
        }
        done = end;
    }
    return status;
}

/* ---- names of two words ---- */

/* Whether a blank stands between the tokens at i and behind it, and nothing else. */
static bool are_neighbours(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return (token[1].offset == token->offset + token->len + 1) &
           (unit->text[token[1].offset - 1] == ' ');
}

/* A number for the word: its form's where it has one, which costs nothing. */
static uint64_t word_key(const struct unit *unit, const struct token *token) {
    return token->form != FORM_NONE ? token->form * UINT64_C(0x9E3779B97F4A7C15)
                                    : hash_name(unit_token_text(unit, token), token->len, true);
}

/* Takes the tokens at i and behind it as one name. */
static galley_status take_two(struct check_run *run, const struct unit *unit, size_t i,
                              uint64_t key, uint64_t spelling) {
    const struct token *token = &unit->tokens[i];
    const struct span span = unit_span(unit, token->offset, token[1].offset + token[1].len);
    const char *text = unit_token_text(unit, token);
    const size_t len = token[1].offset + token[1].len - token->offset;
    return len > LONGEST_NAME ? GALLEY_OK : take(run, span, text, len, key, spelling);
}

/* Takes them as one name that may also be written with a hyphen, or as one word. */
static galley_status take_joined(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const char *text = unit_token_text(unit, token);
    const size_t len = token[1].offset + token[1].len - token->offset;
    return take_two(run, unit, i, hash_name(text, len, false), hash_name(text, len, true));
}

/* Without a branch: words beside a capital are names as often as not. */
static bool is_plain_name(const struct token *token) {
    const unsigned compound =
        TOKEN_HYPHEN | TOKEN_DIGIT | TOKEN_DOT | TOKEN_APOSTROPHE | TOKEN_NON_ASCII;
    return (token->kind == TOKEN_WORD) & (token->letter_case != CASE_LOWER) & (token->len > 1) &
           ((token->flags & compound) == 0);
}

static bool is_of_calendar(const struct check_run *run, const struct token *token) {
    const struct form_facts *facts = check_facts(run, token);
    return facts != NULL && (facts->flags & FORM_CALENDAR) != 0;
}

/* Whether the word, which has a capital, can be nothing but a name: "Covid", not "Page". */
static bool is_only_name(const struct check_run *run, const struct token *token) {
    return token->form >= pack_n_lower_forms(run->pack) || /* FORM_NONE, too */
           check_facts(run, token)->parts == PART_PROPER_NOUN;
}

enum { THINGS = FORM_PLACE | FORM_ORGANISATION | FORM_DEMONYM | FORM_CALENDAR };

/* What the pack says of the word where it is a name that a person may have; 0 where it is none. */
static unsigned person_flags(const struct form_facts *facts) {
    if (facts == NULL) {
        return FORM_TITLE;
    }
    const unsigned names = FORM_GIVEN_NAME | FORM_SURNAME;
    const bool is_thing = (facts->flags & THINGS) != 0 && (facts->flags & names) == 0;
    return is_thing || (facts->classes & (CLASS_FUNCTION | CLASS_ROLE)) != 0
               ? 0
               : facts->flags & (FORM_TITLE | names);
}

/* A person's name, as far as its two words tell: not two given names, which are two people's in
 * either order. */
static bool is_person(const struct check_run *run, const struct token *first) {
    if (!is_only_name(run, first) && !is_only_name(run, first + 1)) {
        return false;
    }
    const unsigned left = person_flags(check_facts(run, first));
    const unsigned right = left == 0 ? 0 : person_flags(check_facts(run, first + 1));
    return right != 0 && (left & right & FORM_GIVEN_NAME) == 0;
}

/* "Covid 19", which others write with a hyphen; "Xi Jinping", which machines turn round. */
static galley_status take_pair(struct check_run *run, const struct unit *unit, size_t i) {
    enum { LONGEST_NUMBER = 3 };
    if (i + 1 >= unit->n_tokens) {
        return GALLEY_OK;
    }
    const struct token *token = &unit->tokens[i];
    const struct token *next = token + 1;
    const bool may_be_name = (next->letter_case == CASE_TITLE) | (next->kind == TOKEN_NUMBER);
    if (!(may_be_name & are_neighbours(unit, i) & is_plain_name(token))) {
        return GALLEY_OK;
    }
    if (next->kind == TOKEN_NUMBER) {
        return next->len > LONGEST_NUMBER || !is_only_name(run, token) || is_of_calendar(run, token)
                   ? GALLEY_OK
                   : take_joined(run, unit, i);
    }
    /* "Xi Jinping Xi Jinping": the second name begins anew. */
    const bool repeats = i > 0 && token[-1].len == next->len && token[-1].form == next->form;
    if (token->letter_case != CASE_TITLE || repeats || !is_plain_name(next) ||
        !is_person(run, token)) {
        return GALLEY_OK;
    }
    const uint64_t left = word_key(unit, token);
    const uint64_t right = word_key(unit, next);
    return left == right ? GALLEY_OK
                         : take_two(run, unit, i, (left + right) * PERSON | 1, left * 2 + right);
}

/* "al Qaeda" */
static galley_status take_with_particle(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    if (i == 0 || !is_particle(run->state, token[-1].form) || token[-1].kind != TOKEN_WORD ||
        token[-1].len > LONGEST_PARTICLE || !are_neighbours(unit, i - 1) || !is_plain_name(token) ||
        !is_only_name(run, token)) {
        return GALLEY_OK;
    }
    return take_joined(run, unit, i - 1);
}

/* Counts a name that the pack knows, for unknown ones to be held against. */
static galley_status take_known(struct check_run *run, const struct unit *unit, size_t i) {
    struct state *state = run->state;
    const struct token *token = &unit->tokens[i];
    if (state->known == NULL) {
        state->known = arena_allocate_zeroed(run->arena, KNOWN_MAX * sizeof *state->known);
        if (state->known == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    size_t at = (token->form * UINT32_C(2654435761)) % KNOWN_MAX;
    while (state->known[at].n > 0 && state->known[at].form != token->form) {
        at = (at + 1) % KNOWN_MAX;
    }
    struct known *known = &state->known[at];
    if (known->n == 0) {
        if (2 * state->n_known >= KNOWN_MAX) {
            return GALLEY_OK;
        }
        *known =
            (struct known){.form = token->form,
                           .text = unit_token_text(unit, token),
                           .len = token->len,
                           .first = unit_span(unit, token->offset, token->offset + token->len)};
        state->n_known++;
    }
    if (known->n < COMPANIONS) {
        known->before[known->n] = hash_before(run, unit, i);
    }
    known->n++;
    return GALLEY_OK;
}

/* Whether the token is a name that the pack knows, long enough for slips to be told. */
static bool is_known_name(const struct token *token, uint32_t n_lower) {
    const unsigned compound = TOKEN_HYPHEN | TOKEN_CLITIC | TOKEN_DOT | TOKEN_APOSTROPHE;
    return (token->form >= n_lower) & (token->form != FORM_NONE) &
           (token->len >= SHORTEST_UNKNOWN) & (token->letter_case == CASE_TITLE) &
           ((token->flags & compound) == 0);
}

/* Sets the keys of acronyms apart from those of other names. */
#define ACRONYM UINT64_C(0x5555555555555554)

enum { LONGEST_ACRONYM = 8 };

/* Where acronyms count: headlines leave the dots out (AP Stylebook, “headlines”), and shout; a
 * story's first sentence may begin with its headline. The first token of those; n_tokens: none. */
static size_t first_of_text(const struct unit *unit) {
    if (unit->n_tokens == 0 || unit->n_sentences == 0 || unit->kind == UNIT_HEADING) {
        return unit->n_tokens;
    }
    const struct token *last = &unit->tokens[unit->n_tokens - 1];
    if (last->kind != TOKEN_MARK || !(mark_is_stop(last->mark) || mark_is_quotation(last->mark))) {
        return unit->n_tokens;
    }
    return unit->index == 0 ? unit->sentences[0].end : 0;
}

static bool is_acronym(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return token->letter_case == CASE_UPPER && token->len > 1 && token->len <= LONGEST_ACRONYM &&
           (token->flags & (TOKEN_DIGIT | TOKEN_HYPHEN | TOKEN_APOSTROPHE | TOKEN_NON_ASCII |
                            TOKEN_QUOTED)) == 0 &&
           (i == 0 || token[-1].kind != TOKEN_WORD || token[-1].letter_case == CASE_LOWER);
}

/* "U.S." and "US". */
static galley_status take_acronym(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const char *text = unit_token_text(unit, token);
    char plain[LONGEST_ACRONYM];
    size_t len = 0;
    for (size_t k = 0; k < token->len; k++) {
        if (text[k] != '.') {
            plain[len++] = text[k];
        }
    }
    return len < 2 ? GALLEY_OK
                   : take_token(run, unit, token, hash_name(plain, len, true) ^ ACRONYM,
                                hash_name(text, token->len, true));
}

static galley_status check_capitals(struct check_run *run, const struct unit *unit) {
    const uint32_t n_lower = pack_n_lower_forms(run->pack);
    const size_t text = first_of_text(unit);
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_capitals && status == GALLEY_OK; i++) {
        const size_t at = unit->capitals[i];
        if (is_known_name(&unit->tokens[at], n_lower)) {
            status = take_known(run, unit, at);
        }
        if (status == GALLEY_OK) {
            status = take_pair(run, unit, at);
        }
        if (status == GALLEY_OK) {
            status = take_with_particle(run, unit, at);
        }
        if (status == GALLEY_OK && at >= text && is_acronym(unit, at)) {
            status = take_acronym(run, unit, at);
        }
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    galley_status status = GALLEY_OK;
    if (!state->opened) {
        phrases_open(&state->phrases, run->pack);
        open_particles(run, state);
        state->opened = true;
    }
    if (state->phrases.head != NULL && (unit->signs & SIGN_ENTITY) != 0) {
        status = check_known(run, unit);
    }
    if (status == GALLEY_OK) {
        status = check_capitals(run, unit);
    }
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        if (is_unknown_name(&unit->tokens[unit->unknown[i]])) {
            status = take_unknown(run, unit, unit->unknown[i]);
        }
    }
    if ((unit->flags & (TOKEN_HYPHEN | TOKEN_DIGIT)) == 0) {
        return status;
    }
    for (size_t i = 0; i < unit->n_compounds && status == GALLEY_OK; i++) {
        const struct token *token = &unit->tokens[unit->compounds[i]];
        if (is_name(unit, token) || has_particle(run, unit, token)) {
            const char *text = unit_token_text(unit, token);
            status = take_token(run, unit, token, hash_name(text, token->len, false),
                                hash_name(text, token->len, true));
        }
    }
    return status;
}

/* ---- unknown names beside each other ---- */

/* Letters without vowels and hyphens: what is left the same when a name is romanised anew. */
static size_t write_skeleton(const struct unknown *name, char out[LONGEST_NAME]) {
    size_t n = 0;
    for (size_t i = 0; i < name->len; i++) {
        const char c = ascii_lower(name->text[i]);
        if (c != '-' && strchr("aeiouyw", c) == NULL) {
            out[n++] = c;
        }
    }
    return n;
}

/* "Ju-ae", "Joo-ae" and "Jue" behind the same surname. */
static bool is_other_romanisation(const struct unknown *a, const struct unknown *b) {
    if (a->before == 0 || a->before != b->before || !(a->hyphen || b->hyphen) ||
        ascii_lower(a->text[0]) != ascii_lower(b->text[0])) {
        return false;
    }
    char left[LONGEST_NAME];
    char right[LONGEST_NAME];
    const size_t n = write_skeleton(a, left);
    return n > 0 && n == write_skeleton(b, right) && memcmp(left, right, n) == 0 &&
           (a->len > b->len ? a->len - b->len : b->len - a->len) <= 2;
}

/* One letter inside is another, missing or swapped with its neighbour; neither at the begin nor
 * among the last two, where names of men and women and cases of one name differ. */
static bool is_one_off(const struct unknown *a, const struct unknown *b) {
    const struct unknown *longer = a->len >= b->len ? a : b;
    const struct unknown *shorter = a->len >= b->len ? b : a;
    if (shorter->len < SHORTEST_UNKNOWN || longer->len - shorter->len > 1 || a->hyphen ||
        b->hyphen) {
        return false;
    }
    size_t same = 0;
    while (same < shorter->len && longer->text[same] == shorter->text[same]) {
        same++;
    }
    size_t tail = 0;
    while (tail < shorter->len - same &&
           longer->text[longer->len - 1 - tail] == shorter->text[shorter->len - 1 - tail]) {
        tail++;
    }
    const size_t middle = shorter->len - same - tail;
    const bool swapped = longer->len == shorter->len && middle == 2 &&
                         longer->text[same] == shorter->text[same + 1] &&
                         longer->text[same + 1] == shorter->text[same];
    const bool one = longer->len == shorter->len ? middle == 1 || swapped : middle == 0;
    return one && same >= 1 && tail >= (swapped ? 1 : 2);
}

/* Whether the unknown name, said once, is a slip in the known one. Behind another given name it is
 * another person. */
static bool is_slip_of(const struct unknown *name, const struct known *known) {
    if (name->n > 1 || known->n < 2 || name->text[0] != known->text[0]) {
        return false;
    }
    bool same_person = name->before == 0;
    for (size_t i = 0; i < COMPANIONS; i++) {
        same_person |= known->before[i] == name->before;
    }
    const struct unknown other = {.text = known->text, .len = known->len};
    return same_person && is_one_off(name, &other);
}

static galley_status report_slip(struct check_run *run, const struct unknown *name,
                                 const struct known *known) {
    struct issue *issue;
    galley_status status = check_report(run, name->first, run->check->severity, &issue,
                                        "“%.*s” may be “%.*s”, as elsewhere in the text",
                                        (int)name->len, name->text, (int)known->len, known->text);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, known->text, known->len);
    }
    return status == GALLEY_OK ? check_relate(run, issue, known->first, "the other spelling")
                               : status;
}

/* Names by the letter that they begin with, in order: only those of one letter are held against
 * each other. All numbers are indices plus 1; 0: none. */
struct by_letter {
    uint16_t first[256];
    uint16_t next[UNKNOWN_MAX];
};

_Static_assert((int)KNOWN_MAX <= (int)UNKNOWN_MAX, "both kinds of names have room");

/* Puts a name before those that are there. */
static void add_before(struct by_letter *names, size_t index, char letter) {
    uint16_t *first = &names->first[(unsigned char)ascii_lower(letter)];
    names->next[index] = *first;
    *first = (uint16_t)(index + 1);
}

static size_t first_like(const struct by_letter *names, const char *text) {
    return names->first[(unsigned char)ascii_lower(text[0])];
}

/* Unknown names that are one letter off a known one of the text. */
static galley_status check_slips(struct check_run *run) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    struct by_letter names = {.first = {0}};
    for (size_t k = KNOWN_MAX; k > 0 && state->known != NULL; k--) {
        if (state->known[k - 1].n > 1) {
            add_before(&names, k - 1, state->known[k - 1].text[0]);
        }
    }
    for (size_t i = 0; i < state->n_unknown && state->known != NULL && status == GALLEY_OK; i++) {
        const struct known *best = NULL;
        for (size_t k = first_like(&names, state->unknown[i].text); k > 0; k = names.next[k - 1]) {
            const struct known *known = &state->known[k - 1];
            if ((best == NULL || known->n > best->n) && is_slip_of(&state->unknown[i], known)) {
                best = known;
            }
        }
        if (best != NULL) {
            state->unknown[i].reported = true;
            status = report_slip(run, &state->unknown[i], best);
        }
    }
    return status;
}

/* "Toyko": said once, on no list, and a slip of the commonest kinds from a name that most readers
 * know. Names that differ by another letter are two people's as often as not. */
static galley_status check_well_known(struct check_run *run, const struct unknown *name) {
    enum { WELL_KNOWN = 85, SHORTEST = 5 }; /* Zipf value × 25; bytes */
    const unsigned kinds = FORM_GIVEN_NAME | FORM_SURNAME | FORM_PLACE | FORM_ORGANISATION;
    struct suggestion meant;
    if (name->n > 1 || name->len < SHORTEST || name->hyphen ||
        spelling_own_zipf(run->spelling, name->text, name->len) > 0 ||
        !spelling_suggest_mistyped(run->spelling, name->text, name->len, &meant)) {
        return GALLEY_OK;
    }
    spelling_write_texts(run->spelling, name->text, name->len, &meant, 1);
    const struct form_facts *facts = pack_facts(run->pack, meant.form);
    /* People write their names with one letter or two: "Connan", "Mattis". */
    const unsigned persons = FORM_GIVEN_NAME | FORM_SURNAME;
    if (facts->zipf < WELL_KNOWN || (facts->flags & FORM_LOWER) != 0 ||
        (facts->flags & kinds) == 0 || (meant.len != name->len && (facts->flags & persons) != 0)) {
        return GALLEY_OK;
    }
    struct issue *issue;
    const galley_status status =
        check_report(run, name->first, run->check->severity, &issue, "“%.*s” may be “%s”",
                     (int)name->len, name->text, meant.text);
    return status == GALLEY_OK ? check_suggest(run, issue, meant.text, meant.len) : status;
}

static galley_status check_unknown(struct check_run *run) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    struct by_letter names = {.first = {0}};
    for (size_t k = state->n_unknown; k > 0; k--) {
        add_before(&names, k - 1, state->unknown[k - 1].text[0]);
    }
    for (size_t i = 0; i < state->n_unknown && status == GALLEY_OK; i++) {
        const struct unknown *name = &state->unknown[i];
        const struct unknown *best = NULL;
        for (size_t next = first_like(&names, name->text); next > 0; next = names.next[next - 1]) {
            const size_t k = next - 1;
            const struct unknown *other = &state->unknown[k];
            const bool commoner = other->n > name->n || (other->n == name->n && k < i);
            if (k == i || !commoner || (best != NULL && best->n >= other->n)) {
                continue;
            }
            if (is_other_romanisation(name, other) ||
                (name->n == 1 && other->n > 1 && is_one_off(name, other))) {
                best = other;
            }
        }
        if (best == NULL) {
            status = name->reported ? GALLEY_OK : check_well_known(run, name);
            continue;
        }
        struct issue *issue;
        status = check_report(run, name->first, run->check->severity, &issue,
                              "“%.*s” may be “%.*s”, as elsewhere in the text", (int)name->len,
                              name->text, (int)best->len, best->text);
        if (status == GALLEY_OK) {
            status = check_suggest(run, issue, best->text, best->len);
        }
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, best->first, "the other spelling");
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
        const bool better =
            other->n > name->n || (other->n == name->n && other->first.begin < name->first.begin);
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
        const bool dots = memchr(name->text, '.', name->len) != NULL ||
                          memchr(preferred->text, '.', preferred->len) != NULL;
        status = check_report(run, name->first, dots ? GALLEY_NEUTRAL : run->check->severity,
                              &issue, "“%.*s” is “%.*s” elsewhere in the text", (int)name->len,
                              name->text, (int)preferred->len, preferred->text);
        if (status == GALLEY_OK) {
            status = check_suggest(run, issue, preferred->text, preferred->len);
        }
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, preferred->first, "the other spelling");
        }
    }
    if (status == GALLEY_OK) {
        status = check_slips(run);
    }
    return status == GALLEY_OK ? check_unknown(run) : status;
}

const struct check check_entity = {
    .name = "entity",
    .its_type = "inconsistent-entities",
    .mqm = "terminology/inconsistent",
    .summary = "one name written in several ways",
    .explanation = "A name that the text writes in several ways (“G20” and “G-20”, “Kyiv” and "
                   "“Kiev”, “Kim Ju-ae” and “Kim Jue”, “Xi Jinping” and “Jinping Xi”), or with one "
                   "letter off. The rarer one is "
                   "reported, with a place of the other. Capitals make no difference. Also names "
                   "of agencies that machines write wrongly (“France Press”), and well-known "
                   "names with two letters swapped or one doubled (“Toyko”).",
    .severity = GALLEY_MINOR,
    .covers = "spelling",
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
