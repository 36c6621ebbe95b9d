/*
 * Collecting forms: a hash table from keys to drafts, and which capitals a word is written in.
 */
#include "language/pack_compiler.h"
#include "text/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

enum { FIRST_SLOTS = 1 << 16 };

static bool grow_slots(struct drafts *drafts) {
    const struct memory *memory = drafts->arena->memory;
    const size_t n_slots = drafts->n_slots == 0 ? FIRST_SLOTS : drafts->n_slots * 2;
    uint32_t *slots = memory_allocate(memory, n_slots * sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0, n_slots * sizeof *slots);
    for (size_t i = 0; i < drafts->n; i++) {
        size_t at = drafts->items[i].hash & (n_slots - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (n_slots - 1);
        }
        slots[at] = (uint32_t)i + 1;
    }
    memory_free(memory, drafts->slots);
    drafts->slots = slots;
    drafts->n_slots = n_slots;
    return true;
}

/* The slot of the key, or the free one where it belongs. */
static uint32_t *find_slot(const struct drafts *drafts, const struct pack_key *key) {
    size_t at = key->hash & (drafts->n_slots - 1);
    for (;; at = (at + 1) & (drafts->n_slots - 1)) {
        uint32_t *slot = &drafts->slots[at];
        if (*slot == 0) {
            return slot;
        }
        const struct draft *draft = &drafts->items[*slot - 1];
        if (draft->hash == key->hash && draft->n_chunks == key->n_chunks &&
            memcmp(draft->chunks, key->chunks, 8 * key->n_chunks) == 0) {
            return slot;
        }
    }
}

struct draft *drafts_find(const struct drafts *drafts, const char *word) {
    struct pack_key key;
    if (drafts->n_slots == 0 || !pack_key_make(&key, word, strlen(word))) {
        return NULL;
    }
    const uint32_t *slot = find_slot(drafts, &key);
    return *slot == 0 ? NULL : &drafts->items[*slot - 1];
}

struct draft *drafts_add(struct drafts *drafts, const char *word, bool *is_word) {
    struct pack_key key;
    *is_word = strpbrk(word, " \t") == NULL && pack_key_make(&key, word, strlen(word));
    if (!*is_word) {
        return NULL;
    }
    if ((drafts->n + 1) * 2 > drafts->n_slots && !grow_slots(drafts)) {
        return NULL;
    }
    uint32_t *slot = find_slot(drafts, &key);
    if (*slot != 0) {
        return &drafts->items[*slot - 1];
    }
    uint64_t *chunks = arena_allocate(drafts->arena, 8 * key.n_chunks);
    if (chunks == NULL || !memory_grow(drafts->arena->memory, &drafts->items, &drafts->capacity,
                                       sizeof *drafts->items, drafts->n + 1)) {
        return NULL;
    }
    memcpy(chunks, key.chunks, 8 * key.n_chunks);
    drafts->items[drafts->n] =
        (struct draft){.hash = key.hash, .chunks = chunks, .n_chunks = (uint32_t)key.n_chunks};
    drafts->n++;
    *slot = (uint32_t)drafts->n;
    return &drafts->items[drafts->n - 1];
}

/* Which flag the word's capitals are: of its cased letters, the first, the others, all. */
static enum form_flag capitals_flag(const char *word) {
    size_t n_upper = 0;
    size_t n_lower = 0;
    bool first_upper = false;
    for (size_t at = 0; word[at] != '\0';) {
        const uint32_t code_point = utf8_next(word, &at);
        const bool upper = u_isUUppercase((UChar32)code_point) || u_istitle((UChar32)code_point);
        first_upper |= upper && n_upper + n_lower == 0;
        n_upper += upper;
        n_lower += !upper && u_isULowercase((UChar32)code_point);
    }
    if (n_upper == 0) {
        return FORM_LOWER;
    }
    if (n_lower == 0 && n_upper > 1) {
        return FORM_UPPER;
    }
    return first_upper && n_upper == 1 ? FORM_TITLE : FORM_MIXED;
}

struct draft *drafts_add_spelling(struct drafts *drafts, const char *word, bool *is_word) {
    struct draft *draft = drafts_add(drafts, word, is_word);
    if (draft == NULL) {
        return NULL;
    }
    const enum form_flag flag = capitals_flag(word);
    draft->facts.flags |= (uint16_t)flag;
    const char **text = flag == FORM_TITLE   ? &draft->title
                        : flag == FORM_UPPER ? &draft->upper
                        : flag == FORM_MIXED ? &draft->mixed
                                             : &draft->lower;
    const size_t len = strlen(word);
    const bool is_key =
        flag == FORM_LOWER && len <= 8 * draft->n_chunks && memcmp(word, draft->chunks, len) == 0;
    if (*text == NULL && !is_key) {
        const galley_string copy = arena_copy(drafts->arena, word, len);
        if (copy.data == NULL) {
            return NULL;
        }
        *text = copy.data;
    }
    return draft;
}

void drafts_finish(struct drafts *drafts) {
    memory_free(drafts->arena->memory, drafts->items);
    memory_free(drafts->arena->memory, drafts->slots);
    *drafts = (struct drafts){.arena = drafts->arena};
}
