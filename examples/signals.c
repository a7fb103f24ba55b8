/* expects: nothing */
/*
 * signals - which ones queue, when they arrive, and what they can carry.
 *
 * Ordinary signals (1 to 31) are a bit each: three SIGUSR1 sent while it is blocked arrive as one. Real-time
 * signals (SIGRTMIN to SIGRTMAX) queue, in order, lowest number first, and may carry a value. Look for
 * the marks in the child's lane, all at the instant its mask is opened, and the arrows from the kills.
 */
#define _GNU_SOURCE
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t ordinary, queued, sum;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)context; /* only async-signal-safe calls in here: no printf, no malloc; signal-safety(7) */
    if (number == SIGUSR1) {
        ordinary++;
    } else {
        queued++;
        sum += info->si_value.sival_int;
    }
}

static void receive(int ready)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t both, before;
    sigemptyset(&both);
    sigaddset(&both, SIGUSR1);
    sigaddset(&both, SIGRTMIN);
    action.sa_mask = both; /* one handler at a time */
    if (sigaction(SIGUSR1, &action, NULL) == -1 || sigaction(SIGRTMIN, &action, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "sigaction");

    sigprocmask(SIG_BLOCK, &both, &before); /* → rt_sigprocmask */
    if (write(ready, "", 1) != 1) /* from now on signals are welcome; before, one would have killed us */
        err(EXIT_FAILURE, "write");
    usleep(300 * 1000); /* → clock_nanosleep */
    sigprocmask(SIG_SETMASK, &before, NULL); /* → rt_sigprocmask: here they all arrive */

    dprintf(STDOUT_FILENO, "SIGUSR1: 3 sent, %d arrived\n", (int)ordinary); /* → write */
    dprintf(STDOUT_FILENO, "SIGRTMIN: 3 sent, %d arrived, values sum up to %d\n", /* → write */
            (int)queued, (int)sum);
    _exit(0); /* → exit_group */
}

int main(void)
{
    int ready[2];
    char byte;
    if (pipe2(ready, 0) == -1)
        err(EXIT_FAILURE, "pipe2");
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0)
        receive(ready[1]);

    if (read(ready[0], &byte, 1) != 1)
        err(EXIT_FAILURE, "read");
    for (int i = 1; i <= 3; i++) {
        kill(child, SIGUSR1);
        sigqueue(child, SIGRTMIN, (union sigval){.sival_int = 10 * i}); /* → rt_sigqueueinfo */
        usleep(50 * 1000); /* → clock_nanosleep */
    }
    return waitpid(child, NULL, 0) == child ? 0 : 1; /* → wait4 */
}
