/* expects: busy-poll */
/*
 * busy-poll-bad - wait for an answer by asking again and again, thousands of times.
 *
 * The descriptor is non-blocking, and the loop treats EAGAIN as "try again at once": a processor at full load
 * that does nothing. poll would sleep until there is something to read. Good twin: busy-poll-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
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
        /* BUG: nothing here waits */
    }
    printf("the answer: %s\n", text);
    return waitpid(child, NULL, 0) == child ? 0 : 1; /* → wait4 */
}
