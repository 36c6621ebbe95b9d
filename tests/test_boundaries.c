/*
 * Tokens and sentences held against Unicode's own test files of UAX #29 (WordBreakTest.txt and
 * SentenceBreakTest.txt, Debian's package unicode-data). Where the rules are meant to differ is
 * written down here, a predicate a difference, and told in docs/text.md. Any other difference
 * fails, and so does a predicate that no vector needs.
 */
#include "runner.h"
#include "text/character.h"
#include "text/mark.h"
#include "text/preparation.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_MAX = 64, DIFFERENCES_MAX = 8 };

static const struct memory memory;
static struct pack *pack;

/* One line of a test file. */
struct vector {
    uint32_t points[POINTS_MAX];
    bool breaks[POINTS_MAX + 1]; /* before points[i] */
    size_t n;
    char text[POINTS_MAX * 4];
    size_t offsets[POINTS_MAX + 1]; /* of points in text, bytes */
};

/* "÷ 0061 × 0308 ÷ # ...": false for lines without a vector. */
static bool read_vector(const char *line, struct vector *vector) {
    static const char sign_break[] = "÷", sign_none[] = "×";
    size_t len = 0;
    vector->n = 0;
    while (*line != '\0' && *line != '#') {
        char *end;
        if (memcmp(line, sign_break, 2) == 0 || memcmp(line, sign_none, 2) == 0) {
            vector->breaks[vector->n] = memcmp(line, sign_break, 2) == 0;
            line += 2;
            continue;
        }
        const uint32_t point = (uint32_t)strtoul(line, &end, 16);
        if (end == line) {
            line++;
            continue;
        }
        CU_ASSERT_FATAL(vector->n < POINTS_MAX);
        vector->offsets[vector->n] = len;
        vector->points[vector->n] = point;
        vector->n++;
        len += utf8_put(vector->text + len, point);
        line = end;
    }
    vector->offsets[vector->n] = len;
    return vector->n > 0;
}

static bool is_space(uint32_t point) {
    return character_is_space(character_of(point));
}

static bool is_extend(uint32_t point) {
    return character_of(point) == CHARACTER_EXTEND;
}

/* The last point before points[i] that extends none; 0: there is none. */
static uint32_t base_before(const struct vector *vector, size_t i) {
    while (i > 0 && is_extend(vector->points[i - 1])) {
        i--;
    }
    return i > 0 ? vector->points[i - 1] : 0;
}

/* ---- differences that are meant ---- */

/* Whether the difference explains that points[i] begins a token here and not there, or there and
 * not here. */
struct difference {
    const char *what;
    bool (*explains)(const struct vector *vector, size_t i);
};

static bool has(const struct vector *vector, size_t i, uint32_t point) {
    return vector->points[i] == point || base_before(vector, i) == point;
}

static bool is_apostrophe(const struct vector *vector, size_t i) {
    return has(vector, i, '\'');
}

static bool is_colon(const struct vector *vector, size_t i) {
    return has(vector, i, ':');
}

static bool is_low_line(const struct vector *vector, size_t i) {
    return has(vector, i, '_');
}

static bool is_run_of_dots(const struct vector *vector, size_t i) {
    return vector->points[i] == '.' && base_before(vector, i) == '.';
}

static bool is_other_script(const struct vector *vector, size_t i) {
    enum { HEBREW_BEGIN = 0x590, HEBREW_END = 0x600, KANA_REPEAT = 0x3031 };
    const uint32_t both[] = {vector->points[i], base_before(vector, i)};
    bool found = false;
    for (size_t k = 0; k < 2; k++) {
        found |= (both[k] >= HEBREW_BEGIN && both[k] < HEBREW_END) || both[k] == KANA_REPEAT;
    }
    return found;
}

/* Flags, skin tones and what zero-width joiners join. */
static bool is_pictograph(const struct vector *vector, size_t i) {
    enum { SYMBOLS_BEGIN = 0x2000, JOINER = 0x200D };
    const uint32_t before = base_before(vector, i);
    return !character_is_word(character_of(vector->points[i])) &&
           vector->points[i] > SYMBOLS_BEGIN &&
           (before > SYMBOLS_BEGIN || vector->points[i - 1] == JOINER);
}

static bool is_extended_separator(const struct vector *vector, size_t i) {
    const bool behind = (vector->points[i] == '.' || vector->points[i] == ',') &&
                        i + 1 < vector->n && is_extend(vector->points[i + 1]);
    return behind ||
           (is_extend(vector->points[i - 1]) && (has(vector, i, '.') || has(vector, i, ',')));
}

static const struct difference of_words[DIFFERENCES_MAX] = {
    {"apostrophes at the ends of words belong to them", is_apostrophe},
    {"a colon is inside numbers, not inside words", is_colon},
    {"a low line joins nothing", is_low_line},
    {"a run of dots is one mark", is_run_of_dots},
    {"scripts are told apart", is_other_script},
    {"each pictograph is a mark", is_pictograph},
    {"a separator of digits takes no combining mark", is_extended_separator},
};

static bool is_against_stop(const struct vector *vector, size_t i) {
    const uint32_t before = base_before(vector, i);
    return mark_is_stop(before) && character_of(vector->points[i]) != CHARACTER_UPPER;
}

static bool is_extended(const struct vector *vector, size_t i) {
    return is_extend(vector->points[i]) || is_extend(vector->points[i - 1]);
}

static const struct difference of_sentences[DIFFERENCES_MAX] = {
    {"only a capital begins a sentence without a space before it", is_against_stop},
    {"combining and format characters are not looked through", is_extended},
};

/* ---- comparing ---- */

/* Writes before which points a token begins or ends. */
static void mark_tokens(const struct unit *unit, const struct vector *vector, bool *breaks) {
    for (size_t i = 0; i < unit->n_tokens; i++) {
        for (size_t k = 0; k < vector->n; k++) {
            breaks[k] |= vector->offsets[k] == unit->tokens[i].offset ||
                         vector->offsets[k] == unit->tokens[i].offset + unit->tokens[i].len;
        }
    }
}

static void mark_sentences(const struct unit *unit, const struct vector *vector, bool *breaks) {
    for (size_t i = 1; i < unit->n_sentences; i++) {
        for (size_t k = 0; k < vector->n; k++) {
            breaks[k] |= vector->offsets[k] == unit->tokens[unit->sentences[i].first].offset;
        }
    }
}

/* Moves breaks before or among spaces to what follows them, where ours are. */
static void skip_spaces(struct vector *vector) {
    bool waits = false;
    bool begun = false;
    for (size_t i = 0; i < vector->n; i++) {
        waits |= vector->breaks[i];
        vector->breaks[i] = waits && begun;
        if (!is_space(vector->points[i])) {
            waits = false;
            begun = true;
        } else {
            vector->breaks[i] = false;
        }
    }
}

static void show(const struct vector *vector, const bool *breaks) {
    fprintf(stderr, "   ");
    for (size_t i = 0; i < vector->n; i++) {
        fprintf(stderr, " %s %04X", breaks[i] ? "÷" : "×", (unsigned)vector->points[i]);
    }
    fprintf(stderr, "\n");
}

/* Blanks are of no token, so that nothing is compared beside them; sentences begin behind them. */
static void compare(struct vector *vector, const struct unit *unit, bool sentences,
                    const struct difference *differences, size_t *n_explained) {
    bool ours[POINTS_MAX] = {false};
    if (sentences) {
        mark_sentences(unit, vector, ours);
        skip_spaces(vector);
    } else {
        mark_tokens(unit, vector, ours);
    }
    for (size_t i = 1; i < vector->n; i++) {
        if (ours[i] == vector->breaks[i] || is_space(vector->points[i]) ||
            (!sentences && is_space(vector->points[i - 1]))) {
            continue;
        }
        size_t k = 0;
        while (k < DIFFERENCES_MAX && differences[k].what != NULL &&
               !differences[k].explains(vector, i)) {
            k++;
        }
        if (k == DIFFERENCES_MAX || differences[k].what == NULL) {
            CU_FAIL("a boundary is at another place than UAX #29 has it");
            show(vector, vector->breaks);
            show(vector, ours);
        } else {
            n_explained[k]++;
        }
    }
}

static void expect_vectors(const char *name, bool sentences, const struct difference *differences,
                           size_t n_least) {
    char path[1024];
    size_t file_len;
    size_t n_vectors = 0;
    size_t n_explained[DIFFERENCES_MAX] = {0};
    snprintf(path, sizeof path, "%s/%s", test_path("GALLEY_TEST_UNICODE"), name);
    char *file = read_test_file(path, &file_len);
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    for (char *line = strtok(file, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        struct vector vector;
        if (read_vector(line, &vector)) {
            struct unit unit = {.text = vector.text, .len = vector.offsets[vector.n]};
            CU_ASSERT_FATAL(preparation_run(&preparation, &unit) == GALLEY_OK);
            compare(&vector, &unit, sentences, differences, n_explained);
            n_vectors++;
        }
    }
    CU_ASSERT(n_vectors >= n_least);
    for (size_t i = 0; i < DIFFERENCES_MAX && differences[i].what != NULL; i++) {
        if (n_explained[i] == 0) {
            CU_FAIL("a difference that no vector shows");
            fprintf(stderr, "    %s\n", differences[i].what);
        }
    }
    preparation_finish(&preparation);
    free(file);
}

static void test_words(void) {
    expect_vectors("WordBreakTest.txt", false, of_words, 1000);
}

static void test_sentences(void) {
    expect_vectors("SentenceBreakTest.txt", true, of_sentences, 400);
}

int main(void) {
    char path[1024];
    galley_error error = {.size = sizeof error};
    snprintf(path, sizeof path, "%s/en.galley", test_path("GALLEY_TEST_PACKS"));
    if (pack_open(&memory, path, &pack, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    static const struct test_case cases[] = {
        {"words of UAX #29", test_words},
        {"sentences of UAX #29", test_sentences},
    };
    const int result = run_tests("boundaries", cases, sizeof cases / sizeof *cases);
    pack_close(pack);
    return result;
}
