/*
 * galley-serve: the HTTP server. `galley serve` runs it.
 */
#include "daemon.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void add_language(void *all, const galley_language *language) {
    const char *tag = language->tag.data;
    json_array_append_new(all, json_pack("{s:s, s:o, s:s}", "name", language->name.data, "code",
                                         json_stringn(tag, strcspn(tag, "-")), "longCode", tag));
}

/* The language of the settings, without its region, and all that there are. */
static void note_languages(struct service *service) {
    galley_settings *settings = NULL;
    galley_string language = {.data = "en", .len = 2};
    if (service->plugin->settings_create(NULL, &settings) == GALLEY_OK) {
        setting_list_apply(&service->options->settings, service->plugin, settings, NULL);
        service->plugin->settings_get(settings, "language", strlen("language"), &language);
    }
    snprintf(service->language, sizeof service->language, "%.*s", (int)language.len, language.data);
    service->language[strcspn(service->language, "-")] = '\0';
    service->languages = json_array();
    service->plugin->settings_languages(settings, add_language, service->languages);
    service->plugin->settings_destroy(settings);
}

/* Fails at once where the settings are wrong or the pack is missing, not at the first request. */
static bool try_engine(struct service *service) {
    const struct choice choice = {.language = NULL};
    galley_error error = {.size = sizeof error, .message = "out of memory"};
    struct shared_engine *shared = engines_take(&service->engines, &choice, &error);
    if (shared == NULL) {
        fprintf(stderr, "galley serve: %s\n", error.message);
        return false;
    }
    engines_release(&service->engines, shared);
    return true;
}

/* Waits for a signal that ends the server, and cuts slow clients meanwhile. */
static void wait_for_end(struct daemon *daemon, const sigset_t *signals) {
    const struct timespec second = {.tv_sec = 1};
    const int64_t limit = (int64_t)daemon->service->options->timeout * 1000;
    while (sigtimedwait(signals, NULL, &second) < 0) {
        connections_cut(&daemon->connections, limit);
    }
}

static int serve(struct service *service) {
    struct daemon daemon;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* for all threads; waited for here */
    signal(SIGPIPE, SIG_IGN);
    if (!daemon_start(&daemon, service)) {
        return 2;
    }
    const bool v6 = strchr(service->options->address, ':') != NULL;
    if (!service->options->quiet) {
        printf("galley serve: http://%s%s%s:%u/\n", v6 ? "[" : "", service->options->address,
               v6 ? "]" : "", daemon_port(&daemon));
        fflush(stdout);
    }
    wait_for_end(&daemon, &signals);
    daemon_stop(&daemon, service->options->timeout);
    return 0;
}

int main(int n_arguments, char **arguments) {
    struct options options;
    int status = 2;
    const bool read = options_read(&options, n_arguments, arguments, &status);
    struct service service = {.plugin = read ? plugin_load() : NULL, .options = &options};
    if (service.plugin != NULL) {
        engines_init(&service.engines, service.plugin, &options.settings, options.words);
        if (words_init(&service.words, options.words) && try_engine(&service)) {
            note_languages(&service);
            status = serve(&service);
            json_decref(service.languages);
        }
        words_finish(&service.words);
        engines_finish(&service.engines);
    }
    options_finish(&options);
    return status;
}
