/*
 * Compiles the section "romanised" (romanised.h). It is made of ICU's data alone.
 */
#include "base/error.h"
#include "language/romanised.h"
#include "language/section.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { BUFFER_LEN = 64 };

static bool append_letters(const UTransliterator *transliterator, UChar32 c, struct buffer *out) {
    char letters[ROMANISED_LEN] = "";
    UChar text[BUFFER_LEN];
    int32_t len = 0;
    UErrorCode status = U_ZERO_ERROR;
    if (u_isalpha(c)) {
        UBool failed = 0;
        U16_APPEND(text, len, BUFFER_LEN, c, failed);
        int32_t limit = len;
        utrans_transUChars(transliterator, text, &len, BUFFER_LEN, 0, &limit, &status);
        if (failed || U_FAILURE(status)) {
            len = 0;
        }
    }
    size_t n = 0;
    for (int32_t i = 0; i < len && n < ROMANISED_LEN; i++) {
        if (text[i] >= 'a' && text[i] <= 'z') {
            letters[n++] = (char)text[i];
        }
    }
    return buffer_append(out, letters, sizeof letters);
}

bool section_romanised_compile(const struct section_source *source, struct buffer *out,
                               galley_error *error) {
    UErrorCode status = U_ZERO_ERROR;
    UChar name[BUFFER_LEN];
    u_uastrcpy(name, "Any-Latin; Latin-ASCII; Any-Lower");
    UTransliterator *transliterator =
        utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status)) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: ICU has no transliteration: %s",
                  source->directory, u_errorName(status));
        return false;
    }
    bool done = true;
    for (UChar32 c = ROMANISED_BEGIN; c < ROMANISED_END && done; c++) {
        done = append_letters(transliterator, c, out);
    }
    for (UChar32 c = ROMANISED_HANGUL_BEGIN; c < ROMANISED_HANGUL_END && done; c++) {
        done = append_letters(transliterator, c, out);
    }
    utrans_close(transliterator);
    if (!done) {
        error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory", source->directory);
    }
    return done;
}
