#include "its/its_marks.h"

#include "base/ascii.h"
#include "base/error.h"
#include "formats/annotation.h"
#include "its/its_tree.h"

#include <string.h>

bool its_marks_needed(const struct reader *reader, bool html) {
    static const char *const in_xml[] = {ITS_NS};
    static const char *const in_html[] = {"application/its+xml", " its-within-text",
                                          " its-locale-filter"};
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
    for (size_t i = 0; i < len; i++) {
        if (ascii_lower(tag[i]) != ascii_lower(language[i])) {
            return true;
        }
    }
    return tag[len] != '\0' && tag[len] != '-' && tag[len] != '_';
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
    *marks = (struct its_marks){items, tree->n_events};
    return GALLEY_OK;
}

galley_status its_marks_read(struct its_marks *marks, struct reader *reader, bool html) {
    const struct its_options options = {
        .html = html,
        .categories = 1u << ITS_TRANSLATE | 1u << ITS_LANGUAGE_INFORMATION |
                      1u << ITS_ELEMENTS_WITHIN_TEXT | 1u << ITS_LOCALE_FILTER |
                      1u << ITS_PRESERVE_SPACE,
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
