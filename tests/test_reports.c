/*
 * Reports against golden files, and every XML report against the schema.
 */
#include "runner.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* A report of the texts, each a document named "story-N.txt", and of one that could not be read. */
static struct collected write_report(const galley_engine *engine, const char *format,
                                     const char *const *texts, size_t n_texts) {
    struct collected collected = {0};
    galley_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(galley_report_create(engine, format, NULL, &report, NULL), GALLEY_OK);
    for (size_t i = 0; i < n_texts; i++) {
        char uri[32];
        snprintf(uri, sizeof uri, "story-%zu.txt", i + 1);
        const galley_input input = {
            .size = sizeof input, .data = texts[i], .data_len = strlen(texts[i]), .uri = uri};
        galley_document *document = NULL;
        galley_error error = {.size = sizeof error};
        if (galley_check(engine, &input, &document, &error) == GALLEY_OK) {
            CU_ASSERT_EQUAL(galley_report_add(report, document, collect, &collected), GALLEY_OK);
        } else {
            CU_ASSERT_EQUAL(galley_report_add_error(report, uri, &error, collect, &collected),
                            GALLEY_OK);
        }
        galley_document_destroy(document);
    }
    CU_ASSERT_EQUAL(galley_report_finish(report, collect, &collected), GALLEY_OK);
    galley_report_destroy(report);
    return collected;
}

static bool is_valid(const char *schema_name, const char *xml, size_t len) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", test_path("GALLEY_TEST_SCHEMAS"), schema_name);
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt(schema);
    xmlDocPtr document = xmlReadMemory(xml, (int)len, "report.xml", NULL, XML_PARSE_NONET);
    const bool valid =
        document != NULL && validator != NULL && xmlRelaxNGValidateDoc(validator, document) == 0;
    xmlFreeDoc(document);
    xmlRelaxNGFreeValidCtxt(validator);
    xmlRelaxNGFree(schema);
    xmlRelaxNGFreeParserCtxt(parser);
    return valid;
}

static const char *const stories[] = {
    "A plain paragraph about nothing in particular.\n",
    "They met to find a wayout of it.\n\nThe delegates delegates said no. R&D \"went\" tosupport "
    "<it>.",
    "broken \xFF text",
    "# galley:ignore spelling because the minister said it so\nThey went tosupport her.\n\n"
    "# galley:ignore quotes because nothing is wrong with them\nPlain words follow here.\n",
};

/* Set GALLEY_UPDATE_GOLDEN to write the files anew, then read the difference. */
static void matches_golden(const char *format) {
    galley_engine *engine = test_engine("only", "spelling");
    struct collected report = write_report(engine, format, stories, LENGTH(stories));
    char path[4096];
    snprintf(path, sizeof path, "%s/golden/report.%s", test_path("GALLEY_TEST_DATA"), format);
    if (getenv("GALLEY_UPDATE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "wb");
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        fwrite(report.data, 1, report.len, file);
        fclose(file);
    }
    char *golden = read_test_file(path, NULL);
    if (strcmp(golden, report.data) != 0) {
        printf("    %s differs:\n%s\n", path, report.data);
        CU_FAIL("the report changed");
    }
    CU_PASS("compared");
    free(golden);
    free(report.data);
    galley_engine_destroy(engine);
}

static const char *const formats[] = {"text",       "its",    "xml",   "json",  "jsonl",
                                      "baseline",   "html",   "csv",   "sarif", "junit",
                                      "checkstyle", "github", "gitlab"};

static void all_are_golden(void) {
    for (size_t i = 0; i < LENGTH(formats); i++) {
        matches_golden(formats[i]);
    }
}

/* Texts that would break a report that escapes badly. */
static const char *const hostile[] = {
    "",
    "Control \x01\x02 characters \x1B[31m andand more.",
    "\xEF\xBF\xBE \xEF\xBF\xBF noncharacters tosupport",
    "<![CDATA[ ]]> &amp; \"quoted\" 'tosupport'\r\nnext\rline tosupport",
    "The story said he he came. The \xF0\x9F\x98\x80 smiled tosupport him.",
    "not \xC3\x28 UTF-8 \x01",
    "The plan was drawn up para mejorar las carreteras of the north.",
    "# galley:ignore * because <&\" \x01\nWent tosupport him.\n\n# galley:ignore <\nMore.",
    "</mark></style><script>alert(1)</script> --> tosupport %0A::error::injected, and 10%:\n\n=1+1 "
    "tosupport",
};

static void xml_is_valid(void) {
    static const struct {
        const char *format, *schema;
    } described[] = {{"xml", "annotations.rng"}, {"its", "texts.rng"}};
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(described); i++) {
        for (size_t n = 0; n <= LENGTH(hostile); n += LENGTH(hostile)) {
            struct collected report = write_report(engine, described[i].format, hostile, n);
            CU_ASSERT(is_valid(described[i].schema, report.data, report.len));
            free(report.data);
        }
        CU_ASSERT_FALSE(is_valid(described[i].schema, "<annotations/>", 14));
    }
    galley_engine_destroy(engine);
}

static void xml_is_well_formed(void) {
    static const char *const names[] = {"junit", "checkstyle"};
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct collected report = write_report(engine, names[i], hostile, LENGTH(hostile));
        xmlDocPtr document =
            xmlReadMemory(report.data, (int)report.len, "report.xml", NULL, XML_PARSE_NONET);
        CU_ASSERT_PTR_NOT_NULL(document);
        xmlFreeDoc(document);
        free(report.data);
    }
    galley_engine_destroy(engine);
}

static void json_is_well_formed(void) {
    static const char *const names[] = {"json", "sarif", "gitlab"};
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(names); i++) {
        for (size_t n = 0; n <= LENGTH(hostile); n += LENGTH(hostile)) {
            struct collected report = write_report(engine, names[i], hostile, n);
            json_error_t error;
            json_t *value = json_loadb(report.data, report.len, JSON_REJECT_DUPLICATES, &error);
            if (value == NULL) {
                printf("    %s: line %d: %s\n", names[i], error.line, error.text);
            }
            CU_ASSERT_PTR_NOT_NULL(value);
            json_decref(value);
            free(report.data);
        }
    }
    galley_engine_destroy(engine);
}

static const json_t *at(const json_t *value, const char *path) {
    char name[32];
    while (*path != '\0' && value != NULL) {
        const size_t len = strcspn(path, "/");
        snprintf(name, sizeof name, "%.*s", (int)len, path);
        value = json_is_array(value) ? json_array_get(value, (size_t)atoi(name))
                                     : json_object_get(value, name);
        path += len + (path[len] == '/');
    }
    return value;
}

static long long number_at(const json_t *value, const char *path) {
    return json_integer_value(at(value, path));
}

/* The standard's promises that consumers rely on: regions end behind the text, a fix says what it
 * replaces, an unreadable document makes the run a failed one. */
static void sarif_says_where_and_what(void) {
    static const char *const texts[] = {"Caf\xC3\xA9 went tosupport her.", "not \xC3\x28 UTF-8"};
    galley_engine *engine = test_engine("only", "spelling");
    struct collected report = write_report(engine, "sarif", texts, LENGTH(texts));
    json_t *whole = json_loadb(report.data, report.len, 0, NULL);
    const json_t *run = at(whole, "runs/0");
    const json_t *result = at(run, "results/0");
    CU_ASSERT_EQUAL(json_array_size(at(run, "results")), 1);
    const json_t *rule =
        json_array_get(at(run, "tool/driver/rules"), (size_t)number_at(result, "ruleIndex"));
    CU_ASSERT_STRING_EQUAL(json_string_value(at(rule, "id")), "spelling");
    const json_t *region = at(result, "locations/0/physicalLocation/region");
    CU_ASSERT_EQUAL(number_at(region, "startColumn"), 11);
    CU_ASSERT_EQUAL(number_at(region, "endColumn"), 20);
    CU_ASSERT_EQUAL(number_at(region, "byteOffset"), 11);
    const json_t *replacement = at(result, "fixes/0/artifactChanges/0/replacements/0");
    CU_ASSERT_STRING_EQUAL(json_string_value(at(replacement, "insertedContent/text")),
                           "to support");
    CU_ASSERT_EQUAL(number_at(replacement, "deletedRegion/byteLength"), 9);
    CU_ASSERT(json_is_false(at(run, "invocations/0/executionSuccessful")));
    json_decref(whole);
    free(report.data);
    galley_engine_destroy(engine);
}

static void sarif_names_files_by_uri(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_report *report = NULL;
    struct collected collected = {0};
    const galley_error problem = {.size = sizeof problem, .message = "no"};
    CU_ASSERT_EQUAL(galley_report_create(engine, "sarif", NULL, &report, NULL), GALLEY_OK);
    galley_report_add_error(report, "a b/c:d%#\xC3\xA9.txt", &problem, collect, &collected);
    galley_report_add_error(report, "/root/x?.txt", &problem, collect, &collected);
    galley_report_finish(report, collect, &collected);
    CU_ASSERT_PTR_NOT_NULL(strstr(collected.data, "\"a%20b/c%3Ad%25%23%C3%A9.txt\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(collected.data, "\"file:///root/x%3F.txt\""));
    galley_report_destroy(report);
    free(collected.data);
    galley_engine_destroy(engine);
}

/* A runner obeys every line that begins with "::". */
static void github_lines_are_ours(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    struct collected report = write_report(engine, "github", hostile, LENGTH(hostile));
    for (const char *line = report.data; line != NULL && *line != '\0';) {
        CU_ASSERT(strncmp(line, "::error file=", 13) == 0 ||
                  strncmp(line, "::warning file=", 15) == 0 ||
                  strncmp(line, "::notice file=", 14) == 0);
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    free(report.data);
    galley_engine_destroy(engine);
}

/* Nothing of a text becomes an element, and crossing issues leave the elements well nested: the
 * page's body is well-formed XML but for the void elements of its head. */
static void html_is_well_nested(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    struct collected report = write_report(engine, "html", hostile, LENGTH(hostile));
    CU_ASSERT_PTR_NULL(strstr(report.data, "<script"));
    char *body = strstr(report.data, "<main>");
    char *end = strstr(report.data, "</main>");
    CU_ASSERT_PTR_NOT_NULL_FATAL(body);
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    for (char *open = body; (open = strstr(open, "\" open>")) != NULL && open < end;) {
        memset(open + 1, ' ', 5); /* an attribute without a value is HTML only */
    }
    xmlDocPtr document =
        xmlReadMemory(body, (int)(end + 7 - body), "report.html", NULL, XML_PARSE_NONET);
    CU_ASSERT_PTR_NOT_NULL(document);
    xmlFreeDoc(document);
    free(report.data);
    galley_engine_destroy(engine);
}

static void csv_disarms_formulas(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_report *report = NULL;
    struct collected collected = {0};
    const galley_error problem = {.size = sizeof problem, .message = "say \"no\""};
    CU_ASSERT_EQUAL(galley_report_create(engine, "csv", NULL, &report, NULL), GALLEY_OK);
    galley_report_add_error(report, "=cmd.txt", &problem, collect, &collected);
    galley_report_finish(report, collect, &collected);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(collected.data, "\r\n\"'=cmd.txt\",0,,0,,error,,,,\"say \"\"no\"\"\",,\r\n"));
    galley_report_destroy(report);
    free(collected.data);
    galley_engine_destroy(engine);
}

static bool refuse(void *context, const char *data, size_t len) {
    (void)context;
    (void)data;
    (void)len;
    return false;
}

static void a_failed_write_is_an_error(void) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = check_text(engine, stories[1]);
    for (size_t i = 0; i < LENGTH(formats); i++) {
        galley_report *report = NULL;
        struct collected collected = {0};
        CU_ASSERT_EQUAL(galley_report_create(engine, formats[i], NULL, &report, NULL), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_report_add(report, document, refuse, NULL), GALLEY_ERROR_WRITE);
        CU_ASSERT_EQUAL(galley_report_finish(report, collect, &collected), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_report_finish(report, collect, &collected), GALLEY_ERROR_ARGUMENT);
        galley_report_destroy(report);
        free(collected.data);
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* A report of no document and two warnings. */
static struct collected write_warnings(const galley_engine *engine, const char *format) {
    struct collected collected = {0};
    galley_report *report = NULL;
    CU_ASSERT_EQUAL_FATAL(galley_report_create(engine, format, NULL, &report, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(
        galley_report_add_warning(report, "<a>:1", "it \"waives\" nothing", collect, &collected),
        GALLEY_OK);
    CU_ASSERT_EQUAL(galley_report_add_warning(report, NULL, "partial", collect, &collected),
                    GALLEY_OK);
    const galley_error problem = {.size = sizeof problem, .status = GALLEY_ERROR_FORMAT};
    CU_ASSERT_EQUAL(galley_report_add_error(report, "late.txt", &problem, collect, &collected),
                    GALLEY_ERROR_ARGUMENT);
    CU_ASSERT_EQUAL(galley_report_finish(report, collect, &collected), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_report_add_warning(report, NULL, "late", collect, &collected),
                    GALLEY_ERROR_ARGUMENT);
    galley_report_destroy(report);
    return collected;
}

static void warnings_come_last(void) {
    static const struct {
        const char *format, *warning;
    } expected[] = {
        {"text", "<a>:1: warning: it \"waives\" nothing\nwarning: partial\n"},
        {"xml", "<warning origin=\"&lt;a&gt;:1\">it &quot;waives&quot; nothing</warning>"},
        {"json",
         "\"warnings\":[\n{\"origin\":\"<a>:1\",\"message\":\"it \\\"waives\\\" nothing\"},\n"},
        {"jsonl", "{\"warning\":{\"origin\":\"\",\"message\":\"partial\"}}\n"},
        {"html", "Warning: &lt;a&gt;:1: it &quot;waives&quot; nothing"},
        {"github", "::warning title=galley::partial\n"},
        {"csv", ""},
        {"sarif",
         "{\"level\":\"warning\",\"message\":{\"text\":\"<a>:1: it \\\"waives\\\" nothing\"}}"},
        {"junit", ""},
        {"checkstyle", ""},
        {"gitlab", ""},
        {"baseline", ""},
    };
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(expected); i++) {
        struct collected collected = write_warnings(engine, expected[i].format);
        const char *data = collected.data == NULL ? "" : collected.data;
        if (strstr(data, expected[i].warning) == NULL) {
            printf("    %s\n", data);
            CU_FAIL("the warning is not in the report");
        }
        if (strcmp(expected[i].format, "xml") == 0) {
            CU_ASSERT(is_valid("annotations.rng", data, collected.len));
        }
        free(collected.data);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"all are golden", all_are_golden},
        {"xml is valid", xml_is_valid},
        {"xml is well-formed", xml_is_well_formed},
        {"json is well-formed", json_is_well_formed},
        {"sarif says where and what", sarif_says_where_and_what},
        {"sarif names files by URI", sarif_names_files_by_uri},
        {"github lines are ours", github_lines_are_ours},
        {"html is well nested", html_is_well_nested},
        {"csv disarms formulas", csv_disarms_formulas},
        {"a failed write is an error", a_failed_write_is_an_error},
        {"warnings come last", warnings_come_last},
    };
    const int result = run_tests("reports", cases, LENGTH(cases));
    xmlRelaxNGCleanupTypes();
    xmlCleanupParser();
    return result;
}
