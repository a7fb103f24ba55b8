// Runs for a while with a child and a thread, so that strace can attach in the middle (strace -f -p).
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *unused)
{
    (void)unused;
    for (int i = 0; i < 6; i++) usleep(100000);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    dprintf(1, "ready %d\n", getpid());
    usleep(400000);
    pid_t pid = fork();
    if (pid == 0) _exit(19);
    int status;
    waitpid(pid, &status, 0);
    pthread_join(thread, NULL);
    return 0;
}
