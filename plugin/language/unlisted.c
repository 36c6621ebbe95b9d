/*
 * Reading the section "unlisted": a binary search over hashes. A word that is taken for another by
 * its hash (about 1 in 60,000) is weighed wrongly by a little, and no more.
 */
#include "language/unlisted.h"

#include "base/error.h"

#include <string.h>

galley_status unlisted_open(const struct pack *pack, struct unlisted *unlisted,
                            galley_error *error) {
    const galley_string section = pack_section(pack, "unlisted");
    *unlisted = (struct unlisted){.n = 0};
    if (section.len == 0) {
        return GALLEY_OK;
    }
    uint32_t n = 0;
    if (section.len >= sizeof n) {
        memcpy(&n, section.data, sizeof n);
    }
    if (section.len < sizeof n || section.len != sizeof n + n * (uint64_t)(sizeof n + 1)) {
        return error_set(error, GALLEY_ERROR_DICTIONARY,
                         "damaged language pack: section unlisted has a wrong size");
    }
    *unlisted = (struct unlisted){
        .hashes = (const uint32_t *)(const void *)(section.data + sizeof n),
        .zipfs = (const uint8_t *)section.data + sizeof n + (size_t)n * sizeof n,
        .n = n,
    };
    return GALLEY_OK;
}

unsigned unlisted_zipf(const struct unlisted *unlisted, const char *word, size_t len) {
    struct pack_key key;
    if (!pack_key_make(&key, word, len)) {
        return 0;
    }
    const uint32_t wanted = (uint32_t)(key.hash >> 32);
    uint32_t low = 0;
    uint32_t high = unlisted->n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (unlisted->hashes[middle] < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < unlisted->n && unlisted->hashes[low] == wanted ? unlisted->zipfs[low] : 0;
}
