/*
 * inconsistent: one source with two translations in a document, and two sources with one
 * translation.
 *
 * Not reported: differences in space alone; single words, which context may translate in two ways.
 *
 * The rule: a hash table over the document of the segments' sources and one of their texts. Each
 * entry keeps the first segment; every other translation is reported once, with the first as the
 * place to look at. A table has two halves: when the one that is being filled is full, the other
 * is emptied and filled, so that in a memory of millions a segment is still held against the last
 * SEGMENTS_KEPT or more.
 */
#include "checks/check.h"

#include "base/hash.h"
#include "base/limits.h"
#include "text/character.h"
#include "text/utf8.h"

#include <string.h>

enum {
    CAPACITY_MIN = 256, /* powers of two */
    CAPACITY_MAX = 1 << 19,
    SEGMENTS_KEPT = CAPACITY_MAX / 4 * 3,
    WORDS_MIN = 2,       /* of a source with two translations */
    SHARED_WORDS_MIN = 4 /* of a translation with two sources */
};

/* A text and what stands beside it, by hashes; small, as there may be many. */
struct entry {
    uint64_t text;       /* 0: free */
    uint32_t other;      /* beside its first occurrence: half of the hash */
    uint32_t last;       /* beside the last one that was reported */
    uint32_t begin, len; /* in the document, which has at most LIMIT_DOCUMENT_LEN bytes */
};

_Static_assert(LIMIT_DOCUMENT_LEN <= UINT32_MAX, "a place has 32 bits");

struct half {
    struct entry *entries;
    size_t n, capacity;
};

struct table {
    struct half now, before;
};

struct state {
    struct table sources, targets;
    bool has_warned;
};

/* Hash of the text without the differences in space; counts the words. 0 for a text without any. */
static uint64_t hash_text(const char *text, size_t len, bool fold_case, size_t *n_words) {
    uint64_t hash = HASH_START;
    bool in_word = false;
    *n_words = 0;
    for (size_t at = 0; at < len;) {
        uint32_t c = utf8_next(text, &at);
        if (character_is_space(character_of(c))) {
            in_word = false;
            continue;
        }
        if (!in_word) {
            hash = hash_add(hash, ' ');
            ++*n_words;
            in_word = true;
        }
        c = fold_case && c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
        hash = hash_add(hash, c);
    }
    return *n_words == 0 ? 0 : (hash ^ hash >> 29) | 1;
}

/* The place of the text, or the free one that waits for it. */
static struct entry *find(const struct half *half, uint64_t text) {
    size_t at = (size_t)(text >> 1) & (half->capacity - 1);
    while (half->entries[at].text != 0 && half->entries[at].text != text) {
        at = (at + 1) & (half->capacity - 1);
    }
    return &half->entries[at];
}

static bool enlarge(struct half *half, struct arena *arena) {
    struct half larger = {.n = half->n,
                          .capacity = half->capacity == 0 ? CAPACITY_MIN : half->capacity * 2};
    larger.entries = arena_allocate_zeroed(arena, larger.capacity * sizeof *larger.entries);
    if (larger.entries == NULL) {
        return false;
    }
    for (size_t i = 0; i < half->capacity; i++) {
        if (half->entries[i].text != 0) {
            *find(&larger, half->entries[i].text) = half->entries[i];
        }
    }
    arena_release(arena, half->entries, half->capacity * sizeof *half->entries);
    *half = larger;
    return true;
}

/* Forgets what was noted before, and begins the half anew. */
static void turn_over(struct table *table) {
    const struct half full = table->now;
    table->now = table->before;
    table->before = full;
    table->now.n = 0;
    if (table->now.capacity > 0) {
        memset(table->now.entries, 0, table->now.capacity * sizeof *table->now.entries);
    }
}

static galley_status warn_of_turn(struct check_run *run) {
    struct state *state = run->state;
    if (state->has_warned) {
        return GALLEY_OK;
    }
    state->has_warned = true;
    return check_warn(run, (struct span){0, 0},
                      "the document has so many segments that “inconsistent” holds each against "
                      "the last %u or more only",
                      (unsigned)SEGMENTS_KEPT);
}

/* Makes room for one more; a quarter of the places stays free. */
static galley_status make_room(struct check_run *run, struct table *table) {
    galley_status status = GALLEY_OK;
    if (table->now.n >= SEGMENTS_KEPT) {
        status = table->before.n > 0 ? warn_of_turn(run) : GALLEY_OK;
        turn_over(table);
    }
    if (table->now.n >= table->now.capacity / 4 * 3 && !enlarge(&table->now, run->arena)) {
        status = GALLEY_ERROR_MEMORY;
    }
    return status;
}

/* Notes the pair; answers the entry when the text stood beside something else before. */
static galley_status note(struct check_run *run, struct table *table, uint64_t text, uint64_t other,
                          struct span span, struct entry **conflict) {
    const uint32_t beside = (uint32_t)(other >> 32);
    *conflict = NULL;
    const galley_status status = make_room(run, table);
    if (status != GALLEY_OK) {
        return status;
    }
    struct entry *entry = find(&table->now, text);
    if (entry->text == 0) {
        const struct entry *before =
            table->before.capacity == 0 ? NULL : find(&table->before, text);
        *entry = before != NULL && before->text != 0
                     ? *before
                     : (struct entry){text, beside, beside, (uint32_t)span.begin,
                                      (uint32_t)(span.end - span.begin)};
        table->now.n++;
    }
    if (entry->other != beside && entry->last != beside) {
        entry->last = beside;
        *conflict = entry;
    }
    return GALLEY_OK;
}

static struct span span_of(const struct entry *entry) {
    return (struct span){entry->begin, (size_t)entry->begin + entry->len};
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    size_t source_words;
    size_t target_words;
    const uint64_t source = hash_text(unit->source, unit->source_len, false, &source_words);
    const uint64_t target = hash_text(unit->text, unit->len, false, &target_words);
    const struct span span = unit_span(unit, 0, unit->len);
    struct entry *conflict;
    if (source == 0 || target == 0) {
        return GALLEY_OK;
    }
    galley_status status = note(run, &state->sources, source, target, span, &conflict);
    if (status == GALLEY_OK && conflict != NULL &&
        (source_words >= WORDS_MIN || target_words >= WORDS_MIN)) {
        struct issue *issue;
        status = check_report(run, span, run->check->severity, &issue,
                              "the same source is translated in another way before");
        return status == GALLEY_OK
                   ? check_relate(run, issue, span_of(conflict), "the other translation")
                   : status;
    }
    if (status != GALLEY_OK || target_words < SHARED_WORDS_MIN) {
        return status;
    }
    /* Two sources that differ in capitals alone may well have one translation. */
    const uint64_t folded = hash_text(unit->source, unit->source_len, true, &source_words);
    status = note(run, &state->targets, target, folded, span, &conflict);
    if (status == GALLEY_OK && conflict != NULL) {
        struct issue *issue;
        status = check_report(run, span, GALLEY_NEUTRAL, &issue,
                              "another source has the same translation before");
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, span_of(conflict), "the same translation");
        }
    }
    return status;
}

const struct check check_inconsistent = {
    .name = "inconsistent",
    .its_type = "inconsistency",
    .mqm = "terminology/inconsistent-use-of-terminology",
    .summary = "one source with two translations, or two sources with one",
    .explanation = "A segment whose source was translated in another way before in the document "
                   "(minor), and one whose translation another source has as well (neutral). "
                   "Differences in space and single words are left alone.",
    .severity = GALLEY_MINOR,
    .needs_source = true,
    .spans_sections = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
