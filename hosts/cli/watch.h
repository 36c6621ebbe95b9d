/*
 * Waiting for documents to change (inotify(7)).
 */
#ifndef GALLEY_CLI_WATCH_H
#define GALLEY_CLI_WATCH_H

#include "options.h"

struct watch;

/* Watches the files and directories of the options, and the settings beside them. NULL after a
 * message. */
struct watch *watch_create(const struct options *options);
void watch_destroy(struct watch *watch);

/* Waits until something changed and has been quiet for a moment, and adds the documents to `list`,
 * in the order of their names. *all: settings changed, or more than could be noted: everything is
 * to be checked again. False when an interruption came, or after a message. */
bool watch_wait(struct watch *watch, struct file_list *list, bool *all);

#endif
