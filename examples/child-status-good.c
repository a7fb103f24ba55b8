/* expects: nothing */
/*
 * child-status-good - the parent asks how its child ended, and reads the answer with the macros.
 *
 * WIFEXITED: it left by itself, and WEXITSTATUS is its exit code; WIFSIGNALED: WTERMSIG killed it. The number
 * itself means nothing.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

    int status;
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        puts("copied");
    else if (WIFEXITED(status))
        printf("not copied: exit code %d\n", WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("not copied: %s\n", strsignal(WTERMSIG(status)));
    return 0;
}
