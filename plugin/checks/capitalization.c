/*
 * capitalization: a name of the calendar or of a people in small letters ("this thursday"), and a
 * function word with a capital inside a sentence ("by The tornado").
 *
 * Not reported: headlines and titles, where many words have capitals; names with an article of
 * their own ("The Hague", "The New York Times"); what follows a colon, a dash or a quotation mark.
 *
 * The rule: a form that the pack has only with a capital and that it says is a day, a month or a
 * demonym; a determiner with a capital between two words in small letters, in a sentence that does
 * not use capitals as titles do.
 */
#include "checks/check.h"

enum { LONGEST_WORD = 48 };

static galley_status report(struct check_run *run, const struct unit *unit,
                            const struct token *token, const char *message, const char *repair,
                            size_t repair_len) {
    struct issue *issue;
    galley_status status =
        check_report(run, check_span(unit, token->offset, token->offset + token->len),
                     run->check->severity, &issue, message, (int)token->len,
                     unit_token_text(unit, token));
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, repair, repair_len);
    }
    return status;
}

/* "thursday", "russian" */
static galley_status check_lower(struct check_run *run, const struct unit *unit) {
    for (size_t i = 0; i < unit->n_unknown; i++) {
        const struct token *token = &unit->tokens[unit->unknown[i]];
        if (token->form == FORM_NONE || token->letter_case != CASE_LOWER ||
            (token->flags & TOKEN_HYPHEN) != 0 ||
            (pack_facts(run->pack, token->form)->flags & (FORM_CALENDAR | FORM_DEMONYM)) == 0) {
            continue;
        }
        const galley_string usual = pack_form_text(run->pack, token->form);
        const galley_status status =
            report(run, unit, token, "“%.*s” has a capital", usual.data, usual.len);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static bool is_lower_word(const struct token *token) {
    return token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER;
}

/* A determiner with a capital between words in small letters. */
static bool is_inside(const struct check_run *run, const struct unit *unit, size_t i,
                      size_t first, size_t end) {
    const struct token *token = &unit->tokens[i];
    if (i <= first || i + 1 >= end || token->letter_case != CASE_TITLE ||
        token->kind != TOKEN_WORD || token->form == FORM_NONE ||
        (token->flags & TOKEN_LINE_BEFORE) != 0 || !is_lower_word(token - 1) ||
        !is_lower_word(token + 1) || (token[1].flags & TOKEN_SPACE_BEFORE) == 0) {
        return false;
    }
    const struct form_facts *facts = pack_facts(run->pack, token->form);
    return (facts->parts & PART_DETERMINER) != 0 && (facts->classes & CLASS_FUNCTION) != 0;
}

/* A word before which a determiner can stand only when it goes with the words behind it. */
static bool asks_for_noun(const struct check_run *run, const struct token *token) {
    if (token->form == FORM_NONE) {
        return false;
    }
    const struct form_facts *facts = pack_facts(run->pack, token->form);
    return (facts->parts & (PART_ADPOSITION | PART_VERB_BASE | PART_VERB_PAST | PART_AUXILIARY |
                            PART_VERB_SINGULAR | PART_VERB_GERUND | PART_VERB_PARTICIPLE |
                            PART_COORDINATOR | PART_SUBORDINATOR)) != 0;
}

static galley_status check_titles(struct check_run *run, const struct unit *unit) {
    const struct sentence *sentence = unit->sentences;
    for (size_t n = 0; n < unit->n_capitals; n++) {
        const size_t i = unit->capitals[n];
        while (sentence->end <= i) {
            sentence++;
        }
        /* A story's first sentence may be its headline without a stop, and the text behind it. */
        if (!is_inside(run, unit, i, sentence->first, sentence->end) ||
            (unit->index == 0 && sentence == unit->sentences)) {
            continue;
        }
        const struct token *token = &unit->tokens[i];
        /* A title has capitals around; one lone one is a slip. */
        size_t n_titles = 0;
        for (size_t k = i + 1; k < sentence->end && k < i + 4; k++) {
            n_titles += unit->tokens[k].letter_case == CASE_TITLE;
        }
        if (n_titles > 1 || !asks_for_noun(run, token - 1)) {
            continue;
        }
        char lower[LONGEST_WORD];
        if (token->len > LONGEST_WORD) {
            continue;
        }
        for (size_t k = 0; k < token->len; k++) {
            const char c = unit->text[token->offset + k];
            lower[k] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        const galley_status status = report(run, unit, token, "“%.*s” has a capital inside a sentence",
                                            lower, token->len);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const galley_status status = check_lower(run, unit);
    return status == GALLEY_OK && unit->kind != UNIT_HEADING ? check_titles(run, unit) : status;
}

const struct check check_capitalization = {
    .name = "capitalization",
    .its_type = "typographical",
    .mqm = "linguistic-conventions/spelling",
    .summary = "days, months and peoples in small letters; capitals inside a sentence",
    .explanation = "A day, a month or the name of a people in small letters (“this thursday”), or "
                   "an article with a capital inside a sentence (“by The tornado”). Headlines and "
                   "names with an article of their own are left alone.",
    .severity = GALLEY_MINOR,
    .covers = "spelling",
    .unit = check_unit,
};
