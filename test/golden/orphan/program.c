// The parent ends first; the child sees that its parent is another process now.
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    pid_t parent = getpid();
    if (fork() == 0) {
        dprintf(1, "born %d %d\n", getpid(), parent);
        while (getppid() == parent) usleep(5000);
        dprintf(1, "adopted %d outside\nunreaped %d\n", getpid(), getpid());
        _exit(4);
    }
    usleep(30000);
    return 0;
}
