/*
 * The smallest host: loads galley at run time, checks a string, prints the issues, unloads.
 *
 *     cc -o host host.c $(pkg-config --cflags galley) -ldl
 *     ./host libgalley.so.1 "The minister went tosupport them."
 *
 * Copy what you need.
 */
#include <galley.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static void print_issues(const galley_plugin *galley, const galley_document *document) {
    for (size_t i = 0; i < galley->document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        if (galley->document_issue(document, i, &issue) != GALLEY_OK) {
            continue;
        }
        printf("%zu+%zu %s: %s\n", issue.offset, issue.length, issue.check, issue.message.data);
        for (size_t k = 0; k < issue.n_suggestions; k++) {
            galley_string suggestion;
            if (galley->document_suggestion(document, i, k, &suggestion) == GALLEY_OK) {
                printf("    %s\n", suggestion.data);
            }
        }
    }
}

static galley_status check(const galley_plugin *galley, const char *text, galley_error *error) {
    galley_settings *settings = NULL;
    galley_engine *engine = NULL;
    galley_document *document = NULL;
    const galley_input input = {.size = sizeof input, .data = text, .data_len = strlen(text)};

    galley_status status = galley->settings_create(NULL, &settings);
    if (status == GALLEY_OK) {
        status = galley->engine_create(settings, &engine, error);
    }
    if (status == GALLEY_OK) {
        status = galley->check(engine, &input, &document, error);
    }
    if (status == GALLEY_OK) {
        print_issues(galley, document);
    }
    galley->document_destroy(document);
    galley->engine_destroy(engine);
    galley->settings_destroy(settings);
    return status;
}

int main(int n_arguments, char **arguments) {
    if (n_arguments != 3) {
        fprintf(stderr, "usage: host LIBRARY TEXT\n");
        return 2;
    }
    void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    galley_plugin_entry_function entry;
    /* POSIX: the way to turn dlsym's object pointer into a function pointer. */
    *(void **)&entry = dlsym(library, "galley_plugin_entry");
    const galley_plugin *galley = entry == NULL ? NULL : entry(GALLEY_ABI);
    int result = 2;
    if (galley == NULL) {
        fprintf(stderr, "%s is not galley, or another version of it\n", arguments[1]);
    } else {
        galley_error error = {.size = sizeof error, .message = "out of memory"};
        result = check(galley, arguments[2], &error) == GALLEY_OK ? 0 : 2;
        if (result != 0) {
            fprintf(stderr, "%s\n", error.message);
        }
    }
    dlclose(library);
    return result;
}
