#include "config.h"

#include "check.h"
#include "output.h"
#include "say.h"
#include "scopes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_WIDTH = 36 }; /* columns before what says where a value came from */

/* Rules of the house style: everything behind their " = " is the value. */
static bool holds_rules(const char *section) {
    return strcmp(section, "replace") == 0 || strcmp(section, "forbid") == 0;
}

static void print_setting(const char *section, const char *key, const char *value,
                          const char *origin) {
    if (holds_rules(section)) {
        printf("# %s\n%s = %s\n", origin, key, value);
        return;
    }
    const int len = printf("%s = %s", key, value);
    printf("%*s ; %s\n", len < VALUE_WIDTH ? VALUE_WIDTH - len : 0, "", origin);
}

/* The section that a key stands in, and its name there. */
static const char *split_key(const char *key, char *section, size_t size) {
    const char *dot = strchr(key, '.');
    snprintf(section, size, "%.*s", dot == NULL ? 6 : (int)(dot - key),
             dot == NULL ? "galley" : key);
    return dot == NULL ? key : dot + 1;
}

static void print_known(const struct setting_list *list, const galley_setting_key *key,
                        const char *section, const char *name) {
    const struct setting_entry *entry = setting_list_find(list, key->name);
    print_setting(section, name, entry == NULL ? key->value : entry->value,
                  entry == NULL ? "default" : entry->origin);
}

/* All entries whose key has the known one's name before what is the user's. */
static void print_variable(const struct setting_list *list, const galley_setting_key *key,
                           const char *section) {
    const size_t len = strlen(key->name);
    for (size_t i = 0; i < list->n_entries; i++) {
        const struct setting_entry *entry = &list->entries[i];
        if (strncmp(entry->key, key->name, len) == 0 &&
            setting_list_find(list, entry->key) == entry) {
            print_setting(section, entry->key + len, entry->value, entry->origin);
        }
    }
}

static bool any_entry(const struct setting_list *list, const char *start) {
    for (size_t i = 0; i < list->n_entries; i++) {
        if (strncmp(list->entries[i].key, start, strlen(start)) == 0) {
            return true;
        }
    }
    return false;
}

/* Prints a section's keys, in the order of the library's list. */
static void print_section(const galley_plugin *plugin, const struct setting_list *list,
                          const char *wanted) {
    bool begun = false;
    for (size_t i = 0; i < plugin->settings_n_keys(); i++) {
        galley_setting_key key = {.size = sizeof key};
        char section[64];
        plugin->settings_key(i, &key);
        const char *name = split_key(key.name, section, sizeof section);
        const bool variable = key.variable[0] != '\0';
        if (strcmp(section, wanted) != 0 || (variable && !any_entry(list, key.name))) {
            continue;
        }
        if (!begun) {
            printf("[%s]\n", section);
            begun = true;
        }
        if (variable) {
            print_variable(list, &key, section);
        } else {
            print_known(list, &key, section, name);
        }
    }
}

/* The general keys first, then every other section once. */
static void print_all(const galley_plugin *plugin, const struct setting_list *list) {
    print_section(plugin, list, "galley");
    char last[64] = "galley";
    for (size_t i = 0; i < plugin->settings_n_keys(); i++) {
        galley_setting_key key = {.size = sizeof key};
        char section[64];
        plugin->settings_key(i, &key);
        split_key(key.name, section, sizeof section);
        if (strcmp(section, "galley") != 0 && strcmp(section, last) != 0) {
            print_section(plugin, list, section);
            strcpy(last, section);
        }
    }
}

static bool gather(const struct options *options, struct setting_list *list) {
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    char *folder =
        options->no_config
            ? NULL
            : scopes_settings_folder(options->argument == NULL ? "." : options->argument);
    bool good = settings_folder_read(list, folder, options->config, &error);
    for (size_t i = 0; i < options->settings.n_entries && good; i++) {
        const struct setting_entry *entry = &options->settings.entries[i];
        good = setting_list_add(list, entry->key, entry->value, entry->origin);
    }
    free(folder);
    return good || say("%s", error.message);
}

/* Whether the library takes them all; false after a message. */
static bool judge(const galley_plugin *plugin, const struct setting_list *list) {
    galley_settings *settings = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    if (plugin->settings_create(NULL, &settings) != GALLEY_OK) {
        return say("out of memory");
    }
    const struct setting_entry *refused = setting_list_apply(list, plugin, settings, &error);
    if (refused != NULL) {
        say("%s: %s", refused->origin, error.message);
    }
    plugin->settings_destroy(settings);
    return refused == NULL;
}

int config_run(const galley_plugin *plugin, const struct options *options) {
    struct setting_list list = {0};
    struct output_file output;
    output_open(&output, NULL, NULL);
    bool good = gather(options, &list) && judge(plugin, &list);
    if (good) {
        print_all(plugin, &list);
        good = output_close(&output, true);
    }
    setting_list_finish(&list);
    return good ? EXIT_OPEN : EXIT_FAILED;
}
