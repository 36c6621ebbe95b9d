/*
 * The list of sections that other rooms add to a pack (section.h).
 */
#include "base/error.h"
#include "language/pack_compiler.h"

#include <string.h>

static const struct {
    const char *name; /* at most 15 bytes */
    section_compile *compile;
} compilers[] = {
    {"foreign", section_foreign_compile},
    {"halves", section_halves_compile},
    {"language-names", section_language_names_compile},
    {"look-alikes", section_look_alikes_compile},
    {"numerals", section_numerals_compile},
    {"phrases", section_phrases_compile},
    {"romanised", section_romanised_compile},
    {"unlisted", section_unlisted_compile},
    {"weights", section_weights_compile},
    {NULL, NULL},
};

bool compile_sections(const struct section_source *source, struct section_content *sections,
                      size_t n_max, size_t *n_sections, galley_error *error) {
    *n_sections = 0;
    for (size_t i = 0; compilers[i].name != NULL; i++) {
        if (*n_sections == n_max) {
            error_set(error, GALLEY_ERROR_LIMIT, "more than %zu sections", n_max);
            return false;
        }
        struct section_content *section = &sections[*n_sections];
        strncpy(section->name, compilers[i].name, sizeof section->name - 1);
        if (!compilers[i].compile(source, &section->bytes, error)) {
            return false;
        }
        *n_sections += section->bytes.len > 0;
    }
    return true;
}
