/* expects: nothing */
/*
 * vfork - a child on loan: it runs in the parent's memory, and the parent stands still.
 *
 * vfork copies nothing, not even page tables. Until the child calls exec or _exit the parent is suspended:
 * look for that span in its lane. The child may do nothing else; whatever it writes to, it writes to the
 * parent's memory. posix_spawn wraps this safely, and can redirect and set signals on the way.
 */
#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void reap(pid_t child)
{
    int status;
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    if (status != 0)
        errx(EXIT_FAILURE, "the child failed");
}

int main(void)
{
    char *const command[] = {"sh", "-c", "sleep 0.2; echo here I am", NULL};

    pid_t child = vfork();
    if (child == -1)
        err(EXIT_FAILURE, "vfork");
    if (child == 0) {
        execve("/bin/sh", command, environ);
        _exit(127); /* never exit or return: that would unwind the parent's stack and flush its files */
    }
    reap(child);

    /* The same by the book. It returns the error number, and the child's exec failure too. */
    errno = posix_spawn(&child, "/bin/sh", NULL, NULL, command, environ);
    if (errno != 0)
        err(EXIT_FAILURE, "posix_spawn");
    reap(child);
    return 0;
}
