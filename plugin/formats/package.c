#include "formats/package.h"

#include "formats/annotation.h"

#include <string.h>

galley_status package_take_out(struct package_part *part, const char *start, const char *finish) {
    if (part->text.data == NULL) {
        return GALLEY_OK;
    }
    const char *from = part->text.data;
    const char *end = from + part->text.len;
    char *kept = arena_allocate(part->arena, part->text.len + 1);
    if (kept == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    size_t len = 0;
    for (;;) {
        const char *at = annotation_find(from, end, start);
        const char *last = at == NULL ? NULL : annotation_find(at, end, finish);
        const char *stop = last == NULL ? end : at;
        memcpy(kept + len, from, (size_t)(stop - from));
        len += (size_t)(stop - from);
        if (last == NULL) {
            break;
        }
        from = last + strlen(finish);
        part->changed = true;
    }
    kept[len] = '\0';
    part->text = (galley_string){kept, len};
    return GALLEY_OK;
}

galley_status package_put_before(struct package_part *part, const char *tail, galley_string what) {
    if (part->text.data == NULL) {
        return GALLEY_OK;
    }
    const char *place = NULL;
    const char *end = part->text.data + part->text.len;
    for (const char *at = part->text.data; (at = annotation_find(at, end, tail)) != NULL; at++) {
        place = at;
    }
    if (place == NULL) {
        return GALLEY_OK;
    }
    const size_t before = (size_t)(place - part->text.data);
    char *joined = arena_allocate(part->arena, part->text.len + what.len + 1);
    if (joined == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    memcpy(joined, part->text.data, before);
    memcpy(joined + before, what.data, what.len);
    memcpy(joined + before + what.len, place, part->text.len - before + 1);
    part->text = (galley_string){joined, part->text.len + what.len};
    part->changed = true;
    return GALLEY_OK;
}

galley_string package_string(const char *text) {
    return (galley_string){text, strlen(text)};
}

void package_add_change(const struct package_part *part, const char *name,
                        struct container_change *changes, size_t *n_changes) {
    if (part->changed) {
        changes[(*n_changes)++] = (struct container_change){name, part->text};
    }
}
