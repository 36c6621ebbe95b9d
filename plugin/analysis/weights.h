/*
 * What candidates.c and pronouns.c weigh, with the weights that bench/fit_pronouns.py found.
 */
#ifndef GALLEY_ANALYSIS_WEIGHTS_H
#define GALLEY_ANALYSIS_WEIGHTS_H

/* A candidate's features; the first words say what of. */
#define FEATURES(X)                                                                                \
    X(SENTENCE_SAME, 1.39F)                                                                        \
    X(SENTENCE_1, 0.58F)                                                                           \
    X(SENTENCE_2, -0.13F)                                                                          \
    X(SENTENCE_5, -0.70F)                                                                          \
    X(SENTENCE_FAR, -1.64F)                                                                        \
    X(PARAGRAPH_SAME, 0.93F)                                                                       \
    X(PARAGRAPH_1, -0.25F)                                                                         \
    X(PARAGRAPH_2, -0.12F)                                                                         \
    X(PARAGRAPH_FAR, -1.06F)                                                                       \
    X(RANK_0, 0.16F)                                                                               \
    X(RANK_1, 0.04F)                                                                               \
    X(RANK_2, -0.11F)                                                                              \
    X(RANK_LATER, -0.60F)                                                                          \
    X(SUBJECT_SAME_SUBJECT, 0.13F)                                                                 \
    X(SUBJECT_SAME_OWNER, -0.10F)                                                                  \
    X(SUBJECT_SAME_OBJECT, -1.26F)                                                                 \
    X(SUBJECT_BEFORE_BEGINS, 0.90F)                                                                \
    X(SUBJECT_BEFORE, 0.50F)                                                                       \
    X(OPENS_SAME, 0.20F)                                                                           \
    X(OPENS_BEFORE, 0.24F)                                                                         \
    X(LAST_OWNER, -0.06F)                                                                          \
    X(LAST_MODIFIER, -1.08F)                                                                       \
    X(LAST_OTHER, -0.21F)                                                                          \
    X(LAST_BESIDE, -0.16F)                                                                         \
    X(LAST_HEADING, -0.03F)                                                                        \
    X(KIND_PRONOUN, 0.14F)                                                                         \
    X(KIND_FULL, 0.09F)                                                                            \
    X(KIND_SHORT, 0.06F)                                                                           \
    X(KIND_UNCERTAIN, 0.01F)                                                                       \
    X(KIND_GENDERED, -0.43F)                                                                       \
    X(KIND_DEFINITE, -0.04F)                                                                       \
    X(KIND_INDEFINITE, -0.33F)                                                                     \
    X(SPEAKER, -0.25F)                                                                             \
    X(SPEAKER_SPEAKS, 0.56F)                                                                       \
    X(SPEAKER_BEHIND, 0.77F)                                                                       \
    X(SPEAKER_QUOTED, 0.00F)                                                                       \
    X(RECENT_SUBJECT, 0.23F)                                                                       \
    X(RECENT_SUBJECT_SPEAKS, -0.03F)                                                               \
    X(RECENT_SUBJECT_BEHIND, 0.51F)                                                                \
    X(TOPIC, -0.03F)                                                                               \
    X(UNHEARD, -1.85F)                                                                             \
    X(UNHEARD_QUOTED, 0.00F)                                                                       \
    X(SHARE_40, -0.14F)                                                                            \
    X(SHARE_20, -0.14F)                                                                            \
    X(SHARE_8, -0.14F)                                                                             \
    X(SHARE_LOW, -0.08F)                                                                           \
    X(ONCE, -0.12F)                                                                                \
    X(AHEAD, -1.18F)                                                                               \
    X(AHEAD_BEGINS, -1.76F)                                                                        \
    X(AHEAD_FIRST, 0.01F)                                                                          \
    X(AHEAD_NEW, -0.16F)                                                                           \
    X(OTHER, 0.67F)                                                                                \
    X(OTHER_QUOTED, -0.00F)                                                                        \
    X(OTHER_EARLY, 0.76F)

#define FEATURE_NAME(name, weight) FEATURE_##name,
enum feature { FEATURES(FEATURE_NAME) FEATURE_COUNT };
#undef FEATURE_NAME

/* In hundredths, so that sums are exact and do not depend on their order: of two who could be meant
 * as well as each other, the one spoken of last is. */
#define FEATURE_WEIGHT(name, weight) (float)(int)((weight)*100 + ((weight) < 0 ? -0.5F : 0.5F)),
static const float feature_weights[FEATURE_COUNT] = {FEATURES(FEATURE_WEIGHT)};
#undef FEATURE_WEIGHT

/* What the pronouns around one say of it, as sums of signs (+1: a man's). NEXT and LAST: the next
 * and the last pronoun outside quotations; SAME, CLOSE and FAR: in its sentence, in the one beside
 * it, in the paragraph beside it; CROSSED: with somebody else spoken of between them. */
#define SIGNS(X)                                                                                   \
    X(CANDIDATES, 1.50F)                                                                           \
    X(DOCUMENT, -0.01F)                                                                            \
    X(NEXT_SAME, 0.92F)                                                                            \
    X(NEXT_CLOSE, 0.93F)                                                                           \
    X(NEXT_FAR, 0.68F)                                                                             \
    X(NEXT_CROSSED, 0.50F)                                                                         \
    X(LAST_SAME, 0.23F)                                                                            \
    X(LAST_CLOSE, -0.12F)                                                                          \
    X(LAST_FAR, 0.24F)                                                                             \
    X(LAST_CROSSED, 0.19F)                                                                         \
    X(ALONE_1, 0.52F)                                                                              \
    X(ALONE_3, 0.23F)                                                                              \
    X(ALONE_8, 0.21F)                                                                              \
    X(NOBODY, -0.46F)                                                                              \
    X(ONLY_NEAR, 0.57F)                                                                            \
    X(BIAS, -0.27F)

#define SIGN_NAME(name, weight) WEIGHED_##name,
enum weighed { SIGNS(SIGN_NAME) WEIGHED_COUNT };
#undef SIGN_NAME

#define SIGN_WEIGHT(name, weight) weight,
static const float weighed_weights[WEIGHED_COUNT] = {SIGNS(SIGN_WEIGHT)};
#undef SIGN_WEIGHT

#endif
