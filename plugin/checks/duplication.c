/*
 * duplication: what stands twice, such as "the the", "according to according to", "in Ukraine n
 * Ukraine", a sentence that comes again, and a translator that cannot stop ("Bern, Bern, Bern, …").
 *
 * Not reported: what grammar or rhetoric repeats ("had had", "very very", "on and on and on"),
 * names said twice ("Duran Duran"), a headline that the story's text says again.
 *
 * The rule: for each token, when did the same one last stand here? At a distance n of at most
 * LONGEST_PHRASE, the n tokens up to it are compared with the n before. One table of last places is
 * all that clean text pays for.
 */
#include "checks/check.h"

#include <string.h>

enum {
    LONGEST_PHRASE = 12, /* tokens; a clause that comes twice in a row is seldom longer */
    N_PLACES = 1024,
    LOOP_COPIES = 4,       /* so many copies are a machine that cannot stop */
    SHORTEST_SENTENCE = 10,/* words; shorter ones come twice in any story */
    NEAR_DISTANCE = 8,
    SHORTEST_NEAR = 7 /* bytes of a word that stands twice in one breath */
};

struct sentence_place {
    uint64_t hash; /* 0: free */
    struct span span;
    bool headline;
};

struct state {
    uint32_t places[N_PLACES]; /* of a form's hash: where it last stood, counted over units */
    uint32_t n_before;         /* tokens of the units before, plus LONGEST_PHRASE */
    struct sentence_place *sentences;
    size_t n_sentences, capacity;
};

static bool is_same(const struct unit *unit, const struct token *a, const struct token *b) {
    if (a->kind != b->kind || a->form != b->form) {
        return false;
    }
    if (a->form != FORM_NONE || a->kind == TOKEN_MARK) {
        return true;
    }
    return a->len == b->len &&
           memcmp(unit_token_text(unit, a), unit_token_text(unit, b), a->len) == 0;
}

static const struct form_facts *facts_of(const struct check_run *run, const struct token *token) {
    return token->kind == TOKEN_WORD && token->form != FORM_NONE
               ? pack_facts(run->pack, token->form)
               : NULL;
}

static bool has_class(const struct check_run *run, const struct token *token, uint32_t classes) {
    const struct form_facts *facts = facts_of(run, token);
    return facts != NULL && (facts->classes & classes) != 0;
}

static galley_status report_copy(struct check_run *run, const struct unit *unit, size_t first,
                                 size_t end, size_t n_kept, galley_severity severity,
                                 const char *message) {
    const struct token *tokens = unit->tokens;
    const size_t begin = tokens[first].offset;
    const size_t kept_end = tokens[first + n_kept - 1].offset + tokens[first + n_kept - 1].len;
    struct issue *issue;
    galley_status status =
        check_report(run, check_span(unit, begin, tokens[end - 1].offset + tokens[end - 1].len),
                     severity, &issue, message, (int)(kept_end - begin < 80 ? kept_end - begin : 80),
                     unit->text + begin);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, unit->text + begin, kept_end - begin);
    }
    return status;
}

/* How many copies of the n tokens from `first` stand in a row there. */
static size_t count_copies(const struct unit *unit, size_t first, size_t n) {
    size_t at = first + n;
    while (at < unit->n_tokens && is_same(unit, &unit->tokens[at], &unit->tokens[at - n])) {
        at++;
    }
    return (at - first) / n;
}

/* One word twice. */
static bool is_word_twice(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *first = &unit->tokens[i - 1];
    const struct token *second = &unit->tokens[i];
    if (second->kind != TOKEN_WORD || (second->flags & TOKEN_SPACE_BEFORE) == 0 ||
        (second->flags & TOKEN_SENTENCE_START) != 0 || has_class(run, second, CLASS_REPEATABLE)) {
        return false;
    }
    /* Names are said twice, and a capital behind a small letter begins something else. */
    return second->letter_case == CASE_LOWER && first->letter_case != CASE_MIXED &&
           first->letter_case != CASE_UPPER;
}

/* n > 1 tokens twice. */
static bool is_phrase_twice(const struct check_run *run, const struct unit *unit, size_t first,
                            size_t n) {
    size_t n_words = 0;
    for (size_t i = first; i < first + 2 * n; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind == TOKEN_MARK && token->mark != '-' && token->mark != '&') {
            return false;
        }
        n_words += token->kind == TOKEN_WORD;
    }
    if (n_words == 0 || (unit->tokens[first + n].flags & TOKEN_SPACE_BEFORE) == 0) {
        return false;
    }
    /* "on [and on and on]": the word before the first copy ends it, too. */
    if (n == 2 && first > 0 &&
        is_same(unit, &unit->tokens[first - 1], &unit->tokens[first + 1]) &&
        has_class(run, &unit->tokens[first], CLASS_FUNCTION)) {
        return false;
    }
    /* "[lie after lie after] lie" */
    if (n == 2 && first + 4 < unit->n_tokens &&
        is_same(unit, &unit->tokens[first + 4], &unit->tokens[first])) {
        return false;
    }
    if (n == 2 && has_class(run, &unit->tokens[first], CLASS_REPEATABLE) &&
        has_class(run, &unit->tokens[first + 1], CLASS_REPEATABLE)) {
        return false;
    }
    return true;
}

/* The n tokens up to `i` may be a copy of the n before. Answers how far the copies go in *end. */
static galley_status judge_copy(struct check_run *run, const struct unit *unit, size_t i, size_t n,
                                size_t *end) {
    if (i + 1 < 2 * n) {
        return GALLEY_OK;
    }
    const size_t first = i + 1 - 2 * n;
    for (size_t k = 0; k < n; k++) {
        if (!is_same(unit, &unit->tokens[first + k], &unit->tokens[first + n + k])) {
            return GALLEY_OK;
        }
    }
    const size_t copies = count_copies(unit, first, n);
    if (copies >= LOOP_COPIES) {
        *end = first + copies * n; /* said or not, it is not counted again */
        size_t n_words = 0;
        for (size_t k = first; k < first + n; k++) {
            n_words += unit->tokens[k].kind == TOKEN_WORD && unit->tokens[k].len > 1 &&
                       !has_class(run, &unit->tokens[k], CLASS_REPEATABLE);
        }
        if (n_words == 0) {
            return GALLEY_OK;
        }
        return report_copy(run, unit, first, *end, n, GALLEY_CRITICAL,
                           "“%.*s” comes again and again: the translation is caught in a loop");
    }
    if (n == 1 ? !is_word_twice(run, unit, i) : !is_phrase_twice(run, unit, first, n)) {
        return GALLEY_OK;
    }
    *end = first + copies * n;
    return report_copy(run, unit, first, *end, n, run->check->severity, "“%.*s” stands twice");
}

/* "in Ukraine n Ukraine" at the end of a unit: the end of a word, and the last word once more. */
static galley_status check_stub(struct check_run *run, const struct unit *unit) {
    size_t last = unit->n_tokens;
    while (last > 0 && unit->tokens[last - 1].kind == TOKEN_MARK) {
        last--;
    }
    if (last < 4) {
        return GALLEY_OK;
    }
    const struct token *tokens = &unit->tokens[last - 4];
    const struct token *whole = &tokens[0];
    const struct token *piece = &tokens[2];
    if (!is_same(unit, &tokens[1], &tokens[3]) || tokens[3].kind != TOKEN_WORD ||
        piece->kind == TOKEN_MARK || piece->len > 4) {
        return GALLEY_OK;
    }
    const bool is_end = piece->len < whole->len &&
                        memcmp(unit_token_text(unit, whole) + whole->len - piece->len,
                               unit_token_text(unit, piece), piece->len) == 0;
    const bool is_letter = piece->len == 1 && piece->letter_case == CASE_LOWER &&
                           !has_class(run, piece, CLASS_FUNCTION);
    if (!is_end && !is_letter) {
        return GALLEY_OK;
    }
    const size_t begin = tokens[1].offset + tokens[1].len;
    const size_t end = tokens[3].offset + tokens[3].len;
    struct issue *issue;
    galley_status status =
        check_report(run, check_span(unit, begin, end), run->check->severity, &issue,
                     "the end “%.*s” stands twice", (int)(end - piece->offset),
                     unit->text + piece->offset);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, "", 0);
    }
    return status;
}

/* "presented in a summary to be presented": a long participle twice in one breath, the second one
 * behind two function words, with nothing between that could order them. */
static galley_status check_near(struct check_run *run, const struct unit *unit, size_t i,
                                size_t n) {
    const struct token *token = &unit->tokens[i];
    const struct form_facts *facts = facts_of(run, token);
    if (n < 4 || n > NEAR_DISTANCE || token->len < SHORTEST_NEAR || facts == NULL ||
        token->letter_case != CASE_LOWER || (facts->parts & PART_VERB_PARTICIPLE) == 0 ||
        (facts->parts & (PART_NOUN | PART_ADJECTIVE)) != 0) {
        return GALLEY_OK;
    }
    for (size_t k = i - n + 1; k < i; k++) {
        const struct form_facts *between = facts_of(run, &unit->tokens[k]);
        if (between == NULL || (between->parts & (PART_COORDINATOR | PART_PRONOUN)) != 0 ||
            (between->parts & (PART_SUBORDINATOR | PART_ADPOSITION)) == PART_SUBORDINATOR) {
            return GALLEY_OK;
        }
    }
    const struct form_facts *before = facts_of(run, &unit->tokens[i - 1]);
    const struct form_facts *mark = facts_of(run, &unit->tokens[i - 2]);
    if ((before->parts & PART_AUXILIARY) == 0 || (mark->parts & PART_PARTICLE) == 0) {
        return GALLEY_OK;
    }
    const size_t begin = unit->tokens[i - n].offset;
    return check_report(run, check_span(unit, begin, token->offset + token->len), GALLEY_MAJOR,
                        NULL, "“%.*s” is said twice", (int)token->len,
                        unit_token_text(unit, token));
}

static galley_status check_tokens(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (state->n_before == 0 || state->n_before > UINT32_MAX / 2) {
        memset(state->places, 0, sizeof state->places);
        state->n_before = LONGEST_PHRASE + 1;
    }
    size_t done = 0; /* tokens of copies that were reported */
    for (size_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        const uint32_t key = token->form == FORM_NONE ? token->len : token->form;
        uint32_t *place = &state->places[(key * 2654435761u) >> 22];
        const uint32_t now = state->n_before + (uint32_t)i;
        const uint32_t n = now - *place;
        *place = now;
        if (n > LONGEST_PHRASE || n > i || i < done || token->kind == TOKEN_NUMBER) {
            continue;
        }
        if (!is_same(unit, token, &unit->tokens[i - n])) {
            continue;
        }
        galley_status status = judge_copy(run, unit, i, n, &done);
        if (status == GALLEY_OK && i >= done) {
            status = check_near(run, unit, i, n);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    state->n_before += (uint32_t)unit->n_tokens + LONGEST_PHRASE + 1;
    return GALLEY_OK;
}

/* ---- sentences that come again ---- */

static bool make_room(struct check_run *run) {
    struct state *state = run->state;
    if (state->n_sentences * 2 < state->capacity) {
        return true;
    }
    const size_t capacity = state->capacity == 0 ? 64 : state->capacity * 2;
    struct sentence_place *larger =
        arena_allocate_zeroed(run->arena, capacity * sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    for (size_t i = 0; i < state->capacity; i++) {
        size_t at = state->sentences[i].hash & (capacity - 1);
        while (state->sentences[i].hash != 0 && larger[at].hash != 0) {
            at = (at + 1) & (capacity - 1);
        }
        if (state->sentences[i].hash != 0) {
            larger[at] = state->sentences[i];
        }
    }
    state->sentences = larger;
    state->capacity = capacity;
    return true;
}

/* 0 for a sentence that is too short to count. */
static uint64_t hash_sentence(const struct unit *unit, const struct sentence *sentence) {
    uint64_t hash = 0;
    size_t n_words = 0;
    for (size_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind == TOKEN_MARK) {
            continue;
        }
        n_words++;
        uint64_t key = token->form;
        if (token->form == FORM_NONE) {
            for (size_t k = 0; k < token->len; k++) {
                key = key * 31 + (unsigned char)unit->text[token->offset + k];
            }
        }
        hash = (hash ^ key) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return n_words < SHORTEST_SENTENCE ? 0 : hash | 1;
}

/* A unit of one sentence without a stop: a headline, a caption, a list's item. */
static bool is_headline(const struct unit *unit) {
    if (unit->kind == UNIT_HEADING) {
        return true;
    }
    const struct token *last = &unit->tokens[unit->n_tokens - 1];
    return unit->n_sentences == 1 &&
           !(last->kind == TOKEN_MARK && (last->mark == '.' || last->mark == 0x201D ||
                                          last->mark == '"' || last->mark == '!'));
}

static galley_status check_sentence(struct check_run *run, const struct unit *unit,
                                    const struct sentence *sentence) {
    struct state *state = run->state;
    const uint64_t hash = hash_sentence(unit, sentence);
    if (hash == 0) {
        return GALLEY_OK;
    }
    if (!make_room(run)) {
        return GALLEY_ERROR_MEMORY;
    }
    const struct token *last = &unit->tokens[sentence->end - 1];
    const struct span span =
        check_span(unit, unit->tokens[sentence->first].offset, last->offset + last->len);
    size_t at = hash & (state->capacity - 1);
    while (state->sentences[at].hash != 0 && state->sentences[at].hash != hash) {
        at = (at + 1) & (state->capacity - 1);
    }
    if (state->sentences[at].hash == 0) {
        state->sentences[at] = (struct sentence_place){hash, span, is_headline(unit)};
        state->n_sentences++;
        return GALLEY_OK;
    }
    if (state->sentences[at].headline || is_headline(unit) ||
        (unit->tokens[sentence->first].flags & TOKEN_QUOTED) != 0) {
        return GALLEY_OK;
    }
    struct issue *issue;
    galley_status status = check_report(run, span, GALLEY_MINOR, &issue,
                                        "this sentence stands in the text already");
    if (status == GALLEY_OK) {
        status = check_relate(run, issue, state->sentences[at].span, "it stands here first");
    }
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, "", 0);
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = check_tokens(run, unit);
    if (status == GALLEY_OK && unit->n_tokens >= 4) {
        status = check_stub(run, unit);
    }
    for (size_t i = 0; i < unit->n_sentences && status == GALLEY_OK; i++) {
        status = check_sentence(run, unit, &unit->sentences[i]);
    }
    return status;
}

const struct check check_duplication = {
    .name = "duplication",
    .its_type = "duplication",
    .mqm = "linguistic-conventions/duplication",
    .summary = "words, phrases and sentences that stand twice",
    .explanation =
        "A word or phrase that a machine wrote twice in a row (“the the”, “according to according "
        "to”), the end of a sentence that comes again (“in Ukraine n Ukraine”), a sentence that "
        "stands in the text twice, or a loop that repeats a clause many times. What grammar or "
        "rhetoric repeats (“had had”, “very, very”) and names said twice are not reported.",
    .severity = GALLEY_MAJOR,
    .covers = "spelling,splice,capitalization",
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
