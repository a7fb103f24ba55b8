/* expects: nothing */
/*
 * wait-once-good - as many waits as children.
 *
 * wait reaps one child; the loop ends when it has reaped them all. A parent that does not count can wait until
 * the call fails with ECHILD.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 3

int main(void)
{
    for (int i = 0; i < WORKERS; i++) {
        pid_t child = fork(); /* → clone */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            usleep((unsigned)(i + 1) * 200 * 1000); /* → clock_nanosleep */
            _exit(0); /* → exit_group */
        }
    }

    for (int i = 0; i < WORKERS; i++)
        if (wait(NULL) == -1) /* → wait4 */
            err(EXIT_FAILURE, "wait");
    puts("all workers are done");
    return 0;
}
