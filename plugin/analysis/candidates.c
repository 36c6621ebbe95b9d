/*
 * Who could be meant. Those spoken of lately, and for each of them features: how far back, in what
 * place of its sentence, how often, whether it speaks. Their weights add up to a score; the scores
 * of all candidates, and of somebody else, become probabilities (a softmax).
 *
 * What holds of somebody whatever the pronoun is gets weighed when he is spoken of. What the
 * pronoun adds is weighed for all of them at once, feature by feature, in loops over lanes that
 * compilers turn into vector instructions: nobody foresees who of ten was a subject.
 */
#include "analysis/rooms.h"
#include "analysis/weights.h"

#include <string.h>

enum { IMPOSSIBLE = -10000 };

_Static_assert(FEATURE_AHEAD_CLAUSE < 32, "what the pronoun adds fits a word");

/* All ones where it holds. */
static inline uint32_t mask(bool holds) {
    return -(uint32_t)holds;
}

/* The features' weights for every place, added up once for each set that comes. */
static const struct weighed_set *add_up(struct salience *salience, uint64_t features) {
    const uint64_t mixed = features * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 by the golden ratio */
    struct weighed_set *set = &salience->sets[(mixed >> 32) % WEIGHED_SETS];
    if (set->features == features) {
        return set;
    }
    *set = (struct weighed_set){.features = features};
    for (uint64_t left = features; left != 0; left &= left - 1) {
        const int16_t *weights = meant_weights[__builtin_ctzll(left)];
        for (int place = 0; place < PLACES; place++) {
            set->scores[place] += weights[place];
        }
    }
    return set;
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
    memset(salience->entity, UINT8_MAX, sizeof salience->entity);
    memset(salience->rank, UINT8_MAX, sizeof salience->rank);
    salience->analysis = analysis;
    salience->speaker = salience->subject = salience->topic = ENTITY_NONE;
    salience->paragraph_now = UINT32_MAX;
}

/* ---- who is spoken of ---- */

#define LANE_NONE SIZE_MAX

static size_t find_lane(const struct salience *salience, uint32_t entity) {
    static const uint32_t bits[LANES] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};
    uint32_t found = 0;
    for (int lane = 0; lane < LANES; lane++) {
        found |= mask(salience->entity[lane] == entity) & bits[lane];
    }
    return found == 0 ? LANE_NONE : (size_t)__builtin_ctz(found);
}

/* A lane for somebody new: a free one, or that of who was spoken of the longest ago. */
static size_t take_lane(struct salience *salience, uint32_t entity) {
    size_t lane = salience->n_active;
    if (lane < CANDIDATES_MAX) {
        salience->n_active++;
        salience->rank[lane] = (uint8_t)lane;
    } else {
        const uint8_t *last = memchr(salience->rank, CANDIDATES_MAX - 1, CANDIDATES_MAX);
        lane = (size_t)(last - salience->rank);
        salience->n_unheard -= salience->unheard[lane];
    }
    salience->entity[lane] = entity;
    salience->subject_sentence[lane] = salience->opens_sentence[lane] = UINT32_MAX;
    salience->n[lane] = 0;
    salience->unheard[lane] = 1;
    salience->n_unheard++;
    return lane;
}

static void move_to_front(struct salience *salience, size_t front) {
    const uint8_t before = salience->rank[front];
    for (size_t lane = 0; lane < sizeof salience->rank; lane++) {
        salience->rank[lane] = (uint8_t)(salience->rank[lane] + (salience->rank[lane] < before));
    }
    salience->rank[front] = 0;
    salience->front = front;
}

/* Nobody foresees of which kind the next mention is: a table in place of branches. */
static uint64_t kind_features(const struct mention *mention, const struct entity *entity) {
    static const uint8_t features[3][2][2] = {
        [MENTION_NAME] = {{FEATURE_KIND_SHORT, FEATURE_KIND_FULL},
                          {FEATURE_KIND_UNCERTAIN, FEATURE_KIND_UNCERTAIN}},
        [MENTION_ROLE] = {{FEATURE_KIND_INDEFINITE, FEATURE_KIND_DEFINITE},
                          {FEATURE_KIND_GENDERED, FEATURE_KIND_GENDERED}},
        [MENTION_PRONOUN] = {{FEATURE_KIND_PRONOUN, FEATURE_KIND_PRONOUN},
                             {FEATURE_KIND_PRONOUN, FEATURE_KIND_PRONOUN}},
    };
    const bool is_name = mention->kind == MENTION_NAME;
    const bool gendered = (mention->flags & MENTION_GENDERED) != 0;
    const bool known = (mention->flags & (MENTION_FULL | MENTION_DEFINITE)) != 0;
    return UINT64_C(1) << features[mention->kind][(entity->uncertain & is_name) | gendered][known];
}

/* What the last mention did, and what it is of. */
static uint64_t last_features(const struct mention *mention, const struct entity *entity) {
    const uint32_t flags = mention->flags;
    const bool owner = (flags & MENTION_OWNER) != 0;
    const bool modifier = ((flags & MENTION_MODIFIER) != 0) & !owner;
    const bool other = ((flags & (MENTION_OWNER | MENTION_MODIFIER | MENTION_SUBJECT)) == 0);
    const bool once = (entity->n_mentions <= 1) & (entity->kind != MENTION_PRONOUN);
    return kind_features(mention, entity) | (uint64_t)owner << FEATURE_LAST_OWNER |
           (uint64_t)modifier << FEATURE_LAST_MODIFIER | (uint64_t)other << FEATURE_LAST_OTHER |
           (uint64_t)((flags & MENTION_BESIDE) != 0) << FEATURE_LAST_BESIDE |
           (uint64_t)((flags & MENTION_HEADING) != 0) << FEATURE_LAST_HEADING |
           (uint64_t)once << FEATURE_ONCE;
}

/* Notes where the lane's entity was spoken of last, and how. */
static void note_last(struct salience *salience, size_t lane, const struct mention *mention) {
    const struct weighed_set *set =
        add_up(salience, last_features(mention, &salience->analysis->entities[mention->entity]));
    salience->sentence[lane] = mention->sentence;
    salience->paragraph[lane] = mention->paragraph;
    salience->n[lane]++;
    salience->features[lane] = set->features;
    for (int place = 0; place < PLACES; place++) {
        salience->scores[place][lane] = set->scores[place];
    }
}

/* Notes what a mention outside quotations does in its sentence. */
static void note_told(struct salience *salience, size_t lane, const struct mention *mention) {
    salience->n_unheard -= salience->unheard[lane];
    salience->unheard[lane] = 0;
    if ((mention->flags & MENTION_OPENS) != 0) {
        salience->opens_sentence[lane] = mention->sentence;
    }
    if ((mention->flags & MENTION_SUBJECT) != 0) {
        salience->subject_sentence[lane] = mention->sentence;
        salience->subject = mention->entity;
        if (salience->topic == ENTITY_NONE) {
            salience->topic = mention->entity;
        }
    }
    if ((mention->flags & MENTION_SPEAKS) != 0) {
        salience->speaker = mention->entity;
    }
}

void salience_see(struct salience *salience, const struct mention *mention) {
    if (mention->entity == ENTITY_NONE || mention->kind == MENTION_THING) {
        return;
    }
    if (mention->paragraph != salience->paragraph_now) {
        salience->paragraph_now = mention->paragraph;
        salience->topic = ENTITY_NONE;
    }
    salience->n_seen++;
    size_t lane = find_lane(salience, mention->entity);
    const bool quoted = (mention->flags & MENTION_QUOTED) != 0;
    if (quoted && lane != LANE_NONE && !salience->unheard[lane]) {
        /* what others say of somebody does not bring him to the fore */
        salience->n[lane]++;
        return;
    }
    if (lane == LANE_NONE) {
        lane = take_lane(salience, mention->entity);
    }
    move_to_front(salience, lane);
    note_last(salience, lane, mention);
    if (!quoted) {
        note_told(salience, lane, mention);
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
    const bool first =
        salience->n_active == 0 || salience->sentence[salience->front] != pronoun->sentence;
    const uint32_t main = MENTION_SUBJECT | MENTION_OPENS;
    const bool clause = ahead != NULL && (ahead->flags & main) == main;
    return (struct question){
        .pronoun = pronoun,
        .place = candidates_place(pronoun),
        .speaker = quoted ? ENTITY_NONE : salience->speaker,
        .topic = salience->paragraph_now == pronoun->paragraph ? salience->topic : ENTITY_NONE,
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
    candidate->score += (float)meant_weights[feature][place];
}

/* Scores of all lanes, and the features that the pronoun adds. */
struct weighing {
    enum pronoun_place place;
    int32_t scores[LANES];
    uint32_t features[LANES];
};

/* Gives the feature to the lanes whose value is `wanted`. */
static inline void weigh_equal(struct weighing *weighing, const uint32_t *values, uint32_t wanted,
                               enum feature feature) {
    const int32_t weight = meant_weights[feature][weighing->place];
    const uint32_t own = UINT32_C(1) << feature;
    for (int lane = 0; lane < LANES; lane++) {
        const uint32_t holds = mask(values[lane] == wanted);
        weighing->scores[lane] += (int32_t)holds & weight;
        weighing->features[lane] |= holds & own;
    }
}

/* Gives each lane one of features that exclude each other: the first one, or the one behind the
 * last of the limits, which grow, that its value is above. */
static inline void weigh_steps(struct weighing *weighing, const int32_t *values,
                               const int32_t *limits, const enum feature *features, int n_limits) {
    const int32_t first = meant_weights[features[0]][weighing->place];
    for (int lane = 0; lane < LANES; lane++) {
        weighing->scores[lane] += first;
        weighing->features[lane] |= UINT32_C(1) << features[0];
    }
#pragma GCC unroll 4
    for (int i = 0; i < n_limits; i++) {
        const int32_t more = meant_weights[features[i + 1]][weighing->place] -
                             meant_weights[features[i]][weighing->place];
        const uint32_t both = UINT32_C(1) << features[i] | UINT32_C(1) << features[i + 1];
        for (int lane = 0; lane < LANES; lane++) {
            const uint32_t holds = mask(values[lane] > limits[i]);
            weighing->scores[lane] += (int32_t)holds & more;
            weighing->features[lane] ^= holds & both;
        }
    }
}

/* How far back the last mentions were. */
static void weigh_distance(const struct salience *salience, const struct mention *pronoun,
                           struct weighing *weighing) {
    static const int32_t sentences[] = {0, 1, 2, 5};
    static const enum feature sentence_features[] = {FEATURE_SENTENCE_SAME, FEATURE_SENTENCE_1,
                                                     FEATURE_SENTENCE_2, FEATURE_SENTENCE_5,
                                                     FEATURE_SENTENCE_FAR};
    static const int32_t paragraphs[] = {0, 1, 2};
    static const enum feature paragraph_features[] = {FEATURE_PARAGRAPH_SAME, FEATURE_PARAGRAPH_1,
                                                      FEATURE_PARAGRAPH_2, FEATURE_PARAGRAPH_FAR};
    int32_t distances[LANES];
    for (int lane = 0; lane < LANES; lane++) {
        distances[lane] = (int32_t)(pronoun->sentence - salience->sentence[lane]);
    }
    weigh_steps(weighing, distances, sentences, sentence_features, 4);
    for (int lane = 0; lane < LANES; lane++) {
        distances[lane] = (int32_t)(pronoun->paragraph - salience->paragraph[lane]);
    }
    weigh_steps(weighing, distances, paragraphs, paragraph_features, 3);
}

/* How many of all mentions were of each, and how many others have been spoken of since. */
static void weigh_share(const struct salience *salience, struct weighing *weighing) {
    static const enum feature share_features[] = {FEATURE_SHARE_LOW, FEATURE_SHARE_8,
                                                  FEATURE_SHARE_20, FEATURE_SHARE_40};
    static const int32_t ranks[] = {0, 1, 2};
    static const enum feature rank_features[] = {FEATURE_RANK_0, FEATURE_RANK_1, FEATURE_RANK_2,
                                                 FEATURE_RANK_LATER};
    const uint32_t all = salience->n_seen;
    const int32_t shares[] = {(int32_t)(all / 12), (int32_t)(all / 5), (int32_t)(all * 2 / 5)};
    int32_t values[LANES];
    for (int lane = 0; lane < LANES; lane++) {
        values[lane] = (int32_t)salience->n[lane];
    }
    weigh_steps(weighing, values, shares, share_features, 3);
    for (int lane = 0; lane < LANES; lane++) {
        values[lane] = salience->rank[lane];
    }
    for (size_t i = 0; salience->n_unheard > 0 && i < salience->n_active; i++) {
        for (int lane = 0; salience->unheard[i] && lane < LANES; lane++) {
            values[lane] -= salience->rank[lane] > salience->rank[i];
        }
    }
    weigh_steps(weighing, values, ranks, rank_features, 3);
}

static void weigh(const struct salience *salience, const struct question *question,
                  struct weighing *weighing) {
    const uint32_t sentence = question->pronoun->sentence;
    weighing->place = question->place;
    memcpy(weighing->scores, salience->scores[question->place], sizeof weighing->scores);
    memset(weighing->features, 0, sizeof weighing->features);
    weigh_distance(salience, question->pronoun, weighing);
    weigh_share(salience, weighing);
    weigh_equal(weighing, salience->subject_sentence, sentence, FEATURE_SUBJECT_SAME);
    weigh_equal(weighing, salience->subject_sentence, sentence - 1, FEATURE_SUBJECT_BEFORE);
    weigh_equal(weighing, salience->opens_sentence, sentence, FEATURE_OPENS_SAME);
    weigh_equal(weighing, salience->opens_sentence, sentence - 1, FEATURE_OPENS_BEFORE);
    weigh_equal(weighing, salience->entity, question->speaker, FEATURE_SPEAKER);
    weigh_equal(weighing, salience->entity, salience->subject, FEATURE_RECENT_SUBJECT);
    weigh_equal(weighing, salience->entity, question->topic, FEATURE_TOPIC);
    weigh_equal(weighing, salience->entity, question->ahead, question->ahead_feature);
    if (salience->n_unheard > 0 && !question->quoted) {
        weigh_equal(weighing, salience->unheard, 1, FEATURE_UNHEARD);
    }
    if (question->other != ENTITY_NONE) {
        for (int lane = 0; lane < LANES; lane++) {
            weighing->scores[lane] +=
                (int32_t)mask(salience->entity[lane] == question->other) & IMPOSSIBLE;
        }
    }
}

size_t salience_candidates(const struct salience *salience, const struct mention *pronoun,
                           const struct mention *ahead, struct candidate *candidates) {
    const struct question question = ask(salience, pronoun, ahead);
    struct weighing weighing;
    weigh(salience, &question, &weighing);
    size_t n = salience->n_active;
    for (size_t lane = 0; lane < n; lane++) {
        candidates[salience->rank[lane]] = (struct candidate){
            .features = salience->features[lane] | weighing.features[lane],
            .entity = salience->entity[lane],
            .score = (float)weighing.scores[lane],
        };
    }
    const bool is_new =
        question.ahead != ENTITY_NONE && find_lane(salience, question.ahead) == LANE_NONE;
    if (is_new) {
        candidates[n] = (struct candidate){.entity = question.ahead};
        add(&candidates[n], question.place, (int)question.ahead_feature);
        add(&candidates[n++], question.place, FEATURE_AHEAD_NEW);
    }
    candidates[n] = (struct candidate){.entity = ENTITY_NONE};
    add(&candidates[n], question.place, FEATURE_OTHER);
    if (salience->n_seen < 3) {
        add(&candidates[n], question.place, FEATURE_OTHER_EARLY);
    }
    return n + 1;
}
