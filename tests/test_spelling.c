/*
 * Spelling: what is reported and what is not, suggestions, lost blanks, the user's words.
 */
#include "language/pack.h"
#include "language/spelling.h"
#include "runner.h"
#include "text/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct memory memory;
static struct pack *pack;

static struct spelling *make(const char *language, const char *word_lists) {
    galley_error error = {.size = sizeof error};
    struct spelling *spelling = NULL;
    if (pack == NULL) {
        char path[1024];
        snprintf(path, sizeof path, "%s/en.galley", test_path("GALLEY_TEST_PACKS"));
        CU_ASSERT_FATAL(pack_open(&memory, path, &pack, &error) == GALLEY_OK);
    }
    if (spelling_create(&memory, pack, language, word_lists, &spelling, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        CU_FAIL_FATAL("no spelling");
    }
    return spelling;
}

static void test_slips(void) {
    static const char *const stories[] = {
        "The committee has [[recieved]] more than forty letters from residents.",
        "Engineers will [[repalce]] the bridge before the [[wintter]] comes.",
        "Voters said the [[ecnoomy]] mattered more than the [[borrder]].",
        "A long-[[awiated]] report on the harbour appeared in a so-[[callde]] white paper.",
        "The [[ministres]]’ meeting ended late, and the [[gurad]]'s shift with it.",
        "[[Goverment]] buildings stayed closed all week.",
        "The measure was an [[ati]]-war gesture, the mayor said.",
        "Nobody knew [[whta]] the other side had offered.",
        /* Endings that never stand there make no new word of a known one. */
        "They [[recenty]] moved, [[finaly]] in peace, and two [[citys]] are gone.",
        "Later Duarte [[ssid]] Monday was too early.",
        "A <[[twwet]] id=7> was left in the text.",
        /* Words of other languages, were they not where they are. */
        /* What makes a word with hyphens one that is known. */
        "A [[wel]]-known baker and a 60-[[secodn]] film.",
        "The [[sper]] PAC had no comment.",
        /* Two slips in a long word. */
        "The [[goverenmnet]] gave its [[agreemtn]], and the [[presdientt]] left [[imediatley]].",
        /* Whichever of several words was meant. */
        "He went to the [[glf]] course.",
        "Sales reached a [[recodr]], and the ferry should [[habe]] come [[bsck]] by noon.",
    };
    expect_all_marked("spelling", stories, sizeof stories / sizeof *stories);
}

static void test_lost_blanks(void) {
    static const char *const stories[] = {
        "He promised [[tosupport]] the farmers, and [[inthe]] end he did.",
        "The [[G20due]] to meet in May has no agenda, and [[NATOhas]] one.",
        "[[Inthe]] morning the ferries sailed again. [[Theproblem]] was the fog.",
        "She went [[toLisbon]] and spoke of the trade [[betweenthe]] two countries.",
        "Duarte spoke first. Later [[Duartewas]] silent. Nobody asked why.",
        "The plan is [[inorderto]] save fuel, the harbour master explained.",
        "They said [[thatisn't]] true of the [[council'sown]] budget.",
        "Two boats left in [[2015and]] never returned.",
        /* Behind a name that no list has, a word that no name ends in. */
        "The ferry of Zhashkivka sailed, and [[Hrytsenkivwas]] not on board.",
        "[[Theallure]] of the island is its fog.",
        "She said [[Ihave]] no idea. “[[Let’snot]] ask,” he said. [[Oneof]] them laughed.",
        "The [[BRQThas]] no money.",
        /* Beside a function word, long words may be rare ones. */
        "Its views [[weremischaracterized]], and [[theshipborne]] radar failed.",
    };
    expect_all_marked("spelling", stories, sizeof stories / sizeof *stories);
}

static void test_blanks_too_many(void) {
    static const char *const stories[] = {
        "The [[govern ment]] of the island resigned on Monday.",
        "Fishermen [[suffe red]] losses in the storm.",
        "They stayed [[be cause]] it rained, and the [[mid fielder]] sang.",
        "It may be cause for alarm. In formation they flew, some times low, with out a sound.",
        "They can not agree, and every one of them knows it.",
    };
    expect_all_marked("spelling", stories, sizeof stories / sizeof *stories);
}

static void test_silence(void) {
    static const char *const stories[] = {
        "Oyelaran Bastiansdottir met Volodymyr Hrytsenkiv in Zhashkivka.",
        "Bastiansdottir’s plan, the Hrytsenkivs’ farm and Zhashkivka's mayor were new to us.",
        "The pro-Kharivna, anti-Bastiansdottir and ex-Zhashkivka camps agreed.",
        "An unpledged delegate rented a superyacht for a postlockdown, nonpartisan gala.",
        "It weighs 10kg, runs at 3.5GHz, costs 20k and came 21st of 500ml bottles in the 1990s.",
        "NATO, UNESCO, the WHO and the BRQT issued a PDF; the GmbH did not.",
        "Two 18-year-olds called it candidate-itis and ate roly-polies for 2 mln euros.",
        "The house called Casa de las Gaviotas in Ghazi-antap is for sale.",
        "MINISTERS MEET IN LISBOA AS TLAKS STALL",
        "Ludwig van der Brenkhoff and Faisal al-Qutaibi dined in the Rua de la Paixão.",
        "They brewed zorbel for years. The zorbel sold well, and more zorbel was brewed.",
        "The colour of the centre. She ran for the Labor Party, and “Center” was its name.",
        "See http://example.org/recieved, recieved@example.org, @recieved and #recieved.",
        "Il giornale della sera pubblica domani una lunga intervista.",
        "We know what is dif-\nferent, and what sub-\nstantial means.",
        "The doughnut, the wannabe and the realpolitik of fin-de-siècle Vienna.",
        "Don’t say they’ve gone; it’s the boys’ and the minister’s fault, y’all.",
        "“Gonna be fine,” she said. “Ain’t no reason to cry.”",
    };
    expect_all_marked("spelling", stories, sizeof stories / sizeof *stories);
}

/* What is suggested, with its texts. */
static size_t suggest(const struct spelling *spelling, const char *word, struct suggestion *found,
                      size_t n_max) {
    const size_t n = spelling_suggest(spelling, word, strlen(word), found, n_max);
    spelling_write_texts(spelling, word, strlen(word), found, n);
    return n;
}

/* Every one-letter slip of one kind in words of news leads back to the word, most at once. */
static void test_suggestions(void) {
    static const char *const words[] = {
        "government", "minister",  "election",   "parliament", "agreement", "security",  "economic",
        "officials",  "president", "military",   "statement",  "country",   "according", "support",
        "political",  "announced", "conference", "national",   "territory", "reported",  "members",
        "committee",  "decision",  "different",  "proposal",   "industry",  "business",  "citizens",
    };
    struct spelling *spelling = make("en", "");
    struct suggestion found[5];
    size_t n_slips = 0;
    size_t n_first = 0;
    size_t n_among = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t len = strlen(words[i]);
        for (size_t at = 1; at + 1 < len; at++) {
            for (int kind = 0; kind < 3; kind++) {
                char slip[64];
                memcpy(slip, words[i], at);
                if (kind == 0) { /* swapped */
                    slip[at] = words[i][at + 1];
                    slip[at + 1] = words[i][at];
                    strcpy(slip + at + 2, words[i] + at + 2);
                } else { /* lost, doubled */
                    strcpy(slip + at, words[i] + at + (kind == 1 ? 1 : 0));
                    if (kind == 2) {
                        memmove(slip + at + 1, slip + at, strlen(slip + at) + 1);
                    }
                }
                if (pack_find(pack, slip, strlen(slip)) != FORM_NONE) {
                    continue;
                }
                const size_t n = suggest(spelling, slip, found, 5);
                n_slips++;
                for (size_t k = 0; k < n; k++) {
                    n_first += k == 0 && strcmp(found[k].text, words[i]) == 0;
                    n_among += strcmp(found[k].text, words[i]) == 0;
                }
            }
        }
    }
    CU_ASSERT(n_slips > 400);
    CU_ASSERT(n_first * 100 >= n_slips * 90);
    CU_ASSERT(n_among == n_slips);
    spelling_destroy(spelling);
}

static void test_capitals_of_suggestions(void) {
    struct spelling *spelling = make("en", "");
    struct suggestion found[3];
    CU_ASSERT(suggest(spelling, "Goverment", found, 3) > 0);
    CU_ASSERT_STRING_EQUAL(found[0].text, "Government");
    CU_ASSERT(suggest(spelling, "GOVERMENT", found, 3) > 0);
    CU_ASSERT_STRING_EQUAL(found[0].text, "GOVERNMENT");
    CU_ASSERT(suggest(spelling, "Portgual", found, 3) > 0);
    CU_ASSERT_STRING_EQUAL(found[0].text, "Portugal");
    CU_ASSERT(suggest(spelling, "x", found, 3) == 0);
    CU_ASSERT(suggest(spelling, "qzxqzxqzx", found, 3) == 0);
    CU_ASSERT(suggest(spelling, "na\xC3\xAFvee", found, 3) == 0);
    spelling_destroy(spelling);
}

static void test_mixture(void) {
    static const char *const stories[] = {
        "The color of the harbor, the flavor and the [[organisation]].",
        "The colour of the harbour, the flavour, the [[color]], a neighbour and [[neighbor]], a "
        "metre, a traveller, a tyre.",
        /* About even: one remark. */
        "The colour and the neighbour of the [[harbor]] and its flavor.",
        "The color, the harbor and the Royal Theatre; the advisor’s judgment.",
    };
    expect_all_marked("spelling", stories, sizeof stories / sizeof *stories);
}

static void test_standards(void) {
    galley_engine *american = test_engine("language", "en-US");
    galley_engine *british = test_engine("language", "en-GB");
    expect_marked(american, "The color of the [[colour]] changed.");
    expect_marked(british, "The [[color]] of the colour changed.");
    galley_engine_destroy(american);
    galley_engine_destroy(british);
    struct spelling *spelling = make("en-GB", "");
    CU_ASSERT(spelling_standard(spelling) == FORM_VARIANT_B);
    spelling_destroy(spelling);
    spelling = make("en", "");
    CU_ASSERT(spelling_standard(spelling) == 0);
    spelling_destroy(spelling);
}

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    CU_ASSERT_FATAL(file != NULL);
    fputs(text, file);
    fclose(file);
}

static bool knows(const struct spelling *spelling, const char *word) {
    return spelling_is_user_word(spelling, word, strlen(word));
}

static void test_user_words(void) {
    char directory[] = "/tmp/galley-words-XXXXXX";
    char list[64];
    char dic[64];
    char aff[64];
    char lists[256];
    CU_ASSERT_FATAL(mkdtemp(directory) != NULL);
    snprintf(list, sizeof list, "%s/mine.txt", directory);
    snprintf(dic, sizeof dic, "%s/house.dic", directory);
    snprintf(aff, sizeof aff, "%s/house.aff", directory);
    write_text(list,
               "# of this house\nrecieved   # as the founder spelt it\n  Zhashkivka\nd'Aubry\n");
    write_text(dic, "2\nzorbel/S\nkrinf\n");
    write_text(aff, "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n");
    snprintf(lists, sizeof lists, "%s:%s", list, dic);
    struct spelling *spelling = make("en", lists);
    CU_ASSERT(knows(spelling, "recieved") && knows(spelling, "Recieved"));
    CU_ASSERT(knows(spelling, "RECIEVED") && !knows(spelling, "ReCieved"));
    CU_ASSERT(knows(spelling, "Zhashkivka") && knows(spelling, "ZHASHKIVKA"));
    CU_ASSERT(!knows(spelling, "zhashkivka"));
    CU_ASSERT(knows(spelling, "d\u2019Aubry"));
    CU_ASSERT(knows(spelling, "zorbels") && knows(spelling, "krinf") && !knows(spelling, "krinfs"));
    CU_ASSERT(!knows(spelling, "") && !knows(spelling, "2"));
    spelling_destroy(spelling);
    unlink(aff);
    spelling = make("en", dic);
    CU_ASSERT(knows(spelling, "zorbel") && !knows(spelling, "zorbels"));
    spelling_destroy(spelling);

    galley_engine *engine = test_engine("word-lists", list);
    expect_marked(engine, "They [[repalced]] what they recieved.");
    galley_engine_destroy(engine);
    unlink(list);
    unlink(dic);
    rmdir(directory);

    galley_error error = {.size = sizeof error};
    CU_ASSERT(spelling_create(&memory, pack, "en", list, &spelling, &error) ==
              GALLEY_ERROR_DICTIONARY);
    CU_ASSERT(strstr(error.message, "mine.txt") != NULL);
}

static void test_divisions(void) {
    static const struct {
        const char *word;
        enum letter_case letter_case;
        bool starts;
        size_t at;
    } cases[] = {{"ofthe", CASE_LOWER, false, 2},
                 {"peopleof", CASE_LOWER, false, 6},
                 {"Thebridge", CASE_TITLE, true, 3},
                 {"Thebridge", CASE_TITLE, false, 0},
                 {"circuslike", CASE_LOWER, false, 0},
                 {"G20due", CASE_MIXED, false, 3},
                 {"10km", CASE_LOWER, false, 0},
                 {"WikiLeaks", CASE_MIXED, false, 0},
                 {"overhyped", CASE_LOWER, false, 0},
                 {"superyacht", CASE_LOWER, false, 0},
                 {"\xC3\xA9\xC3\xA9", CASE_LOWER, false, 0}};
    struct spelling *spelling = make("en", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct division division =
            spelling_divide(spelling, cases[i].word, strlen(cases[i].word),
                            (unsigned)cases[i].letter_case, cases[i].starts);
        const size_t at = division.strength == DIVISION_NONE ? 0 : division.at;
        if (at != cases[i].at) {
            CU_FAIL("a blank is looked for at another place");
            fprintf(stderr, "%s: at %zu, not %zu\n", cases[i].word, at, cases[i].at);
        }
    }
    spelling_destroy(spelling);
}

/* Much that is no word takes no time and no issue. */
static void test_hostile(void) {
    galley_engine *engine = test_engine("only", "spelling");
    enum { LEN = 1 << 20 };
    char *text = malloc(LEN + 1);
    CU_ASSERT_FATAL(text != NULL);
    uint32_t seed = 1;
    for (size_t i = 0; i < LEN; i++) {
        seed = seed * 1664525U + 1013904223U;
        text[i] = seed >> 28 < 3 ? ' ' : (char)('a' + (seed >> 24) % 26);
    }
    text[LEN] = '\0';
    galley_document *document = check_text(engine, text);
    CU_ASSERT_FATAL(document != NULL);
    CU_ASSERT(galley_document_n_issues(document) < 100);
    galley_document_destroy(document);
    memset(text, 'q', LEN);
    document = check_text(engine, text);
    CU_ASSERT_FATAL(document != NULL);
    CU_ASSERT(galley_document_n_issues(document) == 0);
    galley_document_destroy(document);
    free(text);
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"slips", test_slips},
        {"lost blanks", test_lost_blanks},
        {"blanks too many", test_blanks_too_many},
        {"what is no error", test_silence},
        {"suggestions", test_suggestions},
        {"capitals of suggestions", test_capitals_of_suggestions},
        {"spelling standards", test_standards},
        {"mixed standards", test_mixture},
        {"the user's words", test_user_words},
        {"where a blank was lost", test_divisions},
        {"hostile texts", test_hostile}};
    const int result = run_tests("spelling", cases, sizeof cases / sizeof *cases);
    pack_close(pack);
    return result;
}
