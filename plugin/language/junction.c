/*
 * The features, by the names of the table: l1 and l2 are the tags before the junction; r0, r1 those
 * of its own word and the next one as a sentence's begin; b1, b2, a1, a2 the symbols around; kind
 * is junction_kind; state, ahead, phrase and object are what the functions here answer. "in" has
 * the tags that the junction and the word behind it get inside the first sentence; "ownw" the word
 * itself, where "own" has the set of its parts.
 */
#include "language/junction.h"

enum { LONGEST_PHRASE = 8, LONGEST_LOOK = 14, LONGEST_SUBJECT = 10 };

/* The words around a junction, with their tags. */
struct view {
    struct tagged_word words[JUNCTION_LEFT + JUNCTION_RIGHT];
    uint8_t left[JUNCTION_LEFT + 2]; /* tags as one sentence, up to the word behind the junction */
    uint8_t right[JUNCTION_RIGHT];   /* of those from the junction on, as one */
    size_t at;                       /* the junction */
    size_t n_right;
};

/* ---- tags and words ---- */

static bool is_one_of(uint8_t tag, uint32_t tags) {
    return (UINT32_C(1) << tag & tags) != 0;
}

enum {
    TAGS_MARK = 1 << TAG_COMMA | 1 << TAG_STOP | 1 << TAG_OTHER,
    TAGS_PHRASE = 1 << TAG_NOUN | 1 << TAG_NOUN_PLURAL | 1 << TAG_PROPER_NOUN |
                  1 << TAG_DETERMINER | 1 << TAG_ADJECTIVE | 1 << TAG_NUMERAL,
    TAGS_OBJECT = TAGS_PHRASE | 1 << TAG_PRONOUN,
    TAGS_VERB_GROUP = 1 << TAG_ADVERB | 1 << TAG_AUXILIARY | 1 << TAG_VERB_BASE |
                      1 << TAG_VERB_PARTICIPLE | 1 << TAG_VERB_GERUND | 1 << TAG_PARTICLE
};

static bool is_finite(const struct tagged_word *word, uint8_t tag) {
    const uint32_t parts = word->facts->parts;
    if (tag == TAG_AUXILIARY) { /* not "been", "having" */
        return (parts & (PART_VERB_GERUND | PART_VERB_PARTICIPLE)) == 0 ||
               (parts & (PART_VERB_PAST | PART_VERB_SINGULAR)) != 0;
    }
    return tag == TAG_VERB_SINGULAR || tag == TAG_VERB_PAST ||
           ((word->token->flags & TOKEN_CLITIC) != 0 &&
            (word->facts->classes & CLASS_PRONOUN_SUBJECT) != 0);
}

static bool opens_clause(const struct tagged_word *word, uint8_t tag) {
    return tag == TAG_SUBORDINATOR || (word->facts->classes & CLASS_RELATIVE) != 0 ||
           ((word->facts->parts & PART_SUBORDINATOR) != 0 && tag != TAG_ADPOSITION);
}

/* ---- what stands on both sides ---- */

/* What the clause before the junction has: three numbers for each of what is nearest, by distance.
 */
static uint32_t find_state(const struct view *view) {
    enum {
        VERB = 0,
        AUXILIARY = 3,
        REPORTING = 6,
        CLAUSE = 9,
        CONJUNCTION = 12,
        MARK = 15,
        NOTHING = 18
    };
    for (size_t k = view->at; k > 0; k--) {
        const struct tagged_word *word = &view->words[k - 1];
        const uint8_t tag = view->left[k - 1];
        const uint32_t far = k == view->at ? 0 : k + 3 >= view->at ? 1 : 2;
        if (is_finite(word, tag)) {
            return far + ((word->facts->classes & CLASS_REPORTING_VERB) != 0 ? (uint32_t)REPORTING
                          : tag == TAG_AUXILIARY                             ? (uint32_t)AUXILIARY
                                                                             : (uint32_t)VERB);
        }
        if (opens_clause(word, tag)) {
            return CLAUSE + far;
        }
        if (tag == TAG_COORDINATOR) {
            return CONJUNCTION + far;
        }
        if (is_one_of(tag, TAGS_MARK)) {
            return MARK + far;
        }
    }
    return NOTHING;
}

/* What comes first from the junction on, and how far. */
static uint32_t find_ahead(const struct view *view) {
    enum { VERB = 0, MARK = 4, CLAUSE = 8, CONJUNCTION = 12, BASE = 13, NOTHING = 14 };
    const size_t n = view->n_right < LONGEST_LOOK ? view->n_right : LONGEST_LOOK;
    for (size_t k = 0; k < n; k++) {
        const struct tagged_word *word = &view->words[view->at + k];
        const uint8_t tag = view->right[k];
        const uint32_t far = k < 3 ? (uint32_t)k : 3;
        if (is_finite(word, tag)) {
            return VERB + far;
        }
        if (is_one_of(tag, TAGS_MARK)) {
            return MARK + far;
        }
        if (k > 0 && opens_clause(word, tag)) {
            return CLAUSE + far;
        }
        if (k > 0 && tag == TAG_COORDINATOR) {
            return CONJUNCTION;
        }
        if (k > 0 && tag == TAG_VERB_BASE) {
            return BASE;
        }
    }
    return NOTHING;
}

/* The noun phrase that ends before the junction. */
struct phrase {
    uint32_t length;      /* 3 stands for more */
    uint32_t before;      /* the tag before it */
    uint32_t preposition; /* the symbol of a preposition before it */
};

static struct phrase find_phrase(const struct view *view) {
    size_t n = 0;
    while (n < view->at && n < LONGEST_PHRASE &&
           is_one_of(view->left[view->at - 1 - n], TAGS_PHRASE)) {
        n++;
    }
    struct phrase phrase = {n < 3 ? (uint32_t)n : 3, TAG_BEGIN, SYMBOL_NOTHING_BEFORE};
    if (n < view->at) {
        phrase.before = view->left[view->at - 1 - n];
        if (phrase.before == TAG_ADPOSITION) {
            phrase.preposition = view->words[view->at - 1 - n].symbol;
        }
    }
    return phrase;
}

/* The word behind the first group of verbs from the junction on; n_right when there is none, or a
 * mark comes first. */
static size_t pass_verbs(const struct view *view, bool *has_verbs) {
    const struct tagged_word *words = view->words + view->at;
    const size_t reach = view->n_right < LONGEST_SUBJECT ? view->n_right : LONGEST_SUBJECT;
    size_t k = 0;
    while (k < reach && !(k > 0 && is_finite(&words[k], view->right[k])) &&
           !is_one_of(view->right[k], TAGS_MARK)) {
        k++;
    }
    *has_verbs = k < reach && !is_one_of(view->right[k], TAGS_MARK);
    k = *has_verbs ? k + 1 : view->n_right;
    while (k < view->n_right && is_one_of(view->right[k], TAGS_VERB_GROUP)) {
        k++;
    }
    return k;
}

/* What follows the first group of verbs from the junction on: an object where a clause of its own
 * stands, hardly ever one where the capital belongs to a relative clause ("the bill Obama signed
 * in May"). */
static uint32_t find_object(const struct view *view) {
    enum { UNKNOWN, END, MARK, OBJECT, PREPOSITION, CLAUSE, CONJUNCTION, OTHER, BEHIND_PARTICLE };
    bool has_verbs;
    const size_t k = pass_verbs(view, &has_verbs);
    if (k >= view->n_right) {
        return has_verbs ? END : UNKNOWN;
    }
    const uint8_t tag = view->right[k];
    const uint32_t what = is_one_of(tag, TAGS_MARK)     ? MARK
                          : is_one_of(tag, TAGS_OBJECT) ? OBJECT
                          : tag == TAG_ADPOSITION       ? PREPOSITION
                          : tag == TAG_SUBORDINATOR     ? CLAUSE
                          : tag == TAG_COORDINATOR      ? CONJUNCTION
                                                        : OTHER;
    return what + (view->right[k - 1] == TAG_PARTICLE ? (uint32_t)BEHIND_PARTICLE : 0);
}

/* ---- the score ---- */

enum junction_kind junction_kind(const struct token *token, const struct form_facts *facts) {
    const bool is_word = (facts->flags & FORM_LOWER) != 0;
    if (token->form == FORM_NONE) {
        return KIND_UNKNOWN;
    }
    if ((facts->flags & FORM_CALENDAR) != 0) {
        return KIND_CALENDAR;
    }
    if (is_word && (facts->classes & CLASS_FUNCTION) != 0) {
        return KIND_FUNCTION;
    }
    if ((facts->flags & FORM_DEMONYM) != 0) {
        return is_word ? KIND_DEMONYM_WORD : KIND_DEMONYM;
    }
    if (is_word && (facts->parts & PART_NUMERAL) != 0) {
        return KIND_NUMERAL;
    }
    const uint32_t names =
        FORM_TITLE | FORM_PLACE | FORM_ORGANISATION | FORM_GIVEN_NAME | FORM_SURNAME;
    if (is_word && (facts->flags & names) != 0 && facts->parts != 0 &&
        (facts->parts & PART_PROPER_NOUN) == 0) {
        return KIND_RARE_NAME;
    }
    if ((facts->flags & (FORM_PLACE | FORM_ORGANISATION)) != 0) {
        return is_word ? KIND_PLACE_WORD : KIND_PLACE;
    }
    if ((facts->flags & (FORM_GIVEN_NAME | FORM_SURNAME)) != 0) {
        return is_word ? KIND_PERSON_WORD : KIND_PERSON;
    }
    if (!is_word) {
        return KIND_NAME;
    }
    return (facts->flags & FORM_TITLE) != 0 ? KIND_NAMED_WORD : KIND_WORD;
}

/* Which of the two sets of weights is asked. */
struct scorer {
    const struct weights *weights;
    uint32_t first; /* what its features' numbers are higher by */
    bool is_content;
};

static struct scorer scorer_of(const struct weights *weights, enum junction_kind kind) {
    const bool is_content = kind != KIND_FUNCTION && kind != KIND_NUMERAL && kind != KIND_CALENDAR;
    return (struct scorer){weights, is_content ? JUNCTION_CONTENT : 0, is_content};
}

/* A feature with the values behind it. */
static int weigh(const struct scorer *scorer, enum junction_feature feature, size_t n_values,
                 const uint32_t *values) {
    uint64_t key = scorer->first + (uint32_t)feature;
    for (size_t i = 0; i < n_values; i++) {
        key = weight_key(key, values[i]);
    }
    return weights_find(scorer->weights, key);
}

#define WEIGH(feature, ...)                                                                        \
    weigh(scorer, feature, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t),                   \
          (uint32_t[]){__VA_ARGS__})

static uint32_t left_tag(const struct view *view, size_t back) {
    return view->at >= back ? view->left[view->at - back] : (uint32_t)TAG_BEGIN;
}

/* What the symbols around the junction say. */
static int weigh_symbols(const struct scorer *scorer, const struct tagged_word *junction,
                         size_t n_left, size_t n_right, uint32_t kind) {
    const uint32_t own = junction->start_symbol;
    const uint32_t b1 = junction[-1].symbol;
    const uint32_t b2 = n_left > 1 ? junction[-2].symbol : (uint32_t)SYMBOL_NOTHING_BEFORE;
    const uint32_t a1 = junction[1].symbol;
    const uint32_t a2 = n_right > 2 ? junction[2].symbol : (uint32_t)SYMBOL_NOTHING_BEHIND;
    const uint32_t w1 = junction[-1].word;
    return weigh(scorer, JUNCTION_BIAS, 0, NULL) + WEIGH(JUNCTION_OWN, own) +
           WEIGH(JUNCTION_KIND, kind) + WEIGH(JUNCTION_B1, b1) + WEIGH(JUNCTION_B2, b2) +
           WEIGH(JUNCTION_A1, a1) + WEIGH(JUNCTION_A2, a2) + WEIGH(JUNCTION_B1KIND, b1, kind) +
           WEIGH(JUNCTION_B1OWN, b1, own) + WEIGH(JUNCTION_KINDA1, kind, a1) +
           WEIGH(JUNCTION_CASE, junction[1].token->letter_case, kind) +
           (w1 == FORM_NONE ? 0 : WEIGH(JUNCTION_W1, w1));
}

/* What the tags next to the junction say. */
static int weigh_tags(const struct scorer *scorer, const struct view *view, uint32_t kind) {
    const uint32_t l1 = left_tag(view, 1);
    const uint32_t l2 = left_tag(view, 2);
    const uint32_t r0 = view->right[0];
    const uint32_t r1 = view->right[1];
    const uint32_t b1 = view->words[view->at - 1].symbol;
    const uint32_t inside = view->left[view->at];
    const uint32_t inside1 = view->left[view->at + 1];
    return WEIGH(JUNCTION_L1, l1) + WEIGH(JUNCTION_L12, l1, l2) + WEIGH(JUNCTION_R0, r0) +
           WEIGH(JUNCTION_R01, r0, r1) + WEIGH(JUNCTION_L1R0, l1, r0) +
           WEIGH(JUNCTION_L12R0, l1, l2, r0) + WEIGH(JUNCTION_L1R01, l1, r0, r1) +
           WEIGH(JUNCTION_IN, l1, inside, inside1) + WEIGH(JUNCTION_B1R0, b1, r0) +
           WEIGH(JUNCTION_B1R01, b1, r0, r1) + WEIGH(JUNCTION_L1KIND, l1, kind) +
           WEIGH(JUNCTION_L1KINDR1, l1, kind, r1) + WEIGH(JUNCTION_KINDR1, kind, r1) +
           WEIGH(JUNCTION_B1KINDR1, b1, kind, r1);
}

/* What the clauses on both sides say. */
static int weigh_clauses(const struct scorer *scorer, const struct view *view, uint32_t kind) {
    const uint32_t l1 = left_tag(view, 1);
    const uint32_t b1 = view->words[view->at - 1].symbol;
    const uint32_t state = find_state(view);
    const uint32_t ahead = find_ahead(view);
    const uint32_t object = find_object(view);
    const struct phrase phrase = find_phrase(view);
    return WEIGH(JUNCTION_STATE, state) + WEIGH(JUNCTION_AHEAD, ahead) +
           WEIGH(JUNCTION_STATEAHEAD, state, ahead) +
           WEIGH(JUNCTION_STATEAHEADKIND, state, ahead, kind) +
           WEIGH(JUNCTION_STATEL1AHEAD, state, l1, ahead) +
           WEIGH(JUNCTION_B1STATEAHEAD, b1, state, ahead) +
           WEIGH(JUNCTION_PHRASE, phrase.length, phrase.before) +
           WEIGH(JUNCTION_PHRASESTATE, phrase.length, phrase.before, state) +
           WEIGH(JUNCTION_PHRASEAHEAD, phrase.length, phrase.before, ahead, kind) +
           WEIGH(JUNCTION_PREPOSITIONAHEAD, phrase.preposition, ahead, kind) +
           WEIGH(JUNCTION_OBJECT, object, l1) + WEIGH(JUNCTION_OBJECTKIND, object, kind, l1) +
           WEIGH(JUNCTION_OBJECTAHEAD, object, ahead, l1) +
           WEIGH(JUNCTION_OBJECTAHEADKIND, object, ahead, l1, kind) +
           WEIGH(JUNCTION_OBJECTSTATE, object, state, ahead);
}

/* What the word itself says, where it is a content word. */
static int weigh_own(const struct scorer *scorer, const struct view *view) {
    const struct tagged_word *word = &view->words[view->at];
    const uint32_t own = word->word == FORM_NONE ? word->start_symbol : word->word;
    return WEIGH(JUNCTION_OWNW, own) + WEIGH(JUNCTION_OWNWL1, own, left_tag(view, 1));
}

int junction_glance(const struct weights *weights, const struct pack *pack, const struct unit *unit,
                    size_t first, size_t i, size_t end) {
    enum { AROUND = 2 };
    struct tagged_word words[2 * AROUND + 1];
    const size_t n_left = i - first < AROUND ? i - first : AROUND;
    const size_t n_right = end - i < AROUND + 1 ? end - i : AROUND + 1;
    tagger_see(pack, unit, &unit->tokens[i - n_left], n_left + n_right, words);
    const struct tagged_word *junction = words + n_left;
    const enum junction_kind kind = junction_kind(junction->token, junction->facts);
    const struct scorer scorer = scorer_of(weights, kind);
    return weigh_symbols(&scorer, junction, n_left, n_right, kind);
}

/* The words around tokens[i] and the tags of those up to the one behind it. */
static void look_left(const struct weights *weights, const struct pack *pack,
                      const struct unit *unit, size_t first, size_t i, size_t end,
                      struct view *view) {
    view->at = i - first < JUNCTION_LEFT ? i - first : JUNCTION_LEFT;
    view->n_right = end - i < JUNCTION_RIGHT ? end - i : JUNCTION_RIGHT;
    const size_t n = view->at + view->n_right;
    tagger_see(pack, unit, &unit->tokens[i - view->at], n, view->words);
    tagger_tag(weights, view->words, n, view->at + 2, view->left);
}

static void look_right(const struct weights *weights, struct view *view) {
    tagger_tag(weights, view->words + view->at, view->n_right, view->n_right, view->right);
}

int junction_score(const struct weights *weights, const struct pack *pack, const struct unit *unit,
                   size_t first, size_t i, size_t end) {
    struct view view;
    look_left(weights, pack, unit, first, i, end, &view);
    look_right(weights, &view);
    const struct tagged_word *junction = view.words + view.at;
    const enum junction_kind kind = junction_kind(junction->token, junction->facts);
    const struct scorer scorer = scorer_of(weights, kind);
    return weigh_symbols(&scorer, junction, view.at, view.n_right, kind) +
           weigh_tags(&scorer, &view, kind) + weigh_clauses(&scorer, &view, kind) +
           (scorer.is_content ? weigh_own(&scorer, &view) : 0);
}

/* ---- clauses that nothing joins ---- */

enum {
    TAGS_BARE = 1 << TAG_NOUN | 1 << TAG_NOUN_PLURAL | 1 << TAG_PROPER_NOUN | 1 << TAG_ADJECTIVE,
    TAGS_NAME = 1 << TAG_PROPER_NOUN | 1 << TAG_DETERMINER,
    TAGS_VERB =
        1 << TAG_VERB_BASE | 1 << TAG_VERB_SINGULAR | 1 << TAG_VERB_PAST | 1 << TAG_VERB_PARTICIPLE
};

/* Passes back over words of the tags that end at `at`; answers where they begin. */
static size_t pass_back(const struct view *view, size_t at, uint32_t tags) {
    size_t begin = at;
    while (begin > 0 && at - begin < LONGEST_PHRASE && is_one_of(view->left[begin - 1], tags)) {
        begin--;
    }
    return begin;
}

/* Whether words[0, at) end in a clause that needs nothing more: a finite verb, maybe its object, a
 * preposition and a bare noun or a name. */
static bool is_finished(const struct view *view) {
    const size_t noun = pass_back(view, view->at, TAGS_BARE);
    const size_t name = pass_back(view, view->at, TAGS_NAME);
    const size_t phrase = noun < name ? noun : name;
    if (phrase == view->at || phrase < 2 || view->left[phrase - 1] != TAG_ADPOSITION ||
        (view->words[phrase - 1].facts->classes & CLASS_CONJUNCTION) != 0) {
        return false;
    }
    const size_t object = pass_back(view, phrase - 1, TAGS_PHRASE);
    if (object == 0 || !is_one_of(view->left[object - 1], TAGS_VERB) ||
        (view->words[object - 1].facts->classes & CLASS_REPORTING_VERB) != 0) {
        return false;
    }
    size_t verbs = object - 1;
    while (verbs > 0 && is_one_of(view->left[verbs - 1], 1 << TAG_ADVERB | 1 << TAG_AUXILIARY)) {
        verbs--;
    }
    bool has_finite =
        view->left[object - 1] == TAG_VERB_PAST || view->left[object - 1] == TAG_VERB_SINGULAR;
    for (size_t k = verbs; k < object - 1; k++) {
        has_finite |= is_finite(&view->words[k], view->left[k]);
    }
    const bool has_subject = verbs > 0 && view->left[verbs - 1] == TAG_PRONOUN;
    has_finite |= view->left[object - 1] == TAG_VERB_BASE && has_subject;
    /* "the talks they call for": the verb's object came before. */
    return has_finite && (object < phrase - 1 || !has_subject || verbs < 2 ||
                          !is_one_of(view->left[verbs - 2], TAGS_BARE));
}

bool junction_is_unjoined(const struct weights *weights, const struct pack *pack,
                          const struct unit *unit, size_t first, size_t i, size_t end) {
    struct view view;
    look_left(weights, pack, unit, first, i, end, &view);
    if (!is_finished(&view)) {
        return false;
    }
    const struct tagged_word *word = &view.words[view.at];
    if (view.left[view.at] == TAG_PRONOUN) {
        bool has_verbs;
        look_right(weights, &view);
        const size_t object = pass_verbs(&view, &has_verbs);
        return object < view.n_right && view.right[object] == TAG_DETERMINER;
    }
    return view.left[view.at] == TAG_VERB_PAST &&
           (word[1].facts->classes & CLASS_PRONOUN_OBJECT) != 0;
}
