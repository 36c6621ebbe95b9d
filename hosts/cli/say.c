#include "say.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_LEN_MAX = 8192 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool shown; /* something stands in the last line */

static void clear(void) {
    if (shown) {
        fputs("\r\x1b[K", stderr);
        shown = false;
    }
}

static void put(const char *start, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void put(const char *start, const char *format, va_list arguments) {
    char text[MESSAGE_LEN_MAX];
    vsnprintf(text, sizeof text, format, arguments);
    pthread_mutex_lock(&lock);
    flockfile(stderr);
    clear();
    fputs(start, stderr);
    for (const char *c = text; *c != '\0'; c++) {
        const unsigned char byte = (unsigned char)*c;
        if (byte == '\n') {
            fputs("\\n", stderr);
        } else if (byte < 0x20 || byte == 0x7F) {
            fprintf(stderr, "\\x%02X", byte);
        } else {
            putc_unlocked(*c, stderr);
        }
    }
    putc_unlocked('\n', stderr);
    fflush(stderr);
    funlockfile(stderr);
    pthread_mutex_unlock(&lock);
}

bool say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    put("galley: ", format, arguments);
    va_end(arguments);
    return false;
}

void say_plainly(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    put("", format, arguments);
    va_end(arguments);
}

void say_for_now(const char *text) {
    pthread_mutex_lock(&lock);
    clear();
    if (text != NULL) {
        fputs(text, stderr);
        shown = true;
    }
    fflush(stderr);
    pthread_mutex_unlock(&lock);
}
