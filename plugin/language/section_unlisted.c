/*
 * Compiles the section "unlisted" (unlisted.h) from frequency.tsv: the words that are no forms.
 */
#include "base/error.h"
#include "language/section.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    uint32_t hash;
    uint8_t zipf;
};

static int compare_entries(const void *left, const void *right) {
    const struct entry *a = left;
    const struct entry *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Writes the entries, one for each hash. */
static bool write_entries(struct entry *entries, size_t n, struct buffer *out) {
    qsort(entries, n, sizeof *entries, compare_entries);
    uint32_t n_unique = 0;
    for (size_t i = 0; i < n; i++) {
        if (n_unique == 0 || entries[i].hash != entries[n_unique - 1].hash) {
            entries[n_unique] = entries[i];
            n_unique++;
        }
    }
    bool done = buffer_append_u32(out, n_unique);
    for (size_t i = 0; i < n_unique && done; i++) {
        done = buffer_append_u32(out, entries[i].hash);
    }
    for (size_t i = 0; i < n_unique && done; i++) {
        done = buffer_append(out, &entries[i].zipf, 1);
    }
    return done;
}

bool section_unlisted_compile(const struct section_source *source, struct buffer *out,
                              galley_error *error) {
    struct table table;
    struct buffer entries = {.memory = out->memory};
    if (!table_open(&table, source->arena, source->directory, "frequency.tsv", error)) {
        return false;
    }
    bool done = true;
    size_t n = 0;
    while (done && table_next(&table)) {
        struct pack_key key;
        const char *word = table.fields[0];
        if (table.n_fields < 2 || pack_find(source->pack, word, strlen(word)) != FORM_NONE ||
            !pack_key_make(&key, word, strlen(word))) {
            continue;
        }
        const long zipf = lround(25 * strtod(table.fields[1], NULL));
        const struct entry entry = {(uint32_t)(key.hash >> 32), (uint8_t)(zipf < 0     ? 0
                                                                          : zipf > 255 ? 255
                                                                                       : zipf)};
        done = buffer_append(&entries, &entry, sizeof entry);
        n++;
    }
    if (done && n > 0) {
        done = write_entries((struct entry *)(void *)entries.data, n, out);
    }
    buffer_finish(&entries);
    if (!done) {
        error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory", source->directory);
    }
    return done;
}
