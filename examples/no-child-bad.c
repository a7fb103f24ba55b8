/* expects: no-child */
/*
 * no-child-bad - a SIGCHLD handler takes the status that main waits for.
 *
 * The handler reaps every child, also the one that main started and asks about: its wait fails with ECHILD,
 * "no child processes", and nobody knows how the child ended. A library that reaps does the same harm. Good
 * twin: no-child-good.c.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void on_child(int number)
{
    (void)number;
    int before = errno;
    while (waitpid(-1, NULL, WNOHANG) > 0) /* BUG: any child, and what main waits for is one (→ wait4) */
        ;
    errno = before;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_RESTART};
    if (sigaction(SIGCHLD, &action, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "sigaction");

    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        usleep(100 * 1000); /* → clock_nanosleep */
        _exit(3); /* → exit_group */
    }

    usleep(300 * 1000); /* → clock_nanosleep: main's own work; the signal comes meanwhile */
    int status;
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        printf("the child: %s\n", strerror(errno));
    else
        printf("the child ended with %d\n", WEXITSTATUS(status));
    return 0;
}
