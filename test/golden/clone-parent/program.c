// The child makes a sibling with CLONE_PARENT: the process that called clone is not its parent.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t top = getpid();
    if (fork() == 0) {
        if (syscall(SYS_clone, CLONE_PARENT, 0, 0, 0, 0) == 0) {
            dprintf(1, "born %ld %ld\n", syscall(SYS_getpid), syscall(SYS_getppid));
            _exit(8);
        }
        _exit(2);
    }
    int status;
    for (pid_t pid; (pid = wait(&status)) > 0;)
        dprintf(1, "reaped %d %d exit %d\n", top, pid, WEXITSTATUS(status));
    return 0;
}
