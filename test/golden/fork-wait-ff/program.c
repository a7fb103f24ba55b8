// A parent forks two children and waits for each: by number, then for any.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child(int code)
{
    pid_t pid = fork();
    if (pid == 0) {
        dprintf(1, "born %d %d\n", getpid(), getppid());
        _exit(code);
    }
    return pid;
}

static void reap(pid_t which)
{
    int status;
    pid_t pid = waitpid(which, &status, 0);
    dprintf(1, "reaped %d %d exit %d\n", getpid(), pid, WEXITSTATUS(status));
}

int main(void)
{
    reap(child(3));
    child(0);
    reap(-1);
    return 7;
}
