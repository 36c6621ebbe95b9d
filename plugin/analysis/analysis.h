/*
 * Who is spoken of, and who speaks: prepared once for a document and read by the checks that ask
 * for it (struct check, needs_analysis) in their `document` function, when analysis_finish has run.
 *
 *     mentions.c     words of a unit that speak of somebody: names, roles, pronouns
 *     names.c        whose names they are: surname and full name, role and its bearer, families
 *     evidence.c     whether an entity is a man or a woman, in log-odds
 *     candidates.c   who could be meant at a place of the text, and how likely
 *     pronouns.c     whom each pronoun means, and what its own gender should be
 *     speakers.c     who says each quotation
 *
 * Odds are natural logarithms; positive ones speak for a man, negative ones for a woman.
 */
#ifndef GALLEY_ANALYSIS_ANALYSIS_H
#define GALLEY_ANALYSIS_ANALYSIS_H

#include "text/unit.h"

enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE, GENDER_NEUTER };

#define ENTITY_NONE UINT32_MAX
#define QUOTATION_NONE UINT32_MAX
#define WORD_NONE UINT32_MAX

enum mention_kind {
    MENTION_NAME,    /* "Sergei Lavrov", "Lavrov", "Mr Lavrov" */
    MENTION_ROLE,    /* a word for one person: "actress", "her husband", "the minister" */
    MENTION_PRONOUN, /* he, she, it and their other forms */
    MENTION_THING    /* a place or an organisation */
};

enum mention_flag {
    MENTION_QUOTED = 1 << 0,   /* somebody else's words */
    MENTION_SUBJECT = 1 << 1,  /* a verb follows */
    MENTION_SPEAKS = 1 << 2,   /* ... or stands before it, that reports speech */
    MENTION_OWNER = 1 << 3,    /* "Lavrov's", "his" */
    MENTION_MODIFIER = 1 << 4, /* before a noun: "the Lavrov visit" */
    MENTION_HEADING = 1 << 5,
    MENTION_FULL = 1 << 6,      /* a given name and a surname */
    MENTION_DEFINITE = 1 << 7,  /* roles: "the minister" */
    MENTION_UNCERTAIN = 1 << 8, /* a name that may be no person's */
    MENTION_OBJECT = 1 << 9,    /* pronouns by their form */
    MENTION_REFLEXIVE = 1 << 10,
    MENTION_BEGINS = 1 << 11,      /* first word of its sentence */
    MENTION_AFTER_QUOTE = 1 << 12, /* directly behind a quotation: “…,” he said */
    MENTION_GENDERED = 1 << 13,    /* a role that says the sex */
    MENTION_BESIDE = 1 << 14,      /* joined to the mention before: "Miller and Baker" */
    MENTION_GIVEN = 1 << 16,       /* a given name alone */
    MENTION_OPENS = 1 << 17,       /* begins its clause: nearly a subject */
    MENTION_OTHER = 1 << 18,       /* pronouns: not whom the mention before it is of */
    MENTION_ALONE = 1 << 15        /* an owner's pronoun without what is owned: "hers" */
};

/* A place where the text speaks of somebody; in the text's order. 64 bytes. */
struct mention {
    uint8_t kind;
    uint8_t gender;    /* what the word itself says */
    bool contradicted; /* pronouns: the odds speak against the form; it means `entity` anyway */
    uint32_t flags;
    uint32_t unit;                /* counted by the analysis */
    uint32_t sentence, paragraph; /* of the document; without those that are all quotation */
    uint32_t entity;              /* whom it means; ENTITY_NONE: nobody knows */
    uint32_t quotation;
    float odds;       /* pronouns: what all but its own form says of its gender */
    float confidence; /* pronouns: of the entity, 0 to 1 */
    uint32_t len;
    struct span span;
    const char *text; /* lives as long as the document */
};

/* Somebody or something that mentions are of. */
struct entity {
    const char *name; /* the fullest that the text has */
    uint32_t name_len;
    struct span first; /* where that stands */
    uint8_t kind;      /* mention_kind of its first mention; a pronoun's is somebody unnamed */
    bool uncertain;    /* perhaps no person */
    bool unclear;      /* shared by man and woman, and nothing says whom the surname alone means */
    bool shared;       /* others have its name too: a family */
    uint32_t given;    /* number of its given name (names.c), or WORD_NONE */
    uint32_t family;   /* named ones: of the surname */
    float name_odds;   /* of the given name */
    uint16_t words[4]; /* by gender: titles, roles and appositions that say it */
    float votes[4];    /* by gender: pronouns that mean it, each by its confidence */
    float man[3];      /* probability of a man, by the prior that leaves out this gender */
    uint32_t n_mentions; /* without pronouns */
    uint32_t n_full;     /* by full name */
};

/* What stands inside quotation marks, outermost, in the text's order. */
struct quotation_record {
    struct span span; /* with its marks */
    uint32_t unit;
    uint32_t first_sentence, last_sentence; /* as mentions count them */
    uint32_t n_tokens;
    bool continued;   /* began in the paragraph before */
    bool whole;       /* is all of its paragraph */
    uint32_t speaker; /* entity, or ENTITY_NONE */
    uint32_t tag;     /* the mention that names the speaker, or UINT32_MAX */
    float confidence; /* of the speaker, 0 to 1 */
};

struct names; /* names.c */

enum { WORD_LIST_LENGTHS = 8 }; /* words of so many letters and more are not told apart */

/* Words separated by spaces, and what nearly every other word is told from them by: sets of the
 * letters that those of a length begin and end with. */
struct word_list {
    galley_string words;
    uint32_t firsts[WORD_LIST_LENGTHS], lasts[WORD_LIST_LENGTHS];
};

struct analysis {
    struct arena *arena;
    const struct pack *pack;
    struct word_list particles, suffixes; /* of names */
    struct entity *entities;
    size_t n_entities, entity_capacity;
    struct mention *mentions;
    size_t n_mentions, mention_capacity;
    struct quotation_record *quotations;
    size_t n_quotations, quotation_capacity;
    struct names *names;
    uint32_t n_units, n_sentences, n_paragraphs;
    uint32_t n_pronouns[4]; /* outside quotations, by gender */
    float priors[4];        /* odds of anybody, without one pronoun of this gender */
    bool resolves_quoted;   /* pronouns inside quotations too, for a view of the people */
    bool is_resolved;       /* the pronouns have whom they mean */
    bool is_attributed;     /* the quotations have their speakers */
    bool tells_change;      /* the text speaks of changing one's gender, between these paragraphs */
    uint32_t first_change, last_change;
    uint32_t n_known[4]; /* entities, by what names and words say */
};

/* All memory is the arena's. `text_len`: about how many bytes of text will come, so that room for
 * the mentions is taken once. */
galley_status analysis_create(struct arena *arena, const struct pack *pack, size_t text_len,
                              struct analysis **analysis);

/* Takes in one prepared unit, in document order. */
galley_status analysis_unit(struct analysis *analysis, const struct unit *unit);

/* Draws the conclusions, once, behind the last unit: which pronouns the text contradicts. */
galley_status analysis_finish(struct analysis *analysis);

/* Finds whom each pronoun means, for whoever wants to know, behind analysis_finish: that does so by
 * itself unless everything in the text speaks for the only gender that its pronouns have. */
galley_status analysis_resolve(struct analysis *analysis);

/* Finds who says each quotation, for whoever wants to know, behind analysis_finish. */
galley_status analysis_attribute(struct analysis *analysis);

/* What the whole text says of the entity's gender. */
float analysis_gender_odds(const struct entity *entity);

#endif
