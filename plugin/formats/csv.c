/*
 * Tables with a heading: comma-separated values (RFC 4180; semicolons too, as spreadsheets of half
 * of Europe write them) and tab-separated values. The settings `text-column` and `source-column`
 * name the columns; without them a few usual names do, and the language's tag.
 *
 * Annotated, a table has one column more, named "galley", with the issues of each row.
 */
#include "base/ascii.h"
#include "base/error.h"
#include "formats/annotation.h"
#include "formats/unit_builder.h"

#include <string.h>

static const char own_column[] = "galley";

struct field {
    size_t begin, end; /* of the value, between the quotation marks of a quoted one */
    size_t behind;     /* of the separator or line break that ends it, or the text's end */
    bool quoted;
    bool last; /* of its row */
};

/* How the fields of one table are divided. */
struct table {
    const char *text;
    size_t len;
    char separator;
};

struct state {
    struct table table;
    size_t at;                         /* the next row */
    size_t text_column, source_column; /* SIZE_MAX: none */
    struct unit_builder text, source;
};

/* ---- rows and fields ---- */

static char find_separator(const char *text, size_t len) {
    static const char separators[] = {',', ';', '\t'};
    size_t counts[sizeof separators] = {0};
    bool quoted = false;
    for (size_t i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        quoted ^= text[i] == '"';
        for (size_t k = 0; k < sizeof separators && !quoted; k++) {
            counts[k] += text[i] == separators[k];
        }
    }
    size_t best = 0;
    for (size_t k = 1; k < sizeof separators; k++) {
        best = counts[k] > counts[best] ? k : best;
    }
    return separators[best];
}

static struct table table_of(const char *text, size_t len) {
    return (struct table){.text = text, .len = len, .separator = find_separator(text, len)};
}

static bool ends_field(const struct table *table, size_t at) {
    const char c = at < table->len ? table->text[at] : '\n';
    return c == table->separator || c == '\n' || c == '\r';
}

/* Behind the quotation mark that closes the field which opens at `at`; SIZE_MAX when none does. */
static size_t closing_mark(const struct table *table, size_t at) {
    for (at++; at < table->len; at++) {
        const char *mark = memchr(table->text + at, '"', table->len - at);
        if (mark == NULL) {
            return SIZE_MAX;
        }
        at = (size_t)(mark - table->text) + 1;
        if (at == table->len || table->text[at] != '"') {
            return at;
        }
    }
    return SIZE_MAX;
}

/* The field at `at`. False for a quoted one that nothing closes. Tab-separated values have no
 * quotation (IANA, text/tab-separated-values). */
static bool read_field(const struct table *table, size_t at, struct field *field) {
    *field = (struct field){.begin = at};
    size_t end = at;
    if (table->separator != '\t' && at < table->len && table->text[at] == '"') {
        end = closing_mark(table, at);
        if (end == SIZE_MAX || !ends_field(table, end)) {
            return false;
        }
        field->quoted = true;
        field->begin = at + 1;
        field->end = end - 1;
    } else {
        while (end < table->len && !ends_field(table, end)) {
            end++;
        }
        field->end = end;
    }
    field->behind = end;
    field->last = end >= table->len || table->text[end] != table->separator;
    return true;
}

/* Where the next field or row begins behind the field. */
static size_t next_place(const struct table *table, const struct field *field) {
    size_t at = field->behind;
    if (at < table->len && field->last && table->text[at] == '\r') {
        at++;
        return at < table->len && table->text[at] == '\n' ? at + 1 : at;
    }
    return at < table->len ? at + 1 : at;
}

static galley_status broken_field(struct reader *reader, size_t at) {
    const size_t line = error_line(reader->text, at);
    return error_set_at(reader->error, GALLEY_ERROR_FORMAT, at, line,
                        "nothing closes the quoted field that begins in line %zu", line);
}

/* ---- columns ---- */

static bool same_name(const struct table *table, const struct field *field, const char *name,
                      size_t len) {
    size_t begin = field->begin;
    size_t end = field->end;
    while (begin < end && ascii_is_space(table->text[begin])) {
        begin++;
    }
    while (end > begin && ascii_is_space(table->text[end - 1])) {
        end--;
    }
    return end - begin == len && ascii_same(table->text + begin, name, len);
}

/* Whether the field is one of `names`, which are divided by spaces. */
static bool is_named(const struct table *table, const struct field *field, const char *names) {
    while (*names != '\0') {
        const size_t len = strcspn(names, " ");
        if (same_name(table, field, names, len)) {
            return true;
        }
        names += len + (names[len] == ' ');
    }
    return false;
}

static const char text_names[] = "target translation text msgstr";
static const char source_names[] = "source original src msgid";

/* The heading's column for `wanted`, else for one of the usual names or the language. */
static galley_status find_column(struct reader *reader, const char *wanted, const char *usual,
                                 const char *language, size_t *column) {
    const struct table *table = &((struct state *)reader->state)->table;
    *column = SIZE_MAX;
    struct field field = {.last = false};
    for (size_t at = 0, n = 0; !field.last; n++, at = next_place(table, &field)) {
        if (!read_field(table, at, &field)) {
            return broken_field(reader, at);
        }
        const bool found = wanted[0] != '\0'
                               ? same_name(table, &field, wanted, strlen(wanted))
                               : is_named(table, &field, usual) ||
                                     (language[0] != '\0' &&
                                      (same_name(table, &field, language, strlen(language)) ||
                                       same_name(table, &field, language, strcspn(language, "-"))));
        if (found && *column == SIZE_MAX) {
            *column = n;
        }
    }
    return GALLEY_OK;
}

static galley_status no_column(struct reader *reader) {
    if (reader->text_column[0] != '\0') {
        return error_set_at(reader->error, GALLEY_ERROR_FORMAT, 0, 1,
                            "line 1 names no column “%.*s”", error_cut(strlen(reader->text_column)),
                            reader->text_column);
    }
    return error_set_at(reader->error, GALLEY_ERROR_FORMAT, 0, 1,
                        "line 1 names no column of text (target, translation, text or the "
                        "language); the setting “text-column” says which it is");
}

/* ---- reading ---- */

static unsigned detect(const char *text, size_t len) {
    const struct table table = table_of(text, len < 4096 ? len : 4096);
    struct field field = {.last = false};
    bool has_text = false;
    bool has_source = false;
    for (size_t at = 0; !field.last && read_field(&table, at, &field);
         at = next_place(&table, &field)) {
        has_text = has_text || is_named(&table, &field, text_names);
        has_source = has_source || is_named(&table, &field, source_names);
    }
    return has_text && has_source && field.last ? 30 : 0;
}

static galley_status begin(struct reader *reader) {
    struct state *state = arena_allocate_zeroed(reader->arena, sizeof *state);
    if (state == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    reader->state = state;
    state->table = table_of(reader->text, reader->len);
    if (reader->len == 0) {
        return GALLEY_OK;
    }
    galley_status status =
        find_column(reader, reader->text_column, text_names, reader->language, &state->text_column);
    if (status == GALLEY_OK) {
        status = find_column(reader, reader->source_column, source_names, reader->source_language,
                             &state->source_column);
    }
    if (status == GALLEY_OK && state->text_column == SIZE_MAX) {
        status = no_column(reader);
    }
    struct field field = {.last = false};
    while (status == GALLEY_OK && !field.last) {
        read_field(&state->table, state->at, &field);
        state->at = next_place(&state->table, &field);
    }
    return status;
}

/* The field's text; a doubled quotation mark is one. */
static galley_status build(struct reader *reader, struct unit_builder *builder,
                           const struct field *field) {
    unit_builder_begin(builder, reader);
    builder->keep_space = true;
    builder->syntax = field->quoted ? SYNTAX_CSV_FIELD : SYNTAX_CSV_BARE;
    galley_status status = GALLEY_OK;
    size_t plain = field->begin;
    for (size_t at = plain; field->quoted && status == GALLEY_OK; at = plain) {
        const char *mark = memchr(reader->text + at, '"', field->end - at);
        if (mark == NULL) {
            break;
        }
        const size_t place = (size_t)(mark - reader->text);
        status = unit_builder_add(builder, plain, place);
        if (status == GALLEY_OK) {
            status = unit_builder_add_character(builder, '"', place, place + 2);
        }
        plain = place + 2;
    }
    return status == GALLEY_OK ? unit_builder_add(builder, plain, field->end) : status;
}

/* Reads the row at state->at; the fields stay empty where the row has no such column. */
static galley_status read_row(struct reader *reader, struct field *text, struct field *source) {
    struct state *state = reader->state;
    struct field field = {.last = false};
    *text = *source = field;
    for (size_t n = 0; !field.last; n++) {
        if (!read_field(&state->table, state->at, &field)) {
            return broken_field(reader, state->at);
        }
        if (n == state->text_column) {
            *text = field;
        } else if (n == state->source_column) {
            *source = field;
        }
        state->at = next_place(&state->table, &field);
    }
    return GALLEY_OK;
}

static galley_status next(struct reader *reader, struct unit *unit, bool *found) {
    struct state *state = reader->state;
    galley_status status = GALLEY_OK;
    *found = false;
    while (!*found && state->at < reader->len && status == GALLEY_OK) {
        struct field text;
        struct field source;
        status = read_row(reader, &text, &source);
        if (status == GALLEY_OK) {
            status = build(reader, &state->text, &text);
        }
        if (status != GALLEY_OK || !unit_builder_has_text(&state->text)) {
            continue;
        }
        *found = true;
        unit_builder_finish(&state->text, unit);
        unit->kind = UNIT_SEGMENT;
        status = build(reader, &state->source, &source);
        if (status == GALLEY_OK && unit_builder_has_text(&state->source)) {
            struct unit original = {0};
            unit_builder_finish(&state->source, &original);
            unit->source = original.text;
            unit->source_len = original.len;
        }
    }
    return status;
}

/* ---- annotations ---- */

/* The issues of a row as the value of its last field. */
static void write_notes(struct output *out, const struct table *table,
                        const struct annotation *annotation, size_t first, size_t behind) {
    const char separator[] = {table->separator};
    output_bytes(out, separator, sizeof separator);
    if (first == behind) {
        return;
    }
    output_text(out, table->separator == '\t' ? "" : "\"");
    for (size_t i = first; i < behind; i++) {
        output_text(out, i == first ? "" : " | ");
        annotation_write_field(out, &annotation->notes[i], table->separator != '\t');
    }
    output_text(out, table->separator == '\t' ? "" : "\"");
}

static galley_status annotate(const struct annotation *annotation, struct edits *edits) {
    const struct table table = table_of(annotation->text, annotation->len);
    galley_status status = GALLEY_OK;
    size_t next_note = 0;
    struct field field;
    for (size_t at = 0; at < table.len && status == GALLEY_OK; at = next_place(&table, &field)) {
        const bool heading = at == 0;
        do {
            if (!read_field(&table, at, &field)) {
                return GALLEY_ERROR_FORMAT;
            }
            at = field.last ? at : next_place(&table, &field);
        } while (!field.last);
        const size_t first = next_note;
        while (next_note < annotation->n_notes &&
               annotation->notes[next_note].begin <= field.behind) {
            next_note++;
        }
        struct output *out = edits_begin(edits, field.behind, field.behind, EDIT_QUESTION);
        if (heading) {
            const char separator[] = {table.separator};
            output_bytes(out, separator, sizeof separator);
            output_text(out, own_column);
        } else {
            write_notes(out, &table, annotation, first, next_note);
        }
        status = edits_end(edits);
    }
    return status;
}

/* The last field of every row, where the heading's is ours. */
static galley_status strip(const char *text, size_t len, struct edits *edits) {
    const struct table table = table_of(text, len);
    galley_status status = GALLEY_OK;
    struct field field;
    for (size_t at = 0; at < len && status == GALLEY_OK; at = next_place(&table, &field)) {
        const bool heading = at == 0;
        size_t n = 0;
        for (;; n++) {
            if (!read_field(&table, at, &field)) {
                return GALLEY_ERROR_FORMAT;
            }
            if (field.last) {
                break;
            }
            at = next_place(&table, &field);
        }
        if (heading && (n == 0 || !same_name(&table, &field, own_column, strlen(own_column)))) {
            return GALLEY_OK;
        }
        if (n > 0) {
            status = edits_delete(edits, at - 1, field.behind);
        }
    }
    return status;
}

const struct format format_csv = {
    .name = "csv",
    .summary = "tables with named columns, divided by commas, semicolons or tabs",
    .extensions = ".csv .tsv .tab",
    .collects = true,
    .detect = detect,
    .begin = begin,
    .next = next,
    .annotate = annotate,
    .strip = strip,
};
