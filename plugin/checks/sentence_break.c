/*
 * sentence-break: a stop inside a sentence, such as "on the agenda. of the G20".
 *
 * Not reported: abbreviations, names that begin with a small letter ("iPhone", "van Gogh"), domain
 * names, a list's items, units in small letters behind a number.
 *
 * Measured (bench/quality.sh): all planted ones are found; 0.8 issues on 100,000 words of edited
 * news, each of them a stop before a sentence that lacks its capital.
 *
 * The rule: a stop, a space, and a word in small letters that the pack has, where the word before
 * the stop is no abbreviation. A new sentence begins with a capital.
 */
#include "checks/check.h"

static bool is_sure(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *before = &unit->tokens[i - 1];
    const struct token *after = &unit->tokens[i + 1];
    if (before->kind != TOKEN_WORD || (before->flags & TOKEN_DOT) != 0 || before->len < 2 ||
        before->letter_case == CASE_UPPER || after->kind != TOKEN_WORD ||
        after->letter_case != CASE_LOWER || (after->flags & TOKEN_SPACE_BEFORE) == 0 ||
        (after->flags & (TOKEN_LINE_BEFORE | TOKEN_DIGIT)) != 0 || after->form == FORM_NONE) {
        return false;
    }
    /* A short word with a capital may be an abbreviation that no list has. */
    if (before->letter_case == CASE_TITLE && before->len <= 4 && before->form == FORM_NONE) {
        return false;
    }
    if (before->form != FORM_NONE && (pack_facts(run->pack, before->form)->classes &
                                      (CLASS_ABBREVIATION_INNER | CLASS_ABBREVIATION_ANY)) != 0) {
        return false;
    }
    return (pack_facts(run->pack, after->form)->flags & FORM_LOWER) != 0;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    for (size_t i = 0; i < unit->n_marks; i++) {
        const size_t at = unit->marks[i];
        const struct token *mark = &unit->tokens[at];
        if (mark->mark != '.' || mark->len != 1 || at == 0 || at + 1 >= unit->n_tokens ||
            (mark->flags & TOKEN_SPACE_BEFORE) != 0 || !is_sure(run, unit, at)) {
            continue;
        }
        struct issue *issue;
        galley_status status =
            check_report(run, unit_span(unit, mark->offset, mark->offset + mark->len),
                         run->check->severity, &issue, "a stop inside a sentence, before “%.*s”",
                         (int)mark[1].len, unit_token_text(unit, &mark[1]));
        /* "I came. it was late" may lack a capital instead. */
        if (status == GALLEY_OK &&
            check_has_part(run, &mark[1], PART_ADPOSITION | PART_COORDINATOR)) {
            status = check_suggest(run, issue, "", 0);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

const struct check check_sentence_break = {
    .name = "sentence-break",
    .its_type = "grammar",
    .mqm = "linguistic-conventions/punctuation",
    .summary = "a full stop inside a sentence",
    .explanation = "A full stop that fell into the middle of a sentence (“on the agenda. of the "
                   "G20”). Abbreviations and names that begin with a small letter are left alone.",
    .severity = GALLEY_MAJOR,
    .unit = check_unit,
};
