/*
 * galley: the command. See docs/galley.1.
 */
#include "check.h"
#include "config.h"
#include "fix.h"
#include "scopes.h"
#include "stats.h"
#include "subprogram.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: galley check [options] [FILE|DIRECTORY|-]...   report on documents\n"
    "       galley fix [options] [FILE|DIRECTORY|-]...     put safe suggestions in place\n"
    "       galley stats [options] [FILE|DIRECTORY|-]...   figures about a collection\n"
    "       galley config [FILE|DIRECTORY]                 the settings that hold there, and why\n"
    "       galley list                                    the checks\n"
    "       galley explain CHECK                           what a check finds, and why\n"
    "       galley lsp                                     serve an editor (LSP)\n"
    "       galley serve [options]                         serve HTTP (galley serve --help)\n"
    "       galley --version | --help\n"
    "\n"
    "  --format=NAME[:FILE]           a report: text (on a terminal), xml (else), its, json,\n"
    "                                 jsonl, html, csv, sarif, junit, checkstyle, github, gitlab,\n"
    "                                 baseline; several may be asked for, each to its own file\n"
    "  --annotate                     write the one document itself, with its issues in place\n"
    "  --strip                        ... without them, as it was before it was annotated\n"
    "  --output=FILE                  write it there, whole or not at all\n"
    "  --language=TAG                 of the text, BCP 47 (en; en-US or en-GB for one spelling)\n"
    "  --source-language=TAG          what it was translated from\n"
    "  --input-format=NAME            text, html, xliff, tmx, xml, po, markdown, subtitles, "
    "jsonl,\n"
    "                                 csv, docx, odt, news, ninjs\n"
    "  --text-column=NAME --source-column=NAME   of a table\n"
    "  --input-encoding=NAME          when there is no byte order mark and it is not UTF-8\n"
    "  --only=CHECK,… --disable=CHECK,…\n"
    "  --severity=CHECK=LEVEL         neutral, minor, major or critical\n"
    "  --fail-on=LEVEL                what shuts the gate (major; never)\n"
    "  --min-score=N --max-issues=N   what else shuts it\n"
    "  --ignore=FILE:… --baseline=FILE  what to let pass (docs/waivers.md)\n"
    "  --word-lists=FILE:…            words of your own, one a line, or Hunspell .dic\n"
    "  --set=KEY=VALUE                any setting\n"
    "  --files-from=FILE              paths from a list (--files-from0: divided by NUL)\n"
    "  --include=GLOB --exclude=GLOB  which files of directories\n"
    "  --jobs=N                       documents at once (0: one a core)\n"
    "  --config=FILE --no-config      instead of the .galley.ini and .galley-ignore found upward\n"
    "  --stream                       check JSON Lines from standard input, a document a line\n"
    "  --watch                        check again whatever changes\n"
    "  --dry-run --interactive        of fix: show a diff; ask for each issue\n"
    "  --verbose --quiet              more about the run, or nothing\n"
    "\n"
    "exit status: 0 the gate is open, 1 it is shut, 2 it could not run\n";

static const struct {
    const char *name;
    enum command command;
    int (*run)(const galley_plugin *plugin, const struct options *options);
} commands[] = {
    {"check", COMMAND_CHECK, check_run},
    {"fix", COMMAND_FIX, fix_run},
    {"stats", COMMAND_STATS, stats_run},
    {"config", COMMAND_CONFIG, config_run},
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

/* Runs one of the commands that take documents. */
static int run_command(const galley_plugin *plugin, size_t index, int n_arguments,
                       char **arguments) {
    struct options options = {.output = NULL};
    int result = EXIT_FAILED;
    if (options_read(&options, commands[index].command, n_arguments, arguments)) {
        result = commands[index].run(plugin, &options);
    }
    options_finish(&options);
    return result;
}

/* Prints all checks, or explains one. */
static int describe(const galley_plugin *plugin, const char *name) {
    galley_engine *engine = scopes_plain_engine(plugin);
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
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(command, commands[i].name) == 0) {
            return run_command(plugin, i, n_arguments - 1, arguments + 1);
        }
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
