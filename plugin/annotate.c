/*
 * Writing a document back: with annotations in place, without them, or with suggestions applied
 * (fix.c). The reader runs once more over the text, and keeps which stretches of it are text;
 * everything else is the format's (formats/annotation.h).
 */
#include "annotate.h"

#include "base/error.h"
#include "document.h"
#include "formats/annotation.h"

#include <stdlib.h>
#include <string.h>

/* All that is made on the way, freed at once. */
struct annotating {
    const struct galley_document *document;
    struct arena arena;
    struct edits removed; /* annotations that the document had before */
    struct edits added;
    struct note *notes;
    struct mark *marks;
    const struct note **mark_notes;
    size_t n_marks, mark_capacity, n_mark_notes, mark_note_capacity;
    struct annotation annotation;
};

static galley_status no_annotations(const struct galley_document *document, galley_error *error) {
    return error_set(error, GALLEY_ERROR_UNSUPPORTED,
                     "the format “%s” has no place for annotations; ask for a report (“its”)",
                     document->format->name);
}

/* The text without the annotations that are in it. */
static galley_status take_stripped(struct annotating *annotating) {
    const struct decoded *decoded = &annotating->document->decoded;
    struct annotation *annotation = &annotating->annotation;
    struct edits *removed = &annotating->removed;
    const struct format *format = annotating->document->format;
    const galley_status status =
        format->strip == NULL ? GALLEY_OK : format->strip(decoded->text, decoded->len, removed);
    edits_sort(removed);
    annotation->text = decoded->text;
    annotation->len = decoded->len;
    if (status != GALLEY_OK || removed->n == 0) {
        return status;
    }
    char *text = arena_allocate(&annotating->arena, decoded->len + 1);
    if (text == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    size_t at = 0;
    size_t len = 0;
    for (size_t i = 0; i <= removed->n; i++) {
        const size_t begin = i < removed->n ? removed->items[i].begin : decoded->len;
        memcpy(text + len, decoded->text + at, begin - at);
        len += begin - at;
        at = i < removed->n ? removed->items[i].end : at;
    }
    text[len] = '\0';
    annotation->text = text;
    annotation->len = len;
    return GALLEY_OK;
}

struct note annotate_note(const struct issue *issue) {
    return (struct note){
        .begin = issue->place.span.begin,
        .end = issue->place.span.end,
        .check = issue->check->name,
        .its_type = issue->check->its_type,
        .severity = galley_severity_name(issue->severity),
        .its_severity = severity_its(issue->severity),
        .text = issue->place.text,
        .comment = issue->message,
        .suggestions = issue->suggestions,
        .n_suggestions = issue->n_suggestions,
        .waived = issue->waiver != NULL,
    };
}

static galley_status take_notes(struct annotating *annotating) {
    const struct galley_document *document = annotating->document;
    const size_t n = document->n_issues;
    annotating->notes = arena_allocate_zeroed(&annotating->arena, (n + 1) * sizeof(struct note));
    if (annotating->notes == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct issue *issue = document->issues[i];
        if (locks_own(&document->locks, issue->waiver)) {
            continue; /* what its tool has locked stays as it is */
        }
        struct note *note = &annotating->notes[n_kept++];
        *note = annotate_note(issue);
        note->begin = edits_forward(&annotating->removed, issue->place.span.begin);
        note->end = edits_forward(&annotating->removed, issue->place.span.end);
    }
    annotating->annotation.notes = annotating->notes;
    annotating->annotation.n_notes = n_kept;
    return GALLEY_OK;
}

static bool is_blank(const char *text, size_t begin, size_t end) {
    while (begin < end && memchr(" \t\r\n", text[begin], 4) != NULL) {
        begin++;
    }
    return begin == end;
}

/* Adds the mark [begin, end) with those of the notes that are to be seen there: white space between
 * two tags is no mark of an issue that has words elsewhere. */
static galley_status add_mark(struct annotating *annotating, size_t begin, size_t end,
                              enum syntax syntax, struct note *const *active, size_t n_active) {
    const struct memory *memory = &annotating->document->memory;
    const bool blank = is_blank(annotating->annotation.text, begin, end);
    if (!memory_grow(memory, &annotating->marks, &annotating->mark_capacity,
                     sizeof *annotating->marks, annotating->n_marks + 1) ||
        !memory_grow(memory, &annotating->mark_notes, &annotating->mark_note_capacity,
                     sizeof *annotating->mark_notes, annotating->n_mark_notes + n_active)) {
        return GALLEY_ERROR_MEMORY;
    }
    struct mark mark = {begin, end, syntax, annotating->n_mark_notes, 0};
    for (size_t i = 0; i < n_active; i++) {
        struct note *note = active[i];
        if (!blank || (note->begin >= begin && note->end <= end)) {
            note->n_marks++;
            annotating->mark_notes[mark.first_note + mark.n_notes++] = note;
        }
    }
    if (mark.n_notes > 0) {
        annotating->n_mark_notes += mark.n_notes;
        annotating->marks[annotating->n_marks++] = mark;
    }
    return GALLEY_OK;
}

/* The notes that cover the place where a sweep over a unit stands. */
struct sweep {
    struct note *active[MARK_NOTES_MAX];
    size_t n_active;
    size_t next; /* the first note that begins behind the place */
};

/* Takes out what ended at or before `at`, takes in what begins there. */
static void sweep_to(struct sweep *sweep, struct annotating *annotating, size_t at) {
    size_t n = 0;
    for (size_t i = 0; i < sweep->n_active; i++) {
        if (sweep->active[i]->end > at) {
            sweep->active[n++] = sweep->active[i];
        }
    }
    sweep->n_active = n;
    const size_t n_notes = annotating->annotation.n_notes;
    for (; sweep->next < n_notes && annotating->notes[sweep->next].begin <= at; sweep->next++) {
        struct note *note = &annotating->notes[sweep->next];
        if ((note->end > at || note->end == note->begin) && sweep->n_active < MARK_NOTES_MAX) {
            sweep->active[sweep->n_active++] = note;
        }
    }
}

/* Marks without length: something is missing here. They go before what begins at the same place. */
static galley_status add_empty_marks(struct annotating *annotating, struct sweep *sweep, size_t at,
                                     enum syntax syntax) {
    struct note *empty[MARK_NOTES_MAX];
    size_t n_empty = 0;
    size_t n = 0;
    for (size_t i = 0; i < sweep->n_active; i++) {
        struct note *note = sweep->active[i];
        if (note->begin == note->end) {
            if (note->begin == at) {
                empty[n_empty++] = note;
            }
        } else {
            sweep->active[n++] = note;
        }
    }
    sweep->n_active = n;
    return n_empty == 0 ? GALLEY_OK : add_mark(annotating, at, at, syntax, empty, n_empty);
}

static galley_status mark_piece(struct annotating *annotating, struct sweep *sweep,
                                const struct piece *piece) {
    galley_status status = GALLEY_OK;
    for (size_t at = piece->begin; status == GALLEY_OK;) {
        sweep_to(sweep, annotating, at);
        status = add_empty_marks(annotating, sweep, at, piece->syntax);
        if (at >= piece->end) {
            break;
        }
        size_t end = piece->end;
        if (sweep->next < annotating->annotation.n_notes &&
            annotating->notes[sweep->next].begin < end) {
            end = annotating->notes[sweep->next].begin;
        }
        for (size_t i = 0; i < sweep->n_active; i++) {
            if (sweep->active[i]->end < end) {
                end = sweep->active[i]->end;
            }
        }
        if (sweep->n_active > 0 && status == GALLEY_OK) {
            status = add_mark(annotating, at, end, piece->syntax, sweep->active, sweep->n_active);
        }
        at = end;
    }
    return status;
}

/* The first note that begins at or behind the place. */
static size_t find_note(const struct annotating *annotating, size_t place) {
    size_t low = 0;
    size_t high = annotating->annotation.n_notes;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (annotating->notes[middle].begin < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static galley_status mark_unit(void *context, const struct unit *unit) {
    struct annotating *annotating = context;
    if (unit->n_pieces == 0) {
        return GALLEY_OK;
    }
    struct sweep sweep = {.next = find_note(annotating, unit->pieces[0].begin)};
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_pieces && status == GALLEY_OK; i++) {
        status = mark_piece(annotating, &sweep, &unit->pieces[i]);
    }
    return status;
}

galley_status document_each_unit(const struct galley_document *document, const char *text,
                                 size_t len, struct arena *arena,
                                 galley_status (*take)(void *context, const struct unit *unit),
                                 void *context, galley_error *error) {
    struct reader reader = {
        .format = document->format,
        .arena = arena,
        .text = text,
        .len = len,
        .uri = document->uri.data,
        .language = document->language.data,
        .source_language = document->engine->source_language.data,
        .its_rules = document->engine->its_rules,
        .n_its_rules = document->engine->n_its_rules,
        .text_column = document->engine->text_column.data,
        .source_column = document->engine->source_column.data,
        .keeps_pieces = true,
        .error = error,
    };
    galley_status status = reader.format->begin(&reader);
    while (status == GALLEY_OK) {
        struct unit unit = {0};
        bool found = false;
        status = reader.format->next(&reader, &unit, &found);
        if (status != GALLEY_OK || !found) {
            break;
        }
        const struct piece whole = {unit.document_offset, unit.document_offset + unit.len,
                                    SYNTAX_PLAIN};
        if (unit.map == NULL && unit.pieces == NULL) {
            unit.pieces = &whole;
            unit.n_pieces = 1;
        }
        status = take(context, &unit);
    }
    if (reader.format->finish != NULL) {
        reader.format->finish(&reader);
    }
    return status;
}

/* The edited part of an archive, as it is written. */
struct part {
    const struct memory *memory;
    char *text;
    size_t len, capacity;
};

static bool keep_part(void *context, const char *data, size_t len) {
    struct part *part = context;
    if (!memory_grow(part->memory, &part->text, &part->capacity, 1, part->len + len)) {
        return false;
    }
    memcpy(part->text + part->len, data, len);
    part->len += len;
    return true;
}

static galley_status edit_part(const galley_document *document, const struct edits *edits,
                               struct part *part, galley_error *error) {
    *part = (struct part){.memory = &document->memory};
    const galley_status status = edits_write(edits, &document->decoded, document->data,
                                             document->data_len, keep_part, part, error);
    return status == GALLEY_ERROR_WRITE ? error_set(error, GALLEY_ERROR_MEMORY, "out of memory")
                                        : status;
}

static galley_status write_bytes(galley_string bytes, galley_write write, void *context,
                                 galley_error *error) {
    return write(context, bytes.data, bytes.len)
               ? GALLEY_OK
               : error_set(error, GALLEY_ERROR_WRITE, "the document could not be written");
}

galley_status document_write(const galley_document *document, const struct edits *edits,
                             galley_write write, void *context, galley_error *error) {
    const struct container *container = &document->container;
    if (container->part == NULL) {
        return edits_write(edits, &document->decoded, document->data, document->data_len, write,
                           context, error);
    }
    if (edits->n == 0) {
        return write_bytes((galley_string){container->data, container->data_len}, write, context,
                           error);
    }
    struct part part;
    galley_status status = edit_part(document, edits, &part, error);
    if (status == GALLEY_OK) {
        const struct container_change change = {container->part, {part.text, part.len}};
        status = container_write(&document->memory, container, &change, 1, write, context, error);
    }
    memory_free(&document->memory, part.text);
    return status;
}

static int compare_marks(const void *left, const void *right) {
    const struct mark *a = left;
    const struct mark *b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return (a->end > b->end) - (a->end < b->end);
}

static galley_status add_annotations(struct annotating *annotating, galley_error *error) {
    struct annotation *annotation = &annotating->annotation;
    galley_status status = take_notes(annotating);
    if (status == GALLEY_OK && annotation->n_notes > 0) {
        status = document_each_unit(annotating->document, annotation->text, annotation->len,
                                    &annotating->arena, mark_unit, annotating, error);
    }
    if (status != GALLEY_OK || annotation->n_notes == 0) {
        return status;
    }
    if (annotating->n_marks > 0) {
        qsort(annotating->marks, annotating->n_marks, sizeof *annotating->marks, compare_marks);
    }
    annotation->marks = annotating->marks;
    annotation->n_marks = annotating->n_marks;
    annotation->mark_notes = annotating->mark_notes;
    annotation->language = annotating->document->language.data;
    return annotating->document->format->annotate(annotation, &annotating->added);
}

/* The additions have places in the stripped text; in the document's they join the removals. */
static galley_status join_edits(struct annotating *annotating, struct edits *joined) {
    const struct edits *added = &annotating->added;
    for (size_t i = 0; i < annotating->removed.n; i++) {
        const struct edit *edit = &annotating->removed.items[i];
        const galley_status status = edits_delete(joined, edit->begin, edit->end);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    for (size_t i = 0; i < added->n; i++) {
        const struct edit *edit = &added->items[i];
        const size_t begin = edits_back(&annotating->removed, edit->begin);
        const size_t end =
            edit->end == edit->begin ? begin : edits_back(&annotating->removed, edit->end);
        struct output *out = edits_begin(joined, begin, end, edit->fallback);
        output_bytes(out, added->text + edit->text, edit->len);
        const galley_status status = edits_end(joined);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    edits_sort(joined);
    return GALLEY_OK;
}

static void finish(struct annotating *annotating) {
    const struct memory *memory = &annotating->document->memory;
    edits_finish(&annotating->added);
    edits_finish(&annotating->removed);
    memory_free(memory, annotating->marks);
    memory_free(memory, annotating->mark_notes);
    arena_finish(&annotating->arena);
}

/* The changes of an archive: what its format says, its part with the text, and its original. */
struct changes {
    struct container_change all[FORMAT_CHANGES_MAX + 2];
    size_t n;
    struct part part;
};

static galley_status take_changes(struct annotating *annotating, const struct edits *edits,
                                  bool annotate, bool keeps_original, struct changes *changes,
                                  galley_error *error) {
    const galley_document *document = annotating->document;
    *changes = (struct changes){.n = 0};
    galley_status status = edit_part(document, edits, &changes->part, error);
    if (status == GALLEY_OK) {
        status = document->format->change_entries(
            annotate ? &annotating->annotation : NULL, &document->container, keeps_original,
            &annotating->arena, changes->all, &changes->n, error);
    }
    changes->all[changes->n++] = (struct container_change){document->container.part,
                                                           {changes->part.text, changes->part.len}};
    return status;
}

/* The archive that annotations were put into, if they are all that was done to it since; the
 * archive itself when it has none. */
static galley_status find_original(struct annotating *annotating, galley_string *original,
                                   galley_error *error) {
    const struct container *container = &annotating->document->container;
    bool has;
    *original = (galley_string){NULL, 0};
    galley_status status = container_has_original(container, &has, error);
    if (status == GALLEY_OK && has) {
        struct changes bare;
        status = take_changes(annotating, &annotating->removed, false, false, &bare, error);
        if (status == GALLEY_OK) {
            status = container_find_original(&annotating->arena, container, bare.all, bare.n,
                                             original, error);
        }
        memory_free(&annotating->document->memory, bare.part.text);
    } else if (status == GALLEY_OK && annotating->removed.n == 0) {
        *original = (galley_string){container->data, container->data_len};
    }
    return status;
}

/* Annotated, the archive keeps its original, and is made from it, as often as it is annotated;
 * without annotations it is the original again. */
static galley_status write_archive(struct annotating *annotating, const struct edits *joined,
                                   bool annotate, galley_write write, void *context,
                                   galley_error *error) {
    const galley_document *document = annotating->document;
    struct container base = document->container;
    galley_string original;
    galley_status status = find_original(annotating, &original, error);
    if (status == GALLEY_OK && original.data != NULL && annotating->added.n == 0) {
        return write_bytes(original, write, context, error);
    }
    if (status != GALLEY_OK) {
        return status;
    }
    struct changes changes;
    status = take_changes(annotating, joined, annotate, original.data != NULL, &changes, error);
    if (status == GALLEY_OK) {
        if (original.data != NULL) {
            base.data = original.data;
            base.data_len = original.len;
        }
        changes.all[changes.n++] = (struct container_change){CONTAINER_ORIGINAL, original};
        status = container_write(&document->memory, &base, changes.all, changes.n, write, context,
                                 error);
    }
    memory_free(&document->memory, changes.part.text);
    return status;
}

static galley_status write_back(const galley_document *document, bool annotate, galley_write write,
                                void *context, galley_error *error) {
    if (document == NULL || write == NULL) {
        return error_set(error, GALLEY_ERROR_ARGUMENT, "a NULL pointer where one is needed");
    }
    if (annotate && document->format->annotate == NULL) {
        return no_annotations(document, error);
    }
    struct annotating annotating = {.document = document};
    arena_init(&annotating.arena, &document->memory);
    edits_init(&annotating.removed, &document->memory);
    edits_init(&annotating.added, &document->memory);
    struct edits joined;
    edits_init(&joined, &document->memory);
    galley_status status = take_stripped(&annotating);
    if (status == GALLEY_OK && annotate) {
        status = add_annotations(&annotating, error);
    }
    if (status == GALLEY_OK) {
        status = join_edits(&annotating, &joined);
    }
    if (status == GALLEY_OK) {
        status = document->container.part != NULL && joined.n > 0
                     ? write_archive(&annotating, &joined, annotate, write, context, error)
                     : document_write(document, &joined, write, context, error);
    } else if (status == GALLEY_ERROR_MEMORY) {
        error_set(error, status, "out of memory");
    } else if (status == GALLEY_ERROR_UNSUPPORTED) {
        no_annotations(document, error);
    }
    edits_finish(&joined);
    finish(&annotating);
    return status;
}

galley_status galley_document_annotate(const galley_document *document, galley_write write,
                                       void *context, galley_error *error) {
    return write_back(document, true, write, context, error);
}

galley_status galley_document_strip(const galley_document *document, galley_write write,
                                    void *context, galley_error *error) {
    return write_back(document, false, write, context, error);
}
