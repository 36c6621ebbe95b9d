/*
 * Mentions and entities, in one pass over each unit's tokens. A person is named by a run of words
 * with capitals that begins with a given name ("Sergei Lavrov") or stands behind a title ("Mr
 * Lavrov"); later the last word alone is enough. The gender of a given name comes from counted
 * bearers: 98 of 100 must agree, or the name says nothing.
 */
#include "analysis/analysis.h"
#include "base/ascii.h"
#include "base/hash.h"

#include <string.h>

enum {
    NAME_LONGEST = 6,  /* words of a name */
    SURE_MALE = 250,   /* of 255: 98 % */
    SURE_FEMALE = 5,
    BEARERS_MIN = 24,  /* 10 log10: 250 people */
    MAJORITY_MIN = 3,
    MAJORITY = 4,        /* times as often as the other gender: pronouns */
    NAMES_MAJORITY = 10  /* names of one surname; a family has none */
};

galley_status analysis_create(struct arena *arena, const struct pack *pack,
                              struct analysis **analysis) {
    struct analysis *made = arena_allocate_zeroed(arena, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    made->arena = arena;
    made->pack = pack;
    *analysis = made;
    return GALLEY_OK;
}

static bool grow_entities(struct analysis *analysis) {
    if (analysis->n_entities * 2 < analysis->capacity) {
        return true;
    }
    const size_t capacity = analysis->capacity == 0 ? 64 : analysis->capacity * 2;
    struct entity *entities = arena_allocate_zeroed(analysis->arena, capacity * sizeof *entities);
    uint32_t *moved = arena_allocate(analysis->arena, (analysis->capacity + 1) * sizeof *moved);
    if (entities == NULL || moved == NULL) {
        return false;
    }
    for (size_t i = 0; i < analysis->capacity; i++) {
        if (analysis->entities[i].key != 0) {
            size_t at = analysis->entities[i].key & (capacity - 1);
            while (entities[at].key != 0) {
                at = (at + 1) & (capacity - 1);
            }
            entities[at] = analysis->entities[i];
            moved[i] = (uint32_t)at;
        }
    }
    for (size_t i = 0; i < analysis->n_events; i++) {
        if (analysis->events[i].kind == EVENT_NAME) {
            analysis->events[i].entity = moved[analysis->events[i].entity];
        }
    }
    analysis->entities = entities;
    analysis->capacity = capacity;
    return true;
}

static struct event *add_event(struct analysis *analysis) {
    if (analysis->n_events == analysis->event_capacity) {
        const size_t capacity = analysis->event_capacity == 0 ? 64 : analysis->event_capacity * 2;
        struct event *events = arena_allocate(analysis->arena, capacity * sizeof *events);
        if (events == NULL) {
            return NULL;
        }
        if (analysis->n_events > 0) {
            memcpy(events, analysis->events, analysis->n_events * sizeof *events);
        }
        analysis->events = events;
        analysis->event_capacity = capacity;
    }
    struct event *event = &analysis->events[analysis->n_events++];
    *event = (struct event){.unit = analysis->n_units};
    return event;
}

static const struct form_facts *facts_of(const struct analysis *analysis,
                                         const struct token *token) {
    return token->form == FORM_NONE ? NULL : pack_facts(analysis->pack, token->form);
}

/* The word without "'s". */
static size_t host_len(const struct analysis *analysis, const char *text, size_t len) {
    size_t host;
    if (pack_find_host(analysis->pack, text, len, &host) != FORM_NONE) {
        return host;
    }
    if (len > 2 && text[len - 1] == 's' && text[len - 2] == '\'') {
        return len - 2;
    }
    return len > 4 && memcmp(text + len - 4, "\xE2\x80\x99s", 4) == 0 ? len - 4 : len;
}

static uint64_t key_of(const char *text, size_t len) {
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < len; i++) {
        hash = hash_add(hash, (unsigned char)ascii_lower(text[i]));
    }
    return hash | 1;
}

static size_t find_entity(const struct analysis *analysis, uint64_t key) {
    size_t at = key & (analysis->capacity - 1);
    while (analysis->entities[at].key != 0 && analysis->entities[at].key != key) {
        at = (at + 1) & (analysis->capacity - 1);
    }
    return at;
}

static enum gender gender_of_name(const struct form_facts *facts) {
    if (facts == NULL || facts->n_bearers < BEARERS_MIN) {
        return GENDER_UNKNOWN;
    }
    return facts->male >= SURE_MALE     ? GENDER_MALE
           : facts->male <= SURE_FEMALE ? GENDER_FEMALE
                                        : GENDER_UNKNOWN;
}

static enum gender gender_of_classes(uint32_t classes, uint32_t male, uint32_t female) {
    const bool is_male = (classes & male) != 0;
    const bool is_female = (classes & female) != 0;
    return is_male == is_female ? GENDER_UNKNOWN : is_male ? GENDER_MALE : GENDER_FEMALE;
}

/* A run of words with capitals. */
struct name {
    size_t first, end; /* tokens, without titles before */
    enum gender title; /* what its title says */
    bool titled;
};

static bool continues_name(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_LINE_BEFORE) == 0 &&
           (token->letter_case == CASE_TITLE || token->letter_case == CASE_MIXED ||
            token->letter_case == CASE_UPPER) &&
           (token->flags & TOKEN_SENTENCE_START) == 0;
}

/* Reads the run from i. The name begins behind its last title ("Virginia Gov. Terry McAuliffe"), and
 * behind words that begin no name. */
static struct name read_name(const struct analysis *analysis, const struct unit *unit, size_t i) {
    struct name name = {.first = i, .end = i + 1};
    while (name.end < unit->n_tokens && name.end - i < NAME_LONGEST &&
           continues_name(unit, name.end)) {
        name.end++;
    }
    const uint32_t titles = CLASS_TITLE | CLASS_TITLE_MALE | CLASS_TITLE_FEMALE;
    for (size_t at = i; at + 1 < name.end; at++) {
        const struct form_facts *facts = facts_of(analysis, &unit->tokens[at]);
        if (facts != NULL && (facts->classes & titles) != 0) {
            const enum gender gender =
                gender_of_classes(facts->classes, CLASS_TITLE_MALE, CLASS_TITLE_FEMALE);
            name.title = gender == GENDER_UNKNOWN ? name.title : gender;
            name.titled = true;
            name.first = at + 1;
        }
    }
    for (; name.first < name.end; name.first++) {
        const struct form_facts *facts = facts_of(analysis, &unit->tokens[name.first]);
        const bool begins_name =
            facts == NULL ||
            ((facts->classes & CLASS_FUNCTION) == 0 &&
             (facts->flags & (FORM_DEMONYM | FORM_CALENDAR)) == 0 &&
             !(name.end - name.first > 2 && (facts->flags & FORM_GIVEN_NAME) == 0 &&
               (facts->flags & FORM_LOWER) != 0));
        if (begins_name) {
            break;
        }
    }
    return name;
}

static bool is_reporting(const struct analysis *analysis, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    const struct form_facts *facts = i < unit->n_tokens ? facts_of(analysis, token) : NULL;
    return facts != NULL && token->kind == TOKEN_WORD && token->letter_case == CASE_LOWER &&
           (facts->classes & CLASS_REPORTING_VERB) != 0;
}

/* Whether a reporting verb stands at `end`, or behind one more word ("also said"). */
static bool verb_follows(const struct analysis *analysis, const struct unit *unit, size_t end) {
    return is_reporting(analysis, unit, end) ||
           (end + 1 < unit->n_tokens && unit->tokens[end].kind == TOKEN_WORD &&
            unit->tokens[end].letter_case == CASE_LOWER && is_reporting(analysis, unit, end + 1));
}

static galley_status add_mention(struct analysis *analysis, const struct unit *unit,
                                 const struct name *name, uint64_t key, const struct token *last,
                                 enum gender gender) {
    if (!grow_entities(analysis)) {
        return GALLEY_ERROR_MEMORY;
    }
    const size_t at = find_entity(analysis, key);
    struct entity *entity = &analysis->entities[at];
    const struct token *first = &unit->tokens[name->first];
    const size_t last_len = host_len(analysis, unit_token_text(unit, last), last->len);
    const struct span span = check_span(unit, first->offset, last->offset + last_len);
    const uint32_t len = (uint32_t)(last->offset + last_len - first->offset);
    if (entity->key == 0) {
        analysis->n_entities++;
        *entity = (struct entity){
            .key = key, .first = span, .name = unit_token_text(unit, first), .name_len = len};
    }
    entity->names[gender]++;
    entity->names[name->title]++;
    entity->n_mentions++;
    struct event *event = add_event(analysis);
    if (event == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    event->kind = EVENT_NAME;
    event->entity = (uint32_t)at;
    event->quoted = (first->flags & TOKEN_QUOTED) != 0;
    event->span = span;
    /* "Lavrov said", "said Lavrov" */
    event->speaks = verb_follows(analysis, unit, name->end) ||
                    (name->first > 0 && is_reporting(analysis, unit, name->first - 1));
    event->text = unit_token_text(unit, first);
    event->len = len;
    return GALLEY_OK;
}

/* Takes the name at token i; *next is where to go on. */
static galley_status take_name(struct analysis *analysis, const struct unit *unit, size_t i,
                               size_t *next) {
    const struct name name = read_name(analysis, unit, i);
    *next = name.end;
    if (name.first >= name.end) {
        return GALLEY_OK;
    }
    const struct token *first = &unit->tokens[name.first];
    const struct token *last = &unit->tokens[name.end - 1];
    const struct form_facts *facts = facts_of(analysis, first);
    const size_t len = host_len(analysis, unit_token_text(unit, last), last->len);
    const uint64_t key = key_of(unit_token_text(unit, last), len);
    const bool full = name.end - name.first >= 2 && facts != NULL &&
                      (facts->flags & FORM_GIVEN_NAME) != 0 && facts->n_bearers > 0;
    const bool known = analysis->capacity > 0 &&
                       analysis->entities[find_entity(analysis, key)].key != 0;
    if (!full && !name.titled && !known) {
        return GALLEY_OK;
    }
    return add_mention(analysis, unit, &name, key, last,
                       full ? gender_of_name(facts) : GENDER_UNKNOWN);
}

static galley_status take_word(struct analysis *analysis, const struct unit *unit, size_t i,
                               uint32_t classes) {
    const struct token *token = &unit->tokens[i];
    const enum gender pronoun =
        gender_of_classes(classes, CLASS_PRONOUN_MALE, CLASS_PRONOUN_FEMALE);
    const enum gender role = gender_of_classes(classes, CLASS_ROLE_MALE | CLASS_TITLE_MALE,
                                               CLASS_ROLE_FEMALE | CLASS_TITLE_FEMALE);
    if (pronoun == GENDER_UNKNOWN && role == GENDER_UNKNOWN) {
        return GALLEY_OK;
    }
    struct event *event = add_event(analysis);
    if (event == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    event->kind = pronoun != GENDER_UNKNOWN ? EVENT_PRONOUN : EVENT_ROLE;
    event->gender = (uint8_t)(pronoun != GENDER_UNKNOWN ? pronoun : role);
    event->quoted = (token->flags & TOKEN_QUOTED) != 0;
    event->nominative = (classes & CLASS_PRONOUN_SUBJECT) != 0;
    event->speaks = event->nominative && verb_follows(analysis, unit, i + 1);
    event->span = check_span(unit, token->offset, token->offset + token->len);
    event->text = unit_token_text(unit, token);
    event->len = token->len;
    if (event->kind == EVENT_ROLE) {
        analysis->n_roles[event->gender]++;
    } else if (!event->quoted) {
        analysis->n_pronouns[event->gender]++;
    }
    return GALLEY_OK;
}

galley_status analysis_unit(struct analysis *analysis, const struct unit *unit) {
    const uint32_t wanted = CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE | CLASS_ROLE_MALE |
                            CLASS_ROLE_FEMALE | CLASS_TITLE_MALE | CLASS_TITLE_FEMALE;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_tokens && status == GALLEY_OK;) {
        const struct token *token = &unit->tokens[i];
        if (token->kind != TOKEN_WORD) {
            i++;
            continue;
        }
        const struct form_facts *facts = facts_of(analysis, token);
        const uint32_t classes = facts == NULL ? 0 : facts->classes;
        const bool pronoun = (classes & (CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE)) != 0;
        if (token->letter_case != CASE_LOWER && !pronoun) {
            status = take_name(analysis, unit, i, &i);
        } else {
            if ((classes & wanted) != 0) {
                status = take_word(analysis, unit, i, classes);
            }
            i++;
        }
    }
    analysis->n_units++;
    return status;
}

/* Gives each pronoun to the nearest name before it in its unit, and an entity without evidence the
 * gender of a clear majority of its pronouns. */
galley_status analysis_finish(struct analysis *analysis) {
    struct entity *nearest = NULL;
    uint32_t unit = 0;
    for (size_t i = 0; i < analysis->n_events; i++) {
        const struct event *event = &analysis->events[i];
        if (event->unit != unit) {
            nearest = NULL;
            unit = event->unit;
        }
        if (event->quoted) {
            continue;
        }
        if (event->kind == EVENT_NAME) {
            nearest = &analysis->entities[event->entity];
        } else if (event->kind == EVENT_PRONOUN && nearest != NULL) {
            nearest->n_male += event->gender == GENDER_MALE;
            nearest->n_female += event->gender == GENDER_FEMALE;
        }
    }
    for (size_t i = 0; i < analysis->capacity; i++) {
        struct entity *entity = &analysis->entities[i];
        if (entity->key == 0) {
            continue;
        }
        const uint32_t *names = entity->names;
        if (names[GENDER_MALE] > NAMES_MAJORITY * names[GENDER_FEMALE]) {
            entity->gender = GENDER_MALE;
        } else if (names[GENDER_FEMALE] > NAMES_MAJORITY * names[GENDER_MALE]) {
            entity->gender = GENDER_FEMALE;
        } else {
            entity->contradicted = names[GENDER_MALE] > 0;
        }
        analysis->n_named[entity->gender]++;
        analysis->n_contradicted += entity->contradicted;
        if (entity->gender == GENDER_UNKNOWN && !entity->contradicted) {
            if (entity->n_male >= MAJORITY_MIN && entity->n_male >= MAJORITY * entity->n_female) {
                entity->gender = GENDER_MALE;
            } else if (entity->n_female >= MAJORITY_MIN &&
                       entity->n_female >= MAJORITY * entity->n_male) {
                entity->gender = GENDER_FEMALE;
            }
        }
    }
    return GALLEY_OK;
}
