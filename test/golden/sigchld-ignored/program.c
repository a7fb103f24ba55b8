// SIGCHLD is ignored: children are never zombies, and the wait finds none.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    signal(SIGCHLD, SIG_IGN);
    pid_t pid = fork();
    if (pid == 0) _exit(3);
    if (wait(NULL) == -1 && errno == ECHILD) dprintf(1, "born %d %d\nunreaped %d\nzombie %d 0 0\n", pid, getpid(), pid, pid);
    return 0;
}
