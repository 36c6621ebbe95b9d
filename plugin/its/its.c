#include "its/its.h"

#include "base/ascii.h"
#include "base/error.h"

#include <string.h>

static const char *const names[ITS_N_PROPERTIES] = {
    [ITS_P_TRANSLATE] = "translate",
    [ITS_P_TERM] = "term",
    [ITS_P_TERM_INFO] = "termInfo",
    [ITS_P_TERM_INFO_REF] = "termInfoRef",
    [ITS_P_TERM_CONFIDENCE] = "termConfidence",
    [ITS_P_LANG] = "lang",
    [ITS_P_WITHIN_TEXT] = "withinText",
    [ITS_P_LOCALE_FILTER_LIST] = "localeFilterList",
    [ITS_P_LOCALE_FILTER_TYPE] = "localeFilterType",
    [ITS_P_SPACE] = "space",
    [ITS_P_ISSUES_REF] = "locQualityIssuesRef",
    [ITS_P_ISSUE_COMMENT] = "locQualityIssueComment",
    [ITS_P_ISSUE_ENABLED] = "locQualityIssueEnabled",
    [ITS_P_ISSUE_PROFILE_REF] = "locQualityIssueProfileRef",
    [ITS_P_ISSUE_SEVERITY] = "locQualityIssueSeverity",
    [ITS_P_ISSUE_TYPE] = "locQualityIssueType",
    [ITS_P_RATING_PROFILE_REF] = "locQualityRatingProfileRef",
    [ITS_P_RATING_SCORE] = "locQualityRatingScore",
    [ITS_P_RATING_SCORE_THRESHOLD] = "locQualityRatingScoreThreshold",
    [ITS_P_RATING_VOTE] = "locQualityRatingVote",
    [ITS_P_RATING_VOTE_THRESHOLD] = "locQualityRatingVoteThreshold",
    [ITS_P_ALLOWED_CHARACTERS] = "allowedCharacters",
    [ITS_P_LINE_BREAK_TYPE] = "lineBreakType",
    [ITS_P_STORAGE_ENCODING] = "storageEncoding",
    [ITS_P_STORAGE_SIZE] = "storageSize",
    [ITS_P_ANNOTATORS_REF] = "annotatorsRef",
};

/* How a category goes down the tree (section 8, table 3). */
enum inheritance { INHERIT_NOT, INHERIT_ELEMENTS, INHERIT_ALL };

static const struct {
    enum its_property begin, end;
    enum inheritance inheritance;
} categories[ITS_N_CATEGORIES] = {
    [ITS_TRANSLATE] = {ITS_P_TRANSLATE, ITS_P_TERM, INHERIT_ELEMENTS},
    [ITS_TERMINOLOGY] = {ITS_P_TERM, ITS_P_LANG, INHERIT_NOT},
    [ITS_LANGUAGE_INFORMATION] = {ITS_P_LANG, ITS_P_WITHIN_TEXT, INHERIT_ALL},
    [ITS_ELEMENTS_WITHIN_TEXT] = {ITS_P_WITHIN_TEXT, ITS_P_LOCALE_FILTER_LIST, INHERIT_NOT},
    [ITS_LOCALE_FILTER] = {ITS_P_LOCALE_FILTER_LIST, ITS_P_SPACE, INHERIT_ALL},
    [ITS_PRESERVE_SPACE] = {ITS_P_SPACE, ITS_P_ISSUES_REF, INHERIT_ALL},
    [ITS_LOC_QUALITY_ISSUE] = {ITS_P_ISSUES_REF, ITS_P_RATING_PROFILE_REF, INHERIT_ELEMENTS},
    [ITS_LOC_QUALITY_RATING] = {ITS_P_RATING_PROFILE_REF, ITS_P_ALLOWED_CHARACTERS,
                                INHERIT_ELEMENTS},
    [ITS_ALLOWED_CHARACTERS] = {ITS_P_ALLOWED_CHARACTERS, ITS_P_LINE_BREAK_TYPE, INHERIT_ELEMENTS},
    [ITS_STORAGE_SIZE] = {ITS_P_LINE_BREAK_TYPE, ITS_P_ANNOTATORS_REF, INHERIT_NOT},
    [ITS_ANNOTATORS] = {ITS_P_ANNOTATORS_REF, ITS_N_PROPERTIES, INHERIT_ALL},
};

const char *its_property_name(enum its_property property) {
    return names[property];
}

void its_category_properties(enum its_category category, enum its_property *begin,
                             enum its_property *end) {
    *begin = categories[category].begin;
    *end = categories[category].end;
}

/* ---- nodes and values ---- */

static size_t number_of(const xmlNode *node) {
    const void *number =
        node->type == XML_ATTRIBUTE_NODE ? ((const xmlAttr *)node)->_private : node->_private;
    return (size_t)(uintptr_t)number;
}

xmlNodePtr its_next_element(xmlNodePtr node, const xmlNode *root) {
    xmlNodePtr next = xmlFirstElementChild(node);
    while (next == NULL && node != NULL && node != root) {
        next = xmlNextElementSibling(node);
        node = node->parent;
    }
    return next;
}

static void number_nodes(struct its *its) {
    xmlNodePtr root = xmlDocGetRootElement(its->document);
    for (xmlNodePtr node = root; node != NULL; node = its_next_element(node, root)) {
        node->_private = (void *)(uintptr_t)++its->n_nodes;
        for (xmlAttrPtr attribute = node->properties; attribute != NULL;
             attribute = attribute->next) {
            attribute->_private = (void *)(uintptr_t)++its->n_nodes;
        }
    }
}

const char *its_value(const struct its *its, const xmlNode *node, enum its_property property) {
    const size_t number = number_of(node);
    return its->values[property] == NULL || number == 0 ? NULL : its->values[property][number];
}

void its_set(struct its *its, const xmlNode *node, enum its_property property, const char *value) {
    const size_t number = number_of(node);
    if (its->values[property] != NULL && number > 0) {
        its->values[property][number] = value;
    }
}

void its_clear(struct its *its, const xmlNode *node, enum its_category category) {
    for (enum its_property p = categories[category].begin; p < categories[category].end; p++) {
        its_set(its, node, p, NULL);
    }
}

const char *its_copy(struct its *its, const char *text) {
    return arena_copy(its->arena, text, strlen(text)).data;
}

const char *its_attribute(struct its *its, xmlNodePtr node, const char *name, const char *space) {
    xmlChar *value = space == NULL
                         ? xmlGetNoNsProp(node, (const xmlChar *)name)
                         : xmlGetNsProp(node, (const xmlChar *)name, (const xmlChar *)space);
    if (value == NULL) {
        return NULL;
    }
    const char *copy = its_copy(its, (const char *)value);
    xmlFree(value);
    return copy;
}

bool its_is_own(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           strcmp((const char *)node->ns->href, ITS_NS) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

/* ---- inheritance and defaults ---- */

/* HTML, section "The translate attribute": attributes whose text is translated with their element.
 */
static bool is_translatable_attribute(const xmlAttr *attribute) {
    static const char *const translatable[] = {"abbr",        "alt",    "download", "label", "lang",
                                               "placeholder", "srcdoc", "style",    "title"};
    for (size_t i = 0; i < sizeof translatable / sizeof *translatable; i++) {
        if (strcmp((const char *)attribute->name, translatable[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_any(const struct its *its, const xmlNode *node, enum its_category category) {
    for (enum its_property p = categories[category].begin; p < categories[category].end; p++) {
        if (its_value(its, node, p) != NULL) {
            return true;
        }
    }
    return false;
}

static void inherit(struct its *its, const xmlNode *from, const xmlNode *to,
                    enum its_category category) {
    for (enum its_property p = categories[category].begin; p < categories[category].end; p++) {
        its_set(its, to, p, its_value(its, from, p));
    }
}

/* The tools of an element are its own and, for other categories, its parent's (section 5.7). */
static galley_status merge_annotators(struct its *its, const xmlNode *element) {
    const char *own = its_value(its, element, ITS_P_ANNOTATORS_REF);
    const char *parent = element->parent == NULL || element->parent->type != XML_ELEMENT_NODE
                             ? NULL
                             : its_value(its, element->parent, ITS_P_ANNOTATORS_REF);
    if (parent == NULL || own == NULL) {
        its_set(its, element, ITS_P_ANNOTATORS_REF, own == NULL ? parent : own);
        return GALLEY_OK;
    }
    const char *merged = own;
    while (*parent != '\0') {
        const size_t len = strcspn(parent, " ");
        const size_t category_len = strcspn(parent, "|") + 1;
        bool known = false;
        for (const char *at = own; category_len <= len && (at = strchr(at, *parent)) != NULL;
             at++) {
            known =
                known || ((at == own || at[-1] == ' ') && strncmp(at, parent, category_len) == 0);
        }
        if (!known && len > 0) {
            merged = arena_format(its->arena, "%s %.*s", merged, (int)len, parent).data;
            if (merged == NULL) {
                return GALLEY_ERROR_MEMORY;
            }
        }
        parent += len + (parent[len] == ' ');
    }
    its_set(its, element, ITS_P_ANNOTATORS_REF, merged);
    return GALLEY_OK;
}

/* HTML's elements that stand in running text (sections 3.2.5.2.5 and ITS 2.0, 8.7). */
static const char *html_within_text(const xmlNode *element) {
    static const char *const phrasing[] = {
        "a",      "abbr",   "area",  "audio",   "b",      "bdi",      "bdo",    "br",    "button",
        "canvas", "cite",   "code",  "command", "data",   "datalist", "del",    "dfn",   "em",
        "embed",  "i",      "img",   "input",   "ins",    "kbd",      "keygen", "label", "map",
        "mark",   "math",   "meter", "object",  "output", "progress", "q",      "ruby",  "s",
        "samp",   "select", "small", "span",    "strong", "sub",      "sup",    "svg",   "time",
        "u",      "var",    "video", "wbr"};
    static const char *const nested[] = {"iframe", "noscript", "script", "textarea"};
    for (size_t i = 0; i < sizeof phrasing / sizeof *phrasing; i++) {
        if (strcmp((const char *)element->name, phrasing[i]) == 0) {
            return "yes";
        }
    }
    for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
        if (strcmp((const char *)element->name, nested[i]) == 0) {
            return "nested";
        }
    }
    return "no";
}

static void set_default(struct its *its, const xmlNode *node, enum its_property property,
                        const char *value) {
    if (its_value(its, node, property) == NULL) {
        its_set(its, node, property, value);
    }
}

static void set_defaults(struct its *its, const xmlNode *node) {
    const bool attribute = node->type == XML_ATTRIBUTE_NODE;
    set_default(its, node, ITS_P_TRANSLATE, attribute ? "no" : "yes");
    set_default(its, node, ITS_P_TERM, "no");
    set_default(its, node, ITS_P_SPACE, "default");
    set_default(its, node, ITS_P_LOCALE_FILTER_LIST, "*");
    set_default(its, node, ITS_P_LOCALE_FILTER_TYPE, "include");
    if (!attribute) {
        set_default(its, node, ITS_P_WITHIN_TEXT,
                    its->options.html ? html_within_text(node) : "no");
    }
    if (its_value(its, node, ITS_P_STORAGE_SIZE) != NULL) {
        set_default(its, node, ITS_P_STORAGE_ENCODING, "UTF-8");
        set_default(its, node, ITS_P_LINE_BREAK_TYPE, "lf");
    }
    if (has_any(its, node, ITS_LOC_QUALITY_ISSUE) &&
        its_value(its, node, ITS_P_ISSUES_REF) == NULL) {
        set_default(its, node, ITS_P_ISSUE_ENABLED, "yes");
    }
}

static void inherit_attribute(struct its *its, const xmlNode *element, const xmlAttr *attribute) {
    const xmlNode *node = (const xmlNode *)attribute;
    for (enum its_category c = 0; c < ITS_N_CATEGORIES; c++) {
        const bool inherits =
            categories[c].inheritance == INHERIT_ALL ||
            (c == ITS_TRANSLATE && its->options.html && is_translatable_attribute(attribute));
        if (inherits && its_wants(its, c) && !has_any(its, node, c)) {
            inherit(its, element, node, c);
        }
    }
    set_defaults(its, node);
}

/* The elements come in document order, so that a parent is complete before its children. */
static galley_status inherit_all(struct its *its) {
    xmlNodePtr root = xmlDocGetRootElement(its->document);
    for (xmlNodePtr node = root; node != NULL; node = its_next_element(node, root)) {
        for (enum its_category c = 0; c < ITS_N_CATEGORIES && node != root; c++) {
            if (categories[c].inheritance != INHERIT_NOT && its_wants(its, c) &&
                c != ITS_ANNOTATORS && !has_any(its, node, c)) {
                inherit(its, node->parent, node, c);
            }
        }
        if (its_wants(its, ITS_ANNOTATORS) && merge_annotators(its, node) != GALLEY_OK) {
            return GALLEY_ERROR_MEMORY;
        }
        set_defaults(its, node);
        for (xmlAttrPtr attribute = node->properties; attribute != NULL;
             attribute = attribute->next) {
            inherit_attribute(its, node, attribute);
        }
    }
    return GALLEY_OK;
}

/* ---- standoff markup ---- */

xmlDocPtr its_script(const struct its *its, xmlNodePtr node) {
    if (!its->options.html || node->type != XML_ELEMENT_NODE ||
        strcmp((const char *)node->name, "script") != 0) {
        return NULL;
    }
    xmlChar *type = xmlGetNoNsProp(node, (const xmlChar *)"type");
    const bool ours = type != NULL && strcmp((const char *)type, "application/its+xml") == 0;
    xmlFree(type);
    if (!ours || node->children == NULL || node->children->content == NULL) {
        return NULL;
    }
    if (node->children->_private == NULL) {
        const char *text = (const char *)node->children->content;
        text += strspn(text, " \t\r\n");
        node->children->_private = xmlReadMemory(text, (int)strlen(text), "script", "UTF-8",
                                                 XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    }
    return node->children->_private;
}

const xmlNode *its_standoff(const struct its *its, xmlDocPtr document, const char *id) {
    xmlNodePtr root = xmlDocGetRootElement(document);
    for (xmlNodePtr node = root; node != NULL; node = its_next_element(node, root)) {
        if (its_is_own(node, "locQualityIssues")) {
            xmlChar *own = xmlGetNsProp(node, (const xmlChar *)"id", XML_XML_NAMESPACE);
            const bool same = own != NULL && strcmp((const char *)own, id) == 0;
            xmlFree(own);
            if (same) {
                return node;
            }
        }
        xmlDocPtr script = its_script(its, node);
        if (script != NULL) {
            const xmlNode *found = its_standoff(its, script, id);
            if (found != NULL) {
                return found;
            }
        }
    }
    return NULL;
}

/* ---- locales ---- */

/* RFC 4647, section 3.3.2: extended filtering of one range. */
static bool range_matches(const char *range, size_t range_len, const char *locale) {
    size_t at = 0;
    bool first = true;
    while (at < range_len) {
        size_t len = 0;
        while (at + len < range_len && range[at + len] != '-') {
            len++;
        }
        const bool wildcard = len == 1 && range[at] == '*';
        for (;;) {
            const size_t part = strcspn(locale, "-");
            const bool same = part == len && ascii_same(range + at, locale, len);
            if (wildcard && !first) {
                break; /* stands for any number of subtags */
            }
            if (same || (wildcard && part > 0)) {
                locale += part + (locale[part] == '-');
                break;
            }
            if (first || part <= 1) {
                return false; /* a singleton ends the search, and so does the end */
            }
            locale += part + (locale[part] == '-');
        }
        first = false;
        at += len + 1;
    }
    return true;
}

bool its_locale_passes(const char *list, const char *type, const char *locale) {
    bool matches = false;
    while (*list != '\0') {
        list += strspn(list, " \t\r\n,");
        size_t len = strcspn(list, ",");
        const size_t behind = len;
        while (len > 0 && ascii_is_space(list[len - 1])) {
            len--;
        }
        matches = matches || (len > 0 && range_matches(list, len, locale));
        list += behind;
    }
    return matches == (strcmp(type, "exclude") != 0);
}

/* ---- all together ---- */

static galley_status make_tables(struct its *its) {
    for (enum its_category c = 0; c < ITS_N_CATEGORIES; c++) {
        for (enum its_property p = categories[c].begin; its_wants(its, c) && p < categories[c].end;
             p++) {
            its->values[p] =
                arena_allocate_zeroed(its->arena, (its->n_nodes + 1) * sizeof *its->values[p]);
            if (its->values[p] == NULL) {
                return GALLEY_ERROR_MEMORY;
            }
        }
    }
    return GALLEY_OK;
}

static galley_status take_all_local(struct its *its) {
    xmlNodePtr root = xmlDocGetRootElement(its->document);
    galley_status status = GALLEY_OK;
    for (xmlNodePtr node = root; node != NULL && status == GALLEY_OK;
         node = its_next_element(node, root)) {
        status = its_take_local(its, node);
    }
    return status;
}

static void free_scripts(struct its *its) {
    xmlNodePtr root = xmlDocGetRootElement(its->document);
    for (xmlNodePtr node = root; node != NULL && its->options.html;
         node = its_next_element(node, root)) {
        xmlDocPtr script = its_script(its, node);
        if (script != NULL) {
            node->children->_private = NULL;
            xmlFreeDoc(script);
        }
    }
}

galley_status its_process(struct its *its, struct arena *arena, xmlDocPtr document,
                          const struct its_options *options, galley_error *error) {
    *its = (struct its){.arena = arena, .document = document, .options = *options};
    number_nodes(its);
    galley_status status = make_tables(its);
    if (status == GALLEY_OK) {
        status = its_take_rules(its, error);
    }
    if (status == GALLEY_OK) {
        status = take_all_local(its);
    }
    if (status == GALLEY_OK) {
        status = inherit_all(its);
    }
    free_scripts(its);
    return status == GALLEY_ERROR_MEMORY ? error_set(error, status, "out of memory") : status;
}
