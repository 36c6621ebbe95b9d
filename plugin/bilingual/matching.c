/*
 * Which number of the source is which of the target.
 *
 * Equal values are paired in their order. What is left is looked for in other guises: the hour of a
 * twelve-hour clock, a year by its last two digits, a unit of another system, a half as 50 %. All
 * searches go through one side's quantities in the order of their values, so that the work is
 * n log n.
 */
#include "bilingual/bilingual.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEIGHBOURS_MAX = 16 }; /* equal or nearly equal numbers that a search looks at */

/* Half a unit in the second digit: what a rounded conversion may be off by. */
static const double ROUNDING = 0.055;

/* One side's quantities by value, then place. */
struct ordered {
    const struct side *side;
    const struct ranked *items;
    size_t n;
};

static int compare(const void *left, const void *right) {
    const struct ranked *a = left;
    const struct ranked *b = right;
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return a->index < b->index ? -1 : a->index > b->index;
}

static struct ordered put_in_order(const struct side *side, struct ranked *items) {
    for (size_t i = 0; i < side->n_quantities; i++) {
        items[i] = (struct ranked){side->quantities[i].value, (uint32_t)i};
    }
    if (side->n_quantities > 0) {
        qsort(items, side->n_quantities, sizeof *items, compare);
    }
    return (struct ordered){side, items, side->n_quantities};
}

/* The first index in the order whose value is not below. */
static size_t first_from(const struct ordered *order, double value) {
    size_t low = 0;
    size_t high = order->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (order->items[middle].value < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool same(double a, double b) {
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

/* Pairs equal values in their order; the rest of a value that both sides have is MATCH_USED. */
static void pair_equals(const struct ordered *source, const struct ordered *target) {
    struct quantity *of_source = source->side->quantities;
    struct quantity *of_target = target->side->quantities;
    size_t s = 0;
    size_t t = 0;
    while (s < source->n && t < target->n) {
        const double value = source->items[s].value;
        const double other = target->items[t].value;
        if (!same(value, other)) {
            s += value < other;
            t += value > other;
            continue;
        }
        size_t s_end = s;
        size_t t_end = t;
        while (s_end < source->n && same(source->items[s_end].value, value)) {
            s_end++;
        }
        while (t_end < target->n && same(target->items[t_end].value, value)) {
            t_end++;
        }
        for (; s < s_end || t < t_end; s += s < s_end, t += t < t_end) {
            const bool both = s < s_end && t < t_end;
            if (s < s_end) {
                of_source[source->items[s].index].match = both ? MATCH_ONE : MATCH_USED;
                of_source[source->items[s].index].partner =
                    both ? target->items[t].index : UINT32_MAX;
            }
            if (t < t_end) {
                of_target[target->items[t].index].match = both ? MATCH_ONE : MATCH_USED;
                of_target[target->items[t].index].partner =
                    both ? source->items[s].index : UINT32_MAX;
            }
        }
    }
}

/* ---- other guises ---- */

/* Whether the other side has the number, give or take a share of it. */
static const struct quantity *find_value(const struct ordered *order, double value,
                                         double tolerance) {
    const double width = fabs(value) * (tolerance > 0 ? tolerance : 1e-9);
    const size_t first = first_from(order, value - width);
    if (first == order->n) {
        return NULL;
    }
    const struct quantity *found = &order->side->quantities[order->items[first].index];
    return found->value <= value + width ? found : NULL;
}

/* A quantity of the given unit, or of none, in the range. */
static bool has_converted(const struct ordered *order, double value, uint32_t unit) {
    for (size_t i = first_from(order, value * (1 - ROUNDING)), n = 0;
         i < order->n && n < NEIGHBOURS_MAX; i++, n++) {
        const struct quantity *found = &order->side->quantities[order->items[i].index];
        if (found->value > value * (1 + ROUNDING)) {
            return false;
        }
        if ((found->measure == MEASURE_UNIT && found->unit == unit) ||
            (found->measure == MEASURE_NONE && found->match != MATCH_ONE)) {
            return true;
        }
    }
    return false;
}

/* The same amount in another unit of its dimension: 62 miles for 100 km. */
static bool is_converted(const struct numerals_head *head, const struct quantity *quantity,
                         const struct ordered *order) {
    if (quantity->measure != MEASURE_UNIT || head == NULL) {
        return false;
    }
    const struct numeral_unit *own = &head->units[quantity->unit];
    for (uint32_t i = 0; i < head->n_units; i++) {
        const struct numeral_unit *unit = &head->units[i];
        if (unit->dimension == own->dimension && i != quantity->unit &&
            has_converted(
                order, (quantity->value * own->factor + own->offset - unit->offset) / unit->factor,
                i)) {
            return true;
        }
    }
    return false;
}

static bool is_whole(double value) {
    return value == floor(value);
}

/* Two digits that can be a year's: behind a mark ("2019/20"), of a decade ("the '90s"), or before
 * the word for it ("19年"). */
static bool is_last_digits(const struct quantity *quantity) {
    return quantity != NULL &&
           ((quantity->flags & QUANTITY_PART) != 0 || fmod(quantity->value, 10) == 0 ||
            quantity->measure == MEASURE_UNIT);
}

/* "2019/20", "the '90s": a year without its century, on one side or the other. */
static bool is_short_year(const struct quantity *quantity, const struct ordered *order) {
    const double value = quantity->value;
    if (!is_whole(value)) {
        return false;
    }
    if (value >= 1900 && value < 2100) {
        return is_last_digits(find_value(order, fmod(value, 100), 0));
    }
    return value >= 0 && value < 100 && is_last_digits(quantity) &&
           (find_value(order, 1900 + value, 0) != NULL ||
            find_value(order, 2000 + value, 0) != NULL);
}

/* Whether a half stands right before the number: "halb sieben" is half past six. */
static bool is_halved(const struct quantity *quantity, const struct side *side) {
    return quantity > side->quantities && quantity[-1].value == 0.5 &&
           (quantity[-1].flags & QUANTITY_IMPLIED) != 0 && quantity->begin - quantity[-1].end <= 1;
}

/* The hour that a half goes on to, or one of whose half hours is counted from the next. */
static bool is_half_hour(const struct quantity *quantity, const struct side *side,
                         const struct ordered *order) {
    if (!is_whole(quantity->value) || quantity->value < 1 || quantity->value > 12) {
        return false;
    }
    if (is_halved(quantity, side)) {
        return find_value(order, quantity->value == 1 ? 12 : quantity->value - 1, 0) != NULL;
    }
    const struct quantity *next =
        find_value(order, quantity->value == 12 ? 1 : quantity->value + 1, 0);
    return next != NULL && is_halved(next, order->side);
}

static bool is_hour(const struct quantity *quantity, const struct ordered *order) {
    const double value = quantity->value;
    if (!is_whole(value) || value < 0 || value > 24) {
        return false;
    }
    const struct quantity *found = find_value(order, value < 13 ? value + 12 : value - 12, 0);
    return found != NULL && ((found->flags | quantity->flags) & QUANTITY_HOUR) != 0;
}

/* "half" for 50 %, "a quarter" for 25 %; "two and a half" for 2.5. */
static bool is_fraction(const struct quantity *quantity, const struct ordered *order) {
    const double value = quantity->value;
    if (value < 1 && find_value(order, value * 100, 0) != NULL) {
        return true;
    }
    if ((quantity->flags & QUANTITY_PART) != 0 && value == 30 &&
        find_value(order, 0.5, 0) != NULL) {
        return true; /* minutes: "half past five" */
    }
    const double part = value - floor(value);
    return (part > 0 && find_value(order, part, 0) != NULL &&
            (value < 1 || find_value(order, floor(value), 0) != NULL)) ||
           (quantity->measure == MEASURE_PERCENT && find_value(order, value / 100, 0) != NULL);
}

static void find_similar(const struct numerals_head *head, struct side *side,
                         const struct ordered *other) {
    for (size_t i = 0; i < side->n_quantities; i++) {
        struct quantity *quantity = &side->quantities[i];
        if (quantity->match == MATCH_NONE &&
            ((!same(quantity->other, quantity->value) &&
              find_value(other, quantity->other, 0) != NULL) ||
             is_hour(quantity, other) || is_half_hour(quantity, side, other) ||
             is_short_year(quantity, other) || is_fraction(quantity, other) ||
             is_converted(head, quantity, other))) {
            quantity->match = MATCH_SIMILAR;
        }
    }
}

/* The second reading of the other side's numbers. */
static void find_others(struct side *side, const struct ordered *order) {
    for (size_t i = 0; i < side->n_quantities; i++) {
        const struct quantity *quantity = &side->quantities[i];
        if (same(quantity->other, quantity->value)) {
            continue;
        }
        for (size_t k = first_from(order, quantity->other * (1 - 1e-9)), n = 0;
             k < order->n && n < NEIGHBOURS_MAX; k++, n++) {
            struct quantity *found = &order->side->quantities[order->items[k].index];
            if (!same(found->value, quantity->other)) {
                break;
            }
            if (found->match == MATCH_NONE) {
                found->match = MATCH_SIMILAR;
            }
        }
    }
}

galley_status bilingual_match_quantities(struct bilingual *bilingual) {
    struct side *source = &bilingual->source;
    struct side *target = &bilingual->target;
    if (source->n_quantities + target->n_quantities == 0) {
        return GALLEY_OK;
    }
    if (!arena_grow(bilingual->arena, &bilingual->ranks, 0, &bilingual->rank_capacity,
                    sizeof *bilingual->ranks, source->n_quantities + target->n_quantities)) {
        return GALLEY_ERROR_MEMORY;
    }
    struct ordered sources = put_in_order(source, bilingual->ranks);
    struct ordered targets = put_in_order(target, bilingual->ranks + source->n_quantities);
    pair_equals(&sources, &targets);
    find_similar(bilingual->numerals.head, target, &sources);
    find_similar(bilingual->numerals.head, source, &targets);
    find_others(source, &targets);
    find_others(target, &sources);
    return GALLEY_OK;
}
