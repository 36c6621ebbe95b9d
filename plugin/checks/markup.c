/*
 * markup: a placeholder, tag, link or e-mail address that the source has and the target does not,
 * such as {nombre} for {name}; one that only the target has; tags that close in the wrong order.
 *
 * Not reported: another order of placeholders, "%2$s" for "%s" (what changes the order must number
 * them), the forms of a plural, references such as &nbsp;, a page in the target's language
 * ("/de/" in the path of a link).
 */
#include "checks/check.h"

#include "bilingual/bilingual.h"

#include <string.h>

enum {
    NEIGHBOURS_MAX = 8, /* codes that are looked at for the one that was meant */
    OPEN_TAGS_MAX = 32  /* deeper nesting is not followed */
};

static bool counts(const struct code *code) {
    return code->kind != CODE_ENTITY && !code->matched;
}

/* A second mention of a link that the other side has once is no fault. */
static bool is_repeated(const struct side *side, const struct code *code) {
    if (code->kind != CODE_LINK && code->kind != CODE_MAIL) {
        return false;
    }
    const size_t index = (size_t)(code - side->codes);
    for (size_t step = 1; step <= NEIGHBOURS_MAX; step++) {
        if ((step <= index && side->codes[index - step].hash == code->hash) ||
            (index + step < side->n_codes && side->codes[index + step].hash == code->hash)) {
            return true;
        }
    }
    return false;
}

/* The code of the source that was meant: of the same kind, unmatched, near the same rank. */
static struct code *find_meant(const struct bilingual *bilingual, const struct code *code) {
    const struct side *source = &bilingual->source;
    const size_t rank = (size_t)(code - bilingual->target.codes);
    for (size_t step = 0; step <= 2 * NEIGHBOURS_MAX; step++) {
        const size_t away = (step + 1) / 2;
        const size_t index = step % 2 == 0 ? rank + away : rank - away; /* wraps below 0 */
        if (index >= source->n_codes) {
            continue;
        }
        struct code *found = &source->codes[index];
        if (found->kind == code->kind && counts(found) && found->opens == code->opens &&
            found->closes == code->closes) {
            return found;
        }
    }
    return NULL;
}

static galley_status report_added(struct check_run *run, const struct unit *unit,
                                  const struct code *code) {
    const struct bilingual *bilingual = run->bilingual;
    const struct span span = code->kind == CODE_INLINE ? bilingual_token(unit, code->begin)
                                                       : unit_span(unit, code->begin, code->end);
    const char *text = code->label;
    const int len = (int)code->label_len;
    struct code *meant = find_meant(bilingual, code);
    if (meant == NULL) {
        return check_report(run, span, run->check->severity, NULL, "“%.*s” is not in the source",
                            len, text);
    }
    meant->matched = true;
    struct issue *issue;
    const char *was = meant->label;
    const size_t was_len = meant->label_len;
    const galley_status status =
        check_report(run, span, run->check->severity, &issue,
                     "“%.*s” stands where the source has “%.*s”", len, text, (int)was_len, was);
    return status == GALLEY_OK && code->kind != CODE_INLINE
               ? check_suggest(run, issue, was, was_len)
               : status;
}

static galley_status check_presence(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    const struct side *target = &bilingual->target;
    const struct side *source = &bilingual->source;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < target->n_codes && status == GALLEY_OK; i++) {
        if (counts(&target->codes[i]) && !is_repeated(target, &target->codes[i])) {
            status = report_added(run, unit, &target->codes[i]);
        }
    }
    for (size_t i = 0; i < source->n_codes && status == GALLEY_OK; i++) {
        const struct code *code = &source->codes[i];
        if (counts(code) && !is_repeated(source, code)) {
            status = check_report(run, bilingual_span(bilingual, unit, code->begin),
                                  run->check->severity, NULL, "the source's “%.*s” is missing",
                                  (int)code->label_len, code->label);
        }
    }
    return status;
}

/* ---- nesting ---- */

static bool is_same_element(const struct side *side, const struct code *start,
                            const struct code *end) {
    const char *a = side->text + start->begin + 1;
    const char *b = side->text + end->begin + 2;
    const size_t len = strcspn(b, "> \t\r\n");
    return strncmp(a, b, len) == 0 && strchr("> \t\r\n/", a[len]) != NULL;
}

/* The first tag that closes what is not the last one opened; NULL when there is none. */
static const struct code *wrongly_closed(const struct side *side) {
    const struct code *open[OPEN_TAGS_MAX];
    size_t n_open = 0;
    for (size_t i = 0; i < side->n_codes; i++) {
        const struct code *code = &side->codes[i];
        if (code->kind != CODE_TAG) {
            continue;
        }
        if (code->opens) {
            if (n_open == OPEN_TAGS_MAX) {
                return NULL;
            }
            open[n_open++] = code;
        } else if (code->closes) {
            if (n_open == 0 || !is_same_element(side, open[n_open - 1], code)) {
                return code;
            }
            n_open--;
        }
    }
    return NULL;
}

static galley_status check_nesting(struct check_run *run, const struct unit *unit) {
    const struct bilingual *bilingual = run->bilingual;
    const struct code *code = wrongly_closed(&bilingual->target);
    if (code == NULL || !code->matched || wrongly_closed(&bilingual->source) != NULL) {
        return GALLEY_OK;
    }
    return check_report(run, unit_span(unit, code->begin, code->end), run->check->severity, NULL,
                        "“%.*s” closes what is not open here", (int)(code->end - code->begin),
                        unit->text + code->begin);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    if (run->bilingual->source.n_codes + run->bilingual->target.n_codes == 0) {
        return GALLEY_OK;
    }
    const galley_status status = check_presence(run, unit);
    return status == GALLEY_OK ? check_nesting(run, unit) : status;
}

const struct check check_markup = {
    .name = "markup",
    .its_type = "markup",
    .mqm = "design-and-markup/markup-tag",
    .summary = "placeholders, tags, links and addresses that differ from the source",
    .explanation =
        "A placeholder of printf, Python, ICU or a template (“%1$s”, “{name}”), a tag, a link or "
        "an e-mail address that the source has and the target does not, or the other way round, "
        "and tags that close in the wrong order. Another order of placeholders is no fault.",
    .severity = GALLEY_MAJOR,
    .needs_source = true,
    .unit = check_unit,
};
