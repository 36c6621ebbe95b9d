#include "bilingual/source_text.h"

#include <string.h>

galley_status source_text_read(struct arena *arena, const char *text, size_t len,
                               struct source_text *source) {
    struct reader reader = {.format = format_find("text", strlen("text")),
                            .arena = arena,
                            .text = text,
                            .len = len,
                            .uri = "",
                            .language = ""};
    galley_status status = reader.format->begin(&reader);
    for (bool found = true; status == GALLEY_OK && found;) {
        struct unit unit = {0};
        status = reader.format->next(&reader, &unit, &found);
        if (status != GALLEY_OK || !found) {
            break;
        }
        if (!arena_grow(arena, &source->paragraphs, source->n, &source->capacity,
                        sizeof *source->paragraphs, source->n + 1)) {
            status = GALLEY_ERROR_MEMORY;
            break;
        }
        source->paragraphs[source->n++] = (galley_string){unit.text, unit.len};
    }
    if (reader.format->finish != NULL) {
        reader.format->finish(&reader);
    }
    return status;
}

galley_status source_text_count(struct reader reader, size_t *n) {
    galley_status status = reader.format->begin(&reader);
    *n = 0;
    for (bool found = true; status == GALLEY_OK && found;) {
        struct unit unit = {0};
        status = reader.format->next(&reader, &unit, &found);
        *n += found;
    }
    if (reader.format->finish != NULL) {
        reader.format->finish(&reader);
    }
    return status;
}
