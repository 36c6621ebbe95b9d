/*
 * The bytes of a language pack. All numbers are in the byte order of the machine that the pack was
 * made on (the header tells), and every section begins at a multiple of 64 bytes.
 *
 *     header             struct pack_header
 *     section table      n_sections × struct pack_section_entry
 *     sections           in the table's order
 *
 * Sections of the forms (names begin with "form-"):
 *
 *     form-buckets   the hash table: n_buckets × struct pack_bucket. A form is in bucket
 *                    (hash >> 32) × n_buckets >> 32, or in one of the following ones (cyclically)
 *                    as long as none with a free slot comes before. Frequent forms were put in
 *                    first, so that a common word is found in its first cache line. A full bucket
 *                    tells which words may be behind it (PACK_PASSED). The compiler
 *                    sees to it that no two forms share a bucket and a fingerprint, so that a form
 *                    is told from all others without a look at its key; a word that is none passes
 *                    for one in about 1 of 10^9 cases.
 *     form-kinds     n_forms × uint16_t: the form's facts, an index into the next section
 *     form-facts     n × struct form_facts, all different, those of frequent forms first: so few
 *                    that they stay near the processor
 *     form-lens      n_forms × uint8_t: bytes of the form's text
 *     form-starts    uint32_t for each PACK_TEXT_BLOCK forms: where the text of the first begins
 *     form-texts     the forms' texts in their usual capitals, one behind the other
 *     form-dotted    PACK_DOTTED_BITS bits: that of a hash's highest bits is set when some form has
 *                    them that ends in a stop, so that a word before a stop is nearly never looked
 *                    up with it
 *     form-variants  n × struct pack_variant by rising form
 *     form-groups    uint32_t forms of groups of variants, the preferred first, each group behind
 *                    PACK_GROUP + its number of forms
 *     pack-settings  what run time needs of pack.ini: "key=value" lines, each with a closing NUL
 *     compounds      COMPOUNDRULE of the Hunspell dictionaries (compounds.h)
 *
 * Other sections belong to the rooms that read them (section.h).
 */
#ifndef GALLEY_LANGUAGE_PACK_FORMAT_H
#define GALLEY_LANGUAGE_PACK_FORMAT_H

#include <stdint.h>

#define PACK_MAGIC "galley\r\n" /* 8 bytes; line ends tell a transfer as text */
#define PACK_VERSION 6u         /* grows with every change of the format */
#define PACK_BYTE_ORDER 0x01020304u
#define PACK_ALIGNMENT 64u

struct pack_header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order;
    uint64_t file_size;
    uint64_t table_checksum;   /* of the section table */
    uint64_t content_checksum; /* of everything behind the section table; not read at run time */
    uint32_t n_sections;
    uint32_t n_forms;
    uint32_t n_lower_forms;
    uint32_t n_buckets;
    char language[24];       /* BCP 47, NUL-terminated */
    uint32_t longest_search; /* buckets that are looked at for any form */
    uint32_t reserved[3];
    uint64_t header_checksum; /* of the bytes before it */
};

struct pack_section_entry {
    char name[16]; /* NUL-terminated */
    uint64_t offset;
    uint64_t size;
};

/* Tells the number of a group's forms from a form. */
#define PACK_GROUP 0x80000000u

enum { PACK_BUCKET_SLOTS = 8, PACK_FORM_BITS = 21, PACK_TEXT_BLOCK = 16 };

/* 64 times the forms of English that end in a stop, and not much of a processor's cache. */
enum { PACK_DOTTED_SHIFT = 64 - 15, PACK_DOTTED_BITS = 1 << 15 };

/* The forms' numbers are below this; it stands for no form. */
#define PACK_FORM_MASK ((UINT32_C(1) << PACK_FORM_BITS) - 1)

/* The highest bit of forms[hash % PACK_BUCKET_SLOTS] in a full bucket says that a form of such a hash
 * found no place there: without it a word that is not in the bucket is in none. */
#define PACK_PASSED (UINT32_C(1) << 31)

/* One cache line. A fingerprint is the low 32 bits of a hash, 1 where they are 0; 0 is a free
 * slot, and no slot behind a free one is taken. */
struct pack_bucket {
    uint32_t fingerprints[PACK_BUCKET_SLOTS];
    uint32_t forms[PACK_BUCKET_SLOTS]; /* form, above PACK_FORM_BITS its signs; PACK_PASSED */
};

struct pack_variant {
    uint32_t form;
    uint32_t group; /* index into form-groups: of the number of forms */
};

/* Fletcher-like sum over 8-byte words: detects damage, not malice. */
uint64_t pack_checksum(const void *data, uint64_t len);

#endif
