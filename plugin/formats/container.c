#include "formats/container.h"

#include "base/error.h"
#include "base/limits.h"
#include "libraries/zip.h"

#include <stdlib.h>
#include <string.h>

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

/* Opens the archive for reading; NULL with the status and the error. */
static zip_t *open_bytes(const char *data, size_t len, galley_status *status, galley_error *error) {
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(data, len, 0, &problem);
    zip_t *archive = open_archive(source, ZIP_RDONLY, &problem);
    *status = GALLEY_OK;
    if (archive == NULL) {
        *status = broken_zip(error, &problem);
        zip_source_free(source);
    }
    zip_error_fini(&problem);
    return archive;
}

galley_status container_read(struct arena *arena, const char *data, size_t len,
                             struct container *container, const char **part, size_t *part_len,
                             galley_error *error) {
    if (!library_load(LIBRARY_ZIP)) {
        return library_missing(LIBRARY_ZIP, error);
    }
    galley_status status;
    zip_t *archive = open_bytes(data, len, &status, error);
    if (archive != NULL) {
        *container = (struct container){.data = data, .data_len = len};
        status = read_part(arena, archive, container, part, part_len, error);
        zip_discard(archive);
    }
    return status;
}

static galley_status read_named(struct arena *arena, zip_t *archive, struct container_entry *entry,
                                galley_error *error) {
    entry->text = (galley_string){NULL, 0};
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(archive, entry->name, 0, &stat) != 0) {
        return GALLEY_OK;
    }
    const galley_status status = check_limits(&stat, error);
    return status == GALLEY_OK
               ? read_entry(arena, archive, &stat, &entry->text.data, &entry->text.len, error)
               : status;
}

galley_status container_read_entries(struct arena *arena, const struct container *container,
                                     struct container_entry *entries, size_t n_entries,
                                     galley_error *error) {
    galley_status status;
    zip_t *archive = open_bytes(container->data, container->data_len, &status, error);
    for (size_t i = 0; i < n_entries && status == GALLEY_OK; i++) {
        status = read_named(arena, archive, &entries[i], error);
    }
    if (archive != NULL) {
        zip_discard(archive);
    }
    return status;
}

/* ---- the original of an annotated archive ---- */

static const struct container_change *find_change(const struct container_change *changes,
                                                  size_t n_changes, const char *name) {
    for (size_t i = 0; i < n_changes; i++) {
        if (strcmp(changes[i].name, name) == 0) {
            return &changes[i];
        }
    }
    return NULL;
}

/* Whether the original's entry has this text. */
static galley_status has_text(struct arena *arena, zip_t *original, const zip_stat_t *stat,
                              galley_string text, bool *same, galley_error *error) {
    galley_string own = {NULL, 0};
    *same = text.data != NULL && stat->size == text.len;
    galley_status status = *same ? check_limits(stat, error) : GALLEY_OK;
    if (*same && status == GALLEY_OK) {
        status = read_entry(arena, original, stat, &own.data, &own.len, error);
        *same = status == GALLEY_OK && memcmp(own.data, text.data, text.len) == 0;
    }
    return status;
}

static bool is_alike(zip_t *archive, const zip_stat_t *stat) {
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_CRC;
    zip_stat_t other;
    zip_stat_init(&other);
    return zip_stat(archive, stat->name, 0, &other) == 0 &&
           (stat->valid & other.valid & needed) == needed && stat->size == other.size &&
           stat->crc == other.crc;
}

/* How many entries the archive has with the changes, and without the original. */
static zip_int64_t count_entries(zip_t *archive, const struct container_change *changes,
                                 size_t n_changes) {
    zip_int64_t n = zip_get_num_entries(archive, 0) - 1;
    for (size_t i = 0; i < n_changes; i++) {
        n -= changes[i].text.data == NULL && zip_name_locate(archive, changes[i].name, 0) >= 0;
    }
    return n;
}

static galley_status is_original(struct arena *arena, zip_t *archive, zip_t *original,
                                 const struct container_change *changes, size_t n_changes,
                                 bool *same, galley_error *error) {
    const zip_int64_t n = zip_get_num_entries(original, 0);
    galley_status status = GALLEY_OK;
    *same = n == count_entries(archive, changes, n_changes);
    for (zip_int64_t i = 0; i < n && *same && status == GALLEY_OK; i++) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        *same = zip_stat_index(original, (zip_uint64_t)i, 0, &stat) == 0 &&
                (stat.valid & ZIP_STAT_NAME) != 0;
        const struct container_change *change =
            *same ? find_change(changes, n_changes, stat.name) : NULL;
        if (change != NULL) {
            status = has_text(arena, original, &stat, change->text, same, error);
        } else if (*same) {
            *same = is_alike(archive, &stat);
        }
    }
    return status;
}

static galley_status read_original(struct arena *arena, zip_t *archive, galley_string *original,
                                   galley_error *error) {
    struct container_entry entry = {.name = CONTAINER_ORIGINAL};
    const galley_status status = read_named(arena, archive, &entry, error);
    *original = entry.text;
    return status;
}

galley_status container_find_original(struct arena *arena, const struct container *container,
                                      const struct container_change *changes, size_t n_changes,
                                      galley_string *original, galley_error *error) {
    galley_status status;
    bool same = false;
    *original = (galley_string){NULL, 0};
    zip_t *archive = open_bytes(container->data, container->data_len, &status, error);
    if (archive == NULL) {
        return status;
    }
    status = read_original(arena, archive, original, error);
    if (status == GALLEY_OK && original->data != NULL) {
        zip_t *kept = open_bytes(original->data, original->len, &status, error);
        if (kept != NULL) {
            status = is_original(arena, archive, kept, changes, n_changes, &same, error);
            zip_discard(kept);
        }
    }
    zip_discard(archive);
    if (!same) {
        *original = (galley_string){NULL, 0};
    }
    /* A damaged original is none; the archive itself is good. */
    return status == GALLEY_ERROR_MEMORY ? status : GALLEY_OK;
}

galley_status container_has_original(const struct container *container, bool *has,
                                     galley_error *error) {
    galley_status status;
    zip_t *archive = open_bytes(container->data, container->data_len, &status, error);
    *has = archive != NULL && zip_name_locate(archive, CONTAINER_ORIGINAL, 0) >= 0;
    if (archive != NULL) {
        zip_discard(archive);
    }
    return status;
}

/* ---- what libzip has written ---- */

static uint32_t number_at(const unsigned char *bytes, size_t len) {
    uint32_t number = 0;
    for (size_t i = len; i > 0; i--) {
        number = number << 8 | bytes[i - 1];
    }
    return number;
}

/* libzip takes the flag for names in UTF-8 from directory entries whose names are ASCII, and leaves
 * it in the entries themselves, which it copies. That is harmless, and makes other programs call
 * the archive damaged: the directory gets what the entries say (APPNOTE.TXT, 4.3.12 and 4.4.4). */
static void mend_flags(unsigned char *bytes, size_t len) {
    enum { END_LEN = 22, HEADER_LEN = 46, FLAGS = 8, LOCAL_FLAGS = 6, NAMES_ARE_UTF8 = 8 };
    if (len < END_LEN || number_at(bytes + len - END_LEN, 4) != 0x06054b50) {
        return; /* a comment stands behind the directory */
    }
    size_t n = number_at(bytes + len - END_LEN + 10, 2);
    for (size_t at = number_at(bytes + len - END_LEN + 16, 4);
         n > 0 && at < len - HEADER_LEN && number_at(bytes + at, 4) == 0x02014b50; n--) {
        const size_t entry = number_at(bytes + at + 42, 4);
        if (entry + LOCAL_FLAGS + 2 <= len) {
            bytes[at + FLAGS + 1] =
                (unsigned char)((bytes[at + FLAGS + 1] & ~NAMES_ARE_UTF8) |
                                (bytes[entry + LOCAL_FLAGS + 1] & NAMES_ARE_UTF8));
        }
        at += HEADER_LEN + number_at(bytes + at + 28, 2) + number_at(bytes + at + 30, 2) +
              number_at(bytes + at + 32, 2);
    }
}

/* What zip_close left in the source. */
static galley_status write_source(const struct memory *memory, zip_source_t *source,
                                  galley_write write, void *context) {
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) < 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
        zip_source_open(source) < 0) {
        return GALLEY_ERROR_MEMORY;
    }
    const size_t len = (size_t)stat.size;
    unsigned char *bytes = memory_allocate(memory, len + 1);
    galley_status status = GALLEY_ERROR_MEMORY;
    if (bytes != NULL && zip_source_read(source, bytes, len) == (zip_int64_t)len) {
        mend_flags(bytes, len);
        status = write(context, (const char *)bytes, len) ? GALLEY_OK : GALLEY_ERROR_WRITE;
    }
    memory_free(memory, bytes);
    zip_source_close(source);
    return status;
}

/* The clock has no say in what is written: what is new has the time of the part with the text. */
static bool change_entry(zip_t *archive, const struct container_change *change, time_t time) {
    const zip_int64_t index = zip_name_locate(archive, change->name, 0);
    if (change->text.data == NULL) {
        return index < 0 || zip_delete(archive, (zip_uint64_t)index) == 0;
    }
    zip_source_t *text = zip_source_buffer(archive, change->text.data, change->text.len, 0);
    if (text == NULL) {
        return false;
    }
    const zip_int64_t place = index < 0
                                  ? zip_file_add(archive, change->name, text, ZIP_FL_ENC_UTF_8)
                              : zip_file_replace(archive, (zip_uint64_t)index, text, 0) >= 0 ? index
                                                                                             : -1;
    if (place < 0) {
        zip_source_free(text);
        return false;
    }
    const bool is_packed = strcmp(change->name, CONTAINER_ORIGINAL) == 0;
    return zip_file_set_mtime(archive, (zip_uint64_t)place, time, 0) == 0 &&
           (!is_packed ||
            zip_set_file_compression(archive, (zip_uint64_t)place, ZIP_CM_STORE, 0) == 0);
}

static bool change_all(zip_t *archive, const char *part, const struct container_change *changes,
                       size_t n_changes) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const time_t time = zip_stat(archive, part, 0, &stat) == 0 && (stat.valid & ZIP_STAT_MTIME) != 0
                            ? stat.mtime
                            : 0;
    for (size_t i = 0; i < n_changes; i++) {
        if (!change_entry(archive, &changes[i], time)) {
            return false;
        }
    }
    return true;
}

/* A source that libzip may write to. It has a copy of its own, which it frees: libzip 1.7 keeps the
 * unchanged beginning of a buffer in its new one, and frees it there whoever owns it. */
static zip_source_t *writable_source(const struct container *container, zip_error_t *problem) {
    void *copy = malloc(container->data_len);
    if (copy == NULL) {
        zip_error_set(problem, ZIP_ER_MEMORY, 0);
        return NULL;
    }
    memcpy(copy, container->data, container->data_len);
    zip_source_t *source = zip_source_buffer_create(copy, container->data_len, 1, problem);
    if (source == NULL) {
        free(copy);
    }
    return source;
}

galley_status container_write(const struct memory *memory, const struct container *container,
                              const struct container_change *changes, size_t n_changes,
                              galley_write write, void *context, galley_error *error) {
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = writable_source(container, &problem);
    zip_t *archive = open_archive(source, 0, &problem);
    if (archive == NULL) {
        const galley_status status = broken_zip(error, &problem);
        zip_source_free(source);
        zip_error_fini(&problem);
        return status;
    }
    zip_source_keep(source);
    galley_status status = GALLEY_OK;
    if (!change_all(archive, container->part, changes, n_changes) || zip_close(archive) < 0) {
        status = broken_zip(error, zip_get_error(archive));
        zip_discard(archive);
    } else {
        status = write_source(memory, source, write, context);
    }
    zip_source_free(source);
    zip_error_fini(&problem);
    return status;
}
