/*
 * agreement: subject and verb that do not agree, such as "he say", "they has", "the minister say"
 * or "since Ukraine encourage her".
 *
 * Not reported: subjunctives ("demanded that he resign"), questions and inversions ("did he say"),
 * objects before an infinitive ("made it work"), teams and other names that may be many ("England
 * want to win").
 *
 * Measured (bench/quality.sh): 0.97 of the planted ones are found; most of the rest are verbs whose
 * past is the same ("it cost"). 0.3 false alarms on 100,000 words of edited news.
 *
 * The rule: a word that can only be the subject of its clause, and directly behind it a form that
 * is a verb and does not have its number. Sure subjects are pronouns at the begin of a clause; a
 * word for one person behind an article that begins a sentence or a clause; a name behind a
 * conjunction, where the verb has an object.
 */
#include "checks/check.h"
#include "language/tagger.h"

#include <string.h>

enum {
    LOOK_BACK = 6, /* words, for what takes the verb's ending away */
    LONGEST_PHRASE = 3,
    LONGEST_WORD = 48,
    WINDOW = 12 /* words that are tagged around a subject */
};

enum {
    PARTS_VERB = PART_VERB_BASE | PART_VERB_PAST | PART_VERB_SINGULAR | PART_VERB_GERUND |
                 PART_VERB_PARTICIPLE,
    PARTS_CONJUNCTION = PART_COORDINATOR | PART_SUBORDINATOR,
    PARTS_SMALL = PART_ADVERB | PART_ADPOSITION | PARTS_CONJUNCTION | PART_DETERMINER |
                  PART_PRONOUN | PART_PARTICLE
};

struct state {
    struct weights weights;
    bool is_open;
};

struct clause {
    const struct check_run *run;
    const struct unit *unit;
    const struct sentence *sentence;
};

static const struct form_facts *facts_at(const struct clause *clause, size_t i) {
    return check_facts(clause->run, &clause->unit->tokens[i]);
}

/* Without a branch: what stands beside a name nobody can foresee. */
static bool is_plain_word(const struct token *token) {
    const unsigned flags = TOKEN_HYPHEN | TOKEN_SPACE_BEFORE | TOKEN_CLITIC;
    return (token->kind == TOKEN_WORD) & (token->letter_case == CASE_LOWER) &
           ((token->flags & flags) == TOKEN_SPACE_BEFORE);
}

/* ---- verbs ---- */

/* Only a base, as "say": nothing that also is a past tense or anything else that can stand there.
 */
static bool is_base(const struct form_facts *facts) {
    return facts != NULL && (facts->parts & PART_VERB_BASE) != 0 &&
           (facts->parts & (PART_VERB_PAST | PART_VERB_SINGULAR | PARTS_SMALL)) == 0 &&
           (facts->classes & CLASS_FUNCTION) == 0;
}

/* "say", "have": never behind a subject in the singular. */
static bool is_plural(const struct form_facts *facts) {
    return is_base(facts) || (facts != NULL && (facts->classes & CLASS_AUXILIARY_PLURAL) != 0);
}

static bool is_auxiliary(const struct form_facts *facts) {
    /* Contractions, as "didn't", have no parts. */
    return facts != NULL && ((facts->parts & PART_AUXILIARY) != 0 ||
                             (facts->parts == 0 && (facts->classes & CLASS_FUNCTION) != 0));
}

/* "says", "has": never behind a subject in the plural. */
static bool is_singular(const struct form_facts *facts) {
    return facts != NULL &&
           ((facts->classes & CLASS_AUXILIARY_SINGULAR) != 0 ||
            ((facts->parts & PART_VERB_SINGULAR) != 0 &&
             (facts->parts & (PART_VERB_PAST | PART_VERB_BASE | PARTS_SMALL)) == 0));
}

/* ---- clauses ---- */

/* "But it", "- but it": a coordinator that begins a clause. */
static bool coordinates_clause(const struct clause *clause, size_t i) {
    return check_has_part(clause->run, &clause->unit->tokens[i], PART_COORDINATOR) &&
           (i == clause->sentence->first || clause->unit->tokens[i - 1].kind == TOKEN_MARK);
}

/* Whether a clause begins with the word at i for which no word before it asks: "if", ", but". */
static bool stands_free(const struct clause *clause, size_t i) {
    return check_has_class(clause->run, &clause->unit->tokens[i], CLASS_CONJUNCTION) ||
           coordinates_clause(clause, i);
}

/* "did he say", "demanded that it respect": an auxiliary directly before, a word of demand shortly
 * before, in the same clause. */
static bool is_governed(const struct clause *clause, size_t i) {
    const size_t first = clause->sentence->first;
    const size_t reach = i - first < LOOK_BACK ? i - first : LOOK_BACK;
    for (size_t back = 1; back <= reach; back++) {
        const struct form_facts *facts = facts_at(clause, i - back);
        if (facts != NULL &&
            ((back == 1 && is_auxiliary(facts)) || (facts->classes & CLASS_MANDATIVE) != 0)) {
            return true;
        }
        if (stands_free(clause, i - back)) {
            return false;
        }
    }
    return false;
}

/* The tag that the word has in its sentence. */
static enum tag tag_of(const struct clause *clause, const struct weights *weights, size_t i) {
    if (weights->fingerprints == NULL) {
        return TAG_OTHER;
    }
    struct tagged_word words[WINDOW];
    uint8_t tags[WINDOW];
    const size_t first =
        i - clause->sentence->first < WINDOW - 3 ? clause->sentence->first : i - (WINDOW - 3);
    const size_t end = clause->sentence->end < i + 3 ? clause->sentence->end : i + 3;
    tagger_see(clause->run->pack, clause->unit, &clause->unit->tokens[first], end - first, words);
    tagger_tag(weights, words, end - first, i - first + 1, tags);
    return tags[i - first];
}

/* Whether a pronoun at i can be no object of what is before it. */
static bool begins_clause(const struct clause *clause, const struct weights *weights, size_t i) {
    if (i == clause->sentence->first || clause->unit->tokens[i - 1].kind == TOKEN_MARK) {
        return true;
    }
    const struct form_facts *facts = facts_at(clause, i - 1);
    if (facts == NULL) {
        return false;
    }
    if ((facts_at(clause, i)->classes & CLASS_PRONOUN_OBJECT) == 0) {
        return true; /* "he" is never an object */
    }
    const bool is_verb = (facts->parts & PARTS_VERB) != 0;
    if (is_verb && (facts->classes & CLASS_REPORTING_VERB) != 0) {
        return true;
    }
    if (!is_verb && (facts->parts & PART_ADPOSITION) == 0) {
        return true;
    }
    if (coordinates_clause(clause, i - 1)) {
        return true;
    }
    if ((facts->parts & ~(uint32_t)(PARTS_VERB | PART_ADPOSITION)) == 0) {
        return false;
    }
    const enum tag tag = tag_of(clause, weights, i - 1);
    return tag == TAG_NOUN || tag == TAG_NOUN_PLURAL || tag == TAG_SUBORDINATOR ||
           tag == TAG_COORDINATOR;
}

/* ---- subjects ---- */

static bool is_singular_pronoun(const struct form_facts *facts) {
    return (facts->classes & (CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE | CLASS_PRONOUN_NEUTER)) !=
           0;
}

/* "he like them", "she live there": a base that could be a small word elsewhere, but not behind a
 * pronoun that can only be a subject. */
static bool is_verb_here(const struct clause *clause, const struct weights *weights, size_t i) {
    const struct form_facts *facts = facts_at(clause, i);
    return facts != NULL && (facts->parts & PART_VERB_BASE) != 0 &&
           (facts->parts & (PART_VERB_PAST | PART_VERB_SINGULAR | PART_AUXILIARY)) == 0 &&
           (facts_at(clause, i - 1)->classes & CLASS_PRONOUN_OBJECT) == 0 &&
           ((facts->parts & PARTS_SMALL & ~(uint32_t)(PART_ADPOSITION | PART_SUBORDINATOR)) == 0 ||
            tag_of(clause, weights, i) == TAG_VERB_BASE);
}

/* A pronoun that is wrong with the verb behind it. */
static bool is_wrong_pronoun(const struct clause *clause, const struct weights *weights, size_t i) {
    const struct form_facts *facts = facts_at(clause, i);
    const struct token *verb = &clause->unit->tokens[i + 1];
    const struct form_facts *verb_facts = check_facts(clause->run, verb);
    if (facts == NULL || (facts->classes & CLASS_PRONOUN_SUBJECT) == 0 || verb->len < 2 ||
        clause->unit->tokens[i].letter_case == CASE_UPPER) { /* "IT" */
        return false;
    }
    const bool is_many = (facts->classes & CLASS_PRONOUN_PLURAL) != 0;
    if (!is_many && (!is_singular_pronoun(facts) || (facts->classes & CLASS_PRONOUN_FIRST) != 0)) {
        return false;
    }
    const bool is_wrong = is_many ? is_singular(verb_facts)
                                  : is_plural(verb_facts) || is_verb_here(clause, weights, i + 1);
    return is_wrong && begins_clause(clause, weights, i) && !is_governed(clause, i);
}

static bool is_conjunction(const struct form_facts *facts) {
    return facts != NULL && (facts->classes & CLASS_CONJUNCTION) != 0;
}

static bool is_one_person(const struct form_facts *facts) {
    return facts != NULL &&
           (facts->classes & (CLASS_ROLE | CLASS_ROLE_MALE | CLASS_ROLE_FEMALE)) != 0 &&
           (facts->parts & PART_NOUN) != 0 && (facts->parts & PART_NOUN_PLURAL) == 0;
}

/* "The foreign minister", behind a conjunction or at the begin of the sentence. */
static bool is_person_subject(const struct clause *clause, size_t i) {
    if (!is_one_person(facts_at(clause, i))) {
        return false;
    }
    const size_t first = clause->sentence->first;
    size_t at = i;
    do {
        if (at == first || i - at == LONGEST_PHRASE ||
            clause->unit->tokens[at - 1].kind != TOKEN_WORD) {
            return false;
        }
        at--;
        const struct form_facts *facts = facts_at(clause, at);
        if (facts == NULL || (facts->parts & (PARTS_CONJUNCTION | PART_ADPOSITION)) != 0) {
            return false;
        }
        if ((facts->parts & PART_DETERMINER) != 0 && (facts->classes & CLASS_FUNCTION) != 0) {
            return (at == first || is_conjunction(facts_at(clause, at - 1))) &&
                   !is_governed(clause, at);
        }
    } while ((facts_at(clause, at)->parts & (PART_ADJECTIVE | PART_NOUN)) != 0);
    return false;
}

/* "since Ukraine": the name of one, whose verb has an object. */
static bool is_name_subject(const struct clause *clause, size_t i) {
    const struct token *token = &clause->unit->tokens[i];
    const struct form_facts *facts = facts_at(clause, i);
    const struct form_facts *object = facts_at(clause, i + 2);
    return i > clause->sentence->first && token->letter_case == CASE_TITLE &&
           (token->flags & TOKEN_CLITIC) == 0 && facts != NULL &&
           (facts->flags & (FORM_PLACE | FORM_GIVEN_NAME | FORM_SURNAME)) != 0 &&
           (facts->parts & PART_NOUN_PLURAL) == 0 && object != NULL &&
           ((object->classes & CLASS_PRONOUN_OBJECT) != 0 ||
            ((object->parts & PART_DETERMINER) != 0 && (facts->flags & FORM_PLACE) == 0)) &&
           is_conjunction(facts_at(clause, i - 1)) && !is_governed(clause, i);
}

/* Whether a noun or name is the subject of the verb behind it, and does not agree. */
static bool is_wrong_noun(const struct clause *clause, const struct weights *weights, size_t i) {
    const struct form_facts *verb = facts_at(clause, i + 1);
    if (!is_base(verb) || (verb->parts & (PART_NOUN | PART_ADJECTIVE)) != 0 ||
        i + 2 >= clause->sentence->end) {
        return false;
    }
    return (is_person_subject(clause, i) || is_name_subject(clause, i)) &&
           tag_of(clause, weights, i + 1) == TAG_VERB_BASE;
}

/* ---- suggestions ---- */

/* Writes the stem of `text` with another ending; 0 when it does not end in `ending`. */
static size_t change_ending(char *to, const char *text, size_t len, const char *ending,
                            const char *other) {
    const size_t ending_len = strlen(ending);
    const size_t other_len = strlen(other);
    if (len <= ending_len || memcmp(text + len - ending_len, ending, ending_len) != 0) {
        return 0;
    }
    memcpy(to, text, len - ending_len);
    memcpy(to + len - ending_len, other, other_len);
    return len - ending_len + other_len;
}

/* Writes what stands in one list where the verb stands in the other; 0 when it is in none. */
static size_t change_auxiliary(const struct check_run *run, char *to, size_t size, const char *text,
                               size_t len, bool to_singular) {
    const galley_string singular = pack_setting(run->pack, "auxiliaries-singular");
    const galley_string plural = pack_setting(run->pack, "auxiliaries-plural");
    const uint32_t form = pack_find(run->pack, text, len);
    for (int place = 0;; place++) {
        const galley_string from = check_word_of_list(to_singular ? plural : singular, place);
        const galley_string other = check_word_of_list(to_singular ? singular : plural, place);
        if (from.len == 0 || other.len == 0 || other.len > size) {
            return 0;
        }
        if (pack_find(run->pack, from.data, from.len) == form) {
            memcpy(to, other.data, other.len);
            return other.len;
        }
    }
}

/* The subject with the verb's other form, where the pack has one that the rules make. */
static galley_status suggest(struct check_run *run, struct issue *issue, const struct unit *unit,
                             const struct token *subject, const struct token *verb,
                             bool to_singular) {
    static const char *const endings[][2] = {{"y", "ies"}, {"", "s"}, {"", "es"}};
    char repaired[2 * LONGEST_WORD + 4];
    const size_t verb_at = verb->offset - subject->offset;
    if (verb_at + verb->len + 3 > sizeof repaired) {
        return GALLEY_OK;
    }
    memcpy(repaired, unit_token_text(unit, subject), verb_at);
    if (memchr(unit_token_text(unit, verb), '\xE2', verb->len) == NULL) { /* no curly apostrophe */
        const size_t len = change_auxiliary(run, repaired + verb_at, sizeof repaired - verb_at,
                                            unit_token_text(unit, verb), verb->len, to_singular);
        if (len > 0) {
            return check_suggest(run, issue, repaired, verb_at + len);
        }
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t len = change_ending(repaired + verb_at, unit_token_text(unit, verb), verb->len,
                                         endings[i][!to_singular], endings[i][to_singular]);
        const uint32_t form = len == 0 ? FORM_NONE : pack_find(run->pack, repaired + verb_at, len);
        const uint32_t wanted = to_singular ? PART_VERB_SINGULAR : PART_VERB_BASE;
        if (form != FORM_NONE && (pack_facts(run->pack, form)->parts & wanted) != 0) {
            return check_suggest(run, issue, repaired, verb_at + len);
        }
    }
    return GALLEY_OK;
}

static galley_status report(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *subject = &unit->tokens[i];
    const struct token *verb = subject + 1;
    struct issue *issue;
    const galley_status status = check_report(
        run, unit_span(unit, subject->offset, verb->offset + verb->len), run->check->severity,
        &issue, "“%.*s” does not agree with “%.*s”", (int)verb->len, unit_token_text(unit, verb),
        (int)subject->len, unit_token_text(unit, subject));
    return status == GALLEY_OK ? suggest(run, issue, unit, subject, verb,
                                         !check_has_class(run, subject, CLASS_PRONOUN_PLURAL))
                               : status;
}

/* ---- units ---- */

static bool is_title_word(const struct token *token) {
    return token->kind == TOKEN_WORD && token->letter_case == CASE_TITLE;
}

/* "Where He Need It": a verb in a headline, with other capitals around. */
static bool is_verb_of_title(const struct clause *clause, size_t i) {
    const struct token *token = &clause->unit->tokens[i];
    return is_title_word(token) && is_title_word(token - 1) &&
           (token->flags & (TOKEN_HYPHEN | TOKEN_SPACE_BEFORE | TOKEN_CLITIC)) ==
               TOKEN_SPACE_BEFORE &&
           token->form < pack_n_lower_forms(clause->run->pack) &&
           ((i - 1 > clause->sentence->first && is_title_word(token - 2)) ||
            (i + 1 < clause->sentence->end && is_title_word(token + 1)) ||
            (i + 2 < clause->sentence->end && is_title_word(token + 2)));
}

/* Goes on to the sentence that token i is in. */
static void find_sentence(struct clause *clause, size_t i) {
    while (clause->sentence->end <= i) {
        clause->sentence++;
    }
}

static galley_status check_pronouns_and_persons(struct check_run *run, const struct unit *unit,
                                                const struct weights *weights) {
    struct clause clause = {run, unit, unit->sentences};
    for (size_t n = 0; n < unit->n_noted; n++) {
        const size_t i = unit->noted[n].token;
        const uint32_t signs = unit->noted[n].signs;
        if ((signs & (SIGN_PRONOUN | SIGN_PERSON)) == 0 || i + 1 >= unit->n_tokens ||
            (unit->tokens[i].flags & (TOKEN_CLITIC | TOKEN_HYPHEN)) != 0) {
            continue;
        }
        const bool is_pronoun = (signs & SIGN_PRONOUN) != 0;
        const bool is_plain = is_plain_word(&unit->tokens[i + 1]);
        if (!is_plain && !(is_pronoun && is_title_word(&unit->tokens[i + 1]))) {
            continue;
        }
        find_sentence(&clause, i);
        if (i + 1 < clause.sentence->end && (is_plain || is_verb_of_title(&clause, i + 1)) &&
            (is_pronoun ? is_wrong_pronoun(&clause, weights, i)
                        : is_wrong_noun(&clause, weights, i))) {
            const galley_status status = report(run, unit, i);
            if (status != GALLEY_OK) {
                return status;
            }
        }
    }
    return GALLEY_OK;
}

static galley_status check_names(struct check_run *run, const struct unit *unit,
                                 const struct weights *weights) {
    struct clause clause = {run, unit, unit->sentences};
    for (size_t n = 0; n < unit->n_capitals; n++) {
        const size_t i = unit->capitals[n];
        if (i == 0 || i + 2 >= unit->n_tokens ||
            !(is_plain_word(&unit->tokens[i - 1]) & is_plain_word(&unit->tokens[i + 1])) ||
            !is_conjunction(facts_at(&clause, i - 1))) {
            continue;
        }
        find_sentence(&clause, i);
        if (i > clause.sentence->first && is_wrong_noun(&clause, weights, i)) {
            const galley_status status = report(run, unit, i);
            if (status != GALLEY_OK) {
                return status;
            }
        }
    }
    return GALLEY_OK;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (!state->is_open) {
        weights_open(&state->weights, run->pack);
        state->is_open = true;
    }
    const galley_status status = check_pronouns_and_persons(run, unit, &state->weights);
    return status == GALLEY_OK ? check_names(run, unit, &state->weights) : status;
}

const struct check check_agreement = {
    .name = "agreement",
    .its_type = "grammar",
    .mqm = "linguistic-conventions/grammar",
    .summary = "subject and verb that do not agree",
    .explanation = "A subject with a verb of another number (“he say”, “they has”, “the minister "
                   "say”). Subjunctives, questions and what stands under a modal verb are left "
                   "alone.",
    .severity = GALLEY_MAJOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
