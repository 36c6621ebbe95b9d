/*
 * inconsistent: one source with two translations in a document, and two sources with one
 * translation.
 *
 * Not reported: differences in space alone; single words, which context may translate in two ways.
 *
 * The rule: a hash table over the document of the segments' sources and one of their texts. Each
 * entry keeps the first segment; every other translation is reported once, with the first as the
 * place to look at.
 */
#include "checks/check.h"

#include "base/hash.h"
#include "text/character.h"
#include "text/utf8.h"

#include <string.h>

enum {
    CAPACITY_MIN = 256,  /* a power of two */
    WORDS_MIN = 2,       /* of a source with two translations */
    SHARED_WORDS_MIN = 4 /* of a translation with two sources */
};

/* A text and what stands beside it, by hashes. */
struct entry {
    uint64_t text;  /* 0: free */
    uint64_t other; /* beside its first occurrence */
    uint64_t last;  /* beside the last one that was reported */
    struct span span;
};

struct table {
    struct entry *entries;
    size_t n, capacity;
};

struct state {
    struct table sources, targets;
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

static struct entry *find(const struct table *table, uint64_t text) {
    size_t at = (size_t)(text >> 1) & (table->capacity - 1);
    while (table->entries[at].text != 0 && table->entries[at].text != text) {
        at = (at + 1) & (table->capacity - 1);
    }
    return &table->entries[at];
}

/* Makes room for one more; half of the places stay free. */
static bool make_room(struct table *table, struct arena *arena) {
    if (table->n * 2 < table->capacity) {
        return true;
    }
    struct table larger = {.n = table->n,
                           .capacity = table->capacity == 0 ? CAPACITY_MIN : table->capacity * 2};
    larger.entries = arena_allocate_zeroed(arena, larger.capacity * sizeof *larger.entries);
    if (larger.entries == NULL) {
        return false;
    }
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->entries[i].text != 0) {
            *find(&larger, table->entries[i].text) = table->entries[i];
        }
    }
    *table = larger;
    return true;
}

/* Notes the pair; answers the entry when the text stood beside something else before. */
static galley_status note(struct table *table, struct arena *arena, uint64_t text, uint64_t other,
                          struct span span, struct entry **conflict) {
    *conflict = NULL;
    if (!make_room(table, arena)) {
        return GALLEY_ERROR_MEMORY;
    }
    struct entry *entry = find(table, text);
    if (entry->text == 0) {
        *entry = (struct entry){text, other, other, span};
        table->n++;
    } else if (entry->other != other && entry->last != other) {
        entry->last = other;
        *conflict = entry;
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    size_t source_words;
    size_t target_words;
    const uint64_t source = hash_text(unit->source, unit->source_len, false, &source_words);
    const uint64_t target = hash_text(unit->text, unit->len, false, &target_words);
    const struct span span = check_span(unit, 0, unit->len);
    struct entry *conflict;
    if (source == 0 || target == 0) {
        return GALLEY_OK;
    }
    galley_status status = note(&state->sources, run->arena, source, target, span, &conflict);
    if (status == GALLEY_OK && conflict != NULL &&
        (source_words >= WORDS_MIN || target_words >= WORDS_MIN)) {
        struct issue *issue;
        status = check_report(run, span, run->check->severity, &issue,
                              "the same source is translated in another way before");
        return status == GALLEY_OK
                   ? check_relate(run, issue, conflict->span, "the other translation")
                   : status;
    }
    if (status != GALLEY_OK || target_words < SHARED_WORDS_MIN) {
        return status;
    }
    /* Two sources that differ in capitals alone may well have one translation. */
    const uint64_t folded = hash_text(unit->source, unit->source_len, true, &source_words);
    status = note(&state->targets, run->arena, target, folded, span, &conflict);
    if (status == GALLEY_OK && conflict != NULL) {
        struct issue *issue;
        status = check_report(run, span, GALLEY_NEUTRAL, &issue,
                              "another source has the same translation before");
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, conflict->span, "the same translation");
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
