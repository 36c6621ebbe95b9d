#include "project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* $XDG_CONFIG_HOME/galley/words.txt, or the same under ~/.config; NULL without a home. */
static char *personal_words_path(void) {
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    const bool own = config != NULL && config[0] == '/';
    const char *base = own ? config : home;
    if (base == NULL) {
        return NULL;
    }
    const char *rest = own ? "/galley/words.txt" : "/.config/galley/words.txt";
    char *path = malloc(strlen(base) + strlen(rest) + 1);
    if (path != NULL) {
        strcpy(path, base);
        strcat(path, rest);
    }
    return path;
}

void projects_init(struct projects *projects, const galley_plugin *plugin) {
    *projects = (struct projects){.plugin = plugin, .personal_words = personal_words_path()};
}

static void drop_engine(struct projects *projects, struct project *project) {
    if (project->engine != NULL) {
        projects->closing(projects->context, project->engine);
        projects->plugin->engine_destroy(project->engine);
        project->engine = NULL;
    }
}

void projects_reset(struct projects *projects) {
    for (size_t i = 0; i < projects->n_projects; i++) {
        drop_engine(projects, projects->projects[i]);
        free(projects->projects[i]->settings_path);
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
    if (good && project->settings_path != NULL) {
        good = settings_file_read(&file, project->settings_path);
        if (!good) {
            snprintf(project->problem, sizeof project->problem, "%.400s cannot be read as settings",
                     project->settings_path);
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

static char *find_settings_file(const char *path) {
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    if (slash == NULL) {
        return NULL;
    }
    char *folder = strndup(path, (size_t)(slash - path));
    char *found = folder == NULL ? NULL : settings_file_find(folder);
    free(folder);
    return found;
}

static struct timespec change_time(const char *path) {
    struct stat status;
    if (path == NULL || stat(path, &status) != 0) {
        return (struct timespec){0};
    }
    return status.st_mtim;
}

/* Adds a project; takes `settings_path`. */
static struct project *add_project(struct projects *projects, char *settings_path) {
    struct project **grown =
        realloc(projects->projects, (projects->n_projects + 1) * sizeof *grown);
    if (grown != NULL) {
        projects->projects = grown;
    }
    struct project *project = grown == NULL ? NULL : calloc(1, sizeof *project);
    if (project == NULL) {
        free(settings_path);
        return NULL;
    }
    project->settings_path = settings_path;
    projects->projects[projects->n_projects++] = project;
    return project;
}

struct project *projects_find(struct projects *projects, const char *path) {
    char *settings_path = find_settings_file(path);
    struct project *project = NULL;
    for (size_t i = 0; i < projects->n_projects && project == NULL; i++) {
        if (same_path(projects->projects[i]->settings_path, settings_path)) {
            project = projects->projects[i];
        }
    }
    const struct timespec changed = change_time(settings_path);
    if (project == NULL) {
        project = add_project(projects, settings_path);
        if (project == NULL) {
            return NULL;
        }
    } else {
        free(settings_path);
        if (changed.tv_sec == project->changed.tv_sec &&
            changed.tv_nsec == project->changed.tv_nsec) {
            return project;
        }
        drop_engine(projects, project);
    }
    project->changed = changed;
    make_engine(projects, project);
    return project;
}
