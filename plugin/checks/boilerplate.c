/*
 * boilerplate: what websites put around a story and machines translate along: share bars
 * ("Facebook Twitter WhatsApp"), "Read also: …", cookie and subscription notices, photo credits.
 *
 * Not reported: such words inside a paragraph of text, quotations.
 *
 * The rule: a short line that is one of the pack's phrases, begins with one of those that only such
 * lines begin with, is nothing but names of what one can share a page with, or is a credit: a label
 * ("Photo:") or a © and a few words.
 */
#include "checks/check.h"
#include "language/phrases.h"

enum {
    LINE_WORDS = 20, /* a longer line is text */
    CREDIT_WORDS = 8,
    COPYRIGHT = 0xA9,
    ITEMS = 3 /* so many make a bar */
};

struct state {
    struct phrases phrases;
    bool opened;
};

/* Numbers say nothing: "Comments (12)". */
static bool is_word(const struct token *token) {
    return token->kind == TOKEN_WORD || token->kind == TOKEN_FOREIGN;
}

struct line {
    size_t first, end; /* tokens */
    size_t n_words;
    bool quoted, stopped;
};

static struct line read_line(const struct unit *unit, size_t first) {
    struct line line = {.first = first, .end = first};
    while (line.end < unit->n_tokens &&
           (line.end == first || (unit->tokens[line.end].flags & TOKEN_LINE_BEFORE) == 0)) {
        const struct token *token = &unit->tokens[line.end++];
        line.n_words += is_word(token);
        line.quoted |= (token->flags & TOKEN_QUOTED) != 0;
        line.stopped = token->kind == TOKEN_MARK && token->mark == '.';
    }
    return line;
}

/* "© Reuters", "Photo: Reuters". */
static bool is_credit(const struct state *state, const struct unit *unit, const struct line *line) {
    const struct token *first = &unit->tokens[line->first];
    if (line->n_words > CREDIT_WORDS || line->n_words == 0 || line->first + 1 >= line->end) {
        return false;
    }
    if (first->kind == TOKEN_MARK) {
        return first->mark == COPYRIGHT;
    }
    if (!is_word(first) || first[1].kind != TOKEN_MARK || first[1].mark != ':') {
        return false;
    }
    const struct phrase_place *place = phrases_find(
        &state->phrases, phrase_hash_step(0, unit_token_text(unit, first), first->len));
    return place != NULL && (place->kinds & PHRASE_FURNITURE_LABEL) != 0;
}

static bool is_furniture(const struct state *state, const struct unit *unit,
                         const struct line *line) {
    uint64_t hash = 0;
    size_t n = 0;
    size_t n_items = 0;
    for (size_t i = line->first; i < line->end; i++) {
        const struct token *token = &unit->tokens[i];
        if (!is_word(token)) {
            continue;
        }
        const char *word = unit_token_text(unit, token);
        if (n < PHRASE_WORDS_MAX) {
            hash = phrase_hash_step(hash, word, token->len);
            const struct phrase_place *place = phrases_find(&state->phrases, hash);
            if (place != NULL && ((place->kinds & PHRASE_FURNITURE_BEGIN) != 0 ||
                                  ((place->kinds & PHRASE_FURNITURE) != 0 &&
                                   n + 1 == line->n_words && !line->stopped))) {
                return true;
            }
        }
        n++;
        if (n_items + 1 == n) { /* so far nothing else */
            const struct phrase_place *item =
                phrases_find(&state->phrases, phrase_hash_step(0, word, token->len));
            n_items += item != NULL && (item->kinds & PHRASE_FURNITURE_ITEM) != 0;
        } else if (n >= PHRASE_WORDS_MAX) {
            break;
        }
    }
    return n_items >= ITEMS && n_items == line->n_words;
}

/* A paragraph of text, without a look at all of it. */
static bool is_one_long_line(const struct unit *unit) {
    size_t n_words = 0;
    if ((unit->flags & TOKEN_LINE_BEFORE) != 0 || unit->n_tokens <= LINE_WORDS) {
        return false;
    }
    for (size_t i = 0; i < unit->n_tokens && n_words <= LINE_WORDS; i++) {
        n_words += is_word(&unit->tokens[i]);
    }
    return n_words > LINE_WORDS;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (!state->opened) {
        phrases_open(&state->phrases, run->pack);
        state->opened = true;
    }
    if (state->phrases.head == NULL) {
        return GALLEY_OK;
    }
    galley_status status = GALLEY_OK;
    if (is_one_long_line(unit)) {
        return GALLEY_OK;
    }
    for (size_t first = 0; first < unit->n_tokens && status == GALLEY_OK;) {
        const struct line line = read_line(unit, first);
        first = line.end;
        if (line.n_words == 0 || line.n_words > LINE_WORDS || line.quoted ||
            (!is_furniture(state, unit, &line) && !is_credit(state, unit, &line))) {
            continue;
        }
        const struct token *last = &unit->tokens[line.end - 1];
        struct issue *issue;
        status = check_report(
            run, unit_span(unit, unit->tokens[line.first].offset, last->offset + last->len),
            run->check->severity, &issue, "part of the web page, not of the story");
        if (status == GALLEY_OK) {
            status = check_suggest(run, issue, "", 0);
        }
    }
    return status;
}

const struct check check_boilerplate = {
    .name = "boilerplate",
    .its_type = "addition",
    .mqm = "accuracy/addition",
    .summary = "share bars, cookie notices and other parts of a web page",
    .explanation = "What a website puts around a story and a machine translates along: share bars, "
                   "“Read also: …”, cookie and subscription notices, photo credits. Only short "
                   "lines that are nothing else.",
    .severity = GALLEY_MINOR,
    .covers = "spelling,duplication,capitalization,whitespace,untranslated,splice,agreement",
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
