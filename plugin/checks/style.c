/*
 * style: what the house style replaces or forbids, by the patterns of the settings
 * ("[replace] \bper cent\b = percent").
 *
 * Not reported: anything without a rule of the house's own; a place that already is as the rule
 * would write it.
 *
 * The rule: the house's patterns, in the order of the settings, over the text of each paragraph or
 * segment. A rule that takes too many steps on one text is left out for the rest of the document,
 * with a warning.
 */
#include "checks/check.h"
#include "style/house_style.h"

#include <string.h>

struct state {
    bool *off; /* by rule: too slow for this document */
};

static galley_status report(struct check_run *run, struct span span, const struct style_rule *rule,
                            galley_string written) {
    struct issue *issue = NULL;
    const galley_severity severity = run->check->severity;
    galley_status status;
    if (rule->message.len > 0) {
        status = check_report(run, span, severity, &issue, "%s", rule->message.data);
    } else if (written.data == NULL) {
        status = check_report(run, span, severity, &issue, "the house style forbids this");
    } else if (written.len == 0) {
        status = check_report(run, span, severity, &issue, "the house style leaves this out");
    } else {
        status = check_report(run, span, severity, &issue, "the house style is “%s”", written.data);
    }
    return status == GALLEY_OK && written.data != NULL
               ? check_suggest(run, issue, written.data, written.len)
               : status;
}

/* Leaves the rule out for the rest of the document. */
static galley_status switch_off(struct check_run *run, const struct unit *unit, size_t index,
                                const char *why) {
    struct state *state = run->state;
    state->off[index] = true;
    return check_warn(run, unit_span(unit, 0, 0),
                      "house style: “%s” %s; from here on it was left out",
                      house_style_rule(run->style, index)->pattern.data, why);
}

/* What was found at unit->text[begin, end). */
static galley_status take_match(struct check_run *run, const struct unit *unit,
                                struct style_search *search, size_t index, struct span match) {
    const struct style_rule *rule = house_style_rule(run->style, index);
    galley_string written = {NULL, 0};
    if (rule->replacement.data != NULL) {
        switch (style_search_replacement(search, run->arena, &written)) {
        case STYLE_FOUND:
            break;
        case STYLE_NO_MEMORY:
            return GALLEY_ERROR_MEMORY;
        default:
            return switch_off(run, unit, index, "is replaced with a group that it does not have");
        }
    }
    const size_t len = match.end - match.begin;
    if (written.data != NULL && written.len == len &&
        memcmp(written.data, unit->text + match.begin, len) == 0) {
        return GALLEY_OK;
    }
    return report(run, unit_span(unit, match.begin, match.end), rule, written);
}

static galley_status apply_rule(struct check_run *run, const struct unit *unit,
                                struct style_search *search, size_t index) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    style_search_begin(search, index);
    while (status == GALLEY_OK && !state->off[index]) {
        struct span match;
        switch (style_search_next(search, &match.begin, &match.end)) {
        case STYLE_FOUND:
            status = take_match(run, unit, search, index, match);
            break;
        case STYLE_TOO_SLOW:
            return switch_off(run, unit, index, "takes too long");
        case STYLE_NO_MEMORY:
            return GALLEY_ERROR_MEMORY;
        case STYLE_NONE:
            return GALLEY_OK;
        }
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const size_t n_rules = house_style_n_rules(run->style);
    struct state *state = run->state;
    if (n_rules == 0 || unit->len == 0) {
        return GALLEY_OK;
    }
    if (state->off == NULL) {
        state->off = arena_allocate_zeroed(run->arena, n_rules * sizeof *state->off);
    }
    struct style_search *search = style_search_create(run->style, unit->text, unit->len);
    galley_status status = state->off == NULL || search == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
    for (size_t i = 0; i < n_rules && status == GALLEY_OK; i++) {
        if (!state->off[i]) {
            status = apply_rule(run, unit, search, i);
        }
    }
    style_search_destroy(search);
    return status;
}

const struct check check_style = {
    .name = "style",
    .its_type = "style",
    .mqm = "style/organizational-style",
    .summary = "what the house style replaces or forbids",
    .explanation =
        "The rules of the settings: [replace] has a pattern and what to write in its place, "
        "[forbid] a pattern and why not. Patterns are regular expressions (PCRE2). Without rules "
        "this check says nothing. See docs/style.md.",
    .severity = GALLEY_MINOR,
    .spans_sections = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
