/*
 * What the files of the analysis say to each other; analysis.h is what others read.
 */
#ifndef GALLEY_ANALYSIS_ROOMS_H
#define GALLEY_ANALYSIS_ROOMS_H

#include "analysis/analysis.h"
#include "analysis/weights.h"

/* ---- mentions.c ---- */

galley_status mentions_read(struct analysis *analysis, const struct unit *unit);

/* Words in small letters, separated by spaces, that stay where they are. */
struct word_list mentions_list(galley_string words);

/* Whether the sentence has words outside quotations, as far as its ends tell. Sentences are counted
 * by those that have. */
bool mentions_is_told(const struct unit *unit, size_t sentence);

/* ---- names.c ---- */

/* A name as the text has it. */
struct name_words {
    const struct unit *unit; /* where it stands, and its place there in bytes */
    uint32_t offset, len;
    uint64_t given;     /* key of the first word, where the name is full */
    uint64_t family;    /* key of the last word */
    uint32_t number;    /* what names_number says of that, or WORD_NONE where nobody has asked */
    enum gender gender; /* what its title says */
    bool full;          /* given and family */
    bool uncertain;     /* may be no person's */
    bool by_given;      /* written by names_entity: one word, which is a known given name */
};

/* Takes room for about so many words of names. */
galley_status names_create(struct analysis *analysis, size_t likely);

/* Finds the entity of a name or makes one. Expected time does not grow with the names. */
galley_status names_entity(struct analysis *analysis, struct name_words *words, uint32_t *entity);

/* The number of a word that some entity has for its surname, or alone for its name; else
 * WORD_NONE. */
uint32_t names_number(const struct analysis *analysis, uint64_t word);

/* The entity that was last called by this role (a form of the pack), or ENTITY_NONE. */
uint32_t names_of_role(const struct analysis *analysis, uint32_t form);
galley_status names_set_role(struct analysis *analysis, uint32_t form, uint32_t entity);

/* Adds an entity without a name of its own. */
galley_status names_add_entity(struct analysis *analysis, const struct mention *mention,
                               uint32_t *entity);

/* When the document has been read: who is meant by a surname that several have. */
galley_status names_settle(struct analysis *analysis);

/* ---- evidence.c ---- */

/* Odds that a given name's counts give. */
float evidence_of_name(const struct form_facts *facts);

/* What the document as a whole makes one expect of a person, without `left_out` (a gender, or
 * GENDER_UNKNOWN to leave none out). */
float evidence_of_document(const struct analysis *analysis, enum gender left_out);

/* Whether a word or a name says something of the entity's gender, so that no prior does. */
bool evidence_is_own(const struct entity *entity);

/* Odds of an entity; `left_out` and `share` take away a pronoun's vote. `prior` is what holds for
 * somebody of whom nothing is known. */
float evidence_of_entity(const struct entity *entity, float prior, enum gender left_out,
                         float share);

/* ---- candidates.c ---- */

enum {
    CANDIDATES_MAX = 10,                /* spoken of lately */
    CANDIDATES_ALL = CANDIDATES_MAX + 2 /* with who is named next, and somebody else */
};

struct candidate {
    uint64_t features; /* bits, see candidates.c */
    uint32_t entity;
    float score;
};

/* The sum of a set of features' weights, by the pronoun's place. */
struct weighed_set {
    uint64_t features;
    int32_t scores[PLACES];
};

enum {
    LANES = 12,       /* CANDIDATES_MAX, rounded up to what processors take at once */
    WEIGHED_SETS = 64 /* that are remembered */
};

/* Those spoken of lately: what is known of each stands in one lane of all arrays. Free lanes have
 * ENTITY_NONE. */
struct salience {
    const struct analysis *analysis;
    uint32_t entity[LANES];
    uint32_t sentence[LANES], paragraph[LANES]; /* of the last mention outside quotations */
    uint32_t subject_sentence[LANES];           /* where it was last a subject; UINT32_MAX: never */
    uint32_t opens_sentence[LANES];             /* where it last began a clause */
    uint32_t n[LANES];
    uint32_t unheard[LANES];       /* spoken of inside quotations alone: 1 */
    uint64_t features[LANES];      /* of the last mention, whatever pronoun follows */
    int32_t scores[PLACES][LANES]; /* ... and the sums of their weights, by the pronoun's place */
    uint8_t rank[16];              /* by lane: 0 for the one spoken of last; UINT8_MAX: free */
    size_t front;                  /* lane of that one */
    size_t n_active, n_unheard;
    uint32_t speaker, subject, topic; /* entities */
    uint32_t paragraph_now;
    uint32_t n_seen;
    struct weighed_set sets[WEIGHED_SETS]; /* each in the place of its hash */
};

void salience_begin(struct salience *salience, const struct analysis *analysis);

/* Takes note of a mention whose entity is known. */
void salience_see(struct salience *salience, const struct mention *mention);

/* Who could be meant by a pronoun: fills `candidates` (CANDIDATES_ALL of them) with their scores;
 * the last one has ENTITY_NONE and stands for all others. `ahead` is who is named behind it in its
 * sentence, or NULL. */
size_t salience_candidates(const struct salience *salience, const struct mention *pronoun,
                           const struct mention *ahead, struct candidate *candidates);

/* Where the pronoun stands. */
enum pronoun_place candidates_place(const struct mention *pronoun);

/* How much the candidate's gender says of that of a pronoun there. */
float candidate_telling(const struct candidate *candidate, enum pronoun_place place);

/* ---- pronouns.c ---- */

enum { SIGNS_MAX = 20 };

/* What the text around a pronoun says of its gender. */
struct judgement {
    struct candidate candidates[CANDIDATES_ALL]; /* their scores are probabilities */
    float man[CANDIDATES_ALL];                   /* ... and that each is a man */
    size_t n;
    float signs[SIGNS_MAX]; /* by enum weighed */
    float odds;
    int rival;    /* how near somebody of the pronoun's own gender is: WEIGHED_NEAR_SAME … */
    bool changes; /* ... and the pronoun before is of the other one */
};

/* Judges the mention at `index`, when all before it have been seen. */
void pronoun_judge(const struct salience *salience, size_t index, struct judgement *judgement);

/* Counts what is known before any pronoun has been looked at; first of all. */
void pronouns_begin(struct analysis *analysis);

/* Whether no pronoun can be contradicted: all are of one gender, and so is whatever else says one.
 */
bool pronouns_agree(const struct analysis *analysis);

galley_status pronouns_resolve(struct analysis *analysis);

/* ---- speakers.c ---- */

/* Takes in the unit's quotations, before its mentions are read. */
galley_status speakers_read(struct analysis *analysis, const struct unit *unit);

/* Says whose they are, when the pronouns are resolved. */
void speakers_attribute(struct analysis *analysis);

#endif
