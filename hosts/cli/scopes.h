/*
 * Scopes: the folders whose settings and waivers hold for the documents in and below them, each
 * with an engine made from them; and the waivers of all of them, with whether a document needed
 * them.
 */
#ifndef GALLEY_CLI_SCOPES_H
#define GALLEY_CLI_SCOPES_H

#include "options.h"
#include "plugin.h"

#include <pthread.h>

struct scope {
    char *folder;          /* NULL: documents with no settings above them */
    galley_engine *engine; /* NULL: the settings are wrong, and error says how */
    galley_error error;
    bool *needed;   /* by waiver of the engine */
    size_t n_users; /* documents under way, and whoever holds it for longer */
    struct scope *next;
};

/* A waiver of one scope or more. Strings are malloc'ed. */
struct noted_waiver {
    char *origin, *text;
    bool needed, expired, baseline;
};

struct scopes {
    const galley_plugin *plugin;
    const struct options *options;
    pthread_mutex_t lock; /* for the list and the numbers of users */
    struct scope *first;  /* the one that was asked for last comes first */
    char *last_named;     /* folder of the last document, as it was named; its scope is first */
    struct noted_waiver *noted; /* of scopes that are gone, in the order of their origins */
    size_t n_noted;
};

void scopes_init(struct scopes *scopes, const galley_plugin *plugin, const struct options *options);
void scopes_finish(struct scopes *scopes);

/* The scope of a document; "-" is one in the folder where the command runs. It stays until it is
 * released. NULL after a message when memory is out. Wrong settings are said, and are the scope's
 * error. Any thread. */
struct scope *scopes_find(struct scopes *scopes, const char *path);

/* Gives a scope back whose documents are destroyed. NULL is none. Any thread. */
void scopes_release(struct scopes *scopes, struct scope *scope);

/* The folder whose settings hold for a document, or for those in a directory; malloc'ed, NULL when
 * there is none. */
char *scopes_settings_folder(const char *path);

/* Whether the command line's settings are good; false after a message. */
bool scopes_judge_options(const struct scopes *scopes);

/* An engine with the defaults, for what belongs to no document; the caller destroys it. NULL after
 * a message. */
galley_engine *scopes_plain_engine(const galley_plugin *plugin);

/* Notes which waivers a checked document of the scope needed. */
void scope_note_waivers(struct scope *scope, const galley_plugin *plugin,
                        const galley_document *document);

/* Tells of the waivers that are past their day and, when all documents could be checked, of those
 * that none needed: waivers of the command line, and those in folders that were checked as a whole.
 * A run over single documents cannot know. */
void scopes_warn(struct scopes *scopes, bool all_checked,
                 void (*warn)(void *context, const char *origin, const char *message),
                 void *context);

#endif
