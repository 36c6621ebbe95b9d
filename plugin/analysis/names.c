/*
 * Whose name it is. A full name is one entity, wherever it stands. A surname alone means the person
 * of that name who was last called by the full name; where several have it (a couple, a family),
 * the one who is named most, unless another was named in full within NAMED_LATELY mentions. A given
 * name alone means whoever was introduced with it. A role means who was last called by it.
 */
#include "analysis/rooms.h"

#include <string.h>

enum { NAMED_LATELY = 12, INDEX_SMALLEST = 64 };

#define INDEX_NONE WORD_NONE

/* A hash table with open addressing: from a key to a number. */
struct index_entry {
    uint64_t key; /* 0: free */
    uint32_t value;
};

struct index {
    struct index_entry *entries;
    size_t n, capacity; /* a power of two */
};

/* Whom a word means. */
struct bearers {
    uint32_t latest;    /* called by a full name with this word; ENTITY_NONE: nobody */
    uint32_t main;      /* ... and the one most often mentioned of them */
    uint32_t latest_at; /* mentions before that */
    bool shared;        /* more than one */
};

/* A word of names. */
struct name_word {
    struct bearers family; /* as a surname, or alone */
    struct bearers given;
    uint16_t followed[4]; /* pronouns next behind the surname alone, by gender */
};

struct names {
    struct name_word *words;
    size_t n_words, word_capacity;
    struct index numbers; /* of words, by their hash */
    struct index full;    /* entities by the numbers of given name and surname */
    struct index roles;   /* entities by form */
    size_t n_shared;      /* families */
};

static struct index_entry *place_of(const struct index *index, uint64_t key) {
    const uint64_t mixed = key * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 by the golden ratio */
    size_t at = (size_t)(mixed >> 32) & (index->capacity - 1);
    while (index->entries[at].key != 0 && index->entries[at].key != key) {
        at = (at + 1) & (index->capacity - 1);
    }
    return &index->entries[at];
}

/* The key's value, or INDEX_NONE. */
static uint32_t index_find(const struct index *index, uint64_t key) {
    if (index->capacity == 0) {
        return INDEX_NONE;
    }
    const struct index_entry *entry = place_of(index, key);
    return entry->key == 0 ? INDEX_NONE : entry->value;
}

/* Makes room for so many keys; a place in two stays free. */
static bool index_reserve(struct arena *arena, struct index *index, size_t n) {
    struct index grown = {.capacity = INDEX_SMALLEST, .n = index->n};
    while (grown.capacity / 2 < n) {
        grown.capacity *= 2;
    }
    grown.entries = arena_allocate_zeroed(arena, grown.capacity * sizeof *grown.entries);
    if (grown.entries == NULL) {
        return false;
    }
    for (size_t i = 0; i < index->capacity; i++) {
        if (index->entries[i].key != 0) {
            *place_of(&grown, index->entries[i].key) = index->entries[i];
        }
    }
    *index = grown;
    return true;
}

/* Where the key's value is, which is INDEX_NONE when it is new; NULL: no memory. Stays there until
 * the next call. */
static uint32_t *index_add(struct arena *arena, struct index *index, uint64_t key) {
    if ((index->n + 1) * 2 > index->capacity && !index_reserve(arena, index, index->n + 1)) {
        return NULL;
    }
    struct index_entry *entry = place_of(index, key);
    if (entry->key == 0) {
        *entry = (struct index_entry){key, INDEX_NONE};
        index->n++;
    }
    return &entry->value;
}

/* The word's number, a new one where it has none. */
static galley_status number_word(struct analysis *analysis, uint64_t word, uint32_t *number) {
    struct names *names = analysis->names;
    uint32_t *place = index_add(analysis->arena, &names->numbers, word);
    if (place == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    if (*place == INDEX_NONE) {
        if (!arena_grow(analysis->arena, &names->words, names->n_words, &names->word_capacity,
                        sizeof *names->words, names->n_words + 1)) {
            return GALLEY_ERROR_MEMORY;
        }
        const struct bearers none = {.latest = ENTITY_NONE, .main = ENTITY_NONE};
        names->words[names->n_words] = (struct name_word){.family = none, .given = none};
        *place = (uint32_t)names->n_words++;
    }
    *number = *place;
    return GALLEY_OK;
}

static galley_status add_entity(struct analysis *analysis, uint32_t *entity) {
    if (!arena_grow(analysis->arena, &analysis->entities, analysis->n_entities,
                    &analysis->entity_capacity, sizeof *analysis->entities,
                    analysis->n_entities + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    *entity = (uint32_t)analysis->n_entities++;
    memset(&analysis->entities[*entity], 0, sizeof *analysis->entities);
    return GALLEY_OK;
}

galley_status names_create(struct analysis *analysis, size_t likely) {
    struct names *names = arena_allocate_zeroed(analysis->arena, sizeof *names);
    if (names == NULL ||
        !arena_grow(analysis->arena, &names->words, 0, &names->word_capacity, sizeof *names->words,
                    likely) ||
        !index_reserve(analysis->arena, &names->numbers, likely)) {
        return GALLEY_ERROR_MEMORY;
    }
    analysis->names = names;
    return GALLEY_OK;
}

galley_status names_add_entity(struct analysis *analysis, const struct mention *mention,
                               uint32_t *entity) {
    const galley_status status = add_entity(analysis, entity);
    if (status == GALLEY_OK) {
        struct entity *made = &analysis->entities[*entity];
        made->name = mention->text;
        made->name_len = mention->len;
        made->first = mention->span;
        made->kind = mention->kind;
    }
    return status;
}

/* A name's words by their numbers. */
struct numbered_name {
    const struct name_words *words;
    uint32_t family;
    uint32_t given; /* or WORD_NONE; less a gender: only a title tells them from the others */
};

/* Notes the name as the fullest that the text has. */
static void set_name(struct entity *entity, const struct name_words *words) {
    entity->name = words->unit->text + words->offset;
    entity->name_len = words->len;
    entity->first = unit_span(words->unit, words->offset, words->offset + words->len);
}

static galley_status add_named(struct analysis *analysis, const struct numbered_name *name,
                               uint32_t *entity) {
    const galley_status status = add_entity(analysis, entity);
    if (status == GALLEY_OK) {
        struct entity *made = &analysis->entities[*entity];
        set_name(made, name->words);
        made->kind = MENTION_NAME;
        made->uncertain = name->words->uncertain;
        made->given = name->given;
        made->family = name->family;
    }
    return status;
}

uint32_t names_number(const struct analysis *analysis, uint64_t word) {
    return index_find(&analysis->names->numbers, word);
}

/* Whether the entity's words and name speak against the gender. */
static bool contradicts(const struct analysis *analysis, uint32_t entity, enum gender gender) {
    enum { SURE = 2 };
    if (gender != GENDER_MALE && gender != GENDER_FEMALE) {
        return false;
    }
    const float odds = evidence_of_entity(&analysis->entities[entity], 0, GENDER_UNKNOWN, 0);
    return gender == GENDER_MALE ? odds < -SURE : odds > SURE;
}

/* Who is meant by a surname alone, with a title of this gender before it; ENTITY_NONE where only
 * people of the other one are known. */
static uint32_t of_one_word(const struct analysis *analysis, const struct bearers *bearers,
                            enum gender gender) {
    const bool lately = analysis->n_mentions - bearers->latest_at <= NAMED_LATELY;
    const uint32_t likely = lately ? bearers->latest : bearers->main;
    const uint32_t other = lately ? bearers->main : bearers->latest;
    return !contradicts(analysis, likely, gender)  ? likely
           : !contradicts(analysis, other, gender) ? other
                                                   : ENTITY_NONE;
}

static void note_latest(const struct analysis *analysis, struct bearers *bearers, uint32_t entity) {
    bearers->shared |= bearers->latest != ENTITY_NONE && bearers->latest != entity;
    bearers->latest = entity;
    bearers->latest_at = (uint32_t)analysis->n_mentions;
    if (bearers->main == ENTITY_NONE ||
        analysis->entities[entity].n_mentions > analysis->entities[bearers->main].n_mentions) {
        bearers->main = entity;
    }
}

/* The person of a surname who has no given name yet and may be the one of the full name. */
static uint32_t adopt(struct analysis *analysis, const struct bearers *family,
                      const struct numbered_name *name) {
    if (family->latest == ENTITY_NONE || family->shared ||
        analysis->entities[family->latest].given != WORD_NONE) {
        return ENTITY_NONE;
    }
    struct entity *entity = &analysis->entities[family->latest];
    entity->given = name->given;
    set_name(entity, name->words);
    entity->uncertain &= name->words->uncertain;
    return family->latest;
}

/* Finds who has the full name, or gives it to somebody. */
static galley_status find_full(struct analysis *analysis, const struct numbered_name *name,
                               uint32_t *entity) {
    struct names *names = analysis->names;
    const struct bearers *family = &names->words[name->family].family;
    /* Nearly always the one who had the surname last; the table of full names is for the rest. */
    if (family->latest != ENTITY_NONE && analysis->entities[family->latest].given == name->given) {
        *entity = family->latest;
        return GALLEY_OK;
    }
    uint32_t *full =
        index_add(analysis->arena, &names->full, ((uint64_t)name->given << 32 | name->family) + 1);
    if (full == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    if (*full == INDEX_NONE) {
        *full = adopt(analysis, family, name);
    }
    if (*full == ENTITY_NONE) {
        const galley_status status = add_named(analysis, name, full);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    *entity = *full;
    return GALLEY_OK;
}

static galley_status of_full_name(struct analysis *analysis, const struct numbered_name *name,
                                  uint32_t *entity) {
    struct names *names = analysis->names;
    const galley_status status = find_full(analysis, name, entity);
    if (status != GALLEY_OK) {
        return status;
    }
    struct bearers *family = &names->words[name->family].family;
    const bool was_shared = family->shared;
    analysis->entities[*entity].uncertain &= name->words->uncertain;
    note_latest(analysis, family, *entity);
    names->n_shared += family->shared && !was_shared;
    if (name->given < names->n_words) {
        note_latest(analysis, &names->words[name->given].given, *entity);
    }
    analysis->entities[*entity].n_full++;
    return GALLEY_OK;
}

/* One word: who has it for a surname, or else for a given name, or somebody new. */
static galley_status of_single_name(struct analysis *analysis, struct name_words *words,
                                    uint32_t number, uint32_t *entity) {
    struct name_word *word = &analysis->names->words[number];
    struct numbered_name name = {.words = words, .family = number, .given = WORD_NONE};
    words->by_given = word->family.latest == ENTITY_NONE && word->given.latest != ENTITY_NONE;
    if (word->family.latest == ENTITY_NONE && !words->by_given) {
        const galley_status status = add_named(analysis, &name, entity);
        if (status == GALLEY_OK) {
            note_latest(analysis, &word->family, *entity);
        }
        return status;
    }
    *entity = of_one_word(analysis, words->by_given ? &word->given : &word->family, words->gender);
    if (*entity == ENTITY_NONE) {
        name.given = WORD_NONE - words->gender; /* "Mrs Miller", where Mr Miller is known */
        return of_full_name(analysis, &name, entity);
    }
    analysis->entities[*entity].uncertain &= words->uncertain;
    return GALLEY_OK;
}

galley_status names_entity(struct analysis *analysis, struct name_words *words, uint32_t *entity) {
    struct numbered_name name = {.words = words, .family = words->number};
    galley_status status =
        words->number == WORD_NONE ? number_word(analysis, words->family, &name.family) : GALLEY_OK;
    if (status != GALLEY_OK || !words->full) {
        return status == GALLEY_OK ? of_single_name(analysis, words, name.family, entity) : status;
    }
    status = number_word(analysis, words->given, &name.given);
    return status == GALLEY_OK ? of_full_name(analysis, &name, entity) : status;
}

/* Forms begin at 0, which means a free place in the table. */
uint32_t names_of_role(const struct analysis *analysis, uint32_t form) {
    return index_find(&analysis->names->roles, (uint64_t)form + 1);
}

galley_status names_set_role(struct analysis *analysis, uint32_t form, uint32_t entity) {
    uint32_t *place = index_add(analysis->arena, &analysis->names->roles, (uint64_t)form + 1);
    if (place == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    *place = entity;
    return GALLEY_OK;
}

/* ---- families ---- */

static struct name_word *family_of(const struct analysis *analysis, uint32_t entity) {
    return &analysis->names->words[analysis->entities[entity].family];
}

static bool is_surname_alone(const struct mention *mention) {
    return mention->kind == MENTION_NAME && (mention->flags & (MENTION_FULL | MENTION_GIVEN)) == 0;
}

/* Counts the pronoun that follows a surname alone, before anybody else is spoken of. */
static void count_followed(struct analysis *analysis, size_t index) {
    enum { NEAR = 4 };
    const struct mention *name = &analysis->mentions[index];
    for (size_t i = index + 1; i < analysis->n_mentions && i <= index + NEAR; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (mention->sentence > name->sentence + 1 || mention->kind == MENTION_NAME ||
            mention->kind == MENTION_ROLE) {
            return;
        }
        if (mention->kind == MENTION_PRONOUN && mention->gender != GENDER_NEUTER &&
            (mention->flags & MENTION_QUOTED) == 0) {
            family_of(analysis, name->entity)->followed[mention->gender]++;
            return;
        }
    }
}

/* Chooses whom the surname alone means: who has the full name most often, of the gender of most
 * pronouns behind it. */
static void choose_main(struct analysis *analysis, struct name_word *word, uint32_t entity) {
    const uint16_t *followed = word->followed;
    const enum gender often = followed[GENDER_MALE] > 2 * followed[GENDER_FEMALE] ? GENDER_MALE
                              : followed[GENDER_FEMALE] > 2 * followed[GENDER_MALE]
                                  ? GENDER_FEMALE
                                  : GENDER_UNKNOWN;
    struct bearers *family = &word->family;
    const bool right = !contradicts(analysis, entity, often);
    const bool main_right =
        family->main != ENTITY_NONE && !contradicts(analysis, family->main, often);
    if (family->main == ENTITY_NONE || (right && !main_right) ||
        (right == main_right &&
         analysis->entities[entity].n_full > analysis->entities[family->main].n_full)) {
        family->main = entity;
    }
}

/* Marks those whose surname others have, too. */
static void mark_shared(struct analysis *analysis) {
    for (size_t i = 0; i < analysis->n_entities; i++) {
        struct entity *entity = &analysis->entities[i];
        entity->shared =
            entity->kind == MENTION_NAME && family_of(analysis, (uint32_t)i)->family.shared;
    }
}

/* Lists the mentions of those whose surname others have, too, by their indices in `listed`, which
 * has room for all mentions; answers how many there are. */
static size_t list_families(const struct analysis *analysis, uint32_t *listed) {
    size_t n = 0;
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        listed[n] = (uint32_t)i;
        n += mention->kind == MENTION_NAME && analysis->entities[mention->entity].shared;
    }
    return n;
}

/* Of several people with one surname, the surname alone means one who was just named in full, in
 * the same paragraph, else the main one. */
galley_status names_settle(struct analysis *analysis) {
    if (analysis->names->n_shared == 0) {
        return GALLEY_OK;
    }
    mark_shared(analysis);
    uint32_t *listed = arena_allocate(analysis->arena, (analysis->n_mentions + 1) * sizeof *listed);
    if (listed == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    const size_t n_listed = list_families(analysis, listed);
    for (size_t i = 0; i < n_listed; i++) {
        if (is_surname_alone(&analysis->mentions[listed[i]])) {
            count_followed(analysis, listed[i]);
        }
    }
    for (size_t i = 0; i < analysis->n_entities; i++) {
        if (analysis->entities[i].shared) {
            choose_main(analysis, family_of(analysis, (uint32_t)i), (uint32_t)i);
        }
    }
    for (size_t i = 0; i < n_listed; i++) {
        struct mention *mention = &analysis->mentions[listed[i]];
        struct bearers *family = &family_of(analysis, mention->entity)->family;
        if ((mention->flags & MENTION_FULL) != 0) {
            family->latest = mention->entity;
            family->latest_at = mention->paragraph;
        } else if (is_surname_alone(mention) &&
                   !contradicts(analysis, family->main, (enum gender)mention->gender)) {
            mention->entity =
                family->latest_at == mention->paragraph ? family->latest : family->main;
        }
    }
    arena_release(analysis->arena, listed, (analysis->n_mentions + 1) * sizeof *listed);
    return GALLEY_OK;
}
