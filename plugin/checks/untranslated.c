/*
 * untranslated: words left in another language ("energy y la seguridad de las fronteras"), or in
 * another script; whole paragraphs and whole documents of them; another language's abbreviations.
 *
 * Not reported: names ("Le Monde", "Bundestag"), phrases that the language has taken over ("coup
 * d'état", "per capita"), short titles in quotation marks, words that the text itself explains
 * ("known as siesta").
 *
 * The rule: fragments.h finds them. What belongs together is one issue, a paragraph or headline of
 * them a critical one, and a document of them one that silences every other check.
 */
#include "checks/check.h"

#include "document.h"
#include "language/fragments.h"
#include "language/language_names.h"
#include "language/set_off.h"
#include "language/spelling.h"
#include "text/unicode.h"
#include "text/utf8.h"

enum { SCRIPT_WORDS = 64, ORIGINAL_WORDS = 6 };

/* One find, kept until the whole document is known. */
struct find {
    struct span span;
    size_t n_words;
    char language[8];                           /* BCP 47, or "" */
    const struct fragment_languages *languages; /* NULL where the script tells */
    size_t best; /* language that its words speak for most; FRAGMENT_UNKNOWN for none */
    galley_severity severity;
    bool whole;              /* paragraph or headline */
    const char *translation; /* of an abbreviation */
    size_t translation_len;
    bool excused;     /* set off by the text: not reported, and its word is known now */
    const char *word; /* the one that tells, NULL when several do */
    size_t word_len;
};

struct state {
    struct foreign foreign;
    bool opened, usable;
    struct fragment_finder *finder; /* NULL before the first seed */
    struct find *finds;
    size_t n_finds, capacity;
    size_t n_words; /* of the section */
    size_t n_foreign;
};

static galley_status keep(struct check_run *run, const struct find *find) {
    struct state *state = run->state;
    if (state->n_finds == state->capacity) {
        const size_t capacity = state->capacity == 0 ? 16 : state->capacity * 2;
        struct find *larger = arena_allocate(run->arena, capacity * sizeof *larger);
        if (larger == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        if (state->n_finds > 0) {
            memcpy(larger, state->finds, state->n_finds * sizeof *larger);
        }
        state->finds = larger;
        state->capacity = capacity;
    }
    if (state->n_finds < LIMIT_ISSUES) {
        state->finds[state->n_finds++] = *find;
    }
    return GALLEY_OK;
}

static struct span span_of(const struct unit *unit, size_t first, size_t end) {
    const struct token *last = &unit->tokens[end - 1];
    return unit_span(unit, unit->tokens[first].offset, last->offset + last->len);
}

/* ---- other scripts ---- */

/* The language that is most often written in the script of the text's first letter. */
static void guess_by_script(const struct pack *pack, const char *text, char language[8]) {
    size_t at = 0;
    const galley_string tag = language_of_script(pack, unicode_script(utf8_next(text, &at)));
    language[0] = '\0';
    if (tag.data != NULL && tag.len < 8) {
        memcpy(language, tag.data, tag.len + 1);
    }
}

static void name_script_language(const struct check_run *run, const struct unit *unit, size_t first,
                                 size_t end, char language[8]) {
    const struct state *state = run->state;
    const char *words[SCRIPT_WORDS];
    size_t lens[SCRIPT_WORDS];
    size_t n = 0;
    for (size_t i = first; i < end && n < SCRIPT_WORDS; i++) {
        if (unit->tokens[i].kind == TOKEN_FOREIGN) {
            words[n] = unit_token_text(unit, &unit->tokens[i]);
            lens[n++] = unit->tokens[i].len;
        }
    }
    guess_by_script(run->pack, words[0], language);
    const size_t guess =
        state->usable ? foreign_guess(&state->foreign, words, lens, n, language) : SIZE_MAX;
    if (guess != SIZE_MAX) {
        memcpy(language, state->foreign.head->tags[guess], 8);
    }
}

/* Whether the run goes on at token i: another word of the script, behind marks and numbers. */
static size_t next_of_run(const struct unit *unit, size_t end) {
    enum { MARKS = 3 };
    for (size_t i = end; i < unit->n_tokens && i <= end + MARKS; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind == TOKEN_FOREIGN) {
            return i;
        }
        if (token->kind != TOKEN_MARK && token->kind != TOKEN_NUMBER) {
            return SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

/* A script without spaces has about two letters a word. */
static size_t count_words(const struct unit *unit, size_t first, size_t end) {
    size_t n = 0;
    for (size_t i = first; i < end; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind == TOKEN_FOREIGN && token->letter_case == CASE_NONE) {
            const size_t letters = utf8_count(unit_token_text(unit, token), token->len);
            n += letters > 3 ? letters / 2 : 1;
        } else {
            n += token->kind == TOKEN_FOREIGN || token->kind == TOKEN_WORD;
        }
    }
    return n;
}

/* One stop ends both the abbreviation and the sentence: "met the U.S." */
static void set_translation(struct find *find, const struct unit *unit, const char *translation,
                            size_t end) {
    find->translation = translation;
    find->translation_len = translation == NULL ? 0 : strlen(translation);
    if (find->translation_len > 0 && translation[find->translation_len - 1] == '.' &&
        end < unit->len && unit->text[end] == '.') {
        find->translation_len--;
    }
}

/* Letters of another script: each run of them is one find. */
static galley_status find_scripts(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    galley_status status = GALLEY_OK;
    size_t done = 0;
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        const size_t first = unit->unknown[i];
        if (first < done || unit->tokens[first].kind != TOKEN_FOREIGN) {
            continue;
        }
        size_t end = first + 1;
        for (size_t next = next_of_run(unit, end); next != SIZE_MAX;
             next = next_of_run(unit, end)) {
            end = next + 1;
        }
        done = end;
        const size_t n_words = count_words(unit, first, end);
        if (n_words <= ORIGINAL_WORDS && unit_has_in_brackets(unit, first, end)) {
            continue; /* "Xishuangbanna (西双版納)" */
        }
        struct find find = {.span = span_of(unit, first, end),
                            .n_words = n_words,
                            .severity = run->check->severity};
        name_script_language(run, unit, first, end, find.language);
        size_t language;
        if (state->usable && end == first + 1) {
            set_translation(&find, unit,
                            foreign_abbreviation(&state->foreign,
                                                 unit_token_text(unit, &unit->tokens[first]),
                                                 unit->tokens[first].len, &language),
                            unit->tokens[first].offset + unit->tokens[first].len);
        }
        status = keep(run, &find);
    }
    return status;
}

/* ---- words ---- */

/* A language is named when the word that tells most, or most of the words, are on its list, or when
 * no other one is near it; otherwise the letters may be those of one that has no list. */
static void name_language(const struct state *state, const struct fragment *fragment,
                          char language[8]) {
    static const float sure = 6; /* natural logarithms */
    const struct fragment_languages *languages = &fragment->languages;
    const size_t own = fragment->language;
    if (own >= state->foreign.head->n_languages) {
        return;
    }
    bool named = fragment->tells_by_list || languages->n_listed[own] * 2U > fragment->n_words;
    if (!named) {
        named = true;
        for (size_t l = 0; l < state->foreign.head->n_languages; l++) {
            named = named && (l == own || languages->sum[own] > languages->sum[l] + sure);
        }
    }
    if (named) {
        memcpy(language, state->foreign.head->tags[own], 8);
    }
}

/* A word that this language uses every day. In company of one other word, those that another one
 * uses yet more often are, too. */
static bool is_ordinary(const struct check_run *run, const struct unit *unit,
                        const struct token *token, bool in_pair) {
    enum { EVERY_DAY = 80, COMMON = 100 }; /* Zipf value × 25 */
    const struct foreign *foreign = &((const struct state *)run->state)->foreign;
    if (token->kind != TOKEN_WORD) {
        return token->kind != TOKEN_FOREIGN;
    }
    if (token->form >= pack_n_lower_forms(run->pack)) {
        return token->form != FORM_NONE && token->letter_case != CASE_LOWER; /* a known name */
    }
    const struct form_facts *facts = pack_facts(run->pack, token->form);
    if ((facts->classes & CLASS_FUNCTION) != 0) {
        return true;
    }
    if (!foreign_has_bit(foreign->seeds, token->form)) {
        return facts->zipf >= EVERY_DAY;
    }
    return in_pair && facts->zipf >= COMMON && (facts->flags & FORM_LOANWORD) == 0 &&
           foreign_phrase_kinds(foreign, unit_token_text(unit, token), token->len) == 0;
}

/* How often the fragment's language writes the word, as a Zipf value × 25; 0: not on its list. */
static unsigned zipf_there(const struct check_run *run, const struct unit *unit,
                           const struct fragment *fragment, const struct token *token) {
    const struct foreign *foreign = &((const struct state *)run->state)->foreign;
    struct foreign_evidence evidence;
    if (fragment->language >= FOREIGN_LANGUAGES) {
        return 0;
    }
    foreign_weigh(foreign, unit_token_text(unit, token), token->len, token->form, &evidence);
    return evidence.zipf_of[fragment->language];
}

/* Whether the word is of this language rather than of the fragment's, all told. What nothing beside
 * it speaks for must be far commoner there than the slip is here. */
static bool is_rather_own(const struct check_run *run, const struct unit *unit,
                          const struct fragment *fragment, const struct token *token) {
    static const float alone = 1;
    const unsigned zipf = zipf_there(run, unit, fragment, token);
    return zipf == 0 ||
           spelling_explains_better(run->spelling, unit_token_text(unit, token), token->len, zipf,
                                    fragment->n_telling > 1 ? 0 : alone);
}

/* A slip, or alone or in a pair a word that this language may make of one it has ("a fallen
 * worder"), and not one that the other language writes more often than this one's writers slip. */
static bool is_own(const struct check_run *run, const struct unit *unit,
                   const struct fragment *fragment, const struct token *token) {
    const char *word = unit_token_text(unit, token);
    const bool may_be_made = fragment->n_words <= 2 && (token->flags & TOKEN_NON_ASCII) == 0;
    return (spelling_explains(run->spelling, word, token->len) ||
            (may_be_made && spelling_own_zipf(run->spelling, word, token->len) > 0)) &&
           is_rather_own(run, unit, fragment, token);
}

/* "a recodr", "isnot a": everyday words and one that a slip made of another, which looks like a
 * word of somewhere. */
static bool is_slip(const struct check_run *run, const struct unit *unit,
                    const struct fragment *fragment) {
    enum { LONGEST = 4 };
    size_t n_slips = 0;
    if (fragment->n_words > LONGEST) {
        return false;
    }
    for (size_t i = fragment->first; i < fragment->end; i++) {
        const struct token *token = &unit->tokens[i];
        if (is_ordinary(run, unit, token, fragment->n_words == 2)) {
            continue;
        }
        if (token->kind != TOKEN_WORD || token->form < pack_n_lower_forms(run->pack) ||
            n_slips > 0 || !is_own(run, unit, fragment, token)) {
            return false;
        }
        n_slips++;
    }
    return n_slips > 0;
}

/* Whether all that tells of the fragment is one word, and that may be a slip or a lost blank in a
 * word of the language: "hled", "restaurantin". */
static bool may_be_slip(const struct check_run *run, const struct unit *unit,
                        const struct fragment *fragment) {
    const struct token *token = &unit->tokens[fragment->telling];
    return fragment->n_telling <= 1 && !fragment->is_certain && token->form == FORM_NONE &&
           (token->flags & TOKEN_NON_ASCII) == 0 && is_own(run, unit, fragment, token);
}

static void take_word(const struct unit *unit, const struct fragment *fragment, struct find *find) {
    if (fragment->n_telling <= 1) {
        find->word = unit_token_text(unit, &unit->tokens[fragment->telling]);
        find->word_len = unit->tokens[fragment->telling].len;
    }
}

/* What the text sets off is no issue of this check, and none of those that it covers. */
static galley_status excuse(struct check_run *run, const struct unit *unit,
                            const struct fragment *fragment, struct span span) {
    struct find find = {.span = span, .excused = true};
    take_word(unit, fragment, &find);
    const galley_status status = find.word == NULL ? GALLEY_OK : keep(run, &find);
    return status == GALLEY_OK ? check_excuse(run, span) : status;
}

static const struct fragment_languages *copy_languages(struct arena *arena,
                                                       const struct fragment *fragment) {
    struct fragment_languages *copy = arena_allocate(arena, sizeof *copy);
    if (copy != NULL) {
        *copy = fragment->languages;
    }
    return copy;
}

/* The words of a phrase that the language has taken over are no slips. */
static galley_status excuse_loans(struct check_run *run, const struct unit *unit) {
    const struct state *state = run->state;
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        const size_t at = unit->unknown[i];
        if (unit->tokens[at].kind == TOKEN_WORD && fragment_finder_is_loan(state->finder, at)) {
            status = check_excuse(run, span_of(unit, at, at + 1));
        }
    }
    return status;
}

static galley_status find_fragments(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (!unit_has_seeds(&state->foreign, unit)) {
        return GALLEY_OK;
    }
    if (state->finder == NULL) {
        state->finder = arena_allocate_zeroed(run->arena, sizeof *state->finder);
        if (state->finder == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        state->finder->foreign = state->foreign;
    }
    fragment_finder_start(state->finder, unit);
    galley_status status = excuse_loans(run, unit);
    struct fragment fragment;
    size_t last_end = SIZE_MAX;
    while (status == GALLEY_OK && fragment_finder_next(state->finder, &fragment)) {
        const struct span span = span_of(unit, fragment.first, fragment.end);
        if (is_slip(run, unit, &fragment) || may_be_slip(run, unit, &fragment)) {
            continue; /* set off or not: "called on them toget" */
        }
        if (fragment.is_set_off) {
            status = excuse(run, unit, &fragment, span);
            last_end = SIZE_MAX;
            continue;
        }
        struct find find = {.span = span,
                            .n_words = fragment.n_words,
                            .severity =
                                fragment.n_words == 1 ? GALLEY_MINOR : run->check->severity};
        name_language(state, &fragment, find.language);
        take_word(unit, &fragment, &find);
        if (last_end != SIZE_MAX && fragment.first <= last_end + 1 && state->n_finds > 0) {
            struct find *last = &state->finds[state->n_finds - 1];
            if (fragment.n_words > last->n_words) {
                memcpy(last->language, find.language, sizeof last->language);
            }
            last->span.end = find.span.end;
            last->n_words += find.n_words;
            last->word = NULL;
            last->severity = run->check->severity;
        } else if (state->n_finds < LIMIT_ISSUES) {
            find.languages = copy_languages(run->arena, &fragment);
            status = find.languages == NULL ? GALLEY_ERROR_MEMORY : keep(run, &find);
        }
        last_end = fragment.end;
    }
    return status;
}

/* An abbreviation with capitals that the pack knows as another language's. Dots inside may have
 * divided it into tokens, so it is read up to the next space. */
static galley_status take_abbreviation(struct check_run *run, const struct unit *unit, size_t i) {
    enum { LONGEST = 12 };
    struct state *state = run->state;
    const struct token *token = &unit->tokens[i];
    if (token->kind != TOKEN_WORD || token->letter_case != CASE_UPPER || token->len > LONGEST) {
        return GALLEY_OK;
    }
    const char *text = unit_token_text(unit, token);
    size_t len = token->len;
    while (token->offset + len < unit->len && len < LONGEST && (unsigned char)text[len] > ' ' &&
           (unsigned char)text[len] < 0x80) {
        len++;
    }
    size_t language = 0;
    const char *translation = NULL;
    for (; translation == NULL && len >= token->len; len--) {
        translation = foreign_abbreviation(&state->foreign, text, len, &language);
    }
    if (translation == NULL) {
        return GALLEY_OK;
    }
    const size_t end = token->offset + len + 1;
    struct find find = {
        .span = unit_span(unit, token->offset, end), .n_words = 1, .severity = GALLEY_MINOR};
    set_translation(&find, unit, translation, end);
    memcpy(find.language, state->foreign.head->tags[language], sizeof find.language);
    return keep(run, &find);
}

static galley_status find_abbreviations(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_unknown && status == GALLEY_OK; i++) {
        status = take_abbreviation(run, unit, unit->unknown[i]);
    }
    for (size_t i = 0; (unit->signs & SIGN_SEED) != 0 && i < unit->n_noted && status == GALLEY_OK;
         i++) {
        if ((unit->noted[i].signs & SIGN_SEED) != 0) {
            status = take_abbreviation(run, unit, unit->noted[i].token);
        }
    }
    return status;
}

/* ---- paragraphs ---- */

/* Makes one find of a unit's when they are most of it. */
static void join_whole(struct state *state, const struct unit *unit, size_t first_find,
                       size_t n_words) {
    enum { LEAST = 4, HEADLINE = 2 };
    size_t n = 0;
    size_t longest = first_find;
    for (size_t i = first_find; i < state->n_finds; i++) {
        n += state->finds[i].n_words;
        if (state->finds[i].n_words > state->finds[longest].n_words) {
            longest = i;
        }
    }
    state->n_foreign += n;
    const bool headline = unit->kind == UNIT_HEADING || unit->index == 0;
    const bool all = n * 10 >= n_words * 9;
    if (n < HEADLINE || (n < LEAST && !(headline && all)) || n * 3 < n_words * 2) {
        return;
    }
    struct find whole = state->finds[longest];
    whole.span = span_of(unit, 0, unit->n_tokens);
    whole.n_words = n;
    whole.severity = GALLEY_CRITICAL;
    whole.whole = true;
    whole.translation = NULL;
    whole.word = NULL;
    state->finds[first_find] = whole;
    state->n_finds = first_find + 1;
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    if (!state->opened) {
        state->usable = foreign_open(&state->foreign, run->pack);
        state->opened = true;
    }
    const size_t n_words = unit->n_tokens - unit->n_marks;
    const size_t before = state->n_finds;
    state->n_words += n_words;
    galley_status status = GALLEY_OK;
    if (unit->n_unknown > 0) {
        status = find_scripts(run, unit);
    }
    if (status == GALLEY_OK && state->usable) {
        status = find_fragments(run, unit);
    }
    if (status == GALLEY_OK && state->usable) {
        status = find_abbreviations(run, unit);
    }
    if (state->n_finds > before) {
        size_t n_all = 0;
        n_all = count_words(unit, 0, unit->n_tokens);
        state->n_words += n_all > n_words ? n_all - n_words : 0;
        join_whole(state, unit, before, n_all);
    }
    return status;
}

/* ---- the document ---- */

static const char *name_of(const struct pack *pack, const char *tag) {
    const char *name = language_name(pack, tag).data;
    return name == NULL ? "another language" : name;
}

static galley_status report_words(struct check_run *run, const struct find *find) {
    static const char *const numbers[] = {"no",  "one",   "two",   "three", "four", "five",
                                          "six", "seven", "eight", "nine",  "ten"};
    const char *language = name_of(run->pack, find->language);
    struct issue *issue;
    const char *plural = find->n_words == 1 ? "" : "s";
    galley_status status;
    if (find->translation != NULL) {
        status = check_report(run, find->span, find->severity, &issue, "an abbreviation of %s",
                              language);
        return status == GALLEY_OK
                   ? check_suggest(run, issue, find->translation, find->translation_len)
                   : status;
    }
    if (find->whole) {
        return check_report(run, find->span, find->severity, NULL,
                            "all of this is in %s: it was left untranslated", language);
    }
    if (find->n_words < sizeof numbers / sizeof *numbers) {
        return check_report(run, find->span, find->severity, NULL, "%s word%s of %s",
                            numbers[find->n_words], plural, language);
    }
    return check_report(run, find->span, find->severity, NULL, "%zu words of %s", find->n_words,
                        language);
}

/* Whether the find may as well be of the language as of the one that its words speak for most. */
static bool may_be_of(const struct state *state, const struct find *find, size_t language) {
    static const float worse = 6;
    const struct fragment_languages *languages = find->languages;
    if (languages == NULL || languages->sum[language] <= 0) {
        return false;
    }
    for (size_t l = 0; l < state->foreign.head->n_languages; l++) {
        if (languages->sum[l] > languages->sum[language] + worse) {
            return false;
        }
    }
    return true;
}

/* The language that was given as the source's; FOREIGN_LANGUAGES when it is not known. */
static size_t given_language(const struct check_run *run) {
    const struct state *state = run->state;
    const galley_string given = run->document->engine->source_language;
    for (size_t l = 0; l < state->foreign.head->n_languages; l++) {
        const char *tag = state->foreign.head->tags[l];
        const size_t len = strlen(tag);
        if (given.len >= len && memcmp(given.data, tag, len) == 0 &&
            (given.len == len || given.data[len] == '-')) {
            return l;
        }
    }
    return FOREIGN_LANGUAGES;
}

/* The language that the document's fragments speak for together; FOREIGN_LANGUAGES for too few. */
static size_t common_language(const struct state *state) {
    enum { LEAST = 3 };
    static const float better = 12;
    float sums[FOREIGN_LANGUAGES] = {0};
    size_t best = 0;
    size_t n = 0;
    for (size_t i = 0; i < state->n_finds; i++) {
        const struct fragment_languages *languages = state->finds[i].languages;
        n += languages != NULL;
        for (size_t l = 0; languages != NULL && l < state->foreign.head->n_languages; l++) {
            sums[l] += languages->sum[l];
        }
    }
    for (size_t l = 1; l < state->foreign.head->n_languages; l++) {
        best = sums[l] > sums[best] ? l : best;
    }
    bool sure = n >= LEAST;
    for (size_t l = 0; l < state->foreign.head->n_languages; l++) {
        sure = sure && (l == best || sums[best] > sums[l] + better);
    }
    return sure ? best : FOREIGN_LANGUAGES;
}

/* A story was translated from one language: the finds that may be of it are. */
static void settle_languages(const struct check_run *run) {
    const struct state *state = run->state;
    const size_t given = given_language(run);
    const size_t language = given < FOREIGN_LANGUAGES ? given : common_language(state);
    for (size_t i = 0; language < FOREIGN_LANGUAGES && i < state->n_finds; i++) {
        struct find *find = &state->finds[i];
        if (may_be_of(state, find, language)) {
            memcpy(find->language, state->foreign.head->tags[language], sizeof find->language);
        }
    }
}

/* The language that most words are of. */
static const struct find *find_main(const struct state *state) {
    const struct find *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < state->n_finds; i++) {
        size_t n = 0;
        /* Looks at the first ones only: a document of many is of one language. */
        for (size_t k = 0; k < state->n_finds && k < 64; k++) {
            if (strcmp(state->finds[k].language, state->finds[i].language) == 0) {
                n += state->finds[k].n_words;
            }
        }
        if (n > most) {
            most = n;
            best = &state->finds[i];
        }
        if (i == 64) {
            break;
        }
    }
    return best;
}

static galley_status report_document(struct check_run *run) {
    const struct state *state = run->state;
    const struct find *main = find_main(state);
    const struct span span = {state->finds[0].span.begin,
                              state->finds[state->n_finds - 1].span.end};
    check_silence_others(run);
    return check_report(run, span, GALLEY_CRITICAL, NULL, "the document is in %s, not in %s",
                        name_of(run->pack, main->language),
                        name_of(run->pack, pack_language(run->pack)));
}

/* A lone word that comes again is the text's own term for something, unless the text is full of
 * foreign words; and so is one that the text explains elsewhere. */
static bool is_term(const struct state *state, size_t index) {
    enum { NEAR = 64, MANY = 8 };
    const struct find *find = &state->finds[index];
    const size_t begin = index < NEAR ? 0 : index - NEAR;
    for (size_t i = begin; find->word != NULL && i < state->n_finds && i < index + NEAR; i++) {
        const struct find *other = &state->finds[i];
        if (i != index && other->word != NULL && other->word_len == find->word_len &&
            memcmp(other->word, find->word, find->word_len) == 0 &&
            (other->excused ||
             (state->n_finds < MANY && find->n_words == 1 && other->n_words == 1))) {
            return true;
        }
    }
    return false;
}

/* In thousandths of a percent. */
static unsigned share_of(size_t n, size_t n_words) {
    enum { ALL = 100000 };
    return n >= n_words ? (n > 0 ? ALL : 0) : (unsigned)((double)n / (double)n_words * ALL);
}

/* Adds to the words of the document, and to those of them that are foreign. */
static void add_words(struct galley_document *document, size_t n_foreign, size_t n_words) {
    document->n_foreign += n_foreign;
    document->n_judged += n_words;
    document->untranslated = share_of(document->n_foreign, document->n_judged);
}

static galley_status check_document(struct check_run *run) {
    enum { LEAST = 20 };
    const struct state *state = run->state;
    if (state->usable && state->n_finds > 0) {
        settle_languages(run);
    }
    if (state->n_foreign >= LEAST && state->n_foreign * 10 > state->n_words * 7) {
        add_words(run->document, state->n_foreign, state->n_words);
        return report_document(run);
    }
    galley_status status = GALLEY_OK;
    size_t n_reported = 0;
    for (size_t i = 0; i < state->n_finds && status == GALLEY_OK; i++) {
        if (!state->finds[i].excused && !is_term(state, i)) {
            n_reported += state->finds[i].n_words;
            status = report_words(run, &state->finds[i]);
        }
    }
    add_words(run->document, n_reported, state->n_words);
    return status;
}

const struct check check_untranslated = {
    .name = "untranslated",
    .its_type = "untranslated",
    .mqm = "accuracy/untranslated",
    .summary = "words left in another language or script",
    .explanation = "Words that the machine left as they were in the source (“energy y la seguridad "
                   "de las fronteras”), letters of another script, abbreviations of another "
                   "language. A paragraph or headline of them is one critical issue, a document of "
                   "them one that silences the other checks. Names, and the foreign words that "
                   "news uses, are left alone.",
    .severity = GALLEY_MAJOR,
    .covers = "spelling,duplication,capitalization,agreement,sentence-break,splice",
    .state_size = sizeof(struct state),
    .unit = check_unit,
    .document = check_document,
};
