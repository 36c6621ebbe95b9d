/*
 * quotes: a quotation mark or bracket that nothing closes, such as “We have lost a year, he said.
 *
 * Not reported: a quotation that goes on in the next paragraph, which news opens anew there;
 * brackets of lists "a)" and of smileys.
 *
 * The rule: what the text room found unclosed in a paragraph waits for the next one. When that
 * begins with a quotation mark, or closes what it did not open, all was well.
 */
#include "checks/check.h"

enum { DEPTH_MAX = 16 };

struct state {
    bool waits;
    struct span span; /* of the opening mark that waits */
};

static galley_status report(struct check_run *run, struct span span) {
    return check_report(run, span, run->check->severity, NULL, "nothing closes this mark");
}

static bool is_quotation_mark(const struct token *token) {
    return token->kind == TOKEN_MARK &&
           (token->mark == '"' || token->mark == 0x201C || token->mark == 0x201D ||
            token->mark == 0x201E || token->mark == 0xAB || token->mark == 0x2018 ||
            token->mark == '\'');
}

static bool opens_or_closes(const struct unit *unit) {
    if (unit->n_tokens == 0) {
        return true;
    }
    if (is_quotation_mark(&unit->tokens[0])) {
        return true;
    }
    return unit->n_quotations > 0 && unit->quotations[0].continued && !unit->quotations[0].unclosed;
}

static galley_status check_quotations(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (state->waits && !unit->continues) {
        state->waits = false;
        if (!opens_or_closes(unit)) {
            const galley_status status = report(run, state->span);
            if (status != GALLEY_OK) {
                return status;
            }
        }
    }
    for (size_t i = 0; i < unit->n_quotations; i++) {
        const struct quotation *quotation = &unit->quotations[i];
        const struct token *open = &unit->tokens[quotation->first];
        if (quotation->unclosed && quotation->depth == 0 && !quotation->continued &&
            open->kind == TOKEN_MARK && open->mark != '\'' && open->mark != 0x2018) {
            state->waits = true;
            state->span = check_span(unit, open->offset, open->offset + open->len);
        }
    }
    return GALLEY_OK;
}

/* "1)", "a)", ":)": brackets that close nothing. */
static bool is_lone_bracket(const struct unit *unit, size_t i) {
    if (i == 0) {
        return true;
    }
    const struct token *before = &unit->tokens[i - 1];
    return (before->kind == TOKEN_MARK && (before->mark == ':' || before->mark == ';' ||
                                           before->mark == '-')) ||
           (before->len <= 3 && (i == 1 || (before->flags & TOKEN_SENTENCE_START) != 0)) ||
           before->kind == TOKEN_NUMBER || before->len == 1;
}

static galley_status check_brackets(struct check_run *run, const struct unit *unit) {
    uint32_t open[DEPTH_MAX];
    size_t depth = 0;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_marks && status == GALLEY_OK; i++) {
        const size_t at = unit->marks[i];
        const struct token *token = &unit->tokens[at];
        const uint32_t mark = token->mark;
        if (mark == '(' || mark == '[') {
            const bool smiley = at > 0 && unit->tokens[at - 1].kind == TOKEN_MARK &&
                                (token->flags & TOKEN_SPACE_BEFORE) == 0 &&
                                (unit->tokens[at - 1].mark == ':' ||
                                 unit->tokens[at - 1].mark == ';');
            if (depth < DEPTH_MAX && !smiley) {
                open[depth++] = (uint32_t)at;
            }
        } else if (mark == ')' || mark == ']') {
            const uint32_t wanted = mark == ')' ? '(' : '[';
            if (depth > 0 && unit->tokens[open[depth - 1]].mark == wanted) {
                depth--;
            } else if (depth == 0 && !is_lone_bracket(unit, at)) {
                status = report(run, check_span(unit, token->offset, token->offset + token->len));
            }
        }
    }
    for (size_t i = 0; i < depth && status == GALLEY_OK; i++) {
        const struct token *token = &unit->tokens[open[i]];
        status = report(run, check_span(unit, token->offset, token->offset + token->len));
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const galley_status status = check_quotations(run, unit);
    return status == GALLEY_OK ? check_brackets(run, unit) : status;
}

static galley_status check_document(struct check_run *run) {
    const struct state *state = run->state;
    return state->waits ? report(run, state->span) : GALLEY_OK;
}

const struct check check_quotes = {
    .name = "quotes",
    .its_type = "typographical",
    .mqm = "linguistic-conventions/punctuation",
    .summary = "quotation marks and brackets that nothing closes",
    .explanation = "A quotation mark or bracket that is opened and never closed, or closed and "
                   "never opened. A quotation that goes on in the next paragraph is fine.",
    .severity = GALLEY_MINOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
