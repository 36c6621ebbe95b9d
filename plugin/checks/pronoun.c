/*
 * pronoun: he or she that contradicts what the document says of the person, such as "Sergei Lavrov
 * said … she denounced".
 *
 * Not reported: singular they, "he or she", pronouns inside quotations, and every pronoun that
 * somebody of its gender, or of an unknown one, may well be meant by.
 *
 * The rule: the analysis judges each pronoun by all but its own form (analysis/pronouns.c); one is
 * reported when the odds against its form are high. The odd one out is reported: where the
 * text keeps to a gender, the pronouns outweigh a name.
 */
#include "analysis/analysis.h"
#include "base/error.h"
#include "bilingual/genders.h"
#include "document.h"

#include <string.h>

/* Odds of a name by itself, of 98 of 100 bearers, and of one that all pronouns of the text bear
 * out, of 95. */
static const float SURE_NAME = 3.89F;
static const float LIKELY_NAME = 2.94F;

enum {
    RELATED_PRONOUNS = 4,
    UNNAMED_MIN = 3, /* pronouns of somebody whom the text never names */
    ONLY_MIN = 3     /* pronouns of one gender, for a text to be known for having no others */
};

/* What the document says of an entity by its pronouns. */
struct usage {
    uint32_t n[4];   /* outside quotations, by gender */
    size_t first[4]; /* index of the first mention */
    size_t line[4];  /* its line */
};

struct checking {
    struct check_run *run;
    const struct analysis *analysis;
    struct usage *usage; /* by entity */
    struct usage all;    /* of everybody */
};

static bool is_told_pronoun(const struct mention *mention) {
    return mention->kind == MENTION_PRONOUN && (mention->flags & MENTION_QUOTED) == 0 &&
           mention->gender != GENDER_NEUTER;
}

static enum gender expected_gender(const struct mention *mention) {
    return mention->odds > 0 ? GENDER_MALE : GENDER_FEMALE;
}

/* Counts each entity's pronouns and finds the lines of the first ones, in one walk over the text.
 */
static galley_status count_usage(struct checking *checking) {
    const struct analysis *analysis = checking->analysis;
    checking->usage = arena_allocate_zeroed(checking->run->arena,
                                            (analysis->n_entities + 1) * sizeof *checking->usage);
    if (checking->usage == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    struct line_finder finder;
    line_finder_init(&finder, checking->run->document);
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (!is_told_pronoun(mention) || mention->entity == ENTITY_NONE || mention->contradicted) {
            continue;
        }
        struct usage *usage = &checking->usage[mention->entity];
        if (usage->n[mention->gender] == 0) {
            usage->first[mention->gender] = i;
            usage->line[mention->gender] = line_finder_line(&finder, mention->span.begin);
        }
        usage->n[mention->gender]++;
        if (checking->all.n[mention->gender] == 0) {
            checking->all.first[mention->gender] = i;
            checking->all.line[mention->gender] = line_finder_line(&finder, mention->span.begin);
        }
        checking->all.n[mention->gender]++;
    }
    return GALLEY_OK;
}

/* ---- what speaks against it ---- */

/* What there is to show, the best of it first. */
enum evidence {
    EVIDENCE_NONE,
    EVIDENCE_PRONOUNS, /* others that mean the same person */
    EVIDENCE_WORD,     /* a title, a role */
    EVIDENCE_NAME,     /* a given name that nearly all of its bearers share the sex of */
    EVIDENCE_EVERYBODY /* the text has pronouns of one gender alone */
};

/* Whether the text has pronouns of this gender alone, so many at least. */
static bool is_only_gender(const struct checking *checking, enum gender gender, uint32_t least) {
    const enum gender other = gender == GENDER_MALE ? GENDER_FEMALE : GENDER_MALE;
    return checking->all.n[gender] >= least && checking->all.n[other] == 0;
}

/* Somebody whom the text never names is known by a few pronouns at least. */
static enum evidence find_evidence(const struct checking *checking, const struct mention *pronoun,
                                   enum gender expected) {
    const struct entity *entity = &checking->analysis->entities[pronoun->entity];
    const float name = expected == GENDER_MALE ? entity->name_odds : -entity->name_odds;
    const uint32_t enough = entity->kind == MENTION_PRONOUN ? UNNAMED_MIN : 1;
    return checking->usage[pronoun->entity].n[expected] >= enough ? EVIDENCE_PRONOUNS
           : entity->words[expected] > 0                          ? EVIDENCE_WORD
           : name > SURE_NAME                                     ? EVIDENCE_NAME
           : is_only_gender(checking, expected, name > LIKELY_NAME ? 1 : ONLY_MIN)
               ? EVIDENCE_EVERYBODY
               : EVIDENCE_NONE;
}

/* ---- the right form ---- */

/* Forms of a gender's pronouns, by place: pack.ini, pronouns-*. */
enum form_place {
    FORM_SUBJECT,
    FORM_OBJECT,
    FORM_OWNER,
    FORM_OWNED,
    FORM_REFLEXIVE,
    FORM_PLACES = 16
};

static galley_string forms_of(const struct check_run *run, enum gender gender) {
    return pack_setting(run->pack, gender == GENDER_MALE     ? "pronouns-male"
                                   : gender == GENDER_FEMALE ? "pronouns-female"
                                                             : "pronouns-neuter");
}

/* Whether the pronoun may be the form at `place`, by its text and by what it does. */
static bool is_form(const struct check_run *run, const struct mention *pronoun, galley_string form,
                    int place) {
    if (form.len == 0 || pack_find(run->pack, pronoun->text, pronoun->len) !=
                             pack_find(run->pack, form.data, form.len)) {
        return false;
    }
    const bool owner = (pronoun->flags & MENTION_OWNER) != 0;
    const bool object = (pronoun->flags & MENTION_OBJECT) != 0;
    switch (place) {
    case FORM_SUBJECT:
        return (pronoun->flags & MENTION_SUBJECT) != 0;
    case FORM_OBJECT:
        return object;
    case FORM_OWNER:
        return owner && (pronoun->flags & MENTION_ALONE) == 0;
    case FORM_OWNED:
        return owner && (pronoun->flags & MENTION_ALONE) != 0;
    default:
        return true;
    }
}

static galley_status suggest_form(struct check_run *run, struct issue *issue,
                                  const struct mention *pronoun, galley_string form) {
    char cased[32];
    size_t len = 0;
    const bool curly = memchr(pronoun->text, '\xE2', pronoun->len) != NULL;
    if (form.len == 0 || form.len + 2 > sizeof cased) {
        return GALLEY_OK;
    }
    for (size_t i = 0; i < form.len; i++) {
        if (form.data[i] == '\'' && curly) {
            memcpy(cased + len, "\xE2\x80\x99", 3);
            len += 3;
        } else {
            cased[len++] = form.data[i];
        }
    }
    if (pronoun->text[0] >= 'A' && pronoun->text[0] <= 'Z' && cased[0] >= 'a' && cased[0] <= 'z') {
        cased[0] = (char)(cased[0] - 'a' + 'A');
    }
    return check_suggest(run, issue, cased, len);
}

/* The same form of the expected gender; both where the pronoun may be two forms. */
static galley_status suggest(struct check_run *run, struct issue *issue,
                             const struct mention *pronoun, enum gender expected) {
    const galley_string own = forms_of(run, (enum gender)pronoun->gender);
    const galley_string other = forms_of(run, expected);
    galley_status status = GALLEY_OK;
    for (int place = 0; place < FORM_PLACES && status == GALLEY_OK; place++) {
        if (is_form(run, pronoun, check_word_of_list(own, place), place)) {
            status = suggest_form(run, issue, pronoun, check_word_of_list(other, place));
        }
    }
    return status;
}

/* ---- the report ---- */

static int cut(galley_string string) {
    return error_cut(string.len);
}

/* One sentence: who it is, and what the text says of them elsewhere. */
static galley_status tell(const struct checking *checking, const struct mention *pronoun,
                          enum gender expected, enum evidence evidence, struct issue **issue) {
    struct check_run *run = checking->run;
    const struct entity *entity = &checking->analysis->entities[pronoun->entity];
    const bool own = evidence == EVIDENCE_PRONOUNS;
    const struct usage *usage = own ? &checking->usage[pronoun->entity] : &checking->all;
    const galley_string form = check_word_of_list(forms_of(run, expected), FORM_SUBJECT);
    const galley_string name = {entity->name, entity->name_len};
    const uint32_t n = usage->n[expected];
    const char *plural = n == 1 ? "" : "s";
    const char *sex = expected == GENDER_MALE ? "man" : "woman";
    const galley_severity severity = run->check->severity;
    const int text_len = error_cut(pronoun->len);
    if (evidence == EVIDENCE_WORD) {
        return check_report(run, pronoun->span, severity, issue, "“%.*s”: the text calls %.*s a %s",
                            text_len, pronoun->text, cut(name), name.data, sex);
    }
    if (evidence == EVIDENCE_NAME) {
        return check_report(run, pronoun->span, severity, issue, "“%.*s”: %.*s is a %s’s name",
                            text_len, pronoun->text, cut(name), name.data, sex);
    }
    if (own && entity->kind == MENTION_PRONOUN) {
        return check_report(run, pronoun->span, severity, issue,
                            "“%.*s”: whoever is spoken of here is “%.*s” in %u other place%s, "
                            "first at line %zu",
                            text_len, pronoun->text, cut(form), form.data, (unsigned)n, plural,
                            usage->line[expected]);
    }
    if (own) {
        return check_report(run, pronoun->span, severity, issue,
                            "“%.*s”: %.*s is “%.*s” in %u other place%s, first at line %zu",
                            text_len, pronoun->text, cut(name), name.data, cut(form), form.data,
                            (unsigned)n, plural, usage->line[expected]);
    }
    if (entity->kind == MENTION_PRONOUN) {
        return check_report(run, pronoun->span, severity, issue,
                            "“%.*s”: everybody else is “%.*s”, in %u place%s, first at line %zu",
                            text_len, pronoun->text, cut(form), form.data, (unsigned)n, plural,
                            usage->line[expected]);
    }
    return check_report(run, pronoun->span, severity, issue,
                        "“%.*s”: everybody else is “%.*s”, in %u place%s, first at line %zu; "
                        "the last one named is %.*s",
                        text_len, pronoun->text, cut(form), form.data, (unsigned)n, plural,
                        usage->line[expected], cut(name), name.data);
}

/* Where the entity is named, and the first of the pronouns that agree. */
static galley_status relate(const struct checking *checking, struct issue *issue,
                            const struct mention *pronoun, enum gender expected,
                            enum evidence evidence) {
    const struct analysis *analysis = checking->analysis;
    const struct entity *entity = &analysis->entities[pronoun->entity];
    const bool own = checking->usage[pronoun->entity].n[expected] > 0;
    const struct usage *usage = own ? &checking->usage[pronoun->entity] : &checking->all;
    galley_status status = GALLEY_OK;
    if (entity->kind != MENTION_PRONOUN) {
        status = check_relate(checking->run, issue, entity->first, "“%.*s” is named here",
                              error_cut(entity->name_len), entity->name);
    }
    const uint32_t least = evidence == EVIDENCE_EVERYBODY ? 1 : ONLY_MIN;
    if (!own && !is_only_gender(checking, expected, least)) {
        return status;
    }
    /* Only as far as a few pronouns of others may stand between. */
    enum { FAR = 64 };
    size_t n = 0;
    for (size_t i = usage->first[expected];
         i < analysis->n_mentions && i < usage->first[expected] + FAR && n < RELATED_PRONOUNS &&
         status == GALLEY_OK;
         i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (is_told_pronoun(mention) && (!own || mention->entity == pronoun->entity) &&
            mention->gender == expected && !mention->contradicted) {
            n++;
            status = check_relate(checking->run, issue, mention->span, "here it is “%.*s”",
                                  error_cut(mention->len), mention->text);
        }
    }
    return status;
}

/* Where there is something to show. */
static galley_status report(const struct checking *checking, const struct mention *pronoun) {
    struct issue *issue;
    const enum gender expected = expected_gender(pronoun);
    const enum evidence evidence = find_evidence(checking, pronoun, expected);
    if (evidence == EVIDENCE_NONE) {
        return GALLEY_OK;
    }
    galley_status status = tell(checking, pronoun, expected, evidence, &issue);
    if (status == GALLEY_OK) {
        status = suggest(checking->run, issue, pronoun, expected);
    }
    if (status == GALLEY_OK) {
        status = relate(checking, issue, pronoun, expected, evidence);
    }
    return status;
}

/* ---- countries and organisations ---- */

/* The thing that a pronoun seems to mean: what is spoken of last before it, in its sentence. */
static const struct mention *thing_before(const struct analysis *analysis, size_t index) {
    if (index == 0) {
        return NULL;
    }
    const struct mention *pronoun = &analysis->mentions[index];
    const struct mention *mention = pronoun - 1;
    return mention->kind == MENTION_THING && mention->sentence == pronoun->sentence &&
                   mention->unit == pronoun->unit &&
                   ((mention->flags ^ pronoun->flags) & MENTION_QUOTED) == 0
               ? mention
               : NULL;
}

/* What the document says of things, and whether anybody could be meant instead. */
struct things {
    uint32_t n_neuter; /* "it" right behind a thing */
    size_t first;      /* index of the first */
    bool somebody[4];  /* by gender: the text knows one, or somebody who may be one */
};

static struct things read_things(const struct analysis *analysis) {
    struct things things = {0};
    for (size_t i = 0; i < analysis->n_mentions; i++) {
        const struct mention *mention = &analysis->mentions[i];
        if (mention->kind == MENTION_PRONOUN && mention->gender == GENDER_NEUTER &&
            thing_before(analysis, i) != NULL) {
            things.first = things.n_neuter == 0 ? i : things.first;
            things.n_neuter++;
        } else if (mention->kind == MENTION_PRONOUN && !mention->contradicted &&
                   thing_before(analysis, i) == NULL) {
            things.somebody[mention->gender] = true;
        }
    }
    things.somebody[GENDER_MALE] |= analysis->n_known[GENDER_MALE] > 0;
    things.somebody[GENDER_FEMALE] |= analysis->n_known[GENDER_FEMALE] > 0;
    return things;
}

/* Who says the words that the pronoun stands in. */
static galley_status relate_speaker(struct check_run *run, struct issue *issue,
                                    const struct mention *pronoun) {
    struct analysis *analysis = run->analysis;
    const galley_status status = analysis_attribute(analysis);
    if (status != GALLEY_OK) {
        return status;
    }
    const uint32_t speaker = pronoun->quotation == QUOTATION_NONE
                                 ? ENTITY_NONE
                                 : analysis->quotations[pronoun->quotation].speaker;
    if (speaker == ENTITY_NONE || analysis->entities[speaker].kind == MENTION_PRONOUN) {
        return GALLEY_OK;
    }
    const struct entity *entity = &analysis->entities[speaker];
    return check_relate(run, issue, entity->first, "“%.*s”, who says this, is named here",
                        error_cut(entity->name_len), entity->name);
}

/* "Ukraine encourages her to continue": the rest of the text says it of things, and nobody is there
 * whom "her" could mean. */
static galley_status check_things(struct check_run *run) {
    const struct analysis *analysis = run->analysis;
    const struct things things = read_things(analysis);
    galley_status status = GALLEY_OK;
    if (things.n_neuter == 0 || (things.somebody[GENDER_MALE] && things.somebody[GENDER_FEMALE])) {
        return GALLEY_OK;
    }
    struct line_finder finder;
    line_finder_init(&finder, run->document);
    const struct mention *it = &analysis->mentions[things.first];
    const size_t line = line_finder_line(&finder, it->span.begin);
    for (size_t i = 0; i < analysis->n_mentions && status == GALLEY_OK; i++) {
        const struct mention *pronoun = &analysis->mentions[i];
        const struct mention *thing = thing_before(analysis, i);
        if (pronoun->kind != MENTION_PRONOUN || pronoun->gender == GENDER_NEUTER || thing == NULL ||
            things.somebody[pronoun->gender] || pronoun->contradicted) {
            continue;
        }
        struct issue *issue;
        status = check_report(run, pronoun->span, GALLEY_MINOR, &issue,
                              "“%.*s” seems to mean %.*s; the text says “%.*s” of countries and "
                              "organisations in %u other place%s, first at line %zu",
                              error_cut(pronoun->len), pronoun->text, error_cut(thing->len),
                              thing->text, error_cut(it->len), it->text, (unsigned)things.n_neuter,
                              things.n_neuter == 1 ? "" : "s", line);
        if (status == GALLEY_OK) {
            status = suggest(run, issue, pronoun, GENDER_NEUTER);
        }
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, thing->span, "“%.*s” is named here",
                                  error_cut(thing->len), thing->text);
        }
        if (status == GALLEY_OK) {
            status = check_relate(run, issue, it->span, "here it is “%.*s”", error_cut(it->len),
                                  it->text);
        }
        if (status == GALLEY_OK) {
            status = relate_speaker(run, issue, pronoun);
        }
    }
    return status;
}

static galley_status check_document(struct check_run *run) {
    struct checking checking = {.run = run, .analysis = run->analysis};
    for (size_t i = 0; i < run->analysis->n_mentions; i++) {
        const struct mention *mention = &run->analysis->mentions[i];
        if (!mention->contradicted) {
            continue;
        }
        galley_status status = checking.usage == NULL ? count_usage(&checking) : GALLEY_OK;
        if (status == GALLEY_OK) {
            status = report(&checking, mention);
        }
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return check_things(run);
}

/* With a source, also a unit by itself: what its pronouns say there. */
static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    return bilingual_compare_genders(run, unit);
}

const struct check check_pronoun = {
    .name = "pronoun",
    .its_type = "inconsistency",
    .mqm = "accuracy/mistranslation",
    .summary = "he or she that contradicts what the text says of the person",
    .explanation = "A person who is “he” in one place and “she” in another, because a machine "
                   "guessed the pronoun sentence by sentence, and “her” or “his” for a country "
                   "that the text else calls “it”. Pronouns inside quotations, singular “they” and "
                   "those that another person near could be meant by are not reported. Where there "
                   "is a source: a text that speaks of a man where its source speaks of a woman "
                   "alone, or the other way round.",
    .severity = GALLEY_MAJOR,
    .uses_source = true,
    .needs_analysis = true,
    .unit = check_unit,
    .document = check_document,
};
