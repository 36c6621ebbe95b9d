/*
 * Numbering the forms and writing the pack.
 *
 * Forms that are words in small letters come first, so that one comparison tells them from names;
 * inside each range the frequent ones come first, so that the texts of common words are neighbours.
 * The hash table is filled in order of frequency over both ranges.
 */
#include "base/error.h"
#include "language/pack_compiler.h"
#include "language/pack_format.h"

#include <stdlib.h>
#include <string.h>

enum { CORE_SECTIONS = 11, OTHER_SECTIONS = 32 };

/* The share of the hash table's slots that is taken. A fuller one is smaller, but more words are
 * outside their own bucket: at this one about 1 in 16 of the rarest. */
static const double LOAD = 0.75;

/* ---- order ---- */

static int compare_keys(const struct draft *a, const struct draft *b) {
    const uint32_t n = a->n_chunks < b->n_chunks ? a->n_chunks : b->n_chunks;
    const int order = memcmp(a->chunks, b->chunks, 8 * (size_t)n);
    return order != 0 ? order : (a->n_chunks > b->n_chunks) - (a->n_chunks < b->n_chunks);
}

static int compare_frequency(const void *left, const void *right) {
    const struct draft *a = *(const struct draft *const *)left;
    const struct draft *b = *(const struct draft *const *)right;
    if (a->facts.zipf != b->facts.zipf) {
        return a->facts.zipf > b->facts.zipf ? -1 : 1;
    }
    return compare_keys(a, b);
}

static bool is_lower(const struct draft *draft) {
    return (draft->facts.flags & FORM_LOWER) != 0;
}

/* All forms by falling frequency, numbered. */
struct ordered {
    struct draft **drafts; /* by falling frequency */
    struct draft **forms;  /* by number */
    size_t n, n_lower;
    size_t n_buckets;
    uint32_t longest_search;
    uint16_t *signs; /* by number */
};

/* What the facts say of a form in the text's pass. */
static uint16_t signs_of(const struct form_facts *facts) {
    static const struct {
        uint32_t classes;
        enum form_sign sign;
    } signs[] = {
        {CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE | CLASS_PRONOUN_NEUTER | CLASS_PRONOUN_PLURAL |
             CLASS_PRONOUN_FIRST | CLASS_PRONOUN_SUBJECT | CLASS_PRONOUN_OBJECT |
             CLASS_PRONOUN_POSSESSIVE | CLASS_PRONOUN_REFLEXIVE,
         SIGN_PRONOUN},
        {CLASS_TITLE_MALE | CLASS_TITLE_FEMALE | CLASS_TITLE | CLASS_ROLE_MALE | CLASS_ROLE_FEMALE |
             CLASS_ROLE | CLASS_TRANSITION,
         SIGN_PERSON},
        {CLASS_FUNCTION, SIGN_FUNCTION},
        {CLASS_REPORTING_VERB, SIGN_REPORTING},
        {CLASS_ABBREVIATION_INNER | CLASS_ABBREVIATION_ANY, SIGN_ABBREVIATION},
    };
    uint32_t all = (facts->flags & (FORM_VARIANT_A | FORM_VARIANT_B)) != 0 ? SIGN_STANDARD : 0;
    uint32_t known = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        all |= (facts->classes & signs[i].classes) != 0 ? signs[i].sign : 0u;
        known |= signs[i].classes;
    }
    return (uint16_t)(all | ((facts->classes & ~known) != 0 ? SIGN_OTHER_CLASS : 0u));
}

static bool order_forms(struct compiler *compiler, struct ordered *ordered) {
    struct drafts *drafts = &compiler->drafts;
    ordered->drafts = arena_allocate(compiler->arena, (drafts->n + 1) * sizeof(struct draft *));
    ordered->forms = arena_allocate(compiler->arena, (drafts->n + 1) * sizeof(struct draft *));
    ordered->signs = arena_allocate(compiler->arena, (drafts->n + 1) * sizeof *ordered->signs);
    if (ordered->drafts == NULL || ordered->forms == NULL || ordered->signs == NULL) {
        return false;
    }
    for (size_t i = 0; i < drafts->n; i++) {
        struct draft *draft = &drafts->items[i];
        draft->form = FORM_NONE;
        if ((draft->facts.classes & CLASS_CAPITALIZED) != 0) {
            draft->facts.flags &= (uint16_t)~FORM_LOWER;
        }
        if (!draft->forbidden) {
            ordered->drafts[ordered->n] = draft;
            ordered->n++;
            ordered->n_lower += is_lower(draft);
        }
    }
    qsort(ordered->drafts, ordered->n, sizeof *ordered->drafts, compare_frequency);
    size_t next_lower = 0;
    size_t next_other = ordered->n_lower;
    for (size_t i = 0; i < ordered->n; i++) {
        struct draft *draft = ordered->drafts[i];
        draft->form = (uint32_t)(is_lower(draft) ? next_lower++ : next_other++);
        ordered->forms[draft->form] = draft;
        ordered->signs[draft->form] = signs_of(&draft->facts);
    }
    ordered->n_buckets = 1 + (size_t)((double)ordered->n / PACK_BUCKET_SLOTS / LOAD);
    return ordered->n < PACK_FORM_MASK;
}

/* ---- sections ---- */

/* The form's place: in its own bucket, or the next that has one. Counts the buckets on the way, and
 * says in full ones that it passed. NULL when another form with the same fingerprint would be found instead of one of the two. */
static struct pack_bucket *find_place(struct pack_bucket *buckets, size_t n_buckets,
                                      const struct draft *draft, uint32_t fingerprint, size_t *slot,
                                      uint32_t *n_searched) {
    size_t at = (draft->hash >> 32) * n_buckets >> 32;
    for (uint32_t n = 1;; n++) {
        for (size_t i = 0; i < PACK_BUCKET_SLOTS; i++) {
            if (buckets[at].fingerprints[i] == fingerprint) {
                return NULL;
            }
            if (buckets[at].fingerprints[i] == 0) {
                *slot = i;
                *n_searched = n > *n_searched ? n : *n_searched;
                return &buckets[at];
            }
        }
        buckets[at].forms[draft->hash % PACK_BUCKET_SLOTS] |= PACK_PASSED;
        at = at + 1 < n_buckets ? at + 1 : 0;
    }
}

static bool write_buckets(const struct compiler *compiler, struct ordered *ordered,
                          struct buffer *out) {
    const size_t n_buckets = ordered->n_buckets;
    struct pack_bucket *buckets = memory_allocate(out->memory, n_buckets * sizeof *buckets);
    if (buckets == NULL) {
        return false;
    }
    memset(buckets, 0, n_buckets * sizeof *buckets);
    bool done = true;
    for (size_t i = 0; i < ordered->n && done; i++) {
        const struct draft *draft = ordered->drafts[i];
        const uint32_t fingerprint = (uint32_t)draft->hash == 0 ? 1 : (uint32_t)draft->hash;
        size_t slot = 0;
        struct pack_bucket *bucket =
            find_place(buckets, n_buckets, draft, fingerprint, &slot, &ordered->longest_search);
        if (bucket == NULL) {
            error_set(compiler->error, GALLEY_ERROR_LIMIT,
                      "%s: two forms have one hash; change a constant of pack_hash_pair",
                      compiler->directory);
            done = false;
            break;
        }
        bucket->fingerprints[slot] = fingerprint;
        bucket->forms[slot] = draft->form | (uint32_t)ordered->signs[draft->form] << PACK_FORM_BITS;
    }
    out->len = 0;
    done = done && buffer_append(out, buckets, n_buckets * sizeof *buckets);
    memory_free(out->memory, buckets);
    return done;
}

/* The facts that were met so far, by their bytes: open addressing over indices. */
struct facts_table {
    uint32_t *slots; /* index + 1; 0 is free */
    size_t n_slots;  /* a power of two */
};

/* The index of these facts, which are added when they are new. SIZE_MAX: no memory. */
static size_t find_facts(const struct facts_table *table, struct buffer *facts,
                         const struct form_facts *wanted) {
    const size_t size = sizeof *wanted;
    size_t at = (size_t)pack_checksum(wanted, size) & (table->n_slots - 1);
    for (; table->slots[at] != 0; at = (at + 1) & (table->n_slots - 1)) {
        const size_t index = table->slots[at] - 1;
        if (memcmp(facts->data + index * size, wanted, size) == 0) {
            return index;
        }
    }
    const size_t index = facts->len / size;
    table->slots[at] = (uint32_t)index + 1;
    return buffer_append(facts, wanted, size) ? index : SIZE_MAX;
}

static bool write_facts(const struct compiler *compiler, const struct ordered *ordered,
                        struct buffer *kinds, struct buffer *facts) {
    struct facts_table table = {.n_slots = 1};
    while (table.n_slots < 2 * ordered->n) {
        table.n_slots *= 2;
    }
    table.slots = arena_allocate_zeroed(compiler->arena, table.n_slots * sizeof *table.slots);
    uint16_t *numbers = arena_allocate(compiler->arena, (ordered->n + 1) * sizeof *numbers);
    if (table.slots == NULL || numbers == NULL) {
        return false;
    }
    kinds->len = facts->len = 0;
    for (size_t i = 0; i < ordered->n; i++) {
        const struct draft *draft = ordered->drafts[i];
        struct form_facts own;
        memset(&own, 0, sizeof own);
        own = draft->facts;
        own.signs = ordered->signs[draft->form];
        const size_t index = find_facts(&table, facts, &own);
        if (index > UINT16_MAX) {
            if (index != SIZE_MAX) {
                error_set(compiler->error, GALLEY_ERROR_LIMIT,
                          "%s: more than 65,536 kinds of forms", compiler->directory);
            }
            return false;
        }
        numbers[draft->form] = (uint16_t)index;
    }
    return buffer_append(kinds, numbers, ordered->n * sizeof *numbers);
}

static bool write_dotted(const struct ordered *ordered, struct buffer *dotted) {
    uint64_t bits[PACK_DOTTED_BITS / 64] = {0};
    for (size_t i = 0; i < ordered->n; i++) {
        const struct draft *draft = ordered->forms[i];
        char last[8];
        memcpy(last, &draft->chunks[draft->n_chunks - 1], sizeof last);
        size_t len = sizeof last;
        while (len > 1 && last[len - 1] == '\0') {
            len--;
        }
        const uint64_t bit = draft->hash >> PACK_DOTTED_SHIFT;
        bits[bit / 64] |= (uint64_t)(last[len - 1] == '.') << bit % 64;
    }
    return buffer_append(dotted, bits, sizeof bits);
}

/* The text in its usual capitals. */
static galley_string usual_text(const struct draft *draft) {
    const char *text = is_lower(draft)        ? draft->lower
                       : draft->mixed != NULL ? draft->mixed
                       : draft->title != NULL ? draft->title
                                              : draft->upper;
    if (text != NULL) {
        return (galley_string){text, strlen(text)};
    }
    /* The key, without the bytes that fill it up. */
    text = (const char *)draft->chunks;
    size_t len = 8 * (size_t)draft->n_chunks;
    while (len > 0 && text[len - 1] == '\0') {
        len--;
    }
    return (galley_string){text, len};
}

static bool write_texts(const struct ordered *ordered, struct buffer *lens, struct buffer *starts,
                        struct buffer *texts) {
    for (size_t i = 0; i < ordered->n; i++) {
        const galley_string text = usual_text(ordered->forms[i]);
        const uint8_t len = (uint8_t)text.len;
        if ((i % PACK_TEXT_BLOCK == 0 && !buffer_append_u32(starts, (uint32_t)texts->len)) ||
            !buffer_append(lens, &len, sizeof len) || len != text.len ||
            !buffer_append(texts, text.data, len)) {
            return false;
        }
    }
    return true;
}

static int compare_variants(const void *left, const void *right) {
    const struct pack_variant *a = left;
    const struct pack_variant *b = right;
    return (a->form > b->form) - (a->form < b->form);
}

/* A form in two groups keeps the first of them. */
static bool write_variants(const struct compiler *compiler, struct buffer *variants,
                           struct buffer *groups) {
    uint32_t group = 0;
    for (size_t i = 0; i < compiler->variants.len / sizeof(uint32_t); i++) {
        uint32_t number;
        memcpy(&number, compiler->variants.data + i * sizeof number, sizeof number);
        if ((number & PACK_GROUP) != 0) {
            group = (uint32_t)i;
        } else {
            number = compiler->drafts.items[number].form;
            const struct pack_variant variant = {number, group};
            if (!buffer_append(variants, &variant, sizeof variant)) {
                return false;
            }
        }
        if (!buffer_append_u32(groups, number)) {
            return false;
        }
    }
    const size_t n = variants->len / sizeof(struct pack_variant);
    if (n == 0) {
        return true;
    }
    struct pack_variant *items = (struct pack_variant *)(void *)variants->data;
    qsort(items, n, sizeof *items, compare_variants);
    size_t n_unique = 1;
    for (size_t i = 1; i < n; i++) {
        if (items[i].form != items[n_unique - 1].form) {
            items[n_unique] = items[i];
            n_unique++;
        }
    }
    variants->len = n_unique * sizeof *items;
    return true;
}

/* ---- the file ---- */

/* Writes header, section table and sections. */
static bool assemble(const struct compiler *compiler, const struct section_content *sections,
                     size_t n_sections, const struct ordered *ordered, struct buffer *out) {
    struct pack_header header = {.version = PACK_VERSION,
                                 .byte_order = PACK_BYTE_ORDER,
                                 .n_sections = (uint32_t)n_sections,
                                 .n_forms = (uint32_t)ordered->n,
                                 .n_lower_forms = (uint32_t)ordered->n_lower,
                                 .n_buckets = (uint32_t)ordered->n_buckets,
                                 .longest_search = ordered->longest_search};
    struct pack_section_entry table[CORE_SECTIONS + OTHER_SECTIONS];
    const size_t table_size = n_sections * sizeof *table;
    memset(table, 0, sizeof table);
    memcpy(header.magic, PACK_MAGIC, sizeof header.magic);
    memcpy(header.language, compiler->language, sizeof header.language);
    if (!buffer_append(out, &header, sizeof header) || !buffer_append(out, table, table_size)) {
        return false;
    }
    for (size_t i = 0; i < n_sections; i++) {
        if (!buffer_align(out, PACK_ALIGNMENT)) {
            return false;
        }
        memcpy(table[i].name, sections[i].name, sizeof table[i].name);
        table[i].offset = out->len;
        table[i].size = sections[i].bytes.len;
        if (!buffer_append(out, sections[i].bytes.data, sections[i].bytes.len)) {
            return false;
        }
    }
    const size_t content = sizeof header + table_size;
    header.file_size = out->len;
    header.table_checksum = pack_checksum(table, table_size);
    header.content_checksum = pack_checksum(out->data + content, out->len - content);
    header.header_checksum = pack_checksum(&header, offsetof(struct pack_header, header_checksum));
    memcpy(out->data, &header, sizeof header);
    memcpy(out->data + sizeof header, table, table_size);
    return true;
}

static void name_section(struct section_content *section, const char *name,
                         const struct memory *memory) {
    memset(section, 0, sizeof *section);
    strncpy(section->name, name, sizeof section->name - 1);
    section->bytes.memory = memory;
}

/* The sections of the forms, then those of other rooms, which see the forms as a pack without
 * sections of its own. */
static bool write_pack(struct compiler *compiler, struct buffer *out) {
    enum {
        BUCKETS,
        KINDS,
        FACTS,
        LENS,
        STARTS,
        TEXTS,
        DOTTED,
        VARIANTS,
        GROUPS,
        SETTINGS,
        COMPOUNDS
    };
    static const char *const names[CORE_SECTIONS] = {
        "form-buckets", "form-kinds",    "form-facts",  "form-lens",
        "form-starts",  "form-texts",    "form-dotted", "form-variants",
        "form-groups",  "pack-settings", "compounds"};
    const struct memory *memory = out->memory;
    struct section_content sections[CORE_SECTIONS + OTHER_SECTIONS];
    for (size_t i = 0; i < CORE_SECTIONS + OTHER_SECTIONS; i++) {
        name_section(&sections[i], i < CORE_SECTIONS ? names[i] : "", memory);
    }
    size_t n_sections = CORE_SECTIONS;
    struct ordered ordered = {.n = 0};
    struct buffer forms_only = {.memory = memory};
    struct pack *pack = NULL;
    bool done = false;
    if (!order_forms(compiler, &ordered)) {
        goto end;
    }
    if (!write_buckets(compiler, &ordered, &sections[BUCKETS].bytes) ||
        !write_facts(compiler, &ordered, &sections[KINDS].bytes, &sections[FACTS].bytes) ||
        !write_texts(&ordered, &sections[LENS].bytes, &sections[STARTS].bytes,
                     &sections[TEXTS].bytes) ||
        !write_dotted(&ordered, &sections[DOTTED].bytes) ||
        !write_variants(compiler, &sections[VARIANTS].bytes, &sections[GROUPS].bytes) ||
        !buffer_append(&sections[SETTINGS].bytes, compiler->settings.data,
                       compiler->settings.len) ||
        !buffer_append(&sections[COMPOUNDS].bytes, compiler->compounds.data,
                       compiler->compounds.len) ||
        !assemble(compiler, sections, CORE_SECTIONS, &ordered, &forms_only)) {
        goto end;
    }
    if (pack_open_memory(memory, compiler->directory, forms_only.data, forms_only.len, &pack,
                         compiler->error) != GALLEY_OK) {
        goto end;
    }
    const struct section_source source = {.directory = compiler->directory,
                                          .pack = pack,
                                          .arena = compiler->arena,
                                          .signs = ordered.signs};
    done = compile_sections(&source, sections + CORE_SECTIONS, OTHER_SECTIONS, &n_sections,
                            compiler->error);
    /* Now the forms have the sections' signs, too. */
    done = done && write_buckets(compiler, &ordered, &sections[BUCKETS].bytes) &&
           write_facts(compiler, &ordered, &sections[KINDS].bytes, &sections[FACTS].bytes) &&
           assemble(compiler, sections, CORE_SECTIONS + n_sections, &ordered, out);
end:
    pack_close(pack);
    buffer_finish(&forms_only);
    for (size_t i = 0; i < CORE_SECTIONS + OTHER_SECTIONS; i++) {
        buffer_finish(&sections[i].bytes);
    }
    return done;
}

galley_status pack_compile(const struct memory *memory, const char *directory,
                           const char *hunspell_directory, struct buffer *out,
                           galley_error *error) {
    struct arena arena;
    arena_init(&arena, memory);
    struct compiler compiler = {.arena = &arena,
                                .error = error,
                                .directory = directory,
                                .hunspell_directory = hunspell_directory,
                                .settings = {.memory = memory},
                                .compounds = {.memory = memory},
                                .variants = {.memory = memory},
                                .drafts = {.arena = &arena}};
    /* What a step that does not say more has failed of. */
    error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory", directory);
    const bool done = compiler_read_settings(&compiler) && compiler_read_dictionaries(&compiler) &&
                      compiler_read_tables(&compiler) && write_pack(&compiler, out);
    buffer_finish(&compiler.settings);
    buffer_finish(&compiler.compounds);
    buffer_finish(&compiler.variants);
    drafts_finish(&compiler.drafts);
    arena_finish(&arena);
    return done ? GALLEY_OK : GALLEY_ERROR_DICTIONARY;
}
