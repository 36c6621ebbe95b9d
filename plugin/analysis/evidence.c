/*
 * Whether an entity is a man or a woman, as the sum of independent evidence in log-odds: what its
 * titles and roles say, what its given name says by counted bearers, what pronouns that mean it
 * say.
 */
#include "analysis/rooms.h"

#include <math.h>

/* An explicit word ("Ms", "actress") outweighs everything but many pronouns. */
static const float WORD_ODDS = 3.5F;
static const float WORD_LIMIT = 5.0F;
/* A name says at most this, however many bear it: people have names of the other gender. */
static const float NAME_LIMIT = 4.5F;
/* Each pronoun that means the entity, by its confidence, and all of them. */
static const float VOTE_ODDS = 2.2F;
static const float VOTE_LIMIT = 5.0F;
/* The document is expected to be like other news until it says otherwise: as if these pronouns had
 * been counted before its first. */
static const float PRIOR_MALE = 1.5F;
static const float PRIOR_FEMALE = 0.7F;
/* How much of what holds for the document holds for one of whom nothing is known: much of it is
 * said of a single person. */
static const float PRIOR_SHARE = 0.6F;

static float limited(float value, float limit) {
    return value > limit ? limit : value < -limit ? -limit : value;
}

float evidence_of_name(const struct form_facts *facts) {
    if (facts == NULL || facts->n_bearers == 0) {
        return 0;
    }
    /* n_bearers is 10 log10; one bearer of each gender is added, so that few say little. */
    const float n = powf(10.0F, (float)facts->n_bearers / 10.0F);
    const float men = n * (float)facts->male / 255.0F;
    return limited(logf((men + 1.0F) / (n - men + 1.0F)), NAME_LIMIT);
}

float evidence_of_document(const struct analysis *analysis, enum gender left_out) {
    const float men = (float)analysis->n_pronouns[GENDER_MALE] - (left_out == GENDER_MALE);
    const float women = (float)analysis->n_pronouns[GENDER_FEMALE] - (left_out == GENDER_FEMALE);
    return logf((men + PRIOR_MALE) / (women + PRIOR_FEMALE));
}

float analysis_gender_odds(const struct entity *entity) {
    return evidence_of_entity(entity, 0, GENDER_UNKNOWN, 0);
}

bool evidence_is_own(const struct entity *entity) {
    return entity->words[GENDER_MALE] + entity->words[GENDER_FEMALE] != 0 || entity->name_odds != 0;
}

float evidence_of_entity(const struct entity *entity, float prior, enum gender left_out,
                         float share) {
    const float men = entity->votes[GENDER_MALE] - (left_out == GENDER_MALE ? share : 0);
    const float women = entity->votes[GENDER_FEMALE] - (left_out == GENDER_FEMALE ? share : 0);
    const float words = (float)entity->words[GENDER_MALE] - (float)entity->words[GENDER_FEMALE];
    const float odds = limited(WORD_ODDS * words, WORD_LIMIT) + entity->name_odds +
                       limited(VOTE_ODDS * (men - women), VOTE_LIMIT);
    return evidence_is_own(entity) ? odds : odds + PRIOR_SHARE * prior;
}
