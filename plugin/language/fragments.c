#include "language/fragments.h"

#include "base/ascii.h"
#include "language/set_off.h"
#include "text/mark.h"
#include "text/mojibake.h"
#include "text/utf8.h"

#include <float.h>

/* In natural logarithms of likelihood ratios, set on planted fragments of eight languages and held
 * against fifteen others. */
static const float LEAST_SCORE = 5.8F;  /* of a fragment */
static const float LEAST_ALONE = 7.2F;  /* ... of one word */
static const float LEAST_LISTED = 6.4F; /* ... that a language's list has, and this one has not */
static const float LEAST_KNOWN = 7;     /* ... of words that are all words here, too */
static const float LEAST_TITLED = 9;    /* ... within a headline of words with capitals */
static const float LEAST_CORE = 3.2F;   /* of its words in small letters */
static const float WORD_MAX = 6.5F;     /* what one word may add */
static const float CERTAIN_MAX = 8; /* ... when it is on a language's list and like no word here */
static const float CERTAIN = 13;
static const float STRANGE = 14; /* evidence of a word's letters alone that is nearly as good */
static const float STRANGE_MAX = 7;
static const float ACCENTS = 20; /* ... of one with letters beyond ASCII that may stand alone */
static const float ALONE = 19;   /* ... of one in ASCII */
static const float WORD_MIN = -7;
static const float LANGUAGE_MIN = -20;
static const float LANGUAGE_MAX = 40;
static const float CAPITAL_MAX = 1;    /* a word with a capital is most often a name */
static const float NOUN_MAX = 3;       /* ... but may begin a sentence, or be a German noun */
static const float PARTICLE_MAX = 2;   /* "de" before a name */
static const float ARTICLE_MAX = 3.3F; /* ... where English has no such word: "de Camboya" */
static const float TELLING = 1.5F;     /* words with less only go with the others */
static const float GIVE_UP = 8;        /* a stretch that falls so far below its greatest sum ends */
static const float FUNCTION_LEAST = 5; /* a word that a language uses all the time may be certain */
static const float STRAY_BONUS = 2;    /* a function word that stands by no name */
static const float SOURCE_BONUS = 3;   /* the word and two beside it stand so in the source */
static const float SOURCE_NAME = 1;    /* ... and it has a capital */

/* Zipf frequencies × 25. */
enum {
    COMMON_HERE = 75,
    COMMON_PART = 100,
    COMMON_THERE = 100,
    BEGINNER_THERE = 125,
    FUNCTION_THERE = 140,
    STRAY_THERE = 150
};

enum { REACH = 40, PARTS_MAX = 4, LONG_FUNCTION = 4, LONG_NOUN = 6, LONG_ALONE = 8 };

/* ---- words ---- */

/* A word in a line of nothing but capitals says no more with them than without. */
static enum letter_case case_of(const struct fragment_finder *finder, const struct token *token) {
    const bool says_nothing =
        finder->line == FRAGMENT_LINE_SHOUTED  ? token->letter_case == CASE_UPPER
        : finder->line == FRAGMENT_LINE_TITLED ? token->letter_case == CASE_TITLE
                                               : false;
    return says_nothing ? CASE_LOWER : (enum letter_case)token->letter_case;
}

static bool is_capital(const struct fragment_finder *finder, const struct token *token) {
    const enum letter_case letter_case = case_of(finder, token);
    return token->kind == TOKEN_WORD &&
           (letter_case == CASE_TITLE || letter_case == CASE_UPPER || letter_case == CASE_MIXED);
}

/* Written with a capital, and not for being "I" or the first word of a sentence. */
static bool is_name(const struct fragment_finder *finder, const struct token *token) {
    enum { NEVER = CLASS_FUNCTION | CLASS_PRONOUN_FIRST };
    return is_capital(finder, token) &&
           (token->form == FORM_NONE ||
            (pack_facts(finder->foreign.pack, token->form)->classes & NEVER) == 0);
}

static bool is_scored(const struct token *token) {
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_DIGIT) == 0 &&
           token->letter_case != CASE_NONE;
}

uint32_t fragment_finder_kinds(const struct fragment_finder *finder, size_t i) {
    const struct token *token = &finder->unit->tokens[i];
    /* The form of a word with a clitic is that of the word without. */
    const uint32_t form = (token->flags & TOKEN_CLITIC) != 0 ? FORM_NONE : token->form;
    return token->kind == TOKEN_WORD
               ? foreign_word_kinds(&finder->foreign, unit_token_text(finder->unit, token),
                                    token->len, form)
               : 0;
}

/* Whether the token cannot be within a phrase. */
static bool ends_phrase(const struct fragment_finder *finder, const struct token *token) {
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_CLITIC) == 0 &&
           token->form != FORM_NONE && !foreign_has_bit(finder->foreign.phrased, token->form);
}

bool fragment_finder_is_loan(const struct fragment_finder *finder, size_t i) {
    enum { LONGEST = 4, TEXT_MAX = 64 };
    const struct unit *unit = finder->unit;
    if ((fragment_finder_kinds(finder, i) & FOREIGN_LOAN_PART) == 0) {
        return false;
    }
    for (size_t first = i + 1; first > 0 && first + LONGEST > i + 1; first--) {
        const struct token *tokens = &unit->tokens[first - 1];
        if (ends_phrase(finder, tokens)) {
            break;
        }
        size_t len = tokens->len;
        for (size_t n = 0; n < LONGEST && first - 1 + n < unit->n_tokens && len <= TEXT_MAX &&
                           (first - 1 + n <= i || !ends_phrase(finder, &tokens[n]));
             n++) {
            len = tokens[n].offset + tokens[n].len - tokens->offset;
            if (first - 1 + n >= i && len <= TEXT_MAX &&
                (foreign_phrase_kinds(&finder->foreign, unit->text + tokens->offset, len) &
                 FOREIGN_LOAN) != 0) {
                return true;
            }
        }
    }
    return false;
}

struct part {
    const char *text;
    size_t len;
    uint32_t form;
};

static bool is_joiner(const char *text, size_t rest, size_t *len) {
    if (text[0] == '\'' || text[0] == '-') {
        *len = 1;
        return true;
    }
    *len = 3;
    return rest >= 3 && memcmp(text, "\xE2\x80\x99", 3) == 0;
}

/* A known word is one part; an unknown one with apostrophes or hyphens has several. */
static size_t divide(const struct fragment_finder *finder, const struct token *token,
                     struct part parts[PARTS_MAX]) {
    const char *text = unit_token_text(finder->unit, token);
    const uint16_t joined = TOKEN_APOSTROPHE | TOKEN_HYPHEN;
    if ((token->flags & joined) == 0 ||
        (token->form != FORM_NONE && (token->flags & TOKEN_CLITIC) == 0)) {
        parts[0] = (struct part){text, token->len, token->form};
        return 1;
    }
    size_t n = 0;
    size_t begin = 0;
    for (size_t at = 0; at <= token->len && n < PARTS_MAX; at++) {
        size_t len = 1;
        if (at < token->len && !is_joiner(text + at, token->len - at, &len)) {
            continue;
        }
        if (at > begin) {
            parts[n++] = (struct part){text + begin, at - begin,
                                       pack_find(finder->foreign.pack, text + begin, at - begin)};
        }
        begin = at + len;
        at += len - 1;
    }
    /* What an English name's clitic says is nothing. */
    return (token->flags & TOKEN_CLITIC) != 0 && n > 1 ? n - 1 : n;
}

static float clamp(float value, float low, float high) {
    return value < low ? low : value > high ? high : value;
}

/* What stands around a word. */
struct context {
    bool capital_before, capital_behind, starts, is_particle, is_capital, is_upper, is_long;
    bool is_small;   /* known from phrases and names only */
    bool is_address; /* "Zelenina ulitsa" */
    bool is_article; /* where nouns are written with a capital: "das Eingreifen" */
};

static struct context look_around(const struct fragment_finder *finder, size_t i) {
    const struct unit *unit = finder->unit;
    const struct token *token = &unit->tokens[i];
    const uint32_t kinds = fragment_finder_kinds(finder, i);
    struct context context = {
        .capital_before = i > 0 && is_name(finder, token - 1),
        .capital_behind = i + 1 < unit->n_tokens && is_name(finder, token + 1),
        .starts = i == 0 || (token->flags & TOKEN_SENTENCE_START) != 0,
        .is_particle = (kinds & FOREIGN_PARTICLE) != 0,
        .is_small = (kinds & FOREIGN_SMALL) != 0,
        .is_capital = is_capital(finder, token),
        .is_long = token->len >= LONG_NOUN,
        .is_upper = case_of(finder, token) == CASE_UPPER && token->len > 1,
    };
    context.is_address =
        (kinds & FOREIGN_ADDRESS) != 0 && (context.capital_before || context.capital_behind);
    if (i > 0 && token[-1].kind == TOKEN_MARK) {
        const uint32_t mark = token[-1].mark;
        context.starts |= mark == ':' || mark == '"' || mark == 0x201C || mark == 0x201E;
    }
    context.is_article = (kinds & FOREIGN_ARTICLE) != 0 && !context.capital_before &&
                         !(i > 0 && case_of(finder, token - 1) == CASE_LOWER &&
                           (fragment_finder_kinds(finder, i - 1) & FOREIGN_PARTICLE) != 0);
    if (context.is_particle && !context.capital_before && i > 1) { /* "Casa de las Gaviotas" */
        context.capital_before = (fragment_finder_kinds(finder, i - 1) & FOREIGN_PARTICLE) != 0 &&
                                 is_name(finder, token - 2);
    }
    if (context.is_particle && !context.capital_behind && i + 2 < unit->n_tokens) {
        context.capital_behind = (fragment_finder_kinds(finder, i + 1) & FOREIGN_PARTICLE) != 0 &&
                                 is_name(finder, token + 2);
    }
    return context;
}

/* Whether the language's nouns have capitals. */
static bool writes_capitals(const struct fragment_finder *finder, size_t language) {
    return language < FOREIGN_LANGUAGES && (finder->foreign.head->capitals >> language & 1) != 0;
}

/* Holds a word's score in one language within what such a word may say. */
static float bound(const struct fragment_finder *finder, const struct context *context,
                   const struct foreign_evidence *first, size_t n_parts, size_t language,
                   float score) {
    const bool listed = language < FOREIGN_LANGUAGES && (first->listed >> language & 1) != 0;
    const bool has_capitals = writes_capitals(finder, language);
    if (!context->is_capital && context->is_article && has_capitals) {
        return score;
    }
    if (context->is_address) {
        return score < 0 ? score : 0;
    }
    if (!context->is_capital) {
        if (n_parts == 1 && context->is_particle && context->capital_behind &&
            context->capital_before) {
            return score < 0 ? score : 0;
        }
        if (n_parts == 1 && context->is_particle && context->capital_behind) {
            const float most = context->is_small && listed ? ARTICLE_MAX : PARTICLE_MAX;
            return score < most ? score : most;
        }
        return score;
    }
    if (context->is_upper) {
        return clamp(score, -2, 0);
    }
    if (has_capitals && context->is_article && context->capital_behind) {
        return clamp(score, 0, TELLING);
    }
    if (has_capitals && first->zipf == 0 &&
        (listed || (context->is_long && first->of[language] > CERTAIN))) {
        return clamp(score, -3, NOUN_MAX);
    }
    /* "lives in a De Bulgaarse": no word of this language has a capital there. */
    if (listed && !context->starts && !context->capital_behind && first->is_lower &&
        first->zipf_of[language] >= BEGINNER_THERE && first->of[language] > -1.5F) {
        return clamp(score, 0.5F, 1.5F);
    }
    if (context->starts && !context->capital_behind) {
        return clamp(score, -4, first->zipf == 0 || !listed ? NOUN_MAX : TELLING);
    }
    if (listed && !context->capital_behind &&
        ((first->zipf_of[language] >= COMMON_THERE && first->of[language] > 3.5F) ||
         (first->zipf == 0 && first->of[language] >= CERTAIN))) {
        return clamp(score, -3, NOUN_MAX);
    }
    return first->zipf > COMMON_HERE || first->is_known ? clamp(score, -3, -0.1F)
                                                        : clamp(score, -3, CAPITAL_MAX);
}

/* Whether a word may decide alone: no word here, and on the language's list. */
static bool is_certain(const struct context *context, const struct foreign_evidence *evidence,
                       size_t len, size_t language) {
    if (context->is_capital || len < 3 || evidence->is_lower ||
        (evidence->listed >> language & 1) == 0) {
        return false;
    }
    const bool in_name =
        context->is_particle || (context->capital_before && context->capital_behind);
    return evidence->of[language] >= CERTAIN ||
           (evidence->of[language] >= FUNCTION_LEAST &&
            evidence->zipf_of[language] >= FUNCTION_THERE && !in_name);
}

/* A small word that another language uses all the time, with no name beside it: what this one knows
 * of it, it knows from names and phrases ("champion de", "en 1972"). */
static bool is_stray(const struct context *context, const struct foreign_evidence *evidence,
                     size_t len, size_t language) {
    return !context->is_capital && !context->capital_behind &&
           (context->is_small || !evidence->is_lower) && len >= 2 && evidence->zipf > 0 &&
           evidence->zipf_of[language] >= STRAY_THERE && evidence->of[language] >= FUNCTION_LEAST;
}

/* A word made of two common ones of this language: "touchout". */
static bool is_compound(const struct fragment_finder *finder, const struct part *part) {
    enum { SHORTEST = 3 };
    const struct pack *pack = finder->foreign.pack;
    for (size_t at = SHORTEST; at + SHORTEST <= part->len; at++) {
        const uint32_t first = pack_find(pack, part->text, at);
        const uint32_t second =
            first == FORM_NONE ? FORM_NONE : pack_find(pack, part->text + at, part->len - at);
        if (second != FORM_NONE && (pack_facts(pack, first)->flags & FORM_LOWER) != 0 &&
            (pack_facts(pack, second)->flags & FORM_LOWER) != 0 &&
            pack_facts(pack, first)->zipf >= COMMON_PART &&
            pack_facts(pack, second)->zipf >= COMMON_PART) {
            return true;
        }
    }
    return false;
}

/* A word, taken to pieces and weighed. */
struct weighed {
    struct context context;
    struct part parts[PARTS_MAX];
    struct foreign_evidence evidence[PARTS_MAX];
    size_t n_parts;
    bool has_accents;
};

/* The score in one language. */
static float score_in(const struct fragment_finder *finder, const struct weighed *word,
                      size_t language) {
    const struct foreign_evidence *last = &word->evidence[word->n_parts - 1];
    const size_t last_len = word->parts[word->n_parts - 1].len;
    const struct context *context = &word->context;
    const bool known = language < FOREIGN_LANGUAGES;
    const bool certain = known && is_certain(context, last, last_len, language);
    const bool stray = known && word->n_parts == 1 && is_stray(context, last, last_len, language);
    const bool strange = known && !context->is_capital && context->is_long && last->zipf == 0 &&
                         last->of[language] >= STRANGE;
    const bool accents = strange && last->of[language] >= (word->has_accents ? ACCENTS : ALONE);
    const float max = certain || stray ? CERTAIN_MAX
                      : accents        ? LEAST_ALONE
                      : strange        ? STRANGE_MAX
                                       : WORD_MAX;
    float sum = 0;
    for (size_t k = 0; k < word->n_parts; k++) {
        const struct foreign_evidence *evidence = &word->evidence[k];
        sum += clamp(known ? evidence->of[language] : evidence->unknown, WORD_MIN, max);
    }
    sum += stray ? STRAY_BONUS : 0;
    return bound(finder, context, &word->evidence[0], word->n_parts, language,
                 clamp(sum, WORD_MIN, max));
}

/* Whether nothing around the word bounds what it may say. */
static bool is_unbounded(const struct weighed *word) {
    const struct context *context = &word->context;
    return !context->is_capital && !context->is_address &&
           !(word->n_parts == 1 && context->is_particle && context->capital_behind);
}

/* The scores of a word that nothing bounds: what the lists and letters say, with a closer look
 * where they say much. */
static void score_unbounded(const struct fragment_finder *finder, const struct weighed *word,
                            struct fragment_score *score) {
    const size_t n_languages = finder->foreign.head->n_languages;
    for (size_t k = 0; k < word->n_parts; k++) {
        for (size_t l = 0; l < n_languages; l++) {
            score->of[l] += clamp(word->evidence[k].of[l], WORD_MIN, WORD_MAX);
        }
    }
    for (size_t l = 0; l < n_languages; l++) {
        score->of[l] = clamp(score->of[l], WORD_MIN, WORD_MAX);
    }
    for (size_t l = 0; l < n_languages; l++) {
        if (word->evidence[word->n_parts - 1].of[l] >= FUNCTION_LEAST) {
            score->of[l] = score_in(finder, word, l);
        }
    }
}

/* The scores of any other one. Languages that do not have it on their lists bound it alike. */
static void score_bounded(const struct fragment_finder *finder, const struct weighed *word,
                          struct fragment_score *score) {
    const struct foreign_evidence *evidence = &word->evidence[0];
    const bool is_flat = word->n_parts == 1 && evidence->is_flat;
    float flat[2] = {0};
    bool has_flat[2] = {false};
    for (size_t l = 0; l < finder->foreign.head->n_languages; l++) {
        const bool capitals = writes_capitals(finder, l);
        const bool is_alike = is_flat && (evidence->listed >> l & 1) == 0;
        score->of[l] = is_alike && has_flat[capitals] ? flat[capitals] : score_in(finder, word, l);
        if (is_alike) {
            flat[capitals] = score->of[l];
            has_flat[capitals] = true;
        }
    }
}

static void score_word(const struct fragment_finder *finder, size_t i,
                       struct fragment_score *score) {
    const struct token *token = &finder->unit->tokens[i];
    struct weighed word;
    word.n_parts = divide(finder, token, word.parts);
    for (size_t k = 0; k < word.n_parts; k++) {
        const struct part *part = &word.parts[k];
        foreign_weigh(&finder->foreign, part->text, part->len, part->form, &word.evidence[k]);
    }
    if (word.n_parts == 0 ||
        (word.n_parts == 1 && token->form == FORM_NONE && word.evidence[0].listed == 0 &&
         is_compound(finder, &word.parts[0]))) {
        return;
    }
    word.context = look_around(finder, i);
    word.has_accents = (token->flags & TOKEN_NON_ASCII) != 0;
    score->listed = word.evidence[word.n_parts - 1].listed;
    (is_unbounded(&word) ? score_unbounded : score_bounded)(finder, &word, score);
    score->of[FRAGMENT_UNKNOWN] = score_in(finder, &word, FRAGMENT_UNKNOWN);
    if (case_of(finder, token) == CASE_LOWER) {
        const struct context *context = &word.context;
        const bool in_name =
            context->is_address || (context->is_particle && context->capital_behind &&
                                    (context->capital_before || !context->is_small));
        score->core =
            in_name ? (context->is_article ? finder->foreign.head->capitals : 0) : ~UINT64_C(0);
    }
}

/* Whether the word before, marks left out, is the same. */
static bool is_repeated(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    size_t before = i;
    while (before > 0 && i - before < 3 && unit->tokens[before - 1].kind == TOKEN_MARK) {
        before--;
    }
    if (before == 0) {
        return false;
    }
    const struct token *other = &unit->tokens[before - 1];
    return other->kind == TOKEN_WORD && other->len == token->len &&
           ascii_same(unit_token_text(unit, other), unit_token_text(unit, token), token->len);
}

/* Whether the text around the word, up to the next blank, was decoded wrongly. Marks may have ended
 * the word in the middle of it. */
static bool has_mojibake(const struct unit *unit, const struct token *token) {
    enum { BACK = 24, AHEAD = 8 };
    if ((unit->flags & TOKEN_NON_ASCII) == 0) {
        return false;
    }
    size_t at = token->offset;
    while (at > 0 && token->offset - at < BACK && unit->text[at - 1] != ' ') {
        utf8_previous(unit->text, &at);
    }
    const size_t end = token->offset + token->len;
    while (at < end || (at < unit->len && at - end < AHEAD && unit->text[at] != ' ')) {
        if ((unsigned char)unit->text[at] < 0x80 &&
            (at + 1 == unit->len || (unsigned char)unit->text[at + 1] < 0x80)) {
            at++; /* no mark of a letter follows either */
            continue;
        }
        uint32_t meant;
        if (mojibake_len(unit->text + at, unit->len - at, &meant) > 0) {
            return true;
        }
        const uint32_t code_point = utf8_next(unit->text, &at);
        if ((code_point >= 0x80 && code_point < 0xA0) || code_point == 0xFFFD) {
            return true;
        }
    }
    return false;
}

/* Two halves that make a word: "dif- ferent". */
static bool is_half(const struct fragment_finder *finder, size_t first) {
    enum { LONGEST = 64 };
    const struct unit *unit = finder->unit;
    if (first + 2 >= unit->n_tokens) {
        return false;
    }
    const struct token *tokens = &unit->tokens[first];
    if (tokens[0].kind != TOKEN_WORD || tokens[1].kind != TOKEN_MARK || tokens[1].mark != '-' ||
        (tokens[1].flags & TOKEN_SPACE_BEFORE) != 0 || tokens[2].kind != TOKEN_WORD ||
        tokens[0].len + tokens[2].len > LONGEST) {
        return false;
    }
    char whole[LONGEST];
    memcpy(whole, unit_token_text(unit, &tokens[0]), tokens[0].len);
    memcpy(whole + tokens[0].len, unit_token_text(unit, &tokens[2]), tokens[2].len);
    return pack_find(finder->foreign.pack, whole, tokens[0].len + tokens[2].len) != FORM_NONE;
}

static bool is_code_mark(const struct token *token) {
    return token->kind == TOKEN_MARK &&
           (token->mark == '/' || token->mark == '\\' || token->mark == '_' || token->mark == '=' ||
            token->mark == '<' || token->mark == '>' || token->mark == '|' || token->mark == '#');
}

/* Before the end of a domain: "ouest-france.fr". */
static bool is_domain(const struct unit *unit, size_t i) {
    enum { LONGEST = 4 };
    const struct token *token = &unit->tokens[i];
    return i + 2 < unit->n_tokens && token[1].kind == TOKEN_MARK && token[1].mark == '.' &&
           ((token[1].flags | token[2].flags) & TOKEN_SPACE_BEFORE) == 0 &&
           token[2].kind == TOKEN_WORD && token[2].letter_case == CASE_LOWER &&
           token[2].len <= LONGEST;
}

/* Part of a path, a unit or code: "m/s", "/home/katja". */
static bool is_code(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return (i > 0 && (token->flags & TOKEN_SPACE_BEFORE) == 0 && is_code_mark(token - 1)) ||
           (i + 1 < unit->n_tokens && (token[1].flags & TOKEN_SPACE_BEFORE) == 0 &&
            is_code_mark(token + 1));
}

static bool mark_is_apostrophe(const struct token *token) {
    return token->kind == TOKEN_MARK && (token->mark == 0x2018 || token->mark == 0xB4 ||
                                         token->mark == '`' || token->mark == '\'');
}

/* A word that a wrong apostrophe divides: "don‘t", "I 've". */
static bool is_divided(const struct unit *unit, size_t i) {
    enum { CLITIC = 2 };
    const struct token *token = &unit->tokens[i];
    if (i > 1 && mark_is_apostrophe(token - 1) && (token->flags & TOKEN_SPACE_BEFORE) == 0) {
        return token[-2].kind == TOKEN_WORD &&
               ((token[-1].flags & TOKEN_SPACE_BEFORE) == 0 || token->len <= CLITIC);
    }
    return i + 2 < unit->n_tokens && mark_is_apostrophe(token + 1) &&
           ((token[1].flags | token[2].flags) & TOKEN_SPACE_BEFORE) == 0 &&
           token[2].kind == TOKEN_WORD;
}

/* The same inside the token, where the tokens let the mark stand. */
static bool has_wrong_apostrophe(const struct unit *unit, const struct token *token) {
    const char *text = unit_token_text(unit, token);
    for (size_t i = 1; (token->flags & TOKEN_NON_ASCII) != 0 && i + 3 < token->len; i++) {
        if (memcmp(text + i, "\xE2\x80\x98", 3) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether something else than another language is wrong with the word. */
static bool is_damaged(const struct fragment_finder *finder, size_t i) {
    return is_code(finder->unit, i) || is_domain(finder->unit, i) || is_divided(finder->unit, i) ||
           has_wrong_apostrophe(finder->unit, &finder->unit->tokens[i]) ||
           has_mojibake(finder->unit, &finder->unit->tokens[i]) || is_half(finder, i) ||
           (i >= 2 && is_half(finder, i - 2));
}

/* Whether the word stands in the source as it stands here, and those beside it too. */
static bool is_in_source(struct fragment_finder *finder, size_t i) {
    if (finder->unit->source == NULL) {
        return false;
    }
    if (!finder->has_runs) {
        common_runs_read(&finder->runs, finder->unit);
        finder->has_runs = true;
    }
    return common_runs_has(&finder->runs, finder->unit, i);
}

/* A word that this language uses all the time says nothing even then: the source may quote it. */
static void add_source(const struct fragment_finder *finder, size_t i,
                       struct fragment_score *score) {
    const struct token *token = &finder->unit->tokens[i];
    const bool unknown = token->form == FORM_NONE;
    if (!unknown && !foreign_has_bit(finder->foreign.possible, token->form)) {
        return;
    }
    for (size_t l = 0; l <= FOREIGN_LANGUAGES; l++) {
        const float least = score->of[l] < 0 ? 0 : score->of[l];
        if (case_of(finder, token) == CASE_LOWER) {
            score->of[l] = clamp(least + SOURCE_BONUS, 0, CERTAIN_MAX);
            score->core = ~UINT64_C(0);
        } else if (unknown && least < SOURCE_NAME) {
            score->of[l] = SOURCE_NAME;
        }
    }
}

static const struct fragment_score *score_of(struct fragment_finder *finder, size_t i) {
    struct fragment_score *score = &finder->scores[i % FRAGMENT_SLOTS];
    if (score->token == i && score->turn == finder->turn) {
        return score;
    }
    *score = (struct fragment_score){.token = i, .turn = finder->turn};
    score->is_word = is_scored(&finder->unit->tokens[i]);
    if (!score->is_word || is_repeated(finder->unit, i) || is_damaged(finder, i)) {
        return score;
    }
    const bool in_source = is_in_source(finder, i);
    if (!in_source && fragment_finder_is_loan(finder, i)) {
        for (size_t l = 0; l <= FOREIGN_LANGUAGES; l++) {
            score->of[l] = -1;
        }
        return score;
    }
    score_word(finder, i, score);
    if (in_source) {
        add_source(finder, i, score);
    }
    return score;
}

/* ---- stretches ---- */

static float cost_of_mark(const struct token *token) {
    if (token->kind == TOKEN_NUMBER) {
        return -0.7F;
    }
    if (token->kind == TOKEN_MARK) {
        switch (token->mark) {
        case '.':
        case '!':
        case '?':
            return -2;
        case MARK_DOUBLE:
        case MARK_DOUBLE_OPENING:
        case MARK_DOUBLE_CLOSING:
            return -1.5F; /* who quotes begins anew */
        case '(':
        case ')':
        case '[':
        case ']':
        case ':':
            return -0.5F;
        default:
            break;
        }
    }
    return -0.2F;
}

/* Goes from `from` on in steps of `step` and answers the greatest sum and where it is reached. */
static float grow(struct fragment_finder *finder, size_t from, int step, size_t language,
                  size_t *reached) {
    const struct unit *unit = finder->unit;
    float sum = 0;
    float greatest = 0;
    size_t at = from;
    for (int n = 0; n < REACH; n++) {
        if (step < 0 ? at <= finder->done || (unit->tokens[at].flags & TOKEN_LINE_BEFORE) != 0
                     : at + 1 >= unit->n_tokens ||
                           (unit->tokens[at + 1].flags & TOKEN_LINE_BEFORE) != 0) {
            break;
        }
        at = step < 0 ? at - 1 : at + 1;
        const struct fragment_score *score = score_of(finder, at);
        sum += score->is_word ? score->of[language] : cost_of_mark(&unit->tokens[at]);
        if (sum > greatest) {
            greatest = sum;
            *reached = at;
        }
        if (sum < greatest - GIVE_UP) {
            break;
        }
    }
    return greatest;
}

static bool is_possible(const struct fragment_finder *finder, size_t i, bool of_unknown) {
    const struct token *token = &finder->unit->tokens[i];
    if (token->kind != TOKEN_WORD) {
        return false;
    }
    if (token->form != FORM_NONE) {
        return foreign_has_bit(finder->foreign.possible, token->form);
    }
    const char *text = unit_token_text(finder->unit, token);
    return case_of(finder, token) == CASE_LOWER ||
           (token->letter_case == CASE_TITLE &&
            (of_unknown || foreign_is_listed(&finder->foreign, text, token->len)));
}

/* Whether a word within two steps may add to the seed's score. */
static bool has_company(const struct fragment_finder *finder, size_t i) {
    const size_t n = finder->unit->n_tokens;
    const bool unknown = finder->unit->tokens[i].form == FORM_NONE;
    return (i > 0 && is_possible(finder, i - 1, unknown)) ||
           (i + 1 < n && is_possible(finder, i + 1, unknown)) ||
           (i > 1 && is_possible(finder, i - 2, unknown)) ||
           (i + 2 < n && is_possible(finder, i + 2, unknown));
}

/* Unknown here, or a name that stands in small letters. */
static bool is_no_word_here(const struct fragment_finder *finder, const struct token *token) {
    return token->kind == TOKEN_WORD &&
           (token->form == FORM_NONE || (token->letter_case == CASE_LOWER &&
                                         token->form >= pack_n_lower_forms(finder->foreign.pack)));
}

static bool has_unknown(const struct fragment_finder *finder, const struct fragment *fragment) {
    for (size_t i = fragment->first; i < fragment->end; i++) {
        const struct token *token = &finder->unit->tokens[i];
        if (is_no_word_here(finder, token)) {
            return true;
        }
    }
    return false;
}

static bool has_core(struct fragment_finder *finder, const struct fragment *fragment) {
    enum { NAMES = 3 };
    float core = 0;
    size_t n_names = 0;
    for (size_t i = fragment->first; i < fragment->end; i++) {
        n_names += is_capital(finder, &finder->unit->tokens[i]);
    }
    for (size_t i = fragment->first; i < fragment->end; i++) {
        const struct token *token = &finder->unit->tokens[i];
        const struct fragment_score *score = score_of(finder, i);
        if ((n_names >= NAMES &&
             utf8_count(unit_token_text(finder->unit, token), token->len) == 1) ||
            (fragment->n_words == 2 && token->len == 1)) {
            continue; /* "Melanes á Rauðasandur, Hótel Flókalund" */
        }
        if (score->is_word && (score->core >> fragment->language & 1) != 0 &&
            score->of[fragment->language] > 0) {
            core += score->of[fragment->language];
        }
    }
    return core >= LEAST_CORE;
}

static bool is_unknown_name(const struct unit *unit, size_t i) {
    const struct token *token = &unit->tokens[i];
    return i < unit->n_tokens && token->kind == TOKEN_WORD && token->letter_case == CASE_TITLE &&
           token->form == FORM_NONE &&
           (token->flags & (TOKEN_LINE_BEFORE | TOKEN_SENTENCE_START)) == 0;
}

/* Names behind a word that cannot end a phrase: "con [Maxis]". */
static void take_names(const struct fragment_finder *finder, struct fragment *fragment) {
    enum { NAMES = 3 };
    const struct unit *unit = finder->unit;
    const struct token *last = &unit->tokens[fragment->end - 1];
    if (!is_unknown_name(unit, fragment->end) || case_of(finder, last) != CASE_LOWER ||
        fragment->language >= FOREIGN_LANGUAGES) {
        return;
    }
    struct foreign_evidence evidence;
    foreign_weigh(&finder->foreign, unit_token_text(unit, last), last->len, last->form, &evidence);
    if (evidence.zipf_of[fragment->language] < FUNCTION_THERE) {
        return;
    }
    for (size_t n = 0; n < NAMES && is_unknown_name(unit, fragment->end); n++) {
        fragment->end++;
    }
}

/* What a word says for every language, not bounded as its score is: here it only chooses between
 * languages. */
static void add_languages(const struct fragment_finder *finder, size_t i,
                          struct fragment_languages *languages) {
    const struct token *token = &finder->unit->tokens[i];
    struct foreign_evidence evidence;
    foreign_weigh(&finder->foreign, unit_token_text(finder->unit, token), token->len, token->form,
                  &evidence);
    for (size_t l = 0; l < finder->foreign.head->n_languages; l++) {
        languages->sum[l] += clamp(evidence.of[l], LANGUAGE_MIN, LANGUAGE_MAX);
        if ((evidence.listed >> l & 1) != 0) {
            languages->n_listed[l]++;
        }
    }
}

static void count_words(struct fragment_finder *finder, struct fragment *fragment) {
    float most = 0;
    for (size_t i = fragment->first; i < fragment->end; i++) {
        const struct fragment_score *score = score_of(finder, i);
        const float speaks = score->is_word ? score->of[fragment->language] : 0;
        fragment->n_words += finder->unit->tokens[i].kind == TOKEN_WORD;
        fragment->n_telling += speaks >= TELLING;
        if (speaks > most) {
            most = speaks;
            fragment->telling = i;
        }
    }
}

/* Whether the fragment's telling word is one that its language uses all the time. */
static bool tells_certainly(const struct fragment_finder *finder, const struct fragment *fragment) {
    const struct token *telling = &finder->unit->tokens[fragment->telling];
    const size_t language = fragment->language;
    struct foreign_evidence evidence;
    foreign_weigh(&finder->foreign, unit_token_text(finder->unit, telling), telling->len,
                  telling->form, &evidence);
    return language < FOREIGN_LANGUAGES &&
           ((telling->len >= LONG_FUNCTION && evidence.zipf_of[language] >= FUNCTION_THERE) ||
            (fragment->n_words > 1 && (evidence.listed >> language & 1) != 0 &&
             evidence.of[language] >= CERTAIN));
}

/* Whether the token is a word that this language uses between all others. */
static bool is_own_function(const struct fragment_finder *finder, size_t i) {
    const struct token *token = &finder->unit->tokens[i];
    return token->kind != TOKEN_WORD ||
           (token->form != FORM_NONE &&
            (pack_facts(finder->foreign.pack, token->form)->classes & CLASS_FUNCTION) != 0);
}

/* Leaves this language's small words at the ends of what one word tells, when that word is not even
 * on the list of the language: they go with it by chance ("[a] vrio"). */
static void trim(struct fragment_finder *finder, struct fragment *fragment) {
    const uint64_t listed = score_of(finder, fragment->telling)->listed;
    if (fragment->n_telling > 1 || fragment->language >= FOREIGN_LANGUAGES ||
        (listed >> fragment->language & 1) != 0) {
        return;
    }
    while (fragment->first < fragment->telling && is_own_function(finder, fragment->first)) {
        fragment->first++;
    }
    while (fragment->end - 1 > fragment->telling && is_own_function(finder, fragment->end - 1)) {
        fragment->end--;
    }
    fragment->n_words = fragment->n_telling = 0;
    count_words(finder, fragment);
}

/* What the fragment's score must be. */
static float least_of(struct fragment_finder *finder, const struct fragment *fragment) {
    const bool unknown = has_unknown(finder, fragment);
    if (fragment->n_words > 1) {
        return unknown ? LEAST_SCORE : LEAST_KNOWN;
    }
    const struct unit *unit = finder->unit;
    const size_t word = fragment->telling;
    const uint64_t listed = score_of(finder, word)->listed;
    const bool in_name = word > 0 && word + 1 < unit->n_tokens &&
                         is_name(finder, &unit->tokens[word - 1]) &&
                         is_name(finder, &unit->tokens[word + 1]);
    const bool joined = (unit->tokens[word].flags & (TOKEN_HYPHEN | TOKEN_APOSTROPHE)) != 0;
    return unknown && !joined && !in_name && fragment->language < FOREIGN_LANGUAGES &&
                   (listed >> fragment->language & 1) != 0
               ? LEAST_LISTED
               : LEAST_ALONE;
}

/* The best stretch around the seed. */
static bool find_stretch(struct fragment_finder *finder, size_t seed, struct fragment *fragment) {
    const size_t n_languages = finder->foreign.head->n_languages;
    /* The score's place may be taken by another token's while the stretch grows. */
    const struct fragment_score base = *score_of(finder, seed);
    fragment->score = -FLT_MAX;
    for (size_t l = 0; l <= n_languages; l++) {
        const size_t language = l < n_languages ? l : FRAGMENT_UNKNOWN;
        if (base.of[language] <= 0) {
            continue;
        }
        size_t first = seed;
        size_t last = seed;
        const float sum = base.of[language] + grow(finder, seed, 1, language, &last) +
                          grow(finder, seed, -1, language, &first);
        if (sum > fragment->score) {
            *fragment = (struct fragment){
                .first = first, .end = last + 1, .language = language, .score = sum};
        }
    }
    if (fragment->score <= 0) {
        return false;
    }
    take_names(finder, fragment);
    count_words(finder, fragment);
    const float least = least_of(finder, fragment);
    if (fragment->score < least || !has_core(finder, fragment)) {
        return false;
    }
    trim(finder, fragment);
    for (size_t i = fragment->first; i < fragment->end; i++) {
        const struct fragment_score *score = score_of(finder, i);
        if (score->is_word && score->of[fragment->language] > 0) {
            add_languages(finder, i, &fragment->languages);
        }
    }
    fragment->is_certain = tells_certainly(finder, fragment);
    fragment->tells_by_list =
        fragment->language < FOREIGN_LANGUAGES &&
        (score_of(finder, fragment->telling)->listed >> fragment->language & 1) != 0;
    fragment->is_set_off = fragment_is_set_off(finder, fragment);
    return true;
}

/* ---- seeds ---- */

static inline bool is_known_seed(const struct foreign *foreign, const struct token *token) {
    return token->kind == TOKEN_WORD && token->form < foreign->head->n_forms &&
           foreign_has_bit(foreign->seeds, token->form) && token->letter_case == CASE_LOWER;
}

/* How a line is written. */
static enum fragment_line read_line(const struct unit *unit) {
    enum { LEAST = 3, LONGEST = 20, SMALL_WORD = 3 };
    size_t n_titles = 0;
    size_t n_capitals = 0;
    size_t n_small = 0;
    for (size_t i = 0; i < unit->n_tokens; i++) {
        const struct token *token = &unit->tokens[i];
        if (token->kind != TOKEN_WORD || token->len == 1) {
            continue;
        }
        if (token->letter_case == CASE_UPPER) {
            n_capitals++;
        } else if (token->letter_case == CASE_TITLE) {
            n_titles++;
        } else if (token->len > SMALL_WORD) {
            return FRAGMENT_LINE_USUAL;
        } else {
            n_small++;
        }
    }
    if (n_capitals >= LEAST && n_titles + n_small == 0) {
        return FRAGMENT_LINE_SHOUTED;
    }
    return n_titles > LEAST && unit->n_tokens <= LONGEST ? FRAGMENT_LINE_TITLED
                                                         : FRAGMENT_LINE_USUAL;
}

bool unit_has_seeds(const struct foreign *foreign, const struct unit *unit) {
    bool capitals = false;
    for (size_t i = 0; i < unit->n_unknown; i++) {
        const struct token *token = &unit->tokens[unit->unknown[i]];
        if (token->letter_case == CASE_LOWER) {
            return true;
        }
        capitals |= token->letter_case == CASE_UPPER || token->letter_case == CASE_TITLE;
    }
    if (capitals && read_line(unit) != FRAGMENT_LINE_USUAL) {
        return true;
    }
    for (size_t i = 0; (unit->signs & SIGN_SEED) != 0 && i < unit->n_noted; i++) {
        if (is_known_seed(foreign, &unit->tokens[unit->noted[i].token])) {
            return true;
        }
    }
    return false;
}

/* The next token from finder->at on that may be a seed: an unknown word, or one with the sign. */
static size_t next_seed(struct fragment_finder *finder) {
    const struct unit *unit = finder->unit;
    size_t next = unit->n_tokens;
    while (finder->next_unknown < unit->n_unknown &&
           unit->unknown[finder->next_unknown] < finder->at) {
        finder->next_unknown++;
    }
    while (finder->next_noted < unit->n_noted &&
           (unit->noted[finder->next_noted].token < finder->at ||
            (unit->noted[finder->next_noted].signs & SIGN_SEED) == 0)) {
        finder->next_noted++;
    }
    if (finder->next_unknown < unit->n_unknown) {
        next = unit->unknown[finder->next_unknown];
    }
    if (finder->next_noted < unit->n_noted && unit->noted[finder->next_noted].token < next) {
        next = unit->noted[finder->next_noted].token;
    }
    return next;
}

/* Whether the search pays: an unknown word with company or on some list, or a known seed with
 * company. */
static bool is_worth_it(struct fragment_finder *finder, size_t i) {
    const struct token *token = &finder->unit->tokens[i];
    if (token->kind != TOKEN_WORD || case_of(finder, token) != CASE_LOWER) {
        return false;
    }
    if (token->form != FORM_NONE) {
        return foreign_has_bit(finder->foreign.seeds, token->form) &&
               (has_company(finder, i) || is_in_source(finder, i) ||
                token->form >= pack_n_lower_forms(finder->foreign.pack) ||
                (fragment_finder_kinds(finder, i) & FOREIGN_SMALL) != 0);
    }
    return is_scored(token) &&
           (token->len >= LONG_ALONE || has_company(finder, i) || is_in_source(finder, i) ||
            foreign_is_listed(&finder->foreign, unit_token_text(finder->unit, token), token->len));
}

void fragment_finder_start(struct fragment_finder *finder, const struct unit *unit) {
    finder->unit = unit;
    finder->at = 0;
    finder->done = 0;
    finder->next_unknown = 0;
    finder->next_noted = 0;
    finder->has_runs = false;
    finder->line = read_line(unit);
    finder->turn++;
}

/* Whether the fragment is all of the unit but a word or two: a headline's names look like words of
 * somewhere. */
static bool is_all(const struct unit *unit, const struct fragment *fragment) {
    enum { NAMES = 2 };
    return fragment->language < FOREIGN_LANGUAGES &&
           fragment->languages.n_listed[fragment->language] * 2U > fragment->n_words &&
           fragment->n_words + NAMES >= unit->n_tokens - unit->n_marks;
}

bool fragment_finder_next(struct fragment_finder *finder, struct fragment *fragment) {
    const struct unit *unit = finder->unit;
    for (;; finder->at++) {
        finder->at = next_seed(finder);
        if (finder->at >= unit->n_tokens) {
            return false;
        }
        if (!is_worth_it(finder, finder->at)) {
            continue;
        }
        *fragment = (struct fragment){.n_words = 0};
        if (find_stretch(finder, finder->at, fragment) &&
            (finder->line != FRAGMENT_LINE_TITLED || fragment->score >= LEAST_TITLED ||
             is_all(unit, fragment))) {
            finder->at = fragment->end;
            finder->done = fragment->end;
            return true;
        }
    }
}
