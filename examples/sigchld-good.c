/* expects: nothing */
/*
 * sigchld-good - five children, two signals, and nobody is forgotten.
 *
 * Ordinary signals do not queue: while SIGCHLD is pending, further ones are merged into it. Four children end
 * while the handler is busy with the first, and make one signal. So one call of the handler must reap as many
 * as there are. (A SIG_IGN disposition would reap them unseen, and their exit codes would be lost.)
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 5
static volatile sig_atomic_t signals, reaped;

static void on_child(int signal_number)
{
    int saved_errno = errno;
    (void)signal_number;
    signals++;
    while (waitpid(-1, NULL, WNOHANG) > 0) /* → wait4 */
        reaped++;
    poll(NULL, 0, 300); /* a handler that takes its time, to make signals meet; poll is safe to call here */
    errno = saved_errno;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGCHLD, &action, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "sigaction");

    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork(); /* → clone */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            usleep(i == 0 ? 50 * 1000 : 200 * 1000); /* → clock_nanosleep: one ends early, four together */
            _exit(0); /* → exit_group */
        }
    }
    for (int step = 0; step < 12; step++)
        usleep(100 * 1000); /* → clock_nanosleep */
    printf("%s signals than children, %d of %d reaped\n", signals < CHILDREN ? "fewer" : "no fewer",
           (int)reaped, CHILDREN);
    return 0;
}
