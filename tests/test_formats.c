/*
 * Formats: the same defect in each, found at its exact bytes.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
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
     "<?xml version=\"1.0\"?><story><hl1>News</hl1><p>They <em>went</em> tosupport her."
     "</p></story>"},
    {"b.xml", "news",
     "<?xml version=\"1.0\"?><nitf><head><title>News</title><docdata><doc-id id-string=\"x\"/>"
     "inthe</docdata></head><body><body.head><hedline><hl1>News</hl1></hedline></body.head>"
     "<body.content><p>They <em>went</em> <person>tosupport</person> her.</p>"
     "</body.content></body></nitf>"},
    {"c.xml", "news",
     "<?xml version=\"1.0\"?><newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemMeta>"
     "<title>inthe</title></itemMeta><contentMeta><subject><name>inthe</name></subject><headline>"
     "News</headline></contentMeta><contentSet><inlineXML><html><body><p>They went tosupport"
     " her.</p></body></html></inlineXML></contentSet></newsItem>"},
    {"a.json", "ninjs",
     "{\n \"uri\": \"inthe\",\n \"headline\": \"News of \\u201cit\\u201d\",\n \"byline\": "
     "\"inthe\",\n"
     " \"body_text\": \"They went tosupport her.\\n\"\n}"},
    {"b.json", "ninjs",
     "{\"uri\": \"inthe\", \"headlines\": [{\"role\": \"inthe\", \"value\": \"News\"}], "
     "\"bodies\": "
     "[{\"value\": \"<p class=\\\"inthe\\\">R&amp;D: \\u003cb>t<\\/b>hey went tosupport "
     "her.</p><p>More.</p>\"}], \"x\": [1, [\"inthe\"]]}"},
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
    {"a.csv", "csv",
     "id,source,target\r\n1,\"Sie, inthe\",\"They \"\"went\"\" tosupport, her.\"\r\n2,x\r\n"},
    {"b.csv", "csv", "id;de;en\n1;Sie kamen;\"A line\nof two.\"\n2;inthe;They went tosupport her."},
    {"a.tsv", "csv", "target\tsource\nThey \"went\" tosupport her.\tinthe\n\n"},
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
        {"b.jsonl", "{\"text\": \"a\"}\n\nno JSON\n"},
        {"a.po", "msgid \"a\"\nmsgstr \"no end\nmsgid \"b\"\n"},
        {"a.json", "{\"uri\": \"x\", \"body_text\": [\"}"},
        {"b.json", "{\"uri\": \"x\", \"body_text\": \"y\"]"},
        {"a.csv", "source,target\n1,\"no end\n"},
        {"b.csv", "eins,zwei\n1,2\n"},
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

static void annotations_come_and_go_without_a_trace(void) {
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(samples); i++) {
        const struct sample *sample = &samples[i];
        const size_t len = strlen(sample->text);
        struct collected once = {0};
        struct collected twice = {0};
        struct collected bare = {0};
        galley_document *document = check_bytes(engine, sample->uri, sample->text, len);
        const galley_status status = galley_document_annotate(document, collect, &once, NULL);
        if (strcmp(sample->format, "text") == 0 || strcmp(sample->format, "ninjs") == 0 ||
            strcmp(sample->uri, "a.srt") == 0) {
            CU_ASSERT_EQUAL(status, GALLEY_ERROR_UNSUPPORTED);
        } else {
            CU_ASSERT_EQUAL(status, GALLEY_OK);
            CU_ASSERT(galley_document_n_issues(document) == 0 || once.len > len);
            galley_document *again = check_bytes(engine, sample->uri, once.data, once.len);
            CU_ASSERT_EQUAL(galley_document_n_issues(again), galley_document_n_issues(document));
            CU_ASSERT_EQUAL(galley_document_annotate(again, collect, &twice, NULL), GALLEY_OK);
            CU_ASSERT_EQUAL(galley_document_strip(again, collect, &bare, NULL), GALLEY_OK);
            const bool same = once.len == twice.len &&
                              memcmp(once.data, twice.data, once.len) == 0 && bare.len == len &&
                              memcmp(bare.data, sample->text, len) == 0;
            CU_ASSERT(same);
            if (!same) {
                printf("    %s: once  %s\n    twice %s\n    bare  %s\n", sample->uri, once.data,
                       twice.data, bare.data);
            }
            galley_document_destroy(again);
        }
        galley_document_destroy(document);
        free(once.data);
        free(twice.data);
        free(bare.data);
    }
    galley_engine_destroy(engine);
}

static size_t first_suggestion(void *context, const galley_document *document, size_t issue) {
    (void)context;
    (void)document;
    (void)issue;
    return 0;
}

static void suggestions_are_put_in_place(void) {
    galley_engine *engine = test_engine("only", "spelling");
    const galley_fix_options options = {.size = sizeof options, .choose = first_suggestion};
    for (size_t i = 0; i < LENGTH(samples); i++) {
        const struct sample *sample = &samples[i];
        const size_t len = strlen(sample->text);
        const char *defect = strstr(sample->text, "tosupport");
        galley_document *document = check_bytes(engine, sample->uri, sample->text, len);
        struct collected fixed = {0};
        size_t n_fixed = 0;
        CU_ASSERT_EQUAL(galley_document_fix(document, &options, collect, &fixed, &n_fixed, NULL),
                        GALLEY_OK);
        const bool is_html_in_json = strcmp(sample->uri, "b.json") == 0;
        CU_ASSERT(!is_html_in_json || n_fixed == 0);
        if (defect != NULL && galley_document_n_issues(document) == 1 && !is_html_in_json) {
            const size_t before = (size_t)(defect - sample->text) + 2;
            CU_ASSERT_EQUAL(n_fixed, 1);
            CU_ASSERT_EQUAL(fixed.len, len + 1);
            CU_ASSERT(fixed.len == len + 1 && memcmp(fixed.data, sample->text, before) == 0 &&
                      fixed.data[before] == ' ' &&
                      memcmp(fixed.data + before + 1, sample->text + before, len - before) == 0);
        }
        galley_document_destroy(document);
        free(fixed.data);
    }
    galley_engine_destroy(engine);
}

/* What is prose in Markdown: the words in brackets are found, in this order, and no others. */
static void markdown_has_prose_alone(void) {
    static const struct {
        const char *text, *finds;
    } cases[] = {
        {"---\ntitle: They tosupport her\n---\n\nThey went ofthe road.\n", "[ofthe]"},
        {"---\nThey went ofthe road.\n", "[ofthe]"},
        {"# They tosupport her\n\n    ofthe code\n\nThey went inthe park.\n", "[tosupport][inthe]"},
        {"```\n~~~\ntosupport\n~~~\n```\n\nThey went inthe park.\n", "[inthe]"},
        {"They went `tosupport\nofthe` and inthe park.\n", "[inthe]"},
        {"<!-- tosupport\n\nofthe -->\n\n<div class=\"inthe\">\n\nThey went onthe "
         "road.\n\n</div>\n",
         "[onthe]"},
        {"They [went tosupport](http://a/ofthe \"inthe\") her.\n\n[a]: http://a/onthe 'inthe'\n",
         "[tosupport]"},
        {"* They went tosupport her.\n  * They went ofthe\n    road.\n\n> They went *in*the "
         "park.\n",
         "[tosupport][ofthe][in*the]"},
        {"| They tosupport | her |\n|---|---|\n| They ofthe | road |\n", "[tosupport][ofthe]"},
        {"They went to&#115;upport a\r\npark\\.Inthe road.\r\n", "[to&#115;upport][Inthe]"},
        {"Theywent\n======\n\n1. They went tosupport her.\n", "[Theywent][tosupport]"},
    };
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *text = cases[i].text;
        galley_document *document = check_bytes(engine, "a.md", text, strlen(text));
        char finds[256] = "";
        for (size_t k = 0; k < galley_document_n_issues(document); k++) {
            galley_issue issue = {.size = sizeof issue};
            galley_document_issue(document, k, &issue);
            snprintf(finds + strlen(finds), sizeof finds - strlen(finds), "[%.*s]",
                     (int)issue.length, text + issue.offset);
        }
        CU_ASSERT_STRING_EQUAL(finds, cases[i].finds);
        if (strcmp(finds, cases[i].finds) != 0) {
            printf("    %s: %s\n", text, finds);
        }
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"Markdown has prose alone", markdown_has_prose_alone},
        {"defects are found at their bytes", defects_are_found_at_their_bytes},
        {"broken documents are errors", broken_documents_are_errors},
        {"annotations come and go without a trace", annotations_come_and_go_without_a_trace},
        {"suggestions are put in place", suggestions_are_put_in_place},
    };
    return run_tests("formats", cases, LENGTH(cases));
}
