/*
 * whitespace: a space before a mark ("the agenda , then"), none behind one ("said,and"), two where
 * one belongs.
 *
 * Not reported: numbers, links and names with dots, a mark that begins a word (".NET"), two spaces
 * behind a stop, which some typists set.
 *
 * The rule looks at marks only, and at the space on either side of them.
 */
#include "checks/check.h"

#include "base/limits.h"
#include "text/mark.h"

#include <string.h>

enum {
    HABIT = 2, /* places with two spaces: somebody's habit, reported once */
    DOUBLED_KEPT = LIMIT_RELATED
};

struct state {
    struct span doubled[DOUBLED_KEPT];
    size_t n_doubled;
};

static bool is_closing(uint32_t mark) {
    return mark == ',' || mark == '.' || mark == ';' || mark == ':' || mark == '?' || mark == '!';
}

static bool is_word(const struct token *token) {
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER;
}

static galley_status report(struct check_run *run, const struct unit *unit, size_t begin,
                            size_t end, const char *message, const char *repair, size_t len) {
    struct issue *issue;
    galley_status status =
        check_report(run, unit_span(unit, begin, end), run->check->severity, &issue, "%s", message);
    if (status == GALLEY_OK && repair != NULL) {
        return check_suggest(run, issue, repair, len);
    }
    if (status == GALLEY_OK) {
        /* a space before what is marked */
        enum { LONGEST = 64 };
        char spaced[LONGEST + 1] = " ";
        if (end - begin <= LONGEST) {
            memcpy(spaced + 1, unit->text + begin, end - begin);
            status = check_suggest(run, issue, spaced, end - begin + 1);
        }
    }
    return status;
}

static galley_status check_before(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    const struct token *before = &unit->tokens[i - 1];
    const struct token *after = i + 1 < unit->n_tokens ? mark + 1 : NULL;
    if ((mark->flags & TOKEN_SPACE_BEFORE) == 0 || (mark->flags & TOKEN_LINE_BEFORE) != 0 ||
        before->kind == TOKEN_MARK || mark->len > 1) {
        return GALLEY_OK;
    }
    /* ".NET", ":-)", " . . . ": the mark belongs to what comes behind it. */
    if (after != NULL && ((after->flags & TOKEN_SPACE_BEFORE) == 0 ||
                          (after->kind == TOKEN_MARK && is_closing(after->mark)))) {
        return GALLEY_OK;
    }
    const size_t begin = before->offset + before->len;
    return report(run, unit, begin, mark->offset + mark->len, "a space before the mark",
                  unit_token_text(unit, mark), mark->len);
}

static galley_status check_after(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    const struct token *before = &unit->tokens[i - 1];
    const struct token *after = mark + 1;
    if (i + 1 == unit->n_tokens || (after->flags & TOKEN_SPACE_BEFORE) != 0 ||
        (mark->flags & TOKEN_SPACE_BEFORE) != 0 || mark->len > 1 || !is_word(before) ||
        after->kind != TOKEN_WORD) {
        return GALLEY_OK;
    }
    const bool comma = (mark->mark == ',' || mark->mark == ';') && before->kind == TOKEN_WORD &&
                       (before->len > 1 || after->len > 1);
    const bool stop = mark->mark != ',' && mark->mark != ';' && mark->mark != ':' &&
                      before->letter_case == CASE_LOWER && before->len > 2 &&
                      before->form != FORM_NONE && after->letter_case == CASE_TITLE &&
                      after->form != FORM_NONE;
    if (!comma && !stop) {
        return GALLEY_OK;
    }
    const char repair[] = {(char)mark->mark, ' '};
    return report(run, unit, mark->offset, mark->offset + mark->len, "no space behind the mark",
                  repair, sizeof repair);
}

/* “ We have ”: a space between a mark and what it is around. */
static galley_status check_inside(struct check_run *run, const struct unit *unit,
                                  const struct quotation *quotation) {
    const struct token *open = &unit->tokens[quotation->first];
    const struct token *close = &unit->tokens[quotation->end - 1];
    galley_status status = GALLEY_OK;
    if (open + 1 < close && open->mark == MARK_DOUBLE_OPENING && is_word(open + 1) &&
        (open[1].flags & TOKEN_SPACE_BEFORE) != 0 && (open[1].flags & TOKEN_LINE_BEFORE) == 0) {
        status = report(run, unit, open->offset, open[1].offset, "a space inside the quotation",
                        unit_token_text(unit, open), open->len);
    }
    if (status == GALLEY_OK && open + 1 < close && close->mark == MARK_DOUBLE_CLOSING &&
        close[-1].kind != TOKEN_MARK && (close->flags & TOKEN_SPACE_BEFORE) != 0 &&
        (close->flags & TOKEN_LINE_BEFORE) == 0) {
        status = report(run, unit, close[-1].offset + close[-1].len, close->offset + close->len,
                        "a space inside the quotation", unit_token_text(unit, close), close->len);
    }
    return status;
}

/* ”he said”, said“We: no space outside a quotation. */
static galley_status check_quotation(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    if (mark->mark == MARK_DOUBLE_CLOSING && i > 0 && i + 1 < unit->n_tokens) {
        const struct token *after = mark + 1;
        const bool missing = after->kind == TOKEN_WORD && after->len > 1 &&
                             (after->flags & TOKEN_SPACE_BEFORE) == 0 &&
                             (mark->flags & TOKEN_SPACE_BEFORE) == 0;
        return missing ? report(run, unit, after->offset, after->offset + after->len,
                                "no space behind the quotation", NULL, 0)
                       : GALLEY_OK;
    }
    if (mark->mark == MARK_DOUBLE_OPENING && i > 0 && i + 1 < unit->n_tokens) {
        const struct token *before = mark - 1;
        const bool missing = before->kind == TOKEN_WORD && before->len > 1 &&
                             (mark->flags & TOKEN_SPACE_BEFORE) == 0 && is_word(mark + 1) &&
                             (mark[1].flags & TOKEN_SPACE_BEFORE) == 0;
        return missing ? report(run, unit, mark->offset, mark->offset + mark->len,
                                "no space before the quotation", NULL, 0)
                       : GALLEY_OK;
    }
    return GALLEY_OK;
}

/* ---- more than one ---- */

static void take_place(struct state *state, struct span span) {
    if (state->n_doubled < DOUBLED_KEPT) {
        state->doubled[state->n_doubled] = span;
    }
    state->n_doubled++;
}

/* Whether unit->text[begin, end) is two blanks or more, or a tab, and no line ends in it. */
static bool is_doubled(const struct unit *unit, size_t begin, size_t end) {
    size_t n = 0;
    bool tab = false;
    for (size_t at = begin; at < end; at++) {
        const unsigned char byte = (unsigned char)unit->text[at];
        if (byte == '\n' || byte == '\r') {
            return false;
        }
        n += (byte & 0xC0) != 0x80;
        tab |= byte == '\t';
    }
    return n > 1 || tab;
}

/* Two spaces between two words. Some typists set two behind a stop. */
static void check_gaps(struct check_run *run, const struct unit *unit) {
    const struct token *tokens = unit->tokens;
    for (size_t i = 1; i < unit->n_tokens && (unit->flags & TOKEN_GAP_BEFORE) != 0; i++) {
        const size_t begin = tokens[i - 1].offset + tokens[i - 1].len;
        if ((tokens[i].flags & TOKEN_GAP_BEFORE) != 0 &&
            (is_word(&tokens[i - 1]) || tokens[i - 1].mark == ',') &&
            (tokens[i - 1].flags & TOKEN_DOT) == 0 && is_doubled(unit, begin, tokens[i].offset)) {
            take_place(run->state, unit_span(unit, begin, tokens[i].offset));
        }
    }
}

static galley_status report_doubled(struct check_run *run) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    struct issue *issue;
    if (state->n_doubled >= HABIT) {
        status = check_report(run, state->doubled[0], GALLEY_NEUTRAL, &issue,
                              "more than one space between words, %zu times in the text",
                              state->n_doubled);
        for (size_t i = 1; i < DOUBLED_KEPT && i < state->n_doubled && status == GALLEY_OK; i++) {
            status = check_relate(run, issue, state->doubled[i], "here, too");
        }
        return status;
    }
    for (size_t i = 0; i < state->n_doubled && status == GALLEY_OK; i++) {
        status =
            check_report(run, state->doubled[i], GALLEY_NEUTRAL, &issue, "more than one space");
        if (status == GALLEY_OK) {
            status = check_suggest(run, issue, " ", 1);
        }
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_marks && status == GALLEY_OK; i++) {
        const size_t at = unit->marks[i];
        if (at == 0) {
            continue;
        }
        if (unit->tokens[at].mark >= 0x80) {
            status = check_quotation(run, unit, at);
        } else if (is_closing(unit->tokens[at].mark)) {
            status = check_before(run, unit, at);
            if (status == GALLEY_OK) {
                status = check_after(run, unit, at);
            }
        }
    }
    for (size_t i = 0; i < unit->n_quotations && status == GALLEY_OK; i++) {
        const struct quotation *quotation = &unit->quotations[i];
        const bool marked =
            !quotation->unclosed && unit->tokens[quotation->first].kind == TOKEN_MARK;
        status = marked ? check_inside(run, unit, quotation) : GALLEY_OK;
    }
    check_gaps(run, unit);
    return status;
}

const struct check check_whitespace = {
    .name = "whitespace",
    .its_type = "whitespace",
    .mqm = "linguistic-conventions/punctuation",
    .summary = "missing, doubled or misplaced spaces",
    .explanation = "A space before a comma or stop (“the agenda , then”), none behind one "
                   "(“said,and”), or two between words. Numbers, links and file names are left "
                   "alone.",
    .severity = GALLEY_MINOR,
    .spans_sections = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = report_doubled,
};
