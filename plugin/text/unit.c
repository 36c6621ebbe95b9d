/*
 * The way back from a unit's text to the document's: a binary search over the map.
 */
#include "text/unit.h"

size_t map_offset(const struct map_segment *map, size_t n_map, size_t offset, bool end) {
    size_t low = 0;
    size_t high = n_map;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        /* An end belongs to the segment that its last byte is in. */
        if (map[middle].text_offset + (end ? 1 : 0) <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const struct map_segment *segment = &map[low];
    const size_t into = offset - segment->text_offset;
    size_t steps = into / segment->text_step;
    if (end && into % segment->text_step != 0) {
        steps++;
    }
    return segment->document_offset + steps * segment->document_step;
}

bool unit_text_offset(const struct unit *unit, size_t place, bool end, size_t *offset) {
    if (unit->n_map == 0) {
        *offset = place - unit->document_offset;
        return place >= unit->document_offset && *offset <= unit->len;
    }
    size_t low = 0;
    size_t high = unit->n_map;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (unit->map[middle].document_offset + (end ? 1 : 0) <= place) {
            low = middle;
        } else {
            high = middle;
        }
    }
    const struct map_segment *segment = &unit->map[low];
    if (place < segment->document_offset) {
        return false;
    }
    *offset = segment->text_offset +
              (place - segment->document_offset) / segment->document_step * segment->text_step;
    return *offset <= unit->len && unit_document_offset(unit, *offset, end) == place;
}
