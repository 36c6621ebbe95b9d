/*
 * Lost blanks: "inthe", "toUkraine", "NATOhas", "G20due".
 *
 * A word that is none is cut at every place where both parts are words, one of them a function
 * word. What new words and names are made with (pack.ini: prefixes, suffixes, particles,
 * name-endings) counts against a cut there.
 */
#include "language/spelling_words.h"
#include "text/token.h"
#include "text/utf8.h"

#include <string.h>

/* Zipf values × 25. */
enum {
    ZIPF_SELDOM = 38,
    ZIPF_RARE = 60,
    ZIPF_KNOWN = 80,
    ZIPF_COMMON = 105,
    ZIPF_FREQUENT = 118,
    ZIPF_EVERYWHERE = 140,
    ZIPF_TOP = 170
};

/* Bytes of a word that is a word by its length alone, however seldom it is written. */
enum { LONG_WORD = 7 };

/* One side of a cut. */
struct part {
    const char *text;
    size_t len;
    uint32_t form;
    unsigned zipf;  /* × 25 */
    unsigned flags; /* set of enum form_flag */
    uint32_t parts_of_speech;
    bool is_function, is_subject; /* "I" */
    bool has_clitic;
};

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool find_part(const struct spelling *spelling, const char *text, size_t len,
                      struct part *part) {
    size_t host_len = len;
    uint32_t form = pack_find(spelling->pack, text, len);
    if (form == FORM_NONE) {
        form = pack_find_host(spelling->pack, text, len, &host_len);
    }
    if (form == FORM_NONE) {
        return false;
    }
    const struct form_facts *facts = pack_facts(spelling->pack, form);
    uint32_t classes = facts->classes;
    size_t rest_len = len;
    const uint32_t host =
        host_len < len ? form : pack_find_host(spelling->pack, text, len, &rest_len);
    if (host != FORM_NONE && (rest_len < len || host_len < len)) {
        classes |= pack_facts(spelling->pack, host)->classes; /* "that's" is one with "that" */
    }
    *part = (struct part){.text = text,
                          .len = host_len,
                          .form = form,
                          .zipf = facts->zipf,
                          .flags = facts->flags,
                          .parts_of_speech = facts->parts,
                          .is_function = (classes & CLASS_FUNCTION) != 0,
                          .is_subject = (classes & CLASS_PRONOUN_SUBJECT) != 0,
                          .has_clitic = host_len < len};
    return true;
}

/* A long word in small letters that no table of the pack has, but running text does. */
static bool find_unlisted(const struct spelling *spelling, const char *text, size_t len,
                          struct part *part) {
    const unsigned zipf = len < LONG_WORD ? 0 : unlisted_zipf(&spelling->unlisted, text, len);
    *part = (struct part){
        .text = text, .len = len, .form = FORM_NONE, .zipf = zipf, .flags = FORM_LOWER};
    return zipf > 0;
}

/* A word of some weight in small letters: the shorter, the commoner it must be. */
static bool is_content(const struct part *part) {
    const unsigned zipf = part->zipf;
    if ((part->flags & FORM_LOWER) == 0 || part->len < 3) {
        return false;
    }
    return part->len >= LONG_WORD ? true
           : part->len >= 6       ? zipf >= ZIPF_SELDOM
           : part->len >= 5       ? zipf >= ZIPF_RARE
           : part->len == 4       ? zipf >= ZIPF_KNOWN
                                  : zipf >= ZIPF_COMMON;
}

static bool is_affix(const struct affix_setting *affixes, size_t n, const struct part *part) {
    for (size_t i = 0; i < n; i++) {
        if (affixes[i].strip.len == 0 && affixes[i].add.len == part->len &&
            memcmp(affixes[i].add.data, part->text, part->len) == 0) {
            return true;
        }
    }
    return false;
}

/* "popup", "leftover": a verb or noun and a particle. */
static bool is_particle_compound(const struct spelling *spelling, const struct part *left,
                                 const struct part *right) {
    const uint32_t makers = PART_VERB_BASE;
    return right->len >= 2 && (left->parts_of_speech & makers) != 0 &&
           list_has(spelling->particles, right->text, right->len);
}

/* Both parts in small letters. */
static bool is_lower_division(const struct spelling *spelling, const struct part *left,
                              const struct part *right) {
    if ((left->flags & right->flags & FORM_LOWER) == 0) {
        return false;
    }
    if (left->is_function && right->is_function) {
        return left->len + right->len >= 3 && (left->len >= 2 || right->len >= 3);
    }
    if (left->is_function && is_content(right)) {
        return (left->len >= 2 || (right->len >= 4 && right->zipf >= ZIPF_COMMON)) &&
               !is_affix(spelling->prefixes, spelling->n_prefixes, left);
    }
    if (right->is_function && right->len >= 2 && is_content(left)) {
        return !is_affix(spelling->suffixes, spelling->n_suffixes, right) &&
               !is_particle_compound(spelling, left, right);
    }
    return false;
}

/* "Inthe", "Theproblem", "Trumpand": a capital before small letters. */
static enum division_strength title_division(const struct spelling *spelling,
                                             const struct part *left, const struct part *right,
                                             bool starts) {
    if ((right->flags & FORM_LOWER) == 0) {
        return DIVISION_NONE;
    }
    if (left->is_function && right->is_function && right->len >= 3 && !right->has_clitic &&
        right->zipf >= (list_has(spelling->name_tails, right->text, right->len)
                            ? ZIPF_TOP
                            : ZIPF_EVERYWHERE) &&
        (left->len >= 2 || left->is_subject)) {
        return DIVISION_CERTAIN; /* "Tothe", "Ihave" */
    }
    if (left->is_function && right->is_function && left->len + right->len >= 4) {
        return starts && (right->len >= 2 || left->len >= 4) ? DIVISION_CERTAIN
               : left->len >= 3 && right->len >= 2           ? DIVISION_LIKELY
                                                             : DIVISION_NONE;
    }
    if (left->is_function && starts) {
        const bool is_long =
            left->len >= 3 || right->len >= 5 || (right->len >= 4 && right->zipf >= ZIPF_FREQUENT);
        const unsigned least = right->len >= 6 && left->len >= 3 ? ZIPF_SELDOM : ZIPF_KNOWN;
        return is_long && is_content(right) && right->zipf >= least &&
                       !is_affix(spelling->prefixes, spelling->n_prefixes, left)
                   ? DIVISION_CERTAIN
                   : DIVISION_NONE;
    }
    if (!right->is_function || right->len < 2 || left->len < 3 || left->is_function) {
        return DIVISION_NONE;
    }
    const bool is_lower_word = (left->flags & FORM_LOWER) != 0;
    const bool is_common =
        is_lower_word && left->len >= 5 && left->zipf >= (starts ? ZIPF_COMMON : ZIPF_FREQUENT);
    const bool ends_name = list_has(spelling->name_endings, right->text, right->len);
    const bool has_clitic = left->has_clitic && is_lower(right->text[-1]);
    if (has_clitic || (starts && is_lower_word && left->zipf >= ZIPF_EVERYWHERE &&
                       (left->len >= 4 || !ends_name))) {
        return DIVISION_CERTAIN; /* "Let'snot", "Oneof", "Backin" */
    }
    if (is_common || (left->len >= 6 && left->zipf >= ZIPF_KNOWN)) {
        return DIVISION_LIKELY; /* "Sugaris", "Duartewas" */
    }
    if (ends_name || is_affix(spelling->suffixes, spelling->n_suffixes, right) || left->len < 4) {
        return DIVISION_POSSIBLE;
    }
    const bool is_long = right->len >= 3 || left->len >= 7;
    return left->zipf >= (is_long ? 0 : ZIPF_RARE) ? DIVISION_LIKELY : DIVISION_POSSIBLE;
}

/* "Lummiswas": behind a name that the pack does not know, a function word that no name ends in. */
static struct division divide_behind_name(const struct spelling *spelling, const char *word,
                                          size_t len) {
    enum { SHORTEST_NAME = 4, SHORTEST_UNKNOWN = 5, SHORTEST_WORD = 3, LONGEST_WORD = 8 };
    for (size_t n = SHORTEST_WORD; n <= LONGEST_WORD && len >= n + SHORTEST_NAME; n++) {
        const size_t at = len - n;
        struct part right;
        if (at < SHORTEST_UNKNOWN && unlisted_zipf(&spelling->unlisted, word, at) < ZIPF_RARE) {
            continue;
        }
        if (is_lower(word[at]) && find_part(spelling, word + at, n, &right) && right.is_function &&
            !right.has_clitic && right.zipf >= ZIPF_FREQUENT &&
            !list_has(spelling->name_endings, word + at, n) &&
            !list_has(spelling->name_tails, word + at, n) &&
            !is_affix(spelling->suffixes, spelling->n_suffixes, &right)) {
            return (struct division){.strength = DIVISION_LIKELY,
                                     .at = at,
                                     .left = FORM_NONE,
                                     .zipf = right.zipf + ZIPF_FREQUENT};
        }
    }
    return (struct division){.strength = DIVISION_NONE, .left = FORM_NONE};
}

/* "FOIAhas": behind an acronym that the pack does not know. */
static struct division divide_behind_acronym(const struct spelling *spelling, const char *word,
                                             size_t len) {
    enum { SHORTEST_ACRONYM = 3, SHORTEST_WORD = 3 };
    struct division division = {.strength = DIVISION_NONE, .left = FORM_NONE};
    size_t at = 0;
    while (at < len && is_upper(word[at])) {
        at++;
    }
    size_t end = at;
    while (end < len && is_lower(word[end])) {
        end++;
    }
    struct part right;
    if (end == len && at >= SHORTEST_ACRONYM && len - at >= SHORTEST_WORD &&
        find_part(spelling, word + at, len - at, &right) && right.is_function &&
        right.zipf >= ZIPF_FREQUENT) {
        division.strength = DIVISION_LIKELY;
        division.at = at;
        division.zipf = right.zipf + ZIPF_EVERYWHERE;
    }
    return division;
}

/* "toUkraine", "NATOhas", "UNand": a capital, or the last of some, is where a blank was lost. */
static enum division_strength mixed_division(const struct part *left, const struct part *right) {
    bool all_upper = true;
    for (size_t i = 0; i < left->len; i++) {
        all_upper = all_upper && is_upper(left->text[i]);
    }
    const char before = left->text[left->len - 1];
    const char behind = right->text[0];
    if (is_lower(left->text[0]) && is_lower(before) && is_upper(behind)) {
        return left->is_function && left->len >= 2 && right->len >= 3 && is_lower(right->text[1])
                   ? DIVISION_LIKELY
                   : DIVISION_NONE;
    }
    if (all_upper && is_lower(behind) && left->len >= 2) {
        return right->is_function && right->len >= 2 && !right->has_clitic &&
                       (left->len >= 3 || right->len >= 3)
                   ? DIVISION_LIKELY
                   : DIVISION_NONE;
    }
    return DIVISION_NONE;
}

static enum division_strength judge(const struct spelling *spelling, const struct part *left,
                                    const struct part *right, unsigned letter_case, bool starts) {
    switch (letter_case) {
    case CASE_LOWER:
        return is_lower_division(spelling, left, right) ? DIVISION_LIKELY : DIVISION_NONE;
    case CASE_TITLE:
        return title_division(spelling, left, right, starts);
    case CASE_MIXED:
        if (mixed_division(left, right) == DIVISION_NONE && is_upper(left->text[0]) &&
            (left->flags & FORM_LOWER) == 0 && right->is_function && is_lower(right->text[0]) &&
            right->len >= 2) {
            return DIVISION_POSSIBLE; /* "McDonaldhas" */
        }
        return mixed_division(left, right);
    default:
        return DIVISION_NONE;
    }
}

/* "G20due", "2015and": a function word, or a common one, behind the last digit. */
static struct division divide_behind_digit(const struct spelling *spelling, const char *word,
                                           size_t len, size_t at) {
    struct division division = {.strength = DIVISION_NONE, .left = FORM_NONE};
    struct part right;
    if (at == len || !find_part(spelling, word + at, len - at, &right)) {
        return division;
    }
    for (size_t i = at; i < len; i++) {
        if (!is_lower(word[i])) {
            return division;
        }
    }
    const bool is_word = (right.flags & (FORM_UNIT | FORM_ABBREVIATION)) == 0 && right.len >= 2 &&
                         ((right.is_function && (right.len >= 3 || is_upper(word[0]))) ||
                          (right.len >= 3 && right.zipf >= ZIPF_COMMON && is_upper(word[0])));
    if (is_word) {
        division.strength = DIVISION_LIKELY;
        division.at = at;
        division.zipf = 2 * ZIPF_FREQUENT + right.zipf;
    }
    return division;
}

/* A long word of the dictionaries is somewhat common, be it on no list of frequencies. */
static unsigned weight_alone(const struct part *part) {
    return part->len >= LONG_WORD && part->zipf < ZIPF_SELDOM ? ZIPF_SELDOM : part->zipf;
}

/* Which of two cuts is better: the commoner its rarer part. */
static unsigned weight(const struct part *left, const struct part *right) {
    const unsigned a = left->zipf;
    const unsigned b = right->zipf;
    return (a < b ? a : b) * 4 + (a < b ? b : a);
}

static struct division divide_once(const struct spelling *spelling, const char *word, size_t len,
                                   unsigned letter_case, bool starts) {
    struct division best = {.strength = DIVISION_NONE, .left = FORM_NONE};
    unsigned best_weight = 0;
    for (size_t at = 1; at < len; at++) {
        struct part left;
        struct part right;
        if (utf8_is_continuation(word[at]) || !find_part(spelling, word, at, &left) ||
            !(find_part(spelling, word + at, len - at, &right) ||
              (left.is_function && find_unlisted(spelling, word + at, len - at, &right)))) {
            continue;
        }
        const enum division_strength strength = judge(spelling, &left, &right, letter_case, starts);
        const unsigned cut_weight = weight(&left, &right);
        if (strength > best.strength ||
            (strength == best.strength && strength > 0 && cut_weight > best_weight)) {
            best = (struct division){.strength = strength, .at = at, .left = left.form};
            best.zipf = weight_alone(&left) + weight_alone(&right);
            best_weight = cut_weight;
        }
    }
    return best;
}

/* "inorderto": a function word, and what divides again. */
static struct division divide_twice(const struct spelling *spelling, const char *word, size_t len) {
    for (size_t at = 2; at + 4 < len; at++) {
        struct part left;
        if (!find_part(spelling, word, at, &left) || (!left.is_function && !is_content(&left)) ||
            (left.flags & FORM_LOWER) == 0 ||
            is_affix(spelling->prefixes, spelling->n_prefixes, &left)) {
            continue;
        }
        const struct division rest = divide_once(spelling, word + at, len - at, CASE_LOWER, false);
        struct part middle;
        struct part right;
        if (rest.strength == DIVISION_NONE || rest.at < 2 || len - at - rest.at < 2 ||
            !find_part(spelling, word + at, rest.at, &middle) ||
            !find_part(spelling, word + at + rest.at, len - at - rest.at, &right)) {
            continue;
        }
        const int n_functions = left.is_function + middle.is_function + right.is_function;
        if (n_functions >= 2 && (left.is_function || right.len >= 2) && left.zipf >= ZIPF_COMMON &&
            middle.zipf >= ZIPF_COMMON && right.zipf >= ZIPF_COMMON) {
            return (struct division){.strength = DIVISION_LIKELY,
                                     .at = at,
                                     .second_at = at + rest.at,
                                     .zipf = left.zipf + rest.zipf,
                                     .left = left.form};
        }
    }
    return (struct division){.strength = DIVISION_NONE, .left = FORM_NONE};
}

struct division spelling_divide(const struct spelling *spelling, const char *word, size_t len,
                                unsigned letter_case, bool starts) {
    size_t behind_digit = 0;
    for (size_t i = 0; i < len; i++) {
        if (is_digit(word[i])) {
            behind_digit = i + 1;
        }
    }
    if (len > LIMIT_WORD_LEN || len < 3) {
        return (struct division){.strength = DIVISION_NONE, .left = FORM_NONE};
    }
    if (behind_digit > 0) {
        return divide_behind_digit(spelling, word, len, behind_digit);
    }
    const struct division division = divide_once(spelling, word, len, letter_case, starts);
    if (division.strength == DIVISION_NONE && letter_case == CASE_LOWER && len >= 7 && len <= 24) {
        return divide_twice(spelling, word, len);
    }
    if (division.strength == DIVISION_NONE && letter_case == CASE_TITLE) {
        return divide_behind_name(spelling, word, len);
    }
    if (division.strength == DIVISION_NONE && letter_case == CASE_MIXED) {
        return divide_behind_acronym(spelling, word, len);
    }
    return division;
}
