#include "language/foreign.h"
#include "base/hash.h"

#include "text/utf8.h"

#include <math.h>

enum { BOUNDARY = 1, COST_STEPS = 16 };

/* The natural logarithm of a probability, from a Zipf value × 25. */
static const float LN_PER_STEP = 0.09210340371976183F; /* ln 10 / 25 */
static const float LN_OF_ZERO = -20.72326583694641F;   /* 9 ln 10: Zipf counts in 10^9 words */

/* A word that the pack only knows from counts, somebody's slip or another language, costs so much
 * more than they say. */
static const float NOT_LOWER = 2.3F;

/* ---- the section ---- */

/* Takes the next array out of the section; NULL when it is not there whole. */
static const void *take(galley_string section, size_t *at, size_t n, size_t size) {
    *at = (*at + 7) & ~(size_t)7;
    if (*at > section.len || n > (section.len - *at) / size) {
        return NULL;
    }
    const void *array = section.data + *at;
    *at += n * size;
    return array;
}

static bool is_power_of_two(uint32_t n) {
    return n != 0 && (n & (n - 1)) == 0;
}

static bool head_is_right(const struct foreign_head *head, const struct pack *pack) {
    if (head->n_languages == 0 || head->n_languages > FOREIGN_LANGUAGES ||
        head->n_scripts > FOREIGN_SCRIPTS || head->n_symbols > FOREIGN_SYMBOLS - 2 ||
        head->n_forms != pack_n_forms(pack) || !is_power_of_two(head->n_places) ||
        head->n_places < 2 || !is_power_of_two(head->n_trigrams) ||
        !is_power_of_two(head->n_phrases)) {
        return false;
    }
    for (size_t i = 0; i < FOREIGN_LANGUAGES + FOREIGN_SCRIPTS; i++) {
        if (memchr(head->tags[i], '\0', sizeof head->tags[i]) == NULL) {
            return false;
        }
    }
    return true;
}

bool foreign_open(struct foreign *foreign, const struct pack *pack) {
    *foreign = (struct foreign){.pack = pack};
    const galley_string section = pack_section(pack, "foreign");
    size_t at = 0;
    const struct foreign_head *head = take(section, &at, 1, sizeof *head);
    if (section.len == 0 || head == NULL || !head_is_right(head, pack) ||
        unlisted_open(pack, &foreign->unlisted, NULL) != GALLEY_OK) {
        return false;
    }
    const size_t n_bits = ((size_t)head->n_forms + 63) / 64;
    foreign->symbols = take(section, &at, head->n_symbols, sizeof *foreign->symbols);
    foreign->places = take(section, &at, (size_t)head->n_places + 1, sizeof *foreign->places);
    foreign->checks = take(section, &at, head->n_entries, sizeof *foreign->checks);
    foreign->entries = take(section, &at, head->n_entries, sizeof *foreign->entries);
    foreign->trigrams = take(section, &at, head->n_trigrams, sizeof *foreign->trigrams);
    foreign->rows = take(section, &at, head->n_rows, head->n_languages + 1);
    foreign->phrases = take(section, &at, head->n_phrases, sizeof *foreign->phrases);
    foreign->seeds = take(section, &at, n_bits, sizeof *foreign->seeds);
    foreign->possible = take(section, &at, n_bits, sizeof *foreign->possible);
    foreign->phrased = take(section, &at, n_bits, sizeof *foreign->phrased);
    foreign->texts = take(section, &at, head->text_len, 1);
    if (foreign->symbols == NULL || foreign->places == NULL || foreign->checks == NULL ||
        foreign->entries == NULL || foreign->trigrams == NULL || foreign->rows == NULL ||
        foreign->phrases == NULL || foreign->seeds == NULL || foreign->possible == NULL ||
        foreign->texts == NULL || head->text_len == 0 ||
        foreign->texts[head->text_len - 1] != '\0') {
        return false;
    }
    foreign->head = head;
    return true;
}

/* ---- words ---- */

size_t foreign_fold(const char *word, size_t len, char folded[LIMIT_WORD_LEN + 8], uint64_t *hash) {
    struct pack_key key;
    if (!pack_key_make(&key, word, len)) {
        return 0;
    }
    const size_t padded = key.n_chunks * sizeof key.chunks[0];
    memcpy(folded, key.chunks, padded);
    folded[padded] = '\0';
    *hash = key.hash;
    return strlen(folded);
}

static uint8_t symbol_of(const uint16_t *symbols, uint32_t n_symbols, uint32_t code_point) {
    uint32_t low = 0;
    uint32_t high = n_symbols;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (symbols[middle] < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n_symbols && symbols[low] == code_point ? (uint8_t)(low + 2) : 0;
}

size_t foreign_symbols(const uint16_t *symbols, uint32_t n_symbols, const char *folded, size_t len,
                       uint8_t out[FOREIGN_WORD_SYMBOLS]) {
    size_t n = 0;
    out[n++] = BOUNDARY;
    out[n++] = BOUNDARY;
    for (size_t at = 0; at < len && n + 1 < FOREIGN_WORD_SYMBOLS;) {
        out[n++] = symbol_of(symbols, n_symbols, utf8_next(folded, &at));
    }
    out[n++] = BOUNDARY;
    return n;
}

/* The costs of three symbols in every language; NULL when the model has none. */
static const uint8_t *find_row(const struct foreign *foreign, uint8_t a, uint8_t b, uint8_t c) {
    const uint32_t mask = foreign->head->n_trigrams - 1;
    uint32_t at = foreign_trigram_place(a, b, c) & mask;
    /* A damaged table may have no free place: no more steps than places. */
    for (uint32_t steps = 0; steps <= mask; steps++) {
        const struct foreign_trigram *trigram = &foreign->trigrams[at];
        if (trigram->used == 0) {
            return NULL;
        }
        if (trigram->symbols[0] == a && trigram->symbols[1] == b && trigram->symbols[2] == c) {
            return trigram->row < foreign->head->n_rows
                       ? foreign->rows + (size_t)trigram->row * (foreign->head->n_languages + 1)
                       : NULL;
        }
        at = (at + 1) & mask;
    }
    return NULL;
}

static void add_costs(uint32_t sums[FOREIGN_ROW], const uint8_t *row, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        sums[i] += row[i];
    }
}

/* The costs of a word's letters in every language, the pack's own behind the others. */
static void spell_costs(const struct foreign *foreign, const char *folded, size_t len,
                        uint32_t sums[FOREIGN_ROW]) {
    enum { NEVER = 12 * COST_STEPS };
    uint8_t s[FOREIGN_WORD_SYMBOLS];
    const struct foreign_head *head = foreign->head;
    const size_t n = foreign_symbols(foreign->symbols, head->n_symbols, folded, len, s);
    const uint32_t n_row = head->n_languages + 1;
    memset(sums, 0, FOREIGN_ROW * sizeof *sums);
    for (size_t i = 2; i < n; i++) {
        const uint8_t *found = find_row(foreign, s[i - 2], s[i - 1], s[i]);
        if (found == NULL) {
            const uint8_t *back = find_row(foreign, s[i - 2], s[i - 1], FOREIGN_NO_TRIGRAM);
            if (back != NULL) {
                add_costs(sums, back, n_row);
            }
            found = find_row(foreign, FOREIGN_NO_TRIGRAM, s[i - 1], s[i]);
        }
        if (found == NULL) {
            found = find_row(foreign, FOREIGN_NO_TRIGRAM, FOREIGN_NO_TRIGRAM, s[i]);
        }
        if (found != NULL) {
            add_costs(sums, found, n_row);
        } else {
            for (uint32_t k = 0; k < n_row; k++) {
                sums[k] += NEVER;
            }
        }
    }
}

static const struct foreign_entry *find_entries(const struct foreign *foreign, uint64_t hash,
                                                uint32_t *n) {
    const unsigned shift = (unsigned)__builtin_clz(foreign->head->n_places) + 33;
    const uint32_t *place = &foreign->places[hash >> shift];
    const uint32_t check = (uint32_t)hash;
    /* A damaged section may name entries that are not there. */
    const uint32_t end = place[1] < foreign->head->n_entries ? place[1] : foreign->head->n_entries;
    uint32_t first = place[0];
    while (first < end && foreign->checks[first] != check) {
        first++;
    }
    uint32_t behind = first;
    while (behind < end && foreign->checks[behind] == check) {
        behind++;
    }
    *n = behind - first;
    return *n == 0 ? NULL : foreign->entries + first;
}

bool foreign_is_listed(const struct foreign *foreign, const char *word, size_t len) {
    struct pack_key key;
    uint32_t n = 0;
    return pack_key_make(&key, word, len) && find_entries(foreign, key.hash, &n) != NULL;
}

static float ln_of_zipf(unsigned zipf) {
    return LN_OF_ZERO + LN_PER_STEP * (float)zipf;
}

/* How common the word is in the pack's own language. */
static void weigh_own(const struct foreign *foreign, const char *word, size_t len, uint32_t form,
                      struct foreign_evidence *evidence) {
    enum { RARE = 30 }; /* a word of the dictionary that no count has: Zipf 1.2 */
    evidence->is_known = form != FORM_NONE;
    if (form != FORM_NONE) {
        const struct form_facts *facts = pack_facts(foreign->pack, form);
        evidence->zipf = facts->zipf > RARE ? facts->zipf : RARE;
        evidence->is_lower = (facts->flags & FORM_LOWER) != 0;
        return;
    }
    evidence->zipf = unlisted_zipf(&foreign->unlisted, word, len);
}

void foreign_weigh(const struct foreign *foreign, const char *word, size_t len, uint32_t form,
                   struct foreign_evidence *evidence) {
    enum { COMMON = 75 }; /* Zipf 3: no model of letters makes such a word foreign */
    static const float never = -20;
    const uint32_t n = foreign->head->n_languages;
    *evidence = (struct foreign_evidence){.unknown = never};
    char folded[LIMIT_WORD_LEN + 8];
    uint64_t hash;
    const size_t folded_len = foreign_fold(word, len, folded, &hash);
    if (folded_len == 0) {
        return;
    }
    weigh_own(foreign, folded, folded_len, form, evidence);
    uint32_t costs[FOREIGN_ROW];
    const bool is_spelt = evidence->zipf < COMMON;
    if (is_spelt) {
        spell_costs(foreign, folded, folded_len, costs);
    }
    float own = ln_of_zipf(evidence->zipf);
    if (evidence->zipf == 0) {
        own = foreign->head->unlisted[n] - (float)costs[n] / COST_STEPS;
    } else if (form == FORM_NONE) {
        own -= NOT_LOWER;
    }
    float best = never;
    evidence->is_flat = !is_spelt;
    for (uint32_t i = 0; i < n && is_spelt; i++) {
        evidence->of[i] = foreign->head->unlisted[i] - (float)costs[i] / COST_STEPS - own;
    }
    for (uint32_t i = 0; i < n && !is_spelt; i++) {
        evidence->of[i] = never;
    }
    uint32_t n_entries = 0;
    const struct foreign_entry *entries = find_entries(foreign, hash, &n_entries);
    for (uint32_t i = 0; entries != NULL && i < n_entries; i++) {
        if (entries[i].language < n) {
            evidence->of[entries[i].language] = ln_of_zipf(entries[i].zipf) - own;
            evidence->listed |= UINT64_C(1) << entries[i].language;
            evidence->zipf_of[entries[i].language] = entries[i].zipf;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        best = evidence->of[i] > best ? evidence->of[i] : best;
    }
    if (evidence->zipf > 0) {
        evidence->unknown = (best < 0 ? best : 0) - 1;
    } else if (utf8_count(folded, folded_len) > 1) {
        /* How unlikely its letters are here, each. */
        const float strange =
            (float)costs[n] / COST_STEPS / (float)utf8_count(folded, folded_len) * 2 - 2.5F;
        evidence->unknown = strange > 4 ? 4 : strange < -3 ? -3 : strange;
    }
}

/* ---- phrases ---- */

uint64_t foreign_phrase_hash(const char *text, size_t len) {
    uint64_t hash = HASH_START; /* over the folded words */
    for (size_t at = 0; at < len;) {
        const char *space = memchr(text + at, ' ', len - at);
        const size_t end = space == NULL ? len : (size_t)(space - text);
        char folded[LIMIT_WORD_LEN + 8];
        uint64_t word;
        if (foreign_fold(text + at, end - at, folded, &word) == 0) {
            return 0;
        }
        hash = hash_add(hash, word);
        hash ^= hash >> 31;
        at = end + 1;
    }
    return hash | 1;
}

static const struct foreign_phrase_place *find_phrase(const struct foreign *foreign,
                                                      const char *text, size_t len) {
    const uint64_t hash = foreign_phrase_hash(text, len);
    const uint32_t mask = foreign->head->n_phrases - 1;
    uint32_t at = (uint32_t)(hash >> 1) & mask;
    for (uint32_t steps = 0; hash != 0 && steps <= mask && foreign->phrases[at].hash != 0;
         steps++) {
        if (foreign->phrases[at].hash == hash) {
            return &foreign->phrases[at];
        }
        at = (at + 1) & mask;
    }
    return NULL;
}

uint32_t foreign_phrase_kinds(const struct foreign *foreign, const char *text, size_t len) {
    const struct foreign_phrase_place *place = find_phrase(foreign, text, len);
    return place == NULL ? 0 : place->kinds;
}

uint32_t foreign_word_kinds(const struct foreign *foreign, const char *word, size_t len,
                            uint32_t form) {
    return form == FORM_NONE || foreign_has_bit(foreign->phrased, form)
               ? foreign_phrase_kinds(foreign, word, len)
               : 0;
}

const char *foreign_abbreviation(const struct foreign *foreign, const char *text, size_t len,
                                 size_t *language) {
    const struct foreign_phrase_place *place = find_phrase(foreign, text, len);
    if (place == NULL || (place->kinds & FOREIGN_ABBREVIATION) == 0 ||
        place->text >> 8 >= foreign->head->text_len ||
        (place->text & 0xFF) >= FOREIGN_LANGUAGES + FOREIGN_SCRIPTS) {
        return NULL;
    }
    *language = place->text & 0xFF;
    return foreign->texts + (place->text >> 8);
}

size_t foreign_guess(const struct foreign *foreign, const char *const *words, const size_t *lens,
                     size_t n_words, const char *usual) {
    unsigned sums[256] = {0};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n_words; i++) {
        char folded[LIMIT_WORD_LEN + 8];
        uint64_t hash;
        uint32_t n = 0;
        const struct foreign_entry *entries = foreign_fold(words[i], lens[i], folded, &hash) == 0
                                                  ? NULL
                                                  : find_entries(foreign, hash, &n);
        for (uint32_t k = 0; entries != NULL && k < n; k++) {
            const uint8_t language = entries[k].language;
            sums[language] += entries[k].zipf;
            if (language < FOREIGN_LANGUAGES + FOREIGN_SCRIPTS &&
                (best == SIZE_MAX || sums[language] > sums[best])) {
                best = language;
            }
        }
    }
    for (size_t i = 0; best != SIZE_MAX && i < FOREIGN_LANGUAGES + FOREIGN_SCRIPTS; i++) {
        if (strcmp(foreign->head->tags[i], usual) == 0 && sums[i] * 10 >= sums[best] * 9) {
            return i;
        }
    }
    return best;
}
