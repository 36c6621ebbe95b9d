/*
 * omission: a sentence of the source, or a good part of one, that the target does not have; a name.
 *
 * Not reported: sentences that the translation puts together or divides, and what it says shorter.
 *
 * The rule: sentences are aligned (bilingual/alignment.h). One of the source that has no
 * counterpart, though its neighbours' counterparts have no room for it, was left out. One whose
 * counterpart is much shorter than translations of such a length are, for this pair of languages
 * and this document, lost a part; it need be less short where a number of it is missing as well. A
 * person's name that the pack knows for one, and that nothing in the text sounds like, is missing.
 */
#include "checks/check.h"

#include "bilingual/alignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SENTENCE_MIN = 30, /* characters of the target: what is shorter may be in any other sentence */
    SENTENCES_MIN = 5, /* of a unit that say what is usual in it */
    NAMES_MAX = 32,    /* of a unit that are looked for: each costs a look at the text */
    SHOWN_LEN = 100    /* bytes of the source that a message shows */
};

/* Standard deviations that a counterpart is too short. */
static const double SHORT_SENTENCE = -2.5;
static const double NO_ROOM = -1.5;       /* a neighbour's counterpart, with the omitted sentence */
static const double WEIGHT_OF_LOST = 0.5; /* what a lost number counts of one */
static const double SHORT_ANYWAY = -1.0;  /* without this no number is evidence */
static const double WEIGHT_OF_MEDIAN = 0.6; /* so far the text's own median is believed */

struct state {
    const struct alignment *alignment; /* of the unit */
    double usual;       /* the deviation of most of the unit's counterparts, as far as believed */
    double *deviations; /* what its median is found in */
    size_t deviation_capacity;
};

static bool is_omitted(const struct bead *bead) {
    return bead->target == bead->target_end;
}

static bool is_added(const struct bead *bead) {
    return bead->source == bead->source_end;
}

/* The deviation of two neighbouring beads taken as one. */
static double joint_deviation(const struct alignment *alignment, const struct bead *a,
                              const struct bead *b) {
    const struct bead joint = {a->source, b->source_end, a->target, b->target_end};
    double expected;
    double found;
    alignment_measure(alignment, &joint, &expected, &found);
    return alignment_deviation(alignment, expected, found);
}

/* Whether the sentence may be in one of its neighbours' counterparts, or in what was added there.
 */
static bool has_room(const struct alignment *alignment, size_t index) {
    const struct bead *bead = &alignment->beads[index];
    const struct bead *before = index > 0 ? bead - 1 : NULL;
    const struct bead *behind = index + 1 < alignment->n_beads ? bead + 1 : NULL;
    return (before != NULL &&
            (is_added(before) || joint_deviation(alignment, before, bead) > NO_ROOM)) ||
           (behind != NULL &&
            (is_added(behind) || joint_deviation(alignment, bead, behind) > NO_ROOM));
}

/* The first bytes of the source sentence, cut at a word. */
static galley_string shown(const struct unit *unit, const struct passage *passage) {
    const char *text = unit->source + passage->begin;
    size_t len = passage->end - passage->begin;
    if (len > SHOWN_LEN) {
        len = SHOWN_LEN;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
            len--;
        }
    }
    return (galley_string){text, len};
}

static double lost_numbers(const struct alignment *alignment, const struct bead *bead) {
    double lost = 0;
    for (size_t s = bead->source; s < bead->source_end; s++) {
        lost += alignment->source.items[s].lost;
    }
    return fmin(lost, 4);
}

/* The last word of the target before the bead: behind it something is missing. */
static struct span place_before(const struct unit *unit, const struct alignment *alignment,
                                const struct bead *bead) {
    return bilingual_token(
        unit, bead->target == 0 ? 0 : alignment->target.items[bead->target - 1].end - 1);
}

static galley_status judge_bead(struct check_run *run, const struct unit *unit, size_t index) {
    const struct state *state = run->state;
    const struct alignment *alignment = state->alignment;
    const struct bead *bead = &alignment->beads[index];
    if (is_added(bead)) {
        return GALLEY_OK;
    }
    const struct passage *first = &alignment->source.items[bead->source];
    const galley_string text = shown(unit, first);
    double expected;
    double found;
    alignment_measure(alignment, bead, &expected, &found);
    if (is_omitted(bead)) {
        if (expected < SENTENCE_MIN || has_room(alignment, index)) {
            return GALLEY_OK;
        }
        return check_report(run, place_before(unit, alignment, bead), run->check->severity, NULL,
                            "behind this, a sentence of the source is missing: “%.*s”",
                            (int)text.len, text.data);
    }
    const double deviation = alignment_deviation(alignment, expected, found) - state->usual;
    if (deviation > SHORT_ANYWAY ||
        deviation - WEIGHT_OF_LOST * lost_numbers(alignment, bead) > SHORT_SENTENCE) {
        return GALLEY_OK;
    }
    const struct passage *begin = &alignment->target.items[bead->target];
    const struct passage *end = &alignment->target.items[bead->target_end - 1];
    return check_report(run, unit_span(unit, begin->begin, end->end), GALLEY_MINOR, NULL,
                        "a part of the source is missing here: “%.*s”", (int)text.len, text.data);
}

static int compare_deviations(const void *left, const void *right) {
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Finds what is usual in the unit: the ratio that alignment has learnt follows slowly, and what is
 * missing has a part in it. */
static galley_status find_usual(struct state *state) {
    const struct alignment *alignment = state->alignment;
    size_t n = 0;
    state->usual = 0;
    if (!arena_grow(alignment->arena, &state->deviations, 0, &state->deviation_capacity,
                    sizeof *state->deviations, alignment->n_beads)) {
        return GALLEY_ERROR_MEMORY;
    }
    for (size_t i = 0; i < alignment->n_beads; i++) {
        const struct bead *bead = &alignment->beads[i];
        double expected;
        double found;
        if (!is_omitted(bead) && !is_added(bead)) {
            alignment_measure(alignment, bead, &expected, &found);
            state->deviations[n++] = alignment_deviation(alignment, expected, found);
        }
    }
    if (n >= SENTENCES_MIN) {
        qsort(state->deviations, n, sizeof *state->deviations, compare_deviations);
        state->usual = state->deviations[n / 2] * WEIGHT_OF_MEDIAN;
    }
    return GALLEY_OK;
}

/* The letter without what languages write in several ways: Mikhail and Mihail, Sergey and Sergei.
 */
static char plain_letter(const char **at, const char *end) {
    if (end - *at > 1 && (*at)[0] == 'k' && (*at)[1] == 'h') {
        ++*at;
    }
    const char letter = *(*at)++;
    return letter == 'y' || letter == 'j' ? 'i' : letter;
}

static bool begins_with_name(const char *word, size_t len, const char *name, size_t name_len) {
    const char *end = word + len;
    const char *name_end = name + name_len;
    while (word < end && name < name_end) {
        if (plain_letter(&word, end) != plain_letter(&name, name_end)) {
            return false;
        }
    }
    return name == name_end;
}

/* Whether the text calls the person by the given name, the first of the name's two words. */
static bool says_given_name(const struct unit *unit, const struct missing_name *name) {
    for (size_t i = 0; i < unit->n_capitals; i++) {
        const struct token *token = &unit->tokens[unit->capitals[i]];
        if (begins_with_name(unit_token_text(unit, token), token->len, name->given,
                             name->given_len)) {
            return true;
        }
    }
    return false;
}

static galley_status check_names(struct check_run *run, const struct unit *unit) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    struct missing_name name;
    size_t n = 0;
    for (size_t at = 0;
         status == GALLEY_OK && n++ < NAMES_MAX &&
         alignment_missing_name(state->alignment, run->bilingual, run->pack, &at, &name);) {
        if (says_given_name(unit, &name)) {
            continue;
        }
        status = check_report(run, bilingual_span(run->bilingual, unit, name.begin), GALLEY_MINOR,
                              NULL, "the source's “%.*s” is missing", (int)(name.end - name.begin),
                              unit->source + name.begin);
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    galley_status status = alignment_of(run->bilingual, unit, &state->alignment);
    if (status == GALLEY_OK && state->alignment->n_beads > 0) {
        status = find_usual(state);
    }
    for (size_t i = 0; i < state->alignment->n_beads && status == GALLEY_OK; i++) {
        status = judge_bead(run, unit, i);
    }
    return status == GALLEY_OK ? check_names(run, unit) : status;
}

const struct check check_omission = {
    .name = "omission",
    .its_type = "omission",
    .mqm = "accuracy/omission",
    .summary = "sentences of the source, or parts of them, that are missing",
    .explanation =
        "A sentence of the source that no sentence of the text says, or one whose translation is "
        "much too short for it. Sentences are aligned by their lengths and by the numbers, names "
        "and international words that both sides have.",
    .severity = GALLEY_MAJOR,
    .needs_source = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
