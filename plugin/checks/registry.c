#include "checks/registry.h"

#include "base/error.h"
#include "base/nearest.h"

#include <string.h>

extern const struct check check_agreement;
extern const struct check check_boilerplate;
extern const struct check check_capitalization;
extern const struct check check_characters;
extern const struct check check_duplication;
extern const struct check check_entity;
extern const struct check check_inconsistent;
extern const struct check check_length;
extern const struct check check_locale;
extern const struct check check_markup;
extern const struct check check_number;
extern const struct check check_omission;
extern const struct check check_person;
extern const struct check check_pronoun;
extern const struct check check_punctuation;
extern const struct check check_quotes;
extern const struct check check_same_as_source;
extern const struct check check_sentence_break;
extern const struct check check_spelling;
extern const struct check check_splice;
extern const struct check check_style;
extern const struct check check_terminology;
extern const struct check check_untranslated;
extern const struct check check_whitespace;

/* In the order of the design's table. */
/* clang-format off */
static const struct check *const checks[] = {
    &check_spelling,
    &check_duplication,
    &check_whitespace,
    &check_punctuation,
    &check_quotes,
    &check_capitalization,
    &check_sentence_break,
    &check_agreement,
    &check_pronoun,
    &check_person,
    &check_characters, /* before what it explains better at the same place */
    &check_untranslated,
    &check_splice,
    &check_style,
    &check_entity,
    &check_boilerplate,
    &check_number,
    &check_markup,
    &check_omission,
    &check_same_as_source,
    &check_length,
    &check_locale,
    &check_inconsistent,
    &check_terminology,
};
/* clang-format on */

enum { N_CHECKS = sizeof checks / sizeof *checks };

_Static_assert((int)N_CHECKS <= (int)REGISTRY_CHECKS_MAX, "an engine keeps one bit a check");

size_t registry_n_checks(void) {
    return N_CHECKS;
}

const struct check *registry_check(size_t index) {
    return checks[index];
}

const struct check *registry_find_check(const char *name, size_t len) {
    for (size_t i = 0; i < N_CHECKS; i++) {
        if (strlen(checks[i]->name) == len && memcmp(checks[i]->name, name, len) == 0) {
            return checks[i];
        }
    }
    return NULL;
}

size_t registry_check_index(const struct check *check) {
    size_t i = 0;
    while (i < N_CHECKS && checks[i] != check) {
        i++;
    }
    return i;
}

galley_status registry_unknown_check(const char *name, size_t len, galley_error *error) {
    const char *names[REGISTRY_CHECKS_MAX];
    for (size_t i = 0; i < N_CHECKS; i++) {
        names[i] = checks[i]->name;
    }
    const char *nearest = nearest_name(names, N_CHECKS, name, len);
    if (nearest != NULL) {
        return error_set(error, GALLEY_ERROR_SETTINGS,
                         "there is no check “%.*s”; the nearest one is “%s”", error_cut(len), name,
                         nearest);
    }
    return error_set(error, GALLEY_ERROR_SETTINGS, "there is no check “%.*s”", error_cut(len),
                     name);
}
