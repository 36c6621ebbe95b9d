/*
 * galley under a GtkTextView, as GtkSpell does it for spelling: attach it to any text view of your
 * program, and issues are underlined while one writes, explained in a tooltip and mended from the
 * context menu.
 *
 *     cc -o textview textview.c $(pkg-config --cflags --libs galley gtk+-3.0)
 *     ./textview story.txt
 *
 * Copy what you need: textview_attach and what is above it.
 */
#include <galley.h>

#include <gtk/gtk.h>
#include <string.h>

enum { PAUSE = 300 }; /* milliseconds without a change before a check */

struct proofreader {
    GtkTextView *view;
    GtkTextBuffer *buffer;
    const galley_engine *engine;
    galley_document *document; /* the last check; its offsets hold until the text changes */
    gchar *text;               /* what was checked: the document refers to it */
    guint timer;
    gboolean current; /* nothing was changed since */
};

/* The library counts bytes, GTK characters. */
static void get_range(const struct proofreader *own, const galley_issue *issue, GtkTextIter *start,
                      GtkTextIter *end) {
    const glong first = g_utf8_strlen(own->text, (gssize)issue->offset);
    const glong n = g_utf8_strlen(own->text + issue->offset, (gssize)issue->length);
    gtk_text_buffer_get_iter_at_offset(own->buffer, start, (gint)first);
    gtk_text_buffer_get_iter_at_offset(own->buffer, end, (gint)(first + n));
}

static void underline(struct proofreader *own) {
    for (size_t i = 0; i < galley_document_n_issues(own->document); i++) {
        galley_issue issue = {.size = sizeof issue};
        GtkTextIter start, end;
        galley_document_issue(own->document, i, &issue);
        if (!issue.waived) {
            get_range(own, &issue, &start, &end);
            gtk_text_buffer_apply_tag_by_name(own->buffer, "galley", &start, &end);
        }
    }
}

static gboolean check(gpointer data) {
    struct proofreader *own = data;
    GtkTextIter start, end;
    gtk_text_buffer_get_bounds(own->buffer, &start, &end);
    gtk_text_buffer_remove_tag_by_name(own->buffer, "galley", &start, &end);
    galley_document_destroy(own->document);
    g_free(own->text);
    own->document = NULL;
    own->timer = 0;
    own->text = gtk_text_buffer_get_text(own->buffer, &start, &end, TRUE);
    const galley_input input = {.size = sizeof input,
                                .data = own->text,
                                .data_len = strlen(own->text),
                                .format = "text",
                                .encoding = "UTF-8"};
    own->current = galley_check(own->engine, &input, &own->document, NULL) == GALLEY_OK;
    if (own->current) {
        underline(own);
    }
    return G_SOURCE_REMOVE;
}

static void changed(GtkTextBuffer *buffer, gpointer data) {
    struct proofreader *own = data;
    (void)buffer;
    own->current = FALSE;
    if (own->timer != 0) {
        g_source_remove(own->timer);
    }
    own->timer = g_timeout_add(PAUSE, check, own);
}

/* The issue at a place of the text; false when there is none. */
static gboolean find_issue(const struct proofreader *own, const GtkTextIter *place, size_t *index,
                           galley_issue *issue) {
    for (*index = 0; own->current && *index < galley_document_n_issues(own->document); ++*index) {
        GtkTextIter start, end;
        galley_document_issue(own->document, *index, issue);
        get_range(own, issue, &start, &end);
        if (gtk_text_iter_in_range(place, &start, &end)) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean show_tooltip(GtkWidget *view, gint x, gint y, gboolean by_key, GtkTooltip *tooltip,
                             gpointer data) {
    const struct proofreader *own = data;
    GtkTextIter place;
    size_t index;
    galley_issue issue = {.size = sizeof issue};
    (void)view;
    (void)by_key;
    gtk_text_view_window_to_buffer_coords(own->view, GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
    gtk_text_view_get_iter_at_location(own->view, &place, x, y);
    if (!find_issue(own, &place, &index, &issue)) {
        return FALSE;
    }
    gtk_tooltip_set_text(tooltip, issue.message.data);
    return TRUE;
}

static void put(GtkMenuItem *item, gpointer data) {
    struct proofreader *own = data;
    GtkTextIter start, end;
    const gint *range = g_object_get_data(G_OBJECT(item), "range");
    gchar *text = g_strdup(g_object_get_data(G_OBJECT(item), "suggestion"));
    gtk_text_buffer_get_iter_at_offset(own->buffer, &start, range[0]);
    gtk_text_buffer_get_iter_at_offset(own->buffer, &end, range[1]);
    gtk_text_buffer_begin_user_action(own->buffer);
    gtk_text_buffer_delete(own->buffer, &start, &end);
    gtk_text_buffer_insert(own->buffer, &start, text, -1);
    gtk_text_buffer_end_user_action(own->buffer);
    g_free(text);
}

/* Puts the suggestions for the issue at the cursor above the usual entries. */
static void fill_menu(GtkTextView *view, GtkWidget *menu, gpointer data) {
    struct proofreader *own = data;
    GtkTextIter place;
    size_t index;
    galley_issue issue = {.size = sizeof issue};
    (void)view;
    gtk_text_buffer_get_iter_at_mark(own->buffer, &place, gtk_text_buffer_get_insert(own->buffer));
    if (!GTK_IS_MENU(menu) || !find_issue(own, &place, &index, &issue)) {
        return;
    }
    GtkTextIter start, end;
    get_range(own, &issue, &start, &end);
    for (size_t i = issue.n_suggestions; i > 0; i--) {
        galley_string suggestion;
        galley_document_suggestion(own->document, index, i - 1, &suggestion);
        GtkWidget *item = gtk_menu_item_new_with_label(suggestion.data);
        gint *range = g_new(gint, 2);
        range[0] = gtk_text_iter_get_offset(&start);
        range[1] = gtk_text_iter_get_offset(&end);
        g_object_set_data_full(G_OBJECT(item), "range", range, g_free);
        g_object_set_data_full(G_OBJECT(item), "suggestion", g_strdup(suggestion.data), g_free);
        g_signal_connect(item, "activate", G_CALLBACK(put), own);
        gtk_menu_shell_prepend(GTK_MENU_SHELL(menu), item);
        gtk_widget_show(item);
    }
}

static void destroy(gpointer data, GObject *view) {
    struct proofreader *own = data;
    (void)view;
    if (own->timer != 0) {
        g_source_remove(own->timer);
    }
    g_signal_handlers_disconnect_by_data(own->buffer, own);
    galley_document_destroy(own->document);
    g_object_unref(own->buffer);
    g_free(own->text);
    g_free(own);
}

/* Proofreads what is in `view` until the view goes. The engine is shared and stays the caller's. */
static void textview_attach(GtkTextView *view, const galley_engine *engine) {
    struct proofreader *own = g_new0(struct proofreader, 1);
    own->view = view;
    own->engine = engine;
    own->buffer = g_object_ref(gtk_text_view_get_buffer(view));
    gtk_text_buffer_create_tag(own->buffer, "galley", "underline", PANGO_UNDERLINE_ERROR, NULL);
    gtk_widget_set_has_tooltip(GTK_WIDGET(view), TRUE);
    g_signal_connect(own->buffer, "changed", G_CALLBACK(changed), own);
    g_signal_connect(view, "query-tooltip", G_CALLBACK(show_tooltip), own);
    g_signal_connect(view, "populate-popup", G_CALLBACK(fill_menu), own);
    g_object_weak_ref(G_OBJECT(view), destroy, own);
    own->timer = g_idle_add(check, own);
}

/* ---------------------------------------------------------------------------------------- */
/* A window around it                                                                        */

static galley_engine *make_engine(void) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    if (galley_settings_create(NULL, &settings) == GALLEY_OK) {
        galley_engine_create(settings, &engine, &error);
    }
    if (engine == NULL) {
        g_printerr("%s\n", error.message);
    }
    galley_settings_destroy(settings);
    return engine;
}

int main(int n_arguments, char **arguments) {
    gtk_init(&n_arguments, &arguments);
    galley_engine *engine = make_engine();
    gchar *text = NULL;
    if (engine == NULL ||
        (n_arguments > 1 && !g_file_get_contents(arguments[1], &text, NULL, NULL))) {
        return 2;
    }
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    GtkWidget *view = gtk_text_view_new();
    gtk_window_set_title(GTK_WINDOW(window), "galley");
    gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view), GTK_WRAP_WORD);
    gtk_container_add(GTK_CONTAINER(window), view);
    gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(view)),
                             text == NULL ? "" : text, -1);
    textview_attach(GTK_TEXT_VIEW(view), engine);
    g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
    gtk_widget_show_all(window);
    gtk_main();
    galley_engine_destroy(engine);
    g_free(text);
    return 0;
}
