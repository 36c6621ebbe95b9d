#include "interruption.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t came;

/* A byte goes in when a signal comes, so that a wait for input ends whichever thread the signal
 * reached. */
static int wake_up[2] = {-1, -1};

static void take_signal(int signal) {
    (void)signal;
    const int kept = errno;
    came = 1;
    if (wake_up[1] >= 0) {
        const ssize_t written = write(wake_up[1], "", 1);
        (void)written; /* a pipe that is full wakes just as well */
    }
    errno = kept;
}

void interruption_watch(void) {
    if (wake_up[0] < 0 && pipe(wake_up) == 0) {
        for (int i = 0; i < 2; i++) {
            fcntl(wake_up[i], F_SETFD, FD_CLOEXEC);
            fcntl(wake_up[i], F_SETFL, O_NONBLOCK);
        }
    }
    struct sigaction action = {.sa_handler = take_signal};
    sigemptyset(&action.sa_mask);
    action.sa_flags = (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

bool interrupted(void) {
    return came != 0;
}

static bool wait_for(int file, int milliseconds) {
    struct pollfd files[] = {{.fd = file, .events = POLLIN}, {.fd = wake_up[0], .events = POLLIN}};
    while (!interrupted()) {
        const int n = poll(files, wake_up[0] < 0 ? 1 : 2, milliseconds);
        if (n == 0) {
            return false;
        }
        if (n < 0 && errno != EINTR) {
            return true; /* read(2) will say what is wrong */
        }
        if (n > 0 && files[0].revents != 0) {
            return true;
        }
    }
    return false;
}

bool interruption_wait(int file) {
    return wait_for(file, -1);
}

bool interruption_wait_for(int file, int milliseconds) {
    return wait_for(file, milliseconds);
}
