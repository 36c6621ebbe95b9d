/*
 * galley in Geany (https://www.geany.org/): prose is checked when it is opened, saved and a moment
 * after it was typed; issues are underlined, listed in the sidebar and mended with a click there,
 * in the editor's context menu or by a key. Other files are checked when asked for (Tools).
 */
#include "finds.h"
#include "marks.h"
#include "panel.h"

#include <string.h>

enum { PAUSE = 400 }; /* milliseconds without a change before a check */

enum key { KEY_CHECK, KEY_NEXT, KEY_PREVIOUS, KEY_FIX, KEY_FIX_ALL, N_KEYS };

static const gchar document_key[] = "galley"; /* of a document's finds */

static struct {
    GeanyPlugin *plugin;
    GeanyData *geany;
    struct projects projects;
    struct panel panel;
    GeanyDocument *shown; /* the one whose finds the panel points into, or NULL */
    GtkWidget *tools_item;
    GSList *menu_items; /* in the editor's context menu, until it opens again */
    guint timer;
    guint waiting; /* id of the document that the timer checks */
} own;

/* ---------------------------------------------------------------------------------------- */
/* Documents                                                                                 */

static struct finds *finds_of(GeanyDocument *document) {
    return DOC_VALID(document) ? plugin_get_document_data(own.plugin, document, document_key)
                               : NULL;
}

static gboolean is_prose(const GeanyDocument *document) {
    switch (FILETYPE_ID(document->file_type)) {
    case GEANY_FILETYPES_NONE:
    case GEANY_FILETYPES_MARKDOWN:
    case GEANY_FILETYPES_HTML:
    case GEANY_FILETYPES_XML:
    case GEANY_FILETYPES_PO:
        return TRUE;
    default:
        return FALSE;
    }
}

static void show(GeanyDocument *document) {
    own.shown = document;
    panel_show(&own.panel, finds_of(document));
}

/* Before its finds go. */
static void hide(GeanyDocument *document) {
    if (document == own.shown) {
        show(NULL);
    }
}

static void check(GeanyDocument *document) {
    if (!DOC_VALID(document)) {
        return;
    }
    hide(document);
    struct finds *finds = finds_check(&own.projects, document);
    plugin_set_document_data_full(own.plugin, document, document_key, finds, finds_destroy);
    marks_draw(document->editor->sci, finds);
    if (document == document_get_current()) {
        show(document);
    }
}

static gboolean check_waiting(gpointer data) {
    (void)data;
    own.timer = 0;
    check(document_find_by_id(own.waiting));
    return G_SOURCE_REMOVE;
}

static void check_soon(const GeanyDocument *document) {
    if (own.timer != 0) {
        g_source_remove(own.timer);
    }
    own.waiting = document->id;
    own.timer = plugin_timeout_add(own.plugin, PAUSE, check_waiting, NULL);
}

/* ---------------------------------------------------------------------------------------- */
/* Going and mending                                                                         */

static void go(struct find *find) {
    GeanyDocument *document = document_get_current();
    if (document == NULL) {
        return;
    }
    ScintillaObject *editor = document->editor->sci;
    sci_set_selection_start(editor, find->start);
    sci_set_selection_end(editor, find->end);
    sci_scroll_caret(editor);
}

static void replace(ScintillaObject *editor, gint start, gint end, const gchar *text) {
    sci_set_target_start(editor, start);
    sci_set_target_end(editor, end);
    sci_replace_target(editor, text, FALSE);
}

static void fix(struct find *find, const gchar *suggestion) {
    GeanyDocument *document = document_get_current();
    if (document == NULL || document != own.shown) {
        return;
    }
    /* The change itself drops the find, and may drop the button that holds the suggestion. */
    const gint start = find->start, end = find->end;
    gchar *text = g_strdup(suggestion);
    replace(document->editor->sci, start, end, text);
    sci_set_current_position(document->editor->sci, start + (gint)strlen(text), TRUE);
    g_free(text);
    check(document);
    gtk_widget_grab_focus(GTK_WIDGET(document->editor->sci));
}

/* From the end to the start, so that what is still to do stays where it is; of two that overlap
 * the later one. One step to undo. */
static void fix_all(void) {
    GeanyDocument *document = document_get_current();
    struct finds *finds = finds_of(document);
    if (finds == NULL) {
        return;
    }
    ScintillaObject *editor = document->editor->sci;
    sci_start_undo_action(editor);
    for (guint i = finds->all->len; i > 0; i--) {
        /* A replacement drops what it touches from the list. */
        const struct find *find =
            i <= finds->all->len ? g_ptr_array_index(finds->all, i - 1) : NULL;
        if (find != NULL && find->fixable) {
            gchar *text = g_strdup(find->suggestions[0]);
            replace(editor, find->start, find->end, text);
            g_free(text);
        }
    }
    sci_end_undo_action(editor);
    check(document);
}

static struct find *next_find(const struct finds *finds, gint from, gint to, gboolean back) {
    struct find *found = NULL;
    for (guint i = 0; finds != NULL && i < finds->all->len; i++) {
        struct find *find = g_ptr_array_index(finds->all, i);
        if (!back && find->start >= to) {
            return find;
        }
        if (back && find->end <= from) {
            found = find;
        }
    }
    return found;
}

static void choose(GeanyDocument *document, struct find *find) {
    if (find != NULL) {
        panel_choose(&own.panel, finds_of(document), find);
    }
}

static void press_key(guint key) {
    GeanyDocument *document = document_get_current();
    if (document == NULL) {
        return;
    }
    ScintillaObject *editor = document->editor->sci;
    struct finds *finds = finds_of(document);
    struct find *find = NULL;
    switch ((enum key)key) {
    case KEY_CHECK:
        check(document);
        break;
    case KEY_NEXT:
    case KEY_PREVIOUS:
        find = next_find(finds, sci_get_selection_start(editor), sci_get_selection_end(editor),
                         key == KEY_PREVIOUS);
        if (find != NULL) {
            choose(document, find);
            go(find);
        }
        break;
    case KEY_FIX:
        find = finds_at(finds, sci_get_selection_start(editor));
        if (find != NULL && find->suggestions[0] != NULL) {
            fix(find, find->suggestions[0]);
        }
        break;
    case KEY_FIX_ALL:
        fix_all();
        break;
    case N_KEYS:
        break;
    }
}

/* ---------------------------------------------------------------------------------------- */
/* The context menu                                                                          */

static void clear_menu(void) {
    g_slist_free_full(own.menu_items, (GDestroyNotify)gtk_widget_destroy);
    own.menu_items = NULL;
}

static void press_item(GtkMenuItem *item, gpointer data) {
    const gint position = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(item), "position"));
    (void)data;
    struct find *find = finds_at(finds_of(document_get_current()), position);
    if (find != NULL) {
        fix(find, g_object_get_data(G_OBJECT(item), "suggestion"));
    }
}

static GtkWidget *add_item(GtkWidget *item, gint place) {
    gtk_menu_shell_insert(GTK_MENU_SHELL(own.geany->main_widgets->editor_menu), item, place);
    gtk_widget_show(item);
    own.menu_items = g_slist_prepend(own.menu_items, item);
    return item;
}

static void update_menu(GObject *object, const gchar *word, gint position, GeanyDocument *document,
                        gpointer data) {
    (void)object;
    (void)word;
    (void)data;
    clear_menu();
    struct find *find = finds_at(finds_of(document), position);
    if (find == NULL) {
        return;
    }
    gint place = 0;
    gtk_widget_set_sensitive(add_item(gtk_menu_item_new_with_label(find->message), place++), FALSE);
    for (gchar **each = find->suggestions; *each != NULL; each++) {
        GtkWidget *item =
            add_item(gtk_menu_item_new_with_label(**each == '\0' ? "(delete)" : *each), place++);
        g_object_set_data_full(G_OBJECT(item), "suggestion", g_strdup(*each), g_free);
        g_object_set_data(G_OBJECT(item), "position", GINT_TO_POINTER(find->start));
        g_signal_connect(item, "activate", G_CALLBACK(press_item), NULL);
    }
    add_item(gtk_separator_menu_item_new(), place);
}

/* ---------------------------------------------------------------------------------------- */
/* Geany's signals                                                                           */

static void on_document(GObject *object, GeanyDocument *document, gpointer data) {
    (void)object;
    (void)data;
    if (is_prose(document)) {
        check(document);
    }
}

static void on_activate(GObject *object, GeanyDocument *document, gpointer data) {
    (void)object;
    (void)data;
    show(document);
}

/* Documents of the last session come without their tab being chosen. */
static void on_startup(GObject *object, gpointer data) {
    (void)object;
    (void)data;
    show(document_get_current());
}

static void on_close(GObject *object, GeanyDocument *document, gpointer data) {
    (void)object;
    (void)data;
    hide(document);
}

static gboolean on_editor(GObject *object, GeanyEditor *editor, SCNotification *what,
                          gpointer data) {
    (void)object;
    (void)data;
    GeanyDocument *document = editor->document;
    struct finds *finds = finds_of(document);
    if (finds == NULL) {
        return FALSE;
    }
    if (what->nmhdr.code == SCN_MODIFIED &&
        (what->modificationType & (SC_MOD_INSERTTEXT | SC_MOD_DELETETEXT)) != 0) {
        const gint length = (gint)what->length;
        if (finds_follow(finds, (gint)what->position,
                         what->modificationType & SC_MOD_INSERTTEXT ? length : -length) &&
            document == own.shown) {
            show(document);
        }
        check_soon(document);
    } else if (what->nmhdr.code == SCN_INDICATORRELEASE) {
        choose(document, finds_at(finds, (gint)what->position));
    }
    return FALSE;
}

static PluginCallback callbacks[] = {
    {"document-open", (GCallback)on_document, TRUE, NULL},
    {"document-reload", (GCallback)on_document, TRUE, NULL},
    {"document-save", (GCallback)on_document, TRUE, NULL},
    {"document-activate", (GCallback)on_activate, TRUE, NULL},
    {"geany-startup-complete", (GCallback)on_startup, TRUE, NULL},
    {"document-close", (GCallback)on_close, FALSE, NULL},
    {"editor-notify", (GCallback)on_editor, FALSE, NULL},
    {"update-editor-menu", (GCallback)update_menu, FALSE, NULL},
    {NULL, NULL, FALSE, NULL},
};

/* ---------------------------------------------------------------------------------------- */
/* Loading                                                                                   */

static void press_tools_item(GtkMenuItem *item, gpointer data) {
    (void)item;
    (void)data;
    press_key(KEY_CHECK);
}

static void add_keys(void) {
    static const struct {
        guint key, letter;
        GdkModifierType modifiers;
        const gchar *name, *label;
    } keys[N_KEYS] = {
        {KEY_CHECK, 0, 0, "check", "Check with galley"},
        {KEY_NEXT, GDK_KEY_Down, GDK_CONTROL_MASK | GDK_MOD1_MASK, "next", "Next issue"},
        {KEY_PREVIOUS, GDK_KEY_Up, GDK_CONTROL_MASK | GDK_MOD1_MASK, "previous", "Previous issue"},
        {KEY_FIX, GDK_KEY_Return, GDK_CONTROL_MASK | GDK_MOD1_MASK, "fix", "First suggestion"},
        {KEY_FIX_ALL, 0, 0, "fix_all", "Fix all that is safe"},
    };
    GeanyKeyGroup *group = plugin_set_key_group(own.plugin, "galley", N_KEYS, NULL);
    for (guint i = 0; i < N_KEYS; i++) {
        keybindings_set_item(group, keys[i].key, press_key, keys[i].letter, keys[i].modifiers,
                             keys[i].name, keys[i].label, i == KEY_CHECK ? own.tools_item : NULL);
    }
}

static gboolean init(GeanyPlugin *plugin, gpointer data) {
    (void)data;
    const galley_plugin *library = plugin_load();
    if (library == NULL) {
        ui_set_statusbar(TRUE, "galley: the library cannot be loaded");
        return FALSE;
    }
    memset(&own, 0, sizeof own);
    own.plugin = plugin;
    own.geany = plugin->geany_data;
    projects_init(&own.projects, library);
    panel_create(&own.panel, GTK_NOTEBOOK(own.geany->main_widgets->sidebar_notebook),
                 (struct panel_calls){.go = go, .fix = fix, .fix_all = fix_all});
    own.tools_item = gtk_menu_item_new_with_label("Check with galley");
    g_signal_connect(own.tools_item, "activate", G_CALLBACK(press_tools_item), NULL);
    gtk_container_add(GTK_CONTAINER(own.geany->main_widgets->tools_menu), own.tools_item);
    gtk_widget_show(own.tools_item);
    add_keys();
    for (guint i = 0; i < own.geany->documents_array->len; i++) {
        GeanyDocument *document = g_ptr_array_index(own.geany->documents_array, i);
        if (DOC_VALID(document) && is_prose(document)) {
            check(document);
        }
    }
    show(document_get_current());
    return TRUE;
}

static void cleanup(GeanyPlugin *plugin, gpointer data) {
    (void)plugin;
    (void)data;
    for (guint i = 0; i < own.geany->documents_array->len; i++) {
        GeanyDocument *document = g_ptr_array_index(own.geany->documents_array, i);
        if (DOC_VALID(document)) {
            marks_draw(document->editor->sci, NULL);
        }
    }
    if (own.timer != 0) {
        g_source_remove(own.timer);
    }
    clear_menu();
    gtk_widget_destroy(own.tools_item);
    panel_destroy(&own.panel);
    projects_finish(&own.projects);
}

G_MODULE_EXPORT void geany_load_module(GeanyPlugin *plugin) {
    plugin->info->name = "galley";
    plugin->info->description = "Proofreads machine-translated news";
    plugin->info->version = GALLEY_VERSION;
    plugin->info->author = "the galley project";
    plugin->funcs->callbacks = callbacks;
    plugin->funcs->init = init;
    plugin->funcs->cleanup = cleanup;
    GEANY_PLUGIN_REGISTER(plugin, 235);
}
