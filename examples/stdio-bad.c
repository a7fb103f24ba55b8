/* expects: stdio-double-flush */
/*
 * stdio-bad - printed once in the source, twice on the screen.
 *
 * printf fills a buffer in our memory. fork copies memory, and with it what waits in that buffer; then each
 * process prints its copy when it exits. Into a file or a pipe this happens to whole lines too, because only
 * a terminal makes printf flush at a newline. Good twin: stdio-good.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    printf("[this is printed once] "); /* no newline: it waits in the buffer, even on a terminal */
    /* BUG: no fflush before fork */

    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        usleep(100 * 1000); /* → clock_nanosleep */
        exit(0); /* → exit_group: flushes; _exit would not */
    }
    if (waitpid(child, NULL, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    return 0;
}
