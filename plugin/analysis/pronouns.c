/*
 * Pronouns, in two passes over the mentions. The first one gives each pronoun to the likeliest
 * candidate that its gender allows, so that the entities learn their gender from the text. The
 * second one asks of each pronoun what its gender should be, judged by all but itself: the odds of
 * a man among the candidates, and the pronouns beside it. The candidates are found once, in the
 * first pass: a pronoun that is given to somebody stays his in what follows, even when the second
 * pass contradicts it, so that no mistake makes another.
 */
#include "analysis/rooms.h"
#include "analysis/weights.h"

#include <math.h>
#include <string.h>

enum { NEIGHBOURS = 12 }; /* mentions that are looked at on either side */

static const float ODDS_LIMIT = 6.0F;

/* Odds against the pronoun's form, the more the nearer somebody is who could be meant by it:
 * WEIGHED_NEAR_SAME and so on, and nobody near. Subjects and reflexives are nearly always close to
 * whom they mean; other forms cross each other more. */
enum { NEAR_SIGNS = WEIGHED_NEAR_NEAR - WEIGHED_NEAR_SAME + 1 };
enum { FORM_CLOSE, FORM_OTHER, N_FORMS };
static const float SURE_ODDS[N_FORMS][NEAR_SIGNS + 1] = {
    [FORM_CLOSE] = {3.2F, 3.2F, 2.0F, 2.0F, 1.6F},
    [FORM_OTHER] = {5.2F, 5.0F, 4.8F, 4.8F, 4.8F},
};

/* ... and where the pronoun before it in its sentence is of the other gender. */
static const float SURE_CHANGE = 2.6F;

/* What those who could be meant say by themselves, as a probability of the pronoun's own gender:
 * one that they agree with so well is not judged. */
static const float AGREED = 0.5F;

/* The work on one document. */
struct resolution {
    struct analysis *analysis;
    struct salience salience;
    uint32_t *told; /* mentions that are pronouns outside quotations */
    size_t n_told;
    struct candidate *kept; /* those of all of them, one after the other */
    size_t n_kept;
    size_t n_judged; /* of them */
};

static float probability(float odds) {
    const float limited = odds > ODDS_LIMIT ? ODDS_LIMIT : odds < -ODDS_LIMIT ? -ODDS_LIMIT : odds;
    return 1.0F / (1.0F + expf(-limited));
}

/* e to the power of so many hundredths below zero; 0 for so many that it does not matter. */
static float power(float hundredths) {
    enum { NEGLIGIBLE = 500, FINE = 16 };
    /* exp(-0.16 i), exp(-0.01 i) */
    static const float coarse[NEGLIGIBLE / FINE + 1] = {
        1.0F,           0.852143789F,  0.726149037F,  0.618783392F,  0.527292424F,  0.449328964F,
        0.382892886F,   0.326279795F,  0.2780373F,    0.236927759F,  0.201896518F,  0.172044864F,
        0.146606962F,   0.124930212F,  0.106458504F,  0.0907179533F, 0.0773047404F, 0.0658747544F,
        0.0561347628F,  0.0478348895F, 0.040762204F,  0.0347352589F, 0.0295994352F, 0.0252229748F,
        0.0214936013F,  0.0183156389F, 0.0156075579F, 0.0132998835F, 0.0113334132F, 0.00965769763F,
        0.00822974705F, 0.00701292783F};
    static const float fine[FINE] = {1.0F,         0.990049834F, 0.980198673F, 0.970445534F,
                                     0.960789439F, 0.951229425F, 0.941764534F, 0.93239382F,
                                     0.923116346F, 0.913931185F, 0.904837418F, 0.895834135F,
                                     0.886920437F, 0.878095431F, 0.869358235F, 0.860707976F};
    const int below = (int)-hundredths;
    return below > NEGLIGIBLE ? 0 : coarse[below / FINE] * fine[below % FINE];
}

/* Turns the candidates' scores into probabilities. */
static void normalize(struct candidate *candidates, size_t n) {
    float highest = candidates[0].score;
    for (size_t i = 1; i < n; i++) {
        highest = candidates[i].score > highest ? candidates[i].score : highest;
    }
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        candidates[i].score = power(candidates[i].score - highest);
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
    const float men = (float)analysis->n_pronouns[GENDER_MALE] - (left_out == GENDER_MALE);
    const float women = (float)analysis->n_pronouns[GENDER_FEMALE] - (left_out == GENDER_FEMALE);
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

#define WEIGHED_FAR (WEIGHED_NEAR_NEAR + 1)

/* How near the candidate was spoken of: the sign that says so, or WEIGHED_FAR. */
static int nearness(const struct candidate *candidate) {
    return has(candidate, FEATURE_SENTENCE_SAME) ? WEIGHED_NEAR_SAME
           : has(candidate, FEATURE_SENTENCE_1)
               ? (has(candidate, FEATURE_RANK_0) ? WEIGHED_NEAR_LAST : WEIGHED_NEAR_CLOSE)
           : has(candidate, FEATURE_SENTENCE_2) || has(candidate, FEATURE_SENTENCE_5)
               ? WEIGHED_NEAR_NEAR
               : WEIGHED_FAR;
}

/* "his daughter when she", "a female reporter … her": a word for somebody of the gender, near. */
static bool is_word_near(const struct judgement *judgement, enum gender gender) {
    for (size_t i = 0; i < judgement->n; i++) {
        const struct candidate *candidate = &judgement->candidates[i];
        if (has(candidate, FEATURE_KIND_GENDERED) && nearness(candidate) == WEIGHED_NEAR_SAME &&
            has(candidate, FEATURE_RANK_0) && !has(candidate, FEATURE_UNHEARD) &&
            (judgement->man[i] > 0.5F) == (gender == GENDER_MALE)) {
            return true;
        }
    }
    return false;
}

/* Who of either gender is nearest; answers who is of `own`. */
static int weigh_near(const struct judgement *judgement, enum gender own, float *signs) {
    static const float KNOWN = 0.8176F; /* odds of 1.5 */
    int man_near = WEIGHED_FAR;
    int woman_near = WEIGHED_FAR;
    for (size_t i = 0; i < judgement->n; i++) {
        const struct candidate *candidate = &judgement->candidates[i];
        const int near = nearness(candidate);
        if (candidate->entity == ENTITY_NONE || candidate->score <= 0) {
            continue;
        }
        if (judgement->man[i] > KNOWN && near < man_near) {
            man_near = near;
        }
        if (judgement->man[i] < 1.0F - KNOWN && near < woman_near) {
            woman_near = near;
        }
    }
    for (int sign = WEIGHED_NEAR_SAME; sign <= WEIGHED_NEAR_NEAR; sign++) {
        signs[sign] = (float)(man_near == sign) - (float)(woman_near == sign);
    }
    return own == GENDER_MALE ? man_near : woman_near;
}

/* The gender that the pronoun itself adds to the document's count. */
static enum gender left_out(const struct mention *pronoun) {
    return (pronoun->flags & MENTION_QUOTED) == 0 ? (enum gender)pronoun->gender : GENDER_UNKNOWN;
}

/* Who could be meant, and how likely each is. */
static size_t weigh_candidates(const struct salience *salience, size_t index,
                               struct candidate *candidates) {
    const struct analysis *analysis = salience->analysis;
    const size_t n = salience_candidates(salience, &analysis->mentions[index],
                                         find_ahead(analysis, index), candidates);
    normalize(candidates, n);
    return n;
}

/* Writes the probability of a man for each candidate, without what the pronoun itself has said of
 * it; answers that of all together. */
static float ask_gender(const struct analysis *analysis, const struct mention *pronoun,
                        const struct candidate *candidates, size_t n, float *man) {
    const enum gender own = (enum gender)pronoun->gender;
    const enum gender left = left_out(pronoun);
    float all = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t entity = candidates[i].entity;
        man[i] =
            entity == ENTITY_NONE ? probability(analysis->priors[left])
            : entity != pronoun->entity
                ? analysis->entities[entity].man[left]
                : probability(evidence_of_entity(&analysis->entities[entity],
                                                 analysis->priors[left], own, pronoun->confidence));
        all += candidates[i].score * man[i];
    }
    return all;
}

/* Weighs what else there is, when judgement->candidates and what they say are known: `male` is the
 * probability of a man. */
static void judge(const struct analysis *analysis, size_t index, float male,
                  struct judgement *judgement) {
    const struct mention *pronoun = &analysis->mentions[index];
    const enum pronoun_place place = candidates_place(pronoun);
    float *signs = judgement->signs;
    for (int i = 0; i < WEIGHED_COUNT; i++) {
        signs[i] = 0;
    }
    signs[WEIGHED_CANDIDATES] = logf(male / (1.0F - male));
    signs[WEIGHED_DOCUMENT] = analysis->priors[left_out(pronoun)];
    signs[WEIGHED_BIAS] = 1;
    weigh_document(analysis, left_out(pronoun), signs);
    judgement->rival = weigh_near(judgement, (enum gender)pronoun->gender, signs);
    look_beside(analysis, index, true, signs);
    look_beside(analysis, index, false, signs);
    /* "She said it was late, and he agreed": two people, where there are two. */
    const float changes = pronoun->gender == GENDER_MALE ? -1.0F : 1.0F;
    judgement->changes = (pronoun->flags & MENTION_REFLEXIVE) == 0 &&
                         judgement->rival <= WEIGHED_NEAR_NEAR &&
                         signs[WEIGHED_LAST_SAME] * changes > 0;
    float hundredths = 0;
    for (int i = 0; i < WEIGHED_COUNT; i++) {
        hundredths += sign_weights[i][place] * signs[i];
    }
    for (size_t i = 0; i < judgement->n; i++) {
        const struct candidate *candidate = &judgement->candidates[i];
        if (candidate->entity != ENTITY_NONE && candidate->score > 0) {
            hundredths += candidate_telling(candidate, place) * (2.0F * judgement->man[i] - 1.0F);
        }
    }
    judgement->odds = hundredths / 100.0F;
}

void pronoun_judge(const struct salience *salience, size_t index, struct judgement *judgement) {
    const struct analysis *analysis = salience->analysis;
    judgement->n = weigh_candidates(salience, index, judgement->candidates);
    const float male = ask_gender(analysis, &analysis->mentions[index], judgement->candidates,
                                  judgement->n, judgement->man);
    judge(analysis, index, male, judgement);
}

/* ---- what pronouns say ---- */

/* Notes what is known of the entity's gender by now. */
static void learn(const struct analysis *analysis, struct entity *entity) {
    if (evidence_is_own(entity)) {
        const float man = probability(evidence_of_entity(entity, 0, GENDER_UNKNOWN, 0));
        entity->man[GENDER_UNKNOWN] = entity->man[GENDER_MALE] = entity->man[GENDER_FEMALE] = man;
        return;
    }
    for (int left = GENDER_UNKNOWN; left <= GENDER_FEMALE; left++) {
        entity->man[left] =
            probability(evidence_of_entity(entity, analysis->priors[left], GENDER_UNKNOWN, 0));
    }
}

/* The likeliest candidate that the gender allows, somebody unnamed too unless `spoken_of`; its
 * share among them in *confidence. */
static uint32_t choose(const struct candidate *candidates, const float *man, size_t n,
                       enum gender gender, bool spoken_of, float *confidence) {
    uint32_t best = ENTITY_NONE;
    float highest = 0;
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        const float share = candidates[i].score * (gender == GENDER_MALE ? man[i] : 1.0F - man[i]);
        sum += share;
        if (share > highest && !(spoken_of && candidates[i].entity == ENTITY_NONE)) {
            highest = share;
            best = candidates[i].entity;
        }
    }
    *confidence = sum > 0 ? highest / sum : 0;
    return best;
}

/* Keeps the candidates that are any for the second pass. The last one, somebody unnamed, ends
 * them. */
static void keep_candidates(struct resolution *resolution, const struct candidate *candidates,
                            size_t n) {
    struct candidate *kept = resolution->kept + resolution->n_kept;
    for (size_t i = 0; i < n; i++) {
        *kept = candidates[i];
        kept += candidates[i].score > 0 || candidates[i].entity == ENTITY_NONE;
    }
    resolution->n_kept = (size_t)(kept - resolution->kept);
}

/* Gives the pronoun to whom it may mean, or to somebody unnamed. */
static galley_status settle(struct resolution *resolution, size_t index) {
    struct analysis *analysis = resolution->analysis;
    struct mention *pronoun = &analysis->mentions[index];
    const bool quoted = (pronoun->flags & MENTION_QUOTED) != 0;
    struct candidate candidates[CANDIDATES_ALL];
    float man[CANDIDATES_ALL];
    const size_t n = weigh_candidates(&resolution->salience, index, candidates);
    if (!quoted) {
        resolution->told[resolution->n_told++] = (uint32_t)index;
        keep_candidates(resolution, candidates, n);
    }
    ask_gender(analysis, pronoun, candidates, n, man);
    float confidence;
    uint32_t entity = choose(candidates, man, n, (enum gender)pronoun->gender, false, &confidence);
    if (entity == ENTITY_NONE) {
        if (quoted) {
            return GALLEY_OK;
        }
        const galley_status status = names_add_entity(analysis, pronoun, &entity);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    pronoun->entity = entity;
    if (!quoted) {
        pronoun->confidence = confidence;
        analysis->entities[entity].votes[pronoun->gender] += confidence;
        learn(analysis, &analysis->entities[entity]);
    }
    return GALLEY_OK;
}

/* ---- passes ---- */

/* Whether all but the pronoun itself speaks against its form. */
static bool is_contradicted(const struct mention *mention, const struct judgement *judgement) {
    const float sign = mention->gender == GENDER_MALE ? -1.0F : 1.0F;
    const bool close = (mention->flags & (MENTION_SUBJECT | MENTION_REFLEXIVE)) != 0;
    const float sure =
        SURE_ODDS[close ? FORM_CLOSE : FORM_OTHER][judgement->rival - WEIGHED_NEAR_SAME] +
        (judgement->changes ? SURE_CHANGE : 0.0F);
    return sign * judgement->odds > sure && !is_word_near(judgement, (enum gender)mention->gender);
}

/* Whether the text speaks of changing one's gender close by, so that both pronouns may be right. */
static bool is_near_change(const struct analysis *analysis, const struct mention *mention) {
    enum { NEAR = 2 }; /* paragraphs */
    return analysis->tells_change && mention->paragraph + NEAR >= analysis->first_change &&
           mention->paragraph <= analysis->last_change + NEAR;
}

/* Judges the pronoun by all others, unless those who could be meant agree with it well enough. One
 * that is contradicted is given to whom it should mean. */
static void judge_again(struct resolution *resolution, size_t index) {
    struct analysis *analysis = resolution->analysis;
    struct mention *mention = &analysis->mentions[index];
    const struct candidate *candidates = resolution->kept + resolution->n_judged;
    size_t n = 0;
    while (candidates[n++].entity != ENTITY_NONE) {
    }
    resolution->n_judged += n;
    struct judgement judgement;
    const float male = ask_gender(analysis, mention, candidates, n, judgement.man);
    const float own = mention->gender == GENDER_MALE ? male : 1.0F - male;
    if (own > AGREED) {
        return;
    }
    memcpy(judgement.candidates, candidates, n * sizeof *candidates);
    judgement.n = n;
    judge(analysis, index, male, &judgement);
    mention->odds = judgement.odds;
    float confidence;
    const uint32_t expected =
        choose(candidates, judgement.man, n, judgement.odds > 0 ? GENDER_MALE : GENDER_FEMALE, true,
               &confidence);
    mention->contradicted =
        is_contradicted(mention, &judgement) && !is_near_change(analysis, mention);
    if (mention->contradicted && expected != ENTITY_NONE) {
        mention->entity = expected;
        mention->confidence = confidence;
    }
}

static size_t told_pronouns(const struct analysis *analysis) {
    return (size_t)analysis->n_pronouns[GENDER_MALE] + analysis->n_pronouns[GENDER_FEMALE];
}

static galley_status begin(struct resolution *resolution, struct analysis *analysis) {
    for (size_t i = 0; i < analysis->n_entities; i++) {
        learn(analysis, &analysis->entities[i]);
    }
    const size_t n = told_pronouns(analysis);
    resolution->analysis = analysis;
    resolution->told = arena_allocate(analysis->arena, (n + 1) * sizeof *resolution->told);
    resolution->kept =
        arena_allocate(analysis->arena, (n * CANDIDATES_ALL + 1) * sizeof *resolution->kept);
    salience_begin(&resolution->salience, analysis);
    return resolution->told == NULL || resolution->kept == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
}

void pronouns_begin(struct analysis *analysis) {
    enum { SURE = 2 };
    for (int left = 0; left < 4; left++) {
        analysis->priors[left] = evidence_of_document(analysis, (enum gender)left);
    }
    for (size_t i = 0; i < analysis->n_entities; i++) {
        const float odds = evidence_of_entity(&analysis->entities[i], 0, GENDER_UNKNOWN, 0);
        analysis->n_known[GENDER_MALE] += odds > SURE;
        analysis->n_known[GENDER_FEMALE] += odds < -SURE;
    }
}

/* Then each candidate is rather of that gender than not, whatever votes the pronouns give, and
 * judge_again stops at AGREED. */
bool pronouns_agree(const struct analysis *analysis) {
    static const float CLEAR = 0.1F; /* odds that rounding cannot turn */
    const bool men = analysis->n_pronouns[GENDER_MALE] > 0;
    const bool women = analysis->n_pronouns[GENDER_FEMALE] > 0;
    const enum gender own = men ? GENDER_MALE : GENDER_FEMALE;
    const float sign = men ? 1.0F : -1.0F;
    if (men == women || sign * analysis->priors[own] < CLEAR) {
        return !men && !women;
    }
    for (size_t i = 0; i < analysis->n_entities; i++) {
        const struct entity *entity = &analysis->entities[i];
        if (evidence_is_own(entity) &&
            sign * evidence_of_entity(entity, 0, GENDER_UNKNOWN, 0) < CLEAR) {
            return false;
        }
    }
    return true;
}

galley_status pronouns_resolve(struct analysis *analysis) {
    struct resolution resolution = {.n_kept = 0};
    const galley_status status = begin(&resolution, analysis);
    if (status != GALLEY_OK) {
        return status;
    }
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (is_personal(mention) &&
            (analysis->resolves_quoted || (mention->flags & MENTION_QUOTED) == 0)) {
            const galley_status settled = settle(&resolution, i);
            if (settled != GALLEY_OK) {
                return settled;
            }
        }
        salience_see(&resolution.salience, &analysis->mentions[i]);
    }
    for (size_t i = 0; i < resolution.n_told; i++) {
        judge_again(&resolution, resolution.told[i]);
    }
    return GALLEY_OK;
}
