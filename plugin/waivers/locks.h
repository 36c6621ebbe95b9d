/*
 * Locks: stretches of a document that its tool keeps from being edited, or that a reviewer has
 * approved (text/unit.h). With the setting "waive-segments" the issues inside are waived: somebody
 * looked at the text, and whoever reads the report may not change it.
 */
#ifndef GALLEY_WAIVERS_LOCKS_H
#define GALLEY_WAIVERS_LOCKS_H

#include "waivers/waiver.h"

struct lock_list {
    struct lock *items; /* by their begins */
    size_t n_items, capacity;
    struct waiver waivers[LOCK_KINDS]; /* what an issue inside a lock of the kind is waived by */
};

struct galley_document;

/* Keeps the locks of the next unit, in order, whose kind the settings waive. */
galley_status locks_see_unit(struct galley_document *document, const struct unit *unit);

/* The waiver of the lock that holds all of the span, or NULL. */
const struct waiver *locks_waive(const struct lock_list *locks, struct span span);

/* Whether the waiver is a lock's. */
bool locks_own(const struct lock_list *locks, const struct waiver *waiver);

#endif
