/*
 * Suggestions in place of issues. Only what a suggestion changes is touched: what it has in common
 * with the issue's text at both ends stays as it is written, and the rest must lie in one stretch
 * of text without markup.
 */
#include "annotate.h"
#include "base/ascii.h"
#include "base/error.h"
#include "formats/edits.h"
#include "text/utf8.h"

#include <string.h>

/* ITS types of issues that are slips of the hand, or settled by the house's own rules. The others
 * are about what the text says. */
static bool is_slip(const char *its_type) {
    static const char *const slips[] = {"misspelling", "typographical", "whitespace",
                                        "duplication", "characters",    "style"};
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        if (strcmp(its_type, slips[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool galley_document_fixable(const galley_document *document, size_t issue) {
    return document != NULL && issue < document->n_issues &&
           document->issues[issue]->n_suggestions == 1 &&
           document->issues[issue]->severity > GALLEY_NEUTRAL &&
           document->issues[issue]->waiver == NULL &&
           is_slip(document->issues[issue]->check->its_type);
}

struct fixing {
    const struct galley_document *document;
    struct edits edits;
    size_t *chosen; /* of each issue, or GALLEY_FIX_NONE */
    size_t n_fixed;
};

/* A change of a unit's text: [begin, end) becomes text. */
struct change {
    size_t begin, end;
    const char *text;
    size_t len;
};

/* Takes away what old and new text have in common at their ends, whole characters only. */
static void narrow(struct change *change, const char *old) {
    size_t same = 0;
    while (change->begin + same < change->end && same < change->len &&
           old[change->begin + same] == change->text[same]) {
        same++;
    }
    while (same > 0 && ((change->begin + same < change->end &&
                         utf8_is_continuation(old[change->begin + same])) ||
                        (same < change->len && utf8_is_continuation(change->text[same])))) {
        same--;
    }
    change->begin += same;
    change->text += same;
    change->len -= same;
    same = 0;
    while (change->begin + same < change->end && same < change->len &&
           old[change->end - 1 - same] == change->text[change->len - 1 - same]) {
        same++;
    }
    while (same > 0 && utf8_is_continuation(change->text[change->len - same])) {
        same--;
    }
    change->end -= same;
    change->len -= same;
}

/* Where the change belongs in the document. */
static struct span change_span(const struct unit *unit, const struct change *change,
                               const char *text) {
    struct span span;
    if (change->begin == change->end) {
        span.begin = span.end = unit_document_offset(unit, change->begin, change->begin > 0);
        return span;
    }
    span.begin = unit_document_offset(unit, change->begin, false);
    span.end = unit_document_offset(unit, change->end, true);
    if (ascii_is_space(unit->text[change->end - 1]) && change->end < unit->len) {
        /* White space that was read as one space goes as a whole. */
        size_t next = unit_document_offset(unit, change->end, false);
        for (size_t i = span.end; i < next; i++) {
            if (!ascii_is_space(text[i])) {
                next = span.end;
            }
        }
        span.end = next > span.end ? next : span.end;
    }
    return span;
}

/* The piece that holds all of the span, or NULL. */
static const struct piece *find_piece(const struct unit *unit, struct span span) {
    size_t low = 0; /* the first piece that ends at or behind the span's end */
    size_t high = unit->n_pieces;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (unit->pieces[middle].end < span.end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < unit->n_pieces && unit->pieces[low].begin <= span.begin ? &unit->pieces[low]
                                                                         : NULL;
}

static void write_character(struct output *out, char c, enum syntax syntax) {
    const char *escaped = NULL;
    switch (syntax) {
    case SYNTAX_XML_ATTRIBUTE:
        escaped = c == '"' ? "&quot;" : c == '\'' ? "&#39;" : c == '\n' ? "&#10;" : NULL;
        /* fall through */
    case SYNTAX_XML_TEXT:
    case SYNTAX_RAW_TEXT:
        escaped = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : escaped;
        break;
    case SYNTAX_C_STRING:
    case SYNTAX_JSON_STRING:
        escaped = c == '"'    ? "\\\""
                  : c == '\\' ? "\\\\"
                  : c == '\n' ? "\\n"
                  : c == '\t' ? "\\t"
                              : NULL;
        break;
    case SYNTAX_CSV_FIELD:
        escaped = c == '"' ? "\"\"" : NULL;
        break;
    case SYNTAX_PLAIN:
    case SYNTAX_CSV_BARE:
    case SYNTAX_CDATA:
    case SYNTAX_MARKDOWN:
        break;
    }
    if (escaped == NULL) {
        output_bytes(out, &c, 1);
    } else {
        output_text(out, escaped);
    }
}

static enum edit_fallback fallback_of(enum syntax syntax) {
    switch (syntax) {
    case SYNTAX_XML_TEXT:
    case SYNTAX_XML_ATTRIBUTE:
    case SYNTAX_RAW_TEXT:
        return EDIT_REFERENCE;
    case SYNTAX_JSON_STRING:
        return EDIT_JSON;
    default:
        return EDIT_FAIL;
    }
}

/* Whether the text may stand there as it is: a section must not end early, and no syntax here has
 * control characters. */
static bool can_stand(const struct change *change, enum syntax syntax) {
    for (size_t i = 0; i < change->len; i++) {
        const char c = change->text[i];
        if (((unsigned char)c < 0x20 && !ascii_is_space(c)) ||
            (syntax == SYNTAX_CDATA && (c == ']' || c == '>')) ||
            (syntax == SYNTAX_CSV_BARE && strchr(",;\t\r\n\"", c) != NULL)) {
            return false;
        }
    }
    return true;
}

/* Applies one suggestion where that can be done; `limit` is how far the unit was changed. */
static galley_status fix_issue(struct fixing *fixing, const struct unit *unit, size_t index,
                               size_t *limit) {
    const struct issue *issue = fixing->document->issues[index];
    const galley_string suggestion = issue->suggestions[fixing->chosen[index]];
    struct change change = {.text = suggestion.data, .len = suggestion.len};
    const struct span whole = issue->place.span;
    if (!unit_text_offset(unit, whole.begin, false, &change.begin) ||
        !unit_text_offset(unit, whole.end, whole.end > whole.begin, &change.end) ||
        change.end < change.begin || change.begin < *limit) {
        return GALLEY_OK;
    }
    const size_t end = change.end;
    narrow(&change, unit->text);
    const struct span span = change_span(unit, &change, fixing->document->decoded.text);
    const struct piece *piece = find_piece(unit, span);
    if (piece == NULL || !can_stand(&change, piece->syntax) ||
        (change.len == 0 && change.begin == change.end)) {
        return GALLEY_OK;
    }
    struct output *out =
        edits_begin(&fixing->edits, span.begin, span.end, fallback_of(piece->syntax));
    for (size_t i = 0; i < change.len; i++) {
        write_character(out, change.text[i], piece->syntax);
    }
    fixing->n_fixed++;
    /* A change of nothing but a place still takes that place. */
    *limit = end > change.begin ? end : change.begin + 1;
    return edits_end(&fixing->edits);
}

static galley_status fix_unit(void *context, const struct unit *unit) {
    struct fixing *fixing = context;
    const struct galley_document *document = fixing->document;
    if (unit->n_pieces == 0) {
        return GALLEY_OK;
    }
    const size_t end = unit->pieces[unit->n_pieces - 1].end;
    size_t limit = 0;
    galley_status status = GALLEY_OK;
    for (size_t i = document_find_issue(document, unit->pieces[0].begin);
         i < document->n_issues && document->issues[i]->place.span.begin <= end &&
         status == GALLEY_OK;
         i++) {
        if (fixing->chosen[i] != GALLEY_FIX_NONE) {
            status = fix_issue(fixing, unit, i, &limit);
        }
    }
    return status;
}

static galley_status choose_all(struct fixing *fixing, const galley_fix_options *options,
                                galley_error *error) {
    const struct galley_document *document = fixing->document;
    for (size_t i = 0; i < document->n_issues; i++) {
        const size_t n = document->issues[i]->n_suggestions;
        fixing->chosen[i] = GALLEY_FIX_NONE;
        if (options != NULL && options->choose != NULL) {
            if (n > 0) {
                fixing->chosen[i] = options->choose(options->context, document, i);
            }
        } else if (galley_document_fixable(document, i)) {
            fixing->chosen[i] = 0;
        }
        if (fixing->chosen[i] != GALLEY_FIX_NONE && fixing->chosen[i] >= n) {
            return error_set(error, GALLEY_ERROR_ARGUMENT,
                             "issue %zu has %zu suggestions; there is no number %zu", i, n,
                             fixing->chosen[i]);
        }
    }
    return GALLEY_OK;
}

/* Each piece of markup is found by its place, so the units may come in any order. */
static galley_status fix_all(struct fixing *fixing, galley_error *error) {
    const struct galley_document *document = fixing->document;
    struct arena arena;
    arena_init(&arena, &document->memory);
    const galley_status status = document_each_unit(
        document, document->decoded.text, document->decoded.len, &arena, fix_unit, fixing, error);
    arena_finish(&arena);
    edits_sort(&fixing->edits);
    return status;
}

galley_status galley_document_fix(const galley_document *document,
                                  const galley_fix_options *options, galley_write write,
                                  void *context, size_t *n_fixed, galley_error *error) {
    if (document == NULL || write == NULL || (options != NULL && options->size < sizeof *options)) {
        return error_set(error, GALLEY_ERROR_ARGUMENT,
                         "a NULL pointer where one is needed, or options of too small a size");
    }
    struct fixing fixing = {.document = document};
    edits_init(&fixing.edits, &document->memory);
    fixing.chosen =
        memory_allocate(&document->memory, (document->n_issues + 1) * sizeof *fixing.chosen);
    galley_status status =
        fixing.chosen == NULL ? GALLEY_ERROR_MEMORY : choose_all(&fixing, options, error);
    if (status == GALLEY_OK && document->n_issues > 0) {
        status = fix_all(&fixing, error);
    }
    if (status == GALLEY_OK) {
        status = document_write(document, &fixing.edits, write, context, error);
    }
    if (status == GALLEY_ERROR_MEMORY) {
        error_set(error, status, "out of memory");
    }
    if (status == GALLEY_OK && n_fixed != NULL) {
        *n_fixed = fixing.n_fixed;
    }
    memory_free(&document->memory, fixing.chosen);
    edits_finish(&fixing.edits);
    return status;
}
