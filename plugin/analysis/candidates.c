/*
 * Who could be meant. A ring of those spoken of lately, and for each of them features: how far
 * back, in what place of its sentence, how often, whether it speaks. Their weights add up to a
 * score; the scores of all candidates, and of somebody else, become probabilities (a softmax).
 *
 * What holds of somebody whatever the pronoun is gets weighed when he is spoken of. What the
 * pronoun adds is weighed without branches where it can be: nobody foresees who of ten was a
 * subject.
 */
#include "analysis/rooms.h"
#include "analysis/weights.h"

#include <string.h>

static const float IMPOSSIBLE = 10000.0F;

static uint64_t bit(enum feature feature) {
    return UINT64_C(1) << feature;
}

/* Adds up the features' weights for every place. */
static void add_up(uint64_t features, float *scores) {
    for (int place = 0; place < PLACES; place++) {
        scores[place] = 0;
    }
    for (; features != 0; features &= features - 1) {
        const float *weights = meant_weights[__builtin_ctzll(features)];
        for (int place = 0; place < PLACES; place++) {
            scores[place] += weights[place];
        }
    }
}

enum pronoun_place candidates_place(const struct mention *pronoun) {
    const uint32_t flags = pronoun->flags;
    const uint32_t behind = MENTION_SPEAKS | MENTION_AFTER_QUOTE;
    if ((flags & MENTION_SUBJECT) == 0) {
        return (flags & (MENTION_OWNER | MENTION_REFLEXIVE)) != 0 ? PLACE_OWNER : PLACE_OBJECT;
    }
    return (flags & behind) == behind      ? PLACE_BEHIND
           : (flags & MENTION_BEGINS) != 0 ? PLACE_BEGINS
           : (flags & MENTION_SPEAKS) != 0 ? PLACE_SPEAKS
                                           : PLACE_INSIDE;
}

float candidate_telling(const struct candidate *candidate, enum pronoun_place place) {
    float sum = 0;
    for (uint64_t features = candidate->features; features != 0; features &= features - 1) {
        sum += telling_weights[__builtin_ctzll(features)][place];
    }
    return sum;
}

void salience_begin(struct salience *salience, const struct analysis *analysis) {
    memset(salience, 0, sizeof *salience);
    salience->analysis = analysis;
    salience->speaker = salience->subject = salience->topic = ENTITY_NONE;
    salience->paragraph = UINT32_MAX;
}

/* ---- who is spoken of ---- */

/* The entity's rank, or n_active. */
static size_t find_rank(const struct salience *salience, uint32_t entity) {
    size_t rank = 0;
    while (rank < salience->n_active && salience->active[salience->order[rank]].entity != entity) {
        rank++;
    }
    return rank;
}

/* Puts the entity, which has this rank, at the head of the ring; the last one falls out where there
 * is no room. */
static struct active *move_to_front(struct salience *salience, uint32_t entity, size_t rank) {
    uint8_t place;
    if (rank < salience->n_active) {
        place = salience->order[rank];
    } else {
        if (salience->n_active < CANDIDATES_MAX) {
            place = (uint8_t)salience->n_active++;
        } else {
            rank = CANDIDATES_MAX - 1;
            place = salience->order[rank];
        }
        salience->active[place] = (struct active){
            .entity = entity, .subject_sentence = UINT32_MAX, .opens_sentence = UINT32_MAX};
    }
    memmove(&salience->order[1], &salience->order[0], rank);
    salience->order[0] = place;
    return &salience->active[place];
}

static uint64_t kind_features(const struct mention *mention, const struct entity *entity) {
    switch (mention->kind) {
    case MENTION_PRONOUN:
        return bit(FEATURE_KIND_PRONOUN);
    case MENTION_ROLE:
        return bit((mention->flags & MENTION_GENDERED) != 0   ? FEATURE_KIND_GENDERED
                   : (mention->flags & MENTION_DEFINITE) != 0 ? FEATURE_KIND_DEFINITE
                                                              : FEATURE_KIND_INDEFINITE);
    default:
        return bit(entity->uncertain                      ? FEATURE_KIND_UNCERTAIN
                   : (mention->flags & MENTION_FULL) != 0 ? FEATURE_KIND_FULL
                                                          : FEATURE_KIND_SHORT);
    }
}

/* What the last mention did, and what it is of. */
static uint64_t last_features(const struct mention *mention, const struct entity *entity) {
    uint64_t features = kind_features(mention, entity);
    if ((mention->flags & MENTION_OWNER) != 0) {
        features |= bit(FEATURE_LAST_OWNER);
    } else if ((mention->flags & MENTION_MODIFIER) != 0) {
        features |= bit(FEATURE_LAST_MODIFIER);
    } else if ((mention->flags & MENTION_SUBJECT) == 0) {
        features |= bit(FEATURE_LAST_OTHER);
    }
    if ((mention->flags & MENTION_BESIDE) != 0) {
        features |= bit(FEATURE_LAST_BESIDE);
    }
    if ((mention->flags & MENTION_HEADING) != 0) {
        features |= bit(FEATURE_LAST_HEADING);
    }
    if (entity->n_mentions <= 1 && entity->kind != MENTION_PRONOUN) {
        features |= bit(FEATURE_ONCE);
    }
    return features;
}

void salience_see(struct salience *salience, const struct mention *mention) {
    if (mention->entity == ENTITY_NONE || mention->kind == MENTION_THING) {
        return;
    }
    if (mention->paragraph != salience->paragraph) {
        salience->paragraph = mention->paragraph;
        salience->topic = ENTITY_NONE;
    }
    salience->n_seen++;
    const size_t rank = find_rank(salience, mention->entity);
    const bool quoted = (mention->flags & MENTION_QUOTED) != 0;
    if (quoted && rank < salience->n_active && salience->active[salience->order[rank]].heard) {
        /* what others say of somebody does not bring him to the fore */
        salience->active[salience->order[rank]].n++;
        return;
    }
    struct active *active = move_to_front(salience, mention->entity, rank);
    active->sentence = mention->sentence;
    active->paragraph = mention->paragraph;
    active->n++;
    active->features = last_features(mention, &salience->analysis->entities[mention->entity]);
    add_up(active->features, active->scores);
    if (quoted) {
        return;
    }
    active->heard = true;
    if ((mention->flags & MENTION_OPENS) != 0) {
        active->opens_sentence = mention->sentence;
    }
    if ((mention->flags & MENTION_SUBJECT) != 0) {
        active->subject_sentence = mention->sentence;
        salience->subject = mention->entity;
        if (salience->topic == ENTITY_NONE) {
            salience->topic = mention->entity;
        }
    }
    if ((mention->flags & MENTION_SPEAKS) != 0) {
        salience->speaker = mention->entity;
    }
}

/* ---- who could be meant ---- */

/* What a pronoun asks of each candidate: the features that hold if it was a subject in the same
 * sentence, and so on. */
struct question {
    const struct mention *pronoun;
    enum pronoun_place place;
    uint32_t speaker; /* entities */
    uint32_t topic;
    uint32_t ahead; /* named behind the pronoun */
    uint32_t other; /* who cannot be meant */
    enum feature ahead_feature;
    bool quoted;
};

static struct question ask(const struct salience *salience, const struct mention *pronoun,
                           const struct mention *ahead) {
    const bool quoted = (pronoun->flags & MENTION_QUOTED) != 0;
    /* "When she was a judge, Marie Blanc …": nobody was spoken of before it in its sentence, and
     * the main clause begins with a name */
    const bool first = salience->n_active == 0 ||
                       salience->active[salience->order[0]].sentence != pronoun->sentence;
    const uint32_t main = MENTION_SUBJECT | MENTION_OPENS;
    const bool clause = ahead != NULL && (ahead->flags & main) == main;
    return (struct question){
        .pronoun = pronoun,
        .place = candidates_place(pronoun),
        .speaker = quoted ? ENTITY_NONE : salience->speaker,
        .topic = salience->paragraph == pronoun->paragraph ? salience->topic : ENTITY_NONE,
        .ahead = ahead == NULL ? ENTITY_NONE : ahead->entity,
        .other = (pronoun->flags & MENTION_OTHER) != 0 ? pronoun[-1].entity : ENTITY_NONE,
        .ahead_feature = !first   ? FEATURE_AHEAD
                         : clause ? FEATURE_AHEAD_CLAUSE
                                  : FEATURE_AHEAD_FIRST,
        .quoted = quoted,
    };
}

static void add(struct candidate *candidate, enum pronoun_place place, int feature) {
    candidate->features |= UINT64_C(1) << feature;
    candidate->score += meant_weights[feature][place];
}

static void add_if(struct candidate *candidate, enum pronoun_place place, bool holds,
                   enum feature feature) {
    candidate->features |= (uint64_t)holds << feature;
    candidate->score += holds ? meant_weights[feature][place] : 0.0F;
}

static uint32_t at_most(uint32_t value, uint32_t most) {
    return value < most ? value : most;
}

/* How far back the last mention was, and how many of all were of this one. */
static void weigh_distance(const struct salience *salience, const struct active *active,
                           const struct question *question, struct candidate *candidate) {
    enum { SENTENCES = 6, PARAGRAPHS = 3 };
    static const uint8_t sentence_features[SENTENCES + 1] = {
        FEATURE_SENTENCE_SAME, FEATURE_SENTENCE_1, FEATURE_SENTENCE_2,  FEATURE_SENTENCE_5,
        FEATURE_SENTENCE_5,    FEATURE_SENTENCE_5, FEATURE_SENTENCE_FAR};
    static const uint8_t paragraph_features[PARAGRAPHS + 1] = {
        FEATURE_PARAGRAPH_SAME, FEATURE_PARAGRAPH_1, FEATURE_PARAGRAPH_2, FEATURE_PARAGRAPH_FAR};
    static const uint8_t share_features[] = {FEATURE_SHARE_40, FEATURE_SHARE_20, FEATURE_SHARE_8,
                                             FEATURE_SHARE_LOW};
    const struct mention *pronoun = question->pronoun;
    const enum pronoun_place place = question->place;
    const uint32_t all = salience->n_seen;
    const uint32_t share =
        (uint32_t)(active->n * 5 <= all * 2) + (active->n * 5 <= all) + (active->n * 12 <= all);
    add(candidate, place,
        sentence_features[at_most(pronoun->sentence - active->sentence, SENTENCES)]);
    add(candidate, place,
        paragraph_features[at_most(pronoun->paragraph - active->paragraph, PARAGRAPHS)]);
    add(candidate, place, share_features[share]);
}

static void weigh(const struct salience *salience, const struct active *active, uint32_t rank,
                  const struct question *question, struct candidate *candidate) {
    static const uint8_t rank_features[] = {FEATURE_RANK_0, FEATURE_RANK_1, FEATURE_RANK_2,
                                            FEATURE_RANK_LATER};
    const struct mention *pronoun = question->pronoun;
    const uint32_t sentence = pronoun->sentence;
    const uint32_t entity = active->entity;
    const enum pronoun_place place = question->place;
    *candidate = (struct candidate){active->features, entity, active->scores[place]};
    weigh_distance(salience, active, question, candidate);
    add(candidate, place, rank_features[at_most(rank, 3)]);
    add_if(candidate, place, active->subject_sentence == sentence, FEATURE_SUBJECT_SAME);
    add_if(candidate, place, active->subject_sentence + 1 == sentence, FEATURE_SUBJECT_BEFORE);
    add_if(candidate, place, active->opens_sentence == sentence, FEATURE_OPENS_SAME);
    add_if(candidate, place, active->opens_sentence + 1 == sentence, FEATURE_OPENS_BEFORE);
    add_if(candidate, place, entity == question->speaker, FEATURE_SPEAKER);
    add_if(candidate, place, entity == salience->subject, FEATURE_RECENT_SUBJECT);
    add_if(candidate, place, entity == question->topic, FEATURE_TOPIC);
    add_if(candidate, place, entity == question->ahead, question->ahead_feature);
    add_if(candidate, place, !active->heard && !question->quoted, FEATURE_UNHEARD);
    candidate->score -= entity == question->other ? IMPOSSIBLE : 0.0F;
}

size_t salience_candidates(const struct salience *salience, const struct mention *pronoun,
                           const struct mention *ahead, struct candidate *candidates) {
    const struct question question = ask(salience, pronoun, ahead);
    size_t n = 0;
    uint32_t rank = 0;
    bool is_new = question.ahead != ENTITY_NONE;
    for (; n < salience->n_active; n++) {
        const struct active *active = &salience->active[salience->order[n]];
        weigh(salience, active, rank, &question, &candidates[n]);
        rank += active->heard;
        is_new &= active->entity != question.ahead;
    }
    if (is_new) {
        candidates[n] = (struct candidate){.entity = question.ahead};
        add(&candidates[n], question.place, (int)question.ahead_feature);
        add(&candidates[n++], question.place, FEATURE_AHEAD_NEW);
    }
    candidates[n] = (struct candidate){.entity = ENTITY_NONE};
    add(&candidates[n], question.place, FEATURE_OTHER);
    add_if(&candidates[n], question.place, salience->n_seen < 3, FEATURE_OTHER_EARLY);
    return n + 1;
}
