#include "language/tagger.h"

#include "language/pack_format.h"

#include <string.h>

/* ---- words ---- */

static bool ends_in(const char *text, size_t len, const char *ending) {
    const size_t ending_len = strlen(ending);
    return len >= ending_len && memcmp(text + len - ending_len, ending, ending_len) == 0;
}

static uint32_t ending_of(const char *text, size_t len) {
    return ends_in(text, len, "ing")  ? SYMBOL_ING
           : ends_in(text, len, "ed") ? SYMBOL_ED
           : ends_in(text, len, "s")  ? SYMBOL_S
           : ends_in(text, len, "ly") ? SYMBOL_LY
                                      : 0;
}

static void set_both(struct tagged_word *word, uint32_t symbol, uint32_t tags) {
    word->symbol = symbol;
    word->start_symbol = symbol;
    word->tags = tags;
    word->start_tags = tags;
}

static void see_mark(const struct token *token, struct tagged_word *word) {
    const enum tag tag =
        token->mark == ',' ? TAG_COMMA
        : token->mark < 0x80 && token->mark != 0 && strchr(".?!;:", (int)token->mark) != NULL
            ? TAG_STOP
            : TAG_OTHER;
    set_both(word, SYMBOL_MARK | token->mark, UINT32_C(1) << tag);
}

static void see_word(const struct unit *unit, const struct token *token, struct tagged_word *word) {
    const uint32_t open = PART_NOUN | PART_NOUN_PLURAL | PART_PROPER_NOUN | PART_ADJECTIVE |
                          PART_ADVERB | PART_VERB_BASE | PART_VERB_SINGULAR | PART_VERB_PAST |
                          PART_VERB_PARTICIPLE | PART_VERB_GERUND;
    const uint32_t clitic = (token->flags & TOKEN_CLITIC) != 0 ? SYMBOL_CLITIC : 0;
    if ((token->letter_case == CASE_UPPER && token->len > 1) || token->letter_case == CASE_MIXED) {
        set_both(word, SYMBOL_SET | SYMBOL_CAPITALS | clitic, PART_PROPER_NOUN);
        return;
    }
    const bool is_title = token->letter_case == CASE_TITLE;
    const bool is_function = (word->facts->classes & CLASS_FUNCTION) != 0;
    const uint32_t parts = word->facts->parts;
    /* Function words whose parts no table has are contracted auxiliaries: "don't". */
    const uint32_t tags = parts != 0 ? parts : is_function ? (uint32_t)PART_AUXILIARY : open;
    word->start_tags = tags;
    word->tags = tags | (is_title ? (uint32_t)PART_PROPER_NOUN : 0);
    if (token->form != FORM_NONE && (is_function || word->facts->zipf >= TAGGER_COMMON)) {
        word->start_symbol = token->form | clitic;
        word->symbol = word->start_symbol | (is_title && !is_function ? SYMBOL_TITLE : 0);
        return;
    }
    if (word->facts->zipf >= TAGGER_KNOWN) {
        word->word = token->form;
    }
    const uint32_t ending =
        parts == 0 && clitic == 0 ? ending_of(unit_token_text(unit, token), token->len) : 0;
    word->start_symbol = SYMBOL_SET | parts | ending | clitic;
    word->symbol = word->start_symbol | (is_title ? SYMBOL_TITLE : 0);
}

void tagger_see(const struct pack *pack, const struct unit *unit, const struct token *tokens,
                size_t n, struct tagged_word *words) {
    static const struct form_facts none;
    for (size_t i = 0; i < n; i++) {
        const struct token *token = &tokens[i];
        struct tagged_word *word = &words[i];
        const bool has_form = token->kind == TOKEN_WORD && token->form != FORM_NONE;
        *word = (struct tagged_word){.token = token,
                                     .facts = has_form ? pack_facts(pack, token->form) : &none,
                                     .word = FORM_NONE};
        if (token->kind == TOKEN_WORD) {
            see_word(unit, token, word);
        } else if (token->kind == TOKEN_MARK) {
            see_mark(token, word);
        } else if (token->kind == TOKEN_NUMBER) {
            set_both(word, SYMBOL_NUMBER, PART_NUMERAL);
        } else {
            set_both(word, SYMBOL_LINK, PART_PROPER_NOUN);
        }
    }
}

/* ---- tags ---- */

static size_t find_features(const struct tagged_word *words, size_t n, size_t i, uint8_t tag1,
                            uint8_t tag2, uint64_t keys[TAGGER_FEATURES]) {
    const uint32_t own = i == 0 ? words[i].start_symbol : words[i].symbol;
    const uint32_t before = i == 0 ? (uint32_t)SYMBOL_NOTHING_BEFORE : words[i - 1].symbol;
    const uint32_t behind = i + 1 < n ? words[i + 1].symbol : (uint32_t)SYMBOL_NOTHING_BEHIND;
    const uint32_t second = i + 2 < n ? words[i + 2].symbol : (uint32_t)SYMBOL_NOTHING_BEHIND;
    keys[0] = weight_key(TAGGER_S, own);
    keys[1] = weight_key(TAGGER_T, tag1);
    keys[2] = weight_key(weight_key(TAGGER_TT, tag1), tag2);
    keys[3] = weight_key(weight_key(TAGGER_TS, tag1), own);
    keys[4] = weight_key(TAGGER_B, before);
    keys[5] = weight_key(TAGGER_A, behind);
    keys[6] = weight_key(weight_key(TAGGER_SA, own), behind);
    keys[7] = weight_key(TAGGER_AA, second);
    keys[8] = weight_key(weight_key(TAGGER_TA, tag1), behind);
    keys[9] = weight_key(weight_key(TAGGER_BS, before), own);
    if (words[i].word == FORM_NONE) {
        return TAGGER_FEATURES - 1;
    }
    keys[10] = weight_key(TAGGER_W, words[i].word);
    return TAGGER_FEATURES;
}

/* The best of several; the first of equals. */
static uint8_t choose(const struct weights *weights, uint32_t tags, const uint64_t *keys,
                      size_t n_keys) {
    int16_t scores[WEIGHTS_ROW] = {0};
    for (size_t k = 0; k < n_keys; k++) {
        weights_prefetch(weights, keys[k]);
    }
    for (size_t k = 0; k < n_keys; k++) {
        const int8_t *row = weights_find_row(weights, keys[k]);
        if (row != NULL) {
            for (size_t tag = 0; tag < WEIGHTS_ROW; tag++) {
                scores[tag] = (int16_t)(scores[tag] + row[tag]);
            }
        }
    }
    uint8_t best = TAG_NOUN;
    int best_score = INT32_MIN;
    for (uint8_t tag = TAG_NOUN; tag <= TAG_VERB_GERUND; tag++) {
        if ((tags >> tag & 1) != 0 && scores[tag] > best_score) {
            best = tag;
            best_score = scores[tag];
        }
    }
    return best;
}

void tagger_tag(const struct weights *weights, const struct tagged_word *words, size_t n,
                size_t n_tags, uint8_t *tags) {
    uint8_t tag1 = TAG_BEGIN;
    uint8_t tag2 = TAG_BEGIN;
    for (size_t i = 0; i < n_tags; i++) {
        const uint32_t can_be = i == 0 ? words[i].start_tags : words[i].tags;
        uint8_t tag;
        if ((can_be & (can_be - 1)) == 0) {
            tag = (uint8_t)__builtin_ctz(can_be);
        } else {
            uint64_t keys[TAGGER_FEATURES];
            const size_t n_keys = find_features(words, n, i, tag1, tag2, keys);
            tag = choose(weights, can_be, keys, n_keys);
        }
        tags[i] = tag;
        tag2 = tag1;
        tag1 = tag;
    }
}
