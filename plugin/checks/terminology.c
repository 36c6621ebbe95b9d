/*
 * terminology: a term that the glossary forbids (“harbor pilot” for “Lotse”, where it has “pilot”),
 * and a term of the source whose translation is not the glossary's.
 *
 * Not reported: other endings of the right term (“pilots”), a forbidden term whose concept the
 * source does not speak of, terms without a translation in the glossary.
 *
 * The rule: the terms of the setting `glossary` are looked for on both sides. Each concept that the
 * source names must be named by one of its terms in the text.
 */
#include "checks/check.h"

#include "bilingual/bilingual.h"
#include "bilingual/glossary.h"
#include "document.h"

enum { CONCEPTS_MAX = 64 }; /* of one unit that are followed */

/* The concepts that one side names, each with the place of its first term. */
struct named {
    uint32_t concepts[CONCEPTS_MAX];
    struct term_match matches[CONCEPTS_MAX];
    size_t n;
};

static bool is_named(const struct named *named, uint32_t concept) {
    for (size_t i = 0; i < named->n; i++) {
        if (named->concepts[i] == concept) {
            return true;
        }
    }
    return false;
}

static void add_named(struct named *named, const struct term_match *match) {
    if (named->n < CONCEPTS_MAX && !is_named(named, match->term->concept)) {
        named->concepts[named->n] = match->term->concept;
        named->matches[named->n++] = *match;
    }
}

static galley_status report_forbidden(struct check_run *run, const struct unit *unit,
                                      const struct concept *concept,
                                      const struct term_match *match) {
    const struct span span = unit_span(unit, match->begin, match->end);
    const int len = (int)(match->end - match->begin);
    if (concept->preferred.data == NULL) {
        return check_report(run, span, run->check->severity, NULL, "the glossary forbids “%.*s”",
                            len, unit->text + match->begin);
    }
    struct issue *issue;
    const galley_status status = check_report(
        run, span, run->check->severity, &issue, "the glossary forbids “%.*s”; it has “%.*s”", len,
        unit->text + match->begin, (int)concept->preferred.len, concept->preferred.data);
    return status == GALLEY_OK
               ? check_suggest(run, issue, concept->preferred.data, concept->preferred.len)
               : status;
}

/* Finds what the text names, and reports what it must not name. */
static galley_status read_text(struct check_run *run, const struct unit *unit,
                               const struct glossary *glossary, const struct named *source,
                               struct named *target) {
    struct term_match match;
    galley_status status = GALLEY_OK;
    for (size_t at = 0; status == GALLEY_OK && glossary_find(glossary, run->pack, false, unit->text,
                                                             unit->len, &at, &match);) {
        const struct concept *concept = &glossary->concepts[match.term->concept];
        if (!match.term->is_forbidden) {
            add_named(target, &match);
        } else if (!concept->has_source || is_named(source, match.term->concept)) {
            status = report_forbidden(run, unit, concept, &match);
            add_named(target, &match); /* said, though not as it should be */
        }
    }
    return status;
}

static galley_status report_missing(struct check_run *run, const struct unit *unit,
                                    const struct glossary *glossary, const struct named *source,
                                    const struct named *target) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < source->n && status == GALLEY_OK; i++) {
        const struct term_match *match = &source->matches[i];
        const struct concept *concept = &glossary->concepts[source->concepts[i]];
        if (concept->preferred.data == NULL || is_named(target, source->concepts[i])) {
            continue;
        }
        status = check_report(run, bilingual_span(run->bilingual, unit, match->begin), GALLEY_MINOR,
                              NULL, "the source's “%.*s” is “%.*s” in the glossary",
                              (int)(match->end - match->begin), unit->source + match->begin,
                              (int)concept->preferred.len, concept->preferred.data);
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    const struct glossary *glossary = run->document->engine->glossary;
    if (glossary == NULL) {
        return GALLEY_OK;
    }
    struct named source;
    struct named target;
    source.n = target.n = 0;
    struct term_match match;
    for (size_t at = 0; unit->source != NULL && glossary_find(glossary, NULL, true, unit->source,
                                                              unit->source_len, &at, &match);) {
        add_named(&source, &match);
    }
    const galley_status status = read_text(run, unit, glossary, &source, &target);
    return status == GALLEY_OK ? report_missing(run, unit, glossary, &source, &target) : status;
}

const struct check check_terminology = {
    .name = "terminology",
    .its_type = "terminology",
    .mqm = "terminology/wrong-term",
    .summary = "terms that the glossary forbids, or has otherwise",
    .explanation =
        "A term that a glossary of the setting `glossary` (TBX or a table) forbids (major), and a "
        "term of the source whose translation in the text is none of the glossary's (minor). Other "
        "endings of the right term are left alone.",
    .severity = GALLEY_MAJOR,
    .uses_source = true,
    .unit = check_unit,
};
