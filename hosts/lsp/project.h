/*
 * Projects: the settings that hold for a document, and the engine made from them. A project is one
 * settings file (the nearest .galley.ini upward) or none; what the editor sets wins over the file.
 */
#ifndef GALLEY_LSP_PROJECT_H
#define GALLEY_LSP_PROJECT_H

#include "../cli/settings_file.h"

#include <time.h>

struct project {
    char *settings_path; /* NULL: documents with no settings file above them */
    struct timespec changed;
    galley_engine *engine; /* NULL when the settings are wrong; problem says how */
    char problem[480];
};

struct projects {
    const galley_plugin *plugin;
    struct setting_list client; /* what the editor set */
    char *personal_words;       /* path of the personal word list; it need not exist */
    struct project **projects;
    size_t n_projects;
    void (*closing)(void *context, galley_engine *engine); /* called before an engine goes */
    void *context;
};

void projects_init(struct projects *projects, const galley_plugin *plugin);
void projects_finish(struct projects *projects);

/* The project of the document at `path` (NULL for one without a file). Its settings file is read
 * again when it changed. NULL without memory. */
struct project *projects_find(struct projects *projects, const char *path);

/* Forgets all engines, so that they are made anew from changed settings or word lists. */
void projects_reset(struct projects *projects);

#endif
