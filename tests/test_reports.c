/*
 * Reports against golden files, and every XML report against the schema.
 */
#include "runner.h"

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

static bool is_valid(const char *xml, size_t len) {
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(test_path("GALLEY_TEST_SCHEMA"));
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt(schema);
    xmlDocPtr document = xmlReadMemory(xml, (int)len, "report.xml", NULL, XML_PARSE_NONET);
    const bool valid = document != NULL && validator != NULL &&
                       xmlRelaxNGValidateDoc(validator, document) == 0;
    xmlFreeDoc(document);
    xmlRelaxNGFreeValidCtxt(validator);
    xmlRelaxNGFree(schema);
    xmlRelaxNGFreeParserCtxt(parser);
    return valid;
}

static const char *const stories[] = {
    "A plain paragraph about nothing in particular.\n",
    "They met to find a wayout of it.\n\nThe delegates delegates said no. R&D \"went\" tosupport <it>.",
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

static void text_is_golden(void) {
    matches_golden("text");
}

static void xml_is_golden(void) {
    matches_golden("xml");
}

static void json_is_golden(void) {
    matches_golden("json");
}

static void jsonl_is_golden(void) {
    matches_golden("jsonl");
}

static void baseline_is_golden(void) {
    matches_golden("baseline");
}

static void xml_is_valid(void) {
    static const char *const hostile[] = {
        "",
        "Control \x01\x02 characters \x1B[31m andand more.",
        "\xEF\xBF\xBE \xEF\xBF\xBF noncharacters tosupport",
        "<![CDATA[ ]]> &amp; \"quoted\" 'tosupport'\r\nnext\rline tosupport",
        "The story said he he came. The \xF0\x9F\x98\x80 smiled tosupport him.",
        "not \xC3\x28 UTF-8 \x01",
        "The plan was drawn up para mejorar las carreteras of the north.",
        "# galley:ignore * because <&\" \x01\nWent tosupport him.\n\n# galley:ignore <\nMore.",
    };
    galley_engine *engine = test_engine(NULL, NULL);
    struct collected report = write_report(engine, "xml", hostile, LENGTH(hostile));
    CU_ASSERT(is_valid(report.data, report.len));
    free(report.data);
    report = write_report(engine, "xml", NULL, 0);
    CU_ASSERT(is_valid(report.data, report.len));
    CU_ASSERT_FALSE(is_valid("<annotations/>", 14));
    free(report.data);
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
    static const char *const formats[] = {"text", "xml", "json", "jsonl", "baseline"};
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

int main(void) {
    static const struct test_case cases[] = {
        {"text is golden", text_is_golden},
        {"xml is golden", xml_is_golden},
        {"json is golden", json_is_golden},
        {"jsonl is golden", jsonl_is_golden},
        {"baseline is golden", baseline_is_golden},
        {"xml is valid", xml_is_valid},
        {"a failed write is an error", a_failed_write_is_an_error},
    };
    const int result = run_tests("reports", cases, LENGTH(cases));
    xmlRelaxNGCleanupTypes();
    xmlCleanupParser();
    return result;
}
