/*
 * An issue: one find in a document. It lives in the document's arena.
 */
#ifndef GALLEY_ISSUE_H
#define GALLEY_ISSUE_H

#include "base/limits.h"
#include "text/unit.h"

/* A stretch of the document as hosts see it. */
struct place {
    struct span span;      /* bytes of the document's text (UTF-8, behind any byte order mark) */
    size_t offset, length; /* bytes of the input as given */
    size_t line, column;   /* 1-based; columns in code points */
    galley_string text;    /* what stands there; ends in a NUL */
};

struct waiver;

struct related {
    struct place place;
    galley_string message;
};

struct issue {
    const struct check *check;
    galley_severity severity;
    struct place place;
    galley_string message;
    galley_string *suggestions; /* room for one, or for LIMIT_SUGGESTIONS */
    struct related *related;    /* room for one, or for LIMIT_RELATED */
    uint32_t n_suggestions, n_related;
    bool is_excuse; /* covers other checks' issues and is dropped itself (check_excuse) */
    const struct waiver *waiver; /* NULL: it counts */
    size_t waiver_index; /* of the engine's; SIZE_MAX: the document itself, a mark or lock */
};

#endif
