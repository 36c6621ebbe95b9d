/*
 * spelling: a word that the language does not have, such as "tosupport".
 *
 * Not reported: names, and words with a capital or a digit.
 */
#include "checks/check.h"

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    for (size_t i = 0; i < unit->n_unknown; i++) {
        const struct token *token = &unit->tokens[unit->unknown[i]];
        const char *text = unit_token_text(unit, token);
        if (token->kind != TOKEN_WORD || token->letter_case != CASE_LOWER ||
            (token->flags & (TOKEN_HYPHEN | TOKEN_DIGIT | TOKEN_NON_ASCII | TOKEN_DOT)) != 0 ||
            check_is_user_word(run, text, token->len)) {
            continue;
        }
        const galley_status status =
            check_report(run, check_span(unit, token->offset, token->offset + token->len),
                         run->check->severity, NULL, "“%.*s” is not in the dictionary",
                         (int)token->len, text);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

const struct check check_spelling = {
    .name = "spelling",
    .its_type = "misspelling",
    .mqm = "linguistic-conventions/spelling",
    .summary = "misspelt words, and words run together",
    .severity = GALLEY_MAJOR,
    .unit = check_unit,
};
