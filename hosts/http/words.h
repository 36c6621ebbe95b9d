/*
 * The words that clients add (LanguageTool's /v2/words): a file with a word a line, which is also
 * a word list of the engines. Thread-safe.
 */
#ifndef GALLEY_HTTP_WORDS_H
#define GALLEY_HTTP_WORDS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { MAX_WORDS = 100000, MAX_WORD_LEN = 200 };

struct words {
    const char *path; /* NULL: nobody may add any */
    char **words;     /* in the order they came */
    size_t n_words, capacity;
    pthread_mutex_t lock;
};

/* Reads the file, if it is there. False after a message. */
bool words_init(struct words *words, const char *path);
void words_finish(struct words *words);

enum words_answer { WORDS_CHANGED, WORDS_UNCHANGED, WORDS_FAILED };

/* UNCHANGED: it was there already, or was not. FAILED: no word, too many, or the file cannot be
 * written; it is then as before. */
enum words_answer words_add(struct words *words, const char *word);
enum words_answer words_remove(struct words *words, const char *word);

#endif
