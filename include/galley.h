/*
 * galley: a proofreader of machine-translated news, as a library.
 *
 * This header is the whole public interface and its manual. The sections read in order:
 *
 *     1. Strings, status, errors      5. Writing reports
 *     2. Settings                     6. Writing the document back
 *     3. Engines                      7. Loading at run time
 *     4. Checking a document
 *
 * In one breath:
 *
 *     galley_settings *settings;
 *     galley_engine *engine;
 *     galley_document *document;
 *     galley_error error = {.size = sizeof error};
 *
 *     galley_settings_create(NULL, &settings);
 *     galley_engine_create(settings, &engine, &error);
 *     galley_input input = {.size = sizeof input, .data = text, .data_len = text_len};
 *     galley_check(engine, &input, &document, &error);
 *     for (size_t i = 0; i < galley_document_n_issues(document); i++) {
 *         galley_issue issue = {.size = sizeof issue};
 *         galley_document_issue(document, i, &issue);
 *         ...
 *     }
 *     galley_document_destroy(document);
 *     galley_engine_destroy(engine);
 *     galley_settings_destroy(settings);
 *
 * Rules that hold for every function:
 *
 *   - Text is UTF-8. A string is a pointer and a length in bytes; strings that the library hands
 *     out also end in a NUL byte, strings handed in need not.
 *   - Lengths and offsets are bytes, lines and columns are 1-based, columns count code points.
 *   - A structure that crosses the interface begins with its size, set by the caller to the
 *     sizeof of its own header, so that old hosts work with new libraries and the other way round.
 *   - A function that can fail answers a galley_status; GALLEY_OK is 0. Outputs are written only
 *     on GALLEY_OK. A NULL pointer where one is needed is GALLEY_ERROR_ARGUMENT, never a crash.
 *   - `create` makes, `destroy` frees; a destroyer takes NULL.
 *   - An engine never changes after it was made: any number of threads may check documents with
 *     one engine at once. Settings, documents and reports belong to one thread at a time.
 *   - The library does not print, exit, install signal handlers, start threads or touch the
 *     locale; a callback is only called during the call that it was given to.
 */
#ifndef GALLEY_H
#define GALLEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define GALLEY_API __declspec(dllexport)
#elif defined(__GNUC__)
#define GALLEY_API __attribute__((visibility("default")))
#else
#define GALLEY_API
#endif

/* The number of this interface. It grows when a function or field is added (at the end), and the
 * library's soname changes when one is removed. */
#define GALLEY_ABI 1

/* ------------------------------------------------------------------------------------------ */
/* 1. Strings, status, errors                                                                  */

typedef struct galley_string {
    const char *data; /* UTF-8, never NULL when the library hands it out */
    size_t len;       /* bytes, without the closing NUL */
} galley_string;

typedef enum galley_status {
    GALLEY_OK = 0,
    GALLEY_ERROR_MEMORY = 1,     /* an allocation failed */
    GALLEY_ERROR_ARGUMENT = 2,   /* NULL, a size too small, a value that is not one of the listed */
    GALLEY_ERROR_ENCODING = 3,   /* bytes that the declared or detected encoding does not allow */
    GALLEY_ERROR_FORMAT = 4,     /* a document that is broken in its own format */
    GALLEY_ERROR_SETTINGS = 5,   /* unknown key, or a value that the key does not take */
    GALLEY_ERROR_DICTIONARY = 6, /* a language pack or dictionary that is missing or damaged */
    GALLEY_ERROR_UNSUPPORTED = 7, /* a format, report or language that this library does not have */
    GALLEY_ERROR_LIMIT = 8,       /* a document larger or deeper than the limits (docs/limits.md) */
    GALLEY_ERROR_WRITE = 9        /* the caller's write function did not take the bytes */
} galley_status;

/* What went wrong, in words. The caller owns it and sets `size`; functions that take one fill it
 * when they fail and leave it alone when they do not. May be NULL wherever it is taken. */
typedef struct galley_error {
    size_t size;
    galley_status status;
    size_t offset;     /* byte of the input where it went wrong, or 0 */
    size_t line;       /* 1-based line of the input or settings file, or 0 where there is none */
    char message[480]; /* one sentence in English, UTF-8, NUL-terminated, cut at a code point */
} galley_error;

/* A word for the status, such as "encoding". Static; never NULL. */
GALLEY_API const char *galley_status_name(galley_status status);

/* The library's version, such as "0.1.0". Static. */
GALLEY_API const char *galley_version(void);

/* MQM 2.0 severities, with penalties 0, 1, 5 and 25 (https://themqm.org/). */
typedef enum galley_severity {
    GALLEY_NEUTRAL = 0,
    GALLEY_MINOR = 1,
    GALLEY_MAJOR = 2,
    GALLEY_CRITICAL = 3
} galley_severity;

/* "neutral", "minor", "major" or "critical". Static; "unknown" for any other number. */
GALLEY_API const char *galley_severity_name(galley_severity severity);

/* Where memory comes from. `allocate` has realloc's contract, except that a new size of 0 frees
 * and answers NULL; it may be called from any thread that uses the engine. */
typedef struct galley_allocator {
    size_t size;
    void *(*allocate)(void *context, void *old, size_t new_size);
    void *context;
} galley_allocator;

/* ------------------------------------------------------------------------------------------ */
/* 2. Settings                                                                                 */

/* Keys and values, as in a settings file. docs/settings.md lists every key; a few:
 *
 *     language            BCP 47 tag of the text; default "en"
 *     source-language     BCP 47 tag of what it was translated from; default unknown
 *     dictionary-path     directories to look for language packs in, separated by ':'
 *     only, disable       names of checks, separated by ','
 *     severity.CHECK      neutral, minor, major or critical
 *     fail-on             the severity that shuts the gate; default "major"
 *     min-score           the score below which the gate shuts; default "0"
 */
typedef struct galley_settings galley_settings;

/* Makes settings with every key at its default. `allocator` may be NULL (malloc); it is copied,
 * and used by everything that is made from these settings. */
GALLEY_API galley_status galley_settings_create(const galley_allocator *allocator,
                                                galley_settings **settings);

/* Sets one key. Fails with GALLEY_ERROR_SETTINGS for a key or value it does not know; the message
 * then names the nearest known one. Key and value are copied. */
GALLEY_API galley_status galley_settings_set(galley_settings *settings, const char *key,
                                             size_t key_len, const char *value, size_t value_len,
                                             galley_error *error);

/* Reads a key's value as it stands. The string belongs to the settings, until the next set. */
GALLEY_API galley_status galley_settings_get(const galley_settings *settings, const char *key,
                                             size_t key_len, galley_string *value);

GALLEY_API void galley_settings_destroy(galley_settings *settings);

/* A key that there is. All strings are static. */
typedef struct galley_setting_key {
    size_t size;
    const char *name; /* such as "language"; ends in a dot where something of the user's follows */
    const char *variable; /* what follows the dot, such as "CHECK"; else "" */
    const char *value;    /* the default */
    const char *takes;    /* what values it takes, in words, such as "“yes” or “no”" */
} galley_setting_key;

/* The keys in the order of their names. */
GALLEY_API size_t galley_settings_n_keys(void);
GALLEY_API galley_status galley_settings_key(size_t index, galley_setting_key *key);

/* A language that documents can be checked in: a pack's, or one of the spelling standards that it
 * knows. */
typedef struct galley_language {
    size_t size;
    galley_string tag;  /* BCP 47, such as "en" or "en-GB": a value for the key "language" */
    galley_string name; /* in English, such as "English (United Kingdom)" */
} galley_language;

/* Takes one language; its strings are gone when it returns. */
typedef void (*galley_language_visit)(void *context, const galley_language *language);

/* Calls `visit` for every language of the packs that these settings find: a pack's own first, then
 * its standards; packs in the order of their tags. A damaged pack is left out. */
GALLEY_API galley_status galley_settings_languages(const galley_settings *settings,
                                                   galley_language_visit visit, void *context);

/* ------------------------------------------------------------------------------------------ */
/* 3. Engines                                                                                  */

typedef struct galley_engine galley_engine;

/* Builds an engine: maps the language pack and decides what to check. The settings may be changed
 * or destroyed afterwards. */
GALLEY_API galley_status galley_engine_create(const galley_settings *settings,
                                              galley_engine **engine, galley_error *error);

/* Documents made by the engine must be destroyed first. */
GALLEY_API void galley_engine_destroy(galley_engine *engine);

/* What a check is. All strings are static. */
typedef struct galley_check_info {
    size_t size;
    const char *name;        /* such as "spelling" */
    const char *its_type;    /* ITS 2.0 localization quality issue type, such as "misspelling" */
    const char *mqm;         /* MQM dimension and type, such as "linguistic-conventions/spelling" */
    const char *summary;     /* one line of English */
    const char *explanation; /* a few sentences for editors, or "" */
    galley_severity severity; /* the usual one, before settings */
    bool enabled;             /* by this engine's settings */
} galley_check_info;

GALLEY_API size_t galley_engine_n_checks(const galley_engine *engine);
GALLEY_API galley_status galley_engine_check_info(const galley_engine *engine, size_t index,
                                                  galley_check_info *info);

/* A waiver of the settings `ignore` and `baseline` (docs/waivers.md). A host that adds up which of
 * them its documents' issues name in `waiver_index` knows which are no longer needed. */
typedef struct galley_waiver {
    size_t size;
    galley_string origin; /* "FILE:LINE" */
    galley_string text;   /* the text that it waives, or empty for any */
    galley_string reason;
    bool baseline; /* from the baseline */
    bool expired;  /* past its last day */
} galley_waiver;

GALLEY_API size_t galley_engine_n_waivers(const galley_engine *engine);
GALLEY_API galley_status galley_engine_waiver(const galley_engine *engine, size_t index,
                                              galley_waiver *waiver);

/* ------------------------------------------------------------------------------------------ */
/* 4. Checking a document                                                                      */

/* One document. Only `size`, `data` and `data_len` are needed; the other pointers may be NULL. */
typedef struct galley_input {
    size_t size;
    const char *data; /* the bytes as they stand in the file; may be NULL when data_len is 0 */
    size_t data_len;
    bool copy;            /* false: the bytes stay where they are, unchanged, until the document is
                             destroyed; true: the library takes a copy */
    const char *uri;      /* a name for messages and reports; NUL-terminated, copied */
    const char *format;   /* "text", ...; NULL: found from the content and the uri's ending */
    /* An IANA charset name. NULL: by byte order mark; else what the document declares (in its XML
     * declaration, a meta element of HTML, the header of a PO file), unless it is valid UTF-8
     * beyond ASCII; else UTF-8. */
    const char *encoding;
    const char *language; /* BCP 47; NULL: the engine's */

    /* What the text was translated from, for the checks that compare them (docs/bilingual.md):
     * plain UTF-8 with a paragraph for each of the document's, as its format divides it; NULL:
     * none, or in the document itself, as in XLIFF. When the numbers of paragraphs differ, nothing
     * is compared, and a warning says so. Need not live longer than the call. */
    const char *source;
    size_t source_len;
    const char *source_language; /* BCP 47; NULL: the setting, what the document says, or a guess */

    /* NULL, or what is told, while galley_check runs, that bytes [begin, end) of the data have been
     * read and will hardly be read soon. They must stay as they are; but a host that mapped a file
     * may give their pages back (madvise, MADV_DONTNEED), so that a large one does not fill the
     * memory. */
    void (*passed)(void *context, size_t begin, size_t end);
    void *passed_context;
} galley_input;

typedef struct galley_document galley_document;

/* Reads and checks one document. Thread-safe on the engine. On success the caller owns
 * *document. */
GALLEY_API galley_status galley_check(const galley_engine *engine, const galley_input *input,
                                      galley_document **document, galley_error *error);

GALLEY_API void galley_document_destroy(galley_document *document);

typedef enum galley_verdict {
    GALLEY_PASS = 0,   /* nothing that counts was found */
    GALLEY_REVIEW = 1, /* issues, but none that shuts the gate */
    GALLEY_FAIL = 2    /* the gate is shut */
} galley_verdict;

/* "pass", "review" or "fail". Static; "unknown" for any other number. */
GALLEY_API const char *galley_verdict_name(galley_verdict verdict);

typedef struct galley_summary {
    size_t size;
    galley_string uri;
    galley_string language; /* BCP 47 */
    galley_string format;   /* the format it was read as */
    size_t n_words;
    size_t n_issues;
    size_t n_by_severity[4]; /* indexed by galley_severity */
    double score;            /* MQM quality score, 0 to 100: 100 (1 - penalties / words) */
    galley_verdict verdict;
    double penalty;       /* points of all issues: penalty of the severity x weight of the check */
    galley_string reason; /* why the gate is shut, such as "2 critical issues"; else empty */
    size_t n_waived;      /* of n_issues; n_by_severity, score and verdict leave them out */
    double untranslated;  /* percent of the words that were left in other languages, 0 to 100; 0
                             when the check of that name does not run */
} galley_summary;

GALLEY_API galley_status galley_document_summary(const galley_document *document,
                                                 galley_summary *summary);

/* A stretch of the document. */
typedef struct galley_place {
    size_t size;
    size_t offset, length; /* bytes of the input as given, whatever its encoding */
    size_t line, column;   /* of its first character; columns count code points */
    galley_string text;    /* what stands there, as UTF-8 */
    galley_string message; /* why it is named; empty for the place of an issue itself */
} galley_place;

/* One find. Strings belong to the document. */
typedef struct galley_issue {
    size_t size;
    const char *check;    /* "spelling", ...; static */
    const char *its_type; /* ITS 2.0 locQualityIssueType; static */
    galley_severity severity;
    size_t offset, length;
    size_t line, column;
    galley_string text;
    galley_string message; /* one sentence for an editor */
    size_t n_suggestions;
    size_t n_related;     /* other places that show why, such as an earlier mention of a speaker */
    bool waived;          /* somebody lets it pass: it counts neither for score nor gate */
    galley_string waiver; /* where the waiver stands, "FILE:LINE"; else empty */
    galley_string reason; /* why, in its author's words */
    size_t waiver_index;  /* of the engine's waivers; SIZE_MAX: none, or a mark in the document */
} galley_issue;

/* Issues are ordered by offset, then length, then check. */
GALLEY_API size_t galley_document_n_issues(const galley_document *document);
GALLEY_API galley_status galley_document_issue(const galley_document *document, size_t index,
                                               galley_issue *issue);

/* A suggestion is the text to put in place of the issue's; it may be empty (delete it). The best
 * one comes first. */
GALLEY_API galley_status galley_document_suggestion(const galley_document *document, size_t issue,
                                                    size_t index, galley_string *suggestion);
GALLEY_API galley_status galley_document_related(const galley_document *document, size_t issue,
                                                 size_t index, galley_place *place);

/* A warning is for whoever runs the check, not about the text: an ignore mark that waives nothing,
 * a waiver past its day, a pattern of the house style that took too long. Ordered by place. */
GALLEY_API size_t galley_document_n_warnings(const galley_document *document);
GALLEY_API galley_status galley_document_warning(const galley_document *document, size_t index,
                                                 galley_place *warning);

/* Who the document speaks of, for a view of who says what. Only with the setting `speakers`; else
 * there is nobody. */
typedef enum galley_gender {
    GALLEY_GENDER_UNKNOWN = 0, /* the text does not say, or says both */
    GALLEY_GENDER_MALE = 1,
    GALLEY_GENDER_FEMALE = 2
} galley_gender;

typedef enum galley_mention_kind {
    GALLEY_MENTION_NAME = 0,     /* "Sergei Lavrov", "Lavrov" */
    GALLEY_MENTION_ROLE = 1,     /* "the minister", "her husband" */
    GALLEY_MENTION_PRONOUN = 2,  /* "he", "herself" */
    GALLEY_MENTION_QUOTATION = 3 /* what the person says, with its marks */
} galley_mention_kind;

/* A person, by the fullest name or else the word that the text has. Strings belong to the
 * document. */
typedef struct galley_person {
    size_t size;
    galley_string name;
    galley_gender gender; /* what the text and the name say */
    double confidence;    /* of the gender, 0.5 to 1; 0 when it is unknown */
    size_t n_mentions;    /* names, roles and pronouns */
    size_t n_quotations;
} galley_person;

/* A place where a person is spoken of, or a quotation. */
typedef struct galley_mention {
    size_t size;
    galley_mention_kind kind;
    bool quoted;           /* inside quotation marks: somebody else's words */
    double confidence;     /* that the person is meant, 0 to 1 */
    size_t offset, length; /* bytes of the input as given */
    size_t line, column;
    galley_string text;
} galley_mention;

/* "unknown", "male" or "female"; "unknown" for any other number. Static. */
GALLEY_API const char *galley_gender_name(galley_gender gender);

/* People are ordered by their first mentions, and these by offset, like quotations. */
GALLEY_API size_t galley_document_n_people(const galley_document *document);
GALLEY_API galley_status galley_document_person(const galley_document *document, size_t index,
                                                galley_person *person);
GALLEY_API galley_status galley_document_mention(const galley_document *document, size_t person,
                                                 size_t index, galley_mention *mention);
GALLEY_API galley_status galley_document_quotation(const galley_document *document, size_t person,
                                                   size_t index, galley_mention *quotation);

/* ------------------------------------------------------------------------------------------ */
/* 5. Writing reports                                                                          */

/* Takes the next bytes of a report; answers false if it could not. */
typedef bool (*galley_write)(void *context, const char *data, size_t data_len);

typedef struct galley_report galley_report;

/* What a report may be told. Zeroes and NULLs are the defaults. */
typedef struct galley_report_options {
    size_t size;
    bool colour;      /* "text": use terminal colours (ECMA-48) */
    unsigned columns; /* "text": the width to fit lines into; 0: do not cut */
} galley_report_options;

/* Starts a report: "text", "xml", "its", "json", "jsonl", "html", "csv", "sarif" (SARIF 2.1.0),
 * "junit", "checkstyle", "github" (workflow commands), "gitlab" (code quality), or "baseline" (for
 * the setting of that name). Nothing is written before the first document is added or the report is
 * finished. */
GALLEY_API galley_status galley_report_create(const galley_engine *engine, const char *format,
                                              const galley_report_options *options,
                                              galley_report **report, galley_error *error);

/* Writes what belongs to one document, or to one that could not be read. */
GALLEY_API galley_status galley_report_add(galley_report *report, const galley_document *document,
                                           galley_write write, void *context);
GALLEY_API galley_status galley_report_add_error(galley_report *report, const char *uri,
                                                 const galley_error *problem, galley_write write,
                                                 void *context);

/* Writes a warning about the run as a whole, such as a waiver that no document needed. `origin`
 * says where its reason stands ("FILE:LINE"), and may be NULL. Warnings come last: a report takes
 * no document behind one. Reports without a place for it ("baseline") leave it out. */
GALLEY_API galley_status galley_report_add_warning(galley_report *report, const char *origin,
                                                   const char *message, galley_write write,
                                                   void *context);

/* Writes the end. A report takes nothing more afterwards. */
GALLEY_API galley_status galley_report_finish(galley_report *report, galley_write write,
                                              void *context);

GALLEY_API void galley_report_destroy(galley_report *report);

/* ------------------------------------------------------------------------------------------ */
/* 6. Writing the document back                                                                */

/* These write the document's own bytes, in its own encoding and with its own line ends; only what
 * they are named for is changed. The input's bytes must still be there (galley_input.copy). They
 * may be called any number of times, and fill `error` (which may be NULL) when they fail. */

/* Writes the document with the issues in place, as its format has a place for them (ITS 2.0 in
 * HTML, XML, XLIFF and Markdown; docs/formats.md lists them all). Annotations of an earlier call
 * that the document holds are replaced, so that a document annotated twice is one annotated once.
 * GALLEY_ERROR_UNSUPPORTED where the format has no such place. */
GALLEY_API galley_status galley_document_annotate(const galley_document *document,
                                                  galley_write write, void *context,
                                                  galley_error *error);

/* Writes the document without the annotations that galley_document_annotate put there: byte for
 * byte what it was before. Annotations of others stay. */
GALLEY_API galley_status galley_document_strip(const galley_document *document, galley_write write,
                                               void *context, galley_error *error);

/* Whether an issue has one suggestion, and one that can be put in place without a look at it: a
 * slip of spelling, spacing or typing, or what the house style replaces; and nobody waived it. What
 * a text means to say is never fixable in this sense. */
GALLEY_API bool galley_document_fixable(const galley_document *document, size_t issue);

/* Which suggestion to put in place of an issue. */
typedef struct galley_fix_options {
    size_t size;
    /* Answers the index of a suggestion, or GALLEY_FIX_NONE to leave the issue. NULL: the one
     * suggestion of each fixable issue. Called once for every issue that has suggestions. */
    size_t (*choose)(void *context, const galley_document *document, size_t issue);
    void *context;
} galley_fix_options;

#define GALLEY_FIX_NONE ((size_t)-1)

/* Writes the document with suggestions in place of issues, each spelt as its place demands (XML
 * and HTML references, CDATA, attributes, strings of PO and JSON). Of issues that overlap, the one
 * that begins first is fixed, of these the first in the list. What cannot be put in place without
 * touching markup is left as it is. `options` may be NULL. *n_fixed (which may be NULL) is how many
 * issues were fixed. */
GALLEY_API galley_status galley_document_fix(const galley_document *document,
                                             const galley_fix_options *options, galley_write write,
                                             void *context, size_t *n_fixed, galley_error *error);

/* ------------------------------------------------------------------------------------------ */
/* 7. Loading at run time                                                                      */

/* The same functions as a table, for a host that loads the library with dlopen. */
typedef struct galley_plugin {
    size_t size;
    unsigned abi;
    const char *(*version)(void);
    const char *(*status_name)(galley_status);
    const char *(*severity_name)(galley_severity);
    const char *(*verdict_name)(galley_verdict);
    galley_status (*settings_create)(const galley_allocator *, galley_settings **);
    galley_status (*settings_set)(galley_settings *, const char *, size_t, const char *, size_t,
                                  galley_error *);
    galley_status (*settings_get)(const galley_settings *, const char *, size_t, galley_string *);
    void (*settings_destroy)(galley_settings *);
    galley_status (*engine_create)(const galley_settings *, galley_engine **, galley_error *);
    void (*engine_destroy)(galley_engine *);
    size_t (*engine_n_checks)(const galley_engine *);
    galley_status (*engine_check_info)(const galley_engine *, size_t, galley_check_info *);
    galley_status (*check)(const galley_engine *, const galley_input *, galley_document **,
                           galley_error *);
    void (*document_destroy)(galley_document *);
    galley_status (*document_summary)(const galley_document *, galley_summary *);
    size_t (*document_n_issues)(const galley_document *);
    galley_status (*document_issue)(const galley_document *, size_t, galley_issue *);
    galley_status (*document_suggestion)(const galley_document *, size_t, size_t, galley_string *);
    galley_status (*document_related)(const galley_document *, size_t, size_t, galley_place *);
    galley_status (*report_create)(const galley_engine *, const char *,
                                   const galley_report_options *, galley_report **, galley_error *);
    galley_status (*report_add)(galley_report *, const galley_document *, galley_write, void *);
    galley_status (*report_add_error)(galley_report *, const char *, const galley_error *,
                                      galley_write, void *);
    galley_status (*report_finish)(galley_report *, galley_write, void *);
    void (*report_destroy)(galley_report *);
    size_t (*engine_n_waivers)(const galley_engine *);
    galley_status (*engine_waiver)(const galley_engine *, size_t, galley_waiver *);
    size_t (*document_n_warnings)(const galley_document *);
    galley_status (*document_warning)(const galley_document *, size_t, galley_place *);
    galley_status (*document_annotate)(const galley_document *, galley_write, void *,
                                       galley_error *);
    galley_status (*document_strip)(const galley_document *, galley_write, void *, galley_error *);
    bool (*document_fixable)(const galley_document *, size_t);
    galley_status (*document_fix)(const galley_document *, const galley_fix_options *, galley_write,
                                  void *, size_t *, galley_error *);
    galley_status (*settings_languages)(const galley_settings *, galley_language_visit, void *);
    size_t (*settings_n_keys)(void);
    galley_status (*settings_key)(size_t, galley_setting_key *);
    galley_status (*report_add_warning)(galley_report *, const char *, const char *, galley_write,
                                        void *);
    const char *(*gender_name)(galley_gender);
    size_t (*document_n_people)(const galley_document *);
    galley_status (*document_person)(const galley_document *, size_t, galley_person *);
    galley_status (*document_mention)(const galley_document *, size_t, size_t, galley_mention *);
    galley_status (*document_quotation)(const galley_document *, size_t, size_t, galley_mention *);
} galley_plugin;

/* The one symbol to look up. Answers the table for interface number `abi` (pass GALLEY_ABI), or
 * NULL if this library does not speak it. The table is static. */
GALLEY_API const galley_plugin *galley_plugin_entry(unsigned abi);

typedef const galley_plugin *(*galley_plugin_entry_function)(unsigned abi);

#ifdef __cplusplus
}
#endif

#endif
