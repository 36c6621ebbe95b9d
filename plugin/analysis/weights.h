/*
 * What candidates.c and pronouns.c weigh, with the weights that bench/fit_pronouns.py found:
 * log-odds in hundredths, so that sums are exact and do not depend on their order: of two who could
 * be meant as well as each other, the one spoken of last is.
 */
#ifndef GALLEY_ANALYSIS_WEIGHTS_H
#define GALLEY_ANALYSIS_WEIGHTS_H

#include <stdint.h>

/* Where a pronoun stands. Each place has weights of its own, in this order. */
enum pronoun_place {
    PLACE_BEHIND, /* “…,” he said */
    PLACE_BEGINS, /* the first word of its sentence */
    PLACE_SPEAKS, /* another subject of a verb that reports speech */
    PLACE_INSIDE, /* another subject */
    PLACE_OWNER,  /* his, himself */
    PLACE_OBJECT, /* him */
    PLACES
};

/* A candidate's features; the first words say what of. Those that the pronoun's place tells come
 * first, 32 of them at most, then those that hold whatever pronoun follows. */
#define FEATURES(X)                                                                                \
    X(SENTENCE_SAME)                                                                               \
    X(SENTENCE_1)                                                                                  \
    X(SENTENCE_2)                                                                                  \
    X(SENTENCE_5)                                                                                  \
    X(SENTENCE_FAR)                                                                                \
    X(PARAGRAPH_SAME)                                                                              \
    X(PARAGRAPH_1)                                                                                 \
    X(PARAGRAPH_2)                                                                                 \
    X(PARAGRAPH_FAR)                                                                               \
    X(RANK_0)                                                                                      \
    X(RANK_1)                                                                                      \
    X(RANK_2)                                                                                      \
    X(RANK_LATER)                                                                                  \
    X(SUBJECT_SAME)                                                                                \
    X(SUBJECT_BEFORE)                                                                              \
    X(OPENS_SAME)                                                                                  \
    X(OPENS_BEFORE)                                                                                \
    X(SPEAKER)                                                                                     \
    X(RECENT_SUBJECT)                                                                              \
    X(TOPIC)                                                                                       \
    X(UNHEARD)                                                                                     \
    X(SHARE_40)                                                                                    \
    X(SHARE_20)                                                                                    \
    X(SHARE_8)                                                                                     \
    X(SHARE_LOW)                                                                                   \
    X(AHEAD)                                                                                       \
    X(AHEAD_FIRST)                                                                                 \
    X(AHEAD_CLAUSE)                                                                                \
    X(LAST_OWNER)                                                                                  \
    X(LAST_MODIFIER)                                                                               \
    X(LAST_OTHER)                                                                                  \
    X(LAST_BESIDE)                                                                                 \
    X(LAST_HEADING)                                                                                \
    X(KIND_PRONOUN)                                                                                \
    X(KIND_FULL)                                                                                   \
    X(KIND_SHORT)                                                                                  \
    X(KIND_UNCERTAIN)                                                                              \
    X(KIND_GENDERED)                                                                               \
    X(KIND_DEFINITE)                                                                               \
    X(KIND_INDEFINITE)                                                                             \
    X(ONCE)                                                                                        \
    X(AHEAD_NEW)                                                                                   \
    X(OTHER)                                                                                       \
    X(OTHER_EARLY)

#define FEATURE_NAME(name) FEATURE_##name,
enum feature { FEATURES(FEATURE_NAME) FEATURE_COUNT };
#undef FEATURE_NAME

/* How likely a candidate is meant. */
static const int16_t meant_weights[FEATURE_COUNT][PLACES] = {
    [FEATURE_SENTENCE_SAME] = {73, 75, 79, 82, 72, 77},
    [FEATURE_SENTENCE_1] = {65, 69, 54, 49, 56, 56},
    [FEATURE_SENTENCE_2] = {12, 11, 13, 10, 9, 13},
    [FEATURE_SENTENCE_5] = {-25, -34, -27, -30, -24, -26},
    [FEATURE_SENTENCE_FAR] = {-129, -123, -128, -132, -126, -126},
    [FEATURE_PARAGRAPH_SAME] = {45, 49, 45, 42, 49, 41},
    [FEATURE_PARAGRAPH_1] = {-12, -18, -18, -28, -33, -20},
    [FEATURE_PARAGRAPH_2] = {-21, -18, -14, -13, -13, -10},
    [FEATURE_PARAGRAPH_FAR] = {-10, -9, -17, -17, -11, -11},
    [FEATURE_RANK_0] = {19, 28, 27, 28, 36, 21},
    [FEATURE_RANK_1] = {28, 5, 20, 21, 22, 23},
    [FEATURE_RANK_2] = {-5, 7, -13, -20, -17, 2},
    [FEATURE_RANK_LATER] = {-65, -61, -61, -68, -74, -72},
    [FEATURE_SUBJECT_SAME] = {9, 0, -6, 2, 8, -14},
    [FEATURE_SUBJECT_BEFORE] = {53, 30, 39, 23, 16, 30},
    [FEATURE_OPENS_SAME] = {11, 9, 9, 16, 4, 4},
    [FEATURE_OPENS_BEFORE] = {20, 25, -5, 14, -1, -2},
    [FEATURE_LAST_OWNER] = {-6, 0, -9, -3, -5, 18},
    [FEATURE_LAST_MODIFIER] = {-51, -41, -55, -43, -41, -42},
    [FEATURE_LAST_OTHER] = {0, 4, 0, -16, -1, -3},
    [FEATURE_LAST_BESIDE] = {-1, -4, -9, -11, -22, -15},
    [FEATURE_LAST_HEADING] = {-10, -10, -10, -10, -10, -10},
    [FEATURE_KIND_PRONOUN] = {21, 23, 4, 1, 10, 9},
    [FEATURE_KIND_FULL] = {14, -4, 8, 4, -3, 2},
    [FEATURE_KIND_SHORT] = {3, 0, 2, 6, 0, 5},
    [FEATURE_KIND_UNCERTAIN] = {21, 21, 21, 20, 7, 16},
    [FEATURE_KIND_GENDERED] = {-44, -26, -30, -36, -22, -32},
    [FEATURE_KIND_DEFINITE] = {-11, -9, -8, -4, -7, -3},
    [FEATURE_KIND_INDEFINITE] = {-2, 0, 1, -3, 9, 2},
    [FEATURE_SPEAKER] = {24, 4, 19, -8, -10, -20},
    [FEATURE_RECENT_SUBJECT] = {22, -2, 22, 29, 11, 4},
    [FEATURE_TOPIC] = {17, 8, 13, -10, -10, -8},
    [FEATURE_UNHEARD] = {-122, -116, -117, -117, -114, -117},
    [FEATURE_SHARE_40] = {-14, -14, -10, -4, -7, -13},
    [FEATURE_SHARE_20] = {-16, -4, -18, 1, -5, -1},
    [FEATURE_SHARE_8] = {-6, -7, -5, -23, -9, -6},
    [FEATURE_SHARE_LOW] = {13, 4, 5, -13, -12, -5},
    [FEATURE_ONCE] = {17, -2, -2, -4, -15, -26},
    [FEATURE_AHEAD] = {-56, -59, -61, -66, -53, -60},
    [FEATURE_AHEAD_FIRST] = {-73, -72, -67, -65, -55, -64},
    [FEATURE_AHEAD_CLAUSE] = {40, 25, 39, 56, 44, 40},
    [FEATURE_AHEAD_NEW] = {-35, -35, -33, -32, -36, -36},
    [FEATURE_OTHER] = {53, 50, 55, 66, 64, 56},
    [FEATURE_OTHER_EARLY] = {65, 61, 65, 72, 63, 68},
};

/* What a candidate's gender says of the pronoun's, besides. */
static const float telling_weights[FEATURE_COUNT][PLACES] = {
    [FEATURE_SENTENCE_SAME] = {-26, -27, -27, -40, -26, -24},
    [FEATURE_SENTENCE_1] = {-10, 1, -22, -5, -15, -13},
    [FEATURE_SENTENCE_2] = {-10, -21, -5, -1, -13, -17},
    [FEATURE_SENTENCE_5] = {-15, -18, -7, -16, -10, -17},
    [FEATURE_SENTENCE_FAR] = {-10, -7, -11, -6, -8, -7},
    [FEATURE_PARAGRAPH_SAME] = {-38, -32, -34, -38, -41, -34},
    [FEATURE_PARAGRAPH_1] = {-9, -14, -19, -21, -15, -21},
    [FEATURE_PARAGRAPH_2] = {-17, -17, -13, -3, -6, -21},
    [FEATURE_PARAGRAPH_FAR] = {-8, -10, -7, -7, -11, -2},
    [FEATURE_RANK_0] = {-48, -45, -44, -39, -39, -45},
    [FEATURE_RANK_1] = {-42, -52, -41, -51, -50, -45},
    [FEATURE_RANK_2] = {-6, -3, -18, 0, -7, -5},
    [FEATURE_RANK_LATER] = {30, 32, 36, 27, 28, 23},
    [FEATURE_SUBJECT_SAME] = {-7, -10, -12, -14, -6, -16},
    [FEATURE_SUBJECT_BEFORE] = {20, 15, 0, 6, 4, 4},
    [FEATURE_OPENS_SAME] = {0, -2, -5, -5, 7, -5},
    [FEATURE_OPENS_BEFORE] = {1, 12, -7, -3, -2, -2},
    [FEATURE_LAST_OWNER] = {-7, -1, -3, -12, 8, 1},
    [FEATURE_LAST_MODIFIER] = {-8, -8, -7, 3, 4, -5},
    [FEATURE_LAST_OTHER] = {7, 13, -4, 0, -3, 4},
    [FEATURE_LAST_BESIDE] = {-3, 7, -8, 26, -9, 1},
    [FEATURE_LAST_HEADING] = {4, 5, 3, 5, 3, 3},
    [FEATURE_KIND_PRONOUN] = {-9, -5, -13, -14, -8, -13},
    [FEATURE_KIND_FULL] = {-21, -9, -1, -14, -9, -16},
    [FEATURE_KIND_SHORT] = {-13, -16, -10, -7, -21, -14},
    [FEATURE_KIND_UNCERTAIN] = {-4, -11, -16, -19, -17, -23},
    [FEATURE_KIND_GENDERED] = {-4, 0, -9, 1, 1, 4},
    [FEATURE_KIND_DEFINITE] = {-10, -15, -12, -11, -16, -10},
    [FEATURE_KIND_INDEFINITE] = {-11, -16, -13, -5, -3, -7},
    [FEATURE_SPEAKER] = {15, 13, 10, -4, -3, 0},
    [FEATURE_RECENT_SUBJECT] = {-10, -18, -10, -13, -15, -21},
    [FEATURE_TOPIC] = {14, 15, 11, 8, 10, 8},
    [FEATURE_UNHEARD] = {25, 23, 24, 20, 26, 24},
    [FEATURE_SHARE_40] = {-35, -31, -25, -30, -23, -27},
    [FEATURE_SHARE_20] = {-28, -27, -22, -32, -33, -29},
    [FEATURE_SHARE_8] = {-4, -4, -7, -4, -14, -13},
    [FEATURE_SHARE_LOW] = {-7, -13, -22, -6, -6, -12},
    [FEATURE_ONCE] = {-14, -4, -17, -8, -3, -4},
    [FEATURE_AHEAD] = {-26, -27, -31, -22, -28, -30},
    [FEATURE_AHEAD_FIRST] = {-48, -49, -39, -41, -35, -42},
    [FEATURE_AHEAD_CLAUSE] = {-14, -21, -16, -8, -9, -14},
    [FEATURE_OTHER] = {0, 0, 0, 0, 0, 0},
    [FEATURE_AHEAD_NEW] = {-17, -9, -7, -5, -17, -16},
    [FEATURE_OTHER_EARLY] = {0, 0, 0, 0, 0, 0},
};

/* What the text around a pronoun says of it, as sums of signs (+1: a man's). NEXT and LAST: the
 * next and the last pronoun outside quotations; SAME, CLOSE and FAR: in its sentence, in the one
 * beside it, in the paragraph beside it; CROSSED: with somebody else spoken of between them. ALONE:
 * the document has at least so many pronouns of one gender, and none of the other. NEAR: how near
 * somebody of a known gender is. */
#define SIGNS(X)                                                                                   \
    X(CANDIDATES)                                                                                  \
    X(DOCUMENT)                                                                                    \
    X(NEXT_SAME)                                                                                   \
    X(NEXT_CLOSE)                                                                                  \
    X(NEXT_FAR)                                                                                    \
    X(NEXT_CROSSED)                                                                                \
    X(LAST_SAME)                                                                                   \
    X(LAST_CLOSE)                                                                                  \
    X(LAST_FAR)                                                                                    \
    X(LAST_CROSSED)                                                                                \
    X(ALONE_1)                                                                                     \
    X(ALONE_3)                                                                                     \
    X(ALONE_8)                                                                                     \
    X(NOBODY)                                                                                      \
    X(BIAS)                                                                                        \
    X(NEAR_SAME)                                                                                   \
    X(NEAR_LAST)                                                                                   \
    X(NEAR_CLOSE)                                                                                  \
    X(NEAR_NEAR)

#define SIGN_NAME(name) WEIGHED_##name,
enum weighed { SIGNS(SIGN_NAME) WEIGHED_COUNT };
#undef SIGN_NAME

static const float sign_weights[WEIGHED_COUNT][PLACES] = {
    [WEIGHED_CANDIDATES] = {377, 367, 372, 369, 361, 366},
    [WEIGHED_DOCUMENT] = {-18, -25, -6, -22, -26, -19},
    [WEIGHED_NEXT_SAME] = {88, 102, 97, 93, 100, 92},
    [WEIGHED_NEXT_CLOSE] = {93, 95, 96, 86, 86, 89},
    [WEIGHED_NEXT_FAR] = {82, 81, 82, 71, 75, 75},
    [WEIGHED_NEXT_CROSSED] = {40, 38, 45, 53, 52, 34},
    [WEIGHED_LAST_SAME] = {2, 3, 9, 6, 3, -7},
    [WEIGHED_LAST_CLOSE] = {-14, -9, -14, -7, -8, -7},
    [WEIGHED_LAST_FAR] = {52, 48, 49, 50, 47, 50},
    [WEIGHED_LAST_CROSSED] = {22, 28, 21, 22, 10, 26},
    [WEIGHED_ALONE_1] = {59, 60, 59, 56, 59, 58},
    [WEIGHED_ALONE_3] = {6, 12, 9, 17, 10, 7},
    [WEIGHED_ALONE_8] = {40, 34, 44, 37, 43, 41},
    [WEIGHED_NOBODY] = {-79, -82, -79, -80, -75, -80},
    [WEIGHED_BIAS] = {-17, -7, 2, -22, -22, -16},
    [WEIGHED_NEAR_NEAR] = {46, 41, 52, 49, 52, 48},
    [WEIGHED_NEAR_CLOSE] = {81, 85, 80, 78, 77, 80},
    [WEIGHED_NEAR_LAST] = {36, 32, 31, 31, 28, 36},
    [WEIGHED_NEAR_SAME] = {124, 126, 128, 130, 128, 122},
};

#endif
