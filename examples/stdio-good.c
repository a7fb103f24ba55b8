/* expects: nothing */
/*
 * stdio-good - flush before fork, and what is in the buffer is printed once.
 *
 * printf fills a buffer in our memory. fork copies memory, so it copies what waits there too, and each
 * process prints it when it exits. An empty buffer can be copied without harm.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    printf("[this is printed once] "); /* no newline: it waits in the buffer, even on a terminal */
    fflush(NULL); /* → write */

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
