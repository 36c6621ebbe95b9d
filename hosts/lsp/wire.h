/*
 * The wire of LSP's base protocol: messages with a Content-Length header over two file descriptors
 * (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol).
 */
#ifndef GALLEY_LSP_WIRE_H
#define GALLEY_LSP_WIRE_H

#include <stdbool.h>
#include <stddef.h>

/* A message above this, or a header above the other, ends the session: an editor that sends one
 * has lost its place. */
enum { WIRE_MAX_MESSAGE = 256 << 20, WIRE_MAX_HEADER = 8192 };

struct wire {
    int in, out;
    char *buffer; /* what was read and not taken yet */
    size_t len, capacity;
    size_t taken; /* bytes of the buffer that were handed out already */
    bool broken;  /* a header that is none, a message over the limit, or no memory */
    bool ended;   /* the other side closed */
};

void wire_init(struct wire *wire, int in, int out);
void wire_finish(struct wire *wire);

/* Waits up to `milliseconds` (-1: for ever) until something can be read, and reads what is there.
 * False when nothing came. */
bool wire_read(struct wire *wire, int milliseconds);

/* The next whole message; it stays valid until the next wire_read. False when there is none yet. */
bool wire_next(struct wire *wire, const char **message, size_t *len);

/* Writes one message. False when the other side no longer reads. */
bool wire_write(struct wire *wire, const char *message, size_t len);

#endif
