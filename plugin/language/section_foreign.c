/*
 * Compiles foreign.tsv: lines "=tag TAB name" of the languages, then "word TAB tag,tag".
 */
#include "language/foreign.h"
#include "language/pack_hash.h"
#include "language/section.h"

#include <string.h>

struct reading {
    struct foreign_head head;
    struct foreign_place *places;
    size_t n_words;
};

static bool add_language(struct reading *reading, const struct table *table, galley_error *error) {
    struct foreign_head *head = &reading->head;
    const char *tag = table->fields[0] + 1;
    if (table->n_fields < 2 || head->n_languages == FOREIGN_LANGUAGES ||
        strlen(tag) >= sizeof head->tags[0] || strlen(table->fields[1]) >= FOREIGN_NAME_LEN) {
        return table_fail(table, error, "not \"=tag TAB name\", or too many languages");
    }
    strcpy(head->tags[head->n_languages], tag);
    strcpy(head->names[head->n_languages], table->fields[1]);
    head->n_languages++;
    return true;
}

static uint32_t read_tags(const struct foreign_head *head, const char *list) {
    uint32_t languages = 0;
    while (*list != '\0') {
        const size_t len = strcspn(list, ",");
        for (uint32_t i = 0; i < head->n_languages; i++) {
            if (strlen(head->tags[i]) == len && memcmp(head->tags[i], list, len) == 0) {
                languages |= UINT32_C(1) << i;
            }
        }
        list += len + (list[len] == ',');
    }
    return languages;
}

static bool add_word(struct reading *reading, const struct table *table, galley_error *error) {
    struct pack_key key;
    if (table->n_fields < 2 ||
        !pack_key_make(&key, table->fields[0], strlen(table->fields[0]))) {
        return table_fail(table, error, "not \"word TAB tag,tag\"");
    }
    const uint32_t mask = reading->head.n_places - 1;
    uint32_t at = (uint32_t)key.hash & mask;
    while (reading->places[at].hash != 0 && reading->places[at].hash != (key.hash | 1)) {
        at = (at + 1) & mask;
    }
    reading->places[at].hash = key.hash | 1;
    reading->places[at].languages |= read_tags(&reading->head, table->fields[1]);
    return true;
}

static bool count_lines(const struct table *table, struct reading *reading) {
    for (size_t i = 0; i < table->text.len; i++) {
        reading->n_words += table->text.data[i] == '\n';
    }
    reading->head.n_places = 1024;
    while (reading->head.n_places < reading->n_words * 2) {
        reading->head.n_places *= 2;
    }
    return true;
}

bool section_foreign_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error) {
    struct table table;
    if (!table_open(&table, source->arena, source->directory, "foreign.tsv", error)) {
        return false;
    }
    if (table.text.data == NULL) {
        return true;
    }
    struct reading reading = {.n_words = 0};
    count_lines(&table, &reading);
    reading.places = arena_allocate_zeroed(source->arena,
                                           reading.head.n_places * sizeof *reading.places);
    bool good = reading.places != NULL;
    while (good && table_next(&table)) {
        good = table.fields[0][0] == '=' ? add_language(&reading, &table, error)
                                         : add_word(&reading, &table, error);
    }
    return good && buffer_append(out, &reading.head, sizeof reading.head) &&
           buffer_append(out, reading.places, reading.head.n_places * sizeof *reading.places);
}
