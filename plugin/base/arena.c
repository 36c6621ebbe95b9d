/*
 * Arenas and the caller's allocator. Blocks double in size up to a bound, so that a small document
 * takes one small block and a large one takes few. What is large has a block of its own, which can
 * grow without leaving a copy behind.
 *
 * The first touch of a page costs more than all the work on what is in it, most of all on a virtual
 * machine: a large block asks for huge pages (madvise, MADV_HUGEPAGE of Linux), of which one fault
 * brings what is 512 with small ones.
 */
#define _DEFAULT_SOURCE /* madvise */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    HUGE_PAGE = 1 << 21,
    FIRST_BLOCK = 4096,
    LARGEST_SMALL_BLOCK = 1 << 19, /* a larger one is a whole huge page */
    OWN_BLOCK = 1 << 18,           /* so much is given a block of its own */
    ALIGNMENT = alignof(max_align_t)
};

struct arena_block {
    struct arena_block *older;
    size_t size;
    bool own; /* one piece, and nothing else will be in it */
    alignas(max_align_t) char data[];
};

/* Asks for huge pages where the memory has whole ones. It is a wish: no answer matters. */
static void wish_huge_pages(void *data, size_t size) {
#ifdef MADV_HUGEPAGE
    const size_t before = (HUGE_PAGE - (uintptr_t)data % HUGE_PAGE) % HUGE_PAGE;
    if (size >= before + HUGE_PAGE) {
        madvise((char *)data + before, (size - before) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    }
#else
    (void)data;
    (void)size;
#endif
}

/* malloc's and realloc's memory; new memory of whole huge pages begins with one. */
static void *resize_own(void *old, size_t size) {
    void *data = NULL;
    if (old != NULL || size < HUGE_PAGE || posix_memalign(&data, HUGE_PAGE, size) != 0) {
        data = realloc(old, size);
    }
    if (data != NULL && size >= HUGE_PAGE) {
        wish_huge_pages(data, size);
    }
    return data;
}

void *memory_resize(const struct memory *memory, void *old, size_t size) {
    if (memory->allocate != NULL) {
        return memory->allocate(memory->context, old, size);
    }
    if (size == 0) {
        free(old);
        return NULL;
    }
    return resize_own(old, size);
}

void *memory_allocate(const struct memory *memory, size_t size) {
    return memory_resize(memory, NULL, size == 0 ? 1 : size);
}

void memory_free(const struct memory *memory, void *old) {
    if (old != NULL) {
        memory_resize(memory, old, 0);
    }
}

bool memory_grow(const struct memory *memory, void *items, size_t *capacity, size_t item_size,
                 size_t wanted) {
    if (wanted <= *capacity) {
        return true;
    }
    size_t larger = *capacity < 8 ? 8 : *capacity + *capacity / 2;
    if (larger < wanted) {
        larger = wanted;
    }
    if (larger > SIZE_MAX / item_size) {
        return false;
    }
    /* Any object pointer may be copied as bytes: `items` is the address of a typed one. */
    void *old;
    memcpy(&old, items, sizeof old);
    void *new = memory_resize(memory, old, larger * item_size);
    if (new == NULL) {
        return false;
    }
    memcpy(items, &new, sizeof new);
    *capacity = larger;
    return true;
}

void arena_init(struct arena *arena, const struct memory *memory) {
    *arena = (struct arena){.memory = memory};
}

static void free_blocks(struct arena *arena, const struct arena_block *kept) {
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *older = block->older;
        if (block != kept) {
            memory_free(arena->memory, block);
        }
        block = older;
    }
}

void arena_finish(struct arena *arena) {
    free_blocks(arena, NULL);
    *arena = (struct arena){.memory = arena->memory};
}

/* Begins to fill the block. */
static void use_block(struct arena *arena, struct arena_block *block) {
    arena->blocks = block;
    arena->next = block->data;
    arena->end = block->data + block->size;
}

void arena_clear(struct arena *arena) {
    struct arena_block *largest = NULL;
    for (struct arena_block *block = arena->blocks; block != NULL; block = block->older) {
        if (!block->own && (largest == NULL || block->size > largest->size)) {
            largest = block;
        }
    }
    if (largest != NULL) {
        free_blocks(arena, largest);
        largest->older = NULL;
        use_block(arena, largest);
    }
}

static bool add_block_of(struct arena *arena, size_t size) {
    struct arena_block *block = memory_allocate(arena->memory, sizeof *block + size);
    if (block == NULL) {
        return false;
    }
    block->older = arena->blocks;
    block->size = size;
    block->own = false;
    use_block(arena, block);
    return true;
}

/* Adds a block with room for `size` bytes, larger than those before it. */
static bool add_block(struct arena *arena, size_t size) {
    size_t wanted = FIRST_BLOCK;
    if (arena->blocks != NULL) {
        wanted = arena->blocks->size * 2;
    }
    if (wanted > LARGEST_SMALL_BLOCK) {
        wanted = HUGE_PAGE - sizeof(struct arena_block);
    }
    return add_block_of(arena, wanted < size ? size : wanted);
}

static size_t round_up(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void arena_reserve(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2 || arena->memory->allocate != NULL) {
        return;
    }
    if (arena->next == NULL || (size_t)(arena->end - arena->next) < size) {
        add_block_of(arena, round_up(size));
    }
}

/* A block that nothing else is in, behind the one that is being filled. */
static void *add_own_block(struct arena *arena, size_t size) {
    if (arena->blocks == NULL && !add_block(arena, ALIGNMENT)) {
        return NULL;
    }
    struct arena_block *block = memory_allocate(arena->memory, sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    block->own = true;
    block->older = arena->blocks->older;
    arena->blocks->older = block;
    return block->data;
}

void *arena_allocate(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    const size_t rounded = round_up(size);
    if (arena->next == NULL || (size_t)(arena->end - arena->next) < rounded) {
        if (rounded >= OWN_BLOCK) {
            return add_own_block(arena, rounded);
        }
        if (!add_block(arena, rounded)) {
            return NULL;
        }
    }
    void *taken = arena->next;
    arena->next += rounded;
    return taken;
}

/* What points to the own block that begins with `old`; to NULL when it has none. */
static struct arena_block **find_own_block(struct arena *arena, const void *old) {
    struct arena_block **link = &arena->blocks;
    while (*link != NULL && !((*link)->own && (*link)->data == old)) {
        link = &(*link)->older;
    }
    return link;
}

void arena_release(struct arena *arena, void *old, size_t size) {
    struct arena_block **link = size >= OWN_BLOCK ? find_own_block(arena, old) : NULL;
    if (link != NULL && *link != NULL) {
        struct arena_block *block = *link;
        *link = block->older;
        memory_free(arena->memory, block);
    }
}

/* Makes the own block that begins with `old` larger; NULL when it has none, or there is no memory.
 */
static void *grow_own_block(struct arena *arena, const void *old, size_t new_size, bool *found) {
    struct arena_block **link = find_own_block(arena, old);
    *found = *link != NULL;
    if (!*found) {
        return NULL;
    }
    struct arena_block *block = memory_resize(arena->memory, *link, sizeof *block + new_size);
    if (block == NULL) {
        return NULL;
    }
    block->size = new_size;
    *link = block;
    return block->data;
}

void *arena_resize(struct arena *arena, void *old, size_t old_size, size_t new_size) {
    if (new_size > SIZE_MAX / 2) {
        return NULL;
    }
    if (old_size >= OWN_BLOCK) {
        bool found;
        void *grown = grow_own_block(arena, old, round_up(new_size), &found);
        if (found) {
            return grown;
        }
    }
    void *grown = arena_allocate(arena, new_size);
    if (grown != NULL && old_size > 0) {
        memcpy(grown, old, old_size);
    }
    return grown;
}

void *arena_allocate_zeroed(struct arena *arena, size_t size) {
    void *taken = arena_allocate(arena, size);
    if (taken != NULL) {
        memset(taken, 0, size);
    }
    return taken;
}

bool arena_grow(struct arena *arena, void *items, size_t n, size_t *capacity, size_t item_size,
                size_t wanted) {
    if (wanted <= *capacity) {
        return true;
    }
    const size_t larger = wanted + wanted / 2 + 8;
    if (larger <= wanted || larger > SIZE_MAX / item_size) {
        return false;
    }
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = n > 0 ? arena_resize(arena, old, *capacity * item_size, larger * item_size)
                        : arena_allocate(arena, larger * item_size);
    if (grown == NULL) {
        return false;
    }
    memcpy(items, &grown, sizeof grown);
    *capacity = larger;
    return true;
}

galley_string arena_copy(struct arena *arena, const char *data, size_t len) {
    char *copy = len < SIZE_MAX ? arena_allocate(arena, len + 1) : NULL;
    if (copy == NULL) {
        return (galley_string){NULL, 0};
    }
    if (len > 0) {
        memcpy(copy, data, len);
    }
    copy[len] = '\0';
    return (galley_string){copy, len};
}

galley_string arena_format_list(struct arena *arena, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int len = vsnprintf(NULL, 0, format, arguments);
    char *text = len < 0 ? NULL : arena_allocate(arena, (size_t)len + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    return (galley_string){text, text == NULL ? 0 : (size_t)len};
}

galley_string arena_format(struct arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const galley_string text = arena_format_list(arena, format, arguments);
    va_end(arguments);
    return text;
}
