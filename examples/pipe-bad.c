/* expects: pipe-reader-hangs */
/*
 * pipe-bad - a reader that waits for itself.
 *
 * read returns 0, end of file, when the pipe is empty and the *last* descriptor of its write end is closed,
 * in whichever process that is. The child got a copy of the write end from fork and keeps it, so its own
 * read never ends. Good twin: pipe-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2], status;
    if (pipe2(ends, O_CLOEXEC) == -1)
        err(EXIT_FAILURE, "pipe2");

    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        char buffer[64];
        ssize_t n;
        int total = 0;
        /* BUG: close(ends[1]) is missing */
        alarm(1); /* a watchdog: nothing here may take longer than a second */
        while ((n = read(ends[0], buffer, sizeof buffer)) > 0)
            total += (int)n;
        _exit(n == 0 ? total : 255);
    }

    close(ends[0]); /* so that a write after the child's death fails (EPIPE) instead of filling the pipe */
    for (int i = 0; i < 3; i++) {
        usleep(100 * 1000); /* → clock_nanosleep */
        if (write(ends[1], "message", 7) != 7)
            err(EXIT_FAILURE, "write");
    }
    close(ends[1]); /* end of file */

    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    if (WIFSIGNALED(status))
        printf("the reader hung until the watchdog ended it: %s\n", strsignal(WTERMSIG(status)));
    else
        printf("the reader got %d bytes, then end of file\n", WEXITSTATUS(status));
    return 0;
}
