// The double fork of a daemon: the middle process ends at once, the daemon belongs to init.
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t middle = fork();
    if (middle == 0) {
        setsid();
        pid_t self = getpid();
        if (fork() == 0) {
            dprintf(1, "born %d %d\n", getpid(), self);
            while (getppid() == self) usleep(2000);
            if (chdir("/") == -1) return 1;
            umask(0);
            dprintf(1, "adopted %d outside\n", getpid());
            usleep(20000);
            _exit(0);
        }
        _exit(0);
    }
    waitpid(middle, NULL, 0);
    dprintf(1, "reaped %d %d exit 0\n", getpid(), middle);
    return 0;
}
