#include "panel.h"

enum { COLUMN_LINE, COLUMN_TEXT, COLUMN_FIND, N_COLUMNS };

static void press_fix(GtkButton *button, gpointer data) {
    struct panel *panel = data;
    const gchar *suggestion = g_object_get_data(G_OBJECT(button), "suggestion");
    if (panel->chosen != NULL) {
        panel->calls.fix(panel->chosen, suggestion);
    }
}

static void press_fix_all(GtkButton *button, gpointer data) {
    (void)button;
    ((struct panel *)data)->calls.fix_all();
}

static void destroy_child(GtkWidget *child, gpointer data) {
    (void)data;
    gtk_widget_destroy(child);
}

static void show_chosen(struct panel *panel, struct find *find) {
    panel->chosen = find;
    gtk_container_foreach(GTK_CONTAINER(panel->fixes), destroy_child, NULL);
    gchar *message =
        find == NULL ? g_strdup("") : g_strdup_printf("%s (%s)", find->message, find->check);
    gtk_label_set_text(panel->message, message);
    g_free(message);
    for (gchar **each = find == NULL ? NULL : find->suggestions; each != NULL && *each != NULL;
         each++) {
        GtkWidget *button = gtk_button_new_with_label(**each == '\0' ? "(delete)" : *each);
        g_object_set_data_full(G_OBJECT(button), "suggestion", g_strdup(*each), g_free);
        g_signal_connect(button, "clicked", G_CALLBACK(press_fix), panel);
        gtk_container_add(GTK_CONTAINER(panel->fixes), button);
    }
    gtk_widget_show_all(GTK_WIDGET(panel->fixes));
}

static void changed(GtkTreeSelection *selection, gpointer data) {
    struct panel *panel = data;
    GtkTreeIter row;
    struct find *find = NULL;
    if (gtk_tree_selection_get_selected(selection, NULL, &row)) {
        gtk_tree_model_get(GTK_TREE_MODEL(panel->rows), &row, COLUMN_FIND, &find, -1);
    }
    if (!panel->filling) {
        show_chosen(panel, find);
        if (find != NULL) {
            panel->calls.go(find);
        }
    }
}

static void add_list(struct panel *panel, GtkBox *page) {
    panel->rows = gtk_list_store_new(N_COLUMNS, G_TYPE_INT, G_TYPE_STRING, G_TYPE_POINTER);
    panel->list = GTK_TREE_VIEW(gtk_tree_view_new_with_model(GTK_TREE_MODEL(panel->rows)));
    g_object_unref(panel->rows);
    gtk_tree_view_insert_column_with_attributes(
        panel->list, -1, "Line", gtk_cell_renderer_text_new(), "text", COLUMN_LINE, NULL);
    GtkCellRenderer *text = gtk_cell_renderer_text_new();
    g_object_set(text, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_insert_column_with_attributes(panel->list, -1, "Issue", text, "markup",
                                                COLUMN_TEXT, NULL);
    gtk_tree_view_set_tooltip_column(panel->list, COLUMN_TEXT);
    g_signal_connect(gtk_tree_view_get_selection(panel->list), "changed", G_CALLBACK(changed),
                     panel);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(panel->list)), "issues");
    GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
    gtk_container_add(GTK_CONTAINER(scrolled), GTK_WIDGET(panel->list));
    gtk_box_pack_start(page, scrolled, TRUE, TRUE, 0);
}

static GtkLabel *add_label(GtkBox *page) {
    GtkLabel *label = GTK_LABEL(gtk_label_new(NULL));
    gtk_label_set_line_wrap(label, TRUE);
    gtk_label_set_xalign(label, 0);
    gtk_label_set_selectable(label, TRUE);
    gtk_box_pack_start(page, GTK_WIDGET(label), FALSE, FALSE, 3);
    return label;
}

void panel_create(struct panel *panel, GtkNotebook *sidebar, struct panel_calls calls) {
    *panel = (struct panel){.calls = calls};
    panel->page = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
    GtkBox *page = GTK_BOX(panel->page);
    panel->summary = add_label(page);
    add_list(panel, page);
    panel->message = add_label(page);
    panel->fixes = GTK_FLOW_BOX(gtk_flow_box_new());
    gtk_flow_box_set_selection_mode(panel->fixes, GTK_SELECTION_NONE);
    gtk_box_pack_start(page, GTK_WIDGET(panel->fixes), FALSE, FALSE, 0);
    panel->fix_all = gtk_button_new_with_label("Fix all that is safe");
    g_signal_connect(panel->fix_all, "clicked", G_CALLBACK(press_fix_all), panel);
    gtk_box_pack_start(page, panel->fix_all, FALSE, FALSE, 0);
    gtk_widget_show_all(panel->page);
    gtk_notebook_append_page(sidebar, panel->page, gtk_label_new("galley"));
}

void panel_destroy(struct panel *panel) {
    panel->filling = TRUE;
    gtk_widget_destroy(panel->page);
}

void panel_show(struct panel *panel, const struct finds *finds) {
    panel->filling = TRUE;
    gtk_list_store_clear(panel->rows);
    gboolean fixable = FALSE;
    for (guint i = 0; finds != NULL && i < finds->all->len; i++) {
        struct find *find = g_ptr_array_index(finds->all, i);
        /* The tooltip is read as markup, so the text must be. */
        gchar *text = g_markup_escape_text(find->message, -1);
        gtk_list_store_insert_with_values(panel->rows, NULL, -1, COLUMN_LINE, find->line,
                                          COLUMN_TEXT, text, COLUMN_FIND, find, -1);
        g_free(text);
        fixable = fixable || find->fixable;
    }
    panel->filling = FALSE;
    gtk_label_set_text(panel->summary, finds == NULL ? "not checked" : finds->summary);
    gtk_widget_set_sensitive(panel->fix_all, fixable);
    show_chosen(panel, NULL);
}

void panel_choose(struct panel *panel, const struct finds *finds, struct find *find) {
    guint index = 0;
    if (!g_ptr_array_find(finds->all, find, &index)) {
        return;
    }
    GtkTreePath *path = gtk_tree_path_new_from_indices((gint)index, -1);
    panel->filling = TRUE;
    gtk_tree_selection_select_path(gtk_tree_view_get_selection(panel->list), path);
    gtk_tree_view_scroll_to_cell(panel->list, path, NULL, FALSE, 0, 0);
    panel->filling = FALSE;
    gtk_tree_path_free(path);
    show_chosen(panel, find);
}
