/*
 * Who is spoken of. See analysis.h.
 */
#include "analysis/analysis.h"

struct analysis {
    struct arena *arena;
    const struct pack *pack;
    size_t n_units;
};

galley_status analysis_create(struct arena *arena, const struct pack *pack,
                              struct analysis **analysis) {
    struct analysis *made = arena_allocate_zeroed(arena, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    made->arena = arena;
    made->pack = pack;
    *analysis = made;
    return GALLEY_OK;
}

galley_status analysis_unit(struct analysis *analysis, const struct unit *unit) {
    (void)unit;
    analysis->n_units++;
    return GALLEY_OK;
}

galley_status analysis_finish(struct analysis *analysis) {
    (void)analysis;
    return GALLEY_OK;
}
