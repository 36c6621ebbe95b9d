/*
 * Building a unit's text from pieces of the document, with the map back to their exact bytes.
 */
#ifndef GALLEY_FORMATS_UNIT_BUILDER_H
#define GALLEY_FORMATS_UNIT_BUILDER_H

#include "formats/format.h"

struct unit_builder {
    struct arena *arena;
    const char *document; /* the document's text */
    char *text;
    size_t len, capacity;
    struct map_segment *map;
    size_t n_map, map_capacity;
    struct piece *pieces;
    size_t n_pieces, piece_capacity;
    struct inline_code *codes;
    size_t n_codes, code_capacity;
    bool keeps_pieces;
    enum syntax syntax; /* how what is added is written; set by the format behind begin */
    bool ends_in_space; /* white space is collapsed as HTML and XML without preserveSpace do */
    bool keep_space;
};

/* Begins a text. All zeroes is a builder that has had none yet; one that has uses its memory again,
 * so that what the last unit was handed is gone. */
void unit_builder_begin(struct unit_builder *builder, const struct reader *reader);

/* Appends document[begin, end) as it stands. */
galley_status unit_builder_add(struct unit_builder *builder, size_t begin, size_t end);

/* The same for text of XML or HTML: references become their characters. */
galley_status unit_builder_add_escaped(struct unit_builder *builder, size_t begin, size_t end);

/* The same for the inside of a CDATA section. */
galley_status unit_builder_add_cdata(struct unit_builder *builder, size_t begin, size_t end);

/* Notes inline markup, document[begin, end), before what is appended next. */
galley_status unit_builder_add_code(struct unit_builder *builder, size_t begin, size_t end,
                                    uint64_t hash);

/* Appends a character that document[begin, end) stands for: an escape, or markup in whose place a
 * character stands (U+FFFC), which is no piece of text. */
galley_status unit_builder_add_character(struct unit_builder *builder, uint32_t code_point,
                                         size_t begin, size_t end);

/* The text of an attribute's value, document[begin, end), without its references; in the arena,
 * with a closing NUL. On failure data is NULL. */
galley_string unit_builder_unescape(struct arena *arena, const char *document, size_t begin,
                                    size_t end);

/* Whether anything but white space was added. */
bool unit_builder_has_text(const struct unit_builder *builder);

/* Hands the text to the unit, until the builder is begun anew. */
void unit_builder_finish(struct unit_builder *builder, struct unit *unit);

#endif
