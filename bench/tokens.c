/*
 * The tokens of a text as the checks see them, with what the pack knows of each: for training
 * (dictionaries/en/derive/train.py) and for looking.
 *
 *     tokens PACK < TEXT
 *
 * Every line of TEXT is a unit. Prints a line for each token: the number of its unit and of its
 * sentence in there, its offset and length in bytes, kind, letter case and flags (text/token.h),
 * form, parts of speech, classes and flags (language/pack.h) in hexadecimal, frequency, and the
 * token itself; fields are separated by TABs.
 */
#include "text/preparation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_unit(const struct pack *pack, const struct unit *unit, size_t index) {
    for (size_t n = 0; n < unit->n_sentences; n++) {
        for (size_t i = unit->sentences[n].first; i < unit->sentences[n].end; i++) {
            static const struct form_facts none;
            const struct token *token = &unit->tokens[i];
            const bool has_form = token->kind == TOKEN_WORD && token->form != FORM_NONE;
            const struct form_facts *facts = has_form ? pack_facts(pack, token->form) : &none;
            printf("%zu\t%zu\t%" PRIu32 "\t%" PRIu32 "\t%d\t%d\t%x\t%" PRId64 "\t%" PRIx32
                   "\t%" PRIx32 "\t%x\t%d\t%.*s\n",
                   index, n, token->offset, token->len, token->kind, token->letter_case,
                   token->flags, has_form ? (int64_t)token->form : -1, facts->parts, facts->classes,
                   facts->flags, facts->zipf, (int)token->len, unit_token_text(unit, token));
        }
    }
}

int main(int n_arguments, char **arguments) {
    const struct memory memory = {0};
    struct pack *pack;
    galley_error error = {.size = sizeof error};
    if (n_arguments != 2) {
        fprintf(stderr, "usage: tokens PACK < TEXT\n");
        return 2;
    }
    if (pack_open(&memory, arguments[1], &pack, &error) != GALLEY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    struct preparation preparation;
    preparation_init(&preparation, &memory, pack);
    char *line = NULL;
    size_t capacity = 0;
    int result = 0;
    ssize_t len;
    for (size_t i = 0; result == 0 && (len = getline(&line, &capacity, stdin)) > 0; i++) {
        struct unit unit = {.text = line, .len = (size_t)len - (line[len - 1] == '\n')};
        if (preparation_run(&preparation, &unit) == GALLEY_OK) {
            print_unit(pack, &unit, i);
        } else {
            fprintf(stderr, "line %zu cannot be prepared\n", i + 1);
            result = 2;
        }
    }
    free(line);
    preparation_finish(&preparation);
    pack_close(pack);
    return result;
}
