#include "its/its_tree.h"

#include "base/ascii.h"
#include "base/error.h"
#include "formats/unit_builder.h"

#include <string.h>

/* Elements inside elements; what is deeper counts as a child of the last one. No author nests so
 * deep, and trees of strangers must not exhaust a stack. */
enum { DEPTH_MAX = 1024, NAME_MAX_LEN = 128 };

struct building {
    struct its_tree *tree;
    struct arena *arena;
    const char *text;
    struct markup markup;
    xmlNodePtr open[DEPTH_MAX];
    size_t depth;
    xmlNsPtr space; /* XHTML's */
    bool failed;
};

static bool keep(struct building *building, xmlNodePtr element) {
    struct its_tree *tree = building->tree;
    if (tree->n_events == tree->capacity) {
        const size_t capacity = tree->capacity * 2 + 64;
        xmlNodePtr *elements = arena_allocate(building->arena, capacity * sizeof *elements);
        if (elements == NULL) {
            building->failed = true;
            return false;
        }
        if (tree->n_events > 0) {
            memcpy(elements, tree->elements, tree->n_events * sizeof *elements);
        }
        tree->elements = elements;
        tree->capacity = capacity;
    }
    tree->elements[tree->n_events++] = element;
    return true;
}

static xmlNodePtr current(const struct building *building) {
    return building->depth == 0 ? NULL : building->open[building->depth - 1];
}

/* ---- HTML ---- */

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_void(const char *name) {
    static const char *const names[] = {"area",  "base",   "br",    "col",  "embed",
                                        "hr",    "img",    "input", "link", "meta",
                                        "param", "source", "track", "wbr",  NULL};
    return is_one_of(name, names);
}

/* Whether `open` ends where `next` begins. */
static bool is_ended_by(const char *open, const char *next) {
    static const char *const blocks[] = {
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset",
        "figure",  "footer",  "form",  "h1",         "h2",      "h3",  "h4", "h5",
        "h6",      "header",  "hr",    "main",       "menu",    "nav", "ol", "p",
        "pre",     "section", "table", "ul",         NULL};
    static const struct {
        const char *open;
        const char *next[4];
    } others[] = {
        {"li", {"li", NULL}},
        {"dt", {"dt", "dd", NULL}},
        {"dd", {"dt", "dd", NULL}},
        {"option", {"option", NULL}},
        {"tr", {"tr", "tbody", NULL}},
        {"td", {"td", "th", "tr", NULL}},
        {"th", {"td", "th", "tr", NULL}},
        {"head", {"body", NULL}},
    };
    if (strcmp(open, "p") == 0) {
        return is_one_of(next, blocks);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(open, others[i].open) == 0) {
            return is_one_of(next, others[i].next);
        }
    }
    return false;
}

/* A name of the text in small letters; false when it is longer than names are. */
static bool small_name(const struct building *building, size_t begin, size_t end,
                       char name[NAME_MAX_LEN]) {
    if (end <= begin || end - begin >= NAME_MAX_LEN) {
        return false;
    }
    for (size_t i = begin; i < end; i++) {
        name[i - begin] = ascii_lower(building->text[i]);
    }
    name[end - begin] = '\0';
    return true;
}

static void add_attributes(struct building *building, const struct markup_event *event,
                           xmlNodePtr element) {
    struct markup_attribute attribute;
    for (size_t at = event->name_end;
         markup_next_attribute(&building->markup, event, &at, &attribute);) {
        char name[NAME_MAX_LEN];
        if (!small_name(building, attribute.name_begin, attribute.name_end, name)) {
            continue;
        }
        const char *value = unit_builder_unescape(building->arena, building->text,
                                                  attribute.value_begin, attribute.value_end)
                                .data;
        if (value == NULL) {
            building->failed = true;
            return;
        }
        if (xmlHasProp(element, (const xmlChar *)name) == NULL &&
            xmlNewProp(element, (const xmlChar *)name, (const xmlChar *)value) == NULL) {
            building->failed = true;
        }
    }
}

static void open_element(struct building *building, const struct markup_event *event) {
    char name[NAME_MAX_LEN];
    if (!small_name(building, event->name_begin, event->name_end, name)) {
        keep(building, current(building));
        return;
    }
    while (building->depth > 1 && is_ended_by((const char *)current(building)->name, name)) {
        building->depth--;
    }
    xmlNodePtr element =
        xmlNewDocNode(building->tree->document, building->space, (const xmlChar *)name, NULL);
    if (element == NULL) {
        building->failed = true;
        return;
    }
    if (current(building) != NULL) {
        xmlAddChild(current(building), element);
    } else if (xmlDocGetRootElement(building->tree->document) == NULL) {
        xmlDocSetRootElement(building->tree->document, element);
        building->space = xmlNewNs(element, (const xmlChar *)XHTML_NS, NULL);
        xmlSetNs(element, building->space);
    } else {
        xmlAddChild(xmlDocGetRootElement(building->tree->document), element);
    }
    add_attributes(building, event, element);
    keep(building, element);
    if (event->kind == MARKUP_START && !is_void(name) && building->depth < DEPTH_MAX) {
        building->open[building->depth++] = element;
    }
}

/* Closes the element of this name and what is open inside it; an end tag without one closes
 * nothing. */
static void close_element(struct building *building, const struct markup_event *event) {
    char name[NAME_MAX_LEN];
    xmlNodePtr closed = current(building);
    if (small_name(building, event->name_begin, event->name_end, name)) {
        for (size_t i = building->depth; i > 0; i--) {
            if (strcmp((const char *)building->open[i - 1]->name, name) == 0) {
                closed = building->open[i - 1];
                building->depth = i - 1;
                break;
            }
        }
    }
    keep(building, closed);
}

static void add_text(struct building *building, const struct markup_event *event) {
    xmlNodePtr parent = current(building);
    keep(building, parent);
    if (parent != NULL) {
        xmlNodePtr text = xmlNewDocTextLen(building->tree->document,
                                           (const xmlChar *)building->text + event->begin,
                                           (int)(event->end - event->begin));
        building->failed = building->failed || text == NULL;
        if (text != NULL) {
            xmlAddChild(parent, text);
        }
    }
}

static void build_html(struct building *building) {
    for (;;) {
        const struct markup_event event = markup_next(&building->markup);
        switch (event.kind) {
        case MARKUP_FINISHED:
            return;
        case MARKUP_START:
        case MARKUP_EMPTY:
            open_element(building, &event);
            break;
        case MARKUP_END:
            close_element(building, &event);
            break;
        case MARKUP_TEXT:
        case MARKUP_CDATA:
            add_text(building, &event);
            break;
        case MARKUP_OTHER:
            keep(building, current(building));
            break;
        }
        if (building->failed) {
            return;
        }
    }
}

/* ---- XML: libxml2's tree, walked beside the events ---- */

static xmlNodePtr first_element(xmlNodePtr parent) {
    return parent == NULL ? NULL : xmlFirstElementChild(parent);
}

/* The elements of a well-formed document stand in the tree in the order of their tags. */
static void walk_xml(struct building *building) {
    xmlNodePtr open = NULL;   /* the innermost open element */
    xmlNodePtr closed = NULL; /* its last child that has ended */
    for (;;) {
        const struct markup_event event = markup_next(&building->markup);
        if (event.kind == MARKUP_FINISHED || building->failed) {
            return;
        }
        if (event.kind == MARKUP_START || event.kind == MARKUP_EMPTY) {
            xmlNodePtr element = open == NULL     ? xmlDocGetRootElement(building->tree->document)
                                 : closed == NULL ? first_element(open)
                                                  : xmlNextElementSibling(closed);
            keep(building, element);
            if (element == NULL) {
                return; /* cannot be, in a document that libxml2 has read */
            }
            const bool empty = event.kind == MARKUP_EMPTY;
            closed = empty ? element : NULL;
            open = empty ? open : element;
        } else if (event.kind == MARKUP_END && open != NULL) {
            keep(building, open);
            closed = open;
            open = open->parent != NULL && open->parent->type == XML_ELEMENT_NODE ? open->parent
                                                                                  : NULL;
        } else {
            keep(building, open);
        }
    }
}

static void ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/* The library says nothing on standard error, not even of an id that stands twice, which libxml2
 * takes for a matter of validity, with a message of its own. */
static xmlDocPtr read_xml(const char *text, int len) {
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL) {
        return NULL;
    }
    context->vctxt.error = ignore_message;
    context->vctxt.warning = ignore_message;
    xmlDocPtr document = xmlCtxtReadMemory(context, text, len, "document", "UTF-8",
                                           XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
                                               XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlFreeParserCtxt(context);
    return document;
}

galley_status its_tree_build(struct its_tree *tree, struct arena *arena, const char *text,
                             size_t len, bool html, galley_error *error) {
    *tree = (struct its_tree){.n_events = 0};
    if (len > INT32_MAX) {
        return error_set(error, GALLEY_ERROR_LIMIT, "a document with ITS markup of over 2 GB");
    }
    if (!library_load(LIBRARY_XML)) {
        return library_missing(LIBRARY_XML, error);
    }
    struct building *building = arena_allocate_zeroed(arena, sizeof *building);
    if (building == NULL) {
        return GALLEY_ERROR_MEMORY;
    }
    building->tree = tree;
    building->arena = arena;
    building->text = text;
    markup_init(&building->markup, text, len, html);
    tree->document = html ? xmlNewDoc((const xmlChar *)"1.0") : read_xml(text, (int)len);
    if (tree->document == NULL) {
        return html ? GALLEY_ERROR_MEMORY
                    : error_set(error, GALLEY_ERROR_FORMAT, "not well-formed XML");
    }
    if (html) {
        build_html(building);
    } else {
        walk_xml(building);
    }
    if (building->failed) {
        its_tree_finish(tree);
        return GALLEY_ERROR_MEMORY;
    }
    return GALLEY_OK;
}

void its_tree_finish(struct its_tree *tree) {
    if (tree->document != NULL) {
        xmlFreeDoc(tree->document);
    }
    tree->document = NULL;
}
