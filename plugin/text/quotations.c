/*
 * Quotations. Walks over the unit's marks with a stack of what is open. A mark that only opens or
 * only closes says so itself; for the others the spaces around it decide. A mark that opens inside
 * a quotation of its own kind is one inside the other when both are closed (“He said “go!” and I
 * went”), and otherwise ends what nothing closes. News repeats the opening mark at each paragraph
 * of a long quotation and closes only the last, so what a unit leaves open is kept for the next
 * one, which takes it up when it begins with the same mark.
 */
#include "text/mark.h"
#include "text/preparation.h"

struct open_mark {
    uint32_t code_point;
    uint32_t quotation; /* index */
    uint32_t again; /* the token that opens the same kind anew, where this ends if nothing closes
                       it; NEVER for none */
};

#define NEVER UINT32_MAX

struct quoting {
    struct preparation *preparation;
    struct open_mark open[PREPARATION_DEPTH];
    size_t n_open;
    uint32_t carried; /* outermost mark that earlier units left open and nothing took up, or 0 */
};

/* One quotation mark and what the tokens around it allow. */
struct position {
    uint32_t token;
    uint32_t code_point;
    bool space_before, space_after;
    bool may_open; /* space or an opening mark before, none behind */
    bool is_after_number;
};

static struct position position_of(const struct preparation *preparation, uint32_t index) {
    const struct token *tokens = preparation->tokens;
    struct position position = {.token = index, .code_point = tokens[index].mark};
    position.space_before = index == 0 || (tokens[index].flags & TOKEN_SPACE_BEFORE) != 0;
    position.space_after =
        index + 1 == preparation->n_tokens || (tokens[index + 1].flags & TOKEN_SPACE_BEFORE) != 0;
    bool opens = position.space_before;
    if (!opens) {
        const struct token *before = &tokens[index - 1];
        position.is_after_number = before->kind == TOKEN_NUMBER;
        opens = before->kind == TOKEN_MARK &&
                (mark_is_opening_bracket(before->mark) || before->mark == '-' ||
                 before->mark == '/' || (before->mark >= 0x2010 && before->mark <= 0x2015) ||
                 before->mark == MARK_DOUBLE_OPENING || before->mark == MARK_SINGLE_OPENING ||
                 before->mark == MARK_GUILLEMET_LEFT || before->mark == MARK_DOUBLE_LOW);
    }
    position.may_open = opens && !position.space_after;
    return position;
}

/* Two apostrophes are one double mark: ''We have lost a year,'' he said. A word before may have
 * taken the first of them for its own. Answers how many marks behind this one belong to it. */
static size_t join_apostrophes(const struct preparation *preparation, const struct unit *unit,
                               struct position *position) {
    if (position->code_point != MARK_SINGLE) {
        return 0;
    }
    const uint32_t index = position->token;
    const struct token *token = &preparation->tokens[index];
    if (index + 1 < preparation->n_tokens && token[1].kind == TOKEN_MARK &&
        token[1].mark == MARK_SINGLE && token[1].offset == token->offset + 1) {
        const struct position second = position_of(preparation, index + 1);
        position->code_point = MARK_DOUBLE;
        position->space_after = second.space_after;
        position->may_open = position->space_before && !second.space_after;
        position->token += !position->may_open; /* it ends with the second */
        return 1;
    }
    if (!position->space_before && token[-1].kind == TOKEN_WORD &&
        unit->text[token->offset - 1] == '\'') {
        position->code_point = MARK_DOUBLE;
    }
    return 0;
}

static bool closes(uint32_t opening, uint32_t closing) {
    switch (opening) {
    case MARK_DOUBLE:
    case MARK_DOUBLE_OPENING:
    case MARK_DOUBLE_CLOSING:
    case MARK_DOUBLE_REVERSED:
        return closing == MARK_DOUBLE_CLOSING || closing == MARK_DOUBLE;
    case MARK_DOUBLE_LOW:
        return closing == MARK_DOUBLE_OPENING || closing == MARK_DOUBLE_CLOSING ||
               closing == MARK_DOUBLE;
    case MARK_SINGLE:
    case MARK_SINGLE_OPENING:
    case MARK_SINGLE_REVERSED:
        return closing == MARK_SINGLE_CLOSING || closing == MARK_SINGLE;
    case MARK_SINGLE_LOW:
        return closing == MARK_SINGLE_OPENING || closing == MARK_SINGLE_CLOSING;
    case MARK_GUILLEMET_LEFT:
        return closing == MARK_GUILLEMET_RIGHT;
    case MARK_GUILLEMET_RIGHT:
        return closing == MARK_GUILLEMET_LEFT;
    case MARK_SMALL_LEFT:
        return closing == MARK_SMALL_RIGHT;
    case MARK_SMALL_RIGHT:
        return closing == MARK_SMALL_LEFT;
    default:
        return closing == opening + 1; /* 「 and 『 */
    }
}

static bool is_same_kind(uint32_t one, uint32_t other) {
    return one == other || (one == MARK_DOUBLE && other == MARK_DOUBLE_OPENING) ||
           (one == MARK_DOUBLE_OPENING && other == MARK_DOUBLE);
}

/* Marks that are an apostrophe more often than not when nothing closes them. */
static bool is_doubtful(uint32_t code_point) {
    return code_point == MARK_SINGLE || code_point == MARK_SINGLE_CLOSING;
}

static bool open_quotation(struct quoting *quoting, uint32_t code_point, uint32_t token,
                           bool continued) {
    struct preparation *preparation = quoting->preparation;
    if (quoting->n_open == PREPARATION_DEPTH) {
        return true; /* deeper than anybody quotes */
    }
    if (!memory_grow(preparation->memory, &preparation->quotations,
                     &preparation->quotation_capacity, sizeof *preparation->quotations,
                     preparation->n_quotations + 1)) {
        return false;
    }
    quoting->open[quoting->n_open] =
        (struct open_mark){code_point, (uint32_t)preparation->n_quotations, NEVER};
    quoting->n_open++;
    preparation->quotations[preparation->n_quotations] = (struct quotation){
        .first = token,
        .end = (uint32_t)preparation->n_tokens,
        .continued = continued,
        .unclosed = true,
    };
    preparation->n_quotations++;
    return true;
}

/* Ends the quotations from `level` on before token `end` at the latest. What is doubtful is no
 * quotation. */
static void give_up(struct quoting *quoting, size_t level, uint32_t end) {
    while (quoting->n_open > level) {
        quoting->n_open--;
        const struct open_mark *open = &quoting->open[quoting->n_open];
        struct quotation *quotation = &quoting->preparation->quotations[open->quotation];
        quotation->end = is_doubtful(open->code_point) ? quotation->first
                         : open->again < end           ? open->again
                                                       : end;
    }
}

/* Whether the mark closes something; closes it. */
static bool close_quotation(struct quoting *quoting, const struct position *position) {
    size_t level = quoting->n_open;
    while (level > 0 && !closes(quoting->open[level - 1].code_point, position->code_point)) {
        level--;
    }
    if (level > 0) {
        give_up(quoting, level, position->token);
        quoting->n_open--;
        struct quotation *quotation =
            &quoting->preparation->quotations[quoting->open[level - 1].quotation];
        quotation->end = position->token + 1;
        quotation->unclosed = false;
        return true;
    }
    return false;
}

/* Closes what earlier units left open, when this one has opened nothing before. */
static bool close_carried(struct quoting *quoting, const struct position *position) {
    if (quoting->carried == 0 || quoting->preparation->n_quotations > 0 ||
        !closes(quoting->carried, position->code_point)) {
        return true;
    }
    const uint32_t carried = quoting->carried;
    quoting->carried = 0;
    if (!open_quotation(quoting, carried, 0, true)) {
        return false;
    }
    close_quotation(quoting, position);
    return true;
}

static bool open_mark(struct quoting *quoting, const struct position *position) {
    for (size_t level = 0; level < quoting->n_open; level++) {
        struct open_mark *open = &quoting->open[level];
        if (!is_same_kind(open->code_point, position->code_point)) {
            continue;
        }
        if (open->again == NEVER) {
            open->again = position->token;
        }
        if (mark_is_single(open->code_point) || quoting->n_open == PREPARATION_DEPTH) {
            give_up(quoting, level, position->token);
        }
    }
    return open_quotation(quoting, position->code_point, position->token, false);
}

/* Marks whose direction their spaces tell. */
static bool read_straight(struct quoting *quoting, const struct position *position) {
    if (position->may_open) {
        return open_mark(quoting, position);
    }
    if (position->space_before && (position->code_point == MARK_SINGLE || !position->space_after)) {
        return true;
    }
    if (close_quotation(quoting, position)) {
        return true;
    }
    if (position->code_point == MARK_SINGLE || position->is_after_number) {
        return true; /* a stray apostrophe, feet and inches */
    }
    if (quoting->carried == 0 && (!position->space_after || position->space_before)) {
        return open_mark(quoting, position);
    }
    return close_carried(quoting, position);
}

static bool read_mark(struct quoting *quoting, const struct position *position) {
    switch (position->code_point) {
    case MARK_DOUBLE:
    case MARK_SINGLE:
        return read_straight(quoting, position);
    case MARK_DOUBLE_CLOSING:
    case MARK_SINGLE_CLOSING:
    case MARK_GUILLEMET_RIGHT:
    case MARK_SMALL_RIGHT:
        if (close_quotation(quoting, position)) {
            return true;
        }
        /* Swedish opens with ”, German with ». */
        if (position->may_open && position->code_point != MARK_SINGLE_CLOSING) {
            return open_mark(quoting, position);
        }
        return close_carried(quoting, position);
    case MARK_CORNER_RIGHT:
    case MARK_WHITE_CORNER_RIGHT:
        return close_quotation(quoting, position) || close_carried(quoting, position);
    case MARK_DOUBLE_OPENING:
    case MARK_SINGLE_OPENING:
    case MARK_GUILLEMET_LEFT:
    case MARK_SMALL_LEFT:
        /* They close what „ ‚ » › opened. */
        return (!position->may_open && close_quotation(quoting, position)) ||
               open_mark(quoting, position);
    default:
        return open_mark(quoting, position);
    }
}

/* ---- from unit to unit ---- */

/* Takes up what the unit before left open. */
static bool begin_unit(struct quoting *quoting, const struct unit *unit) {
    struct preparation *preparation = quoting->preparation;
    const size_t n_open = preparation->n_open;
    preparation->n_open = 0;
    if (n_open == 0 || preparation->n_tokens == 0) {
        preparation->n_open = n_open;
        return true;
    }
    if (!unit->continues) {
        quoting->carried = preparation->open_marks[0];
        return true;
    }
    for (size_t i = 0; i < n_open; i++) {
        if (!open_quotation(quoting, preparation->open_marks[i], 0, true)) {
            return false;
        }
    }
    return true;
}

/* Notes that the unit's first quotation goes on with one of the unit before. */
static void link_repeated(struct quoting *quoting) {
    struct preparation *preparation = quoting->preparation;
    if (quoting->carried != 0 && preparation->n_quotations > 0 &&
        preparation->quotations[0].first == 0) {
        struct quotation *quotation = &preparation->quotations[0];
        quotation->continued |= preparation->tokens[0].kind == TOKEN_MARK &&
                                is_same_kind(preparation->tokens[0].mark, quoting->carried);
    }
}

static void end_unit(struct quoting *quoting) {
    struct preparation *preparation = quoting->preparation;
    if (preparation->n_tokens > 0) {
        for (size_t i = 0; i < quoting->n_open; i++) {
            if (quoting->open[i].again == NEVER) {
                preparation->open_marks[preparation->n_open++] = quoting->open[i].code_point;
            }
        }
    }
    give_up(quoting, 0, (uint32_t)preparation->n_tokens);
}

/* Takes out what was given up, and counts how deep the others are. */
static void settle(struct preparation *preparation) {
    uint32_t ends[PREPARATION_DEPTH];
    uint8_t depth = 0;
    size_t n = 0;
    for (size_t i = 0; i < preparation->n_quotations; i++) {
        struct quotation quotation = preparation->quotations[i];
        if (quotation.end == quotation.first) {
            continue;
        }
        while (depth > 0 && ends[depth - 1] <= quotation.first) {
            depth--;
        }
        quotation.depth = depth;
        ends[depth] = quotation.end;
        depth++;
        preparation->quotations[n] = quotation;
        n++;
    }
    preparation->n_quotations = n;
}

static void flag_tokens(struct preparation *preparation) {
    for (size_t i = 0; i < preparation->n_quotations; i++) {
        const struct quotation *quotation = &preparation->quotations[i];
        if (quotation->depth > 0) {
            continue;
        }
        const uint32_t end = quotation->unclosed ? quotation->end : quotation->end - 1;
        const bool has_mark = preparation->tokens[quotation->first].kind == TOKEN_MARK &&
                              mark_is_quotation(preparation->tokens[quotation->first].mark);
        for (uint32_t at = quotation->first + has_mark; at < end; at++) {
            preparation->tokens[at].flags |= TOKEN_QUOTED;
            preparation->flags |= TOKEN_QUOTED;
        }
    }
}

galley_status preparation_find_quotations(struct preparation *preparation,
                                          const struct unit *unit) {
    struct quoting quoting = {.preparation = preparation};
    preparation->n_quotations = 0;
    if (!begin_unit(&quoting, unit)) {
        return GALLEY_ERROR_MEMORY;
    }
    for (size_t i = 0; i < preparation->n_marks; i++) {
        const uint32_t index = preparation->marks[i];
        if (!mark_is_quotation(preparation->tokens[index].mark)) {
            continue;
        }
        struct position position = position_of(preparation, index);
        i += join_apostrophes(preparation, unit, &position);
        if (!read_mark(&quoting, &position)) {
            return GALLEY_ERROR_MEMORY;
        }
    }
    link_repeated(&quoting);
    end_unit(&quoting);
    settle(preparation);
    flag_tokens(preparation);
    return GALLEY_OK;
}
