/*
 * Pronouns and speakers: little stories (tests/data/stories/pronoun.txt), what the reports say of
 * them, and the view of people.
 */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void stories(void) {
    expect_stories("pronoun");
}

int main(void) {
    static const struct test_case cases[] = {
        {"stories", stories},
    };
    return run_tests("pronoun", cases, sizeof cases / sizeof *cases);
}
