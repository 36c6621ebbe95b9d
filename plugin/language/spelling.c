/*
 * Spelling. See spelling.h.
 */
#include "language/spelling.h"

struct spelling {
    const struct memory *memory;
    const struct pack *pack;
    uint16_t standard;
};

galley_status spelling_create(const struct memory *memory, const struct pack *pack,
                              const char *language, const char *word_lists,
                              struct spelling **spelling, galley_error *error) {
    (void)word_lists;
    (void)error;
    struct spelling *made = memory_allocate(memory, sizeof *made);
    if (made == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    *made = (struct spelling){memory, pack, pack_standard(pack, language)};
    *spelling = made;
    return GALLEY_OK;
}

void spelling_destroy(struct spelling *spelling) {
    if (spelling != NULL) {
        memory_free(spelling->memory, spelling);
    }
}

bool spelling_is_user_word(const struct spelling *spelling, const char *word, size_t len) {
    (void)spelling;
    (void)word;
    (void)len;
    return false;
}

uint16_t spelling_standard(const struct spelling *spelling) {
    return spelling->standard;
}
