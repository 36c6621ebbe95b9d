#include "text/common_runs.h"
#include "base/hash.h"

#include "text/utf8.h"

#include <string.h>

enum { RUN = 3 };

static bool is_letter(uint32_t c) {
    if (c < 0x80) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    return c >= 0xC0 && !(c >= 0x2000 && c < 0x2070) && !(c >= 0x3000 && c < 0x3040) &&
           !(c >= 0xFF00 && c < 0xFF10);
}

static bool is_space(uint32_t c) {
    return c <= ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F || c == 0x3000;
}

/* The hash of the letters from *at up to a space or `len`; 0 when there are none. Moves *at there,
 * behind the space. */
static uint64_t hash_word(const char *text, size_t *at, size_t len) {
    uint64_t hash = HASH_START;
    bool any = false;
    while (*at < len) {
        const uint32_t c = utf8_next(text, at);
        if (is_space(c)) {
            break;
        }
        if (is_letter(c)) {
            hash = hash_add(hash, c);
            any = true;
        }
    }
    return any ? hash | 1 : 0;
}

static uint64_t hash_run(const uint64_t words[RUN]) {
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < RUN; i++) {
        hash = hash_add(hash, words[i]);
        hash ^= hash >> 29;
    }
    return hash;
}

static bool get_bit(const struct common_runs *runs, uint64_t bit) {
    bit &= COMMON_RUNS_BITS - 1;
    return (runs->bits[bit / 64] >> bit % 64 & 1) != 0;
}

static void set_bit(struct common_runs *runs, uint64_t bit) {
    bit &= COMMON_RUNS_BITS - 1;
    runs->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

void common_runs_read(struct common_runs *runs, const struct unit *unit) {
    runs->n_words = 0;
    if (unit->source == NULL) {
        return;
    }
    memset(runs->bits, 0, sizeof runs->bits);
    uint64_t words[RUN] = {0};
    for (size_t at = 0; at < unit->source_len;) {
        const uint64_t word = hash_word(unit->source, &at, unit->source_len);
        if (word == 0) {
            continue;
        }
        memmove(words, words + 1, (RUN - 1) * sizeof *words);
        words[RUN - 1] = word;
        if (++runs->n_words >= RUN) {
            const uint64_t hash = hash_run(words);
            set_bit(runs, hash >> 16);
            set_bit(runs, hash >> 40);
        }
        if (runs->n_words > COMMON_RUNS_WORDS) {
            runs->n_words = 0;
            return;
        }
    }
}

static bool is_counted(const struct token *token) {
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER || token->kind == TOKEN_FOREIGN;
}

/* The next word or number from token i on in steps of `step`; SIZE_MAX for none near. */
static size_t next_word(const struct unit *unit, size_t i, int step) {
    enum { MARKS = 4 };
    for (int n = 0; n <= MARKS; n++) {
        if (step < 0 ? i == 0 : i + 1 >= unit->n_tokens) {
            return SIZE_MAX;
        }
        i = step < 0 ? i - 1 : i + 1;
        if (is_counted(&unit->tokens[i])) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool common_runs_has(const struct common_runs *runs, const struct unit *unit, size_t i) {
    if (runs->n_words < RUN || !is_counted(&unit->tokens[i])) {
        return false;
    }
    size_t first = i;
    for (size_t n = 0; n < RUN && first != SIZE_MAX; n++) {
        uint64_t words[RUN];
        size_t n_words = 0;
        for (size_t k = first; k != SIZE_MAX && n_words < RUN; k = next_word(unit, k, 1)) {
            const struct token *token = &unit->tokens[k];
            size_t at = 0;
            words[n_words++] = hash_word(unit_token_text(unit, token), &at, token->len);
        }
        if (n_words == RUN) {
            const uint64_t hash = hash_run(words);
            if (get_bit(runs, hash >> 16) && get_bit(runs, hash >> 40)) {
                return true;
            }
        }
        first = next_word(unit, first, -1);
    }
    return false;
}
