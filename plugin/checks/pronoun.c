/*
 * pronoun: he or she that contradicts what the document says of the person, such as "Sergei Lavrov
 * said … she denounced".
 *
 * Not reported: pronouns inside quotations, singular they, and every pronoun that somebody of its
 * gender, or of an unknown one, could be meant by.
 *
 * The rule: looking back from the pronoun, the last person spoken of is one of the other gender, by
 * name, title or the pronouns of the text, and nobody within WINDOW paragraphs could be meant. The
 * odd one out is reported: a gender that the text often uses is not.
 */
#include "analysis/analysis.h"

#include <string.h>

enum { WINDOW = 3, EVENTS_BACK = 64, FEW = 3 };

static enum gender other_gender(enum gender gender) {
    return gender == GENDER_MALE ? GENDER_FEMALE : GENDER_MALE;
}

/* Where the person that the pronoun contradicts was named, or NULL when it may be right. */
static const struct entity *find_contradicted(const struct analysis *analysis, size_t index) {
    const struct event *pronoun = &analysis->events[index];
    const enum gender gender = (enum gender)pronoun->gender;
    const struct entity *person = NULL;
    const bool rare = analysis->n_pronouns[gender] < FEW && analysis->n_named[gender] == 0 &&
                      analysis->n_roles[gender] == 0 && analysis->n_contradicted == 0;
    size_t others = 0; /* pronouns of the other gender on the way */
    for (size_t back = 1; back <= index && back <= EVENTS_BACK; back++) {
        const struct event *event = &analysis->events[index - back];
        if (!rare && event->unit + WINDOW <= pronoun->unit) {
            break;
        }
        if (event->kind == EVENT_ROLE && event->gender == gender && !event->quoted) {
            return NULL;
        }
        if (event->kind == EVENT_PRONOUN && !event->quoted) {
            if (event->gender == gender && !rare) {
                return NULL;
            }
            others += event->gender != gender;
        }
        if (event->kind == EVENT_NAME && !event->quoted) {
            const struct entity *entity = &analysis->entities[event->entity];
            if (entity->gender == gender || (entity->gender == GENDER_UNKNOWN && person == NULL) ||
                entity->contradicted) {
                return NULL;
            }
            if (entity->gender == GENDER_UNKNOWN) {
                if (!rare) {
                    return NULL;
                }
            } else if (person == NULL) {
                person = entity;
            }
        }
        /* One speaker goes on until another is named. */
        if (pronoun->speaks && event->speaks && person != NULL) {
            return person;
        }
    }
    return others > 0 || rare || pronoun->speaks ? person : NULL;
}

/* The same form of the other gender: pronouns of one class set, found by the pack. */
static galley_status suggest(struct check_run *run, struct issue *issue,
                             const struct event *event) {
    const uint32_t form = pack_find(run->pack, event->text, event->len);
    uint32_t forms[4];
    const size_t n = form == FORM_NONE ? 0 : pack_variants(run->pack, form, forms, 4);
    for (size_t i = 0; i < n && i < 4; i++) {
        if (forms[i] == form) {
            continue;
        }
        const galley_string text = pack_form_text(run->pack, forms[i]);
        char cased[16];
        if (text.len == 0 || text.len > sizeof cased) {
            continue;
        }
        memcpy(cased, text.data, text.len);
        if (event->text[0] >= 'A' && event->text[0] <= 'Z' && cased[0] >= 'a' && cased[0] <= 'z') {
            cased[0] = (char)(cased[0] - 'a' + 'A');
        }
        return check_suggest(run, issue, cased, text.len);
    }
    return GALLEY_OK;
}

/* Up to three places where the text uses the other gender of this person. */
static galley_status relate(struct check_run *run, struct issue *issue,
                            const struct entity *person) {
    const struct analysis *analysis = run->analysis;
    galley_status status =
        check_relate(run, issue, person->first, "“%.*s” is named here", (int)person->name_len,
                     person->name);
    const struct entity *nearest = NULL;
    for (size_t i = 0, n = 0; i < analysis->n_events && n < 3 && status == GALLEY_OK; i++) {
        const struct event *event = &analysis->events[i];
        if (event->kind == EVENT_NAME) {
            nearest = &analysis->entities[event->entity];
        } else if (event->kind == EVENT_PRONOUN && nearest == person && !event->quoted &&
                   event->gender == person->gender) {
            n++;
            status = check_relate(run, issue, event->span, "here it is “%.*s”", (int)event->len,
                                  event->text);
        }
    }
    return status;
}

static galley_status report(struct check_run *run, const struct event *event,
                            const struct entity *person) {
    const uint32_t n = person->gender == GENDER_MALE ? person->n_male : person->n_female;
    const char *word = person->gender == GENDER_MALE ? "male" : "female";
    struct issue *issue;
    galley_status status =
        n > 0 ? check_report(run, event->span, run->check->severity, &issue,
                             "“%.*s” contradicts %.*s, who is %s in %u other place%s",
                             (int)event->len, event->text, (int)person->name_len, person->name,
                             word, (unsigned)n, n == 1 ? "" : "s")
              : check_report(run, event->span, run->check->severity, &issue,
                             "“%.*s” contradicts %.*s, a %s name", (int)event->len, event->text,
                             (int)person->name_len, person->name, word);
    if (status == GALLEY_OK && issue != NULL) {
        status = suggest(run, issue, event);
        if (status == GALLEY_OK) {
            status = relate(run, issue, person);
        }
    }
    return status;
}

static galley_status check_document(struct check_run *run) {
    const struct analysis *analysis = run->analysis;
    for (size_t i = 0; i < analysis->n_events; i++) {
        const struct event *event = &analysis->events[i];
        if (event->kind != EVENT_PRONOUN || event->quoted) {
            continue;
        }
        const enum gender gender = (enum gender)event->gender;
        const bool odd = analysis->n_pronouns[gender] < FEW ||
                         analysis->n_pronouns[gender] < analysis->n_pronouns[other_gender(gender)];
        if (!event->speaks && !(odd && analysis->n_named[gender] == 0 &&
                                analysis->n_contradicted == 0)) {
            continue;
        }
        const struct entity *person = find_contradicted(analysis, i);
        if (person != NULL) {
            const galley_status status = report(run, event, person);
            if (status != GALLEY_OK) {
                return status;
            }
        }
    }
    return GALLEY_OK;
}

const struct check check_pronoun = {
    .name = "pronoun",
    .its_type = "inconsistency",
    .mqm = "accuracy/mistranslation",
    .summary = "he or she that contradicts what the text says of the person",
    .explanation = "A person who is “he” in one place and “she” in another, because a machine "
                   "guessed the pronoun sentence by sentence. Pronouns inside quotations and "
                   "those that another person near could be meant by are not reported.",
    .severity = GALLEY_MAJOR,
    .needs_analysis = true,
    .document = check_document,
};
