/*
 * Memory: arrays that grow in an arena, lists that never move what they hold.
 */
#include "base/arena.h"
#include "base/list.h"
#include "runner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Two arrays that grow in turns keep what is in them, and stay apart. */
static void arrays_grow(void) {
    const struct memory memory = {0};
    struct arena arena;
    arena_init(&arena, &memory);
    uint32_t *arrays[2] = {NULL, NULL};
    size_t n = 0;
    for (size_t wanted = 8; wanted < 1 << 20; wanted *= 2) {
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t *grown =
                arena_resize(&arena, arrays[k], n * sizeof **arrays, wanted * sizeof **arrays);
            CU_ASSERT_FATAL(grown != NULL);
            arrays[k] = grown;
            for (size_t i = n; i < wanted; i++) {
                grown[i] = (uint32_t)(2 * i + k);
            }
            memset(arena_allocate(&arena, 100), 0xFF, 100); /* what stands beside them */
        }
        n = wanted;
    }
    size_t n_wrong = 0;
    for (uint32_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n; i++) {
            n_wrong += arrays[k][i] != (uint32_t)(2 * i + k);
        }
    }
    CU_ASSERT_EQUAL(n_wrong, 0);
    arena_finish(&arena);
}

/* What an allocator that is never asked to keep two copies of something large has to give. */
struct counted {
    size_t live, most;
};

static void *allocate_counted(void *context, void *old, size_t size) {
    struct counted *counted = context;
    size_t *block = old == NULL ? NULL : (size_t *)old - 2;
    counted->live -= block == NULL ? 0 : *block;
    if (size == 0) {
        free(block);
        return NULL;
    }
    block = realloc(block, size + 2 * sizeof *block);
    if (block == NULL) {
        return NULL;
    }
    *block = size;
    counted->live += size;
    counted->most = counted->live > counted->most ? counted->live : counted->most;
    return block + 2;
}

static void large_arrays_leave_no_copies(void) {
    enum { LAST = 64 << 20 };
    struct counted counted = {0};
    const struct memory memory = {.allocate = allocate_counted, .context = &counted};
    struct arena arena;
    arena_init(&arena, &memory);
    char *array = NULL;
    size_t size = 0;
    for (size_t wanted = 64; wanted <= LAST; wanted *= 2) {
        array = arena_resize(&arena, array, size, wanted);
        CU_ASSERT_FATAL(array != NULL);
        size = wanted;
    }
    CU_ASSERT(counted.most < LAST + (4 << 20));
    arena_finish(&arena);
    CU_ASSERT_EQUAL(counted.live, 0);
}

/* What is cleared is given back but for one block, and that one is used again. */
static void cleared_memory_is_used_again(void) {
    struct counted counted = {0};
    const struct memory memory = {.allocate = allocate_counted, .context = &counted};
    struct arena arena;
    arena_init(&arena, &memory);
    arena_clear(&arena);
    size_t live = 0;
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < 300; i++) {
            char *piece = arena_allocate(&arena, 1000);
            CU_ASSERT_FATAL(piece != NULL);
            memset(piece, round, 1000);
        }
        CU_ASSERT_PTR_NOT_NULL(arena_allocate(&arena, 1 << 20));
        arena_clear(&arena);
        CU_ASSERT(counted.live > 0 && counted.live < 600 * 1000);
        CU_ASSERT(round < 2 || counted.live == live);
        live = counted.live;
    }
    arena_finish(&arena);
    CU_ASSERT_EQUAL(counted.live, 0);
}

static void reserved_memory_is_one_piece(void) {
    enum { N = 100, SIZE = 1 << 16 };
    const struct memory memory = {0};
    struct arena arena;
    arena_init(&arena, &memory);
    arena_reserve(&arena, N * SIZE);
    const char *first = arena_allocate(&arena, SIZE);
    for (size_t i = 1; i < N; i++) {
        CU_ASSERT(arena_allocate(&arena, SIZE) == first + i * SIZE);
    }
    arena_reserve(&arena, SIZE_MAX); /* as if nothing was asked */
    CU_ASSERT_PTR_NOT_NULL(arena_allocate(&arena, SIZE));
    arena_finish(&arena);
}

static void growing_may_fail(void) {
    for (size_t fails_at = 1; fails_at < 12; fails_at++) {
        struct faulty_allocator faulty = {.fails_at = fails_at};
        const struct memory memory = {.allocate = faulty_allocate, .context = &faulty};
        struct arena arena;
        arena_init(&arena, &memory);
        char *array = NULL;
        size_t size = 0;
        for (size_t wanted = 64; wanted <= 16 << 20; wanted *= 2) {
            char *grown = arena_resize(&arena, array, size, wanted);
            if (grown == NULL) {
                break; /* the old one is still there */
            }
            memset(grown + size, 1, wanted - size);
            array = grown;
            size = wanted;
        }
        for (size_t i = 0; i < size; i += 61) {
            CU_ASSERT_FATAL(array[i] == 1);
        }
        arena_finish(&arena);
        CU_ASSERT_EQUAL(faulty.n_live, 0);
    }
}

static void lists_stay_where_they_are(void) {
    enum { N = 10000 };
    const struct memory memory = {0};
    struct arena arena;
    arena_init(&arena, &memory);
    struct list list = {.n = 0};
    static const size_t *items[N];
    for (size_t i = 0; i < N; i++) {
        size_t *item = list_add(&arena, &list, sizeof *item);
        CU_ASSERT_FATAL(item != NULL);
        *item = i * i;
        items[i] = item;
    }
    CU_ASSERT_EQUAL(list.n, N);
    for (size_t i = 0; i < N; i++) {
        CU_ASSERT(list_at(&list, sizeof **items, i) == items[i] && *items[i] == i * i);
    }
    arena_finish(&arena);
}

int main(void) {
    static const struct test_case cases[] = {
        {"arrays grow", arrays_grow},
        {"large arrays leave no copies", large_arrays_leave_no_copies},
        {"growing may fail", growing_may_fail},
        {"cleared memory is used again", cleared_memory_is_used_again},
        {"reserved memory is one piece", reserved_memory_is_one_piece},
        {"lists stay where they are", lists_stay_where_they_are},
    };
    return run_tests("base", cases, sizeof cases / sizeof *cases);
}
