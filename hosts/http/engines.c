#include "engines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void engines_init(struct engines *engines, const galley_plugin *plugin,
                  const struct setting_list *settings, const char *words) {
    *engines = (struct engines){.plugin = plugin, .settings = settings, .words = words};
    pthread_mutex_init(&engines->lock, NULL);
}

static void destroy(struct engines *engines, struct shared_engine *shared) {
    engines->plugin->engine_destroy(shared->engine);
    free(shared->key);
    free(shared);
}

/* Takes the slot's engine out; its last user destroys it. With the lock held. */
static void clear_slot(struct engines *engines, size_t i) {
    struct shared_engine *shared = engines->slots[i];
    engines->slots[i] = NULL;
    if (shared != NULL && shared->n_users == 0) {
        destroy(engines, shared);
    } else if (shared != NULL) {
        shared->stale = true;
    }
}

void engines_reset(struct engines *engines) {
    pthread_mutex_lock(&engines->lock);
    for (size_t i = 0; i < MAX_ENGINES; i++) {
        clear_slot(engines, i);
    }
    pthread_mutex_unlock(&engines->lock);
}

void engines_finish(struct engines *engines) {
    engines_reset(engines);
    pthread_mutex_destroy(&engines->lock);
}

static bool set(const struct engines *engines, galley_settings *settings, const char *key,
                const char *value, galley_error *error) {
    return value == NULL || value[0] == '\0' ||
           engines->plugin->settings_set(settings, key, strlen(key), value, strlen(value), error) ==
               GALLEY_OK;
}

static galley_engine *make(const struct engines *engines, const struct choice *choice,
                           galley_error *error) {
    const galley_plugin *plugin = engines->plugin;
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    bool good = plugin->settings_create(NULL, &settings) == GALLEY_OK &&
                setting_list_apply(engines->settings, plugin, settings, error) == NULL;
    good = good && set(engines, settings, "language", choice->language, error) &&
           set(engines, settings, "source-language", choice->source_language, error) &&
           set(engines, settings, "only", choice->only, error) &&
           set(engines, settings, "disable", choice->disable, error) &&
           set(engines, settings, "speakers", choice->speakers, error) &&
           settings_add_word_list(plugin, settings, engines->words, error);
    if (good) {
        plugin->engine_create(settings, &engine, error);
    }
    plugin->settings_destroy(settings);
    return engine;
}

static char *key_of(const struct choice *choice) {
    const char *parts[] = {choice->language, choice->source_language, choice->only, choice->disable,
                           choice->speakers};
    size_t len = 1;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        len += parts[i] == NULL ? 1 : strlen(parts[i]) + 1;
    }
    char *key = malloc(len);
    char *end = key;
    for (size_t i = 0; key != NULL && i < sizeof parts / sizeof *parts; i++) {
        end += sprintf(end, "%s\n", parts[i] == NULL ? "" : parts[i]);
    }
    return key;
}

/* With the lock held. */
static struct shared_engine *find(struct engines *engines, const char *key) {
    for (size_t i = 0; i < MAX_ENGINES; i++) {
        struct shared_engine *shared = engines->slots[i];
        if (shared != NULL && strcmp(shared->key, key) == 0) {
            shared->n_users++;
            shared->last_use = ++engines->clock;
            return shared;
        }
    }
    return NULL;
}

/* Puts it where the engine was that is unused for longest. With the lock held. */
static void keep(struct engines *engines, struct shared_engine *shared) {
    size_t oldest = 0;
    for (size_t i = 1; i < MAX_ENGINES && engines->slots[oldest] != NULL; i++) {
        if (engines->slots[i] == NULL ||
            engines->slots[i]->last_use < engines->slots[oldest]->last_use) {
            oldest = i;
        }
    }
    clear_slot(engines, oldest);
    engines->slots[oldest] = shared;
}

struct shared_engine *engines_take(struct engines *engines, const struct choice *choice,
                                   galley_error *error) {
    char *key = key_of(choice);
    if (key == NULL) {
        return NULL;
    }
    pthread_mutex_lock(&engines->lock);
    struct shared_engine *shared = find(engines, key);
    if (shared == NULL) {
        /* Made under the lock: two clients that ask for the same one wait for one. */
        galley_engine *engine = make(engines, choice, error);
        shared = engine == NULL ? NULL : calloc(1, sizeof *shared);
        if (shared != NULL) {
            *shared = (struct shared_engine){
                .key = key, .engine = engine, .n_users = 1, .last_use = ++engines->clock};
            key = NULL;
            keep(engines, shared);
        } else {
            engines->plugin->engine_destroy(engine);
        }
    }
    pthread_mutex_unlock(&engines->lock);
    free(key);
    return shared;
}

void engines_release(struct engines *engines, struct shared_engine *shared) {
    pthread_mutex_lock(&engines->lock);
    const bool last = --shared->n_users == 0 && shared->stale;
    pthread_mutex_unlock(&engines->lock);
    if (last) {
        destroy(engines, shared);
    }
}
