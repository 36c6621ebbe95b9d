/*
 * punctuation: marks that cannot follow each other, such as ". ;", ",,", "..", ".,".
 *
 * Not reported: ellipses, "?!", the stop of an abbreviation before a comma ("Inc.,"), marks of a
 * title or quotation before the sentence's own ("Who Is Afraid?,").
 *
 * The rule: two of , . ; : in a row, whether or not a space stands between them.
 */
#include "checks/check.h"

static bool is_separator(uint32_t mark) {
    return mark == ',' || mark == '.' || mark == ';' || mark == ':';
}

/* The stop may be an abbreviation's that no list has: "Fla.,", "Aug.,". */
static bool is_abbreviation(const struct token *token) {
    return token->kind != TOKEN_WORD || (token->flags & TOKEN_DOT) != 0 ||
           (token->letter_case != CASE_LOWER && token->len <= 4) || token->len == 1;
}

/* What belongs there: a stop before a capital or the end, else the comma or semicolon. */
static const char *find_repair(const struct unit *unit, size_t first, size_t end) {
    if (end == unit->n_tokens) {
        return ".";
    }
    const struct token *after = &unit->tokens[end];
    const uint32_t a = unit->tokens[first].mark;
    const uint32_t b = unit->tokens[end - 1].mark;
    if (a != b && (a == ';' || b == ';') && a != '.' && b != '.') {
        return ";";
    }
    if (a == b) {
        return a == ',' ? "," : a == ';' ? ";" : a == ':' ? ":" : ".";
    }
    return after->letter_case == CASE_LOWER ? "," : ".";
}

static galley_status report(struct check_run *run, const struct unit *unit, size_t first,
                            size_t end) {
    const size_t begin = unit->tokens[first].offset;
    const size_t behind = unit->tokens[end - 1].offset + unit->tokens[end - 1].len;
    struct issue *issue;
    galley_status status = check_report(run, check_span(unit, begin, behind), run->check->severity,
                                        &issue, "“%.*s” are marks that do not go together",
                                        (int)(behind - begin), unit->text + begin);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, find_repair(unit, first, end), 1);
    }
    return status;
}

static galley_status judge(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    if (mark->mark == '.' && mark->len == 2) {
        const bool lone = i > 0 && unit->tokens[i - 1].kind == TOKEN_WORD &&
                          (mark->flags & TOKEN_SPACE_BEFORE) == 0;
        return lone ? report(run, unit, i, i + 1) : GALLEY_OK;
    }
    if (mark->len != 1 || i == 0 || i + 1 == unit->n_tokens ||
        unit->tokens[i - 1].kind == TOKEN_MARK) {
        return GALLEY_OK;
    }
    const struct token *second = mark + 1;
    if (second->kind != TOKEN_MARK || !is_separator(second->mark) || second->len != 1) {
        return GALLEY_OK;
    }
    /* Three and more are an ellipsis, or somebody's ornament. */
    if (i + 2 < unit->n_tokens && second[1].kind == TOKEN_MARK &&
        (is_separator(second[1].mark) || second[1].mark == ')')) {
        return GALLEY_OK;
    }
    if (mark->mark == '.' && (second->flags & TOKEN_SPACE_BEFORE) == 0 &&
        is_abbreviation(&unit->tokens[i - 1])) {
        return GALLEY_OK;
    }
    return report(run, unit, i, i + 2);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_marks && status == GALLEY_OK; i++) {
        const size_t at = unit->marks[i];
        if (is_separator(unit->tokens[at].mark)) {
            status = judge(run, unit, at);
        }
    }
    return status;
}

const struct check check_punctuation = {
    .name = "punctuation",
    .its_type = "typographical",
    .mqm = "linguistic-conventions/punctuation",
    .summary = "marks that do not go together",
    .explanation = "Two of comma, stop, semicolon and colon in a row (“. ;”, “,,”, “.,”). "
                   "Ellipses and the stops of abbreviations are left alone.",
    .severity = GALLEY_MINOR,
    .covers = "whitespace",
    .unit = check_unit,
};
