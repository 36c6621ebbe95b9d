/*
 * untranslated: words left in another language ("energy y la seguridad de las fronteras"), or in
 * another script.
 *
 * Not reported: names, loan words that the pack has, a single word, words in quotation marks that
 * are followed by nothing foreign.
 *
 * The rule: unknown words in small letters are seeds. Seeds that stand close together make a span;
 * it grows over neighbours that other languages often use and this one hardly does ("de", "la"),
 * and is believed when two of its words speak for it, one of them unknown.
 */
#include "checks/check.h"
#include "language/foreign.h"
#include "language/spelling.h"

enum { GAP = 2, GROW = 12 };

struct state {
    struct foreign foreign;
    bool opened;
};

static bool is_word(const struct token *token) {
    return token->kind == TOKEN_WORD && token->letter_case != CASE_NONE;
}

static uint32_t languages_of(const struct state *state, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return token->kind == TOKEN_WORD
               ? foreign_find(&state->foreign, unit_token_text(unit, token), token->len)
               : 0;
}

/* Unknown, in small letters, and not an English word with marks in it. */
static bool is_seed(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER &&
           (token->flags & (TOKEN_DIGIT | TOKEN_HYPHEN | TOKEN_DOT)) == 0;
}

struct fragment {
    size_t first, end; /* tokens */
    uint32_t all;      /* languages that every word with evidence shares, while there is one */
    size_t n_seeds;    /* unknown words in small letters */
    size_t n_evident;  /* words that other languages often use */
    size_t n_lower;
    size_t n_marked; /* seeds with letters beyond ASCII */
};

static void take(struct fragment *fragment, const struct state *state, const struct unit *unit,
                 size_t i, bool seed) {
    const uint32_t languages = languages_of(state, unit, i);
    fragment->n_seeds += seed;
    fragment->n_marked += seed && (unit->tokens[i].flags & TOKEN_NON_ASCII) != 0;
    fragment->n_lower += unit->tokens[i].letter_case == CASE_LOWER;
    if (languages != 0) {
        fragment->n_evident++;
        if ((fragment->all & languages) != 0) {
            fragment->all &= languages;
        }
    }
}

/* Whether the fragment may grow over token i. */
static bool may_grow(const struct state *state, const struct unit *unit, size_t i,
                     const struct fragment *fragment) {
    const struct token *token = &unit->tokens[i];
    if (!is_word(token) || (token->flags & TOKEN_LINE_BEFORE) != 0) {
        return false;
    }
    return (languages_of(state, unit, i) & fragment->all) != 0;
}

static void grow(struct fragment *fragment, const struct state *state, const struct unit *unit) {
    for (int steps = 0; steps < GROW; steps++) {
        if (fragment->first > 0 && may_grow(state, unit, fragment->first - 1, fragment)) {
            fragment->first--;
            take(fragment, state, unit, fragment->first, false);
        } else if (fragment->end < unit->n_tokens &&
                   may_grow(state, unit, fragment->end, fragment)) {
            take(fragment, state, unit, fragment->end, false);
            fragment->end++;
        } else {
            return;
        }
    }
}

static galley_status report(struct check_run *run, const struct unit *unit,
                            const struct fragment *fragment) {
    const struct state *state = run->state;
    const struct token *last = &unit->tokens[fragment->end - 1];
    const size_t begin = unit->tokens[fragment->first].offset;
    const struct span span = check_span(unit, begin, last->offset + last->len);
    const size_t n = fragment->end - fragment->first;
    const bool whole = n * 4 > unit->n_tokens * 3 && n > 5;
    const galley_severity severity = whole ? GALLEY_CRITICAL : run->check->severity;
    if (fragment->n_evident > 0 && fragment->all != 0) {
        uint32_t language = 0;
        while ((fragment->all >> language & 1) == 0) {
            language++;
        }
        if (language < state->foreign.head->n_languages) {
            return check_report(run, span, severity, NULL, "%zu words that look like %s", n,
                                state->foreign.head->names[language]);
        }
    }
    return check_report(run, span, severity, NULL, "%zu words of another language", n);
}

/* Two words must speak for it. Letters beyond ASCII in an unknown word are as good as a second
 * one, when a word beside it belongs to a language, too. */
static bool is_believed(const struct fragment *fragment) {
    if (fragment->end - fragment->first < 2) {
        return false;
    }
    if (fragment->n_lower >= 2 &&
        (fragment->n_seeds >= 2 || (fragment->n_seeds == 1 && fragment->n_evident >= 2))) {
        return true;
    }
    return fragment->n_marked >= 1 && fragment->n_evident >= 1;
}

/* Letters of another script: each run of them is one find. */
static galley_status check_scripts(struct check_run *run, const struct unit *unit) {
    for (size_t i = 0; i < unit->n_unknown; i++) {
        const struct token *token = &unit->tokens[unit->unknown[i]];
        if (token->kind != TOKEN_FOREIGN) {
            continue;
        }
        size_t end = unit->unknown[i] + 1;
        while (end < unit->n_tokens && i + 1 < unit->n_unknown &&
               unit->unknown[i + 1] <= end + 1 &&
               unit->tokens[unit->unknown[i + 1]].kind == TOKEN_FOREIGN) {
            i++;
            end = unit->unknown[i] + 1;
        }
        const struct token *last = &unit->tokens[end - 1];
        const galley_status status = check_report(
            run, check_span(unit, token->offset, last->offset + last->len), run->check->severity,
            NULL, "letters of a script that the language is not written in");
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static galley_status check_words(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    size_t done = 0;
    for (size_t i = 0; i < unit->n_unknown; i++) {
        const size_t first = unit->unknown[i];
        if (first < done || !is_seed(unit, first)) {
            continue;
        }
        struct fragment fragment = {.first = first, .end = first + 1, .all = UINT32_MAX};
        take(&fragment, state, unit, first, true);
        /* Unknown words close by belong to it, and what stands between them. */
        for (size_t k = i + 1; k < unit->n_unknown; k++) {
            const size_t next = unit->unknown[k];
            if (next > fragment.end + GAP || (unit->tokens[next].flags & TOKEN_LINE_BEFORE) != 0) {
                break;
            }
            bool joined = true;
            for (size_t at = fragment.end; at < next; at++) {
                const struct token *between = &unit->tokens[at];
                /* One small letter is a word of many languages ("y", "i", "w"). */
                joined = joined && (languages_of(state, unit, at) != 0 ||
                                    between->letter_case == CASE_TITLE ||
                                    (between->len == 1 && between->letter_case == CASE_LOWER &&
                                     unit->text[between->offset] != 'a') ||
                                    (between->kind == TOKEN_MARK &&
                                     (between->mark == ',' || between->mark == '\'' ||
                                      between->mark == '-' || between->mark == ':')));
            }
            if (!joined) {
                break;
            }
            for (size_t at = fragment.end; at <= next; at++) {
                take(&fragment, state, unit, at, at == next && is_seed(unit, at));
            }
            fragment.end = next + 1;
        }
        grow(&fragment, state, unit);
        done = fragment.end;
        if (is_believed(&fragment)) {
            const galley_status status = report(run, unit, &fragment);
            if (status != GALLEY_OK) {
                return status;
            }
        }
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (unit->n_unknown == 0) {
        return GALLEY_OK;
    }
    if (!state->opened) {
        foreign_open(&state->foreign, run->pack);
        state->opened = true;
    }
    const galley_status status = check_scripts(run, unit);
    return status == GALLEY_OK ? check_words(run, unit) : status;
}

const struct check check_untranslated = {
    .name = "untranslated",
    .its_type = "untranslated",
    .mqm = "accuracy/untranslated",
    .summary = "words left in another language or script",
    .explanation = "Words that the machine left as they were in the source (“energy y la seguridad "
                   "de las fronteras”), or letters of another script. Names and the foreign words "
                   "that news uses are left alone.",
    .severity = GALLEY_MAJOR,
    .covers = "spelling,duplication,capitalization,agreement,sentence-break,splice",
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
