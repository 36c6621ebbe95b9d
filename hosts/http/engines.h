/*
 * The engines of a server: one for each language and choice of checks that clients ask for, made
 * when first asked for and kept. All functions are thread-safe.
 */
#ifndef GALLEY_HTTP_ENGINES_H
#define GALLEY_HTTP_ENGINES_H

#include "../cli/settings_file.h"

#include <pthread.h>

enum { MAX_ENGINES = 16 };

/* What a client may choose. Strings may be NULL: as the server's settings have it. */
struct choice {
    const char *language; /* BCP 47 */
    const char *source_language;
    const char *only, *disable; /* checks, separated by ',' */
    const char *speakers;       /* "yes": the people of a document, too */
};

struct shared_engine {
    char *key;
    galley_engine *engine;
    size_t n_users;
    unsigned long long last_use;
    bool stale; /* goes with its last user */
};

struct engines {
    const galley_plugin *plugin;
    const struct setting_list *settings;
    const char *words; /* a word list beside those of the settings, or NULL */
    pthread_mutex_t lock;
    struct shared_engine *slots[MAX_ENGINES];
    unsigned long long clock;
};

void engines_init(struct engines *engines, const galley_plugin *plugin,
                  const struct setting_list *settings, const char *words);
void engines_finish(struct engines *engines);

/* An engine for the choice; give it back with engines_release. NULL after filling `error`. */
struct shared_engine *engines_take(struct engines *engines, const struct choice *choice,
                                   galley_error *error);
void engines_release(struct engines *engines, struct shared_engine *shared);

/* Lets the next users have new engines, after the word list changed. */
void engines_reset(struct engines *engines);

#endif
