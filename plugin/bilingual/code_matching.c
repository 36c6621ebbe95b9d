/*
 * Which codes of the source are in the target: equal ones are paired, however they are ordered;
 * then numbered arguments with unnumbered ones, as a translation that changes the order must number
 * them.
 */
#include "bilingual/bilingual.h"

#include <stdlib.h>

struct keyed {
    uint64_t key;
    struct code *code;
};

static int compare(const void *left, const void *right) {
    const struct keyed *a = left;
    const struct keyed *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return a->code->begin < b->code->begin ? -1 : a->code->begin > b->code->begin;
}

/* The side's codes that have no counterpart yet, by key. */
static size_t put_in_order(const struct side *side, bool loose, struct keyed *items) {
    size_t n = 0;
    for (size_t i = 0; i < side->n_codes; i++) {
        struct code *code = &side->codes[i];
        if (!code->matched) {
            items[n++] = (struct keyed){loose ? code->loose_hash : code->hash, code};
        }
    }
    if (n > 0) {
        qsort(items, n, sizeof *items, compare);
    }
    return n;
}

/* Whether only one of the two has the number of its argument. */
static bool may_be_loose(const struct code *a, const struct code *b) {
    return (a->hash == a->loose_hash) != (b->hash == b->loose_hash);
}

static void pair(struct side *source, struct side *target, bool loose, struct keyed *items) {
    const size_t n_source = put_in_order(source, loose, items);
    struct keyed *targets = items + n_source;
    const size_t n_target = put_in_order(target, loose, targets);
    for (size_t s = 0, t = 0; s < n_source && t < n_target;) {
        if (items[s].key != targets[t].key) {
            const bool source_is_first = items[s].key < targets[t].key;
            s += source_is_first;
            t += !source_is_first;
            continue;
        }
        if (!loose || may_be_loose(items[s].code, targets[t].code)) {
            items[s].code->matched = targets[t].code->matched = true;
        }
        s++;
        t++;
    }
}

galley_status bilingual_match_codes(struct bilingual *bilingual) {
    struct side *source = &bilingual->source;
    struct side *target = &bilingual->target;
    const size_t n = source->n_codes + target->n_codes;
    if (n == 0) {
        return GALLEY_OK;
    }
    if (!arena_grow(bilingual->arena, &bilingual->keys, 0, &bilingual->key_capacity,
                    sizeof(struct keyed), n)) {
        return GALLEY_ERROR_MEMORY;
    }
    pair(source, target, false, bilingual->keys);
    pair(source, target, true, bilingual->keys);
    return GALLEY_OK;
}
