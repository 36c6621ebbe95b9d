/*
 * Language packs: compiling, opening, looking up, and refusing damage.
 */
#include "language/hunspell.h"
#include "language/pack.h"
#include "language/pack_compiler.h"
#include "language/pack_format.h"

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct memory memory;
static struct buffer bytes = {.memory = &memory};
static struct pack *pack;

static const char *data_path(const char *name) {
    static char path[1024];
    const char *root = getenv("GALLEY_TEST_DATA");
    snprintf(path, sizeof path, "%s/%s", root == NULL ? "tests/data" : root, name);
    return path;
}

static int set_up(void) {
    galley_error error = {.size = sizeof error};
    char directory[1024];
    snprintf(directory, sizeof directory, "%s", data_path("pack"));
    if (pack_compile(&memory, directory, directory, &bytes, &error) != GALLEY_OK ||
        pack_open_memory(&memory, "tiny", bytes.data, bytes.len, &pack, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    return 0;
}

static int tear_down(void) {
    pack_close(pack);
    buffer_finish(&bytes);
    return 0;
}

static uint32_t find(const char *word) {
    return pack_find(pack, word, strlen(word));
}

static const struct form_facts *facts(const char *word) {
    const uint32_t form = find(word);
    CU_ASSERT_FATAL(form != FORM_NONE);
    return pack_facts(pack, form);
}

static void test_expansion(void) {
    static const char *const forms[] = {
        "lock",     "locks",     "locked",     "unlock",   "unlocks",    "unlocked",
        "lockable", "lockables", "unlockable", "carried",  "carry",      "uncarried",
        "play",     "café",      "cafés",      "possible", "employed",   "go",
        "went",     "march",     "buggers",    "it's",     "impossible", "well-known"};
    static const char *const others[] = {"uncarry's",   "unplay", "played",    "employ",
                                         "unemployed",  "carryd", "carryable", "unmarch",
                                         "goed",        "1th",    "",          "carrieds",
                                         "lockables's", "lokc",   "marches"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (find(forms[i]) == FORM_NONE) {
            CU_FAIL("a form is missing");
            fprintf(stderr, "missing: %s\n", forms[i]);
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (find(others[i]) != FORM_NONE) {
            CU_FAIL("there is a form that no rule makes");
            fprintf(stderr, "made: %s\n", others[i]);
        }
    }
}

static void test_folding(void) {
    CU_ASSERT(find("Ukraine") == find("UKRAINE"));
    CU_ASSERT(find("CAFÉ") == find("café"));
    CU_ASSERT(find("cafe\u0301") == find("café"));
    CU_ASSERT(find("it\u2019s") == find("it's"));
    CU_ASSERT(find("IT\u2019S") == find("it's"));
    CU_ASSERT(find("well\u00ADknown") == FORM_NONE);
    CU_ASSERT(find("lo\u00ADcked") == find("locked"));
    CU_ASSERT(find("NAÏVE") == find("naïve"));
    CU_ASSERT(find("naive") == FORM_NONE);
    char long_word[LIMIT_WORD_LEN + 2];
    memset(long_word, 'a', sizeof long_word);
    CU_ASSERT(pack_find(pack, long_word, sizeof long_word) == FORM_NONE);
    CU_ASSERT(pack_find(pack, "lock\0", 5) == FORM_NONE);
    CU_ASSERT(pack_find(pack, "", 0) == FORM_NONE);
}

/* However long a word is, its key is the same in one piece and chunk by chunk. */
static void test_keys(void) {
    const char text[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[@`{abcdefghijklmnopqrstuvwxyz0123456789'-";
    for (size_t len = 1; len < sizeof text; len++) {
        struct pack_key key;
        CU_ASSERT_FATAL(pack_key_make(&key, text, len));
        char folded[sizeof text + 16] = {0};
        for (size_t i = 0; i < len; i++) {
            folded[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
        }
        CU_ASSERT(key.n_chunks == (len + 7) / 8);
        CU_ASSERT(memcmp(key.chunks, folded, 8 * key.n_chunks) == 0);
        uint64_t hash = pack_hash_pair(pack_load8(folded), pack_load8(folded + 8));
        for (size_t i = 2; i < key.n_chunks; i += 2) {
            hash = pack_hash_more(hash, pack_load8(folded + 8 * i), pack_load8(folded + 8 * i + 8));
        }
        CU_ASSERT(hash == key.hash);
    }
}

static void test_facts(void) {
    CU_ASSERT(facts("lock")->zipf == 105);
    CU_ASSERT(facts("locked")->parts == (PART_VERB_PAST | PART_VERB_PARTICIPLE));
    CU_ASSERT(facts("Maria")->male <= 3 && facts("Maria")->n_bearers >= 59);
    CU_ASSERT(facts("Alexis")->male == 128 && facts("Alexis")->n_bearers == 20);
    CU_ASSERT((facts("Petrenko")->flags & (FORM_SURNAME | FORM_TITLE | FORM_LOWER)) ==
              (FORM_SURNAME | FORM_TITLE));
    CU_ASSERT((facts("march")->flags & (FORM_LOWER | FORM_TITLE | FORM_CALENDAR)) ==
              (FORM_LOWER | FORM_TITLE | FORM_CALENDAR));
    CU_ASSERT(facts("him")->classes == CLASS_PRONOUN_MALE);
    CU_ASSERT(facts("km")->flags & FORM_UNIT);
    CU_ASSERT((facts("colour")->flags & (FORM_VARIANT_A | FORM_VARIANT_B)) == FORM_VARIANT_B);
    CU_ASSERT(facts("buggers")->hints & HINT_NO_SUGGESTION);
    CU_ASSERT(find("unknownword") == FORM_NONE);
    CU_ASSERT(strcmp(pack_language(pack), "en") == 0);
}

static void test_texts(void) {
    static const char *const words[] = {"NATO",     "iPhone",   "Ukraine",    "march",
                                        "McDonald", "deepfake", "well-known", "naïve"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const uint32_t form = find(words[i]);
        CU_ASSERT_FATAL(form != FORM_NONE);
        const galley_string text = pack_form_text(pack, form);
        CU_ASSERT(text.len == strlen(words[i]) && memcmp(text.data, words[i], text.len) == 0);
    }
}

static void test_order(void) {
    CU_ASSERT(find("carry") == 0);
    CU_ASSERT(find("march") < find("lock"));
    CU_ASSERT(find("Ukraine") == pack_n_lower_forms(pack));
    for (uint32_t form = 0; form < pack_n_forms(pack); form++) {
        const bool lower = (pack_facts(pack, form)->flags & FORM_LOWER) != 0;
        CU_ASSERT(lower == (form < pack_n_lower_forms(pack)));
        const galley_string text = pack_form_text(pack, form);
        CU_ASSERT(pack_find(pack, text.data, text.len) == form);
    }
}

static void test_hosts(void) {
    size_t len = 0;
    CU_ASSERT(pack_find_host(pack, "Ukraine\u2019s", 10, &len) == find("Ukraine") && len == 7);
    CU_ASSERT(pack_find_host(pack, "UKRAINE'S", 9, &len) == find("Ukraine") && len == 7);
    CU_ASSERT(pack_find_host(pack, "locks'", 6, &len) == find("locks") && len == 5);
    CU_ASSERT(pack_find_host(pack, "Zorbs'", 6, &len) == FORM_NONE);
    CU_ASSERT(pack_find_host(pack, "locks", 5, &len) == FORM_NONE);
    CU_ASSERT(pack_find_host(pack, "'s", 2, &len) == FORM_NONE);
}

static void test_variants(void) {
    uint32_t forms[4];
    CU_ASSERT(pack_variants(pack, find("Kiev"), forms, 4) == 2);
    CU_ASSERT(forms[0] == find("Kyiv") && forms[1] == find("Kiev"));
    CU_ASSERT(pack_variants(pack, find("lock"), forms, 4) == 0);
}

static void test_settings(void) {
    CU_ASSERT_STRING_EQUAL(pack_setting(pack, "clitics").data, "'s ' 'll");
    CU_ASSERT(pack_setting(pack, "clitic").len == 0);
    CU_ASSERT(pack_standard(pack, "en-US") == FORM_VARIANT_A);
    CU_ASSERT(pack_standard(pack, "en-AU") == FORM_VARIANT_B);
    CU_ASSERT(pack_standard(pack, "en") == 0);
    CU_ASSERT(pack_standard(pack, "") == 0);
}

/* Uses every function on a pack that was opened, so that a sanitizer sees a bad bound. */
static void use(const struct pack *opened) {
    static const char *const words[] = {"lock", "Kiev", "zzz", "impossible", "iphone", "the"};
    uint32_t variants[8];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const uint32_t form = pack_find(opened, words[i], strlen(words[i]));
        if (form != FORM_NONE) {
            pack_variants(opened, form, variants, 8);
            CU_ASSERT(pack_facts(opened, form) != NULL);
        }
    }
    for (uint32_t form = 0; form < pack_n_forms(opened); form++) {
        CU_ASSERT(pack_form_text(opened, form).data != NULL);
    }
    pack_setting(opened, "clitics");
    pack_section(opened, "compounds");
}

/* A damaged pack is refused, or what is wrong in it is only what words mean. */
static void test_damage(void) {
    char *copy = malloc(bytes.len);
    CU_ASSERT_FATAL(copy != NULL);
    size_t n_refused = 0;
    memcpy(copy, bytes.data, bytes.len);
    uint32_t seed = 1;
    for (size_t i = 0; i < 6 * bytes.len; i++) {
        seed = seed * 1664525u + 1013904223u;
        const size_t at = i < bytes.len ? i : seed % bytes.len;
        const char flip = (char)(1 << (seed >> 29 & 7));
        galley_error error = {.size = sizeof error};
        struct pack *damaged = NULL;
        copy[at] = (char)(copy[at] ^ flip);
        const galley_status status =
            pack_open_memory(&memory, "damaged", copy, bytes.len, &damaged, &error);
        if (status == GALLEY_OK) {
            use(damaged);
            CU_ASSERT(at >= sizeof(struct pack_header));
            pack_close(damaged);
        } else {
            n_refused++;
            CU_ASSERT(status == GALLEY_ERROR_DICTIONARY &&
                      strstr(error.message, "damaged") != NULL);
        }
        copy[at] = bytes.data[at];
    }
    CU_ASSERT(n_refused > 6 * sizeof(struct pack_header));
    free(copy);
}

static void test_truncation(void) {
    for (size_t len = 0; len < bytes.len; len++) {
        char *copy = malloc(len + 1);
        CU_ASSERT_FATAL(copy != NULL);
        memcpy(copy, bytes.data, len);
        galley_error error = {.size = sizeof error};
        struct pack *opened = NULL;
        CU_ASSERT(pack_open_memory(&memory, "cut", copy, len, &opened, &error) ==
                  GALLEY_ERROR_DICTIONARY);
        CU_ASSERT(error.message[0] != '\0');
        free(copy);
    }
}

static void test_files(void) {
    galley_error error = {.size = sizeof error};
    struct pack *opened = NULL;
    CU_ASSERT(pack_open(&memory, "/nonexistent/en.galley", &opened, &error) ==
              GALLEY_ERROR_DICTIONARY);
    CU_ASSERT(strstr(error.message, "/nonexistent/en.galley") != NULL);
    CU_ASSERT(pack_open(&memory, "/", &opened, &error) == GALLEY_ERROR_DICTIONARY);
    CU_ASSERT(pack_open(&memory, data_path("pack/words.tsv"), &opened, &error) ==
              GALLEY_ERROR_DICTIONARY);
    CU_ASSERT(strstr(error.message, "not a language pack") != NULL);

    char path[] = "/tmp/galley-pack-XXXXXX";
    const int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    CU_ASSERT(write(file, bytes.data, bytes.len) == (ssize_t)bytes.len);
    close(file);
    CU_ASSERT_FATAL(pack_open(&memory, path, &opened, &error) == GALLEY_OK);
    CU_ASSERT(pack_find(opened, "lock", 4) == find("lock"));
    CU_ASSERT(pack_verify(opened));
    pack_close(opened);
    unlink(path);
}

/* A table's mistake is named with its file and line. */
static void test_bad_tables(void) {
    static const struct {
        const char *name, *content, *message;
    } cases[] = {{"frequency.tsv", "# list\nword\tmany\n", "frequency.tsv:2: "},
                 {"flags.tsv", "km\tmeasure\n", "flags.tsv:1: "},
                 {"classes.tsv", "pronoun\the\n", "classes.tsv:1: unknown class \"pronoun\""},
                 {"given_names.tsv", "Maria\t0\t0\n", "given_names.tsv:1: "},
                 {"parts.tsv", "lock\tnown\n", "parts.tsv:1: "},
                 {"words.tsv", "bad \xC3\x28 bytes\n", "words.tsv: not UTF-8"},
                 {"pack.ini", "[pack]\nlanguage = en\n[words]\nno value here\n", "pack.ini:4: "},
                 {"pack.ini", "[pack]\n", "names no language"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char directory[] = "/tmp/galley-tables-XXXXXX";
        char path[128];
        CU_ASSERT_FATAL(mkdtemp(directory) != NULL);
        snprintf(path, sizeof path, "%s/pack.ini", directory);
        FILE *file = fopen(path, "w");
        CU_ASSERT_FATAL(file != NULL);
        fputs("[pack]\nlanguage = en\n", file);
        fclose(file);
        char other[160];
        snprintf(other, sizeof other, "%s/%s", directory, cases[i].name);
        file = fopen(other, "w");
        CU_ASSERT_FATAL(file != NULL);
        fputs(cases[i].content, file);
        fclose(file);
        struct buffer out = {.memory = &memory};
        galley_error error = {.size = sizeof error};
        CU_ASSERT(pack_compile(&memory, directory, directory, &out, &error) != GALLEY_OK);
        if (strstr(error.message, cases[i].message) == NULL) {
            CU_FAIL("the message does not say what is wrong");
            fprintf(stderr, "%s: %s\n", cases[i].name, error.message);
        }
        buffer_finish(&out);
        unlink(other);
        unlink(path);
        rmdir(directory);
    }
}

/* Every allocation of the compiler may fail. */
struct limited {
    size_t n_left;
};

static void *allocate_limited(void *context, void *old, size_t size) {
    struct limited *limited = context;
    if (size == 0) {
        free(old);
        return NULL;
    }
    if (limited->n_left == 0) {
        return NULL;
    }
    limited->n_left--;
    return realloc(old, size);
}

static void test_memory(void) {
    char directory[1024];
    snprintf(directory, sizeof directory, "%s", data_path("pack"));
    for (size_t n = 0; n < 400; n++) {
        struct limited limited = {.n_left = n};
        const struct memory scarce = {allocate_limited, &limited};
        struct buffer out = {.memory = &scarce};
        galley_error error = {.size = sizeof error};
        const galley_status status = pack_compile(&scarce, directory, directory, &out, &error);
        if (status == GALLEY_OK) {
            CU_ASSERT(n > 10 && out.len == bytes.len);
            buffer_finish(&out);
            return;
        }
        CU_ASSERT(error.message[0] != '\0');
        buffer_finish(&out);
    }
    CU_FAIL("compiling takes too many allocations");
}

int main(void) {
    static CU_TestInfo tests[] = {{"affix rules make the forms", test_expansion},
                                  {"capitals and apostrophes are folded", test_folding},
                                  {"keys", test_keys},
                                  {"facts", test_facts},
                                  {"usual capitals", test_texts},
                                  {"order of forms", test_order},
                                  {"clitics", test_hosts},
                                  {"variants", test_variants},
                                  {"settings", test_settings},
                                  {"a damaged pack is refused", test_damage},
                                  {"a cut pack is refused", test_truncation},
                                  {"files", test_files},
                                  {"mistakes in tables", test_bad_tables},
                                  {"memory that runs out", test_memory},
                                  CU_TEST_INFO_NULL};
    CU_SuiteInfo suites[] = {{"language", set_up, tear_down, NULL, NULL, tests},
                             CU_SUITE_INFO_NULL};
    if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS) {
        return 1;
    }
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    const unsigned n_failures = CU_get_number_of_failures();
    const bool ran = CU_get_number_of_suites_failed() == 0;
    CU_cleanup_registry();
    return n_failures == 0 && ran ? 0 : 1;
}
