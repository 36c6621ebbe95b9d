/*
 * A waiver: an issue that somebody looked at and lets pass. The issue is still reported, as waived,
 * and counts neither against the score nor at the gate. docs/waivers.md is the user's page.
 *
 * Waivers come from three places: ignore files and baselines, which the engine reads once, and
 * marks in the document itself (marks.h).
 */
#ifndef GALLEY_WAIVERS_WAIVER_H
#define GALLEY_WAIVERS_WAIVER_H

#include "base/arena.h"
#include "checks/registry.h"

struct waiver {
    uint64_t checks;      /* one bit a check, by its place in the registry */
    galley_string text;   /* what stands there, normalised; data is NULL for any text */
    galley_string files;  /* a glob, or empty for every document */
    galley_string reason; /* may be empty */
    galley_string origin; /* "FILE:LINE" */
    unsigned until;       /* the last day it holds, as 20270131; 0: for good */
    bool from_baseline;
};

_Static_assert(REGISTRY_CHECKS_MAX <= 64, "a waiver keeps one bit a check");

/* Reads a waiver as it is written:
 *
 *     CHECK[,CHECK...] ["TEXT"] [in GLOB] [until YYYY-MM-DD] [because REASON]
 *
 * with "*" for all checks. Strings go into the arena. Fails with GALLEY_ERROR_SETTINGS, where the
 * message has no place yet. */
galley_status waiver_read(struct arena *arena, const char *line, size_t len, struct waiver *waiver,
                          galley_error *error);

/* Whether the waiver is past its last day. `today` as in `until`. */
bool waiver_is_expired(const struct waiver *waiver, unsigned today);

/* Today in UTC, as 20270131. */
unsigned waiver_today(void);

/* "2027-01-31" as 20270131; 0 for what is no day of the calendar. */
unsigned waiver_day(const char *text, size_t len);

/* FNV-1a, 64 bits, of text whose white space is one space wherever there is any and none at its
 * ends; goes on from `hash`. */
uint64_t waiver_hash_text(uint64_t hash, const char *text, size_t len);
extern const uint64_t waiver_hash_start;

/* Whether the text is `normalised` once its white space is. */
bool waiver_same_text(galley_string normalised, const char *text, size_t len);

#endif
