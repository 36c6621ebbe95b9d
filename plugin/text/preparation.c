/*
 * A unit's three phases. Tokens are found in one pass over the text; sentences and quotations look
 * at the few tokens that can bound them and at nothing else.
 */
#include "text/preparation.h"

#include "base/limits.h"

void preparation_init(struct preparation *preparation, const struct memory *memory,
                      const struct pack *pack) {
    *preparation =
        (struct preparation){.memory = memory,
                             .pack = pack,
                             .table = pack == NULL ? NULL : pack_table(pack),
                             .n_lower_forms = pack == NULL ? 0 : pack_n_lower_forms(pack)};
}

void preparation_finish(struct preparation *preparation) {
    const struct memory *memory = preparation->memory;
    memory_free(memory, preparation->tokens);
    memory_free(memory, preparation->sentences);
    memory_free(memory, preparation->quotations);
    memory_free(memory, preparation->unknown);
    memory_free(memory, preparation->marks);
    memory_free(memory, preparation->stops);
    memory_free(memory, preparation->bitmap_block);
    memory_free(memory, preparation->recent);
    memory_free(memory, preparation->noted);
    memory_free(memory, preparation->capitals);
    memory_free(memory, preparation->compounds);
    preparation_init(preparation, memory, preparation->pack);
}

galley_status preparation_run(struct preparation *preparation, struct unit *unit) {
    if (unit->len > LIMIT_UNIT_LEN) {
        return GALLEY_ERROR_LIMIT;
    }
    galley_status status = preparation_find_tokens(preparation, unit);
    if (status == GALLEY_OK) {
        status = preparation_find_sentences(preparation, unit);
    }
    if (status == GALLEY_OK) {
        status = preparation_find_quotations(preparation, unit);
    }
    if (status != GALLEY_OK) {
        return status;
    }
    unit->tokens = preparation->tokens;
    unit->n_tokens = preparation->n_tokens;
    unit->sentences = preparation->sentences;
    unit->n_sentences = preparation->n_sentences;
    unit->quotations = preparation->quotations;
    unit->n_quotations = preparation->n_quotations;
    unit->unknown = preparation->unknown;
    unit->n_unknown = preparation->n_unknown;
    unit->marks = preparation->marks;
    unit->n_marks = preparation->n_marks;
    unit->noted = preparation->noted;
    unit->n_noted = preparation->n_noted;
    unit->capitals = preparation->capitals;
    unit->n_capitals = preparation->n_capitals;
    unit->compounds = preparation->compounds;
    unit->n_compounds = preparation->n_compounds;
    unit->odd = preparation->bitmaps.odd;
    unit->n_words = preparation->n_words;
    unit->signs = preparation->signs;
    unit->flags = preparation->flags;
    return GALLEY_OK;
}
