// A vfork child execs, after a path that does not exist; another one ends without exec.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char *argv[] = { "true", "one", "two", NULL };
    pid_t pid = vfork();
    if (pid == 0) {
        execv("/nonexistent/true", argv);
        execv("/bin/true", argv);
        _exit(127);
    }
    dprintf(1, "born %d %d\nimage %d /bin/true\n", pid, getpid(), pid);
    int status;
    waitpid(pid, &status, 0);
    dprintf(1, "reaped %d %d exit %d\n", getpid(), pid, WEXITSTATUS(status));
    pid = vfork();
    if (pid == 0) _exit(2);
    dprintf(1, "born %d %d\n", pid, getpid());
    waitpid(pid, &status, 0);
    dprintf(1, "reaped %d %d exit %d\n", getpid(), pid, WEXITSTATUS(status));
    return 0;
}
