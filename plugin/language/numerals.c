/*
 * Reading the section "numerals".
 */
#include "language/numerals.h"

#include <string.h>

bool numerals_open(struct numerals *numerals, const struct pack *pack) {
    const galley_string section = pack_section(pack, "numerals");
    *numerals = (struct numerals){.head = NULL};
    const struct numerals_head *head = (const void *)section.data;
    if (section.len < sizeof *head || head->n_languages > NUMERAL_LANGUAGES_MAX ||
        head->n_units > NUMERAL_UNITS_MAX || head->n_places == 0 ||
        (head->n_places & (head->n_places - 1)) != 0 ||
        section.len != sizeof *head + (uint64_t)head->n_places * sizeof *numerals->places) {
        return false;
    }
    numerals->head = head;
    numerals->places = (const void *)(head + 1);
    return true;
}

unsigned numerals_language(const struct numerals *numerals, const char *tag) {
    const size_t len = strcspn(tag, "-_");
    char folded[sizeof numerals->head->languages[0].tag] = "";
    if (numerals->head == NULL || len == 0 || len >= sizeof folded) {
        return NUMERAL_NO_LANGUAGE;
    }
    for (size_t i = 0; i < len; i++) {
        folded[i] = tag[i] >= 'A' && tag[i] <= 'Z' ? (char)(tag[i] - 'A' + 'a') : tag[i];
    }
    for (unsigned i = 0; i < numerals->head->n_languages; i++) {
        if (strncmp(numerals->head->languages[i].tag, folded, sizeof folded) == 0) {
            return i;
        }
    }
    return NUMERAL_NO_LANGUAGE;
}

bool numerals_find(const struct numerals *numerals, unsigned language, const char *word, size_t len,
                   struct numeral *numeral) {
    numeral->kinds = 0;
    struct pack_key key;
    if (numerals->head == NULL || language >= numerals->head->n_languages ||
        !pack_key_make(&key, word, len)) {
        return false;
    }
    const uint64_t hash = numeral_hash(key.hash, language);
    const uint32_t bit = numeral_filter_bit(hash);
    if ((numerals->head->filter[bit / 64] >> bit % 64 & 1) == 0) {
        return false;
    }
    const uint32_t mask = numerals->head->n_places - 1;
    uint32_t at = (uint32_t)(hash >> 8) & mask;
    for (uint32_t steps = 0; steps <= mask && numerals->places[at].hash != 0; steps++) {
        const struct numeral_place *place = &numerals->places[at];
        if (place->hash == hash && place->kind < NUMERAL_KINDS) {
            numeral->kinds |= UINT32_C(1) << place->kind;
            numeral->values[place->kind] = place->value;
        }
        at = (at + 1) & mask;
    }
    return numeral->kinds != 0;
}
