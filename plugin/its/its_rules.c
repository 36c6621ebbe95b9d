/*
 * ITS 2.0's global rules (section 5.2): an XPath selector, and what is said of the nodes that it
 * selects. A rules element may link to rules elsewhere; those count as if they stood before its own
 * (section 5.3.3).
 */
#include "its/its.h"

#include "base/ascii.h"
#include "base/error.h"

#include <string.h>

enum { LINK_DEPTH_MAX = 4, SELECTED_MAX = 10000000 };

/* An attribute of a rule: the value itself, or (a pointer) an XPath expression that is relative to
 * the selected node. */
struct rule_attribute {
    const char *name;
    enum its_property property;
    bool pointer;
};

struct rule_kind {
    const char *name; /* of the rule's element */
    enum its_category category;
    struct rule_attribute attributes[13];
};

static const struct rule_kind kinds[] = {
    {"translateRule", ITS_TRANSLATE, {{"translate", ITS_P_TRANSLATE, false}}},
    {"termRule",
     ITS_TERMINOLOGY,
     {{"term", ITS_P_TERM, false},
      {"termInfoPointer", ITS_P_TERM_INFO, true},
      {"termInfoRef", ITS_P_TERM_INFO_REF, false},
      {"termInfoRefPointer", ITS_P_TERM_INFO_REF, true}}},
    {"langRule", ITS_LANGUAGE_INFORMATION, {{"langPointer", ITS_P_LANG, true}}},
    {"withinTextRule", ITS_ELEMENTS_WITHIN_TEXT, {{"withinText", ITS_P_WITHIN_TEXT, false}}},
    {"localeFilterRule",
     ITS_LOCALE_FILTER,
     {{"localeFilterList", ITS_P_LOCALE_FILTER_LIST, false},
      {"localeFilterType", ITS_P_LOCALE_FILTER_TYPE, false}}},
    {"preserveSpaceRule", ITS_PRESERVE_SPACE, {{"space", ITS_P_SPACE, false}}},
    {"locQualityIssueRule",
     ITS_LOC_QUALITY_ISSUE,
     {{"locQualityIssuesRef", ITS_P_ISSUES_REF, false},
      {"locQualityIssuesRefPointer", ITS_P_ISSUES_REF, true},
      {"locQualityIssueComment", ITS_P_ISSUE_COMMENT, false},
      {"locQualityIssueCommentPointer", ITS_P_ISSUE_COMMENT, true},
      {"locQualityIssueEnabled", ITS_P_ISSUE_ENABLED, false},
      {"locQualityIssueEnabledPointer", ITS_P_ISSUE_ENABLED, true},
      {"locQualityIssueProfileRef", ITS_P_ISSUE_PROFILE_REF, false},
      {"locQualityIssueProfileRefPointer", ITS_P_ISSUE_PROFILE_REF, true},
      {"locQualityIssueSeverity", ITS_P_ISSUE_SEVERITY, false},
      {"locQualityIssueSeverityPointer", ITS_P_ISSUE_SEVERITY, true},
      {"locQualityIssueType", ITS_P_ISSUE_TYPE, false},
      {"locQualityIssueTypePointer", ITS_P_ISSUE_TYPE, true}}},
    {"allowedCharactersRule",
     ITS_ALLOWED_CHARACTERS,
     {{"allowedCharacters", ITS_P_ALLOWED_CHARACTERS, false},
      {"allowedCharactersPointer", ITS_P_ALLOWED_CHARACTERS, true}}},
    {"storageSizeRule",
     ITS_STORAGE_SIZE,
     {{"storageSize", ITS_P_STORAGE_SIZE, false},
      {"storageSizePointer", ITS_P_STORAGE_SIZE, true},
      {"storageEncoding", ITS_P_STORAGE_ENCODING, false},
      {"storageEncodingPointer", ITS_P_STORAGE_ENCODING, true},
      {"lineBreakType", ITS_P_LINE_BREAK_TYPE, false}}},
};

/* What selectors are evaluated in. */
struct selecting {
    struct its *its;
    xmlXPathContextPtr context;
    galley_error *error;
    unsigned depth; /* of links */
};

static galley_status broken(const struct selecting *selecting, xmlNodePtr rule, const char *what,
                            const char *text) {
    const long line = xmlGetLineNo(rule);
    return error_set_at(selecting->error, GALLEY_ERROR_FORMAT, 0, line > 0 ? (size_t)line : 1,
                        "%s of its:%s is no good: “%.*s”", what, (const char *)rule->name,
                        error_cut(strlen(text)), text);
}

static void register_namespaces(const struct selecting *selecting, xmlNodePtr rule) {
    xmlNsPtr *spaces = xmlGetNsList(rule->doc, rule);
    for (size_t i = 0; spaces != NULL && spaces[i] != NULL; i++) {
        if (spaces[i]->prefix != NULL) {
            xmlXPathRegisterNs(selecting->context, spaces[i]->prefix, spaces[i]->href);
        }
    }
    xmlFree(spaces);
}

/* Line breaks of the file are none of the value. */
static void collapse_space(xmlChar *text) {
    size_t len = 0;
    for (size_t i = 0; text != NULL && text[i] != '\0'; i++) {
        const bool space = ascii_is_space((char)text[i]);
        if (!space) {
            text[len++] = text[i];
        } else if (len > 0 && text[len - 1] != ' ') {
            text[len++] = ' ';
        }
    }
    if (text != NULL) {
        text[len > 0 && text[len - 1] == ' ' ? len - 1 : len] = '\0';
    }
}

/* A pointer's value at a node: the text of the first node that it selects, or of the string or
 * number that it is. *value is NULL where it selects nothing. */
static galley_status follow(const struct selecting *selecting, xmlNodePtr rule, xmlNodePtr node,
                            const char *pointer, const char **value) {
    *value = NULL;
    xmlXPathSetContextNode(node, selecting->context);
    xmlXPathObjectPtr object = xmlXPathEvalExpression((const xmlChar *)pointer, selecting->context);
    if (object == NULL) {
        return broken(selecting, rule, "a pointer", pointer);
    }
    galley_status status = GALLEY_OK;
    if (object->type != XPATH_NODESET || !xmlXPathNodeSetIsEmpty(object->nodesetval)) {
        xmlChar *text = xmlXPathCastToString(object);
        collapse_space(text);
        *value = text == NULL ? NULL : its_copy(selecting->its, (const char *)text);
        status = *value == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
        xmlFree(text);
    }
    xmlXPathFreeObject(object);
    return status;
}

/* Says of a node what the rule says. */
static galley_status apply(const struct selecting *selecting, xmlNodePtr rule,
                           const struct rule_kind *kind, xmlNodePtr node) {
    struct its *its = selecting->its;
    its_clear(its, node, kind->category);
    for (const struct rule_attribute *attribute = kind->attributes; attribute->name != NULL;
         attribute++) {
        const char *text = its_attribute(its, rule, attribute->name, NULL);
        if (text == NULL) {
            continue;
        }
        const char *value = text;
        if (attribute->pointer) {
            const galley_status status = follow(selecting, rule, node, text, &value);
            if (status != GALLEY_OK) {
                return status;
            }
        }
        if (value != NULL) {
            its_set(its, node, attribute->property, value);
        }
    }
    return GALLEY_OK;
}

static galley_status apply_all(const struct selecting *selecting, xmlNodePtr rule,
                               const struct rule_kind *kind, const xmlNodeSet *nodes) {
    galley_status status = GALLEY_OK;
    for (int i = 0; nodes != NULL && i < nodes->nodeNr && status == GALLEY_OK; i++) {
        const xmlElementType type = nodes->nodeTab[i]->type;
        if (type == XML_ELEMENT_NODE || type == XML_ATTRIBUTE_NODE) {
            status = apply(selecting, rule, kind, nodes->nodeTab[i]);
        }
    }
    return status;
}

static galley_status take_rule(const struct selecting *selecting, xmlNodePtr rule,
                               const struct rule_kind *kind) {
    const char *selector = its_attribute(selecting->its, rule, "selector", NULL);
    if (selector == NULL) {
        return broken(selecting, rule, "the selector", "");
    }
    register_namespaces(selecting, rule);
    xmlXPathSetContextNode(xmlDocGetRootElement(selecting->its->document), selecting->context);
    xmlXPathObjectPtr object =
        xmlXPathEvalExpression((const xmlChar *)selector, selecting->context);
    if (object == NULL || object->type != XPATH_NODESET) {
        xmlXPathFreeObject(object);
        return broken(selecting, rule, "the selector", selector);
    }
    const galley_status status = apply_all(selecting, rule, kind, object->nodesetval);
    xmlXPathFreeObject(object);
    return status;
}

/* A variable for selectors (section 5.3.5). */
static galley_status take_parameter(const struct selecting *selecting, xmlNodePtr node) {
    const char *name = its_attribute(selecting->its, node, "name", NULL);
    xmlChar *content = xmlNodeGetContent(node);
    galley_status status = GALLEY_ERROR_MEMORY;
    if (content != NULL && name != NULL) {
        xmlXPathRegisterVariable(selecting->context, (const xmlChar *)name,
                                 xmlXPathNewString(content));
        status = GALLEY_OK;
    } else if (name == NULL) {
        status = broken(selecting, node, "the name", "");
    }
    xmlFree(content);
    return status;
}

static galley_status take_rules_element(struct selecting *selecting, xmlNodePtr rules);

/* The rules elements of a document, wherever they stand in it. */
static galley_status take_rules_document(struct selecting *selecting, xmlDocPtr document) {
    xmlNodePtr root = xmlDocGetRootElement(document);
    galley_status status = GALLEY_OK;
    for (xmlNodePtr node = root; node != NULL && status == GALLEY_OK;
         node = its_next_element(node, root)) {
        xmlDocPtr script = its_script(selecting->its, node);
        xmlNodePtr script_root = script == NULL ? NULL : xmlDocGetRootElement(script);
        if (its_is_own(node, "rules")) {
            status = take_rules_element(selecting, node);
        } else if (script_root != NULL && its_is_own(script_root, "rules")) {
            status = take_rules_element(selecting, script_root);
        }
    }
    return status;
}

/* Rules of another document. */
static galley_status take_rules_text(struct selecting *selecting, const char *name,
                                     const char *text, size_t len) {
    xmlDocPtr document =
        len > INT32_MAX ? NULL
                        : xmlReadMemory(text, (int)len, name, NULL,
                                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (document == NULL) {
        return error_set(selecting->error, GALLEY_ERROR_FORMAT,
                         "the ITS rules in %.*s are not well-formed", error_cut(strlen(name)),
                         name);
    }
    selecting->depth++;
    const galley_status status = take_rules_document(selecting, document);
    selecting->depth--;
    xmlFreeDoc(document);
    return status;
}

/* Rules that are linked to, where the caller has them. */
static galley_status take_link(struct selecting *selecting, const char *href) {
    const struct its_options *options = &selecting->its->options;
    size_t len = 0;
    const char *text = options->load == NULL || selecting->depth >= LINK_DEPTH_MAX
                           ? NULL
                           : options->load(options->context, href, &len);
    return text == NULL ? GALLEY_OK : take_rules_text(selecting, href, text, len);
}

static const struct rule_kind *find_kind(const xmlNode *node) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (its_is_own(node, kinds[i].name)) {
            return &kinds[i];
        }
    }
    return NULL;
}

static galley_status take_rules_element(struct selecting *selecting, xmlNodePtr rules) {
    struct its *its = selecting->its;
    const char *language = its_attribute(its, rules, "queryLanguage", NULL);
    if (language != NULL && strcmp(language, "xpath") != 0) {
        return error_set_at(selecting->error, GALLEY_ERROR_UNSUPPORTED, 0, 1,
                            "the rules are written in “%.*s”; only XPath is understood",
                            error_cut(strlen(language)), language);
    }
    const char *href = its_attribute(its, rules, "href", "http://www.w3.org/1999/xlink");
    galley_status status = href == NULL ? GALLEY_OK : take_link(selecting, href);
    for (xmlNodePtr node = rules->children; node != NULL && status == GALLEY_OK;
         node = node->next) {
        const struct rule_kind *kind = find_kind(node);
        if (its_is_own(node, "param")) {
            status = take_parameter(selecting, node);
        } else if (kind != NULL && its_wants(its, kind->category)) {
            status = take_rule(selecting, node, kind);
        }
    }
    return status;
}

/* HTML's <link rel="its-rules" href="…">. */
static galley_status take_html_links(struct selecting *selecting) {
    struct its *its = selecting->its;
    xmlXPathObjectPtr links = xmlXPathEvalExpression(
        (const xmlChar *)"//*[local-name()='link' and @rel='its-rules' and @href]",
        selecting->context);
    galley_status status = links == NULL ? GALLEY_ERROR_MEMORY : GALLEY_OK;
    const xmlNodeSet *nodes = links == NULL ? NULL : links->nodesetval;
    for (int i = 0; nodes != NULL && i < nodes->nodeNr && status == GALLEY_OK; i++) {
        const char *href = its_attribute(its, nodes->nodeTab[i], "href", NULL);
        status = href == NULL ? GALLEY_ERROR_MEMORY : take_link(selecting, href);
    }
    xmlXPathFreeObject(links);
    return status;
}

static void ignore_error(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error;
}

galley_status its_take_rules(struct its *its, galley_error *error) {
    struct selecting selecting = {.its = its, .error = error};
    selecting.context = xmlXPathNewContext(its->document);
    if (selecting.context == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    selecting.context->opLimit = SELECTED_MAX; /* a selector may not run for ever */
    selecting.context->error = ignore_error;   /* libxml2 would write to standard error */
    galley_status status = GALLEY_OK;
    for (size_t i = 0; i < its->options.n_rules && status == GALLEY_OK; i++) {
        const struct its_rules_file *rules = &its->options.rules[i];
        status = take_rules_text(&selecting, rules->path.data, rules->text.data, rules->text.len);
    }
    if (status == GALLEY_OK && its->options.html) {
        status = take_html_links(&selecting);
    }
    if (status == GALLEY_OK) {
        status = take_rules_document(&selecting, its->document);
    }
    xmlXPathFreeContext(selecting.context);
    return status;
}
