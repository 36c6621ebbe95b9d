/*
 * ITS 2.0's local markup: attributes of an element, in XML with a namespace (without one on ITS's
 * own its:span), in HTML with the prefix "its-" (section 6), or HTML's and XML's own.
 */
#include "its/its.h"

#include "base/ascii.h"

#include <string.h>

/* Where a property stands. `html` without "its-" is HTML's own attribute. */
struct local_name {
    enum its_category category;
    enum its_property property;
    const char *xml, *html;
};

static const struct local_name local_names[] = {
    {ITS_TRANSLATE, ITS_P_TRANSLATE, "translate", "translate"},
    {ITS_TERMINOLOGY, ITS_P_TERM, "term", "its-term"},
    {ITS_TERMINOLOGY, ITS_P_TERM_INFO_REF, "termInfoRef", "its-term-info-ref"},
    {ITS_TERMINOLOGY, ITS_P_TERM_CONFIDENCE, "termConfidence", "its-term-confidence"},
    {ITS_ELEMENTS_WITHIN_TEXT, ITS_P_WITHIN_TEXT, "withinText", "its-within-text"},
    {ITS_LOCALE_FILTER, ITS_P_LOCALE_FILTER_LIST, "localeFilterList", "its-locale-filter-list"},
    {ITS_LOCALE_FILTER, ITS_P_LOCALE_FILTER_TYPE, "localeFilterType", "its-locale-filter-type"},
    {ITS_LOC_QUALITY_ISSUE, ITS_P_ISSUES_REF, "locQualityIssuesRef", "its-loc-quality-issues-ref"},
    {ITS_LOC_QUALITY_ISSUE, ITS_P_ISSUE_COMMENT, "locQualityIssueComment",
     "its-loc-quality-issue-comment"},
    {ITS_LOC_QUALITY_ISSUE, ITS_P_ISSUE_ENABLED, "locQualityIssueEnabled",
     "its-loc-quality-issue-enabled"},
    {ITS_LOC_QUALITY_ISSUE, ITS_P_ISSUE_PROFILE_REF, "locQualityIssueProfileRef",
     "its-loc-quality-issue-profile-ref"},
    {ITS_LOC_QUALITY_ISSUE, ITS_P_ISSUE_SEVERITY, "locQualityIssueSeverity",
     "its-loc-quality-issue-severity"},
    {ITS_LOC_QUALITY_ISSUE, ITS_P_ISSUE_TYPE, "locQualityIssueType", "its-loc-quality-issue-type"},
    {ITS_LOC_QUALITY_RATING, ITS_P_RATING_PROFILE_REF, "locQualityRatingProfileRef",
     "its-loc-quality-rating-profile-ref"},
    {ITS_LOC_QUALITY_RATING, ITS_P_RATING_SCORE, "locQualityRatingScore",
     "its-loc-quality-rating-score"},
    {ITS_LOC_QUALITY_RATING, ITS_P_RATING_SCORE_THRESHOLD, "locQualityRatingScoreThreshold",
     "its-loc-quality-rating-score-threshold"},
    {ITS_LOC_QUALITY_RATING, ITS_P_RATING_VOTE, "locQualityRatingVote",
     "its-loc-quality-rating-vote"},
    {ITS_LOC_QUALITY_RATING, ITS_P_RATING_VOTE_THRESHOLD, "locQualityRatingVoteThreshold",
     "its-loc-quality-rating-vote-threshold"},
    {ITS_ALLOWED_CHARACTERS, ITS_P_ALLOWED_CHARACTERS, "allowedCharacters",
     "its-allowed-characters"},
    {ITS_STORAGE_SIZE, ITS_P_STORAGE_SIZE, "storageSize", "its-storage-size"},
    {ITS_STORAGE_SIZE, ITS_P_STORAGE_ENCODING, "storageEncoding", "its-storage-encoding"},
    {ITS_STORAGE_SIZE, ITS_P_LINE_BREAK_TYPE, "lineBreakType", "its-line-break-type"},
    {ITS_ANNOTATORS, ITS_P_ANNOTATORS_REF, "annotatorsRef", "its-annotators-ref"},
};

enum { N_LOCAL_NAMES = sizeof local_names / sizeof *local_names };

static bool is_named(const xmlAttr *attribute, const char *name, const char *space) {
    const bool same_space =
        space == NULL
            ? attribute->ns == NULL
            : attribute->ns != NULL && strcmp((const char *)attribute->ns->href, space) == 0;
    return same_space && strcmp((const char *)attribute->name, name) == 0;
}

static const struct local_name *find_name(const struct its *its, const xmlNode *element,
                                          const xmlAttr *attribute) {
    const bool own = element->ns != NULL && strcmp((const char *)element->ns->href, ITS_NS) == 0;
    if (own && !its_is_own(element, "span")) {
        return NULL; /* what rules and standoff markup say is not of themselves */
    }
    for (size_t i = 0; i < N_LOCAL_NAMES; i++) {
        const struct local_name *name = &local_names[i];
        if (its->options.html ? is_named(attribute, name->html, NULL)
                              : is_named(attribute, name->xml, own ? NULL : ITS_NS)) {
            return name;
        }
    }
    return NULL;
}

static bool is_space(const struct its *its, const xmlAttr *attribute) {
    return !its->options.html && is_named(attribute, "space", (const char *)XML_XML_NAMESPACE);
}

static bool is_language(const struct its *its, const xmlAttr *attribute) {
    return is_named(attribute, "lang", (const char *)XML_XML_NAMESPACE) ||
           (its->options.html && is_named(attribute, "lang", NULL));
}

static bool is_keyword(enum its_property property) {
    return property == ITS_P_TRANSLATE || property == ITS_P_TERM || property == ITS_P_WITHIN_TEXT ||
           property == ITS_P_LOCALE_FILTER_TYPE || property == ITS_P_ISSUE_ENABLED ||
           property == ITS_P_ISSUE_TYPE || property == ITS_P_LINE_BREAK_TYPE;
}

/* In HTML keywords are of any letter case (section 6.1), and translate="" says yes. */
static const char *normal_value(struct its *its, const struct local_name *name, const char *value) {
    if (!its->options.html || !is_keyword(name->property)) {
        return value;
    }
    if (name->property == ITS_P_TRANSLATE && value[0] == '\0') {
        return "yes";
    }
    const size_t len = strlen(value);
    char *small = arena_allocate(its->arena, len + 1);
    for (size_t i = 0; small != NULL && i <= len; i++) {
        small[i] = ascii_lower(value[i]);
    }
    return small;
}

galley_status its_take_local(struct its *its, xmlNodePtr element) {
    bool cleared[ITS_N_CATEGORIES] = {false};
    for (xmlAttrPtr attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        const struct local_name *name = find_name(its, element, attribute);
        const bool space = is_space(its, attribute);
        const bool language = is_language(its, attribute);
        if ((name == NULL && !space && !language) ||
            (name != NULL && !its_wants(its, name->category))) {
            continue;
        }
        xmlChar *content = xmlNodeListGetString(element->doc, attribute->children, 1);
        const char *value = its_copy(its, content == NULL ? "" : (const char *)content);
        xmlFree(content);
        if (value == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        if (name == NULL) {
            its_set(its, element, space ? ITS_P_SPACE : ITS_P_LANG, value);
            continue;
        }
        if (!cleared[name->category]) {
            its_clear(its, element, name->category);
            cleared[name->category] = true;
        }
        value = normal_value(its, name, value);
        if (value == NULL) {
            return GALLEY_ERROR_MEMORY;
        }
        its_set(its, element, name->property, value);
    }
    return GALLEY_OK;
}
