/*
 * same-as-source: a segment that is its source, letter for letter: it was not translated.
 *
 * Not reported: names, numbers, codes and words that both languages have (“Computer”, “Radio Alfa”,
 * “5 km”), and texts whose source is in the same language.
 *
 * The rule: letters and digits are the same on both sides, and either three words and more of which
 * two are in small letters, or a word that the language does not have.
 */
#include "checks/check.h"

#include "bilingual/bilingual.h"
#include "text/unicode.h"
#include "text/utf8.h"

enum { PHRASE_WORDS = 3, PHRASE_LOWER = 2 };

/* The next letter or digit, folded; 0 behind the last one. */
static uint32_t next_letter(const char *text, size_t len, size_t *at) {
    while (*at < len) {
        const uint32_t c = utf8_next(text, at);
        if (character_is_word(character_of(c))) {
            return unicode_fold(c);
        }
    }
    return 0;
}

static bool same_letters(const struct unit *unit) {
    size_t at = 0;
    size_t source_at = 0;
    uint32_t c;
    do {
        c = next_letter(unit->text, unit->len, &at);
        if (c != next_letter(unit->source, unit->source_len, &source_at)) {
            return false;
        }
    } while (c != 0);
    return true;
}

/* A word in small letters, or in another script, that the language does not have. */
static bool is_foreign(const struct token *token) {
    return token->kind == TOKEN_FOREIGN ||
           (token->kind == TOKEN_WORD && token->form == FORM_NONE &&
            token->letter_case == CASE_LOWER && (token->flags & TOKEN_DIGIT) == 0);
}

/* Tokens inside tags and placeholders are no words of the text. */
static bool is_in_code(const struct side *side, const struct token *token, size_t *code) {
    while (*code < side->n_codes && side->codes[*code].end <= token->offset) {
        ++*code;
    }
    return *code < side->n_codes && side->codes[*code].begin <= token->offset;
}

static bool should_be_translated(const struct side *side, const struct unit *unit) {
    size_t n_words = 0;
    size_t n_lower = 0;
    size_t code = 0;
    bool has_foreign = false;
    for (size_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        if ((token->kind != TOKEN_WORD && token->kind != TOKEN_FOREIGN) ||
            is_in_code(side, token, &code)) {
            continue;
        }
        n_words++;
        n_lower += token->letter_case == CASE_LOWER;
        has_foreign |= is_foreign(token);
    }
    return has_foreign || (n_words >= PHRASE_WORDS && n_lower >= PHRASE_LOWER);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    if (bilingual->source.language == bilingual->target.language &&
        bilingual->source.language != NUMERAL_NO_LANGUAGE) {
        return GALLEY_OK;
    }
    if (!same_letters(unit) || !should_be_translated(&bilingual->target, unit)) {
        return GALLEY_OK;
    }
    return check_report(run, unit_span(unit, 0, unit->len), run->check->severity, NULL,
                        "this is the source itself: it was not translated");
}

const struct check check_same_as_source = {
    .name = "same-as-source",
    .its_type = "untranslated",
    .mqm = "accuracy/untranslated",
    .summary = "segments that are their source, letter for letter",
    .explanation = "A segment with the same letters and digits as its source, so that it was not "
                   "translated. Names, numbers and words that both languages have are left alone, "
                   "and so are texts whose source is in the same language.",
    .severity = GALLEY_MAJOR,
    .needs_source = true,
    .covers = "untranslated,spelling,duplication,capitalization,agreement,sentence-break,splice",
    .unit = check_unit,
};
