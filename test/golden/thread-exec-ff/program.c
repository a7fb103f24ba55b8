// A thread that is not the leader calls execve: it becomes the leader, and the other threads are gone.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void *idle(void *unused)
{
    (void)unused;
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    pause();
    return NULL;
}

static void *exec(void *unused)
{
    (void)unused;
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    usleep(10000);
    char *argv[] = { "true", NULL };
    execv("/bin/true", argv);
    return NULL;
}

int main(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        pthread_t a, b;
        pthread_create(&a, NULL, idle, NULL);
        pthread_create(&b, NULL, exec, NULL);
        pthread_join(a, NULL);
    }
    int status;
    waitpid(pid, &status, 0);
    dprintf(1, "born %d %d\nreaped %d %d exit %d\nimage %d /bin/true\n", pid, getpid(), getpid(), pid, WEXITSTATUS(status), pid);
    return 0;
}
