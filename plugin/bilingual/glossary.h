/*
 * Glossaries: concepts with their terms in the source's and the text's language, some of which are
 * forbidden. Read from TBX (ISO 30042: TBX-Basic, both the 2008 and the 2019 edition) and from
 * tables when the engine is made, and shared by all threads.
 */
#ifndef GALLEY_BILINGUAL_GLOSSARY_H
#define GALLEY_BILINGUAL_GLOSSARY_H

#include "base/arena.h"
#include "language/pack.h"

struct term {
    galley_string words; /* folded, one space between words */
    galley_string text;  /* as the glossary writes it */
    uint32_t concept;
    uint32_t next;  /* index + 1 of the next term that begins alike; 0: none */
    bool is_source; /* of another language than the text's */
    bool is_forbidden;
};

struct concept {
    galley_string
        preferred;   /* the text's language's first term that is not forbidden; may be empty */
    bool has_source; /* a term of another language */
};

struct glossary {
    struct memory memory;
    struct arena arena;
    struct term *terms;
    size_t n_terms, term_capacity;
    struct concept *concepts;
    size_t n_concepts, concept_capacity;
    uint32_t *buckets; /* index + 1 of the first term of each hash */
    size_t n_buckets;  /* a power of two */
};

/* Reads the files, separated by ':'. *glossary is NULL when there are none. `source_language` may
 * be empty: then terms of every other language than `language` are the source's. Fails with the
 * file, line and reason. */
galley_status glossary_create(const struct memory *memory, galley_string paths,
                              const char *language, const char *source_language,
                              struct glossary **glossary, galley_error *error);
void glossary_destroy(struct glossary *glossary);

/* A term in a text: text[begin, end). */
struct term_match {
    const struct term *term;
    size_t begin, end;
};

/* The longest term that begins with the word at *at or behind it, of the source's language or of
 * the text's; moves *at behind it. Words match in other endings as well; with a pack only in those
 * that its words inflect with. False when there is no more. A scan over a text is linear. */
bool glossary_find(const struct glossary *glossary, const struct pack *pack, bool is_source,
                   const char *text, size_t len, size_t *at, struct term_match *match);

/* ---- for its readers ---- */

/* What a reader needs to know and fills. */
struct glossary_making {
    struct glossary *glossary;
    const char *language, *source_language;
    const char *path;
    galley_error *error;
};

/* Whether terms of the language (BCP 47) are wanted, and on which side they are. */
bool glossary_wants(const struct glossary_making *making, const char *language, bool *is_source);

galley_status glossary_add_concept(struct glossary_making *making, uint32_t *concept);
galley_status glossary_add_term(struct glossary_making *making, uint32_t concept, bool is_source,
                                bool is_forbidden, const char *text, size_t len);

galley_status glossary_read_tbx(struct glossary_making *making, galley_string content);
galley_status glossary_read_table(struct glossary_making *making, galley_string content);

#endif
