/*
 * person: narration that slips into the first person, such as "the following will be made. I will
 * publish a summary".
 *
 * Not reported: quotations, headings, columns and features whose writer says "I", letters, talks
 * and interviews, texts without any quotation mark (somebody speaks throughout), and words that
 * only look like it (World War I, “I, Claudius”).
 *
 * The rule: the pronoun of the one who speaks begins a sentence inside a paragraph, before its verb
 * and outside quotation marks, in a story that quotes others and has at most FEW pronouns of the
 * first person. A writer who steps forward does so in a clause ("whom I asked"), behind a question
 * or begins a paragraph. One who speaks for many ("In that year, we sent") begins a clause, before
 * a verb of what is over; he may be a newspaper, so this is minor.
 */
#include "checks/check.h"

#include "text/mark.h"

#include <string.h>

enum {
    FEW = 2,           /* more: the writer speaks of himself */
    WORDS_MIN = 80,    /* of a story; a shorter text may be anything */
    THIRD_MIN = 1,     /* pronouns of others, for a story told about them */
    LABEL_LONGEST = 4, /* words before the colon of "Miller: I am glad" */
    BESIDE = 6         /* tokens around it that must have no quotation mark of doubtful kind */
};

/* Of one who speaks, or of many. */
struct slips {
    struct span spans[FEW];
    galley_string texts[FEW];
    size_t n;     /* found; may be more than were kept */
    size_t n_all; /* pronouns of the first person outside quotations, in any place */
};

struct state {
    struct slips one, many;
    size_t n_third, n_quotations, n_tokens;
    bool after_colon; /* the unit before ended in one: what follows is somebody's words */
};

static bool is_setting_word(const struct check_run *run, const char *key, const char *text,
                            size_t len) {
    const galley_string list = pack_setting(run->pack, key);
    const uint32_t form = pack_find(run->pack, text, len);
    for (size_t at = 0; form != FORM_NONE && at < list.len;) {
        const char *space = memchr(list.data + at, ' ', list.len - at);
        const size_t word_len = space == NULL ? list.len - at : (size_t)(space - list.data) - at;
        if (pack_find(run->pack, list.data + at, word_len) == form) {
            return true;
        }
        at += word_len + 1;
    }
    return false;
}

/* "Miller: I am glad", "Q: …": the words of who is named. */
static bool has_label(const struct unit *unit) {
    for (size_t i = 0; i < unit->n_tokens && i <= LABEL_LONGEST; i++) {
        if (unit->tokens[i].kind == TOKEN_MARK) {
            return unit->tokens[i].mark == ':' || unit->tokens[i].mark >= 0x2010;
        }
    }
    return false;
}

/* Whether an apostrophe or another doubtful mark near may be a quotation's. */
static bool is_near_mark(const struct unit *unit, size_t i) {
    const size_t begin = i < BESIDE ? 0 : i - BESIDE;
    for (size_t at = begin; at < unit->n_tokens && at <= i + BESIDE; at++) {
        const struct token *token = &unit->tokens[at];
        if (token->kind == TOKEN_MARK &&
            (mark_is_single(token->mark) || token->mark == '/' || token->mark == '<')) {
            return true;
        }
    }
    return false;
}

/* What a word does as a verb: finite forms, if any. */
static uint32_t verb_parts(const struct check_run *run, const struct token *token) {
    const struct form_facts *facts = check_facts(run, token);
    return facts == NULL || (facts->parts & PART_COORDINATOR) != 0
               ? 0
               : facts->parts & (PART_AUXILIARY | PART_VERB_BASE | PART_VERB_PAST);
}

/* The finite forms that the verb of the pronoun at `i` may be, in small letters: no number, no
 * title. */
static uint32_t verb_behind(const struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *next = &unit->tokens[i + 1];
    if (i + 1 >= unit->n_tokens || next->kind != TOKEN_WORD || next->letter_case != CASE_LOWER) {
        return 0;
    }
    if ((unit->tokens[i].flags & TOKEN_APOSTROPHE) != 0) {
        return PART_AUXILIARY; /* "I'm", "I'll" */
    }
    const uint32_t parts = verb_parts(run, next);
    return parts == 0 && i + 2 < unit->n_tokens && check_has_part(run, next, PART_ADVERB)
               ? verb_parts(run, next + 1)
               : parts;
}

/* "Are they happy? I am sure": a writer who asks or calls out speaks for himself. */
static bool is_behind_question(const struct unit *unit, size_t i) {
    return i > 0 && unit->tokens[i - 1].kind == TOKEN_MARK &&
           (unit->tokens[i - 1].mark == '?' || unit->tokens[i - 1].mark == '!');
}

/* "World War I", "Elizabeth I was": a number behind a name. */
static bool is_number(const struct unit *unit, size_t i) {
    if (i == 0 || (unit->tokens[i].flags & TOKEN_SENTENCE_START) != 0 || unit->tokens[i].len != 1) {
        return false;
    }
    const struct token *before = &unit->tokens[i - 1];
    return before->kind == TOKEN_WORD && before->letter_case != CASE_LOWER;
}

/* “I will”, at the begin of a sentence. */
static bool is_slip(const struct check_run *run, const struct unit *unit, size_t i) {
    return i > 0 && (unit->tokens[i].flags & TOKEN_SENTENCE_START) != 0 &&
           !is_behind_question(unit, i) && !is_near_mark(unit, i) && verb_behind(run, unit, i) != 0;
}

/* “In that year, we sent”, at the begin of a clause and of what is over: newspapers speak to their
 * readers of what is. */
static bool is_slip_of_many(const struct check_run *run, const struct unit *unit, size_t i) {
    const uint32_t verb = verb_behind(run, unit, i);
    const bool behind_comma =
        i > 0 && unit->tokens[i - 1].kind == TOKEN_MARK && unit->tokens[i - 1].mark == ',';
    return i > 0 && (behind_comma || (unit->tokens[i].flags & TOKEN_SENTENCE_START) != 0) &&
           !is_behind_question(unit, i) && !is_near_mark(unit, i) &&
           (verb & (PART_VERB_PAST | PART_VERB_BASE)) == PART_VERB_PAST;
}

static void note(struct slips *slips, const struct unit *unit, const struct token *token) {
    if (slips->n < FEW) {
        slips->spans[slips->n] = unit_span(unit, token->offset, token->offset + token->len);
        slips->texts[slips->n] = (galley_string){unit_token_text(unit, token), token->len};
    }
    slips->n++;
}

/* A pronoun of the first person outside quotation marks. */
static void take(struct check_run *run, const struct unit *unit, size_t i, bool may_slip) {
    struct state *state = run->state;
    const struct token *token = &unit->tokens[i];
    const bool one = is_setting_word(run, "first-person", unit_token_text(unit, token), token->len);
    struct slips *slips = one ? &state->one : &state->many;
    slips->n_all++;
    if (may_slip && (one ? is_slip(run, unit, i) : is_slip_of_many(run, unit, i))) {
        note(slips, unit, token);
    }
}

static bool is_aside(const struct unit *unit) {
    return unit->kind == UNIT_HEADING || unit->kind == UNIT_ATTRIBUTE ||
           unit->tokens[unit->n_tokens - 1].kind == TOKEN_WORD || has_label(unit);
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (unit->n_tokens == 0) {
        return GALLEY_OK;
    }
    state->n_tokens += unit->n_tokens;
    state->n_quotations += unit->n_quotations;
    const bool aside = state->after_colon || is_aside(unit);
    const struct token *last = &unit->tokens[unit->n_tokens - 1];
    state->after_colon = last->kind == TOKEN_MARK && last->mark == ':';
    if ((unit->signs & SIGN_PRONOUN) == 0) {
        return GALLEY_OK;
    }
    for (size_t k = 0; k < unit->n_noted; k++) {
        if ((unit->noted[k].signs & SIGN_PRONOUN) == 0) {
            continue;
        }
        const size_t i = unit->noted[k].token;
        const struct token *token = &unit->tokens[i];
        const struct form_facts *facts = check_facts(run, token);
        if (facts == NULL || (token->flags & TOKEN_QUOTED) != 0) {
            continue;
        }
        state->n_third += (facts->classes & (CLASS_PRONOUN_MALE | CLASS_PRONOUN_FEMALE |
                                             CLASS_PRONOUN_PLURAL | CLASS_PRONOUN_NEUTER)) != 0;
        if ((facts->classes & CLASS_PRONOUN_FIRST) != 0 && !is_number(unit, i)) {
            take(run, unit, i, !aside && (facts->classes & CLASS_PRONOUN_SUBJECT) != 0);
        }
    }
    return GALLEY_OK;
}

static galley_status report(struct check_run *run, const struct slips *slips,
                            galley_severity severity) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < slips->n && i < FEW && status == GALLEY_OK; i++) {
        status =
            check_report(run, slips->spans[i], severity, NULL,
                         "the story speaks as “%.*s” here, outside quotation marks, and nowhere "
                         "else",
                         (int)slips->texts[i].len, slips->texts[i].data);
    }
    return status;
}

static galley_status check_document(struct check_run *run) {
    const struct state *state = run->state;
    if (state->one.n_all > FEW || state->n_tokens < WORDS_MIN || state->n_quotations == 0 ||
        state->n_third < THIRD_MIN) {
        return GALLEY_OK;
    }
    const galley_status status = report(run, &state->one, run->check->severity);
    return status != GALLEY_OK || state->one.n_all + state->many.n_all > FEW
               ? status
               : report(run, &state->many, GALLEY_MINOR);
}

const struct check check_person = {
    .name = "person",
    .its_type = "inconsistency",
    .mqm = "linguistic-conventions/grammar",
    .summary = "narration that slips into the first person",
    .explanation = "A story told about others that says “I” once or twice outside quotation marks "
                   "(“The following will be made. I will publish a summary.”), or “we” of what is "
                   "over (“In that year, we sent a ship”; minor). Columns and "
                   "features in the first person, letters, interviews, headings and texts without "
                   "any quotation are left alone.",
    .severity = GALLEY_MAJOR,
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
