/*
 * The checks that compare a text with its source, as stories: tests/data/stories/source/CHECK.txt
 * has one a line, "LANGUAGE | source | target", with what must be reported marked as [[…]] in the
 * target.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum { MARKS_MAX = 16, STORY_LEN_MAX = 4096 };

struct story {
    char language[16];
    char source[STORY_LEN_MAX], target[STORY_LEN_MAX]; /* without marks */
    char marks[MARKS_MAX][256];
    size_t n_marks;
};

/* Takes the marks out of the target. */
static void take_marks(struct story *story, const char *marked) {
    char *out = story->target;
    for (const char *at = marked; *at != '\0';) {
        const char *end = strncmp(at, "[[", 2) == 0 ? strstr(at, "]]") : NULL;
        if (end == NULL) {
            *out++ = *at++;
            continue;
        }
        const size_t len = (size_t)(end - at) - 2;
        memcpy(story->marks[story->n_marks], at + 2, len);
        story->marks[story->n_marks++][len] = '\0';
        memcpy(out, at + 2, len);
        out += len;
        at = end + 2;
    }
    *out = '\0';
}

static bool read_story(const char *line, struct story *story) {
    const char *source = strstr(line, " | ");
    const char *target = source == NULL ? NULL : strstr(source + 3, " | ");
    if (target == NULL || strlen(line) >= STORY_LEN_MAX ||
        source - line >= (long)sizeof story->language) {
        return false;
    }
    *story = (struct story){.n_marks = 0};
    memcpy(story->language, line, (size_t)(source - line));
    memcpy(story->source, source + 3, (size_t)(target - source) - 3);
    take_marks(story, target + 3);
    return true;
}

static void append_json(char *out, const char *text) {
    out += strlen(out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            *out++ = '\\';
        }
        *out++ = *text;
    }
    *out = '\0';
}

static void make_json(const struct story *story, char *json) {
    strcpy(json, "{\"source\": \"");
    append_json(json, story->source);
    strcat(json, "\", \"text\": \"");
    append_json(json, story->target);
    strcat(json, "\"}\n");
}

/* An engine with one check alone, for sources in the language. */
static galley_engine *engine_for(const char *check, const char *language, const char *key,
                                 const char *value) {
    galley_settings *settings;
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
    const char *const pairs[][2] = {{"dictionary-path", test_path("GALLEY_TEST_PACKS")},
                                    {"only", check},
                                    {"source-language", language},
                                    {key, value}};
    for (size_t i = 0; i < LENGTH(pairs) - (key == NULL); i++) {
        CU_ASSERT_EQUAL_FATAL(galley_settings_set(settings, pairs[i][0], strlen(pairs[i][0]),
                                                  pairs[i][1], strlen(pairs[i][1]), &error),
                              GALLEY_OK);
    }
    if (galley_engine_create(settings, &engine, &error) != GALLEY_OK) {
        CU_FAIL_FATAL("no engine");
    }
    galley_settings_destroy(settings);
    return engine;
}

static galley_document *check_json(const galley_engine *engine, const char *json) {
    galley_error error = {.size = sizeof error};
    galley_document *document = NULL;
    const galley_input input = {.size = sizeof input,
                                .data = json,
                                .data_len = strlen(json),
                                .copy = true,
                                .format = "jsonl"};
    if (galley_check(engine, &input, &document, &error) != GALLEY_OK) {
        printf("    %s\n", error.message);
        CU_FAIL_FATAL("a story cannot be checked");
    }
    return document;
}

static void expect_story(const char *check, const char *line) {
    static struct story story;
    static char json[4 * STORY_LEN_MAX];
    if (!read_story(line, &story)) {
        printf("    no story: %s\n", line);
        CU_FAIL("a line that is no story");
        return;
    }
    make_json(&story, json);
    galley_engine *engine = engine_for(check, story.language, NULL, NULL);
    galley_document *document = check_json(engine, json);
    const size_t n = galley_document_n_issues(document);
    bool good = n == story.n_marks;
    for (size_t i = 0; i < n; i++) {
        galley_issue issue = {.size = sizeof issue};
        galley_document_issue(document, i, &issue);
        good = good && strcmp(issue.text.data, story.marks[i]) == 0;
    }
    if (!good) {
        printf("    %s: %s\n", check, line);
        for (size_t i = 0; i < n; i++) {
            galley_issue issue = {.size = sizeof issue};
            galley_document_issue(document, i, &issue);
            printf("        “%s”: %s\n", issue.text.data, issue.message.data);
        }
    }
    CU_ASSERT_TRUE(good);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void expect_file(const char *check) {
    char path[1024];
    snprintf(path, sizeof path, "%s/stories/source/%s.txt", test_path("GALLEY_TEST_DATA"), check);
    size_t len;
    char *file = read_test_file(path, &len);
    size_t n = 0;
    for (char *line = strtok(file, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (line[0] != '#') {
            expect_story(check, line);
            n++;
        }
    }
    CU_ASSERT_TRUE(n > 0);
    free(file);
}

static void numbers(void) {
    expect_file("number");
}

static void markup(void) {
    expect_file("markup");
}

static void omissions(void) {
    expect_file("omission");
}

static void same_as_source(void) {
    expect_file("same-as-source");
}

static void lengths(void) {
    expect_file("length");
}

static void separators(void) {
    expect_file("locale");
}

static void genders(void) {
    expect_file("pronoun");
}

static void marks(void) {
    expect_file("punctuation");
}

/* How many issues of the check a document in a format has, and where the first of them is. */
static size_t count_issues(const char *check, const char *format, const char *key,
                           const char *value, const char *data, char *first, size_t size) {
    galley_engine *engine = engine_for(check, "de", key, value);
    galley_error error = {.size = sizeof error};
    galley_document *document = NULL;
    const galley_input input = {
        .size = sizeof input, .data = data, .data_len = strlen(data), .format = format};
    if (galley_check(engine, &input, &document, &error) != GALLEY_OK) {
        printf("    %s\n", error.message);
        CU_FAIL_FATAL("a document cannot be checked");
    }
    const size_t n = galley_document_n_issues(document);
    galley_issue issue = {.size = sizeof issue};
    first[0] = '\0';
    if (n > 0 && galley_document_issue(document, 0, &issue) == GALLEY_OK) {
        snprintf(first, size, "%s", issue.text.data);
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    return n;
}

/* Lengths that XLIFF declares. */
static void declared_lengths(void) {
    static const char *const units[] = {
        "<trans-unit id=\"1\" maxwidth=\"5\" size-unit=\"char\">",
        "<trans-unit id=\"1\" maxwidth=\"6\" size-unit=\"byte\">",
        "<trans-unit id=\"1\" maxbytes=\"6\">",
        "<trans-unit id=\"1\" its:storageSize=\"11\" its:storageEncoding=\"UTF-16BE\">",
        "<trans-unit id=\"1\" maxwidth=\"6\" size-unit=\"char\">",
        "<trans-unit id=\"1\" maxwidth=\"5\" size-unit=\"pixel\">",
        "<trans-unit id=\"1\" its:storageSize=\"12\" its:storageEncoding=\"UTF-16BE\">",
    };
    for (size_t i = 0; i < LENGTH(units); i++) {
        char data[1024];
        char first[64];
        snprintf(data, sizeof data,
                 "<xliff version=\"1.2\" xmlns:its=\"http://www.w3.org/2005/11/its\"><file>"
                 "<body>%s<source>Hafen</source><target>Café 5</target></trans-unit></body>"
                 "</file></xliff>",
                 units[i]);
        const size_t n = count_issues("length", "xliff", NULL, NULL, data, first, sizeof first);
        CU_ASSERT_EQUAL(n, i < 4);
        CU_ASSERT_STRING_EQUAL(first, i < 4 ? "Café 5" : "");
    }
}

/* Inline markup that XLIFF keeps outside the text, and the source's language that it declares: the
 * engine's setting is empty here. */
static void inline_codes(void) {
    static const struct {
        const char *source, *target, *marked;
    } cases[] = {
        {"Der <g id=\"1\">alte</g> Hafen<x id=\"2\"/>",
         "The <g id=\"1\">old</g> harbour<x id=\"2\"/>", ""},
        {"Der <g id=\"1\">alte</g> Hafen<x id=\"2\"/>",
         "The <x id=\"2\"/>harbour, <g id=\"1\">old</g>", ""},
        {"Der <g id=\"1\">alte</g> Hafen", "The old harbour", "old"},
        {"Der alte Hafen", "The old <x id=\"2\"/>harbour", "<x id=\"2\"/>"},
        {"Der <x id=\"1\"/>alte Hafen", "The old <x id=\"2\"/>harbour", "<x id=\"2\"/>"},
        {"Der <mrk mtype=\"term\">alte</mrk> Hafen", "The old harbour", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char data[1024];
        char first[64];
        snprintf(data, sizeof data,
                 "<xliff version=\"1.2\"><file source-language=\"de\"><body><trans-unit id=\"1\">"
                 "<source>%s</source><target>%s</target></trans-unit></body></file></xliff>",
                 cases[i].source, cases[i].target);
        const size_t n = count_issues("markup", "xliff", NULL, NULL, data, first, sizeof first);
        if (strcmp(first, cases[i].marked) != 0) {
            printf("    %s: “%s”\n", cases[i].target, first);
        }
        CU_ASSERT_EQUAL(n, cases[i].marked[0] != '\0');
        CU_ASSERT_STRING_EQUAL(first, cases[i].marked);
    }
}

/* What a file says of the source's language: "1.234" is 1234 in German, not in English. */
static void source_languages(void) {
    static const char *const files[] = {
        "<xliff version=\"1.2\"><file source-language=\"de-DE\"><body><trans-unit id=\"1\">"
        "<source>1.234 km</source><target>1,234 km</target></trans-unit></body></file></xliff>",
        "<xliff version=\"2.1\" srcLang=\"de\"><file><unit id=\"1\"><segment>"
        "<source>1.234 km</source><target>1,234 km</target></segment></unit></file></xliff>",
        "<tmx version=\"1.4\"><body><tu><tuv xml:lang=\"de\"><seg>1.234 km</seg></tuv>"
        "<tuv xml:lang=\"en\"><seg>1,234 km</seg></tuv></tu></body></tmx>",
    };
    char first[64];
    for (size_t i = 0; i < LENGTH(files); i++) {
        const char *format = i < 2 ? "xliff" : "tmx";
        CU_ASSERT_EQUAL(
            count_issues("number", format, "source-language", "", files[i], first, sizeof first),
            0);
        CU_ASSERT_EQUAL(
            count_issues("number", format, "source-language", "en", files[i], first, sizeof first),
            1);
    }
}

/* A source that a host hands over beside the text. */
static void handed_over(void) {
    static const struct {
        const char *text, *source;
        size_t n_issues, n_warnings;
    } cases[] = {
        {"There are 15 ships.\n\nThere are 20 boats.\n",
         "Es sind 51 Schiffe.\n\nEs sind 20 Boote.\n", 1, 0},
        {"There are 15 ships.\n", "Es sind 51 Schiffe.\n\nEs sind 20 Boote.\n", 0, 1},
        {"There are 15 ships.\n", "Es sind 15 Schiffe.\n", 0, 0},
        {"There are 15 ships.\n", NULL, 0, 0},
    };
    galley_engine *engine = engine_for("number", "", NULL, NULL);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        galley_document *document = NULL;
        const galley_input input = {.size = sizeof input,
                                    .data = cases[i].text,
                                    .data_len = strlen(cases[i].text),
                                    .format = "text",
                                    .source = cases[i].source,
                                    .source_len =
                                        cases[i].source == NULL ? 0 : strlen(cases[i].source),
                                    .source_language = "de"};
        CU_ASSERT_EQUAL_FATAL(galley_check(engine, &input, &document, NULL), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_n_issues(document), cases[i].n_issues);
        CU_ASSERT_EQUAL(galley_document_n_warnings(document), cases[i].n_warnings);
        galley_document_destroy(document);
    }
    /* Bytes that are no UTF-8, and a host that knows nothing of sources. */
    galley_document *document = NULL;
    galley_input input = {
        .size = sizeof input, .data = "One.", .data_len = 4, .source = "\xFF", .source_len = 1};
    CU_ASSERT_EQUAL(galley_check(engine, &input, &document, NULL), GALLEY_ERROR_ENCODING);
    input.size = offsetof(galley_input, source);
    CU_ASSERT_EQUAL(galley_check(engine, &input, &document, NULL), GALLEY_OK);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* The house's own way of writing, without any source. */
static void house_locale(void) {
    static const struct {
        const char *key, *value, *text, *marked;
    } cases[] = {
        {"locale.date", "day-first", "It opened on 07/26/2020.", "07/26/2020"},
        {"locale.date", "day-first", "It opened on July 26, 2020.", "July 26"},
        {"locale.date", "month-first", "It opened on 26 July 2020.", "26 July"},
        {"locale.date", "month-first", "It opened on July 26, 2020, or 07/26/2020.", ""},
        {"locale.date", "month-first", "It opened on 05/06/2020.", ""},
        {"locale.date", "year-first", "It opened on 26.07.2020.", "26.07.2020"},
        {"locale.hours", "12", "It begins at 18:30.", "18"},
        {"locale.hours", "24", "It begins at 6 p.m.", "6"},
        {"locale.hours", "24", "It begins at 18:30.", ""},
        {"locale.units", "metric", "It is 30 miles long.", "30 miles"},
        {"locale.units", "metric", "It is 30 miles (48 km) long.", ""},
        {"locale.units", "imperial", "It weighs 3 kg.", "3 kg"},
        {"locale.quotes", "«»", "He said “yes” and left.", "“"},
        {"locale.quotes", "“”", "He said “yes” and left.", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char first[64];
        const size_t n = count_issues("locale", "text", cases[i].key, cases[i].value, cases[i].text,
                                      first, sizeof first);
        if (strcmp(first, cases[i].marked) != 0) {
            printf("    %s: “%s”\n", cases[i].text, first);
        }
        CU_ASSERT_EQUAL(n > 0, cases[i].marked[0] != '\0');
        CU_ASSERT_STRING_EQUAL(first, cases[i].marked);
    }
}

static void inconsistent(void) {
    static const char data[] = "{\"source\": \"Der alte Hafen\", \"text\": \"The old harbour\"}\n"
                               "{\"source\": \"Der  alte Hafen\", \"text\": \"The old  harbour\"}\n"
                               "{\"source\": \"Öffnen\", \"text\": \"Open\"}\n"
                               "{\"source\": \"Öffnen\", \"text\": \"Opening\"}\n"
                               "{\"source\": \"Der alte Hafen\", \"text\": \"The old port\"}\n"
                               "{\"source\": \"Der alte Hafen\", \"text\": \"The old port\"}\n";
    static const char shared[] =
        "{\"source\": \"Das Schiff ist da\", \"text\": \"The ship has come\"}\n"
        "{\"source\": \"Das Boot ist da\", \"text\": \"The ship has come\"}\n";
    char first[64];
    CU_ASSERT_EQUAL(count_issues("inconsistent", "jsonl", NULL, NULL, data, first, sizeof first),
                    1);
    CU_ASSERT_STRING_EQUAL(first, "The old port");
    CU_ASSERT_EQUAL(count_issues("inconsistent", "jsonl", NULL, NULL, shared, first, sizeof first),
                    1);
    CU_ASSERT_STRING_EQUAL(first, "The ship has come");
}

/* A glossary of tests/data/glossary. */
static const char *glossary_path(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/glossary/%s", test_path("GALLEY_TEST_DATA"), name);
    return path;
}

static void terminology(void) {
    static const struct {
        const char *json, *marked;
    } stories[] = {
        {"{\"source\": \"Der Lotse kommt.\", \"text\": \"The harbour pilot is coming.\"}\n",
         "harbour pilot"},
        {"{\"source\": \"Die Lotsen kommen.\", \"text\": \"The guides are coming.\"}\n", "guides"},
        {"{\"source\": \"Die Lotsen kommen.\", \"text\": \"The pilots are coming.\"}\n", ""},
        {"{\"source\": \"Der Mann kommt.\", \"text\": \"The harbour pilot is coming.\"}\n", ""},
        {"{\"text\": \"The crafts are coming.\"}\n", "crafts"},
        {"{\"text\": \"The crafter is coming.\"}\n", ""},
    };
    static const char *const names[] = {"port.csv", "port.tbx"};
    for (size_t i = 0; i < LENGTH(stories); i++) {
        for (size_t k = 0; k < 2; k++) {
            char first[64];
            const size_t n =
                count_issues("terminology", "jsonl", "glossary", glossary_path(names[k]),
                             stories[i].json, first, sizeof first);
            if (strcmp(first, stories[i].marked) != 0) {
                printf("    %s: %s: “%s”\n", names[k], stories[i].json, first);
            }
            CU_ASSERT_EQUAL(n, stories[i].marked[0] != '\0');
            CU_ASSERT_STRING_EQUAL(first, stories[i].marked);
        }
    }
    /* Scripts without spaces. */
    char first[64];
    CU_ASSERT_EQUAL(
        count_issues("terminology", "jsonl", "glossary", glossary_path("port.csv"),
                     "{\"source\": \"新しい橋が開通した。\", \"text\": \"The new road was "
                     "opened.\"}\n",
                     first, sizeof first),
        1);
}

/* A glossary that cannot be read is an error with its place. */
static void broken_glossaries(void) {
    static const char *const names[] = {"broken.tbx", "broken.csv"};
    for (size_t i = 0; i < LENGTH(names); i++) {
        const char *path = glossary_path(names[i]);
        galley_settings *settings;
        galley_engine *engine = NULL;
        galley_error error = {.size = sizeof error};
        const char *packs = test_path("GALLEY_TEST_PACKS");
        CU_ASSERT_EQUAL_FATAL(galley_settings_create(NULL, &settings), GALLEY_OK);
        galley_settings_set(settings, "dictionary-path", 15, packs, strlen(packs), NULL);
        galley_settings_set(settings, "glossary", 8, path, strlen(path), NULL);
        CU_ASSERT_EQUAL(galley_engine_create(settings, &engine, &error), GALLEY_ERROR_SETTINGS);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, names[i]));
        CU_ASSERT_TRUE(error.line >= 2);
        galley_settings_destroy(settings);
    }
}

/* Every allocation fails once; nothing leaks, and in the end it works. */
static void memory_faults(void) {
    static const char json[] =
        "{\"source\": \"Am 5. Mai fuhren 1.200 Schiffe {n} nach <b>Norden</b>. Der Bürgermeister "
        "Lindqvist sah zu.\", \"text\": \"On May 6, 1,300 ships {m} went <b>north. Mayor Lindqvist "
        "looked on.\"}\n";
    galley_status status = GALLEY_ERROR_MEMORY;
    size_t fails_at = 1;
    for (; status == GALLEY_ERROR_MEMORY && fails_at < 100000; fails_at++) {
        struct faulty_allocator faulty = {.fails_at = fails_at};
        const galley_allocator allocator = {
            .size = sizeof allocator, .allocate = faulty_allocate, .context = &faulty};
        galley_settings *settings = NULL;
        galley_engine *engine = NULL;
        galley_document *document = NULL;
        const char *packs = test_path("GALLEY_TEST_PACKS");
        status = galley_settings_create(&allocator, &settings);
        if (status == GALLEY_OK) {
            status =
                galley_settings_set(settings, "dictionary-path", 15, packs, strlen(packs), NULL);
        }
        if (status == GALLEY_OK) {
            status = galley_engine_create(settings, &engine, NULL);
        }
        const galley_input input = {
            .size = sizeof input, .data = json, .data_len = sizeof json - 1, .format = "jsonl"};
        if (status == GALLEY_OK) {
            status = galley_check(engine, &input, &document, NULL);
        }
        galley_document_destroy(document);
        galley_engine_destroy(engine);
        galley_settings_destroy(settings);
        CU_ASSERT_EQUAL(faulty.n_live, 0);
    }
    CU_ASSERT_EQUAL(status, GALLEY_OK);
    CU_ASSERT_TRUE(fails_at > 20);
}

int main(void) {
    static const struct test_case cases[] = {
        {"numbers that differ from the source", numbers},
        {"placeholders, tags and links", markup},
        {"sentences that are missing", omissions},
        {"segments that were not translated", same_as_source},
        {"lengths against the source's", lengths},
        {"lengths that the file declares", declared_lengths},
        {"a source beside the text", handed_over},
        {"inline markup of XLIFF", inline_codes},
        {"the source's language as files declare it", source_languages},
        {"separators of the source's language", separators},
        {"dates, hours, units and marks of the house", house_locale},
        {"whom the source speaks of", genders},
        {"marks that only one side has", marks},
        {"one source, two translations", inconsistent},
        {"terms of a glossary", terminology},
        {"glossaries that are broken", broken_glossaries},
        {"no memory", memory_faults},
    };
    return run_tests("bilingual", cases, LENGTH(cases));
}
