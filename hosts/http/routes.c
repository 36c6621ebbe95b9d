/*
 * The list of what can be asked for.
 */
#include "service.h"

#include <string.h>

static const struct route routes[] = {
    {"/", "GET", false, true, answer_page},
    {"/page.css", "GET", false, true, answer_page},
    {"/page.js", "GET", false, true, answer_page},
    {"/healthz", "GET", false, true, answer_health},
    {"/metrics", "GET", false, true, answer_metrics},
    {"/v1/check", "POST", false, false, answer_v1_check},
    {"/v1/checks", "GET", false, true, answer_v1_checks},
    {"/v2/check", "GET POST", true, false, answer_v2_check},
    {"/v2/languages", "GET", false, true, answer_v2_languages},
    {"/v2/words", "GET", false, true, answer_v2_words},
    {"/v2/words/add", "POST", true, false, answer_v2_words_add},
    {"/v2/words/delete", "POST", true, false, answer_v2_words_delete},
};

const struct route *service_route(const char *path) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (strcmp(routes[i].path, path) == 0) {
            return &routes[i];
        }
    }
    return NULL;
}
