/*
 * Compiles the section "foreign" (foreign.h) from the language's foreign.tsv, which names the other
 * languages, and their word tables in ../foreign/TAG.tsv: "word TAB Zipf frequency".
 *
 * The models of letters learn from the words of a list, each counted once, without its most
 * frequent ones: those are function words, which look like nothing else.
 */
#include "language/foreign.h"
#include "language/section.h"
#include "text/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    UNTAUGHT = 300,   /* most frequent words that no model learns from */
    SYMBOL_WORDS = 8, /* in so many words a letter must be to have a symbol */
    ROWS = 256,
    SEED_MARGIN = 4, /* so much the logarithm of the ratio must be for a word to be a seed */
    POSSIBLE_MARGIN = 1,
    SEED_ZIPF_MAX = 135 /* Zipf 5.4: a word so common is never looked at for its own sake */
};

/* One word of one language. */
struct listed {
    const char *text; /* folded */
    uint64_t hash;
    uint32_t len;
    uint8_t language, zipf;
    bool is_taught;
};

/* How often three symbols stand in a row, in each language. */
struct cell {
    uint8_t symbols[3];
    uint32_t counts[FOREIGN_ROW];
};

/* What three symbols cost in each language, and in how many words they stand. */
struct row {
    uint8_t symbols[3];
    bool used;
    uint8_t costs[FOREIGN_ROW];
    uint64_t n_words;
};

/* The counts of the models. */
struct counts {
    struct cell *cells;
    size_t n_cells;
    uint32_t *places;                      /* a hash table of cell numbers + 1 */
    uint32_t (*two)[ROWS][FOREIGN_ROW];    /* b, c */
    uint32_t (*behind)[ROWS][FOREIGN_ROW]; /* a, b: trigrams that begin so */
    uint32_t (*kinds)[ROWS][FOREIGN_ROW];  /* a, b: different ones */
    uint32_t (*one)[FOREIGN_ROW];
    uint32_t (*next)[FOREIGN_ROW];       /* b: bigrams that begin so */
    uint32_t (*next_kinds)[FOREIGN_ROW]; /* b: different ones */
    uint32_t total[FOREIGN_ROW];
};

struct making {
    const struct section_source *source;
    galley_error *error;
    struct foreign_head head;
    struct listed *words;
    size_t n_words, word_capacity;
    double mass[FOREIGN_ROW]; /* of the words on each list */
    uint16_t symbols[FOREIGN_SYMBOLS];
    struct counts counts;
    struct foreign_phrase_place *phrases;
    struct buffer texts;
};

/* ---- reading ---- */

static bool add_listed(struct making *making, const char *word, size_t len, unsigned language,
                       double zipf, bool is_taught) {
    char folded[LIMIT_WORD_LEN + 8];
    uint64_t hash;
    const size_t folded_len = foreign_fold(word, len, folded, &hash);
    if (folded_len == 0) {
        return true;
    }
    const galley_string copy = arena_copy(making->source->arena, folded, folded_len);
    if (copy.data == NULL ||
        !memory_grow(making->source->arena->memory, &making->words, &making->word_capacity,
                     sizeof *making->words, making->n_words + 1)) {
        return false;
    }
    making->words[making->n_words++] = (struct listed){
        copy.data, hash, (uint32_t)folded_len, (uint8_t)language, (uint8_t)lround(25 * zipf),
        is_taught};
    return true;
}

/* The words for numbers and the months, for a list that lacks some of them. */
static bool read_numbers(struct making *making, const char *tag, unsigned language) {
    enum { SHORTEST = 4 };
    static const double rare = 3.2; /* Zipf frequency */
    struct table table;
    char name[32];
    snprintf(name, sizeof name, "../numbers/%s.tsv", tag);
    if (!table_open(&table, making->source->arena, making->source->directory, name,
                    making->error)) {
        return false;
    }
    while (table.text.data != NULL && table_next(&table)) {
        const char *word = table.fields[0];
        const bool is_one = table.n_fields == 3 && (strcmp(table.fields[1], "cardinal") == 0 ||
                                                    strcmp(table.fields[1], "month") == 0);
        if (is_one && strlen(word) >= SHORTEST && strpbrk(word, " .'-") == NULL &&
            !add_listed(making, word, strlen(word), language, rare, false)) {
            return false;
        }
    }
    return true;
}

static bool read_language(struct making *making, const char *tag, unsigned language) {
    struct table table;
    char name[32];
    snprintf(name, sizeof name, "../foreign/%s.tsv", tag);
    if (strlen(tag) >= sizeof making->head.tags[0] ||
        !table_open(&table, making->source->arena, making->source->directory, name,
                    making->error)) {
        return false;
    }
    strcpy(making->head.tags[language], tag);
    size_t n = 0;
    while (table_next(&table)) {
        const double zipf = table.n_fields == 2 ? strtod(table.fields[1], NULL) : 0;
        if (zipf <= 0 || zipf > 9) {
            return table_fail(&table, making->error, "not \"word TAB Zipf frequency\"");
        }
        if (!add_listed(making, table.fields[0], strlen(table.fields[0]), language, zipf,
                        language < FOREIGN_LANGUAGES && n >= UNTAUGHT)) {
            return false;
        }
        if (language < FOREIGN_LANGUAGES) {
            making->mass[language] += pow(10, zipf - 9);
        }
        n++;
    }
    return n > 0 ? read_numbers(making, tag, language)
                 : table_fail(&table, making->error, "no words in it");
}

/* The pack's own words: what its dictionary has in small letters. */
static bool read_own(struct making *making) {
    const struct pack *pack = making->source->pack;
    const uint32_t own = making->head.n_languages;
    for (uint32_t form = 0; form < pack_n_lower_forms(pack); form++) {
        const galley_string text = pack_form_text(pack, form);
        const struct form_facts *facts = pack_facts(pack, form);
        if ((facts->flags & FORM_DICTIONARY) != 0 && utf8_count(text.data, text.len) == text.len &&
            !add_listed(making, text.data, text.len, own, 0, true)) {
            return false;
        }
    }
    return true;
}

static bool put_phrase(struct making *making, const char *text, size_t len, uint32_t kinds,
                       uint32_t behind) {
    const uint64_t hash = foreign_phrase_hash(text, len);
    const uint32_t mask = making->head.n_phrases - 1;
    uint32_t at = (uint32_t)(hash >> 1) & mask;
    uint32_t steps = 0;
    while (making->phrases[at].hash != 0 && making->phrases[at].hash != hash) {
        at = (at + 1) & mask;
        if (++steps > mask / 2) {
            return false;
        }
    }
    making->phrases[at].hash = hash;
    making->phrases[at].kinds |= kinds;
    if (behind != 0) {
        making->phrases[at].text = behind;
    }
    return hash != 0;
}

static bool put_loan(struct making *making, const char *phrase) {
    bool good = put_phrase(making, phrase, strlen(phrase), FOREIGN_LOAN, 0);
    while (good && *phrase != '\0') {
        const size_t len = strcspn(phrase, " ");
        good = put_phrase(making, phrase, len, FOREIGN_LOAN_PART, 0) &&
               (phrase[len - 1] != '.' ||
                put_phrase(making, phrase, len - 1, FOREIGN_LOAN_PART, 0)); /* "sp" of "sp." */
        phrase += len + (phrase[len] == ' ');
    }
    return good;
}

static bool put_phrases(struct making *making, const struct table *table, uint32_t kind) {
    for (size_t i = 1; i < table->n_fields; i++) {
        const char *phrase = table->fields[i];
        if (!(kind == FOREIGN_LOAN ? put_loan(making, phrase)
                                   : put_phrase(making, phrase, strlen(phrase), kind, 0))) {
            return false;
        }
    }
    return true;
}

static bool put_abbreviation(struct making *making, const struct table *table) {
    if (table->n_fields != 4) {
        return false;
    }
    for (uint32_t i = 0; i < FOREIGN_LANGUAGES + FOREIGN_SCRIPTS; i++) {
        if (strcmp(making->head.tags[i], table->fields[1]) == 0) {
            const uint32_t text = (uint32_t)making->texts.len;
            const uint32_t form =
                pack_find(making->source->pack, table->fields[2], strlen(table->fields[2]));
            if (form != FORM_NONE) {
                making->source->signs[form] |= SIGN_SEED; /* so that somebody looks at it */
            }
            return buffer_append(&making->texts, table->fields[3], strlen(table->fields[3]) + 1) &&
                   put_phrase(making, table->fields[2], strlen(table->fields[2]),
                              FOREIGN_ABBREVIATION, text << 8 | i);
        }
    }
    return false;
}

static bool read_tags(struct making *making, const struct table *table, uint32_t *n, unsigned first,
                      unsigned max) {
    for (size_t i = 1; i < table->n_fields; i++) {
        if (*n == max || !read_language(making, table->fields[i], first + *n)) {
            return *n < max ? false
                            : table_fail(table, making->error, "more than %u languages", max);
        }
        *n += 1;
    }
    return true;
}

static bool note_capitals(struct making *making, const struct table *table) {
    for (size_t i = 1; i < table->n_fields; i++) {
        for (uint32_t k = 0; k < making->head.n_languages; k++) {
            if (strcmp(making->head.tags[k], table->fields[i]) == 0) {
                making->head.capitals |= UINT64_C(1) << k;
            }
        }
    }
    return true;
}

static bool read_line(struct making *making, const struct table *table) {
    static const struct {
        const char *name;
        uint32_t kind;
    } kinds[] = {{"particle", FOREIGN_PARTICLE}, {"address", FOREIGN_PARTICLE | FOREIGN_ADDRESS},
                 {"article", FOREIGN_ARTICLE},   {"naming", FOREIGN_NAMING},
                 {"titled", FOREIGN_TITLED},     {"loan", FOREIGN_LOAN},
                 {"small", FOREIGN_SMALL}};
    const char *kind = table->fields[0];
    if (strcmp(kind, "latin") == 0) {
        return read_tags(making, table, &making->head.n_languages, 0, FOREIGN_LANGUAGES - 1);
    }
    if (strcmp(kind, "script") == 0) {
        return read_tags(making, table, &making->head.n_scripts, FOREIGN_LANGUAGES,
                         FOREIGN_SCRIPTS);
    }
    if (strcmp(kind, "capitals") == 0) {
        return note_capitals(making, table);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kind, kinds[i].name) == 0) {
            return put_phrases(making, table, kinds[i].kind) ||
                   table_fail(table, making->error, "no phrase, or too many");
        }
    }
    return (strcmp(kind, "abbreviation") == 0 && put_abbreviation(making, table)) ||
           table_fail(
               table, making->error,
               "not one of latin, script, particle, small, address, article, naming, titled, "
               "loan, abbreviation, or not all that it needs");
}

/* Loans that others have collected: a phrase a line. */
static bool read_loans(struct making *making) {
    struct table table;
    bool good = table_open(&table, making->source->arena, making->source->directory, "loans.tsv",
                           making->error);
    while (good && table.text.data != NULL && table_next(&table)) {
        good = put_loan(making, table.fields[0]) ||
               table_fail(&table, making->error, "no phrase, or too many");
    }
    return good;
}

static bool read_table(struct making *making, struct table *table) {
    making->head.n_phrases = 4096;
    making->phrases = arena_allocate_zeroed(making->source->arena,
                                            making->head.n_phrases * sizeof *making->phrases);
    bool good = making->phrases != NULL && buffer_append(&making->texts, "", 1);
    while (good && table_next(table)) {
        good = read_line(making, table);
    }
    return good && read_loans(making) && read_own(making);
}

/* ---- models of letters ---- */

static bool choose_symbols(struct making *making) {
    uint32_t *n_words = arena_allocate_zeroed(making->source->arena, 0x10000 * sizeof *n_words);
    if (n_words == NULL) {
        return false;
    }
    for (size_t i = 0; i < making->n_words; i++) {
        for (size_t at = 0; making->words[i].is_taught && at < making->words[i].len;) {
            const uint32_t code_point = utf8_next(making->words[i].text, &at);
            n_words[code_point & 0xFFFF]++;
        }
    }
    for (uint32_t code_point = 1; code_point < 0x10000; code_point++) {
        if (n_words[code_point] >= SYMBOL_WORDS && making->head.n_symbols < FOREIGN_SYMBOLS - 2) {
            making->symbols[making->head.n_symbols++] = (uint16_t)code_point;
        }
    }
    return true;
}

enum { CELL_PLACES = 1 << 18 };

static struct cell *find_cell(struct counts *counts, const uint8_t symbols[3]) {
    uint32_t at = foreign_trigram_place(symbols[0], symbols[1], symbols[2]) & (CELL_PLACES - 1);
    while (counts->places[at] != 0) {
        struct cell *cell = &counts->cells[counts->places[at] - 1];
        if (memcmp(cell->symbols, symbols, 3) == 0) {
            return cell;
        }
        at = (at + 1) & (CELL_PLACES - 1);
    }
    if (counts->n_cells == CELL_PLACES / 2) {
        return NULL;
    }
    counts->places[at] = (uint32_t)++counts->n_cells;
    struct cell *cell = &counts->cells[counts->n_cells - 1];
    memcpy(cell->symbols, symbols, 3);
    return cell;
}

static bool count_word(struct making *making, const struct listed *word) {
    struct counts *counts = &making->counts;
    uint8_t s[FOREIGN_WORD_SYMBOLS];
    const size_t n =
        foreign_symbols(making->symbols, making->head.n_symbols, word->text, word->len, s);
    const uint8_t language = word->language;
    for (size_t i = 2; i < n; i++) {
        struct cell *cell = find_cell(counts, s + i - 2);
        if (cell == NULL) {
            return false;
        }
        counts->kinds[s[i - 2]][s[i - 1]][language] += cell->counts[language] == 0;
        cell->counts[language]++;
        counts->behind[s[i - 2]][s[i - 1]][language]++;
        counts->next_kinds[s[i - 1]][language] += counts->two[s[i - 1]][s[i]][language] == 0;
        counts->two[s[i - 1]][s[i]][language]++;
        counts->next[s[i - 1]][language]++;
        counts->one[s[i]][language]++;
        counts->total[language]++;
    }
    return true;
}

static bool count_words(struct making *making) {
    struct arena *arena = making->source->arena;
    struct counts *counts = &making->counts;
    counts->cells = arena_allocate_zeroed(arena, CELL_PLACES / 2 * sizeof *counts->cells);
    counts->places = arena_allocate_zeroed(arena, CELL_PLACES * sizeof *counts->places);
    counts->two = arena_allocate_zeroed(arena, ROWS * sizeof *counts->two);
    counts->behind = arena_allocate_zeroed(arena, ROWS * sizeof *counts->behind);
    counts->kinds = arena_allocate_zeroed(arena, ROWS * sizeof *counts->kinds);
    counts->one = arena_allocate_zeroed(arena, ROWS * sizeof *counts->one);
    counts->next = arena_allocate_zeroed(arena, ROWS * sizeof *counts->next);
    counts->next_kinds = arena_allocate_zeroed(arena, ROWS * sizeof *counts->next_kinds);
    if (counts->cells == NULL || counts->places == NULL || counts->two == NULL ||
        counts->behind == NULL || counts->kinds == NULL || counts->one == NULL ||
        counts->next == NULL || counts->next_kinds == NULL) {
        return false;
    }
    for (size_t i = 0; i < making->n_words; i++) {
        if (making->words[i].is_taught && !count_word(making, &making->words[i])) {
            return false;
        }
    }
    return true;
}

static double letter_probability(const struct counts *counts, unsigned c, uint32_t l) {
    return (counts->one[c][l] + 0.1) / (counts->total[l] + 6.0);
}

static double bigram_probability(const struct counts *counts, unsigned b, unsigned c, uint32_t l) {
    const double letter = letter_probability(counts, c, l);
    const double seen = counts->next[b][l];
    const double kinds = counts->next_kinds[b][l];
    return seen == 0 ? letter : (counts->two[b][c][l] + kinds * letter) / (seen + kinds);
}

static double trigram_probability(const struct counts *counts, const struct cell *cell,
                                  uint32_t l) {
    const uint8_t *s = cell->symbols;
    const double bigram = bigram_probability(counts, s[1], s[2], l);
    const double seen = counts->behind[s[0]][s[1]][l];
    const double kinds = counts->kinds[s[0]][s[1]][l];
    return seen == 0 ? bigram : (cell->counts[l] + kinds * bigram) / (seen + kinds);
}

static double back_probability(const struct counts *counts, unsigned a, unsigned b, uint32_t l) {
    const double seen = counts->behind[a][b][l];
    const double kinds = counts->kinds[a][b][l];
    return seen == 0 ? 1 : kinds / (seen + kinds);
}

static uint8_t cost_of(double probability) {
    const double cost = -16 * log(probability);
    return cost > 255 ? 255 : (uint8_t)lround(cost);
}

/* The row's place, made when there is none; NULL when the table is full. */
static struct row *put_row(const struct making *making, struct row *rows, uint8_t a, uint8_t b,
                           uint8_t c, bool *is_new) {
    const uint32_t mask = making->head.n_trigrams - 1;
    uint32_t at = foreign_trigram_place(a, b, c) & mask;
    for (uint32_t steps = 0; steps < mask; steps++, at = (at + 1) & mask) {
        struct row *row = &rows[at];
        *is_new = !row->used;
        if (*is_new) {
            row->used = true;
            row->symbols[0] = a;
            row->symbols[1] = b;
            row->symbols[2] = c;
            return row;
        }
        if (row->symbols[0] == a && row->symbols[1] == b && row->symbols[2] == c) {
            return row;
        }
    }
    return NULL;
}

/* The rows that one cell needs: its own, its bigram's, its letter's, and what is behind its begin.
 */
static bool put_rows(const struct making *making, struct row *rows, const struct cell *cell) {
    const struct counts *counts = &making->counts;
    const uint8_t none = FOREIGN_NO_TRIGRAM;
    const uint8_t *s = cell->symbols;
    bool is_new[4];
    struct row *own = put_row(making, rows, s[0], s[1], s[2], &is_new[0]);
    struct row *two = put_row(making, rows, none, s[1], s[2], &is_new[1]);
    struct row *one = put_row(making, rows, none, none, s[2], &is_new[2]);
    struct row *back = put_row(making, rows, s[0], s[1], none, &is_new[3]);
    if (own == NULL || two == NULL || one == NULL || back == NULL) {
        return false;
    }
    for (uint32_t l = 0; l <= making->head.n_languages; l++) {
        own->n_words += cell->counts[l];
        two->n_words += cell->counts[l];
        one->n_words += cell->counts[l];
        back->n_words += cell->counts[l];
        own->costs[l] = cost_of(trigram_probability(counts, cell, l));
        if (is_new[1]) {
            two->costs[l] = cost_of(bigram_probability(counts, s[1], s[2], l));
        }
        if (is_new[2]) {
            one->costs[l] = cost_of(letter_probability(counts, s[2], l));
        }
        if (is_new[3]) {
            back->costs[l] = cost_of(back_probability(counts, s[0], s[1], l));
        }
    }
    return true;
}

static int compare_rows(const void *left, const void *right) {
    const struct row *a = left;
    const struct row *b = right;
    if (a->used != b->used) {
        return a->used ? -1 : 1;
    }
    if (a->n_words != b->n_words) {
        return a->n_words > b->n_words ? -1 : 1;
    }
    return memcmp(a->symbols, b->symbols, sizeof a->symbols);
}

/* The smallest power of two with a quarter of its places free for `n`. */
static uint32_t places_for(size_t n) {
    uint32_t n_places = 1024;
    while ((size_t)n_places * 3 / 4 < n) {
        n_places *= 2;
    }
    return n_places;
}

/* Where each row is, once they are in their order. */
static struct foreign_trigram *make_trigrams(struct making *making, const struct row *rows) {
    making->head.n_trigrams = places_for(making->head.n_rows);
    const uint32_t mask = making->head.n_trigrams - 1;
    struct foreign_trigram *trigrams =
        arena_allocate_zeroed(making->source->arena, making->head.n_trigrams * sizeof *trigrams);
    for (uint32_t i = 0; trigrams != NULL && i < making->head.n_rows; i++) {
        const uint8_t *s = rows[i].symbols;
        uint32_t at = foreign_trigram_place(s[0], s[1], s[2]) & mask;
        while (trigrams[at].used != 0) {
            at = (at + 1) & mask;
        }
        trigrams[at] = (struct foreign_trigram){{s[0], s[1], s[2]}, 1, i};
    }
    return trigrams;
}

static uint8_t *make_costs(const struct making *making, const struct row *rows) {
    const size_t width = making->head.n_languages + 1;
    uint8_t *costs = arena_allocate(making->source->arena, making->head.n_rows * width);
    for (size_t i = 0; costs != NULL && i < making->head.n_rows; i++) {
        memcpy(costs + i * width, rows[i].costs, width);
    }
    return costs;
}

static struct row *make_rows(struct making *making) {
    making->head.n_trigrams = 1024;
    while (making->head.n_trigrams < making->counts.n_cells * 2) {
        making->head.n_trigrams *= 2;
    }
    struct row *rows =
        arena_allocate_zeroed(making->source->arena, making->head.n_trigrams * sizeof *rows);
    for (size_t i = 0; rows != NULL && i < making->counts.n_cells; i++) {
        if (!put_rows(making, rows, &making->counts.cells[i])) {
            return NULL;
        }
    }
    /* What no list has is left for all its other words; the pack's own list is long. */
    for (uint32_t l = 0; l < making->head.n_languages; l++) {
        const double rest = 1 - making->mass[l];
        making->head.unlisted[l] = (float)log(rest > 0.02 ? rest : 0.02);
    }
    making->head.unlisted[making->head.n_languages] = (float)log(0.005);
    if (rows != NULL) {
        qsort(rows, making->head.n_trigrams, sizeof *rows, compare_rows);
        while (making->head.n_rows < making->head.n_trigrams && rows[making->head.n_rows].used) {
            making->head.n_rows++;
        }
    }
    return rows;
}

/* ---- words ---- */

static int compare_listed(const void *left, const void *right) {
    const struct listed *a = left;
    const struct listed *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    if (a->language != b->language) {
        return a->language > b->language ? 1 : -1;
    }
    return (a->zipf < b->zipf) - (a->zipf > b->zipf);
}

/* Fills entries and their checks, and answers where those of each place begin. */
static uint32_t *make_places(struct making *making, struct buffer *checks, struct buffer *entries) {
    enum { WORDS_A_PLACE = 8 };
    qsort(making->words, making->n_words, sizeof *making->words, compare_listed);
    unsigned bits = 1;
    while (making->n_words >> bits > WORDS_A_PLACE) {
        bits++;
    }
    making->head.n_places = 1u << bits;
    uint32_t *places =
        arena_allocate(making->source->arena, ((size_t)making->head.n_places + 1) * sizeof *places);
    size_t place = 0;
    uint32_t n = 0;
    for (size_t i = 0; places != NULL && i < making->n_words; i++) {
        const struct listed *word = &making->words[i];
        const bool again =
            i > 0 && word[-1].hash == word->hash && word[-1].language == word->language;
        if (word->language == making->head.n_languages || again) {
            continue; /* the pack's own, or a number's word that the list has, too */
        }
        for (; place <= word->hash >> (64 - bits); place++) {
            places[place] = n;
        }
        const struct foreign_entry entry = {word->language, word->zipf};
        if (!buffer_append_u32(checks, (uint32_t)word->hash) ||
            !buffer_append(entries, &entry, sizeof entry)) {
            return NULL;
        }
        n++;
    }
    for (; places != NULL && place <= making->head.n_places; place++) {
        places[place] = n;
    }
    making->head.n_entries = n;
    return places;
}

/* Marks the pack's words that another language uses more often, and those of phrases. */
static void mark_forms(const struct foreign *foreign, uint64_t *seeds, uint64_t *possible,
                       uint64_t *phrased, uint16_t *signs) {
    for (uint32_t form = 0; form < foreign->head->n_forms; form++) {
        const galley_string text = pack_form_text(foreign->pack, form);
        struct foreign_evidence evidence;
        foreign_weigh(foreign, text.data, text.len, form, &evidence);
        float best = 0;
        for (uint32_t i = 0; i < foreign->head->n_languages; i++) {
            best = evidence.of[i] > best ? evidence.of[i] : best;
        }
        const uint64_t bit = UINT64_C(1) << form % 64;
        if (foreign_phrase_kinds(foreign, text.data, text.len) != 0) {
            phrased[form / 64] |= bit;
        }
        if (best > POSSIBLE_MARGIN) {
            possible[form / 64] |= bit;
        }
        if (best > SEED_MARGIN && evidence.zipf < SEED_ZIPF_MAX) {
            seeds[form / 64] |= bit;
            signs[form] |= SIGN_SEED;
        }
    }
}

/* ---- the section ---- */

static bool append(struct buffer *out, const void *data, size_t n, size_t size) {
    return buffer_align(out, 8) && buffer_append(out, data, n * size);
}

static bool compile(struct making *making, struct buffer *checks, struct buffer *entries,
                    struct buffer *out) {
    struct arena *arena = making->source->arena;
    if (!choose_symbols(making) || !count_words(making)) {
        return false;
    }
    struct row *rows = make_rows(making);
    uint32_t *places = rows == NULL ? NULL : make_places(making, checks, entries);
    struct foreign_trigram *trigrams = places == NULL ? NULL : make_trigrams(making, rows);
    uint8_t *costs = trigrams == NULL ? NULL : make_costs(making, rows);
    struct foreign_head *head = &making->head;
    head->n_forms = (uint32_t)pack_n_forms(making->source->pack);
    head->text_len = (uint32_t)making->texts.len;
    const size_t n_bits = ((size_t)head->n_forms + 63) / 64;
    uint64_t *bits = arena_allocate_zeroed(arena, 3 * n_bits * sizeof *bits);
    if (costs == NULL || bits == NULL) {
        return false;
    }
    const struct foreign foreign = {
        .head = head,
        .symbols = making->symbols,
        .places = places,
        .checks = (const uint32_t *)(const void *)checks->data,
        .entries = (const struct foreign_entry *)(const void *)entries->data,
        .trigrams = trigrams,
        .rows = costs,
        .phrases = making->phrases,
        .pack = making->source->pack,
    };
    mark_forms(&foreign, bits, bits + n_bits, bits + 2 * n_bits, making->source->signs);
    return append(out, head, 1, sizeof *head) &&
           append(out, making->symbols, head->n_symbols, sizeof *making->symbols) &&
           append(out, places, (size_t)head->n_places + 1, sizeof *places) &&
           append(out, checks->data, head->n_entries, sizeof(uint32_t)) &&
           append(out, entries->data, head->n_entries, sizeof(struct foreign_entry)) &&
           append(out, trigrams, head->n_trigrams, sizeof *trigrams) &&
           append(out, costs, head->n_rows, head->n_languages + 1) &&
           append(out, making->phrases, head->n_phrases, sizeof *making->phrases) &&
           append(out, bits, n_bits, sizeof *bits) &&
           append(out, bits + n_bits, n_bits, sizeof *bits) &&
           append(out, bits + 2 * n_bits, n_bits, sizeof *bits) &&
           append(out, making->texts.data, head->text_len, 1);
}

bool section_foreign_compile(const struct section_source *source, struct buffer *out,
                             galley_error *error) {
    struct table table;
    if (!table_open(&table, source->arena, source->directory, "foreign.tsv", error)) {
        return false;
    }
    if (table.text.data == NULL) {
        return true;
    }
    struct making making = {.source = source, .error = error, .texts = {.memory = out->memory}};
    struct buffer checks = {.memory = out->memory};
    struct buffer entries = {.memory = out->memory};
    const bool good = read_table(&making, &table) && compile(&making, &checks, &entries, out);
    buffer_finish(&checks);
    buffer_finish(&entries);
    buffer_finish(&making.texts);
    memory_free(source->arena->memory, making.words);
    return good;
}
