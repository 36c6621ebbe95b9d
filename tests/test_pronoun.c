/*
 * Pronouns and speakers: little stories (tests/data/stories/pronoun.txt, person.txt), what their
 * reports say, the view of people, and texts with very many of them.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void pronoun_stories(void) {
    expect_stories("pronoun");
}

static void person_stories(void) {
    expect_stories("person");
}

/* ---- what a report says ---- */

static const char summit[] = "Robert Miller opened the bridge on Monday. He said it was late.\n\n"
                             "Miller thanked the engineers. He shook hands with each of them.\n\n"
                             "“It took us a year,” she added.\n";

static void reports_name_the_person(void) {
    galley_engine *engine = test_engine("only", "pronoun");
    galley_document *document = check_text(engine, summit);
    CU_ASSERT_EQUAL_FATAL(galley_document_n_issues(document), 1);
    galley_issue issue = {.size = sizeof issue};
    CU_ASSERT_EQUAL(galley_document_issue(document, 0, &issue), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(issue.message.data,
                           "“she”: Robert Miller is “he” in 2 other places, first at line 1");
    galley_string suggestion;
    CU_ASSERT_EQUAL_FATAL(issue.n_suggestions, 1);
    CU_ASSERT_EQUAL(galley_document_suggestion(document, 0, 0, &suggestion), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(suggestion.data, "he");
    CU_ASSERT_EQUAL_FATAL(issue.n_related, 3);
    static const char *const places[] = {"Robert Miller", "He", "He"};
    for (size_t i = 0; i < 3; i++) {
        galley_place place = {.size = sizeof place};
        CU_ASSERT_EQUAL(galley_document_related(document, 0, i, &place), GALLEY_OK);
        CU_ASSERT_STRING_EQUAL(place.text.data, places[i]);
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* The first report of the check pronoun on a text: its severity and first suggestion. */
static void expect_report(const char *text, galley_severity severity, const char *suggestion) {
    galley_engine *engine = test_engine("only", "pronoun");
    galley_document *document = check_text(engine, text);
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    galley_issue issue = {.size = sizeof issue};
    if (galley_document_issue(document, 0, &issue) == GALLEY_OK && issue.n_suggestions > 0) {
        galley_string first;
        galley_document_suggestion(document, 0, 0, &first);
        CU_ASSERT_EQUAL(issue.severity, severity);
        CU_ASSERT_STRING_EQUAL(first.data, suggestion);
    } else {
        CU_FAIL("no suggestion");
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void suggestions_keep_the_case(void) {
    expect_report("Robert Miller spoke first. He said it was late. He left at noon. He drove home."
                  "\n\n“It took us a year,” Miller said.\n\nShe smiled.\n",
                  GALLEY_MAJOR, "He");
    expect_report("Russia said it was ready. Norway said it was not.\n\n"
                  "The talks encourage Norway, and the letters encourage Russia and lead her to "
                  "continue.\n",
                  GALLEY_MINOR, "it");
}

/* ---- people ---- */

static const char talks[] =
    "Sergio Duarte, the foreign minister, met Anna Berg on Monday. “We were frank,” he said. “It "
    "was late.”\n\n"
    "Berg said: “He is a patient man.” According to Duarte, “nothing is decided”.\n\n"
    "“The next round begins in May.\n\n"
    "“It will be long,” said Duarte.\n";

static size_t find_person(const galley_document *document, const char *name,
                          galley_person *person) {
    for (size_t i = 0; i < galley_document_n_people(document); i++) {
        *person = (galley_person){.size = sizeof *person};
        CU_ASSERT_EQUAL(galley_document_person(document, i, person), GALLEY_OK);
        if (strcmp(person->name.data, name) == 0) {
            return i;
        }
    }
    CU_FAIL("a person is missing");
    return 0;
}

static void expect_quotations(const galley_document *document, const char *name,
                              galley_gender gender, const char *const *quotations, size_t n) {
    galley_person person;
    const size_t index = find_person(document, name, &person);
    CU_ASSERT_EQUAL(person.gender, gender);
    CU_ASSERT_EQUAL(person.n_quotations, n);
    for (size_t i = 0; i < n && i < person.n_quotations; i++) {
        galley_mention quotation = {.size = sizeof quotation};
        CU_ASSERT_EQUAL(galley_document_quotation(document, index, i, &quotation), GALLEY_OK);
        CU_ASSERT_EQUAL(quotation.kind, GALLEY_MENTION_QUOTATION);
        CU_ASSERT(quotation.confidence > 0 && quotation.confidence <= 1);
        CU_ASSERT_STRING_EQUAL(quotation.text.data, quotations[i]);
    }
    for (size_t i = 0; i < person.n_mentions; i++) {
        galley_mention mention = {.size = sizeof mention};
        CU_ASSERT_EQUAL(galley_document_mention(document, index, i, &mention), GALLEY_OK);
        CU_ASSERT(strncmp(talks + mention.offset, mention.text.data, mention.length) == 0);
    }
}

static void people_say_what_they_say(void) {
    static const char *const duarte[] = {"“We were frank,”", "“It was late.”",
                                         "“nothing is decided”", "“The next round begins in May.",
                                         "“It will be long,”"};
    static const char *const berg[] = {"“He is a patient man.”"};
    galley_engine *engine = test_engine("speakers", "yes");
    galley_document *document = check_text(engine, talks);
    expect_quotations(document, "Sergio Duarte", GALLEY_GENDER_MALE, duarte, 5);
    expect_quotations(document, "Anna Berg", GALLEY_GENDER_FEMALE, berg, 1);
    galley_person person = {.size = sizeof person};
    galley_mention mention = {.size = sizeof mention};
    CU_ASSERT_EQUAL(galley_document_person(document, 999, &person), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_document_mention(document, 0, 999, &mention), GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_document_quotation(NULL, 0, 0, &mention), GALLEY_ERROR_ARGUMENT);
    galley_document_destroy(document);
    galley_engine_destroy(engine);

    engine = test_engine(NULL, NULL);
    document = check_text(engine, talks);
    CU_ASSERT_EQUAL(galley_document_n_people(document), 0);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void reports_carry_speakers(void) {
    galley_engine *engine = test_engine("speakers", "yes");
    galley_document *document = check_text(engine, talks);
    galley_report *report;
    struct collected collected = {NULL, 0};
    CU_ASSERT_EQUAL_FATAL(galley_report_create(engine, "json", NULL, &report, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_report_add(report, document, collect, &collected), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_report_finish(report, collect, &collected), GALLEY_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(collected.data, "\"speakers\":[{\"name\":\"Sergio Duarte\","
                                                  "\"gender\":\"male\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(collected.data, "\"pronouns\":[{\"offset\":"));
    free(collected.data);
    galley_report_destroy(report);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* ---- very many ---- */

/* 10,000 mentions of 5,000 names, of one family or of as many, and a pronoun behind each. */
static void many_people_end(void) {
    enum { NAMES = 5000, MENTIONS = 10000, LONGEST = 80 };
    static const char *const patterns[] = {
        "Anna %c%c%c%cov met Robert %c%c%c%cov. She said he left.\n\n",
        "Anna%c%c%c%c Miller said she knew %c%c%c%c Miller. He did not.\n\n",
    };
    galley_engine *engine = test_engine("speakers", "yes");
    char *text = malloc((size_t)MENTIONS * LONGEST + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        size_t len = 0;
        for (size_t i = 0; i < MENTIONS / 2; i++) {
            const unsigned n = (unsigned)(i * 7919 % NAMES);
            const int a = 'a' + (int)(n % 17);
            const int b = 'a' + (int)(n / 17 % 17);
            const int c = 'a' + (int)(n / 289 % 18);
            len += (size_t)snprintf(text + len, LONGEST, patterns[p], 'V', a, b, c, 'Z', a, b, c);
        }
        galley_document *document = check_text(engine, text);
        CU_ASSERT_PTR_NOT_NULL(document);
        CU_ASSERT(galley_document_n_people(document) > (p == 0 ? NAMES / 2 : 1));
        galley_document_destroy(document);
    }
    free(text);
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"pronoun stories", pronoun_stories},
        {"person stories", person_stories},
        {"reports name the person", reports_name_the_person},
        {"suggestions keep the case", suggestions_keep_the_case},
        {"people say what they say", people_say_what_they_say},
        {"reports carry speakers", reports_carry_speakers},
        {"many people end", many_people_end},
    };
    return run_tests("pronoun", cases, sizeof cases / sizeof *cases);
}
