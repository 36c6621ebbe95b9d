/*
 * Mentions, unit by unit. Walks over the words with capitals and the words that the pack notes as
 * pronouns and persons, and looks at their neighbours; the other words are never seen.
 *
 * A person is named by a run of words with capitals that begins with a given name ("Sergei Lavrov")
 * or stands behind a title ("Mr Lavrov"); later the surname alone is enough. A run that nobody
 * knows is an uncertain mention: it names nobody for sure, but somebody may be meant by it. A role
 * beside a name ("the actress Marie Blanc", "Marie Blanc, 54, a baker") says something of the
 * named.
 */
#include "analysis/rooms.h"
#include "base/ascii.h"
#include "base/hash.h"
#include "text/mark.h"

#include <string.h>

enum {
    BEARERS_OF_PARTICLE = 35, /* 10 log10: "Ben" and "Al" are rather given names than particles */
    NAME_LONGEST = 7,         /* words of a name with its titles */
    APPOSITION_LONGEST = 9,   /* words between a name's comma and the role that describes it */
    ASIDE_LONGEST = 14,       /* words between the commas behind a subject, before its verb */
    BRACKETS_LONGEST = 7,     /* words between the brackets behind a name */
    HEADING_LONGEST = 24      /* words of a line without a stop that is taken for a heading */
};

#define TOKEN_NONE SIZE_MAX

struct reading {
    struct analysis *analysis;
    const struct unit *unit;
    const struct pack_facts_table *facts; /* of the pack */
    size_t sentence;                      /* index of the one that the walk is in */
    size_t sentence_first, sentence_end;
    uint32_t n_told;   /* sentences before it that are not all quotation */
    size_t role_token; /* of the role read last, and its mention */
    size_t role_mention;
    size_t described_token; /* a role that is known to describe an entity */
    uint32_t described;     /* that entity */
    size_t last_end;        /* token behind the mention before */
    bool heading;
};

/* ---- words ---- */

/* All ones for a word that the pack knows, else zero: neighbours are words and marks by turns, and
 * a branch on it is missed as often as taken. */
static inline uint32_t known_mask(const struct token *token) {
    return -(uint32_t)((token->kind == TOKEN_WORD) & (token->form != FORM_NONE));
}

/* What the pack knows of a word; nothing of what is none. */
static inline const struct form_facts *facts_at(const struct reading *reading, size_t i) {
    static const struct form_facts nothing;
    if (i >= reading->unit->n_tokens) {
        return &nothing;
    }
    const struct token *token = &reading->unit->tokens[i];
    const uint32_t known = known_mask(token);
    const struct form_facts *facts = pack_facts_at(reading->facts, token->form & known);
    return known != 0 ? facts : &nothing;
}

static inline uint32_t classes_at(const struct reading *reading, size_t i) {
    if (i >= reading->unit->n_tokens) {
        return 0;
    }
    const struct token *token = &reading->unit->tokens[i];
    const uint32_t known = known_mask(token);
    return pack_facts_at(reading->facts, token->form & known)->classes & known;
}

static inline uint32_t parts_at(const struct reading *reading, size_t i) {
    if (i >= reading->unit->n_tokens) {
        return 0;
    }
    const struct token *token = &reading->unit->tokens[i];
    const uint32_t known = known_mask(token);
    return pack_facts_at(reading->facts, token->form & known)->parts & known;
}

static bool is_small(const struct token *token) {
    return ((token->kind == TOKEN_WORD) & (token->letter_case == CASE_LOWER)) != 0;
}

/* A token as the mentions beside it see it; small enough for two registers. */
struct neighbour {
    uint32_t parts; /* of a word that the pack knows, and enum neighbour_flag */
    uint32_t classes;
    uint32_t mark; /* code point, or 0 */
};

/* Bits that no part of speech has. */
enum neighbour_flag {
    WORD_SMALL = 1 << 29,    /* in small letters */
    WORD_REPORTING = 1 << 30 /* ... and a verb that reports speech */
};

/* What stands at the token; nothing outside the unit. Without branches, as neighbours are words and
 * marks by turns. */
static inline struct neighbour look_at(const struct reading *reading, size_t i) {
    const uint32_t inside = -(uint32_t)(i < reading->unit->n_tokens);
    const struct token *token = &reading->unit->tokens[inside != 0 ? i : 0];
    const uint32_t known = known_mask(token) & inside;
    const struct form_facts *facts = pack_facts_at(reading->facts, token->form & known);
    const uint32_t classes = facts->classes & known;
    const uint32_t small = -(uint32_t)is_small(token) & inside;
    const uint32_t reporting = -(uint32_t)((classes & CLASS_REPORTING_VERB) != 0) & small;
    return (struct neighbour){
        .parts = (facts->parts & known) | (small & WORD_SMALL) | (reporting & WORD_REPORTING),
        .classes = classes,
        .mark = token->mark & -(uint32_t)(token->kind == TOKEN_MARK) & inside,
    };
}

static bool is_mark(const struct reading *reading, size_t i, uint32_t mark) {
    return i < reading->unit->n_tokens && ((reading->unit->tokens[i].kind == TOKEN_MARK) &
                                           (reading->unit->tokens[i].mark == mark)) != 0;
}

static bool is_quotation_mark(const struct reading *reading, size_t i) {
    return i < reading->unit->n_tokens && reading->unit->tokens[i].kind == TOKEN_MARK &&
           mark_is_quotation(reading->unit->tokens[i].mark);
}

/* Begins with a capital: "Lavrov", "NATO", "McCain", but not "anti-Trump". */
static bool has_capital(const struct reading *reading, size_t i) {
    const struct token *token = &reading->unit->tokens[i];
    const unsigned capital = 1u << CASE_TITLE | 1u << CASE_UPPER;
    const unsigned is_word = token->kind == TOKEN_WORD;
    if (__builtin_expect((is_word & (token->letter_case == CASE_MIXED)) != 0, 0)) {
        const char first = reading->unit->text[token->offset];
        return !(first >= 'a' && first <= 'z');
    }
    return (is_word & capital >> token->letter_case) != 0;
}

/* Bytes of the word without a clitic ("'s"), which begins with its last apostrophe. */
static size_t host_len_of_clitic(const struct reading *reading, const struct token *token) {
    const char *text = unit_token_text(reading->unit, token);
    const size_t len = token->len;
    const bool is_known = (token->flags & TOKEN_CLITIC) != 0 && token->form != FORM_NONE;
    for (size_t i = len; is_known && i > 0; i--) {
        if (text[i - 1] == '\'') {
            return i - 1;
        }
        if (i > 2 && memcmp(text + i - 3, "\xE2\x80\x99", 3) == 0) {
            return i - 3;
        }
    }
    if (len > 2 && text[len - 1] == 's' && text[len - 2] == '\'') {
        return len - 2;
    }
    return len > 4 && memcmp(text + len - 4, "\xE2\x80\x99s", 4) == 0 ? len - 4 : len;
}

static inline size_t host_len(const struct reading *reading, const struct token *token) {
    return (token->flags & TOKEN_APOSTROPHE) == 0 ? token->len : host_len_of_clitic(reading, token);
}

/* A key for the word, without a clitic and whatever its capitals: by its form where it has one. */
static uint64_t key_of(const struct reading *reading, const struct token *token) {
    const size_t len = host_len(reading, token);
    if (token->form != FORM_NONE && (len == token->len || (token->flags & TOKEN_CLITIC) != 0)) {
        return (uint64_t)token->form << 1 | 1;
    }
    const char *text = unit_token_text(reading->unit, token);
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < len; i++) {
        hash = hash_add(hash, (unsigned char)ascii_lower(text[i]));
    }
    return hash | UINT64_C(1) << 63;
}

/* Whether the text has called somebody by this word. */
static bool is_known_name(const struct reading *reading, size_t i) {
    const uint64_t key = key_of(reading, &reading->unit->tokens[i]);
    return names_number(reading->analysis, key) != WORD_NONE;
}

static enum gender gender_of(uint32_t classes, uint32_t male, uint32_t female) {
    const bool is_male = (classes & male) != 0;
    const bool is_female = (classes & female) != 0;
    return is_male == is_female ? GENDER_UNKNOWN : is_male ? GENDER_MALE : GENDER_FEMALE;
}

static enum gender gender_of_role(uint32_t classes) {
    return gender_of(classes, CLASS_ROLE_MALE | CLASS_TITLE_MALE,
                     CLASS_ROLE_FEMALE | CLASS_TITLE_FEMALE);
}

enum {
    ROLES = CLASS_ROLE | CLASS_ROLE_MALE | CLASS_ROLE_FEMALE,
    TITLES = CLASS_TITLE | CLASS_TITLE_MALE | CLASS_TITLE_FEMALE,
    FINITE = PART_VERB_PAST | PART_VERB_SINGULAR | PART_AUXILIARY
};

/* ---- what a mention does in its sentence ---- */

/* The token behind brackets that open here: "(R-Wis.)", "(CDU)". */
static size_t behind_brackets(const struct reading *reading, size_t end) {
    if (!is_mark(reading, end, '(')) {
        return end;
    }
    for (size_t i = end + 1; i < reading->sentence_end && i <= end + BRACKETS_LONGEST; i++) {
        if (is_mark(reading, i, ')')) {
            return i + 1;
        }
    }
    return end;
}

/* The token behind what stands between commas: ", 54, a baker," and ", who was there,". */
static size_t behind_aside(const struct reading *reading, size_t begin) {
    const size_t end = behind_brackets(reading, begin);
    if (!is_mark(reading, end, ',')) {
        return end;
    }
    size_t last = TOKEN_NONE;
    for (size_t i = end + 1; i < reading->sentence_end && i <= end + ASIDE_LONGEST; i++) {
        if (is_quotation_mark(reading, i)) {
            break;
        }
        if (is_mark(reading, i, ',')) {
            last = i + 1;
            if ((parts_at(reading, i + 1) & FINITE) != 0) {
                break;
            }
        }
    }
    return last == TOKEN_NONE ? end : last;
}

/* "said", "has said", "had also said", "is saying": whether the verb, which is `word`, speaks. */
static bool is_verb_of_speech(const struct reading *reading, size_t verb, struct neighbour word) {
    for (size_t i = verb; i < reading->sentence_end && i <= verb + 2; i++) {
        word = i == verb ? word : look_at(reading, i);
        if ((word.parts & WORD_REPORTING) != 0) {
            return true;
        }
        if ((word.parts & (PART_AUXILIARY | PART_ADVERB)) == 0) {
            return false;
        }
    }
    return false;
}

/* What the verb behind a possible subject says of it; `word` is what stands directly behind. */
static uint32_t flags_of_verb(const struct reading *reading, size_t end, struct neighbour word) {
    const bool aside = (word.mark == '(') | (word.mark == ',');
    size_t verb = aside ? behind_aside(reading, end) : end;
    const bool far = verb != end;
    if (far) {
        word = look_at(reading, verb);
    }
    for (int i = 0;
         i < 2 && verb < reading->sentence_end && (word.parts & (FINITE | WORD_REPORTING)) == 0 &&
         (word.parts & PART_ADVERB) != 0;
         i++) {
        word = look_at(reading, ++verb);
    }
    if (verb >= reading->sentence_end || (word.parts & WORD_SMALL) == 0 ||
        (word.parts & FINITE) == 0 ||
        (far && (word.parts & (PART_NOUN | WORD_REPORTING)) == PART_NOUN)) {
        return 0;
    }
    return is_verb_of_speech(reading, verb, word) ? MENTION_SUBJECT | MENTION_SPEAKS
                                                  : MENTION_SUBJECT;
}

/* The tokens before a mention's phrase. */
struct lead {
    struct neighbour last;
    uint32_t second; /* the mark before a reporting verb, or 0 */
};

static inline struct lead look_before(const struct reading *reading, size_t phrase) {
    const struct neighbour last = look_at(reading, phrase - 1);
    const bool reporting = (last.parts & WORD_REPORTING) != 0;
    return (struct lead){last, reporting ? look_at(reading, phrase - 2).mark : 0};
}

/* Whether the words before say that the mention speaks: "…,” said Lavrov", "according to Lavrov".
 */
static inline bool speaks_before(const struct reading *reading, size_t phrase,
                                 const struct lead *lead) {
    const size_t first = reading->sentence_first;
    if (phrase <= first) {
        return false;
    }
    if ((lead->last.parts & WORD_REPORTING) != 0) {
        return phrase == first + 1 || lead->second == ',' || mark_is_quotation(lead->second);
    }
    return (lead->last.parts & PART_ADPOSITION) != 0 && phrase >= first + 2 &&
           (classes_at(reading, phrase - 2) & CLASS_ATTRIBUTION) != 0;
}

/* Directly behind a quotation, or behind its verb: “…,” said Lavrov. */
static inline uint32_t flag_of_lead(const struct lead *lead) {
    return mark_is_quotation(lead->last.mark) || mark_is_quotation(lead->second)
               ? MENTION_AFTER_QUOTE
               : 0;
}

/* The first token of what the mention is the head of: "the Russian minister". */
static size_t phrase_begin(const struct reading *reading, size_t begin) {
    enum { WORDS = PART_DETERMINER | PART_NUMERAL | PART_ADJECTIVE | PART_NOUN };
    const size_t first = reading->sentence_first;
    for (int i = 0; i < 4 && begin > first; i++) {
        const struct neighbour word = look_at(reading, begin - 1);
        const bool ends = (word.parts & (PART_ADPOSITION | PART_AUXILIARY | WORD_REPORTING)) != 0;
        const bool goes_on = ((word.parts & WORDS) != 0) | has_capital(reading, begin - 1);
        if (ends | !goes_on) {
            break;
        }
        begin--;
        if ((word.parts & (PART_DETERMINER | PART_NUMERAL)) != 0) {
            break;
        }
    }
    return begin;
}

/* Whether what stands behind the last mention joins the next one to it. */
static bool joins(const struct reading *reading) {
    return is_mark(reading, reading->last_end, ',') ||
           (parts_at(reading, reading->last_end) & PART_COORDINATOR) != 0;
}

/* "Miller and Baker", "Miller, Baker": whether the phrase is joined to the mention before it. */
static bool is_beside(const struct reading *reading, size_t phrase) {
    return reading->last_end + 1 == phrase && reading->last_end < phrase && joins(reading);
}

static uint32_t flag_of_quotation(const struct token *token) {
    return (token->flags & TOKEN_QUOTED) != 0 ? MENTION_QUOTED : 0;
}

/* What the place says of a mention that is the head of the phrase. */
static uint32_t flags_of_phrase(const struct reading *reading, size_t phrase, size_t begin,
                                size_t end) {
    const struct token *last = &reading->unit->tokens[end - 1];
    const bool starts = phrase == reading->sentence_first;
    const struct lead lead = look_before(reading, phrase);
    uint32_t flags = flag_of_quotation(&reading->unit->tokens[begin]) | flag_of_lead(&lead);
    flags |= reading->heading ? MENTION_HEADING : 0;
    flags |= starts ? MENTION_BEGINS : 0;
    if (host_len(reading, last) < last->len) {
        return flags | MENTION_OWNER;
    }
    const uint32_t before = starts ? 0 : lead.last.parts;
    const bool opens =
        starts | ((before & (PART_SUBORDINATOR | PART_COORDINATOR)) != 0) | (lead.last.mark == ',');
    flags |= opens ? MENTION_OPENS : 0;
    const struct neighbour after = look_at(reading, end);
    if (speaks_before(reading, phrase, &lead)) {
        flags |= MENTION_SPEAKS | MENTION_SUBJECT;
    } else if ((before & PART_ADPOSITION) == 0 || (before & PART_SUBORDINATOR) != 0) {
        flags |= flags_of_verb(reading, end, after);
    }
    const bool modifies = (end < reading->sentence_end) & ((after.parts & WORD_SMALL) != 0) &
                          ((after.parts & (PART_NOUN | PART_NOUN_PLURAL)) != 0) &
                          ((after.classes & (CLASS_FUNCTION | CLASS_REPORTING_VERB)) == 0);
    flags |= modifies & ((flags & MENTION_SUBJECT) == 0) ? MENTION_MODIFIER : 0;
    return is_beside(reading, phrase) ? flags | MENTION_BESIDE : flags;
}

static uint32_t flags_of_place(const struct reading *reading, size_t begin, size_t end) {
    return flags_of_phrase(reading, phrase_begin(reading, begin), begin, end);
}

/* The same for a place or an organisation, of which nobody asks what it does in its sentence,
 * unless it does it together with somebody. */
static uint32_t flags_of_thing(const struct reading *reading, size_t begin, size_t end) {
    enum { PHRASE_LONGEST = 5 };
    if (reading->last_end < begin && begin - reading->last_end <= PHRASE_LONGEST &&
        joins(reading)) {
        return flags_of_place(reading, begin, end);
    }
    return flag_of_quotation(&reading->unit->tokens[begin]);
}

/* What is said of a mention besides its place. */
struct saying {
    enum mention_kind kind;
    enum gender gender;
    uint32_t flags;
    uint32_t entity;
};

static galley_status add_mention(struct reading *reading, struct saying saying, size_t begin,
                                 size_t end) {
    struct analysis *analysis = reading->analysis;
    const struct unit *unit = reading->unit;
    if (analysis->n_mentions == analysis->mention_capacity &&
        !arena_grow(analysis->arena, &analysis->mentions, analysis->n_mentions,
                    &analysis->mention_capacity, sizeof *analysis->mentions,
                    analysis->n_mentions + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    const struct token *first = &unit->tokens[begin];
    const struct token *last = &unit->tokens[end - 1];
    const uint32_t len = (uint32_t)(last->offset + host_len(reading, last) - first->offset);
    struct mention *mention = &analysis->mentions[analysis->n_mentions++];
    *mention = (struct mention){
        .kind = (uint8_t)saying.kind,
        .gender = (uint8_t)saying.gender,
        .flags = saying.flags,
        .unit = analysis->n_units,
        .sentence = analysis->n_sentences + reading->n_told,
        .paragraph = analysis->n_paragraphs,
        .entity = saying.entity,
        .quotation = QUOTATION_NONE,
        .len = len,
        .span = unit_span(unit, first->offset, first->offset + len),
        .text = unit_token_text(unit, first),
    };
    if (mention->entity != ENTITY_NONE) {
        analysis->entities[mention->entity].n_mentions++;
    }
    /* "Miller and Baker opened the bridge": both did. */
    const uint32_t joint = MENTION_SUBJECT | MENTION_SPEAKS;
    if ((mention->flags & MENTION_BESIDE) != 0 && analysis->n_mentions > 1 &&
        mention[-1].sentence == mention->sentence) {
        mention[-1].flags |= mention->flags & joint;
    }
    reading->last_end = end;
    return GALLEY_OK;
}

/* ---- names ---- */

/* A letter's bit, or that of everything else. */
static uint32_t letter_bit(char letter) {
    return UINT32_C(1) << (letter >= 'a' && letter <= 'z' ? letter - 'a' : 26);
}

static size_t length_class(size_t len) {
    return len < WORD_LIST_LENGTHS ? len : WORD_LIST_LENGTHS - 1;
}

struct word_list mentions_list(galley_string words) {
    struct word_list list = {.words = words};
    for (size_t begin = 0; begin < words.len;) {
        const char *space = memchr(words.data + begin, ' ', words.len - begin);
        const size_t end = space == NULL ? words.len : (size_t)(space - words.data);
        if (end > begin) {
            const size_t length = length_class(end - begin);
            list.firsts[length] |= letter_bit(words.data[begin]);
            list.lasts[length] |= letter_bit(words.data[end - 1]);
        }
        begin = end + 1;
    }
    return list;
}

static bool is_word_of(const struct word_list *list, const char *text, size_t len) {
    const galley_string words = list->words;
    for (size_t begin = 0; begin + len <= words.len;) {
        const char *space = memchr(words.data + begin, ' ', words.len - begin);
        const size_t end = space == NULL ? words.len : (size_t)(space - words.data);
        size_t same = 0;
        while (end - begin == len && same < len &&
               ascii_lower(text[same]) == words.data[begin + same]) {
            same++;
        }
        if (same == len) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

/* Whether one of the list's words is the token, but for capitals. */
static bool is_listed(const struct reading *reading, size_t i, const struct word_list *list) {
    const struct token *token = &reading->unit->tokens[i];
    const char *text = unit_token_text(reading->unit, token);
    const size_t length = length_class(token->len);
    return (list->firsts[length] & letter_bit(ascii_lower(text[0]))) != 0 &&
           (list->lasts[length] & letter_bit(ascii_lower(text[token->len - 1]))) != 0 &&
           is_word_of(list, text, token->len);
}

/* A run of words with capitals. */
struct run {
    size_t begin, end;  /* tokens, with titles before the name */
    size_t first;       /* of the name */
    enum gender gender; /* what its titles say */
    bool titled;
    uint32_t title; /* form of the last title, or FORM_NONE */
};

/* "Ludwig van Beethoven", "Bill de Blasio": a small word before the rest of a name. */
static bool is_particle(const struct reading *reading, size_t i) {
    const struct word_list *particles = &reading->analysis->particles;
    return i + 1 < reading->sentence_end &&
           (has_capital(reading, i + 1) ||
            (i + 2 < reading->sentence_end && has_capital(reading, i + 2) &&
             is_listed(reading, i + 1, particles))) &&
           is_listed(reading, i, particles);
}

static inline bool continues_run(const struct reading *reading, size_t i) {
    const struct token *token = &reading->unit->tokens[i];
    const bool starts = (token->flags & (TOKEN_LINE_BEFORE | TOKEN_SENTENCE_START)) != 0;
    if (starts | (token->kind != TOKEN_WORD)) {
        return false;
    }
    return (has_capital(reading, i) || (is_small(token) && is_particle(reading, i))) &&
           host_len(reading, token - 1) == token[-1].len;
}

/* A word that stands in front of names and is not of them. */
static bool begins_no_name(const struct form_facts *facts) {
    return ((facts->classes & CLASS_FUNCTION) | (facts->flags & (FORM_DEMONYM | FORM_CALENDAR))) !=
           0;
}

static bool is_given_name(const struct form_facts *facts) {
    return (facts->flags & FORM_GIVEN_NAME) != 0 && facts->n_bearers > 0;
}

/* A word that is no name as far as the pack knows: "Tower", "Campaign". */
static bool is_common(const struct form_facts *facts) {
    return (facts->flags & FORM_LOWER) != 0 &&
           (facts->flags & (FORM_SURNAME | FORM_GIVEN_NAME)) == 0;
}

/* Moves the begin of the name to its given name, where it has one with more behind it: the first,
 * or the second where the first is a place ("Russia Vladimir Putin") or a common word. */
static void find_given_name(const struct reading *reading, struct run *run) {
    for (size_t i = run->first; i + 1 < run->end; i++) {
        const struct form_facts *facts = facts_at(reading, i);
        if (!is_given_name(facts) || begins_no_name(facts)) {
            continue;
        }
        const struct form_facts *next = facts_at(reading, i + 1);
        if (i + 2 < run->end && is_given_name(next) && !begins_no_name(next) &&
            (facts->flags & (FORM_PLACE | FORM_LOWER)) != 0 && next->n_bearers > facts->n_bearers) {
            continue;
        }
        run->first = i;
        return;
    }
}

/* Fills `run` with the one that begins at token i; it `goes_on` with the next one. */
static void read_run(const struct reading *reading, size_t i, bool goes_on, struct run *run) {
    *run = (struct run){.begin = i, .end = i + 1, .first = i, .title = FORM_NONE};
    if (!goes_on) {
        return;
    }
    do {
        run->end++;
    } while (run->end < reading->sentence_end && run->end - i < NAME_LONGEST &&
             continues_run(reading, run->end));
    for (size_t at = i; at + 1 < run->end; at++) {
        const uint32_t classes = classes_at(reading, at);
        if ((classes & (TITLES | ROLES)) != 0 && (classes & CLASS_FUNCTION) == 0) {
            const enum gender gender = gender_of_role(classes);
            run->gender = gender == GENDER_UNKNOWN ? run->gender : gender;
            run->titled = true;
            run->title = reading->unit->tokens[at].form;
            run->first = at + 1;
        }
    }
    /* "Cuban" may be one, and somebody's surname */
    while (run->first < run->end && begins_no_name(facts_at(reading, run->first)) &&
           (run->first + 1 < run->end || !is_known_name(reading, run->first))) {
        run->first++;
    }
    if (run->first < run->end) {
        find_given_name(reading, run);
    }
    /* "Secretary of State Blinken" */
    while (run->first + 1 < run->end && is_common(facts_at(reading, run->first)) &&
           !is_common(facts_at(reading, run->end - 1))) {
        run->first++;
    }
    /* "Hillary Clinton Campaign", "Donald Trump Jr." */
    while (run->end - run->first > 2 &&
           (is_listed(reading, run->end - 1, &reading->analysis->suffixes) ||
            (is_common(facts_at(reading, run->end - 1)) &&
             reading->unit->tokens[run->end - 2].len > 2))) {
        run->end--;
    }
}

/* What a run of unknown words may be: a person, a thing, or nothing to speak of. */
enum likeness { LIKE_NOTHING, LIKE_PERSON, LIKE_THING };

static enum likeness liken(const struct reading *reading, const struct run *run) {
    const struct token *last = &reading->unit->tokens[run->end - 1];
    const struct form_facts *facts = facts_at(reading, run->end - 1);
    const bool single = run->end - run->first == 1;
    if ((facts->flags & (FORM_PLACE | FORM_ORGANISATION)) != 0 && !(facts->flags & FORM_SURNAME)) {
        return LIKE_THING;
    }
    if (last->letter_case == CASE_UPPER || (last->flags & TOKEN_DIGIT) != 0 ||
        begins_no_name(facts)) {
        return LIKE_NOTHING;
    }
    if (single && run->begin > 0 && is_mark(reading, run->begin - 1, '(')) {
        return LIKE_NOTHING; /* a party, a state */
    }
    for (size_t i = run->first; i < run->end; i++) {
        facts = facts_at(reading, i);
        if ((facts->flags & (FORM_PLACE | FORM_ORGANISATION | FORM_DEMONYM)) != 0 &&
            (facts->flags & FORM_SURNAME) == 0) {
            return LIKE_THING;
        }
        if ((facts->parts & PART_NOUN_PLURAL) != 0 && (facts->flags & FORM_SURNAME) == 0) {
            return LIKE_NOTHING;
        }
        if (is_common(facts) &&
            !(single && (last->flags & TOKEN_SENTENCE_START) == 0 &&
              (flags_of_place(reading, run->begin, run->end) & MENTION_SPEAKS) != 0)) {
            return LIKE_NOTHING;
        }
    }
    return LIKE_PERSON;
}

/* Looks behind the comma of "Marie Blanc, 54, a baker" for a role. TOKEN_NONE: none. */
static size_t find_apposed_role(const struct reading *reading, size_t end) {
    if (!is_mark(reading, end, ',') && !is_mark(reading, end, '(')) {
        return TOKEN_NONE;
    }
    size_t found = TOKEN_NONE;
    for (size_t i = end + 1; i < reading->sentence_end && i <= end + APPOSITION_LONGEST; i++) {
        const struct token *token = &reading->unit->tokens[i];
        const uint32_t classes = classes_at(reading, i);
        const uint32_t parts = parts_at(reading, i);
        if (is_mark(reading, i, ',') && i == end + 2 && token[-1].kind == TOKEN_NUMBER) {
            continue; /* an age */
        }
        if (token->kind == TOKEN_MARK || has_capital(reading, i)) {
            if (has_capital(reading, i) && found == TOKEN_NONE && i <= end + 5) {
                continue;
            }
            break;
        }
        if ((classes & ROLES) != 0) {
            found = i;
            continue;
        }
        if (token->kind == TOKEN_NUMBER) {
            continue;
        }
        if (found != TOKEN_NONE ||
            (parts & (PART_AUXILIARY | PART_ADPOSITION | PART_COORDINATOR | PART_SUBORDINATOR)) !=
                0 ||
            ((parts & PART_PRONOUN) != 0 && (parts & PART_DETERMINER) == 0 &&
             (classes & CLASS_PRONOUN_POSSESSIVE) == 0)) {
            break;
        }
    }
    return found;
}

/* Takes the role before the name into it: "the actress Marie Blanc", "his wife, Marie Blanc,". */
static void take_role_before(struct reading *reading, const struct run *run, uint32_t entity) {
    struct analysis *analysis = reading->analysis;
    if (reading->role_token == TOKEN_NONE || reading->role_mention + 1 != analysis->n_mentions) {
        return;
    }
    const bool adjacent = reading->role_token + 1 == run->begin;
    const bool between_commas =
        reading->role_token + 2 == run->begin && is_mark(reading, run->begin - 1, ',') &&
        (is_mark(reading, run->end, ',') || is_mark(reading, run->end, '.'));
    if (!adjacent && !between_commas) {
        return;
    }
    const struct mention *role = &analysis->mentions[reading->role_mention];
    analysis->entities[entity].words[role->gender]++;
    if (role->entity != ENTITY_NONE && role->entity != entity) {
        analysis->entities[role->entity].n_mentions--;
    }
    if (reading->unit->tokens[reading->role_token].form != FORM_NONE) {
        names_set_role(analysis, reading->unit->tokens[reading->role_token].form, entity);
    }
    analysis->n_mentions--;
}

/* Notes what titles before and appositions behind say of the entity. */
static galley_status describe(struct reading *reading, const struct run *run, uint32_t entity) {
    struct analysis *analysis = reading->analysis;
    analysis->entities[entity].words[run->gender]++;
    if (run->title != FORM_NONE) {
        const galley_status status = names_set_role(analysis, run->title, entity);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    take_role_before(reading, run, entity);
    const size_t role = find_apposed_role(reading, run->end);
    if (role != TOKEN_NONE) {
        reading->described_token = role;
        reading->described = entity;
    }
    return GALLEY_OK;
}

/* Whether a given name and the last word of its run name a person: not "Hope Hospital", "Washington
 * Post", "West Africa" or "ISIS Declares". */
static bool is_name(const struct reading *reading, size_t first, size_t last) {
    const struct form_facts *facts = facts_at(reading, first);
    const struct form_facts *family = facts_at(reading, last);
    const struct token *tokens = reading->unit->tokens;
    const bool other =
        is_common(family) || ((family->flags & FORM_PLACE) != 0 &&
                              (family->flags & (FORM_SURNAME | FORM_GIVEN_NAME)) == 0);
    return !(other && (facts->flags & (FORM_LOWER | FORM_PLACE)) != 0) &&
           !(tokens[first].letter_case == CASE_UPPER && tokens[first].len > 2 &&
             tokens[last].letter_case != CASE_UPPER && (tokens[first].flags & TOKEN_DOT) == 0);
}

/* Whether a role stands directly before: "actress Marie Blanc". */
static bool is_role_before(const struct reading *reading, size_t begin) {
    return reading->role_token != TOKEN_NONE && reading->role_token + 1 == begin;
}

/* "The Washington Post", "the Supreme Court": the given name is something else as well, and people
 * take no article. */
static bool is_thing_with_article(const struct reading *reading, const struct run *run) {
    const uint32_t others = FORM_LOWER | FORM_PLACE | FORM_ORGANISATION;
    return run->first > 0 && (facts_at(reading, run->first)->flags & others) != 0 &&
           (classes_at(reading, run->first - 1) & CLASS_DEFINITE) != 0;
}

/* Whether it is somebody's name: by a role, a title or a given name, not only by its capitals. */
static bool is_sure(const struct reading *reading, const struct run *run) {
    return run->titled || is_role_before(reading, run->begin) ||
           (run->end - run->first > 1 && is_given_name(facts_at(reading, run->first)) &&
            is_name(reading, run->first, run->end - 1) && !is_thing_with_article(reading, run));
}

/* Whether the first of several words is a given name, and no particle of a surname. */
static bool is_full(const struct reading *reading, const struct run *run) {
    const struct form_facts *facts = facts_at(reading, run->first);
    return run->end - run->first > 1 &&
           ((is_given_name(facts) && facts->n_bearers >= BEARERS_OF_PARTICLE) ||
            !is_listed(reading, run->first, &reading->analysis->particles));
}

static galley_status take_thing(struct reading *reading, const struct run *run) {
    const struct saying saying = {MENTION_THING, run->gender,
                                  flags_of_thing(reading, run->begin, run->end), ENTITY_NONE};
    return add_mention(reading, saying, run->first, run->end);
}

/* Finds whose name it is, and what stands beside it says of him. */
static galley_status take_person(struct reading *reading, const struct run *run,
                                 struct name_words *words, uint32_t flags) {
    struct analysis *analysis = reading->analysis;
    const struct token *first = &reading->unit->tokens[run->first];
    const struct token *last = &reading->unit->tokens[run->end - 1];
    struct saying saying = {MENTION_NAME, run->gender,
                            flags | flags_of_place(reading, run->begin, run->end), ENTITY_NONE};
    words->unit = reading->unit;
    words->offset = first->offset;
    words->len = (uint32_t)(last->offset + host_len(reading, last) - first->offset);
    words->given = words->full ? key_of(reading, first) : 0;
    words->gender = run->gender;
    galley_status status = names_entity(analysis, words, &saying.entity);
    if (status != GALLEY_OK) {
        return status;
    }
    if (words->full) {
        struct entity *entity = &analysis->entities[saying.entity];
        saying.flags |= MENTION_FULL;
        if (entity->name_odds == 0) {
            entity->name_odds = evidence_of_name(facts_at(reading, run->first));
        }
    }
    saying.flags |= words->by_given ? MENTION_GIVEN : 0u;
    status = describe(reading, run, saying.entity);
    return status == GALLEY_OK ? add_mention(reading, saying, run->first, run->end) : status;
}

/* Takes the name at token i, which goes on with the next one or not; *next is where to go on. */
static galley_status take_name(struct reading *reading, size_t i, bool goes_on, size_t *next) {
    struct run run;
    read_run(reading, i, goes_on, &run);
    *next = run.end > i + 1 ? run.end : i + 1;
    if (run.first >= run.end) {
        return GALLEY_OK;
    }
    const bool sure = is_sure(reading, &run);
    struct name_words words = {
        .family = key_of(reading, &reading->unit->tokens[run.end - 1]),
        .uncertain = !sure, /* unless others of its mentions are sure */
    };
    words.number = names_number(reading->analysis, words.family);
    if (sure) {
        words.full = is_full(reading, &run);
    } else if (words.number == WORD_NONE) {
        const enum likeness likeness = liken(reading, &run);
        if (likeness != LIKE_PERSON) {
            return likeness == LIKE_THING ? take_thing(reading, &run) : GALLEY_OK;
        }
        words.full = is_full(reading, &run);
        return take_person(reading, &run, &words, MENTION_UNCERTAIN);
    }
    return take_person(reading, &run, &words, 0);
}

/* ---- roles and pronouns ---- */

static bool is_plural(uint32_t parts) {
    return (parts & PART_NOUN_PLURAL) != 0 && (parts & PART_NOUN) == 0;
}

static galley_status take_role(struct reading *reading, size_t i, uint32_t classes) {
    struct analysis *analysis = reading->analysis;
    const struct token *token = &reading->unit->tokens[i];
    if (is_plural(parts_at(reading, i))) {
        return GALLEY_OK;
    }
    const enum gender gender = gender_of_role(classes);
    if (i == reading->described_token) {
        analysis->entities[reading->described].words[gender]++;
        return names_set_role(analysis, token->form, reading->described);
    }
    /* "the minister", "her husband"; "minister" alone is an office */
    const size_t phrase = phrase_begin(reading, i);
    const bool determined =
        phrase < i && (parts_at(reading, phrase) & (PART_DETERMINER | PART_NUMERAL)) != 0;
    if (!determined && gender == GENDER_UNKNOWN) {
        return GALLEY_OK;
    }
    struct saying saying = {MENTION_ROLE, gender, flags_of_phrase(reading, phrase, i, i + 1),
                            ENTITY_NONE};
    saying.flags |= gender != GENDER_UNKNOWN ? MENTION_GENDERED : 0u;
    const bool definite = determined && (classes_at(reading, phrase) & CLASS_DEFINITE) != 0;
    if (definite) {
        saying.flags |= MENTION_DEFINITE;
        saying.entity = names_of_role(analysis, token->form);
    }
    if (saying.entity == ENTITY_NONE) {
        const struct mention role = {.kind = MENTION_ROLE};
        galley_status status = names_add_entity(analysis, &role, &saying.entity);
        if (status == GALLEY_OK) {
            struct entity *entity = &analysis->entities[saying.entity];
            entity->words[gender]++;
            entity->name = unit_token_text(reading->unit, token);
            entity->name_len = token->len;
            entity->first = unit_span(reading->unit, token->offset, token->offset + token->len);
            status = names_set_role(analysis, token->form, saying.entity);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    reading->role_token = i;
    reading->role_mention = analysis->n_mentions;
    return add_mention(reading, saying, i, i + 1);
}

/* What the pronoun is in its sentence. "her" before a noun is an owner's, elsewhere an object's;
 * where nobody can tell, it is both. */
static uint32_t case_of(const struct reading *reading, size_t i, uint32_t classes) {
    if ((classes & CLASS_PRONOUN_REFLEXIVE) != 0) {
        return MENTION_REFLEXIVE;
    }
    const size_t next = i + 1;
    const uint32_t nouns = PART_NOUN | PART_NOUN_PLURAL | PART_ADJECTIVE | PART_PROPER_NOUN |
                           PART_NUMERAL | PART_VERB_GERUND;
    const bool ends = next >= reading->sentence_end ||
                      reading->unit->tokens[next].kind == TOKEN_MARK ||
                      (classes_at(reading, next) & CLASS_FUNCTION) != 0;
    const bool object = (classes & CLASS_PRONOUN_OBJECT) != 0;
    if ((classes & CLASS_PRONOUN_POSSESSIVE) != 0) {
        if (object) {
            return ends                                     ? MENTION_OBJECT
                   : (parts_at(reading, next) & nouns) != 0 ? MENTION_OWNER
                                                            : MENTION_OWNER | MENTION_OBJECT;
        }
        return ends ? MENTION_OWNER | MENTION_ALONE : MENTION_OWNER;
    }
    return (classes & CLASS_PRONOUN_SUBJECT) == 0 ? MENTION_OBJECT
           : object                               ? MENTION_SUBJECT | MENTION_OBJECT
                                                  : MENTION_SUBJECT;
}

/* "he or she", "his or her", "s/he": anybody. */
static bool is_either(const struct reading *reading, size_t i) {
    const uint32_t genders = CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE;
    for (int side = -1; side <= 1; side += 2) {
        const size_t joint = side < 0 ? i - 1 : i + 1;
        const size_t other = side < 0 ? i - 2 : i + 2;
        if ((side > 0 || i >= 2) && other < reading->unit->n_tokens &&
            ((parts_at(reading, joint) & PART_COORDINATOR) != 0 || is_mark(reading, joint, '/')) &&
            (classes_at(reading, other) & genders) != 0 &&
            (classes_at(reading, other) & genders) != (classes_at(reading, i) & genders)) {
            return true;
        }
    }
    return false;
}

/* "Miller, who he said was late": two people. */
static bool is_behind_relative(const struct reading *reading, size_t i) {
    if (i < 2 || (classes_at(reading, i - 1) & CLASS_RELATIVE) == 0 ||
        (classes_at(reading, i - 1) & (CLASS_PRONOUN_SUBJECT | CLASS_PRONOUN_OBJECT)) == 0) {
        return false;
    }
    return reading->last_end == i - 1 - (is_mark(reading, i - 2, ',') ? 1 : 0);
}

/* What he or she does in its sentence. */
static uint32_t flags_of_pronoun(const struct reading *reading, size_t i, uint32_t classes) {
    uint32_t flags = case_of(reading, i, classes);
    flags |= reading->heading ? MENTION_HEADING : 0;
    flags |= i == reading->sentence_first ? MENTION_BEGINS : 0;
    const struct lead lead = look_before(reading, i);
    flags |= flag_of_lead(&lead);
    if ((flags & MENTION_SUBJECT) != 0) {
        const struct neighbour after = look_at(reading, i + 1);
        flags |= flags_of_verb(reading, i + 1, after) & MENTION_SPEAKS;
        flags |= speaks_before(reading, i, &lead) ? MENTION_SPEAKS : 0;
    }
    return is_behind_relative(reading, i) ? flags | MENTION_OTHER : flags;
}

static galley_status take_pronoun(struct reading *reading, size_t i, uint32_t classes) {
    const enum gender gender = (classes & CLASS_PRONOUN_NEUTER) != 0
                                   ? GENDER_NEUTER
                                   : gender_of(classes, CLASS_PRONOUN_MALE, CLASS_PRONOUN_FEMALE);
    if (gender == GENDER_UNKNOWN || is_either(reading, i)) {
        return GALLEY_OK;
    }
    uint32_t flags = flag_of_quotation(&reading->unit->tokens[i]);
    if (gender != GENDER_NEUTER) { /* nobody asks what "it" does */
        flags |= flags_of_pronoun(reading, i, classes);
    }
    if ((flags & MENTION_QUOTED) == 0) {
        reading->analysis->n_pronouns[gender]++;
    }
    const struct saying saying = {MENTION_PRONOUN, gender, flags, ENTITY_NONE};
    return add_mention(reading, saying, i, i + 1);
}

/* ---- the walk ---- */

/* A short line without a stop is a heading; one with capitals all over has no names to tell. */
static bool is_heading(const struct unit *unit) {
    return unit->kind == UNIT_HEADING || (unit->n_tokens > 0 && unit->n_tokens <= HEADING_LONGEST &&
                                          unit->tokens[unit->n_tokens - 1].kind == TOKEN_WORD);
}

bool mentions_is_told(const struct unit *unit, size_t sentence) {
    const struct token *tokens = unit->tokens;
    size_t first = unit->sentences[sentence].first;
    size_t last = unit->sentences[sentence].end - 1;
    while (first < last && tokens[first].kind == TOKEN_MARK) {
        first++;
    }
    while (last > first && tokens[last].kind == TOKEN_MARK) {
        last--;
    }
    return (tokens[first].flags & TOKEN_QUOTED) == 0 || (tokens[last].flags & TOKEN_QUOTED) == 0;
}

/* Moves on to the sentence of `token`. Sentences that are quoted from end to end are counted as one
 * with the next that is not: “It rained. It was late,” he said. */
static void enter_sentence(struct reading *reading, size_t token) {
    const struct unit *unit = reading->unit;
    if (token < reading->sentence_end) {
        return;
    }
    while (reading->sentence + 1 < unit->n_sentences &&
           unit->sentences[reading->sentence].end <= token) {
        reading->n_told += mentions_is_told(unit, reading->sentence);
        reading->sentence++;
    }
    reading->sentence_first = unit->sentences[reading->sentence].first;
    reading->sentence_end = unit->sentences[reading->sentence].end;
}

static galley_status take_token(struct reading *reading, size_t i, size_t *next) {
    const struct token *token = &reading->unit->tokens[i];
    const struct form_facts *facts = facts_at(reading, i);
    const uint32_t classes = facts->classes;
    enter_sentence(reading, i);
    *next = i + 1;
    if ((classes & (CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE | CLASS_PRONOUN_NEUTER)) != 0) {
        return take_pronoun(reading, i, classes);
    }
    if ((classes & CLASS_TRANSITION) != 0) {
        struct analysis *analysis = reading->analysis;
        if (!analysis->tells_change) {
            analysis->tells_change = true;
            analysis->first_change = analysis->n_paragraphs;
        }
        analysis->last_change = analysis->n_paragraphs;
        return GALLEY_OK;
    }
    if (has_capital(reading, i)) {
        const bool goes_on = i + 1 < reading->sentence_end && continues_run(reading, i + 1);
        const bool is_role = (classes & ROLES) != 0;
        if (!goes_on && (is_role | begins_no_name(facts)) != 0 && !is_known_name(reading, i)) {
            return is_role ? take_role(reading, i, classes) : GALLEY_OK;
        }
        return take_name(reading, i, goes_on, next);
    }
    return (classes & ROLES) != 0 && token->letter_case == CASE_LOWER
               ? take_role(reading, i, classes)
               : GALLEY_OK;
}

/* Tokens that are looked at, a bit each, of a part of the unit. */
enum { WALK_WORDS = 16, WALK_TOKENS = WALK_WORDS * 64 };

/* Marks the words with capitals and the noted ones that say something of people, of the part that
 * begins at token `begin`; *n_capitals and *n_noted are those behind us. Names are rare words, of
 * which the processor has nothing near: asks for all of them at once. */
static void mark_words(const struct reading *reading, size_t begin, size_t *n_capitals,
                       size_t *n_noted, uint64_t *bits) {
    const struct unit *unit = reading->unit;
    const size_t end = begin + WALK_TOKENS;
    for (size_t i = 0; i < WALK_WORDS && begin + i * 64 < unit->n_tokens; i++) {
        bits[i] = 0;
    }
    for (; *n_capitals < unit->n_capitals && unit->capitals[*n_capitals] < end; ++*n_capitals) {
        const struct token *token = &unit->tokens[unit->capitals[*n_capitals]];
        const size_t at = unit->capitals[*n_capitals] - begin;
        __builtin_prefetch(&reading->facts->kinds[token->form & known_mask(token)]);
        bits[at / 64] |= UINT64_C(1) << at % 64;
    }
    for (; *n_noted < unit->n_noted && unit->noted[*n_noted].token < end; ++*n_noted) {
        const size_t at = unit->noted[*n_noted].token - begin;
        const bool is_person = (unit->noted[*n_noted].signs & (SIGN_PRONOUN | SIGN_PERSON)) != 0;
        bits[at / 64] |= (uint64_t)is_person << at % 64;
    }
}

/* Those of the bits that stand for tokens from `next` on; the lowest one stands for `first`. */
static uint64_t bits_from(uint64_t bits, size_t first, size_t next) {
    const size_t behind = next > first ? next - first : 0;
    return behind < 64 ? bits & UINT64_MAX << behind : 0;
}

/* Looks at them, in order. */
static galley_status walk(struct reading *reading) {
    const struct unit *unit = reading->unit;
    size_t n_capitals = 0;
    size_t n_noted = 0;
    size_t next = 0;
    for (size_t begin = 0; begin < unit->n_tokens; begin += WALK_TOKENS) {
        uint64_t bits[WALK_WORDS];
        mark_words(reading, begin, &n_capitals, &n_noted, bits);
        for (size_t word = 0; word < WALK_WORDS && begin + word * 64 < unit->n_tokens; word++) {
            const size_t first = begin + word * 64;
            uint64_t left = bits_from(bits[word], first, next);
            while (left != 0) {
                const size_t i = first + (size_t)__builtin_ctzll(left);
                const galley_status status = take_token(reading, i, &next);
                if (status != GALLEY_OK) {
                    return status;
                }
                left = bits_from(left, first, next);
            }
        }
    }
    return GALLEY_OK;
}

galley_status mentions_read(struct analysis *analysis, const struct unit *unit) {
    struct reading reading = {.analysis = analysis,
                              .unit = unit,
                              .facts = pack_facts_table(analysis->pack),
                              .role_token = TOKEN_NONE,
                              .described_token = TOKEN_NONE,
                              .last_end = TOKEN_NONE - 1,
                              .heading = is_heading(unit)};
    if (unit->n_sentences == 0 || pack_n_forms(analysis->pack) == 0 ||
        (unit->n_tokens <= HEADING_LONGEST && unit->n_capitals * 5 > unit->n_tokens * 3)) {
        return GALLEY_OK;
    }
    const galley_status status = walk(&reading);
    if (status != GALLEY_OK) {
        return status;
    }
    enter_sentence(&reading, unit->n_tokens - 1);
    reading.n_told += mentions_is_told(unit, reading.sentence);
    analysis->n_sentences += reading.n_told;
    analysis->n_paragraphs += reading.n_told > 0;
    return GALLEY_OK;
}
