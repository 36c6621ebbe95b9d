#include "language/language_names.h"

#include <stdio.h>
#include <string.h>

static galley_string find(const struct pack *pack, const char *key, size_t key_len) {
    const galley_string section = pack_section(pack, "language-names");
    const char *end = section.data + section.len;
    const char *line = section.data;
    while (line < end) {
        const char *line_end = memchr(line, '\0', (size_t)(end - line));
        if (line_end == NULL) {
            break; /* a damaged section */
        }
        const size_t len = (size_t)(line_end - line);
        if (len > key_len && line[key_len] == '=' && memcmp(line, key, key_len) == 0) {
            return (galley_string){line + key_len + 1, len - key_len - 1};
        }
        line = line_end + 1;
    }
    return (galley_string){NULL, 0};
}

galley_string language_name(const struct pack *pack, const char *tag) {
    return find(pack, tag, strcspn(tag, "-"));
}

galley_string language_of_script(const struct pack *pack, int script) {
    char key[16];
    return find(pack, key, (size_t)snprintf(key, sizeof key, "%d", script));
}
