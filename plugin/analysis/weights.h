/*
 * What candidates.c and pronouns.c weigh, with the weights that bench/fit_pronouns.py found.
 */
#ifndef GALLEY_ANALYSIS_WEIGHTS_H
#define GALLEY_ANALYSIS_WEIGHTS_H

/* A candidate's features; the first words say what of. */
#define FEATURES(X)                                                                                \
    X(SENTENCE_SAME, 1.47F)                                                                        \
    X(SENTENCE_1, 0.75F)                                                                           \
    X(SENTENCE_2, -0.15F)                                                                          \
    X(SENTENCE_5, -1.00F)                                                                          \
    X(SENTENCE_FAR, -1.43F)                                                                        \
    X(PARAGRAPH_SAME, 1.12F)                                                                       \
    X(PARAGRAPH_1, -0.01F)                                                                         \
    X(PARAGRAPH_2, -0.42F)                                                                         \
    X(PARAGRAPH_FAR, -1.05F)                                                                       \
    X(RANK_0, 0.17F)                                                                               \
    X(RANK_1, 0.04F)                                                                               \
    X(RANK_2, -0.20F)                                                                              \
    X(RANK_LATER, -0.37F)                                                                          \
    X(SUBJECT_SAME_SUBJECT, 0.20F)                                                                 \
    X(SUBJECT_SAME_OWNER, 0.00F)                                                                   \
    X(SUBJECT_SAME_OBJECT, -1.21F)                                                                 \
    X(SUBJECT_BEFORE_BEGINS, 0.71F)                                                                \
    X(SUBJECT_BEFORE, 0.54F)                                                                       \
    X(LAST_OWNER, -0.09F)                                                                          \
    X(LAST_MODIFIER, -1.09F)                                                                       \
    X(LAST_OTHER, -0.18F)                                                                          \
    X(LAST_BESIDE, -0.10F)                                                                         \
    X(LAST_HEADING, -0.05F)                                                                        \
    X(KIND_PRONOUN, 0.36F)                                                                         \
    X(KIND_FULL, 0.18F)                                                                            \
    X(KIND_SHORT, 0.09F)                                                                           \
    X(KIND_UNCERTAIN, -0.01F)                                                                      \
    X(KIND_GENDERED, -0.23F)                                                                       \
    X(KIND_DEFINITE, -0.13F)                                                                       \
    X(KIND_INDEFINITE, -0.61F)                                                                     \
    X(SPEAKER, -0.24F)                                                                             \
    X(SPEAKER_SPEAKS, 0.70F)                                                                       \
    X(SPEAKER_BEHIND, 0.85F)                                                                       \
    X(SPEAKER_QUOTED, 0.00F)                                                                       \
    X(RECENT_SUBJECT, 0.25F)                                                                       \
    X(RECENT_SUBJECT_SPEAKS, -0.06F)                                                               \
    X(RECENT_SUBJECT_BEHIND, 0.18F)                                                                \
    X(TOPIC, -0.02F)                                                                               \
    X(UNHEARD, -1.95F)                                                                             \
    X(UNHEARD_QUOTED, 0.00F)                                                                       \
    X(SHARE_40, -0.07F)                                                                            \
    X(SHARE_20, -0.17F)                                                                            \
    X(SHARE_8, -0.11F)                                                                             \
    X(SHARE_LOW, -0.01F)                                                                           \
    X(ONCE, -0.24F)                                                                                \
    X(AHEAD, -0.96F)                                                                               \
    X(AHEAD_BEGINS, -1.71F)                                                                        \
    X(AHEAD_NEW, 0.08F)                                                                            \
    X(OTHER, 0.28F)                                                                                \
    X(OTHER_QUOTED, -0.00F)                                                                        \
    X(OTHER_EARLY, 0.76F)

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
    X(CANDIDATES, 1.35F)                                                                           \
    X(DOCUMENT, 0.03F)                                                                             \
    X(NEXT_SAME, 0.98F)                                                                            \
    X(NEXT_CLOSE, 0.91F)                                                                           \
    X(NEXT_FAR, 0.69F)                                                                             \
    X(NEXT_CROSSED, 0.51F)                                                                         \
    X(LAST_SAME, 0.16F)                                                                            \
    X(LAST_CLOSE, -0.22F)                                                                          \
    X(LAST_FAR, 0.28F)                                                                             \
    X(LAST_CROSSED, 0.13F)                                                                         \
    X(ALONE_1, 0.55F)                                                                              \
    X(ALONE_3, 0.20F)                                                                              \
    X(ALONE_8, 0.17F)                                                                              \
    X(NOBODY, -0.41F)                                                                              \
    X(BIAS, -0.24F)

#define SIGN_NAME(name, weight) WEIGHED_##name,
enum weighed { SIGNS(SIGN_NAME) WEIGHED_COUNT };
#undef SIGN_NAME

#define SIGN_WEIGHT(name, weight) weight,
static const float weighed_weights[WEIGHED_COUNT] = {SIGNS(SIGN_WEIGHT)};
#undef SIGN_WEIGHT

#endif
