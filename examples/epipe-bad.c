/* expects: epipe-ignored */
/*
 * epipe-bad - SIGPIPE is ignored, and so is what write says.
 *
 * The reader takes two lines and leaves, as head does. Ignoring SIGPIPE keeps the writer alive, but then
 * write fails with EPIPE, and a writer that does not look works on for nobody. Good twin: epipe-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void read_two_lines(int from)
{
    char text[6];
    for (int line = 0; line < 2; line++)
        if (read(from, text, sizeof text) != sizeof text)
            _exit(EXIT_FAILURE);
    _exit(EXIT_SUCCESS); /* → exit_group */
}

int main(void)
{
    int ends[2], calls = 0;
    if (pipe2(ends, O_CLOEXEC) == -1)
        err(EXIT_FAILURE, "pipe2");
    pid_t reader = fork(); /* → clone */
    if (reader == -1)
        err(EXIT_FAILURE, "fork");
    if (reader == 0) {
        close(ends[1]);
        read_two_lines(ends[0]);
    }
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN); /* → rt_sigaction */

    for (int line = 1; line <= 20; line++) {
        char text[16];
        int length = snprintf(text, sizeof text, "row%2d\n", line);
        (void)!write(ends[1], text, (size_t)length); /* BUG: from the third one on, nobody reads */
        calls++;
        if (line == 2 && waitpid(reader, NULL, 0) == -1) /* → wait4 */
            err(EXIT_FAILURE, "waitpid");
    }
    printf("%d lines written\n", calls);
    return 0;
}
