#include "language/set_off.h"

#include "text/mark.h"

enum {
    TITLE_WORDS = 6,  /* in quotation marks or brackets */
    NAMED_WORDS = 5,  /* behind "the film" */
    KNOWN_WORDS = 8,  /* behind "known as" */
    SOURCE_WORDS = 3, /* before "reported" */
    COMMON = 75       /* Zipf value × 25: a word of this language, not the first one of a name */
};

static bool is_capital(const struct token *token) {
    return token->kind == TOKEN_WORD &&
           (token->letter_case == CASE_TITLE || token->letter_case == CASE_UPPER ||
            token->letter_case == CASE_MIXED);
}

static bool is_mark(const struct unit *unit, size_t i, uint32_t mark) {
    return i < unit->n_tokens && unit->tokens[i].kind == TOKEN_MARK && unit->tokens[i].mark == mark;
}

static bool is_quotation(const struct unit *unit, size_t i) {
    return i < unit->n_tokens && unit->tokens[i].kind == TOKEN_MARK &&
           mark_is_quotation(unit->tokens[i].mark);
}

static const struct form_facts *facts_of(const struct fragment_finder *finder,
                                         const struct token *token) {
    return token->kind == TOKEN_WORD && token->form != FORM_NONE
               ? pack_facts(finder->foreign.pack, token->form)
               : NULL;
}

/* Between quotation marks that stand close to it, behind a comma or stop perhaps; not between the
 * end of one quotation and the begin of another. */
static bool is_quoted(const struct unit *unit, const struct fragment *fragment) {
    const struct token *tokens = unit->tokens;
    const size_t end = fragment->end;
    if (!is_quotation(unit, fragment->first - 1) || end >= unit->n_tokens ||
        ((tokens[fragment->first].flags | tokens[end].flags) & TOKEN_SPACE_BEFORE) != 0) {
        return false;
    }
    return is_quotation(unit, end) ||
           (tokens[end].kind == TOKEN_MARK && is_quotation(unit, end + 1) &&
            (tokens[end + 1].flags & TOKEN_SPACE_BEFORE) == 0);
}

bool unit_has_in_brackets(const struct unit *unit, size_t first, size_t end) {
    return first > 1 && is_mark(unit, first - 1, '(') && is_mark(unit, end, ')') &&
           unit->tokens[first - 2].kind != TOKEN_MARK;
}

/* What may stand between "known" and the name: "as the", "among the Russians as"; not "to her", nor
 * "but it". */
static bool goes_with_name(const struct fragment_finder *finder, const struct token *token) {
    if (token->kind == TOKEN_MARK) {
        return token->mark != '.' && token->mark != '!' && token->mark != '?';
    }
    const struct form_facts *facts = facts_of(finder, token);
    if (is_capital(token) || facts == NULL) {
        return is_capital(token) && (token->flags & TOKEN_CLITIC) == 0;
    }
    if ((facts->classes & CLASS_FUNCTION) == 0) {
        return facts->zipf < COMMON; /* the name's first word: "siesta de la tarde" */
    }
    return (facts->classes & (CLASS_PRONOUN_POSSESSIVE | CLASS_PRONOUN_SUBJECT)) == 0;
}

/* Behind "called", or with a capital behind "the newspaper". */
static bool is_named(const struct fragment_finder *finder, const struct fragment *fragment) {
    enum { BACK = 3 };
    const struct token *tokens = finder->unit->tokens;
    const bool has_capital = is_capital(&tokens[fragment->first]);
    size_t before = fragment->first - 1;
    while (before > 0 && tokens[before].kind == TOKEN_MARK) {
        before--;
    }
    for (size_t i = before + 1; i > 0 && i + BACK > before + 1; i--) {
        const uint32_t kinds = fragment_finder_kinds(finder, i - 1);
        if ((kinds & FOREIGN_NAMING) != 0 ||
            ((kinds & FOREIGN_TITLED) != 0 && has_capital && fragment->n_words <= NAMED_WORDS)) {
            return true;
        }
        if (!goes_with_name(finder, &tokens[i - 1])) {
            return false;
        }
    }
    return false;
}

/* "Aktuaalne kaamera reported", "the Tuoi Tre newspaper". */
static bool is_source(const struct fragment_finder *finder, const struct fragment *fragment) {
    const struct unit *unit = finder->unit;
    if (!is_capital(&unit->tokens[fragment->first]) || fragment->end >= unit->n_tokens) {
        return false;
    }
    const struct form_facts *facts = facts_of(finder, &unit->tokens[fragment->end]);
    return (facts != NULL && (facts->classes & CLASS_REPORTING_VERB) != 0 &&
            (facts->parts & (PART_VERB_PAST | PART_VERB_SINGULAR)) != 0 &&
            (facts->parts & PART_VERB_GERUND) == 0) ||
           (fragment_finder_kinds(finder, fragment->end) & FOREIGN_TITLED) != 0;
}

/* Whether the brackets are closed soon and begin with words of this language, or with something in
 * quotation marks; no number explains. */
static bool is_gloss(const struct fragment_finder *finder, size_t first) {
    enum { AHEAD = 3, CLOSES = 12 };
    const struct unit *unit = finder->unit;
    bool ours = false;
    size_t close = first;
    while (close < unit->n_tokens && close < first + CLOSES && !is_mark(unit, close, ')')) {
        close++;
    }
    if (!is_mark(unit, close, ')') || unit->tokens[first].kind == TOKEN_NUMBER) {
        return false;
    }
    for (size_t i = first; i < unit->n_tokens && i < first + AHEAD; i++) {
        const struct token *token = &unit->tokens[i];
        const struct form_facts *facts = facts_of(finder, token);
        if (is_quotation(unit, i)) {
            return true;
        }
        if (token->kind == TOKEN_MARK) {
            break;
        }
        if (token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER && facts == NULL) {
            return false;
        }
        ours |= facts != NULL && (facts->flags & FORM_LOWER) != 0 &&
                !foreign_has_bit(finder->foreign.possible, token->form);
    }
    return ours;
}

/* Before words in brackets or behind "which means": "ema (votive tablets)", "siesta, meaning a
 * nap". */
static bool is_explained(const struct fragment_finder *finder, const struct fragment *fragment) {
    enum { AHEAD = 4 };
    const struct unit *unit = finder->unit;
    const size_t end = fragment->end;
    if (is_mark(unit, end, '(')) {
        return is_gloss(finder, end + 1);
    }
    if (!is_mark(unit, end, ',')) {
        return false;
    }
    for (size_t i = end + 1; i < unit->n_tokens && i < end + AHEAD; i++) {
        if ((fragment_finder_kinds(finder, i) & FOREIGN_NAMING) != 0) {
            return true;
        }
        const struct form_facts *facts = facts_of(finder, &unit->tokens[i]);
        if (facts == NULL || (facts->classes & CLASS_FUNCTION) == 0) {
            return false;
        }
    }
    return false;
}

/* Whether it has a number, or is cut off behind a word that its language has between all others: no
 * name is so ("Een commissaris heeft"). A word that this language does not know may go on with it.
 */
static bool is_no_name(const struct fragment_finder *finder, const struct fragment *fragment) {
    enum { FUNCTION_THERE = 140 };
    const struct unit *unit = finder->unit;
    const struct token *last = &unit->tokens[fragment->end - 1];
    for (size_t i = fragment->first; i < fragment->end; i++) {
        if (unit->tokens[i].kind == TOKEN_NUMBER) {
            return true;
        }
    }
    if (last->kind != TOKEN_WORD || is_capital(last) || fragment->language >= FOREIGN_LANGUAGES ||
        fragment->n_words < 2) {
        return false;
    }
    if (fragment->end < unit->n_tokens && unit->tokens[fragment->end].kind == TOKEN_WORD &&
        unit->tokens[fragment->end].form >= pack_n_lower_forms(finder->foreign.pack)) {
        return false;
    }
    struct foreign_evidence evidence;
    foreign_weigh(&finder->foreign, unit_token_text(unit, last), last->len, last->form, &evidence);
    return evidence.zipf_of[fragment->language] >= FUNCTION_THERE;
}

bool fragment_is_set_off(const struct fragment_finder *finder, const struct fragment *fragment) {
    const struct unit *unit = finder->unit;
    const size_t n = fragment->n_words;
    if (n <= NAMED_WORDS && is_explained(finder, fragment)) {
        return true;
    }
    if (fragment->first > 0 && n <= TITLE_WORDS &&
        (is_quoted(unit, fragment) || unit_has_in_brackets(unit, fragment->first, fragment->end))) {
        return true;
    }
    return !is_no_name(finder, fragment) &&
           ((n <= SOURCE_WORDS && is_source(finder, fragment)) ||
            (n <= KNOWN_WORDS && fragment->first > 0 && is_named(finder, fragment)));
}
