/*
 * agreement: subject and verb that do not agree, such as "he say" or "Ukraine encourage her".
 *
 * Not reported: subjunctives ("demanded that he resign"), questions and inversions ("did he say"),
 * objects before an infinitive ("made it work"), verbs under a modal before ("could he come and
 * say").
 *
 * The rule: a pronoun of the third person singular that can only be the subject, at the begin of a
 * clause, and directly behind it a form that is a verb's base and no other word.
 */
#include "checks/check.h"

#include <string.h>

enum { LOOK_BACK = 4, LONGEST_WORD = 48 };

static bool is_singular_pronoun(const struct form_facts *facts) {
    return facts != NULL && (facts->classes & CLASS_PRONOUN_SUBJECT) != 0 &&
           (facts->classes & (CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE | CLASS_PRONOUN_NEUTER)) !=
               0 &&
           (facts->classes & CLASS_PRONOUN_FIRST) == 0;
}

/* Only a base: nothing that also is a past tense, a noun or anything else that can stand there. */
static bool is_base(const struct form_facts *facts) {
    return facts != NULL && (facts->parts & PART_VERB_BASE) != 0 &&
           (facts->parts & (PART_VERB_PAST | PART_VERB_SINGULAR | PART_AUXILIARY | PART_ADVERB |
                            PART_ADPOSITION | PART_SUBORDINATOR | PART_COORDINATOR |
                            PART_DETERMINER | PART_PRONOUN | PART_PARTICLE)) == 0 &&
           (facts->classes & CLASS_FUNCTION) == 0;
}

/* Whether something before the subject takes the verb's ending away: an auxiliary, a verb that is
 * followed by a bare infinitive or a subjunctive, "that" behind such a verb. The pronoun must begin
 * its clause: stand behind a mark, a conjunction, or at the sentence's begin. */
static bool is_clause_start(const struct check_run *run, const struct unit *unit, size_t i,
                            size_t first) {
    if (i == first) {
        return true;
    }
    const struct token *before = &unit->tokens[i - 1];
    if (before->kind == TOKEN_MARK) {
        return true;
    }
    const struct form_facts *facts = check_facts(run, before);
    if (facts == NULL) {
        return false;
    }
    const uint32_t verbs = PART_AUXILIARY | PART_VERB_BASE | PART_VERB_PAST | PART_VERB_SINGULAR |
                           PART_VERB_GERUND | PART_VERB_PARTICIPLE;
    const uint32_t conjunctions = PART_COORDINATOR | PART_SUBORDINATOR;
    if ((facts->parts & verbs) != 0 && (facts->parts & conjunctions) == 0) {
        return (facts->classes & CLASS_REPORTING_VERB) != 0;
    }
    /* "at it": the object of a preposition, not a subject. */
    return (facts->parts & PART_ADPOSITION) == 0 || (facts->parts & conjunctions) != 0;
}

/* "did he say", "demanded that it respect": an auxiliary or a word of demand shortly before. */
static bool is_governed(const struct check_run *run, const struct unit *unit, size_t i,
                        size_t first) {
    const size_t reach = i - first < LOOK_BACK ? i - first : LOOK_BACK;
    for (size_t back = 1; back <= reach; back++) {
        const struct token *token = &unit->tokens[i - back];
        const struct form_facts *facts = check_facts(run, token);
        if (facts == NULL) {
            continue;
        }
        if ((back == 1 && (facts->parts & PART_AUXILIARY) != 0) ||
            (facts->classes & CLASS_MANDATIVE) != 0) {
            return true;
        }
    }
    return false;
}

static galley_status report(struct check_run *run, const struct unit *unit, size_t subject,
                            size_t verb) {
    const struct token *a = &unit->tokens[subject];
    const struct token *b = &unit->tokens[verb];
    struct issue *issue;
    galley_status status = check_report(
        run, check_span(unit, a->offset, b->offset + b->len), run->check->severity, &issue,
        "“%.*s” does not agree with “%.*s”", (int)b->len, unit_token_text(unit, b), (int)a->len,
        unit_token_text(unit, a));
    char repaired[2 * LONGEST_WORD];
    const size_t len = b->offset + b->len - a->offset;
    if (status != GALLEY_OK || len + 3 > sizeof repaired) {
        return status;
    }
    /* The singular is the base with the pack's ending; the pack must have the result. */
    static const char *const endings[] = {"s", "es"};
    for (size_t i = 0; i < 2; i++) {
        const size_t ending = strlen(endings[i]);
        memcpy(repaired, unit->text + a->offset, len);
        memcpy(repaired + len, endings[i], ending);
        const uint32_t form = pack_find(run->pack, repaired + (b->offset - a->offset),
                                        b->len + ending);
        if (form != FORM_NONE &&
            (pack_facts(run->pack, form)->parts & PART_VERB_SINGULAR) != 0) {
            return check_suggest(run, issue, repaired, len + ending);
        }
    }
    return GALLEY_OK;
}

static galley_status check_sentence(struct check_run *run, const struct unit *unit,
                                    const struct sentence *sentence) {
    for (size_t i = sentence->first; i + 1 < sentence->end; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->len > 3 || token->kind != TOKEN_WORD ||
            !is_singular_pronoun(check_facts(run, token))) {
            continue;
        }
        const struct token *verb = token + 1;
        if (verb->kind != TOKEN_WORD || verb->letter_case != CASE_LOWER || verb->len < 3 ||
            (verb->flags & TOKEN_HYPHEN) != 0 || !is_base(check_facts(run, verb)) ||
            (i > sentence->first && (token->flags & TOKEN_SPACE_BEFORE) == 0 &&
             unit->tokens[i - 1].kind != TOKEN_MARK)) {
            continue;
        }
        if (!is_clause_start(run, unit, i, sentence->first) ||
            is_governed(run, unit, i, sentence->first)) {
            continue;
        }
        const galley_status status = report(run, unit, i, i + 1);
        if (status != GALLEY_OK) {
            return status;
        }
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    if ((unit->signs & SIGN_PRONOUN) == 0) {
        return GALLEY_OK;
    }
    for (size_t i = 0; i < unit->n_sentences && status == GALLEY_OK; i++) {
        status = check_sentence(run, unit, &unit->sentences[i]);
    }
    return status;
}

const struct check check_agreement = {
    .name = "agreement",
    .its_type = "grammar",
    .mqm = "linguistic-conventions/grammar",
    .summary = "subject and verb that do not agree",
    .explanation = "A subject in the singular with a verb that is not (“he say”). Subjunctives, "
                   "questions and what stands under a modal verb are left alone.",
    .severity = GALLEY_MAJOR,
    .unit = check_unit,
};
