#include "base/nearest.h"

#include <string.h>

enum { LONGEST_NAME = 63 };

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Wagner and Fischer, "The String-to-String Correction Problem", 1974, one row at a time. */
static size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len) {
    size_t row[LONGEST_NAME + 1];
    for (size_t j = 0; j <= b_len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            const size_t change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(change, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_len];
}

const char *nearest_name(const char *const *names, size_t n_names, const char *text, size_t len) {
    if (len > LONGEST_NAME) {
        return NULL;
    }
    const char *nearest = NULL;
    size_t best = len / 3 + 2;
    for (size_t i = 0; i < n_names; i++) {
        const size_t name_len = strlen(names[i]);
        if (name_len > LONGEST_NAME) {
            continue;
        }
        const size_t distance = edit_distance(text, len, names[i], name_len);
        if (distance < best) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}
