/* expects: nothing */
/*
 * zombie-good - a parent that is busy elsewhere, and still reaps each child as soon as it ends.
 *
 * SIGCHLD says that at least one child has ended. The handler reaps until none is left to reap (WNOHANG: do
 * not wait for those that still run), because signals that arrive together are merged into one.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;

static void on_child(int signal_number)
{
    int saved_errno = errno; /* the code we interrupt may be about to look at it */
    (void)signal_number;
    while (waitpid(-1, NULL, WNOHANG) > 0) /* → wait4 */
        reaped++;
    errno = saved_errno;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGCHLD, &action, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "sigaction");

    for (int i = 0; i < 3; i++) {
        pid_t child = fork(); /* → clone */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            usleep((unsigned)(i + 1) * 150 * 1000); /* → clock_nanosleep */
            _exit(0); /* → exit_group */
        }
    }

    for (int step = 0; step < 12; step++) /* the parent's own work; a signal cuts a sleep short */
        usleep(100 * 1000); /* → clock_nanosleep */
    printf("children reaped: %d of 3\n", (int)reaped);
    return 0;
}
