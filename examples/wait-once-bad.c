/* expects: wait-once-for-many */
/*
 * wait-once-bad - three children, one wait.
 *
 * wait returns as soon as one child has ended. The parent takes that for all of them and leaves, with one
 * child dead and unasked, and one still at work. Good twin: wait-once-good.c.
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

    if (wait(NULL) == -1) /* BUG: for the first one only (→ wait4) */
        err(EXIT_FAILURE, "wait");
    puts("all workers are done");
    return 0;
}
