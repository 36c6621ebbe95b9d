#include "reports.h"

#include "say.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct open_report {
    galley_report *report;
    struct output_file output;
};

static bool wishes_push(struct report_wishes *wishes, const char *format, size_t len,
                        const char *path) {
    if (wishes->n_items == wishes->capacity) {
        const size_t capacity = wishes->capacity == 0 ? 4 : wishes->capacity * 2;
        struct report_wish *items = realloc(wishes->items, capacity * sizeof *items);
        if (items == NULL) {
            return say("out of memory");
        }
        wishes->items = items;
        wishes->capacity = capacity;
    }
    char *name = strndup(format, len);
    if (name == NULL) {
        return say("out of memory");
    }
    wishes->items[wishes->n_items++] = (struct report_wish){.format = name, .path = path};
    return true;
}

bool report_wishes_add(struct report_wishes *wishes, const char *value) {
    const char *colon = strchr(value, ':');
    if (colon != NULL && colon[1] == '\0') {
        return say("--format takes NAME or NAME:FILE, not %s", value);
    }
    const size_t len = colon == NULL ? strlen(value) : (size_t)(colon - value);
    return wishes_push(wishes, value, len, colon == NULL ? NULL : colon + 1);
}

/* Text for a person at a terminal, else XML. */
static bool wishes_default(struct report_wishes *wishes, const char *output) {
    const char *format = output == NULL && isatty(STDOUT_FILENO) ? "text" : "xml";
    return wishes_push(wishes, format, strlen(format), NULL);
}

bool report_wishes_settle(struct report_wishes *wishes, const char *output) {
    if (wishes->n_items == 0 && !wishes_default(wishes, output)) {
        return false;
    }
    bool used = output == NULL;
    for (size_t i = 0; i < wishes->n_items; i++) {
        struct report_wish *wish = &wishes->items[i];
        if (wish->path == NULL) {
            wish->path = output;
            used = true;
        }
        for (size_t j = 0; j < i; j++) {
            const char *other = wishes->items[j].path;
            if (wish->path == NULL ? other == NULL
                                   : other != NULL && strcmp(wish->path, other) == 0) {
                return say("two reports go to %s", other == NULL ? "standard output" : other);
            }
        }
    }
    return used ||
           say("--output has no report: every --format names its own file, and none is for %s",
               output);
}

void report_wishes_finish(struct report_wishes *wishes) {
    for (size_t i = 0; i < wishes->n_items; i++) {
        free(wishes->items[i].format);
    }
    free(wishes->items);
}

/* Colours and the width for a terminal (https://no-color.org). */
static galley_report_options options_for(const char *path) {
    galley_report_options options = {.size = sizeof options};
    if (path == NULL && isatty(STDOUT_FILENO)) {
        const char *no_colour = getenv("NO_COLOR");
        struct winsize size;
        options.colour = no_colour == NULL || no_colour[0] == '\0';
        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
            options.columns = size.ws_col;
        }
    }
    return options;
}

static bool open_one(struct report_set *set, const galley_engine *engine,
                     const struct report_wish *wish) {
    struct open_report *item = &set->items[set->n_items];
    const galley_report_options options = options_for(wish->path);
    galley_error error = {.size = sizeof error};
    if (set->plugin->report_create(engine, wish->format, &options, &item->report, &error) !=
        GALLEY_OK) {
        return say("%s", error.message);
    }
    if (!output_open(&item->output, wish->path, NULL)) {
        set->plugin->report_destroy(item->report);
        return false;
    }
    set->n_items++;
    return true;
}

bool report_set_open(struct report_set *set, const galley_plugin *plugin,
                     const galley_engine *engine, const struct report_wishes *wishes) {
    *set = (struct report_set){.plugin = plugin};
    set->items = calloc(wishes->n_items + 1, sizeof *set->items);
    if (set->items == NULL) {
        return say("out of memory");
    }
    for (size_t i = 0; i < wishes->n_items; i++) {
        if (!open_one(set, engine, &wishes->items[i])) {
            report_set_close(set, false);
            return false;
        }
    }
    return true;
}

bool report_set_add(struct report_set *set, const galley_document *document) {
    bool good = true;
    for (size_t i = 0; i < set->n_items; i++) {
        struct open_report *item = &set->items[i];
        good = set->plugin->report_add(item->report, document, output_write, &item->output) ==
                   GALLEY_OK &&
               good;
    }
    return good;
}

bool report_set_add_error(struct report_set *set, const char *uri, const galley_error *error) {
    bool good = true;
    for (size_t i = 0; i < set->n_items; i++) {
        struct open_report *item = &set->items[i];
        good = set->plugin->report_add_error(item->report, uri, error, output_write,
                                             &item->output) == GALLEY_OK &&
               good;
    }
    return good;
}

bool report_set_warn(struct report_set *set, const char *origin, const char *message) {
    bool good = true;
    for (size_t i = 0; i < set->n_items; i++) {
        struct open_report *item = &set->items[i];
        good = set->plugin->report_add_warning(item->report, origin, message, output_write,
                                               &item->output) == GALLEY_OK &&
               good;
    }
    return good;
}

bool report_set_close(struct report_set *set, bool keep) {
    bool good = true;
    for (size_t i = 0; i < set->n_items; i++) {
        struct open_report *item = &set->items[i];
        const bool ended = !keep || set->plugin->report_finish(item->report, output_write,
                                                               &item->output) == GALLEY_OK;
        good = output_close(&item->output, keep && ended) && ended && good;
        set->plugin->report_destroy(item->report);
    }
    free(set->items);
    *set = (struct report_set){.plugin = set->plugin};
    return good;
}
