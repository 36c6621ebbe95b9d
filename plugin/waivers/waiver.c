#include "waivers/waiver.h"
#include "base/ascii.h"

#include "base/error.h"
#include "base/hash.h"

#include <string.h>
#include <time.h>

/* Gives the characters of a text with its white space normalised, one at a time. */
struct normaliser {
    const char *text;
    size_t len, at;
};

static int next_character(struct normaliser *normaliser) {
    const char *text = normaliser->text;
    size_t at = normaliser->at;
    const bool first = at == 0;
    const bool space = at < normaliser->len && ascii_is_space(text[at]);
    while (at < normaliser->len && ascii_is_space(text[at])) {
        at++;
    }
    normaliser->at = at;
    if (at == normaliser->len) {
        return -1;
    }
    if (space && !first) {
        return ' ';
    }
    normaliser->at++;
    return (unsigned char)text[at];
}

uint64_t waiver_hash_text(uint64_t hash, const char *text, size_t len) {
    struct normaliser normaliser = {text, len, 0};
    for (int c = next_character(&normaliser); c >= 0; c = next_character(&normaliser)) {
        hash = hash_add(hash, (uint64_t)c);
    }
    /* An end, so that "ab" + "c" is not "a" + "bc". */
    return hash_add(hash, 0xFF);
}

bool waiver_same_text(galley_string normalised, const char *text, size_t len) {
    struct normaliser normaliser = {text, len, 0};
    for (size_t i = 0; i < normalised.len; i++) {
        if (next_character(&normaliser) != (unsigned char)normalised.data[i]) {
            return false;
        }
    }
    return next_character(&normaliser) < 0;
}

unsigned waiver_today(void) {
    const time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day) == NULL) {
        return 0;
    }
    return (unsigned)(day.tm_year + 1900) * 10000 + (unsigned)(day.tm_mon + 1) * 100 +
           (unsigned)day.tm_mday;
}

unsigned waiver_day(const char *text, size_t len) {
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (len != 10 || text[4] != '-' || text[7] != '-') {
        return 0;
    }
    unsigned day = 0;
    for (size_t i = 0; i < len; i++) {
        if (i == 4 || i == 7) {
            continue;
        }
        if (text[i] < '0' || text[i] > '9') {
            return 0;
        }
        day = day * 10 + (unsigned)(text[i] - '0');
    }
    const unsigned year = day / 10000;
    const unsigned month = day / 100 % 100;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12 || day % 100 < 1 || day % 100 > days[month - 1] ||
        (month == 2 && day % 100 == 29 && !leap)) {
        return 0;
    }
    return day;
}

bool waiver_is_expired(const struct waiver *waiver, unsigned today) {
    return waiver->until != 0 && today > waiver->until;
}

/* A line being read, word by word. */
struct line {
    struct arena *arena;
    const char *at, *end;
    galley_error *error;
};

static void skip_space(struct line *line) {
    while (line->at < line->end && ascii_is_space(*line->at)) {
        line->at++;
    }
}

static galley_string next_word(struct line *line) {
    skip_space(line);
    const char *begin = line->at;
    while (line->at < line->end && !ascii_is_space(*line->at)) {
        line->at++;
    }
    return (galley_string){begin, (size_t)(line->at - begin)};
}

/* Takes the word away if it is what comes next. */
static bool take_word(struct line *line, const char *word) {
    const struct line before = *line;
    const galley_string next = next_word(line);
    if (next.len == strlen(word) && memcmp(next.data, word, next.len) == 0) {
        return true;
    }
    *line = before;
    return false;
}

static galley_status read_checks(struct line *line, struct waiver *waiver) {
    galley_string list = next_word(line);
    if (list.len == 1 && list.data[0] == '*') {
        waiver->checks = UINT64_MAX;
        return GALLEY_OK;
    }
    while (list.len > 0) {
        const char *comma = memchr(list.data, ',', list.len);
        const size_t len = comma == NULL ? list.len : (size_t)(comma - list.data);
        const struct check *check = registry_find_check(list.data, len);
        if (len == 0) {
            break;
        }
        if (check == NULL) {
            return registry_unknown_check(list.data, len, line->error);
        }
        waiver->checks |= (uint64_t)1 << registry_check_index(check);
        const size_t taken = comma == NULL ? len : len + 1;
        list.data += taken;
        list.len -= taken;
    }
    if (waiver->checks == 0) {
        return error_set(line->error, GALLEY_ERROR_SETTINGS,
                         "a waiver begins with the names of checks, or * for all");
    }
    return GALLEY_OK;
}

/* What closes a text that begins here, and how long the opening mark is; NULL: no text begins. */
static const char *closing_mark(const struct line *line, size_t *opening_len) {
    static const char *const pairs[][2] = {{"\"", "\""}, {"“", "”"}, {"„", "“"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const size_t len = strlen(pairs[i][0]);
        if ((size_t)(line->end - line->at) > len && memcmp(line->at, pairs[i][0], len) == 0) {
            *opening_len = len;
            return pairs[i][1];
        }
    }
    return NULL;
}

/* The text in quotation marks; a backslash before a mark or a backslash keeps it. Normalised. */
static galley_status read_text(struct line *line, struct waiver *waiver) {
    size_t opening_len = 0;
    skip_space(line);
    const char *closing = closing_mark(line, &opening_len);
    if (closing == NULL) {
        return GALLEY_OK;
    }
    const size_t closing_len = strlen(closing);
    const char *at = line->at + opening_len;
    char *text = arena_allocate(line->arena, (size_t)(line->end - at) + 1);
    if (text == NULL) {
        return error_set(line->error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    size_t len = 0;
    for (; at < line->end; at++) {
        if ((size_t)(line->end - at) >= closing_len && memcmp(at, closing, closing_len) == 0) {
            len -= len > 0 && text[len - 1] == ' ';
            text[len] = '\0';
            waiver->text = (galley_string){text, len};
            line->at = at + closing_len;
            return GALLEY_OK;
        }
        at += *at == '\\' && at + 1 < line->end;
        if (!ascii_is_space(*at)) {
            text[len++] = *at;
        } else if (len > 0 && text[len - 1] != ' ') {
            text[len++] = ' ';
        }
    }
    return error_set(line->error, GALLEY_ERROR_SETTINGS, "the text's quotation mark is not closed");
}

static galley_status read_files(struct line *line, struct waiver *waiver) {
    if (!take_word(line, "in")) {
        return GALLEY_OK;
    }
    const galley_string glob = next_word(line);
    if (glob.len == 0) {
        return error_set(line->error, GALLEY_ERROR_SETTINGS,
                         "“in” is followed by a pattern of file names");
    }
    waiver->files = arena_copy(line->arena, glob.data, glob.len);
    return waiver->files.data != NULL
               ? GALLEY_OK
               : error_set(line->error, GALLEY_ERROR_MEMORY, "out of memory");
}

static galley_status read_until(struct line *line, struct waiver *waiver) {
    if (!take_word(line, "until")) {
        return GALLEY_OK;
    }
    const galley_string day = next_word(line);
    waiver->until = waiver_day(day.data, day.len);
    if (waiver->until == 0) {
        return error_set(line->error, GALLEY_ERROR_SETTINGS,
                         "“until” is followed by a day such as 2027-01-31, not “%.*s”",
                         error_cut(day.len), day.data);
    }
    return GALLEY_OK;
}

static galley_status read_reason(struct line *line, struct waiver *waiver) {
    if (take_word(line, "because")) {
        skip_space(line);
        const char *end = line->end;
        while (end > line->at && ascii_is_space(end[-1])) {
            end--;
        }
        waiver->reason = arena_copy(line->arena, line->at, (size_t)(end - line->at));
        return waiver->reason.data != NULL
                   ? GALLEY_OK
                   : error_set(line->error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    const galley_string rest = next_word(line);
    if (rest.len == 0) {
        return GALLEY_OK;
    }
    return error_set(line->error, GALLEY_ERROR_SETTINGS,
                     "“%.*s” is not understood; a waiver is CHECK \"TEXT\" in FILES until "
                     "YYYY-MM-DD because REASON, all but CHECK as needed and in this order",
                     error_cut(rest.len), rest.data);
}

galley_status waiver_read(struct arena *arena, const char *text, size_t len, struct waiver *waiver,
                          galley_error *error) {
    struct line line = {.arena = arena, .at = text, .end = text + len, .error = error};
    *waiver = (struct waiver){.files = {"", 0}, .reason = {"", 0}, .origin = {"", 0}};
    static galley_status (*const steps[])(struct line *, struct waiver *) = {
        read_checks, read_text, read_files, read_until, read_reason};
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == GALLEY_OK; i++) {
        status = steps[i](&line, waiver);
    }
    return status;
}
