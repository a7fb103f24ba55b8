/* expects: nothing */
/*
 * no-child-good - one place reaps a child, and keeps what it learns for whoever asks.
 *
 * The handler only notes that something has ended. main, which started the child, waits for it, and it alone:
 * a status can be taken once.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void on_child(int number)
{
    (void)number;
    ended = 1;
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
