#include "waivers/locks.h"

#include "document.h"

#include <string.h>

/* Makes the waivers when the first lock is seen. */
static void make_waivers(struct galley_document *document) {
    static const char *const reasons[] = {
        [LOCK_APPROVED] = "the segment is approved", [LOCK_LOCKED] = "the segment is locked"};
    galley_string origin = document->uri;
    if (origin.len == 0) {
        origin = (galley_string){"the document", strlen("the document")};
    }
    for (size_t i = 0; i < LOCK_KINDS; i++) {
        document->locks.waivers[i] = (struct waiver){
            .checks = UINT64_MAX,
            .reason = {reasons[i], strlen(reasons[i])},
            .origin = origin,
        };
    }
}

galley_status locks_see_unit(struct galley_document *document, const struct unit *unit) {
    struct lock_list *locks = &document->locks;
    for (size_t i = 0; i < unit->n_locks && !unit->continues; i++) {
        const struct lock *lock = &unit->locks[i];
        if ((document->engine->waived_locks >> lock->kind & 1) == 0) {
            continue;
        }
        if (locks->n_items == 0) {
            make_waivers(document);
        }
        if (!memory_grow(&document->memory, &locks->items, &locks->capacity, sizeof *locks->items,
                         locks->n_items + 1)) {
            return GALLEY_ERROR_MEMORY;
        }
        locks->items[locks->n_items++] = *lock;
    }
    return GALLEY_OK;
}

const struct waiver *locks_waive(const struct lock_list *locks, struct span span) {
    size_t low = 0;
    size_t high = locks->n_items;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (locks->items[middle].begin <= span.begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    /* At most LOCK_KINDS locks of one stretch begin at one place, inside that of the whole unit. */
    for (size_t i = low; i > 0 && low - i < 2 * LOCK_KINDS; i--) {
        const struct lock *lock = &locks->items[i - 1];
        if (span.end <= lock->end) {
            return &locks->waivers[lock->kind];
        }
    }
    return NULL;
}

bool locks_own(const struct lock_list *locks, const struct waiver *waiver) {
    return waiver != NULL && waiver >= locks->waivers && waiver < locks->waivers + LOCK_KINDS;
}
