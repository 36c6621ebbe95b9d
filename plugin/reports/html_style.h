#ifndef GALLEY_REPORTS_HTML_STYLE_H
#define GALLEY_REPORTS_HTML_STYLE_H

extern const char html_style[];

#endif
