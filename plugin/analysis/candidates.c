/*
 * Who could be meant. A ring of those spoken of lately, and for each of them features: how far
 * back, in what place of its sentence, how often, whether it speaks. Their weights add up to a
 * score; the scores of all candidates, and of somebody else, become probabilities (a softmax).
 */
#include "analysis/rooms.h"
#include "analysis/weights.h"

#include <string.h>

void salience_begin(struct salience *salience, const struct analysis *analysis) {
    memset(salience, 0, sizeof *salience);
    salience->analysis = analysis;
    for (int i = 0; i < 4; i++) {
        salience->priors[i] = evidence_of_document(analysis, (enum gender)i);
    }
    salience->speaker = salience->subject = salience->topic = ENTITY_NONE;
    salience->paragraph = UINT32_MAX;
}

/* The entity's place at the head of the ring; the last one falls out where there is no room. */
static struct active *move_to_front(struct salience *salience, uint32_t entity) {
    size_t at = 0;
    while (at < salience->n_active && salience->active[at].entity != entity) {
        at++;
    }
    struct active active = {
        .entity = entity, .subject_sentence = UINT32_MAX, .opens_sentence = UINT32_MAX};
    if (at < salience->n_active) {
        active = salience->active[at];
    } else if (salience->n_active < CANDIDATES_MAX) {
        salience->n_active++;
    } else {
        at = CANDIDATES_MAX - 1;
    }
    memmove(&salience->active[1], &salience->active[0], at * sizeof *salience->active);
    salience->active[0] = active;
    return &salience->active[0];
}

static struct active *find_active(struct salience *salience, uint32_t entity) {
    for (size_t i = 0; i < salience->n_active; i++) {
        if (salience->active[i].entity == entity) {
            return &salience->active[i];
        }
    }
    return NULL;
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
    struct active *active = find_active(salience, mention->entity);
    const bool quoted = (mention->flags & MENTION_QUOTED) != 0;
    if (quoted && active != NULL && active->heard) {
        active->n++; /* what others say of somebody does not bring him to the fore */
        return;
    }
    active = move_to_front(salience, mention->entity);
    active->sentence = mention->sentence;
    active->paragraph = mention->paragraph;
    active->flags = mention->flags;
    active->kind = mention->kind;
    active->n++;
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

static uint64_t bit(enum feature feature) {
    return UINT64_C(1) << feature;
}

static uint64_t distance_features(const struct active *active, const struct mention *pronoun) {
    const uint32_t sentences = pronoun->sentence - active->sentence;
    const uint32_t paragraphs = pronoun->paragraph - active->paragraph;
    return bit(sentences == 0   ? FEATURE_SENTENCE_SAME
               : sentences == 1 ? FEATURE_SENTENCE_1
               : sentences == 2 ? FEATURE_SENTENCE_2
               : sentences <= 5 ? FEATURE_SENTENCE_5
                                : FEATURE_SENTENCE_FAR) |
           bit(paragraphs == 0   ? FEATURE_PARAGRAPH_SAME
               : paragraphs == 1 ? FEATURE_PARAGRAPH_1
               : paragraphs == 2 ? FEATURE_PARAGRAPH_2
                                 : FEATURE_PARAGRAPH_FAR);
}

/* What the last mention did, against what the pronoun does. */
static uint64_t place_features(const struct active *active, const struct mention *pronoun) {
    uint64_t features = 0;
    const bool owner = (pronoun->flags & (MENTION_OWNER | MENTION_REFLEXIVE)) != 0;
    const bool subject = (pronoun->flags & MENTION_SUBJECT) != 0;
    if (active->subject_sentence == pronoun->sentence) {
        features |= bit(subject ? FEATURE_SUBJECT_SAME_SUBJECT
                        : owner ? FEATURE_SUBJECT_SAME_OWNER
                                : FEATURE_SUBJECT_SAME_OBJECT);
    } else if (active->subject_sentence + 1 == pronoun->sentence) {
        features |=
            bit(subject && (pronoun->flags & MENTION_BEGINS) != 0 ? FEATURE_SUBJECT_BEFORE_BEGINS
                                                                  : FEATURE_SUBJECT_BEFORE);
    }
    if (active->opens_sentence == pronoun->sentence) {
        features |= bit(FEATURE_OPENS_SAME);
    } else if (active->opens_sentence + 1 == pronoun->sentence) {
        features |= bit(FEATURE_OPENS_BEFORE);
    }
    if ((active->flags & MENTION_OWNER) != 0) {
        features |= bit(FEATURE_LAST_OWNER);
    } else if ((active->flags & MENTION_MODIFIER) != 0) {
        features |= bit(FEATURE_LAST_MODIFIER);
    } else if ((active->flags & MENTION_SUBJECT) == 0) {
        features |= bit(FEATURE_LAST_OTHER);
    }
    if ((active->flags & MENTION_BESIDE) != 0) {
        features |= bit(FEATURE_LAST_BESIDE);
    }
    if ((active->flags & MENTION_HEADING) != 0) {
        features |= bit(FEATURE_LAST_HEADING);
    }
    return features;
}

static uint64_t kind_features(const struct active *active, const struct entity *entity) {
    switch (active->kind) {
    case MENTION_PRONOUN:
        return bit(FEATURE_KIND_PRONOUN);
    case MENTION_ROLE:
        return bit((active->flags & MENTION_GENDERED) != 0   ? FEATURE_KIND_GENDERED
                   : (active->flags & MENTION_DEFINITE) != 0 ? FEATURE_KIND_DEFINITE
                                                             : FEATURE_KIND_INDEFINITE);
    default:
        return bit(entity->uncertain                     ? FEATURE_KIND_UNCERTAIN
                   : (active->flags & MENTION_FULL) != 0 ? FEATURE_KIND_FULL
                                                         : FEATURE_KIND_SHORT);
    }
}

static uint64_t speech_features(const struct salience *salience, const struct active *active,
                                const struct mention *pronoun) {
    const bool speaks = (pronoun->flags & MENTION_SPEAKS) != 0;
    const bool quoted = (pronoun->flags & MENTION_QUOTED) != 0;
    const bool behind = (pronoun->flags & MENTION_AFTER_QUOTE) != 0;
    uint64_t features = 0;
    if (active->entity == salience->speaker) {
        features |= bit(quoted   ? FEATURE_SPEAKER_QUOTED
                        : behind ? FEATURE_SPEAKER_BEHIND
                        : speaks ? FEATURE_SPEAKER_SPEAKS
                                 : FEATURE_SPEAKER);
    }
    if (active->entity == salience->subject) {
        features |= bit(behind   ? FEATURE_RECENT_SUBJECT_BEHIND
                        : speaks ? FEATURE_RECENT_SUBJECT_SPEAKS
                                 : FEATURE_RECENT_SUBJECT);
    }
    if (active->entity == salience->topic && salience->paragraph == pronoun->paragraph) {
        features |= bit(FEATURE_TOPIC);
    }
    if (!active->heard) {
        features |= bit(quoted ? FEATURE_UNHEARD_QUOTED : FEATURE_UNHEARD);
    }
    return features;
}

static uint64_t count_features(const struct salience *salience, const struct active *active,
                               const struct entity *entity) {
    const uint32_t all = salience->n_seen;
    uint64_t features = bit(active->n * 5 > all * 2 ? FEATURE_SHARE_40
                            : active->n * 5 > all   ? FEATURE_SHARE_20
                            : active->n * 12 > all  ? FEATURE_SHARE_8
                                                    : FEATURE_SHARE_LOW);
    if (entity->n_mentions <= 1 && entity->kind != MENTION_PRONOUN) {
        features |= bit(FEATURE_ONCE);
    }
    return features;
}

static float score_of(uint64_t features) {
    float score = 0;
    for (; features != 0; features &= features - 1) {
        score += feature_weights[__builtin_ctzll(features)];
    }
    return score;
}

static bool is_active(const struct salience *salience, uint32_t entity) {
    for (size_t i = 0; i < salience->n_active; i++) {
        if (salience->active[i].entity == entity) {
            return true;
        }
    }
    return false;
}

/* Whether nobody was spoken of before the pronoun in its sentence: "Without her staff, Blanc …" */
static bool is_first(const struct salience *salience, const struct mention *pronoun) {
    return salience->n_active == 0 || salience->active[0].sentence != pronoun->sentence;
}

size_t salience_candidates(const struct salience *salience, const struct mention *pronoun,
                           const struct mention *ahead, struct candidate *candidates) {
    size_t n = 0;
    size_t rank = 0;
    const uint64_t is_ahead = ahead == NULL ? 0
                              : (pronoun->flags & (MENTION_BEGINS | MENTION_SPEAKS)) != 0
                                  ? bit(FEATURE_AHEAD_BEGINS)
                              : is_first(salience, pronoun) ? bit(FEATURE_AHEAD_FIRST)
                                                            : bit(FEATURE_AHEAD);
    for (size_t i = 0; i < salience->n_active; i++) {
        const struct active *active = &salience->active[i];
        const struct entity *entity = &salience->analysis->entities[active->entity];
        uint64_t features = distance_features(active, pronoun) | place_features(active, pronoun) |
                            kind_features(active, entity) |
                            speech_features(salience, active, pronoun) |
                            count_features(salience, active, entity);
        features |= bit(rank == 0   ? FEATURE_RANK_0
                        : rank == 1 ? FEATURE_RANK_1
                        : rank == 2 ? FEATURE_RANK_2
                                    : FEATURE_RANK_LATER);
        rank += active->heard;
        features |= ahead != NULL && ahead->entity == active->entity ? is_ahead : 0;
        candidates[n++] = (struct candidate){active->entity, features, score_of(features)};
    }
    if (ahead != NULL && ahead->entity != ENTITY_NONE && !is_active(salience, ahead->entity)) {
        const uint64_t features = is_ahead | bit(FEATURE_AHEAD_NEW);
        candidates[n++] = (struct candidate){ahead->entity, features, score_of(features)};
    }
    const bool quoted = (pronoun->flags & MENTION_QUOTED) != 0;
    const uint64_t features = bit(FEATURE_OTHER) | (quoted ? bit(FEATURE_OTHER_QUOTED) : 0) |
                              (salience->n_seen < 3 ? bit(FEATURE_OTHER_EARLY) : 0);
    candidates[n++] = (struct candidate){ENTITY_NONE, features, score_of(features)};
    return n;
}
