/*
 * Tokens in one pass over the text. Nearly all words of news are ASCII letters and end at a blank
 * or a mark that no word goes on behind. Their length is counted in bitmaps, their key and its hash
 * are made from sixteen bytes at once, without a branch on their length, and their form is looked
 * up some words later, when its cache line has come. Everything else takes the long way: words.c,
 * and add_any_mark here.
 */
#include "text/bitmap.h"
#include "text/mark.h"
#include "text/plain_key.h"
#include "text/scanner.h"

#include <string.h>

/* Sixteen to a line, by letters. */
enum {
    L = BYTE_LINK,
    M = BYTE_MARK,
    S = BYTE_STOP,
    E = BYTE_MARK | BYTE_STOP,
    J = BYTE_JOINS,
    K = BYTE_JOINS | BYTE_LINK,
    N = BYTE_MARK | BYTE_LINK,
    P = BYTE_MARK | BYTE_JOINS | BYTE_LINK
};

/* clang-format off */
const uint8_t scanner_bytes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, E, M, 0, M, N, J, J, M, M, M, P, M, K, S, M, /*  !"#$%&'()*+,-./ */
    K, K, K, K, K, K, K, K, K, K, M, M, M, M, M, E, /* 0123456789:;<=>? */
    J, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @A-O */
    L, L, L, L, L, L, L, L, L, L, L, M, 0, M, M, K, /* P-Z[\]^_ */
    J, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* `a-o */
    L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, 0, /* p-z{|}~ */
};
/* clang-format on */

/* ---- room ---- */

static bool make_room(struct preparation *preparation) {
    const struct memory *memory = preparation->memory;
    const size_t wanted = preparation->room == 0 ? 256 : preparation->room * 2;
    if (!memory_grow(memory, &preparation->tokens, &preparation->token_capacity,
                     sizeof *preparation->tokens, wanted) ||
        !memory_grow(memory, &preparation->noted, &preparation->noted_capacity,
                     sizeof *preparation->noted, wanted) ||
        !memory_grow(memory, &preparation->unknown, &preparation->unknown_capacity,
                     sizeof *preparation->unknown, wanted) ||
        !memory_grow(memory, &preparation->capitals, &preparation->capital_capacity,
                     sizeof *preparation->capitals, wanted) ||
        !memory_grow(memory, &preparation->compounds, &preparation->compound_capacity,
                     sizeof *preparation->compounds, wanted) ||
        !memory_grow(memory, &preparation->marks, &preparation->mark_capacity,
                     sizeof *preparation->marks, wanted) ||
        !memory_grow(memory, &preparation->stops, &preparation->stop_capacity,
                     sizeof *preparation->stops, wanted)) {
        return false;
    }
    preparation->room = wanted;
    return true;
}

static bool make_recent(struct preparation *preparation) {
    if (preparation->recent == NULL) {
        const size_t size = PREPARATION_RECENT * sizeof *preparation->recent;
        preparation->recent = memory_allocate(preparation->memory, size);
        if (preparation->recent != NULL) {
            memset(preparation->recent, 0, size);
            preparation->recent[0].found.form = FORM_NONE; /* for a word whose hash is 0 */
        }
    }
    return preparation->recent != NULL;
}

/* ---- plain words ---- */

/* Writes down a word to be looked up: takes the form of a recent one, or has the pack's cache line
 * come. Without a branch, for which of them a word is cannot be foreseen. */
static inline void write_pending(const struct preparation *preparation,
                                 struct pending_word *pending, uint32_t token, uint64_t hash) {
    const struct recent_word *recent = recent_place(preparation, hash);
    const uint64_t unknown = recent->hash == hash ? 0 : UINT64_MAX;
    const uintptr_t line = (uintptr_t)pack_table_bucket(preparation->table, hash);
    __builtin_prefetch(
        (const void *)(((line ^ (uintptr_t)recent) & (uintptr_t)unknown) ^ (uintptr_t)recent));
    pending->hash = hash & unknown;
    pending->found = recent->found;
    pending->token = token;
}

/* Looks up the pending words that no recent one was. */
static void find_pending(struct preparation *preparation) {
    uint8_t unknown[PREPARATION_PENDING];
    size_t n = 0;
    for (size_t i = 0; i < preparation->n_pending; i++) {
        unknown[n] = (uint8_t)i;
        n += preparation->pending[i].hash != 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct pending_word *pending = &preparation->pending[unknown[i]];
        pending->found = pack_table_find(preparation->table, pending->hash);
        *recent_place(preparation, pending->hash) =
            (struct recent_word){pending->hash, pending->found};
    }
}

void scanner_resolve(struct preparation *preparation) {
    find_pending(preparation);
    for (size_t i = 0; i < preparation->n_pending; i++) {
        note_word(preparation, preparation->pending[i].token, preparation->pending[i].found);
    }
    preparation->n_pending = 0;
}

/* A stop behind sixteen zeroes, loaded from where the wanted number of them is left. */
static const unsigned char stops_behind[32] = {[16] = '.'};

/* The key of the `len` letters at `at`, 1 to 16. */
static inline struct plain_key make_key(const struct scanner *scanner, size_t at, size_t len) {
    if (at + PLAIN_KEY_LETTERS <= scanner->len) {
        return plain_key_make(scanner->text + at, len);
    }
    char letters[PLAIN_KEY_LETTERS] = {0};
    memcpy(letters, scanner->text + at, scanner->len - at);
    return plain_key_make(letters, len);
}

/* Adds a word whose form is looked up later. */
static inline void add_pending(struct scanner *scanner, size_t begin, size_t end, uint64_t hash,
                               enum letter_case letter_case) {
    struct preparation *preparation = scanner->preparation;
    write_pending(preparation, &preparation->pending[preparation->n_pending],
                  (uint32_t)preparation->n_tokens, hash);
    preparation->n_pending++;
    struct token *token = add_token(scanner, TOKEN_WORD, begin, end, 0);
    token->letter_case = (uint8_t)letter_case;
}

/* A word with a stop behind it, which may be an abbreviation's or an initial's. */
static void add_stopped(struct scanner *scanner, size_t begin, size_t end, uint64_t hash,
                        struct pack_found dotted, enum letter_case letter_case) {
    struct preparation *preparation = scanner->preparation;
    const bool is_initial = end == begin + 1 && letter_case == CASE_TITLE;
    if (!is_initial && (dotted.signs & SIGN_ABBREVIATION) == 0) {
        add_pending(scanner, begin, end, hash, letter_case);
        return;
    }
    const struct word word = {.begin = begin, .end = end, .n_letters = end - begin};
    uint32_t form = pack_table_find(preparation->table, hash).form;
    if (scanner_takes_dot(scanner, &word, letter_case, dotted.form, &form)) {
        struct token *token = add_token(scanner, TOKEN_WORD, begin, end + 1, TOKEN_DOT);
        token->letter_case = (uint8_t)letter_case;
        note_found(preparation, form);
        note_compound(preparation);
        add_stop(preparation);
    } else {
        add_pending(scanner, begin, end, hash, letter_case);
    }
}

/* The case of two ASCII letters or more. */
static enum letter_case ascii_case(const char *text, size_t len) {
    size_t n_capitals = 0;
    for (size_t i = 0; i < len; i++) {
        n_capitals += (text[i] & 0x20) == 0;
    }
    if (n_capitals == 0) {
        return CASE_LOWER;
    }
    if (n_capitals == 1 && (text[0] & 0x20) == 0) {
        return CASE_TITLE;
    }
    return n_capitals == len ? CASE_UPPER : CASE_MIXED;
}

/* Words of seventeen letters and more, up to 63. */
static void add_long_word(struct scanner *scanner, size_t begin, size_t len) {
    struct preparation *preparation = scanner->preparation;
    const char *text = scanner->text + begin;
    struct pack_key key;
    pack_key_make(&key, text, len);
    const enum letter_case letter_case = ascii_case(text, len);
    const size_t end = begin + len;
    if (end < scanner->len && scanner->text[end] == '.') {
        const uint32_t form = find_form(scanner, begin, end + 1);
        const struct pack_found dotted = {
            form, form == FORM_NONE ? 0 : pack_signs(preparation->pack, form)};
        add_stopped(scanner, begin, end, key.hash, dotted, letter_case);
    } else {
        add_pending(scanner, begin, end, key.hash, letter_case);
    }
}

/* A word of `len` letters that ends at a stop. */
static void add_word_before_stop(struct scanner *scanner, size_t begin, size_t len) {
    const struct plain_key key = make_key(scanner, begin, len);
    const uint64_t hash = pack_hash_pair(key.chunks[0], key.chunks[1]);
    struct pack_found dotted = {FORM_NONE, 0};
    if (len < PLAIN_KEY_LETTERS) {
        const struct pack_table *table = scanner->preparation->table;
        uint64_t stop[2];
        memcpy(stop, stops_behind + PLAIN_KEY_LETTERS - len, sizeof stop);
        const uint64_t hash_with_stop =
            pack_hash_pair(key.chunks[0] | stop[0], key.chunks[1] | stop[1]);
        if (pack_table_may_be_dotted(table, hash_with_stop)) {
            dotted = pack_table_find(table, hash_with_stop);
        }
    } else {
        dotted.form = find_form(scanner, begin, begin + len + 1);
        dotted.signs =
            dotted.form == FORM_NONE ? 0 : pack_signs(scanner->preparation->pack, dotted.form);
    }
    add_stopped(scanner, begin, begin + len, hash, dotted, key.letter_case);
}

/* Whether a word of ASCII letters may go on at `at`, or be something else. */
static bool may_go_on(const struct scanner *scanner, size_t at) {
    const unsigned char byte = (unsigned char)scanner->text[at];
    if (byte == '.') {
        return at + 1 < scanner->len && character_is_word(letter_at(scanner, at + 1).character);
    }
    if (byte == ':') {
        return at + 1 < scanner->len && scanner->text[at + 1] == '/';
    }
    return byte >= 0x80 || (scanner_bytes[byte] & BYTE_JOINS) != 0;
}

/* A word of `len` ASCII letters that is long, or that no blank or comma ends. */
static void add_ascii_word(struct scanner *scanner, size_t len) {
    const size_t begin = scanner->at;
    const size_t end = begin + len;
    if (len == 64 || (end < scanner->len && may_go_on(scanner, end))) {
        scanner_add_word(scanner, begin, begin);
    } else if (len > 16) {
        add_long_word(scanner, begin, len);
    } else if (end < scanner->len && scanner->text[end] == '.') {
        add_word_before_stop(scanner, begin, len);
    } else {
        const struct plain_key key = make_key(scanner, begin, len);
        add_pending(scanner, begin, end, pack_hash_pair(key.chunks[0], key.chunks[1]),
                    key.letter_case);
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
    struct token *token =
        add_token(scanner, TOKEN_MARK, begin, end, mark.code_point >= 0x80 ? TOKEN_NON_ASCII : 0);
    token->mark = mark.code_point;
    preparation->marks[preparation->n_marks] = (uint32_t)(preparation->n_tokens - 1);
    preparation->n_marks++;
    if (mark_is_stop(mark.code_point)) {
        add_stop(preparation);
    }
}

/* A mark of one ASCII byte that is a token by itself. */
static inline void add_plain_mark(struct scanner *scanner, unsigned char byte) {
    struct preparation *preparation = scanner->preparation;
    struct token *token = add_token(scanner, TOKEN_MARK, scanner->at, scanner->at + 1, 0);
    token->mark = byte;
    preparation->marks[preparation->n_marks] = (uint32_t)(preparation->n_tokens - 1);
    preparation->n_marks++;
    if ((scanner_bytes[byte] & BYTE_STOP) != 0) {
        add_stop(preparation);
    }
}

static void add_mark(struct scanner *scanner) {
    const size_t at = scanner->at;
    const unsigned char byte = (unsigned char)scanner->text[at];
    const unsigned char next = at + 1 < scanner->len ? (unsigned char)scanner->text[at + 1] : ' ';
    if (byte < 0x80 && next < 0x80 &&
        ((scanner_bytes[byte] & BYTE_MARK) != 0 || (byte == '.' && next != '.'))) {
        add_plain_mark(scanner, byte);
    } else {
        add_any_mark(scanner);
    }
}

/* ---- the pass ---- */

/* Moves behind white space. */
static void skip_white_space(struct scanner *scanner) {
    unsigned space = scanner->space;
    while (scanner->at < scanner->len) {
        const struct letter letter = letter_at(scanner, scanner->at);
        if (!character_is_space(letter.character)) {
            break;
        }
        const bool more = space != 0 || letter.code_point == '\t' || letter.code_point >= 0x80;
        space |= TOKEN_SPACE_BEFORE | (more ? TOKEN_GAP_BEFORE : 0);
        space |= letter.character == CHARACTER_LINE ? TOKEN_LINE_BEFORE : 0;
        scanner->at = letter.end;
    }
    scanner->space = (uint16_t)space;
}

/* A number of ASCII digits alone, with a blank behind it or a mark and a blank: as most are. */
static bool add_plain_number(struct scanner *scanner) {
    const char *text = scanner->text;
    const size_t len = scanner->len;
    size_t end = scanner->at;
    while (end < len && text[end] >= '0' && text[end] <= '9') {
        end++;
    }
    const char behind = end < len ? text[end] : ' ';
    const char next = end + 1 < len ? text[end + 1] : ' ';
    if (end == scanner->at ||
        (behind != ' ' && (strchr(".,;:%)", behind) == NULL || next != ' '))) {
        return false;
    }
    add_token(scanner, TOKEN_NUMBER, scanner->at, end, 0);
    return true;
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
        if (!add_plain_number(scanner)) {
            scanner_add_word(scanner, scanner->at, scanner->at);
        }
    } else {
        add_mark(scanner);
    }
}

/* Whether the byte at `at` is a mark by itself with a blank behind, and ends no sentence. */
static inline bool is_mark_before_blank(const struct scanner *scanner, size_t at) {
    const unsigned char byte = (unsigned char)scanner->text[at];
    return byte < 0x80 && (scanner_bytes[byte] & (BYTE_MARK | BYTE_STOP)) == BYTE_MARK &&
           at + 1 < scanner->len && scanner->text[at + 1] == ' ';
}

/* Words between blanks and commas, one after the other: as far as there is room and nothing else
 * comes. Keeps in registers what the rest of the scanner keeps in memory. Answers the length of the
 * letters at scanner->at, which are no such word; 0 when something else stands there, or nothing.
 */
static inline size_t scan_plain_words(struct scanner *scanner) {
    struct preparation *preparation = scanner->preparation;
    const uint64_t *const all_letters = preparation->bitmaps.letters;
    const uint64_t *const all_ends = preparation->bitmaps.ends;
    const char *const text = scanner->text;
    struct token *token = preparation->tokens + preparation->n_tokens;
    struct pending_word *pending = preparation->pending + preparation->n_pending;
    const struct pending_word *const pending_end = preparation->pending + PREPARATION_PENDING;
    const struct token *const tokens_end = preparation->tokens + preparation->room;
    size_t at = scanner->at;
    unsigned space = scanner->space;
    unsigned flags = 0;
    size_t n_words = 0;
    size_t n_letters = 0;
    for (;;) {
        uint64_t letters = bitmap_window(all_letters, at);
        if ((letters & 3) == 2 && text[at] == ' ' && space == 0) {
            space = TOKEN_SPACE_BEFORE; /* one blank, and a word: as nearly always */
            letters >>= 1;
            at++;
        } else if ((letters & 1) == 0) {
            if (at >= scanner->len || token == tokens_end || space != 0 ||
                !is_mark_before_blank(scanner, at)) {
                break;
            }
            *token = (struct token){.offset = (uint32_t)at,
                                    .len = 1,
                                    .mark = (unsigned char)text[at],
                                    .kind = TOKEN_MARK,
                                    .letter_case = CASE_NONE};
            preparation->marks[preparation->n_marks] = (uint32_t)(token - preparation->tokens);
            preparation->n_marks++;
            token++;
            at++;
            continue;
        }
        const size_t len = (size_t)__builtin_ctzll(~letters | UINT64_C(1) << 63);
        if (len > PLAIN_KEY_LETTERS || (bitmap_window(all_ends, at) >> len & 1) == 0 ||
            token == tokens_end || pending == pending_end) {
            n_letters = bitmap_run(bitmap_from(all_letters, at));
            break;
        }
        const struct plain_key key = make_key(scanner, at, len);
        write_pending(preparation, pending, (uint32_t)(token - preparation->tokens),
                      pack_hash_pair(key.chunks[0], key.chunks[1]));
        *token = (struct token){.offset = (uint32_t)at,
                                .len = (uint32_t)len,
                                .form = FORM_NONE,
                                .kind = TOKEN_WORD,
                                .letter_case = (uint8_t)key.letter_case,
                                .flags = (uint16_t)space};
        pending++;
        token++;
        flags |= space;
        n_words += space & TOKEN_SPACE_BEFORE;
        space = 0;
        at += len;
    }
    preparation->n_tokens = (size_t)(token - preparation->tokens);
    preparation->n_pending = (size_t)(pending - preparation->pending);
    preparation->n_words += n_words;
    preparation->flags |= (uint16_t)flags;
    scanner->space = (uint16_t)space;
    scanner->at = at;
    return n_letters;
}

static galley_status scan(struct scanner *scanner) {
    struct preparation *preparation = scanner->preparation;
    for (;;) {
        const size_t n_letters = scan_plain_words(scanner);
        if (scanner->at >= scanner->len) {
            break;
        }
        if (preparation->n_pending == PREPARATION_PENDING) {
            scanner_resolve(preparation);
        } else if (preparation->n_tokens == preparation->room) {
            if (!make_room(preparation)) {
                return GALLEY_ERROR_MEMORY;
            }
        } else if (n_letters > 0) {
            add_ascii_word(scanner, n_letters);
        } else {
            add_other(scanner);
        }
    }
    scanner_resolve(preparation);
    preparation->n_words +=
        preparation->n_tokens > 0 && (preparation->tokens[0].flags & TOKEN_SPACE_BEFORE) == 0;
    return GALLEY_OK;
}

/* Room for the three bitmaps of a text of `len` bytes. */
static bool make_bitmaps(struct preparation *preparation, size_t len) {
    const size_t n = bitmap_count(len);
    if (!memory_grow(preparation->memory, &preparation->bitmap_block, &preparation->bitmap_capacity,
                     sizeof *preparation->bitmap_block, 3 * n)) {
        return false;
    }
    uint64_t *block = preparation->bitmap_block;
    preparation->bitmaps = (struct bitmaps){block, block + n, block + 2 * n};
    return true;
}

galley_status preparation_find_tokens(struct preparation *preparation, const struct unit *unit) {
    preparation->n_tokens = 0;
    preparation->n_pending = 0;
    preparation->n_noted = 0;
    preparation->n_unknown = 0;
    preparation->n_capitals = 0;
    preparation->n_compounds = 0;
    preparation->n_marks = 0;
    preparation->n_stops = 0;
    preparation->signs = 0;
    preparation->flags = 0;
    preparation->n_words = 0;
    if (!make_bitmaps(preparation, unit->len) ||
        (preparation->room == 0 && !make_room(preparation)) || !make_recent(preparation)) {
        return GALLEY_ERROR_MEMORY;
    }
    bitmap_fill(&preparation->bitmaps, unit->text, unit->len);
    struct scanner scanner = {.preparation = preparation, .text = unit->text, .len = unit->len};
    for (size_t i = 0; i < preparation->n_open && unit->continues; i++) {
        scanner.single_open |= mark_is_single(preparation->open_marks[i]);
    }
    return scan(&scanner);
}
