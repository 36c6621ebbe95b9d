/*
 * A language pack: everything galley knows of one language, in one file that is mapped read-only
 * and shared by all processes. The pack compiler (pack_compiler.c) makes it from the readable
 * tables of dictionaries/; pack_format.h describes its bytes. Nothing here knows any language.
 *
 * A form is one spelling, whatever its capitals: "march", "March" and "MARCH" are one form, and
 * its flags say which of them are words. Forms are numbered by falling frequency, so that the
 * facts of common words share cache lines.
 */
#ifndef GALLEY_LANGUAGE_PACK_H
#define GALLEY_LANGUAGE_PACK_H

#include "base/arena.h"
#include "language/pack_hash.h"

#define FORM_NONE UINT32_MAX

/* Parts of speech a form can have, as a set: UPOS (https://universaldependencies.org/u/pos/) with
 * number and verb forms told apart. An empty set means that nothing is known. */
enum part_of_speech {
    PART_NOUN = 1 << 0, /* singular or mass */
    PART_NOUN_PLURAL = 1 << 1,
    PART_PROPER_NOUN = 1 << 2,
    PART_PRONOUN = 1 << 3,
    PART_DETERMINER = 1 << 4,
    PART_ADJECTIVE = 1 << 5,
    PART_ADVERB = 1 << 6,
    PART_ADPOSITION = 1 << 7,
    PART_COORDINATOR = 1 << 8,
    PART_SUBORDINATOR = 1 << 9,
    PART_PARTICLE = 1 << 10,
    PART_NUMERAL = 1 << 11,
    PART_INTERJECTION = 1 << 12,
    PART_AUXILIARY = 1 << 13,
    PART_VERB_BASE = 1 << 14,     /* infinitive, or present but not third person singular */
    PART_VERB_SINGULAR = 1 << 15, /* present, third person singular */
    PART_VERB_PAST = 1 << 16,
    PART_VERB_PARTICIPLE = 1 << 17, /* past participle */
    PART_VERB_GERUND = 1 << 18
};

enum form_flag {
    FORM_LOWER = 1 << 0, /* a word in small letters (and so with a capital at a sentence start) */
    FORM_TITLE = 1 << 1, /* a word with a capital: a name, a demonym, a month */
    FORM_UPPER = 1 << 2, /* a word in capitals: an acronym */
    FORM_MIXED = 1 << 3, /* a word in a mixture that pack_form_text gives: "iPhone" */
    FORM_GIVEN_NAME = 1 << 4,
    FORM_SURNAME = 1 << 5,
    FORM_PLACE = 1 << 6,
    FORM_ORGANISATION = 1 << 7,
    FORM_DEMONYM = 1 << 8,
    FORM_CALENDAR = 1 << 9, /* a day or month, capitalised by the language's rule */
    FORM_ABBREVIATION = 1 << 10,
    FORM_LOANWORD = 1 << 11,  /* a word of another language that the news of this one uses */
    FORM_UNIT = 1 << 12,      /* a unit of measurement, may follow a number without a space */
    FORM_VARIANT_A = 1 << 13, /* belongs to the first of two spelling standards (en: US) */
    FORM_VARIANT_B = 1 << 14, /* belongs to the second (en: GB) */
    FORM_DICTIONARY = 1 << 15 /* one of the Hunspell dictionaries has it */
};

/* Closed lists, as a set; the tables of the pack name them in dictionaries/LANGUAGE/classes.tsv by
 * the lower-case names here. */
enum word_class {
    CLASS_PRONOUN_MALE = 1 << 0, /* he, him, his, himself */
    CLASS_PRONOUN_FEMALE = 1 << 1,
    CLASS_PRONOUN_NEUTER = 1 << 2,
    CLASS_PRONOUN_PLURAL = 1 << 3,
    CLASS_PRONOUN_FIRST = 1 << 4, /* I, me, my, we, us, our ... */
    CLASS_PRONOUN_SUBJECT = 1 << 5,
    CLASS_PRONOUN_OBJECT = 1 << 6,
    CLASS_PRONOUN_POSSESSIVE = 1 << 7,
    CLASS_PRONOUN_REFLEXIVE = 1 << 8,
    CLASS_REPORTING_VERB = 1 << 9, /* any form of "say", "stress", ... */
    CLASS_TITLE_MALE = 1 << 10,    /* Mr, King; stands before a name */
    CLASS_TITLE_FEMALE = 1 << 11,
    CLASS_TITLE = 1 << 12,     /* Dr, President: no sex */
    CLASS_ROLE_MALE = 1 << 13, /* father, actor: says that somebody is a man */
    CLASS_ROLE_FEMALE = 1 << 14,
    CLASS_ROLE = 1 << 15,               /* minister, spokesperson: a person, no sex */
    CLASS_REPEATABLE = 1 << 16,         /* may stand twice in a row: had, that, very */
    CLASS_ABBREVIATION_INNER = 1 << 17, /* its stop never ends a sentence: Mr., Gen., No. */
    CLASS_ABBREVIATION_ANY = 1 << 18,   /* its stop may also end a sentence: Inc., U.S., p.m. */
    CLASS_FUNCTION = 1 << 19,           /* articles, prepositions, conjunctions, auxiliaries */
    CLASS_MANDATIVE = 1 << 20, /* demand, suggest, lest: a bare infinitive or subjunctive follows */
    CLASS_ATTRIBUTION = 1 << 21, /* before a preposition and a speaker: "according" to */
    CLASS_DEFINITE = 1 << 22,    /* before somebody who is known: the, this, his */
    CLASS_RELATIVE = 1 << 23,    /* who, which, where: begins a relative clause or a question */
    CLASS_CONJUNCTION = 1 << 24, /* since, because: a clause follows, never a subjunctive */
    CLASS_AUXILIARY_SINGULAR = 1 << 25, /* is, has: never behind a subject in the plural */
    CLASS_AUXILIARY_PLURAL = 1 << 26,   /* are, have: never behind one in the singular */
    CLASS_CAPITALIZED = 1 << 27, /* always with a capital, whatever a dictionary has: "German" */
    CLASS_TRANSITION = 1 << 28,  /* says that somebody changes gender */
    CLASS_EMPHATIC = 1 << 29,    /* said twice by people who speak: many, never, no */
    CLASS_PAIRED = 1 << 30       /* hand in hand, time to time, day by day */
};

/* What a text's pass notes of a form without a look at its facts: why a check may want to see the
 * word. At most 10. */
enum form_sign {
    SIGN_PRONOUN = 1 << 0,      /* any class of pronouns */
    SIGN_PERSON = 1 << 1,       /* a title or role, with or without a sex */
    SIGN_FUNCTION = 1 << 2,     /* CLASS_FUNCTION */
    SIGN_REPORTING = 1 << 3,    /* CLASS_REPORTING_VERB */
    SIGN_ABBREVIATION = 1 << 4, /* a class of abbreviations */
    SIGN_OTHER_CLASS = 1 << 5,  /* any other class */
    SIGN_ENTITY = 1 << 6,       /* another spelling of a name, or begins a phrase that is one */
    SIGN_SEED = 1 << 7,         /* another language uses it far more often */
    SIGN_STANDARD = 1 << 8,     /* belongs to one of two spelling standards */
    SIGN_HALF = 1 << 9          /* with a word beside it and no blank, a commoner word (halves.h) */
};

enum form_hint {
    HINT_NO_SUGGESTION = 1 << 0 /* a right word, but never to be suggested: vulgar or obscure */
};

/* 16 bytes. Most forms share theirs with others. */
struct form_facts {
    uint32_t parts;    /* set of enum part_of_speech */
    uint32_t classes;  /* set of enum word_class */
    uint16_t flags;    /* set of enum form_flag */
    uint8_t zipf;      /* frequency in running text: 25 × log10 of its count in 10^9 words */
    uint8_t male;      /* of a given name's bearers, the share of men in 1/255; see n_bearers */
    uint8_t n_bearers; /* 10 × log10 of how many people were counted; 0: not a counted name */
    uint8_t hints;     /* set of enum form_hint */
    uint16_t signs;    /* set of enum form_sign */
};

struct pack;

/* Maps and checks a pack. Fails with GALLEY_ERROR_DICTIONARY when the file cannot be read or is
 * damaged: magic, version, byte order, size and the sections are checked here once, so that the
 * functions below need not. What is inside the arrays is not read: a form or text that a damaged
 * pack has no place for is none. */
galley_status pack_open(const struct memory *memory, const char *path, struct pack **pack,
                        galley_error *error);
void pack_close(struct pack *pack);

/* The same for a pack in memory, at a multiple of 8 bytes, that stays there until pack_close.
 * `name` is for messages. */
galley_status pack_open_memory(const struct memory *memory, const char *name, const void *data,
                               size_t size, struct pack **pack, galley_error *error);

/* Whether the checksum over the contents is right. Reads the whole pack, so opening does not. */
bool pack_verify(const struct pack *pack);

/* A value of pack.ini that run time needs ("clitics", "prefixes", ...), or an empty string. */
galley_string pack_setting(const struct pack *pack, const char *key);

/* BCP 47 tag of the language, NUL-terminated. */
const char *pack_language(const struct pack *pack);
size_t pack_n_forms(const struct pack *pack);

/* The form spelt `word`, in any mixture of capitals, or FORM_NONE. Both "'" and "’" are found
 * where the pack has an apostrophe. */
uint32_t pack_find(const struct pack *pack, const char *word, size_t len);

/* The hash table itself, for who folds and hashes while scanning (pack_table.h). */
struct pack_table;
const struct pack_table *pack_table(const struct pack *pack);

/* How many bytes of the word's end are a clitic, with something before it; 0: none. */
size_t pack_clitic_len(const struct pack *pack, const char *word, size_t len);

/* The form of a word without the clitic at its end ("Ukraine" of "Ukraine’s"): writes how many
 * bytes of `word` come before the clitic. FORM_NONE when it ends in none, or what is left is no
 * form. The clitics are the pack's (clitics of pack.ini). */
uint32_t pack_find_host(const struct pack *pack, const char *word, size_t len, size_t *host_len);

/* Forms below this number are words in small letters (FORM_LOWER), those from it on are only right
 * with capitals: "form >= pack_n_lower_forms(pack)" tells that "monday" is wrong without a look at
 * its facts. Both ranges are ordered by falling frequency. */
uint32_t pack_n_lower_forms(const struct pack *pack);

/* The spelling standard (FORM_VARIANT_A, FORM_VARIANT_B) of a BCP 47 tag with a region, as pack.ini
 * has it; 0 for others. */
uint16_t pack_standard(const struct pack *pack, const char *language);

/* The facts of a pack's forms: what the pack begins with, as they are asked of nearly every word
 * and must not cost a call. Who asks of many forms keeps a copy. */
struct pack_facts_table {
    const uint16_t *kinds; /* of forms: places in `facts` */
    const struct form_facts *facts;
    size_t n_facts; /* at least 1, where there are forms */
};

static inline const struct form_facts *pack_facts_at(const struct pack_facts_table *table,
                                                     uint32_t form) {
    const size_t kind = table->kinds[form];
    /* A damaged pack may name facts that are not there. */
    return &table->facts[kind < table->n_facts ? kind : 0];
}

static inline const struct pack_facts_table *pack_facts_table(const struct pack *pack) {
    return (const struct pack_facts_table *)(const void *)pack;
}

/* The facts of a form below pack_n_forms. */
static inline const struct form_facts *pack_facts(const struct pack *pack, uint32_t form) {
    return pack_facts_at(pack_facts_table(pack), form);
}

/* A form's signs: a set of enum form_sign. */
static inline uint32_t pack_signs(const struct pack *pack, uint32_t form) {
    return pack_facts(pack, form)->signs;
}

/* The form as the pack spells it, in its usual capitals. */
galley_string pack_form_text(const struct pack *pack, uint32_t form);

/* How long that is, without a look at it. */
size_t pack_form_len(const struct pack *pack, uint32_t form);

/* Other spellings of the same name or word ("Kiev" of "Kyiv"): writes up to n_max forms, answers
 * how many there are; the preferred one first. */
size_t pack_variants(const struct pack *pack, uint32_t form, uint32_t *forms, size_t n_max);

/* A named blob that a room of its own reads (tagger weights, evidence of other languages), or an
 * empty string. Aligned to 8 bytes; bounds inside it are its reader's to check, once. */
galley_string pack_section(const struct pack *pack, const char *name);

#endif
