#include "text/declared_encoding.h"

#include "base/ascii.h"

#include <string.h>

/* A stretch of the document's begin. */
struct head {
    const char *at, *end;
};

/* Moves to behind the next `what`, which is in small letters, whatever the head's capitals. */
static bool skip_past(struct head *head, const char *what) {
    const size_t len = strlen(what);
    for (; (size_t)(head->end - head->at) >= len; head->at++) {
        if (ascii_same(head->at, what, len)) {
            head->at += len;
            return true;
        }
    }
    return false;
}

static void skip_space(struct head *head) {
    while (head->at < head->end && ascii_is_space(*head->at)) {
        head->at++;
    }
}

static bool is_name_character(char c) {
    return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
           (c != '\0' && strchr("-_.:+", c) != NULL);
}

/* The name behind an equals sign, in quotation marks or not. */
static bool take_name(struct head *head, char name[DECLARED_ENCODING_LEN]) {
    size_t len = 0;
    skip_space(head);
    if (head->at == head->end || *head->at != '=') {
        return false;
    }
    head->at++;
    skip_space(head);
    head->at += head->at < head->end && (*head->at == '"' || *head->at == '\'');
    while (head->at < head->end && is_name_character(*head->at)) {
        if (len + 1 == DECLARED_ENCODING_LEN) {
            return false;
        }
        name[len++] = *head->at++;
    }
    name[len] = '\0';
    return len > 0;
}

/* <?xml version="1.0" encoding="windows-1252"?> */
static bool find_in_xml(struct head head, char name[DECLARED_ENCODING_LEN]) {
    struct head behind = head;
    if (!skip_past(&behind, "?>")) {
        return false;
    }
    head.end = behind.at;
    return skip_past(&head, "encoding") && take_name(&head, name);
}

/* <meta charset=windows-1252>, <meta http-equiv="Content-Type" content="text/html; charset=…"> */
static bool find_in_html(struct head head, char name[DECLARED_ENCODING_LEN]) {
    while (skip_past(&head, "<meta")) {
        struct head element = head;
        struct head behind = head;
        if (!skip_past(&behind, ">")) {
            return false;
        }
        element.end = behind.at;
        if (skip_past(&element, "charset") && take_name(&element, name)) {
            return true;
        }
    }
    return false;
}

/* msgid "" msgstr "Content-Type: text/plain; charset=ISO-8859-2\n" */
static bool find_in_po(struct head head, char name[DECLARED_ENCODING_LEN]) {
    return skip_past(&head, "msgid \"\"") && skip_past(&head, "\"content-type:") &&
           skip_past(&head, "charset") && take_name(&head, name);
}

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (strlen(name) == strlen(*names) && ascii_same(name, *names, strlen(name))) {
            return true;
        }
    }
    return false;
}

/* XML without a byte order mark in UTF-16: its first characters are "<?" (XML 1.0, appendix F). */
static bool is_wide(const char *data, size_t len, char name[DECLARED_ENCODING_LEN]) {
    if (len < 4 || (memcmp(data, "<\0?\0", 4) != 0 && memcmp(data, "\0<\0?", 4) != 0)) {
        return false;
    }
    strcpy(name, data[0] == '<' ? "UTF-16LE" : "UTF-16BE");
    return true;
}

bool declared_encoding(const char *data, size_t len, char name[DECLARED_ENCODING_LEN]) {
    enum { HEAD = 4096 };
    static const char *const usual[] = {"utf-8", "utf8", "us-ascii", "ascii", NULL};
    /* What browsers take for windows-1252 (Encoding standard, 4.2). */
    static const char *const western[] = {"iso-8859-1", "iso8859-1", "latin1", "l1", NULL};
    struct head head = {data, data + (len < HEAD ? len : HEAD)};
    if (is_wide(data, len, name)) {
        return true;
    }
    bool found = false;
    if (len > 5 && memcmp(data, "<?xml", 5) == 0) {
        found = find_in_xml(head, name);
    }
    skip_space(&head);
    if (!found && head.at < head.end) {
        found = *head.at == '<' ? find_in_html(head, name) : find_in_po(head, name);
    }
    if (!found || is_one_of(name, usual) || ascii_same(name, "utf-16", 6) ||
        ascii_same(name, "utf-32", 6)) {
        return false; /* the declaration could not be read if it were of the last two */
    }
    if (is_one_of(name, western)) {
        strcpy(name, "windows-1252");
    }
    return true;
}
