#include "its/its_marks.h"

#include "base/ascii.h"
#include "base/error.h"
#include "formats/annotation.h"
#include "its/allowed_characters.h"
#include "its/its_tree.h"

#include <string.h>

bool its_marks_needed(const struct reader *reader, bool html) {
    static const char *const in_xml[] = {ITS_NS};
    static const char *const in_html[] = {"application/its+xml", " its-within-text",
                                          " its-locale-filter", " its-storage-size",
                                          " its-allowed-characters"};
    const char *const *signs = html ? in_html : in_xml;
    const size_t n_signs = html ? sizeof in_html / sizeof *in_html : 1;
    for (size_t i = 0; i < n_signs; i++) {
        if (annotation_find(reader->text, reader->text + reader->len, signs[i]) != NULL) {
            return true;
        }
    }
    return reader->n_its_rules > 0;
}

/* Whether a language tag names another language than the text's, whatever the regions. */
static bool is_other_language(const char *tag, const char *language) {
    const size_t len = strcspn(language, "-");
    return !ascii_same(tag, language, len) ||
           (tag[len] != '\0' && tag[len] != '-' && tag[len] != '_');
}

static bool is_skipped(const struct its *its, const xmlNode *element, const char *language) {
    const char *own = its_value(its, element, ITS_P_LANG);
    const char *list = its_value(its, element, ITS_P_LOCALE_FILTER_LIST);
    const char *type = its_value(its, element, ITS_P_LOCALE_FILTER_TYPE);
    return strcmp(its_value(its, element, ITS_P_TRANSLATE), "no") == 0 ||
           (own != NULL && own[0] != '\0' && is_other_language(own, language)) ||
           !its_locale_passes(list, type, language) ||
           (element->ns != NULL && strcmp((const char *)element->ns->href, ITS_NS) == 0 &&
            !its_is_own(element, "span"));
}

static uint8_t marks_of(const struct its *its, const xmlNode *element, const char *language) {
    const char *within = its_value(its, element, ITS_P_WITHIN_TEXT);
    const char *space = its_value(its, element, ITS_P_SPACE);
    return (uint8_t)((is_skipped(its, element, language) ? ITS_MARK_SKIP : 0) |
                     (strcmp(within, "yes") == 0 ? ITS_MARK_WITHIN : 0) |
                     (strcmp(within, "nested") == 0 ? ITS_MARK_NESTED : 0) |
                     (strcmp(space, "preserve") == 0 ? ITS_MARK_SPACE : 0));
}

/* ---- what elements may hold ---- */

static size_t read_size(const char *value) {
    size_t size = 0;
    for (; *value >= '0' && *value <= '9' && size < SIZE_MAX / 16; value++) {
        size = size * 10 + (size_t)(*value - '0');
    }
    return *value == '\0' ? size : 0;
}

/* Adds the element's storage size to the list, where it has one. */
static galley_status add_storage(struct its_marks *marks, struct its_storage **storages,
                                 size_t *capacity, const struct its *its, const xmlNode *element,
                                 size_t event) {
    const char *size = its_value(its, element, ITS_P_STORAGE_SIZE);
    const size_t max_bytes = size == NULL ? 0 : read_size(size);
    if (max_bytes == 0) {
        return GALLEY_OK;
    }
    if (!arena_grow(its->arena, storages, marks->n_storages, capacity, sizeof **storages,
                    marks->n_storages + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    (*storages)[marks->n_storages++] = (struct its_storage){
        .first = event,
        .last = event,
        .max_bytes = max_bytes,
        .encoding = its_value(its, element, ITS_P_STORAGE_ENCODING),
        .crlf = strcmp(its_value(its, element, ITS_P_LINE_BREAK_TYPE), "crlf") == 0,
    };
    return GALLEY_OK;
}

/* The first event of an element is its start tag, the last one its end tag. */
static galley_status take_storages(struct its_marks *marks, const struct its_tree *tree,
                                   const struct its *its) {
    struct its_storage *storages = NULL;
    size_t capacity = 0;
    galley_status status = GALLEY_OK;
    /* By number of the node: 0 before its start tag, then one more than the index of its storage,
     * or SIZE_MAX where it has none. */
    size_t *met = arena_allocate_zeroed(its->arena, (its->n_nodes + 1) * sizeof *met);
    if (met == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    for (size_t i = 0; i < tree->n_events && status == GALLEY_OK; i++) {
        const xmlNode *element = tree->elements[i];
        if (element == NULL) {
            continue;
        }
        size_t *of_element = &met[(size_t)(uintptr_t)element->_private];
        if (*of_element == 0) {
            const size_t before = marks->n_storages;
            status = add_storage(marks, &storages, &capacity, its, element, i);
            *of_element = marks->n_storages > before ? marks->n_storages : SIZE_MAX;
        } else if (*of_element != SIZE_MAX) {
            storages[*of_element - 1].last = i;
        }
    }
    marks->storages = storages;
    return status;
}

/* Which characters each event's place may hold. */
static galley_status take_characters(struct its_marks *marks, const struct its_tree *tree,
                                     const struct its *its) {
    const char **characters = NULL;
    for (size_t i = 0; i < tree->n_events; i++) {
        const xmlNode *element = tree->elements[i];
        const char *class =
            element == NULL ? NULL : its_value(its, element, ITS_P_ALLOWED_CHARACTERS);
        if (class == NULL || !allowed_characters_valid(class)) {
            continue;
        }
        if (characters == NULL) {
            characters =
                arena_allocate_zeroed(its->arena, (tree->n_events + 1) * sizeof *characters);
        }
        if (characters == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        characters[i] = class;
    }
    marks->characters = characters;
    return GALLEY_OK;
}

static galley_status take_marks(struct its_marks *marks, const struct its_tree *tree,
                                const struct its *its, const struct reader *reader) {
    uint8_t *items = arena_allocate(reader->arena, tree->n_events + 1);
    if (items == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    for (size_t i = 0; i < tree->n_events; i++) {
        const xmlNode *element = tree->elements[i];
        items[i] = element == NULL ? 0 : marks_of(its, element, reader->language);
    }
    *marks = (struct its_marks){.marks = items, .n = tree->n_events};
    const galley_status status = take_characters(marks, tree, its);
    return status == GALLEY_OK ? take_storages(marks, tree, its) : status;
}

galley_status its_marks_read(struct its_marks *marks, struct reader *reader, bool html) {
    const struct its_options options = {
        .html = html,
        .categories = 1u << ITS_TRANSLATE | 1u << ITS_LANGUAGE_INFORMATION |
                      1u << ITS_ELEMENTS_WITHIN_TEXT | 1u << ITS_LOCALE_FILTER |
                      1u << ITS_PRESERVE_SPACE | 1u << ITS_ALLOWED_CHARACTERS |
                      1u << ITS_STORAGE_SIZE,
        .rules = reader->its_rules,
        .n_rules = reader->n_its_rules,
    };
    struct its_tree tree;
    galley_status status =
        its_tree_build(&tree, reader->arena, reader->text, reader->len, html, reader->error);
    if (status != GALLEY_OK) {
        return status;
    }
    struct its its;
    if (xmlDocGetRootElement(tree.document) != NULL) {
        status = its_process(&its, reader->arena, tree.document, &options, reader->error);
        if (status == GALLEY_OK) {
            status = take_marks(marks, &tree, &its, reader);
        }
    }
    its_tree_finish(&tree);
    return status;
}
