/*
 * characters: letters that are not what they look like ("Рutin" with a Cyrillic Р), text that was
 * decoded wrongly ("â€™"), HTML entities left in the text ("&nbsp;"), control characters, invisible
 * ones, and U+FFFD, which stands where a character was lost.
 *
 * Where the file says which characters a place may hold (ITS 2.0, allowedCharacters), all others
 * are reported there.
 *
 * Not reported: joiners inside emoji and scripts that need them, direction marks beside text that
 * runs from right to left, symbols such as "µm" and "Ω".
 *
 * The rule: only bytes that are no plain ASCII text are looked at (text/bitmap.h). Words with
 * letters of two scripts, and foreign words of nothing but look-alikes, go through Unicode's
 * confusables (UTS #39).
 */
#include "checks/check.h"

#include "its/allowed_characters.h"
#include "language/foreign.h"
#include "language/look_alikes.h"
#include "libraries/icu.h"
#include "libraries/xml.h"
#include "text/mark.h"
#include "text/mojibake.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <string.h>

enum {
    REPLACEMENT = 0xFFFD,
    ZERO_WIDTH_SPACE = 0x200B,
    ZERO_WIDTH_NON_JOINER = 0x200C,
    ZERO_WIDTH_JOINER = 0x200D,
    WORD_JOINER = 0x2060,
    BYTE_ORDER_MARK = 0xFEFF,
    RUN_MAX = 256, /* bytes of mojibake that are repaired at once */
    ENTITY_MAX = 12
};

static galley_status report(struct check_run *run, const struct unit *unit, size_t begin,
                            size_t end, galley_severity severity, const char *repair, size_t len,
                            const char *message) {
    struct issue *issue;
    galley_status status =
        check_report(run, unit_span(unit, begin, end), severity, &issue, "%s", message);
    if (status == GALLEY_OK && repair != NULL) {
        status = check_suggest(run, issue, repair, len);
    }
    return status;
}

/* ---- mojibake ---- */

/* Repairs a run of mojibake once; answers the length, or 0 when it is none throughout. */
static size_t repair_once(const char *text, size_t len, char *out) {
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        uint32_t meant;
        const size_t found = mojibake_len(text + at, len - at, &meant);
        if (found == 0) {
            return 0;
        }
        n += utf8_put(out + n, meant);
        at += found;
    }
    return n;
}

/* "the word “Ü”", "JOSÉ’s": a letter before a closing mark, which together might be one letter of
 * a script that the text has none of. "Â" and "Ã" are not thought to be such letters, as most
 * mojibake begins with them; nor those that begin wrongly read letters of Latin Extended-A
 * ("Å’uvre" was "Œuvre"), Greek and Cyrillic, inside a word. */
static bool is_letter_before_mark(const struct unit *unit, size_t begin, size_t end) {
    enum { A_TILDE = 0xC3, A_RING = 0xC5, I_CIRCUMFLEX = 0xCE, N_TILDE = 0xD1 };
    size_t at = begin;
    const uint32_t letter = utf8_next(unit->text, &at);
    const uint32_t mark = utf8_next(unit->text, &at);
    if (at != end || letter <= A_TILDE ||
        (mark != MARK_DOUBLE_CLOSING && mark != MARK_SINGLE_CLOSING)) {
        return false;
    }
    const bool inside =
        at < unit->len && character_is_word(character_of(utf8_next(unit->text, &at)));
    return !inside || !(letter <= A_RING || (letter >= I_CIRCUMFLEX && letter <= N_TILDE));
}

static galley_status check_mojibake(struct check_run *run, const struct unit *unit, size_t begin,
                                    size_t *end) {
    *end = begin;
    uint32_t meant;
    while (*end - begin < RUN_MAX - 16) {
        const size_t found = mojibake_len(unit->text + *end, unit->len - *end, &meant);
        if (found == 0) {
            break;
        }
        *end += found;
    }
    if (*end == begin || is_letter_before_mark(unit, begin, *end)) {
        *end = begin;
        return GALLEY_OK;
    }
    char repaired[2][RUN_MAX];
    size_t len = repair_once(unit->text + begin, *end - begin, repaired[0]);
    size_t last = 0;
    /* Some texts went the wrong way twice. */
    for (size_t again; (again = repair_once(repaired[last], len, repaired[1 - last])) > 0;) {
        last = 1 - last;
        len = again;
    }
    return report(run, unit, begin, *end, GALLEY_MAJOR, repaired[last], len,
                  "the text was decoded wrongly here");
}

/* ---- characters that do not show ---- */

static bool is_direction_mark(uint32_t c) {
    return c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool runs_from_right(const struct unit *unit) {
    for (size_t i = 0; i < unit->n_unknown; i++) {
        const struct token *token = &unit->tokens[unit->unknown[i]];
        if (token->kind == TOKEN_FOREIGN) {
            size_t at = token->offset;
            const int direction = unicode_direction(utf8_next(unit->text, &at));
            if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) {
                return true;
            }
        }
    }
    return false;
}

static bool is_ascii_word(const struct unit *unit, size_t at) {
    const char c = at < unit->len ? unit->text[at] : ' ';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A joiner joins emoji and letters of scripts that join; between Latin letters it does nothing. */
static bool is_idle_joiner(const struct unit *unit, size_t begin, size_t end) {
    return (begin > 0 && is_ascii_word(unit, begin - 1)) || is_ascii_word(unit, end);
}

static bool is_invisible(const struct unit *unit, uint32_t c, size_t begin, size_t end) {
    if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
        return is_idle_joiner(unit, begin, end);
    }
    return c == ZERO_WIDTH_SPACE || c == WORD_JOINER || (c == BYTE_ORDER_MARK && begin > 0) ||
           (is_direction_mark(c) && !runs_from_right(unit));
}

/* ---- characters of other ways to write ---- */

static bool is_full_width(uint32_t c) {
    return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
           (c >= 0xFF41 && c <= 0xFF5A);
}

/* Letters and digits as wide as an ideograph: "１２３". */
static galley_status check_full_width(struct check_run *run, const struct unit *unit, size_t begin,
                                      size_t *at) {
    enum { FROM_ASCII = 0xFEE0 };
    char plain[RUN_MAX];
    size_t n = 0;
    for (size_t next = begin; next < unit->len && n < sizeof plain; *at = next) {
        const uint32_t c = utf8_next(unit->text, &next);
        if (!is_full_width(c)) {
            break;
        }
        plain[n++] = (char)(c - FROM_ASCII);
    }
    return report(run, unit, begin, *at, GALLEY_MINOR, plain, n,
                  "letters or digits as wide as those of East Asian text");
}

/* Quotation marks of other languages around ASCII text; what the pack has in their place. */
static galley_status check_quotation_mark(struct check_run *run, const struct unit *unit,
                                          size_t begin, size_t end, uint32_t c) {
    const bool opens = c == 0xAB || c == 0x300A || c == 0x300C || c == 0x300E;
    const galley_string own = pack_setting(run->pack, "quotation-marks");
    const size_t inner = opens ? end : begin - 1;
    size_t at = 0;
    uint32_t marks[2] = {0};
    for (size_t i = 0; i < 2 && at < own.len; i++) {
        marks[i] = utf8_next(own.data, &at);
        at += at < own.len && own.data[at] == ' ';
    }
    if (marks[1] == 0 || marks[opens ? 0 : 1] == c || (!opens && begin == 0) ||
        inner >= unit->len || (unsigned char)unit->text[inner] <= ' ' ||
        (unsigned char)unit->text[inner] >= 0x80) {
        return GALLEY_OK;
    }
    char repair[4];
    return report(run, unit, begin, end, GALLEY_MINOR, repair,
                  utf8_put(repair, marks[opens ? 0 : 1]), "a quotation mark of another language");
}

static bool is_quotation_mark(uint32_t c) {
    return c == 0xAB || c == 0xBB || (c >= 0x300A && c <= 0x300F);
}

/* A character beyond ASCII. Moves *at behind what it looked at. */
static galley_status check_wide(struct check_run *run, const struct unit *unit, size_t *at) {
    const size_t begin = *at;
    const uint32_t c = utf8_next(unit->text, at);
    if (c == REPLACEMENT) {
        while (unit->len - *at >= 3 && memcmp(unit->text + *at, "\xEF\xBF\xBD", 3) == 0) {
            *at += 3;
        }
        return report(run, unit, begin, *at, GALLEY_MAJOR, NULL, 0,
                      "a character was lost here when the text was decoded");
    }
    const bool composed = (c == 0x302 || c == 0x303) && begin > 0 &&
                          (unit->text[begin - 1] == 'A' || unit->text[begin - 1] == 'a');
    if ((c >= 0xC2 && c <= 0xF4) || composed) {
        const size_t first = composed ? begin - 1 : begin;
        size_t end;
        const galley_status status = check_mojibake(run, unit, first, &end);
        *at = end > first ? end : *at;
        return status;
    }
    if (c >= 0x80 && c < 0xA0) {
        return report(run, unit, begin, *at, GALLEY_MINOR, "", 0,
                      "a control character in the text");
    }
    if (is_full_width(c)) {
        return check_full_width(run, unit, begin, at);
    }
    if (is_quotation_mark(c)) {
        return check_quotation_mark(run, unit, begin, *at, c);
    }
    if ((c >= 0x2000 || c == 0x61C) && is_invisible(unit, c, begin, *at)) {
        return report(run, unit, begin, *at, is_direction_mark(c) ? GALLEY_NEUTRAL : GALLEY_MINOR,
                      "", 0, "an invisible character");
    }
    return GALLEY_OK;
}

/* ---- entities ---- */

/* The character that "&name;" stands for, 0 for none. */
static uint32_t entity_of(const char *name, size_t len) {
    char copy[ENTITY_MAX + 1];
    memcpy(copy, name, len);
    copy[len] = '\0';
    if (copy[0] != '#') {
        const htmlEntityDesc *entity =
            library_load(LIBRARY_XML) ? htmlEntityLookup((const xmlChar *)copy) : NULL;
        return entity == NULL ? 0 : entity->value;
    }
    const bool hex = copy[1] == 'x' || copy[1] == 'X';
    uint32_t value = 0;
    for (const char *digit = copy + (hex ? 2 : 1); *digit != '\0'; digit++) {
        const char c = *digit;
        const uint32_t one = c >= '0' && c <= '9'          ? (uint32_t)(c - '0')
                             : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                             : hex && c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                           : 99;
        if (one == 99 || value > 0x10FFFF) {
            return 0;
        }
        value = value * (hex ? 16 : 10) + one;
    }
    const bool valid = value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return valid ? value : 0;
}

static galley_status check_entity(struct check_run *run, const struct unit *unit, size_t *at) {
    const size_t begin = *at;
    const char *name = unit->text + begin + 1;
    const size_t rest = unit->len - begin - 1;
    const char *end = memchr(name, ';', rest < ENTITY_MAX ? rest : ENTITY_MAX);
    *at = begin + 1;
    if (end == NULL || end == name) {
        return GALLEY_OK;
    }
    const uint32_t value = entity_of(name, (size_t)(end - name));
    if (value == 0) {
        return GALLEY_OK;
    }
    *at = (size_t)(end - unit->text) + 1;
    char repair[4];
    const uint32_t plain = value == 0xA0 ? ' ' : value;
    return report(run, unit, begin, *at, GALLEY_MINOR, repair, utf8_put(repair, plain),
                  "an HTML entity that was left in the text");
}

static bool is_control(unsigned char c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') || c == 0x7F;
}

static galley_status check_text(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t at = 0; at < unit->len && status == GALLEY_OK;) {
        at = bitmap_next(unit->odd, at, unit->len);
        if (at == unit->len) {
            break;
        }
        const unsigned char c = (unsigned char)unit->text[at];
        if (c >= 0x80) {
            status = check_wide(run, unit, &at);
        } else if (c == '&') {
            status = check_entity(run, unit, &at);
        } else if (is_control(c)) {
            status = report(run, unit, at, at + 1, GALLEY_MINOR, "", 0,
                            "a control character in the text");
            at++;
        } else {
            at++;
        }
    }
    return status;
}

/* ---- look-alikes ---- */

static int script_of(uint32_t letter) {
    return character_is_letter(character_of(letter)) ? unicode_script(letter) : USCRIPT_COMMON;
}

/* Whether a letter is of another script than Latin: no other word is looked at any closer. */
static bool has_other_script(const char *word, size_t len) {
    for (size_t at = 0; at < len;) {
        const int script = script_of(utf8_next(word, &at));
        if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED) {
            return true;
        }
    }
    return false;
}

struct mixture {
    char latin[2 * LIMIT_WORD_LEN]; /* the word with its look-alikes made Latin */
    size_t len;
    bool has_latin, has_other, has_greek, is_latinised;
};

/* Reads a word, and writes it in Latin letters as far as it goes. */
static void read_mixture(const struct pack *pack, const char *word, size_t len,
                         struct mixture *mixture) {
    *mixture = (struct mixture){.is_latinised = true};
    for (size_t at = 0; at < len;) {
        uint32_t letter = utf8_next(word, &at);
        const int script = script_of(letter);
        if (script == USCRIPT_LATIN) {
            mixture->has_latin = true;
        } else if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) {
            mixture->has_other = true;
            mixture->has_greek |= script == USCRIPT_GREEK;
            const uint32_t latin = look_alike_of(pack, letter);
            mixture->is_latinised = mixture->is_latinised && latin != 0;
            letter = latin != 0 ? latin : letter;
        }
        mixture->len += utf8_put(mixture->latin + mixture->len, letter);
    }
}

static bool stands_alone(const struct unit *unit, size_t i) {
    return !(i > 0 && unit->tokens[i - 1].kind == TOKEN_FOREIGN) &&
           !(i + 1 < unit->n_tokens && unit->tokens[i + 1].kind == TOKEN_FOREIGN);
}

/* "ООН" looks like "OOH" and is Russian for "UN". */
static bool is_abbreviation(const struct check_run *run, const char *word, size_t len) {
    struct foreign foreign;
    size_t language;
    return foreign_open(&foreign, run->pack) &&
           foreign_abbreviation(&foreign, word, len, &language) != NULL;
}

static galley_status check_word(struct check_run *run, const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    struct mixture mixture;
    if ((token->flags & TOKEN_NON_ASCII) == 0 || token->len > LIMIT_WORD_LEN ||
        (token->kind == TOKEN_FOREIGN &&
         (token->letter_case == CASE_NONE || !stands_alone(unit, i))) ||
        !has_other_script(unit_token_text(unit, token), token->len)) {
        return GALLEY_OK;
    }
    read_mixture(run->pack, unit_token_text(unit, token), token->len, &mixture);
    const bool is_word =
        mixture.is_latinised && pack_find(run->pack, mixture.latin, mixture.len) != FORM_NONE;
    /* Greek letters stand beside Latin ones in formulas. */
    const bool mixed = mixture.has_latin && mixture.has_other && (is_word || !mixture.has_greek) &&
                       (token->flags & TOKEN_HYPHEN) == 0;
    if (!mixed && (!mixture.has_other || !is_word ||
                   is_abbreviation(run, unit_token_text(unit, token), token->len))) {
        return GALLEY_OK;
    }
    struct issue *issue;
    galley_status status = check_report(
        run, unit_span(unit, token->offset, token->offset + token->len), GALLEY_MAJOR, &issue,
        mixed ? "“%.*s” has letters of two scripts that look alike"
              : "“%.*s” is written with letters of another script that look like Latin ones",
        (int)token->len, unit_token_text(unit, token));
    if (status == GALLEY_OK && mixture.is_latinised) {
        status = check_suggest(run, issue, mixture.latin, mixture.len);
    }
    return status;
}

/* ---- what the file allows ---- */

/* The U+FFFC that stands for a code is none of the text's characters. */
static bool is_allowed(const struct unit_limit *limit, uint32_t c) {
    enum { OBJECT_REPLACEMENT = 0xFFFC };
    return c == OBJECT_REPLACEMENT || allowed_characters_have(limit->characters, c);
}

static galley_status check_limit(struct check_run *run, const struct unit *unit,
                                 const struct unit_limit *limit) {
    galley_status status = GALLEY_OK;
    size_t begin = SIZE_MAX; /* of the run that is not allowed */
    for (size_t at = limit->begin; status == GALLEY_OK;) {
        size_t next = at;
        const bool ends = at >= limit->end || is_allowed(limit, utf8_next(unit->text, &next));
        if (!ends && begin == SIZE_MAX) {
            begin = at;
        } else if (ends && begin != SIZE_MAX) {
            status = check_report(run, unit_span(unit, begin, at), GALLEY_MAJOR, NULL,
                                  "the file allows only the characters %.*s here",
                                  ALLOWED_CHARACTERS_LEN_MAX, limit->characters);
            begin = SIZE_MAX;
        }
        if (at >= limit->end) {
            break;
        }
        at = next;
    }
    return status;
}

static galley_status check_limits(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_limits && status == GALLEY_OK; i++) {
        if (unit->limits[i].characters != NULL) {
            status = check_limit(run, unit, &unit->limits[i]);
        }
    }
    return status;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = check_text(run, unit);
    if (status == GALLEY_OK) {
        status = check_limits(run, unit);
    }
    if ((unit->flags & TOKEN_NON_ASCII) == 0) {
        return status;
    }
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        status = check_word(run, unit, unit->unknown[i]);
    }
    return status;
}

const struct check check_characters = {
    .name = "characters",
    .its_type = "characters",
    .mqm = "design/character-encoding",
    .summary = "look-alike letters, wrongly decoded text, characters that do not show",
    .explanation =
        "Letters of another script that look like Latin ones (“Рutin” with a Cyrillic "
        "Р), text that was decoded wrongly (“â€™” for “’”), HTML entities left in the "
        "text (“&nbsp;”), control characters, zero-width characters, full-width letters, "
        "quotation marks of other languages, and the mark that stands where a "
        "character was lost. Where the file allows only some characters (ITS "
        "allowedCharacters), the others.",
    .severity = GALLEY_MAJOR,
    .covers = "spelling,untranslated,whitespace,punctuation,quotes,capitalization",
    .unit = check_unit,
};
