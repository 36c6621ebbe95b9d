/*
 * Collects people: one walk counts what each entity has, one lays it out, so that a document with
 * many people takes no longer than one with few.
 */
#include "people.h"

#include "analysis/analysis.h"

#include <math.h>
#include <string.h>

/* Odds from which an entity has a gender to speak of: 9 in 10. */
static const float SURE = 2.2F;

struct counts {
    uint32_t n_mentions, n_quotations;
    uint32_t person; /* index + 1; 0: none yet */
};

/* Whether it is somebody: named for sure, or spoken of by a role or a pronoun of a person. */
static bool is_shown(const struct analysis *analysis, uint32_t entity) {
    return entity != ENTITY_NONE && !analysis->entities[entity].uncertain;
}

static void count(const struct analysis *analysis, struct counts *counts) {
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        if (is_shown(analysis, analysis->mentions[i].entity)) {
            counts[analysis->mentions[i].entity].n_mentions++;
        }
    }
    for (size_t i = 0; i < analysis->n_quotations; i++) {
        if (is_shown(analysis, analysis->quotations[i].speaker)) {
            counts[analysis->quotations[i].speaker].n_quotations++;
        }
    }
}

static galley_status make_person(struct galley_document *document, const struct entity *entity,
                                 const struct counts *counts, struct person *person) {
    struct arena *arena = &document->arena;
    const float odds = analysis_gender_odds(entity);
    *person = (struct person){
        .name = arena_copy(arena, entity->name, entity->name_len),
        .gender = odds > SURE    ? GALLEY_GENDER_MALE
                  : odds < -SURE ? GALLEY_GENDER_FEMALE
                                 : GALLEY_GENDER_UNKNOWN,
        .mentions =
            arena_allocate_zeroed(arena, (counts->n_mentions + 1) * sizeof *person->mentions),
        .quotations =
            arena_allocate_zeroed(arena, (counts->n_quotations + 1) * sizeof *person->quotations),
    };
    if (person->gender != GALLEY_GENDER_UNKNOWN) {
        person->confidence = 1.0F / (1.0F + expf(-fabsf(odds)));
    }
    return person->name.data == NULL || person->mentions == NULL || person->quotations == NULL
               ? GALLEY_ERROR_MEMORY
               : GALLEY_OK;
}

static void take_mention(struct person *person, const struct mention *mention) {
    person->mentions[person->n_mentions++] = (struct person_place){
        .place = {.span = mention->span},
        .kind = mention->kind == MENTION_PRONOUN ? GALLEY_MENTION_PRONOUN
                : mention->kind == MENTION_ROLE  ? GALLEY_MENTION_ROLE
                                                 : GALLEY_MENTION_NAME,
        .quoted = (mention->flags & MENTION_QUOTED) != 0,
        .confidence = mention->kind == MENTION_PRONOUN ? mention->confidence : 1,
    };
}

galley_status people_collect(struct galley_document *document, const struct analysis *analysis) {
    struct arena *arena = &document->arena;
    struct counts *counts =
        arena_allocate_zeroed(arena, (analysis->n_entities + 1) * sizeof *counts);
    document->people =
        arena_allocate_zeroed(arena, (analysis->n_entities + 1) * sizeof *document->people);
    if (counts == NULL || document->people == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    count(analysis, counts);
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (!is_shown(analysis, mention->entity)) {
            continue;
        }
        struct counts *own = &counts[mention->entity];
        if (own->person == 0) {
            const galley_status status = make_person(document, &analysis->entities[mention->entity],
                                                     own, &document->people[document->n_people]);
            if (status != GALLEY_OK) {
                return status;
            }
            own->person = (uint32_t)++document->n_people;
        }
        take_mention(&document->people[own->person - 1], mention);
    }
    for (size_t i = 0; i < analysis->n_quotations; i++) {
        const struct quotation_record *quotation = &analysis->quotations[i];
        if (is_shown(analysis, quotation->speaker) && counts[quotation->speaker].person > 0) {
            struct person *person = &document->people[counts[quotation->speaker].person - 1];
            person->quotations[person->n_quotations++] = (struct person_place){
                .place = {.span = quotation->span},
                .kind = GALLEY_MENTION_QUOTATION,
                .confidence = quotation->confidence,
            };
        }
    }
    return GALLEY_OK;
}
