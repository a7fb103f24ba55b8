// A pid namespace: inside, numbers are 1, 2, 3; its init ends and takes the last process with it. Needs root.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    if (unshare(CLONE_NEWPID) == -1) return 77;
    pid_t init = fork();
    if (init == 0) {
        if (fork() == 0) {
            if (fork() == 0) {
                while (getppid() != 1) usleep(2000);
                _exit(13);
            }
            usleep(5000);
            _exit(12);
        }
        int status;
        for (int i = 0; i < 2; i++) {
            pid_t pid = wait(&status);
            dprintf(1, "inner-reaped %d exit %d\n", pid, WEXITSTATUS(status));
        }
        if (fork() == 0)
            for (;;) pause();
        usleep(5000);
        _exit(14);
    }
    int status;
    waitpid(init, &status, 0);
    dprintf(1, "born %d %d\nreaped %d %d exit %d\n", init, getpid(), getpid(), init, WEXITSTATUS(status));
    return 0;
}
