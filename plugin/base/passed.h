/*
 * How far a walk over a document has come, for hosts that want to know what was read
 * (galley_input.passed): a file that is mapped need not stay in memory.
 */
#ifndef GALLEY_BASE_PASSED_H
#define GALLEY_BASE_PASSED_H

#include <stddef.h>

enum {
    PASSED_STEP = 1 << 22, /* bytes from one telling to the next */
    PASSED_PIECE = 1 << 20 /* bytes to look through between two questions whether to tell */
};

/* All zeroes is a walk that nobody asks about. */
struct passed {
    void (*tell)(void *context, size_t begin, size_t end);
    void *context;
    size_t skipped; /* bytes of the input before the text */
    size_t told;    /* bytes of the text */
};

/* The walk has come to byte `at` of the text. */
static inline void passed_to(struct passed *passed, size_t at) {
    if (passed->tell != NULL && at >= passed->told + PASSED_STEP) {
        passed->tell(passed->context, passed->skipped + passed->told, passed->skipped + at);
        passed->told = at;
    }
}

/* It has come to the text's end, and the next one will begin at its begin. */
static inline void passed_all(struct passed *passed, size_t len) {
    if (passed->tell != NULL && len > passed->told) {
        passed->tell(passed->context, passed->skipped + passed->told, passed->skipped + len);
    }
    passed->told = 0;
}

#endif
