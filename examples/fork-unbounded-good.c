/* expects: nothing */
/*
 * fork-unbounded-good - at most eight at a time, each for its share of the work.
 *
 * A fixed number of children takes a fixed share of the machine, however much there is to do. Somebody who
 * has to start one for each piece waits for one to end before there are too many.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECES 120
#define WORKERS 8

static void work(void)
{
    usleep(10 * 1000); /* → clock_nanosleep */
}

int main(void)
{
    int done = 0, status;
    for (int worker = 0; worker < WORKERS; worker++) {
        pid_t child = fork(); /* → clone */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            int mine = 0;
            for (int piece = worker; piece < PIECES; piece += WORKERS, mine++)
                work();
            _exit(mine); /* → exit_group */
        }
    }
    while (wait(&status) > 0) /* → wait4 */
        done += WEXITSTATUS(status);
    printf("%d pieces done\n", done);
    return 0;
}
