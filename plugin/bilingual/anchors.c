/*
 * Anchors: what a sentence has in common with its translation whatever the languages are. Numbers
 * and codes are compared by what they say, words by the consonants that they sound with, in the
 * classes that languages confuse ("Lavrov", "Лавров", "ラブロフ"), so that no language need be
 * known.
 */
#include "bilingual/alignment.h"
#include "language/romanised.h"
#include "text/character.h"
#include "text/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SOUND_LEN_MAX = 10, /* consonants that count */
    SOUND_LEN_NAME = 3, /* least for a word with a capital or in a script for loanwords */
    SOUND_LEN_WORD = 5, /* least for other words */
    ENDING_LEN_MAX = 2, /* consonants that a case ending may add */
    FREQUENT = 6,       /* an anchor that a side has more often tells little */
    KATAKANA_BEGIN = 0x30A1,
    KATAKANA_END = 0x30FD,
    SMALL_TSU = 0x30C3,
    PROLONGED = 0x30FC,
    GIVEN_BEARERS = 40, /* 10,000 people: rarer names are words of other languages ("Der") */
    GIVEN_BEARERS_ELSEWHERE = 23, /* 200: of names written in another script, few are words */
    GIVEN_BEARERS_MANY = 35,      /* 3,000 */
    SOUND_LEN_LONG = 4            /* of a family name, so that its sound is its own */
};

static const float WEIGHT_NUMBER = 3;
static const float WEIGHT_SMALL_NUMBER = 1;
static const float WEIGHT_CODE = 4;
static const float WEIGHT_LOST = 2;
static const float WEIGHT_WORD = 2;

/* What a consonant is confused with has its letter; vowels, and letters that come and go between
 * languages (h, j, y), have none. */
static char sound_class(char letter) {
    static const char classes[26 + 1] = " bkt bk   klmn pklst bbk s";
    return letter >= 'a' && letter <= 'z' ? classes[letter - 'a'] : ' ';
}

struct sound {
    char classes[SOUND_LEN_MAX];
    size_t n;
    char last_letter;
    bool divided; /* the letters before are another character's, which is no half of a double one */
};

static void add_letter(struct sound *sound, char letter) {
    const char before = sound->last_letter;
    sound->last_letter = letter;
    if (letter == 'h' && before == 'k' && sound->n > 0) {
        sound->n--; /* "kh" is an h */
        return;
    }
    if (letter == 'z' && before == 'd' && sound->n > 0) {
        sound->n--; /* "dz", "dž" is a j */
        return;
    }
    const char class = sound_class(letter);
    /* "ck" is one sound; Cyrillic ч and к, which begin with the same letters, are two. */
    const bool is_double = sound->n > 0 && sound->classes[sound->n - 1] == class &&
                           sound_class(before) == class && (letter == before || !sound->divided);
    if (class != ' ' && !is_double && sound->n < SOUND_LEN_MAX) {
        sound->classes[sound->n++] = class;
    }
    if (letter == 'x' && sound->n < SOUND_LEN_MAX) {
        sound->classes[sound->n++] = 's'; /* "ks" */
    }
}

static void add_character(struct sound *sound, const char *romanised, uint32_t c) {
    if (c < 0x80) {
        add_letter(sound, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
        return;
    }
    const char *letters = c == SMALL_TSU ? NULL : romanised_letters(romanised, c);
    for (size_t i = 0; letters != NULL && i < ROMANISED_LEN && letters[i] != '\0'; i++) {
        sound->divided = i == 0;
        add_letter(sound, letters[i]);
    }
    sound->divided = false;
}

static uint64_t sound_key(const struct sound *sound, size_t n) {
    uint64_t key = n;
    for (size_t i = 0; i < n; i++) {
        key = key * 131 + (unsigned char)sound->classes[i];
    }
    return key << 2;
}

/* ---- collecting ---- */

struct collecting {
    struct arena *arena;
    const struct bilingual *bilingual;
    const struct side *side;
    struct passages *passages;
    galley_status status;
};

static void add_anchor(struct collecting *collecting, uint64_t key, size_t passage, float weight) {
    struct passages *passages = collecting->passages;
    if (collecting->status != GALLEY_OK) {
        return;
    }
    if (!arena_grow(collecting->arena, &passages->anchors, passages->n_anchors,
                    &passages->anchor_capacity, sizeof *passages->anchors,
                    passages->n_anchors + 1)) {
        collecting->status = GALLEY_ERROR_MEMORY;
        return;
    }
    passages->anchors[passages->n_anchors++] = (struct anchor){key, (uint32_t)passage, weight};
}

/* A number that the other side does not have, or not so often. */
static float lost_weight(const struct quantity *quantity) {
    return quantity->match == MATCH_NONE   ? WEIGHT_LOST
           : quantity->match == MATCH_USED ? WEIGHT_LOST / 2
                                           : 0;
}

/* Quantities and codes of each passage; both lists are in order. */
static void add_facts(struct collecting *collecting) {
    const struct side *side = collecting->side;
    const struct passages *passages = collecting->passages;
    size_t passage = 0;
    for (size_t i = 0; i < side->n_quantities; i++) {
        const struct quantity *quantity = &side->quantities[i];
        while (passage + 1 < passages->n && passages->items[passage].end <= quantity->begin) {
            passage++;
        }
        uint64_t key;
        memcpy(&key, &quantity->value, sizeof key);
        const bool is_small = quantity->value < 13 || (quantity->flags & QUANTITY_DIGITS) == 0;
        if ((quantity->flags & (QUANTITY_DIGITS | QUANTITY_GLUED)) == QUANTITY_DIGITS) {
            collecting->passages->items[passage].lost += lost_weight(quantity);
        }
        add_anchor(collecting, key << 2 | 1, passage,
                   is_small ? WEIGHT_SMALL_NUMBER : WEIGHT_NUMBER);
    }
    passage = 0;
    for (size_t i = 0; i < side->n_codes; i++) {
        while (passage + 1 < passages->n && passages->items[passage].end <= side->codes[i].begin) {
            passage++;
        }
        if (side->codes[i].kind != CODE_ENTITY) {
            add_anchor(collecting, side->codes[i].loose_hash << 2 | 2, passage, WEIGHT_CODE);
        }
    }
}

static bool is_katakana(uint32_t c) {
    return c >= KATAKANA_BEGIN && c < KATAKANA_END && c != 0x30FB;
}

/* Syllables and signs that words are written with in Japanese and Chinese: not how names sound. */
static bool is_silent(uint32_t c) {
    return (c >= 0x3041 && c <= 0x309F) || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
}

/* Adds a word; a source's word with a case ending also without the ending's consonants. */
static void add_word(struct collecting *collecting, const struct sound *sound, size_t passage,
                     bool is_name) {
    const bool is_source = collecting->side == &collecting->bilingual->source;
    const size_t least = is_name ? SOUND_LEN_NAME : SOUND_LEN_WORD;
    if (sound->n < (is_source ? least : SOUND_LEN_NAME)) {
        return;
    }
    size_t n = sound->n;
    add_anchor(collecting, sound_key(sound, n), passage, WEIGHT_WORD);
    for (size_t ending = 0; is_source && ending < ENDING_LEN_MAX && n > least; ending++) {
        add_anchor(collecting, sound_key(sound, --n), passage, WEIGHT_WORD / 2);
    }
}

static void add_words(struct collecting *collecting, const char *romanised) {
    const struct side *side = collecting->side;
    const struct passages *passages = collecting->passages;
    for (size_t passage = 0; passage < passages->n; passage++) {
        size_t at = passages->items[passage].begin;
        const size_t end = passages->items[passage].end;
        while (at < end) {
            uint32_t c = utf8_next(side->text, &at);
            const bool katakana = is_katakana(c);
            if (!character_is_letter(character_of(c)) || is_silent(c)) {
                continue;
            }
            const bool is_name = character_of(c) != CHARACTER_LOWER;
            struct sound sound = {.n = 0};
            size_t next = at;
            do {
                at = next;
                add_character(&sound, romanised, c);
                if (at >= end) {
                    break;
                }
                c = utf8_next(side->text, &next);
            } while (character_is_letter(character_of(c)) && !is_silent(c) &&
                     (is_katakana(c) == katakana || c == PROLONGED));
            add_word(collecting, &sound, passage, is_name);
        }
    }
}

/* ---- names ---- */

/* Whether the target has a word that sounds so, the source's endings aside. */
static bool target_sounds(const struct passages *target, const struct sound *sound) {
    for (size_t n = sound->n; n >= SOUND_LEN_NAME && n + ENDING_LEN_MAX >= sound->n; n--) {
        const uint64_t key = sound_key(sound, n);
        size_t low = 0;
        size_t high = target->n_anchors;
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            if (target->anchors[middle].key < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < target->n_anchors && target->anchors[low].key == key) {
            return true;
        }
    }
    return false;
}

/* Reads the word at *at, which a capital of a Latin letter, or of another script that has some,
 * begins: its sound. False for any other. */
static bool read_name(const struct side *side, const char *romanised, size_t *at,
                      struct sound *sound) {
    size_t next = *at;
    uint32_t c = utf8_next(side->text, &next);
    bool has_lower = false;
    *sound = (struct sound){.n = 0};
    if (character_of(c) != CHARACTER_UPPER ||
        (character_writing(c) != WRITING_LATIN && character_writing(c) != WRITING_CASED)) {
        return false;
    }
    do {
        add_character(sound, romanised, c);
        *at = next;
        if (next >= side->len) {
            break;
        }
        c = utf8_next(side->text, &next);
        has_lower |= character_of(c) == CHARACTER_LOWER;
    } while (character_of(c) == CHARACTER_LOWER || character_of(c) == CHARACTER_EXTEND);
    return has_lower;
}

/* Whether the pack knows the given name, with so many bearers at least (10 log10 of them). */
static bool is_given_name(const struct pack *pack, const char *word, size_t len,
                          unsigned n_bearers) {
    const uint32_t form = pack_find(pack, word, len);
    return form != FORM_NONE && (pack_facts(pack, form)->flags & FORM_GIVEN_NAME) != 0 &&
           pack_facts(pack, form)->n_bearers >= n_bearers;
}

/* Writes a word of another script in Latin letters as names are: with a capital, "kh" where `kh`
 * for what sounds between h and k, and a "y" at its end («Сергей» is “Sergey”). 0: too long. */
static size_t write_latin(const char *romanised, const char *word, size_t len, bool kh,
                          char latin[NAME_LEN_MAX]) {
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        const char *letters = romanised_letters(romanised, utf8_next(word, &at));
        for (size_t i = 0; letters != NULL && i < ROMANISED_LEN && letters[i] != '\0'; i++) {
            if (n + 2 > NAME_LEN_MAX) {
                return 0;
            }
            if (letters[i] == 'h' && kh) {
                latin[n++] = 'k';
            }
            latin[n++] = letters[i];
        }
    }
    if (n > 0) {
        latin[0] = (char)(latin[0] - 'a' + 'A');
        latin[n - 1] = latin[n - 1] == 'j' ? 'y' : latin[n - 1];
    }
    return n;
}

/* Whether a word of another script is one that every text has, and so nobody's name: «Агентство».
 */
static bool is_common_word(const struct bilingual *bilingual, const char *word, size_t len) {
    size_t at = 0;
    return character_writing(utf8_next(word, &at)) != WRITING_LATIN &&
           bilingual->foreign.head != NULL && foreign_is_listed(&bilingual->foreign, word, len);
}

/* Whether the word is a given name; writes it as the target would. One that texts have often may be
 * a word where the capital is its sentence's: «Ранее» is no “Ranee”. */
static bool find_given_name(const struct pack *pack, const struct bilingual *bilingual,
                            const char *word, size_t len, bool is_first,
                            struct missing_name *name) {
    const char *romanised = bilingual->romanised;
    const unsigned n_bearers = is_first && is_common_word(bilingual, word, len)
                                   ? GIVEN_BEARERS_MANY
                                   : GIVEN_BEARERS_ELSEWHERE;
    size_t at = 0;
    if (character_writing(utf8_next(word, &at)) == WRITING_LATIN) {
        name->given_len = len < NAME_LEN_MAX ? len : 0;
        memcpy(name->given, word, name->given_len);
        return name->given_len > 0 && is_given_name(pack, word, len, GIVEN_BEARERS);
    }
    for (int kh = 0; kh < 2; kh++) {
        name->given_len = write_latin(romanised, word, len, kh == 1, name->given);
        if (name->given_len > 0 && is_given_name(pack, name->given, name->given_len, n_bearers)) {
            return true;
        }
    }
    return false;
}

/* Behind the word at `at`: the next letter. */
static size_t behind_word(const struct side *side, size_t at) {
    while (at < side->len) {
        size_t next = at;
        if (!character_is_word(character_of(utf8_next(side->text, &next)))) {
            break;
        }
        at = next;
    }
    return at;
}

static bool begins_sentence(const struct passages *passages, size_t offset) {
    size_t low = 0;
    size_t high = passages->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (passages->items[middle].begin < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < passages->n && passages->items[low].begin == offset;
}

bool alignment_missing_name(const struct alignment *alignment, const struct bilingual *bilingual,
                            const struct pack *pack, size_t *at, struct missing_name *name) {
    const struct side *side = &bilingual->source;
    while (*at < side->len) {
        const size_t begin = *at;
        struct sound given;
        struct sound family;
        size_t end = begin;
        const bool is_given = read_name(side, bilingual->romanised, &end, &given) &&
                              find_given_name(pack, bilingual, side->text + begin, end - begin,
                                              begins_sentence(&alignment->source, begin), name);
        size_t family_end = end + 1;
        if (is_given && end + 1 < side->len && side->text[end] == ' ' &&
            read_name(side, bilingual->romanised, &family_end, &family) &&
            family.n >= SOUND_LEN_LONG && !target_sounds(&alignment->target, &family) &&
            !is_common_word(bilingual, side->text + end + 1, family_end - end - 1)) {
            name->begin = begin;
            name->end = family_end;
            *at = family_end;
            return true;
        }
        *at = behind_word(side, begin);
        *at = *at > begin ? *at : begin + 1;
        while (*at < side->len && utf8_is_continuation(side->text[*at])) {
            ++*at;
        }
    }
    return false;
}

/* ---- what counts ---- */

static int compare(const void *left, const void *right) {
    const struct anchor *a = left;
    const struct anchor *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return a->passage < b->passage ? -1 : a->passage > b->passage;
}

/* One anchor of a key in a passage; those that are everywhere tell nothing. */
static void condense(struct passages *passages) {
    if (passages->n_anchors == 0) {
        return;
    }
    qsort(passages->anchors, passages->n_anchors, sizeof *passages->anchors, compare);
    size_t n = 0;
    for (size_t first = 0; first < passages->n_anchors;) {
        size_t end = first;
        const size_t kept = n;
        while (end < passages->n_anchors &&
               passages->anchors[end].key == passages->anchors[first].key) {
            if (n == kept || passages->anchors[n - 1].passage != passages->anchors[end].passage) {
                passages->anchors[n++] = passages->anchors[end];
            }
            end++;
        }
        if (n - kept > FREQUENT) { /* it is there, and no more is said of it */
            n = kept + 1;
            passages->anchors[kept].weight = 0;
        }
        first = end;
    }
    passages->n_anchors = n;
}

static galley_status find_anchors(struct arena *arena, const struct bilingual *bilingual,
                                  const struct side *side, struct passages *passages) {
    struct collecting collecting = {
        .arena = arena, .bilingual = bilingual, .side = side, .passages = passages};
    passages->n_anchors = 0;
    if (passages->n == 0) {
        return GALLEY_OK;
    }
    add_facts(&collecting);
    add_words(&collecting, bilingual->romanised);
    if (collecting.status == GALLEY_OK) {
        condense(passages);
    }
    return collecting.status;
}

galley_status alignment_find_anchors(struct alignment *alignment,
                                     const struct bilingual *bilingual) {
    const galley_status status =
        find_anchors(alignment->arena, bilingual, &bilingual->source, &alignment->source);
    return status == GALLEY_OK
               ? find_anchors(alignment->arena, bilingual, &bilingual->target, &alignment->target)
               : status;
}
