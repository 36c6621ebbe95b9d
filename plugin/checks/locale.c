/*
 * locale: numbers, dates, times, units and quotation marks that are not written as the language, or
 * the house, has them (“1.234,5” in English; “07/26/2020” where the house writes the day first).
 *
 * Not reported: numbers inside placeholders and links; dates that can be read in both orders; a
 * unit of the other system beside the same amount in the right one; marks inside other marks.
 *
 * The rule: digits with the separators of another language are seen where there is a source, as
 * that is where they come from. Everything else is compared with the settings locale.*, which are
 * empty unless a house has made up its mind.
 */
#include "checks/check.h"

#include "bilingual/bilingual.h"
#include "document.h"
#include "text/mark.h"
#include "text/utf8.h"

#include <string.h>

enum {
    DAYS_MAX = 31,
    MONTHS_MAX = 12,
    NEIGHBOURS = 2, /* quantities around one that may say the same in the other system */
    GAP_MAX = 4     /* bytes between day and month: "26 July", "July 26", "26th of" is too far */
};

struct state {
    struct bilingual reader; /* of units without a source; its arena is NULL until one is read */
};

static galley_status report(struct check_run *run, const struct unit *unit, size_t begin,
                            size_t end, const char *what) {
    return check_report(run, unit_span(unit, begin, end), run->check->severity, NULL, "“%.*s”: %s",
                        (int)(end - begin), unit->text + begin, what);
}

/* ---- dates ---- */

static enum date_order order_of(const struct quantity *parts) {
    if (parts[0].value > DAYS_MAX) {
        return DATE_YEAR_FIRST;
    }
    if (parts[0].value > MONTHS_MAX) {
        return DATE_DAY_FIRST;
    }
    return parts[1].value > MONTHS_MAX ? DATE_MONTH_FIRST : DATE_ANY;
}

/* Three whole numbers that the same kind of mark joins, one of them a year. */
static bool is_numeric_date(const struct side *side, size_t i) {
    const struct quantity *parts = &side->quantities[i];
    if (i + 2 >= side->n_quantities || parts[0].end + 1 != parts[1].begin ||
        parts[1].end + 1 != parts[2].begin ||
        side->text[parts[0].end] != side->text[parts[1].end] ||
        strchr("./-", side->text[parts[0].end]) == NULL) {
        return false;
    }
    const double first = parts[0].value;
    const double last = parts[2].value;
    return parts[1].value <= DAYS_MAX && (last >= 1000 ? first <= DAYS_MAX : first >= 1000);
}

/* "July 26" and "26 July"; DATE_ANY where no day stands beside the month. */
static enum date_order order_beside(const struct side *side, size_t month) {
    const struct quantity *quantity = &side->quantities[month];
    const struct quantity *before = month > 0 ? quantity - 1 : NULL;
    const struct quantity *behind = month + 1 < side->n_quantities ? quantity + 1 : NULL;
    if (before != NULL && (before->flags & QUANTITY_DIGITS) != 0 && before->value <= DAYS_MAX &&
        quantity->begin - before->end <= GAP_MAX) {
        return DATE_DAY_FIRST;
    }
    if (behind != NULL && (behind->flags & QUANTITY_DIGITS) != 0 && behind->value <= DAYS_MAX &&
        behind->begin - quantity->end <= 2) {
        return DATE_MONTH_FIRST;
    }
    return DATE_ANY;
}

static galley_status check_dates(struct check_run *run, const struct unit *unit,
                                 const struct side *side, enum date_order wanted) {
    static const char *const names[] = {"", "the day should come first",
                                        "the month should come first",
                                        "the year should come first"};
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < side->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &side->quantities[i];
        if (is_numeric_date(side, i)) {
            const enum date_order order = order_of(quantity);
            if (order != DATE_ANY && order != wanted) {
                status = report(run, unit, quantity->begin, quantity[2].end, names[wanted]);
            }
            i += 2;
        } else if ((quantity->flags & QUANTITY_MONTH) != 0 && wanted != DATE_YEAR_FIRST) {
            const enum date_order order = order_beside(side, i);
            if (order != DATE_ANY && order != wanted) {
                const bool day_first = order == DATE_DAY_FIRST;
                status = report(run, unit, day_first ? quantity[-1].begin : quantity->begin,
                                day_first ? quantity->end : quantity[1].end, names[wanted]);
            }
        }
    }
    return status;
}

/* ---- times, units, marks ---- */

static galley_status check_times(struct check_run *run, const struct unit *unit,
                                 const struct side *side, unsigned hours) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < side->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &side->quantities[i];
        const bool is_hour =
            (quantity->flags & QUANTITY_HOUR) != 0 && (quantity->flags & QUANTITY_DIGITS) != 0;
        if (is_hour && hours == 12 && quantity->value > 12 && quantity->value <= 24) {
            status = report(run, unit, quantity->begin, quantity->end,
                            "hours should be those of a twelve-hour clock");
        } else if (is_hour && hours == 24 && (quantity->flags & QUANTITY_NOON) != 0) {
            status = report(run, unit, quantity->begin, quantity->end,
                            "hours should be those of a twenty-four-hour clock");
        }
    }
    return status;
}

static bool is_also(const struct numerals_head *head, const struct side *side, size_t i,
                    unsigned system) {
    const uint32_t dimension = head->units[side->quantities[i].unit].dimension;
    const size_t first = i > NEIGHBOURS ? i - NEIGHBOURS : 0;
    for (size_t k = first; k < side->n_quantities && k <= i + NEIGHBOURS; k++) {
        const struct quantity *other = &side->quantities[k];
        if (other->measure == MEASURE_UNIT && head->units[other->unit].dimension == dimension &&
            head->units[other->unit].system == system) {
            return true;
        }
    }
    return false;
}

static galley_status check_units(struct check_run *run, const struct unit *unit,
                                 const struct numerals_head *head, const struct side *side,
                                 unsigned wanted) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; head != NULL && i < side->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &side->quantities[i];
        const unsigned system =
            quantity->measure == MEASURE_UNIT ? head->units[quantity->unit].system : UNITS_ANY;
        if (system != UNITS_ANY && system != wanted && !is_also(head, side, i, wanted)) {
            status = report(run, unit, quantity->outer_begin, quantity->outer_end,
                            wanted == UNITS_METRIC ? "units should be metric"
                                                   : "units should be imperial");
        }
    }
    return status;
}

static galley_status check_quotation_marks(struct check_run *run, const struct unit *unit,
                                           const uint32_t marks[2]) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_quotations && status == GALLEY_OK; i++) {
        const struct quotation *quotation = &unit->quotations[i];
        const uint32_t ends[2] = {quotation->first, quotation->end - 1};
        for (int k = 0; k < 2 && status == GALLEY_OK; k++) {
            const struct token *token = &unit->tokens[ends[k]];
            if (quotation->depth > 0 || token->kind != TOKEN_MARK || token->mark == marks[k] ||
                !mark_is_quotation(token->mark) || mark_is_single(token->mark)) {
                continue;
            }
            char right[4];
            const size_t len = utf8_put(right, marks[k]);
            struct issue *issue;
            status = check_report(run, unit_span(unit, token->offset, token->offset + token->len),
                                  GALLEY_NEUTRAL, &issue, "the house writes “%.*s” here", (int)len,
                                  right);
            if (status == GALLEY_OK) {
                status = check_suggest(run, issue, right, len);
            }
        }
    }
    return status;
}

/* ---- all of them ---- */

static galley_status check_separators(struct check_run *run, const struct unit *unit,
                                      const struct side *side) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < side->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &side->quantities[i];
        if ((quantity->flags & (QUANTITY_FOREIGN | QUANTITY_GLUED)) == QUANTITY_FOREIGN) {
            status = report(run, unit, quantity->begin, quantity->end,
                            "these are the separators of another language");
        }
    }
    return status;
}

/* Both sides where there is a source, else the text alone. */
static galley_status read_unit(struct check_run *run, const struct unit *unit,
                               const struct bilingual **reader) {
    *reader = run->bilingual;
    if (unit->source != NULL) {
        return GALLEY_OK;
    }
    struct state *state = run->state;
    if (state->reader.arena == NULL) {
        bilingual_init(&state->reader, run->arena, run->pack, "");
    }
    *reader = &state->reader;
    return bilingual_read_text(&state->reader, unit);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const struct locale_rules *rules = &run->document->engine->locale;
    if (unit->source == NULL && !rules->are_set) {
        return GALLEY_OK;
    }
    const struct bilingual *reader;
    galley_status status = read_unit(run, unit, &reader);
    if (status == GALLEY_OK && unit->source != NULL) {
        status = check_separators(run, unit, &reader->target);
    }
    if (status == GALLEY_OK && rules->date != DATE_ANY) {
        status = check_dates(run, unit, &reader->target, rules->date);
    }
    if (status == GALLEY_OK && rules->hours != 0) {
        status = check_times(run, unit, &reader->target, rules->hours);
    }
    if (status == GALLEY_OK && rules->units != UNITS_ANY) {
        status =
            check_units(run, unit, reader->numerals.head, &reader->target, (unsigned)rules->units);
    }
    if (status == GALLEY_OK && rules->quotes[0] != 0) {
        status = check_quotation_marks(run, unit, rules->quotes);
    }
    return status;
}

const struct check check_locale = {
    .name = "locale",
    .its_type = "locale-violation",
    .mqm = "locale-conventions/number-format",
    .summary = "numbers, dates, times, units and marks that are not the language's or the house's",
    .explanation =
        "Digits with the separators of the source's language (“1.234,5” in English), and dates, "
        "hours, units and quotation marks that are not as the settings locale.date, locale.hours, "
        "locale.units and locale.quotes have them. Dates that can be read in both orders, and "
        "units beside the same amount in the right ones, are left alone.",
    .severity = GALLEY_MINOR,
    .uses_source = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
