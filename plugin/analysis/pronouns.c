/*
 * Pronouns, in two passes over the mentions. The first one gives each pronoun to the likeliest
 * candidate that its gender allows, so that the entities learn their gender from the text. The
 * second one asks of each pronoun what its gender should be, judged by all but itself: the odds of
 * a man among the candidates, and the pronouns beside it.
 */
#include "analysis/rooms.h"
#include "analysis/weights.h"

#include <math.h>

enum { NEIGHBOURS = 12 }; /* mentions that are looked at on either side */

static const float ODDS_LIMIT = 6.0F;

/* A candidate whose score is so far below the best one's is none. */
static const float NEGLIGIBLE = -5.0F;

/* Odds against the pronoun's form, by how near somebody is who could be meant by it (enum rival).
 * Subjects are nearly always close to whom they mean; other forms cross each other more. */
static const float SURE_SUBJECT[] = {1.2F, 2.0F, 2.8F, 3.6F, 4.6F};
static const float SURE_OTHER[] = {4.4F, 4.6F, 4.8F, 5.0F, 5.2F};

/* What those who could be meant must say by themselves, without the pronouns beside it. */
static const float SURE_CANDIDATES = 0.8F;

static float probability(float odds) {
    return 1.0F / (1.0F + expf(-odds));
}

/* Turns the candidates' scores into probabilities. */
static void normalize(struct candidate *candidates, size_t n) {
    float highest = candidates[0].score;
    for (size_t i = 1; i < n; i++) {
        highest = candidates[i].score > highest ? candidates[i].score : highest;
    }
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        const float below = candidates[i].score - highest;
        candidates[i].score = below < NEGLIGIBLE ? 0 : expf(below);
        sum += candidates[i].score;
    }
    for (size_t i = 0; i < n; i++) {
        candidates[i].score /= sum;
    }
}

static bool is_personal(const struct mention *mention) {
    return mention->kind == MENTION_PRONOUN && mention->gender != GENDER_NEUTER;
}

/* ---- what the pronouns beside it say ---- */

/* The nearest pronoun outside quotations in one direction. */
static void look_beside(const struct analysis *analysis, size_t index, bool forward, float *signs) {
    const struct mention *pronoun = &analysis->mentions[index];
    bool crossed = false;
    for (size_t step = 1; step <= NEIGHBOURS; step++) {
        if (forward ? index + step >= analysis->n_mentions : step > index) {
            return;
        }
        const struct mention *mention = &analysis->mentions[forward ? index + step : index - step];
        const uint32_t units = forward ? mention->paragraph - pronoun->paragraph
                                       : pronoun->paragraph - mention->paragraph;
        if (units > 1) {
            return;
        }
        if ((mention->flags & MENTION_QUOTED) != 0 || mention->kind == MENTION_THING) {
            continue;
        }
        if (mention->kind != MENTION_PRONOUN) {
            crossed = true;
        } else if (mention->gender != GENDER_NEUTER) {
            const uint32_t sentences = forward ? mention->sentence - pronoun->sentence
                                               : pronoun->sentence - mention->sentence;
            const int place = crossed          ? WEIGHED_NEXT_CROSSED
                              : sentences == 0 ? WEIGHED_NEXT_SAME
                              : units == 0     ? WEIGHED_NEXT_CLOSE
                                               : WEIGHED_NEXT_FAR;
            signs[place + (forward ? 0 : WEIGHED_LAST_SAME - WEIGHED_NEXT_SAME)] =
                mention->gender == GENDER_MALE ? 1.0F : -1.0F;
            return;
        }
    }
}

/* What is remarkable of the whole document: one gender alone. */
static void weigh_document(const struct analysis *analysis, enum gender left_out, float *signs) {
    const float men = analysis->n_pronouns[GENDER_MALE] - (left_out == GENDER_MALE);
    const float women = analysis->n_pronouns[GENDER_FEMALE] - (left_out == GENDER_FEMALE);
    const float most = men + women;
    if (men == 0 || women == 0) {
        const int place = most >= 8   ? WEIGHED_ALONE_8
                          : most >= 3 ? WEIGHED_ALONE_3
                                      : WEIGHED_ALONE_1;
        signs[place] = most == 0 ? 0 : men > 0 ? 1.0F : -1.0F;
    }
    const bool known_men = analysis->n_known[GENDER_MALE] > 0;
    const bool known_women = analysis->n_known[GENDER_FEMALE] > 0;
    signs[WEIGHED_NOBODY] = (float)known_men - (float)known_women;
}

/* ---- judging ---- */

/* Who is named next in the pronoun's sentence: "When she was a judge, Marie Blanc …". */
static const struct mention *find_ahead(const struct analysis *analysis, size_t index) {
    const struct mention *pronoun = &analysis->mentions[index];
    for (size_t i = index + 1; i < analysis->n_mentions && i <= index + NEIGHBOURS; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (mention->sentence != pronoun->sentence) {
            return NULL;
        }
        if ((mention->kind == MENTION_NAME || mention->kind == MENTION_ROLE) &&
            ((mention->flags ^ pronoun->flags) & MENTION_QUOTED) == 0) {
            return mention;
        }
    }
    return NULL;
}

static bool has(const struct candidate *candidate, enum feature feature) {
    return (candidate->features & UINT64_C(1) << feature) != 0;
}

static enum rival rival_of(const struct candidate *candidate) {
    return has(candidate, FEATURE_SENTENCE_SAME) ? RIVAL_SAME
           : has(candidate, FEATURE_SENTENCE_1)
               ? (has(candidate, FEATURE_RANK_0) ? RIVAL_LAST : RIVAL_CLOSE)
           : has(candidate, FEATURE_SENTENCE_2) || has(candidate, FEATURE_SENTENCE_5) ? RIVAL_NEAR
                                                                                      : RIVAL_FAR;
}

/* Who of either gender is near. */
static void weigh_near(struct judgement *judgement, enum gender own) {
    static const float KNOWN = 1.5F;
    enum rival near[4] = {RIVAL_FAR};
    for (size_t i = 0; i < judgement->n; i++) {
        const float odds = judgement->male[i];
        const enum gender gender = odds > KNOWN    ? GENDER_MALE
                                   : odds < -KNOWN ? GENDER_FEMALE
                                                   : GENDER_UNKNOWN;
        const enum rival rival = rival_of(&judgement->candidates[i]);
        if (judgement->candidates[i].entity != ENTITY_NONE && rival > near[gender]) {
            near[gender] = rival;
        }
    }
    judgement->rival = near[own];
    judgement->signs[WEIGHED_ONLY_NEAR] =
        (float)(near[GENDER_MALE] >= RIVAL_CLOSE) - (float)(near[GENDER_FEMALE] >= RIVAL_CLOSE);
}

/* The gender that the pronoun itself adds to the document's count. */
static enum gender left_out(const struct mention *pronoun) {
    return (pronoun->flags & MENTION_QUOTED) == 0 ? (enum gender)pronoun->gender : GENDER_UNKNOWN;
}

/* Finds who could be meant and the odds of a man for each; answers the probability of a man. */
static float consider(const struct salience *salience, size_t index, struct judgement *judgement) {
    const struct analysis *analysis = salience->analysis;
    const struct mention *pronoun = &analysis->mentions[index];
    const enum gender own = (enum gender)pronoun->gender;
    judgement->prior = salience->priors[left_out(pronoun)];
    judgement->n =
        salience_candidates(salience, pronoun, find_ahead(analysis, index), judgement->candidates);
    normalize(judgement->candidates, judgement->n);
    float male = 0;
    for (size_t i = 0; i < judgement->n; i++) {
        const struct candidate *candidate = &judgement->candidates[i];
        float odds = judgement->prior;
        if (candidate->score <= 0) {
            judgement->male[i] = 0;
            continue;
        }
        if (candidate->entity != ENTITY_NONE) {
            const bool voted = pronoun->entity == candidate->entity;
            odds = evidence_of_entity(&analysis->entities[candidate->entity], judgement->prior,
                                      voted ? own : GENDER_UNKNOWN, pronoun->confidence);
        }
        odds = odds > ODDS_LIMIT ? ODDS_LIMIT : odds < -ODDS_LIMIT ? -ODDS_LIMIT : odds;
        judgement->male[i] = odds;
        male += candidate->score * probability(odds);
    }
    return male;
}

void pronoun_judge(const struct salience *salience, size_t index, struct judgement *judgement) {
    const struct analysis *analysis = salience->analysis;
    const struct mention *pronoun = &analysis->mentions[index];
    const enum gender own = (enum gender)pronoun->gender;
    float *signs = judgement->signs;
    for (int i = 0; i < WEIGHED_COUNT; i++) {
        signs[i] = 0;
    }
    const float male = consider(salience, index, judgement);
    signs[WEIGHED_CANDIDATES] = logf(male / (1.0F - male));
    signs[WEIGHED_DOCUMENT] = judgement->prior;
    signs[WEIGHED_BIAS] = 1;
    weigh_document(analysis, left_out(pronoun), signs);
    weigh_near(judgement, own);
    look_beside(analysis, index, true, signs);
    look_beside(analysis, index, false, signs);
    /* "She said it was late, and he agreed": two people, where there are two. */
    const float changes = own == GENDER_MALE ? -1.0F : 1.0F;
    if (judgement->rival == RIVAL_NEAR && signs[WEIGHED_LAST_SAME] * changes > 0) {
        judgement->rival = RIVAL_SAME;
    }
    judgement->odds = 0;
    for (int i = 0; i < WEIGHED_COUNT; i++) {
        judgement->odds += weighed_weights[i] * signs[i];
    }
}

/* ---- passes ---- */

/* The likeliest candidate that the gender allows, somebody unnamed too unless `spoken_of`; its
 * share among them in *confidence. */
static uint32_t choose(const struct judgement *judgement, enum gender gender, bool spoken_of,
                       float *confidence) {
    uint32_t best = ENTITY_NONE;
    float highest = 0;
    float sum = 0;
    for (size_t i = 0; i < judgement->n; i++) {
        const float male = probability(judgement->male[i]);
        const float share =
            judgement->candidates[i].score * (gender == GENDER_MALE ? male : 1.0F - male);
        sum += share;
        if (share > highest && !(spoken_of && judgement->candidates[i].entity == ENTITY_NONE)) {
            highest = share;
            best = judgement->candidates[i].entity;
        }
    }
    *confidence = sum > 0 ? highest / sum : 0;
    return best;
}

/* Gives the pronoun to whom it may mean, or to somebody unnamed. */
static galley_status settle(struct analysis *analysis, struct salience *salience, size_t index) {
    struct judgement judgement;
    consider(salience, index, &judgement);
    struct mention *pronoun = &analysis->mentions[index];
    float confidence;
    uint32_t entity = choose(&judgement, (enum gender)pronoun->gender, false, &confidence);
    if (entity == ENTITY_NONE) {
        if ((pronoun->flags & MENTION_QUOTED) != 0) {
            return GALLEY_OK;
        }
        const galley_status status = names_add_entity(analysis, pronoun, &entity);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    pronoun->entity = entity;
    pronoun->confidence = confidence;
    if ((pronoun->flags & MENTION_QUOTED) == 0) {
        analysis->entities[entity].votes[pronoun->gender] += confidence;
    } else {
        pronoun->confidence = 0;
    }
    return GALLEY_OK;
}

/* Whether all but the pronoun itself speaks against its form. */
static bool is_contradicted(const struct mention *mention, const struct judgement *judgement) {
    const float sign = mention->gender == GENDER_MALE ? -1.0F : 1.0F;
    const bool subject = (mention->flags & MENTION_SUBJECT) != 0;
    return sign * judgement->signs[WEIGHED_CANDIDATES] > SURE_CANDIDATES &&
           sign * judgement->odds > (subject ? SURE_SUBJECT : SURE_OTHER)[judgement->rival];
}

/* Whether the text speaks of changing one's gender close by, so that both pronouns may be right. */
static bool is_near_change(const struct analysis *analysis, const struct mention *mention) {
    enum { NEAR = 4 }; /* paragraphs */
    return analysis->tells_change && mention->paragraph + NEAR >= analysis->first_change &&
           mention->paragraph <= analysis->last_change + NEAR;
}

/* Judges the pronoun by all others, unless those who could be meant agree with it well enough. One
 * that is contradicted is given to whom it should mean, but only when it has been seen as what it
 * is, so that no mistake makes another. */
static void judge_again(struct mention *mention, struct salience *salience, size_t index) {
    struct judgement judgement;
    const float male = consider(salience, index, &judgement);
    const float own = mention->gender == GENDER_MALE ? male : 1.0F - male;
    if (own > 0.5F) {
        salience_see(salience, mention);
        return;
    }
    float confidence;
    pronoun_judge(salience, index, &judgement);
    salience_see(salience, mention);
    mention->odds = judgement.odds;
    const uint32_t expected =
        choose(&judgement, judgement.odds > 0 ? GENDER_MALE : GENDER_FEMALE, true, &confidence);
    mention->contradicted = expected != ENTITY_NONE && is_contradicted(mention, &judgement) &&
                            !is_near_change(salience->analysis, mention);
    if (mention->contradicted) {
        mention->entity = expected;
        mention->confidence = confidence;
    }
}

/* Counts the entities whose gender is known without pronouns. */
static void count_known(struct analysis *analysis) {
    enum { SURE = 2 };
    for (size_t i = 0; i < analysis->n_entities; i++) {
        const float odds = evidence_of_entity(&analysis->entities[i], 0, GENDER_UNKNOWN, 0);
        analysis->n_known[GENDER_MALE] += odds > SURE;
        analysis->n_known[GENDER_FEMALE] += odds < -SURE;
    }
}

galley_status pronouns_resolve(struct analysis *analysis) {
    struct salience salience;
    count_known(analysis);
    salience_begin(&salience, analysis);
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (is_personal(mention) &&
            (analysis->resolves_quoted || (mention->flags & MENTION_QUOTED) == 0)) {
            const galley_status status = settle(analysis, &salience, i);
            if (status != GALLEY_OK) {
                return status;
            }
        }
        salience_see(&salience, &analysis->mentions[i]);
    }
    salience_begin(&salience, analysis);
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        struct mention *mention = &analysis->mentions[i];
        if (is_personal(mention) && (mention->flags & MENTION_QUOTED) == 0) {
            judge_again(mention, &salience, i);
        } else {
            salience_see(&salience, mention);
        }
    }
    return GALLEY_OK;
}
