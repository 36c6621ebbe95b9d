/*
 * Glossaries as tables (RFC 4180, with commas, semicolons or tabs): source, target, status. The
 * first line may name the columns, in any order: "source", "target" and "status", or languages
 * ("de", "en"). A status of "forbidden", "deprecated" or "superseded" forbids the target; a row
 * without a source forbids it wherever it stands. Lines that begin with "#" are comments.
 */
#include "bilingual/glossary.h"

#include "base/error.h"

#include <string.h>

enum { COLUMNS_MAX = 16, FIELD_LEN_MAX = 512 };

struct row {
    char fields[COLUMNS_MAX][FIELD_LEN_MAX];
    size_t n;
};

struct table_reader {
    struct glossary_making *making;
    galley_string content;
    size_t at, line;
    char divider;
    size_t source, target, status; /* columns */
    uint32_t concept;              /* of the row before */
    char last_source[FIELD_LEN_MAX];
};

/* What stands most often in the first line that is no comment. */
static char find_divider(galley_string content) {
    size_t counts[3] = {0};
    static const char dividers[] = "\t;,";
    bool is_comment = content.len > 0 && content.data[0] == '#';
    for (size_t i = 0; i < content.len; i++) {
        if (content.data[i] == '\n') {
            if (!is_comment) {
                break;
            }
            is_comment = i + 1 < content.len && content.data[i + 1] == '#';
        }
        const char *found = is_comment ? NULL : memchr(dividers, content.data[i], 3);
        if (found != NULL) {
            counts[found - dividers]++;
        }
    }
    return counts[0] > 0 ? '\t' : counts[1] > 0 ? ';' : ',';
}

/* Reads one field; *at is left on the divider or line end behind it. What is longer is cut. */
static void read_field(struct table_reader *reader, char *field) {
    const galley_string content = reader->content;
    size_t n = 0;
    bool quoted = reader->at < content.len && content.data[reader->at] == '"';
    reader->at += quoted;
    while (reader->at < content.len) {
        const char c = content.data[reader->at];
        if (quoted && c == '"') {
            if (reader->at + 1 < content.len && content.data[reader->at + 1] == '"') {
                reader->at++;
            } else {
                quoted = false;
                reader->at++;
                continue;
            }
        } else if (!quoted && (c == reader->divider || c == '\n')) {
            break;
        }
        reader->line += c == '\n';
        if (n + 1 < FIELD_LEN_MAX && c != '\r') {
            field[n++] = c;
        }
        reader->at++;
    }
    while (n > 0 && (field[n - 1] == ' ' || ((unsigned char)field[n - 1] & 0xC0) == 0x80)) {
        if (field[n - 1] != ' ' && n + 1 < FIELD_LEN_MAX) {
            break; /* the end of a whole character */
        }
        n--;
    }
    field[n] = '\0';
}

/* False behind the last row. */
static bool read_row(struct table_reader *reader, struct row *row) {
    row->n = 0;
    if (reader->at >= reader->content.len) {
        return false;
    }
    reader->line++;
    for (;;) {
        char ignored[FIELD_LEN_MAX];
        read_field(reader, row->n < COLUMNS_MAX ? row->fields[row->n] : ignored);
        row->n += row->n < COLUMNS_MAX;
        if (reader->at >= reader->content.len || reader->content.data[reader->at++] == '\n') {
            return true;
        }
    }
}

/* Takes the first row as the columns' names where it has them. */
static bool take_names(struct table_reader *reader, const struct row *row) {
    bool has_source = false;
    bool has_target = false;
    for (size_t i = 0; i < row->n; i++) {
        const char *name = row->fields[i];
        const size_t len = strlen(name);
        bool is_source = false;
        if (strcmp(name, "status") == 0) {
            reader->status = i;
        } else if (strcmp(name, "source") == 0 || strcmp(name, "target") == 0) {
            is_source = name[0] == 's';
        } else if (len < 2 || len > 10 || (name[2] != '\0' && name[2] != '-') ||
                   !glossary_wants(reader->making, name, &is_source)) {
            continue;
        }
        if (strcmp(name, "status") != 0) {
            *(is_source ? &reader->source : &reader->target) = i;
            *(is_source ? &has_source : &has_target) = true;
        }
    }
    return has_source && has_target;
}

static galley_status add_row(struct table_reader *reader, const struct row *row) {
    const char *source = reader->source < row->n ? row->fields[reader->source] : "";
    const char *target = reader->target < row->n ? row->fields[reader->target] : "";
    const char *word = reader->status < row->n ? row->fields[reader->status] : "";
    const bool is_forbidden = strcmp(word, "forbidden") == 0 || strcmp(word, "deprecated") == 0 ||
                              strcmp(word, "superseded") == 0;
    galley_status status = GALLEY_OK;
    if (target[0] == '\0' || (source[0] == '\0' && !is_forbidden)) {
        return GALLEY_OK;
    }
    /* Rows of one source in a row are one concept. */
    if (source[0] == '\0' || strcmp(source, reader->last_source) != 0) {
        status = glossary_add_concept(reader->making, &reader->concept);
        if (status == GALLEY_OK) {
            status = glossary_add_term(reader->making, reader->concept, true, false, source,
                                       strlen(source));
        }
        strcpy(reader->last_source, source);
    }
    return status == GALLEY_OK ? glossary_add_term(reader->making, reader->concept, false,
                                                   is_forbidden, target, strlen(target))
                               : status;
}

galley_status glossary_read_table(struct glossary_making *making, galley_string content) {
    struct table_reader *reader = arena_allocate_zeroed(&making->glossary->arena, sizeof *reader);
    struct row *row = arena_allocate(&making->glossary->arena, sizeof *row);
    if (reader == NULL || row == NULL) {
        return error_set(making->error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *reader = (struct table_reader){.making = making,
                                    .content = content,
                                    .divider = find_divider(content),
                                    .target = 1,
                                    .status = 2};
    galley_status status = GALLEY_OK;
    for (bool first = true; status == GALLEY_OK && read_row(reader, row);) {
        if (row->fields[0][0] == '#') {
            continue;
        }
        if (first) {
            first = false;
            if (take_names(reader, row)) {
                continue;
            }
        }
        if (row->n < 2 && row->fields[0][0] != '\0') {
            return error_set_at(making->error, GALLEY_ERROR_SETTINGS, 0, reader->line,
                                "%s:%zu: not “source, target, status”", making->path, reader->line);
        }
        status = add_row(reader, row);
    }
    return status;
}
