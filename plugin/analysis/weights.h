/*
 * What candidates.c and pronouns.c weigh, with the weights that bench/fit_pronouns.py found.
 */
#ifndef GALLEY_ANALYSIS_WEIGHTS_H
#define GALLEY_ANALYSIS_WEIGHTS_H

/* A candidate's features; the first words say what of. */
#define FEATURES(X)                                                                                \
    X(SENTENCE_SAME, 1.39F)                                                                        \
    X(SENTENCE_1, 0.57F)                                                                           \
    X(SENTENCE_2, -0.18F)                                                                          \
    X(SENTENCE_5, -0.75F)                                                                          \
    X(SENTENCE_FAR, -1.45F)                                                                        \
    X(PARAGRAPH_SAME, 1.02F)                                                                       \
    X(PARAGRAPH_1, -0.19F)                                                                         \
    X(PARAGRAPH_2, -0.20F)                                                                         \
    X(PARAGRAPH_FAR, -1.06F)                                                                       \
    X(RANK_0, 0.20F)                                                                               \
    X(RANK_1, 0.08F)                                                                               \
    X(RANK_2, -0.11F)                                                                              \
    X(RANK_LATER, -0.59F)                                                                          \
    X(SUBJECT_SAME_SUBJECT, 0.17F)                                                                 \
    X(SUBJECT_SAME_OWNER, -0.09F)                                                                  \
    X(SUBJECT_SAME_OBJECT, -1.19F)                                                                 \
    X(SUBJECT_BEFORE_BEGINS, 0.82F)                                                                \
    X(SUBJECT_BEFORE, 0.50F)                                                                       \
    X(OPENS_SAME, 0.18F)                                                                           \
    X(OPENS_BEFORE, 0.22F)                                                                         \
    X(LAST_OWNER, -0.08F)                                                                          \
    X(LAST_MODIFIER, -1.05F)                                                                       \
    X(LAST_OTHER, -0.20F)                                                                          \
    X(LAST_BESIDE, -0.15F)                                                                         \
    X(LAST_HEADING, -0.03F)                                                                        \
    X(KIND_PRONOUN, 0.24F)                                                                         \
    X(KIND_FULL, 0.06F)                                                                            \
    X(KIND_SHORT, 0.03F)                                                                           \
    X(KIND_UNCERTAIN, 0.09F)                                                                       \
    X(KIND_GENDERED, -0.43F)                                                                       \
    X(KIND_DEFINITE, -0.09F)                                                                       \
    X(KIND_INDEFINITE, -0.34F)                                                                     \
    X(SPEAKER, -0.24F)                                                                             \
    X(SPEAKER_SPEAKS, 0.61F)                                                                       \
    X(SPEAKER_BEHIND, 0.79F)                                                                       \
    X(SPEAKER_QUOTED, 0.00F)                                                                       \
    X(RECENT_SUBJECT, 0.21F)                                                                       \
    X(RECENT_SUBJECT_SPEAKS, -0.05F)                                                               \
    X(RECENT_SUBJECT_BEHIND, 0.50F)                                                                \
    X(TOPIC, -0.05F)                                                                               \
    X(UNHEARD, -1.85F)                                                                             \
    X(UNHEARD_QUOTED, 0.00F)                                                                       \
    X(SHARE_40, -0.11F)                                                                            \
    X(SHARE_20, -0.12F)                                                                            \
    X(SHARE_8, -0.14F)                                                                             \
    X(SHARE_LOW, -0.06F)                                                                           \
    X(ONCE, -0.13F)                                                                                \
    X(AHEAD, -0.74F)                                                                               \
    X(AHEAD_BEGINS, -1.72F)                                                                        \
    X(AHEAD_NEW, -0.06F)                                                                           \
    X(OTHER, 0.48F)                                                                                \
    X(OTHER_QUOTED, -0.00F)                                                                        \
    X(OTHER_EARLY, 1.05F)

#define FEATURE_NAME(name, weight) FEATURE_##name,
enum feature { FEATURES(FEATURE_NAME) FEATURE_COUNT };
#undef FEATURE_NAME

#define FEATURE_WEIGHT(name, weight) weight,
static const float feature_weights[FEATURE_COUNT] = {FEATURES(FEATURE_WEIGHT)};
#undef FEATURE_WEIGHT

/* What the pronouns around one say of it, as sums of signs (+1: a man's). NEXT and LAST: the next
 * and the last pronoun outside quotations; SAME, CLOSE and FAR: in its sentence, in the one beside
 * it, in the paragraph beside it; CROSSED: with somebody else spoken of between them. */
#define SIGNS(X)                                                                                   \
    X(CANDIDATES, 1.51F)                                                                           \
    X(DOCUMENT, 0.01F)                                                                             \
    X(NEXT_SAME, 0.89F)                                                                            \
    X(NEXT_CLOSE, 0.89F)                                                                           \
    X(NEXT_FAR, 0.62F)                                                                             \
    X(NEXT_CROSSED, 0.48F)                                                                         \
    X(LAST_SAME, 0.06F)                                                                            \
    X(LAST_CLOSE, -0.30F)                                                                          \
    X(LAST_FAR, 0.21F)                                                                             \
    X(LAST_CROSSED, 0.10F)                                                                         \
    X(ALONE_1, 0.51F)                                                                              \
    X(ALONE_3, 0.28F)                                                                              \
    X(ALONE_8, 0.18F)                                                                              \
    X(NOBODY, -0.25F)                                                                              \
    X(ONLY_NEAR, 0.56F)                                                                            \
    X(BIAS, -0.28F)

#define SIGN_NAME(name, weight) WEIGHED_##name,
enum weighed { SIGNS(SIGN_NAME) WEIGHED_COUNT };
#undef SIGN_NAME

#define SIGN_WEIGHT(name, weight) weight,
static const float weighed_weights[WEIGHED_COUNT] = {SIGNS(SIGN_WEIGHT)};
#undef SIGN_WEIGHT

#endif
