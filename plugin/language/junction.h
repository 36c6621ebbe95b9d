/*
 * Whether a word with a capital begins a sentence anew inside another one: a logistic regression
 * over the tags and symbols around it (tagger.h), where the words before are tagged as the sentence
 * that they begin, and the word and those behind it as another. What each feature sees is in
 * junction.c. Content words and names have weights of their own: the same features, and two more.
 */
#ifndef GALLEY_LANGUAGE_JUNCTION_H
#define GALLEY_LANGUAGE_JUNCTION_H

#include "language/tagger.h"

enum junction_feature {
    JUNCTION_BIAS = 64, /* behind the tagger's */
    JUNCTION_OWN,
    JUNCTION_KIND,
    JUNCTION_B1,
    JUNCTION_B2,
    JUNCTION_A1,
    JUNCTION_A2,
    JUNCTION_L1,
    JUNCTION_L12,
    JUNCTION_R0,
    JUNCTION_R01,
    JUNCTION_L1R0,
    JUNCTION_L12R0,
    JUNCTION_L1R01,
    JUNCTION_IN,
    JUNCTION_B1R0,
    JUNCTION_B1R01,
    JUNCTION_B1KIND,
    JUNCTION_L1KIND,
    JUNCTION_L1KINDR1,
    JUNCTION_B1OWN,
    JUNCTION_KINDR1,
    JUNCTION_B1KINDR1,
    JUNCTION_KINDA1,
    JUNCTION_STATE,
    JUNCTION_AHEAD,
    JUNCTION_STATEAHEAD,
    JUNCTION_STATEAHEADKIND,
    JUNCTION_STATEL1AHEAD,
    JUNCTION_B1STATEAHEAD,
    JUNCTION_PHRASE,
    JUNCTION_PHRASESTATE,
    JUNCTION_PHRASEAHEAD,
    JUNCTION_PREPOSITIONAHEAD,
    JUNCTION_CASE,
    JUNCTION_OBJECT,
    JUNCTION_OBJECTKIND,
    JUNCTION_OBJECTAHEAD,
    JUNCTION_OBJECTAHEADKIND,
    JUNCTION_OBJECTSTATE,
    JUNCTION_W1,
    JUNCTION_OWNW,
    JUNCTION_OWNWL1,
    JUNCTION_FEATURES
};

enum { JUNCTION_CONTENT = 64 }; /* so much higher are the numbers for content words and names */
_Static_assert(JUNCTION_FEATURES <= JUNCTION_BIAS + JUNCTION_CONTENT, "the numbers meet");

/* What a word with a capital may be. */
enum junction_kind {
    KIND_FUNCTION,
    KIND_WORD,       /* one in small letters and nothing else */
    KIND_NAMED_WORD, /* ... that is also written with a capital */
    KIND_UNKNOWN,
    KIND_NAME, /* no word in small letters */
    KIND_PERSON,
    KIND_PERSON_WORD,
    KIND_PLACE, /* or an organisation */
    KIND_PLACE_WORD,
    KIND_DEMONYM,
    KIND_DEMONYM_WORD,
    KIND_CALENDAR,
    KIND_NUMERAL,  /* "Two", which names begin with, too */
    KIND_RARE_NAME /* a word in small letters that some name is spelt as: "Police", "Ground" */
};

enum junction_kind junction_kind(const struct token *token, const struct form_facts *facts);

/* Words that are looked at: so many before the junction, so many from it on. */
enum { JUNCTION_LEFT = 16, JUNCTION_RIGHT = 16, JUNCTION_SCALE = 32 };

/* What the symbols alone say of tokens[i], without tags: a part of the score below that is found in
 * a twentieth of the time, for the many capitals that belong where they are. */
int junction_glance(const struct weights *weights, const struct pack *pack, const struct unit *unit,
                    size_t first, size_t i, size_t end);

/* An article with this score begins a sentence; with less, a capital slipped into it. */
enum { JUNCTION_SURE = JUNCTION_SCALE };

/* The score of tokens[i] as the begin of a sentence inside tokens[first, end), which is one:
 * JUNCTION_SCALE times the logarithm of the odds, as far as the training's share of junctions is
 * that of the text. Needs i > first and i + 1 < end. Takes the same time for every sentence. */
int junction_score(const struct weights *weights, const struct pack *pack, const struct unit *unit,
                   size_t first, size_t i, size_t end);

/* Whether a clause ends before tokens[i] and another begins there with nothing that joins them:
 * "has put pressure on Russia | urged it to leave", "they call for dialogue | I remember nobody".
 * tokens[i] is a verb with an object pronoun behind it, or a pronoun that can only be a subject.
 * Sure where a verb with all that it needs comes before: a preposition with a bare noun or a name,
 * behind the verb or its object, which no relative clause can follow without "that". Takes the same
 * time for every sentence. */
bool junction_is_unjoined(const struct weights *weights, const struct pack *pack,
                          const struct unit *unit, size_t first, size_t i, size_t end);

#endif
