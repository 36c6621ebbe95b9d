/*
 * Links. Only ASCII begins one here: a scheme, "www.", a local part or a domain label. Each
 * attempt reads no further than such a name can be long, so that words cost linear time.
 */
#include "text/link.h"

#include "text/character.h"
#include "text/utf8.h"

#include <string.h>

/* Bytes. RFC 5321, 4.5.3.1: a local part has 64 octets at most. RFC 1035, 2.3.4: a label 63, a
 * name 255. No scheme in use is longer than 32. */
enum { LOCAL_PART_MAX = 64, LABEL_MAX = 63, NAME_MAX_LEN = 255, SCHEME_MAX = 32 };

static bool is_alphanumeric(char c) {
    return (unsigned char)c < 0x80 && character_is_word(character_of((unsigned char)c));
}

static bool is_letter(char c) {
    return (unsigned char)c < 0x80 && character_is_letter(character_of((unsigned char)c));
}

static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool begins_with(const char *text, size_t len, const char *wanted) {
    size_t i = 0;
    while (wanted[i] != '\0') {
        if (i == len || fold(text[i]) != wanted[i]) {
            return false;
        }
        i++;
    }
    return true;
}

/* Where the link ends that goes on until white space, a quotation mark or an angle bracket. Stops
 * and closing brackets behind it belong to the sentence, but "(disambiguation)" to the link. */
static size_t trimmed_end(const char *text, size_t len, size_t at) {
    const size_t begin = at;
    size_t n_open = 0;
    size_t end = at;
    while (at < len) {
        const uint32_t code_point = utf8_next(text, &at);
        if (code_point >= 0x80) {
            if (!character_is_word(character_of(code_point))) {
                break;
            }
            end = at;
        } else if (code_point <= ' ' || code_point == 0x7F ||
                   strchr("\"<>`{}|\\^", (int)code_point) != NULL) {
            break;
        } else if (code_point == '(') {
            n_open++;
        } else if (code_point == ')') {
            if (n_open == 0) {
                break;
            }
            n_open--;
            end = at;
        } else if (strchr(".,;:!?'[]*", (int)code_point) == NULL) {
            end = at;
        }
    }
    return end > begin ? end : 0;
}

static size_t url_len(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && at < SCHEME_MAX &&
           (is_alphanumeric(text[at]) || text[at] == '+' || text[at] == '-')) {
        at++;
    }
    if (is_letter(text[0]) && begins_with(text + at, len - at, "://")) {
        return trimmed_end(text, len, at + 3);
    }
    if (begins_with(text, len, "www.") && len > 4 && is_alphanumeric(text[4])) {
        return trimmed_end(text, len, 4);
    }
    return 0;
}

/* The length of a domain name: labels of letters, digits and inner hyphens, two at least, the last
 * of two letters or more. Answers where its last label begins. */
static size_t domain_len(const char *text, size_t len, size_t *last_label) {
    size_t at = 0;
    size_t end = 0;
    size_t n_labels = 0;
    while (at < len && at < NAME_MAX_LEN && is_alphanumeric(text[at])) {
        const size_t label = at;
        while (at < len && at - label <= LABEL_MAX &&
               (is_alphanumeric(text[at]) ||
                (text[at] == '-' && at + 1 < len && is_alphanumeric(text[at + 1])))) {
            at++;
        }
        n_labels++;
        if (n_labels > 1 && at - label >= 2 && is_letter(text[label])) {
            *last_label = label;
            end = at;
        }
        if (at == len || text[at] != '.') {
            break;
        }
        at++;
    }
    return end;
}

/* The length of what may be a local part: RFC 5322, 3.2.3, without the signs nobody uses. */
static size_t local_part_len(const char *text, size_t len) {
    size_t at = 0;
    while (at < len && at < NAME_MAX_LEN &&
           (is_alphanumeric(text[at]) || (text[at] != '\0' && strchr("._%+-", text[at]) != NULL))) {
        at++;
    }
    return at;
}

static size_t mail_len(const char *text, size_t len, size_t local) {
    if (local > LOCAL_PART_MAX || local == len || text[local] != '@') {
        return 0;
    }
    size_t last_label;
    const size_t n = domain_len(text + local + 1, len - local - 1, &last_label);
    return n == 0 ? 0 : local + 1 + n;
}

/* Whether the last label is a top-level domain (RFC 1591): a generic one in common use, or a
 * country's two letters where these are no word in small letters. */
static bool is_top_level(const struct pack *pack, const char *label, size_t len) {
    static const char *const generic[] = {"com", "org", "net",  "gov", "edu",
                                          "mil", "int", "info", "biz", "news"};
    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++) {
        if (strlen(generic[i]) == len && memcmp(label, generic[i], len) == 0) {
            return true;
        }
    }
    if (len != 2 || label[0] < 'a' || label[0] > 'z' || label[1] < 'a' || label[1] > 'z') {
        return false;
    }
    const uint32_t form = pack_find(pack, label, len);
    return form == FORM_NONE || (pack_facts(pack, form)->flags & FORM_LOWER) == 0;
}

static size_t bare_domain_len(const struct pack *pack, const char *text, size_t len) {
    size_t last_label = 0;
    const size_t n = domain_len(text, len, &last_label);
    if (n == 0 || !is_top_level(pack, text + last_label, n - last_label)) {
        return 0;
    }
    /* A single letter or digits before the dot are no name: "p.m", "5.net". */
    if (last_label < 3 || (n < len && (unsigned char)text[n] >= 0x80 && text[n] != '\xE2')) {
        return 0;
    }
    return n < len && text[n] == '/' ? trimmed_end(text, len, 0) : n;
}

size_t link_len(const struct pack *pack, const char *text, size_t len, size_t *tried) {
    size_t n = url_len(text, len);
    if (n > 0) {
        return n;
    }
    const size_t local = local_part_len(text, len);
    n = mail_len(text, len, local);
    if (n == 0) {
        n = bare_domain_len(pack, text, len);
    }
    *tried = begins_with(text + local, len - local, "://") ? 0 : local;
    return n;
}
