/*
 * Reading the numbers of a text: digits with the separators of its language ("1.234,5"), words
 * ("twenty-one", "二十一", "zweihundertdrei"), both together ("2.5 million", "1万5千"), dates,
 * times and ranges part by part, and what is counted ("10 %", "$5", "30 km/h").
 *
 * Two steps: a scanner finds atoms (digits, number words), and a composer puts neighbours together
 * as the languages of CLDR's rule-based number formats do: small multipliers work on the digit
 * before them, large ones on all that is below them.
 */
#include "bilingual/side.h"
#include "libraries/icu.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <math.h>
#include <string.h>

enum {
    WORD_LEN_MAX = 64,     /* bytes of a word that is looked up */
    SEQUENCE_LEN_MAX = 24, /* bytes of a numeral inside a run of letters without spaces */
    GROUPS_MAX = 8,        /* "1,234,567" */
    DIGITS_MAX = 15        /* more are no number but a name of something */
};

/* What has been put together so far. */
struct composer {
    bool open;
    bool exact; /* began with digits: only multipliers may follow */
    double total, section, digit;
    bool has_digit;
    double last_large; /* the last large multiplier */
    bool from_perhaps; /* a single letter multiplied */
    double before_perhaps;
    struct quantity quantity;
};

struct reading {
    struct side *side;
    struct arena *arena;
    const struct numerals *numerals;
    const struct numeral_language *language;
    struct composer composer;
    size_t at;
    size_t next_code; /* index of the first code that ends behind `at` */
    double era;       /* the years of an era that was just named, or 0 */
    size_t era_end;
    bool noon; /* a word of the afternoon ends at noon_end */
    size_t noon_end;
    galley_status status;
};

/* ---- characters ---- */

static uint32_t code_point_at(const struct reading *reading, size_t offset) {
    return offset < reading->side->len ? utf8_next(reading->side->text, &offset) : 0;
}

static size_t behind(const struct reading *reading, size_t offset) {
    if (offset < reading->side->len) {
        utf8_next(reading->side->text, &offset);
    }
    return offset;
}

static int digit_at(const struct reading *reading, size_t offset) {
    return unicode_digit(code_point_at(reading, offset));
}

static uint32_t before(const struct reading *reading, size_t offset) {
    return offset == 0 ? 0 : utf8_previous(reading->side->text, &offset);
}

static bool is_letter(uint32_t c) {
    return c != 0 && character_is_letter(character_of(c));
}

static bool is_space(uint32_t c) {
    return c != 0 && character_is_space(character_of(c));
}

static bool is_hyphen(uint32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool is_separator(uint32_t c) {
    return c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == ' ' || c == 0xA0 ||
           c == 0x202F || c == 0x2009 || c == 0x066B || c == 0x066C || c == 0x30FB || c == 0xFF0C ||
           c == 0xFF0E;
}

/* The separator as the tables have it. */
static uint32_t usual_separator(uint32_t c) {
    switch (c) {
    case 0xA0:
    case 0x202F:
    case 0x2009:
        return ' ';
    case 0x2019:
        return '\'';
    case 0x066B:
    case 0x30FB:
    case 0xFF0E:
        return '.';
    case 0x066C:
    case 0xFF0C:
        return ',';
    default:
        return c;
    }
}

/* ---- results ---- */

static void add_quantity(struct reading *reading, const struct quantity *quantity) {
    struct side *side = reading->side;
    if (reading->status != GALLEY_OK) {
        return;
    }
    if (!arena_grow(reading->arena, &side->quantities, side->n_quantities, &side->quantity_capacity,
                    sizeof *side->quantities, side->n_quantities + 1)) {
        reading->status = GALLEY_ERROR_MEMORY;
        return;
    }
    side->quantities[side->n_quantities++] = *quantity;
}

static bool find(const struct reading *reading, size_t begin, size_t end, struct numeral *numeral) {
    return end > begin && end - begin <= WORD_LEN_MAX &&
           numerals_find(reading->numerals, reading->side->language, reading->side->text + begin,
                         end - begin, numeral);
}

/* ---- composing ---- */

static double composed(const struct composer *composer) {
    return composer->total + composer->section + composer->digit;
}

static void close(struct reading *reading) {
    struct composer *composer = &reading->composer;
    if (!composer->open) {
        return;
    }
    composer->open = false;
    composer->quantity.value = composed(composer);
    if (!composer->exact || composer->quantity.other == 0 || composer->last_large > 0) {
        composer->quantity.other = composer->quantity.value;
    }
    if (composer->from_perhaps) {
        composer->quantity.other = composer->before_perhaps;
    }
    composer->quantity.outer_begin = composer->quantity.begin;
    composer->quantity.outer_end = composer->quantity.end;
    add_quantity(reading, &composer->quantity);
}

static void open_composer(struct reading *reading, size_t begin) {
    close(reading);
    reading->composer = (struct composer){.open = true, .quantity.begin = (uint32_t)begin};
}

/* Whether nothing but up to two joining words and spaces stand in the gap: "and", "and a". */
static bool is_joined(const struct reading *reading, size_t at, size_t end) {
    enum { JOINERS_MAX = 2 };
    struct numeral joiner;
    for (unsigned n = 0; n < JOINERS_MAX; n++) {
        size_t word = at;
        while (word < end && is_letter(code_point_at(reading, word))) {
            word = behind(reading, word);
        }
        if (!find(reading, at, word, &joiner) || !numeral_is(&joiner, NUMERAL_JOINER) ||
            !is_space(code_point_at(reading, word))) {
            return false;
        }
        at = behind(reading, word);
        if (at >= end) {
            return at == end;
        }
    }
    return false;
}

/* Whether an atom that begins at `begin` goes on with the number that is open: only a space or a
 * hyphen lies between, or joining words where they are allowed. */
static bool adjoins_with(const struct reading *reading, size_t begin, bool joiners) {
    const size_t end = reading->composer.quantity.end;
    if (!reading->composer.open || begin < end) {
        return false;
    }
    size_t at = end;
    const uint32_t c = code_point_at(reading, at);
    if (at < begin && (is_space(c) || is_hyphen(c))) {
        at = behind(reading, at);
    }
    return at == begin || (joiners && is_joined(reading, at, begin));
}

static bool adjoins(const struct reading *reading, size_t begin) {
    return adjoins_with(reading, begin, !reading->composer.exact);
}

static void multiply(struct reading *reading, size_t begin, size_t end, double value) {
    struct composer *composer = &reading->composer;
    if (!adjoins(reading, begin)) {
        open_composer(reading, begin);
    }
    const bool unspaced = reading->language->unspaced;
    if (value < (unspaced ? 10000 : 1000)) {
        if (composer->exact && composer->section > 0) {
            composer->section *= value;
        } else if (!unspaced && composer->section > 0 && composer->section < 100) {
            composer->section = (composer->section + composer->digit) * value;
        } else {
            composer->section += (composer->digit > 0 ? composer->digit : 1) * value;
        }
    } else {
        const double below = composer->section + composer->digit;
        if (composer->last_large > 0 && value > composer->last_large) {
            composer->total = (composer->total + below) * value;
        } else {
            composer->total += (below > 0 ? below : 1) * value;
        }
        composer->section = 0;
        composer->last_large = value;
    }
    composer->digit = 0;
    composer->has_digit = false;
    composer->quantity.flags |= QUANTITY_MULTIPLIED;
    composer->quantity.end = (uint32_t)end;
}

/* Whether the word's number can stand behind what is open: "twenty" "one", not "two" "three". */
static bool fits(const struct composer *composer, double value) {
    if (composer->exact) {
        return false;
    }
    if (value >= 100) {
        return !composer->has_digit &&
               (composer->section == 0 ? composer->total > 0
                                       : value < 1000 && fmod(composer->section, 1000) == 0);
    }
    if (value >= 10) {
        return !composer->has_digit && fmod(composer->section, 100) == 0;
    }
    return !composer->has_digit && fmod(composer->section, 10) == 0 &&
           (fmod(composer->section, 100) != 10 || composer->quantity.flags & QUANTITY_MULTIPLIED);
}

static void add_word(struct reading *reading, size_t begin, size_t end, double value,
                     bool ordinal) {
    struct composer *composer = &reading->composer;
    if (!adjoins(reading, begin) || !fits(composer, value)) {
        /* Digits in a row, "二〇二〇": a number by place. */
        if (reading->language->unspaced && composer->open && !composer->exact && value < 10 &&
            composer->has_digit && composer->quantity.end == begin) {
            composer->digit = composer->digit * 10 + value;
            composer->quantity.end = (uint32_t)end;
            return;
        }
        open_composer(reading, begin);
    }
    if (value < 10) {
        composer->digit = value;
        composer->has_digit = true;
    } else {
        composer->section += value;
    }
    composer->quantity.end = (uint32_t)end;
    if (ordinal) {
        composer->quantity.flags |= QUANTITY_ORDINAL;
        close(reading);
    }
}

/* A quantity of its own that nothing is put together with. */
static void add_single(struct reading *reading, size_t begin, size_t end, double value,
                       unsigned flags) {
    close(reading);
    const struct quantity quantity = {.begin = (uint32_t)begin,
                                      .end = (uint32_t)end,
                                      .outer_begin = (uint32_t)begin,
                                      .outer_end = (uint32_t)end,
                                      .value = value,
                                      .other = value,
                                      .flags = (uint16_t)flags};
    add_quantity(reading, &quantity);
}

/* ---- digits ---- */

struct digits {
    double groups[GROUPS_MAX];
    unsigned lengths[GROUPS_MAX];
    size_t begins[GROUPS_MAX], ends[GROUPS_MAX];
    uint32_t separators[GROUPS_MAX]; /* before each group */
    size_t n;
};

static size_t read_group(const struct reading *reading, size_t at, struct digits *digits) {
    double value = 0;
    unsigned n = 0;
    const size_t begin = at;
    for (int digit; (digit = digit_at(reading, at)) >= 0; n++) {
        value = value * 10 + digit;
        at = behind(reading, at);
    }
    digits->groups[digits->n] = value;
    digits->lengths[digits->n] = n;
    digits->begins[digits->n] = begin;
    digits->ends[digits->n] = at;
    digits->n++;
    return at;
}

/* Behind the three digits that follow the separator at `at`; 0 when they are not three. */
static size_t behind_three(const struct reading *reading, size_t at) {
    at = behind(reading, at);
    for (int n = 0; n < 3; n++) {
        if (digit_at(reading, at) < 0) {
            return 0;
        }
        at = behind(reading, at);
    }
    return digit_at(reading, at) < 0 ? at : 0;
}

/* A space groups digits by three, and only where the language or the space itself says so, or where
 * more than one does: "1 000 000". */
static bool space_groups(const struct reading *reading, const struct digits *digits, size_t space) {
    const uint32_t c = code_point_at(reading, space);
    const size_t end = behind_three(reading, space);
    return end > 0 && digits->lengths[0] <= 3 && digits->groups[0] > 0 &&
           (digits->n == 1 || digits->lengths[digits->n - 1] == 3) &&
           (c != ' ' || reading->language->group == ' ' || digits->n > 1 ||
            (code_point_at(reading, end) == ' ' && behind_three(reading, end) > 0));
}

static size_t read_digits(const struct reading *reading, size_t at, struct digits *digits) {
    digits->n = 0;
    at = read_group(reading, at, digits);
    while (digits->n < GROUPS_MAX) {
        const uint32_t c = code_point_at(reading, at);
        const size_t next = behind(reading, at);
        if (!is_separator(c) || digit_at(reading, next) < 0) {
            break;
        }
        const uint32_t separator = usual_separator(c);
        if (separator == ' ' && !space_groups(reading, digits, at)) {
            break;
        }
        digits->separators[digits->n] = separator;
        at = read_group(reading, next, digits);
    }
    return at;
}

static double joined(const struct digits *digits, size_t n) {
    double value = 0;
    for (size_t i = 0; i < n; i++) {
        value = value * pow(10, digits->lengths[i]) + digits->groups[i];
    }
    return value;
}

static double with_decimals(const struct digits *digits) {
    const size_t last = digits->n - 1;
    return joined(digits, last) + digits->groups[last] / pow(10, digits->lengths[last]);
}

static bool same_separators(const struct digits *digits, size_t n) {
    for (size_t i = 2; i < n; i++) {
        if (digits->separators[i] != digits->separators[1]) {
            return false;
        }
    }
    return true;
}

/* Groups of three, or India's "12,34,567". */
static bool are_groups(const struct digits *digits, size_t n) {
    if (n < 2 || digits->lengths[0] > 3 || digits->lengths[n - 1] != 3 || digits->groups[0] == 0 ||
        !same_separators(digits, n)) {
        return false;
    }
    bool thousands = true;
    bool indian = digits->lengths[0] <= 2;
    for (size_t i = 1; i + 1 < n; i++) {
        thousands &= digits->lengths[i] == 3;
        indian &= digits->lengths[i] == 2;
    }
    return thousands || indian;
}

/* What the digits say. False: parts that are no one number, such as those of "26.07.2020". */
static bool interpret(const struct reading *reading, const struct digits *digits, double *value,
                      double *other, bool *foreign) {
    const size_t n = digits->n;
    const struct numeral_language *language = reading->language;
    const uint32_t last = n > 1 ? digits->separators[n - 1] : 0;
    *foreign = false;
    if (n == 1) {
        *value = *other = digits->groups[0];
        return true;
    }
    if (n == 2 && (last == '.' || last == ',')) {
        const bool groups = are_groups(digits, 2);
        const double decimal = with_decimals(digits);
        *foreign = last != language->decimal && !(groups && last == language->group);
        *value = *other = groups && last == language->group ? joined(digits, 2) : decimal;
        if (groups && last != language->group && last != language->decimal) {
            *other = joined(digits, 2);
        }
        return true;
    }
    if (are_groups(digits, n)) {
        *foreign = last != language->group && last != ' ' && last != '\'';
        *value = *other = joined(digits, n);
        return true;
    }
    if (n >= 3 && (last == '.' || last == ',') && last != digits->separators[1] &&
        are_groups(digits, n - 1)) {
        *foreign = last != language->decimal;
        *value = *other = with_decimals(digits);
        return true;
    }
    return false;
}

static bool is_part_mark(uint32_t c) {
    return c == ':' || c == '/' || is_hyphen(c) || c == 0xFF1A || c == 0xFF0F || c == '~' ||
           c == 0x301C || c == 0xFF5E;
}

/* Letters or a hyphen behind letters stand before the digits, which belong to a name; or a point
 * without a digit, as calibres and batting averages are written. */
static bool is_glued(const struct reading *reading, size_t begin) {
    uint32_t c = before(reading, begin);
    if (c == '.') {
        utf8_previous(reading->side->text, &begin);
        return is_space(before(reading, begin)) || is_part_mark(before(reading, begin));
    }
    if (is_hyphen(c) && c != 0x2013 && c != 0x2014) {
        utf8_previous(reading->side->text, &begin);
        c = before(reading, begin);
    }
    return is_letter(c) && !side_is_unspaced(c);
}

/* One of several numbers that marks join: "2-1", "18:30", "2019/20". */
static unsigned part_flags(const struct reading *reading, size_t begin, size_t end) {
    const uint32_t left = before(reading, begin);
    const uint32_t right = code_point_at(reading, end);
    unsigned flags = 0;
    if (is_part_mark(left)) {
        size_t at = begin;
        utf8_previous(reading->side->text, &at);
        flags |= unicode_digit(before(reading, at)) >= 0 ? QUANTITY_PART : 0;
    }
    if (is_part_mark(right) && digit_at(reading, behind(reading, end)) >= 0) {
        flags |= QUANTITY_PART;
        flags |= right == ':' || right == 0xFF1A ? QUANTITY_HOUR : 0;
    }
    return flags;
}

/* The longest prefix of text[begin, limit) that is a word of the table; begin when none is. */
static size_t longest_word(const struct reading *reading, size_t begin, size_t limit,
                           struct numeral *numeral) {
    size_t end = limit - begin > SEQUENCE_LEN_MAX ? begin + SEQUENCE_LEN_MAX : limit;
    while (end > begin && end < limit && utf8_is_continuation(reading->side->text[end])) {
        end--;
    }
    while (end > begin) {
        if (find(reading, begin, end, numeral)) {
            return end;
        }
        utf8_previous(reading->side->text, &end);
    }
    return begin;
}

/* Whether digits go on with the number that is open, as a smaller multiplier follows them as well:
 * "3 млн 500 тыс.". */
static bool is_next_part(const struct reading *reading, size_t begin, size_t end, double value) {
    const struct composer *composer = &reading->composer;
    if (!composer->open || composer->section + composer->digit > 0 || composer->last_large < 1000 ||
        !adjoins_with(reading, begin, false)) {
        return false;
    }
    struct numeral numeral;
    const size_t word = is_space(code_point_at(reading, end)) ? behind(reading, end) : end;
    size_t word_end = word;
    while (is_letter(code_point_at(reading, word_end))) {
        word_end = behind(reading, word_end);
    }
    const bool found = reading->language->unspaced /* "2조 3천억" */
                           ? longest_word(reading, word, word_end, &numeral) > word
                           : word_end > word && find(reading, word, word_end, &numeral);
    return found && numeral_is(&numeral, NUMERAL_MULTIPLIER) &&
           numeral.values[NUMERAL_MULTIPLIER] >= 1000 &&
           value * numeral.values[NUMERAL_MULTIPLIER] < composer->last_large;
}

/* Opens a number with digits; multipliers may follow. */
static void add_digits(struct reading *reading, size_t begin, size_t end, double value,
                       double other, unsigned flags) {
    struct composer *composer = &reading->composer;
    if (composer->open && composer->quantity.end == begin && composer->last_large > value &&
        reading->language->unspaced) { /* "1万5000" */
        composer->digit = value;
        composer->has_digit = true;
        composer->quantity.end = (uint32_t)end;
        return;
    }
    if (is_next_part(reading, begin, end, value)) {
        composer->digit = value;
        composer->has_digit = true;
        composer->quantity.end = (uint32_t)end;
        return;
    }
    open_composer(reading, begin);
    composer->exact = true;
    composer->section = value;
    composer->quantity.other = other == value ? 0 : other;
    composer->quantity.flags = (uint16_t)(flags | QUANTITY_DIGITS);
    composer->quantity.end = (uint32_t)end;
}

/* The parts of a date or version one by one, each a number of its own. */
static void add_parts(struct reading *reading, const struct digits *digits, unsigned flags) {
    for (size_t i = 0; i < digits->n; i++) {
        add_single(reading, digits->begins[i], digits->ends[i], digits->groups[i],
                   flags | QUANTITY_DIGITS | QUANTITY_PART);
    }
}

/* "2 1/2": the digits at `begin` to `end` are the upper half of a fraction behind a whole number.
 */
static bool take_common_fraction(struct reading *reading, const struct digits *digits, size_t begin,
                                 size_t end) {
    struct composer *composer = &reading->composer;
    const size_t slash = end;
    if (digits->n != 1 || code_point_at(reading, slash) != '/' || !composer->exact ||
        !adjoins(reading, begin) || begin == composer->quantity.end) {
        return false;
    }
    const size_t lower = behind(reading, slash);
    const int below = digit_at(reading, lower);
    const size_t lower_end = behind(reading, lower);
    if (below < 2 || digits->groups[0] >= below || digit_at(reading, lower_end) >= 0) {
        return false;
    }
    composer->section += digits->groups[0] / below;
    composer->quantity.end = (uint32_t)lower_end;
    reading->at = lower_end;
    return true;
}

/* Letters directly behind the digits that are no word of numbers: "3D", "802Bcf". */
static bool has_tail(const struct reading *reading, size_t end) {
    size_t tail = end;
    while (is_letter(code_point_at(reading, tail)) &&
           !side_is_unspaced(code_point_at(reading, tail))) {
        tail = behind(reading, tail);
    }
    struct numeral numeral;
    return tail > end && !find(reading, end, tail, &numeral);
}

static void take_digits(struct reading *reading) {
    struct digits digits;
    const size_t begin = reading->at;
    const size_t end = read_digits(reading, begin, &digits);
    if (take_common_fraction(reading, &digits, begin, end)) {
        return;
    }
    unsigned flags = part_flags(reading, begin, end);
    flags |= is_glued(reading, begin) || has_tail(reading, end) ? QUANTITY_GLUED : 0;
    flags |= digits.n == 1 && digits.lengths[0] > DIGITS_MAX ? QUANTITY_GLUED : 0;
    double value;
    double other;
    bool foreign;
    reading->at = end;
    if (!interpret(reading, &digits, &value, &other, &foreign)) {
        add_parts(reading, &digits, flags);
        return;
    }
    if (reading->era > 0 && reading->era_end == begin) {
        add_single(reading, begin, end, reading->era + value, flags | QUANTITY_DIGITS);
        return;
    }
    if (reading->noon && reading->noon_end <= begin && begin - reading->noon_end <= 1) {
        flags |= QUANTITY_HOUR | QUANTITY_NOON;
    }
    flags |= foreign ? QUANTITY_FOREIGN : 0;
    add_digits(reading, begin, end, value, other, flags);
}

/* ---- words ---- */

/* The end of a run of letters and marks, with hyphens and apostrophes inside. */
static size_t word_end(const struct reading *reading, size_t at, bool *has_hyphen) {
    *has_hyphen = false;
    size_t end = at;
    while (at < reading->side->len) {
        const uint32_t c = code_point_at(reading, at);
        const enum character character = character_of(c);
        const size_t next = behind(reading, at);
        if (character_is_letter(character) || (character == CHARACTER_EXTEND && at > 0)) {
            end = next;
        } else if (!((is_hyphen(c) && c < 0x2012) || c == '.' || c == '\'' || c == 0x2019) ||
                   !is_letter(code_point_at(reading, next))) {
            break;
        } else {
            *has_hyphen |= c != '.';
        }
        at = next;
    }
    return end;
}

/* Roman numerals of two letters and more, or one that is no word by itself (UAX #44 has no property
 * for those written with letters). */
static double roman(const char *text, size_t len) {
    static const char letters[] = "IVXLCDM";
    static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
    int total = 0;
    int largest = 0;
    for (size_t i = len; i-- > 0;) {
        const char *letter = text[i] == '\0' ? NULL : strchr(letters, text[i]);
        if (letter == NULL) {
            return 0;
        }
        const int value = values[letter - letters];
        total += value < largest ? -value : value;
        largest = value > largest ? value : largest;
    }
    return total > 0 ? total : 0;
}

/* What the words around a number say of it: hours of the afternoon, what is counted. */
static void qualify(struct reading *reading, const struct numeral *numeral, size_t begin,
                    size_t end) {
    if (numeral_is(numeral, NUMERAL_NOON)) {
        reading->noon = true;
        reading->noon_end = end;
        const struct composer *composer = &reading->composer;
        if (composer->open && begin - composer->quantity.end <= 1) {
            reading->composer.quantity.flags |= QUANTITY_HOUR | QUANTITY_NOON;
        }
    }
}

/* Words with a sex, which the same table has. */
static void take_gendered(struct reading *reading, const struct numeral *numeral, size_t begin) {
    struct side *side = reading->side;
    const bool female = numeral_is(numeral, NUMERAL_FEMALE);
    if (!female && !numeral_is(numeral, NUMERAL_MALE)) {
        return;
    }
    const double value = numeral->values[female ? NUMERAL_FEMALE : NUMERAL_MALE];
    if (!(value >= 0 && value < GENDERED_KINDS)) {
        return;
    }
    if (!arena_grow(reading->arena, &side->gendered, side->n_gendered, &side->gendered_capacity,
                    sizeof *side->gendered, side->n_gendered + 1)) {
        reading->status = GALLEY_ERROR_MEMORY;
        return;
    }
    side->gendered[side->n_gendered++] = (struct gendered){(uint32_t)begin, (uint8_t)value, female};
}

/* Takes a word as an atom; false when it says no number. */
static bool take_numeral(struct reading *reading, const struct numeral *numeral, size_t begin,
                         size_t end) {
    struct composer *composer = &reading->composer;
    const bool follows = adjoins(reading, begin);
    if (numeral_is(numeral, NUMERAL_MULTIPLIER)) {
        multiply(reading, begin, end, numeral->values[NUMERAL_MULTIPLIER]);
    } else if (numeral_is(numeral, NUMERAL_CARDINAL)) {
        add_word(reading, begin, end, numeral->values[NUMERAL_CARDINAL], false);
    } else if (numeral_is(numeral, NUMERAL_ORDINAL)) {
        add_word(reading, begin, end, numeral->values[NUMERAL_ORDINAL], true);
    } else if (numeral_is(numeral, NUMERAL_IMPLIED) && numeral->values[NUMERAL_IMPLIED] == 0.5 &&
               adjoins_with(reading, begin, true)) { /* "two and a half", "два с половиной" */
        if (composer->section + composer->digit == 0 && composer->last_large > 0) {
            composer->total += 0.5 * composer->last_large; /* "dos millones y medio" */
        } else {
            composer->section += 0.5;
        }
        composer->quantity.end = (uint32_t)end;
    } else if (numeral_is(numeral, NUMERAL_IMPLIED)) {
        add_single(reading, begin, end, numeral->values[NUMERAL_IMPLIED], QUANTITY_IMPLIED);
    } else if (numeral_is(numeral, NUMERAL_MONTH)) {
        add_single(reading, begin, end, numeral->values[NUMERAL_MONTH],
                   QUANTITY_MONTH | QUANTITY_IMPLIED);
    } else if (numeral_is(numeral, NUMERAL_PERHAPS) && follows && composer->exact) {
        composer->before_perhaps = composed(composer);
        multiply(reading, begin, end, numeral->values[NUMERAL_PERHAPS]);
        composer->from_perhaps = true;
        close(reading);
    } else if (numeral_is(numeral, NUMERAL_ERA)) {
        reading->era = numeral->values[NUMERAL_ERA];
        reading->era_end = end;
    } else {
        return false;
    }
    return true;
}

/* A word that is made of number words all through: "zweihundertdreiundzwanzig". */
static bool take_compound(struct reading *reading, size_t begin, size_t end) {
    struct numeral numeral;
    size_t at = begin;
    while (at < end) {
        const size_t next = longest_word(reading, at, end, &numeral);
        if (next == at || !(numeral.kinds & (1 << NUMERAL_CARDINAL | 1 << NUMERAL_MULTIPLIER |
                                             1 << NUMERAL_ORDINAL | 1 << NUMERAL_JOINER))) {
            return false;
        }
        at = next;
    }
    for (at = begin; at < end;) {
        const size_t next = longest_word(reading, at, end, &numeral);
        if (!take_numeral(reading, &numeral, at, next) && reading->composer.open) {
            reading->composer.quantity.end = (uint32_t)next;
        }
        at = next;
    }
    return true;
}

/* Korean has spaces between words, and particles within them that look like numbers: "원이", the
 * won as a subject, is not two of anything. */
static bool is_particle(const struct reading *reading, const struct numeral *numeral, size_t begin,
                        size_t at) {
    enum { HANGUL_BEGIN = 0xAC00, HANGUL_END = 0xD7A4 };
    const uint32_t c = code_point_at(reading, at);
    const struct composer *composer = &reading->composer;
    return at > begin && c >= HANGUL_BEGIN && c < HANGUL_END &&
           numeral->kinds == 1u << NUMERAL_CARDINAL &&
           !(composer->open && composer->quantity.end == at);
}

/* Numerals inside a run of letters without spaces. */
static void take_unspaced(struct reading *reading, size_t begin, size_t end) {
    struct numeral numeral;
    for (size_t at = begin; at < end;) {
        const size_t next = longest_word(reading, at, end, &numeral);
        if (next > at && !is_particle(reading, &numeral, begin, at)) {
            qualify(reading, &numeral, at, next);
            take_numeral(reading, &numeral, at, next);
            take_gendered(reading, &numeral, at);
            at = next;
        } else {
            at = behind(reading, at);
        }
    }
}

/* The parts of a word with hyphens: "two-year-old". */
static void take_hyphened(struct reading *reading, size_t begin, size_t end) {
    struct numeral numeral;
    for (size_t at = begin; at < end;) {
        size_t part = at;
        while (part < end && is_letter(code_point_at(reading, part))) {
            part = behind(reading, part);
        }
        if (part > at && find(reading, at, part, &numeral)) {
            take_numeral(reading, &numeral, at, part);
        }
        at = part > at ? part : behind(reading, at);
    }
}

static void take_word(struct reading *reading) {
    const size_t begin = reading->at;
    bool has_hyphen;
    const size_t end = word_end(reading, begin, &has_hyphen);
    reading->at = end > begin ? end : behind(reading, begin);
    struct numeral numeral;
    if (reading->language->unspaced && side_is_unspaced(code_point_at(reading, begin))) {
        take_unspaced(reading, begin, end);
        return;
    }
    const double number = roman(reading->side->text + begin, end - begin);
    if (number > 0) {
        add_single(reading, begin, end, number, QUANTITY_IMPLIED);
    } else if (find(reading, begin, end, &numeral)) {
        qualify(reading, &numeral, begin, end);
        take_numeral(reading, &numeral, begin, end);
        take_gendered(reading, &numeral, begin);
    } else if (has_hyphen) {
        take_hyphened(reading, begin, end);
    } else if (reading->language->compounds && end - begin <= WORD_LEN_MAX) {
        take_compound(reading, begin, end);
    }
}

/* ---- what is counted ---- */

static bool set_measure(const struct reading *reading, struct quantity *quantity, size_t begin,
                        size_t end, bool currency_only) {
    struct numeral numeral;
    if (!find(reading, begin, end, &numeral)) {
        return false;
    }
    if (numeral_is(&numeral, NUMERAL_CURRENCY)) {
        quantity->measure = MEASURE_CURRENCY;
        quantity->unit = (uint32_t)numeral.values[NUMERAL_CURRENCY];
    } else if (!currency_only && numeral_is(&numeral, NUMERAL_PERCENT)) {
        quantity->measure = MEASURE_PERCENT;
    } else if (!currency_only && numeral_is(&numeral, NUMERAL_UNIT)) {
        quantity->measure = MEASURE_UNIT;
        quantity->unit = (uint32_t)numeral.values[NUMERAL_UNIT];
    } else {
        return false;
    }
    return true;
}

static bool is_percent(uint32_t c) {
    return c == '%' || c == 0xFF05 || c == 0x066A;
}

/* A unit's end: letters, "°C", "km/h", "m²". */
static size_t unit_end(const struct reading *reading, size_t at) {
    for (size_t begin = at; at < reading->side->len && at - begin < WORD_LEN_MAX;) {
        const uint32_t c = code_point_at(reading, at);
        if (!is_letter(c) && c != 0xB0 && c != 0xB2 && c != 0xB3 && !(c == '/' && at > begin) &&
            !(unicode_type(c) == U_CURRENCY_SYMBOL)) {
            break;
        }
        at = behind(reading, at);
    }
    return at;
}

static void find_measure_behind(const struct reading *reading, struct quantity *quantity) {
    size_t at = quantity->end;
    uint32_t c = code_point_at(reading, at);
    if (is_space(c) || c == '-') {
        at = behind(reading, at);
        c = code_point_at(reading, at);
    }
    if (is_percent(c)) {
        quantity->measure = MEASURE_PERCENT;
        quantity->outer_end = (uint32_t)behind(reading, at);
        return;
    }
    size_t end = unit_end(reading, at);
    if (reading->language->unspaced) {
        struct numeral numeral;
        end = end > at ? longest_word(reading, at, end, &numeral) : at;
    }
    if (end > at && set_measure(reading, quantity, at, end, false)) {
        quantity->outer_end = (uint32_t)end;
    }
}

/* "$5", "US$5", "USD 5". */
static void find_measure_before(const struct reading *reading, struct quantity *quantity) {
    size_t end = quantity->begin;
    if (is_space(before(reading, end))) {
        utf8_previous(reading->side->text, &end);
    }
    size_t begin = end;
    while (begin > 0 && end - begin < 8) {
        const uint32_t c = before(reading, begin);
        if (unicode_type(c) != U_CURRENCY_SYMBOL && !(c >= 'A' && c <= 'Z')) {
            break;
        }
        utf8_previous(reading->side->text, &begin);
        if (!(c >= 'A' && c <= 'Z')) {
            break; /* the sign alone */
        }
    }
    if (end > begin && set_measure(reading, quantity, begin, end, true)) {
        quantity->outer_begin = (uint32_t)begin;
    }
}

static void find_measures(const struct reading *reading) {
    struct side *side = reading->side;
    for (size_t i = 0; i < side->n_quantities; i++) {
        find_measure_before(reading, &side->quantities[i]);
        if (side->quantities[i].measure == MEASURE_NONE) {
            find_measure_behind(reading, &side->quantities[i]);
        }
    }
}

/* ---- the text ---- */

/* Whether a code begins at the place; moves behind it. */
static bool skip_code(struct reading *reading) {
    const struct side *side = reading->side;
    while (reading->next_code < side->n_codes &&
           side->codes[reading->next_code].end <= reading->at) {
        reading->next_code++;
    }
    if (reading->next_code == side->n_codes ||
        side->codes[reading->next_code].begin > reading->at) {
        return false;
    }
    reading->at = side->codes[reading->next_code].end;
    return true;
}

/* A fraction of its own: "½". */
static void take_fraction(struct reading *reading, uint32_t c) {
    const double value = unicode_number(c);
    const size_t begin = reading->at;
    reading->at = behind(reading, begin);
    if (unicode_type(c) == U_OTHER_NUMBER && value > 0 && value < 1) {
        struct composer *composer = &reading->composer;
        if (composer->open && composer->exact && adjoins(reading, begin)) {
            composer->section += value;
            composer->quantity.end = (uint32_t)reading->at;
        } else {
            add_single(reading, begin, reading->at, value, QUANTITY_IMPLIED);
        }
    }
}

galley_status side_read_quantities(struct side *side, struct arena *arena,
                                   const struct numerals *numerals) {
    /* Digits can be read in a language that the tables do not have: as most of the world writes
     * them. */
    static const struct numeral_language unknown = {.decimal = ',', .group = '.'};
    side->n_quantities = side->n_gendered = 0;
    struct reading reading = {.side = side,
                              .arena = arena,
                              .numerals = numerals,
                              .language = side->language == NUMERAL_NO_LANGUAGE
                                              ? &unknown
                                              : &numerals->head->languages[side->language]};
    while (reading.at < side->len && reading.status == GALLEY_OK) {
        if (skip_code(&reading)) {
            continue;
        }
        const uint32_t c = code_point_at(&reading, reading.at);
        const enum character character = character_of(c);
        if (character == CHARACTER_DIGIT && unicode_digit(c) >= 0) {
            take_digits(&reading);
        } else if (character == CHARACTER_DIGIT) {
            take_fraction(&reading, c);
        } else if (character_is_letter(character)) {
            take_word(&reading);
        } else {
            reading.at = behind(&reading, reading.at);
        }
    }
    close(&reading);
    find_measures(&reading);
    return reading.status;
}
