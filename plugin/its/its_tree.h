/*
 * From the markup scanner's events to a tree that rules can be applied to, and back: which element
 * every event stands in.
 */
#ifndef GALLEY_ITS_ITS_TREE_H
#define GALLEY_ITS_ITS_TREE_H

#include "formats/markup.h"
#include "its/its.h"

struct its_tree {
    xmlDocPtr document;   /* the caller frees it with its_tree_finish */
    xmlNodePtr *elements; /* by number of the scanner's event: the element that a start tag opens,
                             an end tag closes, or text stands in; NULL outside of the root */
    size_t n_events, capacity;
};

/* Reads XML with libxml2, or HTML by the scanner's own events: elements that HTML lets authors
 * leave out are not made up, but paragraphs, list items and the like end where the next one begins
 * (HTML Living Standard, 13.1.2.4). Nothing is fetched, no entity is expanded. */
galley_status its_tree_build(struct its_tree *tree, struct arena *arena, const char *text,
                             size_t len, bool html, galley_error *error);
void its_tree_finish(struct its_tree *tree);

#endif
