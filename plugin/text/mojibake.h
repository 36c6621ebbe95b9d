/*
 * Mojibake: UTF-8 that was read as Windows-1252 or Latin-1 and written as UTF-8 again, such as
 * "â€™" for "’" and "Ã©" for "é". The way back is unambiguous when the bytes are valid UTF-8.
 */
#ifndef GALLEY_TEXT_MOJIBAKE_H
#define GALLEY_TEXT_MOJIBAKE_H

#include <stddef.h>
#include <stdint.h>

/* How many bytes of valid UTF-8 at `text` are one letter read wrongly, 0 for none; writes the code
 * point that was meant, a letter or a mark beyond ASCII. */
size_t mojibake_len(const char *text, size_t len, uint32_t *meant);

#endif
