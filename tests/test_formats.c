/*
 * Formats: the same defect in each, found at its exact bytes.
 */
#include "runner.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

struct sample {
    const char *uri, *format, *text;
};

/* In each of them "tosupport" is the one misspelt word, written so in the file. */
static const struct sample samples[] = {
    {"a.txt", "text", "A line.\n\nThey went tosupport her."},
    {"a.html", "html",
     "<!DOCTYPE html><html><head><title>News</title><script>var asdfgh = 'inthe';</script></head>"
     "<body><nav>inthe menu</nav><p>R&amp;D: they <b>w</b>ent &lsquo;in&rsquo; tosupport her."
     "</p></body></html>"},
    {"a.xlf", "xliff",
     "<?xml version=\"1.0\"?><xliff version=\"1.2\"><file><body><trans-unit id=\"1\">"
     "<source>Sie inthe kamen.</source><target>They &lt;went&gt; <g id=\"1\">tosupport</g> "
     "<ph>inthe</ph>her.</target></trans-unit></body></file></xliff>"},
    {"b.xlf", "xliff",
     "<xliff version=\"2.0\"><file><unit id=\"1\"><segment><source>Sie kamen.</source>"
     "<target>They went <![CDATA[tosupport]]> her.</target></segment></unit></file></xliff>"},
    {"a.tmx", "tmx",
     "<tmx version=\"1.4\"><body><tu><tuv xml:lang=\"de\"><seg>Sie inthe kamen.</seg></tuv>"
     "<tuv xml:lang=\"en-US\"><seg>They went tosupport her.</seg></tuv></tu></body></tmx>"},
    {"a.xml", "xml",
     "<?xml version=\"1.0\"?><nitf><body><hl1>News</hl1><p>They <em>went</em> tosupport her."
     "</p></body></nitf>"},
    {"a.po", "po",
     "msgid \"\"\nmsgstr \"Language: en\\n\"\n\nmsgid \"Sie kamen\"\nmsgstr \"\"\n"
     "\"They \\\"went\\\" tosup\"\n"},
    {"a.srt", "subtitles",
     "1\n00:00:01,000 --> 00:00:02,000\n<i>They went</i>\n\n2\n00:00:02,000 --> 00:00:03,000\n"
     "tosupport her.\n"},
    {"a.md", "markdown",
     "# News\n\nThey *went* [out](http://inthe.example) tosupport her.\n\n```\ninthe\n```\n"},
    {"a.jsonl", "jsonl",
     "{\"id\": \"inthe\", \"text\": \"They \\\"went\\\" \\u2019in\\u2019 tosupport her.\", "
     "\"source\": \"Sie kamen\"}\n"},
};

static void defects_are_found_at_their_bytes(void) {
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(samples); i++) {
        const struct sample *sample = &samples[i];
        const char *defect = strstr(sample->text, "tosupport");
        const galley_input input = {.size = sizeof input,
                                    .data = sample->text,
                                    .data_len = strlen(sample->text),
                                    .uri = sample->uri};
        galley_document *document = NULL;
        galley_error error = {.size = sizeof error};
        if (galley_check(engine, &input, &document, &error) != GALLEY_OK) {
            printf("    %s: %s\n", sample->uri, error.message);
            CU_FAIL("not read");
            continue;
        }
        galley_summary summary = {.size = sizeof summary};
        CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
        CU_ASSERT_STRING_EQUAL(summary.format.data, sample->format);
        if (defect == NULL) {
            galley_document_destroy(document);
            continue;
        }
        galley_issue issue = {.size = sizeof issue};
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        if (galley_document_issue(document, 0, &issue) == GALLEY_OK) {
            CU_ASSERT_EQUAL(issue.offset, (size_t)(defect - sample->text));
            CU_ASSERT_EQUAL(issue.length, strlen("tosupport"));
        } else {
            printf("    %s: nothing found\n", sample->uri);
        }
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void broken_documents_are_errors(void) {
    static const struct {
        const char *uri, *text;
    } broken[] = {
        {"a.xlf", "<xliff version=\"1.2\"><file>\n<body></file></xliff>"},
        {"a.xml", "<?xml version=\"1.0\"?><a>&undefined;</a"},
        {"a.jsonl", "{\"text\": \"no end}\n"},
    };
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(broken); i++) {
        const galley_input input = {.size = sizeof input,
                                    .data = broken[i].text,
                                    .data_len = strlen(broken[i].text),
                                    .uri = broken[i].uri};
        galley_document *document = NULL;
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL(galley_check(engine, &input, &document, &error), GALLEY_ERROR_FORMAT);
        CU_ASSERT(error.line > 0);
        CU_ASSERT(strlen(error.message) > 10);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"defects are found at their bytes", defects_are_found_at_their_bytes},
        {"broken documents are errors", broken_documents_are_errors},
    };
    return run_tests("formats", cases, LENGTH(cases));
}
