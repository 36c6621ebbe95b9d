/*
 * Finding what programs and browsers read in a text: tags, placeholders of printf, Python, ICU
 * MessageFormat and template languages, links and e-mail addresses.
 *
 * Every reader below is given the place of a character that may begin one and answers how many
 * bytes it is. None looks beyond the next few characters that may begin another one, so that each
 * byte is looked at a bounded number of times.
 */
#include "bilingual/side.h"

#include "base/hash.h"
#include "text/utf8.h"

#include <string.h>

enum {
    TAG_LEN_MAX = 1024,
    BRACES_LEN_MAX = 4096,
    BRACES_DEPTH_MAX = 8,
    ENTITY_LEN_MAX = 16,
    MAIL_LEN_MAX = 254 /* RFC 5321, section 4.5.3.1 */
};

struct reader {
    const char *text;
    size_t len;
};

static char at(const struct reader *reader, size_t i) {
    return i < reader->len ? reader->text[i] : '\0';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c) {
    return is_letter(c) || is_digit(c) || c == '_';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static uint64_t hash_bytes(uint64_t hash, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        hash = hash_add(hash, (unsigned char)text[i]);
    }
    return hash;
}

static uint64_t hash_kind(enum code_kind kind) {
    return hash_add(HASH_START, kind);
}

/* ---- tags and references ---- */

/* Elements that have no end (HTML Standard, section 13.1.2, "void elements"). */
static bool is_void(const char *name, size_t len) {
    static const char *const names[] = {"area",  "base", "br",   "col",    "embed", "hr", "img",
                                        "input", "link", "meta", "source", "track", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) {
            return true;
        }
    }
    return false;
}

/* Attributes, or a name in small letters alone; not "<Oakland, July 24>". */
static bool is_markup(const struct reader *reader, size_t name, size_t name_end, size_t end) {
    const bool has_attributes = is_space(at(reader, name_end)) &&
                                memchr(reader->text + name_end, '=', end - name_end) != NULL;
    while (name_end < end && (is_space(at(reader, name_end)) || at(reader, name_end) == '/')) {
        name_end++;
    }
    return has_attributes ||
           (name_end == end && at(reader, name) >= 'a' && at(reader, name) <= 'z');
}

static size_t read_tag(const struct reader *reader, size_t begin, struct code *code) {
    const bool closes = at(reader, begin + 1) == '/';
    const size_t name = begin + 1 + closes;
    if (!is_letter(at(reader, name))) {
        return 0;
    }
    size_t end = name;
    while (is_name(at(reader, end)) || at(reader, end) == '-' || at(reader, end) == ':') {
        end++;
    }
    size_t i = end;
    char quote = '\0';
    while (i < reader->len && i - begin < TAG_LEN_MAX && (quote != '\0' || at(reader, i) != '>')) {
        const char c = at(reader, i);
        if (c == '<') {
            return 0;
        }
        quote = quote == c ? '\0' : quote == '\0' && (c == '"' || c == '\'') ? c : quote;
        i++;
    }
    if (at(reader, i) != '>' || !is_markup(reader, name, end, i)) {
        return 0;
    }
    const bool is_empty = at(reader, i - 1) == '/';
    code->kind = CODE_TAG;
    code->closes = closes;
    code->opens = !closes && !is_empty && !is_void(reader->text + name, end - name);
    code->hash = hash_bytes(hash_kind(CODE_TAG), reader->text + name, end - name) + closes;
    return i + 1 - begin;
}

static size_t read_entity(const struct reader *reader, size_t begin, struct code *code) {
    size_t i = begin + 1;
    while (i - begin < ENTITY_LEN_MAX && (is_name(at(reader, i)) || at(reader, i) == '#')) {
        i++;
    }
    if (i == begin + 1 || at(reader, i) != ';') {
        return 0;
    }
    code->kind = CODE_ENTITY;
    code->hash = hash_bytes(hash_kind(CODE_ENTITY), reader->text + begin, i - begin);
    return i + 1 - begin;
}

/* ---- placeholders ---- */

static size_t set_placeholder(const struct reader *reader, size_t begin, size_t end,
                              struct code *code) {
    code->kind = CODE_PLACEHOLDER;
    code->hash = hash_bytes(hash_kind(CODE_PLACEHOLDER), reader->text + begin, end - begin);
    code->loose_hash = code->hash;
    return end - begin;
}

static size_t skip_digits(const struct reader *reader, size_t i) {
    while (is_digit(at(reader, i))) {
        i++;
    }
    return i;
}

/* "%s", "%-5.2f", "%1$s", "%(name)s", "%@", "%name%". A space as a flag is not one here: "5% des
 * votes" is text. */
static size_t read_percent(const struct reader *reader, size_t begin, struct code *code) {
    if (begin > 0 && is_digit(reader->text[begin - 1])) {
        return 0;
    }
    size_t i = begin + 1;
    if (at(reader, i) == '(') {
        for (i++; is_name(at(reader, i)) || at(reader, i) == '.'; i++) {
        }
        if (at(reader, i) != ')') {
            return 0;
        }
        i++;
    }
    const size_t digits = skip_digits(reader, i);
    const bool has_number = digits > i && at(reader, digits) == '$';
    i = has_number ? digits + 1 : i;
    while (at(reader, i) != '\0' && strchr("-+#0'", at(reader, i)) != NULL) {
        i++;
    }
    i = at(reader, i) == '*' ? i + 1 : skip_digits(reader, i);
    if (at(reader, i) == '.') {
        i = at(reader, i + 1) == '*' ? i + 2 : skip_digits(reader, i + 1);
    }
    for (int n = 0; n < 2 && at(reader, i) != '\0' && strchr("hlLqjzt", at(reader, i)) != NULL;
         n++) {
        i++;
    }
    if (at(reader, i) != '\0' && strchr("diouxXeEfFgGaAcCsSpn@", at(reader, i)) != NULL &&
        !is_name(at(reader, i + 1))) {
        set_placeholder(reader, begin, i + 1, code);
        const size_t first = has_number ? digits + 1 : begin + 1;
        code->loose_hash =
            hash_bytes(hash_kind(CODE_PLACEHOLDER), reader->text + first, i + 1 - first);
        code->hash = has_number ? code->hash : code->loose_hash;
        return i + 1 - begin;
    }
    i = begin + 1; /* a name between two signs */
    while (is_name(at(reader, i))) {
        i++;
    }
    return i > begin + 2 && at(reader, i) == '%' ? set_placeholder(reader, begin, i + 1, code) : 0;
}

/* "{count, plural, one {# file} other {# files}}": only what is counted and how must stay; how many
 * forms there are depends on the language. */
static size_t hashed_braces_end(const struct reader *reader, size_t begin, size_t end) {
    const char *comma = memchr(reader->text + begin, ',', end - begin);
    if (comma == NULL) {
        return end;
    }
    const size_t first = (size_t)(comma - reader->text);
    const char *second = memchr(comma + 1, ',', end - first - 1);
    return second == NULL ? end : (size_t)(second - reader->text);
}

/* A number, a name with a format behind it, or nothing between braces; not a remark. */
static bool is_argument(const struct reader *reader, size_t begin, size_t end) {
    while (begin < end && (at(reader, begin) == ' ' || at(reader, begin) == '{' ||
                           strchr("#/^$&@", at(reader, begin)) != NULL)) {
        begin++;
    }
    size_t i = begin;
    while (i < end && (is_name(at(reader, i)) || at(reader, i) == '.' || at(reader, i) == '-' ||
                       at(reader, i) == '[' || at(reader, i) == ']')) {
        i++;
    }
    while (i < end && at(reader, i) == ' ') {
        i++;
    }
    return i == end || strchr(",:!|}", at(reader, i)) != NULL;
}

/* Behind the brace that closes the one at `begin`, or 0. */
static size_t closing_brace(const struct reader *reader, size_t begin) {
    size_t depth = 0;
    for (size_t i = begin; i < reader->len && i - begin < BRACES_LEN_MAX; i++) {
        if (reader->text[i] == '{' && ++depth > BRACES_DEPTH_MAX) {
            return 0;
        }
        if (reader->text[i] == '}' && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* "{0}", "{name}", "{{ name }}", "${name}". */
static size_t read_braces(const struct reader *reader, size_t begin, struct code *code) {
    const size_t brace = begin + (at(reader, begin) == '$');
    const size_t end = at(reader, brace) == '{' ? closing_brace(reader, brace) : 0;
    if (end == 0 || !is_argument(reader, brace + 1, end - 1)) {
        return 0;
    }
    set_placeholder(reader, begin, hashed_braces_end(reader, brace, end), code);
    return end - begin;
}

/* ---- links ---- */

static bool starts_with(const struct reader *reader, size_t begin, const char *word) {
    for (size_t i = 0; word[i] != '\0'; i++) {
        const char c = at(reader, begin + i);
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != word[i]) {
            return false;
        }
    }
    return true;
}

/* "/de/" or "/en-GB/" in a path: the page in the other language is the right one. */
static bool is_language_part(const char *part, size_t len) {
    return (len == 2 || (len == 5 && (part[2] == '-' || part[2] == '_') && is_letter(part[3]) &&
                         is_letter(part[4]))) &&
           is_letter(part[0]) && is_letter(part[1]);
}

static uint64_t hash_link(const char *text, size_t len) {
    uint64_t hash = hash_kind(CODE_LINK);
    size_t begin = 0;
    size_t n_slashes = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i == len || text[i] == '/') {
            if (n_slashes < 3 || !is_language_part(text + begin, i - begin)) {
                hash = hash_bytes(hash, text + begin, i - begin);
            }
            begin = i + 1;
            n_slashes++;
        }
    }
    return hash;
}

static size_t read_link(const struct reader *reader, size_t begin, struct code *code) {
    static const char *const starts[] = {"https://", "http://", "ftp://", "www."};
    size_t i = 0;
    while (i < sizeof starts / sizeof *starts && !starts_with(reader, begin, starts[i])) {
        i++;
    }
    if (i == sizeof starts / sizeof *starts) {
        return 0;
    }
    size_t end = begin + strlen(starts[i]);
    while (!is_space(at(reader, end)) && (unsigned char)at(reader, end) < 0x80 &&
           strchr("<>\"{}|^`", at(reader, end)) == NULL) {
        end++;
    }
    while (end > begin && strchr(".,;:!?)]'*", reader->text[end - 1]) != NULL) {
        end--;
    }
    if (end <= begin + strlen(starts[i])) {
        return 0;
    }
    code->kind = CODE_LINK;
    code->hash = hash_link(reader->text + begin, end - begin);
    return end - begin;
}

static bool is_mail_part(char c) {
    return is_name(c) || c == '.' || c == '-' || c == '+';
}

/* The address around the "@" at `sign`; *begin is moved to its first character. */
static size_t read_mail(const struct reader *reader, size_t sign, size_t floor, size_t *begin,
                        struct code *code) {
    size_t first = sign;
    while (first > floor && sign - first < MAIL_LEN_MAX && is_mail_part(reader->text[first - 1])) {
        first--;
    }
    size_t end = sign + 1;
    bool has_dot = false;
    while (is_mail_part(at(reader, end)) && end - first < MAIL_LEN_MAX) {
        has_dot |= at(reader, end) == '.' && is_letter(at(reader, end + 1));
        end++;
    }
    while (end > sign && (reader->text[end - 1] == '.' || reader->text[end - 1] == '-')) {
        end--;
    }
    if (first == sign || !has_dot) {
        return 0;
    }
    *begin = first;
    code->kind = CODE_MAIL;
    code->hash = hash_bytes(hash_kind(CODE_MAIL), reader->text + first, end - first);
    return end - first;
}

/* ---- all of them ---- */

/* The code at *begin or, for an address, around it; answers its length or 0. */
static size_t read_code(const struct reader *reader, size_t *begin, size_t floor,
                        struct code *code) {
    const bool begins_word = *begin == 0 || !is_name(reader->text[*begin - 1]);
    switch (reader->text[*begin]) {
    case '<':
        return read_tag(reader, *begin, code);
    case '&':
        return read_entity(reader, *begin, code);
    case '%':
        return read_percent(reader, *begin, code);
    case '{':
    case '$':
        return read_braces(reader, *begin, code);
    case '@':
        return read_mail(reader, *begin, floor, begin, code);
    case 'h':
    case 'H':
    case 'f':
    case 'F':
    case 'w':
    case 'W':
        return begins_word ? read_link(reader, *begin, code) : 0;
    default:
        return 0;
    }
}

static galley_status add_code(struct side *side, struct arena *arena, const struct code *code) {
    if (!arena_grow(arena, &side->codes, side->n_codes, &side->code_capacity, sizeof *side->codes,
                    side->n_codes + 1)) {
        return GALLEY_ERROR_MEMORY;
    }
    side->codes[side->n_codes++] = *code;
    return GALLEY_OK;
}

/* The codes that the format found before the offset; takes them off the list. */
static galley_status add_inline_codes(struct side *side, struct arena *arena,
                                      const struct inline_code **codes, size_t *n_codes,
                                      size_t offset) {
    galley_status status = GALLEY_OK;
    for (; *n_codes > 0 && (*codes)->offset <= offset && status == GALLEY_OK;
         ++*codes, --*n_codes) {
        const uint32_t place =
            (*codes)->offset < side->len ? (*codes)->offset : (uint32_t)side->len;
        status = add_code(side, arena,
                          &(struct code){.begin = place,
                                         .end = place,
                                         .label = (*codes)->label,
                                         .label_len = (*codes)->label_len,
                                         .kind = CODE_INLINE,
                                         .hash = (*codes)->hash,
                                         .loose_hash = (*codes)->hash});
    }
    return status;
}

galley_status side_read_codes(struct side *side, struct arena *arena,
                              const struct inline_code *codes, size_t n_codes) {
    const struct reader reader = {side->text, side->len};
    galley_status status = GALLEY_OK;
    side->n_codes = 0;
    size_t floor = 0; /* behind the code before */
    for (size_t i = 0; i < side->len && status == GALLEY_OK;) {
        struct code code = {0};
        size_t begin = i;
        const size_t len = read_code(&reader, &begin, floor, &code);
        if (len == 0) {
            i++;
            continue;
        }
        if (code.kind != CODE_PLACEHOLDER) {
            code.loose_hash = code.hash;
        }
        code.begin = (uint32_t)begin;
        code.end = (uint32_t)(begin + len);
        code.label = side->text + begin;
        code.label_len = (uint32_t)len;
        status = add_inline_codes(side, arena, &codes, &n_codes, begin);
        if (status == GALLEY_OK) {
            status = add_code(side, arena, &code);
        }
        i = floor = begin + len;
    }
    return status == GALLEY_OK ? add_inline_codes(side, arena, &codes, &n_codes, SIZE_MAX) : status;
}
