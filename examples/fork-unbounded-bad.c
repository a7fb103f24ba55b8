/* expects: fork-unbounded */
/*
 * fork-unbounded-bad - a process for each piece of work, all at the same time.
 *
 * Nothing here says how many is enough. With ten thousand pieces this takes the pids, the memory and the
 * processor from everybody else. Good twin: fork-unbounded-good.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECES 120

static void work(void)
{
    usleep(200 * 1000); /* → clock_nanosleep */
}

int main(void)
{
    int done = 0;
    for (int piece = 0; piece < PIECES; piece++) {
        pid_t child = fork(); /* BUG: as many as there are pieces (→ clone) */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            work();
            _exit(0); /* → exit_group */
        }
    }
    while (wait(NULL) > 0) /* → wait4 */
        done++;
    printf("%d pieces done\n", done);
    return 0;
}
