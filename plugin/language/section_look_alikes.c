/*
 * Compiles the section "look-alikes" (look_alikes.h). It is made of ICU's data alone: letters whose
 * skeleton (UTS #39, section 4) is one Latin letter.
 */
#include "base/error.h"
#include "language/look_alikes.h"
#include "language/section.h"
#include "text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

/* The Latin letter that the letter of another script looks like; 0 for none. */
static uint32_t latin_of(const USpoofChecker *checker, UChar32 letter) {
    char from[4];
    char to[16];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t from_len = (int32_t)utf8_put(from, (uint32_t)letter);
    const int32_t len = uspoof_getSkeletonUTF8(checker, 0, from, from_len, to, sizeof to, &status);
    if (U_FAILURE(status) || len != 1) {
        return 0;
    }
    const uint32_t latin = (unsigned char)to[0];
    if (!(latin >= 'a' && latin <= 'z') && !(latin >= 'A' && latin <= 'Z')) {
        return 0;
    }
    /* A skeleton is in no case: "l" stands for the letter I, too. */
    return u_isupper(letter) ? (uint32_t)u_toupper((UChar32)latin) : latin;
}

static bool is_of_other_script(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    return U_SUCCESS(status) && u_isalpha(c) && script != USCRIPT_LATIN &&
           script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
}

bool section_look_alikes_compile(const struct section_source *source, struct buffer *out,
                                 galley_error *error) {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&status);
    if (U_FAILURE(status)) {
        error_set(error, GALLEY_ERROR_DICTIONARY, "%s: ICU has no look-alikes: %s",
                  source->directory, u_errorName(status));
        return false;
    }
    bool done = true;
    for (UChar32 c = 0x80; c <= UCHAR_MAX_VALUE && done; c++) {
        const uint32_t latin = is_of_other_script(c) ? latin_of(checker, c) : 0;
        done = latin == 0 || buffer_append_u32(out, (uint32_t)c << LOOK_ALIKE_BITS | latin);
    }
    uspoof_close(checker);
    if (!done) {
        error_set(error, GALLEY_ERROR_MEMORY, "%s: no memory", source->directory);
    }
    return done;
}
