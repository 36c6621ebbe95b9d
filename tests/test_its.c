/*
 * ITS 2.0: what rules and local markup make of a document's text, and their values node by node.
 * bench/its.sh runs the W3C's own test suite.
 */
#include "its/allowed_characters.h"
#include "its/its_tree.h"
#include "runner.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define ITS "xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\""
#define RULES                                                                                      \
    "<its:rules xmlns:its=\"http://www.w3.org/2005/11/its\" version=\"2.0\" "                      \
    "xmlns:h=\"http://www.w3.org/1999/xhtml\">"

/* How many misspelt words of each are to be checked. */
static const struct {
    const char *uri, *text;
    size_t n_issues;
} documents[] = {
    {"a.xml", "<?xml version=\"1.0\"?><doc " ITS "><p>Went tosupport her.</p></doc>", 1},
    /* A rule, and an element inside that says otherwise. */
    {"a.xml",
     "<?xml version=\"1.0\"?><doc " ITS ">" RULES
     "<its:translateRule selector=\"//fixed\" translate=\"no\"/></its:rules>"
     "<p>Went <fixed>inthe <b its:translate=\"yes\">tosupport</b></fixed> her.</p></doc>",
     1},
    /* An element that nobody knows stands within text. */
    {"a.xml",
     "<?xml version=\"1.0\"?><doc " ITS ">" RULES
     "<its:withinTextRule selector=\"//blink\" withinText=\"yes\"/></its:rules>"
     "<p>Went to<blink>support</blink> her.</p></doc>",
     1},
    {"a.xml", "<?xml version=\"1.0\"?><doc " ITS "><p>Went to<blink>support</blink> her.</p></doc>",
     0},
    {"a.xml",
     "<?xml version=\"1.0\"?><doc " ITS "><p its:localeFilterList=\"de-*\">Went tosupport.</p>"
     "<p its:localeFilterList=\"en-*\">Went tosupport.</p>"
     "<p its:localeFilterList=\"*\" its:localeFilterType=\"exclude\">Went tosupport.</p></doc>",
     1},
    {"a.xml",
     "<?xml version=\"1.0\"?><doc " ITS "><p xml:lang=\"de\">Went tosupport.<q xml:lang=\"en-GB\">"
     "Went tosupport.</q></p></doc>",
     1},
    {"a.html",
     "<!DOCTYPE html><html lang=en><head><title>x</title><script "
     "type=\"application/its+xml\">" RULES
     "<its:translateRule selector=\"//h:p[@class='x']\" translate=\"no\"/></its:rules></script>"
     "</head><body><p class=x>Went tosupport her.<p>Went toopen her.<ul><li>Went toanswer."
     "<li class=x>Went tofollow.</ul></body></html>",
     3},
};

static void markup_says_what_is_checked(void) {
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(documents); i++) {
        galley_document *document =
            check_bytes(engine, documents[i].uri, documents[i].text, strlen(documents[i].text));
        if (galley_document_n_issues(document) != documents[i].n_issues) {
            printf("    %zu: %zu issues, not %zu\n", i, galley_document_n_issues(document),
                   documents[i].n_issues);
            CU_FAIL("checked what it should not, or not what it should");
        }
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void rules_of_the_settings_count(void) {
    char path[] = "/tmp/galley-its-XXXXXX";
    const int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    FILE *stream = fdopen(file, "w");
    fputs(RULES "<its:translateRule selector=\"//p\" translate=\"no\"/></its:rules>", stream);
    fclose(stream);
    galley_engine *engine = test_engine("its-rules", path);
    const char *text =
        "<?xml version=\"1.0\"?><doc><p>Went tosupport.</p><d>Went tosupport.</d></doc>";
    galley_document *document = check_bytes(engine, "a.xml", text, strlen(text));
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    remove(path);
}

static void broken_rules_are_errors(void) {
    static const char *const texts[] = {
        "<?xml version=\"1.0\"?>\n<doc>" RULES "\n<its:translateRule selector=\"//[\" "
        "translate=\"no\"/></its:rules></doc>",
        "<?xml version=\"1.0\"?>\n<doc>" RULES "\n<its:translateRule translate=\"no\"/></its:rules>"
        "</doc>",
        "<?xml version=\"1.0\"?>\n<doc>" RULES "\n<its:langRule selector=\"//doc\" "
        "langPointer=\"1+\"/></its:rules></doc>",
    };
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(texts); i++) {
        const galley_input input = {
            .size = sizeof input, .data = texts[i], .data_len = strlen(texts[i]), .uri = "a.xml"};
        galley_document *document = NULL;
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_FORMAT);
        CU_ASSERT_EQUAL(error.line, 3);
        CU_ASSERT(strlen(error.message) > 10);
    }
    galley_engine_destroy(engine);
}

/* Local before global, a later rule before an earlier one, then inheritance, then the default. */
static void precedence(void) {
    static const char text[] =
        "<doc " ITS ">" RULES "<its:storageSizeRule selector=\"//p\" storageSize=\"10\"/>"
        "<its:storageSizeRule selector=\"//p[2]\" storageSizePointer=\"@max\"/>"
        "<its:allowedCharactersRule selector=\"//p\" allowedCharacters=\"[a-z]\"/></its:rules>"
        "<p>a</p><p max=\"20\">b<b>c</b></p><p its:storageSize=\"30\" "
        "its:storageEncoding=\"UTF-16\">d</p></doc>";
    const struct memory memory = {NULL, NULL};
    struct arena arena;
    arena_init(&arena, &memory);
    struct its_tree tree;
    struct its its;
    const struct its_options options = {.categories =
                                            1u << ITS_STORAGE_SIZE | 1u << ITS_ALLOWED_CHARACTERS};
    CU_ASSERT_EQUAL_FATAL(its_tree_build(&tree, &arena, text, strlen(text), false, NULL),
                          GALLEY_OK);
    CU_ASSERT_EQUAL_FATAL(its_process(&its, &arena, tree.document, &options, NULL), GALLEY_OK);
    static const char *const sizes[] = {NULL, "10", "20", "30"};
    static const char *const encodings[] = {NULL, "UTF-8", "UTF-8", "UTF-16"};
    size_t n = 0;
    for (xmlNodePtr node = xmlFirstElementChild(xmlDocGetRootElement(tree.document)); node != NULL;
         node = xmlNextElementSibling(node), n++) {
        const char *size = its_value(&its, node, ITS_P_STORAGE_SIZE);
        const char *encoding = its_value(&its, node, ITS_P_STORAGE_ENCODING);
        CU_ASSERT_FATAL(n < LENGTH(sizes));
        CU_ASSERT((size == NULL) == (sizes[n] == NULL));
        if (size != NULL && sizes[n] != NULL) {
            CU_ASSERT_STRING_EQUAL(size, sizes[n]);
            CU_ASSERT_STRING_EQUAL(encoding, encodings[n]);
            CU_ASSERT_STRING_EQUAL(its_value(&its, node, ITS_P_ALLOWED_CHARACTERS), "[a-z]");
        }
        const xmlNode *child = xmlFirstElementChild(node);
        if (n == 2 && child != NULL) {
            CU_ASSERT_PTR_NULL(its_value(&its, child, ITS_P_STORAGE_SIZE));
            CU_ASSERT_STRING_EQUAL(its_value(&its, child, ITS_P_ALLOWED_CHARACTERS), "[a-z]");
        }
    }
    CU_ASSERT_EQUAL(n, LENGTH(sizes));
    its_tree_finish(&tree);
    arena_finish(&arena);
}

static void locales(void) {
    static const struct {
        const char *list, *type, *locale;
        bool passes;
    } filters[] = {
        {"*", "include", "en", true},
        {"", "include", "en", false},
        {"", "exclude", "en", true},
        {"*", "exclude", "en", false},
        {"en-CA, fr-CA", "include", "fr-CA", true},
        {"en-CA, fr-CA", "include", "fr-FR", false},
        {"*-CA", "include", "fr-CA", true},
        {"*-CA", "exclude", "fr-CA", false},
        {"en", "include", "en-GB", true},
        {"en-GB", "include", "en", false},
        {"de-*-DE", "include", "de-Latn-DE", true},
        {"de-DE", "include", "de-Latn-DE", true},
        {"DE-de", "include", "de-DE", true},
        {"de-DE", "include", "de-x-DE", false},
    };
    for (size_t i = 0; i < LENGTH(filters); i++) {
        CU_ASSERT_EQUAL(its_locale_passes(filters[i].list, filters[i].type, filters[i].locale),
                        filters[i].passes);
    }
}

/* Which characters and how many a place may hold; what is reported is marked "[…]". */
static void limits_reach_the_checks(void) {
    static const struct {
        const char *uri, *text, *finds;
    } cases[] = {
        {"a.xml", "<?xml version=\"1.0\"?><doc " ITS "><p its:storageSize=\"6\">Hafen</p></doc>",
         ""},
        {"a.xml", "<?xml version=\"1.0\"?><doc " ITS "><p its:storageSize=\"5\">Café 5</p></doc>",
         "[Café 5]"},
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS "><p its:storageSize=\"6\" "
         "its:storageEncoding=\"ISO-8859-1\">Café 5</p></doc>",
         ""},
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS "><p>The port <b its:storageSize=\"4\">of Bern</b> is "
         "open.</p></doc>",
         "[of Bern]"},
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS ">" RULES
         "<its:storageSizeRule selector=\"//item\" storageSize=\"4\"/></its:rules>"
         "<item>port</item><item>ports</item></doc>",
         "[ports]"},
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS "><p its:storageSize=\"3\" its:lineBreakType=\"crlf\" "
         "xml:space=\"preserve\">A\nB</p></doc>",
         "[A\nB]"},
        /* An element of more than one block has no length. */
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS
         " its:storageSize=\"3\"><p>Harbour</p><p>Port</p></doc>",
         ""},
        {"a.html",
         "<!DOCTYPE html><html><body><p its-storage-size=4>Ports</p><p>Port</p></body></html>",
         "[Ports]"},
        {"a.html",
         "<!DOCTYPE html><html><body><p its-allowed-characters=\"[^*+]\">A * in <b>B+</b>"
         "</p><p>A+</p></body></html>",
         "[*][+]"},
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS "><p its:allowedCharacters=\"[A-Z ]\">AB <b>cd</b> "
         "<i its:allowedCharacters=\".\">ef</i></p></doc>",
         "[cd]"},
        {"a.xlf",
         "<xliff version=\"2.1\" " ITS
         "><file><unit id=\"1\" its:allowedCharacters=\"[a-z&amp; ]\">"
         "<segment><source>Hafen</source><target>port &amp; <ph id=\"1\"/>town 5</target></segment>"
         "</unit></file></xliff>",
         "[5]"},
        {"a.xml",
         "<?xml version=\"1.0\"?><doc " ITS "><p its:allowedCharacters=\"[(a|b)*\">x</p></doc>",
         ""},
    };
    galley_engine *engine = test_engine("only", "length, characters");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        galley_document *document =
            check_bytes(engine, cases[i].uri, cases[i].text, strlen(cases[i].text));
        char finds[256] = "";
        for (size_t k = 0; k < galley_document_n_issues(document); k++) {
            galley_issue issue = {.size = sizeof issue};
            galley_document_issue(document, k, &issue);
            snprintf(finds + strlen(finds), sizeof finds - strlen(finds), "[%s]", issue.text.data);
        }
        if (strcmp(finds, cases[i].finds) != 0) {
            printf("    %s: %s\n", cases[i].text, finds);
        }
        CU_ASSERT_STRING_EQUAL(finds, cases[i].finds);
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void classes_of_characters(void) {
    static const struct {
        const char *class;
        bool valid;
        const char *has, *lacks;
    } classes[] = {
        {".", true, "aä]", "\n"},
        {"[a-c]", true, "abc", "dA-"},
        {"[^a-c]", true, "dä", "ab"},
        {"[a\\-\\]]", true, "a-]", "b\\"},
        {"[-a]", true, "-a", "b"},
        {"[a-]", true, "-a", "b"},
        {"[\\d\\n]", true, "07\n", "a"},
        {"\\D", true, "a", "7"},
        {"[ä-ü]", true, "äöü", "a"},
        {"x", true, "x", "y"},
        {"", false, "", "a"},
        {"[]", false, "", "a"},
        {"[a", false, "", "a"},
        {"[c-a]", false, "", "b"},
        {"[a]*", false, "", "a"},
        {"[\\w]", false, "", "w"},
        {"[a-\\d]", false, "", "a"},
        {"ab", false, "", "a"},
    };
    for (size_t i = 0; i < LENGTH(classes); i++) {
        CU_ASSERT_EQUAL(allowed_characters_valid(classes[i].class), classes[i].valid);
        for (size_t at = 0; classes[i].has[at] != '\0';) {
            CU_ASSERT_TRUE(
                allowed_characters_have(classes[i].class, utf8_next(classes[i].has, &at)));
        }
        for (size_t at = 0; classes[i].lacks[at] != '\0';) {
            CU_ASSERT_FALSE(
                allowed_characters_have(classes[i].class, utf8_next(classes[i].lacks, &at)));
        }
    }
}

/* Deep, unclosed and endless markup: an answer in bounded memory. */
static void hostile_markup_ends(void) {
    enum { N = 200000 };
    static const char *const pieces[] = {"<p>", "<b><i>", "</x>", "<a b='", "<!--", "<li><p>"};
    galley_engine *engine = test_engine("only", "spelling");
    char *text = malloc(N * 8 + 256);
    for (size_t i = 0; i < LENGTH(pieces); i++) {
        size_t len = (size_t)sprintf(text, "<!DOCTYPE html><html its-within-text=no><body>");
        for (size_t n = 0; n < N; n++) {
            len += (size_t)sprintf(text + len, "%s", pieces[i]);
        }
        galley_document_destroy(check_bytes(engine, "a.html", text, len));
    }
    free(text);
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"markup says what is checked", markup_says_what_is_checked},
        {"rules of the settings count", rules_of_the_settings_count},
        {"broken rules are errors", broken_rules_are_errors},
        {"precedence", precedence},
        {"locales", locales},
        {"limits reach the checks", limits_reach_the_checks},
        {"classes of characters", classes_of_characters},
        {"hostile markup ends", hostile_markup_ends},
    };
    return run_tests("its", cases, LENGTH(cases));
}
