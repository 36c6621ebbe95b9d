/*
 * An engine: settings as the checks need them, and the language's pack. Nothing in it changes
 * after engine_create, so that threads need no lock.
 */
#ifndef GALLEY_ENGINE_H
#define GALLEY_ENGINE_H

#include "checks/registry.h"
#include "language/numerals.h"

struct its_rules_file; /* its/its.h */

enum { CHECK_NEVER_FAILS = GALLEY_CRITICAL + 1 };

struct check_settings {
    bool enabled;
    bool severity_set;
    galley_severity severity;
    unsigned fail_on;  /* the severity that shuts the gate, or CHECK_NEVER_FAILS */
    unsigned weight;   /* of a penalty, in 1/1000 */
    size_t max_issues; /* more of them shut the gate; SIZE_MAX: never */
    uint64_t covers;   /* checks whose issues inside one of this check's are dropped, a bit each */
};

/* How a house writes; the settings locale.*. */
enum date_order { DATE_ANY, DATE_DAY_FIRST, DATE_MONTH_FIRST, DATE_YEAR_FIRST };

struct locale_rules {
    bool are_set; /* any of them */
    enum date_order date;
    unsigned hours; /* 12, 24, or 0 for any */
    enum unit_system units;
    uint32_t quotes[2]; /* the opening and closing mark; 0 for any */
};

struct galley_engine {
    struct memory memory;
    struct arena arena;
    struct pack *pack;
    struct spelling *spelling;
    struct waivers *waivers;
    struct house_style *style;
    galley_string language, source_language; /* BCP 47 */
    galley_string input_format, input_encoding;
    const struct its_rules_file *its_rules;
    size_t n_its_rules;
    galley_string text_column, source_column; /* of tables */
    struct check_settings checks[REGISTRY_CHECKS_MAX];
    struct locale_rules locale;
    struct glossary *glossary; /* NULL: none */
    bool wants_analysis;
    bool suggestions;
    bool speakers;         /* documents have people */
    unsigned waived_locks; /* issues in such segments are waived: set of 1u << enum lock_kind */
    unsigned penalties[4]; /* points by severity, in 1/1000 */
    unsigned min_score;    /* in 1/1000 */
    size_t max_issues;
};

#endif
