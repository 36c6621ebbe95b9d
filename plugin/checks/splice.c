/*
 * splice: two sentence plans run into one, such as "stressed that the As a result of".
 *
 * Not reported: names and titles, where capitals belong ("the bill Obama signed"); headlines; what
 * follows a mark.
 *
 * Measured (bench/quality.sh): 0.78 of the planted ones are found, nearly all that begin with a
 * function word or a number, two of three that begin with another word, few that begin with a name;
 * on 100,000 words of edited news it speaks 4 (US politics) to 7 times.
 *
 * The rule: a word with a capital inside a sentence, between words in small letters, is suspicious
 * when it is no name, or when the words next to it are seldom a name's neighbours. What is
 * suspicious is read with its neighbours by the scorer (junction.h), which weighs it as the begin
 * of a sentence against a capital where it belongs. How sure that has to be depends on the word: a
 * name behind a noun may begin a relative clause ("the bill Obama signed").
 */
#include "checks/check.h"
#include "language/junction.h"

enum {
    SUSPICIOUS = -JUNCTION_SCALE,        /* a glance from which a word is worth a look */
    SUSPICIOUS_NAME = JUNCTION_SCALE,    /* ... and a name, of which most belong where they are */
    BEHIND_CAPITAL = 2 * JUNCTION_SCALE, /* so much more is asked for there */
    BETWEEN_CAPITALS = 10 * JUNCTION_SCALE, /* ... and where another one follows */
    NEVER = INT16_MAX,
    LONGEST_HEADLINE = 30 /* tokens */
};

/* What is known of the word with the capital. */
enum looks {
    LOOKS_ARTICLE,
    LOOKS_FUNCTION,
    LOOKS_NUMERAL,
    LOOKS_WORD,
    LOOKS_PEOPLE,
    LOOKS_NAME,
    LOOKS
};

/* What the word before asks for. */
enum before {
    BEFORE_INNER,    /* a noun or a verb: "the", "has" */
    BEFORE_PARTICLE, /* "to" */
    BEFORE_LINK,     /* whatever a preposition or a conjunction does */
    BEFORE_OTHER,
    BEFORES
};

/* Scores from which a capital is reported, or NEVER, by what is known of it and by the word before;
 * [1] where a finite verb may follow. Chosen on news with and without splices, so that a false
 * alarm more is worth three splices. */
static const int16_t sure_scores[LOOKS][BEFORES][2] = {
    [LOOKS_ARTICLE] = {{JUNCTION_SURE, JUNCTION_SURE},
                       {JUNCTION_SURE, JUNCTION_SURE},
                       {JUNCTION_SURE, JUNCTION_SURE},
                       {JUNCTION_SURE, JUNCTION_SURE}},
    [LOOKS_FUNCTION] = {{-54, -54}, {-54, -54}, {-54, -54}, {-54, -54}},
    [LOOKS_NUMERAL] = {{51, 51}, {51, 51}, {51, 51}, {51, 51}},
    [LOOKS_WORD] = {{125, 84}, {112, 112}, {128, 144}, {132, 130}},
    [LOOKS_PEOPLE] = {{NEVER, NEVER}, {NEVER, NEVER}, {NEVER, NEVER}, {NEVER, NEVER}},
    [LOOKS_NAME] = {{NEVER, 97}, {NEVER, 126}, {NEVER, 137}, {NEVER, 165}},
};

struct state {
    struct weights weights;
    bool is_open;
};

static bool is_plain_word(const struct token *token) {
    return token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER;
}

/* "I'll", "A.": the capital says nothing. */
static bool is_always_capital(const struct check_run *run, const struct token *token) {
    return (token->flags & TOKEN_DOT) != 0 ||
           ((token->flags & TOKEN_CLITIC) != 0 && check_has_class(run, token, CLASS_PRONOUN_FIRST));
}

static enum looks looks_of(enum junction_kind kind, const struct form_facts *facts) {
    switch (kind) {
    case KIND_FUNCTION: /* an article may only have a capital too many (capitalization) */
        return (facts->parts & PART_DETERMINER) != 0 &&
                       (facts->classes & CLASS_PRONOUN_POSSESSIVE) == 0
                   ? LOOKS_ARTICLE
                   : LOOKS_FUNCTION;
    case KIND_NUMERAL:
        return LOOKS_NUMERAL;
    case KIND_WORD:
    case KIND_RARE_NAME:
        return LOOKS_WORD;
    case KIND_DEMONYM:
    case KIND_DEMONYM_WORD:
    case KIND_CALENDAR:
        return LOOKS_PEOPLE;
    default:
        return LOOKS_NAME;
    }
}

/* "as", "which": a name behind it is the subject of its clause. */
static bool opens_clause(const struct form_facts *facts) {
    return facts != NULL &&
           ((facts->parts & PART_SUBORDINATOR) != 0 || (facts->classes & CLASS_RELATIVE) != 0);
}

static enum before before_of(const struct form_facts *facts) {
    const uint32_t links = PART_ADPOSITION | PART_SUBORDINATOR;
    if (facts == NULL) {
        return BEFORE_OTHER;
    }
    if ((facts->classes & CLASS_FUNCTION) != 0 &&
        (facts->parts & (PART_DETERMINER | PART_AUXILIARY | PART_PARTICLE)) != 0 &&
        (facts->parts & (PART_PRONOUN | links)) == 0) {
        return BEFORE_INNER;
    }
    if ((facts->parts & PART_PARTICLE) != 0 && (facts->parts & PART_ADPOSITION) != 0) {
        return BEFORE_PARTICLE;
    }
    return (facts->parts & (PART_COORDINATOR | links)) != 0 ? BEFORE_LINK : BEFORE_OTHER;
}

/* Whether a finite verb may stand behind the token, with an adverb in between. */
static bool may_have_verb(const struct check_run *run, const struct unit *unit, size_t i) {
    const uint32_t finite = PART_AUXILIARY | PART_VERB_PAST | PART_VERB_SINGULAR;
    const struct token *next = &unit->tokens[i + 1];
    return check_has_part(run, next, finite) ||
           (check_has_part(run, next, PART_ADVERB) && check_has_part(run, next + 1, finite));
}

/* "The Art of Being Late", "Who Wants to Be a Millionaire": a word in small letters inside a title.
 */
static int more_for_title(const struct unit *unit, size_t i, const struct sentence *sentence) {
    if (i <= sentence->first + 2 || unit->tokens[i - 2].letter_case != CASE_TITLE) {
        return 0;
    }
    for (size_t k = i + 1; k < sentence->end && k <= i + 3; k++) {
        if (unit->tokens[k].letter_case == CASE_TITLE) {
            return BETWEEN_CAPITALS;
        }
    }
    return BEHIND_CAPITAL;
}

static bool is_splice(const struct check_run *run, const struct weights *weights,
                      const struct unit *unit, size_t i, const struct sentence *sentence) {
    static const struct form_facts none;
    const struct token *token = &unit->tokens[i];
    if (token->letter_case != CASE_TITLE || token->len < 2 || i < sentence->first + 2 ||
        i + 2 >= sentence->end || !is_plain_word(token - 1) || is_always_capital(run, token) ||
        (token->flags & (TOKEN_LINE_BEFORE | TOKEN_SPACE_BEFORE)) != TOKEN_SPACE_BEFORE ||
        (token[1].flags & TOKEN_SPACE_BEFORE) == 0) {
        return false;
    }
    /* Most capitals are names, and their facts are far from the cache: what is before them first.
     */
    const struct form_facts *const facts_before = check_facts(run, token - 1);
    const enum before before = before_of(facts_before);
    const bool has_verb = may_have_verb(run, unit, i);
    if (token->form >= pack_n_lower_forms(run->pack) &&
        sure_scores[LOOKS_NAME][before][has_verb] == NEVER) {
        return false;
    }
    const struct form_facts *facts = check_facts(run, token);
    const enum junction_kind kind = junction_kind(token, facts == NULL ? &none : facts);
    const enum looks looks = looks_of(kind, facts);
    const int sure = sure_scores[looks][before][has_verb];
    if (sure == NEVER || (looks == LOOKS_NAME && opens_clause(facts_before)) ||
        (!is_plain_word(token + 1) && (kind != KIND_FUNCTION || token[1].kind != TOKEN_NUMBER))) {
        return false;
    }
    const size_t first = sentence->first;
    const size_t end = sentence->end;
    if (kind != KIND_FUNCTION &&
        junction_glance(weights, run->pack, unit, first, i, end) <
            (looks == LOOKS_NAME ? (int)SUSPICIOUS_NAME : (int)SUSPICIOUS)) {
        return false;
    }
    return junction_score(weights, run->pack, unit, first, i, end) >=
           sure + more_for_title(unit, i, sentence);
}

/* A word that hardly any headline and no sentence ends with: "the", "of", "and", "was". */
static bool ends_nothing(const struct form_facts *facts) {
    const uint32_t inner =
        PART_DETERMINER | PART_ADPOSITION | PART_COORDINATOR | PART_SUBORDINATOR | PART_AUXILIARY;
    return facts != NULL && (facts->classes & CLASS_FUNCTION) != 0 && (facts->parts & inner) != 0 &&
           (facts->parts & PART_PRONOUN) == 0;
}

static galley_status report(struct check_run *run, const struct unit *unit, size_t i,
                            const char *message) {
    const struct token *token = &unit->tokens[i];
    return check_report(run, unit_span(unit, token[-1].offset, token->offset + token->len),
                        run->check->severity, NULL, message, (int)token->len,
                        unit_token_text(unit, token));
}

/* Where a second clause may begin: a pronoun that is no object, or the verb before one that is. */
static size_t clause_start(const struct check_run *run, const struct unit *unit, size_t i,
                           size_t first) {
    const struct form_facts *facts = check_facts(run, &unit->tokens[i]);
    if (facts == NULL || (unit->tokens[i].flags & TOKEN_CLITIC) != 0 ||
        (facts->classes & CLASS_RELATIVE) != 0) {
        return first;
    }
    if ((facts->classes & CLASS_PRONOUN_OBJECT) == 0) {
        return (facts->classes & CLASS_PRONOUN_SUBJECT) != 0 ? i : first;
    }
    return i > first && is_plain_word(&unit->tokens[i - 1]) &&
                   check_has_part(run, &unit->tokens[i - 1], PART_VERB_PAST)
               ? i - 1
               : first;
}

/* "has put pressure on Russia urged it" */
static galley_status check_clauses(struct check_run *run, const struct unit *unit) {
    const struct state *state = run->state;
    const struct sentence *sentence = unit->sentences;
    for (size_t n = 0; n < unit->n_noted; n++) {
        if ((unit->noted[n].signs & SIGN_PRONOUN) == 0) {
            continue;
        }
        while (sentence->end <= unit->noted[n].token) {
            sentence++;
        }
        const size_t first = sentence->first;
        const size_t i = clause_start(run, unit, unit->noted[n].token, first);
        if (i < first + 4 || i + 2 >= sentence->end || unit->tokens[i - 1].kind != TOKEN_WORD ||
            check_has_class(run, &unit->tokens[i - 1], CLASS_FUNCTION) ||
            !(check_has_part(run, &unit->tokens[i - 2], PART_ADPOSITION) ||
              check_has_part(run, &unit->tokens[i - 3], PART_ADPOSITION)) ||
            !junction_is_unjoined(&state->weights, run->pack, unit, first, i, sentence->end)) {
            continue;
        }
        const galley_status status =
            report(run, unit, i, "“%.*s” begins a second clause that nothing joins to the first");
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (!state->is_open) {
        weights_open(&state->weights, run->pack);
        state->is_open = true;
    }
    if (unit->kind == UNIT_HEADING || state->weights.fingerprints == NULL) {
        return GALLEY_OK;
    }
    const struct sentence *sentence = unit->sentences;
    for (size_t n = 0; n < unit->n_capitals; n++) {
        const size_t i = unit->capitals[n];
        const struct token *token = &unit->tokens[i];
        while (sentence->end <= i) {
            sentence++;
        }
        if (!is_splice(run, &state->weights, unit, i, sentence)) {
            continue;
        }
        /* A story's first sentence may be its headline without a stop, and the text behind it; no
         * headline is that long. */
        if (unit->index == 0 && sentence == unit->sentences && i <= LONGEST_HEADLINE &&
            !ends_nothing(check_facts(run, token - 1))) {
            continue;
        }
        const galley_status status =
            report(run, unit, i, "“%.*s” begins a sentence inside another one");
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return check_clauses(run, unit);
}

const struct check check_splice = {
    .name = "splice",
    .its_type = "grammar",
    .mqm = "linguistic-conventions/grammar",
    .summary = "two sentences run into one",
    .explanation = "A sentence that begins anew inside another one (“stressed that the As a result "
                   "of”). Names, titles and headlines are left alone.",
    .severity = GALLEY_MAJOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
