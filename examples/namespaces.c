/* expects: nothing */
/*
 * namespaces - the kernel half of a container: a child with its own pids and its own host name.
 *
 * In the new pid namespace the child is number 1, its init, whatever number we know it by. CLONE_NEWUSER
 * makes it root there, so that no privilege is needed to begin with; where that is switched off, or in a
 * tight container, clone fails with EPERM (or ENOSPC, EINVAL) and the program says so.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Alignas(16) char stack[256 << 10];

static int inside(void *unused)
{
    char name[64] = "";
    (void)unused;
    if (sethostname("inside", 6) == -1 || gethostname(name, sizeof name - 1) == -1) /* → sethostname?, uname? */
        return 1;
    int pid = getpid(), parent = getppid(); /* → getpid?, getppid? */
    dprintf(STDOUT_FILENO, "inside:  pid %d, parent %d, host name \"%s\"\n", pid, parent, name); /* → write? */
    usleep(200 * 1000); /* → clock_nanosleep? */
    return 0; /* the end of a namespace's init is the end of all its processes */
}

int main(void)
{
    char before[64] = "", after[64] = "";
    gethostname(before, sizeof before - 1); /* → uname */

    pid_t child = clone(inside, stack + sizeof stack,
                        CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWUTS | SIGCHLD, NULL);
    if (child == -1) {
        printf("not permitted here: %s\n", strerror(errno));
        return 0;
    }

    int status;
    if (waitpid(child, &status, 0) == -1) /* → wait4? */
        err(EXIT_FAILURE, "waitpid");
    gethostname(after, sizeof after - 1); /* → uname? */
    printf("outside: pid %s, host name %s\n", child == 1 ? "1" : "not 1",
           strcmp(before, after) == 0 ? "untouched" : "changed");
    return WEXITSTATUS(status);
}
