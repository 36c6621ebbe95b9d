/*
 * Writes the ITS 2.0 values of every node of a document, as the W3C's test suite writes what it
 * expects (https://github.com/w3c/its-2.0-testsuite).
 *
 * usage: its_values CATEGORY FILE     CATEGORY is a folder of the suite: "translate", ...
 */
#include "its/its_tree.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const folders[ITS_N_CATEGORIES] = {
    "translate",         "terminology",   "languageinformation", "elementswithintext",
    "localefilter",      "preservespace", "locqualityissue",     "locqualityrating",
    "allowedcharacters", "storagesize",   "annotators"};

static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *data = NULL;
    size_t capacity = 0;
    *len = 0;
    do {
        capacity += 1 << 16;
        data = realloc(data, capacity);
        *len += fread(data + *len, 1, capacity - *len - 1, file);
    } while (!feof(file) && !ferror(file));
    data[*len] = '\0';
    fclose(file);
    return data;
}

/* Rules beside the document; they stay in memory until the program ends. */
static const char *load(void *context, const char *href, size_t *len) {
    const char *path = context;
    const char *slash = strrchr(path, '/');
    char name[4096];
    snprintf(name, sizeof name, "%.*s%s", slash == NULL ? 0 : (int)(slash - path) + 1, path, href);
    return read_file(name, len);
}

static const char *qualified(const xmlNode *node, char *name, size_t size) {
    const xmlNs *space = node->type == XML_ATTRIBUTE_NODE ? ((const xmlAttr *)node)->ns : node->ns;
    if (space != NULL && space->prefix != NULL) {
        snprintf(name, size, "%s:%s", (const char *)space->prefix, (const char *)node->name);
    } else {
        snprintf(name, size, "%s", (const char *)node->name);
    }
    return name;
}

static void print_path(const xmlNode *node) {
    char name[512];
    if (node->parent == NULL || node->parent->type != XML_ELEMENT_NODE) {
        printf("/%s", qualified(node, name, sizeof name));
        return;
    }
    print_path(node->parent);
    size_t index = 1;
    for (const xmlNode *other = node->prev; other != NULL; other = other->prev) {
        char other_name[512];
        index += other->type == XML_ELEMENT_NODE &&
                 strcmp(qualified(node, name, sizeof name),
                        qualified(other, other_name, sizeof other_name)) == 0;
    }
    printf("/%s[%zu]", qualified(node, name, sizeof name), index);
}

/* The issues of a standoff element, each property with the issue's number. */
static void print_issues(const xmlNode *standoff) {
    size_t number = 0;
    for (xmlNodePtr node = standoff->children; node != NULL; node = node->next) {
        if (!its_is_own(node, "locQualityIssue")) {
            continue;
        }
        number++;
        for (enum its_property p = ITS_P_ISSUE_COMMENT; p <= ITS_P_ISSUE_TYPE; p++) {
            const char *name = its_property_name(p);
            xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
            if (value != NULL || p == ITS_P_ISSUE_ENABLED) {
                printf("\t%s[%zu]=\"%s\"", name, number,
                       value == NULL ? "yes" : (const char *)value);
            }
            xmlFree(value);
        }
    }
}

/* "#id" of the document, or "file#id" beside it. */
static void print_standoff(const struct its *its, const char *reference) {
    const char *id = strchr(reference, '#');
    char href[1024];
    if (id == NULL || (size_t)(id - reference) >= sizeof href) {
        return;
    }
    snprintf(href, sizeof href, "%.*s", (int)(id - reference), reference);
    size_t len = 0;
    const char *text = href[0] == '\0' ? NULL : load(its->options.context, href, &len);
    xmlDocPtr other =
        text == NULL ? NULL : xmlReadMemory(text, (int)len, href, NULL, XML_PARSE_NONET);
    const xmlNode *standoff = its_standoff(its, other == NULL ? its->document : other, id + 1);
    if (standoff != NULL) {
        print_issues(standoff);
    }
    xmlFreeDoc(other);
}

static void print_values(const struct its *its, const xmlNode *node, enum its_category category) {
    enum its_property begin;
    enum its_property end;
    const char *tools = its_value(its, node, ITS_P_ANNOTATORS_REF);
    if (tools != NULL) {
        printf("\tannotatorsRef=\"%s\"", tools);
    }
    its_category_properties(category, &begin, &end);
    for (enum its_property p = begin; p < end; p++) {
        const char *value = its_value(its, node, p);
        if (value != NULL) {
            printf("\t%s=\"%s\"", its_property_name(p), value);
            if (p == ITS_P_ISSUES_REF) {
                print_standoff(its, value);
            }
        }
    }
    printf("\n");
}

static int compare_names(const void *left, const void *right) {
    char a[512];
    char b[512];
    const xmlNode *const *one = left;
    const xmlNode *const *other = right;
    return strcmp(qualified(*one, a, sizeof a), qualified(*other, b, sizeof b));
}

static void print_attributes(const struct its *its, const xmlNode *element,
                             enum its_category category) {
    const xmlNode *attributes[256];
    size_t n = 0;
    for (const xmlAttr *attribute = element->properties; attribute != NULL && n < 256;
         attribute = attribute->next) {
        attributes[n++] = (const xmlNode *)attribute;
    }
    qsort(attributes, n, sizeof *attributes, compare_names);
    for (size_t i = 0; i < n; i++) {
        char name[512];
        print_path(element);
        printf("/@%s", qualified(attributes[i], name, sizeof name));
        print_values(its, attributes[i], category);
    }
}

static void print_tree(const struct its *its, const xmlNode *element, enum its_category category) {
    print_path(element);
    print_values(its, element, category);
    print_attributes(its, element, category);
    for (const xmlNode *child = element->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            print_tree(its, child, category);
        }
    }
}

int main(int n_arguments, char **arguments) {
    enum its_category category = 0;
    while (n_arguments == 3 && category < ITS_N_CATEGORIES &&
           strcmp(folders[category], arguments[1]) != 0) {
        category++;
    }
    size_t len = 0;
    char *text = n_arguments == 3 ? read_file(arguments[2], &len) : NULL;
    if (text == NULL || category == ITS_N_CATEGORIES) {
        fprintf(stderr, "usage: its_values CATEGORY FILE\n");
        return 2;
    }
    const char *ending = strrchr(arguments[2], '.');
    const bool html = ending != NULL && strcmp(ending, ".html") == 0;
    const struct memory memory = {NULL, NULL};
    struct arena arena;
    arena_init(&arena, &memory);
    struct its_tree tree;
    struct its its;
    galley_error error = {.size = sizeof error};
    const struct its_options options = {.html = html,
                                        .categories = 1u << category | 1u << ITS_ANNOTATORS,
                                        .load = load,
                                        .context = arguments[2]};
    galley_status status = its_tree_build(&tree, &arena, text, len, html, &error);
    if (status == GALLEY_OK) {
        status = its_process(&its, &arena, tree.document, &options, &error);
        if (status == GALLEY_OK) {
            print_tree(&its, xmlDocGetRootElement(tree.document), category);
        }
        its_tree_finish(&tree);
    }
    if (status != GALLEY_OK) {
        fprintf(stderr, "its_values: %s: %s\n", arguments[2], error.message);
    }
    arena_finish(&arena);
    free(text);
    return status == GALLEY_OK ? 0 : 1;
}
