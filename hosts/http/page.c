/*
 * The web page: three files that are part of the program (page/, made into bytes by embed.py).
 */
#include "service.h"

#include <string.h>

extern const char page_html[], page_css[], page_js[];
extern const size_t page_html_len, page_css_len, page_js_len;

void answer_page(struct service *service, const struct request *request, struct answer *answer) {
    (void)service;
    struct buffer buffer = {0};
    const char *path = request->route->path;
    if (strcmp(path, "/page.css") == 0) {
        buffer_add(&buffer, page_css, page_css_len);
        answer_buffer(answer, 200, "text/css; charset=utf-8", &buffer);
    } else if (strcmp(path, "/page.js") == 0) {
        buffer_add(&buffer, page_js, page_js_len);
        answer_buffer(answer, 200, "text/javascript; charset=utf-8", &buffer);
    } else {
        buffer_add(&buffer, page_html, page_html_len);
        answer_buffer(answer, 200, "text/html; charset=utf-8", &buffer);
    }
}
