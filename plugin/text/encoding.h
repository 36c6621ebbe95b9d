/*
 * From the input's bytes to UTF-8 and back: byte order marks, UTF-16 and UTF-32, and every charset
 * that ICU knows by its IANA name.
 */
#ifndef GALLEY_TEXT_ENCODING_H
#define GALLEY_TEXT_ENCODING_H

#include "base/arena.h"
#include "base/passed.h"
#include "text/unit.h"

struct decoded {
    const char *text; /* valid UTF-8 */
    size_t len;
    size_t skipped;                /* bytes of a byte order mark before the text */
    const struct map_segment *map; /* NULL: byte for byte */
    size_t n_map;
    const char *charset; /* static, or in the arena */
};

/* Decodes `data`. `charset` is an IANA name or NULL: by byte order mark, by what the
 * document declares (declared_encoding.h) unless it is UTF-8 all the same, else UTF-8. UTF-8 stays
 * where it is; anything else is converted into the arena. Fails with GALLEY_ERROR_ENCODING and the
 * byte offset of the fault. */
galley_status decode(struct arena *arena, const char *data, size_t len, const char *charset,
                     struct passed *passed, struct decoded *decoded, galley_error *error);

/* The input's byte for a byte of the text. */
size_t decoded_input_offset(const struct decoded *decoded, size_t offset, bool end);

#endif
