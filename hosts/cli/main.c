/*
 * galley: the command. See docs/galley.1.
 */
#include "check.h"
#include "subprogram.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: galley check [options] [FILE|DIRECTORY|-]...   report on documents\n"
    "       galley list                                    the checks\n"
    "       galley explain CHECK                           what a check finds, and why\n"
    "       galley lsp                                     serve an editor (LSP)\n"
    "       galley serve [options]                         serve HTTP (galley serve --help)\n"
    "       galley --version | --help\n"
    "\n"
    "  --format=NAME[:FILE]           a report: text (on a terminal), xml (else), json, jsonl,\n"
    "                                 html, csv, sarif, junit, checkstyle, github, gitlab,\n"
    "                                 baseline; several may be asked for, each to its own file\n"
    "  --annotate                     write the one document itself, with its issues in place\n"
    "  --output=FILE                  write it there, whole or not at all\n"
    "  --language=TAG                 of the text, BCP 47 (en; en-US or en-GB for one spelling)\n"
    "  --source-language=TAG          what it was translated from\n"
    "  --input-format=NAME            text, html, xliff, tmx, xml, po, markdown, subtitles, jsonl,\n"
    "                                 csv, docx, odt\n"
    "  --text-column=NAME --source-column=NAME   of a table\n"
    "  --input-encoding=NAME          when there is no byte order mark and it is not UTF-8\n"
    "  --only=CHECK,… --disable=CHECK,…\n"
    "  --severity=CHECK=LEVEL         neutral, minor, major or critical\n"
    "  --fail-on=LEVEL                what shuts the gate (major; never)\n"
    "  --min-score=N --max-issues=N   what else shuts it\n"
    "  --word-lists=FILE:…            words of your own, one a line, or Hunspell .dic\n"
    "  --files-from=FILE              paths from a list (--files-from0: divided by NUL)\n"
    "  --jobs=N                       documents at once (0: one a core)\n"
    "  --config=FILE --no-config      instead of the nearest .galley.ini\n"
    "  --verbose\n"
    "\n"
    "exit status: 0 the gate is open, 1 it is shut, 2 it could not run\n";

static int run_check(const galley_plugin *plugin, int n_arguments, char **arguments) {
    struct options options = {.output = NULL};
    int result = EXIT_FAILED;
    if (options_read(&options, n_arguments, arguments)) {
        result = check_run(plugin, &options);
    }
    options_finish(&options);
    return result;
}

static galley_engine *plain_engine(const galley_plugin *plugin) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    if (plugin->settings_create(NULL, &settings) != GALLEY_OK ||
        plugin->engine_create(settings, &engine, &error) != GALLEY_OK) {
        fprintf(stderr, "galley: %s\n", error.message);
    }
    plugin->settings_destroy(settings);
    return engine;
}

/* Prints all checks, or explains one. */
static int describe(const galley_plugin *plugin, const char *name) {
    galley_engine *engine = plain_engine(plugin);
    if (engine == NULL) {
        return EXIT_FAILED;
    }
    bool found = name == NULL;
    for (size_t i = 0; i < plugin->engine_n_checks(engine); i++) {
        galley_check_info info = {.size = sizeof info};
        plugin->engine_check_info(engine, i, &info);
        if (name == NULL) {
            printf("%-16s %-9s %s\n", info.name, plugin->severity_name(info.severity),
                   info.summary);
        } else if (strcmp(info.name, name) == 0) {
            printf("%s: %s\n\n%s\n\nITS 2.0 type: %s\nMQM: %s\nusual severity: %s\n", info.name,
                   info.summary, info.explanation, info.its_type, info.mqm,
                   plugin->severity_name(info.severity));
            found = true;
        }
    }
    if (!found) {
        fprintf(stderr, "galley: there is no check “%s”; “galley list” names them all\n", name);
    }
    plugin->engine_destroy(engine);
    return found ? EXIT_OPEN : EXIT_FAILED;
}

int main(int n_arguments, char **arguments) {
    const char *command = n_arguments < 2 ? "" : arguments[1];
    if (strcmp(command, "--help") == 0 || strcmp(command, "help") == 0) {
        fputs(usage, stdout);
        return EXIT_OPEN;
    }
    if (subprogram_is(command)) {
        return subprogram_run(command, arguments + 1);
    }
    const galley_plugin *plugin = plugin_load();
    if (plugin == NULL) {
        return EXIT_FAILED;
    }
    if (strcmp(command, "check") == 0) {
        return run_check(plugin, n_arguments - 1, arguments + 1);
    }
    if (strcmp(command, "--version") == 0) {
        printf("galley %s\n", plugin->version());
        return EXIT_OPEN;
    }
    if (strcmp(command, "list") == 0 && n_arguments == 2) {
        return describe(plugin, NULL);
    }
    if (strcmp(command, "explain") == 0 && n_arguments == 3) {
        return describe(plugin, arguments[2]);
    }
    fputs(usage, stderr);
    return EXIT_FAILED;
}
