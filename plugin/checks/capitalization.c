/*
 * capitalization: a name of the calendar or of a people in small letters ("this thursday",
 * "russian-born"), and an article with a capital inside a sentence ("by The tornado", "of The
 * United States").
 *
 * Not reported: headlines and titles, where many words have capitals; names with an article of
 * their own ("The Hague", "The New York Times"); what follows a colon, a dash or a quotation mark;
 * things that are called after a people ("french fries"); where a sentence begins anew (splice).
 *
 * Measured (bench/quality.sh): 0.95 of the planted ones are found, 0.6 false alarms on 100,000
 * words of edited news.
 *
 * The rule: a form that the pack has only with a capital and that it says is a day, a month or a
 * demonym; a determiner with a capital between two words in small letters, in a sentence that does
 * not use capitals as titles do, where the scorer of junctions sees no begin of a sentence; one
 * before a name that the pack has with a small article.
 */
#include "checks/check.h"
#include "language/junction.h"
#include "language/phrases.h"

#include <string.h>

enum { LONGEST_WORD = 48, NAME_WORDS = 4, TITLE_WORDS = 3 };

struct state {
    struct weights weights;
    struct phrases phrases;
    bool is_open;
};

static galley_status report(struct check_run *run, struct span span, const char *message,
                            const char *word, size_t word_len, const char *repair,
                            size_t repair_len) {
    struct issue *issue;
    const galley_status status =
        check_report(run, span, run->check->severity, &issue, message, (int)word_len, word);
    return status == GALLEY_OK ? check_suggest(run, issue, repair, repair_len) : status;
}

/* ---- small letters ---- */

/* "french fries": the people's name has no capital there. */
static bool is_generic(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct state *state = run->state;
    const struct token *token = &unit->tokens[i];
    if (state->phrases.head == NULL || i + 1 == unit->n_tokens || token[1].kind != TOKEN_WORD) {
        return false;
    }
    uint64_t hash = phrase_hash_step(0, unit_token_text(unit, token), token->len);
    hash = phrase_hash_step(hash, unit_token_text(unit, &token[1]), token[1].len);
    const struct phrase_place *place = phrases_find(&state->phrases, hash);
    return place != NULL && (place->kinds & PHRASE_GENERIC) != 0;
}

/* "an august body": an adjective that is spelt as a month is. */
static bool is_adjective(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const struct form_facts *facts = pack_facts(run->pack, token->form);
    return (facts->flags & FORM_CALENDAR) != 0 && (facts->parts & PART_ADJECTIVE) != 0 && i > 0 &&
           i + 1 < unit->n_tokens && check_has_part(run, token - 1, PART_DETERMINER) &&
           token[1].kind == TOKEN_WORD && token[1].letter_case == CASE_LOWER &&
           !check_has_class(run, token + 1, CLASS_FUNCTION);
}

static bool is_capitalized(const struct pack *pack, uint32_t form) {
    return form != FORM_NONE && form >= pack_n_lower_forms(pack) &&
           (pack_facts(pack, form)->flags & (FORM_CALENDAR | FORM_DEMONYM)) != 0;
}

/* "russian-born", "anti-russian": the first piece that needs a capital. */
static galley_status check_pieces(struct check_run *run, const struct unit *unit,
                                  const struct token *token) {
    const char *text = unit_token_text(unit, token);
    for (size_t at = 0; at < token->len;) {
        const char *hyphen = memchr(text + at, '-', token->len - at);
        const size_t end = hyphen == NULL ? token->len : (size_t)(hyphen - text);
        const uint32_t form = pack_find(run->pack, text + at, end - at);
        if (text[at] >= 'a' && text[at] <= 'z' && is_capitalized(run->pack, form)) {
            const galley_string usual = pack_form_text(run->pack, form);
            return report(run, unit_span(unit, token->offset + at, token->offset + end),
                          "“%.*s” has a capital", usual.data, usual.len, usual.data, usual.len);
        }
        at = end + 1;
    }
    return GALLEY_OK;
}

/* "thursday", "russian" */
static galley_status check_lower(struct check_run *run, const struct unit *unit) {
    for (size_t n = 0; n < unit->n_unknown; n++) {
        const size_t i = unit->unknown[n];
        const struct token *token = &unit->tokens[i];
        if (token->kind != TOKEN_WORD) {
            continue;
        }
        galley_status status = GALLEY_OK;
        if ((token->flags & TOKEN_HYPHEN) != 0) {
            status = check_pieces(run, unit, token);
        } else if (token->letter_case == CASE_LOWER && is_capitalized(run->pack, token->form) &&
                   !is_generic(run, unit, i) && !is_adjective(run, unit, i)) {
            const galley_string usual = pack_form_text(run->pack, token->form);
            status = report(run, unit_span(unit, token->offset, token->offset + usual.len),
                            "“%.*s” has a capital", usual.data, usual.len, usual.data, usual.len);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

/* ---- capitals ---- */

static bool is_lower_word(const struct token *token) {
    return token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER;
}

/* A word before which a determiner can stand only when it goes with the words behind it. */
static bool asks_for_noun(const struct form_facts *facts) {
    return facts != NULL &&
           (facts->parts & (PART_ADPOSITION | PART_AUXILIARY | PART_COORDINATOR |
                            PART_SUBORDINATOR | PART_VERB_BASE | PART_VERB_PAST |
                            PART_VERB_SINGULAR | PART_VERB_GERUND | PART_VERB_PARTICIPLE)) != 0;
}

/* "an", "The", "this"; "His" may be a god's. */
static bool is_article(const struct form_facts *facts) {
    return facts != NULL && (facts->parts & PART_DETERMINER) != 0 &&
           (facts->classes & CLASS_FUNCTION) != 0 &&
           (facts->classes & CLASS_PRONOUN_POSSESSIVE) == 0;
}

/* A word that a title would give a capital: "stage", "received". */
static bool is_small_content(const struct check_run *run, const struct token *token) {
    return is_lower_word(token) && token->form != FORM_NONE &&
           !check_has_class(run, token, CLASS_FUNCTION);
}

/* Titles have capitals around, and leave none out; a lone one is a slip. */
static bool is_in_title(const struct check_run *run, const struct unit *unit, size_t i,
                        const struct sentence *sentence) {
    if (is_small_content(run, &unit->tokens[i + 1])) {
        return false;
    }
    size_t n_behind = 0;
    for (size_t k = i + 1; k < sentence->end && k <= i + TITLE_WORDS; k++) {
        n_behind += unit->tokens[k].letter_case == CASE_TITLE;
    }
    size_t n_before = 0;
    for (size_t k = i; k > sentence->first + 1 && k + TITLE_WORDS > i; k--) {
        n_before += unit->tokens[k - 1].letter_case == CASE_TITLE;
    }
    return n_behind > 1 || n_before > 1;
}

/* "received A letter", "is not A way"; but "vitamin A deficiency", "plan A is". */
static bool is_lone_letter_article(const struct check_run *run, const struct token *token) {
    const struct form_facts *before = check_facts(run, token - 1);
    const uint32_t joins =
        PART_AUXILIARY | PART_ADPOSITION | PART_COORDINATOR | PART_SUBORDINATOR | PART_PRONOUN;
    const uint32_t labelled = PART_NOUN | PART_NOUN_PLURAL | PART_DETERMINER | PART_ADJECTIVE;
    return before != NULL && !check_has_part(run, token + 1, joins) &&
           (asks_for_noun(before) || (before->parts & labelled) == 0);
}

/* "The" of "of The tornado hit": between words that go with it. */
static bool is_inside(const struct check_run *run, const struct unit *unit, size_t i,
                      const struct sentence *sentence) {
    const struct state *state = run->state;
    const struct token *token = &unit->tokens[i];
    const struct form_facts *before = check_facts(run, token - 1);
    /* "In The match": the first word has its own capital. */
    const bool is_second =
        i == sentence->first + 1 || (i == sentence->first + 2 && token[-2].kind == TOKEN_MARK);
    if (i + 2 >= sentence->end || !is_lower_word(token + 1) ||
        (token[1].flags & TOKEN_SPACE_BEFORE) == 0 ||
        !(is_lower_word(token - 1) ||
          (is_second && before != NULL &&
           ((before->classes & CLASS_FUNCTION) != 0 ||
            (before->parts & (PART_VERB_GERUND | PART_PROPER_NOUN)) == PART_VERB_GERUND))) ||
        is_in_title(run, unit, i, sentence)) {
        return false;
    }
    /* The scorer was not trained on single letters. */
    if (token->len == 1) {
        return is_lone_letter_article(run, token);
    }
    if ((is_second || state->weights.fingerprints == NULL) && asks_for_noun(before)) {
        return true;
    }
    if (is_second || state->weights.fingerprints == NULL) {
        return false;
    }
    return junction_score(&state->weights, run->pack, unit, sentence->first, i, sentence->end) <
           JUNCTION_SURE;
}

/* "The" of "of The United States". */
static bool is_before_name(const struct check_run *run, const struct unit *unit, size_t i,
                           const struct sentence *sentence) {
    const struct state *state = run->state;
    if (state->phrases.head == NULL || !is_lower_word(&unit->tokens[i - 1])) {
        return false;
    }
    uint64_t hash = 0;
    for (size_t k = i + 1; k < sentence->end && k <= i + NAME_WORDS; k++) {
        const struct token *token = &unit->tokens[k];
        const bool has_clitic = (token->flags & TOKEN_CLITIC) != 0;
        if (token->kind != TOKEN_WORD || token->letter_case == CASE_LOWER) {
            return false;
        }
        size_t len = token->len;
        if (has_clitic) {
            pack_find_host(run->pack, unit_token_text(unit, token), token->len, &len);
        }
        hash = phrase_hash_step(hash, unit_token_text(unit, token), len);
        const struct phrase_place *place = phrases_find(&state->phrases, hash);
        if (place != NULL && (place->kinds & PHRASE_ARTICLE) != 0) {
            /* "The United States Institute": a longer name may have an article of its own. */
            return has_clitic || k + 1 == sentence->end || token[1].kind != TOKEN_WORD ||
                   token[1].letter_case == CASE_LOWER;
        }
    }
    return false;
}

/* A story's first sentence may be its headline without a stop, and the text behind it. */
static bool is_behind_headline(const struct check_run *run, const struct unit *unit, size_t i,
                               const struct sentence *sentence) {
    return unit->index == 0 && sentence == unit->sentences &&
           !check_has_class(run, &unit->tokens[i - 1], CLASS_FUNCTION);
}

static galley_status check_capitals(struct check_run *run, const struct unit *unit) {
    const struct sentence *sentence = unit->sentences;
    for (size_t n = 0; n < unit->n_capitals; n++) {
        const size_t i = unit->capitals[n];
        const struct token *token = &unit->tokens[i];
        while (sentence->end <= i) {
            sentence++;
        }
        if (i == sentence->first || is_behind_headline(run, unit, i, sentence) ||
            token->letter_case != CASE_TITLE || token->len > LONGEST_WORD ||
            token[-1].kind != TOKEN_WORD ||
            (token->flags & (TOKEN_LINE_BEFORE | TOKEN_SPACE_BEFORE | TOKEN_CLITIC)) !=
                TOKEN_SPACE_BEFORE ||
            !is_article(check_facts(run, token)) ||
            !(is_inside(run, unit, i, sentence) || is_before_name(run, unit, i, sentence))) {
            continue;
        }
        char lower[LONGEST_WORD];
        for (size_t k = 0; k < token->len; k++) {
            const char c = unit->text[token->offset + k];
            lower[k] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        const galley_status status =
            report(run, unit_span(unit, token->offset, token->offset + token->len),
                   "“%.*s” has a capital inside a sentence", unit_token_text(unit, token),
                   token->len, lower, token->len);
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
        phrases_open(&state->phrases, run->pack);
        state->is_open = true;
    }
    const galley_status status = check_lower(run, unit);
    return status == GALLEY_OK && unit->kind != UNIT_HEADING ? check_capitals(run, unit) : status;
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
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
