/*
 * punctuation: marks that cannot follow each other, such as ". ;", ",,", "..", ".,"; a comma
 * between a title and its name ("Sen., Miller") or a month and its day ("Dec., 4"); marks of other
 * languages ("¿Why?", "the plan。").
 *
 * Not reported: ellipses, "?!", the stop of an abbreviation before a comma ("Inc.,", "R-Ohio.,"),
 * marks of a title or quotation before the sentence's own ("Who Is Afraid?,").
 *
 * The rule: two of , . ; : in a row, whether or not a space stands between them; what kind of
 * abbreviation stands before them and what behind.
 */
#include "bilingual/marks.h"

#include <string.h>

/* A mark that this language does not write, and what it does. */
struct foreign_mark {
    uint32_t mark;
    const char *repair;
};

static const struct foreign_mark foreign_marks[] = {
    {0xA1, ""},    {0xBF, ""},    {0x3001, ","}, {0x3002, "."}, {0x3010, "["},
    {0x3011, "]"}, {0xFF01, "!"}, {0xFF08, "("}, {0xFF09, ")"}, {0xFF0C, ","},
    {0xFF0E, "."}, {0xFF1A, ":"}, {0xFF1B, ";"}, {0xFF1F, "?"},
};

static bool is_separator(uint32_t mark) {
    return mark == ',' || mark == '.' || mark == ';' || mark == ':';
}

/* The stop may be an abbreviation's that no list has: "Okl.,", "R-Fla.,". */
static bool is_abbreviation(const struct check_run *run, const struct unit *unit,
                            const struct token *token) {
    enum { LONGEST = 5 };
    if (token->kind != TOKEN_WORD || (token->flags & TOKEN_DOT) != 0 || token->len == 1) {
        return true;
    }
    if (token->letter_case == CASE_LOWER) {
        return false;
    }
    if ((token->flags & TOKEN_HYPHEN) != 0) {
        const char *text = unit_token_text(unit, token);
        size_t begin = token->len;
        while (begin > 0 && text[begin - 1] != '-') {
            begin--;
        }
        return token->len - begin <= LONGEST && text[begin] >= 'A' && text[begin] <= 'Z';
    }
    const struct form_facts *facts = check_facts(run, token);
    if (facts != NULL &&
        (facts->classes & (CLASS_ABBREVIATION_ANY | CLASS_ABBREVIATION_INNER)) != 0) {
        return true; /* "Jackson, Miss.," */
    }
    const bool is_word = facts != NULL && (facts->flags & (FORM_LOWER | FORM_CALENDAR | FORM_PLACE |
                                                           FORM_GIVEN_NAME | FORM_SURNAME)) != 0;
    return token->len < LONGEST && !is_word;
}

/* "Sen., Miller", "Dec., 4": the comma behind token i parts what belongs together. */
static bool parts_name(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct form_facts *facts = check_facts(run, &unit->tokens[i]);
    if (facts == NULL || (unit->tokens[i].flags & TOKEN_DOT) == 0 || i + 2 >= unit->n_tokens) {
        return false;
    }
    const struct token *after = &unit->tokens[i + 2];
    if ((facts->classes & (CLASS_TITLE | CLASS_TITLE_MALE | CLASS_TITLE_FEMALE)) != 0) {
        return after->kind == TOKEN_WORD && after->letter_case != CASE_LOWER;
    }
    return (facts->classes & CLASS_ABBREVIATION_INNER) != 0 && after->kind == TOKEN_NUMBER &&
           after->len <= 2;
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
    galley_status status = check_report(run, unit_span(unit, begin, behind), run->check->severity,
                                        &issue, "“%.*s” are marks that do not go together",
                                        (int)(behind - begin), unit->text + begin);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, find_repair(unit, first, end), 1);
    }
    return status;
}

/* Reports one mark and what to put there. */
static galley_status report_mark(struct check_run *run, const struct unit *unit, size_t i,
                                 const char *message, const char *repair) {
    const struct token *mark = &unit->tokens[i];
    struct issue *issue;
    galley_status status =
        check_report(run, unit_span(unit, mark->offset, mark->offset + mark->len),
                     run->check->severity, &issue, "%s", message);
    return status == GALLEY_OK ? check_suggest(run, issue, repair, strlen(repair)) : status;
}

/* The mark stands behind a word that ends in a stop of its own: "Inc.", "Sen.". */
static galley_status judge_behind_dot(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    const struct token *word = mark - 1;
    if (word->kind != TOKEN_WORD || (word->flags & TOKEN_DOT) == 0 ||
        unit->text[word->offset + word->len - 1] != '.' ||
        (mark->flags & TOKEN_SPACE_BEFORE) != 0 || mark->len != 1) {
        return GALLEY_OK;
    }
    if (mark->mark == '.' &&
        (i + 1 == unit->n_tokens || (mark[1].flags & TOKEN_SPACE_BEFORE) != 0)) {
        return report_mark(run, unit, i, "one stop too many", "");
    }
    if (mark->mark == ',' && parts_name(run, unit, i - 1)) {
        return report_mark(run, unit, i, "no comma belongs into a name or date", "");
    }
    return GALLEY_OK;
}

static galley_status judge_separator(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    if (mark->mark == '.' && mark->len == 2) {
        const bool lone = i > 0 && unit->tokens[i - 1].kind != TOKEN_MARK &&
                          (mark->flags & TOKEN_SPACE_BEFORE) == 0;
        return lone ? report(run, unit, i, i + 1) : GALLEY_OK;
    }
    if (mark->len != 1 || i == 0 || unit->tokens[i - 1].kind == TOKEN_MARK) {
        return GALLEY_OK;
    }
    const struct token *second = mark + 1;
    if (i + 1 == unit->n_tokens || second->kind != TOKEN_MARK || !is_separator(second->mark) ||
        second->len != 1) {
        return judge_behind_dot(run, unit, i);
    }
    /* Three and more are an ellipsis, or somebody's ornament. */
    if (i + 2 < unit->n_tokens && second[1].kind == TOKEN_MARK &&
        (is_separator(second[1].mark) || second[1].mark == ')')) {
        return GALLEY_OK;
    }
    if (mark->mark == '.' && (second->flags & TOKEN_SPACE_BEFORE) == 0 &&
        is_abbreviation(run, unit, &unit->tokens[i - 1])) {
        return GALLEY_OK;
    }
    return report(run, unit, i, i + 2);
}

/* "the plan?." */
static galley_status judge_question(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    const bool stopped = i > 0 && i + 1 < unit->n_tokens && mark[-1].kind == TOKEN_WORD &&
                         mark[-1].letter_case == CASE_LOWER && mark[1].kind == TOKEN_MARK &&
                         mark[1].mark == '.' && mark[1].len == 1 &&
                         (mark[1].flags & TOKEN_SPACE_BEFORE) == 0;
    return stopped ? report_mark(run, unit, i + 1, "one stop too many", "") : GALLEY_OK;
}

/* "¿Why?", "the plan。": beside a word of the language, else it belongs to a foreign name. */
static galley_status judge_foreign(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *mark = &unit->tokens[i];
    const bool opens =
        mark->mark == 0xA1 || mark->mark == 0xBF || mark->mark == 0x3010 || mark->mark == 0xFF08;
    if (opens ? i + 1 == unit->n_tokens : i == 0) {
        return GALLEY_OK;
    }
    if (mark->mark < 0x3000 && i > 0 && (mark->flags & TOKEN_SPACE_BEFORE) == 0) {
        return GALLEY_OK; /* in a word that was decoded wrongly */
    }
    const struct token *beside = opens ? mark + 1 : mark - 1;
    const bool is_ours = beside->kind == TOKEN_NUMBER || beside->kind == TOKEN_MARK ||
                         (beside->kind == TOKEN_WORD && beside->form != FORM_NONE);
    const struct foreign_mark *found = NULL;
    for (size_t k = 0; k < sizeof foreign_marks / sizeof *foreign_marks && is_ours; k++) {
        found = foreign_marks[k].mark == mark->mark ? &foreign_marks[k] : found;
    }
    if (found == NULL) {
        return GALLEY_OK;
    }
    /* The full-width ones bring their own space along. */
    const bool wide = mark->mark >= 0x3000;
    const bool spaced = i + 1 == unit->n_tokens || (mark[1].flags & TOKEN_SPACE_BEFORE) != 0 ||
                        mark[1].kind == TOKEN_MARK;
    const bool loose = i > 0 && (mark->flags & TOKEN_SPACE_BEFORE) != 0;
    char repair[4];
    size_t len = 0;
    if (opens && wide && i > 0 && !loose) {
        repair[len++] = ' ';
    }
    len += found->repair[0] != '\0';
    repair[len - (len > 0)] = len > 0 ? found->repair[0] : '\0';
    if (wide && !opens && !spaced) {
        repair[len++] = ' ';
    }
    repair[len] = '\0';
    const size_t begin = loose && !opens ? mark[-1].offset + mark[-1].len : mark->offset;
    struct issue *issue;
    galley_status status = check_report(
        run, unit_span(unit, begin, mark->offset + mark->len), run->check->severity, &issue,
        "“%.*s” is a mark of another language", (int)mark->len, unit_token_text(unit, mark));
    return status == GALLEY_OK ? check_suggest(run, issue, repair, len) : status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_marks && status == GALLEY_OK; i++) {
        const size_t at = unit->marks[i];
        const uint32_t mark = unit->tokens[at].mark;
        if (is_separator(mark)) {
            status = judge_separator(run, unit, at);
        } else if (mark == '?' || mark == '!') {
            status = judge_question(run, unit, at);
        } else if (mark >= 0x3000 || mark == 0xA1 || mark == 0xBF) {
            status = judge_foreign(run, unit, at);
        }
    }
    return status == GALLEY_OK ? bilingual_compare_marks(run, unit) : status;
}

const struct check check_punctuation = {
    .name = "punctuation",
    .its_type = "typographical",
    .mqm = "linguistic-conventions/punctuation",
    .summary = "marks that do not go together",
    .explanation =
        "Two of comma, stop, semicolon and colon in a row (“. ;”, “,,”, “.,”); a comma "
        "between a title and a name (“Sen., Miller”); marks of other languages (“¿Why?”, "
        "“the plan。”). Where there is a source: a question mark, exclamation mark, stop or colon "
        "at the end, or brackets, that only one side has. Ellipses and the stops of abbreviations "
        "are left alone.",
    .severity = GALLEY_MINOR,
    .covers = "whitespace",
    .unit = check_unit,
};
