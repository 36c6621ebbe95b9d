#include "formats/container.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>
#include <zip.h>

static const char *const parts[] = {"word/document.xml", "content.xml"};

bool container_is(const char *data, size_t len) {
    return len > 4 && memcmp(data, "PK\x03\x04", 4) == 0;
}

static galley_status broken(galley_error *error, const char *why) {
    return error_set(error, GALLEY_ERROR_FORMAT, "not a good archive: %s", why);
}

static galley_status broken_zip(galley_error *error, zip_error_t *problem) {
    if (zip_error_code_zip(problem) == ZIP_ER_MEMORY) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    return broken(error, zip_error_strerror(problem));
}

/* Opens the archive over bytes that stay where they are. The source is the archive's, if it was
 * opened. */
static zip_t *open_archive(zip_source_t *source, int flags, zip_error_t *problem) {
    return source == NULL ? NULL : zip_open_from_source(source, flags, problem);
}

static galley_status check_limits(const zip_stat_t *stat, galley_error *error) {
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if ((stat->valid & needed) != needed) {
        return broken(error, "an entry without a size");
    }
    if (stat->encryption_method != ZIP_EM_NONE) {
        return broken(error, "its text is encrypted");
    }
    if (stat->size > LIMIT_PART_LEN) {
        return error_set(error, GALLEY_ERROR_LIMIT, "%s has %zu bytes; the limit is %zu",
                         stat->name, (size_t)stat->size, LIMIT_PART_LEN);
    }
    if (stat->size > LIMIT_PART_RATIO_LEN && stat->size / LIMIT_PART_RATIO > stat->comp_size) {
        return error_set(error, GALLEY_ERROR_LIMIT,
                         "%s unpacks to more than %u times its size; that is no text", stat->name,
                         LIMIT_PART_RATIO);
    }
    return GALLEY_OK;
}

/* Reads an entry of a known size, and not a byte more. */
static galley_status read_entry(struct arena *arena, zip_t *archive, const zip_stat_t *stat,
                                const char **part, size_t *part_len, galley_error *error) {
    char *text = arena_allocate(arena, (size_t)stat->size + 1);
    if (text == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    zip_file_t *file = zip_fopen_index(archive, stat->index, 0);
    if (file == NULL) {
        return broken_zip(error, zip_get_error(archive));
    }
    size_t len = 0;
    zip_int64_t n = 1;
    while (len < stat->size && (n = zip_fread(file, text + len, stat->size - len)) > 0) {
        len += (size_t)n;
    }
    char more;
    const bool good = len == stat->size && zip_fread(file, &more, 1) == 0;
    zip_fclose(file);
    if (!good) {
        return broken(error, "the part with the text is damaged");
    }
    text[len] = '\0';
    *part = text;
    *part_len = len;
    return GALLEY_OK;
}

static galley_status read_part(struct arena *arena, zip_t *archive, struct container *container,
                               const char **part, size_t *part_len, galley_error *error) {
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat(archive, parts[i], 0, &stat) == 0) {
            container->part = parts[i];
            const galley_status status = check_limits(&stat, error);
            return status == GALLEY_OK ? read_entry(arena, archive, &stat, part, part_len, error)
                                       : status;
        }
    }
    return broken(error, "neither word/document.xml nor content.xml is in it");
}

galley_status container_read(struct arena *arena, const char *data, size_t len,
                             struct container *container, const char **part, size_t *part_len,
                             galley_error *error) {
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(data, len, 0, &problem);
    zip_t *archive = open_archive(source, ZIP_RDONLY, &problem);
    galley_status status;
    if (archive == NULL) {
        status = broken_zip(error, &problem);
        zip_source_free(source);
    } else {
        *container = (struct container){.data = data, .data_len = len};
        status = read_part(arena, archive, container, part, part_len, error);
        zip_discard(archive);
    }
    zip_error_fini(&problem);
    return status;
}

/* What zip_close left in the source. */
static galley_status write_source(const struct memory *memory, zip_source_t *source,
                                  galley_write write, void *context) {
    enum { CHUNK = 1 << 16 };
    char *chunk = memory_allocate(memory, CHUNK);
    galley_status status = GALLEY_OK;
    if (chunk == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    if (zip_source_open(source) < 0) {
        memory_free(memory, chunk);
        return GALLEY_ERROR_MEMORY;
    }
    zip_int64_t n;
    while (status == GALLEY_OK && (n = zip_source_read(source, chunk, CHUNK)) > 0) {
        status = write(context, chunk, (size_t)n) ? GALLEY_OK : GALLEY_ERROR_WRITE;
    }
    zip_source_close(source);
    memory_free(memory, chunk);
    return status;
}

static bool replace_part(zip_t *archive, const struct container *container, const char *part,
                         size_t part_len) {
    const zip_int64_t index = zip_name_locate(archive, container->part, 0);
    zip_source_t *text = zip_source_buffer(archive, part, part_len, 0);
    if (index < 0 || text == NULL || zip_file_replace(archive, (zip_uint64_t)index, text, 0) < 0) {
        zip_source_free(text);
        return false;
    }
    return true;
}

/* The archive's bytes are never changed: libzip writes a changed archive of memory into memory of
 * its own. */
galley_status container_write(const struct memory *memory, const struct container *container,
                              const char *part, size_t part_len, galley_write write, void *context,
                              galley_error *error) {
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source =
        zip_source_buffer_create(container->data, container->data_len, 0, &problem);
    zip_t *archive = open_archive(source, 0, &problem);
    if (archive == NULL) {
        const galley_status status = broken_zip(error, &problem);
        zip_source_free(source);
        zip_error_fini(&problem);
        return status;
    }
    zip_source_keep(source);
    galley_status status = GALLEY_OK;
    if (!replace_part(archive, container, part, part_len) || zip_close(archive) < 0) {
        status = broken_zip(error, zip_get_error(archive));
        zip_discard(archive);
    } else {
        status = write_source(memory, source, write, context);
    }
    zip_source_free(source);
    zip_error_fini(&problem);
    return status;
}
