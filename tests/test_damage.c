/*
 * Damaged language packs, through the whole library: a small pack with every section is written
 * with one byte wrong, or cut off, and opened. It is refused with an error that says so, or its
 * words mean something else; nothing reads outside it, which the sanitizers see (./test
 * --sanitize).
 */
#include "language/pack.h"
#include "language/pack_compiler.h"
#include "language/pack_format.h"
#include "runner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sections are damaged byte by byte; in larger ones, empty places only here and there. */
enum { SMALL_SECTION = 2048, STEP = 61 };

/* Its words, and what is none, reach every table of the pack. */
static const char story[] =
    "Anna Petrenko said he was the ministr of govern ment, and she met peopel tothe bridge in "
    "Kyiv. Kyiv Post said Kiev, Kyev and NATOhas it, and he is zorbels of unlocks.\n\n"
    "\"Le treaty est dans la rue avec une grande maison,\" she said. In É.-U. слово и дело are "
    "called das café.\n\nRead more\n\nThe colour was was color on monday, 5km on.\n";

static const struct memory memory;
static struct buffer bytes = {.memory = &memory};
static galley_settings *settings;
static char folder[] = "/tmp/galley-damage-XXXXXX";
static char path[64];

static void make_pack(void) {
    char tables[1024];
    galley_error error = {.size = sizeof error};
    snprintf(tables, sizeof tables, "%s/damage/pack", test_path("GALLEY_TEST_DATA"));
    if (pack_compile(&memory, tables, tables, &bytes, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(2);
    }
    if (mkdtemp(folder) == NULL || galley_settings_create(NULL, &settings) != GALLEY_OK ||
        galley_settings_set(settings, "dictionary-path", strlen("dictionary-path"), folder,
                            strlen(folder), &error) != GALLEY_OK ||
        galley_settings_set(settings, "language", strlen("language"), "en-GB", 5, &error) !=
            GALLEY_OK) {
        fprintf(stderr, "no settings\n");
        exit(2);
    }
    snprintf(path, sizeof path, "%s/en.galley", folder);
}

static void write_pack(size_t len) {
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CU_ASSERT_FATAL(file >= 0 && write(file, bytes.data, len) == (ssize_t)len);
    close(file);
}

/* Opens the pack and checks the story with it; answers whether it was opened. */
static bool use_pack(galley_error *error) {
    galley_engine *engine = NULL;
    galley_document *document = NULL;
    const galley_input input = {.size = sizeof input, .data = story, .data_len = sizeof story - 1};
    const galley_status status = galley_engine_create(settings, &engine, error);
    if (status != GALLEY_OK) {
        CU_ASSERT(status == GALLEY_ERROR_DICTIONARY && error->message[0] != '\0');
        return false;
    }
    CU_ASSERT(galley_check(engine, &input, &document, error) == GALLEY_OK);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
    return true;
}

static void test_whole(void) {
    galley_error error = {.size = sizeof error};
    write_pack(bytes.len);
    CU_ASSERT(use_pack(&error));
}

/* One byte of the file becomes another, and is itself again. */
static bool use_with(int file, size_t at, unsigned char flip, galley_error *error) {
    const char wrong = (char)(bytes.data[at] ^ flip);
    CU_ASSERT_FATAL(pwrite(file, &wrong, 1, (off_t)at) == 1);
    const bool opened = use_pack(error);
    CU_ASSERT_FATAL(pwrite(file, &bytes.data[at], 1, (off_t)at) == 1);
    return opened;
}

static void test_bytes(void) {
    const struct pack_header *header = (const struct pack_header *)(const void *)bytes.data;
    const struct pack_section_entry *sections =
        (const struct pack_section_entry *)(const void *)(header + 1);
    const size_t contents = sizeof *header + header->n_sections * sizeof *sections;
    galley_error error = {.size = sizeof error};
    write_pack(bytes.len);
    const int file = open(path, O_WRONLY);
    CU_ASSERT_FATAL(file >= 0);
    size_t n_opened = 0;
    for (size_t at = 0; at < contents; at++) {
        CU_ASSERT(!use_with(file, at, (unsigned char)(1 << at % 8), &error));
    }
    for (uint32_t i = 0; i < header->n_sections; i++) {
        for (size_t at = sections[i].offset; at < sections[i].offset + sections[i].size; at++) {
            const bool is_empty = bytes.data[at] == 0 && sections[i].size > SMALL_SECTION;
            if (!is_empty || at % STEP == 0) {
                n_opened += use_with(file, at, 0xFF, &error);
                n_opened += use_with(file, at, (unsigned char)(1 << at % 8), &error);
            }
        }
    }
    close(file);
    /* The contents' checksum is for `galley-pack --verify`: opening does not read so much. */
    CU_ASSERT(n_opened > 0);
}

static void test_cut(void) {
    galley_error error = {.size = sizeof error};
    for (size_t len = 0; len < bytes.len; len += len < SMALL_SECTION ? 1 : STEP) {
        write_pack(len);
        CU_ASSERT(!use_pack(&error));
    }
}

int main(void) {
    static const struct test_case cases[] = {
        {"the pack as it is", test_whole}, {"every byte wrong", test_bytes}, {"cut off", test_cut}};
    make_pack();
    const int result = run_tests("damage", cases, sizeof cases / sizeof *cases);
    unlink(path);
    rmdir(folder);
    galley_settings_destroy(settings);
    buffer_finish(&bytes);
    return result;
}
