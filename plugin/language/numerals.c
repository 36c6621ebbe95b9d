/*
 * Reading the section "numerals".
 */
#include "language/numerals.h"

#include "text/utf8.h"

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

static enum numeral_script script_of(uint32_t c) {
    return c < 0x3041                    ? SCRIPT_OTHER
           : c <= 0x309F                 ? SCRIPT_HIRAGANA
           : c >= 0x30A1 && c <= 0x30FF  ? SCRIPT_KATAKANA
           : c >= 0x3400 && c <= 0x9FFF  ? SCRIPT_HAN
           : c >= 0x20000 && c < 0x40000 ? SCRIPT_HAN
                                         : SCRIPT_OTHER;
}

double numerals_length(const struct numerals *numerals, unsigned language, const char *text,
                       size_t len) {
    const uint16_t *weights = numerals->head == NULL || language >= numerals->head->n_languages
                                  ? NULL
                                  : numerals->head->languages[language].weights;
    if (weights == NULL || weights[SCRIPT_OTHER] == 0) {
        return (double)utf8_count(text, len);
    }
    uint64_t sum = 0;
    for (size_t at = 0; at < len;) {
        sum += weights[script_of(utf8_next(text, &at))];
    }
    return (double)sum / 100;
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
