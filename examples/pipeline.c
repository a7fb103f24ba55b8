/* expects: nothing */
/*
 * pipeline - what a shell does for  printf … | sort | uniq -c
 *
 * One pipe between each two commands; a child for each command, which puts the pipe's ends where the program
 * it becomes expects them: standard input and output. Two rules make pipelines end:
 *   - end of file comes only when the *last* copy of the write end is closed, so every process must close
 *     the ends it does not use (here: all pipes are close-on-exec, and dup2 makes copies that are not);
 *   - the parent waits for all children, not just for the last.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Starts a command that reads from `in` and writes to `out`. */
static void start(char *const command[], int in, int out)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child > 0)
        return;
    if (dup2(in, STDIN_FILENO) == -1 || dup2(out, STDOUT_FILENO) == -1)
        err(126, "dup2");
    execvp(command[0], command); /* → execve */
    err(127, "%s", command[0]); /* only reached when exec failed */
}

int main(void)
{
    char *const print[] = {"printf", "pear\\napple\\npear\\nfig\\napple\\npear\\n", NULL};
    char *const sort[] = {"sort", NULL};
    char *const count[] = {"uniq", "-c", NULL};

    int first[2], second[2];
    if (pipe2(first, O_CLOEXEC) == -1 || pipe2(second, O_CLOEXEC) == -1)
        err(EXIT_FAILURE, "pipe2");

    start(count, second[0], STDOUT_FILENO); /* last one first: watch it wait for the others */
    usleep(150 * 1000); /* → clock_nanosleep */
    start(sort, first[0], second[1]);
    usleep(150 * 1000); /* → clock_nanosleep */
    start(print, STDIN_FILENO, first[1]);

    for (int end = 0; end < 2; end++) { /* without this, sort and uniq would wait for ever */
        close(first[end]);
        close(second[end]);
    }

    int status, failed = 0;
    while (wait(&status) > 0 || errno == EINTR) /* → wait4 */
        failed |= status != 0;
    return failed;
}
