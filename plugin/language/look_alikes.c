#include "language/look_alikes.h"

uint32_t look_alike_of(const struct pack *pack, uint32_t letter) {
    const galley_string section = pack_section(pack, "look-alikes");
    const uint32_t *letters = (const uint32_t *)(const void *)section.data;
    size_t low = 0;
    size_t high = section.len / sizeof *letters;
    const size_t n = high;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (letters[middle] >> LOOK_ALIKE_BITS < letter) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && letters[low] >> LOOK_ALIKE_BITS == letter ? letters[low] & 0x7F : 0;
}
