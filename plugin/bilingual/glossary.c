/*
 * Terms are found by the hash of the first letters of their first word, so that other endings of it
 * lead to the same terms; the words behind are compared one by one.
 */
#include "bilingual/glossary.h"

#include "base/cut.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "bilingual/side.h"
#include "text/unicode.h"
#include "text/utf8.h"

#include <string.h>

enum {
    KEY_LETTERS = 4,      /* of a first word that its hash is made of */
    KEY_SIGNS = 2,        /* the same in scripts without spaces */
    ENDING_LETTERS = 3,   /* that an ending may have */
    STEM_LETTERS = 3,     /* that must be left before it */
    CANDIDATES_MAX = 256, /* terms that begin alike: more are not compared */
    TERMS_MAX = 1 << 20,
    TERM_LEN_MAX = 256 /* bytes */
};

/* ---- words ---- */

static bool is_word(uint32_t c) {
    const enum character character = character_of(c);
    return character_is_word(character) || character == CHARACTER_EXTEND;
}

static uint32_t fold(uint32_t c) {
    return unicode_fold(c);
}

/* The end of the word that begins at `at`: one sign in scripts without spaces. */
static size_t word_end(const char *text, size_t len, size_t at) {
    size_t end = at;
    while (end < len) {
        size_t next = end;
        const uint32_t c = utf8_next(text, &next);
        if (!is_word(c) || (end > at && side_is_unspaced(c))) {
            break;
        }
        end = next;
        if (side_is_unspaced(c)) {
            break;
        }
    }
    return end;
}

/* Hash of how a term or text begins, by at most so many signs where there are no spaces. */
static uint64_t key_of(const char *text, size_t len, bool is_source, size_t signs) {
    uint64_t hash = hash_add(HASH_START, is_source);
    size_t letters = KEY_LETTERS;
    for (size_t at = 0, n = 0; at < len && n < letters; n++) {
        const uint32_t c = utf8_next(text, &at);
        if (!is_word(c)) {
            break;
        }
        letters = side_is_unspaced(c) ? signs : letters;
        hash = hash_add(hash, fold(c));
    }
    return hash;
}

/* ---- making ---- */

/* Whether the tags have one language, whatever their scripts and regions. */
static bool is_same_language(const char *tag, const char *language) {
    const size_t len = strcspn(language, "-_");
    if (len == 0 || strcspn(tag, "-_") != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (fold((unsigned char)tag[i]) != fold((unsigned char)language[i])) {
            return false;
        }
    }
    return true;
}

bool glossary_wants(const struct glossary_making *making, const char *language, bool *is_source) {
    *is_source = !is_same_language(language, making->language);
    return !*is_source || making->source_language[0] == '\0' ||
           is_same_language(language, making->source_language);
}

galley_status glossary_add_concept(struct glossary_making *making, uint32_t *concept) {
    struct glossary *glossary = making->glossary;
    if (!arena_grow(&glossary->arena, &glossary->concepts, glossary->n_concepts,
                    &glossary->concept_capacity, sizeof *glossary->concepts,
                    glossary->n_concepts + 1)) {
        return error_set(making->error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *concept = (uint32_t)glossary->n_concepts;
    glossary->concepts[glossary->n_concepts++] = (struct concept){.has_source = false};
    return GALLEY_OK;
}

/* The term's letters folded, with one space for whatever stands between words. */
static size_t fold_words(const char *text, size_t len, char *out) {
    size_t n = 0;
    bool space = false;
    for (size_t at = 0; at < len;) {
        const uint32_t c = utf8_next(text, &at);
        if (!is_word(c)) {
            space = n > 0;
            continue;
        }
        if (space) {
            out[n++] = ' ';
            space = false;
        }
        n += utf8_put(out + n, fold(c));
    }
    return n;
}

galley_status glossary_add_term(struct glossary_making *making, uint32_t concept, bool is_source,
                                bool is_forbidden, const char *text, size_t len) {
    struct glossary *glossary = making->glossary;
    char words[4 * TERM_LEN_MAX];
    if (len == 0 || len > TERM_LEN_MAX) {
        return GALLEY_OK; /* an explanation rather than a term */
    }
    const size_t words_len = fold_words(text, len, words);
    if (words_len == 0) {
        return GALLEY_OK;
    }
    if (glossary->n_terms == TERMS_MAX) {
        return error_set(making->error, GALLEY_ERROR_LIMIT, "%s: more than %d terms", making->path,
                         TERMS_MAX);
    }
    struct term term = {.words = arena_copy(&glossary->arena, words, words_len),
                        .text = arena_copy(&glossary->arena, text, len),
                        .concept = concept,
                        .is_source = is_source,
                        .is_forbidden = is_forbidden};
    if (term.words.data == NULL || term.text.data == NULL ||
        !arena_grow(&glossary->arena, &glossary->terms, glossary->n_terms, &glossary->term_capacity,
                    sizeof *glossary->terms, glossary->n_terms + 1)) {
        return error_set(making->error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    struct concept *owner = &glossary->concepts[concept];
    owner->has_source |= is_source;
    if (!is_source && !is_forbidden && owner->preferred.data == NULL) {
        owner->preferred = term.text;
    }
    glossary->terms[glossary->n_terms++] = term;
    return GALLEY_OK;
}

static galley_status make_index(struct glossary *glossary, galley_error *error) {
    glossary->n_buckets = 64;
    while (glossary->n_buckets < glossary->n_terms * 2) {
        glossary->n_buckets *= 2;
    }
    glossary->buckets =
        arena_allocate_zeroed(&glossary->arena, glossary->n_buckets * sizeof *glossary->buckets);
    if (glossary->buckets == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = glossary->n_terms; i-- > 0;) {
        struct term *term = &glossary->terms[i];
        const uint64_t key = key_of(term->words.data, term->words.len, term->is_source, KEY_SIGNS);
        uint32_t *bucket = &glossary->buckets[(key ^ key >> 32) & (glossary->n_buckets - 1)];
        term->next = *bucket;
        *bucket = (uint32_t)i + 1;
    }
    return GALLEY_OK;
}

static galley_status read_file(struct glossary_making *making, const char *path) {
    galley_string content;
    making->path = path;
    const galley_status status =
        file_read_text(&making->glossary->arena, path, &content, making->error);
    if (status != GALLEY_OK) {
        return status;
    }
    size_t at = 0;
    while (at < content.len && (content.data[at] == ' ' || content.data[at] == '\n' ||
                                content.data[at] == '\r' || content.data[at] == '\t')) {
        at++;
    }
    return at < content.len && content.data[at] == '<' ? glossary_read_tbx(making, content)
                                                       : glossary_read_table(making, content);
}

galley_status glossary_create(const struct memory *memory, galley_string paths,
                              const char *language, const char *source_language,
                              struct glossary **glossary, galley_error *error) {
    *glossary = NULL;
    if (paths.len == 0) {
        return GALLEY_OK;
    }
    struct glossary *made = memory_allocate(memory, sizeof *made);
    if (made == NULL) {
        return error_set(error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    *made = (struct glossary){.memory = *memory};
    arena_init(&made->arena, &made->memory);
    struct glossary_making making = {made, language, source_language, "", error};
    galley_status status = GALLEY_OK;
    while (paths.len > 0 && status == GALLEY_OK) {
        const galley_string path = string_cut(&paths, ':');
        const galley_string copy = arena_copy(&made->arena, path.data, path.len);
        if (path.len > 0) {
            status = copy.data == NULL ? error_set(error, GALLEY_ERROR_MEMORY, "out of memory")
                                       : read_file(&making, copy.data);
        }
    }
    if (status == GALLEY_OK) {
        status = make_index(made, error);
    }
    if (status != GALLEY_OK) {
        glossary_destroy(made);
        return status;
    }
    *glossary = made;
    return GALLEY_OK;
}

void glossary_destroy(struct glossary *glossary) {
    if (glossary == NULL) {
        return;
    }
    const struct memory memory = glossary->memory;
    arena_finish(&glossary->arena);
    memory_free(&memory, glossary);
}

/* ---- finding ---- */

/* Whether the pack's word can be a form of another one; unknown words may be. */
static bool may_be_inflected(const struct pack *pack, const char *word, size_t len) {
    const uint32_t form = pack == NULL ? FORM_NONE : pack_find(pack, word, len);
    if (form == FORM_NONE) {
        return true;
    }
    const uint32_t inflected = PART_NOUN_PLURAL | PART_VERB_SINGULAR | PART_VERB_PAST |
                               PART_VERB_PARTICIPLE | PART_VERB_GERUND;
    const uint32_t parts = pack_facts(pack, form)->parts;
    return parts == 0 || (parts & inflected) != 0;
}

/* The word of the text is that of the term, or it with another ending. */
static bool is_form_of(const struct pack *pack, const char *word, size_t len, const char *term,
                       size_t term_len) {
    size_t at = 0;
    size_t term_at = 0;
    size_t n_same = 0;
    while (at < len && term_at < term_len) {
        size_t next = at;
        size_t term_next = term_at;
        if (fold(utf8_next(word, &next)) != utf8_next(term, &term_next)) {
            break;
        }
        at = next;
        term_at = term_next;
        n_same++;
    }
    if (at == len && term_at == term_len) {
        return true;
    }
    const size_t rest = utf8_count(word + at, len - at);
    const size_t term_rest = utf8_count(term + term_at, term_len - term_at);
    return n_same >= STEM_LETTERS && rest <= ENDING_LETTERS && term_rest <= ENDING_LETTERS &&
           n_same > 2 * term_rest && may_be_inflected(pack, word, len);
}

/* Where the term that begins at `at` ends; 0 when it does not stand there. */
static size_t match_end(const struct term *term, const struct pack *pack, const char *text,
                        size_t len, size_t at) {
    galley_string rest = term->words;
    while (rest.len > 0) {
        const size_t end = word_end(text, len, at);
        const size_t term_end = word_end(rest.data, rest.len, 0);
        if (end == at || !is_form_of(pack, text + at, end - at, rest.data, term_end)) {
            return 0;
        }
        rest.data += term_end;
        rest.len -= term_end;
        at = end;
        if (rest.len > 0 && rest.data[0] == ' ') {
            rest.data++;
            rest.len--;
            size_t next = at;
            const uint32_t c = at < len ? utf8_next(text, &next) : 0;
            if (is_word(c) && !side_is_unspaced(c)) {
                return 0;
            }
            at = at < len && !is_word(c) ? next : at;
        }
    }
    return at;
}

/* Looks among the terms that begin alike for a longer one than *match is. */
static void find_longer(const struct glossary *glossary, const struct pack *pack, bool is_source,
                        const char *text, size_t len, size_t at, size_t signs,
                        struct term_match *match) {
    const uint64_t key = key_of(text + at, len - at, is_source, signs);
    uint32_t next = glossary->buckets[(key ^ key >> 32) & (glossary->n_buckets - 1)];
    size_t n = 0;
    for (; next != 0 && n < CANDIDATES_MAX; n++) {
        const struct term *term = &glossary->terms[next - 1];
        const size_t end = term->is_source == is_source ? match_end(term, pack, text, len, at) : 0;
        if (end > match->end) {
            match->end = end;
            match->term = term;
        }
        next = term->next;
    }
}

static bool find_at(const struct glossary *glossary, const struct pack *pack, bool is_source,
                    const char *text, size_t len, size_t at, struct term_match *match) {
    *match = (struct term_match){.begin = at, .end = at};
    find_longer(glossary, pack, is_source, text, len, at, KEY_SIGNS, match);
    size_t next = at;
    if (match->term == NULL && side_is_unspaced(utf8_next(text, &next))) {
        find_longer(glossary, pack, is_source, text, len, at, 1, match);
    }
    return match->term != NULL;
}

bool glossary_find(const struct glossary *glossary, const struct pack *pack, bool is_source,
                   const char *text, size_t len, size_t *at, struct term_match *match) {
    while (*at < len) {
        const size_t end = word_end(text, len, *at);
        if (end == *at) {
            utf8_next(text, at);
            continue;
        }
        if (find_at(glossary, pack, is_source, text, len, *at, match)) {
            *at = match->end;
            return true;
        }
        *at = end;
    }
    return false;
}
