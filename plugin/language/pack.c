/*
 * Reading a language pack. The file is mapped and all its counts and offsets are checked when it is
 * opened, so that a lookup checks nothing: one cache line of the hash table and one of keys for a
 * common word.
 */
#include "language/pack.h"

#include "base/error.h"
#include "language/pack_format.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CLITICS_MAX = 16 };

struct pack {
    const struct memory *memory;
    void *mapping; /* NULL when the caller owns the bytes */
    size_t mapping_size;
    const char *data;
    const struct pack_header *header;
    const struct pack_section_entry *sections;
    const struct pack_bucket *buckets;
    const uint32_t *starts;
    const uint64_t *keys;
    const struct form_facts *facts;
    const struct pack_display *displays;
    size_t n_displays;
    const char *texts;
    const struct pack_variant *variants;
    size_t n_variants;
    const uint32_t *groups;
    size_t n_groups; /* numbers in groups */
    galley_string clitics[CLITICS_MAX];
    size_t n_clitics;
};

uint64_t pack_checksum(const void *data, uint64_t len) {
    const char *bytes = data;
    uint64_t lanes[4] = {1, 2, 3, 4};
    uint64_t at = 0;
    for (; at + 32 <= len; at += 32) {
        for (size_t i = 0; i < 4; i++) {
            lanes[i] = pack_hash_step(lanes[i], pack_load8(bytes + at + 8 * i));
        }
    }
    for (; at < len; at++) {
        lanes[0] = pack_hash_step(lanes[0], (unsigned char)bytes[at]);
    }
    return pack_hash_end(lanes[0] ^ pack_hash_end(lanes[1] ^ pack_hash_end(lanes[2] ^ lanes[3])));
}

/* ---- opening ---- */

/* What is being checked, for messages. */
struct opening {
    struct pack *pack;
    const char *name;
    size_t size;
    galley_error *error;
};

static bool damaged(const struct opening *opening, const char *what) {
    error_set(opening->error, GALLEY_ERROR_DICTIONARY, "%s: damaged language pack: %s",
              opening->name, what);
    return false;
}

static bool check_header(struct opening *opening) {
    struct pack *pack = opening->pack;
    const struct pack_header *header = (const struct pack_header *)(const void *)pack->data;
    if (opening->size < sizeof *header || memcmp(header->magic, PACK_MAGIC, 8) != 0) {
        error_set(opening->error, GALLEY_ERROR_DICTIONARY, "%s: not a language pack",
                  opening->name);
        return false;
    }
    if (header->byte_order != PACK_BYTE_ORDER || header->version != PACK_VERSION) {
        error_set(opening->error, GALLEY_ERROR_DICTIONARY,
                  "%s: language pack of version %u (this library reads %u), or made for a machine "
                  "of another byte order",
                  opening->name, (unsigned)header->version, PACK_VERSION);
        return false;
    }
    if (header->header_checksum !=
        pack_checksum(header, offsetof(struct pack_header, header_checksum))) {
        return damaged(opening, "the header's checksum is wrong");
    }
    if (header->file_size != opening->size) {
        return damaged(opening, opening->size < header->file_size ? "the file is cut off"
                                                                  : "the file is too long");
    }
    const uint64_t table_size = header->n_sections * (uint64_t)sizeof(struct pack_section_entry);
    if (table_size > opening->size - sizeof *header) {
        return damaged(opening, "the section table is cut off");
    }
    pack->header = header;
    pack->sections = (const struct pack_section_entry *)(const void *)(header + 1);
    if (header->table_checksum != pack_checksum(pack->sections, table_size)) {
        return damaged(opening, "the section table's checksum is wrong");
    }
    return memchr(header->language, '\0', sizeof header->language) != NULL ||
           damaged(opening, "the language tag has no end");
}

static bool check_section_table(const struct opening *opening) {
    const struct pack *pack = opening->pack;
    for (uint32_t i = 0; i < pack->header->n_sections; i++) {
        const struct pack_section_entry *section = &pack->sections[i];
        if (memchr(section->name, '\0', sizeof section->name) == NULL ||
            section->offset % PACK_ALIGNMENT != 0 || section->offset > opening->size ||
            section->size > opening->size - section->offset) {
            return damaged(opening, "a section is outside the file");
        }
    }
    return true;
}

/* The start of a section that must hold exactly `size` bytes (or, with SIZE_MAX, any). */
static const void *take(const struct opening *opening, const char *name, size_t item_size,
                        size_t n_items, size_t *n_found) {
    const galley_string section = pack_section(opening->pack, name);
    if (section.len % item_size != 0 ||
        (n_items != SIZE_MAX && section.len / item_size != n_items)) {
        error_set(opening->error, GALLEY_ERROR_DICTIONARY,
                  "%s: damaged language pack: section %s has a wrong size", opening->name, name);
        return NULL;
    }
    if (n_found != NULL) {
        *n_found = section.len / item_size;
    }
    return section.data;
}

/* Every key has a chunk or more, and all are inside the section. */
static bool check_keys(const struct opening *opening, size_t n_chunks) {
    const struct pack *pack = opening->pack;
    const uint32_t n_forms = pack->header->n_forms;
    const uint32_t *starts = pack->starts;
    uint32_t wrong = starts[0] != 0 || starts[n_forms] != n_chunks;
    for (uint32_t i = 0; i < n_forms; i++) {
        wrong |= starts[i + 1] - starts[i] - 1 >= PACK_KEY_CHUNKS;
    }
    return wrong == 0 || damaged(opening, "a form's key is outside its section");
}

/* Every form of the table exists, and there is a free slot, where the search for an unknown word
 * ends. */
static bool check_buckets(const struct opening *opening) {
    const struct pack_header *header = opening->pack->header;
    bool wrong = false;
    uint32_t n_taken = 0;
    for (uint32_t i = 0; i < header->n_buckets; i++) {
        const struct pack_bucket *bucket = &opening->pack->buckets[i];
        wrong |= bucket->n_taken > PACK_BUCKET_SLOTS;
        n_taken += bucket->n_taken;
        for (size_t slot = 0; slot < PACK_BUCKET_SLOTS; slot++) {
            wrong |= bucket->forms[slot] >= header->n_forms &&
                     (slot < bucket->n_taken || bucket->forms[slot] != 0);
        }
    }
    return (!wrong && n_taken == header->n_forms &&
            n_taken < (uint64_t)header->n_buckets * PACK_BUCKET_SLOTS) ||
           damaged(opening, "the hash table names forms that are not there");
}

static bool check_displays(const struct opening *opening, size_t texts_len) {
    const struct pack *pack = opening->pack;
    if (pack->n_displays > 0 && (texts_len == 0 || pack->texts[texts_len - 1] != '\0')) {
        return damaged(opening, "the texts of forms have no end");
    }
    for (size_t i = 0; i < pack->n_displays; i++) {
        if (pack->displays[i].form >= pack->header->n_forms || pack->displays[i].text >= texts_len) {
            return damaged(opening, "a form's text is outside its section");
        }
    }
    return true;
}

static bool check_variants(const struct opening *opening) {
    const struct pack *pack = opening->pack;
    for (size_t i = 0; i < pack->n_groups; i++) {
        if ((pack->groups[i] & PACK_GROUP) == 0 && pack->groups[i] >= pack->header->n_forms) {
            return damaged(opening, "a variant names a form that is not there");
        }
    }
    for (size_t i = 0; i < pack->n_variants; i++) {
        const uint32_t group = pack->variants[i].group;
        if (group >= pack->n_groups || (pack->groups[group] & PACK_GROUP) == 0 ||
            (pack->groups[group] & ~PACK_GROUP) >= pack->n_groups - group) {
            return damaged(opening, "a group of variants is outside its section");
        }
    }
    return true;
}

static bool check_forms(struct opening *opening) {
    struct pack *pack = opening->pack;
    const struct pack_header *header = pack->header;
    if (header->n_lower_forms > header->n_forms || header->n_forms >= PACK_GROUP ||
        header->n_buckets == 0) {
        return damaged(opening, "the numbers of forms are wrong");
    }
    size_t n_chunks = 0;
    size_t texts_len = 0;
    const uint32_t n_forms = header->n_forms;
    if ((pack->buckets = take(opening, "form-buckets", sizeof *pack->buckets, header->n_buckets,
                              NULL)) == NULL ||
        (pack->starts = take(opening, "form-starts", sizeof *pack->starts, (size_t)n_forms + 1,
                             NULL)) == NULL ||
        (pack->keys = take(opening, "form-keys", sizeof *pack->keys, SIZE_MAX, &n_chunks)) ==
            NULL ||
        (pack->facts = take(opening, "form-facts", sizeof *pack->facts, n_forms, NULL)) == NULL ||
        (pack->displays = take(opening, "form-displays", sizeof *pack->displays, SIZE_MAX,
                               &pack->n_displays)) == NULL ||
        (pack->texts = take(opening, "form-texts", 1, SIZE_MAX, &texts_len)) == NULL ||
        (pack->variants = take(opening, "form-variants", sizeof *pack->variants, SIZE_MAX,
                               &pack->n_variants)) == NULL ||
        (pack->groups = take(opening, "form-groups", sizeof *pack->groups, SIZE_MAX,
                             &pack->n_groups)) == NULL) {
        return false;
    }
    return check_keys(opening, n_chunks) && check_buckets(opening) &&
           check_displays(opening, texts_len) && check_variants(opening);
}

/* Takes the clitics apart: "'s ' 'll". */
static void read_clitics(struct pack *pack) {
    const galley_string list = pack_setting(pack, "clitics");
    size_t at = 0;
    while (at < list.len && pack->n_clitics < CLITICS_MAX) {
        const char *const space = memchr(list.data + at, ' ', list.len - at);
        const size_t end = space == NULL ? list.len : (size_t)(space - list.data);
        if (end > at) {
            pack->clitics[pack->n_clitics] = (galley_string){list.data + at, end - at};
            pack->n_clitics++;
        }
        at = end + 1;
    }
}

static bool check_settings(const struct opening *opening) {
    const galley_string settings = pack_section(opening->pack, "pack-settings");
    return settings.len == 0 || settings.data[settings.len - 1] == '\0' ||
           damaged(opening, "the settings have no end");
}

galley_status pack_open_memory(const struct memory *memory, const char *name, const void *data,
                               size_t size, struct pack **out, galley_error *error) {
    struct pack *pack = memory_allocate(memory, sizeof *pack);
    if (pack == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory for a language pack", name);
    }
    *pack = (struct pack){.memory = memory, .data = data};
    struct opening opening = {.pack = pack, .name = name, .size = size, .error = error};
    if (!check_header(&opening) || !check_section_table(&opening) || !check_forms(&opening) ||
        !check_settings(&opening)) {
        memory_free(memory, pack);
        return GALLEY_ERROR_DICTIONARY;
    }
    read_clitics(pack);
    *out = pack;
    return GALLEY_OK;
}

galley_status pack_open(const struct memory *memory, const char *path, struct pack **out,
                        galley_error *error) {
    galley_status status = GALLEY_ERROR_DICTIONARY;
    void *mapping = MAP_FAILED;
    struct stat facts;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &facts) != 0) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: %s", path, strerror(errno));
        goto end;
    }
    if (!S_ISREG(facts.st_mode) || facts.st_size <= 0) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: not a language pack", path);
        goto end;
    }
    const size_t size = (size_t)facts.st_size;
    mapping = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
    if (mapping == MAP_FAILED) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: cannot be mapped: %s", path,
                  strerror(errno));
        goto end;
    }
    struct pack *pack = NULL;
    status = pack_open_memory(memory, path, mapping, size, &pack, error);
    if (status != GALLEY_OK) {
        munmap(mapping, size);
        goto end;
    }
    pack->mapping = mapping;
    pack->mapping_size = size;
    *out = pack;
end:
    if (file >= 0) {
        close(file);
    }
    return status;
}

void pack_close(struct pack *pack) {
    if (pack == NULL) {
        return;
    }
    if (pack->mapping != NULL) {
        munmap(pack->mapping, pack->mapping_size);
    }
    memory_free(pack->memory, pack);
}

bool pack_verify(const struct pack *pack) {
    const size_t content = sizeof *pack->header +
                           pack->header->n_sections * sizeof(struct pack_section_entry);
    return pack->header->content_checksum ==
           pack_checksum(pack->data + content, pack->header->file_size - content);
}

/* ---- reading ---- */

const char *pack_language(const struct pack *pack) {
    return pack->header->language;
}

size_t pack_n_forms(const struct pack *pack) {
    return pack->header->n_forms;
}

uint32_t pack_n_lower_forms(const struct pack *pack) {
    return pack->header->n_lower_forms;
}

galley_string pack_section(const struct pack *pack, const char *name) {
    for (uint32_t i = 0; i < pack->header->n_sections; i++) {
        const struct pack_section_entry *section = &pack->sections[i];
        if (strcmp(section->name, name) == 0) {
            return (galley_string){pack->data + section->offset, (size_t)section->size};
        }
    }
    return (galley_string){"", 0};
}

galley_string pack_setting(const struct pack *pack, const char *key) {
    const galley_string settings = pack_section(pack, "pack-settings");
    const size_t key_len = strlen(key);
    size_t at = 0;
    while (at < settings.len) {
        const char *const line = settings.data + at;
        const size_t line_len = strlen(line);
        if (line_len > key_len && line[key_len] == '=' && memcmp(line, key, key_len) == 0) {
            return (galley_string){line + key_len + 1, line_len - key_len - 1};
        }
        at += line_len + 1;
    }
    return (galley_string){"", 0};
}

static bool is_key(const struct pack *pack, uint32_t form, const uint64_t *chunks,
                   size_t n_chunks) {
    const uint32_t start = pack->starts[form];
    if (pack->starts[form + 1] - start != n_chunks) {
        return false;
    }
    for (size_t i = 0; i < n_chunks; i++) {
        if (pack->keys[start + i] != chunks[i]) {
            return false;
        }
    }
    return true;
}

/* A bit for every fingerprint of the bucket that may be the one repeated in `wanted`: the highest of
 * its 16. Lanes of zero borrow from those above, so that a bit above a right one may be wrong. */
static inline uint64_t equal_lanes(const uint16_t *fingerprints, uint64_t wanted) {
    const uint64_t ones = UINT64_C(0x0001000100010001);
    uint64_t lanes;
    memcpy(&lanes, fingerprints, sizeof lanes);
    lanes ^= wanted;
    return (lanes - ones) & ~lanes & ones << 15;
}

/* The slots whose fingerprint may be the wanted one, a bit each, in an order of their own. */
static inline uint64_t equal_slots(const struct pack_bucket *bucket, uint64_t wanted) {
    /* The third read begins two slots before the last four, which the second has seen. */
    return equal_lanes(bucket->fingerprints, wanted) >> 15 |
           equal_lanes(bucket->fingerprints + 4, wanted) >> 14 |
           equal_lanes(bucket->fingerprints + PACK_BUCKET_SLOTS - 4, wanted) >> 13;
}

static inline size_t slot_of(uint64_t slots) {
    static const uint8_t firsts[4] = {0, 4, PACK_BUCKET_SLOTS - 4, 0};
    const unsigned bit = (unsigned)__builtin_ctzll(slots);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return firsts[bit % 16] + 3 - bit / 16;
#else
    return firsts[bit % 16] + bit / 16;
#endif
}

uint32_t pack_find_chunks(const struct pack *pack, const uint64_t *chunks, size_t n_chunks,
                          uint64_t hash) {
    const uint32_t n_buckets = pack->header->n_buckets;
    const uint64_t fingerprint = (uint16_t)hash == 0 ? 1 : (uint16_t)hash;
    const uint64_t wanted = fingerprint * UINT64_C(0x0001000100010001);
    uint32_t at = (uint32_t)((hash >> 32) * n_buckets >> 32);
    for (;;) {
        const struct pack_bucket *bucket = &pack->buckets[at];
        for (uint64_t slots = equal_slots(bucket, wanted); slots != 0; slots &= slots - 1) {
            const uint32_t form = bucket->forms[slot_of(slots)];
            if (is_key(pack, form, chunks, n_chunks)) {
                return form;
            }
        }
        if (bucket->n_taken < PACK_BUCKET_SLOTS) {
            return FORM_NONE;
        }
        at = at + 1 < n_buckets ? at + 1 : 0;
    }
}

uint32_t pack_find(const struct pack *pack, const char *word, size_t len) {
    struct pack_key key;
    if (!pack_key_make(&key, word, len)) {
        return FORM_NONE;
    }
    return pack_find_chunks(pack, key.chunks, key.n_chunks, key.hash);
}

/* How many bytes of the word's end are the clitic, in either spelling of the apostrophe; 0: none. */
static size_t clitic_len(const char *word, size_t len, galley_string clitic) {
    static const char turned[] = "\xE2\x80\x99";
    size_t at = len;
    for (size_t i = clitic.len; i > 0; i--) {
        const char wanted = clitic.data[i - 1];
        if (at == 0) {
            return 0;
        }
        if (wanted == '\'' && at >= 3 && memcmp(word + at - 3, turned, 3) == 0) {
            at -= 3;
        } else if (word[at - 1] == wanted || (wanted >= 'a' && word[at - 1] == wanted - 32)) {
            at -= 1;
        } else {
            return 0;
        }
    }
    return len - at;
}

uint32_t pack_find_host(const struct pack *pack, const char *word, size_t len, size_t *host_len) {
    for (size_t i = 0; i < pack->n_clitics; i++) {
        const size_t cut = clitic_len(word, len, pack->clitics[i]);
        if (cut > 0 && cut < len) {
            *host_len = len - cut;
            return pack_find(pack, word, len - cut);
        }
    }
    return FORM_NONE;
}

uint16_t pack_standard(const struct pack *pack, const char *language) {
    static const struct {
        const char *key;
        uint16_t flag;
    } standards[] = {{"standard-a", FORM_VARIANT_A}, {"standard-b", FORM_VARIANT_B}};
    const size_t language_len = strlen(language);
    for (size_t i = 0; i < 2; i++) {
        const galley_string tags = pack_setting(pack, standards[i].key);
        const char *at = tags.data;
        while (language_len > 0 && (at = strstr(at, language)) != NULL) {
            const char behind = at[language_len];
            if ((at == tags.data || at[-1] == ' ') && (behind == '\0' || behind == ' ')) {
                return standards[i].flag;
            }
            at += language_len;
        }
    }
    return 0;
}

const struct form_facts *pack_facts(const struct pack *pack, uint32_t form) {
    return &pack->facts[form];
}

galley_string pack_form_text(const struct pack *pack, uint32_t form) {
    size_t low = 0;
    size_t high = pack->n_displays;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pack->displays[middle].form < form) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const char *text = (const char *)(pack->keys + pack->starts[form]);
    size_t len = (size_t)(pack->starts[form + 1] - pack->starts[form]) * 8;
    if (low < pack->n_displays && pack->displays[low].form == form) {
        text = pack->texts + pack->displays[low].text;
        return (galley_string){text, strlen(text)};
    }
    while (len > 0 && text[len - 1] == '\0') {
        len--;
    }
    return (galley_string){text, len};
}

size_t pack_variants(const struct pack *pack, uint32_t form, uint32_t *forms, size_t n_max) {
    size_t low = 0;
    size_t high = pack->n_variants;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pack->variants[middle].form < form) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == pack->n_variants || pack->variants[low].form != form) {
        return 0;
    }
    const uint32_t *group = &pack->groups[pack->variants[low].group];
    const size_t n_forms = group[0] & ~PACK_GROUP;
    for (size_t i = 0; i < n_forms && i < n_max; i++) {
        forms[i] = group[1 + i];
    }
    return n_forms;
}
