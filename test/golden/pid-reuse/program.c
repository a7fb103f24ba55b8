// One pid is three processes in turn: the next pid is set through /proc. Needs root.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void next_pid_is(pid_t pid)
{
    char text[16];
    int fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
    int length = snprintf(text, sizeof text, "%d", pid - 1);
    if (fd == -1 || write(fd, text, length) == -1) _exit(77);
    close(fd);
}

int main(void)
{
    pid_t first = 0;
    for (int i = 0, made = 0; made < 3 && i < 50; i++) {
        if (first != 0) next_pid_is(first);
        pid_t pid = fork();
        if (pid == 0) _exit(30 + made);
        if (first == 0) first = pid;
        int status;
        waitpid(pid, &status, 0);
        dprintf(1, "reaped %d %d exit %d\n", getpid(), pid, WEXITSTATUS(status));
        if (pid == first) made++;
    }
    return 0;
}
