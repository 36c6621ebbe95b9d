#include "finds.h"

#include <string.h>

static void destroy_find(gpointer data) {
    struct find *find = data;
    g_free(find->check);
    g_free(find->message);
    g_strfreev(find->suggestions);
    g_free(find);
}

void finds_destroy(gpointer data) {
    struct finds *finds = data;
    if (finds != NULL) {
        g_ptr_array_free(finds->all, TRUE);
        g_free(finds->summary);
        g_free(finds);
    }
}

static gchar **copy_suggestions(const galley_plugin *plugin, const galley_document *document,
                                size_t issue, size_t n) {
    gchar **suggestions = g_new0(gchar *, n + 1);
    for (size_t i = 0; i < n; i++) {
        galley_string suggestion = {.data = ""};
        plugin->document_suggestion(document, issue, i, &suggestion);
        suggestions[i] = g_strndup(suggestion.data, suggestion.len);
    }
    return suggestions;
}

static void add_issues(const galley_plugin *plugin, const galley_document *document,
                       GPtrArray *all) {
    for (size_t i = 0; i < plugin->document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        if (plugin->document_issue(document, i, &issue) != GALLEY_OK || issue.waived) {
            continue;
        }
        struct find *find = g_new0(struct find, 1);
        *find = (struct find){
            .start = (gint)issue.offset,
            .end = (gint)(issue.offset + issue.length),
            .line = (gint)issue.line,
            .severity = issue.severity,
            .fixable = plugin->document_fixable(document, i),
            .check = g_strdup(issue.check),
            .message = g_strndup(issue.message.data, issue.message.len),
            .suggestions = copy_suggestions(plugin, document, i, issue.n_suggestions),
        };
        g_ptr_array_add(all, find);
    }
}

static gchar *summary_line(const galley_plugin *plugin, const galley_document *document) {
    galley_summary summary = {.size = sizeof summary};
    plugin->document_summary(document, &summary);
    const size_t n = summary.n_issues - summary.n_waived;
    return g_strdup_printf("%s: score %.1f, %zu issue%s in %zu words",
                           plugin->verdict_name(summary.verdict), summary.score, n,
                           n == 1 ? "" : "s", summary.n_words);
}

struct finds *finds_check(struct projects *projects, GeanyDocument *document) {
    const galley_plugin *plugin = projects->plugin;
    struct finds *finds = g_new0(struct finds, 1);
    finds->all = g_ptr_array_new_with_free_func(destroy_find);
    const struct project *project = projects_find(projects, document->real_path);
    if (project == NULL || project->engine == NULL) {
        finds->failed = TRUE;
        finds->summary = g_strdup(project == NULL ? "out of memory" : project->problem);
        return finds;
    }
    gchar *text = sci_get_contents(document->editor->sci, -1);
    galley_document *checked = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    const galley_input input = {.size = sizeof input,
                                .data = text,
                                .data_len = (size_t)sci_get_length(document->editor->sci),
                                .uri = document->file_name,
                                .encoding = "UTF-8"};
    if (plugin->check(project->engine, &input, &checked, &error) == GALLEY_OK) {
        add_issues(plugin, checked, finds->all);
        finds->summary = summary_line(plugin, checked);
        plugin->document_destroy(checked);
    } else {
        finds->failed = TRUE;
        finds->summary = g_strdup(error.message);
    }
    g_free(text);
    return finds;
}

/* False for a find that the change touched. */
static gboolean follow(struct find *find, gint position, gint change) {
    const gint end = change < 0 ? position - change : position;
    if (find->start >= end) {
        find->start += change;
        find->end += change;
        return TRUE;
    }
    return find->end <= position;
}

gboolean finds_follow(struct finds *finds, gint position, gint change) {
    gboolean dropped = FALSE;
    for (guint i = finds->all->len; i > 0; i--) {
        if (!follow(g_ptr_array_index(finds->all, i - 1), position, change)) {
            g_ptr_array_remove_index(finds->all, i - 1);
            dropped = TRUE;
        }
    }
    return dropped;
}

struct find *finds_at(const struct finds *finds, gint position) {
    for (guint i = 0; finds != NULL && i < finds->all->len; i++) {
        struct find *find = g_ptr_array_index(finds->all, i);
        if (find->start <= position && position <= find->end) {
            return find;
        }
    }
    return NULL;
}
