#include "bilingual/marks.h"

#include "bilingual/bilingual.h"
#include "text/character.h"
#include "text/mark.h"
#include "text/utf8.h"

enum { SENTENCES_MAX = 2 }; /* of a unit whose brackets are compared: more may be put otherwise */

/* What a text can end with, in any script (Unicode's Sentence_Terminal, and colons). */
enum ending { END_NONE, END_STOP, END_QUESTION, END_EXCLAMATION, END_COLON };

static enum ending ending_of_mark(uint32_t c) {
    switch (c) {
    case '?':
    case 0x37E:  /* Greek */
    case 0x55E:  /* Armenian */
    case 0x61F:  /* Arabic */
    case 0xFF1F: /* full-width */
        return END_QUESTION;
    case '!':
    case 0x55C:
    case 0xFF01:
        return END_EXCLAMATION;
    case ':':
    case 0xFF1A:
        return END_COLON;
    default:
        return mark_is_stop(c) ? END_STOP : END_NONE;
    }
}

struct marks {
    enum ending ending;
    size_t n_questions;
    size_t n_brackets; /* opening ones: round, square, and what East Asia has for them */
    size_t n_letters;
};

static struct marks count_marks(const char *text, size_t len) {
    struct marks marks = {.ending = END_NONE};
    for (size_t at = 0; at < len;) {
        const uint32_t c = utf8_next(text, &at);
        const enum character character = character_of(c);
        if (character_is_word(character)) {
            marks.ending = END_NONE;
            marks.n_letters++;
        } else if (ending_of_mark(c) != END_NONE) {
            /* "?!" asks. */
            marks.ending = marks.ending == END_QUESTION ? END_QUESTION : ending_of_mark(c);
            marks.n_questions += ending_of_mark(c) == END_QUESTION;
        }
        marks.n_brackets +=
            c == '(' || c == '[' || c == 0xFF08 || c == 0xFF3B || c == 0x3010 || c == 0x3014;
    }
    return marks;
}

static galley_status report_ending(struct check_run *run, const struct unit *unit,
                                   const struct marks *source, const struct marks *target) {
    static const char *const names[] = {"", "a stop", "a question mark", "an exclamation mark",
                                        "a colon"};
    const struct span span = bilingual_token(unit, unit->len);
    if (source->ending == target->ending) {
        return GALLEY_OK;
    }
    const bool changes_sense = source->ending == END_QUESTION || target->ending == END_QUESTION;
    const galley_severity severity = changes_sense ? GALLEY_MINOR : GALLEY_NEUTRAL;
    if (source->ending == END_NONE) {
        return check_report(run, span, severity, NULL, "this ends in %s, and the source does not",
                            names[target->ending]);
    }
    return check_report(run, span, severity, NULL, "the source ends in %s, and this does not",
                        names[source->ending]);
}

galley_status bilingual_compare_marks(struct check_run *run, const struct unit *unit) {
    if (unit->source == NULL || unit->kind != UNIT_SEGMENT || unit->n_tokens == 0) {
        return GALLEY_OK;
    }
    const struct marks source = count_marks(unit->source, unit->source_len);
    const struct marks target = count_marks(unit->text, unit->len);
    if (source.n_letters == 0 || target.n_letters == 0) {
        return GALLEY_OK;
    }
    galley_status status = report_ending(run, unit, &source, &target);
    if (status == GALLEY_OK && source.n_questions > 0 && target.n_questions == 0 &&
        source.ending != END_QUESTION) {
        status = check_report(run, bilingual_token(unit, unit->len), GALLEY_MINOR, NULL,
                              "the source has a question, and this has none");
    }
    if (status == GALLEY_OK && unit->n_sentences <= SENTENCES_MAX &&
        source.n_brackets != target.n_brackets) {
        status =
            check_report(run, bilingual_token(unit, unit->len), GALLEY_NEUTRAL, NULL,
                         "the source has %zu pair%s of brackets, and this has %zu",
                         source.n_brackets, source.n_brackets == 1 ? "" : "s", target.n_brackets);
    }
    return status;
}
