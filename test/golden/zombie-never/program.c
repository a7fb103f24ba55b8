// Nobody waits for the child; it is a zombie until its parent ends and init takes it.
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        dprintf(1, "born %d %d\n", getpid(), getppid());
        _exit(1);
    }
    usleep(100000);
    dprintf(1, "unreaped %d\nzombie %d 60 1000\n", pid, pid);
    return 0;
}
