/*
 * Sections of a language pack that a room of its own reads: tagger weights, evidence of other
 * languages, phrase tables.
 *
 * How to add one. Put a readable table into dictionaries/LANGUAGE/, write
 * plugin/language/section_NAME.c with
 *
 *     bool section_NAME_compile(const struct section_source *source, struct buffer *out,
 *                               galley_error *error);
 *
 * declare it at the end of this header, and add one line { "NAME", section_NAME_compile } to the
 * list in pack_compiler_sections.c. It belongs to the pack compiler (meson: pack_compiler_sources),
 * not to the library. At run time pack_section(pack, "NAME") answers the bytes. They are mapped at
 * a multiple of 64 bytes. The pack's checksum is not verified at run time, so the reader must check
 * every count and offset inside once, when the engine is made.
 *
 * Inside: the forms are compiled before the sections, so that a section may refer to words by form:
 * pack_find(source->pack, ...) works as it will at run time. Numbers are little-endian, as in the
 * rest of the pack (pack_format.h).
 */
#ifndef GALLEY_LANGUAGE_SECTION_H
#define GALLEY_LANGUAGE_SECTION_H

#include "base/arena.h"
#include "language/pack.h"

/* What a section is made from. */
struct section_source {
    const char *directory;   /* of the tables: "dictionaries/en" */
    const struct pack *pack; /* the forms of this very pack, without sections */
    struct arena *arena;     /* for what lives until the compiler ends */
    uint16_t *signs;         /* of every form: a section may add some (enum form_sign) */
};

/* Bytes that grow. Every function answers false when there is no memory left. */
struct buffer {
    const struct memory *memory;
    char *data;
    size_t len, capacity;
};

bool buffer_append(struct buffer *buffer, const void *data, size_t len);
bool buffer_append_u32(struct buffer *buffer, uint32_t number);
bool buffer_append_u64(struct buffer *buffer, uint64_t number);
/* Zeroes up to the next multiple of `alignment`. */
bool buffer_align(struct buffer *buffer, size_t alignment);
void buffer_finish(struct buffer *buffer);

/* A table: UTF-8 lines of fields separated by TABs; '#' begins a comment line; empty lines are
 * passed over; a final CR is dropped.
 *
 *     struct table table;
 *     if (!table_open(&table, source->arena, source->directory, "tagger.tsv", error)) {
 *         return false;
 *     }
 *     while (table_next(&table)) {
 *         ... table.fields[0 .. table.n_fields) ...
 *     }
 *
 * table_open answers true with table.text.data NULL when there is no such file: a pack need not
 * have every table. The fields are NUL-terminated, live in the arena and may be changed in place.
 */
enum { TABLE_FIELDS_MAX = 512 };

struct table {
    const char *path; /* for messages */
    galley_string text;
    char *next;
    size_t line; /* 1-based number of the line that `fields` are of */
    size_t n_fields;
    char *fields[TABLE_FIELDS_MAX]; /* a longer line's rest is in the last one */
};

bool table_open(struct table *table, struct arena *arena, const char *directory, const char *name,
                galley_error *error);
bool table_next(struct table *table);

/* Fills the error with "PATH:LINE: …" and answers false. */
bool table_fail(const struct table *table, galley_error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Compiles one section. An empty `out` and true: the pack goes without it (no table there). */
typedef bool section_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error);

/* The section compilers, one line each, sorted. */
bool section_foreign_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error);
bool section_halves_compile(const struct section_source *source, struct buffer *out,
                            galley_error *error);
bool section_language_names_compile(const struct section_source *source, struct buffer *out,
                                    galley_error *error);
bool section_look_alikes_compile(const struct section_source *source, struct buffer *out,
                                 galley_error *error);
bool section_numerals_compile(const struct section_source *source, struct buffer *out,
                              galley_error *error);
bool section_phrases_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error);
bool section_romanised_compile(const struct section_source *source, struct buffer *out,
                               galley_error *error);
bool section_unlisted_compile(const struct section_source *source, struct buffer *out,
                              galley_error *error);
bool section_weights_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error);

#endif
