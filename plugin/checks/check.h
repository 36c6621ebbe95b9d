/*
 * What a check is, and all that it may do: look at prepared units, remember what it needs, report.
 * A check never parses, never reads a file, never writes a report.
 */
#ifndef GALLEY_CHECKS_CHECK_H
#define GALLEY_CHECKS_CHECK_H

#include "language/pack.h"
#include "text/unit.h"

struct analysis;  /* analysis/analysis.h: who is spoken of in the document */
struct bilingual; /* bilingual/bilingual.h: a unit beside its source */
struct check;
struct spelling;    /* language/spelling.h: dictionary, user words, suggestions */
struct house_style; /* style/house_style.h: the rules of the settings */

/* One check at work on one document. */
struct check_run {
    const struct check *check;
    const struct pack *pack;
    const struct spelling *spelling;
    const struct house_style *style;
    struct analysis *analysis;         /* NULL unless the check asks for it */
    const struct bilingual *bilingual; /* both sides of the unit; NULL unless it reads the source */
    struct galley_document *document;
    struct arena *arena; /* what is taken from it lives as long as the state */
    void *state;         /* state_size bytes, zeroed before a section's first unit */
};

/* A check's constant description. `unit` is called for every unit in order while its tokens are in
 * the cache, `document` once behind the last; either may be NULL. Both must be linear in the text.
 * They answer GALLEY_ERROR_MEMORY when there is none, and stop the document with it.
 *
 * A long document is read in sections (base/limits.h): behind each, `document` is called, and
 * the state begins anew. A check that spans sections keeps its state, which must not grow with the
 * text without a bound, and is asked once. */
struct check {
    const char *name;         /* of DESIGN: "spelling" */
    const char *its_type;     /* ITS 2.0, section 8.17: locQualityIssueType */
    const char *mqm;          /* "dimension/type" of MQM 2.0 */
    const char *summary;      /* one line for lists of checks */
    const char *explanation;  /* a few sentences for editors: what, why, an example, what not */
    galley_severity severity; /* what it usually reports at */
    bool needs_source;        /* speaks only where a unit has its source text */
    bool uses_source; /* speaks of other units, too, but reads the source where there is one */
    bool needs_analysis;
    bool spans_sections;
    const char
        *covers; /* checks whose issues inside one of this check's are dropped: "spelling,…" */
    size_t state_size;
    galley_status (*unit)(struct check_run *run, const struct unit *unit);
    galley_status (*document)(struct check_run *run);
};

struct issue;

/* Adds an issue. The message is one sentence for an editor, formatted as by printf. Writes the
 * issue to *issue for suggestions and related places; *issue is NULL when the document has as many
 * as it may have (LIMIT_ISSUES), which the functions below take. `issue` may be NULL. */
galley_status check_report(struct check_run *run, struct span span, galley_severity severity,
                           struct issue **issue, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds what to put in the place of the issue's text; the best first. Copied. At most
 * LIMIT_SUGGESTIONS are kept, and none twice. */
galley_status check_suggest(struct check_run *run, struct issue *issue, const char *text,
                            size_t len);

/* Adds a place that shows why. At most LIMIT_RELATED are kept. */
galley_status check_relate(struct check_run *run, struct issue *issue, struct span span,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a warning for whoever runs the check: not a defect of the text. */
galley_status check_warn(struct check_run *run, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What the pack knows of a word; NULL for what is no word, or one that it does not have. */
static inline const struct form_facts *check_facts(const struct check_run *run,
                                                   const struct token *token) {
    return token->kind == TOKEN_WORD && token->form != FORM_NONE
               ? pack_facts(run->pack, token->form)
               : NULL;
}

/* Whether the token is a word of one of the classes, or can be one of the parts of speech. */
static inline bool check_has_class(const struct check_run *run, const struct token *token,
                                   uint32_t classes) {
    const struct form_facts *facts = check_facts(run, token);
    return facts != NULL && (facts->classes & classes) != 0;
}

static inline bool check_has_part(const struct check_run *run, const struct token *token,
                                  uint32_t parts) {
    const struct form_facts *facts = check_facts(run, token);
    return facts != NULL && (facts->parts & parts) != 0;
}

/* The word at `place` (from 0) of a list of pack.ini, with blanks between; empty where it is
 * shorter.
 */
galley_string check_word_of_list(galley_string list, int place);

/* Whether a personal or project word list, or an inline comment, names this word. */
bool check_is_user_word(const struct check_run *run, const char *word, size_t len);

/* Drops the issues in the span of the checks that this one covers, and says nothing itself: what
 * stands there is strange and right, such as a foreign word that the text explains. */
galley_status check_excuse(struct check_run *run, struct span span);

/* Drops the issues of all other checks, in this document: it is not what they are made for, such
 * as a whole story in another language. */
void check_silence_others(struct check_run *run);

#endif
