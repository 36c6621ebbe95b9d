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

#include <string.h>

static bool is_closing(uint32_t mark) {
    return mark == ',' || mark == '.' || mark == ';' || mark == ':' || mark == '?' || mark == '!';
}

static bool is_word(const struct token *token) {
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER;
}

static galley_status report(struct check_run *run, const struct unit *unit, size_t begin,
                            size_t end, const char *message, const char *repair, size_t len) {
    struct issue *issue;
    galley_status status = check_report(run, check_span(unit, begin, end), run->check->severity,
                                        &issue, "%s", message);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, repair, len);
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
    const bool stop = mark->mark == '.' && before->letter_case == CASE_LOWER && before->len > 2 &&
                      before->form != FORM_NONE && after->letter_case == CASE_TITLE &&
                      after->form != FORM_NONE;
    if (!comma && !stop) {
        return GALLEY_OK;
    }
    const char repair[] = {(char)mark->mark, ' '};
    return report(run, unit, mark->offset, mark->offset + mark->len, "no space behind the mark",
                  repair, sizeof repair);
}

/* Two spaces between two words, where the unit has no other such place: else it is its habit. */
static galley_status check_double(struct check_run *run, const struct unit *unit) {
    const char *found = NULL;
    for (const char *at = unit->text; at != NULL;) {
        const size_t rest = unit->len - (size_t)(at - unit->text);
        at = memchr(at, ' ', rest);
        if (at == NULL || (size_t)(at - unit->text) + 1 >= unit->len) {
            break;
        }
        if (at[1] == ' ') {
            if (found != NULL) {
                return GALLEY_OK;
            }
            found = at;
            while ((size_t)(at - unit->text) < unit->len && *at == ' ') {
                at++;
            }
        } else {
            at++;
        }
    }
    if (found == NULL || found == unit->text) {
        return GALLEY_OK;
    }
    const size_t begin = (size_t)(found - unit->text);
    size_t end = begin;
    while (end < unit->len && unit->text[end] == ' ') {
        end++;
    }
    const char before = unit->text[begin - 1];
    if (end == unit->len || !((before >= 'a' && before <= 'z') || before == ',') ||
        (unsigned char)unit->text[end] <= ' ') {
        return GALLEY_OK;
    }
    return report(run, unit, begin, end, "more than one space", " ", 1);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_marks && status == GALLEY_OK; i++) {
        const size_t at = unit->marks[i];
        if (at == 0 || !is_closing(unit->tokens[at].mark)) {
            continue;
        }
        status = check_before(run, unit, at);
        if (status == GALLEY_OK) {
            status = check_after(run, unit, at);
        }
    }
    return status == GALLEY_OK ? check_double(run, unit) : status;
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
    .unit = check_unit,
};
