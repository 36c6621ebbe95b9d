#include "scopes.h"

#include "say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCOPES_KEPT = 8 };

void scopes_init(struct scopes *scopes, const galley_plugin *plugin,
                 const struct options *options) {
    *scopes = (struct scopes){.plugin = plugin, .options = options};
    pthread_mutex_init(&scopes->lock, NULL);
}

static void destroy_scope(const struct scopes *scopes, struct scope *scope) {
    scopes->plugin->engine_destroy(scope->engine);
    free(scope->needed);
    free(scope->folder);
    free(scope);
}

static void free_waivers(struct noted_waiver *waivers, size_t n) {
    for (size_t i = 0; i < n; i++) {
        free(waivers[i].origin);
        free(waivers[i].text);
    }
    free(waivers);
}

void scopes_finish(struct scopes *scopes) {
    while (scopes->first != NULL) {
        struct scope *scope = scopes->first;
        scopes->first = scope->next;
        destroy_scope(scopes, scope);
    }
    free_waivers(scopes->noted, scopes->n_noted);
    free(scopes->last_named);
    pthread_mutex_destroy(&scopes->lock);
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

/* An engine from the list and a word list (NULL: none), or NULL after filling *error. */
static galley_engine *make_engine(const galley_plugin *plugin, const struct setting_list *list,
                                  const char *words, galley_error *error) {
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
    } else if (settings_add_word_list(plugin, settings, words, error) &&
               plugin->engine_create(settings, &engine, error) == GALLEY_OK &&
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
    char *words = options->no_config ? NULL : settings_personal_words();
    scope->error = (galley_error){
        .size = sizeof scope->error, .status = GALLEY_ERROR_SETTINGS, .message = "out of memory"};
    if (settings_folder_read(&list, scope->folder, options->config, &scope->error) &&
        add_list(&list, &options->settings)) {
        scope->engine = make_engine(scopes->plugin, &list, words, &scope->error);
    }
    if (scope->engine != NULL) {
        const size_t n = scopes->plugin->engine_n_waivers(scope->engine);
        scope->needed = calloc(n + 1, sizeof *scope->needed);
    } else {
        say("%s", scope->error.message);
    }
    setting_list_finish(&list);
    free(words);
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
    galley_engine *engine = make_engine(plugin, &none, NULL, &error);
    if (engine == NULL) {
        say("%s", error.message);
    }
    return engine;
}

/* ---- folders ---- */

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

static int compare_waivers(const void *left, const void *right) {
    const struct noted_waiver *a = left;
    const struct noted_waiver *b = right;
    return strcmp(a->origin, b->origin);
}

/* The waivers of a scope in the order of their origins, malloc'ed; NULL when there are none, or no
 * memory for them. */
static struct noted_waiver *waivers_of(const struct scopes *scopes, const struct scope *scope,
                                       size_t *n) {
    *n = scope->needed == NULL ? 0 : scopes->plugin->engine_n_waivers(scope->engine);
    struct noted_waiver *waivers = *n == 0 ? NULL : calloc(*n, sizeof *waivers);
    bool good = waivers != NULL;
    for (size_t i = 0; i < *n && good; i++) {
        galley_waiver waiver = {.size = sizeof waiver};
        scopes->plugin->engine_waiver(scope->engine, i, &waiver);
        waivers[i] = (struct noted_waiver){.origin = strdup(waiver.origin.data),
                                           .text = strdup(waiver.text.data),
                                           .needed = scope->needed[i],
                                           .expired = waiver.expired,
                                           .baseline = waiver.baseline};
        good = waivers[i].origin != NULL && waivers[i].text != NULL;
    }
    if (!good) {
        free_waivers(waivers, waivers == NULL ? 0 : *n);
        *n = 0;
        return NULL;
    }
    qsort(waivers, *n, sizeof *waivers, compare_waivers);
    return waivers;
}

/* Merges the waivers of a scope into those that are noted: the same line may hold in several. */
static void note_scope(struct scopes *scopes, const struct scope *scope) {
    size_t n_own;
    struct noted_waiver *own = waivers_of(scopes, scope, &n_own);
    struct noted_waiver *all = own == NULL ? NULL : calloc(scopes->n_noted + n_own, sizeof *all);
    if (all == NULL) {
        free_waivers(own, n_own);
        return;
    }
    size_t n = 0;
    size_t i = 0;
    size_t k = 0;
    while (i < scopes->n_noted || k < n_own) {
        const int order = i == scopes->n_noted ? 1
                          : k == n_own         ? -1
                                               : compare_waivers(&scopes->noted[i], &own[k]);
        all[n] = order <= 0 ? scopes->noted[i++] : own[k++];
        if (order == 0) {
            all[n].needed |= own[k].needed;
            free(own[k].origin);
            free(own[k++].text);
        }
        n++;
    }
    free(scopes->noted);
    free(own);
    scopes->noted = all;
    scopes->n_noted = n;
}

/* ---- finding ---- */

/* Lets go of the scope that nobody asked for the longest, and nobody uses. */
static void drop_oldest(struct scopes *scopes) {
    size_t n = 0;
    struct scope **oldest = NULL;
    for (struct scope **at = &scopes->first; *at != NULL; at = &(*at)->next, n++) {
        oldest = n > 0 && (*at)->n_users == 0 ? at : oldest;
    }
    if (n <= SCOPES_KEPT || oldest == NULL) {
        return;
    }
    struct scope *scope = *oldest;
    *oldest = scope->next;
    note_scope(scopes, scope);
    destroy_scope(scopes, scope);
}

/* Takes the scope of a settings folder out of the list; NULL when it is not there. */
static struct scope *take_out(struct scopes *scopes, const char *folder) {
    for (struct scope **at = &scopes->first; *at != NULL; at = &(*at)->next) {
        struct scope *scope = *at;
        if (same_folder(scope->folder, folder)) {
            *at = scope->next;
            return scope;
        }
    }
    return NULL;
}

/* The scope of a settings folder, which it takes. */
static struct scope *take_scope(struct scopes *scopes, char *folder) {
    struct scope *scope = take_out(scopes, folder);
    if (scope != NULL) {
        free(folder);
    } else {
        scope = calloc(1, sizeof *scope);
        if (scope == NULL) {
            free(folder);
            say("out of memory");
            return NULL;
        }
        scope->folder = folder;
        fill_scope(scopes, scope);
    }
    scope->next = scopes->first;
    scopes->first = scope;
    drop_oldest(scopes);
    return scope;
}

/* The scope of the document, with the lock held. Documents come folder by folder, so that most are
 * in that of the one before. */
static struct scope *find(struct scopes *scopes, const char *path) {
    if (scopes->options->no_config) {
        return take_scope(scopes, NULL);
    }
    const char *slash = strrchr(path, '/');
    const size_t len = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (scopes->first != NULL && scopes->last_named != NULL &&
        strncmp(scopes->last_named, path, len) == 0 && scopes->last_named[len] == '\0') {
        return scopes->first;
    }
    free(scopes->last_named);
    scopes->last_named = strndup(path, len);
    char *folder = folder_of(path);
    struct scope *scope = take_scope(scopes, folder == NULL ? NULL : settings_folder_find(folder));
    free(folder);
    if (scope == NULL) {
        free(scopes->last_named);
        scopes->last_named = NULL;
    }
    return scope;
}

struct scope *scopes_find(struct scopes *scopes, const char *path) {
    pthread_mutex_lock(&scopes->lock);
    struct scope *scope = find(scopes, path);
    if (scope != NULL) {
        scope->n_users++;
    }
    pthread_mutex_unlock(&scopes->lock);
    return scope;
}

void scopes_release(struct scopes *scopes, struct scope *scope) {
    pthread_mutex_lock(&scopes->lock);
    if (scope != NULL) {
        scope->n_users--;
    }
    pthread_mutex_unlock(&scopes->lock);
}

/* ---- warnings ---- */

/* Whether all documents were checked that the waiver at `origin` could be for. */
static bool is_covered(const struct options *options, const struct noted_waiver *waiver) {
    const char *key = waiver->baseline ? "baseline" : "ignore";
    if (setting_list_find(&options->settings, key) != NULL) {
        return true;
    }
    const char *colon = strrchr(waiver->origin, ':');
    char *file = strndup(waiver->origin, (size_t)(colon - waiver->origin));
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
    const int order = a->baseline - b->baseline;
    return order != 0 ? order : strcmp(a->text, b->text);
}

/* One warning for all entries of the baseline that are gone. Entries of one text may be for the
 * same place of documents that are alike, of which only one is ever needed. */
static void warn_of_baseline(const struct options *options, struct noted_waiver *noted, size_t n,
                             void (*warn)(void *, const char *, const char *), void *context) {
    qsort(noted, n, sizeof *noted, compare_texts);
    size_t first = 0; /* of the baseline's; they come last */
    while (first < n && !noted[first].baseline) {
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
    if (n_gone == 0 || !is_covered(options, &noted[first])) {
        return;
    }
    const char *origin = noted[first].origin;
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
    for (const struct scope *scope = scopes->first; scope != NULL; scope = scope->next) {
        note_scope(scopes, scope);
    }
    struct noted_waiver *noted = scopes->noted;
    const size_t n = scopes->n_noted;
    for (size_t i = 0; i < n; i++) {
        const struct noted_waiver *waiver = &noted[i];
        if (waiver->expired) {
            warn(context, waiver->origin, "the waiver is past its last day");
        } else if (all_checked && !waiver->baseline && !waiver->needed &&
                   is_covered(scopes->options, waiver)) {
            warn(context, waiver->origin, "the waiver waives nothing");
        }
    }
    if (n > 0 && all_checked) {
        warn_of_baseline(scopes->options, noted, n, warn, context);
    }
}
