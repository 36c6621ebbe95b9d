/*
 * DOCX and ODT: archives made here, read, written back, and broken in every way.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const char word_text[] =
    "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
    "wordprocessingml/2006/main\"><w:body><w:p><w:pPr><w:pStyle w:val=\"inthe\"/></w:pPr><w:r>"
    "<w:t>News &amp; views</w:t></w:r></w:p><w:p><w:r><w:t>They went tosup</w:t></w:r><w:r>"
    "<w:rPr><w:b/></w:rPr><w:t>port</w:t></w:r><w:del><w:r><w:delText>inthe</w:delText></w:r>"
    "</w:del><w:r><w:tab/><w:t>her.</w:t></w:r></w:p></w:body></w:document>";
static const char odf_text[] =
    "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:"
    "opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
    "<office:body><office:text><text:h>News &amp; views</text:h><text:p>They went<text:s/>"
    "<text:span>tosup</text:span>port<office:annotation><text:p>inthe</text:p></office:annotation>"
    " her.</text:p></office:text></office:body></office:document-content>";

struct bytes {
    char *data;
    size_t len;
};

struct entry {
    const char *name, *text;
    size_t len;
};

/* An archive in memory; freed by the caller. */
static struct bytes make_archive(const struct entry *entries, size_t n_entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(archive);
    zip_source_keep(source);
    for (size_t i = 0; i < n_entries; i++) {
        zip_file_add(archive, entries[i].name,
                     zip_source_buffer(archive, entries[i].text, entries[i].len, 0), 0);
    }
    CU_ASSERT_EQUAL_FATAL(zip_close(archive), 0);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    struct bytes bytes = {.len = (size_t)zip_source_tell(source)};
    bytes.data = malloc(bytes.len);
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, bytes.data, bytes.len);
    zip_source_close(source);
    zip_source_free(source);
    zip_error_fini(&error);
    return bytes;
}

static struct bytes make_docx(void) {
    const struct entry entries[] = {{"[Content_Types].xml", "<Types></Types>", 15},
                                    {"word/document.xml", word_text, strlen(word_text)},
                                    {"word/styles.xml", "<w:styles/>", 11}};
    return make_archive(entries, LENGTH(entries));
}

static struct bytes make_odt(void) {
    const struct entry entries[] = {{"mimetype", "application/vnd.oasis.opendocument.text", 39},
                                    {"content.xml", odf_text, strlen(odf_text)}};
    return make_archive(entries, LENGTH(entries));
}

static galley_status read_archive(const galley_engine *engine, const char *data, size_t len,
                                  galley_document **document, galley_error *error) {
    const galley_input input = {.size = sizeof input, .data = data, .data_len = len, .uri = "a"};
    *document = NULL;
    return galley_check(engine, &input, document, error);
}

/* The one defect of both, from "tosup" to "port". */
static void expect_defect(const galley_document *document, const char *text) {
    const char *begin = strstr(text, "tosup<");
    const char *end = strstr(begin, "port") + 4;
    galley_issue issue = {.size = sizeof issue};
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    CU_ASSERT_EQUAL_FATAL(galley_document_issue(document, 0, &issue), GALLEY_OK);
    CU_ASSERT_EQUAL(issue.offset, (size_t)(begin - text));
    CU_ASSERT_EQUAL(issue.length, (size_t)(end - begin));
}

static void defects_are_found_in_the_part(void) {
    galley_engine *engine = test_engine("only", "spelling");
    const struct bytes archives[] = {make_docx(), make_odt()};
    static const char *const texts[] = {word_text, odf_text};
    static const char *const formats[] = {"docx", "odt"};
    for (size_t i = 0; i < LENGTH(archives); i++) {
        galley_document *document;
        galley_error error = {.size = sizeof error};
        CU_ASSERT_EQUAL_FATAL(
            read_archive(engine, archives[i].data, archives[i].len, &document, &error), GALLEY_OK);
        galley_summary summary = {.size = sizeof summary};
        galley_document_summary(document, &summary);
        CU_ASSERT_STRING_EQUAL(summary.format.data, formats[i]);
        expect_defect(document, texts[i]);
        galley_document_destroy(document);
        free(archives[i].data);
    }
    galley_engine_destroy(engine);
}

static size_t count_entries(const char *data, size_t len) {
    zip_error_t error;
    zip_error_init(&error);
    zip_t *archive =
        zip_open_from_source(zip_source_buffer_create(data, len, 0, &error), ZIP_RDONLY, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(archive);
    const size_t n = (size_t)zip_get_num_entries(archive, 0);
    zip_discard(archive);
    zip_error_fini(&error);
    return n;
}

/* The text of an entry, for a closer look; freed by the caller. */
static char *entry_text(const char *data, size_t len, const char *name) {
    zip_error_t error;
    zip_error_init(&error);
    zip_t *archive =
        zip_open_from_source(zip_source_buffer_create(data, len, 0, &error), ZIP_RDONLY, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(archive);
    zip_stat_t stat;
    CU_ASSERT_EQUAL_FATAL(zip_stat(archive, name, 0, &stat), 0);
    char *text = calloc(1, stat.size + 1);
    zip_file_t *file = zip_fopen(archive, name, 0);
    CU_ASSERT_EQUAL(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(archive);
    zip_error_fini(&error);
    return text;
}

/* Annotated, the document says it; stripped, it is byte for byte what it was. Annotated twice, it
 * is annotated once. Not annotated, nothing changes at all. */
static void expect_round_trip(const galley_engine *engine, struct bytes archive,
                              const struct entry *entries, size_t n_entries, const char *sign) {
    galley_document *document;
    struct collected once = {0};
    struct collected twice = {0};
    struct collected bare = {0};
    CU_ASSERT_EQUAL(read_archive(engine, archive.data, archive.len, &document, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_annotate(document, collect, &once, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_strip(document, collect, &bare, NULL), GALLEY_OK);
    CU_ASSERT(bare.len == archive.len && memcmp(bare.data, archive.data, bare.len) == 0);
    galley_document_destroy(document);
    free(bare.data);
    bare = (struct collected){0};
    CU_ASSERT_EQUAL_FATAL(read_archive(engine, once.data, once.len, &document, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    CU_ASSERT_EQUAL(galley_document_annotate(document, collect, &twice, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_strip(document, collect, &bare, NULL), GALLEY_OK);
    galley_document_destroy(document);
    CU_ASSERT(twice.len == once.len && memcmp(twice.data, once.data, once.len) == 0);
    CU_ASSERT(bare.len == archive.len && memcmp(bare.data, archive.data, archive.len) == 0);
    for (size_t i = 0; i < n_entries; i++) {
        char *first = entry_text(once.data, once.len, entries[i].name);
        char *second = entry_text(twice.data, twice.len, entries[i].name);
        char *last = entry_text(bare.data, bare.len, entries[i].name);
        CU_ASSERT_STRING_EQUAL(first, second);
        CU_ASSERT_STRING_EQUAL(last, entries[i].text);
        CU_ASSERT(entries[i].text != word_text && entries[i].text != odf_text
                      ? true
                      : strstr(first, sign) != NULL);
        free(first);
        free(second);
        free(last);
    }
    CU_ASSERT_EQUAL(count_entries(bare.data, bare.len), n_entries);
    free(once.data);
    free(twice.data);
    free(bare.data);
    free(archive.data);
}

static void annotations_come_and_go_without_a_trace(void) {
    static const char types[] = "<Types></Types>";
    static const char comments[] = "<w:comments><w:comment w:id=\"1\"/></w:comments>";
    static const char relations[] = "<Relationships></Relationships>";
    const struct entry odt[] = {{"mimetype", "application/vnd.oasis.opendocument.text", 39},
                                {"content.xml", odf_text, strlen(odf_text)}};
    const struct entry bare[] = {{"[Content_Types].xml", types, strlen(types)},
                                 {"word/document.xml", word_text, strlen(word_text)}};
    const struct entry commented[] = {
        {"[Content_Types].xml", types, strlen(types)},
        {"word/document.xml", word_text, strlen(word_text)},
        {"word/comments.xml", comments, strlen(comments)},
        {"word/_rels/document.xml.rels", relations, strlen(relations)}};
    galley_engine *engine = test_engine("only", "spelling");
    expect_round_trip(engine, make_archive(odt, LENGTH(odt)), odt, LENGTH(odt), "\"galley-1\"");
    expect_round_trip(engine, make_archive(bare, LENGTH(bare)), bare, LENGTH(bare),
                      "<w:commentRangeStart w:id=\"1907000000\"/><w:r><w:t>They went");
    expect_round_trip(engine, make_archive(commented, LENGTH(commented)), commented,
                      LENGTH(commented), "<w:commentReference w:id=\"1907000000\"/>");
    galley_engine_destroy(engine);
}

/* An archive with one entry's text replaced. */
static struct bytes edit_archive(struct collected archive, const char *name, const char *text) {
    enum { ENTRIES = 16 };
    struct entry entries[ENTRIES];
    char *texts[ENTRIES];
    size_t n = 0;
    zip_error_t error;
    zip_error_init(&error);
    zip_t *old = zip_open_from_source(
        zip_source_buffer_create(archive.data, archive.len, 0, &error), ZIP_RDONLY, &error);
    for (; n < ENTRIES && zip_get_name(old, n, 0) != NULL; n++) {
        const char *own = zip_get_name(old, n, 0);
        zip_stat_t stat;
        zip_stat(old, own, 0, &stat);
        texts[n] = entry_text(archive.data, archive.len, own);
        entries[n] = strcmp(own, name) == 0 ? (struct entry){own, text, strlen(text)}
                                            : (struct entry){own, texts[n], stat.size};
    }
    const struct bytes bytes = make_archive(entries, n);
    for (size_t i = 0; i < n; i++) {
        free(texts[i]);
    }
    zip_discard(old);
    zip_error_fini(&error);
    return bytes;
}

/* Somebody edits an annotated archive: what they wrote stays when it is stripped, the annotations
 * go, and so does the original, which says something else. */
static void expect_edit_stays(const galley_engine *engine, struct collected annotated,
                              const char *name, const char *text) {
    const struct bytes edited = edit_archive(annotated, name, text);
    galley_document *document;
    struct collected bare = {0};
    CU_ASSERT_EQUAL_FATAL(read_archive(engine, edited.data, edited.len, &document, NULL),
                          GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_strip(document, collect, &bare, NULL), GALLEY_OK);
    char *kept = entry_text(bare.data, bare.len, name);
    char *story = entry_text(bare.data, bare.len, "word/document.xml");
    CU_ASSERT_STRING_EQUAL(kept, text);
    CU_ASSERT_STRING_EQUAL(story, word_text);
    CU_ASSERT_EQUAL(count_entries(bare.data, bare.len), 3);
    free(kept);
    free(story);
    free(bare.data);
    galley_document_destroy(document);
    free(edited.data);
}

static void edits_of_others_stay(void) {
    galley_engine *engine = test_engine("only", "spelling");
    const struct bytes archive = make_docx();
    galley_document *document;
    struct collected annotated = {0};
    CU_ASSERT_EQUAL(read_archive(engine, archive.data, archive.len, &document, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_annotate(document, collect, &annotated, NULL), GALLEY_OK);
    galley_document_destroy(document);
    expect_edit_stays(engine, annotated, "word/styles.xml", "<w:styles a=\"b\"/>");
    /* An original that is none. */
    const struct bytes damaged = edit_archive(annotated, "galley/original.zip", "PK\003\004");
    struct collected bare = {0};
    CU_ASSERT_EQUAL_FATAL(read_archive(engine, damaged.data, damaged.len, &document, NULL),
                          GALLEY_OK);
    CU_ASSERT_EQUAL(galley_document_strip(document, collect, &bare, NULL), GALLEY_OK);
    CU_ASSERT_EQUAL(count_entries(bare.data, bare.len), 3);
    galley_document_destroy(document);
    free(damaged.data);
    free(bare.data);
    free(annotated.data);
    free(archive.data);
    galley_engine_destroy(engine);
}

/* Annotations that begin inside annotations, with one end for all. */
static void annotations_inside_annotations(void) {
    static const char word[] =
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
        "wordprocessingml/2006/main\"><w:body><!--<w:commentRangeEnd w:id=\"1907"
        "<w:commentRangeStart w:id=\"1907<w:commentRangeStart w:id=\"1907\"/></w:r>-->"
        "<w:p><w:r><w:t>They went tosupport her.</w:t></w:r></w:p></w:body></w:document>";
    static const char odf[] =
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:"
        "opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:"
        "1.0\"><office:body><office:text><!--<office:annotation office:name=\"galley-"
        "<office:annotation office:name=\"galley-</office:annotation>-->"
        "<text:p>They went tosupport her.</text:p></office:text></office:body>"
        "</office:document-content>";
    const struct entry entries[] = {{"word/document.xml", word, strlen(word)},
                                    {"content.xml", odf, strlen(odf)}};
    galley_engine *engine = test_engine("only", "spelling");
    for (size_t i = 0; i < LENGTH(entries); i++) {
        const struct bytes archive = make_archive(&entries[i], 1);
        galley_document *document;
        struct collected annotated = {0};
        struct collected bare = {0};
        CU_ASSERT_EQUAL_FATAL(read_archive(engine, archive.data, archive.len, &document, NULL),
                              GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        CU_ASSERT_EQUAL(galley_document_annotate(document, collect, &annotated, NULL), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_strip(document, collect, &bare, NULL), GALLEY_OK);
        char *text = entry_text(bare.data, bare.len, entries[i].name);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, "<!---->"));
        CU_ASSERT_PTR_NOT_NULL(strstr(text, ">They went tosupport her.<"));
        free(text);
        free(annotated.data);
        free(bare.data);
        free(archive.data);
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

/* Whatever is cut off or flipped: an answer, and no crash. */
static void damaged_archives_are_errors(void) {
    galley_engine *engine = test_engine("only", "spelling");
    const struct bytes archive = make_docx();
    char *copy = malloc(archive.len);
    for (size_t i = 0; i < archive.len; i++) {
        galley_document *document;
        galley_error error = {.size = sizeof error};
        memcpy(copy, archive.data, archive.len);
        if (i > 4) {
            CU_ASSERT_NOT_EQUAL(read_archive(engine, copy, i, &document, &error), GALLEY_OK);
            CU_ASSERT(strlen(error.message) > 10);
            galley_document_destroy(document);
        }
        copy[i] = (char)(copy[i] ^ 0x55);
        read_archive(engine, copy, archive.len, &document, &error);
        galley_document_destroy(document);
    }
    free(copy);
    free(archive.data);
    galley_engine_destroy(engine);
}

static void bombs_are_refused(void) {
    enum { BOMB = 1 << 24 };
    galley_engine *engine = test_engine("only", "spelling");
    char *spaces = malloc(BOMB);
    memset(spaces, ' ', BOMB);
    const struct entry entry = {"word/document.xml", spaces, BOMB};
    const struct bytes archive = make_archive(&entry, 1);
    galley_document *document;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_EQUAL(read_archive(engine, archive.data, archive.len, &document, &error),
                    GALLEY_ERROR_LIMIT);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "times its size"));
    free(spaces);
    free(archive.data);
    galley_engine_destroy(engine);
}

static void other_archives_are_told(void) {
    galley_engine *engine = test_engine("only", "spelling");
    const struct entry entry = {"../../etc/passwd", "x", 1};
    const struct bytes archive = make_archive(&entry, 1);
    galley_document *document;
    galley_error error = {.size = sizeof error};
    CU_ASSERT_EQUAL(read_archive(engine, archive.data, archive.len, &document, &error),
                    GALLEY_ERROR_FORMAT);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "content.xml"));
    free(archive.data);
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"defects are found in the part", defects_are_found_in_the_part},
        {"annotations come and go without a trace", annotations_come_and_go_without_a_trace},
        {"edits of others stay", edits_of_others_stay},
        {"annotations inside annotations", annotations_inside_annotations},
        {"damaged archives are errors", damaged_archives_are_errors},
        {"bombs are refused", bombs_are_refused},
        {"other archives are told", other_archives_are_told},
    };
    return run_tests("office", cases, LENGTH(cases));
}
