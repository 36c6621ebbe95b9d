/*
 * Loading libraries late. Their file names are those that the linker would have taken
 * (late_libraries.h, made by the build), and a section .note.dlopen tells packagers' tools of them
 * (https://systemd.io/ELF_DLOPEN_METADATA/).
 *
 * The tables of functions are written once, before the library's state says that they may be read.
 */
#include "libraries/library.h"

#include "base/error.h"
#include "late_libraries.h"

#define LIBRARY_NAMES /* of the functions, as they are in the library */
#include "libraries/icu.h"
#include "libraries/markdown.h"
#include "libraries/xml.h"
#include "libraries/zip.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct zip_functions library_zip;
struct xml_functions library_xml;
struct icu_functions library_icu;
struct markdown_functions library_markdown;

/* ICU's names are macros that add its version: so one step between. */
#define TEXT_OF(name) #name "\0"
#define NAME(name) TEXT_OF(name)

static const char icu_names[] = ICU_FUNCTIONS(NAME);
static const char markdown_names[] = MARKDOWN_FUNCTIONS(NAME);
static const char xml_names[] = XML_FUNCTIONS(NAME);
static const char zip_names[] = ZIP_FUNCTIONS(NAME);

enum state { UNASKED, READY, MISSING };

struct late_library {
    const char *file;
    const char *names; /* of its functions, each with a closing NUL, and one more behind the last */
    void *functions;   /* a pointer for each */
};

static const struct late_library libraries[LIBRARY_COUNT] = {
    [LIBRARY_ICU] = {LATE_ICU, icu_names, &library_icu},
    [LIBRARY_MARKDOWN] = {LATE_MARKDOWN, markdown_names, &library_markdown},
    [LIBRARY_XML] = {LATE_XML, xml_names, &library_xml},
    [LIBRARY_ZIP] = {LATE_ZIP, zip_names, &library_zip},
};

static atomic_int states[LIBRARY_COUNT];
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static bool take_functions(const struct late_library *library, void *handle) {
    char *slot = library->functions;
    for (const char *name = library->names; *name != '\0'; name += strlen(name) + 1) {
        void *function = dlsym(handle, name);
        if (function == NULL) {
            return false;
        }
        memcpy(slot, &function, sizeof function);
        slot += sizeof function;
    }
    return true;
}

static enum state load(const struct late_library *library) {
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (handle != NULL && take_functions(library, handle)) {
        return READY; /* and stays loaded, as if it had been linked */
    }
    if (handle != NULL) {
        dlclose(handle);
    }
    return MISSING;
}

bool library_load(enum library library) {
    int state = atomic_load_explicit(&states[library], memory_order_acquire);
    if (state == UNASKED) {
        pthread_mutex_lock(&loading);
        state = atomic_load_explicit(&states[library], memory_order_relaxed);
        if (state == UNASKED) {
            state = load(&libraries[library]);
            atomic_store_explicit(&states[library], state, memory_order_release);
        }
        pthread_mutex_unlock(&loading);
    }
    return state == READY;
}

galley_status library_missing(enum library library, galley_error *error) {
    return error_set(error, GALLEY_ERROR_UNSUPPORTED,
                     "the library %s, which this document needs, is not installed",
                     libraries[library].file);
}

galley_status library_status(galley_error *error) {
    for (enum library library = 0; library < LIBRARY_COUNT; library++) {
        const bool does_without = library == LIBRARY_ICU || library == LIBRARY_XML;
        if (does_without &&
            atomic_load_explicit(&states[library], memory_order_acquire) == MISSING) {
            return library_missing(library, error);
        }
    }
    return GALLEY_OK;
}

/* ---- for packagers ---- */

#define DLOPEN_NOTE                                                                                \
    "[{\"feature\":\"unicode\",\"description\":\"Scripts other than Latin and Cyrillic, "          \
    "encodings, "                                                                                  \
    "names of languages\",\"priority\":\"required\",\"soname\":[\"" LATE_ICU "\"]},"               \
    "{\"feature\":\"markdown\",\"description\":\"Markdown\",\"priority\":\"required\","            \
    "\"soname\":[\"" LATE_MARKDOWN "\"]},"                                                         \
    "{\"feature\":\"xml\",\"description\":\"Formats in XML and HTML, ITS, TBX\","                  \
    "\"priority\":\"required\",\"soname\":[\"" LATE_XML "\"]},"                                    \
    "{\"feature\":\"office\",\"description\":\"DOCX and ODT\",\"priority\":\"required\","          \
    "\"soname\":[\"" LATE_ZIP "\"]}]"

enum { NOTE_DLOPEN = 0x407c0c0a };

static const struct {
    uint32_t name_len, text_len, type;
    char name[4];
    char text[sizeof DLOPEN_NOTE];
} dlopen_note __attribute__((used, aligned(4), section(".note.dlopen"))) = {
    sizeof "FDO", sizeof DLOPEN_NOTE, NOTE_DLOPEN, "FDO", DLOPEN_NOTE};
