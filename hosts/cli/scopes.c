#include "scopes.h"

#include "say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void scopes_init(struct scopes *scopes, const galley_plugin *plugin,
                 const struct options *options) {
    *scopes = (struct scopes){.plugin = plugin, .options = options};
}

void scopes_finish(struct scopes *scopes) {
    while (scopes->first != NULL) {
        struct scope *scope = scopes->first;
        scopes->first = scope->next;
        scopes->plugin->engine_destroy(scope->engine);
        free(scope->needed);
        free(scope->folder);
        free(scope);
    }
    free(scopes->last_folder);
    scopes->last_folder = NULL;
}

/* ---- making ---- */

static bool any_check(const galley_plugin *plugin, const galley_engine *engine) {
    for (size_t i = 0; i < plugin->engine_n_checks(engine); i++) {
        galley_check_info info = {.size = sizeof info};
        if (plugin->engine_check_info(engine, i, &info) == GALLEY_OK && info.enabled) {
            return true;
        }
    }
    return false;
}

/* An engine from the list, or NULL after filling *error. */
static galley_engine *make_engine(const galley_plugin *plugin, const struct setting_list *list,
                                  galley_error *error) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    if (plugin->settings_create(NULL, &settings) != GALLEY_OK) {
        return NULL;
    }
    galley_error why = {.size = sizeof why, .message = "out of memory"};
    const struct setting_entry *refused = setting_list_apply(list, plugin, settings, &why);
    if (refused != NULL) {
        snprintf(error->message, sizeof error->message, "%.200s: %.270s", refused->origin,
                 why.message);
    } else if (plugin->engine_create(settings, &engine, error) == GALLEY_OK &&
               !any_check(plugin, engine)) {
        plugin->engine_destroy(engine);
        engine = NULL;
        error->status = GALLEY_ERROR_SETTINGS;
        snprintf(error->message, sizeof error->message,
                 "“only” and “disable” leave no check to run");
    }
    plugin->settings_destroy(settings);
    return engine;
}

static bool add_list(struct setting_list *list, const struct setting_list *more) {
    for (size_t i = 0; i < more->n_entries; i++) {
        const struct setting_entry *entry = &more->entries[i];
        if (!setting_list_add(list, entry->key, entry->value, entry->origin)) {
            return false;
        }
    }
    return true;
}

static void fill_scope(const struct scopes *scopes, struct scope *scope) {
    const struct options *options = scopes->options;
    struct setting_list list = {0};
    scope->error = (galley_error){
        .size = sizeof scope->error, .status = GALLEY_ERROR_SETTINGS, .message = "out of memory"};
    if (settings_folder_read(&list, scope->folder, options->config, &scope->error) &&
        add_list(&list, &options->settings)) {
        scope->engine = make_engine(scopes->plugin, &list, &scope->error);
    }
    if (scope->engine != NULL) {
        const size_t n = scopes->plugin->engine_n_waivers(scope->engine);
        scope->needed = calloc(n + 1, sizeof *scope->needed);
    } else {
        say("%s", scope->error.message);
    }
    setting_list_finish(&list);
}

bool scopes_judge_options(const struct scopes *scopes) {
    galley_settings *settings = NULL;
    if (scopes->plugin->settings_create(NULL, &settings) != GALLEY_OK) {
        return say("out of memory");
    }
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const struct setting_entry *refused =
        setting_list_apply(&scopes->options->settings, scopes->plugin, settings, &error);
    if (refused != NULL) {
        say("%s: %s", refused->origin, error.message);
    }
    scopes->plugin->settings_destroy(settings);
    return refused == NULL;
}

galley_engine *scopes_plain_engine(const galley_plugin *plugin) {
    const struct setting_list none = {0};
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    galley_engine *engine = make_engine(plugin, &none, &error);
    if (engine == NULL) {
        say("%s", error.message);
    }
    return engine;
}

/* ---- finding ---- */

/* The folder of a document as an absolute path, without the slash at its end; malloc'ed. */
static char *folder_of(const char *path) {
    char *folder = NULL;
    const char *slash = strrchr(path, '/');
    if (strcmp(path, "-") == 0 || slash == NULL) {
        folder = getcwd(NULL, 0);
    } else {
        char *named = slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
        folder = named == NULL ? NULL : realpath(named, NULL);
        free(named);
    }
    return folder;
}

char *scopes_settings_folder(const char *path) {
    struct stat status;
    char *folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? realpath(path, NULL)
                                                                       : folder_of(path);
    char *found = folder == NULL ? NULL : settings_folder_find(folder);
    free(folder);
    return found;
}

static bool same_folder(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The scope of a settings folder, which it takes. */
static struct scope *take_scope(struct scopes *scopes, char *folder) {
    for (struct scope *scope = scopes->first; scope != NULL; scope = scope->next) {
        if (same_folder(scope->folder, folder)) {
            free(folder);
            return scope;
        }
    }
    struct scope *scope = calloc(1, sizeof *scope);
    if (scope == NULL) {
        free(folder);
        say("out of memory");
        return NULL;
    }
    scope->folder = folder;
    scope->next = scopes->first;
    scopes->first = scope;
    fill_scope(scopes, scope);
    return scope;
}

struct scope *scopes_find(struct scopes *scopes, const char *path) {
    if (scopes->options->no_config) {
        return take_scope(scopes, NULL);
    }
    char *folder = folder_of(path);
    if (scopes->last != NULL && same_folder(scopes->last_folder, folder)) {
        free(folder);
        return scopes->last;
    }
    free(scopes->last_folder);
    scopes->last_folder = folder;
    scopes->last = take_scope(scopes, folder == NULL ? NULL : settings_folder_find(folder));
    return scopes->last;
}

/* ---- waivers ---- */

void scope_note_waivers(struct scope *scope, const galley_plugin *plugin,
                        const galley_document *document) {
    const size_t n_waivers = plugin->engine_n_waivers(scope->engine);
    if (n_waivers == 0 || scope->needed == NULL) {
        return;
    }
    for (size_t i = 0; i < plugin->document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        if (plugin->document_issue(document, i, &issue) == GALLEY_OK &&
            issue.waiver_index < n_waivers) {
            scope->needed[issue.waiver_index] = true;
        }
    }
}

/* A waiver of one scope; the same line may be one in several. */
struct noted_waiver {
    galley_waiver waiver;
    bool needed;
};

static int compare_waivers(const void *left, const void *right) {
    const struct noted_waiver *a = left;
    const struct noted_waiver *b = right;
    return strcmp(a->waiver.origin.data, b->waiver.origin.data);
}

static size_t count_waivers(const struct scopes *scopes) {
    size_t n = 0;
    for (const struct scope *scope = scopes->first; scope != NULL; scope = scope->next) {
        n += scope->needed == NULL ? 0 : scopes->plugin->engine_n_waivers(scope->engine);
    }
    return n;
}

/* All waivers in the order of their places, each place once. Answers how many; *noted is the
 * caller's to free. */
static size_t collect_waivers(const struct scopes *scopes, struct noted_waiver **noted) {
    const size_t n_all = count_waivers(scopes);
    struct noted_waiver *all = calloc(n_all + 1, sizeof *all);
    size_t n = 0;
    for (const struct scope *scope = scopes->first; scope != NULL && all != NULL;
         scope = scope->next) {
        const size_t n_own =
            scope->needed == NULL ? 0 : scopes->plugin->engine_n_waivers(scope->engine);
        for (size_t i = 0; i < n_own; i++, n++) {
            all[n].waiver.size = sizeof all[n].waiver;
            scopes->plugin->engine_waiver(scope->engine, i, &all[n].waiver);
            all[n].needed = scope->needed[i];
        }
    }
    size_t n_kept = 0;
    if (n > 0) {
        qsort(all, n, sizeof *all, compare_waivers);
    }
    for (size_t i = 0; i < n; i++) {
        if (n_kept > 0 && compare_waivers(&all[n_kept - 1], &all[i]) == 0) {
            all[n_kept - 1].needed |= all[i].needed;
        } else {
            all[n_kept++] = all[i];
        }
    }
    *noted = all;
    return n_kept;
}

/* Whether all documents were checked that the waiver at `origin` could be for. */
static bool is_covered(const struct options *options, const galley_waiver *waiver) {
    const char *key = waiver->baseline ? "baseline" : "ignore";
    if (setting_list_find(&options->settings, key) != NULL) {
        return true;
    }
    const char *colon = strrchr(waiver->origin.data, ':');
    char *file = strndup(waiver->origin.data, (size_t)(colon - waiver->origin.data));
    char *folder = file == NULL ? NULL : folder_of(file);
    bool covered = false;
    for (size_t i = 0; i < options->folders.n_items && folder != NULL && !covered; i++) {
        char *whole = realpath(options->folders.items[i], NULL);
        const size_t len = whole == NULL ? 0 : strlen(whole);
        covered = whole != NULL && strncmp(folder, whole, len) == 0 &&
                  (folder[len] == '\0' || folder[len] == '/' || strcmp(whole, "/") == 0);
        free(whole);
    }
    free(folder);
    free(file);
    return covered;
}

static int compare_texts(const void *left, const void *right) {
    const struct noted_waiver *a = left;
    const struct noted_waiver *b = right;
    const int order = a->waiver.baseline - b->waiver.baseline;
    return order != 0 ? order : strcmp(a->waiver.text.data, b->waiver.text.data);
}

/* One warning for all entries of the baseline that are gone. Entries of one text may be for the
 * same place of documents that are alike, of which only one is ever needed. */
static void warn_of_baseline(const struct options *options, struct noted_waiver *noted, size_t n,
                             void (*warn)(void *, const char *, const char *), void *context) {
    qsort(noted, n, sizeof *noted, compare_texts);
    size_t first = 0; /* of the baseline's; they come last */
    while (first < n && !noted[first].waiver.baseline) {
        first++;
    }
    size_t n_gone = 0;
    for (size_t i = first, end; i < n; i = end) {
        bool needed = false;
        for (end = i; end < n && compare_texts(&noted[i], &noted[end]) == 0; end++) {
            needed |= noted[end].needed;
        }
        n_gone += needed ? 0 : end - i;
    }
    if (n_gone == 0 || !is_covered(options, &noted[first].waiver)) {
        return;
    }
    const char *origin = noted[first].waiver.origin.data;
    char *file = strndup(origin, (size_t)(strrchr(origin, ':') - origin));
    char message[128];
    snprintf(message, sizeof message,
             "%zu of %zu entries of the baseline no longer occur; write it anew", n_gone,
             n - first);
    warn(context, file, message);
    free(file);
}

void scopes_warn(struct scopes *scopes, bool all_checked,
                 void (*warn)(void *context, const char *origin, const char *message),
                 void *context) {
    struct noted_waiver *noted = NULL;
    const size_t n = collect_waivers(scopes, &noted);
    for (size_t i = 0; i < n; i++) {
        const galley_waiver *waiver = &noted[i].waiver;
        if (waiver->expired) {
            warn(context, waiver->origin.data, "the waiver is past its last day");
        } else if (all_checked && !waiver->baseline && !noted[i].needed &&
                   is_covered(scopes->options, waiver)) {
            warn(context, waiver->origin.data, "the waiver waives nothing");
        }
    }
    if (n > 0 && all_checked) {
        warn_of_baseline(scopes->options, noted, n, warn, context);
    }
    free(noted);
}
