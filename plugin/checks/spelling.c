/*
 * spelling: a word that the language does not have ("recieved", "tosupport", "G20due").
 *
 * Reported is what a slip explains: one letter doubled, lost, swapped or hit beside its key in a
 * common word, or a blank that was lost before or behind a function word. Not reported: names and
 * other words with capitals, words with marks or digits in them that no lost blank explains, words
 * that the document uses again and again, new words made of known ones ("superyacht").
 *
 * The rule: for each unknown word the pack's candidates are weighed (language/spelling.h). A slip
 * must lead to a word that is far commoner than new words are; the shorter the word, the commoner.
 */
#include "checks/check.h"
#include "language/spelling.h"

#include <string.h>

enum { N_SUGGESTIONS = 5, SHORTEST_WORD = 3, SEEN_MAX = 512, OFTEN = 3 };

/* Zipf values × 25, as the pack keeps them. */
enum { ZIPF_2 = 50, ZIPF_3 = 75, ZIPF_35 = 88, ZIPF_4 = 100, ZIPF_45 = 113, ZIPF_5 = 125 };

/* A word that waits for the document's end: it may turn out to be one that the document uses. */
struct candidate {
    struct span span;
    const char *text;
    uint32_t len;
    uint32_t next; /* index + 1 of the one before with the same hash, or 0 */
    bool lost_blank;
};

struct state {
    struct candidate *candidates;
    size_t n_candidates, capacity;
    uint32_t buckets[SEEN_MAX]; /* index + 1 of the newest candidate of a hash */
};

static uint32_t bucket_of(const char *text, size_t len) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    }
    return hash % SEEN_MAX;
}

static galley_status remember(struct check_run *run, struct span span, const char *text,
                              size_t len, bool lost_blank) {
    struct state *state = run->state;
    if (state->n_candidates == state->capacity) {
        const size_t capacity = state->capacity == 0 ? 16 : state->capacity * 2;
        struct candidate *longer =
            arena_allocate(run->arena, capacity * sizeof *state->candidates);
        if (longer == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        if (state->n_candidates > 0) {
            memcpy(longer, state->candidates, state->n_candidates * sizeof *longer);
        }
        state->candidates = longer;
        state->capacity = capacity;
    }
    const uint32_t bucket = bucket_of(text, len);
    state->candidates[state->n_candidates] =
        (struct candidate){span, text, (uint32_t)len, state->buckets[bucket], lost_blank};
    state->n_candidates++;
    state->buckets[bucket] = (uint32_t)state->n_candidates;
    return GALLEY_OK;
}

/* How often the document has the word; counting stops at OFTEN. */
static size_t count_uses(const struct state *state, const struct candidate *candidate) {
    size_t n = 0;
    size_t steps = 0;
    uint32_t at = state->buckets[bucket_of(candidate->text, candidate->len)];
    while (at != 0 && n < OFTEN && steps++ < 64) {
        const struct candidate *other = &state->candidates[at - 1];
        n += other->len == candidate->len &&
             memcmp(other->text, candidate->text, candidate->len) == 0;
        at = other->next;
    }
    return n;
}

static bool is_lower_ascii(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] < 'a' || text[i] > 'z') {
            return false;
        }
    }
    return true;
}

static const struct form_facts *find_facts(const struct check_run *run, const char *text,
                                           size_t len) {
    const uint32_t form = pack_find(run->pack, text, len);
    return form == FORM_NONE ? NULL : pack_facts(run->pack, form);
}

static bool is_function(const struct form_facts *facts) {
    return facts != NULL && (facts->classes & CLASS_FUNCTION) != 0;
}

/* Particles that make nouns of verbs: "takedown", "coverup". */
static bool is_particle(const struct form_facts *facts) {
    return (facts->parts & PART_PARTICLE) != 0 || (facts->parts & PART_ADVERB) != 0;
}

/* "inthe", "tosupport", "peopleof": small letters, a function word at one side, a common word at
 * the other. */
static bool is_lost_blank(const struct check_run *run, const char *text, size_t len) {
    for (size_t i = 1; i < len; i++) {
        const struct form_facts *left = find_facts(run, text, i);
        const struct form_facts *right =
            left == NULL ? NULL : find_facts(run, text + i, len - i);
        if (right == NULL || (i == 1 && text[0] != 'a') || len - i == 1) {
            continue;
        }
        const bool left_function = is_function(left);
        const bool right_function = is_function(right);
        if (left_function && right_function && len >= 4) {
            return true;
        }
        if (left_function && i >= 2 && len - i >= 3 && right->zipf >= ZIPF_3 &&
            !(is_particle(left) && i > 2)) {
            return true;
        }
        if (right_function && i >= 3 && left->zipf >= ZIPF_3 && (left->flags & FORM_LOWER) != 0 &&
            !(is_particle(right) && (left->parts & PART_VERB_BASE) != 0)) {
            return true;
        }
    }
    return false;
}

/* "G20due", "toUkraine", "Ukrainewas", "Inthe": where the blank was lost, or 0. */
static size_t find_lost_blank(const struct check_run *run, const struct unit *unit,
                              const struct token *token) {
    const char *text = unit_token_text(unit, token);
    const size_t len = token->len;
    size_t behind_digit = 0;
    for (size_t i = 1; i < len; i++) {
        if (text[i - 1] >= '0' && text[i - 1] <= '9') {
            behind_digit = i;
        }
    }
    if (behind_digit > 0) {
        const char *rest = text + behind_digit;
        const size_t rest_len = len - behind_digit;
        const struct form_facts *facts =
            rest_len >= 2 && is_lower_ascii(rest, rest_len) ? find_facts(run, rest, rest_len)
                                                            : NULL;
        const bool is_word = facts != NULL && (facts->flags & FORM_UNIT) == 0 &&
                             (is_function(facts) || (rest_len >= 3 && facts->zipf >= ZIPF_4));
        return is_word && text[0] >= 'A' && text[0] <= 'Z' ? behind_digit : 0;
    }
    for (size_t i = 2; i + 1 < len; i++) {
        const bool hump = text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' &&
                          text[i - 1] <= 'z';
        if (token->letter_case == CASE_MIXED && !hump) {
            continue;
        }
        const struct form_facts *left = find_facts(run, text, i);
        const struct form_facts *right = left == NULL ? NULL : find_facts(run, text + i, len - i);
        if (right == NULL) {
            continue;
        }
        if (token->letter_case == CASE_MIXED) {
            if (text[0] >= 'a' && text[0] <= 'z' && is_function(left) && len - i >= 3) {
                return i;
            }
            continue;
        }
        const bool starts = (token->flags & TOKEN_SENTENCE_START) != 0;
        const bool left_name = (left->flags & FORM_LOWER) == 0 && left->zipf >= ZIPF_35;
        if (is_function(right) && len - i >= 2 && i >= 4 &&
            (left_name || (starts && left->zipf >= ZIPF_45))) {
            return i;
        }
        if (is_function(left) && starts && len - i >= 2 &&
            (is_function(right) ||
             (right->zipf >= ZIPF_45 && len - i >= 4 && (right->flags & FORM_LOWER) != 0))) {
            return i;
        }
    }
    return 0;
}

static galley_status report_lost_blank(struct check_run *run, const struct unit *unit,
                                       const struct token *token, size_t at) {
    const char *text = unit_token_text(unit, token);
    char divided[LIMIT_WORD_LEN + 1];
    memcpy(divided, text, at);
    divided[at] = ' ';
    memcpy(divided + at + 1, text + at, token->len - at);
    struct issue *issue;
    galley_status status =
        check_report(run, check_span(unit, token->offset, token->offset + token->len),
                     run->check->severity, &issue, "“%.*s” looks like two words run together",
                     (int)token->len, text);
    if (status == GALLEY_OK) {
        status = check_suggest(run, issue, divided, token->len + 1);
    }
    return status;
}

/* A slip is believed when it leads to a word that is common enough for its length. */
static bool is_believed(const struct check_run *run, const struct suggestion *suggestion,
                        size_t len) {
    if (suggestion->divided || suggestion->form == FORM_NONE) {
        return false;
    }
    const struct form_facts *facts = pack_facts(run->pack, suggestion->form);
    if ((facts->flags & FORM_LOWER) == 0) {
        return false;
    }
    const unsigned wanted = len <= 4 ? ZIPF_4 : len <= 6 ? ZIPF_3 : ZIPF_2;
    return facts->zipf >= wanted;
}

/* Letters that differ, or the ends of a loan word: "-s" behind a word that the pack has. */
static bool is_inflected(const struct check_run *run, const char *text, size_t len) {
    static const char *const endings[] = {"s", "es", "ed", "er", "ers", "ing", "ly", "ness", "ish"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t ending = strlen(endings[i]);
        if (len > ending + 3 && memcmp(text + len - ending, endings[i], ending) == 0) {
            const struct form_facts *stem = find_facts(run, text, len - ending);
            if (stem != NULL && (stem->flags & FORM_LOWER) == 0) {
                return true; /* "trumpers", "obamaish": of a name */
            }
        }
    }
    return false;
}

/* The tail of the word behind a prefix that makes new words ("unpledged"), or 0. */
static bool is_derived(const struct check_run *run, const char *text, size_t len) {
    galley_string prefixes = pack_setting(run->pack, "prefixes");
    while (prefixes.len > 0) {
        const char *blank = memchr(prefixes.data, ' ', prefixes.len);
        const size_t n = blank == NULL ? prefixes.len : (size_t)(blank - prefixes.data);
        if (n > 0 && len > n + 3 && memcmp(text, prefixes.data, n) == 0) {
            const struct form_facts *facts = find_facts(run, text + n, len - n);
            if (facts != NULL && facts->zipf >= ZIPF_2) {
                return true;
            }
        }
        prefixes.data += n + (blank != NULL);
        prefixes.len -= n + (blank != NULL);
    }
    return is_inflected(run, text, len);
}

static galley_status judge_lower(struct check_run *run, const struct unit *unit,
                                 const struct token *token) {
    const char *text = unit_token_text(unit, token);
    if (!is_lower_ascii(text, token->len)) {
        return GALLEY_OK;
    }
    const struct span span = check_span(unit, token->offset, token->offset + token->len);
    const bool lost_blank = is_lost_blank(run, text, token->len);
    return remember(run, span, text, token->len, lost_blank);
}

static galley_status judge(struct check_run *run, const struct unit *unit,
                           const struct token *token) {
    const char *text = unit_token_text(unit, token);
    if (token->kind != TOKEN_WORD || token->len < SHORTEST_WORD ||
        token->len >= LIMIT_WORD_LEN || check_is_user_word(run, text, token->len)) {
        return GALLEY_OK;
    }
    if ((token->flags & (TOKEN_HYPHEN | TOKEN_NON_ASCII | TOKEN_DOT)) != 0) {
        return GALLEY_OK;
    }
    if ((token->flags & TOKEN_APOSTROPHE) != 0) {
        return GALLEY_OK;
    }
    if (token->letter_case == CASE_LOWER && (token->flags & TOKEN_DIGIT) == 0) {
        if (token->form != FORM_NONE &&
            (pack_facts(run->pack, token->form)->flags & (FORM_CALENDAR | FORM_DEMONYM)) != 0) {
            return GALLEY_OK; /* capitalization's */
        }
        return judge_lower(run, unit, token);
    }
    if (token->letter_case != CASE_UPPER) {
        const size_t at = find_lost_blank(run, unit, token);
        if (at > 0) {
            return report_lost_blank(run, unit, token, at);
        }
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        status = judge(run, unit, &unit->tokens[unit->unknown[i]]);
    }
    return status;
}

static galley_status report_word(struct check_run *run, const struct candidate *candidate,
                                 const struct suggestion *suggestions, size_t n_suggestions) {
    struct issue *issue;
    const bool divided = n_suggestions > 0 && suggestions[0].divided;
    galley_status status = check_report(
        run, candidate->span, run->check->severity, &issue,
        divided ? "“%.*s” looks like two words run together" : "“%.*s” is not a word",
        (int)candidate->len, candidate->text);
    for (size_t i = 0; i < n_suggestions && status == GALLEY_OK; i++) {
        status = check_suggest(run, issue, suggestions[i].text, suggestions[i].len);
    }
    return status;
}

static galley_status check_document(struct check_run *run) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < state->n_candidates && status == GALLEY_OK; i++) {
        const struct candidate *candidate = &state->candidates[i];
        if (!candidate->lost_blank && count_uses(state, candidate) >= OFTEN) {
            continue;
        }
        struct suggestion suggestions[N_SUGGESTIONS];
        const size_t n = spelling_suggest(run->spelling, candidate->text, candidate->len,
                                          suggestions, N_SUGGESTIONS);
        bool believed = candidate->lost_blank;
        for (size_t k = 0; k < n && !believed; k++) {
            believed = is_believed(run, &suggestions[k], candidate->len);
        }
        if (believed && !is_derived(run, candidate->text, candidate->len)) {
            status = report_word(run, candidate, suggestions, n);
        }
    }
    return status;
}

const struct check check_spelling = {
    .name = "spelling",
    .its_type = "misspelling",
    .mqm = "linguistic-conventions/spelling",
    .summary = "misspelt words, and words run together",
    .explanation =
        "A word that the language does not have: a slip of a letter (“recieved”), or a blank that "
        "was lost (“tosupport”, “G20due”). Names, acronyms, numbers with units, words of your own "
        "word lists and words that the document uses again and again are not reported.",
    .severity = GALLEY_MAJOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
