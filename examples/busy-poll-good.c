/* expects: nothing */
/*
 * busy-poll-good - wait for the answer asleep, and read when there is something to read.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char text[16] = "";
    if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) == -1)
        err(EXIT_FAILURE, "pipe2");
    pid_t child = fork(); /* → clone */
    if (child == 0) {
        usleep(200 * 1000); /* → clock_nanosleep */
        _exit(write(ends[1], "answer", 6) != 6); /* → exit_group */
    }

    while (read(ends[0], text, sizeof text - 1) == -1) {
        if (errno != EAGAIN && errno != EINTR)
            err(EXIT_FAILURE, "read");
        poll(&(struct pollfd){.fd = ends[0], .events = POLLIN}, 1, -1);
    }
    printf("the answer: %s\n", text);
    return waitpid(child, NULL, 0) == child ? 0 : 1; /* → wait4 */
}
