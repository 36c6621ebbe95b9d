/*
 * What a server answers: routes, each a function that makes an answer of a request. Workers call
 * them from several threads at once.
 */
#ifndef GALLEY_HTTP_SERVICE_H
#define GALLEY_HTTP_SERVICE_H

#include "engines.h"
#include "metrics.h"
#include "options.h"
#include "request.h"
#include "words.h"

#include <jansson.h>

struct service {
    const galley_plugin *plugin;
    const struct options *options;
    struct engines engines;
    struct words words;
    struct metrics metrics;
    char language[36]; /* of the settings, without its region: "en" */
    json_t *languages; /* as /v2/languages answers them; made at the start, only read afterwards */
};

/* The route for a path; NULL when there is none. */
const struct route *service_route(const char *path);

/* --- LanguageTool's HTTP API (languagetool.c) --- */
void answer_v2_check(struct service *service, const struct request *request, struct answer *answer);
void answer_v2_languages(struct service *service, const struct request *request,
                         struct answer *answer);
void answer_v2_words(struct service *service, const struct request *request, struct answer *answer);
void answer_v2_words_add(struct service *service, const struct request *request,
                         struct answer *answer);
void answer_v2_words_delete(struct service *service, const struct request *request,
                            struct answer *answer);

/* --- galley's own (native.c) --- */
void answer_v1_check(struct service *service, const struct request *request, struct answer *answer);
void answer_v1_checks(struct service *service, const struct request *request,
                      struct answer *answer);

/* --- for those who run it --- */
void answer_metrics(struct service *service, const struct request *request, struct answer *answer);
void answer_health(struct service *service, const struct request *request, struct answer *answer);

/* --- the web page (page.c) --- */
void answer_page(struct service *service, const struct request *request, struct answer *answer);

/* The engine of the settings, to give back with engines_release; NULL after answering 503. */
struct shared_engine *service_default_engine(struct service *service, struct answer *answer);

/* Checks, and counts what was checked. */
galley_status service_check(struct service *service, const galley_engine *engine,
                            const galley_input *input, galley_document **document,
                            galley_error *error);

/* Answers 200 with the value as JSON; takes the reference. */
void answer_json(struct answer *answer, json_t *json);

/* Answers that there is no engine for what the client chose. */
void answer_engine_error(struct answer *answer, const struct choice *choice,
                         const galley_error *error);

/* The status for a library error: 400 for what the client sent, 413, 500 or 503 else. */
unsigned status_of_error(galley_status status);

#endif
