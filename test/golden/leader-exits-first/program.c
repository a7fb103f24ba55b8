// The main thread ends first; the process goes on and ends with what the last thread says.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *unused)
{
    (void)unused;
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    usleep(40000);
    exit(11);
}

int main(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        pthread_t thread;
        pthread_create(&thread, NULL, work, NULL);
        pthread_exit(NULL);
    }
    int status;
    waitpid(pid, &status, 0);
    dprintf(1, "born %d %d\nreaped %d %d exit %d\n", pid, getpid(), getpid(), pid, WEXITSTATUS(status));
    return 0;
}
