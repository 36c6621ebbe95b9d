/*
 * Spelling: the user's words in a hash table, and what may have been meant by a wrong word.
 *
 * Suggestions come from the pack alone. Every slip of one letter (F. J. Damerau, "A technique for
 * computer detection and correction of spelling errors", 1964) is tried against the pack's hash,
 * and every place where a blank may have been lost. The cost of a candidate is that of the slip
 * plus what the word's rarity says, after M. Kernighan, K. Church and W. Gale, "A spelling
 * correction program based on a noisy channel model", 1990.
 */
#include "language/spelling.h"

#include "base/error.h"
#include "language/pack_hash.h"
#include "text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Letters of a word that is looked for a slip. Longer ones are no slip of anything. */
enum { LONGEST_SLIP = 32, WORD_LIST_MAX = 64 * 1024 * 1024 };

struct user_word {
    const char *text;
    uint32_t len;
    uint32_t hash;
};

struct spelling {
    struct memory memory;
    struct arena arena; /* user words' texts */
    const struct pack *pack;
    uint16_t standard;
    struct user_word *words; /* open addressing; len 0 is a free place */
    size_t n_words, capacity; /* capacity is a power of two, or 0 */
};

/* ---- user words ---- */

/* FNV-1a, 32 bits. */
static uint32_t hash_bytes(const char *text, size_t len) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
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
    struct user_word *words = memory_allocate(&spelling->memory, capacity * sizeof *words);
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
    memory_free(&spelling->memory, spelling->words);
    spelling->words = words;
    spelling->capacity = capacity;
    return true;
}

static bool add_word(struct spelling *spelling, const char *text, size_t len) {
    if (len == 0 || len > LIMIT_WORD_LEN) {
        return true;
    }
    const uint32_t hash = hash_bytes(text, len);
    if (!make_room(spelling)) {
        return false;
    }
    struct user_word *place =
        find_place(spelling->words, spelling->capacity, text, len, hash);
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
    return spelling->capacity > 0 &&
           find_place(spelling->words, spelling->capacity, text, len, hash_bytes(text, len))->len >
               0;
}

/* The word in small letters, as far as ASCII goes. */
static void fold(char *folded, const char *word, size_t len) {
    for (size_t i = 0; i < len; i++) {
        folded[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] - 'A' + 'a') : word[i];
    }
}

bool spelling_is_user_word(const struct spelling *spelling, const char *word, size_t len) {
    if (spelling->n_words == 0 || len > LIMIT_WORD_LEN) {
        return false;
    }
    if (has_word(spelling, word, len)) {
        return true;
    }
    char folded[LIMIT_WORD_LEN];
    fold(folded, word, len);
    return has_word(spelling, folded, len);
}

static bool ends_in(const char *text, size_t len, const char *ending) {
    const size_t n = strlen(ending);
    return len >= n && memcmp(text + len - n, ending, n) == 0;
}

/* One line of a list: a word, before a comment, or before the flags of a Hunspell entry. */
static bool take_line(struct spelling *spelling, const char *line, size_t len, bool hunspell) {
    size_t end = 0;
    while (end < len && line[end] != '#' && line[end] != '\t' && line[end] != '\r' &&
           !(hunspell && line[end] == '/')) {
        end++;
    }
    while (end > 0 && line[end - 1] == ' ') {
        end--;
    }
    size_t begin = 0;
    while (begin < end && line[begin] == ' ') {
        begin++;
    }
    return add_word(spelling, line + begin, end - begin);
}

static galley_status take_lines(struct spelling *spelling, const char *path, const char *data,
                                size_t len, galley_error *error) {
    const size_t valid = utf8_valid_len(data, len);
    if (valid < len) {
        return error_set_at(error, GALLEY_ERROR_DICTIONARY, valid, 0,
                            "%s: a word list must be UTF-8; byte %zu is not", path, valid);
    }
    const bool hunspell = ends_in(path, strlen(path), ".dic");
    bool first = true;
    for (size_t at = 0; at < len;) {
        const char *feed = memchr(data + at, '\n', len - at);
        const size_t end = feed == NULL ? len : (size_t)(feed - data);
        /* The first line of a .dic file is how many there are. */
        if (!(hunspell && first) && !take_line(spelling, data + at, end - at, hunspell)) {
            return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
        }
        first = false;
        at = end + 1;
    }
    return GALLEY_OK;
}

static galley_status read_list(struct spelling *spelling, const char *path, galley_error *error) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        const int reason = errno;
        if (file >= 0) {
            close(file);
        }
        return error_set(error, GALLEY_ERROR_DICTIONARY, "the word list %s cannot be read: %s",
                         path, strerror(reason));
    }
    if (!S_ISREG(status.st_mode) || status.st_size > WORD_LIST_MAX) {
        close(file);
        return error_set(error, GALLEY_ERROR_DICTIONARY,
                         "the word list %s is no file, or larger than 64 MB", path);
    }
    const size_t size = (size_t)status.st_size;
    char *data = memory_allocate(&spelling->memory, size);
    size_t len = 0;
    ssize_t n = 1;
    while (data != NULL && len < size && n > 0) {
        n = read(file, data + len, size - len);
        len += n > 0 ? (size_t)n : 0;
    }
    const int reason = errno;
    close(file);
    if (data == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    const galley_status result =
        n < 0 ? error_set(error, GALLEY_ERROR_DICTIONARY,
                          "the word list %s cannot be read: %s", path, strerror(reason))
              : take_lines(spelling, path, data, len, error);
    memory_free(&spelling->memory, data);
    return result;
}

static galley_status read_lists(struct spelling *spelling, const char *paths,
                                galley_error *error) {
    while (paths != NULL && *paths != '\0') {
        const size_t len = strcspn(paths, ":");
        if (len > 0) {
            const galley_string path = arena_copy(&spelling->arena, paths, len);
            if (path.data == NULL) {
                return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
            }
            const galley_status status = read_list(spelling, path.data, error);
            if (status != GALLEY_OK) {
                return status;
            }
        }
        paths += len + (paths[len] == ':');
    }
    return GALLEY_OK;
}

galley_status spelling_create(const struct memory *memory, const struct pack *pack,
                              const char *language, const char *word_lists,
                              struct spelling **spelling, galley_error *error) {
    struct spelling *made = memory_allocate(memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *made = (struct spelling){
        .memory = *memory, .pack = pack, .standard = pack_standard(pack, language)};
    arena_init(&made->arena, &made->memory);
    const galley_status status = read_lists(made, word_lists, error);
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
    const struct memory memory = spelling->memory;
    memory_free(&memory, spelling->words);
    arena_finish(&spelling->arena);
    memory_free(&memory, spelling);
}

uint16_t spelling_standard(const struct spelling *spelling) {
    return spelling->standard;
}

/* ---- suggestions ---- */

/* Costs of slips: natural logarithms of how much rarer one is than the commonest. */
static const float cost_swap = 0.3f;
static const float cost_double = 0.0f;
static const float cost_missing = 0.5f;
static const float cost_added = 1.2f;
static const float cost_near_key = 0.9f;
static const float cost_other_letter = 2.2f;
static const float cost_blank = 0.8f;
static const float cost_first_letter = 1.5f; /* the first letter is seldom the wrong one */
static const float cost_of_rarity = 1.1f;    /* for each power of ten */

struct search {
    const struct spelling *spelling;
    const char *word; /* in small letters */
    size_t len;
    struct suggestion *found;
    size_t n_found, n_max;
};

static float rarity(const struct form_facts *facts) {
    return cost_of_rarity * (8.0f - (float)facts->zipf / 25.0f);
}

/* Puts a candidate in its place among those found. */
static void keep(struct search *search, const struct suggestion *candidate) {
    size_t at = search->n_found;
    for (size_t i = 0; i < search->n_found; i++) {
        if (search->found[i].len == candidate->len &&
            memcmp(search->found[i].text, candidate->text, candidate->len) == 0) {
            if (search->found[i].cost <= candidate->cost) {
                return;
            }
            memmove(&search->found[i], &search->found[i + 1],
                    (search->n_found - i - 1) * sizeof *search->found);
            at = --search->n_found;
            break;
        }
    }
    if (at == search->n_max) {
        if (search->found[at - 1].cost <= candidate->cost) {
            return;
        }
        at--;
        search->n_found--;
    }
    while (at > 0 && search->found[at - 1].cost > candidate->cost) {
        search->found[at] = search->found[at - 1];
        at--;
    }
    search->found[at] = *candidate;
    search->n_found++;
}

/* Tries one slip's word. */
static void try_word(struct search *search, const char *text, size_t len, float cost) {
    const struct pack *pack = search->spelling->pack;
    const uint32_t form = pack_find(pack, text, len);
    if (form == FORM_NONE || (len == 1 && pack_facts(pack, form)->classes == 0)) {
        return;
    }
    const struct form_facts *facts = pack_facts(pack, form);
    const uint16_t standard = search->spelling->standard;
    const uint16_t other = (FORM_VARIANT_A | FORM_VARIANT_B) & ~standard;
    const bool foreign_standard =
        standard != 0 && (facts->flags & other) != 0 && (facts->flags & standard) == 0;
    struct suggestion candidate = {
        .len = len,
        .cost = cost + rarity(facts) + (foreign_standard ? 3.0f : 0.0f),
        .n_edits = 1,
        .form = form,
    };
    if ((facts->flags & FORM_LOWER) != 0) {
        memcpy(candidate.text, text, len);
    } else {
        const galley_string usual = pack_form_text(pack, form);
        candidate.cost += 2.0f; /* the capitals are missing, too */
        candidate.len = usual.len;
        memcpy(candidate.text, usual.data, usual.len);
    }
    candidate.text[candidate.len] = '\0';
    keep(search, &candidate);
}

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

/* Keys beside each other in a row of the QWERTY layout. */
static bool is_near(char a, char b) {
    static const char rows[] = "qwertyuiop asdfghjkl zxcvbnm";
    const char *at = strchr(rows, a);
    return at != NULL && a != ' ' &&
           ((at > rows && at[-1] == b) || (at[1] == b && b != '\0'));
}

static float first_letter(size_t at) {
    return at == 0 ? cost_first_letter : 0.0f;
}

static void try_swaps(struct search *search) {
    char text[LONGEST_SLIP + 2];
    memcpy(text, search->word, search->len);
    for (size_t i = 0; i + 1 < search->len; i++) {
        if (text[i] == text[i + 1]) {
            continue;
        }
        const char kept = text[i];
        text[i] = text[i + 1];
        text[i + 1] = kept;
        try_word(search, text, search->len, cost_swap + first_letter(i));
        text[i + 1] = text[i];
        text[i] = kept;
    }
}

static void try_letters_less(struct search *search) {
    char text[LONGEST_SLIP + 2];
    for (size_t i = 0; i < search->len; i++) {
        if (i > 0 && search->word[i] == search->word[i - 1]) {
            continue; /* the same word as without the letter before */
        }
        memcpy(text, search->word, i);
        memcpy(text + i, search->word + i + 1, search->len - i - 1);
        const bool doubled = i + 1 < search->len && search->word[i] == search->word[i + 1];
        try_word(search, text, search->len - 1,
                 (doubled ? cost_double : cost_added) + first_letter(i));
    }
}

static void try_letters_more(struct search *search) {
    char text[LONGEST_SLIP + 2];
    for (size_t i = 0; i <= search->len; i++) {
        memcpy(text, search->word, i);
        memcpy(text + i + 1, search->word + i, search->len - i);
        for (char c = 'a'; c <= 'z'; c++) {
            if (i > 0 && search->word[i - 1] == c) {
                continue; /* the same word as with the letter before */
            }
            text[i] = c;
            try_word(search, text, search->len + 1, cost_missing + first_letter(i));
        }
    }
}

static void try_other_letters(struct search *search) {
    char text[LONGEST_SLIP + 2];
    memcpy(text, search->word, search->len);
    for (size_t i = 0; i < search->len; i++) {
        for (char c = 'a'; c <= 'z'; c++) {
            if (c == search->word[i] || !is_letter(search->word[i])) {
                continue;
            }
            text[i] = c;
            try_word(search, text, search->len,
                     (is_near(search->word[i], c) ? cost_near_key : cost_other_letter) +
                         first_letter(i));
        }
        text[i] = search->word[i];
    }
}

/* Whether a part of a word that was run together can be a word by itself. */
static bool is_part(const struct form_facts *facts, size_t len) {
    const unsigned zipf = facts->zipf;
    if ((facts->classes & CLASS_FUNCTION) != 0) {
        return true;
    }
    return (facts->flags & (FORM_LOWER | FORM_PLACE | FORM_GIVEN_NAME | FORM_DEMONYM)) != 0 &&
           ((len >= 4 && zipf >= 50) || (len == 3 && zipf >= 100) || (len == 2 && zipf >= 150));
}

static void try_blanks(struct search *search) {
    const struct pack *pack = search->spelling->pack;
    for (size_t i = 1; i < search->len; i++) {
        const size_t rest = search->len - i;
        const uint32_t left = pack_find(pack, search->word, i);
        const uint32_t right =
            left == FORM_NONE ? FORM_NONE : pack_find(pack, search->word + i, rest);
        if (right == FORM_NONE || !is_part(pack_facts(pack, left), i) ||
            !is_part(pack_facts(pack, right), rest)) {
            continue;
        }
        const struct form_facts *left_facts = pack_facts(pack, left);
        const struct form_facts *right_facts = pack_facts(pack, right);
        const bool function =
            ((left_facts->classes | right_facts->classes) & CLASS_FUNCTION) != 0;
        struct suggestion candidate = {
            .len = search->len + 1,
            .cost = cost_blank + (rarity(left_facts) + rarity(right_facts)) * 0.6f +
                    (function ? 0.0f : 2.5f),
            .divided = true,
            .form = FORM_NONE,
        };
        memcpy(candidate.text, search->word, i);
        candidate.text[i] = ' ';
        memcpy(candidate.text + i + 1, search->word + i, rest);
        candidate.text[candidate.len] = '\0';
        keep(search, &candidate);
    }
}

static char upper(char c) {
    return is_letter(c) ? (char)(c - 'a' + 'A') : c;
}

/* Gives the suggestions the capitals of the wrong word: "THier" stays a matter of its own. */
static void copy_case(struct search *search, const char *word, size_t len) {
    const bool first = word[0] >= 'A' && word[0] <= 'Z';
    const bool all = first && len > 1 && word[len - 1] >= 'A' && word[len - 1] <= 'Z';
    for (size_t i = 0; i < search->n_found && first; i++) {
        struct suggestion *suggestion = &search->found[i];
        for (size_t k = 0; k < (all ? suggestion->len : 1); k++) {
            suggestion->text[k] = upper(suggestion->text[k]);
        }
    }
}

size_t spelling_suggest(const struct spelling *spelling, const char *word, size_t len,
                        struct suggestion *suggestions, size_t n_max) {
    if (len < 2 || len > LONGEST_SLIP || n_max == 0) {
        return 0;
    }
    char folded[LONGEST_SLIP];
    fold(folded, word, len);
    struct search search = {spelling, folded, len, suggestions, 0, n_max};
    try_swaps(&search);
    try_letters_less(&search);
    try_blanks(&search);
    try_letters_more(&search);
    try_other_letters(&search);
    copy_case(&search, word, len);
    return search.n_found;
}
