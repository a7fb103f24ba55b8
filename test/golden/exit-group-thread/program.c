// A thread calls exit_group while two others wait: all end, with its code.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *idle(void *unused)
{
    (void)unused;
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    pause();
    return NULL;
}

static void *end(void *unused)
{
    (void)unused;
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    usleep(10000);
    syscall(SYS_exit_group, 17);
    return NULL;
}

int main(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        pthread_t a, b;
        pthread_create(&a, NULL, idle, NULL);
        pthread_create(&b, NULL, end, NULL);
        pause();
    }
    int status;
    waitpid(pid, &status, 0);
    dprintf(1, "born %d %d\nreaped %d %d exit %d\n", pid, getpid(), getpid(), pid, WEXITSTATUS(status));
    return 0;
}
