#define _GNU_SOURCE /* sched_getaffinity */

#include "options.h"

#include "say.h"

#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OPTION_SETTING = 256,
    OPTION_SET,
    OPTION_SEVERITY,
    OPTION_FILES_FROM,
    OPTION_FILES_FROM0,
    OPTION_INCLUDE,
    OPTION_EXCLUDE,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_ANNOTATE,
    OPTION_STRIP,
    OPTION_STREAM,
    OPTION_WATCH,
    OPTION_ONLY,
    OPTION_DRY_RUN,
    OPTION_INTERACTIVE
};

enum {
    DOCUMENTS = COMMAND_CHECK | COMMAND_FIX | COMMAND_STATS,
    REPORTS = COMMAND_CHECK | COMMAND_STATS,
    ALL = DOCUMENTS | COMMAND_CONFIG
};

struct known_option {
    const char *name;
    int argument;
    int value;
    unsigned commands; /* that take it */
};

/* Options that are settings of the library have its keys as their names. */
static const struct known_option known[] = {
    {"format", required_argument, 'f', REPORTS},
    {"output", required_argument, 'o', REPORTS},
    {"annotate", no_argument, OPTION_ANNOTATE, COMMAND_CHECK},
    {"strip", no_argument, OPTION_STRIP, COMMAND_CHECK},
    {"stream", no_argument, OPTION_STREAM, COMMAND_CHECK},
    {"watch", no_argument, OPTION_WATCH, COMMAND_CHECK},
    {"dry-run", no_argument, OPTION_DRY_RUN, COMMAND_FIX},
    {"interactive", no_argument, OPTION_INTERACTIVE, COMMAND_FIX},
    {"jobs", required_argument, 'j', DOCUMENTS},
    {"verbose", no_argument, 'v', DOCUMENTS},
    {"quiet", no_argument, 'q', DOCUMENTS},
    {"files-from", required_argument, OPTION_FILES_FROM, DOCUMENTS},
    {"files-from0", required_argument, OPTION_FILES_FROM0, DOCUMENTS},
    {"include", required_argument, OPTION_INCLUDE, DOCUMENTS},
    {"exclude", required_argument, OPTION_EXCLUDE, DOCUMENTS},
    {"config", required_argument, OPTION_CONFIG, ALL},
    {"no-config", no_argument, OPTION_NO_CONFIG, ALL},
    {"set", required_argument, OPTION_SET, ALL},
    {"severity", required_argument, OPTION_SEVERITY, ALL},
    {"language", required_argument, OPTION_SETTING, ALL},
    {"source-language", required_argument, OPTION_SETTING, ALL},
    {"input-format", required_argument, OPTION_SETTING, ALL},
    {"input-encoding", required_argument, OPTION_SETTING, ALL},
    {"text-column", required_argument, OPTION_SETTING, ALL},
    {"source-column", required_argument, OPTION_SETTING, ALL},
    {"only", required_argument, OPTION_ONLY, ALL},
    {"disable", required_argument, OPTION_SETTING, ALL},
    {"fail-on", required_argument, OPTION_SETTING, REPORTS | COMMAND_CONFIG},
    {"min-score", required_argument, OPTION_SETTING, REPORTS | COMMAND_CONFIG},
    {"max-issues", required_argument, OPTION_SETTING, REPORTS | COMMAND_CONFIG},
    {"ignore", required_argument, OPTION_SETTING, ALL},
    {"baseline", required_argument, OPTION_SETTING, ALL},
    {"word-lists", required_argument, OPTION_SETTING, ALL},
    {"dictionary-path", required_argument, OPTION_SETTING, ALL},
};

enum { N_KNOWN = sizeof known / sizeof *known };

/* Lists are read when all options are, since --include and --exclude hold for all of them. */
struct file_source {
    const char *path;
    bool nul;
};

struct reading {
    struct options *options;
    enum command command;
    struct file_source lists[64];
    size_t n_lists;
};

static bool add_setting(struct options *options, const char *key, const char *value,
                        const char *option) {
    char origin[64];
    snprintf(origin, sizeof origin, "the option --%s", option);
    return setting_list_add(&options->settings, key, value, origin) || say("out of memory");
}

/* KEY=VALUE, with `before` in front of the key. */
static bool take_pair(struct options *options, const char *option, const char *before,
                      const char *pair) {
    const char *equals = strchr(pair, '=');
    if (equals == NULL || equals == pair) {
        return say("--%s takes %s, not %s", option, before[0] == '\0' ? "KEY=VALUE" : "CHECK=LEVEL",
                   pair);
    }
    char key[256];
    snprintf(key, sizeof key, "%s%.*s", before, (int)(equals - pair), pair);
    return add_setting(options, key, equals + 1, option);
}

static bool take_jobs(struct options *options, const char *value) {
    char *end;
    const unsigned long n = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || n > 1024) {
        return say("--jobs takes a number from 0 (one a core) to 1024, not %s", value);
    }
    options->n_jobs = n;
    return true;
}

static bool take_list(struct reading *reading, const char *path, bool nul) {
    if (reading->n_lists == sizeof reading->lists / sizeof *reading->lists) {
        return say("more than %zu lists of files", reading->n_lists);
    }
    reading->lists[reading->n_lists++] = (struct file_source){path, nul};
    return true;
}

static bool take_option(struct reading *reading, int option, const char *name) {
    struct options *options = reading->options;
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
    case OPTION_ANNOTATE:
        options->annotate = true;
        return true;
    case OPTION_STRIP:
        options->strip = true;
        return true;
    case OPTION_STREAM:
        options->stream = true;
        return true;
    case OPTION_WATCH:
        options->watch = true;
        return true;
    case OPTION_DRY_RUN:
        options->dry_run = true;
        return true;
    case OPTION_INTERACTIVE:
        options->interactive = true;
        return true;
    case OPTION_CONFIG:
        options->config = optarg;
        return true;
    case OPTION_NO_CONFIG:
        options->no_config = true;
        return true;
    case OPTION_FILES_FROM:
        return take_list(reading, optarg, false);
    case OPTION_FILES_FROM0:
        return take_list(reading, optarg, true);
    case OPTION_INCLUDE:
        return string_list_add(&options->files.includes, optarg);
    case OPTION_EXCLUDE:
        return string_list_add(&options->files.excludes, optarg);
    case OPTION_SEVERITY:
        return take_pair(options, name, "severity.", optarg);
    case OPTION_SET:
        return take_pair(options, name, "", optarg);
    case OPTION_ONLY:
        /* A text that only some checks see has issues that others would explain: what is fixed is
         * chosen from what all of them say. */
        if (reading->command == COMMAND_FIX) {
            options->only = optarg;
            return true;
        }
        /* fall through */
    case OPTION_SETTING:
        return add_setting(options, name, optarg, name);
    default:
        return false; /* getopt has said why */
    }
}

static bool take_options(struct reading *reading, int n_arguments, char **arguments) {
    struct option options[N_KNOWN + 1] = {{NULL, 0, NULL, 0}};
    size_t n = 0;
    for (size_t i = 0; i < N_KNOWN; i++) {
        if ((known[i].commands & reading->command) != 0) {
            options[n++] = (struct option){known[i].name, known[i].argument, NULL, known[i].value};
        }
    }
    const char *letters = (reading->command & REPORTS) != 0     ? "f:o:j:vq"
                          : (reading->command & DOCUMENTS) != 0 ? "j:vq"
                                                                : "";
    optind = 1;
    int option;
    int index = 0;
    while ((option = getopt_long(n_arguments, arguments, letters, options, &index)) != -1) {
        if (!take_option(reading, option, options[index].name)) {
            return false;
        }
    }
    return true;
}

static bool exclude_each_other(bool one, bool other, const char *names) {
    return !(one && other) || say("%s exclude each other", names);
}

static bool agree(const struct reading *reading) {
    const struct options *options = reading->options;
    return exclude_each_other(options->verbose, options->quiet, "--verbose and --quiet") &&
           exclude_each_other(options->config != NULL, options->no_config,
                              "--config and --no-config") &&
           exclude_each_other(options->annotate, options->reports.n_items > 0,
                              "--annotate and --format") &&
           exclude_each_other(options->annotate, options->strip, "--annotate and --strip") &&
           exclude_each_other(options->annotate, options->watch, "--annotate and --watch") &&
           exclude_each_other(options->stream, options->annotate, "--stream and --annotate") &&
           exclude_each_other(options->strip, options->reports.n_items > 0,
                              "--strip and --format") &&
           exclude_each_other(options->strip, options->watch, "--strip and --watch") &&
           exclude_each_other(options->stream, options->strip, "--stream and --strip") &&
           exclude_each_other(options->stream, options->watch, "--stream and --watch") &&
           exclude_each_other(options->dry_run, options->interactive,
                              "--dry-run and --interactive") &&
           exclude_each_other(options->stream, options->reports.n_items > 0,
                              "--stream, which writes jsonl, and --format");
}

static bool is_directory(const char *path) {
    struct stat status;
    return strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool add_files(struct reading *reading, int n_arguments, char **arguments) {
    struct options *options = reading->options;
    options->files.names_skipped = options->verbose;
    for (size_t i = 0; i < reading->n_lists; i++) {
        if (!file_list_add_from(&options->files, reading->lists[i].path, reading->lists[i].nul)) {
            return false;
        }
    }
    for (int i = optind; i < n_arguments; i++) {
        if ((is_directory(arguments[i]) && !string_list_add(&options->folders, arguments[i])) ||
            !file_list_add(&options->files, arguments[i])) {
            return false;
        }
    }
    return true;
}

/* How often standard input is named. */
static size_t count_input(const struct reading *reading) {
    size_t n = 0;
    for (size_t i = 0; i < reading->n_lists; i++) {
        n += strcmp(reading->lists[i].path, "-") == 0;
    }
    const struct file_list *files = &reading->options->files;
    for (size_t i = 0; i < files->n_files; i++) {
        n += strcmp(files->files[i].path, "-") == 0;
    }
    return n;
}

static bool read_input_once(const struct reading *reading) {
    const size_t n = count_input(reading);
    return n < 2 || say("standard input (-) is named %zu times and can be read once", n);
}

static bool take_files(struct reading *reading, int n_arguments, char **arguments) {
    const struct options *options = reading->options;
    const bool named = optind < n_arguments || reading->n_lists > 0;
    if (options->stream) {
        return !named || say("--stream reads documents from standard input; name no files");
    }
    if (reading->command == COMMAND_CONFIG) {
        return optind + 1 >= n_arguments || say("config takes one file or directory");
    }
    if (!named) {
        return say("nothing to check; name files, directories or -");
    }
    if (!add_files(reading, n_arguments, arguments) || !read_input_once(reading)) {
        return false;
    }
    if (options->watch && (count_input(reading) > 0 || reading->n_lists > 0)) {
        return say("--watch watches files and directories that are named, no lists and no input");
    }
    if (options->interactive && count_input(reading) > 0) {
        return say("--interactive reads answers from standard input; name files");
    }
    const bool rewrites = options->annotate || options->strip;
    if (rewrites && options->files.n_files > 1) {
        return say("%s writes one document; name one file",
                   options->annotate ? "--annotate" : "--strip");
    }
    return rewrites || reading->command != COMMAND_CHECK ||
           report_wishes_settle(&reading->options->reports, options->output);
}

bool options_read(struct options *options, enum command command, int n_arguments,
                  char **arguments) {
    struct reading reading = {.options = options, .command = command};
    const bool good = take_options(&reading, n_arguments, arguments) && agree(&reading) &&
                      take_files(&reading, n_arguments, arguments);
    options->argument = optind < n_arguments ? arguments[optind] : NULL;
    return good;
}

void options_finish(struct options *options) {
    report_wishes_finish(&options->reports);
    setting_list_finish(&options->settings);
    file_list_finish(&options->files);
    string_list_finish(&options->folders);
}

void options_list_again(struct options *options) {
    const struct file_list old = options->files;
    options->files = (struct file_list){
        .includes = old.includes, .excludes = old.excludes, .names_skipped = old.names_skipped};
    for (size_t i = 0; i < options->folders.n_items; i++) {
        file_list_add(&options->files, options->folders.items[i]);
    }
    for (size_t i = 0; i < old.n_files; i++) {
        if (!old.files[i].found) {
            file_list_add(&options->files, old.files[i].path);
        }
    }
}

size_t options_n_jobs(const struct options *options) {
    if (options->n_jobs > 0) {
        return options->n_jobs;
    }
    cpu_set_t cores; /* that this process may use: a batch system gives fewer than there are */
    const int n = sched_getaffinity(0, sizeof cores, &cores) == 0
                      ? CPU_COUNT(&cores)
                      : (int)sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (size_t)n;
}
