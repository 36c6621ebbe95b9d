#include "progress.h"

#include "clock.h"
#include "say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_AFTER = 500, REDRAWN_AFTER = 100, BAR_WIDTH = 24 };

void progress_begin(struct progress *progress, size_t n_all, bool quiet) {
    const char *terminal = getenv("TERM");
    const bool can =
        isatty(STDERR_FILENO) != 0 && terminal != NULL && strcmp(terminal, "dumb") != 0;
    *progress = (struct progress){
        .shown = can && !quiet && n_all > 1, .n_all = n_all, .began = clock_milliseconds()};
    progress->drawn = progress->began + FIRST_AFTER - REDRAWN_AFTER;
}

static void draw(const struct progress *progress, size_t n_done, int64_t now) {
    const double seconds = (double)(now - progress->began) / 1000;
    const double rate = (double)n_done / seconds;
    const size_t left = rate > 0 ? (size_t)((double)(progress->n_all - n_done) / rate + 0.5) : 0;
    const size_t filled = n_done * BAR_WIDTH / progress->n_all;
    char bar[BAR_WIDTH + 1];
    memset(bar, ' ', BAR_WIDTH);
    memset(bar, '#', filled);
    bar[BAR_WIDTH] = '\0';
    char text[160];
    snprintf(text, sizeof text, "[%s] %zu/%zu  %.0f/s  %zu:%02zu left", bar, n_done,
             progress->n_all, rate, left / 60, left % 60);
    say_for_now(text);
}

void progress_step(struct progress *progress, size_t n_done) {
    if (!progress->shown) {
        return;
    }
    const int64_t now = clock_milliseconds();
    if (now - progress->drawn >= REDRAWN_AFTER) {
        progress->drawn = now;
        draw(progress, n_done, now);
    }
}

void progress_end(struct progress *progress) {
    if (progress->shown) {
        say_for_now(NULL);
    }
}
