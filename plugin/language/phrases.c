#include "language/phrases.h"

void phrases_open(struct phrases *phrases, const struct pack *pack) {
    *phrases = (struct phrases){NULL, NULL, NULL};
    const galley_string section = pack_section(pack, "phrases");
    const void *bytes = section.data;
    const struct phrases_head *head = bytes;
    if (section.len < sizeof *head || head->n_places == 0 ||
        (head->n_places & (head->n_places - 1)) != 0) {
        return;
    }
    const uint64_t places_len = (uint64_t)head->n_places * sizeof *phrases->places;
    if (section.len != sizeof *head + places_len + head->text_len || head->text_len < 2 ||
        section.data[section.len - 1] != '\0' || section.data[section.len - 2] != '\0') {
        return;
    }
    const void *places = section.data + sizeof *head;
    *phrases = (struct phrases){head, places, section.data + sizeof *head + places_len};
}

uint64_t phrase_hash_step(uint64_t hash, const char *word, size_t len) {
    struct pack_key key;
    if (!pack_key_make(&key, word, len)) {
        return 1;
    }
    hash = (hash ^ key.hash) * UINT64_C(0x9E3779B97F4A7C15);
    return (hash ^ hash >> 29) | 1;
}

const struct phrase_place *phrases_find(const struct phrases *phrases, uint64_t hash) {
    const uint32_t mask = phrases->head->n_places - 1;
    uint32_t at = (uint32_t)(hash >> 8) & mask;
    /* A damaged table may have no free place: no more steps than places. */
    for (uint32_t steps = 0; steps <= mask && phrases->places[at].hash != 0; steps++) {
        if (phrases->places[at].hash == hash) {
            return phrases->places[at].text < phrases->head->text_len ? &phrases->places[at] : NULL;
        }
        at = (at + 1) & mask;
    }
    return NULL;
}
