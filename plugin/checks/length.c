/*
 * length: a text that is too long for the place that the file declares for it, or far longer or
 * shorter than its source makes expect.
 *
 * Not reported: short texts, whose lengths say nothing; what is in the range of translations.
 *
 * The rule: a declared maximum (XLIFF maxwidth and maxbytes, ITS storage size) is exact. Beyond it,
 * the length is held against the usual ratio of the two languages
 * (dictionaries/numbers/languages.tsv), which the document's own texts correct.
 */
#include "checks/check.h"

#include "bilingual/bilingual.h"
#include "libraries/icu.h"
#include "text/utf8.h"

enum {
    EXPECTED_MIN = 40,      /* characters; what is shorter may be much longer or shorter */
    PRIOR_CHARACTERS = 1000 /* so much text the languages' usual ratio weighs as */
};

/* Times the expected length. Professional translations of news stay within 0.75 and 1.35. */
static const double TOO_LONG = 2;
static const double TOO_SHORT = 0.45;

struct state {
    double source_len, target_len; /* characters of the document so far */
};

/* ---- what the file declares ---- */

static size_t count_line_breaks(const char *text, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        n += text[i] == '\n';
    }
    return n;
}

/* Bytes of the text in the encoding that it is to be stored in; SIZE_MAX for one that ICU has not.
 */
static size_t stored_len(const struct unit_limit *limit, const char *text, size_t len) {
    const size_t more = limit->crlf ? count_line_breaks(text, len) : 0;
    if (limit->encoding == NULL) {
        return len + more;
    }
    UErrorCode status = U_ZERO_ERROR;
    if (!library_load(LIBRARY_ICU)) {
        return SIZE_MAX;
    }
    const int32_t n = ucnv_convert(limit->encoding, "UTF-8", NULL, 0, text, (int32_t)len, &status);
    UErrorCode of_break = U_ZERO_ERROR;
    const int32_t carriage = ucnv_convert(limit->encoding, "UTF-8", NULL, 0, "\r", 1, &of_break);
    return U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR
               ? SIZE_MAX
               : (size_t)n + more * (size_t)carriage;
}

static galley_status check_limit(struct check_run *run, const struct unit *unit,
                                 const struct unit_limit *limit) {
    const char *text = unit->text + limit->begin;
    const size_t len = limit->end - limit->begin;
    galley_status status = GALLEY_OK;
    if (limit->max_characters > 0 && len > limit->max_characters) {
        const size_t n = utf8_count(text, len);
        if (n > limit->max_characters) {
            status =
                check_report(run, unit_span(unit, limit->begin, limit->end), GALLEY_MAJOR, NULL,
                             "%zu characters, and the file allows %zu", n, limit->max_characters);
        }
    }
    if (limit->max_bytes > 0 && status == GALLEY_OK) {
        const size_t n = stored_len(limit, text, len);
        if (n != SIZE_MAX && n > limit->max_bytes) {
            status =
                check_report(run, unit_span(unit, limit->begin, limit->end), GALLEY_MAJOR, NULL,
                             "%zu bytes in %s, and the file allows %zu", n,
                             limit->encoding == NULL ? "UTF-8" : limit->encoding, limit->max_bytes);
        }
    }
    return status;
}

static galley_status check_declared(struct check_run *run, const struct unit *unit) {
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < unit->n_limits && status == GALLEY_OK; i++) {
        status = check_limit(run, unit, &unit->limits[i]);
    }
    return status;
}

/* ---- what the source makes expect ---- */

static galley_status check_ratio(struct check_run *run, const struct unit *unit) {
    struct state *state = run->state;
    const double source_len =
        bilingual_length(run->bilingual, &run->bilingual->source, unit->source, unit->source_len);
    const double found = (double)utf8_count(unit->text, unit->len);
    const double usual = bilingual_length_ratio(run->bilingual);
    const double ratio =
        (state->target_len + usual * PRIOR_CHARACTERS) / (state->source_len + PRIOR_CHARACTERS);
    const double expected = source_len * ratio;
    const bool is_long = found > EXPECTED_MIN && found > expected * TOO_LONG + EXPECTED_MIN / 2.0;
    const bool is_short = expected > EXPECTED_MIN && found < expected * TOO_SHORT;
    if (!is_long && !is_short) {
        state->source_len += source_len;
        state->target_len += found;
        return GALLEY_OK;
    }
    return check_report(run, unit_span(unit, 0, unit->len), run->check->severity, NULL,
                        "%zu characters, where translations of this source have about %zu",
                        (size_t)found, (size_t)(expected + 0.5));
}

static galley_status check_unit(struct check_run *run, const struct unit *unit) {
    galley_status status = check_declared(run, unit);
    if (status == GALLEY_OK && unit->source != NULL) {
        status = check_ratio(run, unit);
    }
    return status;
}

const struct check check_length = {
    .name = "length",
    .its_type = "length",
    .mqm = "design-and-markup/length",
    .summary = "texts that are too long for their place, or for their source",
    .explanation = "A text with more characters or bytes than the file declares for it (XLIFF "
                   "maxwidth, ITS storage size: major), and one that is more than twice or less "
                   "than half as long as its source makes expect (minor).",
    .severity = GALLEY_MINOR,
    .uses_source = true,
    .state_size = sizeof(struct state),
    .unit = check_unit,
};
