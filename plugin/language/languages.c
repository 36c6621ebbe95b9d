/*
 * The languages that documents can be checked in: those of the packs that are there.
 */
#include "base/arena.h"
#include "language/pack.h"
#include "language/pack_search.h"
#include "libraries/icu.h"
#include "settings.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PACKS_MAX = 512, STEM_MAX = 40, NAME_MAX_UNITS = 160 };

struct pack_list {
    char stems[PACKS_MAX][STEM_MAX]; /* "en", in order */
    size_t n_stems;
};

/* Into its place in the order, unless it is there. */
static void add_stem(struct pack_list *list, const char *name, size_t len) {
    size_t at = 0;
    int order = -1;
    while (at < list->n_stems && (order = strncmp(list->stems[at], name, len)) < 0) {
        at++;
    }
    if (list->n_stems == PACKS_MAX ||
        (at < list->n_stems && order == 0 && list->stems[at][len] == '\0')) {
        return;
    }
    memmove(list->stems[at + 1], list->stems[at], (list->n_stems - at) * sizeof *list->stems);
    memcpy(list->stems[at], name, len);
    list->stems[at][len] = '\0';
    list->n_stems++;
}

static void list_folder(struct pack_list *list, const char *path) {
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        const char *dot = strrchr(entry->d_name, '.');
        const size_t len = dot == NULL ? 0 : (size_t)(dot - entry->d_name);
        if (len > 0 && len < STEM_MAX && strcmp(dot, ".galley") == 0) {
            add_stem(list, entry->d_name, len);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

/* CLDR's English name of the language, such as "English (United Kingdom)"; the tag without one. */
static void name_language(const char *tag, char *name, size_t size) {
    UChar units[NAME_MAX_UNITS];
    UErrorCode status = library_load(LIBRARY_ICU) ? U_ZERO_ERROR : U_FILE_ACCESS_ERROR;
    if (U_SUCCESS(status)) {
        const int32_t len = uloc_getDisplayName(tag, "en", units, NAME_MAX_UNITS, &status);
        u_strToUTF8(name, (int32_t)size, NULL, units, len, &status);
    }
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) {
        snprintf(name, size, "%s", tag);
    }
}

static void tell(const char *tag, size_t len, galley_language_visit visit, void *context) {
    char copy[STEM_MAX], name[3 * NAME_MAX_UNITS];
    if (len == 0 || len >= sizeof copy) {
        return;
    }
    memcpy(copy, tag, len);
    copy[len] = '\0';
    name_language(copy, name, sizeof name);
    const galley_language language = {.size = sizeof language,
                                      .tag = {.data = copy, .len = len},
                                      .name = {.data = name, .len = strlen(name)}};
    visit(context, &language);
}

/* The language of a pack and its spelling standards. */
static void tell_pack(const struct pack *pack, galley_language_visit visit, void *context) {
    static const char *const keys[] = {"standard-a", "standard-b"};
    tell(pack_language(pack), strlen(pack_language(pack)), visit, context);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *tags = pack_setting(pack, keys[i]).data;
        for (size_t len; tags[0] != '\0'; tags += len + (tags[len] == ' ')) {
            len = strcspn(tags, " ");
            tell(tags, len, visit, context);
        }
    }
}

/* The first one of the name, as an engine would take it. One that is damaged is none. */
static galley_status visit_pack(const struct galley_settings *settings, const char *stem,
                                galley_language_visit visit, void *context) {
    char folder[PACK_PATH_MAX], path[PACK_PATH_MAX + STEM_MAX + 16];
    const galley_string folders = settings_value(settings, "dictionary-path");
    for (size_t i = 0; pack_folder(folders, i, folder); i++) {
        snprintf(path, sizeof path, "%s/%s.galley", folder, stem);
        if (folder[0] != '\0' && access(path, F_OK) == 0) {
            struct pack *pack = NULL;
            const galley_status status = pack_open(&settings->memory, path, &pack, NULL);
            if (status == GALLEY_OK) {
                tell_pack(pack, visit, context);
            }
            pack_close(pack);
            return status == GALLEY_ERROR_MEMORY ? status : GALLEY_OK;
        }
    }
    return GALLEY_OK;
}

galley_status galley_settings_languages(const galley_settings *settings,
                                        galley_language_visit visit, void *context) {
    if (settings == NULL || visit == NULL) {
        return GALLEY_ERROR_ARGUMENT;
    }
    struct pack_list *list = memory_allocate(&settings->memory, sizeof *list);
    if (list == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    list->n_stems = 0;
    char folder[PACK_PATH_MAX];
    const galley_string folders = settings_value(settings, "dictionary-path");
    for (size_t i = 0; pack_folder(folders, i, folder); i++) {
        list_folder(list, folder);
    }
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < list->n_stems && status == GALLEY_OK; i++) {
        status = visit_pack(settings, list->stems[i], visit, context);
    }
    memory_free(&settings->memory, list);
    return status;
}
