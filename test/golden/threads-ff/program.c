// Three named threads, joined.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

static void *work(void *name)
{
    prctl(PR_SET_NAME, name);
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    usleep(2000);
    return NULL;
}

int main(void)
{
    pthread_t threads[3];
    char *names[] = { "reader", "writer", "sleeper" };
    for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, work, names[i]);
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    dprintf(1, "thread %d %d\n", getpid(), gettid());
    return 0;
}
