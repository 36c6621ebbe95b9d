/*
 * quotes: a quotation mark or bracket that nothing closes, such as “We have lost a year, he said;
 * one that looks the wrong way; and a pair of two styles (“We have lost a year").
 *
 * Not reported: a quotation that goes on in the next paragraph, which news opens anew there;
 * brackets of lists "a)" and of smileys; inches.
 *
 * The rule: what the text room found unclosed in a paragraph waits for the next one. When that
 * begins with a quotation mark, or closes what it did not open, all was well. But only whole
 * sentences go on so: a quotation that begins inside a sentence is closed in its paragraph (AP
 * Stylebook, “quotation marks”), and so is one in which the writer names the speaker. The mark that
 * opens is reported, as the place of the other one is a guess. A mark between a comma and a verb of
 * saying closes, whatever its spaces say.
 */
#include "checks/check.h"

#include "base/limits.h"
#include "text/mark.h"

#include <string.h>

enum { DEPTH_MAX = 16, PAIRS_KEPT = LIMIT_RELATED };

/* A quotation that one style opens and another closes. */
struct pair {
    struct span open, close;
};

struct state {
    struct pair pairs[PAIRS_KEPT];
    size_t n_pairs;
    bool waits;
    struct span span; /* of the opening mark that waits */
    uint32_t mark;    /* the mark; MARK_SINGLE for '' */
};

static galley_status report(struct check_run *run, struct span span) {
    return check_report(run, span, run->check->severity, NULL, "nothing closes this mark");
}

static bool is_quotation_mark(const struct token *token) {
    return token->kind == TOKEN_MARK && mark_is_quotation(token->mark);
}

static bool is_stop(const struct token *token) {
    return token->kind == TOKEN_MARK && mark_is_stop(token->mark);
}

static struct span token_span(const struct unit *unit, const struct token *token) {
    return unit_span(unit, token->offset, token->offset + token->len);
}

/* ---- who speaks, inside what should be the quotation ---- */

static bool is_name(const struct token *token) {
    return token->kind == TOKEN_WORD &&
           (token->letter_case == CASE_TITLE || token->letter_case == CASE_MIXED ||
            (token->letter_case == CASE_UPPER && token->len > 1));
}

/* What may stand behind "he said": the end, a mark, "on Monday", "that". */
static bool ends_attribution(const struct check_run *run, const struct unit *unit, size_t i) {
    return i >= unit->n_tokens || unit->tokens[i].kind == TOKEN_MARK ||
           check_has_class(run, &unit->tokens[i], CLASS_FUNCTION) || is_name(&unit->tokens[i]) ||
           check_has_part(run, &unit->tokens[i], PART_VERB_GERUND | PART_ADVERB);
}

/* Behind "a representative of the union" or "the minister" from token i on; i when there is none.
 */
static size_t behind_role(const struct check_run *run, const struct unit *unit, size_t i) {
    enum { ROLE_TOKENS = 5 };
    if (!check_has_part(run, &unit->tokens[i], PART_DETERMINER)) {
        return i;
    }
    for (size_t at = i + 1; at < unit->n_tokens && at < i + ROLE_TOKENS; at++) {
        if (check_has_class(run, &unit->tokens[at], CLASS_ROLE)) {
            return at + 1;
        }
    }
    return i;
}

/* "he said", "Mr. Miller of the union said", "said Miller" from token i on. */
static bool is_attribution(const struct check_run *run, const struct unit *unit, size_t i) {
    enum { NAME_TOKENS = 5 };
    const struct token *tokens = unit->tokens;
    if (check_has_class(run, &tokens[i], CLASS_REPORTING_VERB)) {
        return i + 1 < unit->n_tokens &&
               check_has_part(run, &tokens[i], PART_VERB_PAST | PART_VERB_SINGULAR) &&
               (is_name(&tokens[i + 1]) ||
                (check_has_class(run, &tokens[i + 1], CLASS_PRONOUN_SUBJECT) &&
                 !check_has_class(run, &tokens[i + 1], CLASS_PRONOUN_FIRST)));
    }
    size_t at = i;
    if (check_has_class(run, &tokens[i], CLASS_PRONOUN_SUBJECT)) {
        at += !check_has_class(run, &tokens[i], CLASS_PRONOUN_FIRST);
    } else {
        while (at < unit->n_tokens && at < i + NAME_TOKENS && is_name(&tokens[at])) {
            at++;
        }
        at = at > i ? at : behind_role(run, unit, i);
    }
    return at > i && at < unit->n_tokens &&
           check_has_class(run, &tokens[at], CLASS_REPORTING_VERB) &&
           tokens[at].letter_case == CASE_LOWER && ends_attribution(run, unit, at + 1);
}

/* Whether the writer speaks between the tokens: behind a comma or question mark, without a
 * quotation mark. */
static bool has_attribution(const struct check_run *run, const struct unit *unit, size_t first,
                            size_t end) {
    for (size_t i = first; i + 1 < end; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind == TOKEN_MARK &&
            (token->mark == ',' || token->mark == '?' || token->mark == '!') &&
            is_attribution(run, unit, i + 1)) {
            return true;
        }
    }
    return false;
}

/* ---- quotations that nothing closes ---- */

/* The mark opens a part of a sentence: `leaders “who know`, `an “obscene amount`. */
static bool is_fragment(const struct check_run *run, const struct unit *unit, size_t first,
                        size_t begin) {
    if (first == 0 || begin >= unit->n_tokens) {
        return false;
    }
    const struct token *before = &unit->tokens[first - 1];
    if (is_stop(before) || (unit->tokens[first].flags & TOKEN_SENTENCE_START) != 0) {
        return false;
    }
    return unit->tokens[begin].letter_case == CASE_LOWER ||
           (before->kind == TOKEN_WORD && before->letter_case == CASE_LOWER &&
            !check_has_class(run, before, CLASS_REPORTING_VERB | CLASS_FUNCTION));
}

/* A mark that opens where one should close: `a year,“ he said`. */
static bool looks_the_wrong_way(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    if (i == 0 || (token->mark != MARK_DOUBLE_OPENING && token->mark != MARK_DOUBLE) ||
        (token->flags & TOKEN_SPACE_BEFORE) != 0) {
        return false;
    }
    const struct token *before = token - 1;
    const bool behind = before->kind != TOKEN_MARK || is_stop(before) || before->mark == ',' ||
                        mark_is_closing_bracket(before->mark);
    return behind && (i + 1 == unit->n_tokens || (token[1].flags & TOKEN_SPACE_BEFORE) != 0 ||
                      (token[1].kind == TOKEN_MARK && !is_quotation_mark(&token[1])));
}

/* A mark that closes, with the space on its wrong side: `a year, "he said`. */
static bool is_on_the_wrong_side(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    if (i == 0 || i + 1 == unit->n_tokens ||
        (token->mark != MARK_DOUBLE_OPENING && token->mark != MARK_DOUBLE) ||
        (token->flags & TOKEN_SPACE_BEFORE) == 0 || (token[1].flags & TOKEN_SPACE_BEFORE) != 0) {
        return false;
    }
    const struct token *before = token - 1;
    return (is_stop(before) || (before->kind == TOKEN_MARK && before->mark == ',')) &&
           token[1].letter_case == CASE_LOWER && is_attribution(run, unit, i + 1);
}

static galley_status report_wrong_side(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const char *repair = token->mark == MARK_DOUBLE ? "\" " : "” ";
    const size_t begin = token[-1].offset + token[-1].len;
    struct issue *issue;
    galley_status status =
        check_report(run, unit_span(unit, begin, token->offset + token->len), run->check->severity,
                     &issue, "the space is on the wrong side of the mark");
    return status == GALLEY_OK ? check_suggest(run, issue, repair, strlen(repair)) : status;
}

static galley_status report_wrong_way(struct check_run *run, const struct unit *unit, size_t i) {
    static const char closing[] = "”";
    struct issue *issue;
    galley_status status = check_report(run, token_span(unit, &unit->tokens[i]), GALLEY_MINOR,
                                        &issue, "this mark opens where one should close");
    return status == GALLEY_OK ? check_suggest(run, issue, closing, sizeof closing - 1) : status;
}

/* What stands at `end` of a quotation in plain marks is one inside of it, in the other style: "It
 * is about “equal law” and …. */
static bool goes_on_behind(const struct unit *unit, const struct quotation *quotation) {
    if (quotation->end == unit->n_tokens) {
        return true;
    }
    if (unit->tokens[quotation->first].mark != MARK_DOUBLE ||
        unit->tokens[quotation->end].mark != MARK_DOUBLE_OPENING) {
        return false;
    }
    for (const struct quotation *inner = quotation + 1;
         inner < unit->quotations + unit->n_quotations && inner->first <= quotation->end; inner++) {
        if (inner->first == quotation->end) {
            return !inner->unclosed && unit->tokens[inner->end - 1].mark == MARK_DOUBLE_CLOSING;
        }
    }
    return false;
}

/* An unclosed quotation. Answers whether it may go on in the next unit in *waits. */
static galley_status judge_unclosed(struct check_run *run, const struct unit *unit,
                                    const struct quotation *quotation, bool *waits) {
    const struct token *open = &unit->tokens[quotation->first];
    *waits = false;
    if (!is_quotation_mark(open) || mark_is_single(open->mark)) {
        return GALLEY_OK;
    }
    if (looks_the_wrong_way(unit, quotation->first)) {
        return open->mark == MARK_DOUBLE_OPENING ? report_wrong_way(run, unit, quotation->first)
                                                 : report(run, token_span(unit, open));
    }
    const size_t begin = quotation->first + 1;
    const size_t end = quotation->end;
    if (end < unit->n_tokens &&
        (looks_the_wrong_way(unit, end) || is_on_the_wrong_side(run, unit, end))) {
        return GALLEY_OK; /* reported there */
    }
    if (is_fragment(run, unit, quotation->first, begin) || has_attribution(run, unit, begin, end)) {
        return report(run, token_span(unit, open));
    }
    if (!goes_on_behind(unit, quotation)) {
        /* Paragraphs that were joined: the mark opens anew behind a full stop. */
        size_t last = end - 1;
        while (last > begin && is_quotation_mark(&unit->tokens[last])) {
            last--;
        }
        return last >= begin && is_stop(&unit->tokens[last]) ? GALLEY_OK
                                                             : report(run, token_span(unit, open));
    }
    *waits = true;
    return GALLEY_OK;
}

/* Takes a pair of two styles: “We have lost a year". */
static void judge_pair(struct check_run *run, const struct unit *unit,
                       const struct quotation *quotation) {
    struct state *state = run->state;
    const struct token *open = &unit->tokens[quotation->first];
    const struct token *close = &unit->tokens[quotation->end - 1];
    if (quotation->continued || !is_quotation_mark(open) ||
        (open->mark == MARK_DOUBLE) == (close->mark == MARK_DOUBLE) || mark_is_single(open->mark)) {
        return;
    }
    if (state->n_pairs < PAIRS_KEPT) {
        state->pairs[state->n_pairs] =
            (struct pair){token_span(unit, open), token_span(unit, close)};
    }
    state->n_pairs++;
}

/* One remark a document, where the first of them opens, as what closes it may belong to another
 * quotation. */
static galley_status report_pairs(struct check_run *run) {
    const struct state *state = run->state;
    struct issue *issue;
    if (state->n_pairs == 0) {
        return GALLEY_OK;
    }
    galley_status status =
        state->n_pairs == 1
            ? check_report(run, state->pairs[0].open, GALLEY_NEUTRAL, &issue,
                           "this mark and the one that closes it are of two styles")
            : check_report(run, state->pairs[0].open, GALLEY_NEUTRAL, &issue,
                           "the text closes quotations in another style than it opens them, %zu "
                           "times",
                           state->n_pairs);
    if (status == GALLEY_OK) {
        status = check_relate(run, issue, state->pairs[0].close, "this closes it");
    }
    for (size_t i = 1; i < state->n_pairs && i < PAIRS_KEPT && status == GALLEY_OK; i++) {
        status = check_relate(run, issue, state->pairs[i].open, "here, too");
    }
    return status;
}

/* Whether the unit takes up what the one before left open. */
static bool takes_up(const struct state *state, const struct unit *unit) {
    if (unit->n_tokens == 0) {
        return true;
    }
    if (is_quotation_mark(&unit->tokens[0])) {
        return true;
    }
    if (unit->n_quotations == 0 || !unit->quotations[0].continued || unit->quotations[0].unclosed) {
        return false;
    }
    const struct token *close = &unit->tokens[unit->quotations[0].end - 1];
    return (close->mark == MARK_DOUBLE) == (state->mark == MARK_DOUBLE);
}

static galley_status settle(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (!state->waits || unit->continues || unit->n_tokens == 0) {
        return GALLEY_OK;
    }
    state->waits = false;
    return takes_up(state, unit) ? GALLEY_OK : report(run, state->span);
}

static galley_status check_quotations(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    galley_status status = settle(run, unit);
    for (size_t i = 0; i < unit->n_quotations && status == GALLEY_OK; i++) {
        const struct quotation *quotation = &unit->quotations[i];
        if (is_quotation_mark(&unit->tokens[quotation->first]) &&
            is_on_the_wrong_side(run, unit, quotation->first)) {
            status = report_wrong_side(run, unit, quotation->first);
            continue;
        }
        if (!quotation->unclosed) {
            judge_pair(run, unit, quotation);
            continue;
        }
        if (quotation->depth > 0) {
            continue;
        }
        bool waits = false;
        status = judge_unclosed(run, unit, quotation, &waits);
        if (waits) {
            const struct token *open = &unit->tokens[quotation->first];
            state->waits = true;
            state->mark = open->mark;
            state->span = token_span(unit, open);
        }
    }
    return status;
}

/* ---- two apostrophes for a quotation mark ---- */

static bool is_double_apostrophe(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return i + 1 < unit->n_tokens && token->mark == MARK_SINGLE && token[1].kind == TOKEN_MARK &&
           token[1].mark == MARK_SINGLE && token[1].offset == token->offset + 1;
}

/* Where the two apostrophes behind `from` that close something end, or 0. A word may have taken
 * the first of them for its own. */
static size_t find_double_closing(const struct unit *unit, size_t from) {
    const char *text = unit->text;
    for (size_t at = from; at + 1 < unit->len;) {
        const char *found = memchr(text + at, '\'', unit->len - at);
        if (found == NULL) {
            return 0;
        }
        at = (size_t)(found - text) + 1;
        if (at < unit->len && text[at] == '\'' && text[at - 2] != ' ') {
            return at + 1;
        }
    }
    return 0;
}

/* ''We have lost a year,'' he said. */
static galley_status check_double_apostrophes(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    size_t done = 0; /* bytes of the unit */
    for (size_t i = 0; i < unit->n_marks; i++) {
        const size_t first = unit->marks[i];
        const struct token *open = &unit->tokens[first];
        if (open->offset < done || !is_double_apostrophe(unit, first)) {
            continue;
        }
        const bool opens = (first == 0 || (open->flags & TOKEN_SPACE_BEFORE) != 0) &&
                           first + 2 < unit->n_tokens && (open[2].flags & TOKEN_SPACE_BEFORE) == 0;
        done = open->offset + 2;
        if (!opens) {
            continue;
        }
        const size_t end = find_double_closing(unit, done);
        if (end > 0) {
            done = end;
            continue;
        }
        const struct span span = unit_span(unit, open->offset, done);
        if (is_fragment(run, unit, first, first + 2) ||
            has_attribution(run, unit, first + 2, unit->n_tokens)) {
            return report(run, span);
        }
        state->waits = true;
        state->span = span;
        state->mark = MARK_SINGLE;
        return GALLEY_OK;
    }
    return GALLEY_OK;
}

/* ---- brackets ---- */

/* "1)", "a)", ":)": brackets that close nothing. */
static bool is_lone_bracket(const struct unit *unit, size_t i) {
    if (i == 0) {
        return true;
    }
    const struct token *before = &unit->tokens[i - 1];
    return (before->kind == TOKEN_MARK &&
            (before->mark == ':' || before->mark == ';' || before->mark == '-')) ||
           (before->len <= 3 && (i == 1 || (before->flags & TOKEN_SENTENCE_START) != 0)) ||
           before->kind == TOKEN_NUMBER || before->len == 1;
}

/* A bracket of East Asian text closes one of ours: it is punctuation's to say that it is too wide.
 */
static uint32_t narrow_bracket(uint32_t mark) {
    return mark == 0xFF08 ? '(' : mark == 0xFF09 ? ')' : mark;
}

static bool has_unclosed(const struct unit *unit) {
    for (size_t i = 0; i < unit->n_quotations; i++) {
        if (unit->quotations[i].unclosed) {
            return true;
        }
    }
    return false;
}

/* Whether one of a pair of brackets is inside a quotation and the other is not: (“We have lost)”.
 */
static bool are_crossed(const struct unit *unit, size_t open, size_t close) {
    return ((unit->tokens[open].flags ^ unit->tokens[close].flags) & TOKEN_QUOTED) != 0;
}

static galley_status check_brackets(struct check_run *run, const struct unit *unit) {
    uint32_t open[DEPTH_MAX];
    size_t depth = 0;
    /* It is not known where one that nothing closes ends. */
    const bool settled = !has_unclosed(unit);
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_marks && status == GALLEY_OK; i++) {
        const size_t at = unit->marks[i];
        const struct token *token = &unit->tokens[at];
        const uint32_t mark = narrow_bracket(token->mark);
        if (mark == '(' || mark == '[') {
            const bool smiley =
                at > 0 && unit->tokens[at - 1].kind == TOKEN_MARK &&
                (token->flags & TOKEN_SPACE_BEFORE) == 0 &&
                (unit->tokens[at - 1].mark == ':' || unit->tokens[at - 1].mark == ';');
            if (depth < DEPTH_MAX && !smiley) {
                open[depth++] = (uint32_t)at;
            }
        } else if (mark == ')' || mark == ']') {
            const uint32_t wanted = mark == ')' ? '(' : '[';
            if (depth > 0 && narrow_bracket(unit->tokens[open[depth - 1]].mark) == wanted) {
                depth--;
                if (settled && are_crossed(unit, open[depth], at)) {
                    status =
                        check_report(run, token_span(unit, token), run->check->severity, NULL,
                                     "this bracket closes on the other side of a quotation mark");
                }
            } else if (depth == 0 && !is_lone_bracket(unit, at)) {
                status = report(run, token_span(unit, token));
            }
        }
    }
    for (size_t i = 0; i < depth && status == GALLEY_OK; i++) {
        const struct token *token = &unit->tokens[open[i]];
        status = report(run, token_span(unit, token));
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = check_quotations(run, unit);
    if (status == GALLEY_OK) {
        status = check_double_apostrophes(run, unit);
    }
    return status == GALLEY_OK ? check_brackets(run, unit) : status;
}

static galley_status check_document(struct check_run *run) {
    const struct state *state = run->state;
    const galley_status status = state->waits ? report(run, state->span) : GALLEY_OK;
    return status == GALLEY_OK ? report_pairs(run) : status;
}

const struct check check_quotes = {
    .name = "quotes",
    .its_type = "typographical",
    .mqm = "linguistic-conventions/punctuation",
    .summary = "quotation marks and brackets that nothing closes",
    .explanation = "A quotation mark or bracket that is opened and never closed, or closed and "
                   "never opened; a mark that opens where one should close; a pair of two styles "
                   "(“a year\"). A quotation of whole sentences may go on in the next paragraph, "
                   "if a mark opens it anew there.",
    .severity = GALLEY_MINOR,
    .spans_sections = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
