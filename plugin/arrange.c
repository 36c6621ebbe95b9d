/*
 * Behind the last check of a section, issues that another one explains better are dropped. Behind
 * that of the document the rest is ordered. Then, when it is known which of them are waived, every
 * place gets its offset in the input, its line and its column in one pass over the text.
 */
#include "document.h"
#include "people.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

static int compare_sizes(size_t a, size_t b) {
    return (a > b) - (a < b);
}

/* Begins first, then the longer one, then the check that covers others, then the list's order. */
static int compare_for_cover(const void *left, const void *right) {
    const struct issue *a = *(const struct issue *const *)left;
    const struct issue *b = *(const struct issue *const *)right;
    int order = compare_sizes(a->place.span.begin, b->place.span.begin);
    if (order == 0) {
        order = compare_sizes(b->place.span.end, a->place.span.end);
    }
    if (order == 0) {
        order = (b->check->covers != NULL) - (a->check->covers != NULL);
    }
    if (order == 0) {
        order = compare_sizes(registry_check_index(a->check), registry_check_index(b->check));
    }
    return order;
}

static int compare_for_report(const void *left, const void *right) {
    const struct issue *a = *(const struct issue *const *)left;
    const struct issue *b = *(const struct issue *const *)right;
    int order = compare_sizes(a->place.span.begin, b->place.span.begin);
    if (order == 0) {
        order = compare_sizes(a->place.span.end, b->place.span.end);
    }
    return order != 0 ? order : strcmp(a->check->name, b->check->name);
}

static int compare_places(const void *left, const void *right) {
    const struct place *a = *(const struct place *const *)left;
    const struct place *b = *(const struct place *const *)right;
    return compare_sizes(a->span.begin, b->span.begin);
}

static int compare_warnings(const void *left, const void *right) {
    const struct warning *a = left;
    const struct warning *b = right;
    const int order = compare_sizes(a->place.span.begin, b->place.span.begin);
    return order != 0 ? order : strcmp(a->message.data, b->message.data);
}

/* Sweeps over the issues and keeps, for each check, how far the text is covered against it. */
static void drop_covered(struct galley_document *document) {
    size_t covered[REGISTRY_CHECKS_MAX] = {0};
    const struct issue *last[REGISTRY_CHECKS_MAX] = {NULL};
    size_t n_kept = document->section_issue;
    for (size_t i = n_kept; i < document->n_issues; i++) {
        struct issue *issue = document->issues[i];
        const size_t index = registry_check_index(issue->check);
        const struct span span = issue->place.span;
        const bool twice = last[index] != NULL && last[index]->place.span.begin == span.begin &&
                           last[index]->place.span.end == span.end;
        const bool silenced = document->only_check != NULL && document->only_check != issue->check;
        if (twice || silenced || (span.end <= covered[index] && span.begin < span.end)) {
            continue;
        }
        if (!issue->is_excuse) {
            last[index] = issue;
            document->issues[n_kept++] = issue;
        }
        const uint64_t itself = UINT64_C(1) << index;
        for (uint64_t others = document->engine->checks[index].covers & ~itself; others != 0;
             others &= others - 1) {
            const size_t other = (size_t)__builtin_ctzll(others);
            covered[other] = span.end > covered[other] ? span.end : covered[other];
        }
    }
    document->n_issues = n_kept;
}

void document_arrange_section(struct galley_document *document) {
    const size_t first = document->section_issue;
    if (document->n_issues > first) {
        qsort(document->issues + first, document->n_issues - first, sizeof *document->issues,
              compare_for_cover);
        drop_covered(document);
    }
    document->section_issue = document->n_issues;
    document->only_check = NULL;
}

void document_arrange(struct galley_document *document) {
    if (document->n_issues > 0) {
        qsort(document->issues, document->n_issues, sizeof *document->issues, compare_for_report);
    }
}

/* ---- lines ---- */

static size_t next_line(const struct line_finder *finder, size_t end) {
    const char *from = finder->text + finder->at;
    const char *feed = memchr(from, '\n', end - finder->at);
    const size_t line = feed == NULL ? end : (size_t)(feed - finder->text) + 1;
    if (finder->lone_carriage_returns) {
        const char *carriage = memchr(from, '\r', line - finder->at);
        if (carriage != NULL &&
            (carriage + 1 == finder->text + finder->len || carriage[1] != '\n')) {
            return (size_t)(carriage - finder->text) + 1;
        }
    }
    return line;
}

/* Moves to the next line break before `offset`, or to it; whether it was a break. */
static bool move_on(struct line_finder *finder, size_t offset) {
    const size_t line = next_line(finder, offset);
    const char last = finder->text[line - 1];
    passed_to(&finder->passed, line);
    const bool at_break = last == '\n' || (finder->lone_carriage_returns && last == '\r' &&
                                           (line == finder->len || finder->text[line] != '\n'));
    finder->at = line;
    finder->line += at_break;
    return at_break;
}

/* Where a scan over the text stands. */
struct cursor {
    struct line_finder lines;
    size_t column_at, column;
};

/* Moves to `offset`, which is not before where the cursor stands. */
static void cursor_move(struct cursor *cursor, size_t offset) {
    while (cursor->lines.at < offset) {
        if (move_on(&cursor->lines, offset)) {
            cursor->column_at = cursor->lines.at;
            cursor->column = 1;
        }
    }
    for (; cursor->column_at < offset; cursor->column_at++) {
        cursor->column += !utf8_is_continuation(cursor->lines.text[cursor->column_at]);
    }
}

/* Whether a carriage return stands without a line feed behind it: then it breaks lines itself. */
static bool has_lone_carriage_return(const char *text, size_t len, struct passed passed) {
    bool found = false;
    for (size_t at = 0; at < len && !found;) {
        const size_t piece = len - at < PASSED_PIECE ? len - at : PASSED_PIECE;
        const char *carriage = memchr(text + at, '\r', piece);
        at = carriage == NULL ? at + piece : (size_t)(carriage - text) + 1;
        found = carriage != NULL && at < len && text[at] != '\n';
        passed_to(&passed, at);
    }
    passed_all(&passed, len);
    return found;
}

static struct line_finder first_line(const struct galley_document *document) {
    const struct decoded *decoded = &document->decoded;
    struct passed passed = document->passed;
    passed.told = 0;
    return (struct line_finder){
        .text = decoded->text,
        .len = decoded->len,
        .line = 1,
        .lone_carriage_returns = has_lone_carriage_return(decoded->text, decoded->len, passed),
        .passed = passed,
    };
}

void line_finder_init(struct line_finder *finder, struct galley_document *document) {
    if (document->section_lines.line == 0) {
        document->section_lines = first_line(document);
    }
    line_finder_line(&document->section_lines, document->section_begin);
    *finder = document->section_lines;
}

size_t line_finder_line(struct line_finder *finder, size_t offset) {
    while (finder->at < offset) {
        move_on(finder, offset);
    }
    return finder->line;
}

static size_t count_places(const struct galley_document *document) {
    size_t n = document->n_issues + document->n_warnings;
    for (size_t i = 0; i < document->n_issues; i++) {
        n += document->issues[i]->n_related;
    }
    for (size_t i = 0; i < document->n_people; i++) {
        n += document->people[i].n_mentions + document->people[i].n_quotations;
    }
    return n;
}

static void collect_places(struct galley_document *document, struct place **places) {
    size_t n = 0;
    for (size_t i = 0; i < document->n_issues; i++) {
        struct issue *issue = document->issues[i];
        places[n++] = &issue->place;
        for (size_t k = 0; k < issue->n_related; k++) {
            places[n++] = &issue->related[k].place;
        }
    }
    for (size_t i = 0; i < document->n_warnings; i++) {
        places[n++] = &document->warnings[i].place;
    }
    for (size_t i = 0; i < document->n_people; i++) {
        const struct person *person = &document->people[i];
        for (size_t k = 0; k < person->n_mentions; k++) {
            places[n++] = &person->mentions[k].place;
        }
        for (size_t k = 0; k < person->n_quotations; k++) {
            places[n++] = &person->quotations[k].place;
        }
    }
}

/* Walks over the text once, from place to place. */
static galley_status locate_all(struct galley_document *document, struct place **places, size_t n) {
    const struct decoded *decoded = &document->decoded;
    struct cursor cursor = {.lines = first_line(document), .column = 1};
    for (size_t i = 0; i < n; i++) {
        struct place *place = places[i];
        const struct span span = place->span;
        cursor_move(&cursor, span.begin);
        place->line = cursor.lines.line;
        place->column = cursor.column;
        place->offset = decoded_input_offset(decoded, span.begin, false);
        place->length = span.end == span.begin
                            ? 0
                            : decoded_input_offset(decoded, span.end, true) - place->offset;
        place->text =
            arena_copy(&document->arena, decoded->text + span.begin, span.end - span.begin);
        if (place->text.data == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    passed_all(&cursor.lines.passed, decoded->len);
    return GALLEY_OK;
}

galley_status document_locate(struct galley_document *document) {
    const size_t n = count_places(document);
    if (n == 0) {
        return GALLEY_OK;
    }
    struct place **places = memory_allocate(&document->memory, n * sizeof *places);
    if (places == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    collect_places(document, places);
    qsort(places, n, sizeof *places, compare_places);
    const galley_status status = locate_all(document, places, n);
    memory_free(&document->memory, places);
    if (document->n_warnings > 0) {
        qsort(document->warnings, document->n_warnings, sizeof *document->warnings,
              compare_warnings);
    }
    return status;
}

size_t document_find_issue(const struct galley_document *document, size_t place) {
    size_t low = 0;
    size_t high = document->n_issues;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (document->issues[middle]->place.span.begin < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
