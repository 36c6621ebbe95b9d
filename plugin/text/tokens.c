/*
 * Tokens in one pass over the text. Nearly all words of news are ASCII letters and end at a blank
 * or a mark that no word goes on behind. Their length is counted in bitmaps, their key is made from
 * eight bytes at once, and most were looked up a moment ago. Everything else takes the long way:
 * words.c, and add_any_mark here.
 */
#include "language/pack_hash.h"
#include "text/bitmap.h"
#include "text/mark.h"
#include "text/scanner.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)

/* ---- room ---- */

static bool make_room(struct preparation *preparation) {
    const struct memory *memory = preparation->memory;
    const size_t wanted = preparation->room == 0 ? 256 : preparation->room * 2;
    if (!memory_grow(memory, &preparation->tokens, &preparation->token_capacity,
                     sizeof *preparation->tokens, wanted) ||
        !memory_grow(memory, &preparation->unknown, &preparation->unknown_capacity,
                     sizeof *preparation->unknown, wanted) ||
        !memory_grow(memory, &preparation->marks, &preparation->mark_capacity,
                     sizeof *preparation->marks, wanted) ||
        !memory_grow(memory, &preparation->stops, &preparation->stop_capacity,
                     sizeof *preparation->stops, wanted)) {
        return false;
    }
    preparation->room = wanted;
    return true;
}

/* What the pass needs before its first token. */
static bool make_tables(struct preparation *preparation, size_t len) {
    const struct memory *memory = preparation->memory;
    if (preparation->recent == NULL) {
        const size_t size = sizeof *preparation->recent << RECENT_BITS;
        preparation->recent = memory_allocate(memory, size);
        if (preparation->recent == NULL) {
            return false;
        }
        memset(preparation->recent, 0, size);
    }
    return memory_grow(memory, &preparation->bitmaps, &preparation->bitmap_capacity,
                       sizeof *preparation->bitmaps, bitmap_count(len));
}

/* ---- plain words ---- */

/* Looks up a word of up to eight letters and keeps the answer in the place of another. */
static void remember(const struct scanner *scanner, struct recent_word *recent, uint64_t chunk) {
    const uint64_t hash = pack_hash_end(pack_hash_step(PACK_HASH_BEGIN, chunk));
    recent->form = pack_find_chunks(scanner->preparation->pack, &chunk, 1, hash);
    recent->classes = classes_of(scanner, recent->form);
    recent->chunk = chunk;
}

static inline const struct recent_word *find_chunk(const struct scanner *scanner,
                                                   uint64_t chunk) {
    const uint64_t place = chunk * UINT64_C(0x9E3779B97F4A7C15) >> (64 - RECENT_BITS);
    struct recent_word *recent = &scanner->preparation->recent[place];
    if (recent->chunk != chunk) {
        remember(scanner, recent, chunk);
    }
    return recent;
}

/* Eight bytes from `at` on, those behind the text's end as zeroes. */
static inline uint64_t load_chunk(const struct scanner *scanner, size_t at) {
    if (at + 8 <= scanner->len) {
        return pack_load8(scanner->text + at);
    }
    return pack_load_tail(scanner->text + at, scanner->len - at);
}

/* `capitals` and `all` have a bit for every capital and every letter, the first letter's is the
 * lowest, `first`. */
static inline enum letter_case case_of_bits(uint64_t capitals, uint64_t all, uint64_t first) {
    return capitals == 0       ? CASE_LOWER
           : capitals == first ? CASE_TITLE
           : capitals == all   ? CASE_UPPER
                               : CASE_MIXED;
}

static inline void add_letters(struct scanner *scanner, size_t begin, size_t end, uint32_t form,
                               uint32_t classes, enum letter_case letter_case, unsigned flags) {
    struct preparation *preparation = scanner->preparation;
    struct token *token = add_token(scanner, TOKEN_WORD, begin, end, flags);
    token->form = form;
    token->letter_case = (uint8_t)letter_case;
    preparation->classes |= classes;
    note_unknown(preparation, form, letter_case);
}

/* A word that a stop follows. `dotted` is the form with the stop. */
static void add_stopped(struct scanner *scanner, size_t begin, size_t end, uint32_t form,
                        uint32_t dotted, enum letter_case letter_case) {
    const struct word word = {.begin = begin, .end = end, .n_letters = end - begin};
    if (scanner_takes_dot(scanner, &word, letter_case, dotted, &form)) {
        add_letters(scanner, begin, end + 1, form, classes_of(scanner, form), letter_case,
                    TOKEN_DOT);
        add_stop(scanner->preparation);
    } else {
        add_letters(scanner, begin, end, form, classes_of(scanner, form), letter_case, 0);
    }
}

/* Words of nine letters and more, up to 64. */
static void add_long_word(struct scanner *scanner, size_t begin, size_t len) {
    uint64_t chunks[8];
    uint64_t hash = PACK_HASH_BEGIN;
    uint64_t capitals = 0;
    uint64_t small = 0;
    size_t n_chunks = 0;
    for (size_t at = 0; at < len; at += 8) {
        const uint64_t mask = len - at >= 8 ? UINT64_MAX : UINT64_MAX >> (64 - 8 * (len - at));
        const uint64_t bytes = load_chunk(scanner, begin + at) & mask;
        const uint64_t folded = bytes | (0x20 * ONES & mask);
        chunks[n_chunks] = folded;
        n_chunks++;
        hash = pack_hash_step(hash, folded);
        small |= bytes & 0x20 * ONES;
        capitals |= at == 0 ? (folded ^ bytes) : (folded ^ bytes) << 1;
    }
    const enum letter_case letter_case =
        capitals == 0 ? CASE_LOWER
                      : case_of_bits(capitals, small == 0 ? capitals : UINT64_MAX, 0x20);
    const uint32_t form = pack_find_chunks(scanner->preparation->pack, chunks, n_chunks,
                                           pack_hash_end(hash));
    const size_t end = begin + len;
    if (end < scanner->len && scanner->text[end] == '.') {
        add_stopped(scanner, begin, end, form, find_form(scanner, begin, end + 1), letter_case);
    } else {
        add_letters(scanner, begin, end, form, classes_of(scanner, form), letter_case, 0);
    }
}

static inline void add_plain_word(struct scanner *scanner, size_t begin, size_t len) {
    if (len > 8) {
        add_long_word(scanner, begin, len);
        return;
    }
    const uint64_t mask = UINT64_MAX >> (64 - 8 * len);
    const uint64_t bytes = load_chunk(scanner, begin) & mask;
    const uint64_t all = 0x20 * ONES & mask;
    const uint64_t folded = bytes | all;
    const enum letter_case letter_case = case_of_bits(folded ^ bytes, all, 0x20);
    const struct recent_word word = *find_chunk(scanner, folded);
    const size_t end = begin + len;
    if (end < scanner->len && scanner->text[end] == '.') {
        const uint32_t dotted =
            len < 8 ? find_chunk(scanner, folded | (uint64_t)'.' << 8 * len)->form
                    : find_form(scanner, begin, end + 1);
        add_stopped(scanner, begin, end, word.form, dotted, letter_case);
        return;
    }
    add_letters(scanner, begin, end, word.form, word.classes, letter_case, 0);
}

/* Bytes that a word of ASCII letters may go on behind, or be something else with. */
static bool may_go_on(const struct scanner *scanner, size_t at) {
    const unsigned char byte = (unsigned char)scanner->text[at];
    if (byte == '.') {
        return at + 1 < scanner->len &&
               character_is_word(letter_at(scanner, at + 1).character);
    }
    if (byte == ':') {
        return at + 1 < scanner->len && scanner->text[at + 1] == '/';
    }
    return byte >= 0x80 || (byte > ' ' && strchr("'`-&@_+0123456789", byte) != NULL);
}

static inline void add_ascii_word(struct scanner *scanner) {
    const struct bitmap *bitmaps = scanner->preparation->bitmaps;
    const size_t begin = scanner->at;
    const unsigned len = bitmap_run(bitmap_letters(bitmaps, begin));
    const size_t end = begin + len;
    const bool is_plain = (bitmaps[end / 64].ends >> end % 64 & 1) != 0;
    if (len == 64 || (!is_plain && may_go_on(scanner, end))) {
        scanner_add_word(scanner, begin, begin);
    } else {
        add_plain_word(scanner, begin, len);
    }
}

/* ---- marks ---- */

/* Whether the apostrophe at `at` begins a word: "’90s", "’em" if the pack knows it. */
static bool begins_word(const struct scanner *scanner, size_t at, size_t next) {
    const struct letter first = letter_at(scanner, next);
    if (!character_is_word(first.character)) {
        return false;
    }
    size_t n_digits = 0;
    struct letter letter = first;
    size_t end = next;
    while (end - next < LIMIT_WORD_LEN && character_is_word(letter.character)) {
        n_digits += letter.character == CHARACTER_DIGIT;
        end = letter.end;
        letter = letter_at(scanner, end);
    }
    if (n_digits > 0) {
        return n_digits == 2 && first.character == CHARACTER_DIGIT && end - next <= 3;
    }
    return find_form(scanner, at, end) != FORM_NONE;
}

/* The end of "@name" or "#tag" at `at`, or 0. */
static size_t handle_end(const struct scanner *scanner, size_t at) {
    struct letter letter = letter_at(scanner, at + 1);
    size_t n_letters = 0;
    at++;
    while (letter.character >= CHARACTER_LOWER && letter.character <= CHARACTER_EXTEND) {
        n_letters += !(letter.character == CHARACTER_DIGIT || letter.character == CHARACTER_EXTEND);
        at = letter.end;
        letter = letter_at(scanner, at);
    }
    return n_letters > 0 ? at : 0;
}

static bool is_run(uint32_t code_point) {
    return code_point == '.' || code_point == '-' || code_point == EN_DASH ||
           code_point == EM_DASH || code_point == HORIZONTAL_BAR || code_point == ELLIPSIS;
}

/* Follows single quotation marks, so that an apostrophe behind a word is told from the end of a
 * quotation. */
static void follow_single(struct scanner *scanner, const struct letter *mark, bool is_loose) {
    if (mark->code_point == APOSTROPHE_OPENING) {
        scanner->single_open = true;
    } else if (mark->code_point == APOSTROPHE_TURNED) {
        scanner->single_open = false;
    } else if (mark->code_point == APOSTROPHE) {
        scanner->single_open =
            is_loose && !character_is_space(letter_at(scanner, mark->end).character);
    }
}

static void add_any_mark(struct scanner *scanner) {
    struct preparation *preparation = scanner->preparation;
    const size_t begin = scanner->at;
    const struct letter mark = letter_at(scanner, begin);
    const bool is_loose = begin == 0 || scanner->space != 0;
    if (is_loose && is_apostrophe(mark.code_point) && begins_word(scanner, begin, mark.end)) {
        scanner_add_word(scanner, begin, mark.end);
        return;
    }
    if (mark.code_point == '@' || mark.code_point == '#') {
        const size_t end = handle_end(scanner, begin);
        if (end > 0) {
            add_token(scanner, TOKEN_HANDLE, begin, end, 0);
            return;
        }
    }
    follow_single(scanner, &mark, is_loose);
    size_t end = mark.end;
    struct letter next = letter_at(scanner, end);
    while (end < scanner->len &&
           (next.character == CHARACTER_EXTEND ||
            (next.code_point == mark.code_point && is_run(mark.code_point)))) {
        end = next.end;
        next = letter_at(scanner, end);
    }
    struct token *token = add_token(scanner, TOKEN_MARK, begin, end,
                                    mark.code_point >= 0x80 ? TOKEN_NON_ASCII : 0);
    token->mark = mark.code_point;
    preparation->marks[preparation->n_marks] = (uint32_t)(preparation->n_tokens - 1);
    preparation->n_marks++;
    if (mark_is_stop(mark.code_point)) {
        add_stop(preparation);
    }
}

/* Marks that are a token by themselves, whatever comes behind. */
static bool is_plain_mark(unsigned char byte) {
    return byte > ' ' && byte < 0x80 && strchr("!\"$%()*+,/:;<=>?[]^{|}~", byte) != NULL;
}

static void add_mark(struct scanner *scanner) {
    struct preparation *preparation = scanner->preparation;
    const size_t at = scanner->at;
    const unsigned char byte = (unsigned char)scanner->text[at];
    const unsigned char next =
        at + 1 < scanner->len ? (unsigned char)scanner->text[at + 1] : ' ';
    if (next >= 0x80 || !(is_plain_mark(byte) || (byte == '.' && next != '.'))) {
        add_any_mark(scanner);
        return;
    }
    struct token *token = add_token(scanner, TOKEN_MARK, at, at + 1, 0);
    token->mark = byte;
    preparation->marks[preparation->n_marks] = (uint32_t)(preparation->n_tokens - 1);
    preparation->n_marks++;
    if (byte == '.' || byte == '?' || byte == '!') {
        add_stop(preparation);
    }
}

/* ---- the pass ---- */

/* Moves behind white space other than spaces, and spaces among it. */
static void skip_white_space(struct scanner *scanner) {
    while (scanner->at < scanner->len) {
        const struct letter letter = letter_at(scanner, scanner->at);
        if (!character_is_space(letter.character)) {
            return;
        }
        scanner->space |= TOKEN_SPACE_BEFORE;
        if (letter.character == CHARACTER_LINE) {
            scanner->space |= TOKEN_LINE_BEFORE;
        }
        scanner->at = letter.end;
    }
}

/* What begins with no ASCII letter. */
static void add_other(struct scanner *scanner) {
    const struct letter letter = letter_at(scanner, scanner->at);
    if (character_is_space(letter.character)) {
        skip_white_space(scanner);
        if ((scanner->space & TOKEN_LINE_BEFORE) != 0 && scanner->preparation->n_tokens > 0) {
            add_stop(scanner->preparation); /* a line may be a headline */
        }
    } else if (character_is_word(letter.character)) {
        scanner_add_word(scanner, scanner->at, scanner->at);
    } else {
        add_mark(scanner);
    }
}

static galley_status scan(struct scanner *scanner) {
    struct preparation *preparation = scanner->preparation;
    const struct bitmap *bitmaps = preparation->bitmaps;
    while (scanner->at < scanner->len) {
        const unsigned n_spaces = bitmap_run(bitmap_spaces(bitmaps, scanner->at));
        if (n_spaces > 0) {
            scanner->space |= TOKEN_SPACE_BEFORE;
            scanner->at += n_spaces;
            if (n_spaces == 64 || scanner->at >= scanner->len) {
                continue;
            }
        }
        if (preparation->n_tokens == preparation->room && !make_room(preparation)) {
            return GALLEY_ERROR_MEMORY;
        }
        const size_t at = scanner->at;
        if ((bitmaps[at / 64].letters >> at % 64 & 1) != 0) {
            add_ascii_word(scanner);
        } else {
            add_other(scanner);
        }
    }
    return GALLEY_OK;
}

galley_status preparation_find_tokens(struct preparation *preparation, const struct unit *unit) {
    preparation->n_tokens = 0;
    preparation->n_unknown = 0;
    preparation->n_marks = 0;
    preparation->n_stops = 0;
    preparation->classes = 0;
    preparation->flags = 0;
    if (!make_tables(preparation, unit->len)) {
        return GALLEY_ERROR_MEMORY;
    }
    bitmap_fill(preparation->bitmaps, unit->text, unit->len);
    struct scanner scanner = {.preparation = preparation, .text = unit->text, .len = unit->len};
    for (size_t i = 0; i < preparation->n_open && unit->continues; i++) {
        scanner.single_open |= mark_is_single(preparation->open_marks[i]);
    }
    return scan(&scanner);
}
