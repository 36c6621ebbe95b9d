#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool append(struct words *words, const char *word) {
    if (words->n_words == words->capacity) {
        const size_t capacity = words->capacity * 2 + 64;
        char **grown = realloc(words->words, capacity * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        words->words = grown;
        words->capacity = capacity;
    }
    words->words[words->n_words] = strdup(word);
    return words->words[words->n_words] != NULL && ++words->n_words > 0;
}

bool words_init(struct words *words, const char *path) {
    *words = (struct words){.path = path};
    pthread_mutex_init(&words->lock, NULL);
    FILE *file = path == NULL ? NULL : fopen(path, "r");
    if (file == NULL) {
        return path == NULL || errno == ENOENT ||
               (fprintf(stderr, "galley serve: %s: %s\n", path, strerror(errno)), false);
    }
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    while (good && getline(&line, &capacity, file) >= 0 && words->n_words < MAX_WORDS) {
        line[strcspn(line, "\r\n")] = '\0';
        good = line[0] == '\0' || append(words, line);
    }
    free(line);
    fclose(file);
    return good;
}

void words_finish(struct words *words) {
    for (size_t i = 0; i < words->n_words; i++) {
        free(words->words[i]);
    }
    free(words->words);
    pthread_mutex_destroy(&words->lock);
}

/* Writes the whole list beside the file and renames it over. */
static bool store(const struct words *words) {
    const size_t len = strlen(words->path);
    char *beside = malloc(len + 8);
    if (beside == NULL) {
        return false;
    }
    sprintf(beside, "%s.XXXXXX", words->path);
    const int descriptor = mkstemp(beside);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    bool good = file != NULL;
    for (size_t i = 0; good && i < words->n_words; i++) {
        good = fprintf(file, "%s\n", words->words[i]) > 0;
    }
    if (file != NULL) {
        good = fflush(file) == 0 && fsync(descriptor) == 0 && good;
        good = fclose(file) == 0 && good;
    }
    good = good && rename(beside, words->path) == 0;
    if (!good && descriptor >= 0) {
        unlink(beside);
    }
    free(beside);
    return good;
}

static size_t find(const struct words *words, const char *word) {
    size_t i = 0;
    while (i < words->n_words && strcmp(words->words[i], word) != 0) {
        i++;
    }
    return i;
}

static bool is_word(const char *word) {
    const size_t len = strlen(word);
    return len > 0 && len <= MAX_WORD_LEN && strpbrk(word, " \t\r\n") == NULL;
}

enum words_answer words_add(struct words *words, const char *word) {
    if (words->path == NULL || !is_word(word)) {
        return WORDS_FAILED;
    }
    pthread_mutex_lock(&words->lock);
    enum words_answer answer = WORDS_UNCHANGED;
    if (find(words, word) == words->n_words) {
        answer = words->n_words < MAX_WORDS && append(words, word) ? WORDS_CHANGED : WORDS_FAILED;
        if (answer == WORDS_CHANGED && !store(words)) {
            free(words->words[--words->n_words]);
            answer = WORDS_FAILED;
        }
    }
    pthread_mutex_unlock(&words->lock);
    return answer;
}

enum words_answer words_remove(struct words *words, const char *word) {
    if (words->path == NULL || !is_word(word)) {
        return WORDS_FAILED;
    }
    pthread_mutex_lock(&words->lock);
    enum words_answer answer = WORDS_UNCHANGED;
    const size_t i = find(words, word);
    if (i < words->n_words) {
        char *removed = words->words[i];
        words->words[i] = words->words[--words->n_words];
        answer = WORDS_CHANGED;
        if (store(words)) {
            free(removed);
        } else {
            words->words[words->n_words++] = words->words[i];
            words->words[i] = removed;
            answer = WORDS_FAILED;
        }
    }
    pthread_mutex_unlock(&words->lock);
    return answer;
}
