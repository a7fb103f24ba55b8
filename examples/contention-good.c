/* expects: nothing */
/*
 * contention-good - four threads that hold the lock only to put their results together.
 *
 * The slow work needs nothing that is shared, so all four do it at the same time.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS 4
#define ROUNDS 20

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int total;

static int slow_work(void)
{
    usleep(5 * 1000); /* → clock_nanosleep: a disk, a network, a long computation */
    return 1;
}

static void *work(void *argument)
{
    (void)argument;
    for (int i = 0; i < ROUNDS; i++) {
        int result = slow_work();
        pthread_mutex_lock(&lock);
        total += result;
        pthread_mutex_unlock(&lock);
        usleep(1000); /* → clock_nanosleep: something else: the next one gets its turn */
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if ((errno = pthread_create(&threads[i], NULL, work, NULL)) != 0)
            err(EXIT_FAILURE, "pthread_create");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("%d pieces of work\n", total);
    return 0;
}
