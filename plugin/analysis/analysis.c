/*
 * The order of the analysis: each unit's mentions while its tokens are at hand, then, once for the
 * document, pronouns and speakers.
 */
#include "analysis/analysis.h"

#include "analysis/rooms.h"

#include <string.h>

bool analysis_grow(struct arena *arena, void *items, size_t n, size_t *capacity, size_t item_size) {
    if (n < *capacity) {
        return true;
    }
    void *old;
    memcpy(&old, items, sizeof old);
    const size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
    void *grown = arena_resize(arena, old, *capacity * item_size, wanted * item_size);
    if (grown == NULL) {
        return false;
    }
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

galley_status analysis_create(struct arena *arena, const struct pack *pack,
                              struct analysis **analysis) {
    struct analysis *made = arena_allocate_zeroed(arena, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    made->arena = arena;
    made->pack = pack;
    made->particles = pack_setting(pack, "name-particles");
    made->suffixes = pack_setting(pack, "name-suffixes");
    *analysis = made;
    return names_create(made);
}

galley_status analysis_unit(struct analysis *analysis, const struct unit *unit) {
    galley_status status = speakers_read(analysis, unit);
    if (status == GALLEY_OK) {
        status = mentions_read(analysis, unit);
    }
    analysis->n_units++;
    return status;
}

galley_status analysis_finish(struct analysis *analysis) {
    names_settle(analysis);
    const galley_status status = pronouns_resolve(analysis);
    if (status == GALLEY_OK) {
        speakers_attribute(analysis);
    }
    return status;
}
