/*
 * Projects: the settings that hold for a document, and the engine made from them. A project is a
 * folder whose settings and waivers hold for it (the nearest upward that has any) or none; what the
 * editor sets wins over the files.
 */
#ifndef GALLEY_CLI_PROJECT_H
#define GALLEY_CLI_PROJECT_H

#include "settings_file.h"

struct project {
    char *folder;          /* NULL: documents with no settings above them */
    int64_t changed;       /* settings_folder_changed */
    galley_engine *engine; /* NULL when the settings are wrong; problem says how */
    char problem[480];
};

struct projects {
    const galley_plugin *plugin;
    struct setting_list client; /* what the editor set */
    bool speakers;              /* engines tell who is spoken of (the setting `speakers`) */
    char *personal_words;       /* path of the personal word list; it need not exist */
    struct project **projects;
    size_t n_projects;
    void (*closing)(void *context,
                    galley_engine *engine); /* called before an engine goes; may be NULL */
    void *context;
};

void projects_init(struct projects *projects, const galley_plugin *plugin);
void projects_finish(struct projects *projects);

/* The project of the document at `path` (NULL for one without a file). Its settings are read
 * again when they changed. NULL without memory. */
struct project *projects_find(struct projects *projects, const char *path);

/* Forgets all engines, so that they are made anew from changed settings or word lists. */
void projects_reset(struct projects *projects);

#endif
