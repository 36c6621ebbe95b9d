#define _GNU_SOURCE /* dladdr */

#include "language/pack_search.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* The folder that the library itself was loaded from, without the closing slash; 0 when unknown. */
static size_t library_folder(const char **path) {
    static const char here;
    Dl_info info;
    if (dladdr(&here, &info) == 0 || info.dli_fname == NULL) {
        return 0;
    }
    const char *slash = strrchr(info.dli_fname, '/');
    *path = info.dli_fname;
    return slash == NULL ? 0 : (size_t)(slash - info.dli_fname);
}

static void write_path(char path[PACK_PATH_MAX], const char *folder, size_t len,
                       const char *below) {
    const int written = snprintf(path, PACK_PATH_MAX, "%.*s%s",
                                 len < PACK_PATH_MAX ? (int)len : PACK_PATH_MAX, folder, below);
    if (written < 0 || written >= PACK_PATH_MAX) {
        path[0] = '\0';
    }
}

/* The index-th of the folders divided by ':'. */
static bool listed_folder(galley_string list, size_t index, char path[PACK_PATH_MAX]) {
    const char *end = list.data + list.len;
    for (const char *at = list.data; at <= end; index--) {
        const char *colon = memchr(at, ':', (size_t)(end - at));
        const char *stop = colon == NULL ? end : colon;
        if (index == 0) {
            write_path(path, at, (size_t)(stop - at), "");
            return true;
        }
        at = stop + 1;
    }
    return false;
}

bool pack_folder(galley_string setting, size_t index, char path[PACK_PATH_MAX]) {
    static const char *const around[] = {"/../dictionaries", "/../share/galley",
                                         "/../../share/galley"};
    enum { N_AROUND = sizeof around / sizeof *around };
    if (setting.len > 0) {
        return listed_folder(setting, index, path);
    }
    if (index < N_AROUND) {
        const char *library = "";
        const size_t len = library_folder(&library);
        write_path(path, library, len, len > 0 ? around[index] : "");
    } else {
        write_path(path, GALLEY_DATA_DIR, strlen(GALLEY_DATA_DIR), "");
    }
    return index <= N_AROUND;
}
