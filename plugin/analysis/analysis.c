/*
 * The order of the analysis: each unit's mentions while its tokens are at hand, then, once for the
 * document, pronouns and speakers.
 */
#include "analysis/analysis.h"

#include "analysis/rooms.h"

#include <string.h>

enum {
    BYTES_A_MENTION = 48,       /* of news: there is one in so many */
    MENTIONS_AT_ONCE = 1 << 18, /* that room is taken for; where there are more, it grows */
    MENTIONS_FEWEST = 16
};

static bool reserve_mentions(struct analysis *analysis, size_t text_len) {
    const size_t likely = text_len / BYTES_A_MENTION + MENTIONS_FEWEST;
    const size_t wanted = likely < MENTIONS_AT_ONCE ? likely : MENTIONS_AT_ONCE;
    analysis->mentions = arena_allocate(analysis->arena, wanted * sizeof *analysis->mentions);
    analysis->mention_capacity = wanted;
    return analysis->mentions != NULL;
}

galley_status analysis_create(struct arena *arena, const struct pack *pack, size_t text_len,
                              struct analysis **analysis) {
    struct analysis *made = arena_allocate_zeroed(arena, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    made->arena = arena;
    made->pack = pack;
    if (!reserve_mentions(made, text_len)) {
        return GALLEY_ERROR_MEMORY;
    }
    made->particles = mentions_list(pack_setting(pack, "name-particles"));
    made->suffixes = mentions_list(pack_setting(pack, "name-suffixes"));
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
    return pronouns_resolve(analysis);
}

void analysis_attribute(struct analysis *analysis) {
    if (!analysis->is_attributed) {
        speakers_attribute(analysis);
        analysis->is_attributed = true;
    }
}
