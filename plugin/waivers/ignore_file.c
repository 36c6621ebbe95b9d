/*
 * .galley-ignore: a waiver a line, empty lines, and comments from "#" on. A waiver for good has no
 * place in it without a reason, for whoever reads the file in a year.
 */
#include "base/cut.h"
#include "waivers/waivers.h"

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"

#include <string.h>

static galley_status fail_at(const char *path, size_t line, const galley_error *why,
                             galley_error *error) {
    return error_set_at(error, GALLEY_ERROR_SETTINGS, 0, line, "%.*s:%zu: %s",
                        error_cut(strlen(path)), path, line, why->message);
}

static galley_status add_line(struct waivers *waivers, const char *path, size_t number,
                              const char *line, size_t len, galley_error *error) {
    struct waiver waiver;
    galley_error why = {.size = sizeof why};
    galley_status status = waiver_read(&waivers->arena, line, len, &waiver, &why);
    if (status == GALLEY_ERROR_SETTINGS) {
        return fail_at(path, number, &why, error);
    }
    if (status == GALLEY_OK && waiver.reason.len == 0) {
        error_set(&why, status, "a waiver says why: “… because REASON”");
        return fail_at(path, number, &why, error);
    }
    waiver.origin = arena_format(&waivers->arena, "%s:%zu", path, number);
    uint32_t index = 0;
    if (status == GALLEY_OK && waiver.origin.data == NULL) {
        status = GALLEY_ERROR_MEMORY;
    }
    if (status == GALLEY_OK) {
        status = waivers_add(waivers, &waiver, &index);
    }
    if (status == GALLEY_OK && waiver.text.data != NULL) {
        status =
            waivers_add_key(waivers, &waivers->texts,
                            waiver_hash_text(HASH_START, waiver.text.data, waiver.text.len), index);
    } else if (status == GALLEY_OK) {
        status = waivers_add_key(waivers, &waivers->anywhere, 0, index);
    }
    return status;
}

static bool has_waiver(const char *line, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
            return line[i] != '#';
        }
    }
    return false;
}

galley_status waivers_read_ignore_file(struct waivers *waivers, const char *path,
                                       galley_error *error) {
    galley_string text;
    galley_status status = file_read_text(&waivers->arena, path, &text, error);
    size_t number = 0;
    while (status == GALLEY_OK && text.len > 0) {
        const galley_string line = string_cut(&text, '\n');
        number++;
        if (has_waiver(line.data, line.len)) {
            status = add_line(waivers, path, number, line.data, line.len, error);
        }
    }
    return status;
}
