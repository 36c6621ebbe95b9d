/*
 * The order of the analysis: each unit's mentions while its tokens are at hand, then, once for the
 * document, pronouns and speakers.
 */
#include "analysis/analysis.h"

#include "analysis/rooms.h"

#include <string.h>

enum {
    BYTES_A_MENTION = 48,       /* of news: there is one in so many */
    BYTES_AN_ENTITY = 384,      /* ... and in so many of a long text somebody new */
    MENTIONS_AT_ONCE = 1 << 18, /* that room is taken for; where there are more, it grows */
    FEWEST = 16
};

/* How many there will be of what comes once in so many bytes, as far as room is taken for them. */
static size_t likely(size_t text_len, size_t bytes) {
    const size_t most = MENTIONS_AT_ONCE / (bytes / BYTES_A_MENTION);
    const size_t n = text_len / bytes + FEWEST;
    return n < most ? n : most;
}

/* No more than is likely: what has more than the section's memory has room for (document.c) is a
 * block of its own, which divides the process's memory when it is given back. */
static bool reserve(struct analysis *analysis, size_t text_len) {
    analysis->mention_capacity = likely(text_len, BYTES_A_MENTION);
    analysis->entity_capacity = likely(text_len, BYTES_AN_ENTITY);
    analysis->mentions =
        arena_allocate(analysis->arena, analysis->mention_capacity * sizeof *analysis->mentions);
    analysis->entities =
        arena_allocate(analysis->arena, analysis->entity_capacity * sizeof *analysis->entities);
    return analysis->mentions != NULL && analysis->entities != NULL;
}

galley_status analysis_create(struct arena *arena, const struct pack *pack, size_t text_len,
                              struct analysis **analysis) {
    struct analysis *made = arena_allocate_zeroed(arena, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    made->arena = arena;
    made->pack = pack;
    if (!reserve(made, text_len)) {
        return GALLEY_ERROR_MEMORY;
    }
    made->particles = mentions_list(pack_setting(pack, "name-particles"));
    made->suffixes = mentions_list(pack_setting(pack, "name-suffixes"));
    *analysis = made;
    return names_create(made, likely(text_len, BYTES_AN_ENTITY));
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
    const galley_status status = names_settle(analysis);
    if (status != GALLEY_OK) {
        return status;
    }
    pronouns_begin(analysis);
    return !analysis->resolves_quoted && pronouns_agree(analysis) ? GALLEY_OK
                                                                  : analysis_resolve(analysis);
}

galley_status analysis_resolve(struct analysis *analysis) {
    if (analysis->is_resolved) {
        return GALLEY_OK;
    }
    analysis->is_resolved = true;
    return pronouns_resolve(analysis);
}

galley_status analysis_attribute(struct analysis *analysis) {
    const galley_status status = analysis_resolve(analysis);
    if (status == GALLEY_OK && !analysis->is_attributed) {
        speakers_attribute(analysis);
        analysis->is_attributed = true;
    }
    return status;
}
