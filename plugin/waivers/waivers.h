/*
 * The waivers of an engine, from ignore files and a baseline, and what becomes of a document's
 * issues under them. Nothing changes once they are read, so that threads share them.
 */
#ifndef GALLEY_WAIVERS_WAIVERS_H
#define GALLEY_WAIVERS_WAIVERS_H

#include "waivers/waiver.h"

struct waiver_key {
    uint64_t key;
    uint32_t index; /* of the waiver */
};

/* A list of keys, sorted once all are in. */
struct waiver_keys {
    struct waiver_key *items;
    size_t n_items, capacity;
};

struct waivers {
    struct memory memory;
    struct arena arena;
    struct waiver *items;
    size_t n_items, capacity;
    struct waiver_keys texts;    /* waivers of the ignore files with a text, by its hash */
    struct waiver_keys anywhere; /* those without; the key is 0 */
    struct waiver_keys contexts; /* of the baseline */
    unsigned today;              /* from the settings; 0: ask the clock */
};

/* `ignore_files` is a list of paths separated by ':', `baseline` one path; both may be empty. */
galley_status waivers_create(const struct memory *memory, galley_string ignore_files,
                             galley_string baseline, unsigned today, struct waivers **waivers,
                             galley_error *error);
void waivers_destroy(struct waivers *waivers);

struct galley_document;

/* Marks the issues of an arranged document that are waived, and adds warnings for marks that waive
 * nothing and for waivers that are past their day. */
galley_status waivers_apply(struct galley_document *document);

/* The two keys of an issue in a baseline: its check, its text and the words before it, or behind.
 * A text that has moved keeps one of them at least, and so does one whose neighbour was edited. */
void waivers_context_keys(const char *document, size_t len, const char *check, struct span span,
                          uint64_t keys[2]);

/* ---- used by the files of this room ---- */

/* Adds a waiver; answers its place in *index. */
galley_status waivers_add(struct waivers *waivers, const struct waiver *waiver, uint32_t *index);
galley_status waivers_add_key(struct waivers *waivers, struct waiver_keys *keys, uint64_t key,
                              uint32_t index);

galley_status waivers_read_ignore_file(struct waivers *waivers, const char *path,
                                       galley_error *error);
galley_status waivers_read_baseline(struct waivers *waivers, const char *path, galley_error *error);

#endif
