/*
 * ICU, once library_load(LIBRARY_ICU) has said yes. For properties of characters see
 * text/unicode.h.
 */
#ifndef GALLEY_LIBRARIES_ICU_H
#define GALLEY_LIBRARIES_ICU_H

#include "libraries/library.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/* clang-format off */
#define ICU_FUNCTIONS(use) \
    use(UCNV_FROM_U_CALLBACK_STOP) use(UCNV_TO_U_CALLBACK_STOP) use(u_charDigitValue) \
    use(u_charDirection) use(u_charType) use(u_foldCase) use(u_getIntPropertyValue) \
    use(u_getNumericValue) use(u_hasBinaryProperty) use(u_isgraph) use(u_strFromUTF8) \
    use(u_strToUTF8) use(u_tolower) use(u_toupper) use(ucnv_close) use(ucnv_compareNames) \
    use(ucnv_convert) use(ucnv_fromUnicode) use(ucnv_getNextUChar) use(ucnv_getType) \
    use(ucnv_open) use(ucnv_resetFromUnicode) use(ucnv_setFallback) use(ucnv_setFromUCallBack) \
    use(ucnv_setToUCallBack) use(uloc_addLikelySubtags) use(uloc_getDisplayLanguage) \
    use(uloc_getDisplayName) use(uloc_getLanguage) use(unorm2_getNFCInstance) \
    use(unorm2_normalize) use(uscript_getCode) use(uscript_getScript) use(uscript_getShortName) \
    use(uscript_isCased)
/* clang-format on */

extern struct icu_functions { ICU_FUNCTIONS(LIBRARY_MEMBER) } library_icu;

#ifndef LIBRARY_NAMES
/* ICU adds its version to each name with a macro. */
#undef UCNV_FROM_U_CALLBACK_STOP
#define UCNV_FROM_U_CALLBACK_STOP (*library_icu.call_UCNV_FROM_U_CALLBACK_STOP)
#undef UCNV_TO_U_CALLBACK_STOP
#define UCNV_TO_U_CALLBACK_STOP (*library_icu.call_UCNV_TO_U_CALLBACK_STOP)
#undef u_charDigitValue
#define u_charDigitValue (*library_icu.call_u_charDigitValue)
#undef u_charDirection
#define u_charDirection (*library_icu.call_u_charDirection)
#undef u_charType
#define u_charType (*library_icu.call_u_charType)
#undef u_foldCase
#define u_foldCase (*library_icu.call_u_foldCase)
#undef u_getIntPropertyValue
#define u_getIntPropertyValue (*library_icu.call_u_getIntPropertyValue)
#undef u_getNumericValue
#define u_getNumericValue (*library_icu.call_u_getNumericValue)
#undef u_hasBinaryProperty
#define u_hasBinaryProperty (*library_icu.call_u_hasBinaryProperty)
#undef u_isgraph
#define u_isgraph (*library_icu.call_u_isgraph)
#undef u_strFromUTF8
#define u_strFromUTF8 (*library_icu.call_u_strFromUTF8)
#undef u_strToUTF8
#define u_strToUTF8 (*library_icu.call_u_strToUTF8)
#undef u_tolower
#define u_tolower (*library_icu.call_u_tolower)
#undef u_toupper
#define u_toupper (*library_icu.call_u_toupper)
#undef ucnv_close
#define ucnv_close (*library_icu.call_ucnv_close)
#undef ucnv_compareNames
#define ucnv_compareNames (*library_icu.call_ucnv_compareNames)
#undef ucnv_convert
#define ucnv_convert (*library_icu.call_ucnv_convert)
#undef ucnv_fromUnicode
#define ucnv_fromUnicode (*library_icu.call_ucnv_fromUnicode)
#undef ucnv_getNextUChar
#define ucnv_getNextUChar (*library_icu.call_ucnv_getNextUChar)
#undef ucnv_getType
#define ucnv_getType (*library_icu.call_ucnv_getType)
#undef ucnv_open
#define ucnv_open (*library_icu.call_ucnv_open)
#undef ucnv_resetFromUnicode
#define ucnv_resetFromUnicode (*library_icu.call_ucnv_resetFromUnicode)
#undef ucnv_setFallback
#define ucnv_setFallback (*library_icu.call_ucnv_setFallback)
#undef ucnv_setFromUCallBack
#define ucnv_setFromUCallBack (*library_icu.call_ucnv_setFromUCallBack)
#undef ucnv_setToUCallBack
#define ucnv_setToUCallBack (*library_icu.call_ucnv_setToUCallBack)
#undef uloc_addLikelySubtags
#define uloc_addLikelySubtags (*library_icu.call_uloc_addLikelySubtags)
#undef uloc_getDisplayLanguage
#define uloc_getDisplayLanguage (*library_icu.call_uloc_getDisplayLanguage)
#undef uloc_getDisplayName
#define uloc_getDisplayName (*library_icu.call_uloc_getDisplayName)
#undef uloc_getLanguage
#define uloc_getLanguage (*library_icu.call_uloc_getLanguage)
#undef unorm2_getNFCInstance
#define unorm2_getNFCInstance (*library_icu.call_unorm2_getNFCInstance)
#undef unorm2_normalize
#define unorm2_normalize (*library_icu.call_unorm2_normalize)
#undef uscript_getCode
#define uscript_getCode (*library_icu.call_uscript_getCode)
#undef uscript_getScript
#define uscript_getScript (*library_icu.call_uscript_getScript)
#undef uscript_getShortName
#define uscript_getShortName (*library_icu.call_uscript_getShortName)
#undef uscript_isCased
#define uscript_isCased (*library_icu.call_uscript_isCased)
#endif

#endif
