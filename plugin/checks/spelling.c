/*
 * spelling: a word that the language does not have ("recieved", "tosupport", "G20due").
 *
 * Reported is what a slip explains better than a new word does: one letter doubled, lost, swapped
 * or hit beside its key, a blank lost before or behind a function word, or a blank too many
 * ("govern ment"). Not reported: names ("Degtyaryov"), words that the text uses again and again,
 * new words made of known ones ("unpledged"), what stands among other unknown words (a quotation in
 * another language), and what the text's own damage left ("candi- dates", "Fran\u00C3ois").
 *
 * The rule. P(slip) is the frequency of the word that was meant times a slip's probability, P(new)
 * the frequency of the unknown word itself, as a list counted from running text has it or as its
 * parts let expect (language/spelling.h). Their ratio must be the larger, the shorter the word. All
 * is decided behind the last unit, when it is known which words the text uses again.
 */
#include "language/spelling.h"
#include "checks/check.h"
#include "language/halves.h"
#include "text/utf8.h"

#include <string.h>

enum { N_SUGGESTIONS = 6, SHORTEST_WORD = 3, SHORTEST_PART = 4, LONGEST_PARTICLE = 4, OFTEN = 3 };

/* Beyond so many unknown words in small letters, and one in so many words, a text is not in the
 * pack's language: what is wrong with it is no matter of slips. */
enum { FOREIGN_WORDS = 400, FOREIGN_SHARE = 6 };

/* An unknown word, until it is known what else the text has. */
struct candidate {
    struct span span;
    const char *text;
    uint32_t len;
    uint8_t letter_case;
    bool starts;                 /* a sentence, a quotation */
    bool among_names;            /* beside another word with a capital */
    bool between_names;          /* "Daniel arap Moi" */
    bool among_unknown;          /* beside an unknown word */
    bool among_strange;          /* near some */
    bool judged, explained;      /* by a slip or a lost blank; asked once */
    bool divide_only;            /* a slip would not be told from a name */
    bool slip_only;              /* a lost blank would not be told from a name */
    bool is_part;                /* of a word with hyphens */
    uint32_t part_at, whole_len; /* where in that word, and how long it is; bytes */
    bool in_code;                /* "<tweet id=": tags that were left in the text */
    uint32_t joined_len;         /* with the word behind or before it, a known word; 0: no */
    struct span joined_span;
    char *joined;
};

/* A word that belongs to one of two spelling standards. */
struct standard_word {
    struct span span;
    const char *text;
    uint32_t len;
    uint16_t standard; /* FORM_VARIANT_A or FORM_VARIANT_B */
};

/* So many are kept; a text that has more of them is judged by these. */
enum { STANDARD_WORDS_MAX = 1024 };

struct state {
    struct standard_word *standards; /* STANDARD_WORDS_MAX, NULL before the first */
    size_t n_standards;
    struct candidate *candidates;
    size_t n_candidates, capacity;
    size_t n_words, n_small; /* all words; unknown ones in small letters */
    size_t n_searches;       /* for words that two slips may have made */
    uint8_t *names;          /* a bit a form: seen with a capital */
};

/* ---- gathering ---- */

static struct candidate *add_candidate(struct check_run *run) {
    struct state *state = run->state;
    if (state->n_candidates == state->capacity) {
        const size_t capacity = state->capacity == 0 ? 32 : state->capacity * 2;
        struct candidate *longer =
            arena_resize(run->arena, state->candidates, state->n_candidates * sizeof *longer,
                         capacity * sizeof *longer);
        if (longer == NULL) {
            return NULL;
        }
        state->candidates = longer;
        state->capacity = capacity;
    }
    struct candidate *candidate = &state->candidates[state->n_candidates];
    state->n_candidates++;
    *candidate = (struct candidate){.len = 0};
    return candidate;
}

static bool is_word(const struct token *token) {
    return token->kind == TOKEN_WORD || token->kind == TOKEN_FOREIGN;
}

static bool is_capital(const struct token *token) {
    return token->kind == TOKEN_WORD &&
           (token->letter_case == CASE_TITLE || token->letter_case == CASE_UPPER ||
            token->letter_case == CASE_MIXED);
}

/* Not a word of the language in small letters. */
static bool is_strange(const struct check_run *run, const struct token *token) {
    const unsigned compound = TOKEN_HYPHEN | TOKEN_APOSTROPHE | TOKEN_DIGIT | TOKEN_DOT;
    return is_word(token) && token->letter_case == CASE_LOWER && (token->flags & compound) == 0 &&
           (token->form >= pack_n_lower_forms(run->pack) ||
            (pack_facts(run->pack, token->form)->flags & FORM_LOWER) == 0);
}

/* A word with a capital that may be a name's: "Duarte", not "The". */
static bool is_name_word(const struct check_run *run, const struct token *token) {
    return is_capital(token) &&
           (token->form == FORM_NONE || (pack_signs(run->pack, token->form) & SIGN_FUNCTION) == 0);
}

static const struct token *token_before(const struct unit *unit, uint32_t at) {
    return at > 0 && (unit->tokens[at].flags & TOKEN_SENTENCE_START) == 0 ? &unit->tokens[at - 1]
                                                                          : NULL;
}

static const struct token *token_behind(const struct unit *unit, uint32_t at) {
    return at + 1 < unit->n_tokens && (unit->tokens[at + 1].flags & TOKEN_SENTENCE_START) == 0
               ? &unit->tokens[at + 1]
               : NULL;
}

static bool is_opening(uint32_t mark) {
    static const uint32_t marks[] = {'"',    '\'',   '(',    '[',    '/',    '{',    0xAB,
                                     0x2018, 0x201C, 0x201E, 0x2013, 0x2014, 0x2015, 0x2039};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i] == mark) {
            return true;
        }
    }
    return false;
}

/* Whether a word may begin right behind the token. */
static bool may_stand_before(const struct token *token) {
    if (token->kind != TOKEN_MARK) {
        return false;
    }
    const bool is_stop = token->mark == ',' || token->mark == '.' || token->mark == ';' ||
                         token->mark == ':' || token->mark == '?' || token->mark == ')' ||
                         token->mark == 0x2019 || token->mark == 0x201D;
    if (token->mark == '[' && token->offset > 0 && (token->flags & TOKEN_SPACE_BEFORE) == 0) {
        return false; /* "pick[ing]" */
    }
    return is_opening(token->mark) ||
           (is_stop && token->offset > 0 && (token->flags & TOKEN_SPACE_BEFORE) == 0);
}

static bool is_mark(const struct token *token, uint32_t mark) {
    return token->kind == TOKEN_MARK && token->mark == mark;
}

/* In a tag that was left in the text: "<tweet", "id=". */
static bool is_in_code(const struct unit *unit, uint32_t at) {
    const struct token *token = &unit->tokens[at];
    return (at > 0 && is_mark(token - 1, '<') && (token->flags & TOKEN_SPACE_BEFORE) == 0) ||
           (at + 1 < unit->n_tokens && is_mark(token + 1, '=') &&
            (token[1].flags & TOKEN_SPACE_BEFORE) == 0);
}

/* A piece of what was one word: a mark stands against it that no word begins or ends at, as in
 * "candi- dates" and "Fran\u00C3§ois". */
static bool is_piece(const struct unit *unit, uint32_t at) {
    const struct token *token = &unit->tokens[at];
    const struct token *before = at > 0 ? token - 1 : NULL;
    const struct token *behind = at + 1 < unit->n_tokens ? token + 1 : NULL;
    const bool joined = before != NULL && (token->flags & TOKEN_SPACE_BEFORE) == 0;
    if (joined && !may_stand_before(before) && !is_mark(before, '<')) {
        return true;
    }
    if (joined && before->mark == '/' && behind != NULL && behind->kind == TOKEN_MARK &&
        behind->mark == '/' && (behind->flags & TOKEN_SPACE_BEFORE) == 0) {
        return true; /* of a path */
    }
    if (before != NULL && at > 1 && before->kind == TOKEN_MARK && before->mark == '-' &&
        (before->flags & TOKEN_SPACE_BEFORE) == 0 && is_word(before - 1)) {
        return true;
    }
    if (behind == NULL || (behind->flags & TOKEN_SPACE_BEFORE) != 0) {
        return false;
    }
    return behind->kind != TOKEN_MARK || behind->mark == '-' || behind->mark == '@' ||
           behind->mark == '*' || behind->mark == '_' ||
           (behind->mark >= 0x80 && behind->mark < 0xC0 && behind->mark != 0xBB);
}

static bool is_ascii(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Notes that the word and its neighbour are one word that a blank divides: "govern ment". */
static galley_status try_join(struct check_run *run, const struct unit *unit,
                              struct candidate *candidate, const struct token *first) {
    enum { SEEN = 75, SHORTEST = 6 };
    const struct token *second = first + 1;
    const size_t len = (size_t)first->len + second->len;
    char text[LIMIT_WORD_LEN];
    if (len > sizeof text || len < SHORTEST || first->kind != TOKEN_WORD ||
        second->kind != TOKEN_WORD || second->letter_case != CASE_LOWER ||
        first->letter_case > CASE_TITLE || candidate->joined != NULL ||
        (second->flags & (TOKEN_SPACE_BEFORE | TOKEN_LINE_BEFORE)) != TOKEN_SPACE_BEFORE) {
        return GALLEY_OK;
    }
    memcpy(text, unit_token_text(unit, first), first->len);
    memcpy(text + first->len, unit_token_text(unit, second), second->len);
    const uint32_t form = pack_find(run->pack, text, len);
    if (form >= pack_n_lower_forms(run->pack) || pack_facts(run->pack, form)->zipf < SEEN) {
        return GALLEY_OK;
    }
    candidate->joined = (char *)(uintptr_t)arena_copy(run->arena, text, len).data;
    candidate->joined_len = (uint32_t)len;
    candidate->joined_span = unit_span(unit, first->offset, second->offset + second->len);
    return candidate->joined == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

static bool is_among_names(const struct unit *unit, uint32_t at) {
    const struct token *before = token_before(unit, at);
    const struct token *behind = token_behind(unit, at);
    return (before != NULL && is_capital(before)) || (behind != NULL && is_capital(behind));
}

/* Whether two words near the one at `at` are strange: a quotation in another language, perhaps. */
static bool is_among_strange(const struct check_run *run, const struct unit *unit, uint32_t at) {
    enum { REACH = 3, MANY = 2 };
    unsigned n = 0;
    for (uint32_t i = at;
         i > 0 && at - i < REACH && (unit->tokens[i].flags & TOKEN_SENTENCE_START) == 0; i--) {
        n += is_strange(run, &unit->tokens[i - 1]);
    }
    for (uint32_t i = at + 1; i < unit->n_tokens && i - at <= REACH &&
                              (unit->tokens[i].flags & TOKEN_SENTENCE_START) == 0;
         i++) {
        n += is_strange(run, &unit->tokens[i]);
    }
    return n >= MANY;
}

/* Among the particles of a name: "Daniel arap Moi", "Casa de las Gaviotas". */
static bool is_between_names(const struct check_run *run, const struct unit *unit, uint32_t at) {
    enum { PARTICLES_MAX = 3 };
    const struct token *behind = token_behind(unit, at);
    const struct token *before = token_before(unit, at);
    for (int n = 1;
         before != NULL && n < PARTICLES_MAX && before->kind == TOKEN_WORD &&
         before->letter_case == CASE_LOWER && before->len <= LONGEST_PARTICLE &&
         before->form != FORM_NONE && (pack_signs(run->pack, before->form) & SIGN_FUNCTION) == 0;
         n++) {
        before = token_before(unit, (uint32_t)(before - unit->tokens));
    }
    return before != NULL && behind != NULL && is_name_word(run, before) &&
           is_name_word(run, behind);
}

/* Looks at the words around. */
static galley_status place_candidate(struct check_run *run, const struct unit *unit, uint32_t at,
                                     struct candidate *candidate) {
    const struct token *before = token_before(unit, at);
    const struct token *behind = token_behind(unit, at);
    galley_status status = GALLEY_OK;
    candidate->among_names = is_among_names(unit, at);
    candidate->between_names = is_between_names(run, unit, at);
    candidate->among_strange = is_among_strange(run, unit, at);
    candidate->starts = before == NULL ||
                        (before->kind == TOKEN_MARK &&
                         (before->mark >= 0x80 || before->mark == ':' || is_opening(before->mark)));
    if (before != NULL && is_word(before)) {
        candidate->among_unknown |= is_strange(run, before);
        if (candidate->letter_case == CASE_LOWER && !candidate->is_part) {
            status = try_join(run, unit, candidate, before);
        }
    }
    if (behind != NULL && is_word(behind)) {
        candidate->among_unknown |= is_strange(run, behind);
        if (status == GALLEY_OK && !candidate->is_part) {
            status = try_join(run, unit, candidate, &unit->tokens[at]);
        }
    }
    return status;
}

static galley_status remember(struct check_run *run, const struct unit *unit, uint32_t at,
                              size_t offset, size_t len, unsigned letter_case) {
    const struct token *token = &unit->tokens[at];
    struct candidate *candidate = add_candidate(run);
    if (candidate == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    candidate->span = unit_span(unit, offset, offset + len);
    candidate->text = unit->text + offset;
    candidate->len = (uint32_t)len;
    candidate->letter_case = (uint8_t)letter_case;
    candidate->is_part = (token->flags & TOKEN_HYPHEN) != 0;
    candidate->part_at = (uint32_t)(offset - token->offset);
    candidate->whole_len = token->len;
    candidate->in_code = is_in_code(unit, at);
    candidate->divide_only =
        !candidate->is_part && ((token->flags & TOKEN_DIGIT) != 0 || letter_case == CASE_MIXED);
    candidate->slip_only = candidate->is_part && token->letter_case != CASE_LOWER;
    ((struct state *)run->state)->n_small += letter_case == CASE_LOWER;
    return place_candidate(run, unit, at, candidate);
}

/* "dif-ferent": a word that the end of a line divided. */
static bool is_hyphenated(const struct check_run *run, const char *word, size_t word_len) {
    char text[LIMIT_WORD_LEN];
    size_t len = 0;
    for (size_t i = 0; i < word_len; i++) {
        if (word[i] != '-') {
            text[len] = word[i];
            len++;
        }
    }
    return pack_find(run->pack, text, len) != FORM_NONE;
}

/* The parts of a word with hyphens that are no words: "so-callde", "ati-war". */
static galley_status remember_parts(struct check_run *run, const struct unit *unit, uint32_t at) {
    const struct token *token = &unit->tokens[at];
    const char *text = unit_token_text(unit, token);
    galley_status status = GALLEY_OK;
    size_t begin = 0;
    if (is_hyphenated(run, text, token->len)) {
        return GALLEY_OK;
    }
    while (begin < token->len && status == GALLEY_OK) {
        const char *hyphen = memchr(text + begin, '-', token->len - begin);
        const size_t end = hyphen == NULL ? token->len : (size_t)(hyphen - text);
        size_t len = end - begin;
        /* "Lee Jung-wook" is a name, "Rubio-bakced" is not. */
        bool is_small = begin == 0 || token->letter_case == CASE_LOWER ||
                        (len > SHORTEST_PART && !is_among_names(unit, at));
        for (size_t i = begin; i < end; i++) {
            is_small = is_small && text[i] >= 'a' && text[i] <= 'z';
        }
        if (is_small && len >= SHORTEST_WORD &&
            pack_find(run->pack, text + begin, len) >= pack_n_lower_forms(run->pack) &&
            !spelling_is_prefix(run->spelling, text + begin, len)) {
            status = remember(run, unit, at, token->offset + begin, len, CASE_LOWER);
        }
        begin = end + 1;
    }
    return status;
}

static galley_status take_unknown(struct check_run *run, const struct unit *unit, uint32_t at) {
    const struct token *token = &unit->tokens[at];
    const char *text = unit_token_text(unit, token);
    size_t len = token->len;
    if (token->kind != TOKEN_WORD || len < SHORTEST_WORD || len > LIMIT_WORD_LEN ||
        (token->flags & TOKEN_DOT) != 0 || is_piece(unit, at) ||
        check_is_user_word(run, text, len)) {
        return GALLEY_OK;
    }
    if ((token->flags & TOKEN_HYPHEN) != 0) {
        return remember_parts(run, unit, at);
    }
    if ((token->flags & TOKEN_APOSTROPHE) != 0) {
        size_t host_len = len;
        if (pack_find_host(run->pack, text, len, &host_len) < pack_n_lower_forms(run->pack)) {
            return GALLEY_OK; /* a word and a clitic */
        }
        if (host_len < len && is_ascii(text, host_len) && memchr(text, '\'', host_len) == NULL) {
            len = host_len;
        }
    }
    if (token->letter_case == CASE_LOWER && token->form != FORM_NONE &&
        (pack_facts(run->pack, token->form)->flags & (FORM_CALENDAR | FORM_DEMONYM)) != 0) {
        return GALLEY_OK; /* the check capitalization's */
    }
    if (token->letter_case == CASE_UPPER || len < SHORTEST_WORD) {
        return GALLEY_OK;
    }
    return remember(run, unit, at, token->offset, len, token->letter_case);
}

/* Which forms the text has with a capital: "Trumpon" is "Trump on" in a text about Trump. */
static void mark_names(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    for (size_t i = 0; i < unit->n_capitals; i++) {
        const uint32_t form = unit->tokens[unit->capitals[i]].form;
        if (form != FORM_NONE) {
            state->names[form / 8] |= (uint8_t)(1U << form % 8);
        }
    }
}

/* ---- spelling standards ---- */

/* FORM_VARIANT_A or FORM_VARIANT_B, where the token is a word of one standard only; 0: no. */
static uint16_t standard_of(const struct check_run *run, const struct token *token) {
    const uint16_t both = FORM_VARIANT_A | FORM_VARIANT_B;
    if (token->form >= pack_n_lower_forms(run->pack) ||
        (token->letter_case == CASE_TITLE && (token->flags & TOKEN_SENTENCE_START) == 0)) {
        return 0; /* "the Labour Party" */
    }
    const uint16_t flags = pack_facts(run->pack, token->form)->flags & both;
    return flags == both ? 0 : flags;
}

/* Suggests the other standard's spelling of the word, with its capital. */
static galley_status suggest_other_standard(struct check_run *run, struct issue *issue,
                                            const struct standard_word *word) {
    enum { SPELLINGS = 4 };
    const uint32_t form = pack_find(run->pack, word->text, word->len);
    uint32_t forms[SPELLINGS];
    const size_t n = pack_variants(run->pack, form, forms, SPELLINGS);
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < n && i < SPELLINGS && status == GALLEY_OK; i++) {
        char text[LIMIT_WORD_LEN];
        const galley_string spelling = pack_form_text(run->pack, forms[i]);
        if ((pack_facts(run->pack, forms[i])->flags & word->standard) == 0 && spelling.len > 0 &&
            spelling.len <= sizeof text) {
            memcpy(text, spelling.data, spelling.len);
            const bool has_capital = word->text[0] >= 'A' && word->text[0] <= 'Z';
            text[0] = has_capital && text[0] >= 'a' && text[0] <= 'z' ? (char)(text[0] - 'a' + 'A')
                                                                      : text[0];
            status = check_suggest(run, issue, text, spelling.len);
        }
    }
    return status;
}

/* Takes the words of one standard: reports those of the other than the settings name, or keeps all
 * to see whether the document mixes them. */
static galley_status check_standards(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    const uint16_t wanted = spelling_standard(run->spelling);
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_noted && status == GALLEY_OK; i++) {
        const struct token *token = &unit->tokens[unit->noted[i].token];
        const uint16_t standard =
            (unit->noted[i].signs & SIGN_STANDARD) == 0 ? 0 : standard_of(run, token);
        const struct standard_word word = {
            .span = unit_span(unit, token->offset, token->offset + token->len),
            .text = unit_token_text(unit, token),
            .len = token->len,
            .standard = standard};
        if (standard == 0 || standard == wanted || check_is_user_word(run, word.text, word.len)) {
            continue;
        }
        if (wanted != 0) {
            struct issue *issue;
            status = check_report(run, word.span, GALLEY_MINOR, &issue,
                                  "“%.*s” is not the spelling of the text’s language",
                                  (int)word.len, word.text);
            status = status == GALLEY_OK ? suggest_other_standard(run, issue, &word) : status;
            continue;
        }
        if (state->standards == NULL) {
            state->standards =
                arena_allocate(run->arena, STANDARD_WORDS_MAX * sizeof *state->standards);
            if (state->standards == NULL) {
                return GALLEY_ERROR_MEMORY;
            }
        }
        if (state->n_standards < STANDARD_WORDS_MAX) {
            state->standards[state->n_standards] = word;
            state->n_standards++;
        }
    }
    return status;
}

static galley_status report_mixed(struct check_run *run, const struct standard_word *word,
                                  const struct standard_word *usual, galley_severity severity) {
    struct issue *issue;
    galley_status status =
        check_report(run, word->span, severity, &issue,
                     "“%.*s” is of another spelling standard than “%.*s” in this text",
                     (int)word->len, word->text, (int)usual->len, usual->text);
    if (status == GALLEY_OK) {
        status = suggest_other_standard(run, issue, word);
    }
    return status == GALLEY_OK ? check_relate(run, issue, usual->span, "the other standard")
                               : status;
}

/* "The colour of the center", where no standard is asked for. A few words against many are slips;
 * where the two are about even, the first of the rarer ones is enough to say so. */
static galley_status check_mixture(struct check_run *run) {
    enum { FEW = 3 }; /* times as many are of the other standard */
    const struct state *state = run->state;
    size_t n_first = 0; /* of the standard that comes first */
    for (size_t i = 0; i < state->n_standards; i++) {
        n_first += state->standards[i].standard == state->standards[0].standard;
    }
    const size_t n_second = state->n_standards - n_first;
    if (n_second == 0) {
        return GALLEY_OK;
    }
    const struct standard_word *second = state->standards;
    while (second->standard == state->standards[0].standard) {
        second++;
    }
    const bool first_is_usual = n_first >= n_second;
    const struct standard_word *usual = first_is_usual ? state->standards : second;
    const size_t n_usual = first_is_usual ? n_first : n_second;
    const size_t n_rare = state->n_standards - n_usual;
    if (n_usual < FEW * n_rare) {
        return report_mixed(run, first_is_usual ? second : state->standards, usual, GALLEY_NEUTRAL);
    }
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < state->n_standards && status == GALLEY_OK; i++) {
        if (state->standards[i].standard != usual->standard) {
            status = report_mixed(run, &state->standards[i], usual, GALLEY_MINOR);
        }
    }
    return status;
}

/* ---- words with a blank inside ---- */

static bool is_plain(const struct token *token) {
    const unsigned compound = TOKEN_HYPHEN | TOKEN_APOSTROPHE | TOKEN_DIGIT | TOKEN_DOT;
    return token->kind == TOKEN_WORD && (token->flags & compound) == 0;
}

/* "This may be cause for alarm": the left half is a function word, and what follows the right one
 * goes with a noun. */
static bool is_noun_phrase(const struct check_run *run, const struct unit *unit, uint32_t right) {
    const struct token *behind = token_behind(unit, right);
    return (pack_signs(run->pack, unit->tokens[right - 1].form) & SIGN_FUNCTION) != 0 &&
           behind != NULL && check_has_part(run, behind, PART_ADPOSITION);
}

/* Reports token `at` and the next, where they are halves of one word: "to gether". */
static galley_status check_halves(struct check_run *run, const struct unit *unit, uint32_t at) {
    const struct token *left = &unit->tokens[at];
    const struct token *right = left + 1;
    char text[LIMIT_WORD_LEN];
    if (at + 1 >= unit->n_tokens || !is_plain(left) || !is_plain(right) ||
        left->letter_case > CASE_TITLE || right->letter_case != CASE_LOWER ||
        (right->flags & (TOKEN_SPACE_BEFORE | TOKEN_LINE_BEFORE)) != TOKEN_SPACE_BEFORE ||
        left->len + right->len > sizeof text) {
        return GALLEY_OK;
    }
    memcpy(text, unit_token_text(unit, left), left->len);
    memcpy(text + left->len, unit_token_text(unit, right), right->len);
    const size_t len = left->len + right->len;
    const uint32_t whole = pack_find(run->pack, text, len);
    const enum halves halves = halves_judge(run->pack, left->form, right->form, whole);
    if (halves == HALVES_NONE || (halves == HALVES_LIKELY && is_noun_phrase(run, unit, at + 1)) ||
        check_is_user_word(run, text, left->len) ||
        check_is_user_word(run, text + left->len, right->len)) {
        return GALLEY_OK;
    }
    struct issue *issue;
    const galley_status status =
        check_report(run, unit_span(unit, left->offset, right->offset + right->len),
                     halves == HALVES_CERTAIN ? run->check->severity : GALLEY_MINOR, &issue,
                     "“%.*s” looks like one word with a blank inside", (int)len, text);
    return status == GALLEY_OK ? check_suggest(run, issue, text, len) : status;
}

static galley_status check_noted_halves(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_noted && status == GALLEY_OK; i++) {
        const uint32_t at = unit->noted[i].token;
        if ((unit->noted[i].signs & SIGN_HALF) == 0) {
            continue;
        }
        if (at > 0 && (unit->tokens[at].flags & TOKEN_SENTENCE_START) == 0) {
            status = check_halves(run, unit, at - 1);
        }
        if (status == GALLEY_OK) {
            status = check_halves(run, unit, at);
        }
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (state->names == NULL) {
        state->names = arena_allocate_zeroed(run->arena, pack_n_forms(run->pack) / 8 + 1);
        if (state->names == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    state->n_words += unit->n_tokens;
    mark_names(run, unit);
    galley_status status = GALLEY_OK;
    if ((unit->signs & SIGN_STANDARD) != 0) {
        status = check_standards(run, unit);
    }
    if (status == GALLEY_OK && (unit->signs & SIGN_HALF) != 0) {
        status = check_noted_halves(run, unit);
    }
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        status = take_unknown(run, unit, unit->unknown[i]);
    }
    return status;
}

/* ---- deciding ---- */

/* The words of the candidates, and how often the text has each. */
struct uses {
    uint32_t *slots;  /* index + 1 of a word's first candidate */
    uint32_t *counts; /* by candidate: of its word, where it is the first */
    uint32_t *firsts; /* by candidate */
    size_t n_slots;
};

static uint32_t hash_word(const char *text, size_t len) {
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    }
    return hash ^ hash >> 15;
}

/* The place of the word in uses->slots. */
static size_t find_use(const struct state *state, const struct uses *uses, const char *text,
                       size_t len) {
    size_t at = hash_word(text, len) & (uses->n_slots - 1);
    while (uses->slots[at] != 0) {
        const struct candidate *candidate = &state->candidates[uses->slots[at] - 1];
        if (candidate->len == len && memcmp(candidate->text, text, len) == 0) {
            break;
        }
        at = (at + 1) & (uses->n_slots - 1);
    }
    return at;
}

static bool count_uses(struct check_run *run, struct uses *uses) {
    const struct state *state = run->state;
    uses->n_slots = 64;
    while (uses->n_slots < 2 * state->n_candidates) {
        uses->n_slots *= 2;
    }
    uses->slots = arena_allocate_zeroed(run->arena, uses->n_slots * sizeof *uses->slots);
    uses->counts = arena_allocate_zeroed(run->arena, state->n_candidates * sizeof *uses->counts);
    uses->firsts = arena_allocate_zeroed(run->arena, state->n_candidates * sizeof *uses->firsts);
    if (uses->slots == NULL || uses->counts == NULL || uses->firsts == NULL) {
        return false;
    }
    for (size_t i = 0; i < state->n_candidates; i++) {
        const struct candidate *candidate = &state->candidates[i];
        const size_t at = find_use(state, uses, candidate->text, candidate->len);
        if (uses->slots[at] == 0) {
            uses->slots[at] = (uint32_t)i + 1;
        }
        uses->firsts[i] = uses->slots[at] - 1;
        uses->counts[uses->firsts[i]]++;
    }
    return true;
}

static void write_texts(const struct check_run *run, const struct candidate *candidate,
                        struct suggestion *slips, size_t n_slips) {
    spelling_write_texts(run->spelling, candidate->text, candidate->len, slips, n_slips);
}

static galley_status report_division(struct check_run *run, const struct candidate *candidate,
                                     const struct division *division, struct suggestion *slips,
                                     size_t n_slips) {
    write_texts(run, candidate, slips, n_slips);
    char text[LIMIT_WORD_LEN + 2];
    size_t len = 0;
    for (size_t i = 0; i < candidate->len; i++) {
        if (i == division->at || (division->second_at > 0 && i == division->second_at)) {
            text[len] = ' ';
            len++;
        }
        text[len] = candidate->text[i];
        len++;
    }
    struct issue *issue;
    galley_status status =
        check_report(run, candidate->span, run->check->severity, &issue,
                     "“%.*s” looks like %s words run together", (int)candidate->len,
                     candidate->text, division->second_at > 0 ? "three" : "two");
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, text, len);
    }
    for (size_t i = 0; i < n_slips && status == GALLEY_OK; i++) {
        status = check_suggest(run, issue, slips[i].text, slips[i].len);
    }
    return status;
}

static galley_status report_slip(struct check_run *run, const struct candidate *candidate,
                                 struct suggestion *slips, size_t n_slips, const char *division,
                                 size_t division_len) {
    write_texts(run, candidate, slips, n_slips);
    struct issue *issue;
    galley_status status =
        check_report(run, candidate->span, run->check->severity, &issue, "“%.*s” looks misspelt",
                     (int)candidate->len, candidate->text);
    for (size_t i = 0; i < n_slips && status == GALLEY_OK; i++) {
        status = check_suggest(run, issue, slips[i].text, slips[i].len);
    }
    if (status == GALLEY_OK && division_len > 0) {
        status = check_suggest(run, issue, division, division_len);
    }
    return status;
}

/* Whether a slip is looked for at all: a name is none. */
static bool may_be_slip(const struct candidate *candidate, uint32_t n_uses) {
    enum { SHORTEST_CAPITAL = 6 };
    if (candidate->divide_only || candidate->among_unknown) {
        return false;
    }
    return candidate->letter_case != CASE_TITLE ||
           (candidate->len >= SHORTEST_CAPITAL && n_uses == 1 && !candidate->among_names);
}

/* Which of the slips makes a word with hyphens right that the pack knows ("well-known" of
 * "wel-known"); n_slips: none. */
static size_t find_in_compound(const struct check_run *run, const struct candidate *candidate,
                               const struct suggestion *slips, size_t n_slips) {
    char text[LIMIT_WORD_LEN];
    const char *whole = candidate->text - candidate->part_at;
    const size_t behind_len = candidate->whole_len - candidate->part_at - candidate->len;
    size_t i = candidate->is_part ? 0 : n_slips;
    for (; i < n_slips; i++) {
        const size_t len = candidate->part_at + slips[i].len + behind_len;
        if (len <= sizeof text) {
            memcpy(text, whole, candidate->part_at);
            memcpy(text + candidate->part_at, slips[i].text, slips[i].len);
            memcpy(text + candidate->part_at + slips[i].len, candidate->text + candidate->len,
                   behind_len);
            if (pack_find(run->pack, text, len) < pack_n_lower_forms(run->pack)) {
                break;
            }
        }
    }
    return i;
}

static bool is_slip(const struct check_run *run, const struct candidate *candidate,
                    struct suggestion *slips, size_t n_slips, uint32_t n_uses) {
    static const float for_second_use = 0.8F;
    static const float for_capital = 1.6F;
    static const float for_verb_between_names = 1.0F; /* "Duarte ssid Monday" */
    static const float for_code = 1.0F;
    enum { COMMON = 100, OWN_WORD = 80 }; /* Zipf values × 25 */
    const unsigned own = spelling_own_zipf(run->spelling, candidate->text, candidate->len);
    const size_t of_compound = find_in_compound(run, candidate, slips, n_slips);
    if (of_compound < n_slips && own < OWN_WORD) {
        const struct suggestion first = slips[of_compound];
        memmove(slips + 1, slips, of_compound * sizeof *slips);
        slips[0] = first;
        return true;
    }
    if (candidate->part_at > 0 && candidate->len <= SHORTEST_PART) {
        return false; /* "candidate-itis" */
    }
    const struct suggestion *slip = &slips[0];
    const struct form_facts *facts = pack_facts(run->pack, slip->form);
    float wanted = spelling_wanted_margin(candidate->len) + (n_uses > 1 ? for_second_use : 0);
    if ((facts->flags & FORM_LOWER) == 0) {
        return false; /* near a name: the check entity's */
    }
    if (candidate->is_part && candidate->len < SHORTEST_PART &&
        !spelling_is_prefix(run->spelling, slip->text, slip->len)) {
        return false;
    }
    if (candidate->between_names && candidate->len <= LONGEST_PARTICLE &&
        (facts->classes & CLASS_FUNCTION) == 0) {
        const uint32_t verbs = PART_VERB_PAST | PART_VERB_SINGULAR;
        if ((facts->parts & verbs) == 0) {
            return false;
        }
        wanted += for_verb_between_names;
    }
    wanted += candidate->letter_case == CASE_TITLE ? for_capital : 0;
    wanted += candidate->in_code ? for_code : 0;
    if (candidate->letter_case == CASE_TITLE && facts->zipf < COMMON) {
        return false;
    }
    return spelling_slips_margin(run->spelling, slips, candidate->between_names ? 1 : n_slips,
                                 own) >= wanted;
}

/* A long word that nothing speaks for, and that two slips make of a common one: "goverenmnet". Such
 * a search is long, so that a text may only have some; words of other languages would ask for them
 * all. */
static size_t suggest_twice(struct check_run *run, const struct candidate *candidate,
                            uint32_t n_uses, struct suggestion *slips) {
    static const float for_second_slip = 2.0F;
    static const float slips_most = 2.6F; /* two letters too many are another word: "clear-eyed" */
    enum { SEARCHES = 4, WORDS_A_SEARCH = 100000 };
    struct state *state = run->state;
    if (n_uses > 1 || candidate->letter_case != CASE_LOWER || candidate->is_part ||
        candidate->among_unknown || candidate->between_names || candidate->in_code ||
        candidate->len < SPELLING_TWICE_MIN || candidate->len > SPELLING_TWICE_MAX ||
        state->n_searches >= SEARCHES + state->n_words / WORDS_A_SEARCH ||
        spelling_own_zipf(run->spelling, candidate->text, candidate->len) > 0) {
        return 0;
    }
    state->n_searches++;
    const size_t n = spelling_suggest_twice(run->spelling, candidate->text, candidate->len, slips,
                                            N_SUGGESTIONS);
    return n > 0 && slips[0].slip <= slips_most &&
                   (pack_facts(run->pack, slips[0].form)->flags & FORM_LOWER) != 0 &&
                   spelling_slip_margin(run->spelling, &slips[0], 0) >=
                       spelling_wanted_margin(candidate->len) + for_second_slip
               ? n
               : 0;
}

/* "Degtyaryovfor" in a text that has "Degtyaryov", which the pack does not know. */
static bool divide_behind_unknown(const struct check_run *run, const struct uses *uses,
                                  const struct candidate *candidate, struct division *division) {
    enum { SHORTEST_NAME = 4, COMMON_FUNCTION = 140 };
    const struct state *state = run->state;
    for (size_t at = SHORTEST_NAME; at + 2 <= candidate->len; at++) {
        const char *rest = candidate->text + at;
        if (*rest < 'a' || *rest > 'z' ||
            uses->slots[find_use(state, uses, candidate->text, at)] == 0) {
            continue;
        }
        const uint32_t form = pack_find(run->pack, rest, candidate->len - at);
        if (form != FORM_NONE && (pack_facts(run->pack, form)->classes & CLASS_FUNCTION) != 0) {
            *division =
                (struct division){.strength = DIVISION_LIKELY,
                                  .at = at,
                                  .left = FORM_NONE,
                                  .zipf = pack_facts(run->pack, form)->zipf + COMMON_FUNCTION};
            return true;
        }
    }
    return false;
}

static bool is_division(const struct check_run *run, const struct candidate *candidate,
                        const struct division *division, uint32_t n_uses) {
    static const float of_new_word = 4.0F;
    enum { SHORTEST_AMONG_UNKNOWN = 6 };
    const struct state *state = run->state;
    if (division->strength == DIVISION_NONE || candidate->slip_only ||
        (candidate->part_at > 0 && candidate->len <= SHORTEST_PART)) {
        return false;
    }
    const float own =
        (float)spelling_own_zipf(run->spelling, candidate->text, candidate->len) / 25.0F;
    if (division->strength != DIVISION_CERTAIN &&
        own - of_new_word > spelling_division_margin(division)) {
        return false;
    }
    if (candidate->letter_case == CASE_LOWER) {
        return !candidate->among_unknown || candidate->len >= 8 ||
               (candidate->len >= SHORTEST_AMONG_UNKNOWN && own == 0 &&
                spelling_division_margin(division) >= 0);
    }
    const bool seen = division->left != FORM_NONE &&
                      (state->names[division->left / 8] >> division->left % 8 & 1) != 0;
    if (candidate->letter_case != CASE_TITLE) {
        return division->strength >= DIVISION_LIKELY || seen;
    }
    return n_uses == 1 && (division->strength >= DIVISION_LIKELY || seen) &&
           (own < 1.6F || division->strength == DIVISION_CERTAIN);
}

/* "tosupport", a word of nobody's, of two that stand side by side all the time: no text makes a
 * word of its own of them, however often it has it. */
static bool is_never_one(const struct check_run *run, const struct candidate *candidate) {
    if (candidate->letter_case != CASE_LOWER || candidate->slip_only || candidate->part_at > 0 ||
        spelling_own_zipf(run->spelling, candidate->text, candidate->len) > 0) {
        return false;
    }
    const struct division division = spelling_divide(run->spelling, candidate->text, candidate->len,
                                                     CASE_LOWER, candidate->starts);
    return division.strength >= DIVISION_LIKELY && spelling_division_margin(&division) >= 0;
}

/* Whether two words near the candidate are unknown and no slips either. */
static bool is_among_foreign(const struct check_run *run, size_t index) {
    enum { REACH = 3, NEAR = 48, MANY = 2 }; /* candidates, bytes */
    const struct state *state = run->state;
    const struct candidate *candidate = &state->candidates[index];
    const size_t begin = index < REACH ? 0 : index - REACH;
    unsigned n = 0;
    for (size_t i = begin; i < state->n_candidates && i <= index + REACH; i++) {
        struct candidate *other = &state->candidates[i];
        const size_t far = i < index ? candidate->span.begin - other->span.begin
                                     : other->span.begin - candidate->span.begin;
        if (i == index || other->letter_case != CASE_LOWER || far > NEAR) {
            continue;
        }
        if (!other->judged) {
            other->judged = true;
            other->explained = spelling_explains(run->spelling, other->text, other->len);
        }
        n += !other->explained;
    }
    return n >= MANY;
}

static galley_status decide(struct check_run *run, const struct uses *uses,
                            struct candidate *candidate, uint32_t n_uses) {
    const struct state *state = run->state;
    if (n_uses >= OFTEN && !is_never_one(run, candidate)) {
        return GALLEY_OK;
    }
    if (candidate->among_strange && !candidate->among_unknown) {
        candidate->among_unknown = is_among_foreign(run, (size_t)(candidate - state->candidates));
    }
    if (candidate->joined != NULL && !candidate->among_unknown) {
        struct issue *issue;
        galley_status status =
            check_report(run, candidate->joined_span, run->check->severity, &issue,
                         "“%.*s” looks like one word with a blank inside",
                         (int)candidate->joined_len, candidate->joined);
        return status != GALLEY_OK
                   ? status
                   : check_suggest(run, issue, candidate->joined, candidate->joined_len);
    }
    static const float slip_share = 4.2F; /* of one slip of all that may be: 5 less the unseen */
    struct suggestion slips[N_SUGGESTIONS];
    size_t n_slips = 0;
    struct division division;
    division = spelling_divide(run->spelling, candidate->text, candidate->len,
                               candidate->letter_case, candidate->starts);
    const bool divided = is_division(run, candidate, &division, n_uses) ||
                         (candidate->letter_case > CASE_LOWER && n_uses == 1 &&
                          divide_behind_unknown(run, uses, candidate, &division));
    if (divided || may_be_slip(candidate, n_uses)) {
        n_slips =
            spelling_suggest(run->spelling, candidate->text, candidate->len, slips, N_SUGGESTIONS);
    }
    if (candidate->is_part) {
        write_texts(run, candidate, slips, n_slips); /* is_slip reads them */
    }
    const bool slipped = n_slips > 0 && may_be_slip(candidate, n_uses) &&
                         is_slip(run, candidate, slips, n_slips, n_uses);
    if (divided && !(slipped && spelling_slip_margin(run->spelling, &slips[0], 0) - slip_share >
                                    spelling_division_margin(&division))) {
        return report_division(run, candidate, &division, slips, n_slips);
    }
    if (n_slips == 0) {
        n_slips = suggest_twice(run, candidate, n_uses, slips);
        return n_slips > 0 ? report_slip(run, candidate, slips, n_slips, NULL, 0) : GALLEY_OK;
    }
    return slipped ? report_slip(run, candidate, slips, n_slips, NULL, 0) : GALLEY_OK;
}

static galley_status check_document(struct check_run *run) {
    const struct state *state = run->state;
    struct uses uses;
    galley_status status = check_mixture(run);
    if (state->n_candidates == 0 || status != GALLEY_OK) {
        return status;
    }
    if (!count_uses(run, &uses)) {
        return GALLEY_ERROR_MEMORY;
    }
    const bool is_foreign =
        state->n_small > FOREIGN_WORDS && state->n_small > state->n_words / FOREIGN_SHARE;
    for (size_t i = 0; i < state->n_candidates && !is_foreign && status == GALLEY_OK; i++) {
        status = decide(run, &uses, &state->candidates[i], uses.counts[uses.firsts[i]]);
    }
    return status;
}

const struct check check_spelling = {
    .name = "spelling",
    .its_type = "misspelling",
    .mqm = "linguistic-conventions/spelling",
    .summary = "misspelt words, and words run together",
    .explanation =
        "A word that the language does not have: a slip of a letter (“recieved”), a blank that "
        "was lost (“tosupport”, “G20due”), or one too many (“govern ment”). Names, acronyms, "
        "numbers with units, words of your own word lists and words that the document uses again "
        "and again are not reported.",
    .severity = GALLEY_MAJOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
