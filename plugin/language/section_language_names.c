/*
 * Compiles the section "language-names" (language_names.h). It is made of ICU's data alone, which
 * is CLDR's.
 */
#include "base/error.h"
#include "language/language_names.h"
#include "language/section.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

enum { NAME_MAX = 96 };

static bool append_line(struct buffer *out, const char *key, const char *value) {
    return buffer_append(out, key, strlen(key)) && buffer_append(out, "=", 1) &&
           buffer_append(out, value, strlen(value) + 1);
}

static bool append_names(struct buffer *out) {
    bool done = true;
    for (const char *const *tag = uloc_getISOLanguages(); *tag != NULL && done; tag++) {
        UErrorCode status = U_ZERO_ERROR;
        UChar wide[NAME_MAX];
        char name[NAME_MAX];
        const int32_t len = uloc_getDisplayLanguage(*tag, "en", wide, NAME_MAX, &status);
        u_strToUTF8(name, NAME_MAX, NULL, wide, len, &status);
        if (U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING) {
            done = append_line(out, *tag, name);
        }
    }
    return done;
}

static bool append_scripts(struct buffer *out) {
    bool done = true;
    const int32_t n = u_getIntPropertyMaxValue(UCHAR_SCRIPT) + 1;
    for (int32_t script = 0; script < n && done; script++) {
        UErrorCode status = U_ZERO_ERROR;
        char tag[16];
        char likely[ULOC_FULLNAME_CAPACITY];
        char language[16];
        char key[16];
        const char *name = uscript_getShortName((UScriptCode)script);
        if (name == NULL || strlen(name) != 4) {
            continue;
        }
        snprintf(tag, sizeof tag, "und_%s", name);
        snprintf(key, sizeof key, "%d", (int)script);
        uloc_addLikelySubtags(tag, likely, sizeof likely, &status);
        uloc_getLanguage(likely, language, sizeof language, &status);
        if (U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && language[0] != '\0' &&
            strcmp(language, "und") != 0) {
            done = append_line(out, key, language);
        }
    }
    return done;
}

bool section_language_names_compile(const struct section_source *source, struct buffer *out,
                                    galley_error *error) {
    if (!append_names(out) || !append_scripts(out)) {
        error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory", source->directory);
        return false;
    }
    return true;
}
