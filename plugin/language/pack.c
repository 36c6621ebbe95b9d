/*
 * Reading a language pack. The file is mapped; its header, its section table and the sizes of the
 * sections are checked when it is opened, and nothing else is read then, so that opening costs a
 * few pages whatever the pack's size. What the large arrays name is held against their bounds where
 * it is used. A lookup costs one cache line of the hash table.
 */
#include "language/pack.h"

#include "base/error.h"
#include "language/pack_table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CLITICS_MAX = 16 };

struct pack {
    struct pack_facts_table forms; /* the first: pack_facts_table */
    const struct memory *memory;
    void *mapping; /* NULL when the caller owns the bytes */
    size_t mapping_size;
    const char *data;
    const struct pack_header *header;
    const struct pack_section_entry *sections;
    struct pack_table table;
    const uint8_t *lens;
    const uint32_t *starts;
    const char *texts;
    size_t texts_len;
    const struct pack_variant *variants;
    size_t n_variants;
    const uint32_t *groups;
    size_t n_groups; /* numbers in groups */
    galley_string clitics[CLITICS_MAX];
    size_t n_clitics;
};

/* Takes in eight more bytes. */
static inline uint64_t checksum_step(uint64_t sum, uint64_t bytes) {
    sum = (sum ^ bytes) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 32;
}

uint64_t pack_checksum(const void *data, uint64_t len) {
    const char *bytes = data;
    uint64_t lanes[4] = {1, 2, 3, 4};
    uint64_t at = 0;
    for (; at + 32 <= len; at += 32) {
        for (size_t i = 0; i < 4; i++) {
            lanes[i] = checksum_step(lanes[i], pack_load8(bytes + at + 8 * i));
        }
    }
    for (; at < len; at++) {
        lanes[0] = checksum_step(lanes[0], (unsigned char)bytes[at]);
    }
    return checksum_step(checksum_step(lanes[0], lanes[1]), checksum_step(lanes[2], lanes[3]));
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
    if (header->n_lower_forms > header->n_forms || header->n_forms >= PACK_FORM_MASK ||
        header->n_buckets == 0 || header->longest_search > header->n_buckets) {
        return damaged(opening, "the numbers of forms are wrong");
    }
    const uint32_t n_forms = header->n_forms;
    struct pack_table *table = &pack->table;
    *table = (struct pack_table){.n_buckets = header->n_buckets,
                                 .n_forms = n_forms,
                                 .longest_search = header->longest_search};
    if ((table->buckets = take(opening, "form-buckets", sizeof *table->buckets, header->n_buckets,
                               NULL)) == NULL ||
        (pack->forms.kinds =
             take(opening, "form-kinds", sizeof *pack->forms.kinds, n_forms, NULL)) == NULL ||
        (pack->forms.facts = take(opening, "form-facts", sizeof *pack->forms.facts, SIZE_MAX,
                                  &pack->forms.n_facts)) == NULL ||
        (pack->lens = take(opening, "form-lens", sizeof *pack->lens, n_forms, NULL)) == NULL ||
        (pack->starts = take(opening, "form-starts", sizeof *pack->starts,
                             ((size_t)n_forms + PACK_TEXT_BLOCK - 1) / PACK_TEXT_BLOCK, NULL)) ==
            NULL ||
        (table->dotted = take(opening, "form-dotted", sizeof *table->dotted, PACK_DOTTED_BITS / 64,
                              NULL)) == NULL ||
        (pack->texts = take(opening, "form-texts", 1, SIZE_MAX, &pack->texts_len)) == NULL ||
        (pack->variants = take(opening, "form-variants", sizeof *pack->variants, SIZE_MAX,
                               &pack->n_variants)) == NULL ||
        (pack->groups = take(opening, "form-groups", sizeof *pack->groups, SIZE_MAX,
                             &pack->n_groups)) == NULL) {
        return false;
    }
    if (pack->forms.n_facts == 0 && n_forms > 0) {
        return damaged(opening, "nothing is said of the forms");
    }
    return check_variants(opening);
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
    const size_t content =
        sizeof *pack->header + pack->header->n_sections * sizeof(struct pack_section_entry);
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

const struct pack_table *pack_table(const struct pack *pack) {
    return &pack->table;
}

struct pack_found pack_table_search(const struct pack_table *table, uint64_t hash) {
    const uint32_t fingerprint = (uint32_t)hash == 0 ? 1 : (uint32_t)hash;
    const struct pack_bucket *bucket = pack_table_bucket(table, hash);
    const struct pack_bucket *const end = table->buckets + table->n_buckets;
    for (uint32_t n = 0; n < table->longest_search; n++) {
        const unsigned slots = pack_bucket_slots(bucket, fingerprint);
        if (slots != 0) {
            return pack_table_take(table, bucket->forms[__builtin_ctz(slots)]);
        }
        if (!pack_bucket_is_passed(bucket, hash)) {
            break;
        }
        bucket = bucket + 1 < end ? bucket + 1 : table->buckets;
    }
    return (struct pack_found){FORM_NONE, 0};
}

uint32_t pack_find(const struct pack *pack, const char *word, size_t len) {
    struct pack_key key;
    if (!pack_key_make(&key, word, len)) {
        return FORM_NONE;
    }
    return pack_table_find(&pack->table, key.hash).form;
}

/* How many bytes of the word's end are the clitic, in either spelling of the apostrophe; 0: none.
 */
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

size_t pack_clitic_len(const struct pack *pack, const char *word, size_t len) {
    const char last = word[len - 1];
    for (size_t i = 0; i < pack->n_clitics; i++) {
        /* Most clitics end in another letter. */
        const char end = pack->clitics[i].data[pack->clitics[i].len - 1];
        if (end != last && end != '\'' && end != (last | 0x20)) {
            continue;
        }
        const size_t cut = clitic_len(word, len, pack->clitics[i]);
        if (cut > 0 && cut < len) {
            return cut;
        }
    }
    return 0;
}

uint32_t pack_find_host(const struct pack *pack, const char *word, size_t len, size_t *host_len) {
    const size_t cut = pack_clitic_len(pack, word, len);
    if (cut == 0) {
        return FORM_NONE;
    }
    *host_len = len - cut;
    return pack_find(pack, word, len - cut);
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

galley_string pack_form_text(const struct pack *pack, uint32_t form) {
    const uint32_t first = form / PACK_TEXT_BLOCK * PACK_TEXT_BLOCK;
    size_t begin = pack->starts[form / PACK_TEXT_BLOCK];
    for (uint32_t i = first; i < form; i++) {
        begin += pack->lens[i];
    }
    const size_t len = pack->lens[form];
    /* A damaged pack may name texts that are not there. */
    return begin <= pack->texts_len && len <= pack->texts_len - begin
               ? (galley_string){pack->texts + begin, len}
               : (galley_string){"", 0};
}

size_t pack_form_len(const struct pack *pack, uint32_t form) {
    return pack->lens[form];
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
