/*
 * The expansion of Hunspell's dictionaries, held against Hunspell itself: Hunspell must know every
 * form that the expansion makes, and of forms with a slip just those that are other forms.
 */
#include "language/hunspell.h"
#include "runner.h"

#include <hunspell/hunspell.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FORM_LEN_MAX = 100, /* bytes; no form of these dictionaries is as long */
    SLIP_STEP = 7,      /* every so many forms, one without one of its letters */
    SHOWN_MAX = 20,     /* forms that are named when they fail */
};

static const struct memory memory;

struct forms {
    struct arena arena;
    const char **list;
    size_t n, capacity;
    const char **forbidden;
    size_t n_forbidden, forbidden_capacity;
};

static bool add(struct arena *arena, const char ***list, size_t *n, size_t *capacity,
                const char *form) {
    const galley_string copy = arena_copy(arena, form, strlen(form));
    if (copy.data == NULL || !arena_grow(arena, list, *n, capacity, sizeof **list, *n + 1)) {
        return false;
    }
    (*list)[(*n)++] = copy.data;
    return true;
}

static bool take(void *context, const char *form, bool derived, bool hidden) {
    struct forms *forms = context;
    (void)derived;
    (void)hidden;
    return add(&forms->arena, &forms->list, &forms->n, &forms->capacity, form);
}

static bool take_piece(void *context, const char *word, const char *flags) {
    (void)context;
    (void)word;
    (void)flags;
    return true;
}

static bool take_rule(void *context, const char *pattern) {
    (void)context;
    (void)pattern;
    return true;
}

static bool take_forbidden(void *context, const char *form) {
    struct forms *forms = context;
    return add(&forms->arena, &forms->forbidden, &forms->n_forbidden, &forms->forbidden_capacity,
               form);
}

static int compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has(const char **list, size_t n, const char *form) {
    return n > 0 && bsearch(&form, list, n, sizeof *list, compare) != NULL;
}

/* The form without its middle letter, when it is in small Latin letters; false for others. */
static bool slip(const char *form, char *slipped) {
    const size_t len = strlen(form);
    if (len < 4 || len > FORM_LEN_MAX || strspn(form, "abcdefghijklmnopqrstuvwxyz") != len) {
        return false;
    }
    memcpy(slipped, form, len / 2);
    memcpy(slipped + len / 2, form + len / 2 + 1, len - len / 2);
    return true;
}

static void hold(struct forms *forms, Hunhandle *hunspell) {
    size_t unknown = 0, unlike = 0, slips = 0;
    qsort(forms->list, forms->n, sizeof *forms->list, compare);
    qsort(forms->forbidden, forms->n_forbidden, sizeof *forms->forbidden, compare);
    for (size_t i = 0; i < forms->n; i++) {
        const char *form = forms->list[i];
        char slipped[FORM_LEN_MAX + 1];
        if (Hunspell_spell(hunspell, form) == 0 &&
            !has(forms->forbidden, forms->n_forbidden, form) && unknown++ < SHOWN_MAX) {
            fprintf(stderr, "Hunspell does not know: %s\n", form);
        }
        if (i % SLIP_STEP == 0 && slip(form, slipped)) {
            slips++;
            const bool known = has(forms->list, forms->n, slipped) &&
                               !has(forms->forbidden, forms->n_forbidden, slipped);
            if ((Hunspell_spell(hunspell, slipped) != 0) != known && unlike++ < SHOWN_MAX) {
                fprintf(stderr, "%s by Hunspell only: %s\n", known ? "refused" : "known", slipped);
            }
        }
    }
    CU_ASSERT(forms->n > 100000 && slips > 5000); /* the dictionaries were read */
    CU_ASSERT_EQUAL(unknown, 0);
    CU_ASSERT_EQUAL(unlike, 0);
}

static void test_dictionary(const char *name) {
    const char *directory = test_path("GALLEY_TEST_HUNSPELL");
    char rules[1024], words[1024];
    snprintf(rules, sizeof rules, "%s/%s.aff", directory, name);
    snprintf(words, sizeof words, "%s/%s.dic", directory, name);
    Hunhandle *hunspell = Hunspell_create(rules, words);
    CU_ASSERT_PTR_NOT_NULL_FATAL(hunspell);
    struct forms forms = {.n = 0};
    arena_init(&forms.arena, &memory);
    const struct hunspell_receiver receiver = {.context = &forms,
                                               .take = take,
                                               .take_piece = take_piece,
                                               .take_rule = take_rule,
                                               .take_forbidden = take_forbidden};
    galley_error error = {.size = sizeof error};
    if (hunspell_expand(&forms.arena, directory, name, &receiver, &error)) {
        hold(&forms, hunspell);
    } else {
        CU_FAIL("no expansion");
        fprintf(stderr, "%s\n", error.message);
    }
    arena_finish(&forms.arena);
    Hunspell_destroy(hunspell);
}

static void test_american(void) {
    test_dictionary("en_US");
}

static void test_british(void) {
    test_dictionary("en_GB");
}

int main(void) {
    static const struct test_case cases[] = {
        {"American English", test_american},
        {"British English", test_british},
    };
    return run_tests("Hunspell's dictionaries", cases, sizeof cases / sizeof *cases);
}
