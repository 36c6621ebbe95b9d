#include "waivers/waivers.h"

#include "base/cut.h"
#include "base/error.h"
#include "base/glob.h"
#include "base/hash.h"
#include "document.h"
#include "waivers/marks.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

galley_status waivers_add(struct waivers *waivers, const struct waiver *waiver, uint32_t *index) {
    if (waivers->n_items >= UINT32_MAX ||
        !memory_grow(&waivers->memory, &waivers->items, &waivers->capacity, sizeof *waivers->items,
                     waivers->n_items + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    *index = (uint32_t)waivers->n_items;
    waivers->items[waivers->n_items++] = *waiver;
    return GALLEY_OK;
}

galley_status waivers_add_key(struct waivers *waivers, struct waiver_keys *keys, uint64_t key,
                              uint32_t index) {
    if (!memory_grow(&waivers->memory, &keys->items, &keys->capacity, sizeof *keys->items,
                     keys->n_items + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    keys->items[keys->n_items++] = (struct waiver_key){key, index};
    return GALLEY_OK;
}

static int compare_keys(const void *left, const void *right) {
    const struct waiver_key *a = left;
    const struct waiver_key *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static void sort_keys(struct waiver_keys *keys) {
    if (keys->n_items > 0) {
        qsort(keys->items, keys->n_items, sizeof *keys->items, compare_keys);
    }
}

static galley_status read_ignore_files(struct waivers *waivers, galley_string paths,
                                       galley_error *error) {
    galley_status status = GALLEY_OK;
    while (paths.len > 0 && status == GALLEY_OK) {
        const galley_string piece = string_cut(&paths, ':');
        const galley_string path = arena_copy(&waivers->arena, piece.data, piece.len);
        if (path.data == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        if (path.len > 0) {
            status = waivers_read_ignore_file(waivers, path.data, error);
        }
    }
    return status;
}

galley_status waivers_create(const struct memory *memory, galley_string ignore_files,
                             galley_string baseline, unsigned today, struct waivers **waivers,
                             galley_error *error) {
    struct waivers *made = memory_allocate(memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *made = (struct waivers){.memory = *memory, .today = today};
    arena_init(&made->arena, &made->memory);
    galley_status status = read_ignore_files(made, ignore_files, error);
    if (status == GALLEY_OK && baseline.len > 0) {
        status = waivers_read_baseline(made, baseline.data, error);
    }
    if (status != GALLEY_OK) {
        waivers_destroy(made);
        return status == GALLEY_ERROR_MEMORY ? error_set(error, status, "out of memory") : status;
    }
    sort_keys(&made->texts);
    sort_keys(&made->contexts);
    *waivers = made;
    return GALLEY_OK;
}

void waivers_destroy(struct waivers *waivers) {
    if (waivers == NULL) {
        return;
    }
    const struct memory memory = waivers->memory;
    memory_free(&memory, waivers->items);
    memory_free(&memory, waivers->texts.items);
    memory_free(&memory, waivers->anywhere.items);
    memory_free(&memory, waivers->contexts.items);
    arena_finish(&waivers->arena);
    memory_free(&memory, waivers);
}

/* ---- applying ---- */

/* One issue on its way through the waivers. */
struct candidate {
    struct galley_document *document;
    struct issue *issue;
    uint64_t check_bit;
    const char *text;
    size_t len;
    const struct waiver *expired; /* one that would have waived it */
    unsigned today;
};

static void waive(struct issue *issue, const struct waiver *waiver, size_t index) {
    issue->waiver = waiver;
    issue->waiver_index = index;
}

/* The first key that is not below. */
static size_t lower_bound(const struct waiver_keys *keys, uint64_t key) {
    size_t low = 0;
    size_t high = keys->n_items;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (keys->items[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Tries the waivers of one key. */
static void try_key(struct candidate *candidate, const struct waiver_keys *keys, uint64_t key) {
    const struct waivers *waivers = candidate->document->engine->waivers;
    for (size_t i = lower_bound(keys, key);
         i < keys->n_items && keys->items[i].key == key && candidate->issue->waiver == NULL; i++) {
        const struct waiver *waiver = &waivers->items[keys->items[i].index];
        if ((waiver->checks & candidate->check_bit) == 0) {
            continue;
        }
        if (!waiver->from_baseline &&
            ((waiver->text.data != NULL &&
              !waiver_same_text(waiver->text, candidate->text, candidate->len)) ||
             (waiver->files.len > 0 &&
              !glob_matches(waiver->files.data, candidate->document->uri.data)))) {
            continue;
        }
        if (waiver_is_expired(waiver, candidate->today)) {
            candidate->expired = waiver;
        } else {
            waive(candidate->issue, waiver, keys->items[i].index);
        }
    }
}

static void try_marks(struct candidate *candidate) {
    struct ignore_marks *marks = &candidate->document->marks;
    const struct span span = candidate->issue->place.span;
    for (size_t i = 0; i < marks->n_items; i++) {
        struct ignore_mark *mark = &marks->items[i];
        const struct waiver *waiver = &mark->waiver;
        if (!mark->placed || span.begin < mark->covers.begin || span.end > mark->covers.end ||
            (waiver->checks & candidate->check_bit) == 0 ||
            (waiver->text.data != NULL &&
             !waiver_same_text(waiver->text, candidate->text, candidate->len))) {
            continue;
        }
        if (waiver_is_expired(waiver, candidate->today)) {
            candidate->expired = waiver;
            continue;
        }
        mark->used = true;
        waive(candidate->issue, waiver, SIZE_MAX);
        return;
    }
}

static void try_locks(struct candidate *candidate) {
    const struct lock_list *locks = &candidate->document->locks;
    const struct waiver *waiver =
        candidate->issue->waiver == NULL ? locks_waive(locks, candidate->issue->place.span) : NULL;
    if (waiver != NULL) {
        waive(candidate->issue, waiver, SIZE_MAX);
    }
}

static void try_engine(struct candidate *candidate) {
    const struct waivers *waivers = candidate->document->engine->waivers;
    if (candidate->issue->waiver == NULL && waivers->texts.n_items > 0) {
        try_key(candidate, &waivers->texts,
                waiver_hash_text(HASH_START, candidate->text, candidate->len));
    }
    if (candidate->issue->waiver == NULL) {
        try_key(candidate, &waivers->anywhere, 0);
    }
    if (candidate->issue->waiver == NULL && waivers->contexts.n_items > 0) {
        uint64_t keys[2];
        waivers_context_keys(candidate->document->decoded.text, candidate->document->decoded.len,
                             candidate->issue->check->name, candidate->issue->place.span, keys);
        try_key(candidate, &waivers->contexts, keys[0]);
        if (candidate->issue->waiver == NULL) {
            try_key(candidate, &waivers->contexts, keys[1]);
        }
    }
}

static galley_status warn_of_expired(const struct candidate *candidate) {
    const struct waiver *waiver = candidate->expired;
    if (waiver == NULL || candidate->issue->waiver != NULL) {
        return GALLEY_OK;
    }
    const unsigned day = waiver->until;
    return document_warn(candidate->document, candidate->issue->place.span,
                         "the waiver at %s expired on %04u-%02u-%02u", waiver->origin.data,
                         day / 10000, day / 100 % 100, day % 100);
}

static galley_status warn_of_unused(struct galley_document *document) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < document->marks.n_items && status == GALLEY_OK; i++) {
        const struct ignore_mark *mark = &document->marks.items[i];
        if (!mark->used) {
            status = document_warn(document, mark->span, "the ignore mark waives nothing");
        }
    }
    return status;
}

galley_status waivers_apply(struct galley_document *document) {
    const struct waivers *waivers = document->engine->waivers;
    if (waivers->n_items == 0 && document->marks.n_items == 0 && document->locks.n_items == 0) {
        return GALLEY_OK;
    }
    const unsigned today = waivers->today != 0 ? waivers->today : waiver_today();
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < document->n_issues && status == GALLEY_OK; i++) {
        struct issue *issue = document->issues[i];
        const struct span span = issue->place.span;
        struct candidate candidate = {
            .document = document,
            .issue = issue,
            .check_bit = (uint64_t)1 << registry_check_index(issue->check),
            .text = document->decoded.text + span.begin,
            .len = span.end - span.begin,
            .today = today,
        };
        try_marks(&candidate);
        try_engine(&candidate);
        try_locks(&candidate);
        status = warn_of_expired(&candidate);
    }
    return status == GALLEY_OK ? warn_of_unused(document) : status;
}

/* ---- what hosts read ---- */

size_t galley_engine_n_waivers(const galley_engine *engine) {
    return engine == NULL ? 0 : engine->waivers->n_items;
}

galley_status galley_engine_waiver(const galley_engine *engine, size_t index,
                                   galley_waiver *waiver) {
    if (engine == NULL || waiver == NULL || waiver->size < sizeof *waiver ||
        index >= engine->waivers->n_items) {
        return GALLEY_ERROR_ARGUMENT;
    }
    const struct waivers *waivers = engine->waivers;
    const struct waiver *from = &waivers->items[index];
    waiver->origin = from->origin;
    waiver->text = from->text.data == NULL ? (galley_string){"", 0} : from->text;
    waiver->reason = from->reason;
    waiver->baseline = from->from_baseline;
    waiver->expired =
        waiver_is_expired(from, waivers->today != 0 ? waivers->today : waiver_today());
    return GALLEY_OK;
}
