/*
 * Whose name it is. A full name is one entity, wherever it stands. A surname alone means the person
 * of that name who was last called by the full name; where several have it (a couple, a family),
 * the one who is named most, unless another was named in full within NAMED_LATELY mentions. A given
 * name alone means whoever was introduced with it. A role means who was last called by it.
 */
#include "analysis/rooms.h"

#include <string.h>

enum { NAMED_LATELY = 12 };

/* A word of names, or a role, and whom it means. */
struct word_entry {
    uint64_t word;        /* hash; 0: free */
    uint32_t latest;      /* called by a full name with this word */
    uint32_t main;        /* ... and the one most often mentioned of them */
    uint32_t latest_at;   /* mentions before that */
    bool shared;          /* more than one */
    uint16_t followed[4]; /* families: pronouns next behind the surname alone, by gender */
};

struct word_table {
    struct word_entry *entries;
    size_t n, capacity; /* a power of two */
};

/* families: by surname or single name; full: by given name and surname; givens: by given name;
 * roles: by form. */
struct names {
    struct word_table families, full, givens, roles;
};

static struct word_entry *place_of(const struct word_table *table, uint64_t word) {
    size_t at = (size_t)(word ^ word >> 32) & (table->capacity - 1);
    while (table->entries[at].word != 0 && table->entries[at].word != word) {
        at = (at + 1) & (table->capacity - 1);
    }
    return &table->entries[at];
}

static struct word_entry *find_word(const struct word_table *table, uint64_t word) {
    if (table->capacity == 0) {
        return NULL;
    }
    struct word_entry *entry = place_of(table, word);
    return entry->word == 0 ? NULL : entry;
}

/* The word's entry, added where there is none (`latest` is ENTITY_NONE then); NULL: no memory. */
static struct word_entry *add_word(struct arena *arena, struct word_table *table, uint64_t word) {
    if ((table->n + 1) * 2 > table->capacity) {
        struct word_table grown = {.capacity = table->capacity == 0 ? 64 : table->capacity * 2};
        grown.entries = arena_allocate_zeroed(arena, grown.capacity * sizeof *grown.entries);
        if (grown.entries == NULL) {
            return NULL;
        }
        for (size_t i = 0; i < table->capacity; i++) {
            if (table->entries[i].word != 0) {
                *place_of(&grown, table->entries[i].word) = table->entries[i];
            }
        }
        grown.n = table->n;
        *table = grown;
    }
    struct word_entry *entry = place_of(table, word);
    if (entry->word == 0) {
        *entry = (struct word_entry){.word = word, .latest = ENTITY_NONE, .main = ENTITY_NONE};
        table->n++;
    }
    return entry;
}

galley_status names_create(struct analysis *analysis) {
    analysis->names = arena_allocate_zeroed(analysis->arena, sizeof *analysis->names);
    return analysis->names == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
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

static galley_status add_named(struct analysis *analysis, const struct name_words *words,
                               uint32_t *entity) {
    const galley_status status = add_entity(analysis, entity);
    if (status == GALLEY_OK) {
        struct entity *made = &analysis->entities[*entity];
        made->name = words->text;
        made->name_len = words->len;
        made->first = words->span;
        made->kind = MENTION_NAME;
        made->uncertain = words->uncertain;
        made->given = words->full ? words->given : 0;
        made->family = words->family;
    }
    return status;
}

bool names_is_known(const struct analysis *analysis, uint64_t word) {
    return find_word(&analysis->names->families, word) != NULL ||
           find_word(&analysis->names->givens, word) != NULL;
}

/* Whether the entity's words and name speak against the gender. */
static bool contradicts(const struct analysis *analysis, uint32_t entity, enum gender gender) {
    enum { SURE = 2 };
    const float odds = evidence_of_entity(&analysis->entities[entity], 0, GENDER_UNKNOWN, 0);
    return (gender == GENDER_MALE && odds < -SURE) || (gender == GENDER_FEMALE && odds > SURE);
}

/* Who is meant by a surname alone, with a title of this gender before it; ENTITY_NONE where only
 * people of the other one are known. */
static uint32_t of_family(const struct analysis *analysis, const struct word_entry *entry,
                          enum gender gender) {
    const bool lately = analysis->n_mentions - entry->latest_at <= NAMED_LATELY;
    const uint32_t likely = lately ? entry->latest : entry->main;
    const uint32_t other = lately ? entry->main : entry->latest;
    return !contradicts(analysis, likely, gender)  ? likely
           : !contradicts(analysis, other, gender) ? other
                                                   : ENTITY_NONE;
}

static void note_latest(const struct analysis *analysis, struct word_entry *entry,
                        uint32_t entity) {
    entry->shared |= entry->latest != ENTITY_NONE && entry->latest != entity;
    entry->latest = entity;
    entry->latest_at = (uint32_t)analysis->n_mentions;
    if (entry->main == ENTITY_NONE ||
        analysis->entities[entity].n_mentions > analysis->entities[entry->main].n_mentions) {
        entry->main = entity;
    }
}

/* The person of a surname who has no given name yet and may be the one of the full name. */
static uint32_t adopt(struct analysis *analysis, const struct word_entry *family,
                      const struct name_words *words) {
    if (family->latest == ENTITY_NONE || family->shared ||
        analysis->entities[family->latest].given != 0) {
        return ENTITY_NONE;
    }
    struct entity *entity = &analysis->entities[family->latest];
    entity->given = words->given;
    entity->name = words->text;
    entity->name_len = words->len;
    entity->first = words->span;
    entity->uncertain &= words->uncertain;
    return family->latest;
}

static galley_status of_full_name(struct analysis *analysis, const struct name_words *words,
                                  uint32_t *entity) {
    struct names *names = analysis->names;
    struct arena *arena = analysis->arena;
    struct word_entry *family = add_word(arena, &names->families, words->family);
    struct word_entry *full =
        add_word(arena, &names->full, (words->given * 31 ^ words->family) | 1);
    struct word_entry *given = add_word(arena, &names->givens, words->given);
    if (family == NULL || full == NULL || given == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    if (full->latest == ENTITY_NONE) {
        uint32_t made = adopt(analysis, family, words);
        if (made == ENTITY_NONE) {
            const galley_status status = add_named(analysis, words, &made);
            if (status != GALLEY_OK) {
                return status;
            }
        }
        full->latest = made;
    }
    *entity = full->latest;
    analysis->entities[*entity].uncertain &= words->uncertain;
    note_latest(analysis, family, *entity);
    note_latest(analysis, given, *entity);
    analysis->entities[*entity].n_full++;
    return GALLEY_OK;
}

galley_status names_entity(struct analysis *analysis, struct name_words *words, uint32_t *entity) {
    if (words->full) {
        return of_full_name(analysis, words, entity);
    }
    struct names *names = analysis->names;
    const struct word_entry *known = find_word(&names->families, words->family);
    if (known == NULL) {
        known = find_word(&names->givens, words->family);
        words->by_given = known != NULL;
    }
    if (known != NULL) {
        *entity = of_family(analysis, known, words->gender);
        if (*entity == ENTITY_NONE) {
            struct name_words titled = *words; /* "Mrs Miller", where Mr Miller is known */
            titled.full = true;
            titled.given = words->gender;
            return of_full_name(analysis, &titled, entity);
        }
        analysis->entities[*entity].uncertain &= words->uncertain;
        return GALLEY_OK;
    }
    struct word_entry *family = add_word(analysis->arena, &names->families, words->family);
    if (family == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    const galley_status status = add_named(analysis, words, entity);
    if (status == GALLEY_OK) {
        note_latest(analysis, family, *entity);
    }
    return status;
}

/* Forms begin at 0, which means a free place in the table. */
uint32_t names_of_role(const struct analysis *analysis, uint32_t form) {
    const struct word_entry *entry = find_word(&analysis->names->roles, (uint64_t)form + 1);
    return entry == NULL ? ENTITY_NONE : entry->latest;
}

galley_status names_set_role(struct analysis *analysis, uint32_t form, uint32_t entity) {
    struct word_entry *entry =
        add_word(analysis->arena, &analysis->names->roles, (uint64_t)form + 1);
    if (entry == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    entry->latest = entity;
    return GALLEY_OK;
}

/* ---- families ---- */

static struct word_entry *family_of(const struct analysis *analysis, uint32_t entity) {
    const uint64_t family = analysis->entities[entity].family;
    return family == 0 ? NULL : find_word(&analysis->names->families, family);
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
static void choose_main(struct analysis *analysis, struct word_entry *entry, uint32_t entity) {
    const uint16_t *followed = entry->followed;
    const enum gender often = followed[GENDER_MALE] > 2 * followed[GENDER_FEMALE] ? GENDER_MALE
                              : followed[GENDER_FEMALE] > 2 * followed[GENDER_MALE]
                                  ? GENDER_FEMALE
                                  : GENDER_UNKNOWN;
    const bool right = !contradicts(analysis, entity, often);
    const bool main_right =
        entry->main != ENTITY_NONE && !contradicts(analysis, entry->main, often);
    if (entry->main == ENTITY_NONE || (right && !main_right) ||
        (right == main_right &&
         analysis->entities[entity].n_full > analysis->entities[entry->main].n_full)) {
        entry->main = entity;
    }
}

/* Of several people with one surname, the surname alone means one who was just named in full, in
 * the same paragraph, else the main one. */
void names_settle(struct analysis *analysis) {
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (is_surname_alone(mention) && family_of(analysis, mention->entity) != NULL &&
            family_of(analysis, mention->entity)->shared) {
            count_followed(analysis, i);
        }
    }
    for (size_t i = 0; i < analysis->n_entities; i++) {
        struct word_entry *entry = family_of(analysis, (uint32_t)i);
        if (entry != NULL && entry->shared) {
            analysis->entities[i].shared = true;
            choose_main(analysis, entry, (uint32_t)i);
        }
    }
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        struct mention *mention = &analysis->mentions[i];
        if (mention->kind != MENTION_NAME || !analysis->entities[mention->entity].shared) {
            continue;
        }
        struct word_entry *entry = family_of(analysis, mention->entity);
        if ((mention->flags & MENTION_FULL) != 0) {
            entry->latest = mention->entity;
            entry->latest_at = mention->paragraph;
        } else if (is_surname_alone(mention) &&
                   !contradicts(analysis, entry->main, (enum gender)mention->gender)) {
            mention->entity = entry->latest_at == mention->paragraph ? entry->latest : entry->main;
        }
    }
}
