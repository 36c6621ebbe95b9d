#include "language/foreign.h"

#include "language/pack_hash.h"

#include <string.h>

void foreign_open(struct foreign *foreign, const struct pack *pack) {
    *foreign = (struct foreign){NULL, NULL};
    const galley_string section = pack_section(pack, "foreign");
    if (section.len < sizeof(struct foreign_head)) {
        return;
    }
    const void *bytes = section.data;
    const struct foreign_head *head = bytes;
    const size_t room = (section.len - sizeof *head) / sizeof(struct foreign_place);
    if (head->n_languages > FOREIGN_LANGUAGES || head->n_places == 0 || head->n_places > room ||
        (head->n_places & (head->n_places - 1)) != 0) {
        return;
    }
    for (uint32_t i = 0; i < head->n_languages; i++) {
        if (memchr(head->names[i], '\0', FOREIGN_NAME_LEN) == NULL) {
            return;
        }
    }
    const void *places = section.data + sizeof *head;
    *foreign = (struct foreign){head, places};
}

uint32_t foreign_find(const struct foreign *foreign, const char *word, size_t len) {
    struct pack_key key;
    if (foreign->head == NULL || !pack_key_make(&key, word, len)) {
        return 0;
    }
    const uint32_t mask = foreign->head->n_places - 1;
    uint32_t at = (uint32_t)key.hash & mask;
    /* A damaged table may have no free place: no more steps than places. */
    for (uint32_t steps = 0; steps <= mask && foreign->places[at].hash != 0; steps++) {
        if (foreign->places[at].hash == (key.hash | 1)) {
            return foreign->places[at].languages;
        }
        at = (at + 1) & mask;
    }
    return 0;
}
