/*
 * TBX (ISO 30042): concepts with a section for each language and terms inside. The 2008 edition
 * calls them termEntry, langSet, tig and ntig, the one of 2019 conceptEntry, langSec and termSec;
 * what a term is for stands in a termNote of type administrativeStatus, or in an element of that
 * name.
 */
#include "bilingual/glossary.h"

#include "base/error.h"
#include "libraries/xml.h"

#include <limits.h>
#include <string.h>

static bool is_named(const xmlNode *node, const char *a, const char *b) {
    return node->type == XML_ELEMENT_NODE &&
           (strcmp((const char *)node->name, a) == 0 || strcmp((const char *)node->name, b) == 0);
}

/* "deprecatedTerm-admn-sts", "supersededTerm-admn-sts". */
static bool says_forbidden(const char *status) {
    return strncmp(status, "deprecated", 10) == 0 || strncmp(status, "superseded", 10) == 0;
}

static bool is_status(const xmlNode *node) {
    if (node->type != XML_ELEMENT_NODE) {
        return false;
    }
    if (strcmp((const char *)node->name, "administrativeStatus") == 0) {
        return true;
    }
    if (strcmp((const char *)node->name, "termNote") != 0) {
        return false;
    }
    xmlChar *type = xmlGetProp(node, (const xmlChar *)"type");
    const bool is = type != NULL && strcmp((const char *)type, "administrativeStatus") == 0;
    xmlFree(type);
    return is;
}

/* What one term's section says. ntig has the term one level deeper. */
struct found {
    xmlChar *term;
    bool is_forbidden;
};

static void read_section(const xmlNode *section, struct found *found, int depth) {
    for (const xmlNode *node = section->children; node != NULL; node = node->next) {
        if (is_named(node, "term", "term") && found->term == NULL) {
            found->term = xmlNodeGetContent(node);
        } else if (is_status(node)) {
            xmlChar *status = xmlNodeGetContent(node);
            found->is_forbidden |= status != NULL && says_forbidden((const char *)status);
            xmlFree(status);
        } else if (depth > 0 && is_named(node, "termGrp", "termNoteGrp")) {
            read_section(node, found, depth - 1);
        }
    }
}

static galley_status read_language(struct glossary_making *making, const xmlNode *language,
                                   uint32_t concept) {
    xmlChar *tag = xmlGetNsProp(language, (const xmlChar *)"lang", XML_XML_NAMESPACE);
    bool is_source = false;
    const bool is_wanted = tag != NULL && glossary_wants(making, (const char *)tag, &is_source);
    xmlFree(tag);
    galley_status status = GALLEY_OK;
    for (const xmlNode *node = language->children; is_wanted && node != NULL && status == GALLEY_OK;
         node = node->next) {
        struct found found = {.term = NULL};
        if (is_named(node, "tig", "ntig") || is_named(node, "termSec", "termSec")) {
            read_section(node, &found, 1);
        }
        if (found.term != NULL) {
            status = glossary_add_term(making, concept, is_source, found.is_forbidden,
                                       (const char *)found.term, strlen((const char *)found.term));
        }
        xmlFree(found.term);
    }
    return status;
}

static galley_status read_concept(struct glossary_making *making, const xmlNode *entry) {
    uint32_t concept;
    galley_status status = glossary_add_concept(making, &concept);
    for (const xmlNode *node = entry->children; node != NULL && status == GALLEY_OK;
         node = node->next) {
        if (is_named(node, "langSet", "langSec")) {
            status = read_language(making, node, concept);
        }
    }
    return status;
}

/* Walks the tree without recursion: concepts are in body, which is in text. */
static galley_status read_tree(struct glossary_making *making, const xmlNode *root) {
    galley_status status = GALLEY_OK;
    for (const xmlNode *node = root; node != NULL && status == GALLEY_OK;) {
        const bool is_concept = is_named(node, "termEntry", "conceptEntry");
        if (is_concept) {
            status = read_concept(making, node);
        }
        if (node->children != NULL && !is_concept && node->type == XML_ELEMENT_NODE) {
            node = node->children;
            continue;
        }
        while (node != NULL && node != root && node->next == NULL) {
            node = node->parent;
        }
        node = node == NULL || node == root ? NULL : node->next;
    }
    return status;
}

galley_status glossary_read_tbx(struct glossary_making *making, galley_string content) {
    if (content.len > INT_MAX) {
        return error_set(making->error, GALLEY_ERROR_LIMIT, "%s: more than 2 GB", making->path);
    }
    if (!library_load(LIBRARY_XML)) {
        return library_missing(LIBRARY_XML, making->error);
    }
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL) {
        return error_set(making->error, GALLEY_ERROR_MEMORY, "out of memory");
    }
    /* Nothing is fetched and no entity is put in; libxml2's own limits hold. */
    xmlDocPtr document =
        xmlCtxtReadMemory(context, content.data, (int)content.len, NULL, NULL,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    galley_status status;
    if (document == NULL) {
        const xmlError *last = xmlCtxtGetLastError(context);
        const char *reason =
            last == NULL || last->message == NULL ? "not well-formed XML" : last->message;
        const size_t line = last == NULL || last->line < 0 ? 0 : (size_t)last->line;
        status = error_set_at(making->error, GALLEY_ERROR_SETTINGS, 0, line, "%s:%zu: %.*s",
                              making->path, line, (int)strcspn(reason, "\n"), reason);
    } else {
        status = read_tree(making, xmlDocGetRootElement(document));
    }
    xmlFreeDoc(document);
    xmlFreeParserCtxt(context);
    return status;
}
