/*
 * number: a number that the source does not have (“15 %” for “51 %”), or one of the source that is
 * missing; a currency or unit that changed.
 *
 * Not reported: the same number in other words or signs (1.234,5 and 1,234.5; 10 тысяч and 10,000;
 * 三 and three; 6 p.m. and 18:00), what was converted (100 km, 62 miles), numbers in names (G20),
 * and what translators rightly add or leave out: a small number, the year of “this year”.
 *
 * The rule: what matching (bilingual/matching.c) leaves over on both sides at about the same place
 * was changed, and so was one whose counterpart stands in another sentence alone, while its own has
 * one left over. A number that is left over on one side alone was added or lost; that is reported
 * only of numbers that nobody says in other words.
 */
#include "checks/check.h"

#include "bilingual/alignment.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    COMMON_MAX = 31,          /* days, hours, small counts: often said in other words, or implied */
    CANDIDATES_MAX = 16,      /* quantities that are looked at for the counterpart of one */
    PLACE_TOLERANCE = 20,     /* percent of the text that a counterpart may be away */
    PLACE_FREEDOM = 160,      /* bytes that it always may */
    SENTENCE_NUMBERS_MAX = 32 /* of a sentence and its neighbour, that are looked at */
};

/* Written in digits, and no part of a name. */
static bool is_firm(const struct quantity *quantity) {
    return (quantity->flags & (QUANTITY_DIGITS | QUANTITY_GLUED | QUANTITY_IMPLIED)) ==
           QUANTITY_DIGITS;
}

/* "million", "two hundred thousand". */
static bool is_large_word(const struct quantity *quantity) {
    return (quantity->flags & (QUANTITY_DIGITS | QUANTITY_IMPLIED)) == 0 &&
           (quantity->flags & QUANTITY_MULTIPLIED) != 0 && quantity->value >= 1000;
}

static bool is_year(const struct quantity *quantity) {
    return quantity->value >= 1900 && quantity->value < 2100 &&
           quantity->value == floor(quantity->value) && quantity->measure == MEASURE_NONE &&
           (quantity->flags & QUANTITY_MULTIPLIED) == 0;
}

/* Nobody says it in other words. */
static bool is_peculiar(const struct quantity *quantity) {
    return (quantity->value > COMMON_MAX || quantity->value != floor(quantity->value)) &&
           !is_year(quantity);
}

static bool is_near(const struct side *side, size_t place, size_t expected) {
    const size_t distance = place > expected ? place - expected : expected - place;
    return distance <= PLACE_FREEDOM || distance <= side->len / 100 * PLACE_TOLERANCE;
}

/* The first quantity that begins at or behind the offset. */
static size_t first_quantity(const struct side *side, size_t offset) {
    size_t low = 0;
    size_t high = side->n_quantities;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (side->quantities[middle].begin < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Takes a counterpart: a firm number that has none itself and stands nearest to where it should. */
static struct quantity *find_counterpart(const struct side *side, const struct side *other,
                                         const struct quantity *quantity,
                                         enum quantity_match match) {
    const size_t expected = bilingual_place(side, quantity->begin, other);
    const size_t middle = first_quantity(other, expected);
    for (size_t step = 0; step < CANDIDATES_MAX; step++) {
        const size_t away = step / 2;
        if (step % 2 == 0 ? middle + away >= other->n_quantities : away >= middle) {
            continue;
        }
        struct quantity *found =
            &other->quantities[step % 2 == 0 ? middle + away : middle - away - 1];
        if (found->match == match && (found->flags & (QUANTITY_GLUED | QUANTITY_IMPLIED)) == 0 &&
            is_near(other, found->begin, expected)) {
            return found;
        }
    }
    return NULL;
}

/* Writes a whole number with the separators of the language between groups of three; its length. */
static size_t write_number(char out[32], double value, uint32_t separator) {
    char digits[24];
    const int n = snprintf(digits, sizeof digits, "%.0f", value);
    size_t len = 0;
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0 && separator != 0) {
            out[len++] = (char)separator;
        }
        out[len++] = digits[i];
    }
    return len;
}

/* The separator between groups of digits in the text's language, for a number that needs one. */
static uint32_t separator_for(const struct bilingual *bilingual, double value) {
    enum { UNGROUPED_MAX = 10000 }; /* "2,031" is no year */
    const struct numerals_head *head = bilingual->numerals.head;
    return head == NULL || bilingual->target.language >= head->n_languages || value < UNGROUPED_MAX
               ? 0
               : head->languages[bilingual->target.language].group;
}

static galley_status report_changed(struct check_run *run, const struct unit *unit,
                                    const struct quantity *target, const struct quantity *source) {
    struct issue *issue;
    const galley_string was = {unit->source + source->begin, source->end - source->begin};
    const galley_string is = {unit->text + target->begin, target->end - target->begin};
    const struct span span = unit_span(unit, target->begin, target->end);
    galley_status status;
    if (is.len == was.len && memcmp(is.data, was.data, is.len) == 0) {
        status = check_report(run, span, run->check->severity, &issue,
                              "“%.*s” is another number in this language than in the source's",
                              (int)is.len, is.data);
    } else {
        status = check_report(run, span, run->check->severity, &issue,
                              "“%.*s” stands where the source has “%.*s”", (int)is.len, is.data,
                              (int)was.len, was.data);
    }
    if (status == GALLEY_OK && (source->flags & QUANTITY_MULTIPLIED) == 0 &&
        source->value == floor(source->value) && source->value < 1e15) {
        char digits[32];
        const size_t len =
            write_number(digits, source->value, separator_for(run->bilingual, source->value));
        status = check_suggest(run, issue, digits, len);
    }
    return status;
}

/* Numbers of the target that the source does not have. */
static galley_status check_target(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    const struct side *target = &bilingual->target;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < target->n_quantities && status == GALLEY_OK; i++) {
        struct quantity *quantity = &target->quantities[i];
        if (quantity->match != MATCH_NONE || (!is_firm(quantity) && !is_large_word(quantity))) {
            continue;
        }
        struct quantity *source =
            find_counterpart(target, &bilingual->source, quantity, MATCH_NONE);
        if (source == NULL && is_firm(quantity)) {
            source = find_counterpart(target, &bilingual->source, quantity, MATCH_USED);
        }
        if (source != NULL && (is_firm(quantity) || is_large_word(source) || is_firm(source))) {
            source->match = MATCH_SIMILAR;
            status = report_changed(run, unit, quantity, source);
        } else if (is_firm(quantity) && is_peculiar(quantity)) {
            status =
                check_report(run, unit_span(unit, quantity->begin, quantity->end),
                             run->check->severity, NULL, "“%.*s” is not in the source",
                             (int)(quantity->end - quantity->begin), unit->text + quantity->begin);
        }
    }
    return status;
}

/* ---- numbers that only another sentence has ---- */

/* Where a unit's sentences are. */
struct places {
    const struct alignment *alignment;
    const struct side *source, *target;
};

static bool is_apart(size_t a, size_t b) {
    return a > b + 1 || b > a + 1;
}

/* Whether the counterpart of a quantity of the target stands in no sentence near. */
static bool is_far(const struct places *places, const struct quantity *quantity, size_t bead) {
    return quantity->match == MATCH_USED ||
           (quantity->match == MATCH_ONE &&
            is_apart(bead, alignment_bead(places->alignment, true,
                                          places->source->quantities[quantity->partner].begin)));
}

/* As many digits before the point. */
static bool is_as_long(double a, double b) {
    return a >= 1 && b >= 1 && floor(log10(a)) == floor(log10(b));
}

/* The source's number in the bead that is left over there, where the target's is, too. NULL when
 * there is none, or when the source says the target's number near after all. */
static struct quantity *find_replaced(const struct places *places, const struct quantity *target,
                                      size_t bead) {
    const struct side *source = places->source;
    const struct bead *at = &places->alignment->beads[bead];
    const size_t begin = places->alignment->source.items[at->source].begin;
    struct quantity *found = NULL;
    size_t i = first_quantity(source, begin);
    size_t n = 0;
    for (; i > 0 && n < SENTENCE_NUMBERS_MAX; i--, n++) {
        if (alignment_bead(places->alignment, true, source->quantities[i - 1].begin) + 1 < bead) {
            break;
        }
    }
    for (; i < source->n_quantities; i++) {
        if (n++ >= 2 * SENTENCE_NUMBERS_MAX) {
            return NULL; /* a table, where everything is near */
        }
        struct quantity *quantity = &source->quantities[i];
        const size_t of_quantity = alignment_bead(places->alignment, true, quantity->begin);
        if (of_quantity > bead + 1) {
            break;
        }
        if (quantity->value == target->value || quantity->other == target->value) {
            return NULL;
        }
        if (of_quantity == bead && found == NULL &&
            (quantity->match == MATCH_NONE ||
             (quantity->match == MATCH_USED && is_as_long(quantity->value, target->value))) &&
            (is_firm(quantity) || is_large_word(quantity))) {
            found = quantity;
        }
    }
    return found;
}

/* Numbers of the target that the source has in another sentence alone, while one of this sentence
 * is left over: “14” for “41” where another sentence speaks of 14. */
static galley_status check_sentences(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    struct places places = {.source = &bilingual->source, .target = &bilingual->target};
    if (unit->n_sentences < 2 || places.source->n_quantities == 0) {
        return GALLEY_OK;
    }
    galley_status status = alignment_of(bilingual, unit, &places.alignment);
    for (size_t i = 0; i < places.target->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &places.target->quantities[i];
        const size_t bead = alignment_bead(places.alignment, false, quantity->begin);
        if (!is_firm(quantity) || bead >= places.alignment->n_beads ||
            places.alignment->beads[bead].source == places.alignment->beads[bead].source_end ||
            !is_far(&places, quantity, bead)) {
            continue;
        }
        struct quantity *source = find_replaced(&places, quantity, bead);
        if (source != NULL) {
            source->match = MATCH_SIMILAR;
            status = report_changed(run, unit, quantity, source);
        }
    }
    return status;
}

/* Numbers of the source that the target does not have. */
static galley_status check_source(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    const struct side *source = &bilingual->source;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < source->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &source->quantities[i];
        if (quantity->match != MATCH_NONE || !is_firm(quantity)) {
            continue;
        }
        struct quantity *target =
            find_counterpart(source, &bilingual->target, quantity, MATCH_USED);
        if (target != NULL && is_firm(target)) {
            target->match = MATCH_SIMILAR;
            status = report_changed(run, unit, target, quantity);
        } else if (is_peculiar(quantity)) {
            status = check_report(run, bilingual_span(bilingual, unit, quantity->begin),
                                  run->check->severity, NULL, "the source's “%.*s” is missing",
                                  (int)(quantity->end - quantity->begin),
                                  unit->source + quantity->begin);
        }
    }
    return status;
}

/* ---- what is counted ---- */

/* Tons of two sorts and miles of two sorts have one name in many languages. */
static bool is_about_same(const struct numeral_unit *a, const struct numeral_unit *b) {
    return a->factor < b->factor * 1.25 && b->factor < a->factor * 1.25 && a->offset == b->offset;
}

/* Whether two numbers of one value count different things of one kind. Units that share a name with
 * something else are told by the kind: "m" is no minute beside a mile. */
static bool is_measured_otherwise(const struct numerals_head *head, const struct quantity *a,
                                  const struct quantity *b) {
    if (a->measure == MEASURE_NONE || b->measure == MEASURE_NONE ||
        ((a->flags | b->flags) & QUANTITY_IMPLIED) != 0) {
        return false;
    }
    if (a->measure == MEASURE_UNIT && b->measure == MEASURE_UNIT) {
        const struct numeral_unit *of_a = &head->units[a->unit];
        const struct numeral_unit *of_b = &head->units[b->unit];
        return of_a->dimension == of_b->dimension && !is_about_same(of_a, of_b);
    }
    if (a->measure == MEASURE_CURRENCY && b->measure == MEASURE_CURRENCY) {
        return a->unit != b->unit;
    }
    return (a->measure == MEASURE_PERCENT || b->measure == MEASURE_PERCENT) &&
           a->measure != b->measure;
}

/* A number that is counted twice in a text may be paired with the wrong one. */
static bool has_other(const struct side *side, const struct quantity *quantity,
                      const struct quantity *model) {
    const size_t index = (size_t)(quantity - side->quantities);
    const size_t first = index > CANDIDATES_MAX ? index - CANDIDATES_MAX : 0;
    for (size_t i = first; i < side->n_quantities && i < index + CANDIDATES_MAX; i++) {
        const struct quantity *other = &side->quantities[i];
        if (other->value == model->value && other->measure == model->measure &&
            other->unit == model->unit) {
            return true;
        }
    }
    return false;
}

static galley_status check_measures(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    const struct side *target = &bilingual->target;
    const struct side *source = &bilingual->source;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < target->n_quantities && status == GALLEY_OK; i++) {
        const struct quantity *quantity = &target->quantities[i];
        if (quantity->match != MATCH_ONE || !is_firm(quantity)) {
            continue;
        }
        const struct quantity *partner = &source->quantities[quantity->partner];
        if (is_measured_otherwise(bilingual->numerals.head, quantity, partner) &&
            !has_other(source, partner, quantity) && !has_other(target, quantity, partner)) {
            status = check_report(run, unit_span(unit, quantity->outer_begin, quantity->outer_end),
                                  run->check->severity, NULL,
                                  "“%.*s” stands where the source has “%.*s”",
                                  (int)(quantity->outer_end - quantity->outer_begin),
                                  unit->text + quantity->outer_begin,
                                  (int)(partner->outer_end - partner->outer_begin),
                                  unit->source + partner->outer_begin);
        }
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = check_target(run, unit);
    if (status == GALLEY_OK) {
        status = check_sentences(run, unit);
    }
    if (status == GALLEY_OK) {
        status = check_source(run, unit);
    }
    return status == GALLEY_OK ? check_measures(run, unit) : status;
}

const struct check check_number = {
    .name = "number",
    .its_type = "numbers",
    .mqm = "accuracy/mistranslation",
    .summary = "numbers, currencies and units that differ from the source",
    .explanation =
        "A number that the source does not have (“15 %” for “51 %”), or one of the source that is "
        "missing, and a currency or unit that changed. The same number in other words or signs "
        "(1.234,5 and 1,234.5; 10 тысяч and 10,000) and converted units are left alone.",
    .severity = GALLEY_MAJOR,
    .needs_source = true,
    .unit = check_unit,
};
