/*
 * What the programs of this folder share: reading a file, processor time, the order for medians.
 */
#ifndef GALLEY_BENCH_H
#define GALLEY_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The whole file, malloc'ed; ends the program where it cannot be read. */
static inline char *bench_read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    *len = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*len + 1);
    if (text == NULL || fread(text, 1, *len, file) != *len) {
        perror(path);
        exit(2);
    }
    fclose(file);
    return text;
}

/* Seconds of processor time of this process. */
static inline double bench_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* For qsort of doubles. */
static inline int bench_compare(const void *a, const void *b) {
    const double one = *(const double *)a;
    const double other = *(const double *)b;
    return (one > other) - (one < other);
}

#endif
