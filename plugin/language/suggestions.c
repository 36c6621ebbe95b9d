/*
 * Slips of the keyboard: the words that one slip may have made a wrong word of.
 *
 * Every slip of one letter (F. J. Damerau, "A technique for computer detection and correction of
 * spelling errors", CACM 7, 1964) is undone and looked up in the pack's hash. The cost of a
 * candidate is that of the slip plus what the word's rarity says, after M. Kernighan, K. Church and
 * W. Gale, "A spelling correction program based on a noisy channel model", COLING 1990. The letters
 * and the keyboard are the pack's.
 */
#include "language/pack_table.h"
#include "language/spelling_words.h"

#include <string.h>

/* Bytes of a word that is searched for slips, so that the work is bounded. */
enum { LONGEST_SLIP = 40 };

/* How much rarer than the commonest slip, as natural logarithms; measured on slips that were
 * planted in news (bench/suggestions.py). */
static const float cost_double = 0.0F;       /* a letter typed twice */
static const float cost_swap = 0.3F;         /* two letters swapped */
static const float cost_missing = 0.7F;      /* a letter lost */
static const float cost_missing_twin = 0.2F; /* one of a double letter lost */
static const float cost_near_key = 0.9F;     /* a neighbouring key */
static const float cost_added = 1.6F;        /* any other letter too many */
static const float cost_other_letter = 2.4F; /* any other letter for it */
static const float cost_first_letter = 1.6F; /* the first letter is seldom the wrong one */
static const float cost_capital = 2.0F;      /* the word is right only with capitals */
static const float cost_standard = 3.0F;     /* it belongs to the other spelling standard */
static const float cost_of_rarity = 1.1F;    /* for each power of ten */

/* A suggestion before it is known whether somebody wants to read it: texts are far from the cache.
 */
struct found {
    float cost, slip;
    uint32_t form;
};

enum { FOUND_MAX = 16 };

struct search {
    const struct spelling *spelling;
    const char *word; /* in small letters */
    size_t len;
    struct found found[FOUND_MAX];
    size_t n_found, n_max;
    float so_far; /* cost of a slip that was undone before */
};

/* Puts a candidate in its place among those found; one that another slip found stays once. */
static void keep(struct search *search, const struct found *candidate) {
    size_t end = search->n_found;
    for (size_t i = 0; i < search->n_found; i++) {
        if (search->found[i].form == candidate->form) {
            if (search->found[i].cost <= candidate->cost) {
                return;
            }
            end = i;
            break;
        }
    }
    if (end == search->n_found) {
        if (search->n_found < search->n_max) {
            search->n_found++;
        } else if (search->found[end - 1].cost <= candidate->cost) {
            return;
        } else {
            end--;
        }
    }
    while (end > 0 && search->found[end - 1].cost > candidate->cost) {
        search->found[end] = search->found[end - 1];
        end--;
    }
    search->found[end] = *candidate;
}

/* A word of `len` bytes that the pack has may be what was meant. */
static void consider(struct search *search, uint32_t form, size_t len, float last_slip) {
    const struct spelling *spelling = search->spelling;
    const float slip = search->so_far + last_slip;
    const struct form_facts *facts = pack_facts(spelling->pack, form);
    if ((facts->hints & HINT_NO_SUGGESTION) != 0 || (len == 1 && facts->classes == 0)) {
        return;
    }
    const uint16_t standards = facts->flags & (FORM_VARIANT_A | FORM_VARIANT_B);
    const bool other_standard =
        spelling->standard != 0 && standards != 0 && (standards & spelling->standard) == 0;
    float cost = slip + cost_of_rarity * (8.0F - (float)facts->zipf / 25.0F);
    cost += other_standard ? cost_standard : 0;
    const bool is_lower = (facts->flags & FORM_LOWER) != 0;
    cost += is_lower ? 0 : cost_capital;
    if (search->n_found == search->n_max && search->found[search->n_max - 1].cost <= cost) {
        return;
    }
    keep(search, &(struct found){.cost = cost, .slip = slip, .form = form});
}

static void try_word(struct search *search, const char *text, size_t len, float slip) {
    const uint32_t form = pack_find(search->spelling->pack, text, len);
    if (form != FORM_NONE) {
        consider(search, form, len, slip);
    }
}

/* ---- many words at once ---- */

enum { BATCH = 64, KEY_BYTES = 16 };

/* Words of the same length that are looked up when their cache lines have come. */
struct batch {
    struct search *search;
    const struct pack_table *table;
    size_t word_len;
    uint64_t hashes[BATCH];
    float slips[BATCH];
    size_t n;
};

static void try_batch(struct batch *batch) {
    for (size_t i = 0; i < batch->n; i++) {
        const uint32_t form = pack_table_find(batch->table, batch->hashes[i]).form;
        if (form != FORM_NONE) {
            consider(batch->search, form, batch->word_len, batch->slips[i]);
        }
    }
    batch->n = 0;
}

static inline void add_hash(struct batch *batch, uint64_t hash, float slip) {
    pack_table_prefetch(batch->table, hash);
    batch->hashes[batch->n] = hash;
    batch->slips[batch->n] = slip;
    batch->n++;
    if (batch->n == BATCH) {
        try_batch(batch);
    }
}

static void add_word(struct batch *batch, const char *text, float slip) {
    struct pack_key key;
    if (pack_key_make(&key, text, batch->word_len)) {
        add_hash(batch, key.hash, slip);
    }
}

static struct batch batch_of(struct search *search, size_t word_len) {
    struct batch batch;
    batch.search = search;
    batch.table = pack_table(search->spelling->pack);
    batch.word_len = word_len;
    batch.n = 0;
    return batch;
}

/* The key (pack_hash.h) of up to sixteen ASCII bytes of which one is exchanged. */
struct open_key {
    uint64_t chunks[2]; /* with zeroes in the open byte */
    unsigned chunk, shift;
};

static struct open_key open_key_make(const char text[KEY_BYTES], size_t open) {
    struct open_key key = {.chunk = (unsigned)(open / 8), .shift = (unsigned)(open % 8) * 8};
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key.shift = 56 - key.shift;
#endif
    memcpy(key.chunks, text, sizeof key.chunks);
    key.chunks[key.chunk] &= ~(UINT64_C(0xFF) << key.shift);
    return key;
}

/* The hash with `letter` in the open byte. */
static inline uint64_t open_key_hash(const struct open_key *key, char letter) {
    const uint64_t filled = key->chunks[key->chunk] | (uint64_t)(unsigned char)letter << key->shift;
    return key->chunk == 0 ? pack_hash_pair(filled, key->chunks[1])
                           : pack_hash_pair(key->chunks[0], filled);
}

/* ---- the keyboard ---- */

enum { NEIGHBOURS_MAX = 8 };

struct neighbours {
    char keys[NEIGHBOURS_MAX];
    size_t n;
};

/* The keys beside `key` in a row. */
static struct neighbours neighbours_of(const struct search *search, char key) {
    const galley_string rows = search->spelling->keyboard;
    struct neighbours neighbours = {.n = 0};
    for (size_t i = 0; i < rows.len && neighbours.n + 2 <= NEIGHBOURS_MAX; i++) {
        if (rows.data[i] == key && i > 0 && rows.data[i - 1] != ' ') {
            neighbours.keys[neighbours.n++] = rows.data[i - 1];
        }
        if (rows.data[i] == key && i + 1 < rows.len && rows.data[i + 1] != ' ') {
            neighbours.keys[neighbours.n++] = rows.data[i + 1];
        }
    }
    return neighbours;
}

static bool is_near(const struct neighbours *neighbours, char key) {
    for (size_t i = 0; i < neighbours->n; i++) {
        if (neighbours->keys[i] == key) {
            return true;
        }
    }
    return false;
}

/* ---- slips ---- */

static float first_letter(size_t at) {
    return at == 0 ? cost_first_letter : 0;
}

static void try_swaps(struct search *search) {
    struct batch batch = batch_of(search, search->len);
    char text[LONGEST_SLIP];
    memcpy(text, search->word, search->len);
    for (size_t i = 0; i + 1 < search->len; i++) {
        if (text[i] == text[i + 1]) {
            continue;
        }
        const char kept = text[i];
        text[i] = text[i + 1];
        text[i + 1] = kept;
        add_word(&batch, text, cost_swap + first_letter(i));
        text[i + 1] = text[i];
        text[i] = kept;
    }
    try_batch(&batch);
}

/* Undoes a letter too many. */
static void try_letters_less(struct search *search) {
    struct batch batch = batch_of(search, search->len - 1);
    char text[LONGEST_SLIP];
    for (size_t i = 0; i < search->len; i++) {
        if (i > 0 && search->word[i] == search->word[i - 1]) {
            continue; /* the same word as without the letter before */
        }
        memcpy(text, search->word, i);
        memcpy(text + i, search->word + i + 1, search->len - i - 1);
        const bool doubled = i + 1 < search->len && search->word[i] == search->word[i + 1];
        add_word(&batch, text, doubled ? cost_double : cost_added + first_letter(i));
    }
    try_batch(&batch);
}

/* Undoes a lost letter. */
static void try_letters_more(struct search *search) {
    const galley_string letters = search->spelling->letters;
    const size_t len = search->len;
    struct batch batch = batch_of(search, len + 1);
    char text[LONGEST_SLIP + 1] = {0};
    for (size_t i = 0; i <= len; i++) {
        memcpy(text, search->word, i);
        memcpy(text + i + 1, search->word + i, len - i);
        const struct open_key key = open_key_make(text, i < KEY_BYTES ? i : 0);
        for (size_t k = 0; k < letters.len; k++) {
            const char letter = letters.data[k];
            if (i > 0 && search->word[i - 1] == letter) {
                continue; /* the same word as with the letter before */
            }
            const bool is_twin = i < len && search->word[i] == letter;
            const float slip = is_twin ? cost_missing_twin : cost_missing + first_letter(i);
            if (len < KEY_BYTES) {
                add_hash(&batch, open_key_hash(&key, letter), slip);
            } else {
                text[i] = letter;
                add_word(&batch, text, slip);
            }
        }
    }
    try_batch(&batch);
}

static void try_other_letters(struct search *search) {
    const galley_string letters = search->spelling->letters;
    const size_t len = search->len;
    struct batch batch = batch_of(search, len);
    char text[LONGEST_SLIP] = {0};
    memcpy(text, search->word, len);
    for (size_t i = 0; i < len; i++) {
        const struct open_key key = open_key_make(text, i < KEY_BYTES ? i : 0);
        const struct neighbours neighbours = neighbours_of(search, search->word[i]);
        for (size_t k = 0; k < letters.len; k++) {
            const char letter = letters.data[k];
            if (letter == search->word[i]) {
                continue;
            }
            const float slip = (is_near(&neighbours, letter) ? cost_near_key : cost_other_letter) +
                               first_letter(i);
            if (len <= KEY_BYTES) {
                add_hash(&batch, open_key_hash(&key, letter), slip);
            } else {
                text[i] = letter;
                add_word(&batch, text, slip);
            }
        }
        text[i] = search->word[i];
    }
    try_batch(&batch);
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Hands over what was found. */
static size_t take_found(const struct search *search, struct suggestion *suggestions) {
    for (size_t i = 0; i < search->n_found; i++) {
        const struct found *found = &search->found[i];
        suggestions[i].text[0] = '\0';
        suggestions[i].len = 0;
        suggestions[i].cost = found->cost;
        suggestions[i].slip = found->slip;
        suggestions[i].form = found->form;
    }
    return search->n_found;
}

void spelling_write_texts(const struct spelling *spelling, const char *word, size_t len,
                          struct suggestion *suggestions, size_t n) {
    const bool first = word[0] >= 'A' && word[0] <= 'Z';
    const bool all = first && len > 1 && word[len - 1] >= 'A' && word[len - 1] <= 'Z';
    for (size_t i = 0; i < n; i++) {
        struct suggestion *suggestion = &suggestions[i];
        const galley_string usual = pack_form_text(spelling->pack, suggestion->form);
        suggestion->len =
            usual.len < sizeof suggestion->text ? usual.len : sizeof suggestion->text - 1;
        memcpy(suggestion->text, usual.data, suggestion->len);
        suggestion->text[suggestion->len] = '\0';
        for (size_t k = 0; first && k < (all ? suggestion->len : 1); k++) {
            suggestion->text[k] = upper(suggestion->text[k]);
        }
    }
}

/* Writes the word in small letters. False where slips cannot be undone letter by letter, as some
 * have several bytes. */
static bool lower_letters(char small[LONGEST_SLIP], const char *word, size_t len) {
    if (len < 2 || len > LONGEST_SLIP) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)word[i] >= 0x80) {
            return false;
        }
        small[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] - 'A' + 'a') : word[i];
    }
    return true;
}

static struct search search_of(const struct spelling *spelling, const char *small, size_t len,
                               size_t n_max) {
    return (struct search){.spelling = spelling,
                           .word = small,
                           .len = len,
                           .n_max = n_max < FOUND_MAX ? n_max : FOUND_MAX};
}

size_t spelling_suggest(const struct spelling *spelling, const char *word, size_t len,
                        struct suggestion *suggestions, size_t n_max) {
    char small[LONGEST_SLIP];
    if (n_max == 0 || !lower_letters(small, word, len)) {
        return 0;
    }
    struct search search = search_of(spelling, small, len, n_max);
    try_swaps(&search);
    try_letters_less(&search);
    try_letters_more(&search);
    try_other_letters(&search);
    return take_found(&search, suggestions);
}

/* Undoes a key hit beside the right one. */
static void try_near_keys(struct search *search) {
    struct batch batch = batch_of(search, search->len);
    char text[LONGEST_SLIP + 1];
    memcpy(text, search->word, search->len);
    for (size_t i = 1; i < search->len; i++) {
        const struct neighbours neighbours = neighbours_of(search, search->word[i]);
        for (size_t k = 0; k < neighbours.n; k++) {
            text[i] = neighbours.keys[k];
            add_word(&batch, text, cost_near_key);
        }
        text[i] = search->word[i];
    }
    try_batch(&batch);
}

/* Undoes the second slip, in what undoing a first one left; never in the first letter. `lost` says
 * that the second may be a letter lost. */
static void try_second(struct search *search, const char *text, size_t len, float first,
                       bool lost) {
    struct search second = *search;
    second.word = text;
    second.len = len;
    second.so_far = first;
    try_swaps(&second);
    try_letters_less(&second);
    try_near_keys(&second);
    if (lost) {
        try_letters_more(&second);
    }
    memcpy(search->found, second.found, sizeof search->found);
    search->n_found = second.n_found;
}

size_t spelling_suggest_twice(const struct spelling *spelling, const char *word, size_t len,
                              struct suggestion *suggestions, size_t n_max) {
    char small[LONGEST_SLIP];
    char text[LONGEST_SLIP];
    if (n_max == 0 || len < SPELLING_TWICE_MIN || len > SPELLING_TWICE_MAX ||
        !lower_letters(small, word, len)) {
        return 0;
    }
    struct search search = search_of(spelling, small, len, n_max);
    for (size_t i = 1; i < len; i++) {
        memcpy(text, small, len);
        if (i + 1 < len && small[i] != small[i + 1]) {
            text[i] = small[i + 1];
            text[i + 1] = small[i];
            try_second(&search, text, len, cost_swap, true);
        }
        memmove(text + i, small + i + 1, len - i - 1);
        if (small[i] == small[i - 1]) {
            try_second(&search, text, len - 1, cost_double, true);
        } else if (i + 1 == len || small[i] != small[i + 1]) {
            try_second(&search, text, len - 1, cost_added, false);
        }
        memcpy(text, small, len);
        const struct neighbours neighbours = neighbours_of(&search, small[i]);
        for (size_t k = 0; k < neighbours.n; k++) {
            text[i] = neighbours.keys[k];
            try_second(&search, text, len, cost_near_key, false);
        }
        memcpy(text, small, i);
        text[i] = small[i - 1];
        memcpy(text + i + 1, small + i, len - i);
        try_second(&search, text, len + 1, cost_missing_twin, false);
    }
    return take_found(&search, suggestions);
}

bool spelling_suggest_mistyped(const struct spelling *spelling, const char *word, size_t len,
                               struct suggestion *suggestion) {
    char small[LONGEST_SLIP];
    char text[LONGEST_SLIP + 1];
    if (!lower_letters(small, word, len)) {
        return false;
    }
    struct search search = search_of(spelling, small, len, 1);
    for (size_t i = 1; i < len; i++) {
        memcpy(text, small, len);
        if (small[i] == small[i - 1]) {
            memmove(text + i, text + i + 1, len - i - 1);
            try_word(&search, text, len - 1, cost_double);
        } else if (i + 1 < len && small[i] != small[i + 1]) {
            text[i] = small[i + 1];
            text[i + 1] = small[i];
            try_word(&search, text, len, cost_swap);
        }
        memcpy(text, small, i);
        text[i] = small[i];
        memcpy(text + i + 1, small + i, len - i);
        try_word(&search, text, len + 1, cost_missing_twin);
    }
    return take_found(&search, suggestion) > 0;
}
