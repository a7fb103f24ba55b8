/* expects: nothing */
/*
 * eintr-good - a signal interrupts a read, and the read is simply done again.
 *
 * A handler installed without SA_RESTART makes a blocked call fail with EINTR. That is no error of the call:
 * nothing was read and nothing is lost. (With SA_RESTART the kernel repeats read by itself; but some calls,
 * poll, epoll_wait, nanosleep and others, return EINTR whatever the flags: signal(7).)
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static void on_alarm(int number)
{
    (void)number; /* nothing to do: interrupting is the point */
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */
    struct itimerval timer = {.it_value.tv_usec = 150 * 1000};
    int ends[2];
    char text[16] = "";
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) == -1 || pipe2(ends, O_CLOEXEC) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "setup");

    pid_t child = fork(); /* → clone */
    if (child == 0) {
        usleep(400 * 1000); /* → clock_nanosleep */
        _exit(write(ends[1], "answer", 6) != 6); /* → exit_group */
    }
    close(ends[1]);
    setitimer(ITIMER_REAL, &timer, NULL); /* goes off while we wait for the answer */

    ssize_t n;
    do
        n = read(ends[0], text, sizeof text - 1);
    while (n == -1 && errno == EINTR);

    if (n == -1)
        puts("no answer: read failed");
    else
        printf("the answer: %s\n", text);
    close(ends[0]);
    while (wait(NULL) == -1 && errno == EINTR) { /* → wait4 */
    }
    return 0;
}
