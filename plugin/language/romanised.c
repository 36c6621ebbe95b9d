#include "language/romanised.h"

const char *romanised_open(const struct pack *pack) {
    const galley_string section = pack_section(pack, "romanised");
    return section.len == (size_t)ROMANISED_N * ROMANISED_LEN ? section.data : NULL;
}
