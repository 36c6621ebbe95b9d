#include "language/weights.h"

void weights_open(struct weights *weights, const struct pack *pack) {
    *weights = (struct weights){0};
    const galley_string section = pack_section(pack, "weights");
    const void *bytes = section.data;
    const uint32_t *head = bytes;
    enum { HEAD = 2 * sizeof *head };
    if (section.len < HEAD || head[0] == 0 || (head[0] & (head[0] - 1)) != 0 ||
        section.len != HEAD + (uint64_t)head[0] * (sizeof(uint32_t) + sizeof(uint16_t)) +
                           (uint64_t)head[1] * WEIGHTS_ROW) {
        return;
    }
    const uint32_t *fingerprints = head + 2;
    const void *values = fingerprints + head[0];
    const void *rows = (const uint16_t *)values + head[0];
    *weights = (struct weights){head[0] - 1, head[1], fingerprints, values, rows};
}
