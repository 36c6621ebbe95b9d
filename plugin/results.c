/*
 * What hosts read of a checked document.
 */
#include "document.h"
#include "formats/format.h"
#include "people.h"
#include "waivers/waiver.h"

#include <string.h>

/* Structures grow at their end. One whose size covers the fields of the first interface is filled
 * as far as it goes. */
#define SIZE_BEFORE(type, field) offsetof(type, field)
#define COVERS(type, structure, field)                                                             \
    ((structure)->size >= offsetof(type, field) + sizeof((structure)->field))

static const galley_string nothing = {"", 0};

galley_status galley_document_summary(const galley_document *document, galley_summary *summary) {
    if (document == NULL || summary == NULL ||
        summary->size < SIZE_BEFORE(galley_summary, penalty)) {
        return GALLEY_ERROR_ARGUMENT;
    }
    summary->uri = document->uri;
    summary->language = document->language;
    summary->format = (galley_string){document->format->name, strlen(document->format->name)};
    summary->n_words = document->n_words;
    summary->n_issues = document->n_issues;
    for (size_t i = 0; i < 4; i++) {
        summary->n_by_severity[i] = document->n_by_severity[i];
    }
    summary->score = document->score / 1000.0;
    summary->verdict = document->verdict;
    if (COVERS(galley_summary, summary, penalty)) {
        summary->penalty = document->penalty;
    }
    if (COVERS(galley_summary, summary, n_waived)) {
        summary->n_waived = document->n_waived;
    }
    if (COVERS(galley_summary, summary, untranslated)) {
        summary->untranslated = document->untranslated / 1000.0;
    }
    if (COVERS(galley_summary, summary, reason)) {
        summary->reason = document->reason;
    }
    return GALLEY_OK;
}

size_t galley_document_n_issues(const galley_document *document) {
    return document == NULL ? 0 : document->n_issues;
}

galley_status galley_document_issue(const galley_document *document, size_t index,
                                    galley_issue *issue) {
    if (document == NULL || issue == NULL || issue->size < SIZE_BEFORE(galley_issue, waived) ||
        index >= document->n_issues) {
        return GALLEY_ERROR_ARGUMENT;
    }
    const struct issue *from = document->issues[index];
    issue->check = from->check->name;
    issue->its_type = from->check->its_type;
    issue->severity = from->severity;
    issue->offset = from->place.offset;
    issue->length = from->place.length;
    issue->line = from->place.line;
    issue->column = from->place.column;
    issue->text = from->place.text;
    issue->message = from->message;
    issue->n_suggestions = from->n_suggestions;
    issue->n_related = from->n_related;
    if (COVERS(galley_issue, issue, waiver_index)) {
        issue->waived = from->waiver != NULL;
        issue->waiver = from->waiver == NULL ? nothing : from->waiver->origin;
        issue->reason = from->waiver == NULL ? nothing : from->waiver->reason;
        issue->waiver_index = from->waiver == NULL ? SIZE_MAX : from->waiver_index;
    }
    return GALLEY_OK;
}

galley_status galley_document_suggestion(const galley_document *document, size_t issue,
                                         size_t index, galley_string *suggestion) {
    if (document == NULL || suggestion == NULL || issue >= document->n_issues ||
        index >= document->issues[issue]->n_suggestions) {
        return GALLEY_ERROR_ARGUMENT;
    }
    *suggestion = document->issues[issue]->suggestions[index];
    return GALLEY_OK;
}

static void fill_place(galley_place *place, const struct place *from, galley_string message) {
    place->offset = from->offset;
    place->length = from->length;
    place->line = from->line;
    place->column = from->column;
    place->text = from->text;
    place->message = message;
}

galley_status galley_document_related(const galley_document *document, size_t issue, size_t index,
                                      galley_place *place) {
    if (document == NULL || place == NULL || place->size < sizeof *place ||
        issue >= document->n_issues || index >= document->issues[issue]->n_related) {
        return GALLEY_ERROR_ARGUMENT;
    }
    const struct related *from = &document->issues[issue]->related[index];
    fill_place(place, &from->place, from->message);
    return GALLEY_OK;
}

size_t galley_document_n_warnings(const galley_document *document) {
    return document == NULL ? 0 : document->n_warnings;
}

galley_status galley_document_warning(const galley_document *document, size_t index,
                                      galley_place *place) {
    if (document == NULL || place == NULL || place->size < sizeof *place ||
        index >= document->n_warnings) {
        return GALLEY_ERROR_ARGUMENT;
    }
    fill_place(place, &document->warnings[index].place, document->warnings[index].message);
    return GALLEY_OK;
}

const char *galley_gender_name(galley_gender gender) {
    return gender == GALLEY_GENDER_MALE     ? "male"
           : gender == GALLEY_GENDER_FEMALE ? "female"
                                            : "unknown";
}

size_t galley_document_n_people(const galley_document *document) {
    return document == NULL ? 0 : document->n_people;
}

galley_status galley_document_person(const galley_document *document, size_t index,
                                     galley_person *person) {
    if (document == NULL || person == NULL || person->size < sizeof *person ||
        index >= document->n_people) {
        return GALLEY_ERROR_ARGUMENT;
    }
    const struct person *from = &document->people[index];
    person->name = from->name;
    person->gender = from->gender;
    person->confidence = (double)from->confidence;
    person->n_mentions = from->n_mentions;
    person->n_quotations = from->n_quotations;
    return GALLEY_OK;
}

static void fill_mention(galley_mention *mention, const struct person_place *from) {
    mention->kind = from->kind;
    mention->quoted = from->quoted;
    mention->confidence = (double)from->confidence;
    mention->offset = from->place.offset;
    mention->length = from->place.length;
    mention->line = from->place.line;
    mention->column = from->place.column;
    mention->text = from->place.text;
}

galley_status galley_document_mention(const galley_document *document, size_t person, size_t index,
                                      galley_mention *mention) {
    if (document == NULL || mention == NULL || mention->size < sizeof *mention ||
        person >= document->n_people || index >= document->people[person].n_mentions) {
        return GALLEY_ERROR_ARGUMENT;
    }
    fill_mention(mention, &document->people[person].mentions[index]);
    return GALLEY_OK;
}

galley_status galley_document_quotation(const galley_document *document, size_t person,
                                        size_t index, galley_mention *quotation) {
    if (document == NULL || quotation == NULL || quotation->size < sizeof *quotation ||
        person >= document->n_people || index >= document->people[person].n_quotations) {
        return GALLEY_ERROR_ARGUMENT;
    }
    fill_mention(quotation, &document->people[person].quotations[index]);
    return GALLEY_OK;
}
