/*
 * What an engine knows of right words beside its language pack: the user's words, in a hash table;
 * the spelling standard; the parts that new words are made of.
 */
#include "language/spelling.h"

#include "base/error.h"
#include "language/hunspell.h"
#include "language/section.h"
#include "language/spelling_words.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---- lists ---- */

bool list_has(galley_string list, const char *word, size_t len) {
    size_t at = 0;
    while (at < list.len) {
        const char *const space = memchr(list.data + at, ' ', list.len - at);
        const size_t end = space == NULL ? list.len : (size_t)(space - list.data);
        if (end - at == len && memcmp(list.data + at, word, len) == 0) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* Takes a list of affixes apart; those beyond AFFIXES_MAX are left out. */
static size_t read_affixes(const struct pack *pack, const char *key,
                           struct affix_setting affixes[AFFIXES_MAX]) {
    const galley_string list = pack_setting(pack, key);
    size_t n = 0;
    size_t at = 0;
    while (at < list.len && n < AFFIXES_MAX) {
        const char *const space = memchr(list.data + at, ' ', list.len - at);
        const size_t end = space == NULL ? list.len : (size_t)(space - list.data);
        const char *const caret = memchr(list.data + at, '^', end - at);
        const size_t rule_end = caret == NULL ? end : (size_t)(caret - list.data);
        const char *const slash = memchr(list.data + at, '/', rule_end - at);
        const size_t add_end = slash == NULL ? rule_end : (size_t)(slash - list.data);
        if (add_end > at) {
            affixes[n].add = (galley_string){list.data + at, add_end - at};
            affixes[n].strip = (galley_string){list.data + add_end + (slash != NULL),
                                               rule_end - add_end - (slash != NULL)};
            affixes[n].not_behind = (galley_string){list.data + rule_end + (caret != NULL),
                                                    end - rule_end - (caret != NULL)};
            n++;
        }
        at = end + 1;
    }
    return n;
}

/* ---- the user's words ---- */

/* FNV-1a, 32 bits. */
static uint32_t hash_bytes(const char *text, size_t len) {
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    }
    return hash;
}

static struct user_word *find_place(struct user_word *words, size_t capacity, const char *text,
                                    size_t len, uint32_t hash) {
    size_t at = hash & (capacity - 1);
    while (words[at].len != 0 && !(words[at].hash == hash && words[at].len == len &&
                                   memcmp(words[at].text, text, len) == 0)) {
        at = (at + 1) & (capacity - 1);
    }
    return &words[at];
}

static bool make_room(struct spelling *spelling) {
    if (spelling->n_words * 2 < spelling->capacity) {
        return true;
    }
    const size_t capacity = spelling->capacity == 0 ? 256 : spelling->capacity * 2;
    struct user_word *words = memory_allocate(spelling->memory, capacity * sizeof *words);
    if (words == NULL) {
        return false;
    }
    memset(words, 0, capacity * sizeof *words);
    for (size_t i = 0; i < spelling->capacity; i++) {
        const struct user_word *word = &spelling->words[i];
        if (word->len > 0) {
            *find_place(words, capacity, word->text, word->len, word->hash) = *word;
        }
    }
    memory_free(spelling->memory, spelling->words);
    spelling->words = words;
    spelling->capacity = capacity;
    return true;
}

/* Copies a word with its apostrophes typed as "'"; answers the new length. */
static size_t straighten(char out[LIMIT_WORD_LEN], const char *word, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (len - i >= 3 && memcmp(word + i, "\xE2\x80\x99", 3) == 0) {
            out[n] = '\'';
            i += 2;
        } else {
            out[n] = word[i];
        }
        n++;
    }
    return n;
}

static bool add_word(struct spelling *spelling, const char *word, size_t word_len) {
    char text[LIMIT_WORD_LEN];
    if (word_len == 0 || word_len > LIMIT_WORD_LEN) {
        return true;
    }
    const size_t len = straighten(text, word, word_len);
    const uint32_t hash = hash_bytes(text, len);
    if (!make_room(spelling)) {
        return false;
    }
    struct user_word *place = find_place(spelling->words, spelling->capacity, text, len, hash);
    if (place->len == 0) {
        const galley_string copy = arena_copy(&spelling->arena, text, len);
        if (copy.data == NULL) {
            return false;
        }
        *place = (struct user_word){copy.data, (uint32_t)len, hash};
        spelling->n_words++;
    }
    return true;
}

static bool has_word(const struct spelling *spelling, const char *text, size_t len) {
    const uint32_t hash = hash_bytes(text, len);
    return find_place(spelling->words, spelling->capacity, text, len, hash)->len > 0;
}

/* The word with all its letters but the first (or all of them) in small ones; 0: too long. */
static size_t lower_word(char out[LIMIT_WORD_LEN], const char *word, size_t len,
                         bool but_the_first) {
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        const bool keep = but_the_first && at == 0;
        const uint32_t code_point = utf8_next(word, &at);
        char sequence[4];
        const size_t size = utf8_put(sequence, keep ? code_point : unicode_lower(code_point));
        if (size > LIMIT_WORD_LEN - n) {
            return 0;
        }
        memcpy(out + n, sequence, size);
        n += size;
    }
    return n;
}

static bool has_lower_case(const char *word, size_t len) {
    for (size_t at = 0; at < len;) {
        if (character_of(utf8_next(word, &at)) == CHARACTER_LOWER) {
            return true;
        }
    }
    return false;
}

bool spelling_is_user_word(const struct spelling *spelling, const char *word, size_t word_len) {
    char text[LIMIT_WORD_LEN];
    char other[LIMIT_WORD_LEN];
    if (spelling->n_words == 0 || word_len == 0 || word_len > LIMIT_WORD_LEN) {
        return false;
    }
    const size_t len = straighten(text, word, word_len);
    if (has_word(spelling, text, len)) {
        return true;
    }
    const size_t title_len = lower_word(other, text, len, true);
    const bool is_title = title_len == len && memcmp(other, text, len) == 0;
    /* "LISBON" is the list's "Lisbon", and "LisBon" is not. */
    if (!is_title && has_lower_case(text, len)) {
        return false;
    }
    if (!is_title && title_len > 0 && has_word(spelling, other, title_len)) {
        return true;
    }
    const size_t lower_len = lower_word(other, text, len, false);
    return lower_len > 0 && has_word(spelling, other, lower_len);
}

/* One line of a plain list: a word before a comment. A line of a .dic file: before its flags. */
static bool take_line(struct spelling *spelling, const char *line, bool is_dic) {
    line += strspn(line, " ");
    size_t len = strcspn(line, is_dic ? "\t/" : "\t#");
    while (len > 0 && line[len - 1] == ' ') {
        len--;
    }
    return add_word(spelling, line, len);
}

static bool take_form(void *context, const char *form, bool derived, bool hidden) {
    (void)derived;
    (void)hidden;
    return add_word(context, form, strlen(form));
}

/* Compounds and forbidden words of a user's dictionary say nothing of single words. */
static bool take_piece(void *context, const char *word, const char *flags) {
    (void)context;
    (void)word;
    (void)flags;
    return true;
}

static bool take_other(void *context, const char *text) {
    (void)context;
    (void)text;
    return true;
}

static bool read_dictionary(struct spelling *spelling, struct arena *arena, const char *directory,
                            const char *name, galley_error *error) {
    const struct hunspell_receiver receiver = {.context = spelling,
                                               .take = take_form,
                                               .take_piece = take_piece,
                                               .take_rule = take_other,
                                               .take_forbidden = take_other};
    return hunspell_expand(arena, directory, name, &receiver, error);
}

static bool read_lines(struct spelling *spelling, struct arena *arena, const char *directory,
                       const char *name, bool is_dic, galley_error *error) {
    struct table table;
    if (!table_open(&table, arena, directory, name, error)) {
        return false;
    }
    if (table.text.data == NULL) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: no such word list", table.path);
        return false;
    }
    if (is_dic) {
        table_next(&table); /* the number of entries */
    }
    while (table_next(&table)) {
        if (!take_line(spelling, table.fields[0], is_dic)) {
            return table_fail(&table, error, "no memory");
        }
    }
    return true;
}

static galley_status read_list(struct spelling *spelling, const char *path, size_t path_len,
                               galley_error *error) {
    struct arena arena;
    arena_init(&arena, spelling->memory);
    size_t name_at = path_len;
    while (name_at > 0 && path[name_at - 1] != '/') {
        name_at--;
    }
    const galley_string directory =
        name_at == 0 ? arena_copy(&arena, ".", 1) : arena_copy(&arena, path, name_at);
    const galley_string name = arena_copy(&arena, path + name_at, path_len - name_at);
    bool done = false;
    if (directory.data == NULL || name.data == NULL) {
        error_set(error, GALLEY_ERROR_MEMORY, "no memory for a word list");
        goto end;
    }
    const bool is_dic = name.len > 4 && strcmp(name.data + name.len - 4, ".dic") == 0;
    const galley_string stem = arena_copy(&arena, name.data, is_dic ? name.len - 4 : name.len);
    const galley_string aff =
        stem.data == NULL ? stem : arena_format(&arena, "%s/%s.aff", directory.data, stem.data);
    if (aff.data == NULL) {
        error_set(error, GALLEY_ERROR_MEMORY, "no memory for a word list");
        goto end;
    }
    done = is_dic && access(aff.data, R_OK) == 0
               ? read_dictionary(spelling, &arena, directory.data, stem.data, error)
               : read_lines(spelling, &arena, directory.data, name.data, is_dic, error);
end:
    arena_finish(&arena);
    return done ? GALLEY_OK : GALLEY_ERROR_DICTIONARY;
}

static galley_status read_lists(struct spelling *spelling, const char *paths, galley_error *error) {
    galley_status status = GALLEY_OK;
    while (paths != NULL && *paths != '\0' && status == GALLEY_OK) {
        const size_t len = strcspn(paths, ":");
        if (len > 0) {
            status = read_list(spelling, paths, len, error);
        }
        paths += len + (paths[len] == ':');
    }
    return status;
}

/* ---- new words ---- */

/* What the zipf value of a word made with an affix falls by: 1.2 and 1.4 powers of ten. */
enum { PREFIXED = 35, SUFFIXED = 30, STEM_MIN = 4 };

/* The list counts names with capitals; in small letters they are so much rarer. */
enum { NAME_IN_SMALL = 30 };

const struct form_facts *spelling_facts(const struct spelling *spelling, const char *word,
                                        size_t len) {
    const uint32_t form = pack_find(spelling->pack, word, len);
    return form == FORM_NONE ? NULL : pack_facts(spelling->pack, form);
}

static unsigned prefixed_zipf(const struct spelling *spelling, const char *word, size_t len) {
    unsigned best = 0;
    for (size_t i = 0; i < spelling->n_prefixes; i++) {
        const galley_string prefix = spelling->prefixes[i].add;
        if (len < prefix.len + STEM_MIN || memcmp(word, prefix.data, prefix.len) != 0) {
            continue;
        }
        /* The shorter the stem and the prefix, the more often it is chance. */
        const struct form_facts *stem =
            spelling_facts(spelling, word + prefix.len, len - prefix.len);
        const bool trusted = prefix.len >= 3 ? len - prefix.len >= 4 : len - prefix.len >= 6;
        if (stem != NULL && trusted && (stem->flags & FORM_LOWER) != 0 &&
            (stem->classes & CLASS_FUNCTION) == 0 && stem->zipf > best) {
            best = stem->zipf;
        }
    }
    return best > PREFIXED ? best - PREFIXED : 0;
}

/* Whether the stem ends in what the suffix never stands behind. */
static bool is_forbidden(const struct affix_setting *suffix, const char *stem, size_t len) {
    const galley_string list = suffix->not_behind;
    size_t at = 0;
    while (at < list.len) {
        const char *const caret = memchr(list.data + at, '^', list.len - at);
        const size_t end = caret == NULL ? list.len : (size_t)(caret - list.data);
        if (end > at && end - at <= len &&
            memcmp(stem + len - (end - at), list.data + at, end - at) == 0) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

static unsigned suffixed_zipf(const struct spelling *spelling, const char *word, size_t len) {
    const uint32_t bases = PART_NOUN | PART_NOUN_PLURAL | PART_PROPER_NOUN | PART_ADJECTIVE |
                           PART_VERB_BASE | PART_NUMERAL | PART_ADVERB | PART_INTERJECTION;
    unsigned best = 0;
    for (size_t i = 0; i < spelling->n_suffixes; i++) {
        const galley_string add = spelling->suffixes[i].add;
        const galley_string strip = spelling->suffixes[i].strip;
        if (len + strip.len < add.len + STEM_MIN || len < add.len ||
            len - add.len + strip.len > LIMIT_WORD_LEN ||
            memcmp(word + len - add.len, add.data, add.len) != 0 ||
            is_forbidden(&spelling->suffixes[i], word, len - add.len)) {
            continue;
        }
        char stem_text[LIMIT_WORD_LEN];
        const size_t stem_len = len - add.len;
        memcpy(stem_text, word, stem_len);
        memcpy(stem_text + stem_len, strip.data, strip.len);
        const struct form_facts *stem = spelling_facts(spelling, stem_text, stem_len + strip.len);
        if (stem != NULL && stem->zipf > best && (stem->classes & CLASS_FUNCTION) == 0 &&
            (stem->parts == 0 || (stem->parts & bases) != 0)) {
            best = stem->zipf;
        }
    }
    return best > SUFFIXED ? best - SUFFIXED : 0;
}

unsigned spelling_own_zipf(const struct spelling *spelling, const char *word, size_t len) {
    if (len == 0 || len > LIMIT_WORD_LEN) {
        return 0;
    }
    const struct form_facts *facts = spelling_facts(spelling, word, len);
    unsigned best = facts == NULL ? unlisted_zipf(&spelling->unlisted, word, len) : facts->zipf;
    if (facts != NULL && (facts->flags & FORM_LOWER) == 0) {
        best = best > NAME_IN_SMALL ? best - NAME_IN_SMALL : 0;
    }
    const unsigned prefixed = prefixed_zipf(spelling, word, len);
    const unsigned suffixed = suffixed_zipf(spelling, word, len);
    best = prefixed > best ? prefixed : best;
    return suffixed > best ? suffixed : best;
}

bool spelling_is_prefix(const struct spelling *spelling, const char *text, size_t len) {
    for (size_t i = 0; i < spelling->n_prefixes; i++) {
        const galley_string prefix = spelling->prefixes[i].add;
        if (prefix.len == len && memcmp(prefix.data, text, len) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- making ---- */

galley_status spelling_create(const struct memory *memory, const struct pack *pack,
                              const char *language, const char *word_lists,
                              struct spelling **spelling, galley_error *error) {
    struct spelling *made = memory_allocate(memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "no memory for the spelling");
    }
    *made = (struct spelling){.memory = memory,
                              .pack = pack,
                              .standard = pack_standard(pack, language),
                              .letters = pack_setting(pack, "letters"),
                              .keyboard = pack_setting(pack, "keyboard"),
                              .particles = pack_setting(pack, "particles"),
                              .name_endings = pack_setting(pack, "name-endings"),
                              .name_tails = pack_setting(pack, "name-tails")};
    made->n_prefixes = read_affixes(pack, "prefixes", made->prefixes);
    made->n_suffixes = read_affixes(pack, "suffixes", made->suffixes);
    arena_init(&made->arena, memory);
    galley_status status = unlisted_open(pack, &made->unlisted, error);
    if (status == GALLEY_OK) {
        status = read_lists(made, word_lists, error);
    }
    if (status != GALLEY_OK) {
        spelling_destroy(made);
        return status;
    }
    *spelling = made;
    return GALLEY_OK;
}

void spelling_destroy(struct spelling *spelling) {
    if (spelling == NULL) {
        return;
    }
    memory_free(spelling->memory, spelling->words);
    arena_finish(&spelling->arena);
    memory_free(spelling->memory, spelling);
}

uint16_t spelling_standard(const struct spelling *spelling) {
    return spelling->standard;
}
