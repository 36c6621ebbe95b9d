#include "its/allowed_characters.h"

#include "text/utf8.h"

#include <string.h>

/* One item of a class: the characters from `first` to `last`, or all others. */
struct item {
    uint32_t first, last;
    bool others;
};

static const uint32_t LAST_CHARACTER = 0x10FFFF;

/* What stands behind a backslash; false for what is no escape of a single character or digits. */
static bool read_escape(uint32_t c, struct item *item) {
    static const char plain[] = "\\|.-^?*+{}()[]";
    switch (c) {
    case 'n':
        c = '\n';
        break;
    case 'r':
        c = '\r';
        break;
    case 't':
        c = '\t';
        break;
    case 'd':
    case 'D':
        *item = (struct item){'0', '9', c == 'D'};
        return true;
    default:
        if (c == 0 || c > 0x7F || strchr(plain, (int)c) == NULL) {
            return false;
        }
    }
    *item = (struct item){c, c, false};
    return true;
}

/* Reads a character or an escape; false at the class's end and for what is neither. */
static bool read_character(const char *class, size_t *at, struct item *item) {
    if (class[*at] == '\0') {
        return false;
    }
    const uint32_t c = utf8_next(class, at);
    if (c == '\\') {
        return class[*at] != '\0' && read_escape(utf8_next(class, at), item);
    }
    *item = (struct item){c, c, false};
    return true;
}

/* Reads the next item of a bracketed class: a character, an escape or a range. */
static bool read_item(const char *class, size_t *at, struct item *item) {
    if (class[*at] == '[' || !read_character(class, at, item)) {
        return false;
    }
    if (class[*at] == '-' && class[*at + 1] != ']' && class[*at + 1] != '\0') {
        struct item last;
        ++*at;
        if (class[*at] == '[' || !read_character(class, at, &last) || last.others || item->others ||
            last.last < item->first) {
            return false;
        }
        item->last = last.last;
    }
    return true;
}

/* Walks over the class: whether it is one, and whether it has the character. */
static bool walk(const char *class, uint32_t c, bool *has) {
    struct item item;
    size_t at = 0;
    *has = false;
    if (class[0] != '[') {
        if (strcmp(class, ".") == 0) {
            *has = c != '\n' && c != '\r';
            return true;
        }
        const bool valid = read_character(class, &at, &item) && class[at] == '\0';
        *has = valid && (c >= item.first && c <= item.last) != item.others;
        return valid;
    }
    at = 1;
    const bool negated = class[at] == '^';
    at += negated;
    size_t n = 0;
    for (; class[at] != ']'; n++) {
        if (!read_item(class, &at, &item)) {
            return false;
        }
        *has = *has || (c >= item.first && c <= item.last) != item.others;
    }
    *has = *has != negated;
    return n > 0 && class[at + 1] == '\0';
}

bool allowed_characters_valid(const char *class) {
    bool has;
    return strlen(class) <= ALLOWED_CHARACTERS_LEN_MAX && walk(class, LAST_CHARACTER, &has);
}

bool allowed_characters_have(const char *class, uint32_t c) {
    bool has;
    return walk(class, c, &has) && has;
}
