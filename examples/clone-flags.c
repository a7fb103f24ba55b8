/* expects: nothing */
/*
 * clone-flags - processes and threads are one thing to Linux: a task, and flags that say what it shares.
 *
 * The same child runs three times. It changes a variable, closes a descriptor and moves to another
 * directory. Which of these the parent notices is decided by CLONE_VM, CLONE_FILES and CLONE_FS alone.
 * fork passes none of them; pthread_create passes all, with CLONE_THREAD and more.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int variable;
static int descriptor;
static _Alignas(16) char stack[64 << 10]; /* a task that shares memory needs a stack of its own */

static int child(void *unused)
{
    (void)unused;
    variable = 1;
    close(descriptor);
    usleep(100 * 1000); /* → clock_nanosleep */
    return chdir("/"); /* the return value becomes the exit status */
}

static void try(const char *label, int flags)
{
    char directory[4096];
    variable = 0;
    descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC); /* → openat */
    if (descriptor == -1 || chdir("/tmp") == -1)
        err(EXIT_FAILURE, "setup");

    /* The low byte of the flags is the signal that tells the parent about the end: wait needs SIGCHLD. */
    pid_t pid = clone(child, stack + sizeof stack, flags | SIGCHLD, NULL);
    if (pid == -1 || waitpid(pid, NULL, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "%s", label);

    int closed = fcntl(descriptor, F_GETFD) == -1;
    if (getcwd(directory, sizeof directory) == NULL)
        err(EXIT_FAILURE, "getcwd");
    printf("%-28s memory %s, descriptors %s, directory %s\n", label, variable ? "shared" : "copied", /* → write */
           closed ? "shared" : "copied", strcmp(directory, "/") == 0 ? "shared" : "copied");
    if (!closed)
        close(descriptor);
}

int main(void)
{
    setlinebuf(stdout);
    try("0, as fork", 0);
    try("CLONE_FILES", CLONE_FILES);
    try("CLONE_VM|FILES|FS, as threads", CLONE_VM | CLONE_FILES | CLONE_FS);
    return 0;
}
