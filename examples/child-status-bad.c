/* expects: child-status-ignored */
/*
 * child-status-bad - the child fails, and the parent says that all went well.
 *
 * wait(NULL) tells that a child has ended, not how. Exit code 4 below means "half of it is missing". Good
 * twin: child-status-good.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int copy_it(void)
{
    usleep(100 * 1000); /* → clock_nanosleep */
    return 4; /* the disk is full, for example */
}

int main(void)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0)
        _exit(copy_it()); /* → exit_group */

    if (waitpid(child, NULL, 0) == -1) /* BUG: NULL: whatever the child has to say is thrown away (→ wait4) */
        err(EXIT_FAILURE, "waitpid");
    puts("copied");
    return 0;
}
