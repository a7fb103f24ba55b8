/* expects: vfork-child-misbehaves */
/*
 * vfork-bad - a vfork child that works instead of calling exec or _exit.
 *
 * The parent is suspended all the while, and the child's change to a variable shows up in the parent: it was
 * the parent's memory all along. Formally, all this is undefined behaviour. Good twin: fork.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int counter = 1;

int main(void)
{
    const char *text = "child: working on borrowed memory\n";
    pid_t child = vfork();
    if (child == -1)
        err(EXIT_FAILURE, "vfork");
    if (child == 0) {
        counter = 2; /* BUG: this is the parent's memory */
        if (write(STDOUT_FILENO, text, strlen(text)) == -1) /* BUG: neither exec nor _exit */
            _exit(1);
        usleep(400 * 1000); /* BUG: the parent can not move meanwhile (→ clock_nanosleep) */
        _exit(0); /* → exit_group */
    }
    if (waitpid(child, NULL, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    printf("parent: counter is %d\n", counter);
    return 0;
}
