/*
 * The pack compiler: reads the tables of dictionaries/LANGUAGE/ and the Hunspell dictionaries that
 * its pack.ini names, and writes one language pack (pack_format.h). The program is galley-pack
 * (pack_compiler.c); the steps are here for it and for the tests.
 *
 *     hunspell.c                 expands a Hunspell dictionary into its forms
 *     pack_compiler_forms.c      collects forms and facts
 *     pack_compiler_tables.c     reads pack.ini and the tables into the forms
 *     pack_compiler_write.c      orders and numbers the forms, writes the pack
 *     pack_compiler_sections.c   the list of other rooms' sections
 *
 * Not thread-safe within one compiler; no state outside it.
 */
#ifndef GALLEY_LANGUAGE_PACK_COMPILER_H
#define GALLEY_LANGUAGE_PACK_COMPILER_H

#include "language/section.h"

/* One form while it is being collected. */
struct draft {
    uint64_t hash;
    const uint64_t *chunks; /* the key */
    uint32_t n_chunks;
    uint32_t form; /* its number, once ordered */
    struct form_facts facts;
    const char *title, *upper, *mixed; /* spellings with capitals; NULL: not seen */
    const char *lower;                 /* NULL: not seen, or the same as the key */
    bool forbidden;                    /* FORBIDDENWORD, and no table has it */
};

/* Forms by key: open addressing over indices into drafts. */
struct drafts {
    struct arena *arena;
    struct draft *items;
    size_t n, capacity;
    uint32_t *slots; /* index + 1; 0 is free */
    size_t n_slots;  /* a power of two */
};

struct compiler {
    struct arena *arena;
    galley_error *error;
    const char *directory;          /* of the tables */
    const char *hunspell_directory; /* of the .aff and .dic files */
    char language[24];
    galley_string dictionaries; /* names, separated by spaces */
    struct buffer settings;     /* "key=value" and NUL, for run time */
    struct buffer compounds;    /* the section "compounds" */
    struct drafts drafts;
    struct buffer variants; /* uint32_t: indices of drafts, each group behind PACK_GROUP + number */
};

/* Finds or adds the form of a word. NULL: no memory, or no word (see *is_word). */
struct draft *drafts_add(struct drafts *drafts, const char *word, bool *is_word);

/* The same, and notes which capitals `word` is written in. */
struct draft *drafts_add_spelling(struct drafts *drafts, const char *word, bool *is_word);

/* Finds without adding; NULL when there is none. */
struct draft *drafts_find(const struct drafts *drafts, const char *word);

void drafts_finish(struct drafts *drafts);

/* Steps of compiler_run. */
bool compiler_read_settings(struct compiler *compiler);
bool compiler_read_dictionaries(struct compiler *compiler);
bool compiler_read_tables(struct compiler *compiler);

/* One section before it is in its place. */
struct section_content {
    char name[16];
    struct buffer bytes;
};

bool compile_sections(const struct section_source *source, struct section_content *sections,
                      size_t n_max, size_t *n_sections, galley_error *error);

/* Makes a pack in `out` from the tables in `directory` and the Hunspell dictionaries in
 * `hunspell_directory`. Fails with the file and line that is wrong. */
galley_status pack_compile(const struct memory *memory, const char *directory,
                           const char *hunspell_directory, struct buffer *out, galley_error *error);

#endif
