/*
 * The house style: rules of the settings `replace.PATTERN` and `forbid.PATTERN`, compiled once and
 * shared by all threads. Patterns are PCRE2's, under limits (base/limits.h) that bound the work on
 * a text by its length, whatever the pattern is.
 */
#ifndef GALLEY_STYLE_HOUSE_STYLE_H
#define GALLEY_STYLE_HOUSE_STYLE_H

#include "base/arena.h"
#include "settings.h"

struct style_rule {
    galley_string pattern;     /* as it is written */
    galley_string replacement; /* data is NULL for what is only forbidden */
    galley_string message;     /* empty: none of its own */
    void *code;                /* a pcre2_code */
};

struct house_style;

/* Compiles the rules of the settings in their order. */
galley_status house_style_create(const struct memory *memory,
                                 const struct galley_settings *settings, struct house_style **style,
                                 galley_error *error);
void house_style_destroy(struct house_style *style);

size_t house_style_n_rules(const struct house_style *style);
const struct style_rule *house_style_rule(const struct house_style *style, size_t index);

/* Whether a pattern can be compiled; fills *error with what is wrong and where. */
galley_status house_style_judge(const struct memory *memory, const char *pattern, size_t len,
                                galley_error *error);

/* ---- matching ---- */

/* A search for rules in one text, for one thread. */
struct style_search;

enum style_result {
    STYLE_FOUND,
    STYLE_NONE,     /* no more in this text */
    STYLE_TOO_SLOW, /* the rule went over its limits: it is of no use for texts like this */
    STYLE_NO_MEMORY
};

/* `text` is valid UTF-8. NULL without memory. */
struct style_search *style_search_create(const struct house_style *style, const char *text,
                                         size_t len);
void style_search_destroy(struct style_search *search);

/* Begins with another rule at the text's begin. */
void style_search_begin(struct style_search *search, size_t rule);

/* Finds the rule's next place, in bytes of the text. Work is bounded by the text's length over all
 * calls. Matches of no length are passed over. */
enum style_result style_search_next(struct style_search *search, size_t *begin, size_t *end);

/* What the rule writes in the place that was found last, with the pattern's groups put in, in the
 * arena. STYLE_NONE: it names a group that the pattern does not have. */
enum style_result style_search_replacement(struct style_search *search, struct arena *arena,
                                           galley_string *written);

#endif
