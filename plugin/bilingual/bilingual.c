#include "bilingual/alignment.h"

#include "language/romanised.h"
#include "libraries/icu.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>

enum {
    GUESS_WORDS = 200,    /* of the source are enough to know its language */
    GUESS_WORDS_LEAST = 5 /* with fewer the next unit's are asked again */
};

void bilingual_init(struct bilingual *bilingual, struct arena *arena, const struct pack *pack,
                    const char *source_language) {
    *bilingual = (struct bilingual){.arena = arena};
    if (!numerals_open(&bilingual->numerals, pack)) {
        bilingual->numerals.head = NULL;
    }
    if (!foreign_open(&bilingual->foreign, pack)) {
        bilingual->foreign.head = NULL;
    }
    bilingual->romanised = romanised_open(pack);
    bilingual->target.language = numerals_language(&bilingual->numerals, pack_language(pack));
    bilingual->source.language = numerals_language(&bilingual->numerals, source_language);
    bilingual->language_set = source_language[0] != '\0';
}

/* ---- the source's language ---- */

/* The words that its language is guessed from, and what scripts say at once. */
struct sample {
    const char *words[GUESS_WORDS];
    size_t lens[GUESS_WORDS];
    size_t n_words;
    size_t n_han, n_kana, n_hangul, n_thai;
};

static void count_script(struct sample *sample, uint32_t c) {
    switch (unicode_script(c)) {
    case USCRIPT_HAN:
        sample->n_han++;
        break;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
        sample->n_kana++;
        break;
    case USCRIPT_HANGUL:
        sample->n_hangul++;
        break;
    case USCRIPT_THAI:
        sample->n_thai++;
        break;
    default:
        break;
    }
}

static void take_sample(const char *text, size_t len, struct sample *sample) {
    size_t at = 0;
    while (at < len && sample->n_words < GUESS_WORDS) {
        size_t end = at;
        uint32_t c = utf8_next(text, &end);
        const size_t begin = at;
        at = end;
        if (!character_is_letter(character_of(c))) {
            continue;
        }
        while (character_is_letter(character_of(c)) || character_of(c) == CHARACTER_EXTEND) {
            if (c >= 0x0E00) {
                count_script(sample, c);
            }
            at = end;
            if (end >= len) {
                break;
            }
            c = utf8_next(text, &end);
        }
        sample->words[sample->n_words] = text + begin;
        sample->lens[sample->n_words] = at - begin;
        sample->n_words++;
    }
}

static const char *language_of_script(const struct sample *sample) {
    const size_t n = sample->n_han + sample->n_kana + sample->n_hangul + sample->n_thai;
    if (n < GUESS_WORDS_LEAST) {
        return NULL;
    }
    return sample->n_kana * 20 > n    ? "ja"
           : sample->n_hangul * 2 > n ? "ko"
           : sample->n_thai * 2 > n   ? "th"
                                      : "zh";
}

static void guess_language(struct bilingual *bilingual, const struct unit *unit) {
    struct sample sample;
    sample.n_words = sample.n_han = sample.n_kana = sample.n_hangul = sample.n_thai = 0;
    take_sample(unit->source, unit->source_len, &sample);
    const char *tag = language_of_script(&sample);
    if (tag == NULL && sample.n_words >= GUESS_WORDS_LEAST && bilingual->foreign.head != NULL) {
        const size_t language =
            foreign_guess(&bilingual->foreign, sample.words, sample.lens, sample.n_words, "");
        tag = language == SIZE_MAX ? NULL : bilingual->foreign.head->tags[language];
    }
    if (tag != NULL) {
        bilingual->source.language = numerals_language(&bilingual->numerals, tag);
        bilingual->language_guessed = true;
    }
}

/* ---- reading ---- */

static galley_status read_side(struct bilingual *bilingual, struct side *side, const char *text,
                               size_t len, const struct inline_code *codes, size_t n_codes) {
    side->text = text;
    side->len = len;
    const galley_status status = side_read_codes(side, bilingual->arena, codes, n_codes);
    return status == GALLEY_OK ? side_read_quantities(side, bilingual->arena, &bilingual->numerals)
                               : status;
}

/* Makes place for the alignment, and forgets that of the unit before. */
static galley_status forget_alignment(struct bilingual *bilingual) {
    if (bilingual->alignment == NULL) {
        bilingual->alignment =
            arena_allocate_zeroed(bilingual->arena, sizeof *bilingual->alignment);
        if (bilingual->alignment == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        bilingual->alignment->arena = bilingual->arena;
    }
    bilingual->alignment->done = false;
    return GALLEY_OK;
}

galley_status bilingual_read(struct bilingual *bilingual, const struct unit *unit) {
    if (!bilingual->language_set && unit->source_language != NULL) {
        if (strcmp(bilingual->given_language, unit->source_language) != 0) {
            snprintf(bilingual->given_language, sizeof bilingual->given_language, "%s",
                     unit->source_language);
            bilingual->source.language =
                numerals_language(&bilingual->numerals, unit->source_language);
        }
    } else if (!bilingual->language_set && !bilingual->language_guessed) {
        guess_language(bilingual, unit);
    }
    galley_status status = read_side(bilingual, &bilingual->source, unit->source, unit->source_len,
                                     unit->source_codes, unit->n_source_codes);
    if (status == GALLEY_OK) {
        status = bilingual_read_text(bilingual, unit);
    }
    if (status == GALLEY_OK) {
        status = bilingual_match_codes(bilingual);
    }
    if (status == GALLEY_OK) {
        status = bilingual_match_quantities(bilingual);
    }
    return status == GALLEY_OK ? forget_alignment(bilingual) : status;
}

galley_status bilingual_read_text(struct bilingual *bilingual, const struct unit *unit) {
    return read_side(bilingual, &bilingual->target, unit->text, unit->len, unit->codes,
                     unit->n_codes);
}

double bilingual_length_ratio(const struct bilingual *bilingual) {
    const struct numerals_head *head = bilingual->numerals.head;
    const unsigned source = bilingual->source.language;
    const unsigned target = bilingual->target.language;
    if (head == NULL || source >= head->n_languages || target >= head->n_languages ||
        head->languages[source].characters == 0) {
        return 1;
    }
    return (double)head->languages[target].characters / head->languages[source].characters;
}

double bilingual_length(const struct bilingual *bilingual, const struct side *side,
                        const char *text, size_t len) {
    return numerals_length(&bilingual->numerals, side->language, text, len);
}

size_t bilingual_place(const struct side *from, size_t offset, const struct side *to) {
    return from->len == 0 ? 0 : (size_t)((double)offset / (double)from->len * (double)to->len);
}

struct span bilingual_token(const struct unit *unit, size_t offset) {
    size_t low = 0;
    size_t high = unit->n_tokens;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (unit->tokens[middle].offset <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (unit->n_tokens == 0) {
        return unit_span(unit, 0, unit->len);
    }
    const struct token *token = &unit->tokens[low > 0 ? low - 1 : 0];
    return unit_span(unit, token->offset, token->offset + token->len);
}

struct span bilingual_span(const struct bilingual *bilingual, const struct unit *unit,
                           size_t source_offset) {
    return bilingual_token(unit,
                           bilingual_place(&bilingual->source, source_offset, &bilingual->target));
}
