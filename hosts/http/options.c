#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: galley serve [options]      serve LanguageTool clients, galley's own API and a web "
    "page\n"
    "\n"
    "  --address=IP          to listen on (127.0.0.1); another one needs --token-file\n"
    "  --port=N              (8081; 0: any free one, printed)\n"
    "  --host=NAME           a further name that clients may call this server by\n"
    "  --allow-origin=ORIGIN let pages of that origin call (CORS; off)\n"
    "  --token-file=FILE     ask for one of the tokens in the file, a line each\n"
    "  --words=FILE          let clients add words (/v2/words), kept there\n"
    "  --set=KEY=VALUE       a setting, as in .galley.ini\n"
    "  --config=FILE         a settings file\n"
    "  --workers=N           checks at once (one a core)\n"
    "  --queue=N             requests that may wait; more are answered 429 (1024)\n"
    "  --connections=N       (1000)\n"
    "  --timeout=SECONDS     for a request to arrive and for its turn to come (30)\n"
    "  --max-size=BYTES      of a request (4194304)\n"
    "  --quiet\n";

enum option_code {
    OPTION_ADDRESS = 256,
    OPTION_PORT,
    OPTION_HOST,
    OPTION_ORIGIN,
    OPTION_TOKENS,
    OPTION_WORDS,
    OPTION_SET,
    OPTION_CONFIG,
    OPTION_WORKERS,
    OPTION_QUEUE,
    OPTION_CONNECTIONS,
    OPTION_TIMEOUT,
    OPTION_SIZE,
    OPTION_QUIET,
    OPTION_HELP
};

static const struct option long_options[] = {
    {"address", required_argument, NULL, OPTION_ADDRESS},
    {"port", required_argument, NULL, OPTION_PORT},
    {"host", required_argument, NULL, OPTION_HOST},
    {"allow-origin", required_argument, NULL, OPTION_ORIGIN},
    {"token-file", required_argument, NULL, OPTION_TOKENS},
    {"words", required_argument, NULL, OPTION_WORDS},
    {"set", required_argument, NULL, OPTION_SET},
    {"config", required_argument, NULL, OPTION_CONFIG},
    {"workers", required_argument, NULL, OPTION_WORKERS},
    {"queue", required_argument, NULL, OPTION_QUEUE},
    {"connections", required_argument, NULL, OPTION_CONNECTIONS},
    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
    {"max-size", required_argument, NULL, OPTION_SIZE},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static bool complain(const char *what, const char *value) {
    fprintf(stderr, "galley serve: %s: %s\n", what, value);
    return false;
}

static bool read_number(const char *name, const char *text, size_t low, size_t high,
                        size_t *number) {
    char *end;
    errno = 0;
    const unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || text[0] == '-' || value < low ||
        value > high) {
        fprintf(stderr, "galley serve: --%s takes a number from %zu to %zu, not “%s”\n", name, low,
                high, text);
        return false;
    }
    *number = (size_t)value;
    return true;
}

static bool read_unsigned(const char *name, const char *text, size_t low, size_t high,
                          unsigned *number) {
    size_t value = 0;
    if (!read_number(name, text, low, high, &value)) {
        return false;
    }
    *number = (unsigned)value;
    return true;
}

static bool add_string(char ***strings, size_t *n, const char *text) {
    char **grown = realloc(*strings, (*n + 1) * sizeof *grown);
    char *copy = strdup(text);
    if (grown != NULL) {
        *strings = grown;
    }
    if (grown == NULL || copy == NULL) {
        free(copy);
        return complain("out of memory", text);
    }
    grown[(*n)++] = copy;
    return true;
}

static bool read_tokens(struct options *options, const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return complain(path, strerror(errno));
    }
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    while (good && getline(&line, &capacity, file) >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        good = line[0] == '\0' || add_string(&options->tokens, &options->n_tokens, line);
    }
    free(line);
    fclose(file);
    return good && (options->n_tokens > 0 || complain(path, "no token in it"));
}

static bool read_config(struct options *options, const char *path) {
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const bool good = settings_file_read(&options->settings, path, &error);
    if (!good) {
        fprintf(stderr, "galley serve: %s\n", error.message);
    }
    return good;
}

static bool add_setting(struct options *options, const char *text) {
    const char *equals = strchr(text, '=');
    char *key = equals == NULL ? NULL : strndup(text, (size_t)(equals - text));
    if (key == NULL) {
        return complain("--set takes KEY=VALUE, not", text);
    }
    const bool good = setting_list_add(&options->settings, key, equals + 1, "the option --set");
    free(key);
    return good;
}

static bool read_one(struct options *options, int option, const char *value) {
    switch (option) {
    case OPTION_ADDRESS:
        options->address = value;
        return true;
    case OPTION_PORT:
        return read_unsigned("port", value, 0, 65535, &options->port);
    case OPTION_HOST:
        return add_string(&options->hosts, &options->n_hosts, value);
    case OPTION_ORIGIN:
        options->origin = value;
        return true;
    case OPTION_TOKENS:
        return read_tokens(options, value);
    case OPTION_WORDS:
        options->words = value;
        return true;
    case OPTION_SET:
        return add_setting(options, value);
    case OPTION_CONFIG:
        return read_config(options, value);
    case OPTION_WORKERS:
        return read_unsigned("workers", value, 1, 1024, &options->n_workers);
    case OPTION_QUEUE:
        return read_unsigned("queue", value, 1, 100000, &options->max_queue);
    case OPTION_CONNECTIONS:
        return read_unsigned("connections", value, 1, 100000, &options->max_connections);
    case OPTION_TIMEOUT:
        return read_unsigned("timeout", value, 1, 3600, &options->timeout);
    case OPTION_SIZE:
        return read_number("max-size", value, 1, (size_t)1 << 30, &options->max_size);
    case OPTION_QUIET:
        options->quiet = true;
        return true;
    default:
        return false;
    }
}

static bool is_loopback(const char *address) {
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

bool options_read(struct options *options, int n_arguments, char **arguments, int *exit_status) {
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *options = (struct options){.address = "127.0.0.1",
                                .port = 8081,
                                .n_workers = cores < 1 ? 1 : (unsigned)cores,
                                .max_queue = 1024,
                                .max_connections = 1000,
                                .timeout = 30,
                                .max_size = 4 << 20};
    *exit_status = 2;
    int option;
    while ((option = getopt_long(n_arguments, arguments, "", long_options, NULL)) != -1) {
        if (option == OPTION_HELP) {
            fputs(usage, stdout);
            *exit_status = 0;
            return false;
        }
        if (!read_one(options, option, optarg)) {
            return false;
        }
    }
    if (optind < n_arguments) {
        return complain("no argument is taken", arguments[optind]);
    }
    if (!is_loopback(options->address) && options->n_tokens == 0) {
        return complain("an address that others reach needs --token-file", options->address);
    }
    return true;
}

static void free_strings(char **strings, size_t n) {
    for (size_t i = 0; i < n; i++) {
        free(strings[i]);
    }
    free(strings);
}

void options_finish(struct options *options) {
    free_strings(options->hosts, options->n_hosts);
    free_strings(options->tokens, options->n_tokens);
    setting_list_finish(&options->settings);
}
