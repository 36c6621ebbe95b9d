/*
 * The side panel: the verdict, the list of issues, and of the chosen one its message and a button
 * for each suggestion.
 */
#ifndef GALLEY_GEANY_PANEL_H
#define GALLEY_GEANY_PANEL_H

#include "finds.h"

/* What the panel asks of its owner. Finds are those last shown. */
struct panel_calls {
    void (*go)(struct find *find);
    void (*fix)(struct find *find, const gchar *suggestion);
    void (*fix_all)(void);
};

struct panel {
    GtkWidget *page; /* of Geany's sidebar */
    GtkLabel *summary, *message;
    GtkListStore *rows;
    GtkTreeView *list;
    GtkFlowBox *fixes;
    GtkWidget *fix_all;
    struct panel_calls calls;
    struct find *chosen;
    gboolean filling; /* the list changes by itself, nobody chose */
};

void panel_create(struct panel *panel, GtkNotebook *sidebar, struct panel_calls calls);
void panel_destroy(struct panel *panel);

/* Shows other finds; they must stay until the next call. NULL: none, the document is not checked.
 */
void panel_show(struct panel *panel, const struct finds *finds);

/* Chooses a find in the list. */
void panel_choose(struct panel *panel, const struct finds *finds, struct find *find);

#endif
