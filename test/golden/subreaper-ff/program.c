// A grandchild loses its parent and is adopted, and later reaped, by its grandparent, a subreaper.
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (fork() == 0) {
        pid_t middle = getpid();
        if (fork() == 0) {
            dprintf(1, "born %d %d\n", getpid(), middle);
            while (getppid() == middle) usleep(2000);
            dprintf(1, "adopted %d %d\n", getpid(), getppid());
            _exit(6);
        }
        _exit(5);
    }
    int status;
    for (pid_t pid; (pid = wait(&status)) > 0;)
        dprintf(1, "reaped %d %d exit %d\n", getpid(), pid, WEXITSTATUS(status));
    return 0;
}
