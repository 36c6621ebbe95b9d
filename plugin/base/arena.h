/*
 * An arena: memory that is taken piece by piece and given back at once. One arena belongs to one
 * document, engine or report, and to one thread at a time.
 */
#ifndef GALLEY_BASE_ARENA_H
#define GALLEY_BASE_ARENA_H

#include "galley.h"

#include <stdarg.h>

/* The caller's allocator, or malloc when `allocate` is NULL. */
struct memory {
    void *(*allocate)(void *context, void *old, size_t new_size);
    void *context;
};

void *memory_allocate(const struct memory *memory, size_t size);
void *memory_resize(const struct memory *memory, void *old, size_t size);
void memory_free(const struct memory *memory, void *old);

/* Grows *items, which holds *capacity items of item_size bytes, until it holds at least `wanted`.
 * Answers false (and changes nothing) when memory or size_t does not suffice. */
bool memory_grow(const struct memory *memory, void *items, size_t *capacity, size_t item_size,
                 size_t wanted);

struct arena_block;

struct arena {
    const struct memory *memory;
    struct arena_block *blocks; /* newest first */
    char *next, *end;           /* what is free of the newest */
};

/* `memory` must outlive the arena. Takes no memory yet. */
void arena_init(struct arena *arena, const struct memory *memory);
void arena_finish(struct arena *arena);

/* Takes room for so many bytes at once, where the arena has less. A wish: nothing is taken when
 * there is no memory, and none of a caller's allocator, which may count what the system does not:
 * pages that nobody has written to. */
void arena_reserve(struct arena *arena, size_t size);

/* Gives back what was taken and keeps its largest block for what is taken next. */
void arena_clear(struct arena *arena);

/* `size` bytes aligned for any type, not cleared; NULL when there is no more. */
void *arena_allocate(struct arena *arena, size_t size);
void *arena_allocate_zeroed(struct arena *arena, size_t size);

/* What arena_allocate gave for old_size bytes (NULL and 0 for nothing), made larger; what is there
 * stays. Large arrays leave no copy behind; small ones do. NULL when there is no more, and the old
 * one stays. */
void *arena_resize(struct arena *arena, void *old, size_t old_size, size_t new_size);

/* Gives back what arena_allocate gave for `size` bytes (NULL: nothing) before the arena does, where
 * it is large. */
void arena_release(struct arena *arena, void *old, size_t size);

/* As memory_grow for an array of the arena's, of which n items are in use: a larger one takes its
 * place. */
bool arena_grow(struct arena *arena, void *items, size_t n, size_t *capacity, size_t item_size,
                size_t wanted);

/* A copy with a closing NUL. `data` may be NULL when len is 0. On failure data is NULL. */
galley_string arena_copy(struct arena *arena, const char *data, size_t len);

/* sprintf into the arena. Only the conversions that no locale changes (%s %zu %u %c %%, %.*s). */
galley_string arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
galley_string arena_format_list(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

#endif
