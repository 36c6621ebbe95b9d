/*
 * Sentences. Only the tokens in preparation->stops are looked at. A stop ends a sentence when what
 * follows can begin one: UAX #29, section 5.1, with two differences that news needs. A stop before
 * a small letter never ends one, so that a stray stop in the middle of a sentence can be seen as
 * such; and a stop without a space before a capital does, as that is a missing space.
 */
#include "text/mark.h"
#include "text/preparation.h"

/* Tokens that are looked at behind a stop, which keeps the work linear. */
enum { LOOK_AHEAD = 8 };

enum { ELLIPSIS = 0x2026 };

struct division {
    struct preparation *preparation;
    const struct unit *unit;
    uint32_t first;      /* of the sentence that is being read */
    size_t longest_line; /* bytes; 0 until a line break needs to know */
};

/* A stop with what belongs to it: further stops, closing quotation marks and brackets. */
struct stop {
    uint32_t begin, end;
    bool has_mark;    /* a stop of its own, not the dot of an abbreviation */
    bool has_full;    /* one that is no ellipsis */
    bool is_only_dot; /* a full stop, no "?" or "!" */
    bool is_quoted;   /* a quotation mark closes behind it */
};

static const struct token *token_at(const struct division *division, uint32_t index) {
    return &division->preparation->tokens[index];
}

static bool is_loose(const struct token *token) {
    return (token->flags & TOKEN_SPACE_BEFORE) != 0;
}

static bool is_word_dot(const struct division *division, const struct token *token) {
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_DOT) != 0 &&
           division->unit->text[token->offset + token->len - 1] == '.';
}

static struct stop read_stop(const struct division *division, uint32_t index) {
    struct stop stop = {.begin = index, .end = index, .is_only_dot = true};
    const struct token *token = token_at(division, index);
    const uint32_t n_tokens = (uint32_t)division->preparation->n_tokens;
    do {
        if (token->kind == TOKEN_MARK && mark_is_stop(token->mark)) {
            stop.has_mark = true;
            stop.has_full |= token->mark != ELLIPSIS && !(token->mark == '.' && token->len > 1);
            stop.is_only_dot &= token->mark == '.';
        }
        stop.is_quoted |= token->kind == TOKEN_MARK && mark_is_quotation(token->mark);
        stop.end++;
        if (stop.end == n_tokens) {
            break;
        }
        token = token_at(division, stop.end);
    } while (token->kind == TOKEN_MARK && !is_loose(token) &&
             (mark_is_stop(token->mark) || mark_is_quotation(token->mark) ||
              mark_is_closing_bracket(token->mark)));
    return stop;
}

/* ---- line breaks ---- */

static bool is_blank_line(const struct division *division, uint32_t next) {
    const struct token *before = token_at(division, next - 1);
    const char *text = division->unit->text;
    size_t n_feeds = 0;
    size_t n_returns = 0;
    for (size_t at = before->offset + before->len; at < token_at(division, next)->offset; at++) {
        n_feeds += text[at] == '\n';
        n_returns += text[at] == '\r';
    }
    return n_feeds > 1 || (n_feeds == 0 && n_returns > 1);
}

static void measure_lines(struct division *division) {
    size_t begin = 0;
    for (size_t at = 0; at <= division->unit->len; at++) {
        if (at == division->unit->len || division->unit->text[at] == '\n') {
            const size_t width = at - begin;
            division->longest_line =
                width > division->longest_line ? width : division->longest_line;
            begin = at + 1;
        }
    }
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Whether the line was broken on purpose: the next word would have fitted on it. A headline above
 * wrapped text is told from its lines by that. */
static bool is_line_end(struct division *division, uint32_t next) {
    const struct token *token = token_at(division, next);
    const struct token *before = token_at(division, next - 1);
    const char *text = division->unit->text;
    if (token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER) {
        return false;
    }
    if (before->kind == TOKEN_MARK &&
        !(mark_is_quotation(before->mark) || mark_is_closing_bracket(before->mark))) {
        return false; /* a line does not end with a comma or dash on purpose */
    }
    if (division->longest_line == 0) {
        measure_lines(division);
    }
    const size_t end = before->offset + before->len;
    size_t begin = end;
    while (begin > 0 && text[begin - 1] != '\n' && end - begin < division->longest_line) {
        begin--;
    }
    size_t behind = token->offset;
    while (behind < division->unit->len && !is_blank(text[behind]) &&
           behind - token->offset < division->longest_line) {
        behind++;
    }
    return end - begin + 1 + behind - token->offset <= division->longest_line;
}

/* ---- stops ---- */

static bool has_class(const struct division *division, const struct token *token,
                      uint32_t classes) {
    return token->kind == TOKEN_WORD && token->form != FORM_NONE &&
           (pack_facts(division->preparation->pack, token->form)->classes & classes) != 0;
}

/* "Why?" Anna asked: the words behind a quoted question may belong to the same sentence. */
static bool is_reported(const struct division *division, uint32_t next) {
    const uint32_t n_tokens = (uint32_t)division->preparation->n_tokens;
    for (uint32_t i = next; i < n_tokens && i < next + LOOK_AHEAD; i++) {
        const struct token *token = token_at(division, i);
        if (has_class(division, token, CLASS_REPORTING_VERB)) {
            return i > next;
        }
        if (token->kind != TOKEN_WORD || token->letter_case == CASE_LOWER ||
            has_class(division, token, SENTENCE_BEGINNERS)) {
            return false;
        }
    }
    return false;
}

/* The first token from `next` on that is no opening mark. */
static const struct token *first_word(const struct division *division, uint32_t next,
                                      bool *is_opened) {
    const uint32_t n_tokens = (uint32_t)division->preparation->n_tokens;
    const struct token *token = token_at(division, next);
    *is_opened = false;
    for (uint32_t i = next; i + 1 < n_tokens && i < next + LOOK_AHEAD; i++) {
        token = token_at(division, i);
        if (token->kind != TOKEN_MARK ||
            !(mark_is_quotation(token->mark) || mark_is_opening_bracket(token->mark))) {
            return token;
        }
        *is_opened = true;
        token = token_at(division, i + 1);
    }
    return token;
}

/* "1. The first point": a number that begins a sentence does not end it. */
static bool is_list_number(const struct division *division, const struct stop *stop) {
    const struct token *first = token_at(division, division->first);
    return stop->begin == division->first + 1 && first->kind == TOKEN_NUMBER && stop->is_only_dot;
}

static bool dot_ends_sentence(const struct division *division, const struct stop *stop,
                              const struct token *word, bool is_opened) {
    const struct token *token = token_at(division, stop->begin);
    if (has_class(division, token, CLASS_ABBREVIATION_INNER) || token->len == 2) {
        return false;
    }
    if (word->kind != TOKEN_WORD || word->letter_case == CASE_LOWER) {
        return false;
    }
    return is_opened || has_class(division, word, SENTENCE_BEGINNERS);
}

static bool mark_ends_sentence(const struct division *division, const struct stop *stop,
                               const struct token *word) {
    const struct token *next = token_at(division, stop->end);
    const struct token *mark = token_at(division, stop->begin);
    if (word->kind == TOKEN_MARK && !is_loose(next)) {
        return false;
    }
    if ((word->kind == TOKEN_WORD || word->kind == TOKEN_FOREIGN) &&
        word->letter_case == CASE_LOWER) {
        return false;
    }
    if (!is_loose(next) && mark->mark < 0x80 &&
        (word->kind != TOKEN_WORD || word->letter_case == CASE_NONE)) {
        return false; /* ".5", "!@#" */
    }
    if (word->kind == TOKEN_MARK) {
        return stop->has_full && word->mark != ',' && word->mark != ';' && word->mark != ':' &&
               !mark_is_closing_bracket(word->mark) && !mark_is_stop(word->mark);
    }
    if (!stop->has_full && is_loose(mark)) {
        return has_class(division, word, SENTENCE_BEGINNERS); /* "said ... Ukraine" */
    }
    if (stop->is_quoted && !stop->is_only_dot && is_reported(division, stop->end)) {
        return false;
    }
    return !is_list_number(division, stop);
}

static bool ends_sentence(struct division *division, const struct stop *stop) {
    const struct token *next = token_at(division, stop->end);
    if ((next->flags & TOKEN_LINE_BEFORE) != 0 &&
        (is_blank_line(division, stop->end) ||
         (!stop->has_mark && is_line_end(division, stop->end)))) {
        return true;
    }
    bool is_opened;
    const struct token *word = first_word(division, stop->end, &is_opened);
    if (stop->has_mark) {
        return mark_ends_sentence(division, stop, word);
    }
    return is_word_dot(division, token_at(division, stop->begin)) &&
           dot_ends_sentence(division, stop, word, is_opened);
}

/* ---- the phase ---- */

static bool add_sentence(struct division *division, uint32_t end) {
    struct preparation *preparation = division->preparation;
    if (!memory_grow(preparation->memory, &preparation->sentences, &preparation->sentence_capacity,
                     sizeof *preparation->sentences, preparation->n_sentences + 1)) {
        return false;
    }
    preparation->sentences[preparation->n_sentences] =
        (struct sentence){.first = division->first, .end = end};
    preparation->n_sentences++;
    preparation->tokens[division->first].flags |= TOKEN_SENTENCE_START;
    preparation->flags |= TOKEN_SENTENCE_START;
    division->first = end;
    return true;
}

galley_status preparation_find_sentences(struct preparation *preparation, const struct unit *unit) {
    struct division division = {.preparation = preparation, .unit = unit};
    preparation->n_sentences = 0;
    uint32_t done = 0; /* behind the last stop that was read */
    for (size_t i = 0; i < preparation->n_stops; i++) {
        if (preparation->stops[i] < done) {
            continue;
        }
        const struct stop stop = read_stop(&division, preparation->stops[i]);
        done = stop.end;
        if (stop.end < preparation->n_tokens && ends_sentence(&division, &stop) &&
            !add_sentence(&division, stop.end)) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    if (division.first < preparation->n_tokens &&
        !add_sentence(&division, (uint32_t)preparation->n_tokens)) {
        return GALLEY_ERROR_MEMORY;
    }
    return GALLEY_OK;
}
