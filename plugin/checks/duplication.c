/*
 * duplication: what stands twice, such as "the the", "according to according to", "in Ukraine n
 * Ukraine", "presented in a summary to be presented", a sentence that comes again, and a translator
 * that cannot stop ("Bern, Bern, Bern, …").
 *
 * Not reported: what grammar or rhetoric repeats ("had had", "very very", "on and on and on", "hand
 * in hand in"; in quotations also "many many" and what is said three times), names said twice
 * ("Duran Duran"), chants, a headline that runs into the story ("landed in Bern In Bern"), a
 * headline, standfirst, caption or pull quote that the story says again.
 *
 * The rule: for each token, when did the same one last stand here? At a distance n of at most
 * LONGEST_PHRASE, or at that of the token before, the n tokens up to it are compared with the n
 * before. One table of last places is all that clean text pays for. Words with a hyphen or dot are
 * also compared by their first and last piece ("late late-night", "much like Mr much like Mr.").
 */
#include "base/ascii.h"
#include "base/list.h"
#include "checks/check.h"
#include "text/mark.h"
#include "text/utf8.h"

#include <string.h>

enum {
    LONGEST_PHRASE = 24, /* tokens; a clause that comes twice in a row is seldom longer */
    PLACE_BITS = 12,
    LOOP_COPIES = 4,        /* so many copies are a machine that cannot stop */
    LETTER_LOOP_COPIES = 8, /* ... of single letters */
    LETTER_LOOP_LEN = 16,   /* bytes of a word that is one syllable again and again */
    CHANT_COPIES = 10,      /* people who shout stop before */
    CHANT_WORDS = 4,
    RHETORICAL_TOKENS = 4, /* "and they came and they came" is shorter */
    COPIES_KEPT = 16,
    ECHO_RUN = 5,           /* tokens in a row that stand in the same order shortly before */
    ECHO_GAP = 12,          /* tokens that may stand between such runs */
    ECHO_TOKENS = 24,       /* so many are a loop, twice as many in a quotation */
    SHORTEST_SENTENCE = 10, /* words; shorter ones come twice in any story */
    STANDFIRST_UNITS = 3,   /* paragraphs at the begin that the story may say again */
    LEAD_SENTENCES = 5,     /* ... and sentences, where all is one paragraph */
    NEAR_SENTENCES = 8,     /* farther apart, one sentence may be said twice on purpose */
    NEAR_DISTANCE = 8,
    SHORTEST_NEAR = 7, /* bytes of a word that stands twice in one breath */
    STUB_PIECE = 4     /* bytes of the end of a word that comes again */
};

struct sentence_place {
    uint64_t hash;
    struct span span;
    size_t number; /* of the sentence in the document, from 1 */
    bool quoted;
    bool whole;     /* all of its unit */
    bool is_header; /* a headline, a caption, a standfirst */
};

/* A slot of the hash table: small, so that the table stays near the processor. */
struct sentence_slot {
    uint32_t tag;    /* high bits of the hash */
    uint32_t number; /* of the place, from 1; 0: free */
};

/* Sentences in a row that stand in the text already. */
struct repeated {
    struct span span, first;
    size_t n;          /* sentences; 0: none */
    size_t number;     /* of the last one's first stand */
    size_t distance;   /* ... from there, in sentences */
    size_t n_in_place; /* of these, how many say what the one before says */
};

struct state {
    uint16_t places[1 << PLACE_BITS]; /* of a token's key: where it last stood, modulo 2^16 */
    uint16_t n_before;                /* tokens of the units before */
    struct list sentences;            /* of struct sentence_place: the long ones */
    struct sentence_slot *slots;
    size_t n_slots;
    size_t number; /* of the sentence that is read */
    uint64_t hash_before;
    struct repeated repeated;
};

/* Whether the tokens may be the same: what is_same asks first. */
static bool may_be_same(const struct token *a, const struct token *b) {
    return (a->form == b->form) & (a->len == b->len) & (a->kind == b->kind);
}

/* Whatever its capitals. A form without its clitic is another word: "who's who". */
static bool is_same(const struct unit *unit, const struct token *a, const struct token *b) {
    if (!may_be_same(a, b)) {
        return false;
    }
    return a->form != FORM_NONE || a->kind == TOKEN_MARK ||
           ascii_same(unit_token_text(unit, a), unit_token_text(unit, b), a->len);
}

static size_t token_end(const struct token *token) {
    return token->offset + token->len;
}

/* Reports unit->text[begin, end), where only [kept, kept_end) belongs. */
static galley_status report_copy(struct check_run *run, const struct unit *unit, size_t begin,
                                 size_t end, size_t kept, size_t kept_end, galley_severity severity,
                                 const char *message) {
    enum { SHOWN = 80 };
    const size_t len = kept_end - kept;
    size_t shown = len < SHOWN ? len : SHOWN;
    while (shown > 0 && shown < len && utf8_is_continuation(unit->text[kept + shown])) {
        shown--;
    }
    struct issue *issue;
    galley_status status = check_report(run, unit_span(unit, begin, end), severity, &issue, message,
                                        (int)shown, unit->text + kept);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, unit->text + kept, len);
    }
    return status;
}

static const char twice[] = "“%.*s” stands twice";
static const char again[] = "“%.*s” comes again and again: the translation is caught in a loop";

/* ---- words and phrases in a row ---- */

/* Behind the last of the copies of the n tokens from `first` that stand in a row there. The last
 * one may lack the mark at its end: "Bern, Bern, Bern". */
static size_t copies_end(const struct unit *unit, size_t first, size_t n) {
    size_t at = first + n;
    while (at < unit->n_tokens && is_same(unit, &unit->tokens[at], &unit->tokens[at - n])) {
        at++;
    }
    const bool lacks_mark =
        n > 1 && (at - first) % n == n - 1 && unit->tokens[first + n - 1].kind == TOKEN_MARK;
    return lacks_mark ? at : at - (at - first) % n;
}

/* "that that the", where grammar lets a word stand twice but not before what follows. */
static bool is_repeated_rightly(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    if (!check_has_class(run, token, CLASS_REPEATABLE)) {
        return (token->flags & TOKEN_QUOTED) != 0 && check_has_class(run, token, CLASS_EMPHATIC);
    }
    if (!check_has_part(run, token, PART_SUBORDINATOR) || i + 1 == unit->n_tokens) {
        return true;
    }
    const struct token *after = token + 1;
    return !check_has_class(run, after, CLASS_PRONOUN_SUBJECT | CLASS_PRONOUN_POSSESSIVE) &&
           !check_has_part(run, after, PART_DETERMINER);
}

/* One word twice. */
static bool is_word_twice(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *first = &unit->tokens[i - 1];
    const struct token *second = &unit->tokens[i];
    if (second->kind != TOKEN_WORD || (second->flags & TOKEN_SPACE_BEFORE) == 0 ||
        (second->flags & TOKEN_SENTENCE_START) != 0 || is_repeated_rightly(run, unit, i)) {
        return false;
    }
    /* Names are said twice, and a capital behind a small letter begins something else. */
    return second->letter_case == CASE_LOWER && first->letter_case != CASE_MIXED &&
           first->letter_case != CASE_UPPER;
}

static bool is_quotation_mark(const struct token *token) {
    return token->kind == TOKEN_MARK && mark_is_quotation(token->mark);
}

/* Whether the marks among n tokens let them be one phrase. `n_words` of them are words. */
static bool is_phrase(const struct unit *unit, size_t first, size_t n, size_t n_words) {
    enum { WORDS_WITH_QUOTATION = 2, WORDS_WITH_COMMA = 5, WORDS_BEFORE_COMMA = 6 };
    const struct token *last = &unit->tokens[first + n - 1];
    const bool clause = last->kind == TOKEN_MARK && last->mark == ',' &&
                        n_words >= WORDS_BEFORE_COMMA && (last->flags & TOKEN_QUOTED) == 0;
    if (last->kind == TOKEN_MARK && last->mark != '-' && last->mark != '&' && !clause) {
        return false;
    }
    for (size_t i = first; i < first + n; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind != TOKEN_MARK || token->mark == '-' || token->mark == '&' ||
            token->mark == '$' || token->mark == '%' || token->mark == '/') {
            continue;
        }
        const bool allowed = is_quotation_mark(token) ? n_words >= WORDS_WITH_QUOTATION
                             : token->mark == ','     ? n_words >= WORDS_WITH_COMMA
                                                      : false;
        if (!allowed) {
            return false;
        }
    }
    return true;
}

/* Two tokens twice that idioms and rhetoric make. */
static bool is_pair_of_idiom(const struct check_run *run, const struct unit *unit, size_t first) {
    const struct token *tokens = &unit->tokens[first];
    /* "on [and on and on]": the word before the first copy ends it, too. */
    if (first > 0 && is_same(unit, &tokens[-1], &tokens[1]) &&
        check_has_class(run, &tokens[0], CLASS_FUNCTION)) {
        return true;
    }
    /* "[lie after lie after] lie" */
    if (first + 4 < unit->n_tokens && is_same(unit, &tokens[4], &tokens[0])) {
        return true;
    }
    /* "[hand in hand in] this", "[talking and talking and] never" */
    if (check_has_part(run, &tokens[1], PART_ADPOSITION | PART_COORDINATOR) &&
        (check_has_class(run, &tokens[0], CLASS_PAIRED) ||
         (check_has_part(run, &tokens[1], PART_COORDINATOR) &&
          check_has_part(run, &tokens[0], PART_VERB_GERUND | PART_ADVERB)))) {
        return true;
    }
    return check_has_class(run, &tokens[0], CLASS_REPEATABLE) &&
           check_has_class(run, &tokens[1], CLASS_REPEATABLE);
}

/* Whether all n tokens are words with a capital. */
static bool is_in_capitals(const struct unit *unit, size_t first, size_t n) {
    for (size_t i = first; i < first + n; i++) {
        if (unit->tokens[i].letter_case != CASE_TITLE || unit->tokens[i].len < 2) {
            return false;
        }
    }
    return true;
}

/* n > 1 tokens twice. */
static bool is_phrase_twice(const struct check_run *run, const struct unit *unit, size_t first,
                            size_t n, size_t copies) {
    size_t n_words = 0;
    size_t n_content = 0;
    for (size_t i = first; i < first + n; i++) {
        const bool is_word = unit->tokens[i].kind == TOKEN_WORD;
        n_words += is_word;
        n_content += is_word && !check_has_class(run, &unit->tokens[i], CLASS_FUNCTION);
    }
    const struct token *begin = &unit->tokens[first];
    const struct token *second = &unit->tokens[first + n];
    if (n_words == 0 || !is_phrase(unit, first, n, n_words) ||
        (second->flags & TOKEN_SPACE_BEFORE) == 0) {
        return false;
    }
    /* An abbreviation may end the sentence: "It is Skipalind ehf. Skipalind ehf. belongs to the
     * town." */
    if ((unit->tokens[first + n - 1].flags & TOKEN_DOT) != 0 && second->letter_case != CASE_LOWER) {
        return false;
    }
    /* A headline that runs into the story; one may end in the name that the story begins with. */
    const size_t behind = first + 2 * n;
    const bool runs_on = unit->index == 0 && behind < unit->sentences[0].end && first > 0 &&
                         unit->tokens[first - 1].kind != TOKEN_MARK &&
                         unit->tokens[behind].letter_case == CASE_LOWER;
    if (second->letter_case == CASE_TITLE &&
        (begin->letter_case == CASE_LOWER || (runs_on && is_in_capitals(unit, first, n)))) {
        return false;
    }
    for (size_t i = first + n; i < first + 2 * n; i++) {
        if ((unit->tokens[i].flags & TOKEN_SENTENCE_START) != 0) {
            return false;
        }
    }
    if ((begin->flags & TOKEN_QUOTED) != 0 &&
        (copies > 2 || (n < RHETORICAL_TOKENS && n_content > 0 &&
                        check_has_part(run, begin, PART_COORDINATOR)))) {
        return false;
    }
    return n != 2 || !is_pair_of_idiom(run, unit, first);
}

/* Whether many copies of n tokens are no chant and no ornament. */
static bool is_loop(const struct check_run *run, const struct unit *unit, size_t first, size_t n,
                    size_t copies) {
    size_t n_words = 0;
    size_t n_letters = 0;
    bool shouted = false;
    for (size_t i = first; i < first + n; i++) {
        const struct token *token = &unit->tokens[i];
        const bool is_word = token->kind == TOKEN_WORD;
        n_letters += is_word && token->len == 1;
        n_words += is_word && token->len > 1 && !check_has_class(run, token, CLASS_REPEATABLE);
        shouted |=
            (token->flags & TOKEN_QUOTED) != 0 || (token->kind == TOKEN_MARK && token->mark == '!');
    }
    if (shouted && n_words < CHANT_WORDS && copies < CHANT_COPIES) {
        return false;
    }
    return n_words > 0 || (n_letters > 0 && copies >= LETTER_LOOP_COPIES);
}

/* Copies that wait for the unit's end, as a loop that is not quite regular may hold them. */
struct copy {
    size_t first, n, copies, end;
};

/* A stretch whose words nearly all stand in the same order shortly before. */
struct echo {
    size_t first, end, n_tokens; /* token indices; how many of them are echoes */
    size_t run, distance;        /* of the last tokens */
};

struct pass {
    struct copy copies[COPIES_KEPT];
    size_t n_copies;
    struct echo echo, longest;
    size_t before; /* the distance of the token before, 0: none */
    size_t done;   /* tokens of copies that were found */
};

static galley_status report_copies(struct check_run *run, const struct unit *unit,
                                   const struct copy *copy) {
    const struct token *tokens = unit->tokens;
    const size_t last = copy->first + copy->n - 1;
    size_t kept_end = token_end(&tokens[last]);
    if (tokens[last].kind == TOKEN_MARK && (copy->end - copy->first) % copy->n != 0) {
        kept_end = token_end(&tokens[last - 1]); /* "Bern" of "Bern, Bern, Bern, Bern." */
    }
    const bool many = copy->copies >= LOOP_COPIES;
    const size_t begin = tokens[copy->first].offset;
    return report_copy(run, unit, begin, token_end(&tokens[copy->end - 1]), begin, kept_end,
                       many ? GALLEY_CRITICAL : run->check->severity, many ? again : twice);
}

static bool overlap(const struct copy *copy, const struct echo *echo) {
    return copy->end > echo->first && copy->first < echo->end;
}

/* Reports the copies but those in the longest stretch of echoes, of which `kept` may be one. */
static galley_status flush_copies(struct check_run *run, const struct unit *unit, struct pass *pass,
                                  const struct copy *kept) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < pass->n_copies && status == GALLEY_OK; i++) {
        const struct copy *copy = &pass->copies[i];
        if (copy == kept || !overlap(copy, &pass->longest)) {
            status = report_copies(run, unit, copy);
        }
    }
    pass->n_copies = 0;
    return status;
}

/* Ends the stretch; it is a loop when it is long enough. */
static void end_echo(const struct unit *unit, struct pass *pass) {
    const bool quoted = (unit->tokens[pass->echo.first].flags & TOKEN_QUOTED) != 0;
    if (pass->echo.n_tokens >= (quoted ? 2 * ECHO_TOKENS : ECHO_TOKENS) &&
        pass->echo.n_tokens > pass->longest.n_tokens) {
        pass->longest = pass->echo;
    }
    pass->echo = (struct echo){0};
}

/* Token i stands `n` tokens before, too; 0: it does not. */
static void take_echo(const struct unit *unit, struct pass *pass, size_t i, size_t n) {
    struct echo *echo = &pass->echo;
    if ((unit->tokens[i].flags & TOKEN_SENTENCE_START) != 0) {
        if (echo->n_tokens > 0) {
            end_echo(unit, pass);
        }
        n = 0; /* sentences that come again are found by their words' hash */
    }
    echo->run = n == 0 ? 0 : n == echo->distance ? echo->run + 1 : 1;
    echo->distance = n;
    if (echo->run == ECHO_RUN) {
        if (echo->n_tokens == 0) {
            echo->first = i + 1 - ECHO_RUN - n;
        }
        echo->n_tokens += ECHO_RUN - 1;
    }
    if (echo->run >= ECHO_RUN) {
        echo->n_tokens++;
        echo->end = i + 1;
    } else if (echo->n_tokens > 0 && i - echo->end > ECHO_GAP) {
        end_echo(unit, pass);
    }
}

/* The n tokens up to `i` may be a copy of the n before. Answers how far the copies go in
 * pass->done. */
static galley_status judge_copy(struct check_run *run, const struct unit *unit, size_t i, size_t n,
                                struct pass *pass) {
    const struct token *tokens = unit->tokens;
    if (i + 1 < 2 * n) {
        return GALLEY_OK;
    }
    const size_t first = i + 1 - 2 * n;
    if (first < pass->done) {
        return GALLEY_OK; /* the rest of what was found */
    }
    for (size_t k = n; k > 0; k--) {
        if (!is_same(unit, &tokens[first + k - 1], &tokens[first + n + k - 1])) {
            return GALLEY_OK;
        }
    }
    const size_t end = copies_end(unit, first, n);
    const size_t copies = (end - first + n - 1) / n;
    const bool many = copies >= LOOP_COPIES;
    if (many ? !is_loop(run, unit, first, n, copies)
             : (n == 1 ? !is_word_twice(run, unit, i)
                       : !is_phrase_twice(run, unit, first, n, copies))) {
        pass->done = copies > 2 ? end : pass->done; /* not counted again */
        return GALLEY_OK;
    }
    pass->done = end;
    const galley_status status =
        pass->n_copies == COPIES_KEPT ? flush_copies(run, unit, pass, NULL) : GALLEY_OK;
    pass->copies[pass->n_copies] = (struct copy){first, n, copies, pass->done};
    pass->n_copies++;
    return status;
}

/* ---- pieces of words ---- */

static bool is_piece(const struct unit *unit, const struct token *token, const char *piece,
                     size_t len) {
    const char *text = unit_token_text(unit, token);
    /* Without a branch: one in seven words is as long as another. */
    return ((token->kind == TOKEN_WORD) & (token->len == len) &
            (ascii_lower(*text) == ascii_lower(*piece))) &&
           ascii_same(text, piece, len);
}

/* "a stressed-out out man" is wrong, "a sit-in in Bern", "for for-profit" and "two two-year terms"
 * are not; nor is "Boutros Boutros-Ghali". */
static bool is_piece_twice(const struct check_run *run, const struct token *word) {
    return word->letter_case == CASE_LOWER &&
           !check_has_class(run, word, CLASS_FUNCTION | CLASS_REPEATABLE) &&
           !check_has_part(run, word,
                           PART_ADPOSITION | PART_NUMERAL | PART_PARTICLE | PART_DETERMINER);
}

/* "late late-night", "much like Mr much like Mr.", "a trip to Bern a trip to Bern's": the token
 * ends a copy with its first piece. */
static galley_status judge_head(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const char *text = unit_token_text(unit, token);
    size_t len = 0;
    while (len < token->len && text[len] != '-' && text[len] != '.' && text[len] != '\'' &&
           text[len] != '\xE2') {
        len++;
    }
    const bool is_markup = token_end(token) < unit->len && text[token->len] == '=';
    const bool joined = len < token->len && text[len] != '.' && !is_markup;
    for (size_t n = 1; n <= LONGEST_PHRASE && 2 * n <= i + 1 && len > 0; n++) {
        if (!is_piece(unit, &unit->tokens[i - n], text, len)) {
            continue;
        }
        size_t same = 1;
        while (same < n && is_same(unit, &unit->tokens[i - same], &unit->tokens[i - n - same])) {
            same++;
        }
        const size_t first = i + 1 - 2 * n;
        const bool wrong =
            same == n && (n == 1 ? joined && is_piece_twice(run, &unit->tokens[i - 1])
                                 : is_phrase(unit, first, n, n));
        if (wrong) {
            return report_copy(run, unit, unit->tokens[first].offset, token->offset + len,
                               unit->tokens[first + n].offset, token->offset + len,
                               run->check->severity, twice);
        }
    }
    return GALLEY_OK;
}

/* "a 48-year-old man old man": the token begins a copy with the piece from its byte `begin` on. */
static galley_status judge_piece(struct check_run *run, const struct unit *unit, size_t i,
                                 size_t begin, bool *found) {
    const struct token *token = &unit->tokens[i];
    const char *piece = unit_token_text(unit, token) + begin;
    const size_t len = token->len - begin;
    for (size_t n = 1; n <= LONGEST_PHRASE && i + 2 * n - 1 < unit->n_tokens && len > 1; n++) {
        if (!is_piece(unit, &unit->tokens[i + n], piece, len)) {
            continue;
        }
        size_t same = 1;
        while (same < n && is_same(unit, &unit->tokens[i + same], &unit->tokens[i + n + same])) {
            same++;
        }
        *found = same == n &&
                 (n == 1 ? is_piece_twice(run, &unit->tokens[i + 1]) : is_phrase(unit, i, n, n));
        if (*found) {
            const size_t from = token->offset + begin;
            return report_copy(run, unit, from, token_end(&unit->tokens[i + 2 * n - 1]), from,
                               token_end(&unit->tokens[i + n - 1]), run->check->severity, twice);
        }
    }
    return GALLEY_OK;
}

static galley_status judge_tail(struct check_run *run, const struct unit *unit, size_t i) {
    enum { PIECES = 3 };
    const struct token *token = &unit->tokens[i];
    const char *text = unit_token_text(unit, token);
    galley_status status = GALLEY_OK;
    bool found = false;
    size_t n_pieces = 0;
    for (size_t begin = token->len; begin > 0 && n_pieces < PIECES && !found; begin--) {
        if (text[begin - 1] == '-') {
            n_pieces++;
            status = judge_piece(run, unit, i, begin, &found);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static galley_status judge_pieces(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    galley_status status = GALLEY_OK;
    if (token->kind == TOKEN_LINK ||
        (token->kind == TOKEN_WORD && token->flags & (TOKEN_HYPHEN | TOKEN_DOT | TOKEN_CLITIC))) {
        status = judge_head(run, unit, i);
    }
    if (status == GALLEY_OK && (token->flags & TOKEN_HYPHEN) != 0) {
        status = judge_tail(run, unit, i);
    }
    return status;
}

/* "aaaaaaaaaaaaaaaa", "hahahahahahahahaha" */
static galley_status check_letters(struct check_run *run, const struct unit *unit,
                                   const struct token *token) {
    enum { SYLLABLE = 4 };
    const char *text = unit_token_text(unit, token);
    for (size_t n = 1; n <= SYLLABLE && token->len >= LETTER_LOOP_LEN; n++) {
        if (ascii_same(text, text + n, token->len - n)) {
            return report_copy(run, unit, token->offset, token_end(token), token->offset,
                               token->offset + n, GALLEY_CRITICAL, again);
        }
    }
    return GALLEY_OK;
}

/* ---- ends that come again ---- */

/* "in Ukraine n Ukraine": the end of a word, and the last word before `end` once more. */
static galley_status check_stub(struct check_run *run, const struct unit *unit, size_t first,
                                size_t end) {
    while (end > first && unit->tokens[end - 1].kind == TOKEN_MARK) {
        end--;
    }
    if (end < first + 4) {
        return GALLEY_OK;
    }
    const struct token *tokens = &unit->tokens[end - 4];
    const struct token *whole = &tokens[0];
    const struct token *piece = &tokens[2];
    if (piece->kind == TOKEN_MARK || piece->len > STUB_PIECE ||
        !is_same(unit, &tokens[1], &tokens[3]) || tokens[3].kind == TOKEN_MARK) {
        return GALLEY_OK;
    }
    const bool is_end =
        piece->len < whole->len && memcmp(unit_token_text(unit, whole) + whole->len - piece->len,
                                          unit_token_text(unit, piece), piece->len) == 0;
    const bool is_letter = piece->len == 1 && piece->letter_case == CASE_LOWER;
    if (check_has_class(run, piece, CLASS_FUNCTION) ? !is_end || piece->len > 1
                                                    : !is_end && !is_letter) {
        return GALLEY_OK;
    }
    const size_t from = tokens[1].offset;
    const size_t to = token_end(&tokens[3]);
    struct issue *issue;
    galley_status status = check_report(run, unit_span(unit, from, to), run->check->severity,
                                        &issue, "the end “%.*s” stands twice",
                                        (int)(to - piece->offset), unit->text + piece->offset);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, unit->text + from, tokens[1].len);
    }
    return status;
}

/* ---- nearly the same twice ---- */

/* "presented in a summary to be presented": a long participle twice in one breath, the second one
 * behind two function words, with nothing between that could order them. */
static galley_status check_breath(struct check_run *run, const struct unit *unit, size_t i,
                                  size_t n) {
    const struct token *token = &unit->tokens[i];
    const struct form_facts *facts = check_facts(run, token);
    if (n < 4 || n > NEAR_DISTANCE || token->len < SHORTEST_NEAR || facts == NULL ||
        token->letter_case != CASE_LOWER || (facts->parts & PART_VERB_PARTICIPLE) == 0 ||
        (facts->parts & (PART_NOUN | PART_ADJECTIVE)) != 0) {
        return GALLEY_OK;
    }
    for (size_t k = i - n + 1; k < i; k++) {
        const struct form_facts *between = check_facts(run, &unit->tokens[k]);
        if (between == NULL || (between->parts & (PART_COORDINATOR | PART_PRONOUN)) != 0 ||
            (between->parts & (PART_SUBORDINATOR | PART_ADPOSITION)) == PART_SUBORDINATOR) {
            return GALLEY_OK;
        }
    }
    const struct form_facts *before = check_facts(run, &unit->tokens[i - 1]);
    const struct form_facts *mark = check_facts(run, &unit->tokens[i - 2]);
    if ((before->parts & PART_AUXILIARY) == 0 || (mark->parts & PART_PARTICLE) == 0) {
        return GALLEY_OK;
    }
    const size_t begin = unit->tokens[i - n].offset;
    return check_report(run, unit_span(unit, begin, token_end(token)), GALLEY_MAJOR, NULL,
                        "“%.*s” is said twice", (int)token->len, unit_token_text(unit, token));
}

/* "the start of talks the start in talks": n tokens twice in a row but for one function word. */
static galley_status check_near(struct check_run *run, const struct unit *unit, size_t i,
                                size_t n) {
    if (n < 3 || i + 1 < 2 * n ||
        !check_has_part(run, &unit->tokens[i], PART_NOUN | PART_NOUN_PLURAL)) {
        return check_breath(run, unit, i, n);
    }
    const struct token *copy = &unit->tokens[i + 1 - n];
    size_t n_other = 0;
    size_t n_content = 0;
    for (size_t k = n; k > 0 && n_other < 2; k--) {
        const struct token *second = &copy[k - 1];
        const struct token *first = second - n;
        if (second->kind != TOKEN_WORD || first->kind != TOKEN_WORD ||
            (second->flags & TOKEN_SENTENCE_START) != 0) {
            return check_breath(run, unit, i, n);
        }
        if (is_same(unit, first, second)) {
            n_content += !check_has_class(run, second, CLASS_FUNCTION);
        } else {
            const bool function = check_has_class(run, first, CLASS_FUNCTION) &&
                                  check_has_class(run, second, CLASS_FUNCTION);
            n_other += function && k > 1 ? 1 : 2;
        }
    }
    if (n_other != 1 || n_content < 2) {
        return check_breath(run, unit, i, n);
    }
    const struct token *begin = copy - n;
    return check_report(run, unit_span(unit, begin->offset, token_end(&unit->tokens[i])),
                        run->check->severity, NULL, "“%.*s” is said nearly the same twice",
                        (int)(token_end(copy - 1) - begin->offset), unit->text + begin->offset);
}

/* ---- the pass ---- */

static uint32_t key_of(const struct unit *unit, const struct token *token) {
    if (token->form != FORM_NONE) {
        return token->form;
    }
    const char *text = unit_token_text(unit, token);
    return (uint32_t)(unsigned char)ascii_lower(text[0]) << 8 |
           (uint32_t)(unsigned char)ascii_lower(text[token->len - 1]) << 16 | token->len;
}

/* Token i; the same key stood n tokens before last. */
static galley_status judge_token(struct check_run *run, const struct unit *unit, size_t i, size_t n,
                                 struct pass *pass) {
    const struct token *token = &unit->tokens[i];
    const bool near =
        n > 0 && n <= LONGEST_PHRASE && n <= i && is_same(unit, token, &unit->tokens[i - n]);
    /* "I suppose I I suppose I": its last word stands nearer than the phrase is long. */
    const size_t carried = pass->before;
    const bool goes_on = carried > 0 && carried <= i && (!near || carried != n) &&
                         is_same(unit, token, &unit->tokens[i - carried]);
    pass->before = goes_on ? carried : near ? n : 0;
    take_echo(unit, pass, i, pass->before);
    if (i < pass->done) {
        return GALLEY_OK;
    }
    galley_status status = GALLEY_OK;
    if (near && (n > 1 || token->kind != TOKEN_NUMBER)) {
        status = judge_copy(run, unit, i, n, pass);
    }
    if (status == GALLEY_OK && goes_on && i >= pass->done) {
        status = judge_copy(run, unit, i, carried, pass);
    }
    return status == GALLEY_OK && near && i >= pass->done ? check_near(run, unit, i, n) : status;
}

static galley_status end_pass(struct check_run *run, const struct unit *unit, struct pass *pass) {
    if (pass->echo.n_tokens > 0) {
        end_echo(unit, pass);
    }
    const struct echo *loop = &pass->longest;
    const struct copy *regular = NULL; /* a loop that is most of the stretch says it better */
    for (size_t i = 0; i < pass->n_copies; i++) {
        const struct copy *copy = &pass->copies[i];
        if (copy->copies >= LOOP_COPIES && overlap(copy, loop) &&
            3 * (copy->end - copy->first) >= 2 * (loop->end - loop->first)) {
            regular = copy;
        }
    }
    const bool reported = loop->n_tokens > 0 && regular == NULL;
    galley_status status = flush_copies(run, unit, pass, regular);
    if (reported && status == GALLEY_OK) {
        status = check_report(run,
                              unit_span(unit, unit->tokens[loop->first].offset,
                                        token_end(&unit->tokens[loop->end - 1])),
                              GALLEY_CRITICAL, NULL,
                              "the same words come again and again: the translation is caught in a "
                              "loop");
    }
    return status;
}

/* Whether check_near or check_breath can have something to say of token i, a word whose like stood
 * n before; what they ask first. */
static bool may_be_near(const struct check_run *run, const struct unit *unit, size_t i, size_t n) {
    const struct token *token = &unit->tokens[i];
    const struct form_facts *facts = check_facts(run, token);
    if (facts == NULL || n < 3) {
        return false;
    }
    if ((facts->parts & PART_VERB_PARTICIPLE) != 0 && token->len >= SHORTEST_NEAR) {
        return true;
    }
    return (facts->parts & (PART_NOUN | PART_NOUN_PLURAL)) != 0 && i + 1 >= 2 * n &&
           (may_be_same(token - 1, token - 1 - n) ||
            (check_has_class(run, token - 1, CLASS_FUNCTION) &&
             check_has_class(run, token - 1 - n, CLASS_FUNCTION)));
}

/* Sixty-four tokens, a bit each, the first in the lowest bits. */
struct block {
    uint64_t near;        /* the same key stood at most LONGEST_PHRASE tokens before */
    uint64_t pieces;      /* judge_pieces has something to look at */
    uint8_t gaps[64 + 8]; /* tokens between the token and the last of the same key, up to GAP_FAR;
                             from [GAPS] on; before them that of the token before the block */
    bool near_before;     /* the token before the block was near */
    size_t n_compounds;   /* of the unit's that are done */
};

enum { GAPS = 8, GAP_FAR = 0x7F };

/* How far the key of the block's token i stood before; i may be -1. */
static size_t distance_at(const struct block *block, ptrdiff_t i) {
    return (size_t)block->gaps[GAPS + i] + 1;
}

/* A bit for each of 64 gaps that is less than LONGEST_PHRASE. */
static uint64_t find_near(const uint8_t gaps[64]) {
    const uint64_t highs = UINT64_C(0x8080808080808080);
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t near = 0;
    for (size_t i = 0; i < 8; i++) {
        uint64_t eight;
        memcpy(&eight, gaps + 8 * i, sizeof eight);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        eight = __builtin_bswap64(eight);
#endif
        const uint64_t far = (eight + (0x80 - LONGEST_PHRASE) * ones) & highs;
        near |= (((far ^ highs) >> 7) * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
    }
    return near;
}

/* Notes where the tokens stand, and how far from the one before of the same key. */
static void read_block(struct state *state, const struct unit *unit, size_t first, size_t n_tokens,
                       struct block *block) {
    uint8_t *gaps = block->gaps + GAPS;
    uint16_t now = (uint16_t)(state->n_before + first - 1);
    memset(gaps, GAP_FAR, 64);
    for (size_t i = 0; i < n_tokens; i++) {
        const struct token *token = &unit->tokens[first + i];
        uint16_t *place = &state->places[(key_of(unit, token) * 2654435761u) >> (32 - PLACE_BITS)];
        const uint16_t gap = (uint16_t)(now - *place);
        now++;
        *place = now;
        gaps[i] = (uint8_t)(gap < GAP_FAR ? gap : GAP_FAR);
    }
    block->near = find_near(gaps);
    block->pieces = 0;
    const bool has_pieces = (unit->flags & (TOKEN_HYPHEN | TOKEN_DOT | TOKEN_CLITIC)) != 0;
    while (has_pieces && block->n_compounds < unit->n_compounds &&
           unit->compounds[block->n_compounds] < first + n_tokens) {
        block->pieces |= UINT64_C(1) << (unit->compounds[block->n_compounds] - first);
        block->n_compounds++;
    }
}

/* The near tokens that something may come of. Two in a row may be of a phrase; a lone one may only
 * be a word twice in a row, or near enough to its like. */
static uint64_t choose_tokens(const struct check_run *run, const struct unit *unit, size_t first,
                              const struct block *block) {
    uint64_t chosen = block->near & (block->near << 1 | block->near_before);
    for (uint64_t lone = block->near & ~chosen; lone != 0; lone &= lone - 1) {
        const size_t i = (size_t)__builtin_ctzll(lone);
        const size_t n = distance_at(block, (ptrdiff_t)i);
        if (n == 1 || (n <= first + i && may_be_near(run, unit, first + i, n))) {
            chosen |= lone & (0 - lone);
        }
    }
    return chosen;
}

/* What judge_token would have left behind of token i, which was passed over. */
static void catch_up(const struct unit *unit, size_t i, size_t n, struct pass *pass) {
    const struct token *token = &unit->tokens[i];
    const bool near = n > 0 && n <= LONGEST_PHRASE && n <= i && is_same(unit, token, token - n);
    pass->before = near ? n : 0;
    pass->echo.distance = near && (token->flags & TOKEN_SENTENCE_START) == 0 ? n : 0;
    pass->echo.run = pass->echo.distance > 0;
}

/* Judges the block's tokens that something may come of, and all as long as there is an echo. */
static galley_status check_block(struct check_run *run, const struct unit *unit, size_t first,
                                 size_t n_tokens, const struct block *block, struct pass *pass) {
    const uint64_t chosen = choose_tokens(run, unit, first, block);
    size_t next = 0; /* behind the last one that was judged */
    for (size_t i = 0; i < n_tokens; i++) {
        const bool echoes = pass->echo.n_tokens > 0;
        const uint64_t left = (chosen | block->pieces) >> i;
        if (!echoes && left == 0) {
            break;
        }
        i += echoes ? 0 : (size_t)__builtin_ctzll(left);
        galley_status status = GALLEY_OK;
        if (echoes || (chosen >> i & 1) != 0) {
            if (next != i && first + i > 0) {
                catch_up(unit, first + i - 1, distance_at(block, (ptrdiff_t)i - 1), pass);
            }
            status = judge_token(run, unit, first + i, distance_at(block, (ptrdiff_t)i), pass);
            next = i + 1;
        }
        if (status == GALLEY_OK && (block->pieces >> i & 1) != 0 && first + i >= pass->done) {
            status = judge_pieces(run, unit, first + i);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    if (next != n_tokens) {
        catch_up(unit, first + n_tokens - 1, distance_at(block, (ptrdiff_t)n_tokens - 1), pass);
    }
    return GALLEY_OK;
}

static galley_status check_tokens(struct check_run *run, const struct unit *unit) {
    enum { TOKENS = 64 };
    struct state *state = run->state;
    struct pass pass;
    struct block block = {.n_compounds = 0};
    pass.n_copies = 0;
    pass.echo = pass.longest = (struct echo){0};
    pass.before = pass.done = 0;
    galley_status status = GALLEY_OK;
    for (size_t first = 0; first < unit->n_tokens && status == GALLEY_OK; first += TOKENS) {
        const size_t left = unit->n_tokens - first;
        const size_t n_tokens = left < TOKENS ? left : TOKENS;
        read_block(state, unit, first, n_tokens, &block);
        status = check_block(run, unit, first, n_tokens, &block, &pass);
        block.near_before = block.near >> (TOKENS - 1) != 0;
        block.gaps[GAPS - 1] = block.gaps[GAPS + TOKENS - 1];
    }
    state->n_before = (uint16_t)(state->n_before + unit->n_tokens);
    return status == GALLEY_OK ? end_pass(run, unit, &pass) : status;
}

/* ---- sentences that come again ---- */

static struct sentence_place *place_at(const struct state *state, uint32_t number) {
    return list_at(&state->sentences, sizeof(struct sentence_place), number - 1);
}

/* The slot of the sentence with this hash, or the free one that waits for it. */
static struct sentence_slot *find_slot(const struct state *state, uint64_t hash) {
    size_t at = hash & (state->n_slots - 1);
    for (;;) {
        struct sentence_slot *slot = &state->slots[at];
        if (slot->number == 0 ||
            (slot->tag == (uint32_t)(hash >> 32) && place_at(state, slot->number)->hash == hash)) {
            return slot;
        }
        at = (at + 1) & (state->n_slots - 1);
    }
}

/* Room for one sentence more. */
static bool make_room(struct check_run *run) {
    enum { FIRST_SLOTS = 64 };
    struct state *state = run->state;
    const size_t n = state->sentences.n;
    if (n < UINT32_MAX - 1 && n * 3 < state->n_slots * 2) {
        return true;
    }
    const size_t n_slots = state->n_slots == 0 ? FIRST_SLOTS : state->n_slots * 2;
    struct sentence_slot *slots = arena_allocate_zeroed(run->arena, n_slots * sizeof *slots);
    if (slots == NULL || n >= UINT32_MAX - 1) {
        return false;
    }
    state->slots = slots;
    state->n_slots = n_slots;
    for (uint32_t number = 1; number <= n; number++) {
        const uint64_t hash = place_at(state, number)->hash;
        *find_slot(state, hash) = (struct sentence_slot){(uint32_t)(hash >> 32), number};
    }
    return true;
}

static uint64_t hash_text(const char *text, size_t len) {
    uint64_t hash = len;
    for (size_t i = 0; i < len; i++) {
        hash = hash * 31 + (unsigned char)text[i];
    }
    return hash;
}

/* 0 for a sentence that is too short to count. Has the slot's cache line come. */
static uint64_t hash_sentence(const struct state *state, const struct unit *unit,
                              const struct sentence *sentence) {
    uint64_t hash = 0;
    size_t n_words = 0;
    for (size_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &unit->tokens[i];
        const uint64_t key = token->form != FORM_NONE
                                 ? token->form
                                 : hash_text(unit_token_text(unit, token), token->len);
        /* Marks do not count; without a branch, as they come when they like. */
        const uint64_t counts = 0 - (uint64_t)(token->kind != TOKEN_MARK);
        n_words += counts & 1;
        hash = ((hash * UINT64_C(0x9E3779B97F4A7C15) + key + 1) & counts) | (hash & ~counts);
    }
    if (n_words < SHORTEST_SENTENCE) {
        return 0;
    }
    hash ^= hash >> 32;
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    hash ^= hash >> 29;
    if (state->n_slots > 0) {
        __builtin_prefetch(&state->slots[hash & (state->n_slots - 1)]);
    }
    return hash == 0 ? 1 : hash;
}

/* A headline, a caption, a list's item: a unit of one sentence without a stop. A standfirst. */
static bool is_header(const struct unit *unit) {
    if (unit->kind == UNIT_HEADING) {
        return true;
    }
    const struct token *last = &unit->tokens[unit->n_tokens - 1];
    return unit->n_sentences == 1 &&
           (unit->index < STANDFIRST_UNITS ||
            !(last->kind == TOKEN_MARK && (mark_is_stop(last->mark) || is_quotation_mark(last))));
}

static galley_status report_repeated(struct check_run *run) {
    struct state *state = run->state;
    const struct repeated repeated = state->repeated;
    state->repeated.n = 0;
    if (repeated.n == 0 || (repeated.n == 1 && repeated.number <= LEAD_SENTENCES &&
                            repeated.distance > LEAD_SENTENCES)) {
        return GALLEY_OK;
    }
    const galley_severity severity =
        repeated.n == 1 && repeated.distance > NEAR_SENTENCES ? GALLEY_NEUTRAL : GALLEY_MINOR;
    struct issue *issue;
    galley_status status =
        repeated.n_in_place > 1
            ? check_report(run, repeated.span, GALLEY_CRITICAL, &issue,
                           "one sentence comes again and again: the translation is caught in a "
                           "loop")
        : repeated.n > 1 ? check_report(run, repeated.span, GALLEY_MINOR, &issue,
                                        "these %zu sentences stand in the text already", repeated.n)
                         : check_report(run, repeated.span, severity, &issue,
                                        "this sentence stands in the text already");
    if (status == GALLEY_OK) {
        status = check_relate(run, issue, repeated.first, "first here");
    }
    return status == GALLEY_OK ? check_suggest(run, issue, "", 0) : status;
}

/* The sentence with the blank that goes with it. */
static struct span sentence_span(const struct unit *unit, const struct sentence *sentence) {
    const struct token *tokens = unit->tokens;
    const size_t end = token_end(&tokens[sentence->end - 1]);
    if (sentence->first > 0) {
        return unit_span(unit, token_end(&tokens[sentence->first - 1]), end);
    }
    return unit_span(unit, tokens[sentence->first].offset,
                     sentence->end < unit->n_tokens ? tokens[sentence->end].offset : end);
}

/* The sentence says what `place` says. Joins it to the one before, when that was one too. */
static galley_status take_repeated(struct check_run *run, const struct unit *unit,
                                   const struct sentence *sentence,
                                   const struct sentence_place *place, bool in_place) {
    struct state *state = run->state;
    struct repeated *repeated = &state->repeated;
    const struct span span = sentence_span(unit, sentence);
    const bool joins =
        repeated->n > 0 && sentence->first > 0 &&
        (in_place ? repeated->n == repeated->n_in_place : place->number == repeated->number + 1);
    if (!joins) {
        const galley_status status = report_repeated(run);
        if (status != GALLEY_OK) {
            return status;
        }
        *repeated = (struct repeated){.span = span, .first = place->span};
    }
    repeated->span.end = span.end;
    repeated->n++;
    repeated->n_in_place += in_place;
    repeated->number = place->number;
    repeated->distance = state->number - place->number;
    return GALLEY_OK;
}

/* Captions and pull quotes say again what the story says. */
static bool may_come_again(const struct sentence_place *one, const struct sentence_place *other) {
    return one->is_header || other->is_header || one->quoted || other->quoted ||
           one->whole != other->whole;
}

static galley_status check_sentence(struct check_run *run, const struct unit *unit,
                                    const struct sentence *sentence, uint64_t hash) {
    struct state *state = run->state;
    const bool in_place = hash != 0 && hash == state->hash_before && sentence->first > 0;
    state->number++;
    state->hash_before = hash;
    if (hash == 0) {
        return report_repeated(run);
    }
    if (!make_room(run)) {
        return GALLEY_ERROR_MEMORY;
    }
    const struct token *first = &unit->tokens[sentence->first];
    const struct sentence_place here = {
        .hash = hash,
        .span = unit_span(unit, first->offset, token_end(&unit->tokens[sentence->end - 1])),
        .number = state->number,
        .quoted = is_quotation_mark(first) || (first->flags & TOKEN_QUOTED) != 0,
        .whole = unit->n_sentences == 1,
        .is_header = is_header(unit),
    };
    struct sentence_slot *slot = find_slot(state, hash);
    if (slot->number == 0) {
        struct sentence_place *place = list_add(run->arena, &state->sentences, sizeof *place);
        if (place == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        *place = here;
        *slot = (struct sentence_slot){(uint32_t)(hash >> 32), (uint32_t)state->sentences.n};
        return report_repeated(run);
    }
    const struct sentence_place *place = place_at(state, slot->number);
    if (!in_place && may_come_again(place, &here)) {
        return report_repeated(run);
    }
    return take_repeated(run, unit, sentence, place, in_place);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const struct state *state = run->state;
    uint64_t next = unit->n_sentences > 0 ? hash_sentence(state, unit, unit->sentences) : 0;
    galley_status status = check_tokens(run, unit);
    for (size_t i = 0; i < unit->n_sentences && status == GALLEY_OK; i++) {
        const struct sentence *sentence = &unit->sentences[i];
        const uint64_t hash = next;
        next = i + 1 < unit->n_sentences ? hash_sentence(state, unit, sentence + 1) : 0;
        status = check_stub(run, unit, sentence->first, sentence->end);
        if (status == GALLEY_OK) {
            status = check_sentence(run, unit, sentence, hash);
        }
    }
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        status = check_letters(run, unit, &unit->tokens[unit->unknown[i]]);
    }
    return status;
}

static galley_status check_document(struct check_run *run) {
    return report_repeated(run);
}

const struct check check_duplication = {
    .name = "duplication",
    .its_type = "duplication",
    .mqm = "linguistic-conventions/duplication",
    .summary = "words, phrases and sentences that stand twice",
    .explanation =
        "A word or phrase that a machine wrote twice in a row (“the the”, “according to according "
        "to”), the end of a sentence that comes again (“in Ukraine n Ukraine”), a sentence that "
        "stands in the text twice, or a loop that repeats a clause many times. What grammar or "
        "rhetoric repeats (“had had”, “very, very”) and names said twice are not reported.",
    .severity = GALLEY_MAJOR,
    .covers = "spelling,splice,capitalization,untranslated",
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
