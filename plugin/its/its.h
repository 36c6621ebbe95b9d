/*
 * ITS 2.0 (https://www.w3.org/TR/its20/): what markup says of its own text. A document's rules and
 * local attributes are worked out to a value for every element and attribute, by the precedence of
 * section 5.5: local before global, a later rule before an earlier one, then what is inherited,
 * then the default.
 *
 * Nothing is fetched: rules that a document links to are asked of the caller, who may have none.
 */
#ifndef GALLEY_ITS_ITS_H
#define GALLEY_ITS_ITS_H

#include "base/arena.h"
#include "libraries/xml.h"

/* The data categories that are implemented, by their sections. */
enum its_category {
    ITS_TRANSLATE,            /* 8.1 */
    ITS_TERMINOLOGY,          /* 8.4 */
    ITS_LANGUAGE_INFORMATION, /* 8.6 */
    ITS_ELEMENTS_WITHIN_TEXT, /* 8.7 */
    ITS_LOCALE_FILTER,        /* 8.11 */
    ITS_PRESERVE_SPACE,       /* 8.16 */
    ITS_LOC_QUALITY_ISSUE,    /* 8.17 */
    ITS_LOC_QUALITY_RATING,   /* 8.18 */
    ITS_ALLOWED_CHARACTERS,   /* 8.20 */
    ITS_STORAGE_SIZE,         /* 8.21 */
    ITS_ANNOTATORS,           /* 5.7: tools, not a category of its own */
    ITS_N_CATEGORIES
};

/* A piece of information; its name is that of ITS's attribute without the prefix. */
enum its_property {
    ITS_P_TRANSLATE,
    ITS_P_TERM,
    ITS_P_TERM_CONFIDENCE,
    ITS_P_TERM_INFO,
    ITS_P_TERM_INFO_REF,
    ITS_P_LANG,
    ITS_P_WITHIN_TEXT,
    ITS_P_LOCALE_FILTER_LIST,
    ITS_P_LOCALE_FILTER_TYPE,
    ITS_P_SPACE,
    ITS_P_ISSUES_REF,
    ITS_P_ISSUE_COMMENT,
    ITS_P_ISSUE_ENABLED,
    ITS_P_ISSUE_PROFILE_REF,
    ITS_P_ISSUE_SEVERITY,
    ITS_P_ISSUE_TYPE,
    ITS_P_RATING_PROFILE_REF,
    ITS_P_RATING_SCORE,
    ITS_P_RATING_SCORE_THRESHOLD,
    ITS_P_RATING_VOTE,
    ITS_P_RATING_VOTE_THRESHOLD,
    ITS_P_ALLOWED_CHARACTERS,
    ITS_P_LINE_BREAK_TYPE,
    ITS_P_STORAGE_ENCODING,
    ITS_P_STORAGE_SIZE,
    ITS_P_ANNOTATORS_REF,
    ITS_N_PROPERTIES
};

/* ITS's name of a property: "locQualityIssueType". Static. */
const char *its_property_name(enum its_property property);

/* The properties of a category are neighbours: [*begin, *end). */
void its_category_properties(enum its_category category, enum its_property *begin,
                             enum its_property *end);

/* Gives the rules document that `href` names: NUL-terminated, of *len bytes, alive until the
 * processing ends. NULL: there is none to be had. */
typedef const char *(*its_loader)(void *context, const char *href, size_t *len);

/* Rules that the user names: they come before the document's own. */
struct its_rules_file {
    galley_string path, text;
};

struct its_options {
    bool html;
    unsigned categories; /* bits: 1u << enum its_category */
    const struct its_rules_file *rules;
    size_t n_rules;
    its_loader load; /* may be NULL */
    void *context;
};

struct its {
    struct arena *arena;
    xmlDocPtr document; /* the caller's */
    struct its_options options;
    size_t n_nodes; /* elements and attributes, numbered in document order from 1 in _private */
    const char **values[ITS_N_PROPERTIES]; /* by number; NULL for what is not asked for */
};

/* Works out all values. The document's _private fields are used for the nodes' numbers.
 * GALLEY_ERROR_FORMAT for a broken rule or selector, with the rule's line. */
galley_status its_process(struct its *its, struct arena *arena, xmlDocPtr document,
                          const struct its_options *options, galley_error *error);

/* The node's value, or NULL when it has none. `node` is an element or an attribute. */
const char *its_value(const struct its *its, const xmlNode *node, enum its_property property);

/* The standoff element its:locQualityIssues with this xml:id in a document, or NULL. */
const xmlNode *its_standoff(const struct its *its, xmlDocPtr document, const char *id);

/* Whether a text for `locale` passes a locale filter (RFC 4647, extended filtering). */
bool its_locale_passes(const char *list, const char *type, const char *locale);

#define ITS_NS "http://www.w3.org/2005/11/its"
#define XHTML_NS "http://www.w3.org/1999/xhtml"

/* ---- of this room alone ---- */

/* its_local.c: takes the local attributes of an element. */
galley_status its_take_local(struct its *its, xmlNodePtr element);

/* its_rules.c: takes all global rules in their order. */
galley_status its_take_rules(struct its *its, galley_error *error);

/* The element behind `node` in document order, inside `root`; NULL behind the last. Walks without
 * recursion. */
xmlNodePtr its_next_element(xmlNodePtr node, const xmlNode *root);

/* Clears what earlier rules said of a category at a node. */
void its_clear(struct its *its, const xmlNode *node, enum its_category category);
void its_set(struct its *its, const xmlNode *node, enum its_property property, const char *value);

/* A copy in the arena; NULL when there is no memory. */
const char *its_copy(struct its *its, const char *text);

static inline bool its_wants(const struct its *its, enum its_category category) {
    return (its->options.categories & (1u << category)) != 0;
}

/* Whether the element is ITS's own of this name. */
bool its_is_own(const xmlNode *node, const char *name);

/* The content of an attribute without a namespace, in the arena; NULL when it is not there. */
const char *its_attribute(struct its *its, xmlNodePtr node, const char *name, const char *space);

/* The text of a script of ITS markup in HTML as a document of its own, which is kept with the node;
 * NULL when the node is none or is broken. */
xmlDocPtr its_script(const struct its *its, xmlNodePtr node);

#endif
