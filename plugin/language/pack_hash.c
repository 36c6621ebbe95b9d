/*
 * Keys of words. ASCII is folded eight bytes at a time; the rest goes code point by code point.
 */
#include "language/pack_hash.h"

#include "text/unicode.h"
#include "text/utf8.h"

enum {
    SOFT_HYPHEN = 0xAD,
    COMBINING_FIRST = 0x300,
    COMBINING_LAST = 0x36F,
    APOSTROPHE_TURNED = 0x2019,
    APOSTROPHE_LETTER = 0x2BC
};

/* Folds `word` into out and answers its new length, or 0 when it does not fit. Says whether there
 * are combining marks, which Unicode may have a composed letter for. */
static size_t fold(const char *word, size_t len, char out[LIMIT_WORD_LEN], bool *combining) {
    size_t at = 0;
    size_t out_len = 0;
    while (at < len) {
        const uint32_t code_point = utf8_next(word, &at);
        uint32_t folded;
        if (code_point < 0x80) {
            folded = code_point - 'A' < 26 ? code_point + 32 : code_point;
        } else if (code_point == APOSTROPHE_TURNED || code_point == APOSTROPHE_LETTER) {
            folded = '\'';
        } else if (code_point == SOFT_HYPHEN) {
            continue;
        } else {
            *combining |= code_point >= COMBINING_FIRST && code_point <= COMBINING_LAST;
            folded = unicode_fold(code_point);
        }
        char sequence[4];
        const size_t sequence_len = utf8_put(sequence, folded);
        if (sequence_len > LIMIT_WORD_LEN - out_len) {
            return 0;
        }
        memcpy(out + out_len, sequence, sequence_len);
        out_len += sequence_len;
    }
    return out_len;
}

/* Composes letters and combining marks (UAX #15, NFC). Leaves the text when it cannot. */
static size_t compose(char text[LIMIT_WORD_LEN], size_t len) {
    char narrow[LIMIT_WORD_LEN];
    const size_t narrow_len = unicode_compose(text, len, narrow, sizeof narrow);
    if (narrow_len == 0) {
        return len;
    }
    memcpy(text, narrow, narrow_len);
    return narrow_len;
}

static void add_chunk(struct pack_key *key, uint64_t chunk) {
    key->chunks[key->n_chunks] = chunk;
    key->n_chunks++;
}

static void hash_key(struct pack_key *key) {
    key->chunks[key->n_chunks] = 0; /* there is room for one more */
    key->hash = pack_hash_pair(key->chunks[0], key->chunks[1]);
    for (size_t i = 2; i < key->n_chunks; i += 2) {
        key->hash = pack_hash_more(key->hash, key->chunks[i], key->chunks[i + 1]);
    }
}

/* Cuts folded text into chunks. */
static void add_folded(struct pack_key *key, const char *text, size_t len) {
    size_t at = 0;
    for (; at + 8 <= len; at += 8) {
        add_chunk(key, pack_load8(text + at));
    }
    if (at < len) {
        add_chunk(key, pack_load_tail(text + at, len - at));
    }
    hash_key(key);
}

static bool make_folded(struct pack_key *key, const char *word, size_t len) {
    char text[LIMIT_WORD_LEN];
    bool combining = false;
    size_t text_len = fold(word, len, text, &combining);
    if (combining) {
        text_len = compose(text, text_len);
    }
    if (text_len == 0) {
        return false;
    }
    key->n_chunks = 0;
    add_folded(key, text, text_len);
    return true;
}

bool pack_key_make(struct pack_key *key, const char *word, size_t len) {
    if (len == 0 || len > LIMIT_WORD_LEN || word[len - 1] == '\0') {
        return false;
    }
    key->n_chunks = 0;
    uint64_t seen = 0;
    size_t at = 0;
    for (; at + 8 <= len; at += 8) {
        const uint64_t chunk = pack_load8(word + at);
        seen |= chunk;
        add_chunk(key, pack_fold(chunk));
    }
    if (at < len) {
        const uint64_t chunk = pack_load_tail(word + at, len - at);
        seen |= chunk;
        add_chunk(key, pack_fold(chunk));
    }
    if (!pack_is_ascii(seen)) {
        return make_folded(key, word, len);
    }
    hash_key(key);
    return true;
}
