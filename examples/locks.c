/* expects: nothing */
/*
 * locks - four ways to wait for each other: mutex, condition variable, read-write lock, spin lock.
 *
 * The first three sleep in futex when they have to wait, and stay out of the kernel when not. A spin lock
 * never sleeps: its waiting burns processor time, and no trace shows it. Only for a few instructions.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static int items, settings = 1, spins;

static void *consume(void *seen)
{
    pthread_mutex_lock(&mutex);
    while (items == 0)                      /* while, not if: wake-ups may be spurious, or come too late */
        pthread_cond_wait(&filled, &mutex); /* → futex?: unlocks, sleeps, locks again */
    *(int *)seen = items--;
    pthread_mutex_unlock(&mutex); /* → futex? */
    return NULL;
}

static void *look_up(void *seen)
{
    pthread_rwlock_rdlock(&rwlock); /* many readers at a time … */
    *(int *)seen = settings;
    usleep(200 * 1000); /* → clock_nanosleep */
    pthread_rwlock_unlock(&rwlock); /* → futex? */
    return NULL;
}

static void *count(void *unused)
{
    for (int i = 0; i < 1000; i++) {
        pthread_spin_lock(&spin);
        spins++;
        pthread_spin_unlock(&spin);
    }
    return unused;
}

static pthread_t start(void *(*run)(void *), void *argument)
{
    pthread_t thread;
    if ((errno = pthread_create(&thread, NULL, run, argument)) != 0)
        err(EXIT_FAILURE, "pthread_create");
    return thread;
}

int main(void)
{
    int seen[5];
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    pthread_t thread[] = {start(consume, &seen[0]), start(look_up, &seen[1]), start(look_up, &seen[2]),
                          start(count, NULL), start(count, NULL)};

    usleep(100 * 1000); /* → clock_nanosleep */
    pthread_mutex_lock(&mutex);
    items = 1;
    pthread_mutex_unlock(&mutex);
    pthread_cond_signal(&filled); /* → futex? */

    pthread_rwlock_wrlock(&rwlock); /* → futex?: … a writer alone: waits for both readers */
    settings = 2;
    pthread_rwlock_unlock(&rwlock);

    for (size_t i = 0; i < sizeof thread / sizeof thread[0]; i++)
        pthread_join(thread[i], NULL);
    printf("consumed %d, read %d and %d, wrote %d, spun %d\n", seen[0], seen[1], seen[2], settings, spins);
    return 0;
}
