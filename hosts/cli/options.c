#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPTION_SETTING = 256, OPTION_SEVERITY, OPTION_FILES_FROM, OPTION_FILES_FROM0, OPTION_CONFIG, OPTION_ANNOTATE };

/* Options that are settings of the library have its keys as their names. */
static const struct option known[] = {
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"jobs", required_argument, NULL, 'j'},
    {"verbose", no_argument, NULL, 'v'},
    {"quiet", no_argument, NULL, 'q'},
    {"annotate", no_argument, NULL, OPTION_ANNOTATE},
    {"config", required_argument, NULL, OPTION_CONFIG},
    {"no-config", no_argument, NULL, 'n'},
    {"files-from", required_argument, NULL, OPTION_FILES_FROM},
    {"files-from0", required_argument, NULL, OPTION_FILES_FROM0},
    {"severity", required_argument, NULL, OPTION_SEVERITY},
    {"language", required_argument, NULL, OPTION_SETTING},
    {"source-language", required_argument, NULL, OPTION_SETTING},
    {"input-format", required_argument, NULL, OPTION_SETTING},
    {"input-encoding", required_argument, NULL, OPTION_SETTING},
    {"text-column", required_argument, NULL, OPTION_SETTING},
    {"source-column", required_argument, NULL, OPTION_SETTING},
    {"only", required_argument, NULL, OPTION_SETTING},
    {"disable", required_argument, NULL, OPTION_SETTING},
    {"fail-on", required_argument, NULL, OPTION_SETTING},
    {"min-score", required_argument, NULL, OPTION_SETTING},
    {"max-issues", required_argument, NULL, OPTION_SETTING},
    {"ignore", required_argument, NULL, OPTION_SETTING},
    {"baseline", required_argument, NULL, OPTION_SETTING},
    {"word-lists", required_argument, NULL, OPTION_SETTING},
    {"dictionary-path", required_argument, NULL, OPTION_SETTING},
    {NULL, 0, NULL, 0},
};

static bool fail(const char *message, const char *detail) {
    fprintf(stderr, "galley: %s%s\n", message, detail);
    return false;
}

static bool take_severity(struct setting_list *settings, const char *value) {
    const char *equals = strchr(value, '=');
    char key[64];
    if (equals == NULL || equals == value || (size_t)(equals - value) > 40) {
        return fail("--severity takes CHECK=LEVEL, not ", value);
    }
    snprintf(key, sizeof key, "severity.%.*s", (int)(equals - value), value);
    return setting_list_add(settings, key, equals + 1, "the option --severity");
}

static bool take_jobs(struct options *options, const char *value) {
    char *end;
    const unsigned long n = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || n > 1024) {
        return fail("--jobs takes a number from 0 (one a core) to 1024, not ", value);
    }
    options->n_jobs = n;
    return true;
}

/* What the options say, before the settings file: its entries must come first in the list. */
struct reading {
    struct options *options;
    struct setting_list settings; /* of the command line */
    const char *config;
};

static bool take_option(struct reading *reading, int option, int index) {
    struct options *options = reading->options;
    char origin[64];
    switch (option) {
    case 'f':
        return report_wishes_add(&options->reports, optarg);
    case 'o':
        options->output = optarg;
        return true;
    case 'j':
        return take_jobs(options, optarg);
    case 'v':
        options->verbose = true;
        return true;
    case 'q':
        options->quiet = true;
        return true;
    case 'n':
        options->no_config = true;
        return true;
    case OPTION_ANNOTATE:
        options->annotate = true;
        return true;
    case OPTION_CONFIG:
        reading->config = optarg;
        return true;
    case OPTION_FILES_FROM:
        return file_list_add_from(&options->files, optarg, false);
    case OPTION_FILES_FROM0:
        return file_list_add_from(&options->files, optarg, true);
    case OPTION_SEVERITY:
        return take_severity(&reading->settings, optarg);
    case OPTION_SETTING:
        snprintf(origin, sizeof origin, "the option --%s", known[index].name);
        return setting_list_add(&reading->settings, known[index].name, optarg, origin);
    default:
        return false; /* getopt has said why */
    }
}

/* The settings file that is named, or the one found upward from the first document, else from
 * where the command runs. */
static bool read_config(struct options *options, const char *config) {
    if (config != NULL) {
        return settings_file_read(&options->settings, config);
    }
    if (options->no_config) {
        return true;
    }
    char *start = NULL;
    if (options->files.n_paths > 0 && strcmp(options->files.paths[0], "-") != 0) {
        start = realpath(options->files.paths[0], NULL);
    }
    if (start == NULL) {
        start = getcwd(NULL, 0);
    }
    char *found = start == NULL ? NULL : settings_file_find(start);
    const bool good = found == NULL || settings_file_read(&options->settings, found);
    free(found);
    free(start);
    return good;
}

static bool take_all(struct reading *reading, int n_arguments, char **arguments) {
    optind = 1;
    int option;
    int index = 0;
    while ((option = getopt_long(n_arguments, arguments, "f:o:j:vq", known, &index)) != -1) {
        if (!take_option(reading, option, index)) {
            return false;
        }
    }
    bool good = true;
    for (int i = optind; i < n_arguments; i++) {
        good = file_list_add(&reading->options->files, arguments[i]) && good;
    }
    if (reading->options->files.n_paths == 0 && good) {
        good = optind < n_arguments || fail("nothing to check; name files, directories or -", "");
    }
    if (good && reading->options->annotate && reading->options->files.n_paths > 1) {
        good = fail("--annotate writes one document; name one file", "");
    }
    if (good && reading->options->annotate && reading->options->reports.n_items > 0) {
        good = fail("--annotate writes no report; leave --format out", "");
    }
    return good && (reading->options->annotate ||
                    report_wishes_settle(&reading->options->reports, reading->options->output));
}

bool options_read(struct options *options, int n_arguments, char **arguments) {
    struct reading reading = {.options = options};
    bool good = take_all(&reading, n_arguments, arguments) && read_config(options, reading.config);
    for (size_t i = 0; i < reading.settings.n_entries && good; i++) {
        const struct setting_entry *entry = &reading.settings.entries[i];
        good = setting_list_add(&options->settings, entry->key, entry->value, entry->origin);
    }
    setting_list_finish(&reading.settings);
    return good;
}

void options_finish(struct options *options) {
    report_wishes_finish(&options->reports);
    setting_list_finish(&options->settings);
    file_list_finish(&options->files);
}
