/*
 * Who is spoken of: mentions of persons, the entities they are of, and the pronouns around them.
 * Prepared once for a document, read by the checks that ask for it (struct check, needs_analysis)
 * in their `document` function, when analysis_finish has run.
 */
#ifndef GALLEY_ANALYSIS_ANALYSIS_H
#define GALLEY_ANALYSIS_ANALYSIS_H

#include "checks/check.h"

/* Genders as the text can claim them. A name that both or neither could have says nothing. */
enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };

/* A person, known by a surname or a single name. People of one surname are one entity here; when
 * their names speak for both genders, it has none. */
struct entity {
    uint64_t key; /* hash of the name in small letters; 0: free */
    enum gender gender;
    bool contradicted; /* names or titles speak for both */
    uint32_t n_mentions;
    uint32_t n_male, n_female; /* pronouns nearest to it */
    uint32_t names[3];         /* mentions by what their given names and titles say */
    struct span first;         /* its first, fullest mention */
    const char *name;
    uint32_t name_len;
};

enum event_kind {
    EVENT_NAME,   /* a mention of an entity */
    EVENT_ROLE,   /* a word for a person of one gender: "actress", "her husband" */
    EVENT_PRONOUN /* he, she and their other forms */
};

/* What the text says of people, in its order. */
struct event {
    uint8_t kind;
    uint8_t gender;  /* of roles and pronouns */
    bool quoted;     /* inside quotation marks: somebody else speaks */
    bool nominative; /* pronouns: a subject */
    bool speaks;     /* stands beside a reporting verb */
    uint32_t unit;   /* index of the unit */
    uint32_t entity; /* names: index into entities */
    struct span span;
    const char *text;
    uint32_t len;
};

struct analysis {
    struct arena *arena;
    const struct pack *pack;
    struct entity *entities; /* a hash table of `capacity` places, a power of two */
    size_t n_entities, capacity;
    struct event *events;
    size_t n_events, event_capacity;
    uint32_t n_units;
    uint32_t n_pronouns[3], n_roles[3], n_named[3]; /* by gender; entities with a name's evidence */
    uint32_t n_contradicted; /* entities whose names speak for both */
};

/* All memory is the arena's. */
galley_status analysis_create(struct arena *arena, const struct pack *pack,
                              struct analysis **analysis);

/* Takes in one prepared unit, in document order. */
galley_status analysis_unit(struct analysis *analysis, const struct unit *unit);

/* Draws the conclusions, once, behind the last unit. */
galley_status analysis_finish(struct analysis *analysis);

#endif
