#include "project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void projects_init(struct projects *projects, const galley_plugin *plugin) {
    *projects = (struct projects){.plugin = plugin, .personal_words = settings_personal_words()};
}

static void drop_engine(struct projects *projects, struct project *project) {
    if (project->engine != NULL) {
        if (projects->closing != NULL) {
            projects->closing(projects->context, project->engine);
        }
        projects->plugin->engine_destroy(project->engine);
        project->engine = NULL;
    }
}

void projects_reset(struct projects *projects) {
    for (size_t i = 0; i < projects->n_projects; i++) {
        drop_engine(projects, projects->projects[i]);
        free(projects->projects[i]->folder);
        free(projects->projects[i]);
    }
    free(projects->projects);
    projects->projects = NULL;
    projects->n_projects = 0;
}

void projects_finish(struct projects *projects) {
    projects_reset(projects);
    setting_list_finish(&projects->client);
    free(projects->personal_words);
}

static bool same_path(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Sets `list` and answers whether all of it was taken; the first problem stays in the project. */
static bool apply(const struct projects *projects, const struct setting_list *list,
                  galley_settings *settings, struct project *project) {
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const struct setting_entry *refused =
        setting_list_apply(list, projects->plugin, settings, &error);
    if (refused != NULL) {
        snprintf(project->problem, sizeof project->problem, "%.200s: %.250s", refused->origin,
                 error.message);
    }
    return refused == NULL;
}

static void make_engine(struct projects *projects, struct project *project) {
    project->problem[0] = '\0';
    struct setting_list file = {0};
    galley_settings *settings = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    bool good = projects->plugin->settings_create(NULL, &settings) == GALLEY_OK;
    if (good && projects->speakers) {
        projects->plugin->settings_set(settings, "speakers", strlen("speakers"), "yes",
                                       strlen("yes"), NULL);
    }
    if (good && project->folder != NULL) {
        good = settings_folder_read(&file, project->folder, NULL, &error);
        if (!good) {
            snprintf(project->problem, sizeof project->problem, "%s", error.message);
        }
    }
    good = good && apply(projects, &file, settings, project) &&
           apply(projects, &projects->client, settings, project);
    if (good) {
        settings_add_word_list(projects->plugin, settings, projects->personal_words, NULL);
        if (projects->plugin->engine_create(settings, &project->engine, &error) != GALLEY_OK) {
            snprintf(project->problem, sizeof project->problem, "%s", error.message);
        }
    }
    setting_list_finish(&file);
    projects->plugin->settings_destroy(settings);
}

static char *find_folder(const char *path) {
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    if (slash == NULL) {
        return NULL;
    }
    char *folder = strndup(path, (size_t)(slash - path));
    char *found = folder == NULL ? NULL : settings_folder_find(folder);
    free(folder);
    return found;
}

/* Adds a project; takes `folder`. */
static struct project *add_project(struct projects *projects, char *folder) {
    struct project **grown =
        realloc(projects->projects, (projects->n_projects + 1) * sizeof *grown);
    if (grown != NULL) {
        projects->projects = grown;
    }
    struct project *project = grown == NULL ? NULL : calloc(1, sizeof *project);
    if (project == NULL) {
        free(folder);
        return NULL;
    }
    project->folder = folder;
    projects->projects[projects->n_projects++] = project;
    return project;
}

struct project *projects_find(struct projects *projects, const char *path) {
    char *folder = find_folder(path);
    struct project *project = NULL;
    for (size_t i = 0; i < projects->n_projects && project == NULL; i++) {
        if (same_path(projects->projects[i]->folder, folder)) {
            project = projects->projects[i];
        }
    }
    const int64_t changed = settings_folder_changed(folder);
    if (project == NULL) {
        project = add_project(projects, folder);
        if (project == NULL) {
            return NULL;
        }
    } else {
        free(folder);
        if (changed == project->changed) {
            return project;
        }
        drop_engine(projects, project);
    }
    project->changed = changed;
    make_engine(projects, project);
    return project;
}
