/* expects: nothing */
/*
 * fork-wait - the life of a child: fork, work, exit, reap.
 *
 * On the timeline: an arrow from the parent's fork to a new lane, the parent blocked in wait4 meanwhile, and
 * an arrow back when the child's exit wakes it. The status the child left is decoded in words.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    setlinebuf(stdout); /* a full buffer would be copied into the child and printed twice */
    puts("parent: forking"); /* → write */

    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");

    if (child == 0) {
        puts("child: working for 0.3 s"); /* → write */
        usleep(300 * 1000); /* → clock_nanosleep */
        _exit(7); /* → exit_group: not exit: the parent's atexit handlers and buffers are not ours */
    }

    int status;
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    if (WIFEXITED(status))
        printf("parent: the child exited with %d\n", WEXITSTATUS(status)); /* → write */
    else if (WIFSIGNALED(status))
        printf("parent: the child was killed by signal %d\n", WTERMSIG(status));
    return 0;
}
