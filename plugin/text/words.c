/*
 * Words that are not plain, and numbers: read code point by code point.
 *
 * The rules are those of UAX #29, section 4.1, with what news needs on top: hyphens join, links and
 * handles are one token, a dot belongs to its abbreviation. docs/text.md has the differences.
 */
#include "text/bitmap.h"
#include "text/link.h"
#include "text/scanner.h"

#include <string.h>

/* ---- the case of letters ---- */

/* How many ASCII letters at `at` are small ones, up to 16. */
static unsigned small_letters(const struct scanner *scanner, size_t at, size_t end) {
    unsigned n = 0;
    while (n < 16 && at + n < end && scanner->text[at + n] >= 'a' && scanner->text[at + n] <= 'z') {
        n++;
    }
    return n;
}

/* Capitals at the beginning of the word and behind its hyphens are those of a title. */
static enum letter_case case_of(const struct scanner *scanner, size_t begin, size_t end) {
    size_t n_upper = 0;
    size_t n_lower = 0;
    size_t n_title = 0;
    bool is_beginning = true;
    bool has_title = false;
    for (size_t at = begin; at < end;) {
        const unsigned small = small_letters(scanner, at, end);
        if (small > 0) {
            n_lower += small;
            is_beginning = false;
            at += small;
            continue;
        }
        const struct letter letter = letter_at(scanner, at);
        if (letter.character == CHARACTER_UPPER) {
            has_title |= at == begin;
            n_title += is_beginning;
            n_upper++;
        } else if (letter.character == CHARACTER_LOWER) {
            n_lower++;
        }
        is_beginning = letter.code_point == '-' || letter.code_point == HYPHEN ||
                       letter.code_point == HYPHEN_NON_BREAKING;
        at = letter.end;
    }
    if (n_upper == 0) {
        return n_lower == 0 ? CASE_NONE : CASE_LOWER;
    }
    if (n_lower == 0 && n_upper > 1) {
        return CASE_UPPER;
    }
    return has_title && n_title == n_upper ? CASE_TITLE : CASE_MIXED;
}

/* ---- abbreviations and initials ---- */

/* What comes behind a stop, as far as it tells whether the stop ends a sentence. */
enum sequel {
    SEQUEL_END,   /* nothing */
    SEQUEL_LOWER, /* a small letter or a comma */
    SEQUEL_DIGIT,
    SEQUEL_UPPER,    /* a word with a capital */
    SEQUEL_BEGINNER, /* ... that hardly ever begins a name: a function word or pronoun */
    SEQUEL_OTHER     /* another mark */
};

static enum sequel sequel_of(const struct scanner *scanner, size_t at) {
    const size_t limit = at + SCANNER_LOOK_AHEAD;
    struct letter letter = letter_at(scanner, at);
    while (at < scanner->len && at < limit && character_is_space(letter.character)) {
        at = letter.end;
        letter = letter_at(scanner, at);
    }
    if (at >= scanner->len) {
        return SEQUEL_END;
    }
    if (letter.character == CHARACTER_DIGIT) {
        return SEQUEL_DIGIT;
    }
    if (letter.character == CHARACTER_LOWER || letter.code_point == ',' ||
        letter.code_point == ';' || letter.code_point == ':') {
        return SEQUEL_LOWER;
    }
    if (letter.character != CHARACTER_UPPER) {
        return SEQUEL_OTHER;
    }
    const size_t begin = at;
    do {
        at = letter.end;
        letter = letter_at(scanner, at);
    } while (at < limit && character_is_letter(letter.character));
    if (at == begin + 1 && letter.code_point == '.') {
        return SEQUEL_UPPER; /* another initial */
    }
    const uint32_t classes = classes_of(scanner, find_form(scanner, begin, at));
    return (classes & SENTENCE_BEGINNERS) != 0 ? SEQUEL_BEGINNER : SEQUEL_UPPER;
}

/* Whether the word without its stop is another one ("no", "sat") and not just the abbreviation
 * with the stop left out ("etc", "vs"). */
static bool is_other_word(const struct scanner *scanner, uint32_t plain) {
    const uint32_t parts = PART_ADJECTIVE | PART_DETERMINER | PART_PRONOUN | PART_AUXILIARY |
                           PART_VERB_BASE | PART_VERB_SINGULAR | PART_VERB_PAST |
                           PART_VERB_PARTICIPLE | PART_VERB_GERUND;
    return plain != FORM_NONE &&
           (pack_facts(scanner->preparation->pack, plain)->parts & parts) != 0;
}

static bool abbreviation_takes_dot(const struct scanner *scanner, const struct form_facts *facts,
                                   uint32_t plain, enum letter_case letter_case,
                                   enum sequel sequel) {
    const uint32_t titles = CLASS_TITLE | CLASS_TITLE_MALE | CLASS_TITLE_FEMALE;
    const bool is_inner = (facts->classes & CLASS_ABBREVIATION_INNER) != 0;
    if (letter_case == CASE_LOWER && (facts->flags & FORM_LOWER) == 0) {
        return false;
    }
    switch (sequel) {
    case SEQUEL_DIGIT:
        return true;
    case SEQUEL_LOWER:
        return !is_other_word(scanner, plain);
    case SEQUEL_UPPER:
        return letter_case != CASE_LOWER || (is_inner && !is_other_word(scanner, plain));
    case SEQUEL_END:
        return !is_inner && letter_case != CASE_LOWER && !is_other_word(scanner, plain);
    default:
        return letter_case != CASE_LOWER && (!is_inner || (facts->classes & titles) != 0);
    }
}

bool scanner_takes_dot(const struct scanner *scanner, const struct word *word,
                       enum letter_case letter_case, uint32_t dotted, uint32_t *form) {
    const uint32_t abbreviations = CLASS_ABBREVIATION_INNER | CLASS_ABBREVIATION_ANY;
    const bool is_initial =
        word->n_letters == 1 && word->n_digits == 0 && letter_case == CASE_TITLE;
    const bool is_abbreviation = (classes_of(scanner, dotted) & abbreviations) != 0;
    if ((!is_initial && !is_abbreviation) || letter_at(scanner, word->end + 1).code_point == '.') {
        return false; /* no abbreviation, or an ellipsis */
    }
    const enum sequel sequel = sequel_of(scanner, word->end + 1);
    if (is_initial && sequel == SEQUEL_UPPER) {
        return true;
    }
    if (!is_abbreviation ||
        !abbreviation_takes_dot(scanner, pack_facts(scanner->preparation->pack, dotted), *form,
                                letter_case, sequel)) {
        return false;
    }
    *form = dotted;
    return true;
}

/* ---- words ---- */

static unsigned writing_of(uint32_t code_point) {
    if (code_point < CHARACTER_TABLE_END) {
        return code_point == MICRO_SIGN ? WRITING_ANY : WRITING_LATIN;
    }
    return character_writing(code_point);
}

static bool is_language_writing(struct preparation *preparation, unsigned writing) {
    if (writing <= WRITING_LATIN) {
        return true;
    }
    if (preparation->n_writings == 0) {
        preparation->writings[0] = WRITING_LATIN;
        preparation->n_writings =
            1 + language_writings(pack_setting(preparation->pack, "scripts").data,
                                  preparation->writings + 1, PREPARATION_WRITINGS - 1);
    }
    for (unsigned i = 0; i < preparation->n_writings; i++) {
        if (preparation->writings[i] == writing) {
            return true;
        }
    }
    return false;
}

/* Takes in a letter, digit or what combines with them; false when the word ends before it because
 * it is of another writing. Look-alikes of two cased scripts stay one word, so that they are seen.
 */
static bool take_letter(struct word *word, const struct letter *letter) {
    if (letter->character == CHARACTER_DIGIT) {
        if (word->writing >= WRITING_OTHERS) {
            return false;
        }
        word->n_digits++;
    } else if (character_is_letter(letter->character)) {
        const unsigned writing = writing_of(letter->code_point);
        const bool is_first = word->n_letters == 0 || word->writing == WRITING_ANY;
        if (writing >= WRITING_OTHERS &&
            (word->n_digits > 0 || (!is_first && writing != word->writing))) {
            return false;
        }
        if (writing != WRITING_ANY && word->writing >= WRITING_OTHERS && writing != word->writing) {
            return false;
        }
        if (is_first || writing == WRITING_LATIN) {
            word->writing = writing;
        }
        word->n_letters++;
    } else {
        return true;
    }
    word->n_part++;
    word->last = letter->character;
    return true;
}

/* "U.S", "a.m", "J.K.": a dot behind a single letter, before another single one or behind two. */
static bool joins_dotted(const struct scanner *scanner, struct word *word,
                         const struct letter *next) {
    if (word->n_part != 1 || word->n_digits > 0) {
        return false;
    }
    if (character_is_letter(next->character)) {
        const enum character second = letter_at(scanner, next->end).character;
        if (character_is_word(second) || second == CHARACTER_EXTEND) {
            word->is_over = true; /* "J.K.Rowling": the dot is K's */
            return word->is_dotted;
        }
        word->is_dotted = true;
        return true;
    }
    return word->is_dotted && next->code_point != '.';
}

/* Where the abbreviation ends that the pack knows with a dot inside ("Ph.D."), or 0. */
static size_t known_abbreviation_end(const struct scanner *scanner, const struct word *word,
                                     size_t at) {
    enum { LONGEST = 16 };
    struct letter letter = letter_at(scanner, at);
    while (at - word->begin < LONGEST &&
           (character_is_letter(letter.character) || letter.code_point == '.')) {
        at = letter.end;
        letter = letter_at(scanner, at);
    }
    if (scanner->text[at - 1] != '.') {
        return find_form(scanner, word->begin, at) != FORM_NONE ? at : 0;
    }
    return find_form(scanner, word->begin, at) != FORM_NONE ||
                   find_form(scanner, word->begin, at - 1) != FORM_NONE
               ? at
               : 0;
}

static bool is_thousand(const struct scanner *scanner, size_t at) {
    size_t n = 0;
    while (n < 4 && letter_at(scanner, at).character == CHARACTER_DIGIT) {
        at = letter_at(scanner, at).end;
        n++;
    }
    return n == 3;
}

/* Whether a mark inside a run of letters and digits joins them. It stands between word->last and
 * `next`. UAX #29's MidLetter, MidNum and MidNumLet, with hyphens, "&", and "/" between digits. */
static bool joins(const struct scanner *scanner, struct word *word, const struct letter *joiner) {
    const struct letter next = letter_at(scanner, joiner->end);
    const bool letters = character_is_letter(word->last) && character_is_letter(next.character);
    const bool digits = word->last == CHARACTER_DIGIT && next.character == CHARACTER_DIGIT;
    if (joiner->code_point == '.' && character_is_letter(word->last)) {
        return joins_dotted(scanner, word, &next);
    }
    if (!character_is_word(next.character) || word->writing >= WRITING_OTHERS ||
        (character_is_letter(next.character) && writing_of(next.code_point) >= WRITING_OTHERS)) {
        return false;
    }
    switch (joiner->code_point) {
    case APOSTROPHE:
    case APOSTROPHE_TURNED:
    case APOSTROPHE_OPENING:
    case APOSTROPHE_FULL_WIDTH:
    case ACUTE:
    case '`':
        if (digits) {
            return word->n_letters == 0 && is_thousand(scanner, joiner->end);
        }
        if (!character_is_letter(next.character)) {
            return false;
        }
        word->flags |= TOKEN_APOSTROPHE;
        return true;
    case '-':
    case HYPHEN:
    case HYPHEN_NON_BREAKING:
        word->flags |= TOKEN_HYPHEN;
        return true;
    case '.':
        return digits;
    case ',':
    case ':':
    case '/':
    case EN_DASH:
        return digits && word->n_letters == 0;
    case '&':
    case MIDDLE_DOT:
        return letters;
    default:
        return false;
    }
}

/* Whether the apostrophe behind a word is its own ("the allies’ plan") and not a closing quotation
 * mark. Where both can be, it is the word's if a small letter follows and another mark that may
 * close comes before one that may open. */
static bool takes_apostrophe(const struct scanner *scanner, const struct word *word) {
    struct letter letter = letter_at(scanner, word->end);
    if (!is_apostrophe(letter.code_point) || !character_is_letter(word->last)) {
        return false;
    }
    if (!scanner->single_open) {
        return true;
    }
    size_t at = letter.end;
    letter = letter_at(scanner, at);
    if (letter.character != CHARACTER_SPACE ||
        letter_at(scanner, letter.end).character != CHARACTER_LOWER) {
        return false;
    }
    const size_t limit = at + SCANNER_LOOK_AHEAD;
    bool space_before = true;
    for (at = letter.end; at < scanner->len && at < limit; at = letter.end) {
        letter = letter_at(scanner, at);
        if (letter.code_point == APOSTROPHE_OPENING ||
            (space_before && letter.code_point == '\'')) {
            return false;
        }
        if (is_apostrophe(letter.code_point) &&
            !character_is_word(letter_at(scanner, letter.end).character)) {
            return true;
        }
        space_before = character_is_space(letter.character);
    }
    return false;
}

/* Reads the word or number from word->begin on. */
static void read_word(const struct scanner *scanner, struct word *word) {
    size_t at = word->begin;
    bool has_dot = false;
    while (at < scanner->len) {
        const struct letter letter = letter_at(scanner, at);
        if (letter.character >= CHARACTER_LOWER && letter.character <= CHARACTER_EXTEND) {
            if (!take_letter(word, &letter)) {
                break;
            }
        } else {
            const size_t known =
                letter.code_point == '.' && character_is_letter(word->last) && word->n_digits == 0
                    ? known_abbreviation_end(scanner, word, at)
                    : 0;
            if (known > letter.end) {
                at = known;
                has_dot = true;
                word->is_dotted = true;
                word->n_part = 0;
                continue;
            }
            if (!joins(scanner, word, &letter)) {
                break;
            }
            has_dot |= letter.code_point == '.';
            word->n_part = 0;
        }
        at = letter.end;
        if (word->is_over) {
            break;
        }
    }
    word->end = at;
    for (size_t i = word->begin; i < at && (word->flags & TOKEN_NON_ASCII) == 0; i++) {
        word->flags |= (unsigned char)scanner->text[i] >= 0x80 ? TOKEN_NON_ASCII : 0;
    }
    if (word->n_letters > 0) {
        word->flags |= (word->n_digits > 0 ? TOKEN_DIGIT : 0) | (has_dot ? TOKEN_DOT : 0);
    }
}

/* Reads a word of ASCII letters whose parts apostrophes and hyphens join, which is what nearly all
 * words are that are not letters alone. False when it is anything else. */
static bool read_joined(const struct scanner *scanner, struct word *word) {
    const uint64_t *letters = scanner->preparation->bitmaps.letters;
    size_t at = word->begin;
    for (;;) {
        const unsigned n = bitmap_run(bitmap_from(letters, at));
        at += n;
        if (n == 0 || n == 64) {
            return false;
        }
        word->n_letters += n;
        if (at + 3 >= scanner->len) {
            return false;
        }
        const unsigned char byte = (unsigned char)scanner->text[at];
        if (byte == '.' && character_is_word(letter_at(scanner, at + 1).character)) {
            return false;
        }
        if (byte < 0x80 && (scanner_bytes[byte] & BYTE_JOINS) == 0) {
            break;
        }
        if (byte == '-') {
            word->flags |= TOKEN_HYPHEN;
            at++;
        } else if (byte == '\'') {
            word->flags |= TOKEN_APOSTROPHE;
            at++;
        } else if (memcmp(scanner->text + at, "\xE2\x80\x99", 3) == 0) {
            word->flags |= TOKEN_APOSTROPHE | TOKEN_NON_ASCII;
            at += 3;
        } else {
            return false;
        }
    }
    word->end = at;
    word->writing = WRITING_LATIN;
    word->last = CHARACTER_LOWER; /* or a capital: a letter */
    return true;
}

/* The form of a word with apostrophes, dots and other joiners. A clitic of the language is left
 * out, and from the word's case too. */
static uint32_t find_word(const struct scanner *scanner, struct word *word,
                          enum letter_case *letter_case) {
    const struct pack *pack = scanner->preparation->pack;
    const char *text = scanner->text + word->begin;
    const size_t len = word->end - word->begin;
    size_t host_len = len;
    uint32_t form = FORM_NONE;
    if ((word->flags & TOKEN_APOSTROPHE) != 0 && len <= LIMIT_WORD_LEN) {
        const size_t clitic = pack_clitic_len(pack, text, len);
        host_len = len - clitic;
        form = clitic == 0 ? FORM_NONE : find_form(scanner, word->begin, word->begin + host_len);
    }
    if (form == FORM_NONE) {
        form = find_form(scanner, word->begin, word->end);
        /* An unknown name with a clitic is still a name with a clitic. */
        host_len = form == FORM_NONE ? host_len : len;
    }
    if (form == FORM_NONE && text[len - 1] == '.') {
        form = find_form(scanner, word->begin, word->end - 1);
    }
    if (host_len < len) {
        word->flags |= TOKEN_CLITIC;
    }
    *letter_case = case_of(scanner, word->begin, word->begin + host_len);
    return form;
}

/* ---- the whole ---- */

static void add_word(struct scanner *scanner, enum token_kind kind, const struct word *word,
                     uint32_t form, enum letter_case letter_case) {
    struct preparation *preparation = scanner->preparation;
    struct token *token = add_token(scanner, kind, word->begin, word->end, word->flags);
    token->letter_case = (uint8_t)letter_case;
    note_found(preparation, form);
    if (word->flags != 0) {
        note_compound(preparation);
    }
    if (scanner->text[word->end - 1] == '.') {
        add_stop(preparation);
    }
}

/* Whether a link may begin at `begin`: no scheme, local part or domain goes on behind a byte other
 * than ":", "@" or a stop. What it read is not tried again. */
static bool may_be_link(struct scanner *scanner, size_t begin) {
    const size_t limit =
        scanner->len - begin < SCANNER_LOOK_AHEAD ? scanner->len : begin + SCANNER_LOOK_AHEAD;
    size_t at = begin;
    while (at < limit && (unsigned char)scanner->text[at] < 0x80 &&
           (scanner_bytes[(unsigned char)scanner->text[at]] & BYTE_LINK) != 0) {
        at++;
    }
    const char end = at < scanner->len ? scanner->text[at] : ' ';
    if (end == '.' || end == '@' || end == ':') {
        return true;
    }
    scanner->no_link_until = at;
    return false;
}

void scanner_add_word(struct scanner *scanner, size_t begin, size_t first_letter) {
    if (first_letter == begin && begin >= scanner->no_link_until && may_be_link(scanner, begin)) {
        size_t tried = 0;
        const size_t n = link_len(scanner->preparation->pack, scanner->text + begin,
                                  scanner->len - begin, &tried);
        scanner->no_link_until = begin + tried;
        if (n > 0) {
            add_token(scanner, TOKEN_LINK, begin, begin + n, 0);
            note_compound(scanner->preparation);
            return;
        }
    }
    const struct word empty = {.begin = first_letter, .last = CHARACTER_MARK};
    struct word word = empty;
    if (!read_joined(scanner, &word)) {
        word = empty;
        read_word(scanner, &word);
    }
    word.begin = begin;
    if (word.n_letters == 0) {
        add_token(scanner, TOKEN_NUMBER, begin, word.end, word.flags);
        return;
    }
    if (!is_language_writing(scanner->preparation, word.writing)) {
        add_word(scanner, TOKEN_FOREIGN, &word, FORM_NONE, case_of(scanner, begin, word.end));
        return;
    }
    if (first_letter > begin) {
        word.flags |= TOKEN_APOSTROPHE;
    }
    if (takes_apostrophe(scanner, &word)) {
        word.end = letter_at(scanner, word.end).end;
        word.flags |= TOKEN_APOSTROPHE;
    }
    enum letter_case letter_case;
    uint32_t form = find_word(scanner, &word, &letter_case);
    if (word.end < scanner->len && scanner->text[word.end] == '.' && !word.is_dotted &&
        scanner_takes_dot(scanner, &word, letter_case, find_form(scanner, begin, word.end + 1),
                          &form)) {
        word.end++;
        word.flags |= TOKEN_DOT;
    }
    add_word(scanner, TOKEN_WORD, &word, form, letter_case);
}
