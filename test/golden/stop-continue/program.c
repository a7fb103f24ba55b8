// A child is stopped, continued, and killed; only the last wait reaps.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        for (;;) pause();
    int status;
    usleep(5000);
    kill(pid, SIGSTOP);
    waitpid(pid, &status, WUNTRACED);
    usleep(30000);
    kill(pid, SIGCONT);
    waitpid(pid, NULL, WCONTINUED);
    usleep(5000);
    kill(pid, SIGKILL);
    waitpid(pid, &status, WUNTRACED);
    dprintf(1, "born %d %d\nreaped %d %d signal %d\n", pid, getpid(), getpid(), pid, WTERMSIG(status));
    return 0;
}
