/* expects: zombie-never-reaped */
/*
 * zombie-bad - a parent that is busy elsewhere and never asks how its children ended.
 *
 * Each child stays a zombie until the parent itself ends and somebody else inherits them. In a server that
 * runs for months that is a process table filling up: at the end, fork fails with EAGAIN. Good twin:
 * zombie-good.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    /* BUG: no SIGCHLD handler, and no wait anywhere below */
    for (int i = 0; i < 3; i++) {
        pid_t child = fork(); /* → clone */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            usleep((unsigned)(i + 1) * 150 * 1000); /* → clock_nanosleep */
            _exit(0); /* → exit_group */
        }
    }

    for (int step = 0; step < 12; step++) /* the parent's own work */
        usleep(100 * 1000); /* → clock_nanosleep */
    printf("children reaped: 0 of 3\n");
    return 0;
}
