// Three deaths by signal: a fault, an abort, and SIGTERM from the parent.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void fault(void) { *(volatile int *)16 = 1; }
static void wait_for_it(void) { pause(); }

int main(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    void (*deaths[])(void) = { fault, abort, wait_for_it };
    for (int i = 0; i < 3; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            deaths[i]();
            _exit(0);
        }
        usleep(5000);
        if (i == 2) kill(pid, SIGTERM);
        int status;
        waitpid(pid, &status, 0);
        dprintf(1, "born %d %d\nreaped %d %d signal %d\n", pid, getpid(), getpid(), pid, WTERMSIG(status));
    }
    return 0;
}
