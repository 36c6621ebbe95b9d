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
    enum gender gender; /* what its title says */
    bool full;          /* given and family */
    bool uncertain;     /* may be no person's */
    bool by_given;      /* written by names_entity: one word, which is a known given name */
};

/* Takes room for about so many words of names. */
galley_status names_create(struct analysis *analysis, size_t likely);

/* Finds the entity of a name or makes one. Expected time does not grow with the names. */
galley_status names_entity(struct analysis *analysis, struct name_words *words, uint32_t *entity);

/* Whether some entity has this word for its surname, or alone for its name. */
bool names_is_known(const struct analysis *analysis, uint64_t word);

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

/* One who was spoken of lately. */
struct active {
    uint32_t entity;
    uint32_t sentence, paragraph; /* of the last mention outside quotations */
    uint32_t subject_sentence;    /* where it was last a subject; UINT32_MAX: never */
    uint32_t opens_sentence;      /* where it last began a clause */
    uint32_t n;
    uint64_t features;    /* of its last mention, whatever pronoun follows */
    float scores[PLACES]; /* the sums of their weights, by the pronoun's place */
    bool heard;           /* outside quotations */
};

/* Those spoken of lately. */
struct salience {
    const struct analysis *analysis;
    struct active active[CANDIDATES_MAX];
    uint8_t order[CANDIDATES_MAX]; /* their places in `active`, the last one spoken of first */
    size_t n_active;
    uint32_t speaker, subject, topic; /* entities */
    uint32_t paragraph;
    uint32_t n_seen;
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

galley_status pronouns_resolve(struct analysis *analysis);

/* ---- speakers.c ---- */

/* Takes in the unit's quotations, before its mentions are read. */
galley_status speakers_read(struct analysis *analysis, const struct unit *unit);

/* Says whose they are, when the pronouns are resolved. */
void speakers_attribute(struct analysis *analysis);

#endif
