/*
 * What checks call: issues, their suggestions and related places.
 */
#include "checks/check.h"

#include "document.h"
#include "language/spelling.h"

#include <stdarg.h>
#include <string.h>

galley_status check_report(struct check_run *run, struct span span, galley_severity severity,
                           struct issue **issue, const char *format, ...) {
    struct galley_document *document = run->document;
    if (issue != NULL) {
        *issue = NULL;
    }
    if (document->n_issues >= LIMIT_ISSUES) {
        document->n_dropped++;
        return GALLEY_OK;
    }
    if (!memory_grow(&document->memory, &document->issues, &document->issue_capacity,
                     sizeof *document->issues, document->n_issues + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    va_list arguments;
    va_start(arguments, format);
    const galley_string message = arena_format_list(&document->arena, format, arguments);
    va_end(arguments);
    struct issue *made = arena_allocate_zeroed(&document->arena, sizeof *made);
    if (made == NULL || message.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    const struct check_settings *settings =
        &document->engine->checks[registry_check_index(run->check)];
    made->check = run->check;
    made->severity = settings->severity_set ? settings->severity : severity;
    made->place.span = span;
    made->message = message;
    document->issues[document->n_issues++] = made;
    if (issue != NULL) {
        *issue = made;
    }
    return GALLEY_OK;
}

/* Room in an issue's list of n items for one more, of `most`. Few have more than one. */
static bool make_room(struct check_run *run, void *items, size_t n, size_t most, size_t item_size) {
    if (n > 1) {
        return true;
    }
    void *list;
    memcpy(&list, items, sizeof list);
    list =
        arena_resize(&run->document->arena, list, n * item_size, (n == 0 ? 1 : most) * item_size);
    if (list == NULL) {
        return false;
    }
    memcpy(items, &list, sizeof list);
    return true;
}

galley_status check_suggest(struct check_run *run, struct issue *issue, const char *text,
                            size_t len) {
    if (issue == NULL || issue->n_suggestions == LIMIT_SUGGESTIONS ||
        !run->document->engine->suggestions) {
        return GALLEY_OK;
    }
    for (size_t i = 0; i < issue->n_suggestions; i++) {
        if (issue->suggestions[i].len == len &&
            memcmp(issue->suggestions[i].data, text, len) == 0) {
            return GALLEY_OK;
        }
    }
    if (!make_room(run, &issue->suggestions, issue->n_suggestions, LIMIT_SUGGESTIONS,
                   sizeof *issue->suggestions)) {
        return GALLEY_ERROR_MEMORY;
    }
    const galley_string copy = arena_copy(&run->document->arena, text, len);
    if (copy.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    issue->suggestions[issue->n_suggestions++] = copy;
    return GALLEY_OK;
}

galley_status check_relate(struct check_run *run, struct issue *issue, struct span span,
                           const char *format, ...) {
    if (issue == NULL || issue->n_related == LIMIT_RELATED) {
        return GALLEY_OK;
    }
    if (!make_room(run, &issue->related, issue->n_related, LIMIT_RELATED, sizeof *issue->related)) {
        return GALLEY_ERROR_MEMORY;
    }
    va_list arguments;
    va_start(arguments, format);
    const galley_string message = arena_format_list(&run->document->arena, format, arguments);
    va_end(arguments);
    if (message.data == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    issue->related[issue->n_related++] =
        (struct related){.place = {.span = span}, .message = message};
    return GALLEY_OK;
}

galley_status check_excuse(struct check_run *run, struct span span) {
    struct issue *issue;
    if (run->document->n_issues >= LIMIT_ISSUES) {
        return GALLEY_OK; /* no issue is lost */
    }
    const galley_status status = check_report(run, span, GALLEY_NEUTRAL, &issue, "%s", "");
    if (issue != NULL) {
        issue->is_excuse = true;
    }
    return status;
}

galley_status check_warn(struct check_run *run, struct span span, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const galley_string message = arena_format_list(&run->document->arena, format, arguments);
    va_end(arguments);
    return message.data == NULL ? GALLEY_ERROR_MEMORY
                                : document_warn(run->document, span, "%s", message.data);
}

galley_string check_word_of_list(galley_string list, int place) {
    size_t at = 0;
    for (; place > 0 && at < list.len; place--) {
        const char *space = memchr(list.data + at, ' ', list.len - at);
        at = space == NULL ? list.len : (size_t)(space - list.data) + 1;
    }
    const char *end = at < list.len ? memchr(list.data + at, ' ', list.len - at) : NULL;
    return (galley_string){list.data + at,
                           (end == NULL ? list.len : (size_t)(end - list.data)) - at};
}

bool check_is_user_word(const struct check_run *run, const char *word, size_t len) {
    return spelling_is_user_word(run->spelling, word, len);
}

void check_silence_others(struct check_run *run) {
    run->document->only_check = run->check;
}
