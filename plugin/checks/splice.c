/*
 * splice: two sentence plans run into one, such as "stressed that the As a result of".
 *
 * Not reported: names and titles, where capitals belong; headlines; what follows a mark; a word
 * with a capital that is no function word.
 *
 * The rule: a function word with a capital, which begins a sentence, directly behind a word in
 * small letters; it is sure where the word before asks for something else (a determiner, a
 * preposition, a conjunction), or where a subject and its verb follow.
 */
#include "checks/check.h"

/* A word that begins sentences and is no name: "He", "As", "According". The first person's pronoun
 * has its capital everywhere. */
static bool is_beginner(const struct form_facts *facts, const struct token *token) {
    return facts != NULL && token->letter_case == CASE_TITLE &&
           (facts->classes & CLASS_FUNCTION) != 0 && (facts->flags & FORM_LOWER) != 0 &&
           (facts->flags & FORM_CALENDAR) == 0 &&
           ((facts->classes & CLASS_PRONOUN_FIRST) == 0 ||
            (token->flags & TOKEN_APOSTROPHE) == 0);
}

static bool is_title_word(const struct token *token) {
    return token->kind == TOKEN_WORD && token->letter_case != CASE_LOWER &&
           token->letter_case != CASE_NONE;
}

/* Titles have capitals on both sides; a splice has small letters. */
static bool is_in_title(const struct unit *unit, size_t i, const struct sentence *sentence) {
    size_t n = 0;
    for (size_t k = i + 1; k < sentence->end && k <= i + 3; k++) {
        n += is_title_word(&unit->tokens[k]);
    }
    if (n >= 2) {
        return true;
    }
    size_t before = 0;
    for (size_t k = 1; k <= 3 && i >= sentence->first + k; k++) {
        before += is_title_word(&unit->tokens[i - k]);
    }
    return before >= 2;
}

static bool is_splice(const struct check_run *run, const struct unit *unit, size_t i,
                      const struct sentence *sentence) {
    const struct token *token = &unit->tokens[i];
    const struct token *before = token - 1;
    if (before->kind != TOKEN_WORD || before->letter_case != CASE_LOWER || token->len == 1 ||
        (token->flags & TOKEN_LINE_BEFORE) != 0 || i + 2 >= sentence->end ||
        !is_beginner(check_facts(run, token), token) || is_in_title(unit, i, sentence)) {
        return false;
    }
    /* "by The tornado": an article that fits where it stands is only a wrong capital. */
    const struct form_facts *own = check_facts(run, token);
    const struct form_facts *asks = check_facts(run, before);
    const uint32_t takes_noun = PART_ADPOSITION | PART_VERB_BASE | PART_VERB_PAST |
                                PART_VERB_SINGULAR | PART_VERB_GERUND | PART_VERB_PARTICIPLE |
                                PART_AUXILIARY | PART_COORDINATOR | PART_SUBORDINATOR;
    if ((own->parts & PART_DETERMINER) != 0 && asks != NULL && (asks->parts & takes_noun) != 0) {
        return false;
    }
    const struct token *after = token + 1;
    return after->kind == TOKEN_WORD && (after->flags & TOKEN_SPACE_BEFORE) != 0 &&
           after->letter_case == CASE_LOWER;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    if (unit->kind == UNIT_HEADING) {
        return GALLEY_OK;
    }
    const struct sentence *sentence = unit->sentences;
    for (size_t n = 0; n < unit->n_capitals; n++) {
        const size_t i = unit->capitals[n];
        const struct token *token = &unit->tokens[i];
        while (sentence->end <= i) {
            sentence++;
        }
        /* A story's first sentence may be its headline without a stop, and the text behind it. */
        if (token->letter_case != CASE_TITLE || i < sentence->first + 2 ||
            (unit->index == 0 && sentence == unit->sentences) ||
            !is_splice(run, unit, i, sentence)) {
            continue;
        }
        const struct token *before = token - 1;
        const galley_status status =
            check_report(run, check_span(unit, before->offset, token->offset + token->len),
                         run->check->severity, NULL,
                         "“%.*s” begins a sentence inside another one", (int)token->len,
                         unit_token_text(unit, token));
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

const struct check check_splice = {
    .name = "splice",
    .its_type = "grammar",
    .mqm = "linguistic-conventions/grammar",
    .summary = "two sentences run into one",
    .explanation = "A sentence that begins anew inside another one (“stressed that the As a result "
                   "of”). Names, titles and headlines are left alone.",
    .severity = GALLEY_MAJOR,
    .unit = check_unit,
};
