#include "base/glob.h"

#include <stddef.h>

/* Whether a character of the path can stand for one of the pattern. */
static bool one_matches(char pattern, char c) {
    return pattern == '?' ? c != '/' : pattern == c;
}

/* Greedy with one way back for each kind of star: going back further than to the last star never
 * helps, except that a "*" that ran into a slash gives way to the "**" before it. */
static bool matches_whole(const char *pattern, const char *path) {
    const char *star = NULL, *star_path = NULL;   /* behind the last "*", and where it ends */
    const char *stars = NULL, *stars_path = NULL; /* the same for the last "**" */
    for (;;) {
        if (pattern[0] == '*' && pattern[1] == '*') {
            pattern += 2;
            pattern += *pattern == '/'; /* as in "**" and a slash: also no folder at all */
            stars = pattern;
            stars_path = path;
            star = NULL;
        } else if (*pattern == '*') {
            star = ++pattern;
            star_path = path;
        } else if (*path == '\0' && *pattern == '\0') {
            return true;
        } else if (*path != '\0' && *pattern != '\0' && one_matches(*pattern, *path)) {
            pattern++;
            path++;
        } else if (star != NULL && *star_path != '\0' && *star_path != '/') {
            pattern = star;
            path = ++star_path;
        } else if (stars != NULL && *stars_path != '\0') {
            pattern = stars;
            path = ++stars_path;
            star = NULL;
        } else {
            return false;
        }
    }
}

bool glob_matches(const char *pattern, const char *path) {
    if (matches_whole(pattern, path)) {
        return true;
    }
    for (const char *at = path; *pattern != '/' && *at != '\0'; at++) {
        if (*at == '/' && matches_whole(pattern, at + 1)) {
            return true;
        }
    }
    return false;
}
