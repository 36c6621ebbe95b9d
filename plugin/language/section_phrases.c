/*
 * Compiles the section "phrases" (phrases.h) from phrases.tsv: a kind and phrases of it, or
 * "misnamed", a phrase and what is right.
 */
#include "language/phrases.h"
#include "language/section.h"

#include <string.h>

enum { N_PLACES = 4096 };

struct making {
    const struct pack *pack;
    struct phrase_place *places;
    uint16_t *signs; /* of each form */
    size_t n_phrases;
    struct buffer texts;
};

static bool put(struct making *making, char *phrase, uint32_t kind, uint32_t text) {
    uint64_t hash = 0;
    size_t n_words = 0;
    for (char *word = phrase; *word != '\0';) {
        const size_t len = strcspn(word, " ");
        hash = phrase_hash_step(hash, word, len);
        if (n_words == 0 && kind == PHRASE_MISNAMED) {
            const uint32_t form = pack_find(making->pack, word, len);
            if (form == FORM_NONE) {
                return false;
            }
            making->signs[form] |= SIGN_ENTITY;
        }
        n_words++;
        word += len + (word[len] == ' ');
    }
    if (n_words == 0 || n_words > PHRASE_WORDS_MAX || ++making->n_phrases > N_PLACES / 2) {
        return false;
    }
    uint32_t at = (uint32_t)(hash >> 8) & (N_PLACES - 1);
    while (making->places[at].hash != 0 && making->places[at].hash != hash) {
        at = (at + 1) & (N_PLACES - 1);
    }
    making->places[at].hash = hash;
    making->places[at].kinds |= kind;
    making->places[at].text = text != 0 ? text : making->places[at].text;
    return true;
}

static bool read_misnamed(struct making *making, const struct table *table) {
    const uint32_t text = (uint32_t)making->texts.len;
    for (size_t i = 2; i < table->n_fields; i++) {
        if (!buffer_append(&making->texts, table->fields[i], strlen(table->fields[i]) + 1)) {
            return false;
        }
    }
    return table->n_fields > 2 && buffer_append(&making->texts, "", 1) &&
           put(making, table->fields[1], PHRASE_MISNAMED, text);
}

static bool read_line(struct making *making, const struct table *table) {
    static const struct {
        const char *name;
        uint32_t kind;
    } kinds[] = {{"furniture", PHRASE_FURNITURE},
                 {"furniture-begin", PHRASE_FURNITURE_BEGIN},
                 {"furniture-item", PHRASE_FURNITURE_ITEM},
                 {"furniture-label", PHRASE_FURNITURE_LABEL},
                 {"generic", PHRASE_GENERIC},
                 {"article", PHRASE_ARTICLE}};
    if (strcmp(table->fields[0], "misnamed") == 0) {
        return read_misnamed(making, table);
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (strcmp(table->fields[0], kinds[k].name) == 0) {
            for (size_t i = 1; i < table->n_fields; i++) {
                if (!put(making, table->fields[i], kinds[k].kind, 0)) {
                    return false;
                }
            }
            return true;
        }
    }
    return false;
}

/* Forms that may be another spelling of a name. */
static void mark_variants(struct making *making) {
    const size_t n_forms = pack_n_forms(making->pack);
    for (uint32_t form = 0; form < n_forms; form++) {
        uint32_t other;
        if ((pack_facts(making->pack, form)->flags & FORM_LOWER) == 0 &&
            pack_variants(making->pack, form, &other, 1) > 0) {
            making->signs[form] |= SIGN_ENTITY;
        }
    }
}

bool section_phrases_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error) {
    struct table table;
    if (!table_open(&table, source->arena, source->directory, "phrases.tsv", error)) {
        return false;
    }
    if (table.text.data == NULL) {
        return true;
    }
    struct making making = {
        .pack = source->pack,
        .places = arena_allocate_zeroed(source->arena, N_PLACES * sizeof *making.places),
        .signs = source->signs,
        .texts = {.memory = out->memory},
    };
    bool good = making.places != NULL && buffer_append(&making.texts, "", 1);
    while (good && table_next(&table)) {
        good = read_line(&making, &table) ||
               table_fail(&table, error, "an unknown kind, or a phrase that cannot be taken");
    }
    if (good) {
        mark_variants(&making);
        good = buffer_append(&making.texts, "", 1);
    }
    const struct phrases_head head = {N_PLACES, (uint32_t)making.texts.len};
    good = good && buffer_append(out, &head, sizeof head) &&
           buffer_append(out, making.places, N_PLACES * sizeof *making.places) &&
           buffer_append(out, making.texts.data, making.texts.len);
    buffer_finish(&making.texts);
    return good;
}
